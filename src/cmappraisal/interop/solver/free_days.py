"""Free days: whether one more demand can be met on a day beside others that are met on it."""

from __future__ import annotations

import operator
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date

from cmappraisal.interop.solver.clashes import Shape, shape_of
from cmappraisal.interop.solver.placings import trainers_for
from cmappraisal.interop.solver.problems import Demand, Problem
from cmappraisal.interop.solver.solving import Unsolved
from cmappraisal.interop.solver.timings import is_timed, timed


def met_by(problem: Problem, demand: Demand, on: date, others: Iterable[int]) -> list[int]:
    """The places of those of some others of a day that somebody attends who attends a demand."""
    may_meet = problem.met_by(demand)
    there = (place for place in others if place in may_meet)
    return [place for place in there if _meet(problem.demands[place], demand, on)]


def has_place(
    problem: Problem,
    demand: Demand,
    on: date,
    others: Sequence[int],
    staying: Container[int] = (),
) -> bool:
    """Whether there is a room and a trainer for a demand on a day beside some others of that day.

    Args:
        problem: The problem.
        demand: The demand.
        on: The day.
        others: The places of the others of that day.
        staying: The places of those that stay as they are.
    """
    there = [problem.demands[place] for place in others]
    if is_timed(problem, on):
        kept = tuple(place for place in others if place in staying)
        coming = [demand, *(problem.demands[place] for place in others if place not in staying)]
        # What is alike can change places.
        key = on, kept, tuple(sorted(shape_of(problem, each, on) for each in coming))
        if key not in problem.fits:
            stays = [problem.demands[place].on(on) for place in kept]
            found = timed(problem, on, [each.on(on) for each in coming], stays)
            problem.fits[key] = not isinstance(found, Unsolved)
        return problem.fits[key]
    there.append(demand)
    needed = (each.seats_on(on) for each in there)
    seats = sorted((each for each in needed if each is not None), reverse=True)
    open_rooms = sorted(
        (room.capacity for room in problem.rooms if on not in room.closed), reverse=True
    )
    if len(seats) > len(open_rooms) or any(map(operator.gt, seats, open_rooms)):
        return False
    trainers = [trainer for trainer in problem.trainers if on not in trainer.away]
    return trainers_for(there, trainers, {}) is not None


def fits_beside(problem: Problem, place: int, met: Mapping[int, date]) -> bool:
    """Whether a demand finds a day beside all others, which are met on theirs."""
    demand = problem.demands[place]
    on_day: defaultdict[date, list[int]] = defaultdict(list)
    for each, day in met.items():
        on_day[day].append(each)
    return any(
        not met_by(problem, demand, day, on_day[day])
        and in_order(problem, place, day, met)
        and has_place(problem, demand, day, on_day[day])
        for day in demand.days
    )


def _meet(one: Demand, other: Demand, on: date) -> bool:
    """Whether somebody attends both of two demands of a day."""
    if not {*one.participants}.isdisjoint(other.participants):
        return True
    return any(
        team.session.person is None and (team.session.group, on) in person.beside
        for team, person in ((one, other), (other, one))
    )


def in_order(problem: Problem, place: int, on: date, met: Mapping[int, date]) -> bool:
    """Whether a demand comes in its order on a day, where others are met on theirs."""
    return all(
        (place != before or on < met.get(after, date.max))
        and (place != after or met.get(before, date.min) < on)
        for before, after in problem.orders
    )


def spread(
    problem: Problem,
    places: Sequence[int],
    met: Mapping[int, date],
    staying: Container[int] = (),
) -> dict[int, date | None]:
    """The nearest free day for each of some demands, one after another.

    Those that others have to take part in come first, then those planned earliest. The others stay
    as they are.

    Args:
        problem: The problem.
        places: The places of the demands.
        met: The days of those that are met.
        staying: The places of those that stay as they are.
    """
    on_day: defaultdict[date, list[int]] = defaultdict(list)
    for place, day in met.items():
        on_day[day].append(place)
    found: dict[int, date | None] = {}
    demands = problem.demands
    ordered = {place for order in problem.orders for place in order}
    # What has no place on a day has none on it after others have come to it.
    full: set[tuple[date, Shape]] = set()

    def is_open(place: int, demand: Demand, day: date) -> bool:
        key = day, shape_of(problem, demand, day)
        if key in full or met_by(problem, demand, day, on_day[day]):
            return False
        if not has_place(problem, demand.on(day), day, on_day[day], staying):
            full.add(key)
            return False
        return place not in ordered or in_order(problem, place, day, there)

    for place in sorted(
        places, key=lambda each: (not demands[each].is_required, demands[each].session.planned_on)
    ):
        demand, near = demands[place], demands[place].session.on
        days = sorted(demand.days, key=lambda day: (abs((day - near).days), day < near))
        there = {**met, **{each: day for each, day in found.items() if day is not None}}
        on = next((day for day in days if is_open(place, demand, day)), None)
        found[place] = on
        if on is not None:
            on_day[on].append(place)
    return found
