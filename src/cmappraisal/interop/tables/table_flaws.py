"""Table flaws: what keeps a table from being scored, in three languages."""

from __future__ import annotations

from cmappraisal.errors import ProblemCode
from cmappraisal.flaw_wordings import WordedFlaw
from cmappraisal.texts import Text


class TableFlaw(WordedFlaw):
    """What is wrong with a table or a row of it: the code of the problem, and its wording."""

    BLANK = (
        "blank",
        ProblemCode.MISSING,
        Text(
            "{0} 為空白；必須填寫",
            "{0} 为空白；必须填写",
            en="{0} is blank; a value is needed",
        ),
    )
    BEYOND = (
        "beyond",
        ProblemCode.NOT_ALLOWED,
        Text(
            "{0} 超出公元 1 至 9999 年；請填寫其中的日期",
            "{0} 超出公元 1 至 9999 年；请填写其中的日期",
            en="{0} is beyond the years 1 to 9999; give a day in them",
        ),
    )
    TWICE = (
        "twice",
        ProblemCode.NOT_ALLOWED,
        Text(
            "有幾欄同名；請讓每欄各有其名",
            "有几栏同名；请让每栏各有其名",
            en="one with several columns of one name; give each a name of its own",
        ),
    )
    NOT_HELD = (
        "not-held",
        ProblemCode.NOT_ALLOWED,
        Text(
            "有一欄不能由 PyArrow 表示：{0}",
            "有一栏不能由 PyArrow 表示：{0}",
            en="one with a column that PyArrow cannot hold: {0}",
        ),
    )
