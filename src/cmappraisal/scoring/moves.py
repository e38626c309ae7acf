"""Moves: what a stage does to the points of a line, before anybody asks why.

A move says what it read without reading it again, so that totals alone can be added up without a
word, and the same moves become steps where every point is to be explained.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from cmappraisal.points import canonical
from cmappraisal.policy import Assumption
from cmappraisal.rulebooks import Rulebook
from cmappraisal.rules import Provision
from cmappraisal.scoring.steps import Effect, Reason, Step


@lru_cache(maxsize=1024)
def _reason(rule: str | None, read: str, edition: str) -> Reason:
    """A reason, checked once for all the lines that have it."""
    return Assumption(read) if rule is None else Provision(rule, read, edition=edition)


class Move(NamedTuple):
    """What a stage does to one line.

    Args:
        effect: What it does.
        change: The points it adds (or, negative, takes away).
        read: The field of the policy that it read; with ``rule``, the field of that rule.
        rule: The id of the rule that it read.
        circumstances: Ids of the circumstances that it read.
        because_of: Ids of other violations that it read.
        ends: Whether the line counts no more, so that later stages leave it out.
    """

    effect: Effect
    change: Decimal
    read: str
    rule: str | None = None
    circumstances: tuple[str, ...] = ()
    because_of: tuple[str, ...] = ()
    ends: bool = False

    def reason(self, rulebook: Rulebook) -> Reason:
        """What it read."""
        return _reason(self.rule, self.read, rulebook.edition)

    def step(self, points: Decimal, rulebook: Rulebook) -> Step:
        """The move as a step, after which a line has so many points."""
        return Step(
            self.effect,
            points,
            change=canonical(self.change),
            reason=self.reason(rulebook),
            circumstances=self.circumstances,
            because_of=self.because_of,
        )
