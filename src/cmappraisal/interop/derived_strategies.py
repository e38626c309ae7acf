"""Derived strategies: what is drawn of a type by what the type itself says.

A type whose fields say all that there is to know needs no strategy of its own, nor does a field
that is added to one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from functools import partial
from types import MappingProxyType, NoneType
from typing import Any, get_args, get_origin
from unicodedata import normalize

from cmappraisal.errors import AppraisalError
from cmappraisal.fields import is_identifier
from cmappraisal.interop.catalogue import (
    NAMES,
    element_of,
    is_union,
    members_of,
)
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.leaves import is_choice
from cmappraisal.periods import Period
from cmappraisal.points import EXACT, PLACES
from cmappraisal.texts import Text

with needs_extra("hypothesis", "hypothesis"):
    from hypothesis import reject
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn, SearchStrategy


YEAR = Period.year(2025)
"""The year in which most of what is drawn takes place."""

_ZONES = (UTC, timezone(timedelta(hours=8)), timezone(-timedelta(hours=9, minutes=30)))


def words(*categories: Any) -> SearchStrategy[str]:
    """Short strings that can be seen, of some categories of Unicode.

    Args:
        categories: The categories, such as ``"L"`` for letters.
    """
    # Fillers of hangul are letters that nobody sees; no wording and no id takes them.
    letters = st.characters(categories=categories, exclude_characters="\u115f\u1160\u3164\uffa0")
    return st.text(letters, min_size=1, max_size=12)


def identifiers() -> SearchStrategy[str]:
    """Ids: short strings on one line, Chinese among them."""
    return _IDENTIFIERS


def texts() -> SearchStrategy[Text]:
    """Texts in three languages."""
    return _TEXTS


def points(least: Decimal | int = 0, most: Decimal | int = 100) -> SearchStrategy[Decimal]:
    """Points: whole, half, or of up to four decimal places.

    Args:
        least: The fewest.
        most: The most.
    """
    exact = st.decimals(least, most, places=PLACES)
    first, last = math.ceil(2 * least), math.floor(2 * most)
    if first > last:
        return exact
    return st.integers(first, last).map(lambda half: EXACT.multiply(half, Decimal("0.5"))) | exact


@st.composite
def periods(draw: DrawFn, within: Period = YEAR) -> Period:
    """Periods.

    Args:
        within: The period that they lie in.
    """
    days = draw(st.tuples(*[st.dates(within.first, within.last)] * 2))
    return Period(min(days), max(days))


def moments() -> SearchStrategy[datetime]:
    """Datetimes with a time zone, in and around the year 2025."""
    return st.datetimes(
        datetime(2024, 12, 1),  # noqa: DTZ001
        datetime(2026, 2, 1),  # noqa: DTZ001
        timezones=st.sampled_from(_ZONES),
    )


_WORDINGS = words("L", "N")
# What looks alike is one id, so ids are in their normal form.
_IDENTIFIERS = words("L", "N", "P", "S").map(partial(normalize, "NFKC")).filter(is_identifier)
_TEXTS = st.builds(Text, _WORDINGS, _WORDINGS, en=_WORDINGS)

LEAVES: Mapping[Any, SearchStrategy[Any]] = MappingProxyType(
    {
        str: _IDENTIFIERS,
        int: st.integers(1, 12),
        bool: st.booleans(),
        Decimal: points(),
        date: st.dates(YEAR.first, YEAR.last),
        datetime: moments(),
        time: st.builds(time, st.integers(0, 23), st.integers(0, 59)),
        NoneType: st.none(),
    }
)
"""What is drawn of the types without parts of their own, where nothing else is said."""


def by_annotation(kind: Any, of_type: Callable[[type], SearchStrategy[Any]]) -> SearchStrategy[Any]:
    """The strategy of what a field of a type takes.

    Args:
        kind: The type of the field.
        of_type: The strategy of a type that has parts.
    """
    if kind in LEAVES:
        return LEAVES[kind]
    if is_choice(kind):
        return st.sampled_from(list(kind))
    if is_union(kind):
        return st.one_of(*(by_annotation(member, of_type) for member in get_args(kind)))
    if get_origin(kind) in (tuple, frozenset):
        elements = st.lists(by_annotation(element_of(kind), of_type), max_size=3)
        return elements.map(get_origin(kind))
    if get_origin(kind) is get_origin(Mapping[str, Any]):
        key, element = (by_annotation(inner, of_type) for inner in get_args(kind))
        return st.dictionaries(key, element, max_size=2)
    return of_type(kind)


@st.composite
def built(draw: DrawFn, kind: type, of_type: Callable[[type], SearchStrategy[Any]]) -> Any:
    """Values of a type, from what its fields take.

    Args:
        kind: The type.
        of_type: The strategy of a type that has parts.
    """
    given = {
        member.name: draw(
            _named(member.kind, NAMES[kind, member.name])
            if (kind, member.name) in NAMES
            else by_annotation(member.kind, of_type)
        )
        for member in members_of(kind)
    }
    try:
        return kind(**given)
    except AppraisalError:
        # What its fields mean to one another it knows alone.
        reject()


def _named(kind: Any, known: tuple[str, ...]) -> SearchStrategy[Any]:
    return st.sampled_from([*known, *([None] if NoneType in get_args(kind) else [])])
