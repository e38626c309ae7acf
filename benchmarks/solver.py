"""How long it takes to find rooms and trainers, as ratios to planning only the days.

Run it with ``python benchmarks/solver.py``; it needs the extra ``solver``. Figures are ratios of
two medians measured in the same run, so that they are the same on a fast machine and on a slow one;
the last ones are seconds of processor time, since somebody waits for them. Inputs are seeded.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from time import process_time

from attrs import evolve

from cmappraisal import Period, WorkCalendar
from cmappraisal.interop.solver import assign, reassign
from cmappraisal.training import (
    VENUE_TEAM,
    VIP_SERVICE,
    Group,
    Rescheduled,
    Room,
    Schedule,
    Trainee,
    Trainer,
    schedule,
)
from measuring import SEED, Answer, Ratio, run, seconds

YEAR = Period.year(2026)
CALENDAR = WorkCalendar()
CHINA = WorkCalendar(
    holidays=[
        day
        for first, last in (
            (date(2026, 1, 1), date(2026, 1, 3)),
            (date(2026, 2, 15), date(2026, 2, 23)),
            (date(2026, 4, 4), date(2026, 4, 6)),
            (date(2026, 5, 1), date(2026, 5, 5)),
            (date(2026, 6, 19), date(2026, 6, 21)),
            (date(2026, 9, 25), date(2026, 9, 27)),
            (date(2026, 10, 1), date(2026, 10, 7)),
        )
        for day in Period(first, last)
    ],
    workdays=[
        *(date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28)),
        *(date(2026, 5, 9), date(2026, 9, 20), date(2026, 10, 10)),
    ],
)
"""The holidays of 2026 in mainland China."""
COURSES = list(VIP_SERVICE.curriculum)


def groups(count: int) -> list[Group]:
    """Groups of 3 to 25 people, and some of up to 60."""
    chance = random.Random(SEED)
    sizes = [chance.randint(3, 60 if chance.random() < 0.2 else 25) for _ in range(count)]
    return [
        Group(f"G-{number}", [Trainee(f"RM-{number}-{member}") for member in range(size)])
        for number, size in enumerate(sizes)
    ]


def planned(
    count: int,
    activities: Iterable[str],
    calendar: WorkCalendar = CALENDAR,
    period: Period = YEAR,
) -> Schedule:
    """Some activities of a year, of which every group takes the courses in another order."""
    wanted = set(activities)
    plan = evolve(
        VIP_SERVICE,
        activities=[each for each in VIP_SERVICE.activities if each.id in wanted],
        targets=[],
    )
    year = schedule(plan, period, calendar=calendar, groups=groups(count))
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
    spring = schedule(VENUE_TEAM, Period.month(2026, 2), calendar=CHINA, groups=groups(21))
    made = assign(spring, rooms=rooms(20))
    yield (
        "the sessions of 21 teams in 20 rooms over the Spring Festival",
        (len(made.schedule.sessions) == len(spring.sessions) and made.is_proved),
    )


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


def durations() -> Iterator[Ratio]:
    """Seconds, each with its bound, and how far what was found may be from the best there is."""
    year = planned(200, ["study", "test"], CHINA)
    made, took = once(lambda: assign(year, rooms=rooms(20), trainers=trainers(40)))
    yield "seconds: the year of 200 groups in China, 4,800 sessions", took, 30
    yield "of these, sessions left out of months with too few days", out_of(made), None
    yield "of these, sessions not proved to be left out of need", gap_of(made), None
    crowded = planned(600, ["study"], CHINA, Period.month(2026, 3))
    made, took = once(lambda: assign(crowded, rooms=rooms(20), trainers=trainers(40)))
    yield "seconds: 600 sessions of one month, and what blocks 160 of them", took, 10
    many = planned(1_667, ["study"], CHINA)
    made, took = once(lambda: assign(many, rooms=rooms(120), trainers=trainers(200)))
    yield "seconds: 20,004 sessions", took, 60
    yield "of these, sessions not proved to be left out of need", gap_of(made), None


def once(act: Callable[[], Rescheduled]) -> tuple[Rescheduled, float]:
    """What is made, and the seconds of processor time that it takes."""
    start = process_time()
    made = act()
    return made, process_time() - start


def out_of(made: Rescheduled) -> int:
    """How many sessions are left out."""
    return sum(goal.value for goal in made.goals[:2])


def gap_of(made: Rescheduled) -> int:
    """How many fewer sessions might be left out, as far as is known."""
    return sum(goal.gap for goal in made.goals[:2])


def rows() -> Iterator[Ratio]:
    """All rows of the table."""
    yield from ratios()
    yield from durations()


if __name__ == "__main__":
    run(rows, answers)
