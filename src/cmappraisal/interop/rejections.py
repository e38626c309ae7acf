"""Rejections: what was found wrong in a document, until all of it is reported with its path.

Whoever reads a part of a document knows its place in that part alone. So each rejection holds
problems with paths from where it was raised, and who reads the whole puts the way there before
them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Self

from cmappraisal import allowances
from cmappraisal.allowances import in_place_of, not_allowed
from cmappraisal.errors import MAXIMUM_PROBLEMS, AppraisalError, Problem, ProblemCode
from cmappraisal.flaw_wordings import Words, filled
from cmappraisal.showing import MAXIMUM_SHOWN_LENGTH, shown
from cmappraisal.texts import Text

_NAME = re.compile("[A-Za-z_][A-Za-z0-9_]*", re.ASCII)


class RejectedError(Exception):
    """A part of a document is not what its type allows.

    Attributes:
        problems: What is wrong, each with its path from that part, at most
            ``MAXIMUM_PROBLEMS``.
        more: How many further problems were seen.
    """

    def __init__(self, problems: Iterable[Problem], more: int = 0) -> None:
        self.problems = tuple(problems)
        self.more = more
        super().__init__(self.problems, more)


class Mark:
    """What stands in a document where no value of it can be: it is rejected once its path is known.

    Args:
        text: What is there, in words.
        value: What the words name; nothing where they name nothing.
        code: What kind of problem it is.
    """

    __slots__ = ("_text", "_value", "code")

    def __init__(
        self, text: Text, value: object = "", *, code: ProblemCode = ProblemCode.NOT_ALLOWED
    ) -> None:
        # A document can have a million of them, of which an error names a hundred.
        self._text = text
        self._value = value
        self.code = code

    @property
    def found(self) -> Words:
        """What is there, in each language."""
        return filled(self._text, self._value)

    def __repr__(self) -> str:
        return f"<{self.found.en}>"


ABSENT = Mark(Text("缺少", "缺少", en="is missing"), code=ProblemCode.MISSING)
"""What stands for a field that is needed and not there."""


class ProblemList:
    """The problems of a part of a document, as far as one error lists them."""

    __slots__ = ("more", "problems")

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.more = 0

    def __bool__(self) -> bool:
        return bool(self.problems)

    @property
    def is_full(self) -> bool:
        """Whether there are more than one error lists, so that no more are looked for."""
        return self.more > 0

    def add(self, problem: Problem) -> Self:
        """The same list with one more problem."""
        if len(self.problems) < MAXIMUM_PROBLEMS:
            self.problems.append(problem)
        else:
            self.more += 1
        return self

    def take(self, error: RejectedError | AppraisalError | ProblemList, step: str = "") -> Self:
        """The same list with the problems of a part that stands a step from here."""
        for problem in error.problems:
            self.add(problem.within(f"${step}") if step else problem)
        self.more += error.more
        return self

    def rejection(self) -> RejectedError:
        """The error that reports them."""
        return RejectedError(self.problems, self.more)


def rejected(value: object, allowed: str, path: str = "$") -> RejectedError:
    """The error of one value that is not what is allowed there."""
    if value is ABSENT:
        return RejectedError([allowances.missing(path, allowed)])
    if isinstance(value, Mark):
        return RejectedError([in_place_of(path, value.found, allowed, value.code)])
    return RejectedError([not_allowed(path, value, allowed)])


def missing(name: str, allowed: str = "") -> Problem:
    """The problem of a field that is not there."""
    return allowances.missing(f"${step_to(name)}", allowed)


def step_to(name: object) -> str:
    """The way from an object to one of its fields, as a part of a path."""
    if isinstance(name, str) and len(name) <= MAXIMUM_SHOWN_LENGTH and _NAME.fullmatch(name):
        return f".{name}"
    return f"[{json.dumps(name[:MAXIMUM_SHOWN_LENGTH]) if isinstance(name, str) else shown(name)}]"


def quoted(texts: Iterable[str]) -> str:
    """Strings that are allowed, as errors list them."""
    return ", ".join(f'"{text}"' for text in texts)
