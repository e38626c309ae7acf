"""Score cards: an appraisal as HTML that a notebook shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from typing import Final

from cmappraisal.fields import require
from cmappraisal.points import EXACT, plain
from cmappraisal.reports.html import COMMON_RULES, SPAN, Html, element, fragment, scrolling, words
from cmappraisal.rules import Rule
from cmappraisal.scoring.appraisals import Appraisal, Line, Subtotal
from cmappraisal.scoring.steps import Effect
from cmappraisal.texts import Language, Text, require_language, say

MAXIMUM_LINES: Final = 500
"""Violations that a score card lists: more than a year of one person's, and few enough to show."""

_TAGS: Final = {
    Effect.APPEAL_COUNTS: Text("申訴中", "申诉中", en="under appeal"),
    Effect.APPEAL_SUSPENDS: Text(
        "申訴中，暫不計分", "申诉中，暂不计分", en="under appeal: does not count meanwhile"
    ),
    Effect.ASSESSED: Text("評定人核定", "评定人核定", en="set by the assessor"),
    Effect.NO_POINTS: Text("此條不扣分", "此条不扣分", en="deducts no points"),
    Effect.AGGRAVATED: Text("加重", "加重", en="aggravated"),
    Effect.REVOKED: Text("取消資格", "取消资格", en="revokes the qualification"),
    Effect.REVOKED_OUTRIGHT: Text("取消資格", "取消资格", en="revokes the qualification"),
    Effect.DISPLACED: Text(
        "不計分：適用特別條款", "不计分：适用特别条款", en="does not count: a special rule applies"
    ),
    Effect.GAVE_WAY: Text(
        "不計分：適用本章其他條款",
        "不计分：适用本章其他条款",
        en="does not count: another rule of the chapter applies",
    ),
    Effect.ONCE_A_PERIOD: Text(
        "不計分：每期只計一次", "不计分：每期只计一次", en="does not count: once a period is enough"
    ),
    Effect.CONCURRENT: Text(
        "不計分：同一事件只計最高一項",
        "不计分：同一事件只计最高一项",
        en="does not count: only the heaviest of the incident does",
    ),
}
"""What is said of a line beside its rule, for each effect that a reader has to see."""

_APPRAISAL = Text("客戶經理考核", "客户经理考核", en="Appraisal")

_APPRAISAL_OF = Text("客戶經理考核：{}", "客户经理考核：{}", en="Appraisal of {}")

_STANDARD = Text("{}（{}）", "{}（{}）", en="{} ({})")

_AS_OF = Text("登記截至 {}", "登记截至 {}", en="as known at {}")

_SCORE = Text("得分", "得分", en="Score")

_OF_FULL = Text("滿分 {}", "满分 {}", en="of {}")

_GRADE = Text("等級", "等级", en="Grade")

_POINTS = Text("差錯積分", "差错积分", en="Error points")

_QUALIFICATION = Text("客戶經理資格", "客户经理资格", en="Qualification")

_KEPT = Text("保留", "保留", en="kept")

_REVOKED = Text("取消", "取消", en="revoked")

_BY_CHAPTER = Text("各章差錯積分", "各章差错积分", en="Error points by chapter")

_CHAPTER = Text("章", "章", en="Part")

_CHAPTER_NUMBERED = Text("第{}章 {}", "第{}章 {}", en="{}. {}")

_SHARE = Text("佔比", "占比", en="Share")

_TOTAL = Text("合計", "合计", en="In all")

_VIOLATIONS = Text("違規：{}", "违规：{}", en="Violations: {}")

_DATE = Text("日期", "日期", en="Date")

_VIOLATION = Text("違規", "违规", en="Violation")

_RULE = Text("條款", "条款", en="Rule")

_COUNTED = Text("計分", "计分", en="Points")

_APPLIES = Text("適用 {} {}", "适用 {} {}", en="applies {} {}")

_NO_LINES = Text(
    "考核期內沒有違規。", "考核期内没有违规。", en="No violation stands in the period."
)

_MORE_LINES = Text(
    "另有 {} 項違規，共計 {} 分", "另有 {} 项违规，共计 {} 分", en="and {} more, which count {}"
)

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
    " .revoked": "color:var(--bad)",
    " .revoked .shape": "border-radius:2px",
    " .bar": "display:block;height:8px;overflow:hidden;border-radius:4px;"
    "border:1px solid var(--edge);background:var(--ground)",
    " .bar>span": "display:block;height:100%;background:var(--bar)",
    " dd .bar": "margin-top:6px",
    " table": "width:100%;margin:0;border:0;border-collapse:collapse;table-layout:auto;"
    "background:none;color:inherit;font:inherit",
    " :is(th,td)": "padding:5px 10px 5px 0;border:0;border-bottom:1px solid var(--edge);"
    "background:none;font-weight:400;text-align:left;vertical-align:top;white-space:normal",
    " thead th": "color:var(--quiet);font-size:12px",
    " :is(th,td).number": "text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap",
    " :is(th,td).date": "white-space:nowrap",
    " th.share": "width:34%;padding-left:14px",
    " td.share": "padding-left:14px",
    " td .bar": "margin-top:6px",
    " tfoot :is(th,td)": "border-bottom:0;font-weight:650",
    " td.violation": "min-width:5em",
    " td.rule": "width:75%;min-width:16em",
    " td.rule b": "margin-right:6px;font-weight:650",
    " .tag": "display:inline-block;margin:1px 6px 0 0;padding:0 7px;border-radius:9px;"
    "border:1px solid var(--edge);color:var(--quiet);font-size:12px",
    " tr.nothing :is(td,th)": "color:var(--quiet)",
    " tr.nothing .wording": "text-decoration:line-through",
}


def score_card(appraisal: Appraisal, language: Language = "en") -> str:
    """An appraisal as a fragment of HTML.

    Args:
        appraisal: The appraisal.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

    Returns:
        One ``div`` that holds its own style: the score against full marks, the points of each
        chapter, and the violations in the order of the appraisal, at most ``MAXIMUM_LINES``.

    Raises:
        FieldError: The argument is no appraisal.
        LanguageError: The language is none of the three.

    >>> from cmappraisal import ERROR_POINTS, Ledger, Period, score
    >>> appraisal = score(Ledger(), ERROR_POINTS, Period.year(2025), manager="<RM-01>")
    >>> card = score_card(appraisal, "zh-Hans")
    >>> '<p class="name">&lt;RM-01&gt;</p>' in card
    True
    """
    fits = isinstance(appraisal, Appraisal)
    require("score_card", "appraisal", appraisal, fits, "an Appraisal")
    require_language(language)
    return fragment(
        "cmappraisal-card",
        _CARD_RULES,
        say(_APPRAISAL_OF, language, appraisal.manager),
        [
            *_card_heading(appraisal, language),
            element("dl", *_card_facts(appraisal, language)),
            _chapters(appraisal, language),
            _violations(appraisal, language),
        ],
        language,
    )


def _card_heading(appraisal: Appraisal, language: Language) -> Iterator[Html]:
    rulebook, period, moment = appraisal.rulebook, appraisal.period, appraisal.as_of
    yield element("p", words(_APPRAISAL.in_language(language)), class_="quiet")
    yield element("p", words(appraisal.manager), class_="name")
    facts = [
        say(SPAN, language, period.first, period.last),
        say(_STANDARD, language, rulebook.text.in_language(language), rulebook),
    ]
    if moment is not None:
        facts.append(say(_AS_OF, language, moment.isoformat(" ")))
    yield element("p", words(" · ".join(facts)), class_="quiet")


def _card_facts(appraisal: Appraisal, language: Language) -> Iterator[Html]:
    score, full_marks = appraisal.score, appraisal.policy.full_marks
    if score is not None and full_marks is not None:
        of_full = element("small", words(say(_OF_FULL, language, plain(full_marks))))
        bar = _bar(score, full_marks)
        yield _fact(_SCORE, language, words(plain(score)), words(" "), of_full, bar)
    if appraisal.grade is not None:
        yield _fact(_GRADE, language, words(appraisal.grade.text.in_language(language)))
    yield _fact(_POINTS, language, words(plain(appraisal.points)))
    state, sign, word = ("revoked", "✕", _REVOKED) if appraisal.revoked else ("kept", "✓", _KEPT)
    shape = element("span", words(sign), class_="shape", aria_hidden="true")
    word_of_it = words(word.in_language(language))
    yield _fact(_QUALIFICATION, language, element("span", shape, word_of_it, class_=state))


def _fact(name: Text, language: Language, *value: Html) -> Html:
    return element("div", element("dt", words(name.in_language(language))), element("dd", *value))


def _bar(part: Decimal, whole: Decimal) -> Html:
    """A bar of a part of a whole; what it shows stands beside it as a number."""
    share = Fraction(part) / Fraction(whole) if whole > 0 else Fraction(0)
    percent = float(100 * min(max(share, Fraction(0)), Fraction(1)))
    filled = element("span", style=f"width:{percent:.1f}%")
    return element("span", filled, class_="bar", aria_hidden="true")


def _chapters(appraisal: Appraisal, language: Language) -> Html:
    rows = [_chapter(subtotal, appraisal.points, language) for subtotal in appraisal.subtotals]
    total = element(
        "tr",
        element("th", words(_TOTAL.in_language(language)), scope="row"),
        element("td", words(plain(appraisal.points)), class_="number"),
        element("td"),
    )
    columns = ((_CHAPTER, None), (_COUNTED, "number"), (_SHARE, "share"))
    return _table(_BY_CHAPTER.in_language(language), columns, rows, [total], language)


def _chapter(subtotal: Subtotal, whole: Decimal, language: Language) -> Html:
    number, heading = subtotal.part.number, subtotal.part.text.in_language(language)
    return element(
        "tr",
        element("th", words(say(_CHAPTER_NUMBERED, language, number, heading)), scope="row"),
        element("td", words(plain(subtotal.points)), class_="number"),
        element("td", _bar(subtotal.points, whole), class_="share"),
    )


def _violations(appraisal: Appraisal, language: Language) -> Html:
    if not appraisal.lines:
        return element("p", words(_NO_LINES.in_language(language)), class_="scroll")
    rows = [_line(line, language) for line in appraisal.lines[:MAXIMUM_LINES]]
    rest = appraisal.lines[MAXIMUM_LINES:]
    more = []
    if rest:
        points = reduce(EXACT.add, (line.points for line in rest))
        told = say(_MORE_LINES, language, len(rest), plain(points))
        more.append(element("tr", element("td", words(told), colspan=4)))
    columns = ((_DATE, "date"), (_VIOLATION, None), (_RULE, None), (_COUNTED, "number"))
    caption = say(_VIOLATIONS, language, len(appraisal.lines))
    return _table(caption, columns, rows, more, language)


def _line(line: Line, language: Language) -> Html:
    violation = line.violation
    rule = [_ruling(line.referred_from or line.rule, language)]
    if line.referred_from is not None:
        wording = line.rule.text.in_language(language)
        applies = say(_APPLIES, language, line.rule.id, wording)
        rule.append(element("div", words(applies)))
    tags = dict.fromkeys(_TAGS[step.effect] for step in line.steps if step.effect in _TAGS)
    rule += [element("span", words(tag.in_language(language)), class_="tag") for tag in tags]
    return element(
        "tr",
        element("td", words(violation.occurred_on), class_="date"),
        element("td", words(violation.id), class_="violation"),
        element("td", *rule, class_="rule"),
        element("td", words(plain(line.points)), class_="number"),
        class_=None if line.points or line.revokes else "nothing",
    )


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
