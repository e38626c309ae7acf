"""Forces: which consequences of points accounts are due, and which are in force for how long."""

from __future__ import annotations

from collections.abc import Iterable

from cmappraisal.accounts.account import PointsAccount
from cmappraisal.accounts.dues import ConsequenceDue
from cmappraisal.accounts.pay import InForce
from cmappraisal.fields import as_tuple, is_tuple_of, require


def consequences_due(accounts: Iterable[PointsAccount]) -> tuple[ConsequenceDue, ...]:
    """The consequences of several accounts that are due and were not taken.

    Args:
        accounts: The accounts, such as the values of what
            :func:`~cmappraisal.accounts.points_accounts` made.

    Returns:
        What is due on the last day of its account, by the day since which it is, by manager and
        consequence.

    Raises:
        FieldError: The argument is no list of accounts.

    >>> from datetime import date, datetime, timezone
    >>> from cmappraisal import ERROR_POINTS, Ledger, Violation
    >>> from cmappraisal.accounts import points_accounts
    >>> violation = Violation("V-1", "RM-01", rule="1.5", occurred_on=date(2025, 3, 2))
    >>> ledger = Ledger().record(violation, at=datetime(2025, 3, 4, tzinfo=timezone.utc))
    >>> accounts = points_accounts(ledger, ERROR_POINTS, through=date(2025, 12, 31))
    >>> [(due.manager, due.consequence) for due in consequences_due(accounts.values())]
    [('RM-01', 'revoked')]
    """
    given = as_tuple(accounts)
    fits = is_tuple_of(given, PointsAccount)
    require("consequences_due", "accounts", given, fits, "a list of PointsAccount")
    due = (
        each
        for account in given
        for each in account.consequences
        if each.taken_on is None and each.since <= account.through
    )
    return tuple(sorted(due, key=lambda each: (each.since, each.manager, each.consequence)))


def in_force(account: PointsAccount) -> tuple[InForce, ...]:
    """The consequences of an account that were taken, each with the days on which it is in force.

    One is in force from the day on which it was taken: for the days that it lasts, or else until
    it was served, or else until further notice.

    Args:
        account: The account.

    Returns:
        What was taken, by the day on which it was; what is without ground is not among it.

    Raises:
        FieldError: The argument is no account.

    >>> from datetime import date
    >>> from cmappraisal import ERROR_POINTS, Ledger
    >>> from cmappraisal.accounts import points_account
    >>> account = points_account(
    ...     Ledger(), ERROR_POINTS, manager="RM-01", through=date(2025, 12, 31)
    ... )
    >>> in_force(account)
    ()
    """
    fits = isinstance(account, PointsAccount)
    require("in_force", "account", account, fits, "a PointsAccount")
    taken = [
        InForce(due.consequence, due.taken_on, last=due.last_day(due.taken_on))
        for due in account.consequences
        if due.taken_on is not None
    ]
    return tuple(sorted(taken, key=lambda each: (each.first, each.consequence)))
