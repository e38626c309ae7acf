"""Statuses: whether a person is qualified on a day, from all that follows in a points account."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from cmappraisal.accounts.account import PointsAccount
from cmappraisal.accounts.dues import ConsequenceDue
from cmappraisal.alternatives import StatusFrom
from cmappraisal.consequences import Status, gravest
from cmappraisal.fields import is_date, require_all
from cmappraisal.open_spans import holds
from cmappraisal.qualifications import Qualification
from cmappraisal.scoring.terms import Terms


class _Loss(NamedTuple):
    """A time in which a consequence takes the qualification away."""

    status: Status
    first: date
    last: date | None
    due: ConsequenceDue

    def holds(self, day: date) -> bool:
        return holds(self.first, self.last, day)


def qualification_on(account: PointsAccount, day: date) -> Qualification:
    """Whether the person of an account is qualified on a day, and why not.

    A consequence that suspends or revokes the qualification does so from the day that
    ``Policy.status_from`` says: for the days that it lasts, from its taking where it was taken, or
    else until it was served, or else until further notice. Of several the gravest holds.

    Args:
        account: The account, of the consequences of rules and of thresholds.
        day: The day, not after the last of the account.

    Returns:
        The status, since when and until when it holds, and what it follows from.

    Raises:
        FieldError: An argument has a value that it does not allow.

    >>> from datetime import datetime, timezone
    >>> from cmappraisal import ERROR_POINTS, Ledger, Violation
    >>> from cmappraisal.accounts import points_account
    >>> violation = Violation("V-1", "RM-01", rule="1.5", occurred_on=date(2025, 3, 2))
    >>> ledger = Ledger().record(violation, at=datetime(2025, 3, 4, tzinfo=timezone.utc))
    >>> account = points_account(
    ...     ledger, ERROR_POINTS, manager="RM-01", through=date(2025, 12, 31)
    ... )
    >>> held = qualification_on(account, date(2025, 12, 31))
    >>> held.status.value, str(held.since), held.because_of
    ('revoked', '2025-03-04', ('V-1',))
    >>> qualification_on(account, date(2025, 3, 3)).status.value
    'qualified'
    """
    is_account = isinstance(account, PointsAccount)
    fits = is_date(day) and (not is_account or day <= account.through)
    within = f"a date not after {account.through}" if is_account else "a date"
    require_all(
        "qualification_on",
        ("account", account, is_account, "a PointsAccount"),
        ("day", day, fits, within),
    )
    losses = [each for each in _losses(account) if each.holds(day)]
    status = gravest(each.status for each in losses)
    if not status.is_loss:
        return Qualification(account.manager, day)
    holding = [each for each in losses if each.status is status]
    lasts = [each.last for each in holding if each.last is not None]
    return Qualification(
        account.manager,
        day,
        status=status,
        since=min(each.first for each in holding),
        until=max(lasts) if len(lasts) == len(holding) else None,
        consequences=sorted({each.due.consequence for each in holding}),
        because_of=sorted({id for each in holding for id in each.due.because_of}),
    )


def _losses(account: PointsAccount) -> Iterator[_Loss]:
    closing = account.appraisals[-1]
    terms = Terms.of(closing.standard.closing(account.through), closing.policy)
    from_taking = terms.policy.status_from is StatusFrom.TAKEN
    for due in account.consequences:
        consequence = account.consequence_of(due)
        status = None if consequence is None else consequence.status
        first = due.taken_on if from_taking else min(due.since, due.taken_on or due.since)
        if status is not None and first is not None:
            yield _Loss(status, first, due.last_day(due.taken_on or first), due)
