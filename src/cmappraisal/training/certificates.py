"""Certificates: who completed which certified course, and what lapses when.

Who attended a session, in time or late, completed the courses that it teaches; a test's result is
attendance too, whatever the score. Of each course the latest completion counts, and the course says
how long it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import cast

from attrs import field, frozen

from cmappraisal.errors import Problem, ProblemCode, UnknownCourseError
from cmappraisal.fields import (
    DATE,
    a_date,
    as_date,
    as_optional_date,
    as_text,
    as_tuple,
    boolean,
    identifier,
    is_date,
    optional_date,
    require_all,
)
from cmappraisal.training.contradictions import reject_contradictions, strays
from cmappraisal.training.courses import Certification, Course, Curriculum, unknown_course
from cmappraisal.training.records import ATTENDED, RECORD_KINDS, Record, read_records
from cmappraisal.training.schedules import Schedule


@frozen
class Completion:
    """A person completed a course that certifies.

    Args:
        course: The id of the course.
        person: The id of the person.
        on: The day.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> print(Completion("negotiation", "RM-01", on=date(2026, 3, 2)))
    completion of "negotiation" by "RM-01" on 2026-03-02
    """

    course: str = field(converter=as_text, validator=identifier)
    person: str = field(converter=as_text, validator=identifier)
    on: date = field(converter=as_date, validator=a_date, kw_only=True)

    def __str__(self) -> str:
        return f'completion of "{self.course}" by "{self.person}" on {self.on}'


@frozen
class CertificateStatus:
    """A certification of a person, and until when it holds.

    Args:
        person: The id of the person.
        course: The id of the course.
        completed_on: The day of the latest completion.
        lapses_on: The first day on which it no longer holds; None where it never lapses.
        lapsed: Whether that day has come.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> CertificateStatus("RM-01", "fraud", completed_on=date(2026, 3, 2), lapses_on=None).lapsed
    False
    """

    person: str = field(converter=as_text, validator=identifier)
    course: str = field(converter=as_text, validator=identifier)
    completed_on: date = field(converter=as_date, validator=a_date, kw_only=True)
    lapses_on: date | None = field(
        converter=as_optional_date, validator=optional_date, kw_only=True
    )
    lapsed: bool = field(default=False, validator=boolean, kw_only=True)


def completions(schedule: Schedule, records: Iterable[Record]) -> tuple[Completion, ...]:
    """What was completed in the sessions of a schedule, of the courses that certify.

    Args:
        schedule: The schedule.
        records: What happened; no mark is needed to pass.

    Returns:
        Completions by day, then by person and by course.

    Raises:
        FieldError: An argument has a value that it does not allow.
        TrainingError: A record does not fit the schedule, or contradicts another.
        UnknownCourseError: A session that was attended teaches a course that is not in the
            curriculum.

    >>> from attrs import evolve
    >>> from cmappraisal import Period
    >>> from cmappraisal.training import Attendance, AttendanceStatus, LapsesAfter, VENUE_TEAM
    >>> from cmappraisal import WorkCalendar
    >>> from cmappraisal.training import Session, Trainee
    >>> first, *others = VENUE_TEAM.curriculum.courses
    >>> certified = evolve(first, certification=LapsesAfter(12))
    >>> curriculum = evolve(VENUE_TEAM.curriculum, courses=[certified, *others])
    >>> monday = date(2026, 1, 5)
    >>> january = Schedule(
    ...     evolve(VENUE_TEAM, curriculum=curriculum),
    ...     Period.month(2026, 1),
    ...     calendar=WorkCalendar(),
    ...     trainees=[Trainee("S-1")],
    ...     sessions=[Session("weekly-training", monday, on=monday, courses=["dedication"])],
    ... )
    >>> record = Attendance(
    ...     "weekly-training/2026-01-05", "S-1", status=AttendanceStatus.PRESENT
    ... )
    >>> completed = completions(january, [record])
    >>> print(*completed)
    completion of "dedication" by "S-1" on 2026-01-05
    >>> print(certificates_due(completed, curriculum, on=monday)[0].lapses_on)
    2027-01-05
    """
    records = as_tuple(records)
    require_all(
        "completions",
        ("schedule", schedule, isinstance(schedule, Schedule), "a Schedule"),
        *strays("records", records, RECORD_KINDS),
    )
    marks = read_records(schedule, records)
    curriculum = schedule.plan.curriculum
    attended = [
        (person, id)
        for person in dict.fromkeys((*marks.attendance, *marks.results))
        for id, status in marks.statuses(person).items()
        if status in ATTENDED
    ]
    unknown = _unknown_courses(schedule, frozenset(id for _, id in attended))
    reject_contradictions(unknown, all_unknown=UnknownCourseError)
    sessions = {session.id: session for session in schedule.sessions}
    completed = {
        Completion(course, person, on=sessions[id].on)
        for person, id in attended
        for course in sessions[id].courses
        if curriculum[course].certification is not None
    }
    return tuple(sorted(completed, key=lambda each: (each.on, each.person, each.course)))


def _unknown_courses(schedule: Schedule, attended: frozenset[str]) -> Iterator[Problem]:
    curriculum = schedule.plan.curriculum
    for place, session in enumerate(schedule.sessions):
        if session.id in attended:
            for number, course in enumerate(session.courses):
                if course not in curriculum:
                    path = f"$.schedule.sessions[{place}].courses[{number}]"
                    message = unknown_course(course, curriculum)
                    yield Problem(path, ProblemCode.UNKNOWN_ID, message)


def certificates_due(
    completions: Iterable[Completion], curriculum: Curriculum, *, on: date
) -> tuple[CertificateStatus, ...]:
    """What lapses when: the latest completion of each person and course up to a day.

    Args:
        completions: What was completed; what comes after the day is left out.
        curriculum: The courses, which say how long each certification holds.
        on: The day as of which to look.

    Returns:
        What lapses, the soonest first, and then what never does; of one day by person and by
        course.

    Raises:
        FieldError: An argument has a value that it does not allow.
        TrainingError: A course certifies nothing.
        UnknownCourseError: Courses are not in the curriculum, and nothing else is wrong.

    >>> from cmappraisal import Text
    >>> from cmappraisal.training import Course, Domain, LapsesAfter
    >>> course = Course(
    ...     "fraud",
    ...     Text("反欺詐", "反欺诈", en="Fraud"),
    ...     domain=Domain.KNOWLEDGE,
    ...     certification=LapsesAfter(12),
    ... )
    >>> curriculum = Curriculum(
    ...     "bank", "1.0", text=Text("課程", "课程", en="Courses"), courses=[course]
    ... )
    >>> completed = [
    ...     Completion("fraud", "RM-01", on=date(2025, 3, 3)),
    ...     Completion("fraud", "RM-01", on=date(2026, 2, 2)),
    ...     Completion("fraud", "RM-02", on=date(2025, 3, 3)),
    ... ]
    >>> for each in certificates_due(completed, curriculum, on=date(2026, 3, 3)):
    ...     print(each.person, each.lapses_on, each.lapsed)
    RM-02 2026-03-03 True
    RM-01 2027-02-02 False
    """
    completed = as_tuple(completions)
    require_all(
        "certificates_due",
        *strays("completions", completed, (Completion,)),
        ("curriculum", curriculum, isinstance(curriculum, Curriculum), "a Curriculum"),
        ("on", on, is_date(on), DATE),
    )
    on = as_date(on)
    uncertified = _uncertified(completed, curriculum)
    reject_contradictions(uncertified, all_unknown=UnknownCourseError)
    latest: dict[tuple[str, str], date] = {}
    for each in completed:
        if each.on <= on:
            key = each.person, each.course
            latest[key] = max(each.on, latest.get(key, each.on))
    found = (
        _due(person, curriculum[course], completed_on, on)
        for (person, course), completed_on in latest.items()
    )
    return tuple(sorted(found, key=_by_lapse))


def _uncertified(completed: Iterable[Completion], curriculum: Curriculum) -> Iterator[Problem]:
    for place, completion in enumerate(completed):
        path = f"$.completions[{place}].course"
        if completion.course not in curriculum:
            message = unknown_course(completion.course, curriculum)
            yield Problem(path, ProblemCode.UNKNOWN_ID, message)
        elif curriculum[completion.course].certification is None:
            message = (
                f'{completion}: the course certifies nothing in curriculum "{curriculum}"; '
                "give it a certification, or leave the completion out"
            )
            yield Problem(path, ProblemCode.CONTRADICTION, message)


def _due(person: str, course: Course, completed_on: date, on: date) -> CertificateStatus:
    lapses_on = cast(Certification, course.certification).lapses_on(completed_on)
    lapsed = lapses_on is not None and lapses_on <= on
    return CertificateStatus(
        person, course.id, completed_on=completed_on, lapses_on=lapses_on, lapsed=lapsed
    )


def _by_lapse(due: CertificateStatus) -> tuple[bool, date, str, str]:
    return due.lapses_on is None, due.lapses_on or date.max, due.person, due.course
