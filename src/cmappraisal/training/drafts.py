"""Drafts: what is the same for every team, and for every person who is there all the time.

A draft is of one calendar year, whatever part of it is asked for: so the parts of a year make the
year. What has its day by the calendar comes first, as if every day were worked, each month's study
before its test; from the days that are not worked it moves as after any other change. What may
choose its day is then spread evenly around that: quotas, then what a target still asks for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import cast

from attrs import evolve, frozen

from cmappraisal.calendars import Adjustment, WorkCalendar
from cmappraisal.people import Tenure
from cmappraisal.periods import Period
from cmappraisal.spans import CalendarSpan
from cmappraisal.training.activity_timings import ByCalendar
from cmappraisal.training.attending import Attending
from cmappraisal.training.choices import Conditions
from cmappraisal.training.days import Days, Load, months_without, planned_days
from cmappraisal.training.leaves import Leave, LeaveKind
from cmappraisal.training.moving import (
    Moving,
    cause_of_loss,
    keep_order,
    move,
    restore_lost,
    unkept,
)
from cmappraisal.training.placing import Placing, all_with_courses, place_by_choice
from cmappraisal.training.plans import Activity
from cmappraisal.training.presence import Presence
from cmappraisal.training.schedules import Schedule, filled
from cmappraisal.training.sessions import Session, counted, for_participants, planned_for
from cmappraisal.training.shortfalls import Shortfall, ShortfallCause
from cmappraisal.training.terms import PresenceTerms
from cmappraisal.training.timetables import in_order
from cmappraisal.training.trainees import Trainee

_EVERY_DAY = WorkCalendar(())

_ANYBODY = "anybody"
"""Who does what each person does, before it is anybody's in particular."""


@frozen
class Individual:
    """What one person does individually, but for stages.

    Args:
        sessions: The sessions, without the person's id.
        shortfalls: The shortfalls, without it too.
        load: How full these and the team's sessions make the days.
    """

    sessions: Sequence[Session]
    shortfalls: Sequence[Shortfall]
    load: Load


@frozen
class Draft:
    """What is the same in a year for every team, and for every person who is there all the time.

    Args:
        empty: The schedule of the year, without sessions.
        days: Which days can be used.
        team: The sessions of a team.
        shortfalls: The shortfalls of a team.
        load: How full the team's sessions make the days.
        before: What is held in the year of what each person had to do in the year before.
        individual: What each person does individually.
    """

    empty: Schedule
    days: Days
    team: Sequence[Session]
    shortfalls: Sequence[Shortfall]
    load: Load
    before: Load
    individual: Individual

    def individual_while(self, there: Attending) -> Individual:
        """What a person does individually who is not there all the time."""
        load = self.load.copy()
        if there.presence.works_in(_december_before(self.empty.period)):
            load.update(self.before)
        made = _individual(self.empty, self.days, load, there=there)
        kept = {session.id: session for session in there.kept}
        placed = [
            kept[each.id] if each.id in kept and each.on == kept[each.id].on else each
            for each in made.sessions
        ]
        return evolve(made, sessions=placed)


def drafts_of(empty: Schedule) -> list[Draft]:
    """The drafts of the calendar years of a schedule, from one without sessions."""
    return [_drafted(year) for year in _years(empty)]


def _years(empty: Schedule) -> Iterator[Schedule]:
    for part in CalendarSpan.YEAR.within(empty.period):
        yield evolve(empty, period=CalendarSpan.YEAR.of(part.first))


def drafts_around(empty: Schedule, load: Load) -> list[Draft]:
    """The drafts of the calendar years of a schedule for one person, around what teams have.

    Args:
        empty: The schedule, without sessions.
        load: How full the sessions of the person's teams make the days.
    """
    return [
        Draft(year, days, (), (), load, Load(), _individual(year, days, load.copy()))
        for year, days in ((each, Days.of(each)) for each in _years(empty))
    ]


def _drafted(empty: Schedule) -> Draft:
    days, load, before = Days.of(empty), Load(), Load()
    for session in _held_in_the_new_year(empty):
        of_person = session.person is not None
        (before if of_person else load)[session.on] += empty.activity_of(session).duration
    team = Placing.of(empty, days, load, per_person=False)
    placed, shortfalls = _by_calendar(empty)
    # What has its day comes first, of the team and of each person: what may choose sees it all.
    individual = Load(before)
    for session in placed:
        if session.person is None:
            team.hold(session)
        else:
            individual[session.on] += empty.activity_of(session).duration
    team.shortfalls.extend(each for each in shortfalls if each.person is None)
    load.update(individual)
    place_by_choice(team)
    # What each person does individually is placed for each anew.
    load.subtract(individual)
    load.update(before)
    everybody = _individual(empty, days, load.copy(), found=(placed, shortfalls))
    load.subtract(before)
    return Draft(empty, days, all_with_courses(team), team.shortfalls, load, before, everybody)


_Placed = tuple[Sequence[Session], Sequence[Shortfall]]


def _individual(
    empty: Schedule,
    days: Days,
    load: Load,
    *,
    there: Attending | None = None,
    found: _Placed | None = None,
) -> Individual:
    placing = Placing.of(empty, days, load, per_person=True, there=there)
    by_calendar = any(each.by_calendar for each in placing.activities)
    for session in () if there is None else there.kept:
        activity = empty.activity_of(session)
        if session.make_up or not activity.by_calendar:
            placing.hold(session)
    placed, shortfalls = found or (_by_calendar(empty, there) if by_calendar else ((), ()))
    for session in placed:
        if session.person is not None:
            placing.hold(for_participants(session, session.group, None))
    placing.shortfalls.extend(
        evolve(each, person=None) for each in shortfalls if each.person is not None
    )
    place_by_choice(placing)
    return Individual(all_with_courses(placing), placing.shortfalls, placing.load)


# What has its day by the calendar.


def _by_calendar(empty: Schedule, there: Attending | None = None) -> _Placed:
    """What has its day by the calendar, of a team and of anybody who is there at some time."""
    dated = [each for each in empty.plan.activities if each.by_calendar]
    anybody = Trainee(_ANYBODY) if there is None else _anybody(there.presence, empty.plan.presence)
    kept = _kept(empty, there)
    had = {(each.activity, each.planned_on) for each in kept}
    first_day = empty.period.first
    like = {
        each.id: Session(
            each.id, first_day, on=first_day, person=_ANYBODY if each.per_person else None
        )
        for each in dated
    }
    planned = [
        planned_for(like[activity.id], day, day)
        for activity in dated
        for _, day in planned_days(cast(ByCalendar, activity.timing), empty.period, empty.calendar)
        if not activity.per_person
        or ((activity.id, day) not in had and (there is None or there.is_due(day)))
    ]
    made = Schedule(
        empty.plan,
        empty.period,
        calendar=_EVERY_DAY,
        trainees=[anybody],
        full_days=empty.full_days,
    )
    made = filled(made, [*planned, *kept])
    first = date.min if there is None else there.not_before
    ordered = _moved(made, made, first, lambda moving: keep_order(moving, of_all=True))
    placed = filled(made, in_order(ordered.timetable.sessions.values(), made))
    days = empty.calendar, empty.blackouts, empty.full_days
    usable = filled(placed, placed.sessions, days=days)
    settled = _moved(placed, usable, first, _move_in_order)
    sessions = [
        counted(each, 0) if each.sequence else each for each in settled.timetable.sessions.values()
    ]
    return sessions, [
        *_passed_over(dated, empty, there),
        *_lost(settled),
        *unkept(sessions, settled.timetable),
    ]


def _anybody(presence: Presence, terms: PresenceTerms) -> Trainee:
    """Somebody who is in a team, and on leave, when another is."""
    tenures = [
        Tenure(
            _ANYBODY,
            _ANYBODY,
            first=None if stay.first == date.min else stay.first,
            last=None if stay.last == date.max else stay.last,
            full_time=stay.full_time,
        )
        for stay in presence.stays
    ]
    # Any kind that counts as time away does.
    kind = min(terms.leave, key=lambda each: each.value, default=LeaveKind.OTHER)
    leaves = [Leave(_ANYBODY, kind, first=first, last=last) for first, last in presence.gaps()]
    return Trainee(_ANYBODY, tenures=tenures, leaves=leaves)


def _kept(empty: Schedule, there: Attending | None) -> list[Session]:
    """What somebody has already that has its day by the calendar."""
    return [
        evolve(each, person=_ANYBODY, sequence=0)
        for each in (() if there is None else there.kept)
        if empty.activity_of(each).by_calendar and not each.make_up
    ]


def _lost(moving: Moving) -> Iterator[Shortfall]:
    """The shortfalls of what found no day, by the month; what is skipped is none."""
    missing: Counter[tuple[str, str | None, Period, ShortfallCause]] = Counter()
    for session in moving.cancelled.values():
        if moving.conditions.adjustment(session) is not Adjustment.SKIP:
            month = CalendarSpan.MONTH.of(session.planned_on)
            cause = cause_of_loss(session, moving.conditions)
            missing[session.activity, session.person, month, cause] += 1
    for (activity, person, month, cause), count in missing.items():
        yield Shortfall(activity, period=month, missing=count, cause=cause, person=person)


def _passed_over(
    dated: Iterable[Activity], empty: Schedule, there: Attending | None
) -> Iterator[Shortfall]:
    """The shortfalls of months that have not the day of an activity."""
    for activity in dated:
        timing = cast(ByCalendar, activity.timing)
        for month in months_without(timing, empty.period, empty.calendar):
            if not activity.per_person or there is None or there.presence.works_in(month):
                person = _ANYBODY if activity.per_person else None
                cause = ShortfallCause.NO_SUCH_DAY
                yield Shortfall(activity.id, period=month, missing=1, cause=cause, person=person)


def _moved(before: Schedule, after: Schedule, first: date, act: Callable[[Moving], None]) -> Moving:
    moving = Moving(Conditions.of(before, after, first))
    act(moving)
    return moving


def _move_in_order(moving: Moving) -> None:
    move(moving)
    keep_order(moving)
    restore_lost(moving)


def _held_in_the_new_year(empty: Schedule) -> Iterator[Session]:
    """What is held in a year though it was planned for the last month of the year before."""
    if empty.period.first > date.min:
        december = evolve(empty, period=_december_before(empty.period))
        placed, _ = _by_calendar(december)
        yield from (session for session in placed if session.on in empty.period)


def _december_before(year: Period) -> Period:
    """The last month before a year; the year itself where it is the first of all."""
    return year if year.first == date.min else Period.month(year.first.year - 1, 12)
