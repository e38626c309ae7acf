"""Dues: what follows from points, since when, because of what, and whether it was taken."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from attrs import field, frozen

from cmappraisal.consequences import MAXIMUM_DAYS
from cmappraisal.fields import (
    a_date,
    as_date,
    as_id_tuple,
    as_optional_date,
    as_text,
    id_tuple,
    identifier,
    instance_of,
    int_between,
    optional_date,
    optional_int_between,
    require_date,
)
from cmappraisal.points import a_number
from cmappraisal.provisions import Provision
from cmappraisal.takings import not_before_taken

MAXIMUM_NTH = 10**30
"""The latest time: more than the most points make in the smallest steps."""


@frozen
class ConsequenceDue:
    """A consequence that follows from a violation, or from points that reach a threshold.

    Args:
        manager: The id of who bears it.
        consequence: The id of the consequence.
        violation: The id of the violation from which it follows, or by which the threshold was
            crossed; in its case it is entered that the consequence was taken.
        crossed_on: The day on which that violation counts.
        since: The day from which it is due: from which all that it rests on was known.
        points: The points from which it follows: of the violation, or those that reach the
            threshold.
        because_of: The ids of the violations whose points these are, sorted.
        reason: The provision that states it.
        nth: Which time it is.
        days: How many days it lasts; None where that is not stated.
        courses: Ids of the courses that it asks for, in order.
        taken_on: The day on which it was taken; None where it was not.
        served_on: The day on which it was served; None where it was not.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    manager: str = field(converter=as_text, validator=identifier)
    consequence: str = field(converter=as_text, validator=identifier)
    violation: str = field(converter=as_text, validator=identifier, kw_only=True)
    crossed_on: date = field(converter=as_date, validator=a_date, kw_only=True)
    since: date = field(converter=as_date, validator=a_date, kw_only=True)
    points: Decimal = field(validator=a_number, kw_only=True)
    because_of: tuple[str, ...] = field(
        converter=as_id_tuple, validator=id_tuple("violation ids"), kw_only=True
    )
    reason: Provision = field(validator=instance_of(Provision, allowed="a Provision"), kw_only=True)
    nth: int = field(default=1, validator=int_between(1, MAXIMUM_NTH), kw_only=True)
    days: int | None = field(
        default=None, validator=optional_int_between(1, MAXIMUM_DAYS), kw_only=True
    )
    courses: tuple[str, ...] = field(
        default=(), converter=as_id_tuple, validator=id_tuple("course ids"), kw_only=True
    )
    taken_on: date | None = field(
        default=None, converter=as_optional_date, validator=optional_date, kw_only=True
    )
    served_on: date | None = field(
        default=None,
        converter=as_optional_date,
        validator=[optional_date, not_before_taken],
        kw_only=True,
    )

    def last_day(self, first: date) -> date | None:
        """The last day on which it holds, where it does from a day; None until further notice.

        Args:
            first: The day.

        Raises:
            FieldError: ``first`` is no date.

        >>> due = ConsequenceDue(
        ...     "RM-01",
        ...     "study",
        ...     violation="V-1",
        ...     crossed_on=date(2025, 3, 2),
        ...     since=date(2025, 3, 4),
        ...     points=Decimal(12),
        ...     because_of=["V-1"],
        ...     reason=Provision("G1", "thresholds", edition="2025"),
        ...     days=7,
        ... )
        >>> due.last_day(date(2025, 3, 10))
        datetime.date(2025, 3, 16)
        """
        first = require_date("ConsequenceDue.last_day", "first", first)
        if self.days is None:
            return self.served_on
        return date.fromordinal(min(first.toordinal() + self.days - 1, date.max.toordinal()))


@frozen
class TakenWithoutGround:
    """A consequence that was taken, but follows from nothing that is upheld.

    Args:
        manager: The id of who bears it.
        consequence: The id of the consequence.
        violation: The id of the violation in whose case it was taken.
        taken_on: The day on which it was taken.
        served_on: The day on which it was served; None where it was not.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    manager: str = field(converter=as_text, validator=identifier)
    consequence: str = field(converter=as_text, validator=identifier)
    violation: str = field(converter=as_text, validator=identifier, kw_only=True)
    taken_on: date = field(converter=as_date, validator=a_date, kw_only=True)
    served_on: date | None = field(
        default=None,
        converter=as_optional_date,
        validator=[optional_date, not_before_taken],
        kw_only=True,
    )
