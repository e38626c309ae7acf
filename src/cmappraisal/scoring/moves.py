"""Moves: what a stage does to the points of a line, before anybody asks why.

A move says what it read without reading it again, so that totals alone can be added up without a
word, and the same moves become steps where every point is to be explained.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple, Protocol

from cmappraisal.acts import Act
from cmappraisal.making import maker
from cmappraisal.points import EXACT, canonical
from cmappraisal.scoring.steps import Effect, Step, named
from cmappraisal.scoring.terms import Terms

_ZERO = Decimal(0)

# What a move holds was checked before, and many become steps.
_made_step = maker(Step)


class OfViolation(Protocol):
    """What is of a violation or a merit, as a line is."""

    @property
    def violation(self) -> Act: ...  # noqa: D102


class Move(NamedTuple):
    """What a stage does to one line.

    Args:
        effect: What it does.
        change: The points it adds (or, negative, takes away); None where it takes away all.
        read: The field of the policy that it read; with ``id``, the field of that rule or clause.
        id: The id of the rule or clause that it read.
        circumstances: Ids of the circumstances that it read.
        because_of: Other lines that it read; their violations are named where it becomes a step.
        consequence: The id of the consequence that follows.
        ends: Whether the line counts no more, so that later stages leave it out.
    """

    effect: Effect
    change: Decimal | None
    read: str
    id: str | None = None
    circumstances: tuple[str, ...] = ()
    because_of: Sequence[OfViolation] = ()
    consequence: str | None = None
    ends: bool = False

    def after(self, points: Decimal) -> Decimal:
        """The points that a line has after it.

        Args:
            points: Those that it had before.
        """
        return _ZERO if self.change is None else EXACT.add(points, self.change)

    def step(self, before: Decimal, after: Decimal, terms: Terms) -> Step:
        """The move as a step.

        Args:
            before: The points of the line before it.
            after: Those after it, in their one form.
            terms: The terms that it was read in.
        """
        return _made_step(
            self.effect,
            after,
            canonical(EXACT.minus(before) if self.change is None else self.change),
            terms.reason(self.id, self.read),
            self.circumstances,
            named(each.violation.id for each in self.because_of),
            self.consequence,
        )
