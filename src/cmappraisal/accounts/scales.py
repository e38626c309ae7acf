"""Scales: tables of thresholds as they are looked at, the same for everybody."""

from __future__ import annotations

from bisect import bisect_right
from decimal import Decimal
from typing import NamedTuple

from cmappraisal.balances import Balance, BalanceOf
from cmappraisal.clauses import Clause
from cmappraisal.points import EXACT
from cmappraisal.scoring.terms import Terms
from cmappraisal.thresholds import Threshold, Thresholds, ThresholdsOf

_ZERO = Decimal(0)


class Scale(NamedTuple):
    """The thresholds of a table in the order in which they are reached, the same for everybody.

    Args:
        clause: The id of the clause with the table.
        stated: The table.
        is_falling: Whether points kept or scores are looked at, which reach it from above; they
            are looked at with the other sign.
        rows: The thresholds.
        heights: How high each is.
        repeats: Whether any of them is reached once more with further points.
        passed: How many are reached when the account opens, by no violation.
    """

    clause: str
    stated: Thresholds
    is_falling: bool
    rows: tuple[Threshold, ...]
    heights: tuple[Decimal, ...]
    repeats: bool
    passed: int

    @classmethod
    def of(cls, clause: str, stated: Thresholds, opening: Decimal, *, is_falling: bool) -> Scale:
        """The scale of a table.

        Args:
            clause: The id of the clause with the table.
            stated: The table.
            opening: The points that are looked at when the account opens.
            is_falling: Whether thresholds are reached from above.
        """
        rows = stated.rows[::-1] if is_falling else stated.rows
        heights = tuple(_height(row.at, is_falling=is_falling) for row in rows)
        passed = bisect_right(heights, _height(opening, is_falling=is_falling))
        repeats = any(row.every is not None for row in rows)
        return cls(clause, stated, is_falling, rows, heights, repeats, passed)


def _height(points: Decimal, *, is_falling: bool) -> Decimal:
    """How high points are, so that more of them reach more."""
    return EXACT.minus(points) if is_falling else points


def nothing_of(stated: Thresholds) -> Decimal:
    """What reaches no threshold of the score, or of grades in a row.

    Args:
        stated: The table.
    """
    return EXACT.add(stated.rows[-1].at, 1) if stated.of is ThresholdsOf.SCORE else _ZERO


def _scale(clause: Clause, table: Thresholds, balance: Balance) -> Scale:
    """The scale of the table of a clause."""
    if table.of is not ThresholdsOf.POINTS:
        is_score = table.of is ThresholdsOf.SCORE
        return Scale.of(clause.id, table, nothing_of(table), is_falling=is_score)
    if table.within is not None:
        return Scale.of(clause.id, table, _ZERO, is_falling=False)
    is_kept = balance.of is BalanceOf.KEPT
    return Scale.of(clause.id, table, balance.opening, is_falling=is_kept)


def scales_of(terms: Terms) -> list[Scale]:
    """The scales of all tables.

    Args:
        terms: The terms by which accounts are kept.
    """
    balance = Balance() if terms.balance is None else terms.balance[0]
    return [
        _scale(clause, clause.thresholds, balance)
        for clause in terms.rulebook.clauses
        if clause.thresholds is not None
    ]
