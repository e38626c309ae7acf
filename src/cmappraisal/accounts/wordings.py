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
    "{}. 自 {} 起：{}，起因於 {}，計 {} 分",
    "{}. 自 {} 起：{}，起因于 {}，计 {} 分",
    en="{}. since {}: {}, because of {}, which make {}",
)
NTH = Text("第 {} 次", "第 {} 次", en="time {}")
DAYS = Text("{} 天", "{} 天", en="{} days")
NOT_TAKEN = Text("尚未採取", "尚未采取", en="not taken yet")
TAKEN = Text("{} 已採取", "{} 已采取", en="taken on {}")
SERVED = Text("{} 已採取，{} 履行完畢", "{} 已采取，{} 履行完毕", en="taken on {}, served on {}")
WITH_STATE = Text("{}；{}", "{}；{}", en="{}; {}")
WITHOUT_GROUND = Text("已採取而無依據：", "已采取而无依据：", en="Taken without ground:")
TAKEN_FOR = Text("- {}，因 {}，{}", "- {}，因 {}，{}", en="- {}, for {}, {}")

CHART = Text("{} 的積分餘額", "{} 的积分余额", en="Balance of {}")
CHART_TEXT = Text(
    "自 {} 至 {}，餘額由 {} 至 {}，最低 {}，最高 {}",
    "自 {} 至 {}，余额由 {} 至 {}，最低 {}，最高 {}",
    en="from {} to {} the balance goes from {} to {}, between {} and {}",
)
SPAN = Text("{} 至 {}，餘額 {}", "{} 至 {}，余额 {}", en="{} to {}, balance {}")
AT = Text("達 {}", "达 {}", en="at {}")
