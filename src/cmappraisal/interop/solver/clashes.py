"""Clashes: sessions that find no times on a day, though there are rooms and trainers enough.

To count rooms and trainers says how many sessions each of them has a place for, and not whether a
room and a trainer are free at the same time. That is looked at day by day, when the days are known.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from attrs import frozen

from cmappraisal.interop.solver.problems import Demand, Problem
from cmappraisal.interop.solver.solving import Unsolved
from cmappraisal.interop.solver.timings import DAYS_WORK, is_timed, timed

Chosen: TypeAlias = Mapping[int, tuple[date, bool] | None]
"""The day of each demand, by its place, and whether it stays as it was; None where it is left out.
"""

Shape: TypeAlias = tuple[int, int, tuple[str, ...]]
"""What a session asks for on a day: its length, the size of its room, and its courses."""

_PARTS = 12
"""In how many parts it is looked which sessions of a day are needed for a clash."""

_LITTLE = 0.1
"""How much work is done to find out whether some of them clash without the others."""


@frozen
class Clash:
    """Sessions that cannot all take place on a day, nor on another that is like it.

    Args:
        days: The days.
        shapes: How many there are of each shape.
        staying: The places of those that would stay as they are.
        is_proved: Whether it is known, and not only taken for so.
    """

    days: tuple[date, ...]
    shapes: Mapping[Shape, int]
    staying: tuple[int, ...]
    is_proved: bool


def shape_of(problem: Problem, demand: Demand, day: date) -> Shape:
    """The shape of a demand on a day."""
    seats = demand.seats_on(day)
    size = -1 if seats is None else problem.size(seats)
    return demand.minutes, size, demand.courses


def asks_for_as_much(shape: Shape, other: Shape) -> bool:
    """Whether whatever serves one shape would serve another."""
    is_as_large = shape[0] >= other[0] and shape[1] >= other[1]
    return is_as_large and set(shape[2]).issuperset(other[2])


class Clashes:
    """What of the days of a problem was looked at, and what was found.

    Args:
        problem: The problem.
    """

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._known: dict[Hashable, Clash | None] = {}
        self._alike: defaultdict[Hashable, list[date]] = defaultdict(list)
        self._kind: dict[date, Hashable] = {}
        if problem.is_by_the_hour:
            for day in sorted({day for demand in problem.demands for day in demand.days}):
                if is_timed(problem, day):
                    kind = tuple(
                        tuple((each.id, supply) for each, supply in there)
                        for there in problem.supplies_on(day)
                    )
                    self._kind[day] = kind
                    self._alike[kind].append(day)

    def of(self, chosen: Chosen) -> list[Clash]:
        """The clashes of the days that were chosen, one a day."""
        found = (self._on(day, *there) for day, there in self._by_day(chosen))
        return [clash for clash in found if clash is not None]

    def too_many(self, chosen: Chosen) -> Iterator[int]:
        """The places of demands without which nothing clashes, as few as come to mind."""
        for day, (coming, staying) in self._by_day(chosen):
            if self._on(day, coming, staying) is None:
                continue
            kept: list[int] = []
            for place in coming:
                if isinstance(self._timed(day, [*kept, place], staying, _LITTLE), Unsolved):
                    yield place
                else:
                    kept.append(place)

    def _by_day(self, chosen: Chosen) -> Iterable[tuple[date, tuple[list[int], list[int]]]]:
        """The places of the demands that come to each day with hours, and of those that stay."""
        days: defaultdict[date, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for place, way in chosen.items():
            if way is not None and way[0] in self._kind:
                days[way[0]][way[1]].append(place)
        return sorted(days.items())

    def _timed(
        self, day: date, coming: Iterable[int], staying: Iterable[int], work: float
    ) -> object:
        demands = self._problem.demands
        return timed(
            self._problem,
            day,
            [demands[place].on(day) for place in coming],
            [demands[place].on(day) for place in staying],
            work=work,
        )

    def _on(self, day: date, coming: Sequence[int], staying: Sequence[int]) -> Clash | None:
        shapes = self._shapes(day, coming)
        key = self._kind[day], tuple(sorted(shapes.items())), tuple(staying)
        if key not in self._known:
            self._known[key] = self._found(day, coming, staying)
        return self._known[key]

    def _shapes(self, day: date, places: Iterable[int]) -> Counter[Shape]:
        demands = self._problem.demands
        return Counter(shape_of(self._problem, demands[place], day) for place in places)

    def _found(self, day: date, coming: Sequence[int], staying: Sequence[int]) -> Clash | None:
        answer = self._timed(day, coming, staying, DAYS_WORK)
        if not isinstance(answer, Unsolved):
            return None
        is_proved = answer is Unsolved.IMPOSSIBLE
        items = [(place, False) for place in coming] + [(place, True) for place in staying]
        needed = self._needed(day, items) if is_proved else items
        stay = tuple(place for place, stays in needed if stays)
        return Clash(
            (day,) if stay else tuple(self._alike[self._kind[day]]),
            self._shapes(day, (place for place, stays in needed if not stays)),
            stay,
            is_proved,
        )

    def _needed(self, day: date, items: list[tuple[int, bool]]) -> list[tuple[int, bool]]:
        """Those of some demands that clash without the others, part by part."""
        size = -(-len(items) // _PARTS)
        while True:
            place = 0
            while place < len(items):
                rest = items[:place] + items[place + size :]
                coming = [each for each, stays in rest if not stays]
                staying = [each for each, stays in rest if stays]
                if self._timed(day, coming, staying, _LITTLE) is Unsolved.IMPOSSIBLE:
                    items = rest
                else:
                    place += size
            if size == 1 or len(items) > 2 * _PARTS:
                return items
            size = 1
