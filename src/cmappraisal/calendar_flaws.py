"""Calendar flaws: where a calendar has no working day, in three languages."""

from __future__ import annotations

from cmappraisal.errors import ProblemCode
from cmappraisal.flaw_wordings import WordedFlaw
from cmappraisal.texts import Text


class CalendarFlaw(WordedFlaw):
    """What a calendar does not have: the code of the problem, and its wording."""

    NOT_SO_MANY = (
        "not-so-many",
        ProblemCode.NO_WORKING_DAY,
        Text(
            "{1} 沒有第 {0} 個工作日，只有 {2} 個工作日；請填寫其中之一",
            "{1} 没有第 {0} 个工作日，只有 {2} 个工作日；请填写其中之一",
            en="working day {0} of {1}: it has {2} working days; ask for one of them",
        ),
    )
    NONE_AFTER = (
        "none-after",
        ProblemCode.NO_WORKING_DAY,
        Text(
            "{0} 之後沒有工作日；請讓一週中某日為工作日，或列出工作日",
            "{0} 之后没有工作日；请让一周中某日为工作日，或列出工作日",
            en="no working day comes after {0}; let a day of the week be worked, or name "
            "working days",
        ),
    )
    NONE_BEFORE = (
        "none-before",
        ProblemCode.NO_WORKING_DAY,
        Text(
            "{0} 之前沒有工作日；請讓一週中某日為工作日，或列出工作日",
            "{0} 之前没有工作日；请让一周中某日为工作日，或列出工作日",
            en="no working day comes before {0}; let a day of the week be worked, or name "
            "working days",
        ),
    )
