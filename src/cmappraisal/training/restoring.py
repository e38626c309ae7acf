"""Restoring: sessions that are added because of what the calendar has now, and had not before.

What takes place on each working day is added on the days that became one; and what goes by the
number of a working day, in the months that have so many now.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import evolve

from cmappraisal.calendars import Adjustment
from cmappraisal.spans import CalendarSpan
from cmappraisal.training.cadences import Cadence
from cmappraisal.training.choices import Conditions, best_day
from cmappraisal.training.days import Days, planned_days
from cmappraisal.training.moving import Moving
from cmappraisal.training.plans import Activity
from cmappraisal.training.sessions import Participants, Session, moved
from cmappraisal.training.timetables import Alike, by_activity, with_turn
from cmappraisal.training.working_days import NthWorkingDay


def participants_of_all(
    conditions: Conditions, *, individual: bool, on: date = date.max
) -> Iterator[Participants]:
    """The teams, or the people who are hired by a day."""
    if individual:
        for person in conditions.trainees:
            work = conditions.presence(person).work
            if on == date.max or any(stay.holds(on) for stay in work):
                yield None, person
        return
    yield from ((group, None) for group, _ in conditions.before.teams)


def gains(conditions: Conditions) -> bool:
    """Whether anything would be restored."""
    return any(True for _ in (*_opened(conditions), *_gained(conditions)))


def restore(moving: Moving) -> None:
    """Add what takes place on days that could not be used before, or that were not there."""
    for activity, place, day in _opened(moving.conditions):
        session = with_turn(Session(activity.id, day, on=day), activity, place)
        _add_for_all(session, activity, moving)
    gained, lost = list(_gained(moving.conditions)), by_activity(moving.cancelled.values())
    for activity, place, day in gained:
        session = with_turn(Session(activity.id, day, on=day), activity, place)
        _add_in_month(session, activity, lost, moving)


def _gained(conditions: Conditions) -> Iterator[tuple[Activity, int, date]]:
    """The days of what goes by the number of a working day, in months that did not have it."""
    before, now = Days.of(conditions.before), conditions.days
    for activity in conditions.before.plan.activities if before.open != now.open else ():
        timing, skipped = activity.timing, activity.adjustment is Adjustment.SKIP
        if not isinstance(timing, NthWorkingDay):
            continue
        for place, day in planned_days(timing, conditions.before.period, now.worked):
            was = timing.day_of(CalendarSpan.MONTH.of(day), before.worked)
            had = was is not None and not (skipped and not before.takes(was, activity.duration))
            takes = not skipped or now.takes(day, activity.duration)
            if not had and takes and day >= conditions.not_before:
                yield activity, place, day


def _add_in_month(session: Session, activity: Activity, lost: Alike, moving: Moving) -> None:
    """Add a session for all who have none in its month; what one of them lost comes back."""
    month, conditions = CalendarSpan.MONTH.of(session.planned_on), moving.conditions
    there = participants_of_all(conditions, individual=activity.per_person, on=session.on)
    for participants in there:
        group, person = participants
        mine = session.for_participants(group=group, person=person)
        of_month = [
            [each for each in alike if each.planned_on in month and not each.make_up]
            for alike in (moving.timetable.like(mine), lost[activity.id, participants].values())
        ]
        if not of_month[0]:
            again = evolve(of_month[1][0], on=session.on) if of_month[1] else mine
            never_moves = activity.adjustment in (Adjustment.NONE, Adjustment.SKIP)
            on = session.on if never_moves else best_day(again, moving.timetable, conditions)
            if on is not None:
                moving.add(moved(again, on, conditions.cause(again)))


def _opened(conditions: Conditions) -> Iterator[tuple[Activity, int, date]]:
    """The days that can be used now for what is skipped on days off, and could not before."""
    before, period = Days.of(conditions.before), conditions.before.period
    if before.open == conditions.days.open:
        return
    for activity in conditions.before.plan.activities:
        timing = activity.timing
        if isinstance(timing, Cadence) and activity.adjustment is Adjustment.SKIP:
            for place, day in planned_days(timing, period, conditions.days.worked):
                takes = conditions.days.takes(day, activity.duration)
                took = before.takes(day, activity.duration)
                if day >= conditions.not_before and takes and not took:
                    yield activity, place, day


def _add_for_all(session: Session, activity: Activity, moving: Moving) -> None:
    there = participants_of_all(moving.conditions, individual=activity.per_person, on=session.on)
    for group, person in there:
        moving.add(session.for_participants(group=group, person=person))
