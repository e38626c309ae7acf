"""Placings: which room and which trainer a session gets on its day."""

from collections import Counter

from attrs import evolve

from cmappraisal.interop.solver import reassign
from cmappraisal.interop.solver.placings import trainers_for
from cmappraisal.interop.solver.problems import Demand
from cmappraisal.training import Room, Session, Trainer
from marches import (
    STUDY,
    activity,
    assign,
    by_day,
    day,
    march,
    teams,
)


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


def test_equal_trainers_take_turns() -> None:
    year = march(STUDY, groups=teams(*[1] * 12))
    trainers = [Trainer(f"T{number}", ["law"]) for number in range(6)]
    after = assign(year, rooms=[Room("R", 1)], trainers=trainers)
    assert set(Counter(each.trainer for each in after.sessions).values()) == {2}


def test_sessions_exchange_their_trainers_or_there_are_not_enough() -> None:
    demands = [_demand("a", "law"), _demand("b", "sales"), _demand("c", "care")]
    both, one = Trainer("T", ["law", "sales"]), Trainer("U", ["law", "care"])
    only = Trainer("V", ["care", "more", "other"])
    ids = [each.session.id for each in demands]
    found = trainers_for(demands, [both, one, only], {"U": 1})
    assert found == dict(zip(ids, ["U", "T", "V"], strict=True))
    assert trainers_for(demands, [both, one], {}) is None


def _demand(id: str, course: str) -> Demand:
    session = Session(id, day(10), on=day(10))
    return Demand(session, (day(10),), seats=None, courses=(course,), minutes=60, may_stay=False)
