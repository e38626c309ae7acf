"""Conflicts: a smallest set of sessions that block each other, and the error that names it."""

from __future__ import annotations

import operator

from cmappraisal.errors import ResourceConflict
from cmappraisal.interop.solver.placings import trainers_for
from cmappraisal.interop.solver.problems import Problem, moving
from cmappraisal.interop.solver.searches import AnyDays, any_days, is_possible
from cmappraisal.interop.solver.shortfalls import shortfall_of
from cmappraisal.training.schedules import Schedule

MAXIMUM_SHOWN = 20
"""How many sessions the message of a conflict names; its attribute has all of them."""


def conflict_of(schedule: Schedule, problem: Problem) -> ResourceConflict:
    """The error for a problem of a schedule whose demands cannot all be met."""
    problem = moving(problem)
    blocked = problem.part(_irreducible(problem))
    ids = [demand.session.id for demand in blocked.demands]
    shortfall = shortfall_of(blocked)
    need = "1 session needs" if len(ids) == 1 else f"{len(ids)} sessions need"
    names = ", ".join(f'"{id}"' for id in ids[:MAXIMUM_SHOWN])
    more = f" and {len(ids) - MAXIMUM_SHOWN} more" if len(ids) > MAXIMUM_SHOWN else ""
    return ResourceConflict(
        f"{schedule}: {need} {shortfall.resource} and there {shortfall.there}: {names}{more}; "
        f"{shortfall.remedy}, or leave out one of the sessions",
        ids,
        shortfall.resource,
    )


def _irreducible(problem: Problem) -> list[int]:
    """The places of demands that cannot all be met, though all but any one of them can.

    The demands are added in their order until they can no longer be met. The last one is needed for
    that; those after it are not. What is needed is put in front, and the search is repeated until
    the needed demands cannot be met even without the others.
    """
    needed: list[int] = []
    others = list(range(len(problem.demands)))
    while is_possible(problem.part(needed)):
        fewest, most = 1, len(others)
        while fewest < most:
            middle = (fewest + most) // 2
            if is_possible(problem.part(sorted([*needed, *others[:middle]]))):
                fewest = middle + 1
            else:
                most = middle
        there = sorted([*needed, *others[:fewest]])
        last = there.index(others[fewest - 1])
        found = {there[place] for place in _also_needed(problem.part(there), last)}
        needed = sorted({*needed, *found})
        others = [place for place in others[:fewest] if place not in found]
    return needed


def _also_needed(problem: Problem, last: int) -> set[int]:
    """The places of demands that are needed because the last one is, as far as that can be seen.

    All can be met but for the last one. So all can be met but for any demand whose day the last one
    could take, and but for any demand whose day that one could take, and so on.
    """
    found = {last}
    others = [place for place in range(len(problem.demands)) if place != last]
    days = any_days(problem.part(others)) or {}
    waiting: list[tuple[int, AnyDays]] = [(last, {others[number]: days[number] for number in days})]
    for left_out, met in waiting:
        for place in others:
            if place not in found and met.get(place) in problem.demands[left_out].days:
                changed = {each: day for each, day in met.items() if each != place}
                changed[left_out] = met[place]
                if _is_met(problem, changed, left_out):
                    found.add(place)
                    waiting.append((place, changed))
    return found


def _is_met(problem: Problem, days: AnyDays, new: int) -> bool:
    """Whether days are right, where all but one of them were right before."""
    on, participants = days[new], problem.demands[new].participants
    on_that_day = [problem.demands[place] for place, day in days.items() if day == on]
    if [demand.participants for demand in on_that_day].count(participants) > 1:
        return False
    for before, after in problem.orders:
        is_known = new in (before, after) and before in days and after in days
        if is_known and days[before] >= days[after]:
            return False
    seats = sorted(
        (demand.seats for demand in on_that_day if demand.seats is not None), reverse=True
    )
    open_rooms = sorted(
        (room.capacity for room in problem.rooms if on not in room.closed), reverse=True
    )
    if len(seats) > len(open_rooms) or any(map(operator.gt, seats, open_rooms)):
        return False
    there = [trainer for trainer in problem.trainers if on not in trainer.away]
    return trainers_for(on_that_day, there) is not None
