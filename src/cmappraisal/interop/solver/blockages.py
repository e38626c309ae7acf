"""Blockages: for each session that is left out, a smallest set of others that block it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from attrs import evolve, frozen

from cmappraisal.interop.solver.clashes import Shape, shape_of
from cmappraisal.interop.solver.free_days import has_place, in_order, met_by
from cmappraisal.interop.solver.parts import alike
from cmappraisal.interop.solver.problems import Problem, moving
from cmappraisal.interop.solver.reasons import reason_of
from cmappraisal.interop.solver.searches import AnyDays, any_days, is_possible
from cmappraisal.texts import Text
from cmappraisal.training.blockages import Blockage, Scarcity

MAXIMUM_LOOKS = 24
"""How often it is looked whether some demands can all be met, for one that is left out: where even
that is too little, the others that block it are shown to block it, and may be more than needed."""

MAXIMUM_LOOKS_IN_ALL = 100
"""How often that is looked for all that are left out of demands that have days in common."""


def blockages_of(
    problem: Problem,
    left_out: Collection[int],
    work: int,
    found: AnyDays | None = None,
    *,
    is_best: bool = False,
) -> Iterator[Blockage]:
    """Why each demand is left out, in the order of the demands.

    Clusters of demands that are alike, and of which the same are left out, can change places. So
    what blocks one of them is found once, and is the same for the others but for the exchange.

    Args:
        problem: The problem.
        left_out: The places of the demands that are left out.
        work: How much work each search may do.
        found: Days on which all others can be met, by their places, as far as they are known.
        is_best: Whether it is proved that those and any one more cannot all be met.
    """
    problem = moving(problem)
    out, looks = frozenset(left_out), Counter[str]()
    blockages: dict[int, Blockage] = {}
    for rows in alike(problem, problem.looks):
        known: dict[tuple[int, tuple[bool, ...]], tuple[Sequence[int], Blocked]] = {}
        for row in rows:
            pattern = tuple(place in out for place in row)
            for number, place in enumerate(row):
                if place not in out:
                    continue
                key = number, pattern
                if key not in known:
                    known[key] = (
                        row,
                        _blocked(
                            problem, place, out, work, looks=looks, days=found, is_best=is_best
                        ),
                    )
                of_row, blocked = known[key]
                blockages[place] = _exchanged(problem, place, blocked, of_row, row)
    return (
        evolve(blockages[place], session=session.id)
        for place in sorted(blockages)
        for session in problem.demands[place].sessions
    )


@frozen
class Blocked:
    """What blocks a demand, by places, and what there is too little of."""

    beside: tuple[int, ...]
    scarce: Scarcity
    text: Text
    is_irreducible: bool


def _exchanged(
    problem: Problem, place: int, blocked: Blocked, of_row: Sequence[int], row: Sequence[int]
) -> Blockage:
    """What blocks a demand of a row, as it is for another row that is alike."""
    there = {**dict(zip(of_row, row, strict=True)), **dict(zip(row, of_row, strict=True))}
    beside = sorted(there.get(each, each) for each in blocked.beside)
    return Blockage(
        problem.demands[place].session.id,
        [problem.demands[each].session.id for each in beside],
        scarce=blocked.scarce,
        text=blocked.text,
        is_irreducible=blocked.is_irreducible,
    )


def _blocked(
    problem: Problem,
    place: int,
    out: Collection[int],
    work: int,
    *,
    looks: Counter[str],
    days: AnyDays | None,
    is_best: bool,
) -> Blocked:
    """What blocks one demand that is left out."""
    looks["left"] = min(MAXIMUM_LOOKS, MAXIMUM_LOOKS_IN_ALL - looks["in all"])
    held = [each for each in range(len(problem.demands)) if each not in out]
    needed, is_known = _irreducible(
        problem, place, held, work, looks=looks, days=days, is_best=is_best
    )
    known = days or {}
    met = {number: known[each] for number, each in enumerate(needed) if each in known}
    scarce, text = reason_of(problem.part(needed), work, needed.index(place), met)
    beside = tuple(each for each in needed if each != place)
    return Blocked(beside, scarce, text, is_known)


def _irreducible(
    problem: Problem,
    place: int,
    held: Sequence[int],
    work: int,
    *,
    looks: Counter[str],
    days: AnyDays | None,
    is_best: bool,
) -> tuple[list[int], bool]:
    """The places of demands that cannot all be met, though all but any one of them can.

    Those that can be seen to be needed are there from the beginning, and mostly they are all. The
    others are added in their order until they can no longer be met. The last one is needed for
    that; those after it are not. What is needed is put in front, and the search is repeated until
    the needed demands cannot be met even without the others. What a search that was cut does not
    know counts as possible, so that nothing that is needed is left away; then the rest need not be.

    Args:
        problem: The problem.
        place: The place of the demand that is left out.
        held: The places of those that can all be met without it.
        work: How much work each search may do.
        looks: How often it may be looked for this demand, and how often it was for all.
        days: Days on which those can be met, as far as they are known.
        is_best: Whether it is proved that all of them cannot be met.
    """
    is_known = True

    def can_be(places: Iterable[int]) -> bool:
        nonlocal is_known
        answer = is_possible(problem.part(sorted(places)), work)
        is_known = is_known and answer is not None
        looks.update({"in all": 1, "left": -1})
        return answer is not False

    there = sorted([place, *held])
    numbers = {each: number for number, each in enumerate(there)}
    with_days = None if days is None else {numbers[each]: days[each] for each in held}
    known = _also_needed(problem.part(there), numbers[place], work, with_days)
    needed = sorted(there[each] for each in known)
    others = [each for each in held if each not in needed]
    if is_best and not others:
        return needed, True
    while can_be(needed):
        if not others or looks["left"] <= 0:
            return sorted({*needed, *others}), False
        fewest, most = 1, len(others)
        while fewest < most:
            middle = (fewest + most) // 2
            if can_be([*needed, *others[:middle]]):
                fewest = middle + 1
            else:
                most = middle
        there = sorted([*needed, *others[:fewest]])
        last = there.index(others[fewest - 1])
        found = {there[each] for each in _also_needed(problem.part(there), last, work)}
        needed = sorted({*needed, *found})
        others = [each for each in others[:fewest] if each not in found]
    return needed, is_known


def _also_needed(problem: Problem, last: int, work: int, known: AnyDays | None = None) -> set[int]:
    """The places of demands that are needed because the last one is, as far as that can be seen.

    All can be met but for the last one. So all can be met but for any demand whose day the last one
    could take, and but for any demand whose day that one could take, and so on.
    """
    found = {last}
    others = [place for place in range(len(problem.demands)) if place != last]
    if known is None:
        days = any_days(problem.part(others), work) or {}
        known = {others[number]: days[number] for number in days}
    waiting = [(last, dict(known))]
    for left_out, met in waiting:
        on_day: defaultdict[date, list[int]] = defaultdict(list)
        for place, day in met.items():
            on_day[day].append(place)
        demand = problem.demands[left_out]
        for day in demand.days:
            there = on_day[day]
            in_the_way = met_by(problem, demand, day, there)
            # It does not matter which of those goes that are alike.
            has_place_without: dict[Shape, bool] = {}
            for place in there:
                if place in found or in_the_way not in ([], [place]):
                    continue
                shape = shape_of(problem, problem.demands[place], day)
                if shape not in has_place_without:
                    others = [each for each in there if each != place]
                    has_place_without[shape] = has_place(problem, demand, day, others)
                if not has_place_without[shape]:
                    continue
                there_is = {each: on for each, on in met.items() if each != place}
                if in_order(problem, left_out, day, there_is):
                    found.add(place)
                    waiting.append((place, {**there_is, left_out: day}))
    return found
