"""Rendering: an appraisal as text for people, strings in and strings out.

What is said stands in tables of :class:`~cmappraisal.Text`, one entry for each effect, unit and
heading, so that the three languages say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import attrs

from cmappraisal.fields import one_line, require
from cmappraisal.points import EXACT, plain
from cmappraisal.policy import Add, Assumption, Grade, Multiply, Policy, Silence, UnstatedUnit
from cmappraisal.rules import Deduction, Provision, Rule, Rulebook, Unit
from cmappraisal.scoring.appraisals import Appraisal, Line
from cmappraisal.scoring.steps import Effect, Step
from cmappraisal.texts import Language, Text, listed, require_language, say

_EFFECTS = {
    Effect.APPEAL_COUNTS: Text("申訴中，{policy}", "申诉中，{policy}", en="under appeal, {policy}"),
    Effect.APPEAL_SUSPENDS: Text(
        "申訴中，{policy}", "申诉中，{policy}", en="under appeal, {policy}"
    ),
    Effect.REFERRED: Text(
        "按第{from_rule}條的指引，適用第{rule}條（{wording}）",
        "按第{from_rule}条的指引，适用第{rule}条（{wording}）",
        en="rule {from_rule} refers to rule {rule}, which applies ({wording})",
    ),
    Effect.STATED: Text(
        "規定分值，{unit}：{stated} × {quantity} = {points}",
        "规定分值，{unit}：{stated} × {quantity} = {points}",
        en="stated points, {unit}: {stated} × {quantity} = {points}",
    ),
    Effect.UNIT_ASSUMED: Text(
        "規定分值，未寫明單位，{policy}：{stated} × {counted} = {points}",
        "规定分值，未写明单位，{policy}：{stated} × {counted} = {points}",
        en="stated points without a unit, {policy}: {stated} × {counted} = {points}",
    ),
    Effect.ASSESSED: Text(
        "評定人酌情核定：{points}",
        "评定人酌情核定：{points}",
        en="set by the assessor within the stated points: {points}",
    ),
    Effect.NO_POINTS: Text("此條不扣分", "此条不扣分", en="this rule deducts no points"),
    Effect.AGGRAVATED: Text(
        "依第{rule}條因{circumstances}加重，{policy}：{arithmetic}",
        "依第{rule}条因{circumstances}加重，{policy}：{arithmetic}",
        en="aggravated under rule {rule} ({circumstances}), {policy}: {arithmetic}",
    ),
    Effect.NO_EFFECT: Text(
        "已登記而不影響本條的情節：{circumstances}",
        "已登记而不影响本条的情节：{circumstances}",
        en="recorded, without effect under this rule: {circumstances}",
    ),
    Effect.REVOKED: Text(
        "因{circumstances}取消客戶經理資格",
        "因{circumstances}取消客户经理资格",
        en="the qualification is revoked ({circumstances})",
    ),
    Effect.REVOKED_OUTRIGHT: Text(
        "取消客戶經理資格", "取消客户经理资格", en="the qualification is revoked outright"
    ),
    Effect.DISPLACED: Text(
        "同一事件已登記特別條款（{others}），{policy}：{arithmetic}",
        "同一事件已登记特别条款（{others}），{policy}：{arithmetic}",
        en="the same incident has {others}, {policy}: {arithmetic}",
    ),
    Effect.GAVE_WAY: Text(
        "本條僅在同一事件未登記本章其他條款時適用，而已有{others}：{arithmetic}",
        "本条仅在同一事件未登记本章其他条款时适用，而已有{others}：{arithmetic}",
        en="applies only where no other rule of the chapter was recorded for the incident, "
        "which has {others}: {arithmetic}",
    ),
    Effect.ONCE_A_PERIOD: Text(
        "{policy}，即{others}；本項：{arithmetic}",
        "{policy}，即{others}；本项：{arithmetic}",
        en="{policy}, which is {others}; here: {arithmetic}",
    ),
    Effect.CONCURRENT: Text(
        "同一事件{policy}，即{others}；本項：{arithmetic}",
        "同一事件{policy}，即{others}；本项：{arithmetic}",
        en="of the same incident {policy}, which is {others}; here: {arithmetic}",
    ),
}
"""What each effect is called, where a step tells of it."""

_UNITS = {
    Unit.OCCURRENCE: Text("按次", "按次", en="for each occurrence"),
    Unit.CUSTOMER: Text("按戶", "按户", en="for each customer"),
}

_TITLE = Text("客戶經理考核說明", "客户经理考核说明", en="Appraisal explained")
_MANAGER = Text("客戶經理：{}", "客户经理：{}", en="Relationship manager: {}")
_STANDARD = Text("標準：{}（{}）", "标准：{}（{}）", en="Standard: {} ({})")
_PERIOD = Text("考核期：{} 至 {}", "考核期：{} 至 {}", en="Period: {} to {}")
_AS_OF = Text("登記截至：{}", "登记截至：{}", en="As known at: {}")
_ALL_KNOWN = Text(
    "所有登記均已計入", "所有登记均已计入", en="Everything recorded is taken into account"
)
_LINE = Text(
    "{}. {} 違規 {} 第{}條（第{}章第{}條{}）",
    "{}. {} 违规 {} 第{}条（第{}章第{}条{}）",
    en="{}. {}, violation {}, rule {} (chapter {}, clause {}{})",
)
_LIMB = Text("{}項", "{}项", en=", limb {}")
_INCIDENT = Text("事件：{}", "事件：{}", en="Incident: {}")
_NOTE = Text("備註：{}", "备注：{}", en="Note: {}")
_COUNTS = Text("計 {} 分", "计 {} 分", en="Counts: {}")
_NO_LINES = Text(
    "考核期內沒有違規。", "考核期内没有违规。", en="No violation stands in the period."
)
_SUBTOTAL = Text("第{}章 {}：{}", "第{}章 {}：{}", en="Part {}, {}: {}")
_TOTAL = Text("差錯積分合計：{}", "差错积分合计：{}", en="Error points in all: {}")
_SCORE = Text("得分：{} - {} = {}", "得分：{} - {} = {}", en="Score: {} - {} = {}")
_FLOORED = Text(
    "得分：{} - {}，不低於 {}，得 {}",
    "得分：{} - {}，不低于 {}，得 {}",
    en="Score: {} - {}, not below {}: {}",
)
_GRADE = Text("等級：{}", "等级：{}", en="Grade: {}")
_REVOKED = Text(
    "客戶經理資格：取消（違規 {}）",
    "客户经理资格：取消（违规 {}）",
    en="Qualification: revoked by {}",
)
_KEPT = Text("客戶經理資格：保留", "客户经理资格：保留", en="Qualification: kept")
_ASSUMED = Text(
    "標準未作規定之處，按以下政策處理：",
    "标准未作规定之处，按以下政策处理：",
    en="Where the standard is silent, the policy decides:",
)
_ASSUMPTION = Text(
    "- {}（標準：{}）：{} [{}]", "- {}（标准：{}）：{} [{}]", en="- {} (the standard {}): {} [{}]"
)
_BY_STANDARD = Text("[標準第{}條]", "[标准第{}条]", en="[standard, {}]")
_BY_POLICY = Text("[政策：{1}（{0}）]", "[政策：{1}（{0}）]", en="[policy: {0}]")
_IMPLIED = Text("{}（屬於{}）", "{}（属于{}）", en="{}, which is also {}")
_NONE = Text("無", "无", en="none")


def explain(appraisal: Appraisal, language: Language = "en") -> str:
    """An appraisal as plain text that an employee can read and dispute.

    Args:
        appraisal: The appraisal.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

    Returns:
        Lines of text, each ended by a line feed.

    Raises:
        FieldError: The argument is no appraisal.
        LanguageError: The language is none of the three.

    >>> from cmappraisal import ERROR_POINTS, Ledger, Period, score
    >>> appraisal = score(Ledger(), ERROR_POINTS, Period.year(2025), manager="RM-01")
    >>> print(explain(appraisal, "zh-Hans").splitlines()[1])
    客户经理：RM-01
    """
    fits = isinstance(appraisal, Appraisal)
    require("explain", "appraisal", appraisal, fits, "an Appraisal")
    require_language(language)
    parts = (_heading, _lines, _totals, _assumptions)
    return "\n\n".join("\n".join(part(appraisal, language)) for part in parts) + "\n"


def _heading(appraisal: Appraisal, language: Language) -> Iterator[str]:
    rulebook, period = appraisal.rulebook, appraisal.period
    yield _TITLE.in_language(language)
    yield say(_MANAGER, language, appraisal.manager)
    yield say(_STANDARD, language, rulebook.text.in_language(language), rulebook)
    yield say(_PERIOD, language, period.first, period.last)
    moment = appraisal.as_of
    if moment is None:
        yield _ALL_KNOWN.in_language(language)
    else:
        yield say(_AS_OF, language, moment.isoformat(" "))


def _lines(appraisal: Appraisal, language: Language) -> Iterator[str]:
    if not appraisal.lines:
        yield _NO_LINES.in_language(language)
    for number, line in enumerate(appraisal.lines, start=1):
        violation, citation = line.violation, (line.referred_from or line.rule).citation
        yield say(
            _LINE,
            language,
            number,
            violation.occurred_on,
            violation.id,
            violation.rule,
            citation.chapter,
            citation.clause,
            say(_LIMB, language, citation.limb) if citation.limb else "",
        )
        yield f"   {(line.referred_from or line.rule).text.in_language(language)}"
        if violation.incident is not None:
            yield f"   {say(_INCIDENT, language, violation.incident)}"
        if note := one_line(violation.note):
            yield f"   {say(_NOTE, language, note)}"
        for step in line.steps:
            told = _step(line, step, appraisal.rulebook, language)
            yield f"   - {told} {_reason(step, language)}"
        yield f"   {say(_COUNTS, language, plain(line.points))}"


def _step(line: Line, step: Step, rulebook: Rulebook, language: Language) -> str:
    penalty, quantity = line.rule.penalty, line.violation.quantity
    deduction = penalty if isinstance(penalty, Deduction) else None
    policy = step.reason.value if isinstance(step.reason, Assumption) else None
    wording = _EFFECTS[step.effect].in_language(language)
    return wording.format(
        points=plain(step.points),
        rule=line.rule.id,
        wording=line.rule.text.in_language(language),
        from_rule=line.violation.rule,
        unit=_UNITS[deduction.unit].in_language(language)
        if deduction and deduction.unit in _UNITS
        else "",
        stated=plain(deduction.points) if deduction else "",
        quantity=quantity,
        counted=quantity if policy is UnstatedUnit.PER_OCCURRENCE else 1,
        circumstances=listed(_circumstances(line.rule, step, rulebook, language), language),
        policy=policy.text.in_language(language) if policy else "",
        others=listed(step.because_of, language),
        arithmetic=_arithmetic(step),
    )


def _circumstances(rule: Rule, step: Step, rulebook: Rulebook, language: Language) -> Iterator[str]:
    """The circumstances that a step read, and of those that a rule does not name, why they fit."""
    trigger = {Effect.AGGRAVATED: rule.aggravated_by, Effect.REVOKED: rule.revoked_by}
    for circumstance in step.circumstances:
        text = circumstance.text.in_language(language)
        named = trigger.get(step.effect, {circumstance.id})
        if circumstance.id not in named:
            implied = rulebook.implied_by([circumstance.id]) & named
            also = (
                each.text.in_language(language)
                for each in rulebook.circumstances
                if each.id in implied
            )
            text = say(_IMPLIED, language, text, listed(also, language))
        yield text


def _arithmetic(step: Step) -> str:
    before = EXACT.subtract(step.points, step.change)
    match step.reason:
        case Assumption(value=Multiply(factor=factor)):
            return f"{plain(before)} × {plain(factor)} = {plain(step.points)}"
        case Assumption(value=Add(points=points)):
            return f"{plain(before)} + {plain(points)} = {plain(step.points)}"
        case _:
            sign = "+" if step.change >= 0 else "-"
            return f"{plain(before)} {sign} {plain(EXACT.abs(step.change))} = {plain(step.points)}"


def _reason(step: Step, language: Language) -> str:
    if isinstance(step.reason, Provision):
        return say(_BY_STANDARD, language, step.reason.citation)
    return say(_BY_POLICY, language, step.reason.field, _label(step.reason.field, language))


def _label(field: str, language: Language) -> str:
    silence: Silence = attrs.fields_dict(Policy)[field].metadata["silence"]
    return silence.label.in_language(language)


def _totals(appraisal: Appraisal, language: Language) -> Iterator[str]:
    for subtotal in appraisal.subtotals:
        part = subtotal.part
        heading = part.text.in_language(language)
        yield say(_SUBTOTAL, language, part.number, heading, plain(subtotal.points))
    points, full_marks, floor = (
        appraisal.points,
        appraisal.policy.full_marks,
        appraisal.policy.floor,
    )
    yield say(_TOTAL, language, plain(points))
    if appraisal.score is not None and full_marks is not None:
        numbers = [full_marks, points, appraisal.score]
        floored = appraisal.score != EXACT.subtract(full_marks, points)
        if floored and floor is not None:
            numbers.insert(2, floor)
        yield say(_FLOORED if floored else _SCORE, language, *map(plain, numbers))
    if appraisal.grade is not None:
        yield say(_GRADE, language, appraisal.grade.text.in_language(language))
    revoking = [line.violation.id for line in appraisal.lines if line.revokes]
    if revoking:
        yield say(_REVOKED, language, listed(revoking, language))
    else:
        yield _KEPT.in_language(language)


def _assumptions(appraisal: Appraisal, language: Language) -> Iterator[str]:
    yield _ASSUMED.in_language(language)
    for attribute in attrs.fields(Policy):
        silence: Silence = attribute.metadata["silence"]
        yield say(
            _ASSUMPTION,
            language,
            _label(attribute.name, language),
            silence.source.in_language(language),
            _value(getattr(appraisal.policy, attribute.name), language),
            attribute.name,
        )


def _value(value: object, language: Language) -> str:
    match value:
        case Decimal():
            return plain(value)
        case None | ():
            return _NONE.in_language(language)
        case tuple():
            return listed((_band(grade, language) for grade in value), language)
        case _:
            text: Text = getattr(value, "text")  # noqa: B009
            return text.in_language(language)


def _band(grade: Grade, language: Language) -> str:
    name = grade.text.in_language(language)
    least = "" if grade.at_least is None else f"{plain(grade.at_least)} ≤ "
    below = "" if grade.below is None else f" < {plain(grade.below)}"
    return f"{name} ({least}…{below})"
