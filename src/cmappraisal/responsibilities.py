"""Responsibilities: who answers with the doer for a breach, and with how much of its points."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from attrs import field, frozen

from cmappraisal.fields import as_text, as_tuple, checked, identifier
from cmappraisal.texts import Text, a_text
from cmappraisal.weights import Add, Multiply, SetTo

Sharing: TypeAlias = Multiply | Add | SetTo
"""What of the points of a breach somebody else answers with."""


@frozen
class Responsibility:
    """Who holds a role over the doer answers for a breach too.

    Args:
        role: The role, as the tenures of people name it.
        text: The wording of the role.
        weight: What of the doer's points: :class:`~cmappraisal.Multiply` them, or
            :class:`SetTo` as many for the violation, or :class:`~cmappraisal.Add` to them.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> head = Text("負責人", "负责人", en="the head")
    >>> Responsibility("head", head, weight=Multiply("0.5")).role
    'head'
    """

    role: str = field(converter=as_text, validator=identifier)
    text: Text = field(validator=a_text)
    weight: Sharing = field(
        validator=checked(
            lambda value: isinstance(value, (Multiply, Add, SetTo)), "Multiply, Add or SetTo"
        ),
        kw_only=True,
    )


def as_responsibilities(value: Iterable[Responsibility]) -> tuple[Responsibility, ...]:
    """A tuple of responsibilities from any iterable of them."""
    return as_tuple(value)


responsibilities = checked(
    lambda value: (
        isinstance(value, tuple)
        and all(isinstance(each, Responsibility) for each in value)
        and len({each.role for each in value}) == len(value)
    ),
    "a list of Responsibility, one for each role",
)
"""A validator of responsibilities."""
