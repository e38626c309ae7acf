"""Consequences (處理措施): what follows from a breach beside points."""

from __future__ import annotations

import enum
from decimal import Decimal

from attrs import field, frozen

from cmappraisal.fields import as_text, boolean, choice_of, identifier, instance_of, member_of
from cmappraisal.points import MAXIMUM_POINTS, as_optional_points, points_between
from cmappraisal.texts import Text


class Status(enum.Enum):
    """What becomes of the qualification as a relationship manager.

    >>> Status("revoked") is Status.REVOKED
    True
    """

    REVOKED = "revoked"
    """The qualification is revoked."""


def _as_status(value: Status | str | None) -> Status | None:
    return None if value is None else member_of(Status, value)


@frozen
class Consequence:
    """What follows from a breach beside points, declared once in a rulebook.

    Args:
        id: The name by which rules refer to it.
        text: The wording.
        status: What becomes of the qualification; None where it is kept.
        money: What is withheld for a violation, in the currency of the standard; None without.
        elsewhere: Whether another procedure handles it, such as that of a discipline code.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> Consequence(
    ...     "fine", Text("扣發績效", "扣发绩效", en="performance pay withheld"), money=200
    ... ).money
    Decimal('200')
    """

    id: str = field(converter=as_text, validator=identifier)
    text: Text = field(validator=instance_of(Text, allowed="a Text in three languages"))
    status: Status | None = field(
        default=None,
        converter=_as_status,
        validator=choice_of(Status, optional=True),
        kw_only=True,
    )
    money: Decimal | None = field(
        default=None,
        converter=as_optional_points,
        validator=points_between(Decimal(0), MAXIMUM_POINTS, optional=True),
        kw_only=True,
    )
    elsewhere: bool = field(default=False, validator=boolean, kw_only=True)
