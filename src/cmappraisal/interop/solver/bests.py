"""Bests: the best days for the demands of a problem, part by part, and why some are left out.

Where not all demands of a part can be met, those that may take any day of a quarter or a year give
way, and find a day beside all others, wherever in that quarter or year one is free.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from attrs import evolve, frozen

from cmappraisal.interop.solver.blockages import blockages_of
from cmappraisal.interop.solver.burdens import evened
from cmappraisal.interop.solver.clashes import Chosen
from cmappraisal.interop.solver.free_days import spread
from cmappraisal.interop.solver.parts import independent
from cmappraisal.interop.solver.problems import Problem
from cmappraisal.interop.solver.searches import days_of_all, days_of_most
from cmappraisal.training.blockages import Blockage
from cmappraisal.training.goals import Criterion, Goal


@frozen
class Best:
    """The best days for a problem.

    Args:
        problem: The problem, in which each demand has the days that it may take.
        chosen: The day of each demand, by its place, and whether it stays as it was; None where it
            is left out.
        goals: How good they are.
        blockages: Why demands are left out, in any order.
    """

    problem: Problem
    chosen: dict[int, tuple[date, bool] | None]
    goals: tuple[Goal, ...]
    blockages: tuple[Blockage, ...]


def best_of(problem: Problem, work: int) -> Best:
    """The best days for a problem.

    Args:
        problem: The problem.
        work: How much work each search may do.
    """
    chosen: dict[int, tuple[date, bool] | None] = {}
    values: Counter[Criterion] = Counter()
    bounds: Counter[Criterion] = Counter()
    giving_way: list[int] = []
    crowded: list[tuple[list[int], bool]] = []
    for places in independent(problem):
        part = problem.part(places)
        found = days_of_all(part, work)
        held = places
        if found is None:
            gone = [place for place in places if _gives_way(problem, place)]
            held = [place for place in places if place not in gone]
            giving_way += gone
            part = problem.part(held)
            found = (days_of_all(part, work) if gone else None) or days_of_most(part, work)
            # Nothing can be added to the most there is.
            crowded.append((places, not gone and all(goal.is_proved for goal in found.goals[:2])))
        chosen.update((held[number], way) for number, way in found.chosen.items())
        values.update({goal.criterion: goal.value for goal in found.goals})
        bounds.update({goal.criterion: goal.bound for goal in found.goals})
    there = {place: way[0] for place, way in chosen.items() if way is not None}
    wide = _widened(problem, giving_way)
    staying = {place for place, way in chosen.items() if way is not None and way[1]}
    for place, day in spread(wide, giving_way, there, staying).items():
        chosen[place] = None if day is None else (day, False)
        values.update(_worth(problem, place, day))
        bounds[Criterion.CHANGES] += problem.demands[place].was_held * problem.demands[place].count
    chosen = evened(wide, chosen)
    goals = tuple(Goal(each, values[each], bound=bounds[each]) for each in Criterion)
    blockages = tuple(_blockages(problem, crowded, chosen, work))
    return Best(wide, chosen, goals, blockages)


def _gives_way(problem: Problem, place: int) -> bool:
    """Whether a demand may take any day of its quarter or year, and cannot stay as it is."""
    demand = problem.demands[place]
    return demand.wide is not None and not demand.may_stay


def _worth(problem: Problem, place: int, day: date | None) -> dict[Criterion, int]:
    """What a demand that gave way adds to each goal."""
    demand = problem.demands[place]
    count = demand.count
    if day is not None:
        days = abs((day - demand.session.on).days)
        return {Criterion.CHANGES: count, Criterion.DAYS: days * count}
    return {
        Criterion.REQUIRED if demand.is_required else Criterion.OTHERS: count,
        Criterion.EARLIEST: problem.days_before_last(demand) * count,
        Criterion.CHANGES: demand.was_held * count,
    }


def _widened(problem: Problem, places: Iterable[int]) -> Problem:
    """A problem in which some demands may take any day of their quarter or year."""
    demands = list(problem.demands)
    for place in places:
        demands[place] = demands[place].wide or demands[place]
    return evolve(problem, demands=tuple(demands))


def _blockages(
    problem: Problem, parts: Iterable[tuple[Sequence[int], bool]], chosen: Chosen, work: int
) -> Iterator[Blockage]:
    """Why demands are left out, of the parts in which not all can be met."""
    for places, is_best in parts:
        out = [number for number, place in enumerate(places) if chosen[place] is None]
        if out:
            part = problem.part(places)
            ways = {number: way for number, place in enumerate(places) if (way := chosen[place])}
            # What gave way may have a day elsewhere, and is in the way of nothing there.
            are_there = all(way[0] in part.demands[number].days for number, way in ways.items())
            days = {number: way[0] for number, way in ways.items()}
            known = days if are_there else None
            yield from blockages_of(part, out, work, known, is_best=is_best)
