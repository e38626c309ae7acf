"""Checks: what a plan asks of each team and each person, and what became of it by a day.

Sessions of that day and before it are held. Whatever counts in a span counts on the day it takes
place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import TypeAlias, cast

from attrs import field, frozen

from cmappraisal.periods import Period
from cmappraisal.spans import CalendarSpan
from cmappraisal.training.plans import (
    Activity,
    ActivityKind,
    Quota,
    Target,
    TargetUnit,
    TrainingPlan,
)
from cmappraisal.training.records import (
    ATTENDED,
    AttendanceStatus,
    Marks,
    Occasion,
    is_delivered,
)
from cmappraisal.training.requirements import ComplianceStatus, Counts, Requirement
from cmappraisal.training.schedules import Schedule
from cmappraisal.training.sessions import Participants, Session
from cmappraisal.training.targets import asked_for, is_individual

_day = attrgetter("on")


def requirements_by(on: date, schedule: Schedule, marks: Marks) -> Iterator[Requirement]:
    """What the plan of a schedule asks of the teams, and then of each person, by a day."""
    check = _Check.of(schedule, marks, on)
    yield from _of_teams(check)
    yield from _of_people(check)


_Occasions: TypeAlias = defaultdict[tuple[str, Participants], list[Occasion]]
"""Sessions by day, by their activity and their participants."""


@frozen(eq=False)
class _Check:
    """What is checked, on which day.

    Args:
        schedule: The schedule.
        marks: The records that fit it.
        on: The day.
        spans: The spans that the period has in full, by kind.
        occasions: The sessions.
    """

    schedule: Schedule
    marks: Marks
    on: date
    spans: Mapping[CalendarSpan, Sequence[Period]]
    occasions: _Occasions = field(factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, schedule: Schedule, marks: Marks, on: date) -> _Check:
        plan, period = schedule.plan, schedule.period
        spans = {span: tuple(span.whole_within(period)) for span in _spans(plan)}
        check = cls(schedule, marks, on, spans)
        for occasion in sorted(marks.occasions.values(), key=_day):
            session = cast(Session, occasion.session)
            group = session.group if session.person is None else None
            check.occasions[session.activity, (group, session.person)].append(occasion)
        return check

    @property
    def plan(self) -> TrainingPlan:
        return self.schedule.plan

    def there(
        self, activity: Activity, *, group: str | None = None, person: str | None = None
    ) -> Sequence[Occasion]:
        """The sessions of an activity for some participants, by day."""
        return self.occasions.get((activity.id, (group, person)), ())


def _spans(plan: TrainingPlan) -> Iterator[CalendarSpan]:
    yield from (each.timing.per for each in plan.activities if isinstance(each.timing, Quota))
    yield from (target.per for target in plan.targets)


@frozen(eq=False)
class _Result:
    """What became of something by the day, and what decided it."""

    status: ComplianceStatus
    counts: Counts
    by: str | None = None
    on: date | None = None


@frozen(eq=False)
class _Person:
    id: str
    group: str | None
    hired_on: date
    statuses: Mapping[str, AttendanceStatus]


# Teams.


def _of_teams(check: _Check) -> Iterator[Requirement]:
    for group, _ in check.schedule.teams:
        for activity in check.plan.activities:
            if isinstance(activity.timing, Quota) and not activity.per_person:
                yield from _of_team(activity, activity.timing, group, check)
        for target in check.plan.targets:
            if not is_individual(target, check.plan):
                there = _of_kind(target.kind, group, check)
                held = [occasion for occasion in there if occasion.on <= check.on]
                yield from _of_target(target, held, there[len(held) :], check, group=group)


def _of_kind(kind: ActivityKind, group: str | None, check: _Check) -> list[Occasion]:
    activities = (activity for activity in check.plan.activities if activity.kind is kind)
    there = (check.there(activity, group=group) for activity in activities)
    return sorted(chain.from_iterable(there), key=_day)


def _of_team(
    activity: Activity, quota: Quota, group: str | None, check: _Check
) -> Iterator[Requirement]:
    there = check.there(activity, group=group)
    for span, (within,) in _by_span(check.spans[quota.per], there):
        held = sum(occasion.on <= check.on for occasion in within)
        counts = Counts(needed=quota.at_least, done=held, to_come=len(within) - held)
        beyond = [] if quota.at_most is None else within[quota.at_most :]
        if beyond:
            result = _decided(ComplianceStatus.BREACHED, counts, beyond)
        else:
            result = _progress(counts, span, _nth(within, quota.at_least), check)
        yield _requirement(result, span, activity=activity, group=group)


# People.


def _of_people(check: _Check) -> Iterator[Requirement]:
    schedule = check.schedule
    members = [(group.id, group.trainees) for group in schedule.groups]
    for group, trainees in (*members, (None, schedule.trainees)):
        for trainee in trainees:
            statuses = check.marks.statuses(trainee.id)
            hired_on = trainee.hired_on or date.min
            person = _Person(trainee.id, group, hired_on, statuses)
            for activity in check.plan.activities:
                if activity.required:
                    yield from _of_person(activity, person, check)
            for target in check.plan.targets:
                done, ahead = _toward(target.kind, person, check)
                yield from _of_target(target, done, ahead, check, person=person)


def _of_person(activity: Activity, person: _Person, check: _Check) -> Iterator[Requirement]:
    there, timing = _sessions(activity, person, check), activity.timing
    if not (activity.per_person and isinstance(timing, Quota)):
        if there:
            result = _attendance(_roll(there, person, check.on))
            period = check.schedule.period
            yield _requirement(result, period, activity=activity, person=person.id)
    elif is_delivered(activity):
        yield from _of_delivery(activity, timing, there, person, check)
    else:
        for span, (within,) in _by_span(check.spans[timing.per], there, since=person.hired_on):
            roll = _roll(within, person, check.on)
            decisive = _nth(roll.attended, timing.at_least)
            result = _progress(roll.counts(timing.at_least), span, decisive, check)
            yield _requirement(result, span, activity=activity, person=person.id)


def _sessions(activity: Activity, person: _Person, check: _Check) -> list[Occasion]:
    team = check.there(activity, group=person.group)
    individual = check.there(activity, person=person.id)
    there = (each for each in (*team, *individual) if each.on >= person.hired_on)
    return sorted(there, key=_day)


def _of_delivery(
    activity: Activity, quota: Quota, there: Sequence[Occasion], person: _Person, check: _Check
) -> Iterator[Requirement]:
    delivered = check.marks.deliveries(activity, person.id)
    spans = _by_span(check.spans[quota.per], delivered, there, since=person.hired_on)
    for span, (done, due) in spans:
        yield _requirement(
            _delivery(quota, span, done, due, check),
            span,
            activity=activity,
            person=person.id,
            delivered_on=[occasion.on for occasion in done],
        )


def _delivery(
    quota: Quota,
    span: Period,
    done: Sequence[Occasion],
    due: Sequence[Occasion],
    check: _Check,
) -> _Result:
    left = due[len(done) :]
    overdue = [occasion for occasion in left if occasion.on < check.on]
    counts = Counts(needed=quota.at_least, done=len(done), to_come=len(left) - len(overdue))
    if len(done) >= quota.at_least:
        return _decided(ComplianceStatus.MET, counts, _nth(done, quota.at_least))
    if span.last < check.on:
        return _Result(ComplianceStatus.BREACHED, counts, on=span.last)
    too_few = counts.done + counts.to_come < counts.needed
    status = ComplianceStatus.SHORT if overdue or too_few else ComplianceStatus.ON_TRACK
    return _decided(status, counts, overdue)


def _toward(
    kind: ActivityKind, person: _Person, check: _Check
) -> tuple[list[Occasion], list[Occasion]]:
    """What a person did of a kind, and what is to come of it, by day."""
    done: list[Occasion] = []
    ahead: list[Occasion] = []
    for activity in check.plan.activities:
        if activity.kind is kind:
            there = _sessions(activity, person, check)
            if is_delivered(activity):
                delivered = check.marks.deliveries(activity, person.id)
                ahead += _still_due(activity, delivered, there, check)
                done += delivered
            else:
                roll = _roll(there, person, check.on)
                ahead += roll.ahead
                done += roll.attended
    return sorted(done, key=_day), sorted(ahead, key=_day)


def _still_due(
    activity: Activity, delivered: Iterable[Occasion], there: Iterable[Occasion], check: _Check
) -> Iterator[Occasion]:
    """What is due yet: in each span of a quota, all but as many as were delivered in it."""
    quota = cast(Quota, activity.timing)
    for _, (done, due) in _by_span(check.spans[quota.per], delivered, there):
        yield from (each for each in due[len(done) :] if each.on >= check.on)


# Attendance.


@frozen(eq=False)
class _Roll:
    """How one person attended some sessions, by day."""

    held: Sequence[tuple[Occasion, AttendanceStatus | None]]
    ahead: Sequence[Occasion]

    def those(self, *statuses: AttendanceStatus | None) -> list[Occasion]:
        return [occasion for occasion, status in self.held if status in statuses]

    @property
    def attended(self) -> list[Occasion]:
        return self.those(*ATTENDED)

    def counts(self, needed: int | None = None) -> Counts:
        """What is counted; without a number of its own, all but the excused are needed."""
        status = Counter(status for _, status in self.held)
        excused = status[AttendanceStatus.EXCUSED]
        asked = len(self.held) + len(self.ahead) - excused
        return Counts(
            needed=asked if needed is None else needed,
            done=status[AttendanceStatus.PRESENT] + status[AttendanceStatus.LATE],
            to_come=len(self.ahead),
            present=status[AttendanceStatus.PRESENT],
            late=status[AttendanceStatus.LATE],
            absent=status[AttendanceStatus.ABSENT],
            excused=excused,
            unrecorded=status[None],
        )


def _roll(there: Iterable[Occasion], person: _Person, on: date) -> _Roll:
    held = [
        (occasion, person.statuses.get(str(occasion.id))) for occasion in there if occasion.on <= on
    ]
    return _Roll(held, [occasion for occasion in there if occasion.on > on])


def _attendance(roll: _Roll) -> _Result:
    counts, absent, unrecorded = (
        roll.counts(),
        roll.those(AttendanceStatus.ABSENT),
        roll.those(None),
    )
    if absent:
        return _decided(ComplianceStatus.BREACHED, counts, absent)
    if unrecorded:
        return _decided(ComplianceStatus.SHORT, counts, unrecorded)
    if roll.ahead:
        return _Result(ComplianceStatus.ON_TRACK, counts)
    return _decided(ComplianceStatus.MET, counts, roll.attended[-1:])


# Targets, spans and what decides.

_MEASURED: Mapping[TargetUnit, Callable[[Sequence[Occasion]], int]] = {
    TargetUnit.DAYS: lambda occasions: len({occasion.on for occasion in occasions}),
    TargetUnit.SESSIONS: len,
    TargetUnit.HOURS: lambda occasions: sum(occasion.activity.duration for occasion in occasions),
}
"""How much there is of each unit; hours in minutes."""


def _of_target(
    target: Target,
    done: Iterable[Occasion],
    ahead: Iterable[Occasion],
    check: _Check,
    *,
    group: str | None = None,
    person: _Person | None = None,
) -> Iterator[Requirement]:
    measured, needed = _MEASURED[target.unit], asked_for(target)
    since = person.hired_on if person else date.min
    for span, (did, to_come) in _by_span(check.spans[target.per], done, ahead):
        if span.first < since:
            continue
        counts = Counts(needed=needed, done=measured(did), to_come=measured(to_come))
        # The session that decides it is the first up to which there is enough.
        reached = bisect_left(
            range(len(did) + 1), needed, key=lambda number: measured(did[:number])
        )
        yield _requirement(
            _progress(counts, span, _nth(did, reached), check),
            span,
            target=target,
            group=group,
            person=person.id if person else None,
        )


def _progress(counts: Counts, span: Period, decisive: Sequence[Occasion], check: _Check) -> _Result:
    if counts.done >= counts.needed:
        return _decided(ComplianceStatus.MET, counts, decisive)
    if counts.done + counts.to_come >= counts.needed:
        return _Result(ComplianceStatus.ON_TRACK, counts)
    if span.last < check.on:
        return _Result(ComplianceStatus.BREACHED, counts, on=span.last)
    return _Result(ComplianceStatus.SHORT, counts)


def _by_span(
    spans: Sequence[Period], *kinds: Iterable[Occasion], since: date = date.min
) -> Iterator[tuple[Period, list[list[Occasion]]]]:
    """The spans that are not over before a day, each with what of each kind is in it."""
    firsts = [span.first for span in spans]
    within: list[list[list[Occasion]]] = [[[] for _ in kinds] for _ in spans]
    for place, occasions in enumerate(kinds):
        for occasion in occasions:
            number = bisect_right(firsts, occasion.on) - 1
            if number >= 0 and occasion.on in spans[number]:
                within[number][place].append(occasion)
    pairs = zip(spans, within, strict=True)
    return ((span, each) for span, each in pairs if since <= span.last)


def _decided(status: ComplianceStatus, counts: Counts, decisive: Sequence[Occasion]) -> _Result:
    """A result that the first of some occasions decided, if there is any."""
    for occasion in decisive[:1]:
        return _Result(status, counts, occasion.id, occasion.on)
    return _Result(status, counts)


def _nth(occasions: Sequence[Occasion], number: int) -> Sequence[Occasion]:
    """The occasion of a number, from 1 on, and no other; none where there are not so many."""
    return occasions[max(number - 1, 0) : number]


def _requirement(
    result: _Result,
    period: Period,
    *,
    activity: Activity | None = None,
    target: Target | None = None,
    group: str | None = None,
    person: str | None = None,
    delivered_on: Iterable[date] = (),
) -> Requirement:
    return Requirement(
        activity.id if activity else None,
        target.kind if target else None,
        unit=target.unit if target else None,
        period=period,
        group=group,
        person=person,
        status=result.status,
        counts=result.counts,
        decided_by=result.by,
        decided_on=result.on,
        delivered_on=delivered_on,
    )
