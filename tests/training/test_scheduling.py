"""Scheduling: the plans of the source in mainland China's 2026, and each rule by a small case."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from itertools import islice, pairwise
from typing import Any

import pytest
from attrs import evolve

from cmappraisal import (
    ERROR_POINTS,
    Adjustment,
    AppraisalError,
    CalendarSpan,
    FieldError,
    Period,
    Text,
    WorkCalendar,
)
from cmappraisal.training import (
    ASK,
    VENUE_TEAM,
    VIP_SERVICE,
    Activity,
    ActivityKind,
    Cadence,
    CareerStage,
    Cause,
    Course,
    Curriculum,
    Domain,
    Group,
    PresenceTerms,
    Quota,
    Schedule,
    Shortfall,
    ShortfallCause,
    Target,
    TargetUnit,
    Trainee,
    TrainingError,
    TrainingPlan,
    UnknownCourseError,
    ask,
    join_schedules,
    reschedule,
    schedule,
    schedule_each,
    vip_service,
)


def days(*texts: str) -> list[date]:
    """Days written as ``2026-02-15``, or as ``2026-02-15..2026-02-23``."""
    found: list[date] = []
    for text in texts:
        first, _, last = text.partition("..")
        found += Period(date.fromisoformat(first), date.fromisoformat(last or first))
    return found


YEAR = Period.year(2026)
CHINA = WorkCalendar(
    holidays=days(
        "2026-01-01..2026-01-03",
        "2026-02-15..2026-02-23",
        "2026-04-04..2026-04-06",
        "2026-05-01..2026-05-05",
        "2026-06-19..2026-06-21",
        "2026-09-25..2026-09-27",
        "2026-10-01..2026-10-07",
    ),
    workdays=days(
        "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"
    ),
)
TEXT = Text("活動", "活动", en="activity")
COURSES = Curriculum(
    "few",
    "1",
    text=TEXT,
    courses=[Course(id, TEXT, domain=Domain.SKILL) for id in ("a", "b", "c")],
)
WEEKDAYS = WorkCalendar()


def plan(*activities: Activity, targets: Any = (), day_length: int = 480) -> TrainingPlan:
    return TrainingPlan(
        "plan",
        "1",
        text=TEXT,
        curriculum=COURSES,
        activities=activities,
        targets=targets,
        day_length=day_length,
    )


HIRED = date(2019, 7, 1)


def activity(id: str = "study", timing: Any = None, **fields: Any) -> Activity:
    fields.setdefault("kind", ActivityKind.STUDY)
    return Activity(id, TEXT, timing=timing or Cadence("FREQ=MONTHLY;BYMONTHDAY=15"), **fields)


def lines_of(made: Schedule, id: str = "study") -> list[str]:
    """Sessions as ``planned -> day: cause``."""
    return [
        f"{each.planned_on:%m-%d}"
        + (f" -> {each.on:%m-%d}: {each.cause.value}" if each.cause else "")
        for each in made.sessions
        if each.activity == id
    ]


@pytest.mark.parametrize(
    ("id", "sessions"),
    [
        (
            "study",
            [
                *("01-15", "02-15 -> 02-14: day-off", "03-15 -> 03-16: day-off", "04-15"),
                *("05-15", "06-15", "07-15", "08-15 -> 08-14: day-off", "09-15", "10-15"),
                *("11-15 -> 11-16: day-off", "12-15"),
            ],
        ),
        (
            "test",
            [
                *("01-25 -> 01-26: day-off", "02-25", "03-25", "04-25 -> 04-27: day-off"),
                *("05-25", "06-25", "07-25 -> 07-27: day-off", "08-25"),
                *("09-25 -> 09-28: day-off", "10-25 -> 10-26: day-off", "11-25", "12-25"),
            ],
        ),
        ("consultancy-workshop", ["02-14 -> 02-13: full"]),
        ("service-competition", ["05-22"]),
    ],
)
def test_the_year_of_a_vip_service_team_in_mainland_china(id: str, sessions: list[str]) -> None:
    made = schedule(VIP_SERVICE, YEAR, calendar=CHINA)
    assert made.shortfalls == ()
    assert lines_of(made, id) == sessions


def test_a_meeting_each_working_day() -> None:
    made = schedule(VIP_SERVICE, YEAR, calendar=CHINA)
    meetings = [each.on for each in made.sessions if each.activity == "morning-meeting"]
    assert meetings == [day for day in YEAR if CHINA.is_working_day(day)]
    assert len(meetings) == 248


def test_what_takes_turns_in_a_year_is_spread_over_it() -> None:
    made = schedule(VIP_SERVICE, YEAR, calendar=CHINA, trainees=[Trainee("RM-01")])
    ids = ("consultancy-workshop", "service-competition", "report", "talk")
    quarters = [each.on.month // 3.0001 for each in made.sessions if each.activity in ids]
    assert [int(quarter) for quarter in quarters] == [0, 1, 2, 3]


def test_a_year_of_study_covers_every_topic() -> None:
    made = schedule(VIP_SERVICE, YEAR, calendar=CHINA)
    taught = [each.courses for each in made.sessions if each.activity == "study"]
    in_turn = list(VIP_SERVICE.curriculum)[:7]
    in_turn.remove("monthly-programme")
    assert taught == [(topic, "monthly-programme") for topic in [*in_turn, *in_turn]]


def test_the_ask_plan_follows_each_person_from_the_day_of_hiring() -> None:
    needs = ["negotiation", "teamwork", "equipment", "approaching-customers"]
    made = schedule(
        ASK,
        YEAR,
        calendar=CHINA,
        trainees=[
            Trainee("new", date(2026, 3, 2), needs=needs),
            Trainee("old", date(2019, 7, 1), needs=["public-speaking"]),
            Trainee("next", date(2026, 12, 1), needs=needs),
        ],
    )
    assert made.shortfalls == ()
    by_person: dict[str, list[Any]] = {
        who: [(each.activity, each.on, *each.courses) for each in made.of(who) if each.person]
        for who in ("new", "old", "next")
    }
    knowledge = [each for each in by_person["new"] if each[0] == "knowledge"]
    assert [each[2] for each in knowledge] == list(ASK.activity("knowledge").courses)
    assert [each[2] for each in knowledge][:2] == ["bank-culture", "products-and-services"]
    assert all(date(2026, 3, 2) <= each[1] < date(2026, 4, 2) for each in knowledge)
    # What onboarding taught comes again where it is needed, once onboarding is over.
    again = [each for each in by_person["new"] if each[0] == "knowledge-refresher"]
    assert [each[2] for each in again] == ["equipment"]
    attitudes = [each for each in by_person["new"] if each[0] == "attitude-refresher"]
    assert [each[2] for each in attitudes] == ["teamwork"]
    assert all(each[1] >= date(2026, 4, 2) for each in [*again, *attitudes])
    # Skill waits for June, and the basic course comes first, though the other is needed more.
    assert [each[2] for each in by_person["new"] if each[0] == "skill"] == [
        "approaching-customers",
        "negotiation",
    ]
    assert all(each[1] >= date(2026, 6, 2) for each in by_person["new"] if each[0] == "skill")
    assert [each[0] for each in by_person["old"]] == ["skill"]
    assert [each[0] for each in by_person["next"]] == ["knowledge"] * 8
    attitude = [each for each in made.sessions if each.activity == "attitude"]
    assert len(attitude) == 12
    assert {course for each in attitude for course in each.courses} == set(
        ASK.activity("attitude").courses
    )


def untaken(made: Schedule) -> list[tuple[str | None, str | None, int]]:
    """The courses that people need and no activity takes."""
    causes = {each.cause for each in made.shortfalls if each.course is not None}
    assert causes <= {ShortfallCause.NOT_BY_NEED}
    found = [each for each in made.shortfalls if each.course is not None]
    return [(each.person, each.course, each.missing) for each in found]


def test_a_need_that_no_activity_takes_is_a_shortfall() -> None:
    needs = ["teamwork", "negotiation", "equipment", "bank-culture"]
    people = [Trainee("RM-01", HIRED, needs=needs), Trainee("RM-02", HIRED, needs=["equipment"])]
    for plan, found in (
        (ASK, []),
        (
            ask(refresher=False),
            [
                ("RM-01", "teamwork", 1),
                ("RM-01", "equipment", 1),
                ("RM-01", "bank-culture", 1),
                ("RM-02", "equipment", 1),
            ],
        ),
    ):
        made = schedule(plan, YEAR, calendar=CHINA, trainees=people)
        assert untaken(made) == found
        assert {each.period for each in made.shortfalls} <= {YEAR}


@pytest.mark.parametrize("rule", ERROR_POINTS)
def test_what_any_violation_calls_for_is_taught_to_whoever_needs_it(rule: str) -> None:
    needs = [course.id for course in ASK.curriculum.remedying(rule)]
    made = schedule(ASK, YEAR, calendar=CHINA, trainees=[Trainee("RM-01", HIRED, needs=needs)])
    taught = {course for each in made.sessions if each.person for course in each.courses}
    assert taught == set(needs) != set()
    assert made.shortfalls == ()


def test_a_need_waits_for_a_stage_that_is_to_come_and_not_for_one_that_is_over() -> None:
    """Taken within a year of hiring: before that it is to come, after that it is over."""
    courses = Curriculum("c", "1", text=TEXT, courses=[Course("a", TEXT, domain=Domain.SKILL)])
    stage = activity("skill", CareerStage(6, 6, needed_only=True), courses=["a"])
    plan = TrainingPlan("p", "1", text=TEXT, curriculum=courses, activities=[stage])
    shortfalls = {
        hired_on: untaken(
            schedule(
                plan,
                YEAR,
                calendar=WEEKDAYS,
                trainees=[Trainee("RM-01", hired_on, needs=["a"])],
            )
        )
        for hired_on in (
            *(date(2024, 12, 31), date(2025, 1, 1), date(2025, 1, 2), date(2026, 12, 1)),
            date(2027, 1, 1),
        )
    }
    assert [bool(each) for each in shortfalls.values()] == [True, True, False, False, False]


def test_a_need_counts_from_the_day_of_hiring() -> None:
    late = Trainee("RM-01", date(2026, 3, 2), needs=["teamwork"])
    made = schedule(ask(refresher=False), YEAR, calendar=CHINA, trainees=[late])
    (shortfall,) = [each for each in made.shortfalls if each.course]
    assert shortfall.period == Period(date(2026, 3, 2), YEAR.last)


def test_a_need_of_another_plan_s_curriculum_is_left_to_that_plan() -> None:
    people = [Trainee("RM-01", HIRED, needs=["teamwork", "service-skills"])]
    made = schedule(VIP_SERVICE, YEAR, calendar=CHINA, trainees=people)
    assert untaken(made) == [("RM-01", "service-skills", 1)]
    nameless = [Trainee("RM-01", needs=["service-skills"])]
    assert untaken(schedule(VIP_SERVICE, YEAR, calendar=CHINA, trainees=nameless)) == [
        ("RM-01", "service-skills", 1)
    ]


def test_a_need_that_no_activity_takes_stays_one_when_sessions_move() -> None:
    people = [Trainee("RM-01", HIRED, needs=["teamwork", "negotiation"])]
    made = schedule(ask(refresher=False), YEAR, calendar=CHINA, trainees=people)
    (skill,) = [each for each in made.sessions if each.activity == "skill"]
    again = reschedule(made, calendar=CHINA, not_before=YEAR.first, blackouts=[skill.on]).schedule
    assert again.session(skill.id).on != skill.on
    assert untaken(again) == untaken(made) == [("RM-01", "teamwork", 1)]


def test_basic_courses_come_before_professional_and_advanced_ones() -> None:
    """Of one level the order is that of the needs, and so it is in a year made again."""
    needs = [
        *("regional-sales", "negotiation", "closing-a-sale", "communication", "sales-etiquette"),
        "channel-management",
    ]
    made = schedule(ASK, YEAR, calendar=CHINA, trainees=[Trainee("RM-01", HIRED, needs=needs)])
    assert [each.courses for each in made.of("RM-01") if each.activity == "skill"] == [
        ("closing-a-sale",),
        ("sales-etiquette",),
        ("negotiation",),
        ("communication",),
        ("regional-sales",),
        ("channel-management",),
    ]


def test_a_stage_that_the_year_cuts_goes_on_in_the_next() -> None:
    trainee = Trainee("new", date(2026, 12, 14))
    taught = [
        each.courses
        for year in (2026, 2027)
        for each in schedule(ASK, Period.year(year), calendar=WEEKDAYS, trainees=[trainee]).sessions
        if each.activity == "knowledge"
    ]
    assert taught == [(course,) for course in ASK.activity("knowledge").courses]


def test_a_venue_team_trains_every_week_on_each_of_five_qualities() -> None:
    made = schedule(VENUE_TEAM, YEAR, calendar=CHINA)
    assert len(made.sessions) == 52
    assert {course for each in made.sessions for course in each.courses} == set(
        VENUE_TEAM.curriculum
    )
    weeks = [each.planned_on.isocalendar().week for each in made.sessions]
    assert all(after == before + 1 for before, after in pairwise(weeks))


@pytest.mark.parametrize(
    ("adjustment", "sessions"),
    [
        (Adjustment.NONE, ["02-15"]),
        (Adjustment.FOLLOWING, ["02-15 -> 02-24: day-off"]),
        (Adjustment.PRECEDING, ["02-15 -> 02-14: day-off"]),
        (Adjustment.MODIFIED_FOLLOWING, ["02-15 -> 02-24: day-off"]),
        (Adjustment.MODIFIED_PRECEDING, ["02-15 -> 02-14: day-off"]),
        (Adjustment.NEAREST, ["02-15 -> 02-14: day-off"]),
        (Adjustment.SKIP, []),
    ],
)
def test_a_study_day_in_the_spring_festival(adjustment: Adjustment, sessions: list[str]) -> None:
    asked = plan(activity(adjustment=adjustment))
    assert lines_of(schedule(asked, Period.month(2026, 2), calendar=CHINA)) == sessions


def test_a_blackout_moves_as_a_day_off_does_with_its_cause() -> None:
    january = Period.month(2026, 1)
    made = schedule(plan(activity()), january, calendar=CHINA, blackouts=days("2026-01-15"))
    assert lines_of(made) == ["01-15 -> 01-16: blackout"]
    off = schedule(
        plan(activity()),
        january,
        calendar=WorkCalendar(range(7), workdays=days("2026-01-20")),
        blackouts=days("2026-01-15"),
    )
    assert lines_of(off) == ["01-15 -> 01-20: day-off"]


FEBRUARY_15 = Cadence("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=15")


@pytest.mark.parametrize(
    ("study", "test", "study_day", "test_day", "causes"),
    [
        # The test waits for its study.
        (
            (FEBRUARY_15, Adjustment.FOLLOWING),
            ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=24", Adjustment.FOLLOWING),
            ["02-15 -> 02-24: day-off"],
            ["02-24 -> 02-25: order"],
            [],
        ),
        # It may not move: its study comes sooner.
        (
            (FEBRUARY_15, Adjustment.FOLLOWING),
            ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=24", Adjustment.NONE),
            ["02-15 -> 02-14: order"],
            ["02-24"],
            [],
        ),
        # It would leave its month: its study comes sooner.
        (
            (Cadence("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31"), Adjustment.FOLLOWING),
            ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31", Adjustment.FOLLOWING),
            ["03-31 -> 03-30: order"],
            ["03-31"],
            [],
        ),
        # Neither may move.
        (
            (FEBRUARY_15, Adjustment.NONE),
            ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=15", Adjustment.NONE),
            ["02-15"],
            ["02-15"],
            [ShortfallCause.ORDER],
        ),
        # There is no study in its month.
        (
            (FEBRUARY_15, Adjustment.SKIP),
            ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=25", Adjustment.FOLLOWING),
            [],
            ["02-25"],
            [],
        ),
    ],
)
def test_study_stays_before_its_test(
    study: tuple[Cadence, Adjustment],
    test: tuple[str, Adjustment],
    study_day: list[str],
    test_day: list[str],
    causes: list[ShortfallCause],
) -> None:
    asked = plan(
        activity(timing=study[0], adjustment=study[1]),
        activity(
            "test", Cadence(test[0]), adjustment=test[1], kind=ActivityKind.TEST, follows="study"
        ),
    )
    made = schedule(asked, YEAR, calendar=CHINA)
    assert (lines_of(made), lines_of(made, "test")) == (study_day, test_day)
    assert [each.cause for each in made.shortfalls] == causes


ONE_WEEK = Period(date(2026, 3, 2), date(2026, 3, 8))


@pytest.mark.parametrize(
    ("count", "sessions"),
    [
        (1, ["03-04"]),
        (2, ["03-03", "03-05"]),
        (3, ["03-02", "03-04", "03-06"]),
        (5, ["03-02", "03-03", "03-04", "03-05", "03-06"]),
    ],
)
def test_a_quota_is_spread_evenly(count: int, sessions: list[str]) -> None:
    asked = plan(activity(timing=Quota(count, per=CalendarSpan.WEEK)))
    assert lines_of(schedule(asked, ONE_WEEK, calendar=WEEKDAYS)) == sessions


def test_a_quota_keeps_off_full_days_with_the_cause() -> None:
    asked = plan(
        activity("day", Cadence("FREQ=WEEKLY;BYDAY=WE"), duration=240, kind=ActivityKind.COURSE),
        activity(timing=Quota(2, per=CalendarSpan.WEEK), duration=240),
        activity("talk", Quota(1, per=CalendarSpan.WEEK), kind=ActivityKind.TALK),
        day_length=300,
    )
    made = schedule(asked, ONE_WEEK, calendar=WEEKDAYS, full_days=days("2026-03-05"))
    assert lines_of(made, "day") == ["03-04"]
    assert lines_of(made) == ["03-02", "03-05 -> 03-06: full"]
    assert lines_of(made, "talk") == ["03-05 -> 03-06: full"]


@pytest.mark.parametrize(
    ("quota", "blackouts", "missing"),
    [
        (Quota(6, per=CalendarSpan.WEEK), [], 1),
        (Quota(2, per=CalendarSpan.WEEK), ["2026-03-02..2026-03-08"], 2),
        (Quota(1, 4, per=CalendarSpan.WEEK, planned=4), ["2026-03-02..2026-03-04"], 2),
        (Quota(0, per=CalendarSpan.WEEK), ["2026-03-02..2026-03-08"], None),
    ],
)
def test_what_is_missing_of_a_quota_is_a_shortfall(
    quota: Quota, blackouts: list[str], missing: int | None
) -> None:
    asked = plan(activity(timing=quota))
    made = schedule(asked, ONE_WEEK, calendar=WEEKDAYS, blackouts=days(*blackouts))
    expected = Shortfall(
        "study", period=ONE_WEEK, missing=missing or 1, cause=ShortfallCause.NO_OPEN_DAY
    )
    assert made.shortfalls == ((expected,) if missing else ())


MARCH = Period.month(2026, 3)


@pytest.mark.parametrize(
    ("timing", "target", "added", "shortfall"),
    [
        # Once a month is two days short of three.
        (
            None,
            Target(ActivityKind.STUDY, 3, unit=TargetUnit.DAYS, per=CalendarSpan.MONTH),
            2,
            None,
        ),
        (
            None,
            Target(ActivityKind.STUDY, 3, unit=TargetUnit.SESSIONS, per=CalendarSpan.MONTH),
            2,
            None,
        ),
        # Sessions of 90 minutes: one there, four hours asked for.
        (
            None,
            Target(ActivityKind.STUDY, 4, unit=TargetUnit.HOURS, per=CalendarSpan.MONTH),
            2,
            None,
        ),
        (
            None,
            Target(ActivityKind.STUDY, 1, unit=TargetUnit.HOURS, per=CalendarSpan.MONTH),
            0,
            None,
        ),
        # The month has 22 working days.
        (
            None,
            Target(ActivityKind.STUDY, 25, unit=TargetUnit.DAYS, per=CalendarSpan.MONTH),
            21,
            (3, ShortfallCause.NO_OPEN_DAY),
        ),
        (
            None,
            Target(ActivityKind.STUDY, 40, unit=TargetUnit.HOURS, per=CalendarSpan.MONTH),
            21,
            (7, ShortfallCause.NO_OPEN_DAY),
        ),
        (
            None,
            Target(ActivityKind.TALK, 2, unit=TargetUnit.DAYS, per=CalendarSpan.MONTH),
            0,
            (2, ShortfallCause.NO_ACTIVITY),
        ),
        (
            Quota(1, 2, per=CalendarSpan.MONTH),
            Target(ActivityKind.STUDY, 3, unit=TargetUnit.DAYS, per=CalendarSpan.MONTH),
            0,
            (2, ShortfallCause.AT_MOST),
        ),
        (
            Quota(1, per=CalendarSpan.MONTH),
            Target(ActivityKind.STUDY, 3, unit=TargetUnit.DAYS, per=CalendarSpan.MONTH),
            2,
            None,
        ),
    ],
)
def test_a_target_has_make_up_sessions_or_a_shortfall(
    timing: Any, target: Target, added: int, shortfall: tuple[int, ShortfallCause] | None
) -> None:
    asked = plan(activity(timing=timing, duration=90), targets=[target])
    made = schedule(asked, MARCH, calendar=WEEKDAYS)
    made_up = [each for each in made.sessions if each.make_up]
    assert len(made_up) == added
    assert len({each.on for each in made.sessions}) == len(made.sessions)
    assert [(each.missing, each.cause) for each in made.shortfalls] == (
        [shortfall] if shortfall else []
    )


def test_an_individual_target_has_individual_make_up_sessions() -> None:
    asked = plan(
        activity(
            "report", Quota(0, per=CalendarSpan.YEAR), kind=ActivityKind.REPORT, per_person=True
        ),
        targets=[Target(ActivityKind.REPORT, 2, unit=TargetUnit.SESSIONS, per=CalendarSpan.YEAR)],
    )
    made = schedule(asked, YEAR, calendar=WEEKDAYS, trainees=[Trainee("A"), Trainee("B")])
    assert [each.person for each in made.sessions] == ["A", "B", "A", "B"]
    assert all(each.id.endswith("make-up") for each in made.sessions)


@pytest.mark.parametrize(
    ("sessions", "taught"),
    [
        (1, [("a", "b", "c")]),
        (2, [("a",), ("b", "c")]),
        (3, [("a",), ("b",), ("c",)]),
        (5, [("a",), ("b",), ("c",), ("a",), ("b",)]),
    ],
)
def test_courses_are_taught_in_turn_and_each_at_least_once(
    sessions: int, taught: list[tuple[str, ...]]
) -> None:
    asked = plan(activity(timing=Quota(sessions, per=CalendarSpan.YEAR), courses=["a", "b", "c"]))
    made = schedule(asked, YEAR, calendar=WEEKDAYS)
    assert [each.courses for each in made.sessions] == taught


def test_each_group_has_sessions_of_its_own_and_nobody_is_left_out() -> None:
    groups = [Group("B", [Trainee("1"), Trainee("2")]), Group("A", [Trainee("3")])]
    asked = plan(activity(), activity("talk", Quota(1, per=CalendarSpan.MONTH), per_person=True))
    made = schedule(asked, MARCH, calendar=WEEKDAYS, groups=groups, trainees=[Trainee("4")])
    assert [each.id for each in made.sessions] == [
        "study/2026-03-15/group:B",
        "study/2026-03-15/group:A",
        "study/2026-03-15",
        "talk/2026-03-17/person:1",
        "talk/2026-03-17/person:2",
        "talk/2026-03-17/person:3",
        "talk/2026-03-17/person:4",
    ]
    assert made.attendees(made.sessions[0]) == ("1", "2")
    assert [each.activity for each in made.of("4")] == ["study", "talk"]
    assert [
        each.group
        for each in schedule(asked, MARCH, calendar=WEEKDAYS, groups=groups).on(date(2026, 3, 16))
    ] == ["B", "A"]


def test_nothing_is_asked_before_the_day_of_hiring() -> None:
    asked = plan(
        activity(),
        activity("talk", Quota(2, per=CalendarSpan.YEAR), per_person=True),
        activity("letter", Cadence("FREQ=MONTHLY;BYMONTHDAY=1"), per_person=True),
    )
    people = [Trainee("old", date(2020, 1, 1)), Trainee("new", date(2026, 10, 15))]
    people += [Trainee("next", date(2027, 1, 4)), Trainee("unknown")]
    asked = evolve(asked, presence=PresenceTerms(reduction="none"))
    made = schedule(asked, YEAR, calendar=WEEKDAYS, trainees=people)
    studied = {
        who: len([each for each in made.of(who) if not each.person])
        for who in ["old", "new", "next", "unknown"]
    }
    assert studied == {"old": 12, "new": 3, "next": 0, "unknown": 12}
    talks = {
        who: [each.on.month for each in made.of(who) if each.activity == "talk"] for who in studied
    }
    assert talks == {"old": [4, 10], "new": [11, 12], "next": [], "unknown": [4, 10]}
    letters = {
        who: len([each for each in made.of(who) if each.activity == "letter"]) for who in studied
    }
    assert letters == {"old": 12, "new": 2, "next": 0, "unknown": 12}


STAGED = plan(
    activity(
        "stage", CareerStage(0, 1), courses=["a", "b", "c"], kind=ActivityKind.COURSE, duration=200
    ),
    day_length=300,
)


def test_a_stage_of_few_days_has_several_courses_on_one_planned_day() -> None:
    calendar = WorkCalendar(range(7), workdays=days("2026-03-10", "2026-03-11", "2026-03-12"))
    made = schedule(STAGED, MARCH, calendar=calendar, trainees=[Trainee("1", date(2026, 3, 1))])
    assert [each.on.day for each in made.sessions] == [10, 11, 12]
    two = evolve(calendar, workdays=days("2026-03-10", "2026-03-11"))
    made = schedule(STAGED, MARCH, calendar=two, trainees=[Trainee("1", date(2026, 3, 1))])
    assert [each.id for each in made.sessions] == [
        "stage/2026-03-10/person:1",
        "stage/2026-03-11/person:1",
    ]
    assert [(each.person, each.missing, each.cause) for each in made.shortfalls] == [
        ("1", 1, ShortfallCause.NO_OPEN_DAY)
    ]
    none = schedule(
        STAGED, MARCH, calendar=WorkCalendar(range(7)), trainees=[Trainee("1", date(2026, 3, 1))]
    )
    assert (none.sessions, none.shortfalls[0].missing) == ((), 3)


@pytest.mark.parametrize(
    ("hired_on", "stage", "count"),
    [
        (date(2026, 3, 31), CareerStage(0, 1), 0),  # All of it is planned for April.
        (date(2025, 3, 31), CareerStage(0, 1), 0),
        (date(2026, 4, 1), CareerStage(0), 0),
        (date(2026, 3, 20), CareerStage(0), 0),  # It is spread over the rest of the year.
        (date(2026, 3, 20), CareerStage(0, 1), 1),
        (date.min, CareerStage(0), 1),
        (date.max, CareerStage(1), 0),
        (date.max, CareerStage(0, 1), 0),
    ],
)
def test_a_stage_has_to_do_with_a_period_or_not(
    hired_on: date, stage: CareerStage, count: int
) -> None:
    asked = plan(activity(timing=stage, courses=["a", "b", "c"]))
    made = schedule(asked, MARCH, calendar=WEEKDAYS, trainees=[Trainee("1", hired_on)])
    assert len(made.sessions) == count
    assert made.shortfalls == ()


def test_the_last_days_of_the_calendar() -> None:
    last = Period(date(9999, 12, 1), date.max)
    made = schedule(VIP_SERVICE, last, calendar=WEEKDAYS, trainees=[Trainee("1")])
    assert made.sessions[-1].on == date.max
    staged = schedule(STAGED, last, calendar=WEEKDAYS, trainees=[Trainee("1", date(9999, 12, 20))])
    assert len(staged.sessions) == 3
    first = schedule(VIP_SERVICE, Period(date.min, date(1, 2, 1)), calendar=WEEKDAYS)
    assert first.sessions[0].on == date.min


def test_a_year_streams_for_any_number_of_teams() -> None:
    teams = (Group(f"team-{number}", [Trainee(f"RM-{number}")]) for number in range(10**9))
    each = schedule_each(VIP_SERVICE, YEAR, calendar=CHINA, groups=teams)
    for number, made in enumerate(islice(each, 3)):
        group = Group(f"team-{number}", [Trainee(f"RM-{number}")])
        assert made == schedule(VIP_SERVICE, YEAR, calendar=CHINA, groups=[group])


def test_blackouts_may_be_a_period() -> None:
    made = schedule(VIP_SERVICE, YEAR, calendar=CHINA, blackouts=Period.month(2026, 7))
    assert not [each for each in made.sessions if each.on.month == 7]
    july = made.session("study/2026-07-15")
    assert (july.on, july.cause) == (date(2026, 6, 30), Cause.BLACKOUT)


NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "call", "message"),
    [
        (
            FieldError,
            lambda: schedule(5, YEAR, calendar=CHINA),  # type: ignore[arg-type]
            "Schedule: plan is 5; allowed: a TrainingPlan",
        ),
        (
            FieldError,
            lambda: schedule(ASK, 2026, calendar=CHINA),  # type: ignore[arg-type]
            "Schedule: period is 2026; allowed: a Period",
        ),
        (
            FieldError,
            lambda: schedule(ASK, YEAR, calendar={}),  # type: ignore[arg-type]
            "Schedule: calendar is {}; allowed: a WorkCalendar",
        ),
        (
            FieldError,
            lambda: schedule(ASK, YEAR, calendar=CHINA, trainees=["RM-01"]),  # type: ignore[list-item]
            "Schedule: trainees is ('RM-01',); allowed: a list of Trainee",
        ),
        (
            FieldError,
            lambda: schedule(ASK, YEAR, calendar=CHINA, groups=[None]),  # type: ignore[list-item]
            "Schedule: groups is (None,); allowed: a list of Group",
        ),
        (
            FieldError,
            lambda: schedule(ASK, YEAR, calendar=CHINA, blackouts=[NOON]),
            "Schedule: blackouts is frozenset({datetime.datetime(2026, 1, 1, 12, 0, tzinfo=dat",
        ),
        (
            FieldError,
            lambda: schedule(ASK, YEAR, calendar=CHINA, full_days=7),  # type: ignore[arg-type]
            "Schedule: full_days is 7; allowed: dates, in any iterable",
        ),
        (
            FieldError,
            lambda: list(schedule_each(ASK, YEAR, calendar=CHINA, groups=["A"])),  # type: ignore[list-item]
            "schedule_each: groups[0] is 'A'; allowed: a Group",
        ),
        (
            FieldError,
            lambda: list(schedule_each(ASK, YEAR, calendar=CHINA, groups=5)),  # type: ignore[arg-type]
            "schedule_each: groups is 5; allowed: an iterable of Group",
        ),
        (
            TrainingError,
            lambda: schedule(
                ASK,
                YEAR,
                calendar=CHINA,
                trainees=[Trainee("1")],
                groups=[Group("A", [Trainee("1")])],
            ),
            'schedule of "ask 1.0" for 2026-01-01..2026-12-31: trainee "1" is there twice; '
            "let everybody be in one group, or in none",
        ),
        (
            TrainingError,
            lambda: schedule(ASK, YEAR, calendar=CHINA, trainees=[Trainee("1")]),
            'trainee "1" has no hired_on, from which activity "knowledge" is reckoned; '
            "give the day of hiring",
        ),
        (
            UnknownCourseError,
            lambda: schedule(
                ASK,
                YEAR,
                calendar=CHINA,
                trainees=[Trainee("1", YEAR.first, needs=["negotiatoin"])],
            ),
            'trainee "1" needs course "negotiatoin", which is not in curriculum "ask 1.0"; '
            'did you mean "negotiation"?',
        ),
    ],
)
def test_what_does_not_fit_is_rejected(kind: type[AppraisalError], call: Any, message: str) -> None:
    with pytest.raises(kind) as caught:
        call()
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("kind", [set, frozenset, lambda groups: dict.fromkeys(groups).keys()])
def test_groups_come_in_an_order(kind: Any) -> None:
    groups = kind([Group("A", ()), Group("B", ())])
    with pytest.raises(FieldError) as caught:
        next(schedule_each(ASK, YEAR, calendar=CHINA, groups=groups))
    assert str(caught.value).endswith("; allowed: an iterable of Group, in order")


PRINTS = """
from cmappraisal import Period, WorkCalendar
from cmappraisal.interop.converters import dumps
from cmappraisal.training import VIP_SERVICE, Trainee, schedule
trainees = [Trainee(f"RM-{number}") for number in range(3)]
made = schedule(VIP_SERVICE, Period.year(2026), calendar=WorkCalendar(), trainees=trainees)
print(dumps(made))
"""


def test_the_same_input_makes_the_same_bytes() -> None:
    made = {
        subprocess.run(
            [sys.executable, "-c", PRINTS],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(made) == 1


def test_a_shorter_study_leaves_room_for_more_in_a_day() -> None:
    short = vip_service(study_minutes=60, day_length=2000 // 5)
    assert schedule(short, YEAR, calendar=CHINA).shortfalls == ()


@pytest.mark.parametrize(
    ("blackouts", "study", "test"),
    [
        (Period.month(2026, 1), "2026-02-02", "2026-02-03"),
        (Period.month(2026, 6), "2026-07-01", "2026-07-02"),
    ],
)
def test_what_finds_no_day_in_its_month_goes_on_in_its_order(
    blackouts: Period, study: str, test: str
) -> None:
    made = schedule(VIP_SERVICE, YEAR, calendar=WEEKDAYS, blackouts=blackouts)
    month = f"2026-{blackouts.first.month:02}"
    assert str(made.session(f"study/{month}-15").on) == study
    assert str(made.session(f"test/{month}-25").on) == test
    assert not [each for each in made.sessions if each.on < YEAR.first]
    assert [each for each in made.shortfalls if each.cause is ShortfallCause.ORDER] == []


@pytest.mark.parametrize(("asked_for", "shortfall"), [(3, []), (4, [(1, ShortfallCause.AT_MOST)])])
def test_what_a_stage_holds_counts_towards_a_target(
    asked_for: int, shortfall: list[tuple[int, ShortfallCause]]
) -> None:
    target = Target(ActivityKind.COURSE, asked_for, unit=TargetUnit.SESSIONS, per=CalendarSpan.YEAR)
    stage = activity("stage", CareerStage(0, 1), courses=["a", "b", "c"], kind=ActivityKind.COURSE)
    made = schedule(
        plan(stage, targets=[target]), YEAR, calendar=WEEKDAYS, trainees=[Trainee("1", YEAR.first)]
    )
    assert len(made.sessions) == 3
    assert [(each.missing, each.cause) for each in made.shortfalls] == shortfall


def test_all_groups_come_one_at_a_time_and_then_no_more() -> None:
    groups = [Group("A", [Trainee("1")]), Group("B", ())]
    made = list(schedule_each(VENUE_TEAM, MARCH, calendar=WEEKDAYS, groups=groups))
    assert [[each.id for each in one.groups] for one in made] == [["A"], ["B"]]


def test_those_hired_on_one_day_have_the_same_individual_days() -> None:
    asked = plan(activity("talk", Quota(2, per=CalendarSpan.YEAR), per_person=True))
    people = [Trainee(id, date(2026, 2, 16)) for id in ("1", "2")]
    made = schedule(asked, YEAR, calendar=WEEKDAYS, trainees=people)
    assert [each.person for each in made.sessions] == ["1", "2", "1", "2"]


def test_what_a_stage_is_short_of_is_said_of_each_person() -> None:
    target = Target(ActivityKind.COURSE, 4, unit=TargetUnit.SESSIONS, per=CalendarSpan.YEAR)
    stage = activity("stage", CareerStage(0, 1), courses=["a", "b", "c"], kind=ActivityKind.COURSE)
    people = [Trainee(id, YEAR.first) for id in ("1", "2")]
    made = schedule(plan(stage, targets=[target]), YEAR, calendar=WEEKDAYS, trainees=people)
    assert [(each.person, each.missing) for each in made.shortfalls] == [("1", 1), ("2", 1)]


def test_a_calendar_without_working_days_has_shortfalls_and_nothing_else() -> None:
    made = schedule(VENUE_TEAM, MARCH, calendar=WorkCalendar(range(7)))
    assert made.sessions == ()
    assert [(each.period, each.missing, each.cause) for each in made.shortfalls] == [
        (MARCH, 5, ShortfallCause.NO_OPEN_DAY)
    ]


# A year by its parts.

QUARTERS = [Period.quarter(2026, number) for number in (1, 2, 3, 4)]


@pytest.mark.parametrize("parts", [QUARTERS, list(CalendarSpan.MONTH.within(YEAR))])
def test_the_parts_of_a_year_have_its_quotas_once(parts: list[Period]) -> None:
    asked = vip_service(reports=2)
    people = [Trainee("RM-01"), Trainee("RM-02", date(2026, 8, 3))]
    made = [schedule(asked, part, calendar=CHINA, trainees=people) for part in parts]
    reports = [
        str(each.on)
        for part in made
        for each in part.sessions
        if (each.activity, each.person) == ("report", "RM-01")
    ]
    whole = schedule(asked, YEAR, calendar=CHINA, trainees=people)
    assert len(reports) == 2
    assert [str(each.on) for each in whole.of("RM-01") if each.activity == "report"] == reports
    assert join_schedules(made) == whole


def test_several_personal_quotas_of_a_year_are_each_planned_once() -> None:
    once = Quota(1, 1, per=CalendarSpan.YEAR)
    asked = plan(*(activity(id, once, per_person=True) for id in ("a", "b", "c", "d")))
    made = [schedule(asked, each, calendar=WEEKDAYS, trainees=[Trainee("1")]) for each in QUARTERS]
    assert [[each.activity for each in part.sessions] for part in made] == [
        ["a"],
        ["b"],
        ["c"],
        ["d"],
    ]


def test_courses_go_on_from_quarter_to_quarter() -> None:
    made = [schedule(VENUE_TEAM, each, calendar=CHINA) for each in QUARTERS]
    taught = [each.courses for part in made for each in part.sessions]
    assert taught == [each.courses for each in schedule(VENUE_TEAM, YEAR, calendar=CHINA).sessions]


def test_what_precedes_the_first_day_of_a_quarter_is_held_before_it() -> None:
    asked = plan(activity(timing=Cadence("FREQ=MONTHLY;BYMONTHDAY=1"), adjustment="preceding"))
    closed = WorkCalendar(holidays=days("2026-04-01", "2026-01-01"))
    spring = schedule(asked, QUARTERS[1], calendar=closed)
    assert lines_of(spring)[0] == "04-01 -> 03-31: day-off"
    # Nothing goes back into the year before.
    assert lines_of(schedule(asked, YEAR, calendar=closed))[0] == "01-01 -> 01-02: day-off"


def test_what_may_choose_keeps_off_what_the_year_before_left_for_this_one() -> None:
    few = WorkCalendar(
        range(7), workdays=days("2026-12-30", "2027-01-01", "2027-01-02", "2027-12-31")
    )
    last = Cadence("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31")
    asked = plan(
        activity(timing=last, duration=400),
        activity("letter", last, per_person=True),
        activity("workshop", Quota(1, per=CalendarSpan.YEAR), duration=30),
        activity("talk", Quota(1, per=CalendarSpan.YEAR), per_person=True),
    )
    both = Period(date(2026, 12, 1), date(2027, 12, 31))
    made = schedule(asked, both, calendar=few, trainees=[Trainee("1")])
    on = {each.id.split("/")[0]: each.on for each in made.sessions if each.on < date(2027, 2, 1)}
    first, second = days("2027-01-01", "2027-01-02")
    assert on == {"study": first, "letter": first, "workshop": second, "talk": second}


def test_weeks_of_two_years_are_reported_where_they_are_short() -> None:
    target = Target(ActivityKind.STUDY, 2, unit=TargetUnit.DAYS, per=CalendarSpan.WEEK)
    weekly = activity(timing=Cadence("FREQ=WEEKLY;BYDAY=MO"))
    across = Period(date(2026, 12, 21), date(2027, 1, 10))
    made = schedule(plan(weekly, targets=[target]), across, calendar=WEEKDAYS)
    week = Period(date(2026, 12, 28), date(2027, 1, 3))
    assert [(each.period, each.missing, each.cause) for each in made.shortfalls] == [
        (week, 1, ShortfallCause.ACROSS_YEARS)
    ]
    one = evolve(target, at_least=1)
    assert schedule(plan(weekly, targets=[one]), across, calendar=WEEKDAYS).shortfalls == ()
    mine = evolve(target, kind=ActivityKind.TALK)
    talks = activity("talk", weekly.timing, kind=ActivityKind.TALK, per_person=True)
    people = [Trainee("old"), Trainee("new", date(2026, 12, 29))]
    made = schedule(
        plan(talks, targets=[mine]), across, calendar=WEEKDAYS, trainees=people, groups=[]
    )
    # Four of the five working days are four fifths of two talks, rounded to two.
    assert [(each.person, each.missing, each.period) for each in made.shortfalls] == [
        ("old", 1, week),
        ("new", 2, week),
    ]


# What moves, moves as after a change.


def test_what_has_to_move_is_spread_and_not_stacked() -> None:
    closed = Period(date(2026, 7, 6), date(2026, 7, 24))
    made = schedule(VENUE_TEAM, Period.month(2026, 7), calendar=WEEKDAYS, blackouts=closed)
    assert [each.on.day for each in made.sessions] == [27, 28, 29, 30]


def test_what_leaves_its_month_is_reported() -> None:
    february = Period.month(2026, 2)
    made = schedule(VIP_SERVICE, YEAR, calendar=WEEKDAYS, blackouts=february)
    assert str(made.session("test/2026-02-25").on) == "2026-03-03"
    assert [(each.activity, each.period, each.cause) for each in made.shortfalls] == [
        ("study", february, ShortfallCause.OUTSIDE),
        ("test", february, ShortfallCause.OUTSIDE),
    ]
    again = reschedule(made, calendar=WEEKDAYS, not_before=YEAR.first, blackouts=())
    assert str(again.schedule.session("test/2026-02-25").on) != "2026-02-25"


@pytest.mark.parametrize("hired_on", days("2026-06-15", "2026-07-01", "2026-07-03"))
@pytest.mark.parametrize("minutes", [60, 120])
def test_the_lessons_of_a_stage_keep_their_order(hired_on: date, minutes: int) -> None:
    asked = ask(day_length=120, session_minutes=minutes)
    closed = Period(date(2026, 7, 1), date(2026, 7, 6))
    given: dict[str, Any] = {"calendar": WEEKDAYS, "trainees": [Trainee("RM-01", hired_on)]}
    made = schedule(asked, YEAR, **given, blackouts=closed)
    again = reschedule(
        schedule(asked, YEAR, **given), calendar=WEEKDAYS, not_before=hired_on, blackouts=closed
    ).schedule
    for each in (made, again):
        lessons = [one for one in each.sessions if one.activity == "knowledge"]
        assert len(lessons) == 8
        planned = [(one.planned_on, one.number) for one in lessons]
        assert planned == sorted(planned)


def test_a_daily_session_that_no_day_is_left_for_is_reported() -> None:
    daily = plan(activity(timing=Cadence("FREQ=DAILY")))
    made = schedule(daily, MARCH, calendar=WEEKDAYS)
    assert len(made.sessions) == 22
    assert [(each.missing, each.cause) for each in made.shortfalls] == [
        (9, ShortfallCause.NO_OPEN_DAY)
    ]


def test_the_months_without_such_a_day_are_reported() -> None:
    last = Cadence("FREQ=MONTHLY;BYMONTHDAY=31")
    asked = plan(activity(timing=last), activity("letter", last, per_person=True))
    people = [Trainee("old"), Trainee("new", date(2026, 7, 1))]
    made = schedule(asked, YEAR, calendar=WEEKDAYS, trainees=people)
    assert len([each for each in made.sessions if each.activity == "study"]) == 7
    short = [(each.person, each.period.first.month) for each in made.shortfalls]
    assert short == [
        *((None, month) for month in (2, 4, 6, 9, 11)),
        *(("old", month) for month in (2, 4, 6, 9, 11)),
        *(("new", month) for month in (9, 11)),
    ]
    assert {each.cause for each in made.shortfalls} == {ShortfallCause.NO_SUCH_DAY}
    moved = reschedule(made, calendar=WEEKDAYS, not_before=YEAR.first, blackouts=days("2026-03-31"))
    assert moved.schedule.shortfalls == made.shortfalls


# Joining.


def test_what_does_not_follow_or_agree_is_not_joined() -> None:
    one, two, three = (schedule(VENUE_TEAM, each, calendar=WEEKDAYS) for each in QUARTERS[:3])
    assert join_schedules([one]) == one
    with pytest.raises(TrainingError, match="there are no schedules; give at least one"):
        join_schedules([])
    with pytest.raises(FieldError, match="allowed: a list of Schedule"):
        join_schedules({one, two})
    with pytest.raises(TrainingError) as caught:
        join_schedules([one, three, evolve(two, calendar=CHINA, plan=VIP_SERVICE, sessions=())])
    assert [(each.path, each.code.value) for each in caught.value.problems] == [
        ("$.schedules[1].period", "contradiction"),
        ("$.schedules[2].period", "contradiction"),
        ("$.schedules[2].plan", "disagrees"),
        ("$.schedules[2].calendar", "disagrees"),
    ]
    assert str(caught.value).startswith("join_schedules: 4 problems:")


def test_an_earlier_quarter_is_brought_to_the_calendar_of_the_later() -> None:
    one = schedule(VENUE_TEAM, QUARTERS[0], calendar=WEEKDAYS)
    two = schedule(VENUE_TEAM, QUARTERS[1], calendar=CHINA)
    past = reschedule(one, calendar=CHINA, not_before=QUARTERS[1].first).schedule
    joined = join_schedules([past, two])
    assert joined.period == Period(QUARTERS[0].first, QUARTERS[1].last)
    assert joined.sessions == (*one.sessions, *two.sessions)
