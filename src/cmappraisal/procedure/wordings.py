"""Wordings: what the texts about a procedure say, once, in three languages.

Facts are put into the places in braces.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cmappraisal.entries import (
    Amended,
    Appealed,
    Corrected,
    Decided,
    Dismissed,
    Lifted,
    Recorded,
    Reversed,
    Reviewed,
    Served,
    Taken,
)
from cmappraisal.lives import Move, name_of_move
from cmappraisal.procedural_acts import ProceduralAct
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

_IN_CHINESE: Mapping[Move, tuple[str, str]] = {
    Recorded: ("登記", "登记"),
    Amended: ("變更", "变更"),
    Appealed: ("申訴", "申诉"),
    Dismissed: ("駁回申訴", "驳回申诉"),
    Decided: ("覆議改定", "复议改定"),
    Reviewed: ("複核改定", "复核改定"),
    Corrected: ("筆誤更正", "笔误更正"),
    Reversed: ("撤銷", "撤销"),
    Taken: ("採取處理措施", "采取处理措施"),
    Served: ("處理措施執行完畢", "处理措施执行完毕"),
    Lifted: ("解除處理措施", "解除处理措施"),
    ProceduralAct.PROPOSED: ("提出待核實的違規", "提出待核实的违规"),
    ProceduralAct.VERIFIED: ("核實", "核实"),
    ProceduralAct.NOTIFIED: ("送達通知", "送达通知"),
    ProceduralAct.APPEAL_WITHDRAWN: ("撤回申訴", "撤回申诉"),
    ProceduralAct.REOPENED: ("重新審理", "重新审理"),
}
MOVES: Mapping[Move, Text] = MappingProxyType(
    {
        move: Text(zh_hant, zh_hans, en=name_of_move(move))
        for move, (zh_hant, zh_hans) in _IN_CHINESE.items()
    }
)
"""What each kind of entry and each act is called."""
