"""Rankings and sums of groups as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cmappraisal.consequences import Status
from cmappraisal.fields import as_tuple, is_tuple_of, require
from cmappraisal.points import plain
from cmappraisal.reports import wordings
from cmappraisal.reports.papers import Section, as_html, as_text
from cmappraisal.reports.qualifications import status_in_words
from cmappraisal.scoring.groups import GroupTotal, Member
from cmappraisal.scoring.rankings import Rank
from cmappraisal.texts import Language, Text, listed, require_language, worded


def explain_ranking(ranks: Iterable[Rank], language: Language = "en") -> str:
    """A ranking as plain text: who is tied with whom, who comes last, whose result is incomplete.

    Args:
        ranks: What :func:`~cmappraisal.ranking` made.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

    Returns:
        Lines of text, each ended by a line feed.

    Raises:
        FieldError: The argument is no list of ranks.
        LanguageError: The language is none of the three.

    >>> from cmappraisal import ERROR_POINTS, Ledger, Period, ranking, score
    >>> appraisal = score(Ledger(), ERROR_POINTS, Period.year(2025), manager="RM-01")
    >>> print(explain_ranking(ranking([appraisal])), end="")
    Ranking
    1. RM-01: score 100, 0 error points
    """
    return as_text([_ranking("explain_ranking", ranks, language)])


def ranking_page(ranks: Iterable[Rank], language: Language = "en") -> str:
    """What :func:`~cmappraisal.explain_ranking` says, as a fragment of HTML.

    Args:
        ranks: What :func:`~cmappraisal.ranking` made.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

    Returns:
        One ``div`` that holds its own style.

    Raises:
        FieldError: The argument is no list of ranks.
        LanguageError: The language is none of the three.
    """
    listed_ranks = _ranking("ranking_page", ranks, language)
    title = wordings.RANKING.in_language(language)
    sections = [Section.of(title, ()), listed_ranks._replace(heading=None)]
    return as_html("ranking", title, sections, language)


def _ranking(where: str, ranks: Iterable[Rank], language: Language) -> Section:
    given = as_tuple(ranks)
    require(where, "ranks", given, is_tuple_of(given, Rank), "a list of Rank")
    require_language(language)
    lines = (_ranked(rank, language) for rank in given)
    return Section.of(wordings.RANKING.in_language(language), lines)


def _ranked(rank: Rank, language: Language) -> str:
    wording = wordings.RANKED_BY_POINTS if rank.score is None else wordings.RANKED
    score = "" if rank.score is None else plain(rank.score)
    said = worded(wording, language, rank.place, rank.manager, plain(rank.points), score)
    return said + "".join(_remarks(rank, language))


def _remarks(rank: Rank, language: Language) -> Iterator[str]:
    if rank.status is Status.SUSPENDED:
        suspended = status_in_words(rank.status, rank.until, language)
        yield worded(wordings.RANKED_SUSPENDED, language, suspended)
    if rank.revoked:
        yield wordings.RANKED_LAST.in_language(language)
    if rank.tied_with:
        yield worded(wordings.TIED, language, listed(rank.tied_with, language))
    if rank.incomplete:
        yield worded(wordings.RANKED_INCOMPLETE, language, listed(rank.incomplete, language))


def explain_groups(totals: Iterable[GroupTotal], language: Language = "en") -> str:
    """The sums of groups as plain text.

    Args:
        totals: The values of what :func:`~cmappraisal.by_group` made.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

    Returns:
        Lines of text, each ended by a line feed.

    Raises:
        FieldError: The argument is no list of totals.
        LanguageError: The language is none of the three.

    >>> from cmappraisal import ERROR_POINTS, Ledger, Period, Tenure, by_group, score
    >>> appraisal = score(Ledger(), ERROR_POINTS, Period.year(2025), manager="RM-01")
    >>> totals = by_group([appraisal], [Tenure("RM-01", "north")])
    >>> print(explain_groups(totals.values()), end="")
    Error points by group
    north: 0 error points
    - RM-01: 0 error points
    """
    given = as_tuple(totals)
    fits = is_tuple_of(given, GroupTotal)
    require("explain_groups", "totals", given, fits, "a list of GroupTotal")
    require_language(language)
    lines = [wordings.BY_GROUP.in_language(language)]
    for total in given:
        name = total.group or wordings.NO_GROUP.in_language(language)
        lines.append(_summed(wordings.GROUP_TOTAL, name, total, language))
        for member in total.members:
            lines.append(_summed(wordings.GROUP_MEMBER, member.manager, member, language))
    return "".join(f"{line}\n" for line in lines)


def _summed(wording: Text, name: str, total: GroupTotal | Member, language: Language) -> str:
    said = worded(wording, language, name, plain(total.points))
    if total.awards:
        said += worded(wordings.WITH_AWARDS, language, plain(total.awards))
    return said
