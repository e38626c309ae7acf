"""TOML texts: from text to tables of which every key is read or rejected."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from cmappraisal.errors import AppraisalError, Problem, ProblemCode
from cmappraisal.interop.json_texts import cut
from cmappraisal.interop.rejections import (
    Flaw,
    ProblemList,
    RejectedError,
    missing,
    rejected,
    step_to,
)
from cmappraisal.remedies import did_you_mean
from cmappraisal.showing import one_line, shown

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
        message = f"{shown(text)}; allowed: a string of TOML, at most {MAXIMUM_LENGTH} characters"
    elif any(line.count(".") > MAXIMUM_DOTS for line in text.splitlines()):
        message = f"a line with more than {MAXIMUM_DOTS} dots; write it in several lines"
    else:
        try:
            return tomllib.loads(text, parse_float=lambda number: Flaw(f"the float {cut(number)}"))
        except RecursionError:
            message = "lists or tables nested too deep"
        except ValueError as error:
            # Of a number with more digits than Python reads, too.
            message = f"no TOML: {one_line(str(error))}"
    raise RejectedError([Problem("$", ProblemCode.MALFORMED, message)])


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
                message = f"unknown; allowed: {', '.join(known)}{did_you_mean(name, known)}"
                self.add(step_to(name), ProblemCode.UNKNOWN_FIELD, message)

    def add(self, step: str, code: ProblemCode, message: str) -> None:
        """Note that something is wrong, a step from here."""
        self.listed.add(Problem(f"${step}", code, message))

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
