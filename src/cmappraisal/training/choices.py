"""Choices: the days that sessions which have to move could go to, and the best of them together.

A choice has a :data:`Penalty`. Of all ways to place some sessions together, the one with the lowest
sum is looked for, in a bounded number of steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import TypeAlias

from attrs import frozen

from cmappraisal.calendars import Adjustment
from cmappraisal.periods import Period
from cmappraisal.spans import CalendarSpan
from cmappraisal.training.cadences import Cadence
from cmappraisal.training.days import Days, outward, shared
from cmappraisal.training.plans import Activity, CareerStage, Quota
from cmappraisal.training.schedules import Schedule
from cmappraisal.training.sessions import Cause, Participants, Session, participants_of
from cmappraisal.training.stages import window_of
from cmappraisal.training.timetables import Timetable
from cmappraisal.training.trainees import Trainee

_REACH = timedelta(days=366)
"""How far out of the period a session may be sent that finds no day in it."""

_MONTH = 31
"""Days looked at for a session beside as many as move with it: so far an order can push it."""

MAXIMUM_SEARCHED = 2_000
"""Steps in the search for the best days of what moves together. A week of blackouts takes a few;
where even these are too few, the best way found so far is returned."""

Penalty: TypeAlias = tuple[int, int, int, int]
"""What speaks against a choice, the heaviest first: sessions lost, how far it leaves what its
adjustment allows, others that have to move too, days."""

_LOST: Penalty = (1, 0, 0, 0)
_NONE: Penalty = (0, 0, 0, 0)


@frozen(eq=False)
class Conditions:
    """What a schedule is made again under.

    Args:
        before: The schedule as it was.
        after: The same sessions under the new calendar, blackouts and full days.
        not_before: The first day that may change.
        days: Which days can be used now.
        trainees: Everybody who is trained, by id.
    """

    before: Schedule
    after: Schedule
    not_before: date
    days: Days
    trainees: Mapping[str, Trainee]

    @classmethod
    def of(cls, before: Schedule, after: Schedule, not_before: date) -> Conditions:
        """The conditions of a change."""
        trainees = {trainee.id: trainee for trainee in before.people}
        return cls(before, after, not_before, Days.of(after), trainees)

    def adjustment(self, session: Session) -> Adjustment | None:
        """Where a session goes whose day is a day off; None for one that may choose its day."""
        activity = self.before.activity_of(session)
        by_calendar = isinstance(activity.timing, Cadence) and not session.make_up
        return activity.adjustment if by_calendar else None

    def stays(self, session: Session) -> bool:
        """Whether a session can stay on its day."""
        adjustment = self.adjustment(session)
        if session.on < self.not_before or adjustment is Adjustment.NONE:
            return True
        newly_full = session.on in self.after.full_days and session.on not in self.before.full_days
        became_full = adjustment is None and newly_full
        return self.days.open.is_working_day(session.on) and not became_full

    def cause(self, day: date) -> Cause:
        """Why a session leaves its day."""
        return Cause.FULL if self.days.open.is_working_day(day) else self.days.cause(day)

    def since(self, participants: Participants) -> date:
        """The first day on which something can be asked of some participants."""
        _, person = participants
        return date.min if person is None else self.trainees[person].hired_on or date.min

    def open_since(self, participants: Participants) -> Period:
        """The days on which something of some participants may change."""
        return Period(max(self.not_before, self.since(participants)), date.max)


def best_days(
    sessions: Sequence[Session], timetable: Timetable, conditions: Conditions
) -> Sequence[date | None]:
    """The best day for each of some sessions of the same participants; None for one that is lost.

    The sessions are not in the timetable.
    """
    reach = len(sessions) + _MONTH
    ways = [list(islice(_choices(each, timetable, conditions), reach)) for each in sessions]
    return _best(sessions, ways, lambda chosen, more, on: _go_together(chosen, more, on, timetable))


def best_day(session: Session, timetable: Timetable, conditions: Conditions) -> date | None:
    """The best day for a session that is not in the timetable; None where there is none."""
    _, on = next(_choices(session, timetable, conditions), (_LOST, None))
    return on


def _choices(
    session: Session, timetable: Timetable, conditions: Conditions
) -> Iterator[tuple[Penalty, date]]:
    """The days that a session could go to, the best first."""
    activity = conditions.before.activity_of(session)
    followed = timetable.followed_by(session)
    followers = [each.on for each in timetable.followers(session) if conditions.stays(each)]
    seen: set[date] = set()
    for tier, within in enumerate(_windows(session, activity, conditions)):
        for pushed in range(len(followers) + 1):
            for day in outward(session.on, within):
                pushes = sum(on <= day for on in followers)
                comes_after = followed is None or followed.on < day
                due = pushes == pushed and day not in seen and comes_after
                if due and _fits(session, activity, day, timetable, conditions):
                    seen.add(day)
                    yield (0, tier, pushed, abs((day - session.on).days)), day


def _fits(
    session: Session, activity: Activity, day: date, timetable: Timetable, conditions: Conditions
) -> bool:
    minutes = timetable.minutes(session, day) + activity.duration
    staged = isinstance(activity.timing, CareerStage)
    return conditions.days.holds(day, minutes) and (
        staged or all(each.on != day for each in timetable.like(session))
    )


def _windows(session: Session, activity: Activity, conditions: Conditions) -> Iterator[Period]:
    """Where a session may go, the better first."""
    there = conditions.open_since(participants_of(session))
    for window in _allowed(session, activity, conditions):
        for within in shared(window, there):
            if conditions.days.open.working_days(within):
                yield within


def _allowed(session: Session, activity: Activity, conditions: Conditions) -> list[Period]:
    """The spans that the timing or the adjustment allows, whatever the day of the change."""
    period, timing, plan = conditions.before.period, activity.timing, conditions.before.plan
    if session.make_up:
        targets = [each for each in plan.targets if each.kind is activity.kind]
        spans = [span for each in targets for span in each.per.within(period)]
        return [span for span in spans if session.planned_on in span]
    if isinstance(timing, Quota):
        return [span for span in timing.per.within(period) if session.planned_on in span]
    if isinstance(timing, CareerStage):
        window = window_of(timing, conditions.trainees[str(session.person)], period)
        return [] if window is None else shared(window, period)
    windows = _allowed_by(activity.adjustment, session, period)
    if activity.follows is not None or any(each.follows == activity.id for each in plan.activities):
        # What has an order in its month stays in it where it can.
        month = CalendarSpan.MONTH.of(session.planned_on)
        return [*(each for way in windows for each in shared(way, month)), *windows]
    return windows


def _allowed_by(adjustment: Adjustment, session: Session, period: Period) -> list[Period]:
    month, on = CalendarSpan.MONTH.of(session.planned_on), session.on
    first, last = _shifted(period.first, -_REACH), _shifted(period.last, _REACH)
    far = Period(min(first, on), max(last, on))
    later, sooner = Period(on, far.last), Period(far.first, on)
    return {
        Adjustment.FOLLOWING: [later, far],
        Adjustment.PRECEDING: [sooner, far],
        Adjustment.MODIFIED_FOLLOWING: [*shared(later, month), month, far],
        Adjustment.MODIFIED_PRECEDING: [*shared(sooner, month), month, far],
    }.get(adjustment, [far])


def _shifted(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return date.max if by > timedelta(0) else date.min


# The best of them together.


def _go_together(
    chosen: Sequence[tuple[Session, date]], more: Session, on: date, timetable: Timetable
) -> bool:
    """Whether one more session can have a day beside those that were chosen."""
    activity = timetable.schedule.activity_of(more)
    minutes = timetable.minutes(more, on) + activity.duration
    for session, day in chosen:
        other = timetable.schedule.activity_of(session)
        minutes += other.duration if day == on else 0
        staged = isinstance(activity.timing, CareerStage)
        if session.activity == more.activity and day == on and not staged:
            return False
        # Sessions of one activity keep their order, since any other way is as far in all; but
        # make-up sessions stay in the span of a target, which others may leave.
        alike = session.activity == more.activity and session.make_up is more.make_up
        if alike and day > on:
            return False
        follows = activity.follows == other.id and session.planned_on <= more.planned_on
        if (
            follows
            and CalendarSpan.MONTH.of(session.planned_on) == CalendarSpan.MONTH.of(more.planned_on)
            and day >= on
        ):
            return False
    return minutes <= timetable.plan.day_length


def _best(
    sessions: Sequence[Session],
    choices: Sequence[Sequence[tuple[Penalty, date]]],
    go_together: Callable[[Sequence[tuple[Session, date]], Session, date], bool],
) -> Sequence[date | None]:
    """The day for each of some sessions with the lowest penalty in all.

    The lowest penalty that the rest can have shows where a choice cannot lead to the best any more.
    """
    ways: list[list[tuple[Penalty, date | None]]] = [[*each, (_LOST, None)] for each in choices]
    rest = [_NONE]
    for way in reversed(ways):
        rest.insert(0, _sum(way[0][0], rest[0]))
    best: list[date | None] = [None] * len(sessions)
    lowest = _sum(*[_LOST] * (len(sessions) + 1))
    # Each choice with the penalty of it and of those before it together.
    picked: list[tuple[Penalty, date | None]] = []
    ahead = [iter(ways[0])] if ways else []
    steps, found = 0, False
    while ahead and not (found and steps > MAXIMUM_SEARCHED):
        steps += 1
        penalty, on = next(ahead[-1], (None, None))
        so_far = None if penalty is None else _sum(picked[-1][0] if picked else _NONE, penalty)
        if so_far is None or _sum(so_far, rest[len(picked) + 1]) >= lowest:
            ahead.pop()
            del picked[-1:]
            continue
        beside = [
            (session, day) for session, (_, day) in zip(sessions, picked, strict=False) if day
        ]
        if on is None or go_together(beside, sessions[len(picked)], on):
            if len(picked) + 1 < len(sessions):
                picked.append((so_far, on))
                ahead.append(iter(ways[len(picked)]))
            else:
                found, lowest = True, so_far
                best = [day for _, day in picked] + [on]
    return best


def _sum(*penalties: Penalty) -> Penalty:
    lost, tiers, pushed, days = (sum(parts) for parts in zip(*penalties, strict=True))
    return lost, tiers, pushed, days
