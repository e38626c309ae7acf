"""Wordings: what was found in a row, in three languages."""

from __future__ import annotations

import enum

from cmappraisal.errors import ProblemCode
from cmappraisal.fields import MAXIMUM_ID_LENGTH
from cmappraisal.points import MAXIMUM_QUANTITY
from cmappraisal.showing import one_line
from cmappraisal.texts import LANGUAGES, Text, worded


class Finding(enum.Enum):
    """What can be found in a row: the code of the problem, and its wording."""

    code: ProblemCode
    text: Text

    def __new__(cls, value: str, code: ProblemCode, text: Text) -> Finding:  # noqa: D102
        finding = object.__new__(cls)
        finding._value_ = value
        finding.code = code
        finding.text = text
        return finding

    NO_ROW = (
        "no-row",
        ProblemCode.NOT_ALLOWED,
        Text(
            "此行不是由欄名到值的對照",
            "此行不是由栏名到值的对照",
            en="the row is no mapping from the names of columns to values",
        ),
    )
    BLANK = (
        "blank",
        ProblemCode.MISSING,
        Text("空白;此欄必須填寫", "空白;此栏必须填写", en="it is blank; a value is needed"),
    )
    NO_TEXT = (
        "no-text",
        ProblemCode.NOT_ALLOWED,
        Text(
            "{}不是文字;請把此欄作為文字讀入",
            "{}不是文字;请把此栏作为文字读入",
            en="{} is no text; read the column as text",
        ),
    )
    NO_ID_OF_RULE = (
        "no-id-of-rule",
        ProblemCode.NOT_ALLOWED,
        Text(
            "{}是數;3.1與3.10作為數並無分別,請把此欄作為文字讀入",
            "{}是数;3.1与3.10作为数并无分别,请把此栏作为文字读入",
            en="{} is a number; 3.1 and 3.10 are one number, so read the column as text",
        ),
    )
    NO_NUMBER = (
        "no-number",
        ProblemCode.NOT_ALLOWED,
        Text("{}不是數", "{}不是数", en="{} is no number"),
    )
    NO_DAY = (
        "no-day",
        ProblemCode.NOT_ALLOWED,
        Text("{}不是日期;格式:{}", "{}不是日期;格式:{}", en="{} is no day; formats: {}"),
    )
    TWO_DAYS = (
        "two-days",
        ProblemCode.NOT_ALLOWED,
        Text(
            "{}按所列格式可讀作不同日期:{}",
            "{}按所列格式可读作不同日期:{}",
            en="{} is another day in each of the formats: {}",
        ),
    )
    NO_KIND = (
        "no-kind",
        ProblemCode.NOT_ALLOWED,
        Text("{}不是{}", "{}不是{}", en="{} is none of: {}"),
    )
    UNKNOWN_RULE = (
        "unknown-rule",
        ProblemCode.UNKNOWN_ID,
        Text("標準沒有條款{}{}", "标准没有条款{}{}", en="the standard has no rule {}{}"),
    )
    UNKNOWN_CIRCUMSTANCE = (
        "unknown-circumstance",
        ProblemCode.UNKNOWN_ID,
        Text("標準沒有情節{}{}", "标准没有情节{}{}", en="the standard has no circumstance {}{}"),
    )
    SEVERAL_CIRCUMSTANCES = (
        "several-circumstances",
        ProblemCode.NOT_ALLOWED,
        Text(
            "{}是幾種情節的名稱:{};請填寫編號",
            "{}是几种情节的名称:{};请填写编号",
            en="{} words several circumstances: {}; give the id",
        ),
    )
    UNKNOWN_MANAGER = (
        "unknown-manager",
        ProblemCode.UNKNOWN_ID,
        Text("沒有客戶經理{}{}", "没有客户经理{}{}", en="there is no relationship manager {}{}"),
    )
    REPEATED = (
        "repeated",
        ProblemCode.REPEATED,
        Text("編號{}已見於第{}行", "编号{}已见于第{}行", en="id {} is that of row {} already"),
    )
    IN_LEDGER = (
        "in-ledger",
        ProblemCode.REPEATED,
        Text("編號{}已在台賬內", "编号{}已在台账内", en="id {} is in the ledger already"),
    )
    SUGGESTION = (
        "suggestion",
        ProblemCode.UNKNOWN_ID,
        Text(";是否指{}?", ";是否指{}?", en="; did you mean {}?"),
    )
    NORMALISED = (
        "normalised",
        ProblemCode.NOT_ALLOWED,
        Text("{}讀作{}", "{}读作{}", en="{} was read as {}"),
    )


def found(finding: Finding, *values: object) -> Text:
    """What was found, with values in the places of its wording."""
    return _filled(finding.text, *values)


def suggested(finding: Finding, value: str, meant: str | None) -> Text:
    """An id that is not known, with the one that was meant where that is clear."""
    if meant is None:
        return found(finding, value, "")
    tail = found(Finding.SUGGESTION, meant)
    parts = (worded(finding.text, of, value, tail.in_language(of)) for of in LANGUAGES)
    zh_hant, zh_hans, en = map(one_line, parts)
    return Text(zh_hant, zh_hans, en=en)


def _filled(text: Text, *values: object) -> Text:
    shown = [one_line(str(value)) for value in values]
    zh_hant, zh_hans, en = (one_line(worded(text, of, *shown)) for of in LANGUAGES)
    return Text(zh_hant, zh_hans, en=en)


_A_RULE = Text(
    "標準在當日的版本沒有條款{}",
    "标准在当日的版本没有条款{}",
    en="the edition of the standard that governs has no rule {}",
)
_NO_EDITION = Text(
    "當日標準沒有有效的版本",
    "当日标准没有有效的版本",
    en="no edition of the standard is in force then",
)
_AHEAD = Text(
    "{}比登記之日遲一天以上",
    "{}比登记之日迟一天以上",
    en="{} is more than a day after it was recorded",
)
_BEFORE = Text(
    "{}早於在其之前的日期", "{}早于在其之前的日期", en="{} is before the day that comes before it"
)
_ID = Text(
    f"{{}}不是編號:一行之內、至多{MAXIMUM_ID_LENGTH}個字",
    f"{{}}不是编号:一行之内、至多{MAXIMUM_ID_LENGTH}个字",
    en=f"{{}} is no id: at most {MAXIMUM_ID_LENGTH} characters on one line",
)

OF_FIELDS: dict[tuple[str, ProblemCode], Text] = {
    ("id", ProblemCode.NOT_ALLOWED): _ID,
    ("manager", ProblemCode.NOT_ALLOWED): _ID,
    ("incident", ProblemCode.NOT_ALLOWED): _ID,
    ("rule", ProblemCode.UNKNOWN_ID): _A_RULE,
    ("rule", ProblemCode.CONTRADICTION): Text(
        "條款{}與此行所記的種類(違規或加分)不符",
        "条款{}与此行所记的种类(违规或加分)不符",
        en="rule {} does not go with the kind of the row, a violation or a merit",
    ),
    ("occurred_on", ProblemCode.NOT_ALLOWED): _NO_EDITION,
    ("recorded_on", ProblemCode.NOT_ALLOWED): _NO_EDITION,
    ("occurred_on", ProblemCode.ACT_AFTER_RECORDING): _AHEAD,
    ("found_on", ProblemCode.ACT_AFTER_RECORDING): _AHEAD,
    ("recorded_on", ProblemCode.ACT_AFTER_RECORDING): _AHEAD,
    ("found_on", ProblemCode.CONTRADICTION): _BEFORE,
    ("recorded_on", ProblemCode.CONTRADICTION): _BEFORE,
    ("quantity", ProblemCode.NOT_ALLOWED): Text(
        f"{{}}不是1至{MAXIMUM_QUANTITY}的整數",
        f"{{}}不是1至{MAXIMUM_QUANTITY}的整数",
        en=f"{{}} is no whole number from 1 to {MAXIMUM_QUANTITY}",
    ),
    ("circumstances", ProblemCode.UNKNOWN_ID): Text(
        "標準在當日的版本沒有這些情節:{}",
        "标准在当日的版本没有这些情节:{}",
        en="the edition of the standard that governs does not have them all: {}",
    ),
    ("circumstances", ProblemCode.CONTRADICTION): Text(
        "這些情節不能並存:{}",
        "这些情节不能并存:{}",
        en="these circumstances exclude one another: {}",
    ),
    ("refers_to", ProblemCode.MISSING): Text(
        "此條款按另一條款扣分;請填寫該條款",
        "此条款按另一条款扣分;请填写该条款",
        en="the rule refers to another; name the one that applies",
    ),
    ("refers_to", ProblemCode.NOT_ALLOWED): Text(
        "此條款不能按條款{}扣分", "此条款不能按条款{}扣分", en="the rule does not refer to rule {}"
    ),
    ("refers_to", ProblemCode.WITHOUT_EFFECT): Text(
        "此條款不按另一條款扣分;請留空{}",
        "此条款不按另一条款扣分;请留空{}",
        en="the rule refers to no other; leave {} out",
    ),
    ("assessed_points", ProblemCode.MISSING): Text(
        "此處須由評定人核定分數",
        "此处须由评定人核定分数",
        en="an assessor has to set the points here",
    ),
    ("assessed_points", ProblemCode.NOT_ALLOWED): Text(
        "{}超出可核定的範圍或單位",
        "{}超出可核定的范围或单位",
        en="{} is beyond what an assessor can set, or no multiple of the smallest unit",
    ),
    ("assessed_points", ProblemCode.WITHOUT_EFFECT): Text(
        "此處無須核定分數;請留空{}",
        "此处无须核定分数;请留空{}",
        en="there is nothing to set here; leave {} out",
    ),
    ("note", ProblemCode.NOT_ALLOWED): Text(
        "{}不能作為備註", "{}不能作为备注", en="{} cannot be a note"
    ),
}
"""What the library finds in an act, by the field and the code of the problem."""


def of_field(name: str, code: ProblemCode, value: str) -> Text:
    """What the library found in a field of an act, with the value that is there."""
    return _filled(OF_FIELDS[name, code], value)


_KIND_WORDS = {
    "violation": Text("違規", "违规", en="violation"),
    "merit": Text("加分", "加分", en="merit"),
}

KINDS = {
    word.casefold(): kind
    for kind, text in _KIND_WORDS.items()
    for word in (text.zh_hant, text.zh_hans, text.en)
}
"""What a kind of act is called, folded, and the kind."""

KINDS_ALLOWED = ", ".join(KINDS)
