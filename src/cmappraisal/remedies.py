"""Remedies: which id was meant by one that is not known."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice

MAXIMUM_COMPARED = 100_000
"""Ids that are looked at to find the one that was meant: a tenth of a second's work."""

MAXIMUM_LIMBS = 12
"""Limbs of a clause that a remedy lists: as many as a standard has, and few enough to read."""


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """The remedy for a misspelt id: ``; did you mean "3.9"?``, or nothing.

    There is one where :func:`all_meant_by` finds what was meant.
    """
    meant = " or ".join(f'"{id}"' for id in all_meant_by(given, known))
    return f"; did you mean {meant}?" if meant else ""


def all_meant_by(given: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known ids that a given one can stand for: the single one nearest to it, or its limbs.

    The nearest differs by its case alone, or by one character that is missing, added, another, or
    in its neighbour's place. The limbs of a clause such as 3.1 are 3.1a and 3.1b; there are at most
    :data:`MAXIMUM_LIMBS`.

    Args:
        given: The id.
        known: The known ids; those beyond :data:`MAXIMUM_COMPARED` are not looked at.

    >>> all_meant_by("3.1", ["3.1a", "3.1b", "3.2"])
    ('3.1a', '3.1b')
    """
    compared = list(islice(known, MAXIMUM_COMPARED))
    is_clause = given[-1:].isdecimal()
    limbs = sorted(id for id in compared if is_clause and id[:-1] == given and id[-1:].isalpha())
    if 0 < len(limbs) <= MAXIMUM_LIMBS:
        return tuple(limbs)
    meant = meant_by(given, compared)
    return () if meant is None else (meant,)


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
        self._longest = 0
        for id in dict.fromkeys(known):
            self._longest = max(self._longest, len(id))
            for key in {id.casefold(), *_shortened(id)}:
                self._by_shortened.setdefault(key, []).append(id)

    def meant_by(self, given: str) -> str | None:
        """The single known id that a misspelt one can stand for, as :func:`meant_by` says.

        Args:
            given: The misspelt id.
        """
        # Taking one character after another out of a text takes the square of its length.
        if len(given) > self._longest + 1:
            return None
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
