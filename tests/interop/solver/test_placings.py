"""Placings: which room and which trainer a session gets on its day."""

from attrs import evolve

from cmappraisal.interop.solver import assign, reassign
from cmappraisal.training import Room, Trainer
from marches import STUDY, activity, by_day, day, march, teams


def test_a_room_is_the_smallest_that_seats_everybody() -> None:
    rooms = [Room("C", 30), Room("B", 3), Room("A", 3), Room("D", 10)]
    after = assign(march(STUDY, groups=teams(2, 3, 4)), rooms=rooms)
    assert by_day(after) == [
        (10, "g0", "B", None),
        (10, "g1", "A", None),
        (10, "g2", "D", None),
    ]


def test_a_trainer_teaches_all_courses_and_is_there() -> None:
    both = activity("study", courses=["law", "sales"])
    trainers = [
        Trainer("half", ["law"]),
        Trainer("away", ["law", "sales"], away=[day(10)]),
        Trainer("more", ["law", "sales", "care"]),
        Trainer("exact", ["law", "sales"]),
    ]
    after = assign(march(both, groups=teams(1)), trainers=trainers)
    assert by_day(after) == [(10, "g0", None, "exact")]


def test_trainers_change_places_until_everybody_has_one() -> None:
    year = march(STUDY, activity("sales", courses=["sales"]), groups=teams(1, 1))
    moved = [evolve(each, on=day(10 + (each.group == "g1"))) for each in year.sessions]
    asked = [each for each in moved if (each.activity == "study") is (each.group == "g0")]
    year = evolve(year, sessions=[evolve(each, on=day(10)) for each in asked])
    trainers = [Trainer("A", ["law", "sales"]), Trainer("B", ["law", "care"])]
    after = assign(year, trainers=trainers)
    assert by_day(after) == [(10, "g0", None, "B"), (10, "g1", None, "A")]
    # The trainer of both courses is asked first, and then changes to the other session.
    before = evolve(
        after, sessions=[evolve(each, trainer=None) for each in after.sessions], trainers=[]
    )
    before = evolve(before, trainers=trainers)
    again = reassign(before, not_before=day(1)).schedule
    assert by_day(again) == by_day(after)


def test_the_order_of_rooms_and_trainers_does_not_matter() -> None:
    year = march(STUDY, groups=teams(1, 2, 3))
    rooms = [Room(f"R{number}", 3) for number in range(2)]
    trainers = [Trainer(f"T{number}", ["law"]) for number in range(2)]
    one = assign(year, rooms=rooms, trainers=trainers)
    other = assign(year, rooms=rooms[::-1], trainers=trainers[::-1])
    assert one.sessions == other.sessions
