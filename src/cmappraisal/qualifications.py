"""Qualifications: whether somebody is qualified as a relationship manager on a day, and why."""

from __future__ import annotations

from datetime import date
from typing import cast

from attrs import field, frozen

from cmappraisal.consequences import Status, as_status
from cmappraisal.fields import (
    a_date,
    as_date,
    as_id_tuple,
    as_optional_date,
    as_text,
    beside,
    choice_of,
    id_tuple,
    identifier,
    is_tuple_of,
    optional_date,
    repeated,
)


def _is_since(made: Qualification, since: date | None) -> bool:
    return since is None if not made.status.is_loss else since is not None and since <= made.day


def _is_until(made: Qualification, until: date | None) -> bool:
    return until is None or (made.status.is_loss and until >= made.day)


@frozen
class Qualification:
    """Whether somebody is qualified on a day.

    Args:
        manager: The id of the relationship manager.
        day: The day.
        status: What holds on that day.
        since: The first day on which it is suspended or revoked; None where it is kept.
        until: The last day on which it is; None where it is kept, and where no end is known.
        consequences: Ids of the consequences by which it is suspended or revoked, sorted.
        because_of: Ids of the violations from which these follow, sorted.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> kept = Qualification("RM-01", date(2025, 3, 31))
    >>> kept.status.value
    'qualified'
    """

    manager: str = field(converter=as_text, validator=identifier)
    day: date = field(converter=as_date, validator=a_date)
    status: Status = field(
        default=Status.QUALIFIED,
        converter=as_status,
        validator=choice_of(Status),
        kw_only=True,
    )
    since: date | None = field(
        default=None,
        converter=as_optional_date,
        validator=[
            optional_date,
            beside(_is_since, "None where it is kept, or else a date on or before day"),
        ],
        kw_only=True,
    )
    until: date | None = field(
        default=None,
        converter=as_optional_date,
        validator=[
            optional_date,
            beside(_is_until, "None, or, where it is not kept, a date on or after day"),
        ],
        kw_only=True,
    )
    consequences: tuple[str, ...] = field(
        default=(), converter=as_id_tuple, validator=id_tuple("consequence ids"), kw_only=True
    )
    because_of: tuple[str, ...] = field(
        default=(), converter=as_id_tuple, validator=id_tuple("violation ids"), kw_only=True
    )


QUALIFICATIONS = "a list of Qualification, of one manager each"
"""What is allowed where qualifications are asked for."""


def are_qualifications(value: object) -> bool:
    """Whether a value is a tuple of qualifications, of one manager each."""
    if not is_tuple_of(value, Qualification):
        return False
    managers = (each.manager for each in cast("tuple[Qualification, ...]", value))
    return not repeated(managers)
