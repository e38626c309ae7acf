"""Choices: each member is worded in three languages, and stays itself."""

from typing import Any

import pytest

from choices import assert_choices_are_worded
from cmappraisal.training import (
    ActivityKind,
    BurdenKind,
    Cause,
    Criterion,
    Domain,
    Level,
    Scarcity,
    ShortfallCause,
    TargetUnit,
)

WORDINGS: dict[Any, dict[str, tuple[str, str, str]]] = {
    Domain: {
        "attitude": ("態度", "态度", "attitude"),
        "skill": ("技能", "技能", "skill"),
        "knowledge": ("知識", "知识", "knowledge"),
    },
    Level: {
        "basic": ("基礎", "基础", "basic"),
        "professional": ("專業", "专业", "professional"),
        "advanced": ("高階", "高阶", "advanced"),
    },
    ActivityKind: {
        "study": ("集中學習", "集中学习", "study"),
        "test": ("測試", "测试", "test"),
        "meeting": ("晨會", "晨会", "meeting"),
        "workshop": ("工作坊", "工作坊", "workshop"),
        "competition": ("競賽", "竞赛", "competition"),
        "report": ("報告", "报告", "report"),
        "talk": ("專題發言", "专题发言", "talk"),
        "request": ("培訓申請", "培训申请", "request"),
        "course": ("課程", "课程", "course"),
        "self-study": ("個人自學", "个人自学", "self-study"),
        "on-the-job": ("在崗培養", "在岗培养", "on the job"),
    },
    TargetUnit: {
        "days": ("天", "天", "days"),
        "sessions": ("次", "次", "sessions"),
        "hours": ("小時", "小时", "hours"),
    },
    Cause: {
        "day-off": ("非工作日", "非工作日", "a day off"),
        "blackout": ("當天不安排培訓", "当天不安排培训", "a blackout"),
        "half-day": ("當天只上半天班", "当天只上半天班", "a half working day"),
        "number": ("當月的工作日有變", "当月的工作日有变", "the month has other working days"),
        "full": ("當天已排滿", "当天已排满", "a full day"),
        "order": ("須在另一活動之後", "须在另一活动之后", "to come in its order in the month"),
        "resources": ("缺少場地或講師", "缺少场地或讲师", "no room or trainer free"),
        "away": ("當天不在崗", "当天不在岗", "an absence of the person"),
        "hiring": ("入職日期更正", "入职日期更正", "a corrected day of hiring"),
    },
    ShortfallCause: {
        "no-open-day": (
            "沒有可用的工作日",
            "没有可用的工作日",
            "no working day is left for it",
        ),
        "no-activity": (
            "計劃中沒有此類活動",
            "计划中没有此类活动",
            "the plan has no activity of the kind",
        ),
        "not-by-need": (
            "沒有活動按需開設",
            "没有活动按需开设",
            "no activity takes it from what people need",
        ),
        "at-most": ("不能再增加", "不能再增加", "no more of it can be held"),
        "away": ("當天不在崗", "当天不在岗", "the person is not there on its day"),
        "order": ("無法排在另一活動之後", "无法排在另一活动之后", "it cannot come in its order"),
        "outside": ("當月沒有可用的日子", "当月没有可用的日子", "it is held outside of its month"),
        "no-such-day": ("當月沒有這一天", "当月没有这一天", "the month has no such day"),
        "across-years": (
            "跨年度的一週不補訓",
            "跨年度的一周不补训",
            "nothing is added to a week of two years",
        ),
        "resources": ("缺少場地或講師", "缺少场地或讲师", "no room or trainer is left for it"),
    },
    Scarcity: {
        "days": ("日子", "日子", "days"),
        "rooms": ("場地", "场地", "rooms"),
        "trainers": ("講師", "讲师", "trainers"),
        "both": ("場地和講師", "场地和讲师", "rooms and trainers"),
    },
    BurdenKind: {
        "trainers": ("一名講師的場次", "一名讲师的场次", "sessions that one trainer holds"),
        "trainers-inconvenient": (
            "一名講師在調休上班日或半日的場次",
            "一名讲师在调休上班日或半日的场次",
            "sessions that one trainer holds on inconvenient days",
        ),
        "attendees-inconvenient": (
            "一個團隊或一人在調休上班日或半日的場次",
            "一个团队或一人在调休上班日或半日的场次",
            "sessions that one group or person attends on inconvenient days",
        ),
    },
    Criterion: {
        "required": (
            "未能安排的必修場次",
            "未能安排的必修场次",
            "required sessions that are left out",
        ),
        "others": (
            "未能安排的其他場次",
            "未能安排的其他场次",
            "other sessions that are left out",
        ),
        "earliest": (
            "未能安排的場次早於最後一場的天數",
            "未能安排的场次早于最后一场的天数",
            "days by which what is left out was planned before the last session",
        ),
        "changes": ("有變更的場次", "有变更的场次", "sessions that change"),
        "days": ("改期的總天數", "改期的总天数", "days by which sessions move"),
    },
}


@pytest.mark.parametrize(
    ("kind", "wordings"), WORDINGS.items(), ids=lambda value: getattr(value, "__name__", "")
)
def test_every_choice_is_worded_in_three_languages(
    kind: Any, wordings: dict[str, tuple[str, str, str]]
) -> None:
    assert_choices_are_worded(kind, wordings)
