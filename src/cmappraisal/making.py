"""Making: values that the library makes itself, from what was checked before, without more ado."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, cast

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


class MadeWhenRead:
    """Values of attrs some of whose fields can be made when one of them is first read.

    Whoever compares, copies or pickles such a value reads all of its fields.
    """

    __slots__ = ("_later",)

    _later: Callable[[], Mapping[str, object]] | None

    @property
    def made_later(self) -> Callable[[], Mapping[str, object]] | None:
        """What makes the fields that are not made yet; None where all are."""
        return getattr(self, "_later", None)

    # A checker of types would take any name for an attribute.
    if not TYPE_CHECKING:  # pragma: no branch

        def __getattr__(self, name: str) -> Any:
            # Asked only where nothing is found under the name.
            is_field = name != "_later" and hasattr(type(self), name)
            later = getattr(self, "_later", None) if is_field else None
            if later is not None:
                for each, held in later().items():
                    object.__setattr__(self, each, held)
                # What they were made from is not needed any more.
                object.__setattr__(self, "_later", None)
            return object.__getattribute__(self, name)


L = TypeVar("L", bound=MadeWhenRead)


def made_when_read(kind: type[L], later: Callable[[], Mapping[str, object]], **fields: object) -> L:
    """A value some of whose fields are made when one of them is first read.

    Args:
        kind: The type.
        later: What makes those fields, by their names; it is kept until then.
        fields: All other fields, as they should be: nothing is checked.
    """
    return unchecked(kind, _later=later, **fields)


class Remembers:
    """Values that remember the last thing that came of them, for whoever asks the same again.

    It is no part of the value: it is neither compared, copied nor pickled.
    """

    __slots__ = ("_remembered",)

    @property
    def remembered(self) -> Any:
        """What came of it last; None where nothing did."""
        return getattr(self, "_remembered", None)

    def remember(self, what: object) -> None:
        """Remember what came of it, in the place of what did before.

        Args:
            what: What came of it.
        """
        object.__setattr__(self, "_remembered", what)


def maker(kind: type[T], *later: str) -> Callable[..., T]:
    """What makes values of a type of attrs with slots, as :func:`unchecked` does, but far faster.

    Args:
        kind: The type; its maker takes what all of its fields hold, in their order.
        later: The fields that are made when one of them is first read, as
            :func:`made_when_read` has them; the maker takes what makes them last.
    """
    names = [each.name for each in attrs.fields(cast(Any, kind)) if each.name not in later]
    names += ["_later"] if later else []
    filling = cast(Any, attrs.make_class(kind.__name__, names))
    # Python sets fields fast where the class of a value does not forbid to set or delete them. So
    # it is made as one of such a class, with the same slots, and once filled is one of its type.
    fillable: Any = type(
        kind.__name__,
        (kind,),
        {
            "__slots__": (),
            "__init__": filling.__init__,
            "__setattr__": object.__setattr__,
            "__delattr__": object.__delattr__,
        },
    )

    def make(*held: object) -> T:
        made: T = fillable(*held)
        made.__class__ = kind
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
