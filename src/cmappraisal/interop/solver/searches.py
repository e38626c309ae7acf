"""Searches: the best days for the demands of a problem, and how good they are known to be.

What is best is decided by one criterion after another: :class:`~cmappraisal.training.Criterion`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeAlias, cast

from attrs import frozen

from cmappraisal.interop.solver.clashes import Chosen
from cmappraisal.interop.solver.models import Model, Solved, Weighted
from cmappraisal.interop.solver.parts import independent, kinds
from cmappraisal.interop.solver.problems import Demand, Problem, moving, staying
from cmappraisal.interop.solver.sharing import share_rooms, share_trainers
from cmappraisal.interop.solver.solving import Unsolved
from cmappraisal.training.goals import Criterion, Goal

AnyDays: TypeAlias = Mapping[int, date]
"""The day of each demand, by its place."""

_LITTLE = 0.2
"""So little work finds some days where there are many."""


@frozen
class Found:
    """The best days that were found, and how good they are known to be by each criterion."""

    chosen: Chosen
    goals: tuple[Goal, ...]


def days_of_all(problem: Problem, work: int) -> Found | None:
    """The best days for all demands; None where there are none, or none were found.

    Where all demands that may stay do, no choice changes fewer, because every other demand has to
    change. The search finds that out quickly, and so it does whether there are days for all
    demands; only then does it have to weigh one choice against another.
    """
    whole: Found | None = None
    may_stay = any(demand.may_stay for demand in problem.demands)
    if may_stay:
        steady = _model(staying(problem), problem.looks_from_its_day, steady=True)
        whole = _whole(steady, (Criterion.DAYS,), work)
    if whole is None and is_possible(moving(problem), work):
        model = _model(problem, problem.looks_from_its_day)
        criteria = (Criterion.CHANGES, Criterion.DAYS) if may_stay else (Criterion.DAYS,)
        whole = _whole(model, criteria, work)
    return whole


def _whole(model: Model, criteria: Iterable[Criterion], work: int) -> Found | None:
    """The best days for all demands; None where there are none, or none was found."""
    found: dict[Criterion, Solved] = {}
    for criterion in criteria:
        solved = model.best(*_SUMS[criterion](model), work)
        if solved is None:
            return None
        found[criterion] = solved
    chosen = list(found.values())[-1].chosen
    if Criterion.CHANGES not in found:
        # Where all that may stay do, fewer cannot change.
        changes = sum(
            model.problem.demands[place].count
            for place, each in chosen.items()
            if not (each and each[1])
        )
        found[Criterion.CHANGES] = Solved(chosen, changes, changes)
    return Found(chosen, tuple(_goals(found)))


def days_of_most(problem: Problem, work: int) -> Found:
    """The best days for as many demands as can be."""
    model = _model(problem, problem.looks_from_its_day, partial=True)
    model.leave_all_out()
    found = {each: cast(Solved, model.best(*_SUMS[each](model), work)) for each in Criterion}
    return Found(found[Criterion.DAYS].chosen, tuple(_goals(found)))


def _goals(found: Mapping[Criterion, Solved]) -> Iterator[Goal]:
    """How good what was found is; nothing is left out where that was not in question."""
    for criterion in Criterion:
        solved = found.get(criterion)
        yield Goal(criterion, solved.value if solved else 0, bound=solved.bound if solved else 0)


def any_days(problem: Problem, work: int) -> AnyDays | None:
    """Some days for the demands of a problem, whichever; None if none were found."""
    days: dict[int, date] = {}
    for places in independent(problem):
        solved = _any(problem.part(places), work)
        if not isinstance(solved, Solved):
            return None
        days.update((places[number], each[0]) for number, each in solved.chosen.items() if each)
    return days


def is_possible(problem: Problem, work: int) -> bool | None:
    """Whether there are days for all demands of a problem; None where that was not found out."""
    answer: bool | None = True
    for places in independent(problem):
        solved = _any(problem.part(places), work)
        if solved is Unsolved.IMPOSSIBLE:
            return False
        if solved is Unsolved.UNKNOWN:
            answer = None
    return answer


def _any(problem: Problem, work: int) -> Solved | Unsolved:
    """Some days, whichever: mostly they are found at once, or it is seen at once why not."""
    model = _model(problem, problem.looks)
    solved = model.found(_LITTLE)
    return model.found(work, relaxed=True) if solved is Unsolved.UNKNOWN else solved


def _model(
    problem: Problem,
    looks: Callable[[Demand], Hashable],
    *,
    steady: bool = False,
    partial: bool = False,
) -> Model:
    model = Model(problem, steady=steady, partial=partial)
    for kind in kinds(problem, looks):
        model.add(kind)
    for day in sorted({*model.coming, *model.staying}):
        share_rooms(model, day)
        share_trainers(model, day)
    return model


# The sum that is to be least by each criterion, and what is added to it.


def _left_out(model: Model, worth: Callable[[Demand], int]) -> Weighted:
    return [
        (each, worth(model.demand(role)) * model.demand(role).count)
        for role in model.roles
        for each in role.left_out
        if worth(model.demand(role))
    ]


def _required(model: Model) -> tuple[Weighted, int]:
    return _left_out(model, lambda demand: demand.is_required), 0


def _others(model: Model) -> tuple[Weighted, int]:
    return _left_out(model, lambda demand: not demand.is_required), 0


def _earliest(model: Model) -> tuple[Weighted, int]:
    """What is left out, the more the earlier it was planned, by the days before the last."""
    return _left_out(model, model.problem.days_before_last), 0


def _changes(model: Model) -> tuple[Weighted, int]:
    """What was held and does not stay as it was, and what was not held and is."""
    stays = [
        (stay, -model.demand(role).count) for role in model.roles for stay in role.stays.values()
    ]
    new = [
        (count, model.demand(role).count)
        for role in model.roles
        if not model.demand(role).was_held
        for count in role.counts.values()
    ]
    held = (demand.count for demand in model.problem.demands if demand.was_held)
    return [*stays, *new], sum(held)


def _days(model: Model) -> tuple[Weighted, int]:
    weighted = [
        (count, abs((day - model.demand(role).session.on).days) * model.demand(role).count)
        for role in model.roles
        for day, count in role.counts.items()
    ]
    return [each for each in weighted if each[1]], 0


_SUMS: Mapping[Criterion, Callable[[Model], tuple[Weighted, int]]] = {
    Criterion.REQUIRED: _required,
    Criterion.OTHERS: _others,
    Criterion.EARLIEST: _earliest,
    Criterion.CHANGES: _changes,
    Criterion.DAYS: _days,
}
