"""Record flaws: a record that does not fit is said in Chinese as it is in English."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest

from cmappraisal import Period, WorkCalendar
from cmappraisal.training import (
    VIP_SERVICE,
    Attendance,
    Completion,
    Delivered,
    Extension,
    TestResult,
    Trainee,
    TrainingError,
    certificates_due,
    check_compliance,
    schedule,
)

YEAR = Period.year(2026)
MADE = schedule(
    VIP_SERVICE,
    YEAR,
    calendar=WorkCalendar(),
    trainees=[Trainee("RM-01", date(2026, 2, 1)), Trainee("RM-02")],
)
STUDY, TEST = (
    next(each for each in MADE.sessions if each.activity == name) for name in ("study", "test")
)
LATER = next(each for each in MADE.sessions if each.activity == "study" and each.on.month == 9)


def checked(*records: Any, extensions: Iterable[Extension] = ()) -> object:
    return check_compliance(MADE, records, on=date(2026, 6, 30), extensions=extensions)


@pytest.mark.parametrize(
    ("check", "hant", "hans"),
    [
        (
            lambda: checked(Attendance(STUDY.id, "RM-03", status="present")),
            f"「RM-03」在「{STUDY.id}」的出勤：「RM-03」不參加該場培訓；是否指「RM-02」？",
            f"“RM-03”在“{STUDY.id}”的出勤：“RM-03”不参加该场培训；是否指“RM-02”？",
        ),
        (
            lambda: checked(Attendance(LATER.id, "RM-02", status="present")),
            f"「RM-02」在「{LATER.id}」的出勤：該場培訓在 {LATER.on}，遲於 2026-06-30；"
            "請刪去此記錄，或以較後之日檢查",
            f"“RM-02”在“{LATER.id}”的出勤：该场培训在 {LATER.on}，迟于 2026-06-30；"
            "请删去此记录，或以较后之日检查",
        ),
        (
            lambda: checked(
                Attendance(STUDY.id, "RM-02", status="present"),
                Attendance(STUDY.id, "RM-02", status="absent"),
            ),
            f"「RM-02」在「{STUDY.id}」的出勤：既為出席，又為缺席；請保留其一",
            f"“RM-02”在“{STUDY.id}”的出勤：既为出席，又为缺席；请保留其一",
        ),
        (
            lambda: checked(TestResult(TEST.id, "RM-01", score=80, attempt=2)),
            f"「RM-01」在「{TEST.id}」的成績（第 2 次）：「RM-01」於 2026-02-01 入職，"
            f"遲於 {TEST.on}；請更正日期或 hired_on",
            f"“RM-01”在“{TEST.id}”的成绩（第 2 次）：“RM-01”于 2026-02-01 入职，"
            f"迟于 {TEST.on}；请更正日期或 hired_on",
        ),
        (
            lambda: checked(Delivered("morning-meeting", "RM-02", on=date(2026, 3, 2))),
            "「RM-02」於 2026-03-02 提交的「morning-meeting」：「morning-meeting」無須提交；"
            "請改為該場的出勤記錄（Attendance）",
            "“RM-02”于 2026-03-02 提交的“morning-meeting”：“morning-meeting”无须提交；"
            "请改为该场的出勤记录（Attendance）",
        ),
        (
            lambda: checked(
                extensions=[
                    Extension("RM-02", "morning-meeting", period=YEAR, until=date(2027, 1, 31))
                ]
            ),
            "「RM-02」的「morning-meeting」延期至 2027-01-31：沒有對各人的次數要求或"
            "培訓目標涉及此項；請填寫有所要求的一項",
            "“RM-02”的“morning-meeting”延期至 2027-01-31：没有对各人的次数要求或培训目标涉及此项；"
            "请填写有所要求的一项",
        ),
        (
            lambda: certificates_due(
                [Completion("campaigns", "RM-02", on=date(2026, 3, 2))],
                VIP_SERVICE.curriculum,
                on=date(2026, 6, 30),
            ),
            "「RM-02」於 2026-03-02 修畢「campaigns」：在課程目錄「vip-topics 1.0」中"
            "此課程不發證書；請為它設證書，或刪去此項",
            "“RM-02”于 2026-03-02 修毕“campaigns”：在课程目录“vip-topics 1.0”中此课程不发证书；"
            "请为它设证书，或删去此项",
        ),
    ],
)
def test_a_record_that_does_not_fit_is_said_in_chinese(
    check: Callable[[], object], hant: str, hans: str
) -> None:
    with pytest.raises(TrainingError) as caught:
        check()
    (problem,) = caught.value.problems
    assert problem.chinese == (hant, hans)
