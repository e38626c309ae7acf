"""Compliance: against tables that can be checked by hand, and whatever the order of the records."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import CalendarSpan, FieldError, Period, Text, WorkCalendar
from cmappraisal.training import (
    VIP_SERVICE,
    Activity,
    ActivityKind,
    Attendance,
    AttendanceRate,
    AttendanceStatus,
    Cadence,
    CareerStage,
    Compliance,
    ComplianceStatus,
    Counts,
    Course,
    Curriculum,
    Delivered,
    Domain,
    Group,
    Proportion,
    Quota,
    Record,
    Requirement,
    Schedule,
    Session,
    Target,
    TargetUnit,
    TestResult,
    Timing,
    Trainee,
    TrainingError,
    TrainingPlan,
    check_compliance,
    schedule,
)

PRESENT, LATE, ABSENT, EXCUSED = AttendanceStatus
MET, WAIVED, CLOSED, ON_TRACK, SHORT, BREACHED = ComplianceStatus
YEAR = Period.year(2026)
RECORDS = "a list of Attendance, TestResult, Delivered"
MONTHLY = Cadence("FREQ=MONTHLY;BYMONTHDAY=15")


def activity(id: str, kind: ActivityKind, timing: Timing, **fields: Any) -> Activity:
    return Activity(id, Text.same(id), kind=kind, timing=timing, **fields)


def plan(*activities: Activity, targets: Iterable[Target] = ()) -> TrainingPlan:
    course = Course("course", Text.same("course"), domain=Domain.SKILL)
    curriculum = Curriculum("courses", "1", text=Text.same("courses"), courses=[course])
    return TrainingPlan(
        "plan",
        "1",
        text=Text.same("plan"),
        curriculum=curriculum,
        activities=activities,
        targets=targets,
    )


def session(activity: str, month: int, day: int, **fields: Any) -> Session:
    on = date(2026, month, day)
    return Session(activity, on, on=on, **fields)


def scheduled(
    plan: TrainingPlan,
    *sessions: Session,
    period: Period = YEAR,
    trainees: Iterable[str] = ("RM-01",),
    **fields: Any,
) -> Schedule:
    return Schedule(
        plan,
        period,
        calendar=WorkCalendar(),
        trainees=map(Trainee, trainees),
        sessions=sessions,
        **fields,
    )


def attended(id: str, status: AttendanceStatus = PRESENT, person: str = "RM-01") -> Attendance:
    return Attendance(id, person, status=status)


def checked(schedule: Schedule, records: Iterable[Record], on: date) -> Compliance:
    return check_compliance(schedule, records, on=on)


STUDY = plan(activity("study", ActivityKind.STUDY, MONTHLY))
STUDIES = scheduled(STUDY, *(session("study", month, 15) for month in (1, 2, 3)))
JANUARY, FEBRUARY, MARCH = (f"study/2026-0{month}-15" for month in (1, 2, 3))
AFTER_FEBRUARY, AFTER_MARCH = date(2026, 2, 15), date(2026, 3, 16)


@pytest.mark.parametrize(
    ("statuses", "on", "compliance_status", "decided_by", "counts"),
    [
        ([], date(2026, 1, 14), ON_TRACK, None, Counts(needed=3, done=0, to_come=3)),
        (
            [],
            date(2026, 1, 15),
            SHORT,
            JANUARY,
            Counts(needed=3, done=0, to_come=2, unrecorded=1),
        ),
        (
            [PRESENT],
            AFTER_FEBRUARY,
            SHORT,
            FEBRUARY,
            Counts(needed=3, done=1, to_come=1, present=1, unrecorded=1),
        ),
        (
            [PRESENT, LATE],
            AFTER_FEBRUARY,
            ON_TRACK,
            None,
            Counts(needed=3, done=2, to_come=1, present=1, late=1),
        ),
        (
            [PRESENT, EXCUSED],
            AFTER_FEBRUARY,
            ON_TRACK,
            None,
            Counts(needed=2, done=1, to_come=1, present=1, excused=1),
        ),
        (
            [PRESENT, LATE, PRESENT],
            AFTER_MARCH,
            MET,
            MARCH,
            Counts(needed=3, done=3, to_come=0, present=2, late=1),
        ),
        (
            [PRESENT, PRESENT, EXCUSED],
            AFTER_MARCH,
            MET,
            FEBRUARY,
            Counts(needed=2, done=2, to_come=0, present=2, excused=1),
        ),
        (
            [EXCUSED, EXCUSED, EXCUSED],
            AFTER_MARCH,
            MET,
            None,
            Counts(needed=0, done=0, to_come=0, excused=3),
        ),
        # Whoever missed one has breached it, whatever else is not recorded yet.
        (
            [None, ABSENT, ABSENT],
            AFTER_MARCH,
            BREACHED,
            FEBRUARY,
            Counts(needed=3, done=0, to_come=0, absent=2, unrecorded=1),
        ),
    ],
)
def test_what_has_to_be_attended(
    statuses: list[AttendanceStatus | None],
    on: date,
    compliance_status: ComplianceStatus,
    decided_by: str | None,
    counts: Counts,
) -> None:
    records = [
        attended(id, status)
        for id, status in zip((JANUARY, FEBRUARY, MARCH), statuses, strict=False)
        if status is not None
    ]
    compliance = checked(STUDIES, records, on)
    decided_on = None if decided_by is None else STUDIES.session(decided_by).on
    assert compliance.requirements == (
        Requirement(
            "study",
            period=YEAR,
            person="RM-01",
            status=compliance_status,
            counts=counts,
            decided_by=decided_by,
            decided_on=decided_on,
        ),
    )
    assert compliance.status is compliance_status


def test_what_is_not_required_or_has_no_session_asks_nothing() -> None:
    voluntary = plan(
        activity("study", ActivityKind.STUDY, MONTHLY, required=False),
        activity(
            "talk",
            ActivityKind.TALK,
            Quota(1, per=CalendarSpan.YEAR),
            per_person=True,
            required=False,
        ),
        activity("later", ActivityKind.STUDY, MONTHLY),
    )
    there = scheduled(voluntary, session("study", 1, 15))
    compliance = checked(there, [attended(JANUARY, ABSENT)], AFTER_MARCH)
    assert compliance.requirements == ()
    assert compliance.status is MET
    assert compliance.attendance_rate == AttendanceRate(0, 0)
    assert compliance.attendance_rate.rate is None


def test_who_took_a_test_was_there() -> None:
    tests = scheduled(
        plan(activity("test", ActivityKind.TEST, MONTHLY)),
        *(session("test", month, 15) for month in (1, 2)),
    )
    records: list[Record] = [
        TestResult("test/2026-01-15", "RM-01", score=60),
        TestResult("test/2026-02-15", "RM-01", score="0"),
        attended("test/2026-02-15", LATE),
    ]
    requirement = checked(tests, records, AFTER_FEBRUARY).requirements[0]
    assert requirement.status is MET
    assert requirement.counts == Counts(needed=2, done=2, to_come=0, present=1, late=1)


def test_a_stage_asks_of_each_person_their_own_sessions() -> None:
    staged = plan(activity("skill", ActivityKind.COURSE, CareerStage(3), courses=["course"]))
    there = scheduled(
        staged,
        session("skill", 1, 12, person="RM-01", courses=["course"]),
        session("skill", 1, 13, person="RM-02", courses=["course"]),
        trainees=["RM-01", "RM-02", "RM-03"],
    )
    record = attended("skill/2026-01-12/person:RM-01")
    compliance = checked(there, [record], date(2026, 1, 13))
    assert [(each.person, each.status) for each in compliance.requirements] == [
        ("RM-01", MET),
        ("RM-02", SHORT),
    ]
    assert compliance.of("RM-03") == ()


HALVES = [session("workshop", 3, 2), session("workshop", 9, 1), session("workshop", 11, 2)]


@pytest.mark.parametrize(
    ("quota", "sessions", "on", "compliance_status", "done", "to_come", "decided_on"),
    [
        (Quota(2, 3, per=CalendarSpan.YEAR), HALVES, date(2026, 3, 1), ON_TRACK, 0, 3, None),
        (Quota(2, 3, per=CalendarSpan.YEAR), HALVES, date(2026, 3, 2), ON_TRACK, 1, 2, None),
        (Quota(2, 3, per=CalendarSpan.YEAR), HALVES, date(2026, 9, 1), MET, 2, 1, date(2026, 9, 1)),
        (Quota(2, per=CalendarSpan.YEAR), HALVES, date(2026, 12, 1), MET, 3, 0, date(2026, 9, 1)),
        (Quota(0, per=CalendarSpan.YEAR), [], date(2026, 1, 1), MET, 0, 0, None),
        (Quota(2, per=CalendarSpan.YEAR), HALVES[:1], date(2026, 12, 31), SHORT, 1, 0, None),
        (Quota(2, per=CalendarSpan.YEAR), HALVES[:1], date(2027, 1, 1), BREACHED, 1, 0, YEAR.last),
        # More than the quota allows is a breach as soon as it is scheduled.
        (
            Quota(1, 2, per=CalendarSpan.YEAR),
            HALVES,
            date(2026, 1, 1),
            BREACHED,
            0,
            3,
            date(2026, 11, 2),
        ),
        (
            Quota(0, 0, per=CalendarSpan.YEAR),
            HALVES,
            date(2026, 4, 1),
            BREACHED,
            1,
            2,
            date(2026, 3, 2),
        ),
    ],
)
def test_a_quota_of_the_team(
    quota: Quota,
    sessions: list[Session],
    on: date,
    compliance_status: ComplianceStatus,
    done: int,
    to_come: int,
    decided_on: date | None,
) -> None:
    there = scheduled(
        plan(activity("workshop", ActivityKind.WORKSHOP, quota)), *sessions, trainees=()
    )
    requirement = checked(there, [], on).requirements[0]
    assert requirement.status is compliance_status
    assert requirement.counts == Counts(needed=quota.at_least, done=done, to_come=to_come)
    assert requirement.decided_on == decided_on
    by = next((each.id for each in sessions if each.on == decided_on), None)
    assert requirement.decided_by == by


def test_each_span_is_on_its_own_and_counts_what_takes_place_in_it() -> None:
    workshop = plan(activity("w", ActivityKind.WORKSHOP, Quota(1, 1, per=CalendarSpan.QUARTER)))
    moved = Session("w", date(2026, 3, 31), on=date(2026, 4, 1))
    after_the_year = Session("w", date(2026, 12, 31), on=date(2027, 1, 4))
    there = scheduled(workshop, moved, after_the_year, trainees=())
    found = checked(there, [], date(2026, 10, 1)).requirements
    assert [(str(each.period.first), each.status) for each in found] == [
        ("2026-01-01", BREACHED),
        ("2026-04-01", MET),
        ("2026-07-01", BREACHED),
        ("2026-10-01", SHORT),
    ]


REPORTS = plan(
    activity(
        "report",
        ActivityKind.REPORT,
        Quota(2, 3, per=CalendarSpan.YEAR, planned=3),
        per_person=True,
    )
)
DUE = scheduled(REPORTS, *(session("report", month, 15, person="RM-01") for month in (3, 6, 9)))


@pytest.mark.parametrize(
    ("delivered", "on", "compliance_status", "to_come", "decided_on", "decided_by"),
    [
        ([], date(2026, 3, 15), ON_TRACK, 3, None, None),
        ([], date(2026, 3, 16), SHORT, 2, date(2026, 3, 15), "report/2026-03-15/person:RM-01"),
        ([(1, 5)], date(2026, 3, 16), ON_TRACK, 2, None, None),
        (
            [(1, 5)],
            date(2026, 6, 16),
            SHORT,
            1,
            date(2026, 6, 15),
            "report/2026-06-15/person:RM-01",
        ),
        ([(6, 20), (1, 5)], date(2026, 6, 30), MET, 1, date(2026, 6, 20), None),
        # More than is planned is not held against anyone.
        ([(1, 5), (1, 6), (1, 7), (1, 8)], date(2026, 9, 30), MET, 0, date(2026, 1, 6), None),
        (
            [(1, 5)],
            date(2026, 12, 31),
            SHORT,
            0,
            date(2026, 6, 15),
            "report/2026-06-15/person:RM-01",
        ),
        ([(1, 5)], date(2027, 1, 1), BREACHED, 0, date(2026, 12, 31), None),
    ],
)
def test_what_each_person_delivers(
    delivered: list[tuple[int, int]],
    on: date,
    compliance_status: ComplianceStatus,
    to_come: int,
    decided_on: date | None,
    decided_by: str | None,
) -> None:
    days = [date(2026, *each) for each in delivered]
    records = [Delivered("report", "RM-01", on=day) for day in days]
    assert checked(DUE, records, on).requirements == (
        Requirement(
            "report",
            period=YEAR,
            person="RM-01",
            status=compliance_status,
            counts=Counts(needed=2, done=len(days), to_come=to_come),
            decided_by=decided_by,
            decided_on=decided_on,
            delivered_on=sorted(days),
        ),
    )


def test_two_deliveries_of_a_day_are_numbered() -> None:
    record = Delivered("report", "RM-01", on=date(2026, 1, 5))
    once = checked(DUE, [record, record], date(2026, 2, 1)).requirements[0]
    twice = checked(DUE, [record, evolve(record, number=2)], date(2026, 2, 1)).requirements[0]
    assert (once.counts.done, once.status) == (1, ON_TRACK)
    assert (twice.counts.done, twice.status) == (2, MET)
    assert twice.delivered_on == (date(2026, 1, 5), date(2026, 1, 5))


def test_a_quota_of_zero_asks_nothing_of_anybody() -> None:
    free = plan(
        activity("talk", ActivityKind.TALK, Quota(0, 2, per=CalendarSpan.YEAR), per_person=True)
    )
    requirement = checked(scheduled(free), [], date(2027, 1, 1)).requirements[0]
    assert (requirement.status, requirement.decided_on) == (MET, None)


@pytest.mark.parametrize(
    ("statuses", "on", "compliance_status", "counts", "decided_on"),
    [
        (
            [ABSENT],
            date(2026, 6, 1),
            ON_TRACK,
            Counts(needed=2, done=0, to_come=2, absent=1),
            None,
        ),
        (
            [ABSENT, LATE, PRESENT],
            date(2026, 9, 15),
            MET,
            Counts(needed=2, done=2, to_come=0, present=1, late=1, absent=1),
            date(2026, 9, 15),
        ),
        (
            [EXCUSED, PRESENT, None],
            date(2026, 9, 15),
            SHORT,
            Counts(needed=2, done=1, to_come=0, present=1, excused=1, unrecorded=1),
            None,
        ),
        (
            [EXCUSED, PRESENT, None],
            date(2027, 1, 1),
            BREACHED,
            Counts(needed=2, done=1, to_come=0, present=1, excused=1, unrecorded=1),
            date(2026, 12, 31),
        ),
    ],
)
def test_a_quota_that_is_individual(
    statuses: list[AttendanceStatus | None],
    on: date,
    compliance_status: ComplianceStatus,
    counts: Counts,
    decided_on: date | None,
) -> None:
    individual = plan(
        activity("test", ActivityKind.TEST, Quota(2, per=CalendarSpan.YEAR), per_person=True)
    )
    sessions = [session("test", month, 15, person="RM-01") for month in (3, 6, 9)]
    there = scheduled(individual, *sessions)
    records = [
        attended(each.id, status)
        for each, status in zip(sessions, statuses, strict=False)
        if status is not None
    ]
    requirement = checked(there, records, on).requirements[0]
    assert (requirement.status, requirement.counts) == (compliance_status, counts)
    assert requirement.decided_on == decided_on


# Two sessions on 2 March, one on 3 April and one on 4 May: of 90, 20, 20 and 50 minutes.
KINDS = [
    activity("long", ActivityKind.STUDY, MONTHLY, duration=90, required=False),
    activity("short", ActivityKind.STUDY, MONTHLY, duration=20, required=False),
    activity("last", ActivityKind.STUDY, MONTHLY, duration=50, required=False),
]
LONG, SHORT_ONE, SHORT_TWO, LAST = (
    session("long", 3, 2),
    session("short", 3, 2),
    session("short", 4, 3),
    session("last", 5, 4),
)


@pytest.mark.parametrize(
    ("at_least", "unit", "on", "compliance_status", "done", "to_come", "decided_by"),
    [
        (3, TargetUnit.DAYS, date(2026, 3, 2), ON_TRACK, 1, 2, None),
        (3, TargetUnit.DAYS, date(2026, 5, 4), MET, 3, 0, LAST),
        (4, TargetUnit.DAYS, date(2026, 5, 4), SHORT, 3, 0, None),
        (4, TargetUnit.DAYS, date(2027, 1, 1), BREACHED, 3, 0, None),
        (2, TargetUnit.SESSIONS, date(2026, 3, 2), MET, 2, 2, SHORT_ONE),
        (4, TargetUnit.SESSIONS, date(2026, 4, 3), ON_TRACK, 3, 1, None),
        (3, TargetUnit.HOURS, date(2026, 5, 3), ON_TRACK, 130, 50, None),
        # 90, 20, 20 and 50 minutes are three hours to the minute.
        (3, TargetUnit.HOURS, date(2026, 5, 4), MET, 180, 0, LAST),
        (4, TargetUnit.HOURS, date(2026, 3, 1), SHORT, 0, 180, None),
    ],
)
def test_a_target_of_the_team_and_of_a_person(
    at_least: int,
    unit: TargetUnit,
    on: date,
    compliance_status: ComplianceStatus,
    done: int,
    to_come: int,
    decided_by: Session | None,
) -> None:
    target = Target(ActivityKind.STUDY, at_least, unit=unit, per=CalendarSpan.YEAR)
    sessions = [LONG, SHORT_ONE, SHORT_TWO, LAST]
    there = scheduled(plan(*KINDS, targets=[target]), *sessions)
    records = [attended(each.id) for each in sessions if each.on <= on]
    compliance = checked(there, records, on)
    expected = Requirement(
        kind=ActivityKind.STUDY,
        unit=unit,
        period=YEAR,
        status=compliance_status,
        counts=Counts(
            needed=at_least * 60 if unit is TargetUnit.HOURS else at_least,
            done=done,
            to_come=to_come,
        ),
        decided_by=decided_by.id if decided_by else None,
        decided_on=decided_by.on
        if decided_by
        else YEAR.last
        if compliance_status is BREACHED
        else None,
    )
    assert compliance.requirements == (expected, evolve(expected, person="RM-01"))


@pytest.mark.parametrize(
    ("status", "compliance_status"),
    [(PRESENT, MET), (LATE, MET), (ABSENT, SHORT), (EXCUSED, SHORT), (None, SHORT)],
)
def test_a_person_reaches_a_target_by_attending(
    status: AttendanceStatus | None, compliance_status: ComplianceStatus
) -> None:
    target = Target(ActivityKind.STUDY, 1, unit=TargetUnit.SESSIONS, per=CalendarSpan.YEAR)
    there = scheduled(plan(*KINDS, targets=[target]), LONG)
    records = [attended(LONG.id, status)] if status else []
    team, person = checked(there, records, LONG.on).requirements
    # The team is one person, and nothing is done where nobody attended.
    assert (team.status, person.status) == (compliance_status, compliance_status)


def test_what_people_deliver_counts_in_individual_targets_only() -> None:
    target = Target(ActivityKind.REPORT, 2, unit=TargetUnit.SESSIONS, per=CalendarSpan.YEAR)
    there = evolve(DUE, plan=evolve(REPORTS, targets=[target]))
    early = [Delivered("report", "RM-01", on=date(2026, 1, 5))]
    own_quota, own_target = checked(there, early, date(2026, 2, 1)).requirements
    assert (own_quota.activity, own_target.kind) == ("report", ActivityKind.REPORT)
    # The report that was due in March was delivered in January, and is not to come any more.
    assert own_target.counts == Counts(needed=2, done=1, to_come=2)
    both = [*early, Delivered("report", "RM-01", on=date(2026, 1, 6))]
    reached = checked(there, both, date(2026, 2, 1)).requirements[1]
    assert (reached.status, reached.decided_by) == (MET, None)
    assert reached.decided_on == date(2026, 1, 6)


def test_groups_come_first_and_then_people_each_in_the_order_of_the_plan() -> None:
    mixed = plan(
        activity("study", ActivityKind.STUDY, MONTHLY),
        activity("workshop", ActivityKind.WORKSHOP, Quota(1, per=CalendarSpan.YEAR)),
        targets=[Target(ActivityKind.STUDY, 1, unit=TargetUnit.DAYS, per=CalendarSpan.YEAR)],
    )
    groups = [Group("B", [Trainee("RM-09")]), Group("A", [Trainee("RM-05")])]
    sessions = [
        session(activity, month, 15, group=group)
        for month, activity in ((1, "study"), (2, "workshop"))
        for group in ("B", "A", None)
    ]
    there = scheduled(mixed, *sessions, trainees=["RM-01"], groups=groups)
    compliance = checked(there, [], date(2026, 1, 1))
    assert [
        (each.group, each.person, each.activity or each.unit) for each in compliance.requirements
    ] == [
        *(
            (group, None, what)
            for group in ("B", "A", None)
            for what in ("workshop", TargetUnit.DAYS)
        ),
        *(
            (None, person, what)
            for person in ("RM-09", "RM-05", "RM-01")
            for what in ("study", "workshop", TargetUnit.DAYS)
        ),
    ]
    assert {each.status for each in compliance.requirements} == {ON_TRACK}
    only_groups = evolve(there, trainees=(), sessions=sessions[:2])
    teams = [each.group for each in checked(only_groups, [], AFTER_MARCH).requirements[:4]]
    assert teams == ["B", "B", "A", "A"]


def test_the_rate_of_attendance_leaves_the_excused_out() -> None:
    people = ["RM-01", "RM-02", "RM-03"]
    there = evolve(STUDIES, trainees=map(Trainee, people))
    records = [
        *(attended(id, person="RM-01") for id in (JANUARY, FEBRUARY)),
        attended(JANUARY, LATE, "RM-02"),
        attended(FEBRUARY, EXCUSED, "RM-02"),
        attended(JANUARY, ABSENT, "RM-03"),
    ]
    compliance = checked(there, records, AFTER_FEBRUARY)
    rates = [compliance.rate_of(person) for person in people]
    assert rates == [AttendanceRate(2, 2), AttendanceRate(1, 1), AttendanceRate(0, 2)]
    assert compliance.attendance_rate == AttendanceRate(3, 5)
    assert compliance.attendance_rate.rate == Decimal("0.6")
    assert compliance.status is BREACHED
    assert compliance.people == tuple(people)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_rate_is_rounded_half_to_even(attended: int, missed: int) -> None:
    expected = attended + missed
    exact = Decimal(attended) / Decimal(expected)
    assert AttendanceRate(attended, expected).rate == exact.quantize(
        Decimal("0.0001"), ROUND_HALF_EVEN
    )


def test_a_rate_at_the_half() -> None:
    assert AttendanceRate(1, 20_000).rate == Decimal(0)
    assert AttendanceRate(3, 20_000).rate == Decimal("0.0002")


TWO = scheduled(
    plan(
        activity("study", ActivityKind.STUDY, MONTHLY),
        activity("test", ActivityKind.TEST, MONTHLY),
        activity(
            "report", ActivityKind.REPORT, Quota(1, 2, per=CalendarSpan.QUARTER), per_person=True
        ),
        targets=[Target(ActivityKind.STUDY, 2, unit=TargetUnit.DAYS, per=CalendarSpan.QUARTER)],
    ),
    *(session("study", month, 15) for month in (1, 2, 4)),
    *(session("test", month, 25) for month in (1, 2)),
    *(session("report", 2, 10, person=person) for person in ("RM-01", "RM-02")),
    trainees=["RM-01", "RM-02"],
)
TWO_ENDS = date(2026, 3, 1)


@st.composite
def records_of_two(draw: st.DrawFn) -> list[Record]:
    """Records of the first two months that do not contradict one another."""
    found: list[Record] = []
    for person in ("RM-01", "RM-02"):
        for id in ("study/2026-01-15", "study/2026-02-15", "test/2026-01-25", "test/2026-02-25"):
            status = draw(st.none() | st.sampled_from(AttendanceStatus))
            if status is not None:
                found.append(attended(id, status, person))
            if id.startswith("test") and status in (None, PRESENT, LATE) and draw(st.booleans()):
                found.append(TestResult(id, person, score=draw(st.integers(0, 100))))
        days = draw(st.sets(st.dates(YEAR.first, TWO_ENDS), max_size=3))
        found += (Delivered("report", person, on=day) for day in days)
    return found


@given(records_of_two(), st.randoms(use_true_random=False))
def test_neither_the_order_nor_a_repetition_makes_a_difference(
    records: list[Record], random: Any
) -> None:
    again = [*records, *(record for record in records if random.random() < 0.5)]
    random.shuffle(again)
    assert checked(TWO, iter(again), TWO_ENDS) == checked(TWO, records, TWO_ENDS)


@given(records_of_two())
def test_what_is_counted_is_what_was_recorded(records: list[Record]) -> None:
    compliance = checked(TWO, records, TWO_ENDS)
    for person in ("RM-01", "RM-02"):
        own = [record for record in records if record.person == person]
        for each in compliance.of(person):
            counts = each.counts
            if each.activity == "report":
                assert list(each.delivered_on) == sorted(
                    record.on
                    for record in own
                    if isinstance(record, Delivered) and record.on in each.period
                )
                assert counts.done == len(each.delivered_on)
            elif each.activity is not None:
                held = {record.session for record in own if not isinstance(record, Delivered)}
                statuses = [id for id in held if id.startswith(each.activity)]
                assert counts.unrecorded == 2 - len(statuses)
                assert counts.done == counts.present + counts.late
                rest = counts.absent + counts.unrecorded + counts.to_come
                assert counts.needed == counts.done + rest
            assert (each.status is MET) == (
                counts.done >= counts.needed
                if each.activity != "test" and each.activity != "study"
                else counts.done == counts.needed
            )
    worst = max(compliance.requirements, key=lambda each: list(ComplianceStatus).index(each.status))
    assert compliance.status is worst.status


@given(records_of_two())
def test_an_absence_never_helps(records: list[Record]) -> None:
    before = checked(TWO, records, TWO_ENDS)
    absent = [
        evolve(record, status=ABSENT)
        if isinstance(record, Attendance) and record.session.startswith("study")
        else record
        for record in records
    ]
    after = checked(TWO, absent, TWO_ENDS)
    order = list(ComplianceStatus)
    for was, now in zip(before.requirements, after.requirements, strict=True):
        assert order.index(now.status) >= order.index(was.status)


def test_a_year_of_a_vip_team_in_which_everybody_did_everything() -> None:
    year = schedule(
        VIP_SERVICE,
        YEAR,
        calendar=WorkCalendar(),
        groups=[Group("branch", [Trainee("RM-01"), Trainee("RM-02")])],
    )
    records: list[Record] = [
        attended(each.id, person=person)
        for each in year.sessions
        if each.person is None
        for person in year.attendees(each)
    ]
    records += (
        Delivered(each.activity, each.person, on=each.on)
        for each in year.sessions
        if each.person is not None
    )
    compliance = checked(year, records, YEAR.last)
    assert compliance.status is MET
    assert compliance.attendance_rate.rate == 1
    study_days = [each for each in compliance.of("RM-01") if each.kind is ActivityKind.STUDY]
    assert [each.counts.done for each in study_days] == [12]
    middle = checked(year, [], date(2026, 1, 1))
    asked = [each for each in middle.requirements if each.counts.needed]
    assert {each.status for each in asked} <= {ON_TRACK, SHORT}
    for_nothing = {each.activity for each in middle.requirements if not each.counts.needed}
    assert for_nothing == {"consolidation-request", "self-study"}


CANCELLED = evolve(STUDIES, sessions=STUDIES.sessions[1:], cancelled=STUDIES.sessions[:1])
PLACE = 'schedule of "plan 1" for 2026-01-01..2026-12-31: '
DELIVERY = 'delivery of "report" by "RM-01" on 2026-01-05: '


@pytest.mark.parametrize(
    ("there", "records", "on", "message"),
    [
        (
            STUDIES,
            [attended("study/2026-01-16")],
            AFTER_MARCH,
            f'{PLACE}attendance of "RM-01" at "study/2026-01-16": there is no such session; did '
            'you mean "study/2026-01-15"?',
        ),
        (
            STUDIES,
            [attended("學習")],
            AFTER_MARCH,
            f'{PLACE}attendance of "RM-01" at "學習": there is no such session; give the id of one '
            "of its sessions",
        ),
        (
            CANCELLED,
            [attended(JANUARY)],
            AFTER_MARCH,
            f'{PLACE}attendance of "RM-01" at "study/2026-01-15": the session is cancelled; leave '
            "the record out, or schedule the session again",
        ),
        (
            STUDIES,
            [attended(JANUARY, person="RM-02")],
            AFTER_MARCH,
            f'{PLACE}attendance of "RM-02" at "study/2026-01-15": "RM-02" is not a participant '
            'of the session; did you mean "RM-01"?',
        ),
        (
            STUDIES,
            [attended(JANUARY, person="王")],
            AFTER_MARCH,
            f'{PLACE}attendance of "王" at "study/2026-01-15": "王" is not a participant of the '
            "session; name one of its participants",
        ),
        (
            STUDIES,
            [attended(FEBRUARY)],
            date(2026, 2, 14),
            f'{PLACE}attendance of "RM-01" at "study/2026-02-15": the session takes place on '
            "2026-02-15, after 2026-02-14; leave the record out, or check on a later day",
        ),
        (
            STUDIES,
            [attended(JANUARY, ABSENT), attended(JANUARY, PRESENT)],
            AFTER_MARCH,
            f'{PLACE}attendance of "RM-01" at "study/2026-01-15": it is both present and absent; '
            "keep one of them",
        ),
        (
            STUDIES,
            [TestResult(JANUARY, "RM-01", score=50)],
            AFTER_MARCH,
            f'{PLACE}result of "RM-01" at "study/2026-01-15": "study" is a study; give results of '
            "tests only",
        ),
        (
            TWO,
            [TestResult("test/2026-01-26", "RM-01", score=50)],
            AFTER_MARCH,
            f'{PLACE}result of "RM-01" at "test/2026-01-26": there is no such session; did you '
            'mean "test/2026-01-25"?',
        ),
        (
            TWO,
            [TestResult("test/2026-01-25", "RM-01", score=score) for score in (82, "7.50")],
            AFTER_MARCH,
            f'{PLACE}result of "RM-01" at "test/2026-01-25": the score is both 7.5 and 82; keep '
            "one of them",
        ),
        (
            TWO,
            [
                TestResult("test/2026-01-25", "RM-01", score=82),
                attended("test/2026-01-25", EXCUSED),
            ],
            AFTER_MARCH,
            f'{PLACE}result of "RM-01" at "test/2026-01-25": the attendance is excused; correct '
            "one of them",
        ),
        (
            TWO,
            [attended("report/2026-02-10/person:RM-01")],
            AFTER_MARCH,
            f'{PLACE}attendance of "RM-01" at "report/2026-02-10/person:RM-01": "report" is '
            "delivered, not attended; give a Delivered in its place",
        ),
        (
            DUE,
            [Delivered("reports", "RM-01", on=date(2026, 1, 5))],
            AFTER_MARCH,
            f'{PLACE}delivery of "reports" by "RM-01" on 2026-01-05: there is no such activity; '
            'did you mean "report"?',
        ),
        (
            DUE,
            [Delivered("發言", "RM-01", on=date(2026, 1, 5))],
            AFTER_MARCH,
            f'{PLACE}delivery of "發言" by "RM-01" on 2026-01-05: there is no such activity; give '
            "the id of one of the plan",
        ),
        (
            TWO,
            [Delivered("study", "RM-01", on=date(2026, 1, 5))],
            AFTER_MARCH,
            f'{PLACE}delivery of "study" by "RM-01" on 2026-01-05: "study" is not delivered; give '
            "an Attendance of its session in its place",
        ),
        (
            DUE,
            [Delivered("report", "RM-O1", on=date(2026, 1, 5))],
            AFTER_MARCH,
            f'{PLACE}delivery of "report" by "RM-O1" on 2026-01-05: nobody is "RM-O1"; did you '
            'mean "RM-01"?',
        ),
        (
            DUE,
            [Delivered("report", "王", on=date(2026, 1, 5))],
            AFTER_MARCH,
            f'{PLACE}delivery of "report" by "王" on 2026-01-05: nobody is "王"; name somebody who '
            "is trained",
        ),
        (
            DUE,
            [Delivered("report", "RM-01", on=date(2025, 12, 31))],
            AFTER_MARCH,
            f'{PLACE}delivery of "report" by "RM-01" on 2025-12-31: the day is not in the period; '
            "leave the record to the schedule that has the day",
        ),
        (
            DUE,
            [Delivered("report", "RM-01", on=date(2026, 1, 5))],
            date(2026, 1, 4),
            f"{PLACE}{DELIVERY}the day is after 2026-01-04; leave the record out, or check on a "
            "later day",
        ),
    ],
)
def test_a_record_that_does_not_fit_is_rejected(
    there: Schedule, records: list[Record], on: date, message: str
) -> None:
    for given_in in (records, records[::-1]):
        with pytest.raises(TrainingError) as caught:
            checked(there, given_in, on)
        assert str(caught.value) == message


def test_a_report_by_the_calendar_is_attended() -> None:
    monthly = plan(activity("report", ActivityKind.REPORT, MONTHLY, per_person=True))
    there = scheduled(monthly, session("report", 1, 15, person="RM-01"))
    with pytest.raises(TrainingError, match="give an Attendance of its session in its place"):
        checked(there, [Delivered("report", "RM-01", on=date(2026, 1, 15))], AFTER_MARCH)
    record = attended("report/2026-01-15/person:RM-01")
    assert checked(there, [record], AFTER_MARCH).status is MET


COMPLIANCE = checked(STUDIES, [], AFTER_MARCH)


@pytest.mark.parametrize(
    ("person", "message"),
    [
        ("RM-1", 'compliance with "plan 1" on 2026-03-16: nobody is "RM-1"; did you mean "RM-01"?'),
        ("王", 'compliance with "plan 1" on 2026-03-16: nobody is "王"; name somebody who is'),
        (None, 'compliance with "plan 1" on 2026-03-16: nobody is "None"; name somebody who is'),
        (["RM-01"], 'compliance with "plan 1" on 2026-03-16: nobody is "[\'RM-01\']"; '),
    ],
)
def test_who_is_not_trained_is_rejected(person: Any, message: str) -> None:
    for ask in (COMPLIANCE.of, COMPLIANCE.rate_of):
        with pytest.raises(TrainingError) as caught:
            ask(person)
        assert str(caught.value).startswith(message)


NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
NONE_NEEDED = Counts(needed=0, done=0, to_come=0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: Attendance("", "RM-01", status=PRESENT),
            "Attendance: session is ''; allowed: the id of a session, a line of at most",
        ),
        (
            lambda: Attendance("study\n", "RM-01", status=PRESENT),
            "Attendance: session is 'study\\n'; allowed: the id of a session, a line of at most",
        ),
        (
            lambda: Attendance("study", " RM-01", status=PRESENT),
            "Attendance: person is ' RM-01'; allowed: a non-empty string of at most 200",
        ),
        (
            lambda: Attendance("study", "RM-01", status="there"),
            "Attendance: status is 'there'; allowed: AttendanceStatus.PRESENT or ",
        ),
        (
            lambda: TestResult("test", "RM-01", score=82.5),  # type: ignore[arg-type]
            "TestResult: score is 82.5; allowed: a Decimal, an int or a string such as '2.5' "
            "from 0 to 100",
        ),
        (
            lambda: TestResult("test", "RM-01", score=101),
            "TestResult: score is Decimal('101'); allowed: a Decimal, an int or a string",
        ),
        (
            lambda: TestResult("test", "RM-01", score="八十"),
            "TestResult: score is '八十'; allowed: a Decimal, an int or a string",
        ),
        (
            lambda: Delivered("report", "RM-01", on=NOON),
            "Delivered: on is datetime.datetime(2026, 1, 1, 12, 0, tzinfo=datetime.timezone.utc)",
        ),
        (
            lambda: Delivered("report", "RM-01", on=date(2026, 1, 1), number=0),
            "Delivered: number is 0; allowed: an int from 1 to 1000000",
        ),
        (
            lambda: Delivered("", "RM-01", on=date(2026, 1, 1)),
            "Delivered: activity is ''; allowed: a non-empty string",
        ),
        (
            lambda: Counts(needed=-1, done=0, to_come=0),
            "Counts: needed is -1; allowed: an int from 0",
        ),
        (
            lambda: Requirement(
                period=YEAR,
                status=MET,
                counts=NONE_NEEDED,
                delivered_on="2026-01-01",  # type: ignore[arg-type]
            ),
            "Requirement: delivered_on is '2026-01-01'; allowed: a list of dates",
        ),
        (
            lambda: Requirement(period=YEAR, status=MET, counts=NONE_NEEDED, decided_by=5),  # type: ignore[arg-type]
            "Requirement: decided_by is 5; allowed: None, or the id of a session",
        ),
        (
            lambda: AttendanceRate(2, 1),
            "AttendanceRate: expected is 1; allowed: at least attended (2)",
        ),
        (
            lambda: AttendanceRate(True, 1),
            "AttendanceRate: attended is True; allowed: an int from 0",
        ),
        (
            lambda: Compliance(STUDY, YEAR, on=NOON),
            "Compliance: on is datetime.datetime(2026, 1, 1, 12, 0, tzinfo=datetime.timezone.utc)",
        ),
        (
            lambda: check_compliance(STUDY, [], on=AFTER_MARCH),  # type: ignore[arg-type]
            "check_compliance: schedule is ",
        ),
        (
            lambda: check_compliance(STUDIES, [], on=NOON),
            f"check_compliance: on is {NOON!r}; allowed: a datetime.date such as date(2025, 3, 2), "
            "no datetime and no string",
        ),
        (
            lambda: check_compliance(STUDIES, "出席", on=AFTER_MARCH),  # type: ignore[arg-type]
            f"check_compliance: records is '出席'; allowed: {RECORDS}",
        ),
        (
            lambda: check_compliance(STUDIES, None, on=AFTER_MARCH),  # type: ignore[arg-type]
            f"check_compliance: records is None; allowed: {RECORDS}",
        ),
        (
            lambda: check_compliance(STUDIES, [YEAR], on=AFTER_MARCH),  # type: ignore[list-item]
            "check_compliance: records[0] is Period(",
        ),
    ],
)
def test_what_does_not_fit_is_rejected(call: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        call()
    assert str(caught.value).startswith(message)


def test_records_and_compliance_are_values() -> None:
    records = {attended(JANUARY), TestResult("t", "p", score=1), TestResult("t", "p", score="1.0")}
    assert len(records) == 2
    twin = checked(STUDIES, [], AFTER_MARCH)
    assert twin == COMPLIANCE
    assert hash(twin) == hash(COMPLIANCE)
    assert repr(COMPLIANCE).startswith("Compliance(plan=plan 1, period=Period(")


def test_a_target_asks_in_proportion_for_the_year_of_hiring() -> None:
    people = [Trainee("old", date(2020, 1, 6)), Trainee("new", date(2026, 3, 2))]
    made = schedule(VIP_SERVICE, YEAR, calendar=WorkCalendar(), trainees=people)
    compliance = check_compliance(made, [], on=date(2026, 1, 1))
    asked = {
        who: [each.counts.needed for each in compliance.of(who) if each.kind]
        for who in ("old", "new")
    }
    # From 2 March there are 219 of the 261 working days of 2026: 10.07 of 12 days.
    assert asked == {"old": [12], "new": [10]}
    (target,) = (each for each in compliance.of("new") if each.kind)
    assert target.proportion == Proportion(12, present=219, whole=261)


def test_what_the_period_cuts_asks_for_nothing() -> None:
    made = schedule(
        VIP_SERVICE, Period.quarter(2026, 2), calendar=WorkCalendar(), trainees=[Trainee("RM-01")]
    )
    compliance = check_compliance(made, [], on=date(2026, 4, 1))
    assert {each.activity for each in compliance.requirements if not each.person} == {
        "consolidation-request"
    }
    assert "report" not in {each.activity for each in compliance.of("RM-01")}


MONTHLY_REPORTS = plan(
    activity("report", ActivityKind.REPORT, Quota(1, per=CalendarSpan.MONTH), per_person=True),
    targets=[Target(ActivityKind.REPORT, 1, unit=TargetUnit.SESSIONS, per=CalendarSpan.MONTH)],
)


def reports(*trainees: Trainee) -> Schedule:
    """Reports due on 16 January, 16 February and 17 March."""
    return schedule(
        MONTHLY_REPORTS, Period.quarter(2026, 1), calendar=WorkCalendar(), trainees=trainees
    )


def statuses_of(made: Schedule, records: list[Record], on: date) -> list[tuple[str, int]]:
    compliance = check_compliance(made, records, on=on)
    return [(each.status.value, each.counts.to_come) for each in compliance.of("RM-01")]


def test_diligence_in_one_month_is_no_shortfall_in_the_next() -> None:
    early = [Delivered("report", "RM-01", on=date(2026, 1, day)) for day in (5, 6, 7)]
    statuses = statuses_of(reports(Trainee("RM-01")), list(early), date(2026, 1, 20))
    assert statuses == [("met", 0), ("on-track", 1), ("on-track", 1)] * 2


def test_what_is_due_today_is_to_come() -> None:
    statuses = statuses_of(reports(Trainee("RM-01")), [], date(2026, 1, 16))
    assert statuses == [("on-track", 1)] * 6


def test_what_is_due_on_no_day_is_short() -> None:
    made = schedule(
        MONTHLY_REPORTS,
        Period.quarter(2026, 1),
        calendar=WorkCalendar(),
        trainees=[Trainee("RM-01")],
        blackouts=Period.month(2026, 2),
    )
    statuses = statuses_of(made, [], date(2026, 1, 5))
    assert statuses == [("on-track", 1), ("short", 0), ("on-track", 1)] * 2


def test_nothing_counts_before_the_day_of_hiring() -> None:
    made = reports(Trainee("RM-01"))
    hired = evolve(made, trainees=[Trainee("RM-01", date(2026, 3, 1))])
    assert statuses_of(hired, [], date(2026, 2, 20)) == [("on-track", 1)] * 2
    with pytest.raises(TrainingError) as caught:
        check_compliance(
            hired,
            [Delivered("report", "RM-01", on=date(2026, 1, 2))],
            on=date(2026, 3, 1),
        )
    assert str(caught.value).endswith(
        'delivery of "report" by "RM-01" on 2026-01-02: "RM-01" was hired on 2026-03-01, after '
        "2026-01-02; correct the day, or hired_on"
    )
    team = schedule(
        VIP_SERVICE, YEAR, calendar=WorkCalendar(), trainees=[Trainee("RM-01", date(2026, 3, 1))]
    )
    early = Attendance("study/2026-01-15", "RM-01", status=PRESENT)
    with pytest.raises(TrainingError, match="was hired on 2026-03-01, after 2026-01-15"):
        check_compliance(team, [early], on=YEAR.last)


def test_what_a_team_has_to_hold() -> None:
    made = schedule(
        VIP_SERVICE, YEAR, calendar=WorkCalendar(), groups=[Group("A", []), Group("B", [])]
    )
    compliance = check_compliance(made, [], on=YEAR.first)
    assert {each.group for each in compliance.of_team("A")} == {"A"}
    assert compliance.of_team() == ()
    message = r"^Compliance\.of_team: group is 5; allowed: the id of a group, or None$"
    with pytest.raises(FieldError, match=message):
        compliance.of_team(5)  # type: ignore[arg-type]


TEAM_REPORT = activity("minutes", ActivityKind.REPORT, Quota(2, 2, per=CalendarSpan.YEAR))
THREE_REPORTS = Target(ActivityKind.REPORT, 3, unit=TargetUnit.SESSIONS, per=CalendarSpan.YEAR)


def of_teams(targets: Iterable[Target] = ()) -> Schedule:
    """Two teams, each with two reports due in the year; RM-03 is in the second."""
    return schedule(
        plan(TEAM_REPORT, targets=targets),
        YEAR,
        calendar=WorkCalendar(),
        groups=[
            Group("A", [Trainee("RM-01"), Trainee("RM-02")]),
            Group("B", [Trainee("RM-03")]),
        ],
    )


def minutes_by(person: str, month: int) -> Delivered:
    return Delivered("minutes", person, on=date(2026, month, 4))


@pytest.mark.parametrize(
    ("delivered", "on", "compliance_status", "done"),
    [
        ([], date(2026, 3, 31), ON_TRACK, 0),
        ([], date(2026, 6, 30), SHORT, 0),
        ([minutes_by("RM-02", 3)], date(2026, 6, 30), ON_TRACK, 1),
        ([minutes_by("RM-03", 3)], date(2026, 6, 30), SHORT, 0),
        ([minutes_by("RM-02", 9), minutes_by("RM-01", 3)], date(2026, 10, 31), MET, 2),
        ([minutes_by("RM-01", 3), minutes_by("RM-01", 9)], date(2027, 1, 1), MET, 2),
        ([minutes_by("RM-01", 3)], date(2027, 1, 1), BREACHED, 1),
    ],
)
def test_whoever_delivers_for_a_team_delivers_for_all_of_it(
    delivered: list[Delivered], on: date, compliance_status: ComplianceStatus, done: int
) -> None:
    compliance = checked(of_teams(), delivered, on)
    (requirement,) = compliance.of_team("A")
    assert requirement.status is compliance_status
    assert requirement.counts.done == done
    mine = [each.on for each in delivered if each.person != "RM-03"]
    assert list(requirement.delivered_on) == sorted(mine)
    for person in ("RM-01", "RM-02", "RM-03"):
        assert compliance.of(person) == ()
        assert compliance.rate_of(person).rate is None


def test_a_target_of_what_is_delivered_for_a_team_is_the_team_s() -> None:
    made = of_teams([THREE_REPORTS])
    records = [minutes_by("RM-01", 2), minutes_by("RM-02", 3)]
    before = checked(made, records, date(2026, 3, 31))
    (of_quota, of_target) = before.of_team("A")
    assert (of_quota.status, of_target.status) == (MET, SHORT)
    assert (of_target.counts.needed, of_target.counts.done) == (3, 2)
    after = checked(made, [*records, minutes_by("RM-02", 4)], date(2026, 4, 30))
    assert [each.status for each in after.of_team("A")] == [MET, MET]
    assert {each.person for each in after.requirements} == {None}
    assert made.shortfalls == tuple(each for each in made.shortfalls if each.kind is not None)


def test_what_is_delivered_for_a_team_is_not_attended() -> None:
    made = of_teams()
    due = next(each for each in made.sessions if each.group == "A")
    with pytest.raises(TrainingError, match='"minutes" is delivered, not attended; give a Deliv'):
        checked(made, [attended(due.id, person="RM-01")], YEAR.last)


def test_a_talk_to_a_team_is_attended() -> None:
    talk = plan(activity("talk", ActivityKind.TALK, Quota(1, per=CalendarSpan.YEAR)))
    made = schedule(talk, YEAR, calendar=WorkCalendar(), trainees=[Trainee("RM-01")])
    (session,) = made.sessions
    compliance = checked(made, [attended(session.id)], YEAR.last)
    assert [each.status for each in compliance.requirements] == [MET, MET]


def test_compliance_as_rows_of_plain_values() -> None:
    made = schedule(
        VIP_SERVICE, YEAR, calendar=WorkCalendar(), trainees=[Trainee("RM-01", date(2026, 3, 2))]
    )
    compliance = check_compliance(made, [], on=date(2026, 4, 1))
    rows = compliance.rows
    assert len(rows) == len(compliance.requirements)
    assert {tuple(row) for row in rows} == {tuple(rows[0])}
    plain = (str, int, date, type(None))
    assert {type(value) for row in rows for value in row.values()} <= set(plain)
    (target,) = (row for row in rows if row["person"] and row["kind"])
    assert target == {
        "plan": "vip-service",
        "edition": VIP_SERVICE.edition,
        "on": date(2026, 4, 1),
        "first": YEAR.first,
        "last": YEAR.last,
        "extended_to": None,
        "group": None,
        "person": "RM-01",
        "activity": None,
        "kind": "study",
        "unit": "days",
        "status": "short",
        "asked": 12,
        "missing": 10,
        "needed": 10,
        "done": 0,
        "to_come": 9,
        "present": 0,
        "late": 0,
        "absent": 0,
        "excused": 0,
        "unrecorded": 0,
        "made_up": 0,
        "late_absences": 0,
        "waived": 2,
        "present_days": "219",
        "whole_days": 261,
        "decided_by": None,
        "decided_on": None,
    }
