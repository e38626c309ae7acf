"""Remedies: which id was meant by one that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

MAXIMUM_COMPARED = 100_000
"""Ids that are looked at to find the one that was meant: a tenth of a second's work."""


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """The remedy for a misspelt id: ``; did you mean "3.9"?``, or nothing.

    There is one where a single known id differs from the given one by its case alone, or by one
    character that is missing, added, another, or in its neighbour's place.
    """
    looked_at = list(islice(known, MAXIMUM_COMPARED))
    folded = given.casefold()
    for close in (
        [id for id in looked_at if id.casefold() == folded],
        [id for id in looked_at if _is_one_edit_from(given, id)],
    ):
        if close:
            return f'; did you mean "{close[0]}"?' if len(close) == 1 else ""
    return ""


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
