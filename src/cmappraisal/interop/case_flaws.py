"""Case flaws: what is wrong with a worked case, or comes out otherwise, in three languages."""

from __future__ import annotations

from cmappraisal.errors import ProblemCode
from cmappraisal.flaw_wordings import WordedFlaw
from cmappraisal.texts import Text


class CaseFlaw(WordedFlaw):
    """What can be wrong with a worked case: the code of the problem, and its wording."""

    REPEATED_NAME = (
        "repeated-name",
        ProblemCode.REPEATED,
        Text(
            "{0} 與前面一例的名稱相同；請為每例另定名稱",
            "{0} 与前面一例的名称相同；请为每例另定名称",
            en="{0} is the name of a case before it; give each its own",
        ),
    )
    NO_CASE = (
        "no-case",
        ProblemCode.MISSING,
        Text(
            "沒有任何一例；請為每例填寫一個 [[cases]] 表",
            "没有任何一例；请为每例填写一个 [[cases]] 表",
            en="there is no case; give a table [[cases]] for each case",
        ),
    )
    YEAR_AND_DAYS = (
        "year-and-days",
        ProblemCode.CONTRADICTION,
        Text(
            "已有 first 或 last；請只填寫 year，或只填寫 first 與 last",
            "已有 first 或 last；请只填写 year，或只填写 first 与 last",
            en="there beside first or last; give the year, or first and last",
        ),
    )
    NO_PERIOD = (
        "no-period",
        ProblemCode.MISSING,
        Text(
            "缺少期間；請在此處或文字開頭填寫 year，或 first 與 last",
            "缺少期间；请在此处或文字开头填写 year，或 first 与 last",
            en="is missing; give year, or first and last, here or on top of the text",
        ),
    )
    REPEATED_ID = (
        "repeated-id",
        ProblemCode.REPEATED,
        Text(
            "{0} 重複；請為每項另定編號",
            "{0} 重复；请为每项另定编号",
            en="{0} is there twice; give each its own",
        ),
    )
    UNKNOWN_VIOLATION = (
        "unknown-violation",
        ProblemCode.UNKNOWN_ID,
        Text(
            "現為 {0}；須為本例中違規的編號{1}{2}",
            "现为 {0}；须为本例中违规的编号{1}{2}",
            en="{0}; allowed: the id of a violation of the case{1}{2}",
        ),
    )
    EXPECTS_NOTHING = (
        "expects-nothing",
        ProblemCode.MISSING,
        Text(
            "沒有填寫預期；請填寫下列之一：{0}",
            "没有填写预期；请填写下列之一：{0}",
            en="expects nothing; give one of {0}",
        ),
    )
    FAULTS_AND_MORE = (
        "faults-and-more",
        ProblemCode.CONTRADICTION,
        Text(
            "除此之外還有只在沒有錯誤時才得出的預期；請只填寫其一",
            "除此之外还有只在没有错误时才得出的预期；请只填写其一",
            en="there beside what only facts without a fault come to; give the one or the other",
        ),
    )
    NO_FAULTS = (
        "no-faults",
        ProblemCode.DISAGREES,
        Text(
            "沒有錯誤，所得為 {0} 分",
            "没有错误，所得为 {0} 分",
            en="there are none, and the facts come to {0} points",
        ),
    )
    UNEXPECTED_FAULT = (
        "unexpected-fault",
        ProblemCode.DISAGREES,
        Text(
            "在 {1} 有 {0}（{2}），但本例並未預期",
            "在 {1} 有 {0}（{2}），但本例并未预期",
            en="{0} at {1} ({2}), but the case does not expect it",
        ),
    )
    FAULT_NOT_THERE = (
        "fault-not-there",
        ProblemCode.DISAGREES,
        Text(
            "本例預期在 {1} 有 {0}，但並沒有",
            "本例预期在 {1} 有 {0}，但并没有",
            en="the case expects {0} at {1}, which is not there",
        ),
    )
    NO_LINE = (
        "no-line",
        ProblemCode.DISAGREES,
        Text(
            "沒有此項，但本例預期有",
            "没有此项，但本例预期有",
            en="there is no such line, but the case expects one",
        ),
    )
    LINE_THERE = (
        "line-there",
        ProblemCode.DISAGREES,
        Text(
            "有此項，計 {0} 分，但本例預期沒有",
            "有此项，计 {0} 分，但本例预期没有",
            en="there is a line of {0} points, but the case expects none",
        ),
    )
    OTHER_COUNT = (
        "other-count",
        ProblemCode.DISAGREES,
        Text(
            "{0}，但本例預期有 {1} 項",
            "{0}，但本例预期有 {1} 项",
            en="{0}, but the case expects {1}",
        ),
    )
    OTHER_VALUE = (
        "other-value",
        ProblemCode.DISAGREES,
        Text(
            "所得為 {0}，但本例預期為 {1}",
            "所得为 {0}，但本例预期为 {1}",
            en="{0}, but the case expects {1}",
        ),
    )
