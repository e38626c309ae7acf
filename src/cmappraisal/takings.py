"""Takings: a consequence in the life of a case, as one table.

A consequence that is due is *taken*, and then *served*. What was taken can be *lifted*, and then it
is as if it had not been taken, so that it can be taken again. A case that was reversed lets nothing
more be taken; what was taken before stays, until it is lifted. :data:`TAKING_LIFE` is that life,
whole: what it does not list is an error.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TypeAlias

from attrs import evolve, field, frozen

from cmappraisal.entries import Entry, Lifted, Served, Taken
from cmappraisal.fields import (
    a_date,
    as_date,
    as_optional_date,
    as_optional_text,
    as_text,
    beside,
    identifier,
    instance_of,
    optional_date,
    optional_identifier,
)

OfConsequence: TypeAlias = Taken | Served | Lifted
"""What can be entered about a consequence."""

OF_CONSEQUENCES: tuple[type[Entry], ...] = (Taken, Served, Lifted)
"""The kinds of entry about a consequence."""


class TakingState(enum.Enum):
    """How far a consequence is.

    >>> TakingState("served") is TakingState.SERVED
    True
    """

    TAKEN = "taken"
    """Taken, and not yet served."""
    SERVED = "served"
    """Served to the end."""
    LIFTED = "lifted"
    """As if it had not been taken."""


TAKING_LIFE: Mapping[tuple[TakingState | None, type[OfConsequence]], TakingState] = (
    MappingProxyType(
        {
            (None, Taken): TakingState.TAKEN,
            (TakingState.TAKEN, Served): TakingState.SERVED,
            (TakingState.TAKEN, Lifted): TakingState.LIFTED,
            (TakingState.SERVED, Lifted): TakingState.LIFTED,
            (TakingState.LIFTED, Taken): TakingState.TAKEN,
        }
    )
)
"""The whole life of a consequence: from a state (``None`` before it is taken), by a kind of entry,
to a state."""


not_before_taken = beside(
    lambda made, day: day is None or (made.taken_on is not None and made.taken_on <= day),
    lambda made: f"None, or a date on or after taken_on ({made.taken_on})",
)
"""A validator of the day on which a consequence was served, beside that on which it was taken."""


@frozen
class Taking:
    """A consequence that was taken.

    Args:
        consequence: The id of the consequence.
        manager: The id of who bears it; None for whoever is at fault.
        state: How far it is.
        taken_on: The day on which it was taken.
        served_on: The day on which it was served; None where it was not.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    consequence: str = field(converter=as_text, validator=identifier)
    manager: str | None = field(converter=as_optional_text, validator=optional_identifier)
    state: TakingState = field(
        validator=instance_of(TakingState, allowed="a TakingState"), kw_only=True
    )
    taken_on: date = field(converter=as_date, validator=a_date, kw_only=True)
    served_on: date | None = field(
        default=None,
        converter=as_optional_date,
        validator=[optional_date, not_before_taken],
        kw_only=True,
    )


Takings: TypeAlias = Mapping[tuple[str, str | None], Taking]
"""What was taken in a case, by the consequence and who bears it, in the order of the taking."""


def takings_of(history: Iterable[Entry]) -> Takings:
    """What was taken in a case; an entry that does not fit changes nothing.

    Args:
        history: The entries of the case, oldest first.
    """
    takings: Takings = {}
    for entry in history:
        if isinstance(entry, (Taken, Served, Lifted)):
            takings = with_entry(takings, entry) or takings
    return takings


def with_entry(takings: Takings, entry: OfConsequence) -> Takings | None:
    """What was taken in a case after one more entry; None where that does not fit.

    Args:
        takings: What was taken before.
        entry: The entry.
    """
    key = entry.consequence, entry.manager
    before = takings.get(key)
    state = TAKING_LIFE.get((None if before is None else before.state, type(entry)))
    if state is None:
        return None
    after = dict(takings)
    if isinstance(entry, Taken):
        # What is taken once more comes last.
        after.pop(key, None)
        after[key] = Taking(*key, state=state, taken_on=entry.on)
        return after
    taking = after[key]
    served_on = entry.on if isinstance(entry, Served) else None
    if served_on is not None and served_on < taking.taken_on:
        return None
    after[key] = evolve(taking, state=state, served_on=served_on)
    return after
