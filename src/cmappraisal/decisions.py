"""Decisions: what is decided in a case in the place of what the rule would make.

Each decision changes what it sets and leaves the rest as it was decided before. Once the violation
is restated, or the case struck, nothing of it is left: it was about something else.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from attrs import evolve, field, frozen

from cmappraisal.entries import Amended, Entry, Reversed, Setting
from cmappraisal.fields import as_optional_date, optional_date
from cmappraisal.points import (
    MAXIMUM_ASSESSED,
    MAXIMUM_POINTS,
    as_optional_points,
    points_between,
)


@frozen
class Decision:
    """What is decided in a case in the place of what the rule would make.

    Args:
        points: The points that the violation deducts; None where those of the rule stay.
        money: The money that is withheld for it; None where that stays.
        effective_on: The day from which it counts; None where that stays.
    """

    points: Decimal | None = field(
        default=None,
        converter=as_optional_points,
        validator=points_between(Decimal(0), MAXIMUM_ASSESSED, optional=True),
    )
    money: Decimal | None = field(
        default=None,
        converter=as_optional_points,
        validator=points_between(Decimal(0), MAXIMUM_POINTS, optional=True),
    )
    effective_on: date | None = field(
        default=None, converter=as_optional_date, validator=optional_date, kw_only=True
    )


def decided_after(before: Decision | None, entry: Entry) -> Decision | None:
    """What is decided after an entry; what it does not set stays as it was.

    Args:
        before: What was decided before it; None where nothing was.
        entry: The entry.
    """
    if isinstance(entry, (Amended, Reversed)):
        # What was decided about another reading is not decided about this one.
        return None
    if not isinstance(entry, Setting):
        return before
    set_now = {
        name: value
        for name in ("points", "money", "effective_on")
        if (value := getattr(entry, name)) is not None
    }
    return evolve(before or Decision(), **set_now) if set_now else before


def decision_of(history: Iterable[Entry]) -> Decision | None:
    """What is decided in a case; None where nothing is.

    Args:
        history: The entries of the case, oldest first.
    """
    decision = None
    for entry in history:
        decision = decided_after(decision, entry)
    return decision
