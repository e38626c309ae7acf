"""TOML texts: from text to tables of which every key is read or rejected."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from cmappraisal.allowances import not_allowed
from cmappraisal.errors import AppraisalError, Problem, ProblemCode
from cmappraisal.flaw_wordings import Words, filled, perhaps
from cmappraisal.interop.json_texts import a_float
from cmappraisal.interop.reading_flaws import ReadingFlaw
from cmappraisal.interop.rejections import (
    ProblemList,
    RejectedError,
    missing,
    rejected,
    step_to,
)
from cmappraisal.showing import one_line
from cmappraisal.texts import Text

_PLACE = re.compile(r"at line (\d+), column (\d+)")
_AT = Text("：第 {0} 行第 {1} 個字元處有誤", "：第 {0} 行第 {1} 个字符处有误", en="{0}, {1}")

T = TypeVar("T")
U = TypeVar("U")

MAXIMUM_LENGTH = 1_000_000
"""The most characters of a text: thousands of worked cases."""

MAXIMUM_DOTS = 1_000
"""The most dots in a line of a text. Reading a key takes the square of those in it."""


def parsed(text: object) -> dict[str, Any]:
    """The tables of a TOML text; a float is a flaw.

    Args:
        text: The text.

    Raises:
        RejectedError: It is no TOML, is nested too deep, or is too long.
    """
    if not isinstance(text, str) or len(text) > MAXIMUM_LENGTH:
        allowed = f"a string of TOML, at most {MAXIMUM_LENGTH} characters"
        problem = not_allowed("$", text, allowed, ProblemCode.MALFORMED)
    elif any(line.count(".") > MAXIMUM_DOTS for line in text.splitlines()):
        problem = ReadingFlaw.TOO_MANY_DOTS.problem("$", MAXIMUM_DOTS)
    else:
        try:
            return tomllib.loads(text, parse_float=a_float)
        except RecursionError:
            problem = ReadingFlaw.TABLES_TOO_DEEP.problem("$")
        except ValueError as error:
            # Of a number with more digits than Python reads, too.
            problem = ReadingFlaw.NO_TOML.problem("$", _said_by(one_line(str(error))))
    raise RejectedError([problem])


def _said_by(message: str) -> Words:
    """What the reader of TOML says, of which the place alone is said in Chinese."""
    place = _PLACE.search(message)
    said = Words("", "", message) if place is None else filled(_AT, place[1], place[2])
    return said._replace(en=message)


class Table:
    """A table whose values are read one by one, with what is wrong in it.

    Args:
        value: What stands where the table should.
        known: The keys that are read.

    Raises:
        RejectedError: It is no table.
    """

    def __init__(self, value: object, known: Iterable[str]) -> None:
        known = tuple(known)
        if not isinstance(value, dict):
            raise rejected(value, f"a table with {', '.join(known)}")
        self.fields: dict[str, Any] = {name: value[name] for name in known if name in value}
        self.listed = ProblemList()
        for name in value:
            if self.listed.is_full:
                break
            if name not in self.fields:
                allowed, remedy = ", ".join(known), perhaps(name, known) or ""
                self.add(ReadingFlaw.UNKNOWN_FIELD.problem(f"${step_to(name)}", allowed, remedy))

    def add(self, problem: Problem) -> None:
        """Note that something is wrong, with its way from here."""
        self.listed.add(problem)

    def take(self, step: str, make: Callable[[], T], otherwise: U) -> T | U:
        """What is made of something a step from here; where that is wrong, it is noted."""
        try:
            return make()
        except (RejectedError, AppraisalError) as error:
            self.listed.take(error, step)
            return otherwise

    def read(self, name: str, reader: Callable[[Any], T], otherwise: U) -> T | U:
        """A value as a reader takes it, or what it is where nothing is written."""
        if name not in self.fields:
            return otherwise
        return self.take(f".{name}", lambda: reader(self.fields[name]), otherwise)

    def needed(
        self, name: str, reader: Callable[[Any], T], otherwise: U, allowed: str = ""
    ) -> T | U:
        """A value that has to be written; otherwise stands for it until all is read."""
        if name not in self.fields:
            self.listed.add(missing(name, allowed))
        return self.read(name, reader, otherwise)

    def close(self) -> None:
        """Raise what is wrong, where anything is."""
        if self.listed:
            raise self.listed.rejection()


def read_list(value: object, reader: Callable[[Any, int], T]) -> tuple[T, ...]:
    """The elements of a list, which a reader takes each with its place.

    Args:
        value: What stands where the list should.
        reader: What reads an element.

    Raises:
        RejectedError: It is no list, or an element is not what the reader takes.
    """
    if not isinstance(value, list):
        raise rejected(value, "a list")
    listed = ProblemList()
    elements: list[T] = []
    for place, each in enumerate(value):
        try:
            elements.append(reader(each, place))
        except (RejectedError, AppraisalError) as error:
            listed.take(error, f"[{place}]")
            if listed.is_full:
                break
    if listed:
        raise listed.rejection()
    return tuple(elements)
