"""Contents: a test is on what the month's study taught before it."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from cmappraisal import FieldError, Period, Text, WorkCalendar
from cmappraisal.showing import shown
from cmappraisal.training import (
    VIP_SERVICE,
    Activity,
    ActivityKind,
    Cadence,
    Course,
    Curriculum,
    Domain,
    Group,
    Schedule,
    Trainee,
    TrainingError,
    TrainingPlan,
    courses_tested,
    reschedule,
    schedule,
)

TEXT = Text("課", "课", en="course")
WEEKDAYS = WorkCalendar()


def content_of(made: Schedule, session_id: str) -> tuple[str, ...]:
    return courses_tested(made, made.session(session_id))


def test_each_month_s_test_is_on_the_month_s_topic_and_programme() -> None:
    year = schedule(VIP_SERVICE, Period.year(2026), calendar=WEEKDAYS)
    tests = [each for each in year.sessions if each.activity == "test"]
    studies = [each.courses for each in year.sessions if each.activity == "study"]
    assert [courses_tested(year, each) for each in tests] == studies
    assert content_of(year, "test/2026-03-25") == ("data-services", "monthly-programme")


def plan_of(study: str, test: str, *, follows: str | None = "study") -> TrainingPlan:
    ids = ("a", "b", "c", "d", "e")
    courses = [Course(id, TEXT, domain=Domain.SKILL) for id in ids]
    return TrainingPlan(
        "plan",
        "1",
        text=TEXT,
        curriculum=Curriculum("courses", "1", text=TEXT, courses=courses),
        activities=[
            Activity("study", TEXT, kind=ActivityKind.STUDY, timing=Cadence(study), courses=ids),
            Activity("test", TEXT, kind=ActivityKind.TEST, timing=Cadence(test), follows=follows),
        ],
    )


WEEKLY, ON_THE_25TH = "FREQ=WEEKLY;BYDAY=MO", "FREQ=MONTHLY;BYMONTHDAY=25"


def test_of_a_weekly_study_a_test_is_on_all_weeks_of_its_month_up_to_it() -> None:
    """Mondays of 2026: 5, 12, 19, 26 January; 2, 9, 16, 23 February. The 25th is a Sunday."""
    made = schedule(
        plan_of(WEEKLY, ON_THE_25TH), Period(date(2026, 1, 1), date(2026, 2, 28)), calendar=WEEKDAYS
    )
    assert made.session("test/2026-01-25").on == date(2026, 1, 26)
    assert content_of(made, "test/2026-01-25") == ("a", "b", "c")
    assert content_of(made, "test/2026-02-25") == ("e", "a", "b", "c")


def test_of_no_study_a_test_is_on_nothing() -> None:
    month = Period.month(2026, 1)
    alone = schedule(plan_of(WEEKLY, ON_THE_25TH, follows=None), month, calendar=WEEKDAYS)
    assert content_of(alone, "test/2026-01-25") == ()
    rare = plan_of("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15", ON_THE_25TH)
    assert content_of(schedule(rare, month, calendar=WEEKDAYS), "test/2026-01-25") == ()


def test_each_team_is_tested_on_its_own_study() -> None:
    teams = [Group("A", [Trainee("RM-01")]), Group("B", [Trainee("RM-02")])]
    made = schedule(VIP_SERVICE, Period.month(2026, 3), calendar=WEEKDAYS, groups=teams)
    less = evolve(
        made, sessions=[each for each in made.sessions if each.id != "study/2026-03-15/group:A"]
    )
    assert content_of(less, "test/2026-03-25/group:A") == ()
    assert (
        content_of(less, "test/2026-03-25/group:B")
        == content_of(made, "test/2026-03-25/group:B")
        != ()
    )


def test_the_content_stays_with_a_study_that_moves() -> None:
    year = schedule(VIP_SERVICE, Period.year(2026), calendar=WEEKDAYS)
    moved = reschedule(
        year,
        calendar=WEEKDAYS,
        not_before=date(2026, 7, 1),
        blackouts=Period(date(2026, 7, 13), date(2026, 7, 23)),
    ).schedule
    assert moved.session("study/2026-07-15").on != date(2026, 7, 15)
    assert content_of(moved, "test/2026-07-25") == content_of(year, "test/2026-07-25")


MARCH = schedule(VIP_SERVICE, Period.month(2026, 3), calendar=WEEKDAYS)
TEST, STUDY = MARCH.session("test/2026-03-25"), MARCH.session("study/2026-03-15")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((None, TEST), "courses_tested: schedule is None; allowed: a Schedule"),
        (
            (MARCH, "test/2026-03-25"),
            "courses_tested: session is 'test/2026-03-25'; allowed: a Session, not its id",
        ),
        (
            (MARCH, STUDY),
            f"courses_tested: session is {shown(STUDY)}; allowed: a session of a test",
        ),
    ],
    ids=["schedule", "id", "study"],
)
def test_what_does_not_fit_is_rejected(arguments: tuple[Any, Any], message: str) -> None:
    with pytest.raises(FieldError) as caught:
        courses_tested(*arguments)
    assert str(caught.value) == message


def test_a_session_of_another_plan_is_rejected() -> None:
    with pytest.raises(TrainingError, match=r'^activity "exam" is not in plan'):
        courses_tested(MARCH, evolve(TEST, activity="exam"))
