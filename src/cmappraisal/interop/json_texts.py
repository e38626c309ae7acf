"""JSON texts: from text to data, with what no document can hold marked until its path is known."""

from __future__ import annotations

import json
from typing import Any

from cmappraisal.errors import DecodingError, Problem, ProblemCode
from cmappraisal.interop.rejections import Flaw
from cmappraisal.showing import shown

MAXIMUM_DIGITS = 20
"""The most digits that a number has before its point, or after it, in a document: more than any
points have, and few enough to be read in no time."""

TOO_DEEP = "lists or objects nested too deep"
"""What is wrong with a document whose depth is more than Python can follow."""


def parsed(text: str) -> Any:
    """The data of a JSON text, for :func:`~cmappraisal.interop.converters.decode`.

    A float, a huge number and a field that is there twice are marked, and rejected with their place
    by whatever reads the data.

    Args:
        text: The text.

    Returns:
        Dicts, lists, strings, ints, booleans and None, and marks.

    Raises:
        DecodingError: It is no JSON, or is nested too deep.

    >>> parsed('{"a": [1, "b", null], "a": 2.5}')
    {'a': <there twice>}
    """
    if not isinstance(text, str):
        message = f"{shown(text)}; allowed: a string of JSON"
        raise DecodingError([Problem("$", ProblemCode.MALFORMED, message)])
    try:
        return json.loads(
            text,
            object_pairs_hook=_paired,
            parse_int=_parsed_int,
            parse_float=lambda number: Flaw(f"the float {cut(number)}"),
            parse_constant=Flaw,
        )
    except json.JSONDecodeError as error:
        message = f"no JSON: {error.msg} at line {error.lineno}, column {error.colno}"
    except RecursionError:
        message = TOO_DEEP
    raise DecodingError([Problem("$", ProblemCode.MALFORMED, message)])


def _paired(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                fields[name] = Flaw("there twice", ProblemCode.REPEATED)
            seen.add(name)
    return fields


def _parsed_int(number: str) -> int | Flaw:
    digits = len(number.lstrip("-"))
    return int(number) if digits <= MAXIMUM_DIGITS else Flaw(f"a number of {digits} digits")


def cut(number: str) -> str:
    """A number as a message can show it, however long it is."""
    return number if len(number) <= MAXIMUM_DIGITS else f"{number[:MAXIMUM_DIGITS]}..."
