"""Statements: a points account as plain text that whoever it is about can read and dispute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import attrs

from cmappraisal.accounts import wordings
from cmappraisal.accounts.account import PointsAccount
from cmappraisal.accounts.dues import ConsequenceDue, TakenWithoutGround
from cmappraisal.accounts.postings import Posting
from cmappraisal.fields import require
from cmappraisal.points import plain
from cmappraisal.policy import Policy, is_of_account, label_of
from cmappraisal.reports import wordings as reports
from cmappraisal.reports.sentences import reason_of, value_in_words
from cmappraisal.scoring.appraisals import Line
from cmappraisal.scoring.terms import Terms
from cmappraisal.texts import Language, Text, listed, require_language, worded

ACCOUNT_FIELDS: Final = tuple(filter(is_of_account, attrs.fields_dict(Policy)))
"""The fields of the policy about accounts."""

MAXIMUM_POSTINGS: Final = 1_000
"""Postings that a statement lists: more than a working life has, and few enough to read."""


def explain_account(account: PointsAccount, language: Language = "en") -> str:
    """A points account as plain text, posting by posting, with what follows from it.

    Args:
        account: The account.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

    Returns:
        Lines of text, each ended by a line feed; at most ``MAXIMUM_POSTINGS`` postings, the latest.

    Raises:
        FieldError: The argument is no account.
        LanguageError: The language is none of the three.

    >>> from datetime import date
    >>> from cmappraisal import ERROR_POINTS, Ledger
    >>> from cmappraisal.accounts import points_account
    >>> account = points_account(
    ...     Ledger(), ERROR_POINTS, manager="RM-01", through=date(2025, 12, 31)
    ... )
    >>> print(explain_account(account).splitlines()[7])
    1. 2025-01-01 opened: 0, balance 0 [policy: assessment_period]
    """
    fits = isinstance(account, PointsAccount)
    require("explain_account", "account", account, fits, "a PointsAccount")
    require_language(language)
    parts = (_heading, _postings, _dues, _without_ground, _keeping)
    written = ("\n".join(part(account, language)) for part in parts)
    return "\n\n".join(filter(None, written)) + "\n"


def _named(name: Text, language: Language, value: object) -> str:
    return worded(reports.NAMED, language, name.in_language(language), value)


def _heading(account: PointsAccount, language: Language) -> Iterator[str]:
    rulebook = account.appraisals[-1].rulebook
    yield wordings.TITLE.in_language(language)
    yield _named(reports.MANAGER, language, account.manager)
    title = rulebook.text.in_language(language)
    yield _named(
        reports.STANDARD_NAME, language, worded(reports.STANDARD, language, title, rulebook)
    )
    yield _named(wordings.THROUGH, language, account.through)
    if account.as_of is None:
        yield reports.ALL_KNOWN.in_language(language)
    else:
        yield worded(reports.AS_OF, language, account.as_of.isoformat(" "))


def _postings(account: PointsAccount, language: Language) -> Iterator[str]:
    yield wordings.POSTINGS.in_language(language)
    lines = {
        line.violation.id: line
        for appraisal in account.appraisals
        for line in (*appraisal.lines, *appraisal.merits)
    }
    left_out = max(len(account.postings) - MAXIMUM_POSTINGS, 0)
    if left_out:
        yield worded(wordings.MORE_POSTINGS, language, left_out)
    for place, posting in enumerate(account.postings[left_out:], start=left_out + 1):
        standard = account.appraisals[-1].standard
        said = worded(
            wordings.POSTING,
            language,
            place,
            posting.counted_on,
            _what(account, posting, lines, language),
            signed(posting),
            plain(posting.balance),
        )
        yield f"{said} {reason_of(posting.reason, standard, language)}"
    yield _named(wordings.BALANCE, language, plain(account.balance))


def _what(
    account: PointsAccount, posting: Posting, lines: Mapping[str, Line], language: Language
) -> str:
    """What a posting is and about what, and from which day that was known where it is later."""
    about = []
    if posting.violation is not None:
        id, line = posting.violation, lines.get(posting.violation)
        # An account that was made by hand may have no line of it.
        rule = None if line is None else worded(wordings.UNDER_RULE, language, id, line.rule)
        about.append(rule or id)
    if posting.consequence is not None:
        about.append(consequence_in_words(account, posting.consequence, language))
    if posting.known_on > posting.counted_on:
        about.append(worded(wordings.KNOWN_ON, language, posting.known_on))
    return _with_remarks(posting.kind.text.in_language(language), about, language)


def _with_remarks(said: str, remarks: Iterable[str], language: Language) -> str:
    """Words, and remarks about them in brackets, where there are any."""
    listed_remarks = listed(remarks, language)
    if not listed_remarks:
        return said
    between = " " if language == "en" else ""
    return f"{said}{between}{worded(wordings.IN_BRACKETS, language, listed_remarks)}"


def signed(posting: Posting) -> str:
    """By how much a posting changes the balance, with its sign.

    Args:
        posting: The posting.
    """
    return f"+{plain(posting.points)}" if posting.points > 0 else plain(posting.points)


def consequence_in_words(account: PointsAccount, id: str, language: Language) -> str:
    """The wording of a consequence, as the latest edition that declares it reads.

    Args:
        account: The account.
        id: The id of the consequence.
        language: The language.
    """
    for rulebook in (account.appraisals[-1].rulebook, *account.appraisals[-1].rulebooks[::-1]):
        for consequence in rulebook.consequences:
            if consequence.id == id:
                return consequence.text.in_language(language)
    return id


def _dues(account: PointsAccount, language: Language) -> Iterator[str]:
    if not account.consequences:
        yield wordings.NOTHING_FOLLOWS.in_language(language)
        return
    yield wordings.FOLLOWS.in_language(language)
    for place, due in enumerate(account.consequences, start=1):
        standard = account.appraisals[-1].standard
        said = due_in_words(account, due, place, language)
        yield f"{said} {reason_of(due.reason, standard, language)}"
        yield f"   {state_in_words(due, language)}"


def due_in_words(
    account: PointsAccount, due: ConsequenceDue, place: int, language: Language
) -> str:
    """What follows, since when and because of what.

    Args:
        account: The account.
        due: What follows.
        place: Its number in a list, from 1.
        language: The language.
    """
    name = consequence_in_words(account, due.consequence, language)
    remarks = [] if due.nth == 1 else [worded(wordings.NTH, language, due.nth)]
    if due.days is not None:
        remarks.append(worded(wordings.DAYS, language, due.days))
    return worded(
        wordings.DUE,
        language,
        place,
        due.since,
        _with_remarks(name, remarks, language),
        listed(due.because_of, language),
        plain(due.points),
    )


def state_in_words(due: ConsequenceDue | TakenWithoutGround, language: Language) -> str:
    """Whether a consequence was taken and served, and on which days.

    Args:
        due: What follows, or what was taken without ground.
        language: The language.
    """
    if due.taken_on is None:
        return wordings.NOT_TAKEN.in_language(language)
    if due.served_on is None:
        return worded(wordings.TAKEN, language, due.taken_on)
    return worded(wordings.SERVED, language, due.taken_on, due.served_on)


def _without_ground(account: PointsAccount, language: Language) -> Iterator[str]:
    if account.without_ground:
        yield wordings.WITHOUT_GROUND.in_language(language)
    for each in account.without_ground:
        name = consequence_in_words(account, each.consequence, language)
        state = state_in_words(each, language)
        yield worded(wordings.TAKEN_FOR, language, name, each.violation, state)


def _keeping(account: PointsAccount, language: Language) -> Iterator[str]:
    """How the account is kept: each field of the policy about accounts, and what answers it."""
    last = account.appraisals[-1]
    terms = Terms.of(last.standard.closing(account.through), last.policy)
    yield wordings.KEEPS.in_language(language)
    for name in ACCOUNT_FIELDS:
        label = label_of(name).in_language(language)
        value = value_in_words(getattr(terms.policy, name), language)
        reason = reason_of(terms.reason(None, name), last.standard, language)
        yield f"- {worded(reports.NAMED, language, label, value)} {reason}"
