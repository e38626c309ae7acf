"""Flaws of calendars: what keeps a schedule from being published as one, in three languages."""

from __future__ import annotations

from typing import Final

from cmappraisal.errors import ProblemCode
from cmappraisal.flaw_wordings import WordedFlaw, filled
from cmappraisal.texts import Text

ITS_RESOURCES: Final = {
    "room": filled(
        Text("；請填寫其中一個場地", "；请填写其中一个场地", en="; name one of its rooms")
    ),
    "trainer": filled(
        Text("；請填寫其中一名講師", "；请填写其中一名讲师", en="; name one of its trainers")
    ),
}
"""The remedy for a room or a trainer that a schedule does not have."""

PAST_MIDNIGHT: Final = Text(
    "會延至 {0} 午夜之後；請在 starts_at 中把它或當日在前的場次提早",
    "会延至 {0} 午夜之后；请在 starts_at 中把它或当日在前的场次提早",
    en="would run past midnight of {0}; let it, or what comes before it that day, start earlier in "
    "starts_at",
)
SHIFTED: Final = Text(
    "會在 {0} {1} 開始或結束，而 {2} 的時鐘跳過此刻或重複顯示；請在 starts_at 中為該活動另定時間",
    "会在 {0} {1} 开始或结束，而 {2} 的时钟跳过此刻或重复显示；请在 starts_at 中为该活动另定时间",
    en="would begin or end on {0} at {1}, which the clock of {2} skips or shows twice; give its "
    "activity another time in starts_at",
)


class PublishingFlaw(WordedFlaw):
    """What can be wrong with a calendar: the code of the problem, and its wording."""

    NO_ADDRESS = (
        "no-address",
        ProblemCode.MISSING,
        Text(
            "「{0}」沒有地址；請填寫，無須通知者填 None{1}",
            "“{0}”没有地址；请填写，无须通知者填 None{1}",
            en='person "{0}" has no address; give it, or None for who is not to be told{1}',
        ),
    )
    UNKNOWN_RESOURCE = (
        "unknown-resource",
        ProblemCode.UNKNOWN_ID,
        Text(
            "計劃「{2}」在 {3} 的日程沒有{0}「{1}」{4}",
            "计划“{2}”在 {3} 的日程没有{0}“{1}”{4}",
            en='{0} "{1}" is not in the schedule of "{2}" for {3}{4}',
        ),
    )
    BEFORE_OF_ANOTHER_PLAN = (
        "before-of-another-plan",
        ProblemCode.CONTRADICTION,
        Text(
            "計劃「{0}」在 {1} 的日程，與「{2}」在 {3} 的不屬於同一計劃；請填寫改動前的同一日程",
            "计划“{0}”在 {1} 的日程，与“{2}”在 {3} 的不属于同一计划；请填写改动前的同一日程",
            en='the schedule of "{0}" for {1} is of another plan than the schedule of "{2}" for '
            "{3}; give the same as it was",
        ),
    )
    BEYOND_THE_YEARS = (
        "beyond-the-years",
        ProblemCode.NOT_ALLOWED,
        Text(
            "場次「{0}」在 {1}，而日曆只容納 {2} 年至 {3} 年；請安排在其中",
            "场次“{0}”在 {1}，而日历只容纳 {2} 年至 {3} 年；请安排在其中",
            en='session "{0}" is on {1}, and a calendar holds the years {2} to {3}; schedule it in '
            "one of them",
        ),
    )
    NO_TIME = (
        "no-time",
        ProblemCode.CONTRADICTION,
        Text("場次「{0}」{1}", "场次“{0}”{1}", en='session "{0}" {1}'),
    )
    NOTHING_TO_PUBLISH = (
        "nothing-to-publish",
        ProblemCode.CONTRADICTION,
        Text(
            "計劃「{0}」在 {1} 的日程沒有場次，而 iCalendar 文件至少要有一場；請勿發佈",
            "计划“{0}”在 {1} 的日程没有场次，而 iCalendar 文件至少要有一场；请勿发布",
            en='the schedule of "{0}" for {1} has no session, and an iCalendar file holds at least '
            "one; publish none",
        ),
    )
    NOTHING_FOR_ONE = (
        "nothing-for-one",
        ProblemCode.CONTRADICTION,
        Text(
            "計劃「{0}」在 {1} 的日程沒有「{2}」的場次，而 iCalendar 文件至少要有一場；請勿發佈",
            "计划“{0}”在 {1} 的日程没有“{2}”的场次，而 iCalendar 文件至少要有一场；请勿发布",
            en='the schedule of "{0}" for {1} has no session for "{2}", and an iCalendar file '
            "holds at least one; publish none",
        ),
    )
