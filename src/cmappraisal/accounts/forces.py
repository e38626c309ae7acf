"""Forces: which consequences of a points account are in force, and for how long."""

from __future__ import annotations

from datetime import date

from cmappraisal.accounts.account import PointsAccount
from cmappraisal.accounts.pay import InForce
from cmappraisal.fields import require


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
    taken = []
    for due in account.consequences:
        if due.taken_on is not None:
            last = due.served_on
            if due.days is not None:
                ends = due.taken_on.toordinal() + due.days - 1
                last = date.fromordinal(min(ends, date.max.toordinal()))
            taken.append(InForce(due.consequence, due.taken_on, last=last))
    return tuple(sorted(taken, key=lambda each: (each.first, each.consequence)))
