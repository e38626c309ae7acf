"""A balance, as the second accounts keep it: what is posted, and what is left of each change."""

from collections.abc import Container, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import TypeAlias

import attrs

from second_keeping import Stated

NONE = Fraction(0)

Posted: TypeAlias = tuple[date, str, str | None, Fraction, Fraction, str | None]
"""Day, kind, violation or merit, points, balance, consequence."""


@attrs.define(eq=False)
class Lot:
    """What is left in the balance of one change of it."""

    id: str | None
    left: Fraction
    lapses_on: date | None
    below: Fraction | None
    deducts: bool
    is_gone: bool = False


@attrs.define(eq=False)
class SetOff:
    """What an award was set against: so much of each deduction, and what was forfeited."""

    id: str
    against: list[tuple[Lot, Fraction]]
    forfeited: Fraction


class Running:
    """A balance that changes."""

    def __init__(self, stated: Stated) -> None:
        self.stated = stated
        self.amount = NONE
        self.postings: list[Posted] = []
        self.lots: list[Lot] = []
        self.set_off: list[SetOff] = []

    def post(
        self, day: date, kind: str, id: str | None, points: Fraction, by: str | None = None
    ) -> None:
        if not points and kind != "opened":
            return
        self.amount += points
        self.postings.append((day, kind, id, points, self.amount, by))

    def bound(self, day: date) -> None:
        """Forfeit what goes beyond a bound, from the latest changes that go beyond it."""
        most, least = self.stated.balance.most, self.stated.balance.least
        if most is not None and self.amount > most:
            over = self.amount - Fraction(most)
        elif least is not None and self.amount < least:
            over = self.amount - Fraction(least)
        else:
            return
        self.take_latest([lot for lot in self.lots if lot.left * over > 0], over)
        self.post(day, "forfeited", None, -over)

    def take_latest(self, lots: Sequence[Lot], more: Fraction) -> Fraction:
        """Take from the latest of lots, all of one sign; what is still to be taken."""
        for lot in reversed(lots):
            less = smaller(lot.left, more)
            lot.left -= less
            more -= less
        return more

    @property
    def violations(self) -> list[str]:
        """The violations of which anything is left."""
        return [lot.id for lot in self.lots if lot.deducts and lot.left and lot.id is not None]

    # What changes it.

    def lapse(self, day: date, end: date) -> None:
        """Let points lapse; where the balance is too high, they do so after the end of the next."""
        due = [lot for lot in self.lots if lot.lapses_on is not None and lot.lapses_on <= day]
        before = self.amount
        for lot in sorted(due, key=lambda lot: lot.id or ""):
            if lot.below is not None and before >= lot.below:
                lot.lapses_on = end + timedelta(1)
                continue
            off, lot.left, lot.lapses_on, lot.is_gone = lot.left, NONE, None, True
            self.post(day, "lapsed", lot.id, -off)
            self.bound(day)

    def change(
        self,
        day: date,
        kind: str,
        id: str | None,
        points: Fraction,
        lapses: tuple[date | None, Fraction | None],
    ) -> None:
        """Deduct or award points, which count until they lapse."""
        points *= self.stated.raises if kind == "charged" else -self.stated.raises
        self.lots.append(Lot(id, points, *lapses, deducts=kind == "charged"))
        self.post(day, kind, id, points)
        self.bound(day)

    def award_too_high(self, day: date, id: str, points: Fraction) -> bool:
        """Award points at a balance at which none count; whether it is so high."""
        below = self.stated.balance.awards_below
        if below is None or self.amount < below:
            return False
        change = -points * self.stated.raises
        self.post(day, "awarded", id, change)
        self.post(day, "forfeited", None, -change)
        self.set_off.append(SetOff(id, [], change))
        return True

    def award_against_oldest(self, day: date, id: str, points: Fraction) -> None:
        """Set an award against the oldest deductions; what is more than these is forfeited."""
        more = -points * self.stated.raises
        against = []
        self.post(day, "awarded", id, more)
        for lot in self.lots:
            if lot.left * more < 0:
                less = smaller(-lot.left, more)
                lot.left += less
                more -= less
                against.append((lot, less))
        self.set_off.append(SetOff(id, against, more))
        self.post(day, "forfeited", None, -more)
        self.bound(day)

    def cap(self, day: date, kind: str, points: Fraction, ids: Container[str | None]) -> None:
        """Take away what is more than a cap, from the latest of what it bounds.

        What lapsed before, or was forfeited, is not taken away twice.
        """
        change = points * (self.stated.raises if kind == "charged" else -self.stated.raises)
        self.post(day, kind, None, change)
        more = self.take_latest([lot for lot in self.lots if lot.id in ids], -change)
        lost = NONE
        for award in reversed(self.set_off):
            if award.id in ids:
                more, kept = self.give_back(award, more)
                lost += kept
        self.post(day, "forfeited", None, more + lost)
        self.bound(day)

    def give_back(self, award: SetOff, more: Fraction) -> tuple[Fraction, Fraction]:
        """Take from an award that was set against deductions, which are so much higher again.

        Returns:
            What is still to be taken away; and what was taken, but from what had been forfeited, or
            was set against deductions that count no more.
        """
        lost = smaller(award.forfeited, more)
        award.forfeited -= lost
        more -= lost
        for place in reversed(range(len(award.against))):
            lot, amount = award.against[place]
            taken = smaller(amount, more)
            award.against[place] = lot, amount - taken
            more -= taken
            if lot.is_gone:
                lost += taken
            else:
                lot.left -= taken
        return more, lost

    # What consequences do to it.

    def reduce(self, day: date, most: Fraction, by: str) -> None:
        """Lower the balance to so many points, from the oldest."""
        over = self.amount - most
        if over > 0:
            self.take_latest([lot for lot in reversed(self.lots) if lot.left > 0], over)
            self.post(day, "reduced", None, -over, by)
            self.bound(day)

    def cancel(self, day: date, ids: Container[str | None], by: str) -> None:
        """Cancel what is left of violations."""
        off = NONE
        for lot in self.lots:
            if lot.deducts and lot.id in ids:
                off += lot.left
                lot.left, lot.is_gone = NONE, True
        self.post(day, "cancelled", None, -off, by)
        self.bound(day)


def smaller(one: Fraction, other: Fraction) -> Fraction:
    """Whichever of two of one sign is nearer to none."""
    return one if abs(one) < abs(other) else other
