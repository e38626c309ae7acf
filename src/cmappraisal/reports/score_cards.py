"""Score cards: an appraisal as HTML that a notebook shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from cmappraisal.caps import Counted
from cmappraisal.consequences import Status
from cmappraisal.fields import require
from cmappraisal.points import EXACT, plain, total_of
from cmappraisal.qualifications import Qualification
from cmappraisal.reports import wordings
from cmappraisal.reports.html import COMMON_RULES, Html, element, fragment, scrolling, words
from cmappraisal.reports.qualifications import (
    name_of_status,
    require_qualification,
    status_in_words,
)
from cmappraisal.reports.sentences import (
    cap_sentence_of,
    deducting,
    equations_of,
    heading_of,
    missing_in_words,
    tag_of,
)
from cmappraisal.rules import Rule
from cmappraisal.scoring.appraisals import Appraisal, Line, Subtotal
from cmappraisal.texts import Language, Text, require_language, worded

MAXIMUM_LINES: Final = 500
"""Violations that a score card lists: more than a year of one person's, and few enough to show."""

_CARD_RULES: Final = {
    **COMMON_RULES,
    " dl": "display:flex;flex-wrap:wrap;gap:10px;margin-top:14px",
    " dl>div": "flex:1 1 150px;min-width:0;padding:10px 12px;border-radius:6px;"
    "background:var(--blank)",
    " dt": "margin:0;color:var(--quiet);font-size:12px;font-weight:400",
    " dd": "font-size:22px;font-weight:650;line-height:1.3",
    " dd small": "color:var(--quiet);font-size:13px;font-weight:400",
    " .shape": "display:inline-block;width:24px;height:24px;margin-right:7px;"
    "border:2px solid currentColor;font-size:15px;line-height:20px;text-align:center",
    " .kept": "color:var(--good)",
    " .kept .shape": "border-radius:50%",
    " .lost": "color:var(--bad)",
    " .lost .shape": "border-radius:2px",
    " .bar": "display:block;height:8px;overflow:hidden;border-radius:4px;"
    "border:1px solid var(--edge);background:var(--ground)",
    " .bar>span": "display:block;height:100%;background:var(--bar)",
    " dd .bar": "margin-top:6px",
    " table": "width:100%;margin:0;border:0;border-collapse:collapse;table-layout:auto;"
    "background:none;color:inherit;font:inherit",
    " :is(th,td)": "padding:5px 10px 5px 0;border:0;border-bottom:1px solid var(--edge);"
    "background:none;font-weight:400;text-align:left;vertical-align:top;white-space:normal",
    " thead th": "color:var(--quiet);font-size:12px;overflow-wrap:normal",
    " :is(th,td).number": "text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap",
    " :is(th,td).date": "white-space:nowrap",
    " th.share": "width:34%;padding-left:14px",
    " td.share": "padding-left:14px",
    " td .bar": "margin-top:6px",
    " tfoot :is(th,td)": "border-bottom:0;font-weight:650",
    " td.violation": "min-width:5em",
    " td.rule": "width:75%;min-width:8em",
    " td.rule b": "margin-right:6px;font-weight:650",
    " .tag": "display:inline-block;margin:1px 6px 0 0;padding:0 7px;border-radius:9px;"
    "border:1px solid var(--edge);color:var(--quiet);font-size:12px",
    " .equation": "color:var(--quiet);font-variant-numeric:tabular-nums",
    " tr.nothing :is(td,th)": "color:var(--quiet)",
    " tr.nothing .wording": "text-decoration:line-through",
}

# Where a page is narrow, a line has its rule below its day, its violation and its points.
_NARROW_RULES: Final = {
    " table:has(td.rule)": "display:block",
    " table:has(td.rule) :is(caption,thead,tbody,tfoot)": "display:block",
    " table:has(td.rule) tr": "display:grid;grid-template-columns:auto 1fr auto;gap:0 12px;"
    "padding:5px 0;border-bottom:1px solid var(--edge)",
    " table:has(td.rule) :is(th,td)": "width:auto;min-width:0;padding:0;border:0",
    " table:has(td.rule) :is(th,td):nth-child(3)": "grid-area:2/1/2/-1",
    " table:has(td.rule) :is(th,td).number": "grid-area:1/3",
    " table:has(td.rule) td[colspan='3']": "grid-area:1/1/1/3",
    " table:has(td.rule) td[colspan='4']": "grid-area:1/1/1/-1",
}


_SIGNS: Final = {Status.QUALIFIED: "✓", Status.SUSPENDED: "‖", Status.REVOKED: "✕"}


def score_card(
    appraisal: Appraisal,
    language: Language = "en",
    *,
    qualification: Qualification | None = None,
) -> str:
    """An appraisal as a fragment of HTML.

    Args:
        appraisal: The appraisal.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.
        qualification: What holds of the manager's qualification on a day, such as
            :func:`~cmappraisal.accounts.qualification_on` finds it from thresholds too; None for
            what the violations of the appraisal lead to.

    Returns:
        One ``div`` that holds its own style: the score against full marks, the points of each
        part, and the violations in the order of the appraisal, at most ``MAXIMUM_LINES``.

    Raises:
        FieldError: An argument has a value that it does not allow.
        LanguageError: The language is none of the three.

    >>> from cmappraisal import ERROR_POINTS, Ledger, Period, score
    >>> appraisal = score(Ledger(), ERROR_POINTS, Period.year(2025), manager="<RM-01>")
    >>> card = score_card(appraisal, "zh-Hans")
    >>> '<p class="name">&lt;RM-01&gt;</p>' in card
    True
    """
    fits = isinstance(appraisal, Appraisal)
    require("score_card", "appraisal", appraisal, fits, "an Appraisal")
    require_qualification("score_card", appraisal, qualification)
    require_language(language)
    return fragment(
        "cmappraisal-card",
        _CARD_RULES,
        worded(wordings.APPRAISAL_OF, language, appraisal.manager),
        [
            *_card_heading(appraisal, language),
            element("dl", *_card_facts(appraisal, qualification, language)),
            _parts(appraisal, language),
            _violations(appraisal, language),
            *_merits(appraisal, language),
        ],
        language,
        narrow=_NARROW_RULES,
    )


def _card_heading(appraisal: Appraisal, language: Language) -> Iterator[Html]:
    rulebook, period, moment = appraisal.rulebook, appraisal.period, appraisal.as_of
    yield element("p", words(wordings.APPRAISAL.in_language(language)), class_="quiet")
    yield element("p", words(appraisal.manager), class_="name")
    facts = [
        worded(wordings.SPAN, language, period.first, period.last),
        worded(wordings.STANDARD, language, rulebook.text.in_language(language), rulebook),
    ]
    if moment is not None:
        facts.append(worded(wordings.AS_KNOWN_AT, language, moment.isoformat(" ")))
    facts += missing_in_words(appraisal.incomplete, language)
    yield element("p", words(" · ".join(facts)), class_="quiet")


def _card_facts(
    appraisal: Appraisal, qualification: Qualification | None, language: Language
) -> Iterator[Html]:
    score, full_marks = appraisal.score, appraisal.decided.full_marks
    if score is not None and full_marks is not None:
        of_full = element("small", words(worded(wordings.OF_FULL, language, plain(full_marks))))
        bar = _bar(score, full_marks)
        yield _fact(wordings.SCORE, language, words(plain(score)), words(" "), of_full, bar)
    if (band := appraisal.band) is not None:
        yield _fact(wordings.GRADE, language, words(band.text.in_language(language)))
    yield _fact(wordings.POINTS, language, words(plain(appraisal.points)))
    if appraisal.merits:
        yield _fact(wordings.AWARDS, language, words(plain(appraisal.awards)))
    yield _status(appraisal, qualification, language)


def _status(appraisal: Appraisal, qualification: Qualification | None, language: Language) -> Html:
    status, until = appraisal.status, None
    if qualification is not None:
        status, until = qualification.status, qualification.until
    shape = element("span", words(_SIGNS[status]), class_="shape", aria_hidden="true")
    said = words(status_in_words(status, until, language))
    name = name_of_status(qualification, language)
    marked = element("span", shape, said, class_="lost" if status.is_loss else "kept")
    return element("div", element("dt", words(name)), element("dd", marked))


def _fact(name: Text, language: Language, *value: Html) -> Html:
    return element("div", element("dt", words(name.in_language(language))), element("dd", *value))


def _bar(part: Decimal, whole: Decimal) -> Html:
    """A bar of a part of a whole; what it shows stands beside it as a number."""
    share = Fraction(part) / Fraction(whole) if whole > 0 else Fraction(0)
    percent = float(100 * min(max(share, Fraction(0)), Fraction(1)))
    filled = element("span", style=f"width:{percent:.1f}%")
    return element("span", filled, class_="bar", aria_hidden="true")


def _parts(appraisal: Appraisal, language: Language) -> Html:
    rows = [_part(appraisal, subtotal, language) for subtotal in deducting(appraisal)]
    total = element(
        "tr",
        element("th", words(wordings.IN_ALL.in_language(language)), scope="row"),
        element("td", words(plain(appraisal.points)), class_="number"),
        element("td"),
    )
    columns = ((wordings.PART, None), (wordings.COUNTED, "number"), (wordings.SHARE, "share"))
    return _table(wordings.BY_PART.in_language(language), columns, rows, [total], language)


def _part(appraisal: Appraisal, subtotal: Subtotal, language: Language) -> Html:
    heading = heading_of(appraisal, subtotal, language)
    return element(
        "tr",
        element("th", words(heading), scope="row"),
        element("td", words(plain(subtotal.points)), class_="number"),
        element("td", _bar(subtotal.points, appraisal.points), class_="share"),
    )


def _violations(appraisal: Appraisal, language: Language) -> Html:
    if not appraisal.lines:
        return element("p", words(wordings.NO_LINES.in_language(language)), class_="scroll")
    caption = worded(wordings.VIOLATIONS, language, len(appraisal.lines))
    return _acts(appraisal, appraisal.lines, Counted.DEDUCTIONS, caption, language)


def _merits(appraisal: Appraisal, language: Language) -> Iterator[Html]:
    if appraisal.merits:
        caption = worded(wordings.MERITS, language, len(appraisal.merits))
        yield _acts(appraisal, appraisal.merits, Counted.AWARDS, caption, language)


def _acts(
    appraisal: Appraisal, lines: Sequence[Line], of: Counted, caption: str, language: Language
) -> Html:
    rows = [_line(appraisal, line, language) for line in lines[:MAXIMUM_LINES]]
    rest = lines[MAXIMUM_LINES:]
    more = []
    if rest:
        points = total_of(line.points for line in rest)
        more_lines = worded(wordings.MORE_LINES, language, len(rest), plain(points))
        more.append(element("tr", element("td", words(more_lines), colspan=4)))
    more += _caps(appraisal, of, language)
    columns = (
        (wordings.DATE, "date"),
        (wordings.MERIT if of is Counted.AWARDS else wordings.VIOLATION, None),
        (wordings.RULE, None),
        (wordings.COUNTED, "number"),
    )
    return _table(caption, columns, rows, more, language)


def _line(appraisal: Appraisal, line: Line, language: Language) -> Html:
    violation = line.violation
    rule = [_ruling(appraisal.rulebook_of(line)[violation.rule], language)]
    if line.rule != violation.rule:
        wording = appraisal.rule_of(line).text.in_language(language)
        applies = worded(wordings.APPLIES, language, line.rule, wording)
        rule.append(element("div", words(applies)))
    worked = [*_quantity(violation.quantity, language), *equations_of(appraisal, line, language)]
    if worked:
        rule.append(element("div", words(" · ".join(worked)), class_="equation"))
    tags = dict.fromkeys(tag_of(appraisal, line, step, language) for step in line.steps)
    rule += [element("span", words(tag), class_="tag") for tag in tags if tag]
    return element(
        "tr",
        element("td", words(violation.occurred_on), class_="date"),
        element("td", words(violation.id), class_="violation"),
        element("td", *rule, class_="rule"),
        element("td", words(plain(line.points)), class_="number"),
        class_=None if line.points or line.revokes else "nothing",
    )


def _quantity(quantity: int, language: Language) -> Iterator[str]:
    if quantity > 1:
        yield worded(wordings.QUANTITY, language, quantity)


def _caps(appraisal: Appraisal, of: Counted, language: Language) -> Iterator[Html]:
    caps = [cap for cap in appraisal.caps if cap.of is of]
    for cap in caps[:MAXIMUM_LINES]:
        sentences = (cap_sentence_of(appraisal, cap, step, language) for step in cap.steps)
        yield element(
            "tr",
            element("td", words("; ".join(sentences)), colspan=3),
            element("td", words(plain(cap.points)), class_="number"),
        )
    rest = caps[MAXIMUM_LINES:]
    if rest:
        points = total_of(EXACT.minus(cap.points) for cap in rest)
        more = worded(wordings.MORE_CAPS, language, len(rest), plain(points))
        yield element("tr", element("td", words(more), colspan=4))


def _ruling(rule: Rule, language: Language) -> Html:
    wording = element("span", words(rule.text.in_language(language)), class_="wording")
    return element("div", element("b", words(rule.id)), wording)


def _table(
    caption: str,
    columns: Iterable[tuple[Text, str | None]],
    rows: Iterable[Html],
    closing: Iterable[Html],
    language: Language,
) -> Html:
    heads = [
        element("th", words(name.in_language(language)), scope="col", class_=kind)
        for name, kind in columns
    ]
    table = element(
        "table",
        element("caption", words(caption)),
        element("thead", element("tr", *heads)),
        element("tbody", *rows),
        *(element("tfoot", row) for row in closing),
    )
    return scrolling(caption, table)
