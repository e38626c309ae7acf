"""Records: what happened, as facts about a schedule, such as who attended which session.

A record fits its schedule or is rejected, whoever asks; what follows from it is decided elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any, ClassVar, TypeAlias

from attrs import field, frozen

from cmappraisal.errors import Problem, ProblemCode
from cmappraisal.fields import (
    a_date,
    as_date,
    as_text,
    checked,
    choice_of,
    identifier,
    int_between,
    is_line,
    member_of,
)
from cmappraisal.points import as_points, plain, points_between
from cmappraisal.remedies import did_you_mean
from cmappraisal.texts import Choice, Text
from cmappraisal.training.contradictions import reject_contradictions
from cmappraisal.training.plans import (
    Activity,
    ActivityKind,
    Quota,
)
from cmappraisal.training.schedules import Schedule
from cmappraisal.training.sessions import MAXIMUM_SEQUENCE, Session

MAXIMUM_SCORE = Decimal(100)
"""The highest score of a test."""

MAXIMUM_SESSION_ID_LENGTH = 2_000
"""Characters of a session's id: more than the ids that it is made of can have."""

_DELIVERED_KINDS = frozenset({ActivityKind.REPORT, ActivityKind.TALK, ActivityKind.REQUEST})


class AttendanceStatus(Choice):
    """Whether somebody attended a session.

    >>> AttendanceStatus("late").text.en
    'late'
    """

    PRESENT = "present", Text("出席", "出席", en="present")
    LATE = "late", Text("遲到", "迟到", en="late")
    ABSENT = "absent", Text("缺席", "缺席", en="absent")
    EXCUSED = "excused", Text("獲准缺席", "获准缺席", en="excused")


def as_attendance_status(value: AttendanceStatus | str) -> AttendanceStatus:
    """The member from the member itself or from its value."""
    return member_of(AttendanceStatus, value)


ATTENDED = frozenset({AttendanceStatus.PRESENT, AttendanceStatus.LATE})
"""What it is to have attended."""


_session_id = checked(
    lambda value: is_line(value) and len(value) <= MAXIMUM_SESSION_ID_LENGTH,
    f"the id of a session, a line of at most {MAXIMUM_SESSION_ID_LENGTH} characters",
)


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

    session: str = field(converter=as_text, validator=_session_id)
    person: str = field(converter=as_text, validator=identifier)
    status: AttendanceStatus = field(
        converter=as_attendance_status,
        validator=choice_of(AttendanceStatus),
        kw_only=True,
    )

    def __str__(self) -> str:
        return f'attendance of "{self.person}" at "{self.session}"'


@frozen
class TestResult:
    """Somebody took a test, and so attended it; an attendance may add that it was late.

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

    session: str = field(converter=as_text, validator=_session_id)
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

RECORD_KINDS = (Attendance, TestResult, Delivered)
"""The types of records."""


# Reading: those that fit a schedule, by person and by session.


@frozen(eq=False)
class Occasion:
    """What can be counted: a session, with what is often asked of it, or something delivered."""

    activity: Activity
    on: date
    session: Session | None = None
    id: str | None = None
    attendees: frozenset[str] = frozenset()


@frozen(eq=False)
class Marks:
    """Records that fit their schedule."""

    occasions: dict[str, Occasion]
    attendance: defaultdict[str, dict[str, AttendanceStatus]] = field(
        factory=lambda: defaultdict(dict)
    )
    results: defaultdict[str, dict[str, TestResult]] = field(factory=lambda: defaultdict(dict))
    delivered: defaultdict[tuple[str, str], set[tuple[date, int]]] = field(
        factory=lambda: defaultdict(set)
    )

    def deliveries(self, activity: Activity, person: str) -> list[Occasion]:
        """What a person delivered for an activity, by day."""
        there = sorted(self.delivered.get((activity.id, person), ()))
        return [Occasion(activity, on) for on, _ in there]

    def statuses(self, person: str) -> dict[str, AttendanceStatus]:
        """How a person attended, by session."""
        tested = dict.fromkeys(self.results.get(person, ()), AttendanceStatus.PRESENT)
        return tested | self.attendance.get(person, {})


@frozen(eq=False)
class _Reading:
    schedule: Schedule
    activities: Mapping[str, Activity]
    hired_on: Mapping[str, date]
    on: date | None
    cancelled: frozenset[str]


_Fault: TypeAlias = tuple[str, ProblemCode, str]
"""What is wrong with a record: its field, the kind of problem, and the words for it."""


def is_delivered(activity: Activity) -> bool:
    """Whether each person delivers it, on whatever day, rather than attend its sessions."""
    return (
        activity.per_person
        and isinstance(activity.timing, Quota)
        and activity.kind in _DELIVERED_KINDS
    )


def read_records(
    schedule: Schedule,
    records: Sequence[Record],
    on: date | None = None,
    *,
    besides: Iterable[Problem] = (),
) -> Marks:
    """The records of a schedule; those that do not fit it are rejected, all in one error.

    Args:
        schedule: The schedule.
        records: The records.
        on: The last day that they can be of; None for any day.
        besides: What else is wrong, reported in the same error.
    """
    marks = Marks({str(occasion.id): occasion for occasion in _occasions(schedule)})
    activities = {activity.id: activity for activity in schedule.plan.activities}
    hired_on = {trainee.id: trainee.hired_on or date.min for trainee in schedule.people}
    cancelled = frozenset(session.id for session in schedule.cancelled)
    reading = _Reading(schedule, activities, hired_on, on, cancelled)
    reject_contradictions(chain(besides, _problems(marks, records, reading)), str(schedule))
    return marks


def _problems(marks: Marks, records: Sequence[Record], reading: _Reading) -> Iterator[Problem]:
    """What keeps some records from fitting their schedule; the marks take those that do."""
    for place, record in enumerate(records):
        for name, code, fault in _READERS[type(record)](marks, record, reading):
            yield Problem(f"$.records[{place}].{name}", code, f"{record}: {fault}")
    # Whether somebody attended is known once all records are read.
    for place, record in enumerate(records):
        if isinstance(record, TestResult):
            status = marks.attendance.get(record.person, {}).get(record.session)
            if status is not None and status not in ATTENDED:
                message = f"{record}: the attendance is {status.value}; correct one of them"
                yield Problem(f"$.records[{place}]", ProblemCode.CONTRADICTION, message)


def _occasions(schedule: Schedule) -> Iterator[Occasion]:
    # Sessions of a team share one set of attendees, which can have hundreds; it only ever grows,
    # as people are hired, so that their number identifies it.
    shared: dict[tuple[str | None, int], frozenset[str]] = {}
    for session in schedule.sessions:
        people = schedule.attendees(session)
        if session.person is None:
            attendees = shared.setdefault((session.group, len(people)), frozenset(people))
        else:
            attendees = frozenset(people)
        yield Occasion(schedule.activity_of(session), session.on, session, session.id, attendees)


def _faults_of_sitting(
    marks: Marks, record: Attendance | TestResult, reading: _Reading
) -> Iterator[_Fault]:
    """What keeps a record of a session out, whatever it states."""
    occasion = marks.occasions.get(record.session)
    if occasion is None:
        yield _unknown_session(marks, record, reading)
        return
    if reading.hired_on.get(record.person, date.min) > occasion.on:
        yield _hired_later("person", record.person, occasion.on, reading)
    elif record.person not in occasion.attendees:
        remedy = did_you_mean(record.person, sorted(occasion.attendees))
        is_trained = record.person in reading.hired_on
        yield (
            "person",
            ProblemCode.CONTRADICTION if is_trained else ProblemCode.UNKNOWN_ID,
            f'"{record.person}" is not a participant of the session'
            f"{remedy or '; name one of its participants'}",
        )
    if reading.on is not None and occasion.on > reading.on:
        yield (
            "session",
            ProblemCode.IN_THE_FUTURE,
            f"the session takes place on {occasion.on}, after {reading.on}; "
            "leave the record out, or check on a later day",
        )


def _unknown_session(marks: Marks, record: Attendance | TestResult, reading: _Reading) -> _Fault:
    if record.session in reading.cancelled:
        words = "the session is cancelled; leave the record out, or schedule the session again"
        return "session", ProblemCode.CONTRADICTION, words
    remedy = did_you_mean(record.session, marks.occasions)
    words = f"there is no such session{remedy or '; give the id of one of its sessions'}"
    return "session", ProblemCode.UNKNOWN_ID, words


def _hired_later(field: str, person: str, day: date, reading: _Reading) -> _Fault:
    words = (
        f'"{person}" was hired on {reading.hired_on[person]}, after {day}; '
        "correct the day, or hired_on"
    )
    return field, ProblemCode.CONTRADICTION, words


def _read_attendance(marks: Marks, record: Attendance, reading: _Reading) -> Iterator[_Fault]:
    faults = list(_faults_of_sitting(marks, record, reading))
    occasion = marks.occasions.get(record.session)
    if occasion is not None and is_delivered(occasion.activity):
        words = (
            f'"{occasion.activity.id}" is delivered, not attended; give a Delivered in its place'
        )
        faults.append(("session", ProblemCode.CONTRADICTION, words))
    yield from faults
    if faults:
        return
    known = marks.attendance[record.person].setdefault(record.session, record.status)
    if known is not record.status:
        both = (status.value for status in AttendanceStatus if status in (known, record.status))
        words = f"it is both {' and '.join(both)}; keep one of them"
        yield "status", ProblemCode.CONTRADICTION, words


def _read_result(marks: Marks, record: TestResult, reading: _Reading) -> Iterator[_Fault]:
    faults = list(_faults_of_sitting(marks, record, reading))
    occasion = marks.occasions.get(record.session)
    if occasion is not None and occasion.activity.kind is not ActivityKind.TEST:
        activity = occasion.activity
        words = f'"{activity.id}" is a {activity.kind.value}; give results of tests only'
        faults.append(("session", ProblemCode.CONTRADICTION, words))
    yield from faults
    if faults:
        return
    known = marks.results[record.person].setdefault(record.session, record)
    if known != record:
        both = map(plain, sorted((known.score, record.score)))
        words = f"the score is both {' and '.join(both)}; keep one of them"
        yield "score", ProblemCode.CONTRADICTION, words


def _read_delivered(marks: Marks, record: Delivered, reading: _Reading) -> Iterator[_Fault]:
    faults = list(_faults_of_delivery(record, reading))
    yield from faults
    if not faults:
        marks.delivered[record.activity, record.person].add((record.on, record.number))


def _faults_of_delivery(record: Delivered, reading: _Reading) -> Iterator[_Fault]:
    activity = reading.activities.get(record.activity)
    hired_on = reading.hired_on.get(record.person)
    if activity is None:
        remedy = did_you_mean(record.activity, reading.activities)
        words = f"there is no such activity{remedy or '; give the id of one of the plan'}"
        yield "activity", ProblemCode.UNKNOWN_ID, words
    elif not is_delivered(activity):
        words = f'"{activity.id}" is not delivered; give an Attendance of its session in its place'
        yield "activity", ProblemCode.CONTRADICTION, words
    if hired_on is None:
        remedy = did_you_mean(record.person, sorted(reading.hired_on))
        words = f'nobody is "{record.person}"{remedy or "; name somebody who is trained"}'
        yield "person", ProblemCode.UNKNOWN_ID, words
    elif hired_on > record.on:
        yield _hired_later("on", record.person, record.on, reading)
    if record.on not in reading.schedule.period:
        words = "the day is not in the period; leave the record to the schedule that has the day"
        yield "on", ProblemCode.NOT_ALLOWED, words
    if reading.on is not None and record.on > reading.on:
        words = f"the day is after {reading.on}; leave the record out, or check on a later day"
        yield "on", ProblemCode.IN_THE_FUTURE, words


_READERS: Mapping[type, Callable[[Marks, Any, _Reading], Iterator[_Fault]]] = {
    Attendance: _read_attendance,
    TestResult: _read_result,
    Delivered: _read_delivered,
}
