"""Wordings: what was found in a row, in three languages."""

from __future__ import annotations

import enum

from cmappraisal.errors import Problem, ProblemCode
from cmappraisal.fields import MAXIMUM_ID_LENGTH
from cmappraisal.points import MAXIMUM_QUANTITY
from cmappraisal.showing import one_line
from cmappraisal.texts import LANGUAGES, Language, Text, worded


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
            "此行無法讀取：不是由欄名對應到值的資料",
            "此行无法读取：不是由栏名对应到值的数据",
            en="the row is no mapping from the names of columns to values",
        ),
    )
    BLANK = (
        "blank",
        ProblemCode.MISSING,
        Text("空白；此欄必須填寫", "空白；此栏必须填写", en="it is blank; a value is needed"),
    )
    GARBLED = (
        "garbled",
        ProblemCode.NOT_ALLOWED,
        Text(
            "「{}」有亂碼；請按檔案原來的編碼讀入",
            "“{}”有乱码；请按文件原来的编码读入",
            en="{} has what is no character; read the file in the encoding that it has",
        ),
    )
    NO_TEXT = (
        "no-text",
        ProblemCode.NOT_ALLOWED,
        Text(
            "「{}」不是文字；請把此欄作為文字讀入",
            "“{}”不是文字；请把此栏作为文字读入",
            en="{} is no text; read the column as text",
        ),
    )
    NO_ID_OF_RULE = (
        "no-id-of-rule",
        ProblemCode.NOT_ALLOWED,
        Text(
            "「{}」是數字；作為數字，3.1 與 3.10 並無分別，請把此欄作為文字讀入",
            "“{}”是数字；作为数字，3.1 与 3.10 并无分别，请把此栏作为文字读入",
            en="{} is a number; 3.1 and 3.10 are one number, so read the column as text",
        ),
    )
    NO_NUMBER = (
        "no-number",
        ProblemCode.NOT_ALLOWED,
        Text("「{}」不是數字", "“{}”不是数字", en="{} is no number"),
    )
    NO_WHOLE_NUMBER = (
        "no-whole-number",
        ProblemCode.NOT_ALLOWED,
        Text("「{}」不是整數", "“{}”不是整数", en="{} is no whole number"),
    )
    TOO_LONG_A_NUMBER = (
        "too-long-a-number",
        ProblemCode.NOT_ALLOWED,
        Text(
            "「{}」過大，或小數位過多",
            "“{}”过大，或小数位过多",
            en="{} is too great, or has too many decimals",
        ),
    )
    NO_DAY = (
        "no-day",
        ProblemCode.NOT_ALLOWED,
        Text(
            "「{}」不是日期；2025 年 3 月 2 日應寫作：{}",
            "“{}”不是日期；2025 年 3 月 2 日应写作：{}",
            en="{} is no day; write 2 March 2025 as: {}",
        ),
    )
    TWO_DAYS = (
        "two-days",
        ProblemCode.NOT_ALLOWED,
        Text(
            "「{}」按所列格式可讀作不同日期：{}",
            "“{}”按所列格式可读作不同日期：{}",
            en="{} is another day in each of the formats: {}",
        ),
    )
    TWO_ZONES = (
        "two-zones",
        ProblemCode.NOT_ALLOWED,
        Text(
            "「{}」按其時區是 {}，按登記的時區是 {}；請換算為登記的時區，或只填日期",
            "“{}”按其时区是 {}，按登记的时区是 {}；请换算为登记的时区，或只填日期",
            en="{} is {} in its own time zone and {} in that of the entry; convert it, "
            "or give the day alone",
        ),
    )
    NO_KIND = (
        "no-kind",
        ProblemCode.NOT_ALLOWED,
        Text("「{}」不可用；可填寫：{}", "“{}”不可用；可填写：{}", en="{} is none of: {}"),
    )
    UNKNOWN_RULE = (
        "unknown-rule",
        ProblemCode.UNKNOWN_ID,
        Text("標準沒有條款「{}」{}", "标准没有条款“{}”{}", en="the standard has no rule {}{}"),
    )
    UNKNOWN_CIRCUMSTANCE = (
        "unknown-circumstance",
        ProblemCode.UNKNOWN_ID,
        Text(
            "標準沒有情節「{}」{}", "标准没有情节“{}”{}", en="the standard has no circumstance {}{}"
        ),
    )
    SEVERAL_CIRCUMSTANCES = (
        "several-circumstances",
        ProblemCode.NOT_ALLOWED,
        Text(
            "「{}」是幾種情節的名稱：{}；請填寫編號",
            "“{}”是几种情节的名称：{}；请填写编号",
            en="{} words several circumstances: {}; give the id",
        ),
    )
    UNKNOWN_MANAGER = (
        "unknown-manager",
        ProblemCode.UNKNOWN_ID,
        Text(
            "沒有客戶經理「{}」{}",
            "没有客户经理“{}”{}",
            en="there is no relationship manager {}{}",
        ),
    )
    REPEATED = (
        "repeated",
        ProblemCode.REPEATED,
        Text(
            "編號「{}」已見於第{}行", "编号“{}”已见于第{}行", en="id {} is that of row {} already"
        ),
    )
    IN_LEDGER = (
        "in-ledger",
        ProblemCode.REPEATED,
        Text("編號「{}」已在台賬內", "编号“{}”已在台账内", en="id {} is in the ledger already"),
    )


SUGGESTION = Text("；是否指「{}」？", "；是否指“{}”？", en="; did you mean {}?")
NORMALISED = Text("「{}」讀作「{}」", "“{}”读作“{}”", en="{} was read as {}")
TIDIED = Text(
    "讀作「{}」，空格和看不見的字元已按標準寫法處理",
    "读作“{}”，空格和看不见的字符已按标准写法处理",
    en="was read as {}, with its spaces and what does not show put right",
)


def found(finding: Finding, *values: object) -> Text:
    """What was found, with values in the places of its wording."""
    return in_words(finding.text, *values)


def suggested(finding: Finding, value: str, meant: str | None) -> Text:
    """An id that is not known, with the one that was meant where that is clear."""
    return found(finding, value, "" if meant is None else in_words(SUGGESTION, meant))


def in_words(text: Text, *values: object) -> Text:
    """A wording with values in its places, of each at most what a person reads."""
    made = (
        one_line(worded(text, language, *(_said(value, language) for value in values)))
        for language in LANGUAGES
    )
    zh_hant, zh_hans, en = made
    return Text(zh_hant, zh_hans, en=en)


def _said(value: object, language: Language) -> str:
    text = value.in_language(language) if isinstance(value, Text) else str(value)
    text = one_line(text[: 2 * MAXIMUM_ID_LENGTH])
    return text if len(text) <= MAXIMUM_ID_LENGTH else f"{text[:MAXIMUM_ID_LENGTH]}..."


_ID = Text(
    f"「{{}}」不能作為編號：須在一行之內，至多 {MAXIMUM_ID_LENGTH} 個字",
    f"“{{}}”不能作为编号：须在一行之内，至多 {MAXIMUM_ID_LENGTH} 个字",
    en=f"{{}} is no id: at most {MAXIMUM_ID_LENGTH} characters on one line",
)
_OF_FIELDS = {
    "id": _ID,
    "manager": _ID,
    "incident": _ID,
    "quantity": Text(
        f"「{{}}」不是 1 至 {MAXIMUM_QUANTITY} 的整數",
        f"“{{}}”不是 1 至 {MAXIMUM_QUANTITY} 的整数",
        en=f"{{}} is no whole number from 1 to {MAXIMUM_QUANTITY}",
    ),
    "assessed_points": Text(
        "「{}」超出可核定的範圍，或小數位過多",
        "“{}”超出可核定的范围，或小数位过多",
        en="{} is beyond what an assessor can set, or has too many decimals",
    ),
    "note": Text("「{}」不能作為備註", "“{}”不能作为备注", en="{} cannot be a note"),
}
"""What is wrong with the value of a field: to whoever fills in a table, types say nothing."""


def of_value(problem: Problem, value: str) -> Text:
    """What keeps a value from being that of a field, with the value that is there."""
    return in_words(_OF_FIELDS[problem.path.removeprefix("$.")], value)


def of_act(problem: Problem, _: str) -> Text:
    """What keeps an act from being scored, as the library says it everywhere."""
    zh_hant, zh_hans = problem.chinese or (problem.message, problem.message)
    return Text(one_line(zh_hant), one_line(zh_hans), en=one_line(problem.message))


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

KINDS_ALLOWED = Text(
    "、".join(text.zh_hant for text in _KIND_WORDS.values()),
    "、".join(text.zh_hans for text in _KIND_WORDS.values()),
    en=", ".join(text.en for text in _KIND_WORDS.values()),
)
