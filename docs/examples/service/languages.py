"""Languages: which of the three a client reads best."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Header

from cmappraisal import Language

BY_TAG: dict[str, Language] = {
    "zh-hant": "zh-Hant",
    "zh-hk": "zh-Hant",
    "zh-mo": "zh-Hant",
    "zh-tw": "zh-Hant",
    "zh": "zh-Hans",
    "en": "en",
}
"""The language of each tag, and of those that go on from it; the first that fits is the one."""


def _asked(accepted: str) -> Iterator[tuple[float, str]]:
    """The tags of a header Accept-Language, each with its weight."""
    for each in accepted.lower().split(","):
        tag, _, weight = each.partition(";")
        try:
            yield float(weight.strip().removeprefix("q=") or 1), tag.strip()
        except ValueError:
            continue


def language_of(
    language: Language | None = None, accept_language: Annotated[str, Header()] = ""
) -> Language:
    """The language that the query names, or else the first that the browser accepts, or English."""
    if language is not None:
        return language
    by_weight = sorted(_asked(accept_language), key=lambda asked: -asked[0])
    for weight, tag in by_weight:
        for known, spoken in BY_TAG.items():
            if weight > 0 and f"{tag}-".startswith(f"{known}-"):
                return spoken
    return "en"


ReadersLanguage = Annotated[Language, Depends(language_of)]
