"""Compliance: whether people did what the plan asks, and which session decided it.

Records, held against the plan and its schedule on a day, leave each requirement met, on track,
short or breached. Whatever counts in a span counts on the day it takes place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from operator import attrgetter
from typing import TypeAlias, cast

from attrs import field, frozen

from cmappraisal.errors import TrainingError
from cmappraisal.fields import (
    a_date,
    as_date,
    as_id_tuple,
    as_optional_date,
    as_optional_text,
    as_text,
    as_tuple,
    checked,
    choice_of,
    did_you_mean,
    id_tuple,
    instance_of,
    int_between,
    is_date,
    is_identifier,
    is_line,
    optional_date,
    optional_identifier,
    optional_instance_of,
    reject,
    require,
    require_date,
    shown_id,
    tuple_of,
)
from cmappraisal.periods import Period
from cmappraisal.points import EXACT, canonical
from cmappraisal.texts import Choice, Text
from cmappraisal.training.plans import (
    Activity,
    ActivityKind,
    Quota,
    Span,
    Target,
    TargetUnit,
    TrainingPlan,
)
from cmappraisal.training.records import (
    ATTENDED,
    AttendanceStatus,
    Marks,
    Occasion,
    Record,
    is_delivered,
    read_records,
)
from cmappraisal.training.schedules import Schedule, Session
from cmappraisal.training.scheduling import asked_for, is_own

RATE_PLACES = 4
"""Decimal places of a rate of attendance, which reach a hundredth of a percent."""


class ComplianceStatus(Choice):
    """How a requirement stands, from the best to the worst.

    >>> [status.value for status in ComplianceStatus]
    ['met', 'on-track', 'short', 'breached']
    """

    MET = "met", Text("已達成", "已达成", en="met")
    ON_TRACK = "on-track", Text("進度正常", "进度正常", en="on track")
    SHORT = "short", Text("進度不足", "进度不足", en="short")
    BREACHED = "breached", Text("未達要求", "未达要求", en="breached")


MAXIMUM_COUNTED = 1_000_000_000
"""The most of anything that a requirement counts."""

_GRAVITY = {status: number for number, status in enumerate(ComplianceStatus)}

_count = int_between(0, MAXIMUM_COUNTED)


@frozen
class Counts:
    """What a requirement counts: sessions, the days of them, or what was delivered.

    Args:
        needed: How much is asked for; a target in hours is counted in minutes.
        done: How much was done.
        to_come: How much is scheduled after the day of the check, or due on it or after.
        present: Sessions attended in time.
        late: Sessions attended late, which are done too.
        absent: Sessions missed.
        excused: Sessions excused. Attendance does not need them; what is asked for in numbers, by
            a quota or a target, does.
        unrecorded: Sessions held of which nothing is recorded.

    Raises:
        FieldError: A count is not an int from 0.

    >>> Counts(needed=12, done=2, to_come=10).present
    0
    """

    needed: int = field(validator=_count, kw_only=True)
    done: int = field(validator=_count, kw_only=True)
    to_come: int = field(validator=_count, kw_only=True)
    present: int = field(default=0, validator=_count, kw_only=True)
    late: int = field(default=0, validator=_count, kw_only=True)
    absent: int = field(default=0, validator=_count, kw_only=True)
    excused: int = field(default=0, validator=_count, kw_only=True)
    unrecorded: int = field(default=0, validator=_count, kw_only=True)


def _as_dates(value: Iterable[date]) -> tuple[date, ...]:
    dates = as_tuple(value)
    return tuple(map(as_date, dates)) if isinstance(dates, tuple) else dates


@frozen
class Requirement:
    """One thing that the plan asks of a person, of a group or of the team, and how it stands.

    Args:
        activity: The id of the activity; None for a target.
        kind: The kind that the target asks for; None for an activity.
        unit: What the target counts; None for an activity.
        period: The span that it is for.
        group: The id of the group that it asks; None where there are no groups, and for one person.
        person: The id of the one person that it asks; None where it asks the team.
        status: How it stands.
        counts: What was counted.
        decided_by: The id of the session that decided it; None where none did.
        decided_on: The day that decided it; None where it is open.
        delivered_on: The days of what was delivered for it, in order.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    activity: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier
    )
    kind: ActivityKind | None = field(default=None, validator=optional_instance_of(ActivityKind))
    unit: TargetUnit | None = field(
        default=None,
        validator=optional_instance_of(TargetUnit),
        kw_only=True,
    )
    period: Period = field(validator=instance_of(Period, allowed="a Period"), kw_only=True)
    group: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    person: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    status: ComplianceStatus = field(validator=choice_of(ComplianceStatus), kw_only=True)
    counts: Counts = field(validator=instance_of(Counts, allowed="Counts"), kw_only=True)
    decided_by: str | None = field(
        default=None,
        converter=as_optional_text,
        validator=checked(
            lambda value: value is None or is_line(value), "None, or the id of a session"
        ),
        kw_only=True,
    )
    decided_on: date | None = field(
        default=None, converter=as_optional_date, validator=optional_date, kw_only=True
    )
    delivered_on: tuple[date, ...] = field(
        default=(),
        converter=_as_dates,
        validator=checked(
            lambda value: isinstance(value, tuple) and all(map(is_date, value)), "a list of dates"
        ),
        kw_only=True,
    )


@frozen
class AttendanceRate:
    """How many of the sessions that had to be attended were.

    Args:
        attended: Sessions attended, in time or late.
        expected: Sessions held that had to be attended; the excused ones are left out.

    Raises:
        FieldError: A count is not an int from 0, or more were attended than expected.

    >>> AttendanceRate(11, 12).rate
    Decimal('0.9167')
    """

    attended: int = field(validator=_count)
    expected: int = field(validator=_count)

    def __attrs_post_init__(self) -> None:
        if self.expected < self.attended:
            reject(self, "expected", self.expected, f"at least attended ({self.attended})")

    @property
    def rate(self) -> Decimal | None:
        """The share attended, from 0 to 1; None where nothing was expected.

        It is rounded to :data:`RATE_PLACES` decimal places, half to even; the counts are exact.
        """
        if not self.expected:
            return None
        rounded = round(Fraction(self.attended * 10**RATE_PLACES, self.expected))
        return canonical(Decimal(rounded).scaleb(-RATE_PLACES, EXACT))


def _as_requirements(value: Iterable[Requirement]) -> tuple[Requirement, ...]:
    return as_tuple(value)


@frozen
class Compliance:
    """How each requirement of a plan stands on a day.

    Args:
        plan: The plan.
        period: The days that its schedule is for.
        on: The day as of which it was checked.
        people: The ids of everybody who is trained, in the order of the schedule.
        requirements: Those of the groups or the team, then those of each person, each in the order
            of the plan.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    plan: TrainingPlan = field(
        validator=instance_of(TrainingPlan, allowed="a TrainingPlan"), repr=str
    )
    period: Period = field(validator=instance_of(Period, allowed="a Period"))
    on: date = field(converter=as_date, validator=a_date, kw_only=True)
    people: tuple[str, ...] = field(
        default=(), converter=as_id_tuple, validator=id_tuple("ids of people"), kw_only=True
    )
    requirements: tuple[Requirement, ...] = field(
        default=(),
        converter=_as_requirements,
        validator=tuple_of(Requirement, "a list of Requirement"),
        kw_only=True,
    )
    _by_person: dict[str | None, list[Requirement]] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        by_person: dict[str | None, list[Requirement]] = {person: [] for person in self.people}
        for requirement in self.requirements:
            by_person.setdefault(requirement.person, []).append(requirement)
        object.__setattr__(self, "_by_person", by_person)

    @property
    def status(self) -> ComplianceStatus:
        """The worst status of all; met where nothing is asked."""
        return max(
            (requirement.status for requirement in self.requirements),
            key=_GRAVITY.__getitem__,
            default=ComplianceStatus.MET,
        )

    @property
    def attendance_rate(self) -> AttendanceRate:
        """How many of the sessions that had to be attended were, of everybody together."""
        return _rate(self.requirements)

    def of(self, person: str) -> tuple[Requirement, ...]:
        """What the plan asks of one person.

        Args:
            person: The person's id.

        Raises:
            TrainingError: The schedule does not train the person.
        """
        id = as_text(person)
        if isinstance(id, str) and id in self._by_person:
            return tuple(self._by_person[id])
        given = shown_id(id)
        raise TrainingError(
            f'compliance with "{self.plan}" on {self.on}: nobody is "{given}"'
            f"{did_you_mean(given, self.people) or '; name somebody who is trained'}"
        )

    def of_team(self, group: str | None = None) -> tuple[Requirement, ...]:
        """What the plan asks of a team.

        Args:
            group: The id of the group; None for the team of those in no group.

        Raises:
            FieldError: ``group`` is no id.
        """
        fits = group is None or is_identifier(group)
        require("Compliance.of_team", "group", group, fits, "the id of a group, or None")
        teams = (each for each in self.requirements if each.person is None)
        return tuple(each for each in teams if each.group == group)

    def rate_of(self, person: str) -> AttendanceRate:
        """How many of the sessions that a person had to attend the person did.

        Args:
            person: The person's id.

        Raises:
            TrainingError: The schedule does not train the person.
        """
        return _rate(self.of(person))


def _rate(requirements: Iterable[Requirement]) -> AttendanceRate:
    counts = [requirement.counts for requirement in requirements]
    attended = sum(count.present + count.late for count in counts)
    return AttendanceRate(attended, attended + sum(c.absent + c.unrecorded for c in counts))


def check_compliance(
    plan: TrainingPlan, schedule: Schedule, records: Iterable[Record], *, on: date
) -> Compliance:
    """How everything that a plan asks stands on a day.

    Sessions of that day and before it are held; a span is over on the day after its last. In which
    order the records come, and whether one comes twice, makes no difference.

    - A person has to attend each session of a required activity since the day of hiring, unless
      excused. One missed
      breaches it; one of which nothing is recorded leaves it short. A person's own sessions by a
      quota, such as two tests a year, are counted as a target is.
    - A report, a talk or a request that each person owes by a quota is delivered, on whatever day
      of the span. It is short where more of its sessions, which are the days it is due, have passed
      than were delivered, or where those to come are not enough; and breached once the span is
      over. ``at_most`` bounds what is planned; doing more is not held against anyone.
    - A quota of the team is met by the sessions held, on track where enough are to come, short
      where not, and breached once the span is over, or where more than ``at_most`` are scheduled.
    - A target is counted over the sessions held for the team, and over those that a person
      attended or delivered. What only people do on their own, no target asks of the team; and none
      asks anything of a person for the span of the day of hiring.
    - Quotas and targets ask for something in the spans that the schedule's period has in full.

    Args:
        plan: The plan.
        schedule: Its schedule.
        records: What happened up to the day.
        on: The day as of which to check.

    Returns:
        How each requirement stands.

    Raises:
        FieldError: An argument has a value that it does not allow.
        TrainingError: The schedule is of another plan, or a record does not fit the schedule,
            contradicts another, or is of a later day. Of several, the first as given is told.

    >>> from cmappraisal.training import Attendance, AttendanceStatus, Session, Trainee, VENUE_TEAM
    >>> from cmappraisal import WorkCalendar
    >>> mondays = [date(2026, 1, 5), date(2026, 1, 12), date(2026, 1, 19)]
    >>> january = Schedule(
    ...     VENUE_TEAM,
    ...     Period.month(2026, 1),
    ...     calendar=WorkCalendar(),
    ...     trainees=[Trainee("S-1")],
    ...     sessions=[Session("weekly-training", day, on=day) for day in mondays],
    ... )
    >>> late = Attendance("weekly-training/2026-01-05", "S-1", status=AttendanceStatus.LATE)
    >>> compliance = check_compliance(VENUE_TEAM, january, [late], on=date(2026, 1, 12))
    >>> compliance.status.value, compliance.requirements[0].decided_by
    ('short', 'weekly-training/2026-01-12')
    >>> compliance.rate_of("S-1").rate
    Decimal('0.5')
    """
    require("check_compliance", "plan", plan, isinstance(plan, TrainingPlan), "a TrainingPlan")
    require("check_compliance", "schedule", schedule, isinstance(schedule, Schedule), "a Schedule")
    on = require_date("check_compliance", "on", on)
    if plan != schedule.plan:
        raise TrainingError(
            f'check_compliance: plan "{plan}" is not the one that the {schedule} was made from; '
            "give the plan that the schedule holds"
        )
    asked = _Asked(schedule, read_records("check_compliance", schedule, records, on), on)
    return Compliance(
        plan,
        schedule.period,
        on=on,
        people=[trainee.id for trainee in schedule.people],
        requirements=chain(asked.of_teams(), asked.of_people()),
    )


# Checking: what is asked of whom, and what became of it.


@frozen(eq=False)
class _Finding:
    status: ComplianceStatus
    counts: Counts
    by: str | None = None
    on: date | None = None


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
        """What is counted; where not so many are needed, all but the excused are."""
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


@frozen(eq=False)
class _Person:
    id: str
    group: str | None
    hired_on: date
    statuses: Mapping[str, AttendanceStatus]


_Audience: TypeAlias = tuple[str, str | None, str | None]
"""The ids of an activity, of a group and of a person."""

_MEASURED: Mapping[TargetUnit, Callable[[Sequence[Occasion]], int]] = {
    TargetUnit.DAYS: lambda occasions: len({occasion.on for occasion in occasions}),
    TargetUnit.SESSIONS: len,
    TargetUnit.HOURS: lambda occasions: sum(occasion.activity.duration for occasion in occasions),
}
"""How much there is of each unit; hours in minutes."""

_day = attrgetter("on")


class _Asked:
    """What a plan asks, as it stands on a day."""

    def __init__(self, schedule: Schedule, marks: Marks, on: date) -> None:
        self.schedule = schedule
        self.plan = schedule.plan
        self.marks = marks
        self.on = on
        self.spans = {span: tuple(span.whole_within(schedule.period)) for span in _spans(self.plan)}
        self.occasions: defaultdict[_Audience, list[Occasion]] = defaultdict(list)
        for occasion in sorted(marks.occasions.values(), key=_day):
            session = cast(Session, occasion.session)
            group = session.group if session.person is None else None
            self.occasions[session.activity, group, session.person].append(occasion)

    def of_teams(self) -> Iterator[Requirement]:
        for group, _ in self.schedule.teams:
            for activity in self.plan.activities:
                if isinstance(activity.timing, Quota) and not activity.per_person:
                    yield from self._of_team(activity, activity.timing, group)
            for target in self.plan.targets:
                if not is_own(target, self.plan):
                    there = self._of_kind(target.kind, group)
                    held = [occasion for occasion in there if occasion.on <= self.on]
                    yield from self._of_target(target, held, there[len(held) :], group=group)

    def _of_kind(self, kind: ActivityKind, group: str | None) -> list[Occasion]:
        activities = (activity for activity in self.plan.activities if activity.kind is kind)
        there = (self.occasions.get((activity.id, group, None), ()) for activity in activities)
        return sorted(chain.from_iterable(there), key=_day)

    def _of_team(
        self, activity: Activity, quota: Quota, group: str | None
    ) -> Iterator[Requirement]:
        there = self.occasions.get((activity.id, group, None), ())
        for span, (within,) in self._by_span(quota.per, there):
            held = sum(occasion.on <= self.on for occasion in within)
            counts = Counts(needed=quota.at_least, done=held, to_come=len(within) - held)
            beyond = [] if quota.at_most is None else within[quota.at_most :]
            if beyond:
                finding = _found(ComplianceStatus.BREACHED, counts, beyond)
            else:
                finding = self._progress(counts, span, _nth(within, quota.at_least))
            yield _requirement(finding, span, activity=activity, group=group)

    def of_people(self) -> Iterator[Requirement]:
        members = [(group.id, group.trainees) for group in self.schedule.groups]
        for group, trainees in (*members, (None, self.schedule.trainees)):
            for trainee in trainees:
                statuses = self.marks.statuses(trainee.id)
                hired_on = trainee.hired_on or date.min
                person = _Person(trainee.id, group, hired_on, statuses)
                for activity in self.plan.activities:
                    if activity.required:
                        yield from self._of_person(activity, person)
                for target in self.plan.targets:
                    done, ahead = self._toward(target.kind, person)
                    yield from self._of_target(target, done, ahead, person=person)

    def _of_person(self, activity: Activity, person: _Person) -> Iterator[Requirement]:
        there, timing = self._sessions(activity, person), activity.timing
        if not (activity.per_person and isinstance(timing, Quota)):
            if there:
                finding = _attendance(self._roll(there, person))
                period = self.schedule.period
                yield _requirement(finding, period, activity=activity, person=person.id)
        elif is_delivered(activity):
            delivered = self.marks.deliveries(activity, person.id)
            spans = self._by_span(timing.per, delivered, there, since=person.hired_on)
            for span, (done, due) in spans:
                finding = self._delivery(timing, span, done, due)
                days = [occasion.on for occasion in done]
                yield _requirement(
                    finding, span, activity=activity, person=person.id, delivered_on=days
                )
        else:
            for span, (within,) in self._by_span(timing.per, there, since=person.hired_on):
                roll = self._roll(within, person)
                decisive = _nth(roll.attended, timing.at_least)
                finding = self._progress(roll.counts(timing.at_least), span, decisive)
                yield _requirement(finding, span, activity=activity, person=person.id)

    def _sessions(self, activity: Activity, person: _Person) -> list[Occasion]:
        together = self.occasions.get((activity.id, person.group, None), ())
        alone = self.occasions.get((activity.id, None, person.id), ())
        there = (each for each in (*together, *alone) if each.on >= person.hired_on)
        return sorted(there, key=_day)

    def _roll(self, there: Iterable[Occasion], person: _Person) -> _Roll:
        held = [
            (occasion, person.statuses.get(str(occasion.id)))
            for occasion in there
            if occasion.on <= self.on
        ]
        return _Roll(held, [occasion for occasion in there if occasion.on > self.on])

    def _delivery(
        self, quota: Quota, span: Period, done: Sequence[Occasion], due: Sequence[Occasion]
    ) -> _Finding:
        left = due[len(done) :]
        overdue = [occasion for occasion in left if occasion.on < self.on]
        counts = Counts(needed=quota.at_least, done=len(done), to_come=len(left) - len(overdue))
        if len(done) >= quota.at_least:
            return _found(ComplianceStatus.MET, counts, _nth(done, quota.at_least))
        if span.last < self.on:
            return _Finding(ComplianceStatus.BREACHED, counts, on=span.last)
        lacking = counts.done + counts.to_come < counts.needed
        return _found(
            ComplianceStatus.SHORT if overdue or lacking else ComplianceStatus.ON_TRACK,
            counts,
            overdue,
        )

    def _toward(self, kind: ActivityKind, person: _Person) -> tuple[list[Occasion], list[Occasion]]:
        """What a person did of a kind, and what is to come of it, by day."""
        done: list[Occasion] = []
        ahead: list[Occasion] = []
        for activity in self.plan.activities:
            if activity.kind is kind:
                there = self._sessions(activity, person)
                roll = self._roll(there, person)
                if is_delivered(activity):
                    delivered = self.marks.deliveries(activity, person.id)
                    ahead += self._still_due(activity, delivered, there)
                    done += delivered
                else:
                    ahead += roll.ahead
                    done += roll.attended
        return sorted(done, key=_day), sorted(ahead, key=_day)

    def _still_due(
        self, activity: Activity, delivered: Iterable[Occasion], there: Iterable[Occasion]
    ) -> Iterator[Occasion]:
        """What is due yet: in each span of a quota, all but as many as were delivered in it."""
        quota = cast(Quota, activity.timing)
        for _, (done, due) in self._by_span(quota.per, delivered, there):
            yield from (each for each in due[len(done) :] if each.on >= self.on)

    def _of_target(
        self,
        target: Target,
        done: Iterable[Occasion],
        ahead: Iterable[Occasion],
        *,
        group: str | None = None,
        person: _Person | None = None,
    ) -> Iterator[Requirement]:
        measured, needed = _MEASURED[target.unit], asked_for(target)
        since = person.hired_on if person else date.min
        for span, (did, to_come) in self._by_span(target.per, done, ahead):
            if span.first < since:
                continue
            counts = Counts(needed=needed, done=measured(did), to_come=measured(to_come))
            reached = bisect_left(
                range(len(did) + 1), needed, key=lambda number: measured(did[:number])
            )
            finding = self._progress(counts, span, _nth(did, reached))
            whom = person.id if person else None
            yield _requirement(finding, span, target=target, group=group, person=whom)

    def _progress(self, counts: Counts, span: Period, decisive: Sequence[Occasion]) -> _Finding:
        if counts.done >= counts.needed:
            return _found(ComplianceStatus.MET, counts, decisive)
        if counts.done + counts.to_come >= counts.needed:
            return _Finding(ComplianceStatus.ON_TRACK, counts)
        if span.last < self.on:
            return _Finding(ComplianceStatus.BREACHED, counts, on=span.last)
        return _Finding(ComplianceStatus.SHORT, counts)

    def _by_span(
        self, per: Span, *kinds: Iterable[Occasion], since: date = date.min
    ) -> Iterator[tuple[Period, list[list[Occasion]]]]:
        """The whole spans that are not over before a day, each with what of each kind is in it."""
        spans = self.spans[per]
        firsts = [span.first for span in spans]
        within: list[list[list[Occasion]]] = [[[] for _ in kinds] for _ in spans]
        for place, occasions in enumerate(kinds):
            for occasion in occasions:
                number = bisect_right(firsts, occasion.on) - 1
                if number >= 0 and occasion.on in spans[number]:
                    within[number][place].append(occasion)
        pairs = zip(spans, within, strict=True)
        return ((span, each) for span, each in pairs if since <= span.last)


def _spans(plan: TrainingPlan) -> Iterator[Span]:
    yield from (each.timing.per for each in plan.activities if isinstance(each.timing, Quota))
    yield from (target.per for target in plan.targets)


def _attendance(roll: _Roll) -> _Finding:
    counts, absent, unrecorded = (
        roll.counts(),
        roll.those(AttendanceStatus.ABSENT),
        roll.those(None),
    )
    if absent:
        return _found(ComplianceStatus.BREACHED, counts, absent)
    if unrecorded:
        return _found(ComplianceStatus.SHORT, counts, unrecorded)
    if roll.ahead:
        return _Finding(ComplianceStatus.ON_TRACK, counts)
    return _found(ComplianceStatus.MET, counts, roll.attended[-1:])


def _found(status: ComplianceStatus, counts: Counts, decisive: Sequence[Occasion]) -> _Finding:
    """A finding that the first of some occasions decided, if there is any."""
    for occasion in decisive[:1]:
        return _Finding(status, counts, occasion.id, occasion.on)
    return _Finding(status, counts)


def _nth(occasions: Sequence[Occasion], number: int) -> Sequence[Occasion]:
    """The occasion of a number, from 1 on, alone; none where there are not so many."""
    return occasions[max(number - 1, 0) : number]


def _requirement(
    finding: _Finding,
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
        status=finding.status,
        counts=finding.counts,
        decided_by=finding.by,
        decided_on=finding.on,
        delivered_on=delivered_on,
    )
