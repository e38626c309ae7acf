"""Allowances: what a field or an argument allows, and that a value is not that, in words.

What is allowed is written once, in English, where it is checked. Whoever reads Chinese reads it by
the table of :mod:`~cmappraisal.allowance_wordings`, which is looked up only then: most problems are
read in one language, and many are counted and not read at all.
"""

from __future__ import annotations

import enum
import re
from datetime import date, datetime, time, timezone
from decimal import Decimal
from functools import partial
from types import NoneType

from cmappraisal.errors import Problem, ProblemCode, said_later
from cmappraisal.showing import MAXIMUM_SHOWN_LENGTH, shown

_OF_CLOCKS = (datetime, time)
# Most values that are not allowed are of these, and shown alike in every language.
_SHOWN_ALIKE = (str, int, bool, NoneType)
_UNSHOWN = re.compile("<(.*) that cannot be shown>")

_NOT_ALLOWED = "現為{0}；須為{1}", "现为{0}；须为{1}"
_MISSING = "缺少此欄位，須填寫{0}", "缺少此字段，须填写{0}"


def not_allowed(
    path: str, value: object, allowed: str, code: ProblemCode = ProblemCode.NOT_ALLOWED
) -> Problem:
    """The problem of a value that is not what is allowed there.

    Args:
        path: Where, from ``$``.
        value: The value.
        allowed: What is allowed, in English.
        code: What kind of problem it is.

    >>> not_allowed("$.quantity", 0, "an int from 1").explain("zh-Hans")
    'quantity：现为 0；须为 1 或以上的整数'
    """
    return in_place_of(path, _named(value), allowed, code)


def in_place_of(path: str, found: tuple[str, str, str], allowed: str, code: ProblemCode) -> Problem:
    """The problem of something that is not what is allowed there.

    Args:
        path: Where, from ``$``.
        found: What is there, in traditional Chinese, in simplified Chinese and in English.
        allowed: What is allowed, in English.
        code: What kind of problem it is.
    """
    zh_hant, zh_hans, en = found
    chinese = partial(_in_chinese, _NOT_ALLOWED, allowed, (zh_hant, zh_hans))
    return said_later(path, code, f"{en}; allowed: {allowed}", chinese)


def missing(path: str, allowed: str = "") -> Problem:
    """The problem of a field that is not there.

    Args:
        path: Where, from ``$``.
        allowed: What is allowed there, in English; nothing where that need not be said.

    >>> missing("$.cases", "a list").explain("zh-Hans")
    'cases：缺少此字段，须填写列表'
    """
    if not allowed:
        chinese = "缺少此欄位，必須填寫", "缺少此字段，必须填写"
        return Problem(path, ProblemCode.MISSING, "is missing", chinese=chinese)
    message = f"is missing; allowed: {allowed}"
    named = partial(_in_chinese, _MISSING, allowed)
    return said_later(path, ProblemCode.MISSING, message, named)


def _in_chinese(
    wordings: tuple[str, str], allowed: str, *found: tuple[str, str]
) -> dict[str, tuple[str, str] | None]:
    """A wording in each kind of Chinese with what was found and what is allowed in its places."""
    # Nobody needs the table who reads no Chinese.
    from cmappraisal.allowances_in_chinese import allowance, in_each  # noqa: PLC0415

    said = allowance(allowed)
    return {"chinese": said and in_each(wordings, [*found, said])}


def _named(value: object) -> tuple[str, str, str]:
    """A value as messages show it: in Chinese a day, a number or a choice as people write it."""
    en = shown(value)
    if type(value) is str and not value:
        return "空白", "空白", en
    if en.startswith("<") and (unshown := _UNSHOWN.fullmatch(en)):
        return f"（無法顯示的 {unshown[1]}）", f"（无法显示的 {unshown[1]}）", en
    written = None if type(value) in _SHOWN_ALIKE else _written(value)
    said = en if written is None else written
    return said, said, en


def _written(value: object) -> str | None:
    """What has a short form that people write; None for anything else."""
    if isinstance(value, enum.Enum):
        return shown(value._value_)
    # A time zone can be the caller's own, and answer with an error.
    zone = type(getattr(value, "tzinfo", None)) if type(value) in _OF_CLOCKS else NoneType
    if type(value) not in (date, Decimal, *_OF_CLOCKS) or zone not in (NoneType, timezone):
        return None
    text = str(value)
    return text if len(text) <= MAXIMUM_SHOWN_LENGTH else None
