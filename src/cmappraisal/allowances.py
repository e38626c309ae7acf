"""Allowances: what a field or an argument allows, and that a value is not that, in words.

What is allowed is written once, in English, where it is checked. Whoever reads Chinese reads it by
the table of :mod:`~cmappraisal.allowance_wordings`, once something is rejected.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from datetime import date, datetime, time, timezone
from decimal import Decimal
from functools import cache
from types import MappingProxyType, NoneType

from cmappraisal.allowance_wordings import IDS, PHRASES, Phrase
from cmappraisal.errors import Problem, ProblemCode
from cmappraisal.showing import MAXIMUM_SHOWN_LENGTH, shown

_OF_CLOCKS = (datetime, time)
_UNSHOWN = re.compile("<(.*) that cannot be shown>")

_TYPES = r"(?:an? )?[A-Z]\w*(?:(?:, | and | or )(?:an? )?[A-Z]\w*)*"
_ONE_CHOICE = r'(?:[A-Z]\w*\.\w+ or )?"[^"]*"'

PLACES: Mapping[str, str] = MappingProxyType(
    {
        "phrase": ".+?",
        "number": r"[^\s,()]+",
        "quoted": "'.*?'|\".*?\"",
        "ids": "|".join(phrase.en for phrase in IDS),
        "types": _TYPES,
        "choice": '"[^"]*"',
        "choices": f"{_ONE_CHOICE}(?:, {_ONE_CHOICE})*",
        "value": ".+?",
    }
)
"""What each kind of place in a phrase takes, as a pattern."""

_IDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {phrase.en: (phrase.zh_hant, phrase.zh_hans) for phrase in IDS}
)
_WHOLE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {phrase.en: (phrase.zh_hant, phrase.zh_hans) for phrase in PHRASES if "{" not in phrase.en}
)
# Each with how it begins, by which most are passed over without a search.
_WITH_PLACES = tuple(
    (phrase.en.partition("{")[0], phrase) for phrase in PHRASES if "{" in phrase.en
)


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
    said = allowance(allowed)
    chinese = said and (
        _joined("現為{0}；須為{1}", zh_hant, said[0]),
        _joined("现为{0}；须为{1}", zh_hans, said[1]),
    )
    return Problem(path, code, f"{en}; allowed: {allowed}", chinese=chinese)


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
    said = allowance(allowed)
    named = said and (
        _joined("缺少此欄位，須填寫{0}", said[0]),
        _joined("缺少此字段，须填写{0}", said[1]),
    )
    message = f"is missing; allowed: {allowed}"
    return Problem(path, ProblemCode.MISSING, message, chinese=named)


def _named(value: object) -> tuple[str, str, str]:
    """A value as messages show it: in Chinese a day, a number or a choice as people write it."""
    en = shown(value)
    if type(value) is str and not value:
        return "空白", "空白", en
    if unshown := _UNSHOWN.fullmatch(en):
        return f"（無法顯示的 {unshown[1]}）", f"（无法显示的 {unshown[1]}）", en
    written = _written(value)
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


def allowance(allowed: str) -> tuple[str, str] | None:
    """What is allowed, in traditional and in simplified Chinese; None where no phrase says it.

    Args:
        allowed: What is allowed, in English.

    >>> allowance("None, or a list of course ids, none of them twice")[1]
    'None（留空）或课程编号的列表，不可重复'
    """
    if allowed in _WHOLE:
        return _WHOLE[allowed]
    for beginning, phrase in _WITH_PLACES:
        if not allowed.startswith(beginning):
            continue
        pattern, kinds = _pattern(phrase.en)
        if found := pattern.fullmatch(allowed):
            said = [_said(kind, text) for kind, text in zip(kinds, found.groups(), strict=True)]
            known = [each for each in said if each is not None]
            if len(known) == len(said):
                return _in_each(phrase, known)
    return None


@cache
def _pattern(phrase: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """What finds the texts that stand in the places of a phrase, and the kinds of these."""
    pieces = re.split(r"\{(\w+)\}", phrase)
    kinds = tuple(pieces[1::2])
    patterns = [
        f"({PLACES[piece]})" if place % 2 else re.escape(piece)
        for place, piece in enumerate(pieces)
    ]
    return re.compile("".join(patterns), re.DOTALL), kinds


def _in_each(phrase: Phrase, said: list[tuple[str, str]]) -> tuple[str, str]:
    return (
        _joined(phrase.zh_hant, *(each[0] for each in said)),
        _joined(phrase.zh_hans, *(each[1] for each in said)),
    )


def _joined(wording: str, *said: str) -> str:
    """A wording with texts in its places, and a space between Chinese and other letters."""
    whole = ""
    for place, piece in enumerate(re.split(r"\{(\d)\}", wording)):
        text = said[int(piece)] if place % 2 else piece
        whole += f" {text}" if _are_apart(whole[-1:], text[:1]) else text
    return whole


def _are_apart(before: str, after: str) -> bool:
    """Whether a Chinese character and another letter or sign meet."""
    chinese, other = (after, before) if before.isascii() else (before, after)
    return chinese.isalpha() and not chinese.isascii() and other.isascii() and other.strip() != ""


def _said(kind: str, text: str) -> tuple[str, str] | None:
    """What stands in a place, in each kind of Chinese; None where it is not known there."""
    match kind:
        case "phrase":
            return allowance(text)
        case "ids":
            return _IDS[text]
        case "types":
            return (_of_types(text),) * 2
        case "choices":
            return ("、".join(re.findall('"([^"]*)"', text)),) * 2
        case _:
            return text, text


def _of_types(text: str) -> str:
    *others, last = re.findall(r"[A-Z]\w*", text)
    if not others:
        return str(last)
    return f"{'、'.join(others)}{' 或 ' if ' or ' in text else '、'}{last}"
