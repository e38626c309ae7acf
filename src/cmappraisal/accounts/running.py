"""Running: a balance that changes day by day, and what each change leaves in it.

What a change adds to the balance stays there as a lot until it lapses. What takes away from lots,
such as a cap or what goes beyond a bound, leaves less of them, so that no point lapses twice.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Container, Iterable
from datetime import date, timedelta
from decimal import Decimal
from enum import IntEnum
from itertools import count
from typing import NamedTuple

import attrs

from cmappraisal.accounts.postings import Posting, PostingKind
from cmappraisal.alternatives import AwardsAgainst
from cmappraisal.balances import Balance, BalanceOf, CleanTime
from cmappraisal.points import EXACT, canonical, total_of
from cmappraisal.scoring.appraisals import Line
from cmappraisal.scoring.steps import Reason
from cmappraisal.scoring.terms import Terms
from cmappraisal.spans import last_day

_ZERO = Decimal(0)
_DAY = timedelta(days=1)
_NO_BOUNDS = Balance()


class Turn(IntEnum):
    """In which order things are posted on one day."""

    LAPSE = 0
    CLEAN_TIME = 1
    CHARGE = 2
    CAP = 3
    TAKING = 4
    AWARD = 5
    CAP_OF_AWARDS = 6


class Change(NamedTuple):
    """What changes a balance on a day.

    Args:
        kind: What changes it.
        points: By how many points, above 0; below 0 where a cap takes away.
        counted_on: The day on which it counts.
        known_on: The day from which it was known.
        reason: What it rests on.
        lapses_on: The day on which it lapses; None where it does not.
        lapse: What says so.
        waits_for: The id of the consequence that has to be served first; None where it lapses
            anyway.
        line: The line of the violation or merit; None of any other.
        because_of: Ids of other violations that it rests on.
        consequence: The id of the consequence that makes it; None of any other.
    """

    kind: PostingKind
    points: Decimal
    counted_on: date
    known_on: date
    reason: Reason
    lapses_on: date | None
    lapse: Reason
    waits_for: str | None = None
    line: Line | None = None
    because_of: tuple[str, ...] = ()
    consequence: str | None = None

    @property
    def id(self) -> str | None:
        """The id of its violation or merit; None without one."""
        return None if self.line is None else self.line.violation.id


@attrs.define(eq=False)
class Lot:
    """What a change still adds to the balance.

    Args:
        change: The change.
        left: So many points of it; below 0 where they lower the balance.
    """

    change: Change
    left: Decimal


class Running:
    """A balance that changes, and its postings.

    Args:
        terms: The terms by which the account is kept.
        opened_on: The day on which it opens.
        lapsing: From a day on which clean time is awarded to that on which its points lapse, which
            is also that from which points that move on lapse next.
        serving: From the id of a violation and that of a consequence to the day on which it was
            served; None where it was not.
        look: What looks at each violation and merit once it is posted, with the balance before it.
    """

    def __init__(
        self,
        terms: Terms,
        opened_on: date,
        lapsing: Callable[[date], date | None],
        serving: Callable[[str, str], date | None],
        look: Callable[[Change, Decimal], None],
    ) -> None:
        self.postings: list[Posting] = []
        self.balance = _ZERO
        self._serving = serving
        self._look = look
        self._terms = terms
        stated: tuple[Balance, str | None] = terms.balance or (_NO_BOUNDS, None)
        self._stated, self._clause = stated
        self._raises = 1 if self._stated.of is BalanceOf.COLLECTED else -1
        self._lapsing = lapsing
        self._lots: dict[int, Lot] = {}
        self._ahead: list[tuple[date, Turn, int, Callable[[], None]]] = []
        self._number = count()
        read = "assessment_period" if self._clause is None else "balance"
        reason = terms.reason(self._clause, read)
        opened = Change(PostingKind.OPENED, _ZERO, opened_on, opened_on, reason, None, reason)
        self._post(opened, self._stated.opening)
        self._begin_clean_time(opened_on)

    def plan(self, day: date, turn: Turn, act: Callable[[], None]) -> None:
        """Plan what is done on a day.

        Args:
            day: The day.
            turn: When on that day; of one turn in the order in which it was planned.
            act: What is done.
        """
        heapq.heappush(self._ahead, (day, turn, next(self._number), act))

    def run(self, through: date) -> None:
        """Do all that was planned, and what follows from it, day by day.

        Args:
            through: The last day.
        """
        while self._ahead and self._ahead[0][0] <= through:
            heapq.heappop(self._ahead)[-1]()

    def charge(self, change: Change) -> None:
        """Deduct points, and begin clean time anew."""
        self._add(change, self._raises)
        self._begin_clean_time(change.counted_on + _DAY)

    def award(self, change: Change) -> None:
        """Award points, which are forfeited where the balance is too high for awards to count."""
        below = self._stated.awards_below
        if below is not None and self.balance >= below:
            points = EXACT.multiply(change.points, -self._raises)
            self._post(change, points)
            reason = self._terms.reason(self._clause, "balance")
            self._forfeit(EXACT.minus(points), change, reason)
            return
        if self._terms.policy.awards_against is AwardsAgainst.BALANCE:
            self._add(change, -self._raises)
            return
        # An award lapses with what it is set against, so it is no lot of its own.
        before, points = self.balance, EXACT.multiply(change.points, -self._raises)
        self._post(change, points)
        beyond = self._take(points, self._lots.values())
        if beyond:
            reason = self._terms.reason(None, "awards_against")
            self._forfeit(EXACT.minus(beyond), change, reason)
        self._stay_within(change)
        self._look(change, before)

    @property
    def charged(self) -> list[str]:
        """The ids of the violations whose points are in the balance, as they were posted."""
        return [
            lot.change.id
            for lot in self._lots.values()
            if lot.left and lot.change.id is not None and lot.change.kind is PostingKind.CHARGED
        ]

    def cancel(self, change: Change, ids: Container[str | None]) -> None:
        """Cancel what is left of violations.

        Args:
            change: What cancels it; its points are not read.
            ids: The ids of the violations.
        """
        left = [lot for lot in self._lots.values() if lot.change.id in ids and lot.left]
        if left:
            points = EXACT.minus(total_of(lot.left for lot in left))
            for lot in left:
                lot.left = _ZERO
            self._post(change, points)
            self._stay_within(change)

    def reduce(self, change: Change, most: Decimal) -> None:
        """Lower the balance, where it is higher.

        Args:
            change: What lowers it; its points are not read.
            most: To how many points.
        """
        points = EXACT.subtract(most, self.balance)
        if points < 0:
            self._take(points, self._lots.values())
            self._post(change, points)

    def cap(self, change: Change, bounded: Container[str | None]) -> None:
        """Take away what is more than a cap, from the latest of what it bounds.

        Args:
            change: What is taken away, below 0.
            bounded: The ids of what it bounds.
        """
        raises = self._raises if change.kind is PostingKind.CHARGED else -self._raises
        points = EXACT.multiply(change.points, raises)
        self._post(change, points)
        self._take(points, [lot for lot in self._latest if lot.change.id in bounded])
        self._stay_within(change)

    @property
    def _latest(self) -> list[Lot]:
        return list(reversed(self._lots.values()))

    def _add(self, change: Change, sign: int) -> None:
        """Add what a change adds to the balance, until it lapses."""
        before = self.balance
        lot, number = Lot(change, EXACT.multiply(change.points, sign)), next(self._number)
        self._lots[number] = lot
        self._post(change, lot.left)
        self._stay_within(change)
        if change.line is not None:
            self._look(change, before)
        if change.lapses_on is not None:
            self._plan_lapse(number, max(change.lapses_on, change.counted_on))

    def _plan_lapse(self, number: int, day: date) -> None:
        self.plan(day, Turn.LAPSE, lambda: self._lapse(number, day))

    def _lapse(self, number: int, day: date) -> None:
        change = self._lots[number].change
        if change.waits_for is not None and change.id is not None:
            served_on = self._serving(change.id, change.waits_for)
            if served_on is None or served_on >= day:
                later = self._lapsing(day)
                if later is not None:
                    self._plan_lapse(number, later)
                return
        lot = self._lots.pop(number)
        if lot.left:
            lapse = lot.change._replace(
                kind=PostingKind.LAPSED,
                counted_on=day,
                known_on=max(day, lot.change.known_on),
                reason=lot.change.lapse,
            )
            self._post(lapse, EXACT.minus(lot.left))
            self._stay_within(lapse)

    def _stay_within(self, change: Change) -> None:
        """Forfeit what goes beyond a bound of the balance."""
        least, most = self._stated.least, self._stated.most
        bound = self.balance if most is None else min(self.balance, most)
        bound = bound if least is None else max(bound, least)
        beyond = EXACT.subtract(bound, self.balance)
        if beyond:
            self._take(beyond, self._latest)
            self._forfeit(beyond, change, self._terms.reason(self._clause, "balance"))

    def _take(self, points: Decimal, lots: Iterable[Lot]) -> Decimal:
        """Take points from lots of the other sign, one after another; what could not be taken."""
        for lot in lots:
            if points and lot.left and (lot.left > 0) is (points < 0):
                taken = min(points, EXACT.minus(lot.left), key=EXACT.abs)
                lot.left = EXACT.add(lot.left, taken)
                points = EXACT.subtract(points, taken)
        return points

    def _forfeit(self, points: Decimal, change: Change, reason: Reason) -> None:
        kind = PostingKind.FORFEITED
        self._post(change._replace(kind=kind, reason=reason, line=None, because_of=()), points)

    def _post(self, change: Change, points: Decimal) -> None:
        self.balance = canonical(EXACT.add(self.balance, points))
        posting = Posting(
            change.kind,
            canonical(points),
            counted_on=change.counted_on,
            known_on=change.known_on,
            balance=self.balance,
            reason=change.reason,
            violation=change.id,
            because_of=change.because_of,
            consequence=change.consequence,
        )
        self.postings.append(posting)

    def _begin_clean_time(self, first: date) -> None:
        stated = self._terms.clean_time
        self._clean_since = first
        if stated is not None:
            last = last_day(first, stated[0].months)
            if last < date.max:
                day = last + _DAY
                self.plan(day, Turn.CLEAN_TIME, lambda: self._reward(*stated, first, day))

    def _reward(self, clean: CleanTime, clause: str, first: date, day: date) -> None:
        """Award clean time, unless a deduction has begun it anew."""
        if self._clean_since == first:
            reasons = self._terms.reason(clause, "clean_time"), self._terms.reason(None, "lapse")
            made, lapse = reasons
            kind, lapses_on = PostingKind.CLEAN_TIME, self._lapsing(day)
            self._add(Change(kind, clean.points, day, day, made, lapses_on, lapse), -self._raises)
            self._begin_clean_time(day)
