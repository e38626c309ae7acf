"""Grid wordings: what the grids of training say alike, so that it is worded once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cmappraisal.texts import Language, Text, worded
from cmappraisal.training.sessions import Session
from cmappraisal.training.shortfalls import Shortfall

STOPS: Final[dict[Language, str]] = {"zh-Hant": "；", "zh-Hans": "；", "en": "; "}

MONTHS: Final = (
    Text("1月", "1月", en="Jan"),
    Text("2月", "2月", en="Feb"),
    Text("3月", "3月", en="Mar"),
    Text("4月", "4月", en="Apr"),
    Text("5月", "5月", en="May"),
    Text("6月", "6月", en="Jun"),
    Text("7月", "7月", en="Jul"),
    Text("8月", "8月", en="Aug"),
    Text("9月", "9月", en="Sep"),
    Text("10月", "10月", en="Oct"),
    Text("11月", "11月", en="Nov"),
    Text("12月", "12月", en="Dec"),
)

WEEKDAYS: Final = (
    Text("星期一", "星期一", en="Monday"),
    Text("星期二", "星期二", en="Tuesday"),
    Text("星期三", "星期三", en="Wednesday"),
    Text("星期四", "星期四", en="Thursday"),
    Text("星期五", "星期五", en="Friday"),
    Text("星期六", "星期六", en="Saturday"),
    Text("星期日", "星期日", en="Sunday"),
)
"""The days of a week, from Monday on."""

MARKS: Final = {
    "off": Text("非工作日", "非工作日", en="day off"),
    "half": Text("半個工作日", "半个工作日", en="half working day"),
    "provisional": Text("假期未公佈，待定", "假期未公布，待定", en="holidays not known yet"),
    "blackout": Text("不安排培訓", "不安排培训", en="blackout"),
    "full": Text("已排滿", "已排满", en="full day"),
    "outside": Text("不在期內", "不在期内", en="outside the period"),
    "moved": Text("改期而來", "改期而来", en="moved to this day"),
}
"""What is marked on a day, besides its sessions."""

TARGET = Text("{}目標", "{}目标", en="target of {}")

TRAINER = Text("講師 {}", "讲师 {}", en="trainer {}")

_GROUP = Text("{}組", "{}组", en="group {}")

_PERSON = Text("{}", "{}", en="for {}")


def whose(of: Session | Shortfall, language: Language) -> Iterator[str]:
    """The group and the person that something is of, as far as it is of one."""
    if of.group is not None:
        yield worded(_GROUP, language, of.group)
    if of.person is not None:
        yield worded(_PERSON, language, of.person)
