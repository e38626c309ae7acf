"""Resources: the rooms and trainers that sessions need, each for one session a day."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from cmappraisal.calendars import as_days, dates
from cmappraisal.fields import as_ids, as_text, identifier, identifiers, int_between
from cmappraisal.training.reprs import brief

MAXIMUM_CAPACITY = 100_000
"""The most seats of a room: a stadium."""


@frozen
class Room:
    """A room, for one session a day.

    Args:
        id: Its id.
        capacity: How many people it seats, from 1.
        closed: Dates on which it cannot be used.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> Room("R-1", 30).capacity
    30
    """

    id: str = field(converter=as_text, validator=identifier)
    capacity: int = field(validator=int_between(1, MAXIMUM_CAPACITY))
    closed: frozenset[date] = field(
        default=frozenset(), converter=as_days, validator=dates, kw_only=True
    )

    __repr__ = brief()


@frozen
class Trainer:
    """A trainer, for one session a day.

    Args:
        id: The trainer's id.
        teaches: Ids of the courses that the trainer teaches.
        away: Dates on which the trainer cannot teach.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> Trainer("T-1", ["negotiation"]).away
    frozenset()
    """

    id: str = field(converter=as_text, validator=identifier)
    teaches: frozenset[str] = field(converter=as_ids, validator=identifiers("course ids"))
    away: frozenset[date] = field(
        default=frozenset(), converter=as_days, validator=dates, kw_only=True
    )

    __repr__ = brief()
