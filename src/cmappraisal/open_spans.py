"""Open spans: days from a first to a last, of which either can be left open."""

from __future__ import annotations

from datetime import date

from cmappraisal.fields import beside, optional_date

last_from_first = [
    optional_date,
    beside(
        lambda made, last: None in (made.first, last) or made.first <= last,
        lambda made: f"None, or a day from first ({made.first}) on",
    ),
]
"""Validators of a last day that stands beside a first."""


def holds(first: date | None, last: date | None, day: date) -> bool:
    """Whether a day is in a span.

    Args:
        first: The first day; None where there is none.
        last: The last day; None where there is none.
        day: The day.
    """
    return (first is None or first <= day) and (last is None or day <= last)
