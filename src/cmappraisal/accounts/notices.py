"""Notices: one consequence of a points account, told to whom it concerns."""

from __future__ import annotations

from collections.abc import Iterator

from cmappraisal.accounts import wordings
from cmappraisal.accounts.account import PointsAccount
from cmappraisal.accounts.dues import ConsequenceDue
from cmappraisal.accounts.statements import (
    due_named,
    heading,
    reached_in_words,
    state_in_words,
    table_of,
)
from cmappraisal.balances import BalanceOf
from cmappraisal.consequences import AtMost, CancelThose, Consequence
from cmappraisal.fields import require, require_all
from cmappraisal.points import EXACT, plain, total_of
from cmappraisal.reports import wordings as reports
from cmappraisal.reports.papers import Item, Section, as_html, as_text
from cmappraisal.reports.sentences import cited, reason_of
from cmappraisal.scoring.steps import Effect
from cmappraisal.texts import Language, require_language, worded
from cmappraisal.thresholds import ThresholdsOf


def explain_notice(account: PointsAccount, due: ConsequenceDue, language: Language = "en") -> str:
    """What follows, as a letter that whoever it is about can read and dispute.

    Args:
        account: The account.
        due: One of its consequences.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

    Returns:
        Lines of text, each ended by a line feed. They say what follows since when, by which
        provision, each violation that it rests on, what it does, whether it was taken, and what
        can be done against it.

    Raises:
        FieldError: An argument has a value that it does not allow.
        LanguageError: The language is none of the three.

    >>> from datetime import date, datetime, timezone
    >>> from cmappraisal import ERROR_POINTS, Ledger, Violation
    >>> from cmappraisal.accounts import points_account
    >>> violation = Violation("V-1", "RM-01", rule="1.5", occurred_on=date(2025, 3, 2))
    >>> ledger = Ledger().record(violation, at=datetime(2025, 3, 4, tzinfo=timezone.utc))
    >>> account = points_account(
    ...     ledger, ERROR_POINTS, manager="RM-01", through=date(2025, 12, 31)
    ... )
    >>> (due,) = account.consequences
    >>> print(explain_notice(account, due).splitlines()[6])
    Since 2025-03-04: the qualification is revoked [standard, chapter 1, clause 5]
    """
    return as_text(_notice("explain_notice", account, due, language))


def notice_page(account: PointsAccount, due: ConsequenceDue, language: Language = "en") -> str:
    """What :func:`explain_notice` says, as a fragment of HTML.

    Args:
        account: The account.
        due: One of its consequences.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

    Returns:
        One ``div`` that holds its own style.

    Raises:
        FieldError: An argument has a value that it does not allow.
        LanguageError: The language is none of the three.
    """
    sections = _notice("notice_page", account, due, language)
    name = wordings.NOTICE.in_language(language)
    label = worded(reports.NAMED, language, name, account.manager)
    return as_html("notice", label, sections, language)


def _notice(
    where: str, account: PointsAccount, due: ConsequenceDue, language: Language
) -> list[Section]:
    is_account = isinstance(account, PointsAccount)
    require_all(
        where,
        ("account", account, is_account, "a PointsAccount"),
        ("due", due, isinstance(due, ConsequenceDue), "a ConsequenceDue"),
    )
    require(where, "due", due, due in account.consequences, "one of the account's consequences")
    require_language(language)
    standard = account.appraisals[-1].standard
    name = due_named(account, due, language)
    follows = worded(wordings.NOTICE_FOLLOWS, language, due.since, name)
    return [
        *heading(account, language, wordings.NOTICE),
        Section.of(None, [f"{follows} {reason_of(due.reason, standard, language)}"]),
        Section.of(wordings.BECAUSE.in_language(language), _because(account, due, language)),
        Section.of(None, _effects(account, due, language)),
        Section.of(None, [wordings.DISPUTE.in_language(language)]),
    ]


def _because(account: PointsAccount, due: ConsequenceDue, language: Language) -> Iterator[Item]:
    """Each violation that it rests on, and what they come to."""
    resting_on = [
        (line, appraisal.rulebook_of(line))
        for appraisal in account.appraisals
        for line in appraisal.lines
        if line.violation.id in due.because_of
    ]
    for place, (line, rulebook) in enumerate(resting_on, start=1):
        violation, rule = line.violation, rulebook[line.rule]
        where = cited(rule.citation, rulebook, language)
        facts = (place, violation.occurred_on, violation.id, rule.id, where)
        counts = worded(reports.COUNTS, language, plain(line.points))
        said = worded(reports.LINE, language, *facts)
        beneath = [rule.text.in_language(language), counts]
        if any(step.effect is Effect.APPEAL_COUNTS for step in line.steps):
            beneath.append(wordings.OPEN_APPEAL.in_language(language))
        yield Item(said, tuple(beneath))
    charged = total_of(line.points for line, _ in resting_on)
    others = EXACT.subtract(due.points, charged)
    if _is_sum(account, due) and others:
        yield Item(worded(wordings.OTHERS, language, f"{others:+f}"))
    yield Item(reached_in_words(account, due, language))


def _is_sum(account: PointsAccount, due: ConsequenceDue) -> bool:
    """Whether what is reached is a sum of deductions, less what lowers it."""
    table = table_of(account, due)
    if table is None or table.of is not ThresholdsOf.POINTS:
        return False
    balances = (each.balance for each in account.appraisals[-1].rulebook.clauses)
    is_kept = any(each is not None and each.of is BalanceOf.KEPT for each in balances)
    return table.within is not None or not is_kept


def _effects(account: PointsAccount, due: ConsequenceDue, language: Language) -> Iterator[str]:
    """What it does to the balance, to pay and to the qualification, and whether it was taken."""
    consequence = account.consequence_of(due)
    if consequence is not None:
        yield from _does(consequence, language)
    yield state_in_words(due, language)


def _does(consequence: Consequence, language: Language) -> Iterator[str]:
    when = consequence.settles_when.text.in_language(language)
    if isinstance(consequence.settles, CancelThose):
        yield worded(wordings.CANCELS, language, when)
    elif isinstance(consequence.settles, AtMost):
        yield worded(wordings.LOWERS, language, when, plain(consequence.settles.points))
    if consequence.money:
        yield worded(reports.MONEY, language, plain(consequence.money))
    if consequence.status is not None:
        name = reports.QUALIFICATION.in_language(language)
        said = consequence.status.text.in_language(language)
        yield worded(reports.NAMED, language, name, said)
    if consequence.elsewhere:
        yield wordings.ELSEWHERE.in_language(language)
