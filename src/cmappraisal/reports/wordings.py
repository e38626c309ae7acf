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
                "{from_rule} 指引至 {rule}，適用後者（{wording}）",
                "{from_rule} 指引至 {rule}，适用后者（{wording}）",
                en="rule {from_rule} refers to rule {rule}, which applies ({wording})",
            )
        ),
        Effect.OTHER_EDITION: EffectWording(
            Text(
                "發生之日施行的是 {own} 版，適用 {edition} 版（{policy}）",
                "发生之日施行的是 {own} 版，适用 {edition} 版（{policy}）",
                en="edition {own} was in force on the day it happened, edition {edition} governs: "
                "{policy}",
            ),
            Text("適用 {edition} 版", "适用 {edition} 版", en="edition {edition}"),
        ),
        Effect.TIME_BARRED: EffectWording(
            Text(
                "已逾 {limit} 個月的追究期限，不計分",
                "已逾 {limit} 个月的追究期限，不计分",
                en="found or recorded after the limit of {limit} months, so it does not count",
            ),
            Text("已逾追究期限", "已逾追究期限", en="time-barred"),
        ),
        Effect.UNIT_ASSESSED: EffectWording(
            Text(
                "評定人在 {stated} 之間核定每單位 {points}",
                "评定人在 {stated} 之间核定每单位 {points}",
                en="set by the assessor for one unit, within {stated}: {points}",
            ),
            Text("評定人核定", "评定人核定", en="set by the assessor"),
        ),
        Effect.UNIT_RAISED: EffectWording(
            Text(
                "因{circumstances}，每單位計 {points}（規定分值 {stated}）",
                "因{circumstances}，每单位计 {points}（规定分值 {stated}）",
                en="{points} points for one unit ({circumstances}) in the place of {stated}",
            ),
            Text("加重", "加重", en="aggravated"),
        ),
        Effect.UNIT_LOWERED: EffectWording(
            Text(
                "因{circumstances}，每單位計 {points}（規定分值 {stated}）",
                "因{circumstances}，每单位计 {points}（规定分值 {stated}）",
                en="{points} points for one unit ({circumstances}) in the place of {stated}",
            ),
            Text("從輕", "从轻", en="mitigated"),
        ),
        Effect.UNIT_REPEATED: EffectWording(
            Text(
                "{within}{same}再犯（此前：{others}），第 {nth} 次起{weight}（規定分值 {stated}）",
                "{within}{same}再犯（此前：{others}），第 {nth} 次起{weight}（规定分值 {stated}）",
                en="again {within} {same} (before: {others}), from the {nth} time on {weight} in "
                "the place of {stated}",
            ),
            Text("再犯", "再犯", en="again"),
        ),
        Effect.COUNTED: EffectWording(
            Text(
                "{unit}計：{before} × {quantity} = {points}",
                "{unit}计：{before} × {quantity} = {points}",
                en="counted {unit}: {before} × {quantity} = {points}",
            )
        ),
        Effect.STATED: EffectWording(
            Text(
                "規定分值，{unit}：{before} × {quantity} = {points}",
                "规定分值，{unit}：{before} × {quantity} = {points}",
                en="stated points, {unit}: {before} × {quantity} = {points}",
            )
        ),
        Effect.UNIT_ASSUMED: EffectWording(
            Text(
                "規定分值，未寫明單位，{policy}：{before} × {counted} = {points}",
                "规定分值，未写明单位，{policy}：{before} × {counted} = {points}",
                en="stated points without a unit, {policy}: {before} × {counted} = {points}",
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
                "依 {rule} 因{circumstances}加重，{weight}：{arithmetic}",
                "依 {rule} 因{circumstances}加重，{weight}：{arithmetic}",
                en="aggravated under rule {rule} ({circumstances}), {weight}: {arithmetic}",
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
        Effect.AGGRAVATION_ROUNDED: EffectWording(
            Text(
                "取整至 {policy} 的倍數：{arithmetic}",
                "取整至 {policy} 的倍数：{arithmetic}",
                en="rounded to a multiple of {policy}: {arithmetic}",
            )
        ),
        Effect.AGGRAVATION_OUTWEIGHED: EffectWording(
            Text(
                "{circumstances}亦屬加重情節，但另一情節計分不低於此，故不另計",
                "{circumstances}亦属加重情节，但另一情节计分不低于此，故不另计",
                en="aggravating too, but another circumstance leaves no fewer points: "
                "{circumstances}",
            )
        ),
        Effect.MITIGATED: EffectWording(
            Text(
                "因{circumstances}從輕，{weight}：{arithmetic}",
                "因{circumstances}从轻，{weight}：{arithmetic}",
                en="mitigated ({circumstances}), {weight}: {arithmetic}",
            ),
            Text("從輕", "从轻", en="mitigated"),
        ),
        Effect.WAIVED: EffectWording(
            Text(
                "因{circumstances}，{weight}：{arithmetic}",
                "因{circumstances}，{weight}：{arithmetic}",
                en="{weight} ({circumstances}): {arithmetic}",
            ),
            Text("免予扣分", "免予扣分", en="waived"),
        ),
        Effect.MITIGATION_ROUNDED: EffectWording(
            Text(
                "取整至 {policy} 的倍數：{arithmetic}",
                "取整至 {policy} 的倍数：{arithmetic}",
                en="rounded to a multiple of {policy}: {arithmetic}",
            )
        ),
        Effect.MITIGATION_OUTWEIGHED: EffectWording(
            Text(
                "{circumstances}亦屬從輕情節，但另一情節計分不高於此，故不另計",
                "{circumstances}亦属从轻情节，但另一情节计分不高于此，故不另计",
                en="mitigating too, but another circumstance leaves no more points: "
                "{circumstances}",
            )
        ),
        Effect.REPEATED: EffectWording(
            Text(
                "{within}{same}再犯（此前：{others}），第 {nth} 次起{weight}：{arithmetic}",
                "{within}{same}再犯（此前：{others}），第 {nth} 次起{weight}：{arithmetic}",
                en="again {within} {same} (before: {others}), from the {nth} time on {weight}: "
                "{arithmetic}",
            ),
            Text("再犯", "再犯", en="again"),
        ),
        Effect.REPETITION_ROUNDED: EffectWording(
            Text(
                "取整至 {policy} 的倍數：{arithmetic}",
                "取整至 {policy} 的倍数：{arithmetic}",
                en="rounded to a multiple of {policy}: {arithmetic}",
            )
        ),
        Effect.DECIDED: EffectWording(
            Text(
                "申訴決定改定為 {points}：{arithmetic}",
                "申诉决定改定为 {points}：{arithmetic}",
                en="the decision on the appeal sets {points}: {arithmetic}",
            ),
            Text("申訴決定改定", "申诉决定改定", en="set on appeal"),
        ),
        Effect.SHARED: EffectWording(
            Text(
                "作為{role}承擔責任，{weight}：{arithmetic}",
                "作为{role}承担责任，{weight}：{arithmetic}",
                en="answers as {role}, {weight}: {arithmetic}",
            ),
            Text("連帶責任", "连带责任", en="answers for another"),
        ),
        Effect.SHARE_ROUNDED: EffectWording(
            Text(
                "取整至 {policy} 的倍數：{arithmetic}",
                "取整至 {policy} 的倍数：{arithmetic}",
                en="rounded to a multiple of {policy}: {arithmetic}",
            )
        ),
        Effect.CAPPED: EffectWording(
            Text(
                "單筆違規最高計 {points}：{arithmetic}",
                "单笔违规最高计 {points}：{arithmetic}",
                en="one violation deducts at most {points}: {arithmetic}",
            ),
            Text("已達單筆上限", "已达单笔上限", en="capped"),
        ),
        Effect.INCIDENT_CAPPED: EffectWording(
            Text(
                "事件 {of} 最高計 {most}：{arithmetic}",
                "事件 {of} 最高计 {most}：{arithmetic}",
                en="incident {of} counts at most {most}: {arithmetic}",
            )
        ),
        Effect.PART_CAPPED: EffectWording(
            Text(
                "「{part}」最高計 {most}：{arithmetic}",
                "“{part}”最高计 {most}：{arithmetic}",
                en='the part "{part}" counts at most {most}: {arithmetic}',
            )
        ),
        Effect.PERIOD_CAPPED: EffectWording(
            Text(
                "考核期最高計 {most}：{arithmetic}",
                "考核期最高计 {most}：{arithmetic}",
                en="the period counts at most {most}: {arithmetic}",
            )
        ),
        Effect.FOLLOWS: EffectWording(
            Text("{following}", "{following}", en="{following}"),
            Text("{consequence}", "{consequence}", en="{consequence}"),
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
                "本條僅在同一事件未登記「{part}」其他條款時適用，而已有{others}：{arithmetic}",
                "本条仅在同一事件未登记“{part}”其他条款时适用，而已有{others}：{arithmetic}",
                en='applies only where no other rule of the part "{part}" was recorded for the '
                "incident, which has {others}: {arithmetic}",
            ),
            Text(
                "不計分：適用同部分其他條款",
                "不计分：适用同部分其他条款",
                en="does not count: another rule of its part applies",
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
        Effect.HONOURED_ONCE: EffectWording(
            Text(
                "同一事件只計最高一項加分，即{others}；本項：{arithmetic}",
                "同一事件只计最高一项加分，即{others}；本项：{arithmetic}",
                en="of the merits of one event the highest counts, which is {others}; here: "
                "{arithmetic}",
            ),
            Text(
                "不計分：同一事件只計最高一項",
                "不计分：同一事件只计最高一项",
                en="does not count: only the highest of the event does",
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

QUANTITY = Text("數量 {}", "数量 {}", en="quantity {}")
SPAN = Text("{} 至 {}", "{} 至 {}", en="{} to {}")
STANDARD = Text("{}（{}）", "{}（{}）", en="{} ({})")
NO_LINES = Text(
    "考核期內沒有違規。", "考核期内没有违规。", en="No upheld violation falls in the period."
)
GRADE = Text("等級", "等级", en="Grade")
SCORE = Text("得分", "得分", en="Score")
QUALIFICATION = Text("客戶經理資格", "客户经理资格", en="Qualification")
SUSPENDED_UNTIL = Text("暫停至 {}", "暂停至 {}", en="suspended until {}")
NOT_SHOWN = Text("不列", "不列", en="not shown")

# Explanations.

TITLE = Text("客戶經理考核說明", "客户经理考核说明", en="Appraisal explained")
NAMED = Text("{}：{}", "{}：{}", en="{}: {}")
MANAGER = Text("客戶經理", "客户经理", en="Relationship manager")
STANDARD_NAME = Text("標準", "标准", en="Standard")
PERIOD = Text("考核期", "考核期", en="Period")
AS_OF = Text("登記截至：{}", "登记截至：{}", en="As known at: {}")
INCOMPLETE = Text(
    "不完整：已從台賬中銷毀、因而未計入的個案：{}",
    "不完整：已从台账中销毁、因而未计入的个案：{}",
    en="Incomplete: cases that were erased from the ledger and so are not in it: {}",
)
ALL_KNOWN = Text(
    "所有登記均已計入", "所有登记均已计入", en="Everything recorded is taken into account"
)
LINE = Text(
    "{}. {} 違規 {} 條款 {}（{}）",
    "{}. {} 违规 {} 条款 {}（{}）",
    en="{}. {}, violation {}, rule {} ({})",
)
NUMBERED = Text("第{1}{0}", "第{1}{0}", en="{0} {1}")
LETTERED = Text("{1}{0}", "{1}{0}", en="{0} {1}")
EDITION = Text("版本：{}", "版本：{}", en="Edition: {}")
FOUND_ON = Text("查出：{}", "查出：{}", en="Found: {}")
RECORDED_ON = Text("登記：{}", "登记：{}", en="Recorded: {}")
EFFECTIVE_ON = Text("生效：{}", "生效：{}", en="Took effect: {}")
BECAUSE = Text("{}（{}）", "{}（{}）", en="{} ({})")
MONEY = Text("扣款 {}", "扣款 {}", en="Money withheld: {}")
RANGE = Text("{} 至 {}", "{} 至 {}", en="{} to {}")
WHOLE = Text("計 {} 分", "计 {} 分", en="{} points")
DOER = Text("行為人：{}", "行为人：{}", en="Done by: {}")
INCIDENT = Text("事件：{}", "事件：{}", en="Incident: {}")
NOTE = Text("備註：{}", "备注：{}", en="Note: {}")
TAKEN_OUT = Text("（文字已銷毀）", "（文字已销毁）", en="(the words were destroyed)")
COUNTS = Text("計 {} 分", "计 {} 分", en="Counts: {}")
MERIT_LINE = Text(
    "{}. {} 加分事項 {} 條款 {}（{}）",
    "{}. {} 加分事项 {} 条款 {}（{}）",
    en="{}. {}, merit {}, rule {} ({})",
)
CAPPED = Text("合併計分的上限：", "合并计分的上限：", en="At most so much together:")
FROM_PARTS = Text("{}（其中{}）", "{}（其中{}）", en="{} ({})")
FROM_PART = Text("{}減 {} 分", "{}减 {} 分", en="{}: {} less")
MORE_CAPS = Text(
    "另有 {} 項上限，共減 {} 分", "另有 {} 项上限，共减 {} 分", en="and {} more caps, which take {}"
)
OF_MERITS = Text("加分事項：{}", "加分事项：{}", en="of merits, {}")
TENURES = Text(
    "據以認定承擔責任的任職：",
    "据以认定承担责任的任职：",
    en="Tenures that say who answers with whom:",
)
IN_GROUP = Text("屬 {}", "属 {}", en="in {}")
IN_ROLE = Text("任 {}", "任 {}", en="as {}")
UNDER = Text("上級 {}", "上级 {}", en="under {}")
FROM = Text("自 {}", "自 {}", en="from {}")
UNTIL = Text("至 {}", "至 {}", en="until {}")
SUBTOTAL = Text("{}：{}", "{}：{}", en="{}: {}")
PART_CITED = Text("{0} {1}", "{0} {1}", en="{1} ({0})")
MONEY_IN_ALL = Text("扣款合計：{}", "扣款合计：{}", en="Money withheld in all: {}")
AWARDS_IN_ALL = Text("加分合計：{}", "加分合计：{}", en="Awards in all: {}")
RAISED = Text("得分：{} - {} + {} = {}", "得分：{} - {} + {} = {}", en="Score: {} - {} + {} = {}")
RAISED_FLOORED = Text(
    "得分：{} - {} + {}，不低於 {}，得 {}",
    "得分：{} - {} + {}，不低于 {}，得 {}",
    en="Score: {} - {} + {}, not below {}: {}",
)
TOTAL = Text("差錯積分合計：{}", "差错积分合计：{}", en="Error points in all: {}")
SCORED = Text("得分：{} - {} = {}", "得分：{} - {} = {}", en="Score: {} - {} = {}")
FLOORED = Text(
    "得分：{} - {}，不低於 {}，得 {}",
    "得分：{} - {}，不低于 {}，得 {}",
    en="Score: {} - {}, not below {}: {}",
)
REVOKED_RESULT = Text("得分：{}（{}）", "得分：{}（{}）", en="Score: {} ({})")
LOST_BY = Text("{}（違規 {}）", "{}（违规 {}）", en="{} by {}")
LOST_SINCE = Text("自 {0} 起{1}（違規 {2}）", "自 {0} 起{1}（违规 {2}）", en="{1} since {0} by {2}")
LOST_FROM_TO = Text(
    "自 {0} 起{1}，至 {3} 止（違規 {2}）",
    "自 {0} 起{1}，至 {3} 止（违规 {2}）",
    en="{1} from {0} to {3} by {2}",
)
QUALIFICATION_ON = Text("{} 的客戶經理資格", "{} 的客户经理资格", en="Qualification on {}")
DECIDED = Text("以下各點按政策處理：", "以下各点按政策处理：", en="The policy decides:")
SILENT_DECISION = Text(
    "- {}（標準：{}）：{} [{}]", "- {}（标准：{}）：{} [{}]", en="- {} (the standard {}): {} [{}]"
)
DECISION = Text("- {}：{} [{}]", "- {}：{} [{}]", en="- {}: {} [{}]")
GAPS = Text("標準另有未定之處：", "标准另有未定之处：", en="The standard leaves open besides:")
GAP = Text("- 標準{}", "- 标准{}", en="- the standard {}")
STATED_BY = Text("標準已作規定：", "标准已作规定：", en="The standard states:")
BY_STANDARD = Text("[標準：{}]", "[标准：{}]", en="[standard, {}]")
BY_STANDARD_OF = Text("[標準 {1} 版：{0}]", "[标准 {1} 版：{0}]", en="[standard, edition {1}, {0}]")
BY_POLICY = Text("[政策：{1}（{0}）]", "[政策：{1}（{0}）]", en="[policy: {0}]")
BY_POLICY_OF = Text(
    "[{2} 版的政策：{1}（{0}）]", "[{2} 版的政策：{1}（{0}）]", en="[policy of edition {2}: {0}]"
)
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
BY_PART = Text("各部分差錯積分", "各部分差错积分", en="Error points by part")
PART = Text("部分", "部分", en="Part")
SHARE = Text("佔比", "占比", en="Share")
IN_ALL = Text("合計", "合计", en="In all")
AWARDS = Text("加分", "加分", en="Awards")
MERITS = Text("加分事項：{}", "加分事项：{}", en="Merits: {}")
VIOLATIONS = Text("違規：{}", "违规：{}", en="Violations: {}")
DATE = Text("日期", "日期", en="Date")
MERIT = Text("加分事項", "加分事项", en="Merit")
VIOLATION = Text("違規", "违规", en="Violation")
RULE = Text("條款", "条款", en="Rule")
COUNTED = Text("計分", "计分", en="Points")
APPLIES = Text("適用 {} {}", "适用 {} {}", en="applies {} {}")
MORE_LINES = Text(
    "另有 {} 項違規，共計 {} 分", "另有 {} 项违规，共计 {} 分", en="and {} more, which count {}"
)
MORE = Text("另有 {} 項", "另有 {} 项", en="and {} more")

# Rankings and groups.

RANKING = Text("排名", "排名", en="Ranking")
RANKED = Text(
    "{0}. {1}：得分 {3}，差錯積分 {2}",
    "{0}. {1}：得分 {3}，差错积分 {2}",
    en="{0}. {1}: score {3}, {2} error points",
)
RANKED_BY_POINTS = Text(
    "{0}. {1}：差錯積分 {2}", "{0}. {1}：差错积分 {2}", en="{0}. {1}: {2} error points"
)
RANKED_SUSPENDED = Text("；資格{}", "；资格{}", en="; {}")
RANKED_LAST = Text(
    "；資格已取消，排在最後", "；资格已取消，排在最后", en="; revoked, so behind all others"
)
TIED = Text("；與 {} 並列", "；与 {} 并列", en="; the same result as {}")
RANKED_INCOMPLETE = Text(
    "；結果不完整，已銷毀而未計入的個案：{}",
    "；结果不完整，已销毁而未计入的个案：{}",
    en="; incomplete, without cases that were erased: {}",
)
BY_GROUP = Text("各單位差錯積分", "各单位差错积分", en="Error points by group")
NO_GROUP = Text("不屬任何單位", "不属任何单位", en="in no group")
GROUP_TOTAL = Text("{}：差錯積分 {}", "{}：差错积分 {}", en="{}: {} error points")
GROUP_MEMBER = Text("- {}：差錯積分 {}", "- {}：差错积分 {}", en="- {}: {} error points")
WITH_AWARDS = Text("，加分 {}", "，加分 {}", en=", {} awarded")
