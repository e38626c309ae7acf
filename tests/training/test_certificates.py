"""Certifications: completed by attending, and lapsed on the day that the course says."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import FieldError, Period, Text, WorkCalendar
from cmappraisal.training import (
    Activity,
    ActivityKind,
    Attendance,
    AttendanceStatus,
    Cadence,
    CertificateState,
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
    PastPlan,
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
    TestResult("test/2026-03-09", "RM-01", score=100),
    # A test completes nothing without the mark, which is 60 where nothing else is said.
    TestResult("test/2026-03-09", "RM-02", score="59.9"),
]


def test_what_was_attended_is_completed() -> None:
    assert completions(MARCH, RECORDS) == (
        Completion("fraud", "RM-01", on=date(2026, 3, 2)),
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
                ("RM-02", "fraud", date(2025, 3, 31), date(2026, 3, 31), "expiring"),
                ("RM-01", "fraud", date(2025, 4, 1), date(2026, 4, 1), "expiring"),
                ("RM-01", "oath", date(2021, 1, 1), None, "valid"),
                ("RM-02", "oath", date(2020, 1, 1), None, "valid"),
            ],
        ),
        # It lapses on the very day. Of one day, by person and by course.
        (
            date(2026, 3, 31),
            [
                ("RM-02", "fraud", date(2025, 3, 31), date(2026, 3, 31), "expired"),
                ("RM-01", "fraud", date(2025, 4, 1), date(2026, 4, 1), "expiring"),
                ("RM-01", "licence", date(2026, 3, 31), date(2026, 4, 1), "expiring"),
                ("RM-01", "oath", date(2021, 1, 1), None, "valid"),
                ("RM-02", "oath", date(2020, 1, 1), None, "valid"),
            ],
        ),
        # The licence that was gained on the day itself holds for a year.
        (
            date(2026, 4, 1),
            [
                ("RM-02", "fraud", date(2025, 3, 31), date(2026, 3, 31), "expired"),
                ("RM-01", "fraud", date(2025, 4, 1), date(2026, 4, 1), "expired"),
                ("RM-01", "licence", date(2026, 3, 31), date(2026, 4, 1), "expired"),
                ("RM-02", "licence", date(2026, 4, 1), date(2027, 4, 1), "valid"),
                ("RM-01", "oath", date(2021, 1, 1), None, "valid"),
                ("RM-02", "oath", date(2020, 1, 1), None, "valid"),
            ],
        ),
    ],
)
def test_what_lapses_when(
    on: date, expected: list[tuple[str, str, date, date | None, str]]
) -> None:
    for order in (COMPLETED, COMPLETED[::-1]):
        assert certificates_due(order, CURRICULUM, on=on) == tuple(
            CertificateStatus(
                person, course, completed_on=completed_on, lapses_on=lapses_on, state=state
            )
            for person, course, completed_on, lapses_on, state in expected
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
        has_lapsed = each.lapses_on is not None and on >= each.lapses_on
        assert (each.state is CertificateState.EXPIRED) == has_lapsed
    assert list(found) == sorted(
        found, key=lambda each: (each.lapses_on or date.max, each.person, each.course)
    )


def course(id: str, certification: Certification, **fields: Any) -> Curriculum:
    made = Course(id, Text.same(id), domain=Domain.KNOWLEDGE, certification=certification, **fields)
    return Curriculum("one", "1", text=Text.same("one"), courses=[made])


def lapse(certified: Curriculum, *days: date, on: date = date(2026, 12, 31)) -> Any:
    done = [Completion("it", "RM-01", on=day) for day in days]
    (status,) = certificates_due(done, certified, on=on)
    return status.lapses_on


FIRST = date(2025, 3, 3)


@pytest.mark.parametrize(
    ("certification", "again", "lapses_on"),
    [
        (LapsesAfter(12), date(2026, 2, 2), date(2027, 2, 2)),
        (LapsesAfter(12, renewal=1), date(2026, 2, 2), date(2027, 2, 2)),
        # From the third of the month before on, no month is lost.
        (LapsesAfter(12, renewal=1), date(2026, 2, 3), date(2027, 3, 3)),
        (LapsesAfter(12, renewal=12), date(2025, 3, 4), date(2027, 3, 3)),
        (LapsesAfter(12, renewal=1), date(2026, 3, 3), date(2027, 3, 3)),
        (LapsesAfter(12, renewal=1), date(2026, 3, 4), date(2027, 3, 4)),
        (LapsesYearly(4, 1), date(2025, 3, 31), date(2025, 4, 1)),
        (LapsesYearly(4, 1, renewal=2), date(2025, 3, 31), date(2026, 4, 1)),
        (LapsesYearly(4, 1, renewal=2), date(2025, 4, 1), date(2026, 4, 1)),
        (NeverLapses(), date(2026, 2, 2), None),
    ],
)
def test_who_renews_in_time_loses_nothing(
    certification: Certification, again: date, lapses_on: date | None
) -> None:
    assert lapse(course("it", certification), FIRST, again) == lapses_on


def test_a_renewal_at_the_end_of_the_calendar_is_in_time() -> None:
    renewable = LapsesAfter(1, renewal=12)
    last = date(9999, 11, 30)
    assert renewable.lapses_on(date(9999, 11, 1), held_until=last) == date(9999, 12, 30)


def test_three_renewals_in_time_are_three_years() -> None:
    certified = course("it", LapsesAfter(12, renewal=2))
    days = [FIRST, date(2026, 2, 2), date(2027, 2, 2)]
    assert lapse(certified, *days, on=date(2027, 12, 31)) == date(2028, 3, 3)


@pytest.mark.parametrize(
    ("certification", "lapses_on"),
    [
        (LapsesAfter(12, renewal=2), date(2027, 3, 3)),
        (LapsesYearly(3, 1, renewal=2), date(2027, 3, 1)),
    ],
)
def test_what_is_completed_once_more_takes_nothing_of_what_is_held(
    certification: Certification, lapses_on: date
) -> None:
    certified = course("it", certification)
    renewed = date(2026, 2, 2)
    # The course on one day, its test on the next, and both again by mistake.
    for days in ([renewed], [renewed, renewed], [renewed, date(2026, 2, 3), date(2026, 2, 20)]):
        assert lapse(certified, FIRST, *days) == lapses_on


@given(
    st.one_of(
        st.builds(LapsesAfter, st.integers(1, 30), renewal=st.integers(0, 12)),
        st.builds(LapsesYearly, st.integers(1, 12), st.integers(1, 29), renewal=st.integers(0, 12)),
    ),
    st.lists(st.dates(date(2024, 1, 1), date(2028, 12, 31)), min_size=2, max_size=6).map(sorted),
)
def test_no_later_completion_makes_it_lapse_sooner(
    certification: Certification, days: list[date]
) -> None:
    certified = course("it", certification)
    lapses = [lapse(certified, *days[:n], on=days[-1]) for n in range(1, len(days) + 1)]
    assert lapses == sorted(lapses)


def test_a_certificate_of_the_29th_of_february_is_renewed_in_time() -> None:
    certified = course("it", LapsesAfter(12, renewal=2))
    leap, in_time = date(2024, 2, 29), date(2024, 12, 28)
    assert lapse(certified, leap) == date(2025, 2, 28)
    assert lapse(certified, leap, in_time - timedelta(1)) == date(2025, 12, 27)
    assert lapse(certified, leap, in_time) == date(2026, 2, 28)
    assert lapse(course("it", LapsesYearly(2, 29)), date(2025, 2, 28)) == date(2026, 2, 28)
    assert lapse(course("it", LapsesYearly(2, 29)), date(2027, 3, 1), on=date(2027, 3, 1)) == (
        date(2028, 2, 29)
    )


@pytest.mark.parametrize("certification", [LapsesAfter(24), NeverLapses()])
def test_a_new_edition_outdates_what_was_completed_before(certification: Certification) -> None:
    edition = date(2026, 1, 1)
    certified = course("it", certification, edition_from=edition)
    assert lapse(certified, FIRST) == edition
    assert lapse(certified, FIRST, edition) == certification.lapses_on(edition)
    (status,) = certificates_due(
        [Completion("it", "RM-01", on=FIRST)], certified, on=date(2025, 12, 1)
    )
    assert status.state is CertificateState.EXPIRING
    assert lapse(course("it", LapsesAfter(6), edition_from=edition), FIRST) == date(2025, 9, 3)


def test_who_never_completed_it_is_listed_first() -> None:
    done = [Completion("oath", "RM-01", on=FIRST)]
    found = certificates_due(done, CURRICULUM, on=date(2026, 1, 1), people=["RM-02", "RM-01"])
    assert [(each.person, each.course, each.state.value) for each in found] == [
        ("RM-01", "fraud", "missing"),
        ("RM-01", "licence", "missing"),
        ("RM-02", "fraud", "missing"),
        ("RM-02", "licence", "missing"),
        ("RM-02", "oath", "missing"),
        ("RM-01", "oath", "valid"),
    ]


@pytest.mark.parametrize(("within", "state"), [(0, "valid"), (30, "valid"), (31, "expiring")])
def test_expiring_is_so_many_days_before(within: int, state: str) -> None:
    (status,) = certificates_due(
        [Completion("fraud", "RM-01", on=FIRST)],
        CURRICULUM,
        on=date(2026, 1, 31),
        expiring_within=within,
    )
    assert status.state.value == state


def passing(*records: Record, **fields: Any) -> list[tuple[str, date]]:
    certified = course("it", NeverLapses(), **fields)
    made = Schedule(
        evolve(PLAN, curriculum=certified),
        Period.month(2026, 3),
        calendar=WorkCalendar(),
        trainees=[Trainee("RM-01")],
        sessions=[session("study", 2, "it"), session("test", 9, "it")],
    )
    return [(each.course, each.on) for each in completions(made, records)]


STUDIED = attended("study/2026-03-02", "RM-01", "present")
TEST, STUDY_DAY, RETAKEN = date(2026, 3, 9), date(2026, 3, 2), date(2026, 3, 20)


def scored(score: int, **fields: Any) -> TestResult:
    return TestResult("test/2026-03-09", "RM-01", score=score, **fields)


def test_only_a_mark_completes_what_is_tested() -> None:
    assert passing(scored(0)) == []
    assert passing(scored(59)) == []
    assert passing(scored(60)) == [("it", TEST)]
    assert passing(scored(79), pass_mark=80) == []
    assert passing(STUDIED) == [("it", STUDY_DAY)]
    assert passing(STUDIED, tested=True) == []
    assert passing(attended("test/2026-03-09", "RM-01", "present")) == []


def test_a_second_attempt_completes_it_on_its_own_day() -> None:
    second = scored(80, attempt=2, on=RETAKEN)
    assert passing(scored(40), second) == [("it", RETAKEN)]
    missed = attended("test/2026-03-09", "RM-01", "absent")
    assert passing(missed, scored(80, on=RETAKEN)) == [("it", RETAKEN)]


def test_a_test_that_follows_a_study_completes_what_the_study_taught() -> None:
    study, test = PLAN.activities
    follows = evolve(PLAN, activities=[study, evolve(test, follows="study")])
    made = Schedule(
        evolve(follows, curriculum=course("it", NeverLapses(), tested=True)),
        Period.month(2026, 3),
        calendar=WorkCalendar(),
        trainees=[Trainee("RM-01"), Trainee("RM-02")],
        sessions=[session("study", 2, "it"), session("test", 9)],
    )
    records: list[Record] = [STUDIED, scored(40), scored(60, attempt=2, on=RETAKEN)]
    records.append(TestResult("test/2026-03-09", "RM-02", score=59))
    assert completions(made, records) == (Completion("it", "RM-01", on=RETAKEN),)
    assert (
        completions(evolve(made, plan=evolve(made.plan, activities=PLAN.activities)), records) == ()
    )


def test_what_only_a_past_edition_taught_certifies_nothing_any_more() -> None:
    studies = [session("study", 2, "oath", "fraud"), session("test", 9, "oath", "fraud")]
    records: list[Record] = [STUDIED, scored(100)]
    fraud = evolve(CURRICULUM, edition="2", courses=[CURRICULUM["fraud"]])
    new = evolve(PLAN, edition="2", curriculum=fraud)
    past = [PastPlan(PLAN, date(2026, 3, 15))]
    both = ("fraud", STUDY_DAY), ("fraud", TEST)
    made = evolve(scheduled(*studies), plan=new, past_plans=past)
    assert [(each.course, each.on) for each in completions(made, records)] == [*both]
    with pytest.raises(UnknownCourseError, match='"oath" is not in curriculum "bank 2"'):
        completions(evolve(made, past_plans=()), records)


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
                "RM-01", "fraud", completed_on=date(2026, 1, 1), lapses_on=NOON, state="valid"
            ),
            "CertificateStatus: lapses_on is datetime.datetime(2026, 1, 1, 12, 0, "
            "tzinfo=datetime.timezone.utc)",
        ),
        (
            lambda: CertificateStatus("RM-01", "fraud", state="valid"),
            "CertificateStatus: completed_on is None; allowed: None where the state is missing",
        ),
        (
            lambda: CertificateStatus(
                "RM-01", "fraud", completed_on=date(2026, 1, 1), state="missing"
            ),
            "CertificateStatus: completed_on is datetime.date(2026, 1, 1); allowed: None where",
        ),
        (
            lambda: CertificateStatus(
                "RM-01", "fraud", completed_on=date(2026, 1, 1), state="expired"
            ),
            "CertificateStatus: lapses_on is None; allowed: a day, since the state is expired",
        ),
        (
            lambda: certificates_due([], CURRICULUM, on=FIRST, people=["a", "a"]),
            "certificates_due: people is ['a', 'a']; allowed: a list of ids of people, none of",
        ),
        (
            lambda: certificates_due([], CURRICULUM, on=FIRST, expiring_within=-1),
            "certificates_due: expiring_within is -1; allowed: an int from 0 to 36600",
        ),
        (
            lambda: LapsesAfter(12, renewal=-1),
            "LapsesAfter: renewal is -1; allowed: an int from 0",
        ),
        (
            lambda: LapsesAfter(12).lapses_on(FIRST, held_until=NOON),
            "LapsesAfter.lapses_on: held_until is datetime.datetime(",
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
