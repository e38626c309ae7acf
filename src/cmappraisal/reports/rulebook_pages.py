"""Rulebook pages: a standard rule by rule, with what each deducts and what makes it heavier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from cmappraisal.fields import require
from cmappraisal.points import plain
from cmappraisal.reports import wordings
from cmappraisal.reports.papers import Item, Section, as_html, as_text
from cmappraisal.reports.sentences import cited
from cmappraisal.rulebooks import Rulebook
from cmappraisal.rules import Award, Between, Deduction, Part, Referral, Rule, Unit
from cmappraisal.texts import Language, Text, listed, require_language, worded

_UNITS: Final = {
    **wordings.UNITS,
    Unit.UNSTATED: Text("未寫明單位", "未写明单位", en="no unit stated"),
}

_RULES: Final = Text("{}；條款：{}", "{}；条款：{}", en="{}; rules: {}")
_GENERAL: Final = Text("總則", "总则", en="General part")
_RULE: Final = Text("{} {}", "{} {}", en="{} {}")
_DEDUCTS: Final = Text("扣 {} 分，{}", "扣 {} 分，{}", en="deducts {}, {}")
_AWARDS: Final = Text("加 {} 分，{}", "加 {} 分，{}", en="awards {}, {}")
_AT_DISCRETION: Final = Text("{}，由考核人酌定", "{}，由考核人酌定", en="{}, at discretion")
_REFERS: Final = Text("比照其一：{}", "比照其一：{}", en="scored like one of {}")
_NO_POINTS: Final = Text("不扣分", "不扣分", en="no points")
_HEAVIER: Final = Text("加重情節：{}", "加重情节：{}", en="heavier with: {}")
_LIGHTER: Final = Text("從輕情節：{}", "从轻情节：{}", en="lighter with: {}")
_FOLLOWS: Final = Text("後果：{}", "后果：{}", en="leads to: {}")
_PLACE: Final = Text("出處：{}", "出处：{}", en="in {}")


def explain_rulebook(rulebook: Rulebook, language: Language = "en") -> str:
    """A standard as plain text.

    Args:
        rulebook: The standard.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

    Returns:
        Lines of text, each ended by a line feed. They have its general part, and each part with its
        rules, what each deducts, what makes it heavier or lighter, and what it leads to.

    Raises:
        FieldError: The argument is no rulebook.
        LanguageError: The language is none of the three.

    >>> from cmappraisal import ERROR_POINTS
    >>> for line in explain_rulebook(ERROR_POINTS).splitlines()[3:6]:
    ...     print(line)
    Professional ethics (chapter 1)
    1.1 Operating in breach of rules or procedures
       deducts 10, for each occurrence
    """
    return as_text(_sections("explain_rulebook", rulebook, language))


def rulebook_page(rulebook: Rulebook, language: Language = "en") -> str:
    """What :func:`explain_rulebook` says, as a fragment of HTML.

    Args:
        rulebook: The standard.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

    Returns:
        One ``div`` that holds its own style.

    Raises:
        FieldError: The argument is no rulebook.
        LanguageError: The language is none of the three.
    """
    sections = _sections("rulebook_page", rulebook, language)
    return as_html("rulebook", rulebook.text.in_language(language), sections, language)


def _sections(where: str, rulebook: Rulebook, language: Language) -> list[Section]:
    require(where, "rulebook", rulebook, isinstance(rulebook, Rulebook), "a Rulebook")
    require_language(language)
    about = worded(_RULES, language, rulebook, len(rulebook))
    sections = [Section.of(rulebook.text.in_language(language), [about])]
    if rulebook.clauses:
        clauses = (
            Item(
                clause.text.in_language(language),
                (worded(_PLACE, language, cited(clause.citation, rulebook, language)),),
            )
            for clause in rulebook.clauses
        )
        sections.append(Section.of(_GENERAL.in_language(language), clauses))
    sections += (
        Section.of(_heading(rulebook, part, language), _items(rulebook, part, language))
        for part in rulebook.all_parts
        if part.rules
    )
    return sections


def _heading(rulebook: Rulebook, part: Part, language: Language) -> str:
    heading = part.text.in_language(language)
    if part.citation is None:
        return heading
    place = cited(part.citation, rulebook, language)
    return worded(wordings.PART_CITED, language, place, heading)


def _items(rulebook: Rulebook, part: Part, language: Language) -> Iterator[Item]:
    for rule in part.rules:
        wording = worded(_RULE, language, rule.id, rule.text.in_language(language))
        yield Item(wording, tuple(_details(rulebook, rule, language)))


def _details(rulebook: Rulebook, rule: Rule, language: Language) -> Iterator[str]:
    yield _counts(rule, language)
    for ids, text in ((rule.aggravated_by, _HEAVIER), (rule.mitigated_by, _LIGHTER)):
        if ids:
            named = listed(_circumstances(rulebook, ids, language), language)
            yield worded(text, language, named)
    for id, triggers in rule.consequences.items():
        said = rulebook.consequence(id).text.in_language(language)
        if triggers:
            because = listed(_circumstances(rulebook, triggers, language), language)
            said = worded(wordings.BECAUSE, language, said, because)
        yield worded(_FOLLOWS, language, said)


def _counts(rule: Rule, language: Language) -> str:
    """What a rule deducts or awards, in words."""
    match rule.award or rule.penalty:
        case Deduction() as stated:
            said = worded(_DEDUCTS, language, *_stated(stated, language))
            return worded(_AT_DISCRETION, language, said) if stated.discretionary else said
        case Award() as stated:
            return worded(_AWARDS, language, *_stated(stated, language))
        case Referral(to=to):
            return worded(_REFERS, language, listed(to, language))
        case _:
            return _NO_POINTS.in_language(language)


def _stated(stated: Deduction | Award, language: Language) -> tuple[str, str]:
    points = stated.points
    unit = _UNITS[stated.unit].in_language(language)
    if isinstance(points, Between):
        return worded(wordings.RANGE, language, plain(points.least), plain(points.most)), unit
    return plain(points), unit


def _circumstances(rulebook: Rulebook, ids: Iterable[str], language: Language) -> Iterator[str]:
    """The wordings of circumstances, in the order of the standard."""
    named = set(ids)
    return (each.text.in_language(language) for each in rulebook.circumstances if each.id in named)
