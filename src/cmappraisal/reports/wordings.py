"""Wordings: what reports say, once, in three languages.

Sentences about one effect stand side by side: how an explanation says it, and the few words that a
card has room for. Whatever else a report says has a name here. Facts are put into the places in
braces.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from attrs import frozen

from cmappraisal.rules import Unit
from cmappraisal.scoring.steps import Effect
from cmappraisal.texts import Text


@frozen
class EffectWording:
    """How reports say what a step does.

    Args:
        sentence: In an explanation, with the facts of the step in its places.
        tag: On a card, beside the rule; None where the reader need not see it there.
    """

    sentence: Text
    tag: Text | None = None


EFFECTS: Final[Mapping[Effect, EffectWording]] = MappingProxyType(
    {
        Effect.APPEAL_COUNTS: EffectWording(
            Text("申訴中，{policy}", "申诉中，{policy}", en="under appeal, {policy}"),
            Text("申訴中", "申诉中", en="under appeal"),
        ),
        Effect.APPEAL_SUSPENDS: EffectWording(
            Text("申訴中，{policy}", "申诉中，{policy}", en="under appeal, {policy}"),
            Text(
                "申訴中，暫不計分", "申诉中，暂不计分", en="under appeal: does not count meanwhile"
            ),
        ),
        Effect.REFERRED: EffectWording(
            Text(
                "按第{from_rule}條的指引，適用第{rule}條（{wording}）",
                "按第{from_rule}条的指引，适用第{rule}条（{wording}）",
                en="rule {from_rule} refers to rule {rule}, which applies ({wording})",
            )
        ),
        Effect.STATED: EffectWording(
            Text(
                "規定分值，{unit}：{stated} × {quantity} = {points}",
                "规定分值，{unit}：{stated} × {quantity} = {points}",
                en="stated points, {unit}: {stated} × {quantity} = {points}",
            )
        ),
        Effect.UNIT_ASSUMED: EffectWording(
            Text(
                "規定分值，未寫明單位，{policy}：{stated} × {counted} = {points}",
                "规定分值，未写明单位，{policy}：{stated} × {counted} = {points}",
                en="stated points without a unit, {policy}: {stated} × {counted} = {points}",
            )
        ),
        Effect.ASSESSED: EffectWording(
            Text(
                "評定人酌情核定：{points}",
                "评定人酌情核定：{points}",
                en="set by the assessor within the stated points: {points}",
            ),
            Text("評定人核定", "评定人核定", en="set by the assessor"),
        ),
        Effect.NO_POINTS: EffectWording(
            Text("此條不扣分", "此条不扣分", en="this rule deducts no points"),
            Text("此條不扣分", "此条不扣分", en="deducts no points"),
        ),
        Effect.AGGRAVATED: EffectWording(
            Text(
                "依第{rule}條因{circumstances}加重，{policy}：{arithmetic}",
                "依第{rule}条因{circumstances}加重，{policy}：{arithmetic}",
                en="aggravated under rule {rule} ({circumstances}), {policy}: {arithmetic}",
            ),
            Text("加重", "加重", en="aggravated"),
        ),
        Effect.NO_EFFECT: EffectWording(
            Text(
                "已登記而不影響本條的情節：{circumstances}",
                "已登记而不影响本条的情节：{circumstances}",
                en="recorded, without effect under this rule: {circumstances}",
            )
        ),
        Effect.REVOKED: EffectWording(
            Text(
                "因{circumstances}取消客戶經理資格",
                "因{circumstances}取消客户经理资格",
                en="the qualification is revoked ({circumstances})",
            ),
            Text("取消資格", "取消资格", en="revokes the qualification"),
        ),
        Effect.REVOKED_OUTRIGHT: EffectWording(
            Text(
                "取消客戶經理資格", "取消客户经理资格", en="the qualification is revoked outright"
            ),
            Text("取消資格", "取消资格", en="revokes the qualification"),
        ),
        Effect.DISPLACED: EffectWording(
            Text(
                "同一事件已登記特別條款（{others}），{policy}：{arithmetic}",
                "同一事件已登记特别条款（{others}），{policy}：{arithmetic}",
                en="the same incident has {others}, {policy}: {arithmetic}",
            ),
            Text(
                "不計分：適用特別條款",
                "不计分：适用特别条款",
                en="does not count: a special rule applies",
            ),
        ),
        Effect.GAVE_WAY: EffectWording(
            Text(
                "本條僅在同一事件未登記本章其他條款時適用，而已有{others}：{arithmetic}",
                "本条仅在同一事件未登记本章其他条款时适用，而已有{others}：{arithmetic}",
                en="applies only where no other rule of the chapter was recorded for the "
                "incident, which has {others}: {arithmetic}",
            ),
            Text(
                "不計分：適用本章其他條款",
                "不计分：适用本章其他条款",
                en="does not count: another rule of the chapter applies",
            ),
        ),
        Effect.CONCURRENT: EffectWording(
            Text(
                "同一事件{policy}：{others}；本項：{arithmetic}",
                "同一事件{policy}：{others}；本项：{arithmetic}",
                en="of the same incident {policy}: {others}; here: {arithmetic}",
            ),
            Text(
                "不計分：同一事件只計最高一項",
                "不计分：同一事件只计最高一项",
                en="does not count: only the heaviest of the incident does",
            ),
        ),
        Effect.ONCE_A_PERIOD: EffectWording(
            Text(
                "{policy}，即{others}；本項：{arithmetic}",
                "{policy}，即{others}；本项：{arithmetic}",
                en="{policy}, which is {others}; here: {arithmetic}",
            ),
            Text(
                "不計分：每期只計一次",
                "不计分：每期只计一次",
                en="does not count: once a period is enough",
            ),
        ),
    }
)
"""How each effect is said."""

UNITS: Final[Mapping[Unit, Text]] = MappingProxyType(
    {
        Unit.OCCURRENCE: Text("按次", "按次", en="for each occurrence"),
        Unit.CUSTOMER: Text("按戶", "按户", en="for each customer"),
    }
)
"""How each stated unit is said."""

# What both explanations and cards say.

SPAN = Text("{} 至 {}", "{} 至 {}", en="{} to {}")
STANDARD = Text("{}（{}）", "{}（{}）", en="{} ({})")
NO_LINES = Text(
    "考核期內沒有違規。", "考核期内没有违规。", en="No upheld violation falls in the period."
)
GRADE = Text("等級", "等级", en="Grade")
SCORE = Text("得分", "得分", en="Score")
QUALIFICATION = Text("客戶經理資格", "客户经理资格", en="Qualification")
KEPT = Text("保留", "保留", en="kept")
REVOKED = Text("取消", "取消", en="revoked")
NOT_SHOWN = Text("不列", "不列", en="not shown")

# Explanations.

TITLE = Text("客戶經理考核說明", "客户经理考核说明", en="Appraisal explained")
NAMED = Text("{}：{}", "{}：{}", en="{}: {}")
MANAGER = Text("客戶經理", "客户经理", en="Relationship manager")
STANDARD_NAME = Text("標準", "标准", en="Standard")
PERIOD = Text("考核期", "考核期", en="Period")
AS_OF = Text("登記截至：{}", "登记截至：{}", en="As known at: {}")
ALL_KNOWN = Text(
    "所有登記均已計入", "所有登记均已计入", en="Everything recorded is taken into account"
)
LINE = Text(
    "{}. {} 違規 {} 第{}條（第{}章第{}條{}）",
    "{}. {} 违规 {} 第{}条（第{}章第{}条{}）",
    en="{}. {}, violation {}, rule {} (chapter {}, clause {}{})",
)
LIMB = Text("{}項", "{}项", en=", limb {}")
INCIDENT = Text("事件：{}", "事件：{}", en="Incident: {}")
NOTE = Text("備註：{}", "备注：{}", en="Note: {}")
COUNTS = Text("計 {} 分", "计 {} 分", en="Counts: {}")
SUBTOTAL = Text("第{}章 {}：{}", "第{}章 {}：{}", en="Chapter {}, {}: {}")
TOTAL = Text("差錯積分合計：{}", "差错积分合计：{}", en="Error points in all: {}")
SCORED = Text("得分：{} - {} = {}", "得分：{} - {} = {}", en="Score: {} - {} = {}")
FLOORED = Text(
    "得分：{} - {}，不低於 {}，得 {}",
    "得分：{} - {}，不低于 {}，得 {}",
    en="Score: {} - {}, not below {}: {}",
)
REVOKED_RESULT = Text("得分：{}（{}）", "得分：{}（{}）", en="Score: {} ({})")
REVOKED_BY = Text("取消（違規 {}）", "取消（违规 {}）", en="revoked by {}")
DECIDED = Text("以下各點按政策處理：", "以下各点按政策处理：", en="The policy decides:")
SILENT_DECISION = Text(
    "- {}（標準：{}）：{} [{}]", "- {}（标准：{}）：{} [{}]", en="- {} (the standard {}): {} [{}]"
)
DECISION = Text("- {}：{} [{}]", "- {}：{} [{}]", en="- {}: {} [{}]")
GAPS = Text("標準另有未定之處：", "标准另有未定之处：", en="The standard leaves open besides:")
GAP = Text("- 標準{}", "- 标准{}", en="- the standard {}")
BY_STANDARD = Text("[標準第{}條]", "[标准第{}条]", en="[standard, {}]")
BY_POLICY = Text("[政策：{1}（{0}）]", "[政策：{1}（{0}）]", en="[policy: {0}]")
IMPLIED = Text("{}（屬於{}）", "{}（属于{}）", en="{}, which is also {}")
NONE = Text("無", "无", en="none")
FREED = Text(
    "申訴未決期間本項不排除同一事件的其他條款，故 {} 照計；合計可能因此高於申訴之前",
    "申诉未决期间本项不排除同一事件的其他条款，故 {} 照计；合计可能因此高于申诉之前",
    en="while the appeal is open this violation takes no other's place in its incident, so {} "
    "counts; the total can be higher than without the appeal",
)

# Cards.

APPRAISAL = Text("客戶經理考核", "客户经理考核", en="Appraisal")
APPRAISAL_OF = Text("客戶經理考核：{}", "客户经理考核：{}", en="Appraisal of {}")
AS_KNOWN_AT = Text("登記截至 {}", "登记截至 {}", en="as known at {}")
OF_FULL = Text("滿分 {}", "满分 {}", en="of {}")
POINTS = Text("差錯積分", "差错积分", en="Error points")
BY_PART = Text("各章差錯積分", "各章差错积分", en="Error points by chapter")
PART = Text("章", "章", en="Chapter")
PART_NUMBERED = Text("第{}章 {}", "第{}章 {}", en="{}. {}")
SHARE = Text("佔比", "占比", en="Share")
IN_ALL = Text("合計", "合计", en="In all")
VIOLATIONS = Text("違規：{}", "违规：{}", en="Violations: {}")
DATE = Text("日期", "日期", en="Date")
VIOLATION = Text("違規", "违规", en="Violation")
RULE = Text("條款", "条款", en="Rule")
COUNTED = Text("計分", "计分", en="Points")
APPLIES = Text("適用 {} {}", "适用 {} {}", en="applies {} {}")
MORE_LINES = Text(
    "另有 {} 項違規，共計 {} 分", "另有 {} 项违规，共计 {} 分", en="and {} more, which count {}"
)
MORE = Text("另有 {} 項", "另有 {} 项", en="and {} more")
