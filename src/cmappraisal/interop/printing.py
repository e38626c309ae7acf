"""Printing: values as the Python that makes them, for whoever wants to paste them back."""

from __future__ import annotations

from functools import cache
from typing import Any

import attrs

from cmappraisal.interop.catalogue import NAMESPACES, TYPES, Member, members_of


@cache
def _constants() -> dict[int, str]:
    """The names of exported values, such as ``ERROR_POINTS``, by the identity of the value."""
    return {
        id(value): name
        for namespace in NAMESPACES
        for name in namespace.__all__
        if type(value := getattr(namespace, name)) in TYPES
    }


def call_of(value: Any) -> tuple[str, tuple[Any, ...], dict[str, Any] | None]:
    """The call that makes a value of the catalogue: a name, arguments, and arguments by name.

    What equals its default is left out. An exported value is its name alone, and has no arguments.

    Args:
        value: The value.

    >>> from cmappraisal import ERROR_POINTS
    >>> from cmappraisal.standards import Between
    >>> call_of(ERROR_POINTS)
    ('ERROR_POINTS', (), None)
    >>> call_of(Between(10, 20))
    ('Between', (Decimal('10'), Decimal('20')), {})
    """
    if name := _constants().get(id(value)):
        return name, (), None
    positional: list[Any] = []
    named: dict[str, Any] = {}
    in_order = True
    kind: type = type(value)
    for member in members_of(kind):
        held = getattr(value, member.name)
        if _is_default(member, held):
            in_order = False
        elif in_order and member.positional:
            positional.append(held)
        else:
            named[member.name] = held
    return kind.__name__, tuple(positional), named


def _is_default(member: Member, held: object) -> bool:
    is_made = isinstance(member.default, attrs.Factory)  # type: ignore[arg-type]
    return not member.is_needed and not is_made and bool(member.default == held)
