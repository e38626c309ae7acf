"""Contradictions: one error reports everything that is wrong, each with its path and its code."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from cmappraisal import (
    AppraisalError,
    CalendarSpan,
    FieldError,
    Period,
    Tenure,
    Text,
    WorkCalendar,
)
from cmappraisal.errors import MAXIMUM_PROBLEMS
from cmappraisal.training import (
    ASK,
    VENUE_TEAM,
    VIP_SERVICE,
    Activity,
    ActivityKind,
    Attendance,
    AttendanceStatus,
    Cadence,
    CareerStage,
    Change,
    Completion,
    Component,
    Course,
    Curriculum,
    Delivered,
    Domain,
    Group,
    LapsesAfter,
    Performance,
    Quota,
    Record,
    Room,
    Schedule,
    Session,
    Shortfall,
    ShortfallCause,
    Target,
    TargetUnit,
    TestResult,
    Trainee,
    Trainer,
    TrainingError,
    TrainingPlan,
    UnknownCourseError,
    certificates_due,
    check_compliance,
    completions,
    monthly_performance,
    reschedule,
    results_that_count,
    schedule,
    schedule_each,
    training_needs,
    venue_team,
)

TEXT = Text.same("a")
YEAR = Period.year(2026)
JANUARY = Period.month(2026, 1)
CALENDAR = WorkCalendar()
MONDAY = date(2026, 1, 5)
FOLLOWS = "FREQ=MONTHLY;BYMONTHDAY=15"


def rejection(make: Callable[[], object], kind: type[AppraisalError]) -> AppraisalError:
    with pytest.raises(kind) as caught:
        make()
    assert type(caught.value) is kind
    return caught.value


def found(make: Callable[[], object], kind: type[AppraisalError]) -> list[tuple[str, str]]:
    """The path and the code of each problem that is reported."""
    return [(each.path, each.code.value) for each in rejection(make, kind).problems]


def activity(id: str, **fields: Any) -> Activity:
    given = {"kind": ActivityKind.STUDY, "timing": Quota(1, per=CalendarSpan.YEAR), **fields}
    return Activity(id, TEXT, **given)


def course(id: str, **fields: Any) -> Course:
    return Course(id, TEXT, domain=Domain.SKILL, **fields)


def curriculum(*ids: str) -> Curriculum:
    return Curriculum("c", "1", text=TEXT, courses=[course(id) for id in ids])


def plan(*activities: Activity, **fields: Any) -> TrainingPlan:
    given = {"curriculum": curriculum("law"), "activities": activities} | fields
    return TrainingPlan("p", "1", text=TEXT, **given)


# Values.


def test_a_curriculum_reports_every_course_that_is_there_twice() -> None:
    make = lambda: curriculum("a", "b", "b", "a", "a")  # noqa: E731
    assert found(make, TrainingError) == [
        ("$.courses[2]", "repeated"),
        ("$.courses[3]", "repeated"),
        ("$.courses[4]", "repeated"),
    ]
    assert str(rejection(make, TrainingError)) == (
        'curriculum "c 1": 3 problems:\n'
        '- course "b" is there twice; give each an id of its own\n'
        '- course "a" is there twice; give each an id of its own\n'
        '- course "a" is there twice; give each an id of its own'
    )


def test_an_activity_reports_every_field_that_contradicts_another() -> None:
    assert found(
        lambda: activity("a", courses=["x", "y"], each_time=["y", "x"], feeds_performance=True),
        FieldError,
    ) == [
        ("$.feeds_performance", "without-effect"),
        ("$.each_time", "repeated"),
        ("$.each_time", "repeated"),
    ]
    staged = rejection(
        lambda: activity("a", timing=CareerStage(0), feeds_performance=True), FieldError
    )
    assert str(staged) == (
        'Activity "a": 2 problems:\n'
        "- feeds_performance is True; allowed: False for a study: a test has a result\n"
        "- courses is (); allowed: the courses that the stage holds"
    )
    assert [each.code.value for each in staged.problems] == ["without-effect", "missing"]


def test_a_quota_and_a_shortfall_report_both_fields() -> None:
    assert found(lambda: Quota(3, 2, per=CalendarSpan.YEAR, planned=4), FieldError) == [
        ("$.at_most", "contradiction"),
        ("$.planned", "contradiction"),
    ]
    short: Any = {"period": YEAR, "missing": 1, "cause": ShortfallCause.AT_MOST}
    assert found(lambda: Shortfall(unit=TargetUnit.DAYS, **short), FieldError) == [
        ("$.kind", "missing"),
        ("$.unit", "without-effect"),
    ]
    both: Any = {"kind": ActivityKind.STUDY, **short}
    assert found(lambda: Shortfall("a", **both), FieldError) == [("$.kind", "contradiction")]
    assert found(lambda: Shortfall(course="a", **both), FieldError) == [("$.kind", "contradiction")]
    assert found(lambda: Shortfall("a", course="b", **short), FieldError) == [
        ("$.course", "contradiction")
    ]
    assert found(lambda: Shortfall(course="a", unit="days", **short), FieldError) == [
        ("$.unit", "without-effect")
    ]


def test_a_plan_reports_everything_with_its_place() -> None:
    study = ActivityKind.STUDY
    hours: Any = {"unit": TargetUnit.HOURS, "per": CalendarSpan.YEAR}
    made = rejection(
        lambda: plan(
            activity("a", courses=["law", "laws"], each_time=["art"], duration=90),
            activity("a", follows="later", timing=Cadence(FOLLOWS)),
            activity("later", follows="a", per_person=True, timing=Cadence(FOLLOWS)),
            activity("last", follows="later", duration=61),
            targets=[Target(study, 1, **hours), Target(study, 2, **hours)],
            day_length=60,
        ),
        TrainingError,
    )
    assert [(each.path, each.code.value) for each in made.problems] == [
        ("$.activities[1]", "repeated"),
        ("$.activities[0].courses[1]", "unknown-id"),
        ("$.activities[0].each_time[0]", "unknown-id"),
        ("$.activities[0].duration", "contradiction"),
        ("$.activities[1].follows", "unknown-id"),
        ("$.activities[2].follows", "contradiction"),
        ("$.activities[3].duration", "contradiction"),
        ("$.activities[3].follows", "contradiction"),
        ("$.activities[3].follows", "contradiction"),
        ("$.targets[1]", "repeated"),
    ]
    assert made.problems[1].message == (
        'activity "a" teaches "laws", which is not in curriculum "c 1"; did you mean "law"?'
    )
    assert made.subject == 'plan "p 1"'


def test_a_schedule_reports_everything_with_its_place() -> None:
    stray = Session("workshop", MONDAY, on=MONDAY, group="B", room="R-9", trainer="T-9")
    twice = Session("study", MONDAY, on=MONDAY)
    assert found(
        lambda: Schedule(
            plan(activity("study")),
            YEAR,
            calendar=CALENDAR,
            trainees=[Trainee("1"), Trainee("2")],
            groups=[Group("A", [Trainee("1")]), Group("A", [Trainee("3")])],
            rooms=[Room("R", 1), Room("R", 2)],
            trainers=[Trainer("T", ()), Trainer("T", ())],
            sessions=[twice, stray, evolve(twice, person="4")],
            cancelled=[twice],
        ),
        TrainingError,
    ) == [
        ("$.groups[1]", "repeated"),
        ("$.trainees[0]", "repeated"),
        ("$.rooms[1]", "repeated"),
        ("$.trainers[1]", "repeated"),
        ("$.sessions[1].activity", "unknown-id"),
        ("$.sessions[1].group", "unknown-id"),
        ("$.sessions[1].room", "unknown-id"),
        ("$.sessions[1].trainer", "unknown-id"),
        ("$.sessions[2].person", "unknown-id"),
        ("$.cancelled[0]", "repeated"),
    ]


def test_a_person_in_two_groups_is_reported_where_the_second_is() -> None:
    groups = [Group("A", [Trainee("1")]), Group("B", [Trainee("2"), Trainee("1")])]
    assert found(
        lambda: Schedule(VIP_SERVICE, YEAR, calendar=CALENDAR, groups=groups), TrainingError
    ) == [("$.groups[1].trainees[1]", "repeated")]


def test_a_tenure_elsewhere_is_reported_where_it_is() -> None:
    there = [Group("A", [Trainee("1")]), Group("B", [Trainee("2", tenures=[Tenure("2", "A")])])]
    assert found(
        lambda: Schedule(VIP_SERVICE, YEAR, calendar=CALENDAR, groups=there), TrainingError
    ) == [("$.groups[1].trainees[0].tenures", "contradiction")]


def test_a_change_of_nothing_or_of_two_sessions_is_rejected() -> None:
    one, other = (Session(id, MONDAY, on=MONDAY) for id in ("a", "b"))
    assert found(lambda: Change(None, None), FieldError) == [("$.after", "missing")]
    assert found(lambda: Change(one, other), FieldError) == [("$.after", "contradiction")]


def test_a_performance_reports_every_part_and_the_weights() -> None:
    parts = [Component(id, TEXT, score=100, weight="0.7") for id in ("a", "b", "a", "b")]
    problems = [
        ("$.components[2]", "repeated"),
        ("$.components[3]", "repeated"),
        ("$.components", "contradiction"),
    ]
    assert found(lambda: monthly_performance(parts), TrainingError) == problems
    assert found(lambda: Performance(parts, 100), TrainingError) == problems
    assert found(lambda: Performance([], 0), TrainingError) == [("$.components", "missing")]
    whole = [Component("a", TEXT, score=90, weight=1)]
    assert found(lambda: Performance(whole, 91), FieldError) == [("$.total", "disagrees")]


def test_more_than_one_error_lists_are_counted() -> None:
    error = rejection(lambda: curriculum(*["a"] * (MAXIMUM_PROBLEMS + 8)), TrainingError)
    assert (len(error.problems), error.more) == (MAXIMUM_PROBLEMS, 7)
    assert str(error).endswith("\n- and at least 7 more")
    many = rejection(lambda: curriculum(*["a"] * (5 * MAXIMUM_PROBLEMS)), TrainingError)
    assert (len(many.problems), many.more) == (MAXIMUM_PROBLEMS, MAXIMUM_PROBLEMS)
    ids = [str(number) for number in range(MAXIMUM_PROBLEMS + 2)]
    of_fields = rejection(lambda: activity("a", courses=ids, each_time=ids), FieldError)
    assert (len(of_fields.problems), of_fields.more) == (MAXIMUM_PROBLEMS, 2)


# Records.


VIP = schedule(
    VIP_SERVICE,
    Period.quarter(2026, 1),
    calendar=CALENDAR,
    trainees=[Trainee("1"), Trainee("2"), Trainee("3", date(2026, 3, 2))],
)


def attended(
    session: str, person: str, status: AttendanceStatus = AttendanceStatus.PRESENT
) -> Attendance:
    return Attendance(session, person, status=status)


def test_every_record_that_does_not_fit_is_reported() -> None:
    absent, late = AttendanceStatus.ABSENT, AttendanceStatus.LATE
    records: list[Record] = [
        attended("study/2026-01-15", "1"),
        attended("study/2026-01-15", "1", absent),
        attended("study/2026-01-15", "1", late),
        attended("stady/2026-01-15", "1"),
        attended("study/2026-03-15", "9"),
        attended("study/2026-01-15", "3"),
        TestResult("test/2026-01-25", "2", score=80),
        TestResult("test/2026-01-25", "2", score=81),
        attended("test/2026-01-25", "2", absent),
        TestResult("study/2026-03-15", "1", score=1),
        Delivered("repart", "9", on=date(2027, 1, 1)),
        Delivered("study", "3", on=date(2026, 3, 1)),
    ]
    made = rejection(lambda: check_compliance(VIP, records, on=date(2026, 2, 1)), TrainingError)
    assert [(each.path, each.code.value) for each in made.problems] == [
        ("$.records[1].status", "contradiction"),
        ("$.records[2].status", "contradiction"),
        ("$.records[3].session", "unknown-id"),
        ("$.records[4].person", "unknown-id"),
        ("$.records[4].session", "in-the-future"),
        ("$.records[5].person", "contradiction"),
        ("$.records[7].score", "contradiction"),
        ("$.records[9].session", "in-the-future"),
        ("$.records[9].session", "contradiction"),
        ("$.records[10].activity", "unknown-id"),
        ("$.records[10].person", "unknown-id"),
        ("$.records[10].on", "not-allowed"),
        ("$.records[10].on", "in-the-future"),
        ("$.records[11].activity", "contradiction"),
        ("$.records[11].on", "contradiction"),
        ("$.records[11].on", "in-the-future"),
        ("$.records[6]", "contradiction"),
        ("$.records[7]", "contradiction"),
    ]
    assert made.subject == str(VIP)
    assert made.problems[2].message == (
        'attendance of "1" at "stady/2026-01-15": there is no such session; did you mean '
        '"study/2026-01-15"?'
    )


def test_records_of_what_is_delivered_or_cancelled_are_reported_together() -> None:
    quarterly = plan(
        activity(
            "report",
            kind=ActivityKind.REPORT,
            timing=Quota(1, per=CalendarSpan.QUARTER),
            per_person=True,
        )
    )
    made = schedule(
        quarterly,
        Period.quarter(2026, 1),
        calendar=CALENDAR,
        trainees=[Trainee("1"), Trainee("2")],
    )
    kept, gone = made.sessions
    changed = evolve(made, sessions=[kept], cancelled=[gone])
    records = [attended(kept.id, "1"), attended(kept.id, "2"), attended(gone.id, "2")]
    assert found(lambda: completions(changed, records), TrainingError) == [
        ("$.records[0].session", "contradiction"),
        ("$.records[1].person", "contradiction"),
        ("$.records[1].session", "contradiction"),
        ("$.records[2].session", "contradiction"),
    ]


def test_a_person_and_records_that_are_not_there_are_reported_together() -> None:
    records = [attended("study/2026-01-16", "1")]
    assert found(lambda: results_that_count(VIP, records, "8", JANUARY), TrainingError) == [
        ("$.person", "unknown-id"),
        ("$.records[0].session", "unknown-id"),
    ]


def test_many_records_that_do_not_fit_are_counted() -> None:
    records = [attended(f"study/{number}", "1") for number in range(1_000)]
    error = rejection(lambda: check_compliance(VIP, records, on=MONDAY), TrainingError)
    assert (len(error.problems), error.more) == (MAXIMUM_PROBLEMS, MAXIMUM_PROBLEMS)


# Certificates.


def test_every_course_that_cannot_be_completed_is_reported() -> None:
    days = [date(2026, 1, 5), date(2026, 1, 12), date(2026, 1, 19)]
    sessions = [
        Session("weekly-training", day, on=day, courses=courses)
        for day, courses in zip(days, (["x"], ["dedication", "y"], ["z"]), strict=True)
    ]
    made = Schedule(
        VENUE_TEAM, JANUARY, calendar=CALENDAR, trainees=[Trainee("1")], sessions=sessions
    )
    records = [attended(session.id, "1") for session in sessions[:2]]
    assert found(lambda: completions(made, records), UnknownCourseError) == [
        ("$.schedule.sessions[0].courses[0]", "unknown-id"),
        ("$.schedule.sessions[1].courses[1]", "unknown-id"),
    ]


def test_every_completion_that_is_none_is_reported() -> None:
    certified = Curriculum(
        "c", "1", text=TEXT, courses=[course("a", certification=LapsesAfter(1)), course("b")]
    )
    completed = [Completion(id, "1", on=MONDAY) for id in ("x", "a", "b", "y")]
    assert found(lambda: certificates_due(completed, certified, on=MONDAY), TrainingError) == [
        ("$.completions[0].course", "unknown-id"),
        ("$.completions[2].course", "contradiction"),
        ("$.completions[3].course", "unknown-id"),
    ]
    unknown = [completed[0], completed[3]]
    assert found(lambda: certificates_due(unknown, certified, on=MONDAY), UnknownCourseError) == [
        ("$.completions[0].course", "unknown-id"),
        ("$.completions[1].course", "unknown-id"),
    ]


# Scheduling.


def test_everybody_whose_stage_cannot_be_reckoned_is_reported() -> None:
    people = [Trainee("1"), Trainee("2", MONDAY, needs=["teamwork", "x"])]
    groups = [Group("A", [Trainee("3", needs=["negotiatoin"]), Trainee("4")])]
    assert found(
        lambda: schedule(ASK, YEAR, calendar=CALENDAR, trainees=people, groups=groups),
        TrainingError,
    ) == [
        ("$.groups[0].trainees[0].needs[0]", "unknown-id"),
        ("$.groups[0].trainees[0].hired_on", "missing"),
        ("$.groups[0].trainees[1].hired_on", "missing"),
        ("$.trainees[0].hired_on", "missing"),
        ("$.trainees[1].needs[1]", "unknown-id"),
    ]


def test_a_group_is_reported_by_its_number() -> None:
    groups = [Group("A", []), Group("B", [Trainee("1", MONDAY), Trainee("2"), Trainee("3")])]
    each = schedule_each(ASK, YEAR, calendar=CALENDAR, groups=groups)
    assert next(each).groups == (groups[0],)
    assert found(lambda: next(each), TrainingError) == [
        ("$.groups[1].trainees[1].hired_on", "missing"),
        ("$.groups[1].trainees[2].hired_on", "missing"),
    ]


def test_who_needs_nothing_needs_no_day_of_hiring() -> None:
    as_needed = plan(activity("skill", timing=CareerStage(0, needed_only=True), courses=["law"]))
    people = [Trainee("1"), Trainee("2", needs=["law"])]
    assert schedule(as_needed, YEAR, calendar=CALENDAR, trainees=people[:1]).sessions == ()
    assert found(
        lambda: schedule(as_needed, YEAR, calendar=CALENDAR, trainees=people), TrainingError
    ) == [("$.trainees[1].hired_on", "missing")]


def test_every_session_that_cannot_be_moved_is_reported() -> None:
    staged = plan(activity("stage", timing=CareerStage(0), courses=["law"]), activity("study"))
    stray, study, past, later = (
        Session(id, day, on=day)
        for id, day in (
            ("stage", MONDAY),
            ("study", MONDAY),
            ("stage", date(2026, 1, 2)),
            ("stage", date(2026, 1, 7)),
        )
    )
    before = Schedule(
        staged,
        YEAR,
        calendar=CALENDAR,
        trainees=[Trainee("1")],
        rooms=[Room("R", 1)],
        sessions=[
            evolve(study, room="R"),
            stray,
            past,
            later,
            evolve(stray, person="1"),
            evolve(stray, person="1", number=2),
            evolve(later, make_up=True),
        ],
        cancelled=[
            evolve(stray, number=2),
            evolve(past, number=2),
            evolve(later, make_up=True, number=2),
        ],
    )
    off = WorkCalendar(holidays=[MONDAY, date(2026, 1, 2)])
    make = lambda: reschedule(before, calendar=off, not_before=MONDAY)  # noqa: E731
    assert found(make, TrainingError) == [
        ("$.schedule.sessions[0]", "not-allowed"),
        ("$.schedule.sessions[1].person", "missing"),
        ("$.schedule.trainees[0].hired_on", "missing"),
    ]


# Arguments.


@pytest.mark.parametrize(
    ("call", "paths"),
    [
        (lambda: check_compliance(1, 2, on=3), ["schedule", "records", "on"]),  # type: ignore[arg-type]
        (
            lambda: check_compliance(VIP, ["a", MONDAY], on="b"),  # type: ignore[list-item, arg-type]
            ["records[0]", "records[1]", "on"],
        ),
        (lambda: completions(1, {2}), ["schedule", "records"]),  # type: ignore[arg-type]
        (
            lambda: certificates_due([1], 2, on=3),  # type: ignore[list-item, arg-type]
            ["completions[0]", "curriculum", "on"],
        ),
        (
            lambda: results_that_count(1, None, 3, 4),  # type: ignore[arg-type]
            ["schedule", "records", "person", "period"],
        ),
        (lambda: training_needs(1, 2), ["appraisal", "curriculum"]),  # type: ignore[arg-type]
        (
            lambda: schedule(1, 2, calendar=3, trainees=[4], groups="A"),  # type: ignore[arg-type, list-item]
            ["plan", "period", "calendar", "trainees", "groups"],
        ),
        (
            lambda: next(schedule_each(1, 2, calendar=3, groups=4, full_days=5)),  # type: ignore[arg-type]
            ["groups", "plan", "period", "calendar", "full_days"],
        ),
        (
            lambda: reschedule(1, calendar=2, not_before=3, blackouts=4, full_days="b"),  # type: ignore[arg-type]
            ["schedule", "not_before", "calendar", "blackouts", "full_days"],
        ),
        (
            lambda: reschedule(VIP, calendar=None, not_before=MONDAY, full_days=5),  # type: ignore[arg-type]
            ["calendar", "full_days"],
        ),
    ],
)
def test_every_argument_that_does_not_fit_is_reported(
    call: Callable[[], object], paths: list[str]
) -> None:
    error = rejection(call, FieldError)
    assert [each.path for each in error.problems] == [f"$.{path}" for path in paths]
    assert {each.code.value for each in error.problems} == {"not-allowed"}
    assert str(error).count("; allowed: ") == len(paths)


class Incomparable:
    """What cannot be compared, hashed or shown."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        raise RuntimeError

    def __repr__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize("value", [Incomparable(), None, 5, {"a"}, [["a"]], "\ud800", "晨" * 10**6])
def test_what_is_no_id_is_not_there(value: Any) -> None:
    calls: list[Callable[[Any], object]] = [
        VIP_SERVICE.activity,
        VIP_SERVICE.curriculum.__getitem__,
        VIP.session,
        VIP.of,
        check_compliance(VIP, [], on=MONDAY).of,
        lambda weekday: venue_team(weekday=weekday),
    ]
    for call in calls:
        with pytest.raises(AppraisalError) as caught:
            call(value)
        assert len(str(caught.value)) < 300


def test_of_very_many_elements_the_first_are_shown() -> None:
    shown: list[object] = []

    class Shown:
        def __repr__(self) -> str:
            shown.append(self)
            return "one"

    records: Any = [Shown() for _ in range(1_000)]
    error = rejection(lambda: check_compliance(VIP, records, on=MONDAY), FieldError)
    assert (len(error.problems), error.more) == (MAXIMUM_PROBLEMS, 1_000 - MAXIMUM_PROBLEMS)
    assert len(shown) == MAXIMUM_PROBLEMS
