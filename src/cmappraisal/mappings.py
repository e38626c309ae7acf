"""Mappings: a read-only mapping, as the fields of values hold it.

It is a value itself: it can be hashed and pickled, and two are equal where their items are. What a
plain dict or a proxy of one lacks is that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar, cast

import attrs

from cmappraisal.fields import as_text, is_identifier, is_iterable, reject

K = TypeVar("K")
V = TypeVar("V")


class ReadOnlyMapping(Mapping[K, V]):
    """A mapping that nobody changes.

    Args:
        items: Its items, in their order.
    """

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[K, V] | Iterable[tuple[K, V]] = ()) -> None:
        self._items: dict[K, V] = dict(items)

    def __getitem__(self, key: K) -> V:
        return self._items[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return repr(self._items)

    def __reduce__(self) -> tuple[type[ReadOnlyMapping[K, V]], tuple[dict[K, V]]]:
        return type(self), (self._items,)


def as_mapping(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """A read-only mapping from any mapping, its keys in their order."""
    return ReadOnlyMapping(value) if isinstance(value, Mapping) else value


def by_id(value: Any, otherwise: Any) -> Any:
    """A read-only mapping by id from a mapping, or from a set or list of ids; its ids are sorted.

    Args:
        value: What was given.
        otherwise: What each id of a set or list is mapped to.
    """
    items: Iterable[tuple[Any, Any]]
    if isinstance(value, Mapping):
        items = value.items()
    elif isinstance(value, (str, bytes)) or not is_iterable(value):
        return value
    else:
        items = [(id, otherwise) for id in value]
    pairs = [(as_text(id), given) for id, given in items]
    if not all(isinstance(id, str) for id, _ in pairs):
        return tuple(pairs)
    return ReadOnlyMapping(sorted(pairs, key=lambda pair: pair[0]))


def mapping_of(
    fits: Callable[[Any], bool], allowed: str
) -> Callable[[Any, attrs.Attribute[Any], Any], None]:
    """A validator of read-only mappings from ids to what fits.

    Args:
        fits: Whether a value of the mapping is allowed.
        allowed: What is allowed of the whole.
    """

    def validate(instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
        held = isinstance(value, ReadOnlyMapping)
        items = cast("Mapping[Any, Any]", value).items() if held else ()
        if not held or not all(is_identifier(id) and fits(each) for id, each in items):
            reject(instance, attribute.name, value, allowed)

    return validate
