"""Bundles: a class has one room and one trainer, and changes as one."""

from datetime import date, time
from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import CalendarSpan, Period, WorkCalendar
from cmappraisal.interop import solver
from cmappraisal.interop.solver import reassign
from cmappraisal.training import (
    ASK,
    Group,
    Hours,
    Leave,
    LeaveKind,
    Quota,
    Rescheduled,
    Room,
    Schedule,
    Trainee,
    Trainer,
    lessons_of,
    schedule,
)
from marches import MARCH, STUDY, activity, assign, day, march, off_but, plan, teams
from promises import Instance, best, given_resources, instances, worth_of

COURSES = list(ASK.curriculum)
TOGETHER = evolve(STUDY, per_person=True, in_class=True)


FIRST = day(1)


def people(count: int, on: date = FIRST, prefix: str = "p", **fields: Any) -> list[Trainee]:
    return [Trainee(f"{prefix}{number}", on, **fields) for number in range(count)]


def classes(*sizes: int) -> list[Trainee]:
    """People who start on one day, for each size."""
    return [
        each
        for number, size in enumerate(sizes)
        for each in people(size, date(2026, 2, 2 + number), f"c{number}-")
    ]


def sizes(of: Schedule) -> list[tuple[int, int, str | None, str | None]]:
    """The day of each lesson, how many are in it, its room and its trainer."""
    return [(each[0].on.day, len(each), each[0].room, each[0].trainer) for each in lessons_of(of)]


def test_a_class_has_one_room_and_one_trainer() -> None:
    made = solver.assign(
        march(TOGETHER, trainees=people(20)),
        rooms=[Room("R", 20)],
        trainers=[Trainer("T", ["law"])],
    )
    assert sizes(made.schedule) == [(10, 20, "R", "T")]
    assert made.is_proved


def test_twenty_people_hired_on_one_day_are_taught_in_eight_lessons() -> None:
    summer = Period(date(2026, 7, 1), date(2026, 8, 31))
    hired = people(20, date(2026, 7, 20))
    year = schedule(ASK, summer, calendar=WorkCalendar(), trainees=hired)
    hours = [Hours(time(9), time(17))]
    made = solver.assign(
        year,
        rooms=[Room("R-1", 30, hours=hours)],
        trainers=[Trainer("T-1", COURSES, hours=hours)],
    )
    onboarding = [each for each in lessons_of(made.schedule) if each[0].activity == "knowledge"]
    assert [len(each) for each in onboarding] == [20] * 8
    assert made.schedule.cancelled == ()
    assert made.is_proved


def test_a_class_is_as_large_as_the_largest_room_that_is_open() -> None:
    shut = Room("hall", 9, closed=MARCH)
    rooms = [Room("A", 4), Room("B", 3), shut]
    made = assign(march(TOGETHER, trainees=people(7)), rooms=rooms)
    assert sizes(made) == [(10, 4, "A", None), (10, 3, "B", None)]


def test_without_rooms_a_class_is_as_large_as_it_is() -> None:
    made = assign(march(TOGETHER, trainees=people(7)), trainers=[Trainer("T", ["law"])])
    assert sizes(made) == [(10, 7, None, "T")]


def test_who_is_away_on_the_day_of_a_class_is_not_in_it() -> None:
    away = [Leave("p1", LeaveKind.MATERNITY, first=day(11), last=day(31))]
    some = people(3)
    some[1] = evolve(some[1], leaves=away)
    year = march(TOGETHER, trainees=some)
    # It is there on the 10th and before, and so is the class.
    assert sizes(assign(year, rooms=[Room("R", 3)])) == [(10, 3, "R", None)]
    shut = Room("R", 3, closed=[day(10)])
    assert sizes(assign(year, rooms=[shut])) == [(9, 3, "R", None)]
    # Where the day is off, everybody leaves it, and each has days of its own.
    moved = evolve(year, blackouts=[day(10)])
    assert sizes(assign(moved, rooms=[Room("R", 3)])) == [(9, 1, "R", None), (11, 2, "R", None)]


def test_a_class_of_several_teams_meets_when_none_of_them_does() -> None:
    team = activity("team", courses=["sales"])
    groups = [Group("east", people(2)), Group("west", people(2, prefix="q"))]
    year = march(TOGETHER, team, groups=groups, calendar=off_but(10, 11))
    made = assign(year, rooms=[Room(f"R{number}", 4) for number in range(3)])
    of_class = [each for each in lessons_of(made) if each[0].activity == "study"]
    assert [len(each) for each in of_class] == [4]
    # Both teams meet on the other day.
    others = {each.on.day for each in made.sessions if each.activity == "team"}
    assert others == {10, 11} - {of_class[0][0].on.day}


def test_a_class_changes_as_one() -> None:
    year = march(TOGETHER, trainees=people(5), calendar=off_but(10, 11))
    before = assign(year, rooms=[Room("A", 3), Room("B", 3)])
    assert sizes(before) == [(10, 3, "A", None), (10, 2, "B", None)]
    shut = [Room("A", 3, closed=[day(10)]), Room("B", 3)]
    again = reassign(before, not_before=day(1), rooms=shut)
    assert sizes(again.schedule) == [(10, 2, "B", None), (11, 3, "A", None)]
    assert len(again.changes) == 3
    assert worth_of(again) == [0, 0, 0, 3, 3]
    assert {each.sequence for each in again.schedule.sessions} == {0, 1}
    repeated = reassign(again.schedule, not_before=day(1))
    assert (repeated.schedule, repeated.changes) == (again.schedule, ())


def test_a_class_that_finds_no_room_is_left_out_whole() -> None:
    year = march(TOGETHER, trainees=classes(3, 3), calendar=off_but(10))
    made = solver.assign(year, rooms=[Room("R", 3)])
    assert sizes(made.schedule) == [(10, 3, "R", None)]
    out = [each.id for each in made.schedule.cancelled]
    assert len(out) == 3
    assert [each.session for each in made.blockages] == out
    # One session of the class in the way stands for all of them.
    assert {each.beside for each in made.blockages} == {(made.schedule.sessions[0].id,)}
    assert worth_of(made)[:2] == [3, 0]
    again = solver.assign(made.schedule, rooms=[Room("R", 3), Room("S", 3)])
    assert sizes(again.schedule) == [(10, 3, "R", None), (10, 3, "S", None)]


def test_a_class_that_may_take_any_day_of_the_year_finds_one() -> None:
    yearly = activity(
        "yearly", timing=Quota(1, per=CalendarSpan.YEAR), per_person=True, in_class=True
    )
    year = schedule(
        plan(yearly),
        Period.year(2026),
        calendar=WorkCalendar(),
        trainees=people(4, date(2025, 1, 1)),
    )
    (on,) = {each.on for each in year.sessions}
    month = Period.month(on.year, on.month)
    made = solver.assign(year, rooms=[Room("R", 4, closed=month)])
    assert [len(each) for each in lessons_of(made.schedule)] == [4]
    assert all(each.on not in month for each in made.schedule.sessions)
    assert made.goals[-1].value == 4 * abs((made.schedule.sessions[0].on - on).days)
    none = solver.assign(year, rooms=[Room("R", 4, closed=Period.year(2026))])
    assert [each.value for each in none.goals][:2] == [4, 0]


def as_classes(instance: Instance) -> Instance:
    """A class for each team, as large."""
    year, rooms, trainers = instance
    activities = [evolve(each, per_person=True, in_class=True) for each in year.plan.activities]
    made = schedule(
        evolve(year.plan, activities=activities, targets=()),
        year.period,
        calendar=year.calendar,
        trainees=classes(*(group.size for group in year.groups)),
    )
    return evolve(made, blackouts=year.blackouts), rooms, trainers


def check_classes(instance: Instance, size: int) -> None:
    year, given_rooms, trainers = instance
    groups = teams(*(size for _ in year.groups))
    # Where a room is too small, a class parts and a team does not.
    rooms = [evolve(each, capacity=max(each.capacity, size)) for each in given_rooms]
    given = schedule(
        evolve(year.plan, targets=()), year.period, calendar=year.calendar, groups=groups
    )
    given = evolve(given, blackouts=year.blackouts)
    found = best(given_resources(given, rooms, trainers), given)
    assert found is not None
    made: Rescheduled = solver.assign(
        as_classes((given, rooms, trainers))[0], rooms=rooms, trainers=trainers
    )
    if made.goals:
        required, others, early, _, days = found
        assert worth_of(made) == [size * each for each in (required, others, early, days)]


@given(instances(), st.integers(1, 3))
def test_classes_are_placed_as_teams_of_their_size_are(instance: Instance, size: int) -> None:
    check_classes(instance, size)
