"""Records: what happened, as facts about a schedule, such as who attended which session."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar, TypeAlias

from attrs import field, frozen

from cmappraisal.fields import (
    a_date,
    as_date,
    as_optional_date,
    as_text,
    checked,
    choice_of,
    identifier,
    int_between,
    is_line,
    member_of,
    optional_date,
)
from cmappraisal.flaw_wordings import Words, filled
from cmappraisal.points import as_points, points_between
from cmappraisal.texts import Choice, Text
from cmappraisal.training.record_flaws import (
    ATTEMPT,
    ATTENDANCE,
    DELIVERY,
    RESULT,
)
from cmappraisal.training.sessions import MAXIMUM_SEQUENCE

MAXIMUM_SCORE = Decimal(100)
"""The highest score of a test."""

MAXIMUM_ATTEMPTS = 100
"""The most attempts of one person at one test."""

MAXIMUM_SESSION_ID_LENGTH = 2_000
"""Characters of a session's id: more than the ids that it is made of can have."""


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
        return record_named(self).en


@frozen
class TestResult:
    """Somebody took a test, and so attended it; an attendance may add that it was late.

    Args:
        session: The id of the session.
        person: The id of the person.
        score: The marks, from 0 to 100.
        attempt: Which attempt of the person it is, from 1.
        on: The day, where it is a later one than the session's, such as that of a second attempt;
            else None. Who was not there on the day of the session makes it up so.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> TestResult("test/2026-01-25", "RM-01", score="82.5").score
    Decimal('82.5')
    >>> again = TestResult(
    ...     "test/2026-01-25", "RM-01", score=88, attempt=2, on=date(2026, 2, 2)
    ... )
    >>> print(again)
    result of "RM-01" at "test/2026-01-25", attempt 2
    """

    # What is called a test is collected as one.
    __test__: ClassVar[bool] = False

    session: str = field(converter=as_text, validator=_session_id)
    person: str = field(converter=as_text, validator=identifier)
    score: Decimal = field(
        converter=as_points, validator=points_between(Decimal(0), MAXIMUM_SCORE), kw_only=True
    )

    attempt: int = field(default=1, validator=int_between(1, MAXIMUM_ATTEMPTS), kw_only=True)
    on: date | None = field(
        default=None, converter=as_optional_date, validator=optional_date, kw_only=True
    )

    def __str__(self) -> str:
        return record_named(self).en


@frozen
class Delivered:
    """Somebody delivered a report, gave a talk, made a request or did some self-study.

    Args:
        activity: The id of the activity.
        person: The id of the person, who does it for the team where it is of the team.
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
        return record_named(self).en


Record: TypeAlias = Attendance | TestResult | Delivered
"""What happened."""

RECORD_KINDS = (Attendance, TestResult, Delivered)
"""The types of records."""


def record_named(record: Record) -> Words:
    """A record, as messages name it."""
    match record:
        case Attendance():
            return filled(ATTENDANCE, record.person, record.session)
        case TestResult():
            text = ATTEMPT if record.attempt > 1 else RESULT
            return filled(text, record.person, record.session, record.attempt)
        case _:
            return filled(DELIVERY, record.activity, record.person, record.on)
