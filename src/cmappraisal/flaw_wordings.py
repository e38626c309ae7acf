"""Flaw wordings: how what is wrong with something is said, in three languages.

A problem that is made of a flaw has its message in English, and in both kinds of Chinese beside it.
Whoever reads a report in Chinese reads the same there.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from functools import reduce
from typing import NamedTuple, Self

from cmappraisal.errors import Problem, ProblemCode
from cmappraisal.remedies import all_meant_by
from cmappraisal.texts import LANGUAGES, Choice, Text, listed


class WordedFlaw(enum.Enum):
    """A table of what can be wrong with something: the code of each problem, and its wording."""

    code: ProblemCode
    text: Text

    def __new__(cls, value: str, code: ProblemCode, text: Text) -> Self:  # noqa: D102
        flaw = object.__new__(cls)
        flaw._value_ = value
        flaw.code = code
        flaw.text = text
        return flaw

    def problem(self, path: str, *values: object) -> Problem:
        """The problem of this flaw, with values in the places of its wording.

        Args:
            path: Where, from ``$``.
            values: What the wording names; :class:`Words` are said in each language.
        """
        said = filled(self.text, *values)
        return Problem(path, self.code, said.en, chinese=(said.zh_hant, said.zh_hans))


class Words(NamedTuple):
    """What stands in the place of a value, in the order of the languages."""

    zh_hant: str
    zh_hans: str
    en: str


def filled(text: Text, *values: object) -> Words:
    """A wording in each language, with values in its places.

    Args:
        text: The wording.
        values: What it names; :class:`Words` are said in each language.

    >>> filled(Text("尚欠 {0}", "尚欠 {0}", en="{0} is owed"), 5).en
    '5 is owed'
    """
    wordings = (text.zh_hant, text.zh_hans, text.en)
    if not any(isinstance(value, Words) for value in values):
        # Most have none, and a document can have many problems.
        return Words(*(wording.format(*values) for wording in wordings))
    said = (
        (value[place] if isinstance(value, Words) else value for value in values)
        for place in range(len(wordings))
    )
    return Words(*(wording.format(*each) for wording, each in zip(wordings, said, strict=True)))


EVER = filled(Text("最初", "最初", en="ever"))
FURTHER_NOTICE = filled(Text("另行通知之日", "另行通知之日", en="further notice"))
NONE = filled(Text("無", "无", en="none"))
NOT_SET = filled(Text("未設", "未设", en="None"))
_ALLOWED = Text("；可填寫：{0}", "；可填写：{0}", en="; allowed: {0}")
_MEANT = Text("；是否指{0}？", "；是否指{0}？", en="; did you mean {0}?")
_NAMED = Text("「{0}」", "“{0}”", en='"{0}"')
_OR = Text("{0}或{1}", "{0}或{1}", en="{0} or {1}")


def allowed_are(ids: Iterable[str]) -> Words:
    """The remedy that lists what is allowed."""
    return filled(_ALLOWED, ", ".join(ids) or NONE)


def perhaps(given: str, known: Iterable[str]) -> Words | None:
    """The remedy for a misspelt id, as :func:`~cmappraisal.remedies.did_you_mean` says it."""
    meant = all_meant_by(given, known)
    if not meant:
        return None
    named = [filled(_NAMED, id) for id in meant]
    return filled(_MEANT, reduce(lambda some, other: filled(_OR, some, other), named))


def choice_named(choice: Choice) -> Words:
    """A choice, as messages name it: in English by the value that programs know."""
    return filled(choice.text)._replace(en=choice.value)


def together(several: Iterable[Words]) -> Words:
    """Words one after another, as each language separates them."""
    said = tuple(several)
    return Words(
        *(
            listed((each[place] for each in said), language)
            for place, language in enumerate(LANGUAGES)
        )
    )
