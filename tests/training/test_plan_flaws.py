"""Plan flaws: what is wrong with a plan or a schedule is said in Chinese as it is in English."""

from collections.abc import Callable

import pytest
from attrs import evolve

from cmappraisal import CalendarSpan, Period, WorkCalendar
from cmappraisal.training import (
    VIP_SERVICE,
    ActivityKind,
    Group,
    Target,
    TargetUnit,
    Trainee,
    TrainingError,
    join_schedules,
    schedule,
)

YEAR = Period.year(2026)
MADE = schedule(VIP_SERVICE, YEAR, calendar=WorkCalendar(), trainees=[Trainee("RM-01")])
NEXT = schedule(VIP_SERVICE, Period.year(2028), calendar=WorkCalendar())


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (
            lambda: VIP_SERVICE.activity("morning-metting"),
            "计划“vip-service 1.0”没有活动“morning-metting”；是否指“morning-meeting”？",
        ),
        (
            lambda: VIP_SERVICE.curriculum["none"],
            "课程目录“vip-topics 1.0”没有课程“none”；请填写目录中的课程",
        ),
        (
            lambda: MADE.cancelled_of("RM-99"),
            "计划“vip-service 1.0”在 2026-01-01..2026-12-31 的日程没有“RM-99”这个人；"
            "请填写参加培训的人",
        ),
        (
            lambda: evolve(
                MADE, trainees=[], groups=[Group("east", [Trainee("RM-01")])] * 2, sessions=()
            ),
            "组“east”重复；请给每一个不同的编号",
        ),
        (
            lambda: evolve(
                VIP_SERVICE,
                targets=[
                    Target(ActivityKind.STUDY, count, unit=TargetUnit.DAYS, per=CalendarSpan.YEAR)
                    for count in (10, 12)
                ],
            ),
            "有两个培训目标按年要求集中学习（天）；请保留较高的一个",
        ),
        (
            lambda: join_schedules([MADE, evolve(NEXT, trainees=MADE.trainees)]),
            "计划“vip-service 1.0”在 2028-01-01..2028-12-31 的日程，不是从 2026-01-01..2026-12-31 "
            "结束的次日开始；各期须首尾相接",
        ),
    ],
)
def test_what_is_wrong_is_said_in_chinese(make: Callable[[], object], said: str) -> None:
    with pytest.raises(TrainingError) as caught:
        make()
    problem = caught.value.problems[0]
    assert problem.chinese is not None
    assert problem.chinese[1] == said
    assert problem.explain("zh-Hans").endswith(said)
