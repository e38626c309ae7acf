"""Trainees: who is trained, in a group or in none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import field, frozen

from cmappraisal.fields import (
    as_id_tuple,
    as_optional_date,
    as_text,
    as_tuple,
    checked,
    id_tuple,
    identifier,
    optional_date,
    repeated,
    require_date,
)
from cmappraisal.training.reprs import brief


@frozen
class Trainee:
    """A relationship manager who is trained.

    Args:
        id: The person's id.
        hired_on: The day of hiring, from which stages are reckoned, and before which nothing is
            asked of the person; None where it is not known.
        needs: Ids of the courses that the person needs, most needed first.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> Trainee("RM-07", date(2026, 3, 2), needs=["negotiation"]).needs
    ('negotiation',)
    """

    id: str = field(converter=as_text, validator=identifier)
    hired_on: date | None = field(default=None, converter=as_optional_date, validator=optional_date)
    needs: tuple[str, ...] = field(
        default=(), converter=as_id_tuple, validator=id_tuple("course ids"), kw_only=True
    )

    __repr__ = brief()

    def is_hired(self, day: date) -> bool:
        """Whether the person is there on a day, as far as the day of hiring is known.

        Args:
            day: The day.

        Raises:
            FieldError: ``day`` is no date.

        >>> Trainee("RM-07", date(2026, 3, 2)).is_hired(date(2026, 3, 1))
        False
        """
        require_date("Trainee.is_hired", "day", day)
        return self.hired_on is None or self.hired_on <= day


def as_trainees(value: Iterable[Trainee]) -> tuple[Trainee, ...]:
    """A tuple from any iterable of trainees."""
    return as_tuple(value)


def is_trainees(value: object) -> bool:
    """Whether a value is a tuple of trainees, none of them twice."""
    return (
        isinstance(value, tuple)
        and all(isinstance(trainee, Trainee) for trainee in value)
        and not repeated(trainee.id for trainee in value)
    )


TRAINEES = "a list of Trainee, nobody twice"


@frozen
class Group:
    """Trainees who are trained as one: a team, or a class of a course.

    Args:
        id: Its id.
        trainees: Its members.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> Group("branch-1", [Trainee("RM-01"), Trainee("RM-02")]).size
    2
    """

    id: str = field(converter=as_text, validator=identifier)
    trainees: tuple[Trainee, ...] = field(
        converter=as_trainees, validator=checked(is_trainees, TRAINEES)
    )

    __repr__ = brief()

    @property
    def size(self) -> int:
        """How many members it has."""
        return len(self.trainees)
