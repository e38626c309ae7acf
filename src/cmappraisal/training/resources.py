"""Resources: the rooms and trainers that sessions need, by the hour where their hours are known.

A room or a trainer without hours has one session a day, however long it is.
"""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from cmappraisal.calendars import as_days, dates
from cmappraisal.fields import as_ids, as_text, identifier, identifiers, int_between
from cmappraisal.training.hours import Hours, apart, as_hours
from cmappraisal.training.reprs import brief

MAXIMUM_GAP = 24 * 60
"""The longest gap between two sessions, in minutes: a day."""

MAXIMUM_CAPACITY = 100_000
"""The most seats of a room: a stadium."""


@frozen
class Room:
    """A room.

    Args:
        id: Its id.
        capacity: How many people it seats, from 1.
        closed: Dates on which it cannot be used.
        hours: The hours in which it is open, in any order. On a day that has hours of its own,
            only those count; on a half working day the others end at noon. With none for a day, it
            has one session on that day.
        gap: How many minutes there are at least between two sessions, where there are hours.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from datetime import time
    >>> room = Room("R-1", 30, hours=[Hours(time(9), time(12)), Hours(time(13), time(17))], gap=15)
    >>> room.capacity
    30
    """

    id: str = field(converter=as_text, validator=identifier)
    capacity: int = field(validator=int_between(1, MAXIMUM_CAPACITY))
    closed: frozenset[date] = field(
        default=frozenset(), converter=as_days, validator=dates, kw_only=True
    )

    hours: tuple[Hours, ...] = field(default=(), converter=as_hours, validator=apart, kw_only=True)
    gap: int = field(default=0, validator=int_between(0, MAXIMUM_GAP), kw_only=True)

    __repr__ = brief()


@frozen
class Trainer:
    """A trainer.

    Args:
        id: The trainer's id.
        teaches: Ids of the courses that the trainer teaches.
        away: Dates on which the trainer cannot teach.
        hours: The hours in which the trainer is there, as with those of a :class:`Room`.
        gap: How many minutes there are at least between two sessions, where there are hours.

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

    hours: tuple[Hours, ...] = field(default=(), converter=as_hours, validator=apart, kw_only=True)
    gap: int = field(default=0, validator=int_between(0, MAXIMUM_GAP), kw_only=True)

    __repr__ = brief()
