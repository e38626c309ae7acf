"""JSON texts: from text to data, with what no document can hold marked until its path is known."""

from __future__ import annotations

import json
from typing import Any

from cmappraisal.allowances import not_allowed
from cmappraisal.errors import DecodingError, ProblemCode
from cmappraisal.interop.reading_flaws import ReadingFlaw
from cmappraisal.interop.rejections import Mark
from cmappraisal.texts import Text

MAXIMUM_DIGITS = 20
"""The most digits that a number has before its point, or after it, in a document: more than any
points have, and few enough to be read in no time."""

_FLOAT = Text("浮點數 {0}", "浮点数 {0}", en="the float {0}")
_LONG = Text("{0} 位的數", "{0} 位的数", en="a number of {0} digits")
_TWICE = Text("重複的欄位", "重复的字段", en="there twice")
_AS_WRITTEN = Text.same("{0}")


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
        raise DecodingError([not_allowed("$", text, "a string of JSON", ProblemCode.MALFORMED)])
    try:
        return json.loads(
            text,
            object_pairs_hook=_paired,
            parse_int=_parsed_int,
            parse_float=a_float,
            parse_constant=lambda name: Mark(_AS_WRITTEN, name),
        )
    except json.JSONDecodeError as error:
        where = error.msg, error.lineno, error.colno
        problem = ReadingFlaw.NO_JSON.problem("$", *where)
    except RecursionError:
        problem = ReadingFlaw.TOO_DEEP.problem("$")
    raise DecodingError([problem])


def _paired(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                fields[name] = Mark(_TWICE, code=ProblemCode.REPEATED)
            seen.add(name)
    return fields


def _parsed_int(number: str) -> int | Mark:
    digits = len(number.lstrip("-"))
    return int(number) if digits <= MAXIMUM_DIGITS else Mark(_LONG, digits)


def a_float(number: str) -> Mark:
    """What stands for a float, which no document can hold."""
    # However long it is, a message shows it.
    is_short = len(number) <= MAXIMUM_DIGITS
    return Mark(_FLOAT, number if is_short else f"{number[:MAXIMUM_DIGITS]}...")
