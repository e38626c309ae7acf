"""Calendar flaws: where a calendar has no working day is said in each language."""

from collections.abc import Callable
from datetime import date

import pytest

from cmappraisal import CalendarError, ProblemCode, WorkCalendar

IDLE = WorkCalendar(range(7))


@pytest.mark.parametrize(
    ("asked", "en", "hans"),
    [
        (
            lambda: WorkCalendar().working_day_of_month(2026, 2, -21),
            "working day -21 of 2026-02-01..2026-02-28: it has 20 working days; ask for one of "
            "them",
            "2026-02-01..2026-02-28 没有第 -21 个工作日，只有 20 个工作日；请填写其中之一",
        ),
        (
            lambda: IDLE.next_working_day(date(2026, 1, 2)),
            "no working day comes after 2026-01-02; let a day of the week be worked, or name "
            "working days",
            "2026-01-02 之后没有工作日；请让一周中某日为工作日，或列出工作日",
        ),
        (
            lambda: IDLE.previous_working_day(date(2026, 1, 2)),
            "no working day comes before 2026-01-02; let a day of the week be worked, or name "
            "working days",
            "2026-01-02 之前没有工作日；请让一周中某日为工作日，或列出工作日",
        ),
    ],
)
def test_no_working_day_is_said_in_each_language(
    asked: Callable[[], date], en: str, hans: str
) -> None:
    with pytest.raises(CalendarError) as caught:
        asked()
    assert str(caught.value) == en
    (problem,) = caught.value.problems
    assert (problem.path, problem.code) == ("$", ProblemCode.NO_WORKING_DAY)
    assert problem.explain("zh-Hans") == hans
