"""Making: values that the library makes itself, from what was checked before, without more ado."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, TypeVar, cast

import attrs

T = TypeVar("T")


def unchecked(kind: type[T], /, **fields: object) -> T:
    """A value of a type of attrs from fields that are as they should be: nothing is checked.

    Args:
        kind: The type.
        fields: All of its fields.
    """
    value = object.__new__(kind)
    # Bound once for all fields: values are made so where many are.
    put = object.__setattr__.__get__(value)
    for name, held in fields.items():
        put(name, held)
    return value


def maker(kind: type[T]) -> Callable[..., T]:
    """What makes values of a type of attrs with slots, as :func:`unchecked` does, in half the time.

    Args:
        kind: The type; its maker takes what all of its fields hold, in their order.
    """
    puts = [getattr(kind, each.name).__set__ for each in attrs.fields(cast(Any, kind))]

    def make(*held: object) -> T:
        made = object.__new__(kind)
        for put, value in zip(puts, held, strict=True):
            put(made, value)
        return made

    return make


def copier(kind: type[T], *names: str) -> Callable[..., T]:
    """What copies values of a type of attrs with slots, some of whose fields are others.

    A copy takes a tenth of the time of a new value, since nothing is checked.

    Args:
        kind: The type.
        names: The fields that are others; a copy takes the value and then what these hold.
    """
    kept = [each.name for each in attrs.fields(cast(Any, kind)) if each.name not in names]
    read = attrgetter(*kept)
    keep = [getattr(kind, name).__set__ for name in kept]
    change = [getattr(kind, name).__set__ for name in names]

    def copy(value: T, *changed: object) -> T:
        made = object.__new__(kind)
        for put, held in zip(keep, read(value), strict=True):
            put(made, held)
        for put, held in zip(change, changed, strict=True):
            put(made, held)
        return made

    return copy
