"""Searches: the best days for the demands of a problem, or any days, or that there are none."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from typing import TypeAlias

from cmappraisal.interop.solver.models import Chosen, Model
from cmappraisal.interop.solver.parts import independent, kinds
from cmappraisal.interop.solver.problems import Demand, Problem, moving, staying
from cmappraisal.interop.solver.sharing import share_rooms, share_trainers

AnyDays: TypeAlias = dict[int, date]
"""The day of each demand, by its place."""


def best_days(problem: Problem) -> Chosen | None:
    """The best days, or None if there are none.

    Where all demands that may stay do, no choice changes fewer, because every other demand has to
    change. The search finds that out quickly, and so it does whether there are any days at all;
    only between the two does it have to weigh one choice against another.
    """
    if not any(demand.may_stay for demand in problem.demands):
        return _best(problem)
    steady = _best(staying(problem), steady=True)
    if steady is not None:
        return steady
    return _best(problem) if is_possible(moving(problem)) else None


def any_days(problem: Problem) -> AnyDays | None:
    """Some days for the demands of a problem, whichever; None if there are none."""
    days: AnyDays = {}
    for places in independent(problem):
        part = problem.part(places)
        chosen = _model(part, part.looks).found()
        if chosen is None:
            return None
        days.update((places[number], day) for number, (day, _) in chosen.items())
    return days


def is_possible(problem: Problem) -> bool:
    """Whether there are days for all demands of a problem."""
    return any_days(problem) is not None


def _best(problem: Problem, *, steady: bool = False) -> Chosen | None:
    model = _model(problem, problem.looks_from_its_day, steady=steady)
    _prefer_few_changes(model)
    return model.found()


def _model(problem: Problem, looks: Callable[[Demand], Hashable], *, steady: bool = False) -> Model:
    model = Model(problem, steady=steady)
    for kind in kinds(problem, looks):
        model.add(kind)
    for day in sorted({*model.coming, *model.staying}):
        share_rooms(model, day)
        share_trainers(model, day)
    return model


def _prefer_few_changes(model: Model) -> None:
    """Prefer the fewest changes, and among those the fewest days in total."""
    demands = model.problem.demands
    change = 0
    if any(demand.may_stay for demand in demands):
        change = 1 + sum(map(_furthest, demands))
    model.minimize(
        [
            (count, change + abs((day - model.demand(role).session.on).days))
            for role in model.roles
            for day, count in role.counts.items()
        ]
    )


def _furthest(demand: Demand) -> int:
    """The most days by which a session may move."""
    return max((abs((day - demand.session.on).days) for day in demand.days), default=0)
