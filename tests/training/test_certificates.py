"""Certifications: completed by attending, and lapsed on the day that the course says."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import FieldError, Period, Text, WorkCalendar
from cmappraisal.training import (
    Activity,
    ActivityKind,
    Attendance,
    AttendanceStatus,
    Cadence,
    CertificateStatus,
    Certification,
    Completion,
    Course,
    Curriculum,
    Delivered,
    Domain,
    LapsesAfter,
    LapsesYearly,
    NeverLapses,
    Record,
    Schedule,
    Session,
    TestResult,
    Trainee,
    TrainingError,
    TrainingPlan,
    UnknownCourseError,
    certificates_due,
    completions,
)

HOLDS: dict[str, Certification | None] = {
    "fraud": LapsesAfter(12),
    "licence": LapsesYearly(4, 1),
    "oath": NeverLapses(),
    "etiquette": None,
}
CURRICULUM = Curriculum(
    "bank",
    "1",
    text=Text.same("bank"),
    courses=[
        Course(id, Text.same(id), domain=Domain.KNOWLEDGE, certification=certification)
        for id, certification in HOLDS.items()
    ],
)
PLAN = TrainingPlan(
    "plan",
    "1",
    text=Text.same("plan"),
    curriculum=CURRICULUM,
    activities=[
        Activity(id, Text.same(id), kind=kind, timing=Cadence("FREQ=MONTHLY"))
        for id, kind in (("study", ActivityKind.STUDY), ("test", ActivityKind.TEST))
    ],
)


def session(activity: str, day: int, *courses: str) -> Session:
    on = date(2026, 3, day)
    return Session(activity, on, on=on, courses=courses)


def scheduled(*sessions: Session) -> Schedule:
    return Schedule(
        PLAN,
        Period.month(2026, 3),
        calendar=WorkCalendar(),
        trainees=[Trainee("RM-01"), Trainee("RM-02")],
        sessions=sessions,
    )


MARCH = scheduled(
    session("study", 2, "fraud", "etiquette"),
    session("study", 9, "fraud", "oath"),
    session("test", 9, "licence"),
)


def attended(id: str, person: str, status: str) -> Attendance:
    return Attendance(id, person, status=AttendanceStatus(status))


RECORDS: list[Record] = [
    attended("study/2026-03-09", "RM-02", "late"),
    attended("study/2026-03-09", "RM-01", "absent"),
    attended("study/2026-03-02", "RM-01", "present"),
    attended("study/2026-03-02", "RM-02", "excused"),
    # A result does not name who taught or learnt.
    TestResult("test/2026-03-09", "RM-01", score=100),
]


def test_what_was_attended_is_completed() -> None:
    assert completions(MARCH, RECORDS) == (
        Completion("fraud", "RM-01", on=date(2026, 3, 2)),
        # A result is attendance, whatever the mark.
        Completion("licence", "RM-01", on=date(2026, 3, 9)),
        Completion("fraud", "RM-02", on=date(2026, 3, 9)),
        Completion("oath", "RM-02", on=date(2026, 3, 9)),
    )


@given(st.permutations([*RECORDS, *RECORDS[:2]]))
def test_the_order_of_the_records_makes_no_difference(records: list[Record]) -> None:
    assert completions(MARCH, records) == completions(MARCH, RECORDS)


def test_a_session_counts_on_the_day_it_takes_place() -> None:
    moved = Session("study", date(2026, 3, 1), on=date(2026, 3, 2), courses=["fraud"])
    record = attended("study/2026-03-01", "RM-01", "present")
    assert completions(scheduled(moved), [record])[0].on == date(2026, 3, 2)


COMPLETED = [
    Completion("oath", "RM-02", on=date(2020, 1, 1)),
    Completion("oath", "RM-01", on=date(2021, 1, 1)),
    Completion("fraud", "RM-02", on=date(2025, 3, 31)),
    Completion("fraud", "RM-01", on=date(2024, 2, 29)),
    Completion("fraud", "RM-01", on=date(2025, 4, 1)),
    Completion("licence", "RM-01", on=date(2026, 3, 31)),
    Completion("licence", "RM-02", on=date(2026, 4, 1)),
]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2019, 12, 31), []),
        (
            date(2026, 3, 30),
            [
                ("RM-02", "fraud", date(2025, 3, 31), date(2026, 3, 31), False),
                ("RM-01", "fraud", date(2025, 4, 1), date(2026, 4, 1), False),
                ("RM-01", "oath", date(2021, 1, 1), None, False),
                ("RM-02", "oath", date(2020, 1, 1), None, False),
            ],
        ),
        # It lapses on the very day. Of one day, by person and by course.
        (
            date(2026, 3, 31),
            [
                ("RM-02", "fraud", date(2025, 3, 31), date(2026, 3, 31), True),
                ("RM-01", "fraud", date(2025, 4, 1), date(2026, 4, 1), False),
                ("RM-01", "licence", date(2026, 3, 31), date(2026, 4, 1), False),
                ("RM-01", "oath", date(2021, 1, 1), None, False),
                ("RM-02", "oath", date(2020, 1, 1), None, False),
            ],
        ),
        # The licence that was gained on the day itself holds for a year.
        (
            date(2026, 4, 1),
            [
                ("RM-02", "fraud", date(2025, 3, 31), date(2026, 3, 31), True),
                ("RM-01", "fraud", date(2025, 4, 1), date(2026, 4, 1), True),
                ("RM-01", "licence", date(2026, 3, 31), date(2026, 4, 1), True),
                ("RM-02", "licence", date(2026, 4, 1), date(2027, 4, 1), False),
                ("RM-01", "oath", date(2021, 1, 1), None, False),
                ("RM-02", "oath", date(2020, 1, 1), None, False),
            ],
        ),
    ],
)
def test_what_lapses_when(
    on: date, expected: list[tuple[str, str, date, date | None, bool]]
) -> None:
    for order in (COMPLETED, COMPLETED[::-1]):
        assert certificates_due(order, CURRICULUM, on=on) == tuple(
            CertificateStatus(
                person, course, completed_on=completed_on, lapses_on=lapses_on, lapsed=lapsed
            )
            for person, course, completed_on, lapses_on, lapsed in expected
        )


@st.composite
def completed(draw: st.DrawFn) -> list[Completion]:
    """Completions of certified courses."""
    courses = st.sampled_from(["fraud", "licence", "oath"])
    people = st.sampled_from(["RM-01", "RM-02", "王"])
    days = st.dates(date(2024, 1, 1), date(2027, 1, 1))
    return draw(st.lists(st.builds(Completion, courses, people, on=days)))


@given(completed(), st.dates(date(2024, 1, 1), date(2027, 1, 1)))
def test_the_latest_completion_of_each_counts(done: list[Completion], on: date) -> None:
    found = certificates_due(done, CURRICULUM, on=on)
    pairs = [(each.person, each.course) for each in found]
    assert len(set(pairs)) == len(pairs)
    assert set(pairs) == {(each.person, each.course) for each in done if each.on <= on}
    for each in found:
        own = [one.on for one in done if (one.person, one.course) == (each.person, each.course)]
        assert each.completed_on == max(day for day in own if day <= on)
        certification = HOLDS[each.course]
        assert certification is not None
        assert each.lapses_on == certification.lapses_on(each.completed_on)
        assert each.lapsed == (each.lapses_on is not None and on >= each.lapses_on)
    assert list(found) == sorted(
        found, key=lambda each: (each.lapses_on or date.max, each.person, each.course)
    )


def test_what_has_no_certification_is_rejected() -> None:
    with pytest.raises(TrainingError) as caught:
        certificates_due(
            [Completion("etiquette", "RM-01", on=date(2026, 1, 1))], CURRICULUM, on=date.min
        )
    assert str(caught.value) == (
        'completion of "etiquette" by "RM-01" on 2026-01-01: the course certifies nothing in '
        'curriculum "bank 1"; give it a certification, or leave the completion out'
    )
    with pytest.raises(UnknownCourseError, match='did you mean "fraud"'):
        certificates_due(
            [Completion("frauds", "RM-01", on=date(2026, 1, 1))], CURRICULUM, on=date.min
        )
    stray = scheduled(session("study", 2, "學習"))
    with pytest.raises(UnknownCourseError, match='course "學習" is not in curriculum "bank 1"'):
        completions(stray, [attended("study/2026-03-02", "RM-01", "present")])


def test_a_record_of_another_schedule_is_rejected() -> None:
    with pytest.raises(TrainingError, match="there is no such session"):
        completions(MARCH, [attended("study/2026-04-02", "RM-01", "present")])
    with pytest.raises(TrainingError, match='"study" is not delivered'):
        completions(MARCH, [Delivered("study", "RM-01", on=date(2026, 3, 2))])


NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: Completion("", "RM-01", on=date(2026, 1, 1)),
            "Completion: course is ''; allowed: a non-empty string",
        ),
        (
            lambda: Completion("fraud", 7, on=date(2026, 1, 1)),  # type: ignore[arg-type]
            "Completion: person is 7; allowed: a non-empty string",
        ),
        (
            lambda: Completion("fraud", "RM-01", on=NOON),
            "Completion: on is datetime.datetime(2026, 1, 1, 12, 0, tzinfo=datetime.timezone.utc)",
        ),
        (
            lambda: CertificateStatus(
                "RM-01", "fraud", completed_on=date(2026, 1, 1), lapses_on=NOON
            ),
            "CertificateStatus: lapses_on is datetime.datetime(2026, 1, 1, 12, 0, "
            "tzinfo=datetime.timezone.utc)",
        ),
        (
            lambda: completions(PLAN, []),  # type: ignore[arg-type]
            "completions: schedule is TrainingPlan(",
        ),
        (
            lambda: completions(MARCH, "present"),  # type: ignore[arg-type]
            "completions: records is 'present'; allowed: a list of Attendance, TestResult,",
        ),
        (
            lambda: certificates_due(None, CURRICULUM, on=date(2026, 1, 1)),  # type: ignore[arg-type]
            "certificates_due: completions is None; allowed: a list of Completion",
        ),
        (
            lambda: certificates_due(["fraud"], CURRICULUM, on=date(2026, 1, 1)),  # type: ignore[list-item]
            "certificates_due: completions[0] is 'fraud'; allowed: a list of Completion",
        ),
        (
            lambda: certificates_due([], PLAN, on=date(2026, 1, 1)),  # type: ignore[arg-type]
            "certificates_due: curriculum is TrainingPlan(",
        ),
        (
            lambda: certificates_due([], CURRICULUM, on=NOON),
            f"certificates_due: on is {NOON!r}; allowed: a datetime.date such as date(2025, 3, 2), "
            "no datetime and no string",
        ),
    ],
)
def test_what_does_not_fit_is_rejected(call: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        call()
    assert str(caught.value).startswith(message)
