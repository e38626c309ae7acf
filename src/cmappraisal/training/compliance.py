"""Compliance: whether people did what the plan asks, and which session decided it.

Records say what happened: who attended a session, what a test scored, what was delivered. Held
against the plan and its schedule on a day, they leave each requirement met, on track, short or
breached. A session counts in the span that it was planned for, wherever it was moved, so that a day
off takes nothing away from anybody.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import Any, ClassVar, NoReturn, TypeAlias, TypeVar, cast

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
    identifier,
    instance_of,
    int_between,
    is_date,
    is_int,
    line,
    optional_date,
    optional_identifier,
    require,
    tuple_of,
)
from cmappraisal.periods import Period
from cmappraisal.points import EXACT, as_points, canonical, points_between
from cmappraisal.texts import Choice, Text
from cmappraisal.training.plans import (
    Activity,
    CareerStage,
    Kind,
    Measure,
    Quota,
    Span,
    Target,
    TrainingPlan,
)
from cmappraisal.training.schedules import MAXIMUM_SEQUENCE, Schedule, Session

MAXIMUM_SCORE = Decimal(100)
"""The highest score of a test."""

RATE_PLACES = 4
"""Decimal places of a rate of attendance: a hundredth of a percent."""

_DELIVERED_KINDS = frozenset({Kind.REPORT, Kind.TALK, Kind.REQUEST})

T = TypeVar("T")


class AttendanceStatus(Choice):
    """Whether somebody attended a session.

    >>> AttendanceStatus("late").text.en
    'late'
    """

    PRESENT = "present", Text("出席", "出席", en="present")
    LATE = "late", Text("遲到", "迟到", en="late")
    ABSENT = "absent", Text("缺席", "缺席", en="absent")
    EXCUSED = "excused", Text("獲准缺席", "获准缺席", en="excused")


_ATTENDED = frozenset({AttendanceStatus.PRESENT, AttendanceStatus.LATE})


@frozen
class Attendance:
    """Somebody attended a session, or did not.

    Args:
        session: The id of the session.
        person: The id of the person.
        status: Whether the person was there.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> print(Attendance("study/2026-01-15", "RM-01", status=AttendanceStatus.PRESENT))
    attendance of "RM-01" at "study/2026-01-15"
    """

    session: str = field(converter=as_text, validator=line)
    person: str = field(converter=as_text, validator=identifier)
    status: AttendanceStatus = field(validator=choice_of(AttendanceStatus), kw_only=True)

    def __str__(self) -> str:
        return f'attendance of "{self.person}" at "{self.session}"'


@frozen
class TestResult:
    """Somebody took a test, which is to have attended it unless the attendance says more.

    Args:
        session: The id of the session.
        person: The id of the person.
        score: From 0 to 100.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> TestResult("test/2026-01-25", "RM-01", score="82.5").score
    Decimal('82.5')
    """

    # What is called a test is collected as one.
    __test__: ClassVar[bool] = False

    session: str = field(converter=as_text, validator=line)
    person: str = field(converter=as_text, validator=identifier)
    score: Decimal = field(
        converter=as_points, validator=points_between(Decimal(0), MAXIMUM_SCORE), kw_only=True
    )

    def __str__(self) -> str:
        return f'result of "{self.person}" at "{self.session}"'


@frozen
class Delivered:
    """Somebody delivered a report, gave a talk or made a request.

    Args:
        activity: The id of the activity.
        person: The id of the person.
        on: The day.
        number: Which it is of what the person delivered for the activity on that day, from 1.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> print(Delivered("report", "RM-01", on=date(2026, 5, 4)))
    delivery of "report" by "RM-01" on 2026-05-04
    """

    activity: str = field(converter=as_text, validator=identifier)
    person: str = field(converter=as_text, validator=identifier)
    on: date = field(converter=as_date, validator=a_date, kw_only=True)
    number: int = field(default=1, validator=int_between(1, MAXIMUM_SEQUENCE), kw_only=True)

    def __str__(self) -> str:
        return f'delivery of "{self.activity}" by "{self.person}" on {self.on}'


Record: TypeAlias = Attendance | TestResult | Delivered
"""What happened."""


class Standing(Choice):
    """How a requirement stands, from the best to the worst.

    >>> [standing.value for standing in Standing]
    ['met', 'on-track', 'short', 'breached']
    """

    MET = "met", Text("已達成", "已达成", en="met")
    ON_TRACK = "on-track", Text("進度正常", "进度正常", en="on track")
    SHORT = "short", Text("進度不足", "进度不足", en="short, but it can be made good")
    BREACHED = "breached", Text("未達要求", "未达要求", en="breached")


_GRAVITY = {standing: number for number, standing in enumerate(Standing)}

_count = checked(lambda value: is_int(value, 0), "an int from 0")


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
        excused: Sessions excused, which are not needed.
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
        standing: How it stands.
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
    kind: Kind | None = field(
        default=None, validator=instance_of(Kind, type(None), allowed="a Kind, or None")
    )
    unit: Measure | None = field(
        default=None,
        validator=instance_of(Measure, type(None), allowed="a Measure, or None"),
        kw_only=True,
    )
    period: Period = field(validator=instance_of(Period, allowed="a Period"), kw_only=True)
    group: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    person: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    standing: Standing = field(validator=choice_of(Standing), kw_only=True)
    counts: Counts = field(validator=instance_of(Counts, allowed="Counts"), kw_only=True)
    decided_by: str | None = field(
        default=None,
        converter=as_optional_text,
        validator=checked(
            lambda value: value is None or isinstance(value, str), "None, or the id of a session"
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
        FieldError: A count is not an int from 0.

    >>> AttendanceRate(11, 12).rate
    Decimal('0.9167')
    """

    attended: int = field(validator=_count)
    expected: int = field(validator=_count)

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
    def standing(self) -> Standing:
        """The worst standing of all; met where nothing is asked."""
        return max(
            (requirement.standing for requirement in self.requirements),
            key=_GRAVITY.__getitem__,
            default=Standing.MET,
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
        raise TrainingError(
            f'compliance with "{self.plan}" on {self.on}: nobody is "{id}"'
            f"{did_you_mean(str(id), self.people) or '; name one of its people'}"
        )

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


def check(
    plan: TrainingPlan, schedule: Schedule, records: Iterable[Record], *, on: date
) -> Compliance:
    """How everything that a plan asks stands on a day.

    Sessions of that day and before it are held; a span is over on the day after its last. In which
    order the records come, and whether one comes twice, makes no difference.

    - A person has to attend each session of a required activity, unless excused. One missed
      breaches it; one of which nothing is recorded leaves it short. A person's own sessions by a
      quota, such as two tests a year, are counted as a target is.
    - A report, a talk or a request that each person owes by a quota is delivered, on whatever day
      of the span. It is short where more of its sessions, which are the days it is due, have passed
      than were delivered, and breached once the span is over. ``at_most`` bounds what is planned;
      doing more is not held against anyone.
    - A quota of the team is met by the sessions held, on track where enough are to come, short
      where not, and breached once the span is over, or where more than ``at_most`` are scheduled.
    - A target is counted over the sessions held for the team, and over those that a person
      attended or delivered. What only people do on their own, no target asks of the team.

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
            contradicts another, or is of a later day.

    >>> from cmappraisal import VENUE_TEAM, Schedule, Session, Trainee, WorkCalendar
    >>> mondays = [date(2026, 1, 5), date(2026, 1, 12), date(2026, 1, 19)]
    >>> january = Schedule(
    ...     VENUE_TEAM,
    ...     Period.month(2026, 1),
    ...     calendar=WorkCalendar(),
    ...     trainees=[Trainee("S-1")],
    ...     sessions=[Session("weekly-training", day, on=day) for day in mondays],
    ... )
    >>> late = Attendance("weekly-training/2026-01-05", "S-1", status=AttendanceStatus.LATE)
    >>> compliance = check(VENUE_TEAM, january, [late], on=date(2026, 1, 12))
    >>> compliance.standing.value, compliance.requirements[0].decided_by
    ('short', 'weekly-training/2026-01-12')
    >>> compliance.rate_of("S-1").rate
    Decimal('0.5')
    """
    require("check", "plan", plan, isinstance(plan, TrainingPlan), "a TrainingPlan")
    require("check", "on", on, is_date(on), "a datetime.date, not a datetime")
    on = as_date(on)
    marks = read_records("check", schedule, records, on)
    if plan != schedule.plan:
        raise TrainingError(
            f'check: plan "{plan}" is not that of the {schedule}; give a schedule of this plan'
        )
    asked = _Asked(schedule, marks, on)
    return Compliance(
        plan,
        schedule.period,
        on=on,
        people=[trainee.id for trainee in schedule.people],
        requirements=chain(asked.of_teams(), asked.of_people()),
    )


@frozen(eq=False)
class Occasion:
    """What can be counted: a session, with what is often asked of it, or something delivered."""

    activity: Activity
    on: date
    counts_on: date
    session: Session | None = None
    id: str | None = None
    attendees: frozenset[str] = frozenset()


@frozen(eq=False)
class Marks:
    """Records that fit their schedule, by person and by session."""

    occasions: dict[str, Occasion] = field(factory=dict)
    attendance: defaultdict[str, dict[str, AttendanceStatus]] = field(
        factory=lambda: defaultdict(dict)
    )
    results: defaultdict[str, dict[str, TestResult]] = field(factory=lambda: defaultdict(dict))
    delivered: defaultdict[tuple[str, str], set[tuple[date, int]]] = field(
        factory=lambda: defaultdict(set)
    )

    def deliveries(self, activity: Activity, person: str) -> list[Occasion]:
        """What a person delivered for an activity, by day."""
        dates = (on for on, _ in sorted(self.delivered.get((activity.id, person), ())))
        return [Occasion(activity, on, on) for on in dates]

    def statuses(self, person: str) -> dict[str, AttendanceStatus]:
        """How a person attended, by session."""
        taken = dict.fromkeys(self.results.get(person, ()), AttendanceStatus.PRESENT)
        return taken | self.attendance.get(person, {})


def is_delivered(activity: Activity) -> bool:
    """Whether an activity is delivered by each person, on whatever day, rather than attended."""
    return (
        activity.per_person
        and isinstance(activity.timing, Quota)
        and activity.kind in _DELIVERED_KINDS
    )


def read_records(
    where: str, schedule: Schedule, records: Iterable[Record], on: date | None = None
) -> Marks:
    """The records of a schedule; the first that does not fit it is refused.

    Args:
        where: Who asks, for the message.
        schedule: The schedule.
        records: The records.
        on: The last day that they can be of; None for any day.
    """
    require(where, "schedule", schedule, isinstance(schedule, Schedule), "a Schedule")
    records = as_tuple(records)
    fits = isinstance(records, tuple) and all(type(record) in _READERS for record in records)
    allowed = "a list of Attendance, TestResult and Delivered"
    require(where, "records", records, fits, allowed)
    marks = Marks({occasion.id: occasion for occasion in _occasions(schedule) if occasion.id})
    people = frozenset(trainee.id for trainee in schedule.people)
    for record in records:
        fault = _READERS[type(record)](marks, record, _Reading(schedule, people, on))
        if fault:
            _refuse_record(schedule, record, fault)
    for person, results in marks.results.items():
        for id, result in results.items():
            status = marks.attendance.get(person, {}).get(id)
            if status is not None and status not in _ATTENDED:
                told = f"the attendance says {status.value}; correct one of them"
                _refuse_record(schedule, result, told)
    return marks


def _refuse_record(schedule: Schedule, record: Record, fault: str) -> NoReturn:
    raise TrainingError(f"{schedule}: {record}: {fault}")


def _occasions(schedule: Schedule) -> Iterator[Occasion]:
    attendees: dict[str | None, frozenset[str]] = {}
    for session in schedule.sessions:
        if session.person is None and session.group not in attendees:
            attendees[session.group] = frozenset(schedule.attendees(session))
        yield Occasion(
            schedule.activity_of(session),
            session.on,
            session.planned_on,
            session,
            session.id,
            attendees[session.group] if session.person is None else frozenset({session.person}),
        )


@frozen(eq=False)
class _Reading:
    schedule: Schedule
    people: frozenset[str]
    on: date | None


def _fault_of_sitting(
    marks: Marks, record: Attendance | TestResult, reading: _Reading
) -> str | None:
    """What keeps a record of a session out, whatever it says."""
    occasion = marks.occasions.get(record.session)
    if occasion is None:
        return _no_session(marks, record, reading)
    if record.person not in occasion.attendees:
        remedy = did_you_mean(record.person, occasion.attendees) or "; name one of those it is for"
        return f'the session is not for "{record.person}"{remedy}'
    if reading.on is not None and occasion.on > reading.on:
        return (
            f"the session takes place on {occasion.on}, after {reading.on}; "
            "leave the record out, or check on a later day"
        )
    return None


def _no_session(marks: Marks, record: Attendance | TestResult, reading: _Reading) -> str:
    if any(session.id == record.session for session in reading.schedule.cancelled):
        return "the session is cancelled; leave the record out, or schedule the session again"
    remedy = did_you_mean(record.session, marks.occasions)
    return f"there is no such session{remedy or '; give the id of one of its sessions'}"


def _read_attendance(marks: Marks, record: Attendance, reading: _Reading) -> str | None:
    fault = _fault_of_sitting(marks, record, reading)
    if fault:
        return fault
    activity = marks.occasions[record.session].activity
    if is_delivered(activity):
        return f'"{activity.id}" is delivered, not attended; give a Delivered in its place'
    status = marks.attendance[record.person].setdefault(record.session, record.status)
    if status is not record.status:
        first, second = (choice.value for choice in AttendanceStatus if choice in _pair)
        return f"it is both {first} and {second}; keep one of them"
    return None


def _read_result(marks: Marks, record: TestResult, reading: _Reading) -> str | None:
    fault = _fault_of_sitting(marks, record, reading)
    if fault:
        return fault
    activity = marks.occasions[record.session].activity
    if activity.kind is not Kind.TEST:
        return f'"{activity.id}" is a {activity.kind.value}, not a test; give scores of tests alone'
    result = marks.results[record.person].setdefault(record.session, record)
    if result != record:
        low, high = sorted([result.score, record.score])
        return f"the score is both {low} and {high}; keep one of them"
    return None


def _read_delivered(marks: Marks, record: Delivered, reading: _Reading) -> str | None:
    ...
