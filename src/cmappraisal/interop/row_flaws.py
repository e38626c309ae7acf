"""Row flaws: what keeps the rows of a ledger from being one again, in three languages."""

from __future__ import annotations

from cmappraisal.errors import ProblemCode
from cmappraisal.flaw_wordings import WordedFlaw
from cmappraisal.texts import Text


class RowFlaw(WordedFlaw):
    """What can be wrong with stored rows: the code of the problem, and its wording."""

    SMALLER_THAN_ONTO = (
        "smaller-than-onto",
        ProblemCode.DISAGREES,
        Text(
            "現為 {0}；須為 {1} 或以上的整數，即 onto 的登記條數；請不用 onto 而由頭開始，"
            "或填寫最後保存的條數與根值",
            "现为 {0}；须为 {1} 或以上的整数，即 onto 的登记条数；请不用 onto 而由头开始，"
            "或填写最后保存的条数与根值",
            en="{0}; allowed: an int from {1}, as many entries as onto has; start without onto, "
            "or give the head that was kept last",
        ),
    )
    OUT_OF_RANGE = (
        "out-of-range",
        ProblemCode.NOT_ALLOWED,
        Text(
            "現為 {0}；須為由 {1} 起、小於所保存的條數（{2}）的整數；請移走此行，"
            "或填寫與它一同保存的條數與根值",
            "现为 {0}；须为由 {1} 起、小于所保存的条数（{2}）的整数；请移走此行，"
            "或填写与它一同保存的条数与根值",
            en="{0}; allowed: an int from {1} to below the size that was kept ({2}); take the "
            "row away, or give the head that was kept with it",
        ),
    )
    REPEATED_POSITION = (
        "repeated-position",
        ProblemCode.REPEATED,
        Text(
            "位置 {0} 重複；請保留副本在該位置的一行",
            "位置 {0} 重复；请保留副本在该位置的一行",
            en="{0} is there twice; keep the row that a copy has there",
        ),
    )
    OUT_OF_ORDER = (
        "out-of-order",
        ProblemCode.NOT_IN_ORDER,
        Text(
            "位置 {0} 排在 {1} 之後；請按位置的先後排列各行",
            "位置 {0} 排在 {1} 之后；请按位置的先后排列各行",
            en="{0} comes after {1}; give the rows in the order of positions",
        ),
    )
    ONE_MISSING = (
        "one-missing",
        ProblemCode.MISSING,
        Text(
            "缺少位置 {0}；請由副本還原",
            "缺少位置 {0}；请由副本还原",
            en="position {0} is missing; restore what was there from a copy",
        ),
    )
    SEVERAL_MISSING = (
        "several-missing",
        ProblemCode.MISSING,
        Text(
            "缺少位置 {0} 至 {1}；請由副本還原",
            "缺少位置 {0} 至 {1}；请由副本还原",
            en="positions {0} to {1} are missing; restore what was there from a copy",
        ),
    )
    OTHER_DIGEST = (
        "other-digest",
        ProblemCode.DISAGREES,
        Text(
            "摘要為 {0}，但該條登記的摘要是 {1}；兩者之一曾被改動：請由副本還原此行",
            "摘要为 {0}，但该条登记的摘要是 {1}；两者之一曾被改动：请由副本还原此行",
            en="{0}, and the entry has {1}; one of the two was changed: restore the row from a "
            "copy",
        ),
    )
    OTHER_ROOT = (
        "other-root",
        ProblemCode.DISAGREES,
        Text(
            "根值為 {0}，但 {1} 條登記得出 {2}；可能有登記連同其摘要一起被改動、放錯位置，"
            "或並非接續 onto：請與副本核對",
            "根值为 {0}，但 {1} 条登记得出 {2}；可能有登记连同其摘要一起被改动、放错位置，"
            "或并非接续 onto：请与副本核对",
            en="{0}, and the {1} entries make {2}; an entry was changed together with its "
            "digest, stands in the place of another, or is not how onto goes on: compare "
            "with a copy",
        ),
    )
