"""Running: a balance that changes day by day, and its postings."""

from __future__ import annotations

from collections.abc import Callable, Container
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from cmappraisal.accounts.agendas import Agenda, Turn
from cmappraisal.accounts.changes import Change, Lapsing
from cmappraisal.accounts.lots import Lots
from cmappraisal.accounts.postings import Posting, PostingKind
from cmappraisal.alternatives import AwardsAgainst
from cmappraisal.balances import Balance, BalanceOf, CleanTime
from cmappraisal.fields import unchecked
from cmappraisal.lapses import Lapse, WithPeriod
from cmappraisal.points import EXACT, canonical
from cmappraisal.scoring.steps import Reason
from cmappraisal.scoring.terms import Terms
from cmappraisal.spans import last_day

_ZERO = Decimal(0)
_DAY = timedelta(days=1)
_NO_BOUNDS = Balance()


class Running:
    """A balance that changes, and its postings.

    Args:
        terms: The terms by which the account is kept.
        opened_on: The day on which it opens.
        lapsing: From what is stated of it, and a day, to that on which points lapse; None where
            they do not.
        serving: From the id of a violation and that of a consequence to the day on which it was
            served; None where it was not.
        look: What looks at each violation and merit once it is posted, with the balance before it.
    """

    def __init__(
        self,
        terms: Terms,
        opened_on: date,
        lapsing: Callable[[Lapse, date], date | None],
        serving: Callable[[str, str], date | None],
        look: Callable[[Change, Decimal], None],
    ) -> None:
        self.postings: list[Posting] = []
        self.balance = _ZERO
        self.lots = Lots()
        self.agenda = Agenda()
        self._terms, self._lapsing, self._serving, self._look = terms, lapsing, serving, look
        stated: tuple[Balance, str | None] = terms.balance or (_NO_BOUNDS, None)
        self._stated, self._clause = stated
        self._raises = 1 if self._stated.of is BalanceOf.COLLECTED else -1
        read = "assessment_period" if self._clause is None else "balance"
        reason = terms.reason(self._clause, read)
        opened = Change(PostingKind.OPENED, _ZERO, opened_on, opened_on, reason)
        self._post(opened, self._stated.opening)
        self._begin_clean_time(opened_on)

    def charge(self, change: Change) -> None:
        """Deduct points, and begin clean time anew."""
        self._add(change, self._raises)
        if change.counted_on < date.max:
            self._begin_clean_time(change.counted_on + _DAY)

    def award(self, change: Change) -> None:
        """Award points, which are forfeited where the balance is too high for awards to count."""
        before, points = self.balance, EXACT.multiply(change.points, -self._raises)
        below = self._stated.awards_below
        if below is not None and self.balance >= below:
            self._post(change, points)
            # Nothing of it is in the balance that a cap of awards could take away.
            self.lots.set_off(change, _ZERO, beyond=points)
            self._forfeit(EXACT.minus(points), change, self._of_balance)
        elif self._terms.policy.awards_against is AwardsAgainst.BALANCE:
            self._add(change, -self._raises)
        else:
            # An award lapses with what it is set against, so it is no lot of its own.
            self._post(change, points)
            beyond = self.lots.set_off(change, points)
            self._forfeit(EXACT.minus(beyond), change, self._terms.reason(None, "awards_against"))
            self._stay_within(change)
            self._look(change, before)

    def cancel(self, change: Change, ids: Container[str | None]) -> None:
        """Cancel what is left of violations.

        Args:
            change: What cancels it; its points are not read.
            ids: The ids of the violations.
        """
        points = self.lots.cancel(ids)
        if points:
            self._post(change, EXACT.minus(points))
            self._stay_within(change)

    def reduce(self, change: Change, most: Decimal) -> None:
        """Lower the balance, where it is higher.

        Args:
            change: What lowers it; its points are not read.
            most: To how many points.
        """
        points = EXACT.subtract(most, self.balance)
        if points < 0:
            self.lots.take_oldest(points)
            self._post(change, points)
            self._stay_within(change)

    def cap(self, change: Change, bounded: Container[str | None]) -> None:
        """Take away what is more than a cap, from the latest of what it bounds.

        Args:
            change: What is taken away, below 0.
            bounded: The ids of what it bounds.
        """
        raises = self._raises if change.kind is PostingKind.CHARGED else -self._raises
        points = EXACT.multiply(change.points, raises)
        self._post(change, points)
        # What lapsed before, or was forfeited, is not taken away once more.
        self._forfeit(EXACT.minus(self.lots.cap(points, bounded)), change, change.reason)
        self._stay_within(change)

    def _add(self, change: Change, sign: int) -> None:
        """Add what a change adds to the balance, until it lapses."""
        before, points = self.balance, change.points if sign > 0 else EXACT.minus(change.points)
        number = self.lots.add(change, points)
        self._post(change, points)
        self._stay_within(change)
        if change.line is not None:
            self._look(change, before)
        if change.lapsing is not None:
            day = max(change.lapsing.day, change.counted_on)
            self._plan_lapse(number, change.lapsing._replace(day=day))

    def _plan_lapse(self, number: int, lapsing: Lapsing) -> None:
        about = self.lots.change(number).id
        self.agenda.plan(lapsing.day, Turn.LAPSE, partial(self._lapse, number, lapsing), about)

    def _lapse(self, number: int, lapsing: Lapsing) -> None:
        """Let what is left of a lot lapse, or move on to the end of the next period."""
        change, day = self.lots.change(number), lapsing.day
        if lapsing.waits_for is not None and change.id is not None:
            served_on = self._serving(change.id, lapsing.waits_for)
            if served_on is None or served_on >= day:
                later = self._lapsing(WithPeriod(), day)
                if later is not None:
                    self._plan_lapse(number, lapsing._replace(day=later))
                return
        left = self.lots.lapse(number).left
        if left:
            known_on = max(day, change.known_on)
            lapse = change._replace(
                kind=PostingKind.LAPSED, counted_on=day, known_on=known_on, reason=lapsing.reason
            )
            self._post(lapse, EXACT.minus(left))
            self._stay_within(lapse)

    @property
    def _of_balance(self) -> Reason:
        return self._terms.reason(self._clause, "balance")

    def _stay_within(self, change: Change) -> None:
        """Forfeit what goes beyond a bound of the balance."""
        least, most = self._stated.least, self._stated.most
        if least is most is None:
            return
        bound = self.balance if most is None else min(self.balance, most)
        bound = bound if least is None else max(bound, least)
        beyond = EXACT.subtract(bound, self.balance)
        if beyond:
            self.lots.take_latest(beyond)
            self._forfeit(beyond, change, self._of_balance)

    def _forfeit(self, points: Decimal, change: Change, reason: Reason) -> None:
        """Post what is forfeited, where anything is."""
        if points:
            kind = PostingKind.FORFEITED
            days = change.counted_on, change.known_on
            self._post(Change(kind, _ZERO, *days, reason), points)

    def _post(self, change: Change, points: Decimal) -> None:
        self.balance = canonical(EXACT.add(self.balance, points))
        # What it is made from was checked before, and one is made for every line.
        posting = unchecked(
            Posting,
            kind=change.kind,
            points=canonical(points),
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
                self.agenda.plan(
                    day, Turn.CLEAN_TIME, lambda: self._reward(*stated, first, day), None
                )

    def _reward(self, clean: CleanTime, clause: str, first: date, day: date) -> None:
        """Award clean time, unless a deduction has begun it anew."""
        if self._clean_since == first:
            reason, kind = self._terms.reason(clause, "clean_time"), PostingKind.CLEAN_TIME
            lapses_on = self._lapsing(self._terms.policy.lapse, day)
            lapse = self._terms.reason(None, "lapse")
            lapsing = None if lapses_on is None else Lapsing(lapses_on, lapse)
            self._add(Change(kind, clean.points, day, day, reason, lapsing), -self._raises)
            self._begin_clean_time(day)
