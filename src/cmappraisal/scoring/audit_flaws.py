"""Audit flaws: where a result disagrees with what it rests on, in three languages."""

from __future__ import annotations

from cmappraisal.errors import ProblemCode
from cmappraisal.flaw_wordings import WordedFlaw
from cmappraisal.texts import Text


class AuditFlaw(WordedFlaw):
    """What can be wrong with a result: the code of the problem, and its wording."""

    UNKNOWN_EDITION = (
        "unknown-edition",
        ProblemCode.UNKNOWN_ID,
        Text(
            "標準沒有版本「{0}」；現有：{1}",
            "标准没有版本“{0}”；现有：{1}",
            en='edition "{0}" is not in the standard; known: {1}',
        ),
    )
    NOT_IN_RULEBOOK = (
        "not-in-rulebook",
        ProblemCode.UNKNOWN_ID,
        Text(
            "規則集「{2}」沒有{0}「{1}」",
            "规则集“{2}”没有{0}“{1}”",
            en='{0} "{1}" is not in rulebook "{2}"',
        ),
    )
    UNKNOWN_FIELD = (
        "unknown-field",
        ProblemCode.UNKNOWN_ID,
        Text(
            "「{1}」沒有欄位 {0}；現有：{2}",
            "“{1}”没有字段 {0}；现有：{2}",
            en='{0} is no field of "{1}"; known: {2}',
        ),
    )
    OF_ANOTHER_KIND = (
        "of-another-kind",
        ProblemCode.DISAGREES,
        Text("此處須為{0}", "此处须为{0}", en="is no {0}"),
    )
    OF_ANOTHER_MANAGER = (
        "of-another-manager",
        ProblemCode.DISAGREES,
        Text(
            "與評分所屬的客戶經理（{0}）不同",
            "与评分所属的客户经理（{0}）不同",
            en="is not the appraisal's ({0})",
        ),
    )
    ANSWERS_FOR_ONESELF = (
        "answers-for-oneself",
        ProblemCode.DISAGREES,
        Text(
            "這是行為人本人，不是為他人負責的人",
            "这是行为人本人，不是为他人负责的人",
            en="is of the doer, who answers for nobody else here",
        ),
    )
    REPEATED_ID = (
        "repeated-id",
        ProblemCode.DISAGREES,
        Text("與 {0} 的編號重複", "与 {0} 的编号重复", en="is that of {0} too"),
    )
    OUTSIDE_THE_PERIOD = (
        "outside-the-period",
        ProblemCode.DISAGREES,
        Text("不在期間內（{0}）", "不在期间内（{0}）", en="is not in the period ({0})"),
    )
    AFTER_A_LATER_LINE = (
        "after-a-later-line",
        ProblemCode.DISAGREES,
        Text(
            "排在日期或編號更後的一項之後",
            "排在日期或编号更后的一项之后",
            en="comes after a line of a later day or id",
        ),
    )
    OTHER_STEP = (
        "other-step",
        ProblemCode.DISAGREES,
        Text(
            "現為 {0}，但至此各步驟合計為 {1}",
            "现为 {0}，但至此各步骤合计为 {1}",
            en="{0}, but the steps up to it make {1}",
        ),
    )
    OTHER_POINTS = (
        "other-points",
        ProblemCode.DISAGREES,
        Text(
            "現為 {0}，但各步驟合計為 {1}",
            "现为 {0}，但各步骤合计为 {1}",
            en="{0}, but the steps make {1}",
        ),
    )
    OTHERWISE_REVOKED = (
        "otherwise-revoked",
        ProblemCode.DISAGREES,
        Text("與各步驟所載不符", "与各步骤所载不符", en="is not what the steps say"),
    )
    OTHER_SUM = (
        "other-sum",
        ProblemCode.DISAGREES,
        Text("與各項相加所得不符", "与各项相加所得不符", en="is not what the lines make"),
    )
    NO_LINE_OF = (
        "no-line-of",
        ProblemCode.UNKNOWN_ID,
        Text(
            "沒有任何評分載有「{0}」",
            "没有任何评分载有“{0}”",
            en='no appraisal has a line of "{0}"',
        ),
    )
    OTHER_BALANCE = (
        "other-balance",
        ProblemCode.DISAGREES,
        Text(
            "現為 {0}，但至此各筆合計為 {1}",
            "现为 {0}，但至此各笔合计为 {1}",
            en="{0}, but the postings up to it make {1}",
        ),
    )
    OPENS_ONCE = (
        "opens-once",
        ProblemCode.DISAGREES,
        Text(
            "積分檔案只由第一筆開立，且只開立一次",
            "积分档案只由第一笔开立，且只开立一次",
            en="an account opens with its first posting, and once",
        ),
    )
    AFTER_THE_LAST_DAY = (
        "after-the-last-day",
        ProblemCode.DISAGREES,
        Text("遲於末日（{0}）", "迟于末日（{0}）", en="is after the last day ({0})"),
    )
    AFTER_A_LATER_POSTING = (
        "after-a-later-posting",
        ProblemCode.DISAGREES,
        Text(
            "排在日期更後的一筆之後",
            "排在日期更后的一笔之后",
            en="comes after a posting of a later day",
        ),
    )
    NOT_OF_THE_ACCOUNT = (
        "not-of-the-account",
        ProblemCode.DISAGREES,
        Text("與積分檔案的不同", "与积分档案的不同", en="is not that of the account"),
    )
    PERIODS_APART = (
        "periods-apart",
        ProblemCode.DISAGREES,
        Text(
            "不是從前一期間結束的次日開始",
            "不是从前一期间结束的次日开始",
            en="does not begin on the day after the period before it",
        ),
    )
    NOT_TO_THE_LAST_DAY = (
        "not-to-the-last-day",
        ProblemCode.DISAGREES,
        Text(
            "不是在末日（{0}）結束",
            "不是在末日（{0}）结束",
            en="does not end on the last day ({0})",
        ),
    )
    OTHER_THAN_POSTED = (
        "other-than-posted",
        ProblemCode.DISAGREES,
        Text("與所記各筆不符", "与所记各笔不符", en="is not what is posted"),
    )
