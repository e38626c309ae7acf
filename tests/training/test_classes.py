"""Classes: sessions of several people that are one lesson, because they start together."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from cmappraisal import FieldError, Period, WorkCalendar
from cmappraisal.training import (
    ASK,
    Group,
    Leave,
    LeaveKind,
    Schedule,
    Trainee,
    ask,
    check_compliance,
    lessons_of,
    reschedule,
    schedule,
)

CALENDAR = WorkCalendar()
SUMMER = Period(date(2026, 7, 1), date(2026, 8, 31))
HIRED = date(2026, 7, 20)


def hired(
    count: int, on: date | None = HIRED, *, prefix: str = "RM", **fields: Any
) -> list[Trainee]:
    return [Trainee(f"{prefix}-{number:02}", on, **fields) for number in range(1, count + 1)]


def summer(*people: Trainee, plan: Any = ASK, **fields: Any) -> Schedule:
    return schedule(plan, SUMMER, calendar=CALENDAR, trainees=people, **fields)


def sizes(of: Schedule, activity: str = "knowledge") -> list[int]:
    return [len(each) for each in lessons_of(of) if each[0].activity == activity]


def test_twenty_people_of_one_day_have_eight_lessons_of_onboarding() -> None:
    made = summer(*hired(20))
    assert sizes(made) == [20] * 8
    assert sizes(summer(*hired(20), plan=ask(classes=False))) == [1] * 160
    # Each has a session of each lesson all the same.
    assert len([each for each in made.of("RM-07") if each.activity == "knowledge"]) == 8


def test_every_session_is_in_one_lesson() -> None:
    made = summer(*hired(3), *hired(2, date(2026, 7, 1), prefix="A"))
    lessons = lessons_of(made)
    assert sorted(each.id for lesson in lessons for each in lesson) == sorted(
        each.id for each in made.sessions
    )
    assert [lesson[0] for lesson in lessons] == [
        each for each in made.sessions if each in {lesson[0] for lesson in lessons}
    ]


def test_those_who_start_on_another_day_are_another_class() -> None:
    made = summer(*hired(3), *hired(2, date(2026, 7, 21), prefix="A"))
    assert sorted(sizes(made)) == [2] * 8 + [3] * 8


def test_a_class_is_of_people_of_several_teams() -> None:
    groups = [Group("east", hired(2)), Group("west", hired(3, prefix="A"))]
    made = schedule(ASK, SUMMER, calendar=CALENDAR, groups=groups)
    assert sizes(made) == [5] * 8
    # What is of a team is a lesson for each of them.
    assert sizes(made, "attitude") == [1] * 4


def test_who_needs_the_same_on_the_same_day_is_in_one_class() -> None:
    same, other, *_ = ASK.activity("skill").courses
    people = [*hired(2, needs=[same]), *hired(1, prefix="A", needs=[other])]
    year = schedule(ASK, Period.year(2026), calendar=CALENDAR, trainees=people)
    assert sorted(sizes(year, "skill")) == [1, 2]


@pytest.mark.parametrize("on", [None, HIRED])
def test_a_class_needs_a_day_on_which_its_people_started(on: date | None) -> None:
    talk = evolve(ASK.activity("attitude"), per_person=True, in_class=True)
    plan = evolve(ASK, activities=[talk])
    made = summer(*hired(2, on), plan=plan)
    assert set(sizes(made, "attitude")) == ({1} if on is None else {2})


def test_who_is_on_leave_catches_up_and_leaves_the_class() -> None:
    made = summer(*hired(3))
    first = made.of("RM-02")[0].on
    away = Leave("RM-02", LeaveKind.MATERNITY, first=first, last=first)
    people = [evolve(each, leaves=[away] if each.id == "RM-02" else []) for each in made.trainees]
    again = reschedule(made, calendar=CALENDAR, not_before=HIRED, trainees=people).schedule
    found = sizes(again)
    assert 2 in found
    assert sum(found) == 24
    assert all(each.on != first for each in again.of("RM-02"))


def test_a_day_off_moves_a_class_as_one() -> None:
    made = summer(*hired(20))
    first = next(each for each in lessons_of(made) if len(each) == 20)
    off = WorkCalendar(holidays=[first[0].on])
    again = reschedule(made, calendar=off, not_before=HIRED)
    assert sizes(again.schedule) == [20] * 8
    assert len(again.changes) >= 20


def test_compliance_is_that_of_each_person() -> None:
    groups = [Group("east", hired(2))]
    one, other = (
        schedule(plan, SUMMER, calendar=CALENDAR, groups=groups)
        for plan in (ASK, ask(classes=False))
    )
    checked = [check_compliance(each, [], on=date(2026, 8, 31)) for each in (one, other)]
    assert [len(each.rows) for each in checked] == [len(checked[0].rows)] * 2
    assert checked[0].rows == checked[1].rows


def test_lessons_are_of_a_schedule() -> None:
    wrong: Any = "july"
    with pytest.raises(FieldError, match="lessons_of: schedule is 'july'; allowed: a Schedule"):
        lessons_of(wrong)
