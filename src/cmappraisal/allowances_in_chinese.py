"""Allowances in Chinese: what a field or an argument allows, by the table of its wordings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from cmappraisal.allowance_wordings import IDS, PHRASES

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
        pattern, kinds = pattern_of(phrase.en)
        if found := pattern.fullmatch(allowed):
            said = [_said(kind, text) for kind, text in zip(kinds, found.groups(), strict=True)]
            known = [each for each in said if each is not None]
            if len(known) == len(said):
                return in_each((phrase.zh_hant, phrase.zh_hans), known)
    return None


@cache
def pattern_of(phrase: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """What finds the texts that stand in the places of a phrase, and the kinds of these.

    Args:
        phrase: The phrase in English.
    """
    pieces = re.split(r"\{(\w+)\}", phrase)
    kinds = tuple(pieces[1::2])
    patterns = [
        f"({PLACES[piece]})" if place % 2 else re.escape(piece)
        for place, piece in enumerate(pieces)
    ]
    return re.compile("".join(patterns), re.DOTALL), kinds


def in_each(wordings: tuple[str, str], said: list[tuple[str, str]]) -> tuple[str, str]:
    """A wording in each kind of Chinese, with texts in its places.

    Args:
        wordings: The wording in traditional and in simplified Chinese.
        said: What stands in each place, in both too.
    """
    hant, hans = wordings
    return _joined(hant, *(each[0] for each in said)), _joined(hans, *(each[1] for each in said))


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
            said = _of_types(text)
            return said, said
        case "choices":
            said = "、".join(re.findall('"([^"]*)"', text))
            return said, said
        case _:
            return text, text


def _of_types(text: str) -> str:
    *others, last = re.findall(r"[A-Z]\w*", text)
    if not others:
        return str(last)
    return f"{'、'.join(others)}{' 或 ' if ' or ' in text else '、'}{last}"
