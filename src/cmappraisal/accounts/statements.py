"""Statements: a points account as plain text that whoever it is about can read and dispute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import attrs

from cmappraisal.accounts import wordings
from cmappraisal.accounts.account import PointsAccount
from cmappraisal.accounts.dues import ConsequenceDue, TakenWithoutGround
from cmappraisal.accounts.postings import Posting
from cmappraisal.accounts.statuses import qualification_on
from cmappraisal.fields import require
from cmappraisal.points import plain
from cmappraisal.policy import Policy, is_of_account, label_of
from cmappraisal.reports import wordings as reports
from cmappraisal.reports.papers import Item, Section, as_html, as_text
from cmappraisal.reports.qualifications import name_of_status, qualification_in_words
from cmappraisal.reports.sentences import missing_in_words, reason_of, value_in_words
from cmappraisal.scoring.appraisals import Line
from cmappraisal.scoring.terms import Terms
from cmappraisal.texts import Language, Text, listed, require_language, worded
from cmappraisal.thresholds import Thresholds, ThresholdsOf

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
    return as_text(_statement("explain_account", account, language))


def statement_page(account: PointsAccount, language: Language = "en") -> str:
    """What :func:`explain_account` says, as a fragment of HTML.

    Args:
        account: The account.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

    Returns:
        One ``div`` that holds its own style; :func:`account_chart` is the picture beside it.

    Raises:
        FieldError: The argument is no account.
        LanguageError: The language is none of the three.
    """
    sections = _statement("statement_page", account, language)
    label = worded(reports.NAMED, language, wordings.TITLE.in_language(language), account.manager)
    return as_html("statement", label, sections, language)


def _statement(where: str, account: PointsAccount, language: Language) -> list[Section]:
    fits = isinstance(account, PointsAccount)
    require(where, "account", account, fits, "a PointsAccount")
    require_language(language)
    parts = (heading, _postings, _dues, _without_ground, _status, _keeping)
    return [section for part in parts for section in part(account, language)]


def _named(name: Text, language: Language, value: object) -> str:
    return worded(reports.NAMED, language, name.in_language(language), value)


def heading(
    account: PointsAccount, language: Language, title: Text = wordings.TITLE
) -> Iterator[Section]:
    """Whose account it is, by which standard, and as of when.

    Args:
        account: The account.
        language: The language.
        title: What the paper is called.
    """
    rulebook = account.appraisals[-1].rulebook
    standard = worded(reports.STANDARD, language, rulebook.text.in_language(language), rulebook)
    known = (
        reports.ALL_KNOWN.in_language(language)
        if account.as_of is None
        else worded(reports.AS_OF, language, account.as_of.isoformat(" "))
    )
    lines = (
        _named(reports.MANAGER, language, account.manager),
        _named(reports.STANDARD_NAME, language, standard),
        _named(wordings.THROUGH, language, account.through),
        known,
        *missing_in_words(account.incomplete, language),
    )
    yield Section.of(title.in_language(language), lines)


def _postings(account: PointsAccount, language: Language) -> Iterator[Section]:
    yield Section.of(wordings.POSTINGS.in_language(language), _each_posting(account, language))


def _each_posting(account: PointsAccount, language: Language) -> Iterator[str]:
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


def _dues(account: PointsAccount, language: Language) -> Iterator[Section]:
    if not account.consequences:
        yield Section.of(None, [wordings.NOTHING_FOLLOWS.in_language(language)])
        return
    standard = account.appraisals[-1].standard
    items = (
        Item(
            f"{due_in_words(account, due, place, language)} "
            f"{reason_of(due.reason, standard, language)}",
            (state_in_words(due, language),),
        )
        for place, due in enumerate(account.consequences, start=1)
    )
    yield Section.of(wordings.FOLLOWS.in_language(language), items)


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
    return worded(
        wordings.DUE,
        language,
        place,
        due.since,
        due_named(account, due, language),
        listed(due.because_of, language),
        reached_in_words(account, due, language),
    )


_REACHED: Final[Mapping[ThresholdsOf, Text]] = {
    ThresholdsOf.POINTS: wordings.MAKE_POINTS,
    ThresholdsOf.SCORE: wordings.MAKE_SCORE,
    ThresholdsOf.GRADES: wordings.MAKE_GRADES,
}


def reached_in_words(account: PointsAccount, due: ConsequenceDue, language: Language) -> str:
    """What the violations come to from which something follows.

    Args:
        account: The account.
        due: What follows.
        language: The language.
    """
    table = table_of(account, due)
    looked_at = ThresholdsOf.POINTS if table is None else table.of
    return worded(_REACHED[looked_at], language, plain(due.points))


def table_of(account: PointsAccount, due: ConsequenceDue) -> Thresholds | None:
    """The table from which a consequence follows; None of what a rule states.

    Args:
        account: The account.
        due: What follows.
    """
    rulebook = account.rulebook_of(due)
    clauses = () if rulebook is None else rulebook.clauses
    return next((each.thresholds for each in clauses if each.id == due.reason.id), None)


def due_named(account: PointsAccount, due: ConsequenceDue, language: Language) -> str:
    """What follows, which time it is, and how many days it lasts.

    Args:
        account: The account.
        due: What follows.
        language: The language.
    """
    name = consequence_in_words(account, due.consequence, language)
    remarks = [] if due.nth == 1 else [worded(wordings.NTH, language, due.nth)]
    if due.days is not None:
        remarks.append(worded(wordings.DAYS, language, due.days))
    return _with_remarks(name, remarks, language)


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


def _without_ground(account: PointsAccount, language: Language) -> Iterator[Section]:
    lines = [
        worded(
            wordings.TAKEN_FOR,
            language,
            consequence_in_words(account, each.consequence, language),
            each.violation,
            state_in_words(each, language),
        )
        for each in account.without_ground
    ]
    if lines:
        yield Section.of(wordings.WITHOUT_GROUND.in_language(language), lines)


def _status(account: PointsAccount, language: Language) -> Iterator[Section]:
    said = worded(reports.NAMED, language, *status_of_account(account, language))
    yield Section.of(None, [said])


def status_of_account(account: PointsAccount, language: Language) -> tuple[str, str]:
    """What the qualification on the last day of an account is called, and what is said of it.

    Args:
        account: The account.
        language: The language.
    """
    held = qualification_on(account, account.through)
    return name_of_status(held, language), qualification_in_words(held, language)


def _keeping(account: PointsAccount, language: Language) -> Iterator[Section]:
    """How the account is kept: each field of the policy about accounts, and what answers it."""
    last = account.appraisals[-1]
    terms = Terms.of(last.standard.closing(account.through), last.policy)
    lines = []
    for name in ACCOUNT_FIELDS:
        label = label_of(name).in_language(language)
        value = value_in_words(getattr(terms.policy, name), language, terms.rulebook)
        reason = reason_of(terms.reason(None, name), last.standard, language)
        lines.append(f"- {worded(reports.NAMED, language, label, value)} {reason}")
    yield Section.of(wordings.KEEPS.in_language(language), lines)
