"""Lessons: what trainers teach, each of which can be handed on to somebody who can have it too.

The days and the rooms stay as they are. Whoever has most hands lessons on, through others, to
whoever has fewer; then lessons on inconvenient days are exchanged for others, one for one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from attrs import evolve

from cmappraisal.interop.solver.clashes import Chosen
from cmappraisal.interop.solver.problems import Problem
from cmappraisal.interop.solver.supplies import Supply
from cmappraisal.interop.solver.timings import Placing
from cmappraisal.training.hours import minute_of

MAXIMUM_LOOKS = 200_000
"""How often it is looked whether a trainer can have a session of another."""


class Lessons:
    """The lessons of trainers, which they can hand on to one another.

    Args:
        problem: The problem.
        chosen: The day of each demand, and whether it stays as it was.
        placed: The placing of each session, by id.
    """

    def __init__(self, problem: Problem, chosen: Chosen, placed: Mapping[str, Placing]) -> None:
        self.problem = problem
        self.at: dict[int, Placing] = {}
        self.of: dict[str, set[int]] = {each.id: set() for each in problem.trainers}
        self.able: dict[int, frozenset[str]] = {}
        self.looks = MAXIMUM_LOOKS
        teaching: dict[tuple[str, ...], frozenset[str]] = {}
        self._stays = {place for place, way in chosen.items() if way is not None and way[1]}
        self._held: defaultdict[tuple[str, date], set[int]] = defaultdict(set)
        self._supplies: dict[date, Mapping[str, Supply]] = {}
        for place, demand in enumerate(problem.demands):
            placing = placed.get(demand.session.id)
            if placing is None or placing.trainer is None:
                continue
            if demand.courses not in teaching:
                able = (each.id for each in problem.trainers if demand.is_taught_by(each))
                teaching[demand.courses] = frozenset(able)
            self.at[place] = placing
            self.of[placing.trainer].add(place)
            self._held[placing.trainer, placing.on].add(place)
            is_free = place not in self._stays
            only = frozenset([placing.trainer])
            self.able[place] = teaching[demand.courses] if is_free else only

    def in_the_way(self, trainer: str, place: int) -> set[int] | None:
        """Which lessons of a trainer are in the way of one of another; None where it cannot be."""
        placing = self.at[place]
        self.looks -= 1
        there = self._on(placing.on)
        supply, was = there.get(trainer), there[placing.trainer or ""]
        if supply is None or supply.has_hours is not was.has_hours:
            return None
        held = self._held[trainer, placing.on]
        if supply.has_hours:
            for each in held:
                supply = supply.without(self._begins(each), self.problem.demands[each].minutes)
            fits = supply.holds(self._begins(place), self.problem.demands[place].minutes)
            return set() if fits else None
        return held

    def can_have(self, trainer: str, place: int) -> bool:
        """Whether a trainer can have a lesson of another as it is placed, beside all other ones."""
        return trainer in self.able[place] and self.in_the_way(trainer, place) == set()

    @property
    def is_by_the_day(self) -> bool:
        """Whether all trainers have one lesson a day."""
        return not any(each.hours for each in self.problem.trainers)

    def give(self, trainer: str, place: int) -> None:
        """Give a lesson to a trainer."""
        placing = self.at[place]
        before = placing.trainer or ""
        self.of[before].discard(place)
        self._held[before, placing.on].discard(place)
        self.of[trainer].add(place)
        self._held[trainer, placing.on].add(place)
        self.at[place] = evolve(placing, trainer=trainer)

    def is_inconvenient(self, place: int) -> bool:
        """Whether a lesson is on an inconvenient day."""
        return self.at[place].on in self.problem.inconvenient_days

    def _begins(self, place: int) -> int:
        start = self.at[place].start
        return 0 if start is None else minute_of(start)

    def _on(self, day: date) -> Mapping[str, Supply]:
        if day not in self._supplies:
            there = self.problem.supplies_on(day)[1]
            self._supplies[day] = {trainer.id: supply for trainer, supply in there}
        return self._supplies[day]


# Who has fewer than whom.


def even_loads(lessons: Lessons) -> tuple[int, int] | None:
    """Let whoever has most hand on lessons, through others, to whoever has fewer.

    Returns:
        How many lessons have nobody but how many to hold them, on their days, where that shows why
        nobody could have fewer than the one who has most; else None.
    """
    settled: set[str] = set()
    shown: tuple[int, int] | None = None
    while len(settled) < len(lessons.of) and lessons.looks > 0:
        heaviest = max(
            (each for each in lessons.of if each not in settled),
            key=lambda each: len(lessons.of[each]),
        )
        steps, reached = _steps(lessons, heaviest)
        for place, taker in steps:
            lessons.give(taker, place)
        if not steps:
            # Those who were reached reach no more than that.
            if not settled and lessons.is_by_the_day:
                shown = sum(len(lessons.of[each]) for each in reached), len(reached)
            settled |= reached
    return shown


def _steps(lessons: Lessons, heaviest: str) -> tuple[list[tuple[int, str]], set[str]]:
    """Which lesson is given to whom, so that the one with most has one fewer, and who was reached.

    A lesson goes to somebody who is free for it, and who may hand on another; or it takes the day
    of another lesson, which goes on itself. Where no lesson goes to somebody who has fewer, those
    who were reached have to share theirs among them.
    """
    load = {each: len(there) for each, there in lessons.of.items()}
    taken: dict[int, str] = {}
    before: dict[int, int | None] = dict.fromkeys(sorted(lessons.of[heaviest]))
    reached = {heaviest}
    waiting = list(before)
    for place in waiting:
        for taker in sorted(lessons.able[place] - reached, key=lambda each: (load[each], each)):
            held = lessons.in_the_way(taker, place)
            if held is None:
                continue
            more = held
            if not held:
                if load[taker] <= load[heaviest] - 2:
                    return list(_path(place, taker, before, taken)), reached
                reached.add(taker)
                more = lessons.of[taker]
            for each in sorted(more):
                if each not in before:
                    before[each], taken[each] = place, taker
                    waiting.append(each)
    return [], reached


def _path(
    last: int, taker: str, before: Mapping[int, int | None], taken: Mapping[int, str]
) -> Iterator[tuple[int, str]]:
    """Each lesson that is handed on, and to whom."""
    place: int | None = last
    while place is not None:
        yield place, taker
        taker, place = taken.get(place, ""), before[place]


def even_inconvenience(lessons: Lessons) -> None:
    """Let trainers exchange lessons on inconvenient days for others, one for one."""
    while lessons.looks > 0:
        bad = {each: sum(map(lessons.is_inconvenient, there)) for each, there in lessons.of.items()}
        exchange = next(_exchanges(lessons, bad), None)
        if exchange is None:
            return
        (giver, place), (taker, other) = exchange
        lessons.give(taker, place)
        lessons.give(giver, other)


def _exchanges(
    lessons: Lessons, bad: Mapping[str, int]
) -> Iterator[tuple[tuple[str, int], tuple[str, int]]]:
    by_number = sorted(bad, key=lambda each: (-bad[each], each))
    for giver in by_number:
        for taker in (each for each in reversed(by_number) if bad[giver] - bad[each] > 1):
            for place in sorted(filter(lessons.is_inconvenient, lessons.of[giver])):
                if lessons.can_have(taker, place):
                    for other in sorted(lessons.of[taker]):
                        if not lessons.is_inconvenient(other) and lessons.can_have(giver, other):
                            yield (giver, place), (taker, other)
