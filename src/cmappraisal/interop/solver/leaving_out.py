"""Leaving out: sessions that find no room or trainer, and what a schedule lacks without them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from attrs import evolve

from cmappraisal.periods import Period
from cmappraisal.spans import CalendarSpan
from cmappraisal.training.demands import asked_of
from cmappraisal.training.joining import with_shortfalls
from cmappraisal.training.moving import unkept
from cmappraisal.training.schedules import Schedule, filled
from cmappraisal.training.sessions import Cause, Session
from cmappraisal.training.shortfalls import Shortfall, ShortfallCause
from cmappraisal.training.targets import asked_for, in_units, is_individual, missing_of
from cmappraisal.training.timetables import Timetable, by_activity, of_kind

_FOUND_ANEW = (ShortfallCause.RESOURCES, ShortfallCause.ORDER, ShortfallCause.OUTSIDE)
"""The causes of shortfalls that the days, rooms and trainers of a schedule decide."""


def is_left_out(session: Session) -> bool:
    """Whether a cancelled session is cancelled for want of a room or a trainer."""
    return session.cause is Cause.RESOURCES


def left_out(session: Session) -> Session:
    """A session that is left out for want of a room or a trainer."""
    return evolve(
        session,
        cause=Cause.RESOURCES,
        room=None,
        trainer=None,
        start=None,
        sequence=session.sequence + 1,
    )


def with_what_it_lacks(schedule: Schedule) -> Schedule:
    """A schedule with its shortfalls, as its rooms and trainers have made them."""
    bare = filled(schedule, schedule.sessions, cancelled=schedule.cancelled)
    others = (each for each in schedule.shortfalls if each.cause not in _FOUND_ANEW)
    there = unkept(schedule.sessions, Timetable(schedule))
    return with_shortfalls(bare, [*others, *there, *_of_activities(schedule), *_of(schedule)])


def _of_activities(schedule: Schedule) -> Iterator[Shortfall]:
    """The shortfalls of activities, month by month."""
    missing: Counter[tuple[str, str | None, str | None, Period]] = Counter()
    for session in filter(is_left_out, schedule.cancelled):
        month = CalendarSpan.MONTH.of(session.planned_on)
        missing[session.activity, session.group, session.person, month] += 1
    for (activity, group, person, month), count in missing.items():
        yield Shortfall(
            activity,
            period=month,
            missing=count,
            cause=ShortfallCause.RESOURCES,
            group=group,
            person=person,
        )


def _of(schedule: Schedule) -> Iterator[Shortfall]:
    """The shortfalls of targets, which what is left out would have met."""
    lost = list(filter(is_left_out, schedule.cancelled))
    held = by_activity(schedule.sessions)
    whole = by_activity([*schedule.sessions, *lost])
    there = dict.fromkeys((each.group, each.person) for each in lost)
    for target in schedule.plan.targets if lost else ():
        for group, person in there:
            if is_individual(target, schedule.plan) is (person is None):
                continue
            for span in target.per.whole_within(schedule.period):
                asked = asked_of(asked_for(target), span, person, schedule)
                missing, was = (
                    missing_of(
                        target,
                        span,
                        of_kind(target.kind, (group, person), alike, schedule),
                        schedule.activity_of,
                        asked,
                    )
                    for alike in (held, whole)
                )
                more = in_units(target, max(missing, 0)) - in_units(target, max(was, 0))
                if more:
                    yield Shortfall(
                        kind=target.kind,
                        unit=target.unit,
                        period=span,
                        missing=more,
                        cause=ShortfallCause.RESOURCES,
                        group=group,
                        person=person,
                    )
