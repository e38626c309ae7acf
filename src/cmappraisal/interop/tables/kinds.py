"""Kinds: what each column of a table of cases can be of, by its type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from cmappraisal.interop.extras import needs_extra

with needs_extra("tables", "narwhals"):
    import narwhals as nw

NEEDED = ("id", "manager", "rule", "occurred_on")
"""The columns that a table needs, with a value in every row."""

DAYS = (
    *("occurred_on", "found_on", "recorded_on", "effective_on"),
    *("entered_on", "stated_on", "decided_effective_on"),
)
"""The columns that hold days."""

KINDS = ("violation", "merit")
"""What a row can be."""


class Fit(NamedTuple):
    """What a column can be of.

    Args:
        fits: Whether a type of narwhals is such.
        allowed: The words for it.
    """

    fits: Callable[[Any], bool]
    allowed: str


def _is_text(kind: Any) -> bool:
    return isinstance(kind, (nw.String, nw.Categorical, nw.Enum))


def _is_day(kind: Any) -> bool:
    return isinstance(kind, nw.Date) or (isinstance(kind, nw.Datetime) and kind.time_zone is None)


_IDS = Fit(lambda kind: _is_text(kind) or kind.is_integer(), "a column of text, or whole numbers")
_TEXTS = Fit(_is_text, "a column of text")
_NUMBERS = Fit(lambda kind: _is_text(kind) or kind.is_numeric(), "a column of numbers, or text")
_DAYS = Fit(_is_day, "a column of days, or moments without a time zone")
_FLAGS = Fit(lambda kind: isinstance(kind, nw.Boolean), "a column of true or false")

COLUMNS: Mapping[str, Fit] = MappingProxyType(
    {
        **dict.fromkeys(("id", "manager", "incident"), _IDS),
        # As numbers, 3.1 and 3.10 are one.
        **dict.fromkeys(("rule", "refers_to", "circumstances", "kind"), _TEXTS),
        "quantity": Fit(lambda kind: kind.is_numeric(), "a column of whole numbers"),
        **dict.fromkeys(("assessed_points", "decided_points", "decided_money"), _NUMBERS),
        **dict.fromkeys(DAYS, _DAYS),
        **dict.fromkeys(("is_upheld", "under_appeal"), _FLAGS),
    }
)
"""The columns that are looked at, with what each can be of."""
