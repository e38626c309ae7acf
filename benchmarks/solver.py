"""How long it takes to find rooms and trainers, as ratios to planning only the days.

Run it with ``python benchmarks/solver.py``; it needs the extra ``solver``. Every figure is a ratio
of two medians measured in the same run, so that it is the same on a fast machine and on a slow
one. Inputs are seeded.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

from attrs import evolve

from cmappraisal import Period, WorkCalendar
from cmappraisal.interop.solver import assign, reassign
from cmappraisal.training import (
    VIP_SERVICE,
    Group,
    Room,
    Schedule,
    Trainee,
    Trainer,
    schedule,
)
from measuring import SEED, Answer, Ratio, run, seconds

YEAR = Period.year(2026)
CALENDAR = WorkCalendar()
COURSES = list(VIP_SERVICE.curriculum)


def groups(count: int) -> list[Group]:
    """Groups of 3 to 25 people, and some of up to 60."""
    chance = random.Random(SEED)
    sizes = [chance.randint(3, 60 if chance.random() < 0.2 else 25) for _ in range(count)]
    return [
        Group(f"G-{number}", [Trainee(f"RM-{number}-{member}") for member in range(size)])
        for number, size in enumerate(sizes)
    ]


def planned(count: int, activities: Iterable[str]) -> Schedule:
    """A year of some activities, of which every group takes the courses in another order."""
    wanted = set(activities)
    plan = evolve(
        VIP_SERVICE,
        activities=[each for each in VIP_SERVICE.activities if each.id in wanted],
        targets=[],
    )
    year = schedule(plan, YEAR, calendar=CALENDAR, groups=groups(count))
    chance = random.Random(SEED)
    sessions = [
        evolve(session, courses=[chance.choice(COURSES)]) if session.courses else session
        for session in year.sessions
    ]
    return evolve(year, sessions=sessions)


def rooms(count: int) -> list[Room]:
    """Rooms of mixed capacities, at least a tenth of which seat anybody."""
    chance = random.Random(SEED)
    capacities = [chance.choice((10, 20, 30, 40, 60)) for _ in range(count)]
    capacities[::10] = [60] * len(capacities[::10])
    return [Room(f"R-{number}", capacity) for number, capacity in enumerate(capacities)]


def trainers(count: int) -> list[Trainer]:
    """Trainers of one to four of the courses."""
    chance = random.Random(SEED)
    taught = [chance.sample(COURSES, chance.randint(1, 4)) for _ in range(count)]
    return [Trainer(f"T-{number}", courses) for number, courses in enumerate(taught)]


def answers() -> Iterator[Answer]:
    """The days planned and the days assigned, for twenty groups."""
    study = planned(20, ["study"])
    held = assign(study, rooms=rooms(20), trainers=trainers(40)).schedule
    days = [(each.activity, each.group, each.on) for each in study.sessions]
    assigned = [(each.activity, each.group, each.on) for each in held.sessions]
    yield "the days planned and assigned", sorted(assigned) == sorted(days)
    taken = [(each.room, each.on) for each in held.sessions]
    yield "the rooms taken, and each of them once a day", len(set(taken)) == len(taken)
    again = reassign(held, not_before=YEAR.first)
    yield "a schedule and itself, nothing being changed", again.schedule == held


def ratios() -> Iterator[Ratio]:
    """Each ratio with its bound."""
    places, teachers = rooms(20), trainers(40)
    study, both = planned(200, ["study"]), planned(200, ["study", "test"])
    few = planned(30, ["study"])
    held = assign(study, rooms=places, trainers=teachers).schedule
    closed = [evolve(room, closed=YEAR) for room in places[:2]] + places[2:]

    planning, assigning, assigning_both, again, without_two, partial = seconds(
        lambda: planned(200, ["study"]),
        lambda: assign(study, rooms=places, trainers=teachers),
        lambda: assign(both, rooms=places, trainers=teachers),
        lambda: reassign(held, not_before=YEAR.first),
        lambda: reassign(held, not_before=YEAR.first, rooms=closed),
        lambda: assign(few, rooms=places[:1], trainers=teachers),
    )
    yield "assign 2,400 sessions / plan them", assigning / planning, 40
    yield "assign 4,800 sessions in order / 2,400", assigning_both / assigning, 6
    yield "reassign with nothing changed / assign", again / assigning, 1
    yield "reassign with two rooms closed / assign", without_two / assigning, 2
    yield (
        "leave out 100 of 360 sessions, and find what blocks them / assign 2,400",
        partial / assigning,
        20,
    )


if __name__ == "__main__":
    run(ratios, answers)
