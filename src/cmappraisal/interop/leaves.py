"""Leaves: how the values without parts of their own are written and read.

Points are strings without exponent, days and moments are ISO 8601, a choice is its value. Readers
of other formats than JSON give some of them as themselves, such as TOML a day as a date.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, cast

from cmappraisal.clock_times import as_time, is_time
from cmappraisal.fields import as_moment, as_text, is_moment, is_utf8
from cmappraisal.interop.json_texts import MAXIMUM_DIGITS
from cmappraisal.interop.rejections import quoted, rejected
from cmappraisal.points import as_points, plain

MAXIMUM_BYTES = 64
"""The most bytes of a salt or a digest, as hexadecimal digits in a document."""

DECIMAL_PATTERN = rf"-?[0-9]{{1,{MAXIMUM_DIGITS}}}(\.[0-9]{{1,{MAXIMUM_DIGITS}}})?"
DAY_PATTERN = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
TIME_PATTERN = "([01][0-9]|2[0-3]):[0-5][0-9]"
MOMENT_PATTERN = (
    rf"{DAY_PATTERN}T[0-9]{{2}}:[0-9]{{2}}(:[0-9]{{2}}(\.[0-9]{{1,6}})?)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2}(:[0-9]{2})?)"
)
BYTES_PATTERN = f"([0-9a-f]{{2}}){{0,{MAXIMUM_BYTES}}}"

_DAY_LENGTH = 10
_HUGE = 10**MAXIMUM_DIGITS
_DECIMAL = re.compile(DECIMAL_PATTERN, re.ASCII)
_DAY = re.compile(DAY_PATTERN, re.ASCII)
_TIME = re.compile(TIME_PATTERN, re.ASCII)
_MOMENT = re.compile(MOMENT_PATTERN, re.ASCII)
_BYTES = re.compile(BYTES_PATTERN, re.ASCII)


def _is_match(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _read_text(value: Any) -> str:
    if type(value) is str and (value.isascii() or is_utf8(value)):
        return value
    raise rejected(value, "a string")


def _read_int(value: Any) -> int:
    if type(value) is int:
        return value
    raise rejected(value, "an int")


def _read_bool(value: Any) -> bool:
    if type(value) is bool:
        return value
    raise rejected(value, "true or false")


def _read_decimal(value: Any) -> Decimal:
    # To make a Decimal of a huge int, such as TOML has in hexadecimal, takes very long.
    is_int = type(value) is int and abs(value) < _HUGE
    if isinstance(value, Decimal) or is_int or _is_match(_DECIMAL, value):
        points = as_points(value)
        if isinstance(points, Decimal) and _is_short(points):
            return points
    raise rejected(value, 'a string such as "2.5", or an int (never a float)')


def _is_short(value: Decimal) -> bool:
    """Whether a number can be calculated with, and written in a document."""
    if not value.is_finite():
        return False
    places = -cast(int, value.as_tuple().exponent)
    return 0 <= places <= MAXIMUM_DIGITS and value.adjusted() < MAXIMUM_DIGITS


# Documents say the same days again and again.
@lru_cache(maxsize=10_000)
def _day_of(text: str) -> date | None:
    """The day that a text says; None where it says none."""
    if _DAY.fullmatch(text) is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _read_day(value: Any) -> date:
    is_text = isinstance(value, str) and len(value) == _DAY_LENGTH
    day = _day_of(as_text(value)) if is_text else value
    if type(day) is date:
        return day
    raise rejected(value, 'a day of the calendar such as "2025-03-04"')


def _read_bytes(value: Any) -> bytes:
    if _is_match(_BYTES, value):
        return bytes.fromhex(value)
    raise rejected(value, "pairs of hexadecimal digits in lower case")


def _moment_of(text: str) -> datetime | None:
    """The moment that a text says; None where it says none."""
    if _MOMENT.fullmatch(text) is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _read_moment(value: Any) -> datetime:
    moment: Any = _moment_of(as_text(value)) if isinstance(value, str) else value
    if is_moment(moment):
        return as_moment(moment)
    raise rejected(value, 'a moment with its offset such as "2025-03-04T12:00:00+08:00"')


def _read_time(value: Any) -> time:
    if _is_match(_TIME, value):
        return time.fromisoformat(value)
    # TOML has times of its own.
    if is_time(value):
        return as_time(value)
    raise rejected(value, 'a time of the day such as "09:30"')


def _write_time(value: time) -> str:
    return f"{value:%H:%M}"


READERS: Mapping[type, Callable[[Any], Any]] = MappingProxyType(
    {
        str: _read_text,
        int: _read_int,
        bool: _read_bool,
        Decimal: _read_decimal,
        date: _read_day,
        datetime: _read_moment,
        time: _read_time,
        bytes: _read_bytes,
    }
)
"""How each type of leaf is read from data."""

WRITERS: Mapping[type, Callable[[Any], Any]] = MappingProxyType(
    {
        Decimal: plain,
        date: date.isoformat,
        datetime: datetime.isoformat,
        time: _write_time,
        bytes: bytes.hex,
    }
)
"""How each type of leaf is written that JSON does not have."""


def is_choice(kind: Any) -> bool:
    """Whether a type is one of choices."""
    return isinstance(kind, type) and issubclass(kind, enum.Enum)


@cache
def _choices_of(kind: type[enum.Enum]) -> dict[str, enum.Enum]:
    return {choice.value: choice for choice in kind}


def read_choice(value: Any, kind: type[enum.Enum]) -> enum.Enum:
    """The choice that a string stands for."""
    choices = _choices_of(kind)
    if not isinstance(value, str) or value not in choices:
        raise rejected(value, quoted(choices))
    return choices[value]
