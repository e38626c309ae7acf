"""Wordings: what the texts about a procedure say, once, in three languages.

Facts are put into the places in braces.
"""

from __future__ import annotations

from cmappraisal.procedure.owed_days import ProcedureStep
from cmappraisal.texts import Text

IRREGULARITIES = Text("程序核查", "程序核查", en="Irregularities")
NONE_FOUND = Text("未發現程序問題。", "未发现程序问题。", en="None were found.")
DEADLINES = Text("待辦事項", "待办事项", en="Deadlines")
NONE_OWED = Text("沒有待辦事項。", "没有待办事项。", en="Nothing is owed.")
LINE = Text("{}. 個案 {}：{}", "{}. 个案 {}：{}", en="{}. case {}: {}")
MISSING = Text("{}（{}）", "{}（{}）", en="{} ({})")
OF_ENTRY = Text("{} 登記的事項：{}", "{} 登记的事项：{}", en="the entry of {}: {}")
BY = Text("辦理人 {}", "办理人 {}", en="by {}")
LATE = Text("最遲 {}，逾期 {} 天", "最迟 {}，逾期 {} 天", en="last day {}, days late: {}")
AHEAD = Text("登記於 {}，晚 {} 天", "登记于 {}，晚 {} 天", en="entered on {}, days before it: {}")
RULE = Text("依據：程序的 {}", "依据：程序的 {}", en="by the procedure: {}")
RULE_OF_DATES = Text("日期：{}", "日期：{}", en="the day: {}")
OWED = Text("{}，最遲 {}", "{}，最迟 {}", en="{}, by {}")
RECKONED = Text("自 {} 次日起 {}", "自 {} 次日起 {}", en="{1} from the day after {0}")
CALENDAR_DAYS = Text("{} 日", "{} 日", en="{} days")
WORKING_DAYS = Text("{} 個工作日", "{} 个工作日", en="{} working days")
EXTENDED = Text(
    "{}（期滿日為休息日的，順延至下一工作日）",
    "{}（期满日为休息日的，顺延至下一工作日）",
    en="{} (to the next working day where they end on a day off)",
)
PEOPLE = Text("可辦理人：{}", "可办理人：{}", en="who may: {}")
APPELLANT = Text("申訴人：{}", "申诉人：{}", en="for: {}")
RULE_AND_STEP = {
    "record_within": ProcedureStep.RECORD,
    "verify_within": ProcedureStep.VERIFY,
    "notify_within": ProcedureStep.NOTIFY,
    "appeal_within": ProcedureStep.APPEAL,
    "decide_within": ProcedureStep.DECIDE,
}
"""What each field that is a time limit is a limit of."""
