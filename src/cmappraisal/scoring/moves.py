"""Moves: what a stage does to the points of a line, before anybody asks why.

A move says what it read without reading it again, so that totals alone can be added up without a
word, and the same moves become steps where every point is to be explained.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from cmappraisal.making import maker
from cmappraisal.points import canonical
from cmappraisal.scoring.steps import Effect, Step
from cmappraisal.scoring.terms import Terms

# What a move holds was checked before, and many become steps.
_made_step = maker(Step)


class Move(NamedTuple):
    """What a stage does to one line.

    Args:
        effect: What it does.
        change: The points it adds (or, negative, takes away).
        read: The field of the policy that it read; with ``id``, the field of that rule or clause.
        id: The id of the rule or clause that it read.
        circumstances: Ids of the circumstances that it read.
        because_of: Ids of other violations that it read.
        consequence: The id of the consequence that follows.
        ends: Whether the line counts no more, so that later stages leave it out.
    """

    effect: Effect
    change: Decimal
    read: str
    id: str | None = None
    circumstances: tuple[str, ...] = ()
    because_of: tuple[str, ...] = ()
    consequence: str | None = None
    ends: bool = False

    def step(self, points: Decimal, terms: Terms) -> Step:
        """The move as a step, after which a line has so many points."""
        return _made_step(
            self.effect,
            points,
            canonical(self.change),
            terms.reason(self.id, self.read),
            self.circumstances,
            self.because_of,
            self.consequence,
        )
