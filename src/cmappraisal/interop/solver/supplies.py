"""Supplies: when a room or a trainer is free on a day, and how many sessions that is enough for.

What has no hours on a day is a supply of one session, however long: its span is the whole day, and
its gap is as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from attrs import evolve, frozen

from cmappraisal.training.hours import open_on
from cmappraisal.training.plans import MINUTES_A_DAY
from cmappraisal.training.resources import Room, Trainer

Filling: TypeAlias = tuple[int, ...]
"""How many sessions of each of some lengths a supply has at once."""

MAXIMUM_LENGTHS = 3
"""How many lengths of sessions are told apart when they are counted; more would have too many
fillings."""


@frozen
class Supply:
    """A room or a trainer on a day.

    Args:
        spans: From which minute to which it is free.
        gap: How many minutes there are at least between two sessions.
        has_hours: Whether it has hours on that day.
    """

    spans: tuple[tuple[int, int], ...]
    gap: int
    has_hours: bool

    def holds(self, start: int, minutes: int) -> bool:
        """Whether a session of so many minutes can begin at a minute of the day."""
        return any(opens <= start and start + minutes <= closes for opens, closes in self.spans)

    def without(self, start: int, minutes: int) -> Supply:
        """What is left of it beside a session that begins at a minute of the day."""
        before, after = start - self.gap, start + minutes + self.gap
        left = [
            part
            for opens, closes in self.spans
            for part in ((opens, min(closes, before)), (max(opens, after), closes))
            if part[0] < part[1]
        ]
        return evolve(self, spans=tuple(left))


_WHOLE = Supply(((0, MINUTES_A_DAY),), MINUTES_A_DAY, has_hours=False)


def supply_of(resource: Room | Trainer, day: date, *, is_half: bool) -> Supply | None:
    """What a room or a trainer is on a day; None where it is closed, or the trainer away."""
    if day in (resource.closed if isinstance(resource, Room) else resource.away):
        return None
    if not any(each.on in (None, day) for each in resource.hours):
        return _WHOLE
    return Supply(open_on(resource.hours, day, is_half=is_half), resource.gap, has_hours=True)


def classes_of(lengths: Sequence[int]) -> tuple[int, ...]:
    """The lengths by which sessions are counted, from the shortest on.

    Where there are too many, a session is counted as one of the next shorter length that is left.
    So what cannot be had when they are counted cannot be had at all.
    """
    found = sorted(set(lengths))
    step = -(-len(found) // MAXIMUM_LENGTHS) or 1
    return tuple(found[::step])


@lru_cache(maxsize=1024)
def fillings(supply: Supply, lengths: tuple[int, ...]) -> tuple[Filling, ...]:
    """The most sessions of some lengths that a supply can have at once, in each way there is."""
    if not supply.has_hours:
        alone = range(len(lengths))
        return tuple(tuple(int(place == each) for each in alone) for place in alone)
    found: list[Filling] = [(0,) * len(lengths)]
    for opens, closes in supply.spans:
        ways = _of_span(closes - opens + supply.gap, supply.gap, lengths)
        sums = {tuple(map(sum, zip(one, two, strict=True))) for one in found for two in ways}
        found = _greatest(sums)
    return tuple(found)


def _of_span(room: int, gap: int, lengths: tuple[int, ...]) -> list[Filling]:
    """The ways to fill a span that is longer by a gap, from the longest sessions on."""
    *shorter, longest = lengths
    most = room // (longest + gap)
    if not shorter:
        return [(most,)]
    return [
        (*way, count)
        for count in range(most + 1)
        for way in _of_span(room - count * (longest + gap), gap, tuple(shorter))
    ]


def _greatest(ways: set[Filling]) -> list[Filling]:
    """The ways than which no other has as many of each length."""
    found: list[Filling] = []
    for way in sorted(ways, key=lambda each: (-sum(each), each)):
        if not any(all(map(int.__ge__, other, way)) for other in found):
            found.append(way)
    return found


def most_of(supply: Supply, minutes: int) -> int:
    """How many sessions of so many minutes a supply can have."""
    lasts = minutes + supply.gap
    return sum((closes - opens + supply.gap) // lasts for opens, closes in supply.spans)
