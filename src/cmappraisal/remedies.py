"""Remedies: which id was meant by one that is not known."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice

MAXIMUM_COMPARED = 100_000
"""Ids that are looked at to find the one that was meant: a tenth of a second's work."""


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """The remedy for a misspelt id: ``; did you mean "3.9"?``, or nothing.

    There is one where a single known id differs from the given one by its case alone, or by one
    character that is missing, added, another, or in its neighbour's place.
    """
    meant = meant_by(given, list(islice(known, MAXIMUM_COMPARED)))
    return "" if meant is None else f'; did you mean "{meant}"?'


def meant_by(given: str, known: Collection[str]) -> str | None:
    """The single known id that a misspelt one can stand for; None where there is none, or several.

    Args:
        given: The misspelt id.
        known: The known ids, each once.

    >>> meant_by("3.99", ["3.9", "1.1"])
    '3.9'
    """
    folded = given.casefold()
    for close in (
        [id for id in known if id.casefold() == folded],
        [id for id in known if _is_one_edit_from(given, id)],
    ):
        if close:
            return close[0] if len(close) == 1 else None
    return None


class Spelling:
    """Known ids among which the one that was meant is found without looking at each of them.

    Two ids that are one edit apart become equal when at most one character is taken out of each.

    Args:
        known: The known ids.

    >>> Spelling(["RM-0417", "RM-2953"]).meant_by("RM-4017")
    'RM-0417'
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._by_shortened: dict[str, list[str]] = {}
        for id in dict.fromkeys(known):
            for key in {id.casefold(), *_shortened(id)}:
                self._by_shortened.setdefault(key, []).append(id)

    def meant_by(self, given: str) -> str | None:
        """The single known id that a misspelt one can stand for, as :func:`meant_by` says.

        Args:
            given: The misspelt id.
        """
        keys = {given.casefold(), *_shortened(given)}
        near = {id: None for key in sorted(keys) for id in self._by_shortened.get(key, ())}
        return meant_by(given, near)


def _shortened(id: str) -> set[str]:
    """An id, and what is left of it without any one of its characters."""
    return {id, *(id[:place] + id[place + 1 :] for place in range(len(id)))}


def _is_one_edit_from(one: str, other: str) -> bool:
    if not -1 <= len(one) - len(other) <= 1:
        return False
    shorter, longer = sorted((one, other), key=len)
    begins = next(
        (place for place, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b),
        len(shorter),
    )
    rest, longer_rest = shorter[begins:], longer[begins:]
    if len(rest) < len(longer_rest):
        return rest == longer_rest[1:]
    swapped = rest[1:2] + rest[:1] + rest[2:]
    return rest != longer_rest and longer_rest in (longer_rest[:1] + rest[1:], swapped)
