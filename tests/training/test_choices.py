"""Choices: each member is worded in three languages, and stays itself."""

from typing import Any

import pytest

from choices import assert_choices_are_worded
from cmappraisal.training import (
    ActivityKind,
    Cause,
    Domain,
    Level,
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
    },
    TargetUnit: {
        "days": ("天", "天", "days"),
        "sessions": ("次", "次", "sessions"),
        "hours": ("小時", "小时", "hours"),
    },
    Cause: {
        "day-off": ("非工作日", "非工作日", "a day off"),
        "blackout": ("當天不安排培訓", "当天不安排培训", "a blackout"),
        "full": ("當天已排滿", "当天已排满", "a full day"),
        "order": ("須在另一活動之後", "须在另一活动之后", "to come in its order in the month"),
        "resources": ("缺少場地或講師", "缺少场地或讲师", "no room or trainer free"),
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
        "at-most": ("不能再增加", "不能再增加", "no more of it can be held"),
        "order": ("無法排在另一活動之後", "无法排在另一活动之后", "it cannot come in its order"),
    },
}


@pytest.mark.parametrize(
    ("kind", "wordings"), WORDINGS.items(), ids=lambda value: getattr(value, "__name__", "")
)
def test_every_choice_is_worded_in_three_languages(
    kind: Any, wordings: dict[str, tuple[str, str, str]]
) -> None:
    assert_choices_are_worded(kind, wordings)
