"""Audits: whether a points account agrees with itself.

The balance after each posting can be checked from the account alone. Whether a posting was left
out, only the ledger can show: make the account again from it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from operator import attrgetter

from cmappraisal.accounts.account import PointsAccount
from cmappraisal.accounts.postings import PostingKind
from cmappraisal.balances import BalanceOf
from cmappraisal.errors import Problem
from cmappraisal.fields import shown_id
from cmappraisal.points import EXACT, canonical, plain, total_of
from cmappraisal.scoring.audit_flaws import AuditFlaw
from cmappraisal.scoring.audits import missing_of_reason
from cmappraisal.scoring.terms import Terms

_DAY = attrgetter("counted_on")


def disagreements_of_account(account: PointsAccount) -> Iterator[Problem]:
    """Everything in which an account disagrees with itself.

    Args:
        account: The account.
    """
    yield from _missing_references(account)
    yield from _of_postings(account)
    yield from _of_appraisals(account)
    yield from _of_periods(account)


def _missing_references(account: PointsAccount) -> Iterator[Problem]:
    """What postings and consequences name that is not there."""
    rulebooks = {
        rulebook.edition: rulebook
        for appraisal in account.appraisals
        for rulebook in appraisal.rulebooks
    }
    acts = {
        line.violation.id
        for appraisal in account.appraisals
        for line in (*appraisal.lines, *appraisal.merits)
    }
    for name in ("postings", "consequences"):
        for place, each in enumerate(getattr(account, name)):
            path = f"$.{name}[{place}]"
            yield from missing_of_reason(each.reason, f"{path}.reason", rulebooks)
            if each.violation is not None and each.violation not in acts:
                given = shown_id(each.violation)
                yield AuditFlaw.NO_LINE_OF.problem(f"{path}.violation", given)


def _of_postings(account: PointsAccount) -> Iterator[Problem]:
    balance = Decimal(0)
    for place, posting in enumerate(account.postings):
        balance = canonical(EXACT.add(balance, posting.points))
        path = f"$.postings[{place}]"
        if posting.balance != balance:
            values = plain(posting.balance), plain(balance)
            yield AuditFlaw.OTHER_BALANCE.problem(f"{path}.balance", *values)
            return
        if (posting.kind is PostingKind.OPENED) is not (place == 0):
            yield AuditFlaw.OPENS_ONCE.problem(f"{path}.kind")
        if posting.counted_on > account.through:
            yield AuditFlaw.AFTER_THE_LAST_DAY.problem(f"{path}.counted_on", account.through)
    for place, (one, after) in enumerate(pairwise(account.postings)):
        if after.counted_on < one.counted_on:
            yield AuditFlaw.AFTER_A_LATER_POSTING.problem(f"$.postings[{place + 1}]")


def _of_appraisals(account: PointsAccount) -> Iterator[Problem]:
    first = account.appraisals[0]
    for place, appraisal in enumerate(account.appraisals):
        path = f"$.appraisals[{place}]"
        for name, value in (
            ("manager", account.manager),
            ("as_of", account.as_of),
            ("standard", first.standard),
            ("policy", first.policy),
        ):
            if getattr(appraisal, name) != value:
                yield AuditFlaw.NOT_OF_THE_ACCOUNT.problem(f"{path}.{name}")
    for place, (one, after) in enumerate(pairwise(account.appraisals)):
        if (after.period.first - one.period.last).days != 1:
            path = f"$.appraisals[{place + 1}].period"
            yield AuditFlaw.PERIODS_APART.problem(path)
    if account.appraisals[-1].period.last != account.through:
        path = f"$.appraisals[{len(account.appraisals) - 1}].period"
        yield AuditFlaw.NOT_TO_THE_LAST_DAY.problem(path, account.through)


def _of_periods(account: PointsAccount) -> Iterator[Problem]:
    """Where what is posted of a period is not what its appraisal charges and awards."""
    first = account.appraisals[0]
    closing = first.standard.closing(account.through)
    stated = Terms.of(closing, first.policy).balance
    raises = -1 if stated is not None and stated[0].of is BalanceOf.KEPT else 1
    by_day = sorted(account.postings, key=_DAY)
    for place, appraisal in enumerate(account.appraisals):
        begins = bisect_left(by_day, appraisal.period.first, key=_DAY)
        within = by_day[begins : bisect_right(by_day, appraisal.period.last, key=_DAY)]
        for name, kind, sign in (
            ("points", PostingKind.CHARGED, raises),
            ("awards", PostingKind.AWARDED, -raises),
        ):
            posted = total_of(posting.points for posting in within if posting.kind is kind)
            if posted != EXACT.multiply(getattr(appraisal, name), sign):
                yield AuditFlaw.OTHER_THAN_POSTED.problem(f"$.appraisals[{place}].{name}")
