"""Texts: one wording in traditional Chinese, simplified Chinese and English."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Literal, TypeAlias, cast, get_args

from attrs import field, frozen

from cmappraisal.allowances import not_allowed
from cmappraisal.errors import LanguageError
from cmappraisal.fields import as_text, instance_of, line

Language: TypeAlias = Literal["zh-Hant", "zh-Hans", "en"]
"""The languages that every wording of the library has, as BCP 47 tags."""

LANGUAGES: tuple[Language, ...] = get_args(Language)
"""Every :data:`Language`, in the order of the fields of :class:`Text`."""


@frozen
class Text:
    """One wording in three languages.

    Args:
        zh_hant: Traditional Chinese.
        zh_hans: Simplified Chinese.
        en: English.

    Raises:
        FieldError: A wording is not a non-empty string on one line.

    >>> risk = Text("風險", "风险", en="risk")
    >>> risk.in_language("zh-Hans")
    '风险'
    """

    zh_hant: str = field(converter=as_text, validator=line)
    zh_hans: str = field(converter=as_text, validator=line)
    en: str = field(converter=as_text, validator=line, kw_only=True)

    def in_language(self, language: Language) -> str:
        """The wording in one language.

        Args:
            language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

        Raises:
            LanguageError: The language is none of the three.
        """
        require_language(language)
        return {"zh-Hant": self.zh_hant, "zh-Hans": self.zh_hans, "en": self.en}[language]

    @classmethod
    def same(cls, wording: str) -> Text:
        """A text that reads alike in every language, such as the name of a grade.

        Args:
            wording: What it reads.

        >>> Text.same("A")
        Text(zh_hant='A', zh_hans='A', en='A')
        """
        return cls(wording, wording, en=wording)


A_TEXT = 'a Text in three languages such as Text("遲交", "迟交", en="late")'
"""What is allowed where a text is asked for."""

a_text = instance_of(Text, allowed=A_TEXT)
"""What a field that holds a text is checked by."""


class Choice(enum.Enum):
    """A choice among several, each with its wording."""

    _value_: str
    text: Text

    # To look a member up takes its value alone, for type checkers too.
    def __new__(cls, value: str, text: Text | None = None) -> Choice:  # noqa: D102
        choice = object.__new__(cls)
        choice._value_ = value
        choice.text = cast(Text, text)
        return choice


def require_language(language: object) -> None:
    """Reject a language that texts do not have."""
    if not isinstance(language, str) or language not in LANGUAGES:
        raise LanguageError([not_allowed("$.language", language, ", ".join(LANGUAGES))])


_SEPARATORS: dict[Language, str] = {"zh-Hant": "、", "zh-Hans": "、", "en": ", "}


def worded(text: Text, language: Language, *values: object) -> str:
    """A wording with values in its places."""
    return text.in_language(language).format(*values)


def listed(texts: Iterable[str], language: Language) -> str:
    """Texts one after another, as the language separates them."""
    return _SEPARATORS[language].join(texts)


def ordinal(number: int) -> str:
    """A number from 1 in its place, in English.

    >>> [ordinal(number) for number in (1, 2, 3, 4, 11, 22)]
    ['1st', '2nd', '3rd', '4th', '11th', '22nd']
    """
    is_teen = number % 100 // 10 == 1
    suffix = "th" if is_teen else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
