"""Wordings: what the texts and the chart of an account say, once, in three languages.

Facts are put into the places in braces.
"""

from __future__ import annotations

from cmappraisal.texts import Text

TITLE = Text("積分檔案", "积分档案", en="Points account")
THROUGH = Text("截至", "截至", en="Through")
POSTINGS = Text("變動：", "变动：", en="Postings:")
POSTING = Text("{}. {} {}：{}，餘額 {}", "{}. {} {}：{}，余额 {}", en="{}. {} {}: {}, balance {}")
IN_BRACKETS = Text("（{}）", "（{}）", en="({})")
UNDER_RULE = Text("{}，條款 {}", "{}，条款 {}", en="{}, rule {}")
KNOWN_ON = Text("{} 生效", "{} 生效", en="in effect since {}")
MORE_POSTINGS = Text("另有 {} 筆變動", "另有 {} 笔变动", en="and {} more postings")
BALANCE = Text("餘額", "余额", en="Balance")
KEEPS = Text("記賬依據：", "记账依据：", en="How it is kept:")

FOLLOWS = Text("後續處理：", "后续处理：", en="What follows:")
NOTHING_FOLLOWS = Text("沒有後續處理。", "没有后续处理。", en="Nothing follows.")
DUE = Text(
    "{}. 自 {} 起：{}，起因於 {}，{}",
    "{}. 自 {} 起：{}，起因于 {}，{}",
    en="{}. since {}: {}, because of {}, {}",
)
MAKE_POINTS = Text("計 {} 分", "计 {} 分", en="which make {}")
MAKE_SCORE = Text(
    "該考核期得分 {}", "该考核期得分 {}", en="with which the score of the period is {}"
)
MAKE_GRADES = Text(
    "該等級已連續 {} 個考核期",
    "该等级已连续 {} 个考核期",
    en="with such a grade in {} periods in a row",
)
NTH = Text("第 {} 次", "第 {} 次", en="time {}")
DAYS = Text("{} 天", "{} 天", en="{} days")
NOT_TAKEN = Text("尚未執行", "尚未执行", en="not taken yet")
TAKEN = Text("{} 已執行", "{} 已执行", en="taken on {}")
SERVED = Text("{} 已執行，{} 執行完畢", "{} 已执行，{} 执行完毕", en="taken on {}, served on {}")
WITH_STATE = Text("{}；{}", "{}；{}", en="{}; {}")
WITHOUT_GROUND = Text("已執行而無依據：", "已执行而无依据：", en="Taken without ground:")
TAKEN_FOR = Text("- {}，因 {}，{}", "- {}，因 {}，{}", en="- {}, for {}, {}")

NOTICE = Text("處理通知", "处理通知", en="Notice")
NOTICE_FOLLOWS = Text("自 {} 起應執行：{}", "自 {} 起应执行：{}", en="Since {}: {}")
BECAUSE = Text("起因：", "起因：", en="Because of:")
OPEN_APPEAL = Text(
    "申訴未決，期間照計",
    "申诉未决，期间照计",
    en="the appeal against it is open, and it counts meanwhile",
)
OTHERS = Text(
    "加分、失效等其他變動：{} 分",
    "加分、失效等其他变动：{} 分",
    en="awards, lapses and other changes: {}",
)
CANCELS = Text("{}取消上列積分", "{}取消上列积分", en="cancels these points {}")
LOWERS = Text("{}將餘額降至 {} 分", "{}将余额降至 {} 分", en="lowers the balance to {1} points {0}")
ELSEWHERE = Text("另按其他規定處理", "另按其他规定处理", en="handled by other rules besides")
DISPUTE = Text(
    "如有異議，可就上列違規提出申訴；其中任何一項撤銷的，本項處理重新核定。",
    "如有异议，可就上列违规提出申诉；其中任何一项撤销的，本项处理重新核定。",
    en="Whoever disputes this can appeal against a violation above; where one is reversed, what "
    "follows is determined anew.",
)

CHART = Text("{} 的積分餘額", "{} 的积分余额", en="Balance of {}")
CHART_TEXT = Text(
    "自 {} 至 {}，餘額由 {} 至 {}，最低 {}，最高 {}",
    "自 {} 至 {}，余额由 {} 至 {}，最低 {}，最高 {}",
    en="from {} to {} the balance goes from {} to {}, between {} and {}",
)
SPAN = Text("{} 至 {}，餘額 {}", "{} 至 {}，余额 {}", en="{} to {}, balance {}")
AT = Text("達 {}", "达 {}", en="at {}")
