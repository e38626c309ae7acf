"""Certificates: who completed which certified course, and what lapses when.

Who attended a session, in time or late, completed the courses that it teaches, but for those that
only a test completes. A test completes the courses that it teaches, and those of the study that it
is on, whose pass mark the result reaches. The course says how long that holds; what is completed
again never makes it lapse sooner.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import cast

from attrs import field, frozen

from cmappraisal.errors import Problem, ProblemCode, UnknownCourseError
from cmappraisal.fields import (
    DATE,
    a_date,
    as_date,
    as_id_tuple,
    as_optional_date,
    as_text,
    as_tuple,
    choice_of,
    identifier,
    is_date,
    is_identifier,
    is_int,
    member_of,
    optional_date,
    repeated,
    require_all,
)
from cmappraisal.flaw_wordings import Words, filled
from cmappraisal.texts import Choice, Text
from cmappraisal.training.contents import Taught, taught_in, tested_of
from cmappraisal.training.contradictions import reject_contradictions, reject_fields, strays
from cmappraisal.training.courses import Certification, Course, Curriculum, unknown_course
from cmappraisal.training.marks import read_records
from cmappraisal.training.plans import ActivityKind
from cmappraisal.training.record_flaws import COMPLETION, RecordFlaw
from cmappraisal.training.records import ATTENDED, RECORD_KINDS, Record
from cmappraisal.training.schedules import Schedule
from cmappraisal.training.sessions import Session

EXPIRING_WITHIN = 90
"""So many days before it lapses a certificate is expiring, where nothing else is said."""

MAXIMUM_EXPIRING = 36_600
"""The most days before it lapses that a certificate can be called expiring: a hundred years."""


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
        return completion_named(self).en


def completion_named(completion: Completion) -> Words:
    """A completion, as messages name it."""
    return filled(COMPLETION, completion.course, completion.person, completion.on)


class CertificateState(Choice):
    """Whether somebody is certified on a day, from the best to the worst.

    >>> [state.value for state in CertificateState]
    ['valid', 'expiring', 'expired', 'missing']
    """

    VALID = "valid", Text("有效", "有效", en="valid")
    EXPIRING = "expiring", Text("即將到期", "即将到期", en="expiring")
    EXPIRED = "expired", Text("已失效", "已失效", en="expired")
    MISSING = "missing", Text("未取得", "未取得", en="missing")


def as_certificate_state(value: CertificateState | str) -> CertificateState:
    """The member from the member itself or from its value."""
    return member_of(CertificateState, value)


@frozen
class CertificateStatus:
    """Whether a person is certified in a course on a day, and until when that holds.

    Args:
        person: The id of the person.
        course: The id of the course.
        completed_on: The day of the latest completion; None where the person never completed it.
        lapses_on: The first day on which it no longer holds; None where it never lapses, and where
            there is nothing to lapse.
        state: Valid, expiring, expired, or missing where the person never completed it.

    Raises:
        FieldError: A field has a value that it does not allow; or it is missing and was completed,
            or the other way round.

    >>> CertificateStatus("RM-01", "fraud", state=CertificateState.MISSING).state.text.en
    'missing'
    """

    person: str = field(converter=as_text, validator=identifier)
    course: str = field(converter=as_text, validator=identifier)
    completed_on: date | None = field(
        default=None, converter=as_optional_date, validator=optional_date, kw_only=True
    )
    lapses_on: date | None = field(
        default=None, converter=as_optional_date, validator=optional_date, kw_only=True
    )
    state: CertificateState = field(
        converter=as_certificate_state, validator=choice_of(CertificateState), kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        is_missing = self.state is CertificateState.MISSING
        if is_missing is not (self.completed_on is None):
            allowed = "None where the state is missing, and else a day"
            reject_fields(self, [("completed_on", ProblemCode.CONTRADICTION, allowed)])
        if self.lapses_on is None and self.state in _LAPSING:
            allowed = f"a day, since the state is {self.state.value}"
            reject_fields(self, [("lapses_on", ProblemCode.CONTRADICTION, allowed)])


_LAPSING = frozenset({CertificateState.EXPIRING, CertificateState.EXPIRED})
"""The states of what has a day on which it lapses."""


def completions(schedule: Schedule, records: Iterable[Record]) -> tuple[Completion, ...]:
    """What was completed in the sessions of a schedule, of the courses that its plan certifies.

    Args:
        schedule: The schedule.
        records: What happened. A test completes a course where a result reaches its pass mark, on
            the day of the attempt; attending a test without such a result completes nothing. A
            test that follows a study is on what :func:`courses_tested` says.

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
    people = dict.fromkeys((*marks.attendance, *marks.results))
    attended = [
        (person, id)
        for person in people
        for id, status in marks.statuses(person).items()
        if status in ATTENDED
    ]
    results = [result for person in people for result in marks.results_of(person)]
    there = {*(id for _, id in attended), *(result.session for result in results)}
    unknown = _unknown_courses(schedule, frozenset(there))
    reject_contradictions(unknown, all_unknown=UnknownCourseError)
    sessions = {session.id: session for session in schedule.sessions}
    taught = taught_in(schedule)
    courses = schedule.plan.curriculum.items()
    certifying = {id: course for id, course in courses if course.certification is not None}
    completed = {
        Completion(course, person, on=sessions[id].on)
        for person, id in attended
        if schedule.activity_of(sessions[id]).kind is not ActivityKind.TEST
        for course in sessions[id].courses
        if course in certifying and not certifying[course].tested
    }
    completed |= {
        Completion(course, result.person, on=result.on or sessions[result.session].on)
        for result in results
        for course in _courses_of(sessions[result.session], schedule, taught)
        if course in certifying and result.score >= certifying[course].pass_mark
    }
    return tuple(sorted(completed, key=lambda each: (each.on, each.person, each.course)))


def _courses_of(test: Session, schedule: Schedule, taught: Taught) -> set[str]:
    """What a test completes: what it teaches, and what it is on."""
    return {*test.courses, *tested_of(test, schedule.activity_of(test), taught)}


def _unknown_courses(schedule: Schedule, attended: frozenset[str]) -> Iterator[Problem]:
    curriculum = schedule.plan.curriculum
    # What only a past edition taught certifies nothing any more.
    known = {*curriculum, *(id for past in schedule.past_plans for id in past.plan.curriculum)}
    for place, session in enumerate(schedule.sessions):
        if session.id in attended:
            for number, course in enumerate(session.courses):
                if course not in known:
                    path = f"$.schedule.sessions[{place}].courses[{number}]"
                    yield unknown_course(path, course, curriculum)


def certificates_due(
    completions: Iterable[Completion],
    curriculum: Curriculum,
    *,
    on: date,
    people: Iterable[str] = (),
    expiring_within: int = EXPIRING_WITHIN,
) -> tuple[CertificateStatus, ...]:
    """What lapses when: the certificate of each person and course on a day.

    Args:
        completions: What was completed; what comes after the day is left out.
        curriculum: The courses, which say how long each certification holds.
        on: The day as of which to look.
        people: The ids of those who need every course that certifies, such as everybody; who never
            completed one is listed too.
        expiring_within: So many days before it lapses a certificate is expiring.

    Returns:
        What somebody never completed; then what lapses, the soonest first, and then what never
        does; of one day by person and by course.

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
    ...     certification=LapsesAfter(12, renewal=2),
    ... )
    >>> curriculum = Curriculum(
    ...     "bank", "1.0", text=Text("課程", "课程", en="Courses"), courses=[course]
    ... )
    >>> completed = [
    ...     Completion("fraud", "RM-01", on=date(2025, 3, 3)),
    ...     Completion("fraud", "RM-01", on=date(2026, 2, 2)),
    ...     Completion("fraud", "RM-02", on=date(2025, 3, 3)),
    ... ]
    >>> people = ["RM-01", "RM-02", "RM-03"]
    >>> for each in certificates_due(completed, curriculum, on=date(2026, 3, 3), people=people):
    ...     print(each.person, each.lapses_on, each.state.value)
    RM-03 None missing
    RM-02 2026-03-03 expired
    RM-01 2027-03-03 valid
    """
    completed, listed = as_tuple(completions), as_id_tuple(people)
    fits = isinstance(listed, tuple) and all(map(is_identifier, listed)) and not repeated(listed)
    days = f"an int from 0 to {MAXIMUM_EXPIRING}"
    require_all(
        "certificates_due",
        *strays("completions", completed, (Completion,)),
        ("curriculum", curriculum, isinstance(curriculum, Curriculum), "a Curriculum"),
        ("on", on, is_date(on), DATE),
        ("people", people, fits, "a list of ids of people, none of them twice"),
        ("expiring_within", expiring_within, is_int(expiring_within, 0, MAXIMUM_EXPIRING), days),
    )
    on = as_date(on)
    uncertified = _uncertified(completed, curriculum)
    reject_contradictions(uncertified, all_unknown=UnknownCourseError)
    history: defaultdict[tuple[str, str], list[date]] = defaultdict(list)
    for each in sorted(completed, key=lambda completion: completion.on):
        if each.on <= on:
            history[each.person, each.course].append(each.on)
    found = [
        _certified(person, curriculum[course], dates, on, expiring_within)
        for (person, course), dates in history.items()
    ]
    found += (
        CertificateStatus(person, course.id, state=CertificateState.MISSING)
        for course in curriculum.courses
        if course.certification is not None
        for person in listed
        if (person, course.id) not in history
    )
    return tuple(sorted(found, key=_by_lapse))


def _uncertified(completed: Iterable[Completion], curriculum: Curriculum) -> Iterator[Problem]:
    for place, completion in enumerate(completed):
        path = f"$.completions[{place}].course"
        if completion.course not in curriculum:
            yield unknown_course(path, completion.course, curriculum)
        elif curriculum[completion.course].certification is None:
            yield RecordFlaw.CERTIFIES_NOTHING.problem(
                path, completion_named(completion), curriculum
            )


def _certified(
    person: str, course: Course, completed_on: Sequence[date], on: date, expiring_within: int
) -> CertificateStatus:
    """The certificate that some completions of a course make, in the order of their days."""
    certification = cast(Certification, course.certification)
    lapses_on: date | None = date.min
    for day in completed_on:
        held_until = lapses_on if lapses_on is not None and day < lapses_on else None
        gained = certification.lapses_on(day, held_until)
        if course.edition_from is not None and day < course.edition_from:
            # A new edition outdates what was completed before it.
            gained = min(gained or date.max, course.edition_from)
        # What is completed once more, as by the test of a course, takes nothing of what is held.
        lapses_on = None if gained is None or lapses_on is None else max(gained, lapses_on)
    if lapses_on is None:
        state = CertificateState.VALID
    elif lapses_on <= on:
        state = CertificateState.EXPIRED
    elif (lapses_on - on).days <= expiring_within:
        state = CertificateState.EXPIRING
    else:
        state = CertificateState.VALID
    return CertificateStatus(
        person, course.id, completed_on=completed_on[-1], lapses_on=lapses_on, state=state
    )


def _by_lapse(status: CertificateStatus) -> tuple[bool, bool, date, str, str]:
    is_there, lapses_on = status.completed_on is not None, status.lapses_on
    return is_there, lapses_on is None, lapses_on or date.max, status.person, status.course
