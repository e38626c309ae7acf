"""Drafts: what is the same for every team, and for every person who is there all the time.

What has its day by the calendar comes first, and goes where its adjustment sends it; then a month's
study is kept before its test. What may choose its day is then spread evenly around that: quotas,
then what a target still asks for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from attrs import field, frozen

from cmappraisal.calendars import Adjustment
from cmappraisal.periods import Period
from cmappraisal.spans import CalendarSpan
from cmappraisal.training.cadences import Cadence
from cmappraisal.training.days import Days, Load, even_days, evenly, numbered, overlap
from cmappraisal.training.plans import Activity, ActivityKind, Quota, Target, TrainingPlan
from cmappraisal.training.schedules import Schedule
from cmappraisal.training.sessions import Cause, Session, moved, settled
from cmappraisal.training.shortfalls import Shortfall, ShortfallCause
from cmappraisal.training.targets import (
    extendable,
    is_individual,
    is_staged,
    missing_of,
    shortfall_of,
    worth,
)
from cmappraisal.training.timetables import place_followed, with_courses


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
    """What is the same for every team, and for every person who is there all the time.

    Args:
        days: Which days can be used.
        team: The sessions of a team.
        shortfalls: The shortfalls of a team.
        load: How full the team's sessions make the days.
        individual: What each person does individually.
    """

    days: Days
    team: Sequence[Session]
    shortfalls: Sequence[Shortfall]
    load: Load
    individual: Individual


def drafted(empty: Schedule) -> Draft:
    """The draft of a schedule, from one without sessions."""
    days, load = Days.of(empty), Load()
    team = _Placing.of(empty, days, load, per_person=False)
    individual = _Placing.of(empty, days, load, per_person=True)
    # What has its day comes first, of the team and of each person: what may choose sees it all.
    _place_by_calendar(team)
    _place_by_calendar(individual)
    _place_by_choice(team)
    # What each person does individually is placed for each anew.
    for activity, session in _by_calendar(individual):
        load[session.on] -= activity.duration
    everybody = individual_since(empty.period.first, empty, days, load)
    return Draft(days, _with_courses(team), team.shortfalls, load, everybody)


def individual_since(since: date, empty: Schedule, days: Days, load: Load) -> Individual:
    """What a person does individually who is there since a day of the period."""
    placing = _Placing.of(empty, days, load.copy(), per_person=True, since=since)
    _place_by_calendar(placing)
    _place_by_choice(placing)
    return Individual(_with_courses(placing), placing.shortfalls, placing.load)


@frozen(eq=False)
class _Placing:
    """The sessions of a team, or of each person, as they find their days.

    Args:
        plan: The plan.
        days: Which days can be used.
        load: How full they are; it grows.
        whole: The period of the schedule.
        period: What is left of it from the day of hiring on.
        since: The day of hiring.
        activities: The activities of the team, or those of each person.
        targets: The targets of the team, or those of each person.
        sessions: The sessions that were placed, by activity.
        shortfalls: The shortfalls that were found.
    """

    plan: TrainingPlan
    days: Days
    load: Load
    whole: Period
    period: Period
    since: date
    activities: Sequence[Activity]
    targets: Sequence[Target]
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
        since: date = date.min,
    ) -> _Placing:
        plan, whole = empty.plan, empty.period
        return cls(
            plan,
            days,
            load,
            whole,
            Period(max(since, whole.first), whole.last),
            since,
            [each for each in plan.activities if each.per_person is per_person],
            [each for each in plan.targets if is_individual(each, plan) is per_person],
        )

    def of_kind(self, kind: ActivityKind) -> list[Session]:
        return [
            session
            for activity in self.plan.activities
            if activity.kind is kind
            for session in self.sessions.get(activity.id, ())
        ]


def _with_courses(placing: _Placing) -> list[Session]:
    """All sessions, with the courses that each of them teaches."""
    return [
        session
        for activity in placing.plan.activities
        for session in with_courses(activity, placing.sessions.get(activity.id, ()))
    ]


# What has its day by the calendar.


def _place_by_calendar(placing: _Placing) -> None:
    for activity in placing.activities:
        if isinstance(activity.timing, Cadence):
            found = list(_of_cadence(activity, activity.timing, placing))
            placing.sessions[activity.id] = found
    following = [each for each in placing.activities if each.follows is not None]
    for activity in following:
        _keep_order(activity, placing.plan.activity(str(activity.follows)), placing)
    for activity in following:
        placing.shortfalls.extend(_out_of_order(activity, placing))
    for activity, session in _by_calendar(placing):
        placing.load[session.on] += activity.duration


def _by_calendar(placing: _Placing) -> Iterator[tuple[Activity, Session]]:
    for activity in placing.activities:
        if isinstance(activity.timing, Cadence):
            yield from ((activity, session) for session in placing.sessions[activity.id])


def _of_cadence(activity: Activity, cadence: Cadence, placing: _Placing) -> Iterator[Session]:
    days, period = placing.days, placing.period
    for planned_on in cadence.days(placing.whole):
        if planned_on not in period:
            continue
        on = days.open.adjusted(planned_on, activity.adjustment)
        if on is not None and on < period.first:
            on = days.open.next_working_day(planned_on)
        if on is not None:
            cause = None if on == planned_on else days.cause(planned_on)
            yield Session(activity.id, planned_on, on=on, cause=cause)


def _keep_order(activity: Activity, followed: Activity, placing: _Placing) -> None:
    """Let each session come after what it follows, which was planned for the same month."""
    days = placing.days
    sessions, earlier = placing.sessions[activity.id], placing.sessions[followed.id]
    for place, session in enumerate(sessions):
        before = place_followed(session, earlier)
        if before is None or earlier[before].on < session.on:
            continue
        month, study = CalendarSpan.MONTH.of(session.planned_on), earlier[before]
        later = days.between(session.on, month, after=study.on)
        sooner = days.between(
            study.on,
            overlap(month, placing.period),
            after=_followed_on(study, followed, placing),
            before=session.on,
        )
        if later is not None and activity.adjustment is not Adjustment.NONE:
            sessions[place] = moved(session, later, Cause.ORDER)
        elif sooner is not None and followed.adjustment is not Adjustment.NONE:
            earlier[before] = moved(study, sooner, Cause.ORDER)
        elif activity.adjustment is not Adjustment.NONE:
            # The month has no day for both: it is left, the order kept.
            beyond = days.open.next_working_day(study.on)
            sessions[place] = moved(session, beyond, Cause.ORDER)


def _followed_on(session: Session, activity: Activity, placing: _Placing) -> date | None:
    """The day of what a session follows; None where it follows nothing."""
    earlier = placing.sessions.get(activity.follows or "", [])
    place = place_followed(session, earlier)
    return None if place is None else earlier[place].on


def _out_of_order(activity: Activity, placing: _Placing) -> Iterator[Shortfall]:
    """The sessions that still come before what they follow, by the month."""
    months: Counter[Period] = Counter()
    for session in placing.sessions[activity.id]:
        followed_on = _followed_on(session, activity, placing)
        if followed_on is not None and followed_on >= session.on:
            months[CalendarSpan.MONTH.of(session.planned_on)] += 1
    for month, missing in months.items():
        yield Shortfall(activity.id, period=month, missing=missing, cause=ShortfallCause.ORDER)


# What may choose its day.


def _place_by_choice(placing: _Placing) -> None:
    for activity in placing.activities:
        if isinstance(activity.timing, Quota):
            placing.sessions[activity.id] = list(_of_quota(activity, activity.timing, placing))
    for target in placing.targets:
        if not is_staged(target, placing.plan):
            _meet(target, placing)


def _of_quota(activity: Activity, quota: Quota, placing: _Placing) -> Iterator[Session]:
    alike = [
        each.id
        for each in placing.plan.activities
        if isinstance(each.timing, Quota) and each.timing.per is quota.per
    ]
    # Activities of one span take turns in it, so that they do not all meet in its middle.
    phase = (2 * alike.index(activity.id) + 1, 2 * len(alike))
    for cut in quota.per.within(placing.period):
        whole = quota.per.of(cut.first)
        span = Period(max(whole.first, placing.since), whole.last)
        planned = even_days(placing.days.open, span, quota.to_plan, phase)
        due = [each for each in numbered(planned) if each[0] in cut]
        sessions = list(_spread(activity, cut, due, placing))
        yield from sessions
        missing = len(due) - len(sessions)
        if not planned and span == cut:
            missing = quota.to_plan
        if missing:
            placing.shortfalls.append(
                Shortfall(
                    activity.id, period=cut, missing=missing, cause=ShortfallCause.NO_OPEN_DAY
                )
            )


def _spread(
    activity: Activity, span: Period, due: Iterable[tuple[date, int]], placing: _Placing
) -> Iterator[Session]:
    used: set[date] = set()
    for planned_on, number in due:
        on = placing.days.for_minutes(activity.duration, planned_on, span, placing.load, used)
        if on is not None:
            used.add(on)
            placing.load[on] += activity.duration
            yield settled(activity, planned_on, on, number)


def _meet(target: Target, placing: _Placing) -> None:
    """Add what a target still asks for in each whole span."""
    for span in target.per.whole_within(placing.period):
        missing = missing_of(target, span, placing.of_kind(target.kind), placing.plan)
        if missing > 0:
            _add_make_up_sessions(target, span, missing, placing)


def _add_make_up_sessions(target: Target, span: Period, missing: int, placing: _Placing) -> None:
    plan, days, load = placing.plan, placing.days, placing.load
    activity = next(extendable(target, plan), None)
    if activity is None:
        there_are = any(each.kind is target.kind for each in plan.activities)
        cause = ShortfallCause.AT_MOST if there_are else ShortfallCause.NO_ACTIVITY
        placing.shortfalls.append(shortfall_of(target, span, missing, cause))
        return
    used = {session.on for session in placing.of_kind(target.kind)}
    free = [
        day for day in span if day not in used and days.holds(day, load[day] + activity.duration)
    ]
    chosen = evenly(free, -(-missing // worth(target, activity)))
    for day in chosen:
        load[day] += activity.duration
    placing.sessions[activity.id] += (
        Session(activity.id, day, on=day, make_up=True) for day in chosen
    )
    left = missing - len(chosen) * worth(target, activity)
    if left > 0:
        placing.shortfalls.append(shortfall_of(target, span, left, ShortfallCause.NO_OPEN_DAY))
