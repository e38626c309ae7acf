"""Lots: what each change of a balance still adds to it, until that lapses.

What takes away from lots, such as a cap or what goes beyond a bound, leaves less of them, so that
no point lapses twice. An award that is set against deductions leaves less of these too; what it
took is kept, so that a cap of awards can give it back.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from decimal import Decimal

import attrs

from cmappraisal.accounts.changes import Change
from cmappraisal.accounts.postings import PostingKind
from cmappraisal.points import EXACT, canonical, total_of

_ZERO = Decimal(0)


@attrs.define(eq=False)
class Lot:
    """What a change still adds to the balance.

    Args:
        change: The change.
        left: So many points of it, in their one form; below 0 where they lower the balance.
        counts: Whether it can still have points: not once it lapsed or was cancelled.
    """

    change: Change
    left: Decimal
    counts: bool = True


@attrs.define(eq=False)
class SetOff:
    """What an award was set against.

    Args:
        change: The award.
        against: Each lot of which it left less, with by how many points.
        forfeited: What was more than that.
    """

    change: Change
    against: list[tuple[Lot, Decimal]]
    forfeited: Decimal


class Lots:
    """The lots of a balance, in the order of their posting."""

    def __init__(self) -> None:
        # A dict, from which a lot is taken out at once, wherever it is.
        self._lots: dict[Lot, None] = {}
        self._set_off: list[SetOff] = []

    def __iter__(self) -> Iterator[Lot]:
        return iter(self._lots)

    def add(self, change: Change, points: Decimal) -> Lot:
        """Add a lot.

        Args:
            change: The change.
            points: By how many points it changes the balance.
        """
        lot = Lot(change, points)
        self._lots[lot] = None
        return lot

    def lapse(self, lot: Lot) -> Decimal:
        """Take out a lot that lapses; so many points of it were left."""
        del self._lots[lot]
        lot.counts = False
        return lot.left

    def charged(self) -> list[Change]:
        """The violations of which points are left."""
        changes = [lot.change for lot in self._lots if lot.left]
        return [
            change
            for change in changes
            if change.kind is PostingKind.CHARGED and change.id is not None
        ]

    def cancel(self, ids: Container[str | None]) -> Decimal:
        """Cancel what is left of violations.

        Args:
            ids: Their ids.

        Returns:
            How many points that is, below 0 where they lower the balance.
        """
        cancelled = [lot for lot in self if lot.change.id in ids]
        points = total_of(lot.left for lot in cancelled)
        for lot in cancelled:
            lot.left, lot.counts = _ZERO, False
        return points

    def take_oldest(self, points: Decimal) -> Decimal:
        """Take points from the oldest lots of the other sign; what could not be taken."""
        return _taken(points, self)

    def take_latest(self, points: Decimal) -> Decimal:
        """Take points from the latest lots of the other sign; what could not be taken."""
        return _taken(points, reversed(self._lots))

    def set_off(self, change: Change, points: Decimal, beyond: Decimal = _ZERO) -> Decimal:
        """Set an award against the oldest lots of the other sign.

        Args:
            change: The award.
            points: By how many points it changes the balance.
            beyond: What of it is forfeited anyway.

        Returns:
            What could not be set off.
        """
        before = [(lot, lot.left) for lot in self]
        beyond = EXACT.add(beyond, self.take_oldest(points))
        against = [
            (lot, EXACT.subtract(lot.left, left)) for lot, left in before if lot.left != left
        ]
        self._set_off.append(SetOff(change, against, beyond))
        return beyond

    def cap(self, points: Decimal, bounded: Container[str | None]) -> Decimal:
        """Take away what is more than a cap, from the latest of what it bounds.

        Args:
            points: How many points are taken away.
            bounded: The ids of what it bounds.

        Returns:
            What of them is in the balance no more: it lapsed, or was forfeited.
        """
        latest = [lot for lot in reversed(self._lots) if lot.change.id in bounded]
        points = _taken(points, latest)
        gone = _ZERO
        for award in reversed(self._set_off):
            if award.change.id in bounded:
                points, lost = _given_back(award, points)
                gone = EXACT.add(gone, lost)
        return EXACT.add(points, gone)


def _taken(points: Decimal, lots: Iterable[Lot]) -> Decimal:
    """Take points from lots of the other sign, one after another; what could not be taken."""
    for lot in lots:
        if points and lot.left and (lot.left > 0) is (points < 0):
            taken = _smaller(points, EXACT.minus(lot.left))
            lot.left = canonical(EXACT.add(lot.left, taken))
            points = EXACT.subtract(points, taken)
    return points


def _given_back(award: SetOff, points: Decimal) -> tuple[Decimal, Decimal]:
    """Take points from an award, so that what it was set against counts again.

    Args:
        award: The award.
        points: What is taken away.

    Returns:
        What could not be taken; and what was, but had been forfeited, or was set against what
        counts no more.
    """
    lost = _smaller(points, EXACT.minus(award.forfeited))
    award.forfeited = EXACT.add(award.forfeited, lost)
    points = EXACT.subtract(points, lost)
    for place, (lot, amount) in reversed(list(enumerate(award.against))):
        taken = _smaller(points, EXACT.minus(amount))
        award.against[place] = lot, EXACT.add(amount, taken)
        points = EXACT.subtract(points, taken)
        if lot.counts:
            lot.left = canonical(EXACT.add(lot.left, taken))
        else:
            lost = EXACT.add(lost, taken)
    return points, lost


def _smaller(one: Decimal, other: Decimal) -> Decimal:
    """Whichever of two numbers of points of one sign is nearer to none."""
    return min(one, other, key=EXACT.abs)
