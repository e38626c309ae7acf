"""Reading flaws: what keeps a document from being read, in three languages."""

from __future__ import annotations

from cmappraisal.errors import ProblemCode
from cmappraisal.flaw_wordings import WordedFlaw
from cmappraisal.texts import Text


class ReadingFlaw(WordedFlaw):
    """What can be wrong with a document: the code of the problem, and its wording."""

    NO_JSON = (
        "no-json",
        ProblemCode.MALFORMED,
        Text(
            "不是有效的 JSON：第 {1} 行第 {2} 個字元處有誤",
            "不是有效的 JSON：第 {1} 行第 {2} 个字符处有误",
            en="no JSON: {0} at line {1}, column {2}",
        ),
    )
    TOO_DEEP = (
        "too-deep",
        ProblemCode.MALFORMED,
        Text("列表或物件的層數過多", "列表或对象的层数过多", en="lists or objects nested too deep"),
    )
    NO_TOML = (
        "no-toml",
        ProblemCode.MALFORMED,
        Text("不是有效的 TOML{0}", "不是有效的 TOML{0}", en="no TOML: {0}"),
    )
    TABLES_TOO_DEEP = (
        "tables-too-deep",
        ProblemCode.MALFORMED,
        Text("列表或表的層數過多", "列表或表的层数过多", en="lists or tables nested too deep"),
    )
    TOO_MANY_DOTS = (
        "too-many-dots",
        ProblemCode.MALFORMED,
        Text(
            "有一行的句點多於 {0} 個；請分成幾行",
            "有一行的句点多于 {0} 个；请分成几行",
            en="a line with more than {0} dots; write it in several lines",
        ),
    )
    TOO_MANY_ELEMENTS = (
        "too-many-elements",
        ProblemCode.TOO_MANY,
        Text(
            "共有 {0} 項；最多 {1} 項",
            "共有 {0} 项；最多 {1} 项",
            en="there are {0} elements; allowed: at most {1}",
        ),
    )
    UNKNOWN_FIELD = (
        "unknown-field",
        ProblemCode.UNKNOWN_FIELD,
        Text(
            "沒有此欄位；可填寫：{0}{1}",
            "没有此字段；可填写：{0}{1}",
            en="unknown; allowed: {0}{1}",
        ),
    )
    OTHER_DIGEST = (
        "other-digest",
        ProblemCode.DISAGREES,
        Text(
            "{0} 不是此處所知的規則集「{1}」的摘要（{2}）；請在 rulebooks 中填寫評分時所用的規則集",
            "{0} 不是此处所知的规则集“{1}”的摘要（{2}）；请在 rulebooks 中填写评分时所用的规则集",
            en='{0} is not the digest of the rulebook "{1}" that is known here ({2}); give the '
            "one that was scored by in rulebooks=",
        ),
    )
    UNKNOWN_RULEBOOK = (
        "unknown-rulebook",
        ProblemCode.UNKNOWN_ID,
        Text(
            "此處不知道規則集「{0}」；所知的有：{1}；請在 rulebooks 中填寫",
            "此处不知道规则集“{0}”；所知的有：{1}；请在 rulebooks 中填写",
            en='rulebook "{0}" is not known; known: {1}; give it in rulebooks=',
        ),
    )
    OF_ANOTHER_STATE = (
        "of-another-state",
        ProblemCode.DISAGREES,
        Text(
            "由此得出的狀態或違規與所載不同；請核對原件",
            "由此得出的状态或违规与所载不同；请核对原件",
            en="makes another state or violation than is given here",
        ),
    )
