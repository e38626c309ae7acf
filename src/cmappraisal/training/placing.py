"""Placing: what may choose its day, spread evenly around what has its day by the calendar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import cast

from attrs import field, frozen

from cmappraisal.periods import Period
from cmappraisal.training.activity_timings import Quota
from cmappraisal.training.attending import Attending
from cmappraisal.training.days import Days, Load, even_days, evenly, numbered, overlap
from cmappraisal.training.plans import Activity, ActivityKind, Target, TrainingPlan
from cmappraisal.training.proportions import asked_while
from cmappraisal.training.schedules import Schedule
from cmappraisal.training.sessions import Session, highest_numbers, settled
from cmappraisal.training.shortfalls import Shortfall, ShortfallCause
from cmappraisal.training.targets import (
    asked_for,
    extendable,
    is_individual,
    is_staged,
    missing_of,
    of_kind,
    shortfall_of,
    worth,
)
from cmappraisal.training.timetables import with_courses


@frozen(eq=False)
class Placing:
    """The sessions of a team, or of each person, as they find their days.

    Args:
        empty: The schedule of the year, without sessions.
        days: Which days can be used.
        load: How full they are; it grows.
        period: The period of the schedule.
        activities: The activities of the team, or those of each person.
        targets: The targets of the team, or those of each person.
        there: When the person is there; None of a team, and of who is there all the time.
        sessions: The sessions that were placed, by activity.
        shortfalls: The shortfalls that were found.
    """

    empty: Schedule
    days: Days
    load: Load
    period: Period
    activities: Sequence[Activity]
    targets: Sequence[Target]
    there: Attending | None = None
    sessions: dict[str, list[Session]] = field(factory=dict)
    shortfalls: list[Shortfall] = field(factory=list)

    @classmethod
    def of(
        cls,
        empty: Schedule,
        days: Days,
        load: Load,
        *,
        per_person: bool,
        there: Attending | None = None,
    ) -> Placing:
        """The sessions before any of them has its day."""
        plan = empty.plan
        return cls(
            empty,
            days if there is None else there.usable,
            load,
            empty.period,
            [each for each in plan.activities if each.per_person is per_person],
            [each for each in plan.targets if is_individual(each, plan) is per_person],
            there,
        )

    def asked(self, count: int, span: Period) -> int:
        """How much of something is asked in a span, in proportion where the person is away."""
        if self.there is None:
            return count
        return asked_while(
            count, span, self.there.presence, self.empty.calendar, self.plan.presence
        )

    def hold(self, session: Session) -> None:
        """Hold a session that has its day."""
        self.sessions.setdefault(session.activity, []).append(session)
        self.load[session.on] += self.activity_of(session).duration

    def activity_of(self, session: Session) -> Activity:
        """The activity of a session."""
        return self.empty.activity_of(session)

    @property
    def plan(self) -> TrainingPlan:
        """The plan."""
        return self.empty.plan

    def of_kind(self, kind: ActivityKind) -> list[Session]:
        """The sessions of a kind."""
        return [
            session
            for activity in self.empty.activities
            if activity.kind is kind
            for session in self.sessions.get(activity.id, ())
        ]


def all_with_courses(placing: Placing) -> list[Session]:
    """All sessions, with the courses that each of them teaches."""
    return [
        session
        for activity in placing.empty.activities
        for session in with_courses(activity, placing.sessions.get(activity.id, ()))
    ]


# What may choose its day.


def place_by_choice(placing: Placing) -> None:
    """Place what may choose its day: quotas, then what a target still asks for."""
    for activity in placing.activities:
        if isinstance(activity.timing, Quota):
            found = list(_of_quota(activity, activity.timing, placing))
            placing.sessions.setdefault(activity.id, []).extend(found)
    for target in placing.targets:
        if not is_staged(target, placing.plan):
            _meet(target, placing)


def _of_quota(activity: Activity, quota: Quota, placing: Placing) -> Iterator[Session]:
    if not quota.to_plan:
        return
    alike = [
        each.id
        for each in placing.plan.activities
        if isinstance(each.timing, Quota) and each.timing.per is quota.per and each.timing.to_plan
    ]
    # Activities of one span take turns in it, so that they do not all meet in its middle.
    phase = (2 * alike.index(activity.id) + 1, 2 * len(alike))
    for cut in quota.per.within(placing.period):
        whole = quota.per.of(cut.first)
        to_plan = placing.asked(quota.to_plan, whole)
        days = placing.days if placing.there is None else placing.there.present
        planned = even_days(days.open, whole, to_plan, phase)
        due = [each for each in numbered(planned) if each[0] in cut]
        outside: list[tuple[date, int]] = []
        if placing.there is not None and not placing.there.is_new:
            # What is due in the part of a year that the schedule does not have stays as it is.
            outside = [each for each in due if each[0] not in placing.there.period]
            inside = [each for each in due if each[0] in placing.there.period]
            due = _due_besides(inside, activity, cut, phase, placing)
        sessions = [
            *_spread(activity, cut, outside, placing, days),
            *_spread(activity, cut, due, placing, placing.days),
        ]
        yield from sessions
        missing = len(outside) + len(due) - len(sessions)
        if not planned and whole.last == cut.last:
            missing = to_plan
        if missing > 0:
            placing.shortfalls.append(
                Shortfall(
                    activity.id, period=cut, missing=missing, cause=ShortfallCause.NO_OPEN_DAY
                )
            )


def _due_besides(
    due: list[tuple[date, int]],
    activity: Activity,
    cut: Period,
    phase: tuple[int, int],
    placing: Placing,
) -> list[tuple[date, int]]:
    """What is due of a quota beside what the person has; what is too much of that goes."""
    there = cast(Attending, placing.there)
    sessions = placing.sessions.get(activity.id, [])
    had = [each for each in sessions if not each.make_up and each.planned_on in cut]
    if not had and all(there.not_before <= day for day, _ in due):
        return due
    more = len(due) - len(had)
    can_go = [each for each in had if each.on >= there.not_before]
    for each in can_go[more:] if more < 0 else ():
        sessions.remove(each)
        placing.load[each.on] -= activity.duration
    if more <= 0:
        return []
    within = overlap(cut, there.period)
    highest = highest_numbers(had)
    # Of the days that it is due on, those furthest from what the person has.
    days = [day for day, _ in due if day >= there.not_before]
    held = [each.planned_on for each in had]
    days.sort(key=lambda day: min((abs((day - each).days) for each in held), default=0))
    planned = sorted(days[len(days) - more :])
    if len(days) < more:
        planned = even_days(there.usable.open, within, more, phase)
    # Where no day is left, what is due is reported as missing, and not forgotten.
    planned += [within.last] * (more - len(planned))
    return [(day, number + highest[day]) for day, number in numbered(planned)]


def _spread(
    activity: Activity,
    span: Period,
    due: Iterable[tuple[date, int]],
    placing: Placing,
    days: Days,
) -> Iterator[Session]:
    used = {each.on for each in placing.sessions.get(activity.id, ())}
    for planned_on, number in due:
        on = days.for_minutes(activity.duration, planned_on, span, placing.load, used)
        if on is not None:
            used.add(on)
            placing.load[on] += activity.duration
            yield settled(activity, planned_on, on, number)


def _meet(target: Target, placing: Placing) -> None:
    """Add what a target still asks for in each whole span."""
    for span in target.per.whole_within(placing.period):
        asked = placing.asked(asked_for(target), span)
        there = placing.of_kind(target.kind)
        missing = missing_of(target, span, there, placing.activity_of, asked)
        if missing > 0:
            _add_make_up_sessions(target, span, missing, placing)


def _add_make_up_sessions(target: Target, span: Period, missing: int, placing: Placing) -> None:
    plan, days, load = placing.plan, placing.days, placing.load
    activity = next(extendable(target, plan), None)
    if activity is None:
        cause = ShortfallCause.AT_MOST if of_kind(target.kind, plan) else ShortfallCause.NO_ACTIVITY
        placing.shortfalls.append(shortfall_of(target, span, missing, cause))
        return
    used = {session.on for session in placing.of_kind(target.kind)}
    free = [
        day for day in span if day not in used and days.holds(day, load[day] + activity.duration)
    ]
    chosen = evenly(free, -(-missing // worth(target, activity)))
    for day in chosen:
        load[day] += activity.duration
    there = placing.sessions.setdefault(activity.id, [])
    # What was added for a day and then moved keeps the number that it has.
    taken = Counter(each.planned_on for each in there if each.make_up)
    there += [
        Session(activity.id, day, on=day, make_up=True, number=taken[day] + 1) for day in chosen
    ]
    left = missing - len(chosen) * worth(target, activity)
    if left > 0:
        placing.shortfalls.append(shortfall_of(target, span, left, ShortfallCause.NO_OPEN_DAY))
