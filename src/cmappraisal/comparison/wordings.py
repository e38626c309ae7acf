"""Wordings: what the texts about comparisons say, once, in three languages.

Facts are put into the places in braces.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cmappraisal.texts import Text

FIELDS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "points": Text("差錯積分", "差错积分", en="error points"),
        "awards": Text("加分", "加分", en="awards"),
        "score": Text("得分", "得分", en="score"),
        "grade": Text("等級", "等级", en="grade"),
        "status": Text("客戶經理資格", "客户经理资格", en="qualification"),
        "consequences": Text("後續處理", "后续处理", en="what follows"),
    }
)
"""What each field of a result is called."""

NONE = Text("無", "无", en="none")

ITEM = Text("- {}", "- {}", en="- {}")
CHANGED = Text("{}由 {} 變為 {}", "{}由 {} 变为 {}", en="{} from {} to {}")
UNCHANGED = Text("不變", "不变", en="no change")
UNSCORED = Text("不能計分：{}", "不能计分：{}", en="cannot be scored: {}")
AS_IT_IS = Text("現狀：{}", "现状：{}", en="As it is: {}")

# Comparisons.

COMPARISON = Text("兩種情形的比較", "两种情形的比较", en="Two situations compared")
BEFORE = Text("此前：{}", "此前：{}", en="Before: {}")
AFTER = Text("此後：{}", "此后：{}", en="After: {}")
NOTHING_DIFFERS = Text(
    "兩種情形沒有不同。", "两种情形没有不同。", en="The situations do not differ."
)
STEP = Text("{}. 改變{}：{}", "{}. 改变{}：{}", en="{}. Change of {}: {}")
OF_POLICY = Text("{}（{}）", "{}（{}）", en="{} ({})")
VIOLATION_CHANGED = Text(
    "違規 {}：由 {} 變為 {}", "违规 {}：由 {} 变为 {}", en="violation {}: from {} to {}"
)
MERIT_CHANGED = Text(
    "加分事項 {}：由 {} 變為 {}", "加分事项 {}：由 {} 变为 {}", en="merit {}: from {} to {}"
)
REVOKES = Text("；據此取消資格", "；据此取消资格", en="; now it revokes the qualification")
REVOKES_NO_MORE = Text(
    "；不再據此取消資格", "；不再据此取消资格", en="; it revokes the qualification no more"
)
BY_CAPS = Text("合併計分的上限：{}", "合并计分的上限：{}", en="caps over several violations: {}")

# Sensitivities.

SENSITIVITY = Text("政策選項的影響", "政策选项的影响", en="What each choice of the policy decides")
DECIDING = Text("改變結果的選項：", "改变结果的选项：", en="These choices change the result:")
NONE_DECIDES = Text(
    "沒有任何選項改變結果。", "没有任何选项改变结果。", en="No choice changes the result."
)
WITHOUT_EFFECT = Text(
    "不改變結果的選項：", "不改变结果的选项：", en="These choices change nothing:"
)
IMPOSSIBLE = Text("不能採用的選項：", "不能采用的选项：", en="These choices cannot be made:")
ANSWERED = Text(
    "標準的各版本自行規定，不問政策：{}",
    "标准的各版本自行规定，不问政策：{}",
    en="Every edition of the standard answers by itself: {}",
)
OUTCOME = Text("{}；{}", "{}；{}", en="{}; {}")

# Reversals.

DECISIVE = Text("決定結果的違規", "决定结果的违规", en="The violations that decide")
CONSIDERED = Text("考慮的違規：{}", "考虑的违规：{}", en="Violations considered: {}")
SETS = Text(
    "如撤銷以下任一組，等級、資格或後續處理即改變：",
    "如撤销以下任一组，等级、资格或后续处理即改变：",
    en="The reversal of any one of these changes the grade, the qualification or what follows:",
)
NO_SETS = Text(
    "撤銷至多 {} 項違規，等級、資格與後續處理均不變。",
    "撤销至多 {} 项违规，等级、资格与后续处理均不变。",
    en="No reversal of up to {} violations changes the grade, the qualification or what follows.",
)
UNSCORED_SETS = Text(
    "撤銷後不能計分的：", "撤销后不能计分的：", en="Without these the rest cannot be scored:"
)
APPEALS = Text("未決的申訴：", "未决的申诉：", en="Open appeals:")
SUCCEEDED = Text("{}，申訴成立：{}", "{}，申诉成立：{}", en="{}, where the appeal succeeds: {}")
DISMISSED = Text("{}，申訴駁回：{}", "{}，申诉驳回：{}", en="{}, where it is dismissed: {}")
