"""Running: a balance that changes day by day, and its postings."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from cmappraisal.accounts.agendas import Agenda, Turn
from cmappraisal.accounts.changes import Change, Lapsing
from cmappraisal.accounts.clean_times import CleanTimes
from cmappraisal.accounts.lots import Lot, Lots
from cmappraisal.accounts.postings import Posting, PostingKind
from cmappraisal.alternatives import AwardsAgainst
from cmappraisal.balances import Balance, BalanceOf, CleanTime
from cmappraisal.lapses import Lapse, WithPeriod
from cmappraisal.making import maker
from cmappraisal.periods import Period
from cmappraisal.points import EXACT, canonical
from cmappraisal.scoring.steps import Reason
from cmappraisal.scoring.terms import Terms

_ZERO, _ONE = Decimal(0), Decimal(1)
_NO_BOUNDS = Balance()

# What it is made from was checked before, and one is made for every line.
_posting = maker(Posting)


def _by_id(lapse: tuple[Lot, Lapsing]) -> str:
    return lapse[0].change.id or ""


class Running:
    """A balance that changes, and its postings.

    Args:
        terms: The terms by which the account is kept.
        opened_on: The day on which it opens.
        agenda: What is done to it day by day.
        lapsing: From what is stated of it, and a day, to that on which points lapse; None where
            they do not.
        serving: From the id of a violation and that of a consequence to the day on which it was
            served; None where it was not.
        stints: The times in which clean time can be spent, by their first days.
        look: What looks at each violation and merit once it is posted, with the balance before it.
    """

    def __init__(
        self,
        terms: Terms,
        opened_on: date,
        agenda: Agenda,
        *,
        lapsing: Callable[[Lapse, date], date | None],
        serving: Callable[[str, str], date | None],
        look: Callable[[Running, Change, Decimal], None],
        stints: Sequence[Period],
    ) -> None:
        self.postings: list[Posting] = []
        self.balance = _ZERO
        self.lots = Lots()
        self._lapsing_on: dict[date, list[tuple[Lot, Lapsing]]] = {}
        self.agenda = agenda
        self._terms, self._lapsing, self._serving, self._look = terms, lapsing, serving, look
        stated: tuple[Balance, str | None] = terms.balance or (_NO_BOUNDS, None)
        self._stated, self._clause = stated
        self._raises = 1 if self._stated.of is BalanceOf.COLLECTED else -1
        read = "assessment_period" if self._clause is None else "balance"
        reason = terms.reason(self._clause, read)
        self._post(PostingKind.OPENED, self._stated.opening, opened_on, opened_on, reason)
        self._clean: CleanTimes | None = None
        if terms.clean_time is not None:
            clean, clause = terms.clean_time
            self._clean = CleanTimes(clean.months, opened_on, stints)
            self._clean.plan(agenda, partial(self._reward, clean, clause))

    def charge(self, change: Change) -> None:
        """Deduct points, and begin clean time anew."""
        self._add(change, self._raises)
        if self._clean is not None:
            self._clean.begin_after(change.counted_on)

    def award(self, change: Change) -> None:
        """Award points, which are forfeited where the balance is too high for awards to count."""
        before, points = self.balance, EXACT.multiply(change.points, -self._raises)
        below = self._stated.awards_below
        if below is not None and self.balance >= below:
            self._post_change(change, points)
            # Nothing of it is in the balance that a cap of awards could take away.
            self.lots.set_off(change, _ZERO, beyond=points)
            self._forfeit(EXACT.minus(points), self._of_balance)
        elif self._terms.policy.awards_against is AwardsAgainst.BALANCE:
            self._add(change, -self._raises)
        else:
            # An award lapses with what it is set against, so it is no lot of its own.
            self._post_change(change, points)
            beyond = self.lots.set_off(change, points)
            reason = self._terms.reason(None, "awards_against")
            self._forfeit(EXACT.minus(beyond), reason)
            self._stay_within()
            self._look(self, change, before)

    def cancel(self, change: Change, ids: Container[str | None]) -> None:
        """Cancel what is left of violations.

        Args:
            change: What cancels it; its points are not read.
            ids: The ids of the violations.
        """
        points = self.lots.cancel(ids)
        if points:
            self._post_change(change, EXACT.minus(points))
            self._stay_within()

    def reduce(self, change: Change, most: Decimal) -> None:
        """Lower the balance, where it is higher.

        Args:
            change: What lowers it; its points are not read.
            most: To how many points.
        """
        points = canonical(EXACT.subtract(most, self.balance))
        if points < 0:
            self.lots.take_oldest(points)
            self._post_change(change, points)
            self._stay_within()

    def cap(self, change: Change, bounded: Container[str | None]) -> None:
        """Take away what is more than a cap, from the latest of what it bounds.

        Args:
            change: What is taken away, below 0.
            bounded: The ids of what it bounds.
        """
        raises = self._raises if change.kind is PostingKind.CHARGED else -self._raises
        points = EXACT.multiply(change.points, raises)
        self._post_change(change, points)
        # What lapsed before, or was forfeited, is not taken away once more.
        beyond = EXACT.minus(self.lots.cap(points, bounded))
        self._forfeit(beyond, change.reason)
        self._stay_within()

    def _add(self, change: Change, sign: int) -> None:
        """Add what a change adds to the balance, until it lapses."""
        before, points = self.balance, change.points if sign > 0 else EXACT.minus(change.points)
        lot = self.lots.add(change, points)
        self._post_change(change, points)
        self._stay_within()
        self._look(self, change, before)
        lapsing = change.lapsing
        if lapsing is not None:
            self._plan_lapse(lot, lapsing, max(lapsing.day, change.counted_on))

    def _plan_lapse(self, lot: Lot, lapsing: Lapsing, day: date) -> None:
        together = self._lapsing_on.get(day)
        if together is None:
            together = self._lapsing_on[day] = []
            self.agenda.plan(day, Turn.LAPSE, partial(self._lapse_together, day), None)
        together.append((lot, lapsing))

    def _lapse_together(self, day: date) -> None:
        """Let what lapses on one day lapse, in the order of the ids."""
        before = self.balance
        for lot, lapsing in sorted(self._lapsing_on.pop(day), key=_by_id):
            if self._moves_on(lot, lapsing, day, before):
                later = self._lapsing(WithPeriod(), day)
                if later is not None:
                    self._plan_lapse(lot, lapsing, later)
            else:
                self._lapse(lot, lapsing, day)

    def _moves_on(self, lot: Lot, lapsing: Lapsing, day: date, before: Decimal) -> bool:
        """Whether a lot does not lapse with its period, but moves on to the next.

        Args:
            lot: The lot.
            lapsing: When it lapses.
            day: The day after its period.
            before: The balance at the end of that.
        """
        id, waits_for = lot.change.id, lapsing.waits_for
        if lapsing.below is not None and before >= lapsing.below:
            return True
        if waits_for is None or id is None:
            return False
        served_on = self._serving(id, waits_for)
        return served_on is None or served_on >= day

    def _lapse(self, lot: Lot, lapsing: Lapsing, day: date) -> None:
        """Let what is left of a lot lapse."""
        change = lot.change
        left = self.lots.lapse(lot)
        if left:
            known_on, points = max(day, change.known_on), EXACT.minus(left)
            self._post(PostingKind.LAPSED, points, day, known_on, lapsing.reason, change.id)
            self._stay_within()

    @property
    def _of_balance(self) -> Reason:
        return self._terms.reason(self._clause, "balance")

    def _stay_within(self) -> None:
        """Forfeit what goes beyond a bound of the balance with the latest posting."""
        balance, least, most = self.balance, self._stated.least, self._stated.most
        if most is not None and balance > most:
            balance = most
        if least is not None and balance < least:
            balance = least
        if balance is not self.balance:
            beyond = EXACT.subtract(balance, self.balance)
            self.lots.take_latest(beyond)
            self._forfeit(beyond, self._of_balance)

    def _forfeit(self, points: Decimal, reason: Reason) -> None:
        """Post what is forfeited of the latest posting, where anything is."""
        if points:
            of, kind = self.postings[-1], PostingKind.FORFEITED
            self._post(kind, canonical(points), of.counted_on, of.known_on, reason)

    def _post_change(self, change: Change, points: Decimal) -> None:
        """Post a change."""
        kind, counted_on, known_on = change.kind, change.counted_on, change.known_on
        id, because_of, consequence = change.id, change.because_of, change.consequence
        self._post(kind, points, counted_on, known_on, change.reason, id, because_of, consequence)

    def _post(  # noqa: PLR0917 - what a posting has, in its order
        self,
        kind: PostingKind,
        points: Decimal,
        counted_on: date,
        known_on: date,
        reason: Reason,
        id: str | None = None,
        because_of: tuple[str, ...] = (),
        consequence: str | None = None,
    ) -> None:
        """Post what changes the balance on a day, and was known from another."""
        balance = EXACT.add(self.balance, points)
        # Most are whole numbers, which are in their one form.
        self.balance = balance = balance if balance.same_quantum(_ONE) else canonical(balance)
        what = kind, points, counted_on, known_on, balance, reason, id, because_of, consequence
        self.postings.append(_posting(*what))

    def _reward(self, clean: CleanTime, clause: str, day: date) -> None:
        """Award clean time."""
        reason, kind = self._terms.reason(clause, "clean_time"), PostingKind.CLEAN_TIME
        stated = self._terms.policy.lapse
        lapses_on = self._lapsing(stated, day)
        lapse = self._terms.reason(None, "lapse")
        below = stated.below if isinstance(stated, WithPeriod) else None
        lapsing = None if lapses_on is None else Lapsing(lapses_on, lapse, below=below)
        self._add(Change(kind, clean.points, day, day, reason, lapsing), -self._raises)
