"""Problems: what keeps something from being scored, as one line in the language of the report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from cmappraisal.errors import Problem, ProblemCode
from cmappraisal.policy import Policy, label_of
from cmappraisal.showing import one_line
from cmappraisal.texts import Language, Text, require_language, worded

_OF_CASE: Final = re.compile(r'\$\["(.*)"\]\.(.+)', re.DOTALL)
_NAMED: Final = Text("{}（{}）", "{}（{}）", en="{} ({})")
_PLACED: Final = Text("{}：{}", "{}：{}", en="{}: {}")
_OTHERWISE: Final = Text("{}（原文：{}）", "{}（原文：{}）", en="{} ({})")

KINDS: Final[Mapping[ProblemCode, Text]] = MappingProxyType(
    {
        ProblemCode.NOT_ALLOWED: Text("此值不可用", "此值不可用", en="this value is not allowed"),
        ProblemCode.MISSING: Text("缺少必須填寫的內容", "缺少必须填写的内容", en="this is missing"),
        ProblemCode.UNKNOWN_FIELD: Text(
            "沒有這一欄位", "没有这一字段", en="there is no such field"
        ),
        ProblemCode.UNKNOWN_ID: Text("沒有這一編號", "没有这一编号", en="there is no such id"),
        ProblemCode.REPEATED: Text("重複", "重复", en="it is there twice"),
        ProblemCode.TOO_MANY: Text("數量超出上限", "数量超出上限", en="there are too many"),
        ProblemCode.CONTRADICTION: Text(
            "與其他內容互相矛盾", "与其他内容互相矛盾", en="this contradicts the rest"
        ),
        ProblemCode.WITHOUT_EFFECT: Text(
            "此處填寫的內容不起作用", "此处填写的内容不起作用", en="this has no effect here"
        ),
        ProblemCode.NOT_IN_ORDER: Text(
            "登記的先後次序不對", "登记的先后次序不对", en="the entries are not in order"
        ),
        ProblemCode.DOES_NOT_FIT: Text(
            "個案在此狀態下不能作此登記",
            "个案在此状态下不能作此登记",
            en="the case takes no such entry in its state",
        ),
        ProblemCode.TWO_HISTORIES: Text(
            "兩份台賬對同一個案記載不一",
            "两份台账对同一个案记载不一",
            en="two ledgers report the case in two ways",
        ),
        ProblemCode.ACT_AFTER_RECORDING: Text(
            "日期比登記之日遲一天以上",
            "日期比登记之日迟一天以上",
            en="the day is more than a day after the recording",
        ),
        ProblemCode.IN_THE_FUTURE: Text("日期在將來", "日期在将来", en="it is in the future"),
        ProblemCode.NO_WORKING_DAY: Text(
            "日曆中沒有工作日", "日历中没有工作日", en="the calendar has no working day"
        ),
        ProblemCode.MALFORMED: Text("格式有誤", "格式有误", en="it is malformed"),
        ProblemCode.DISAGREES: Text(
            "與所依據的內容不符", "与所依据的内容不符", en="it disagrees with what it rests on"
        ),
    }
)
"""What kind of problem each code is, for where a problem has no wording of its own."""


def problem_in_words(problem: Problem, language: Language) -> str:
    """A problem on one line: where, and what; in English as the error says it.

    A problem that has no wording in Chinese is said by its kind, with its message behind it.

    Args:
        problem: The problem.
        language: The language.

    Raises:
        LanguageError: The language is none of the three.

    >>> from cmappraisal import ERROR_POINTS, Violation, faults
    >>> from datetime import date
    >>> act = Violation("V-6", "RM-03", rule="3.99", occurred_on=date(2025, 8, 1))
    >>> problem_in_words(faults(act, ERROR_POINTS)[0].within('$["V-6"]'), "zh-Hans")
    'V-6（rule）：规则集“error-points 1.0”没有条款“3.99”；是否指“3.9”？'
    """
    require_language(language)
    if language == "en":
        return one_line(str(problem))
    if problem.chinese is None:
        kind = KINDS[problem.code].in_language(language)
        said = worded(_OTHERWISE, language, kind, problem.message)
    else:
        zh_hant, zh_hans = problem.chinese
        said = zh_hans if language == "zh-Hans" else zh_hant
    place = _place(problem.path, language)
    return one_line(worded(_PLACED, language, place, said) if place else said)


def _place(path: str, language: Language) -> str:
    """A case with its field, or a field of the policy by its name; anything else as it is."""
    if match := _OF_CASE.fullmatch(path):
        return worded(_NAMED, language, *match.groups())
    name = path.removeprefix("$.")
    if name in attrs.fields_dict(Policy):
        return worded(_NAMED, language, label_of(name).in_language(language), name)
    return name.removeprefix("$")
