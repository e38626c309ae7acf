"""Citations: the place of a provision in a standard, as a path through its levels."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, cast

from attrs import field, frozen

from cmappraisal.fields import as_text, as_tuple, checked, is_identifier, is_int, require

MAXIMUM_ORDINAL = 9_999
"""The highest number of a part or a clause: more than any standard has, and short to write."""

MAXIMUM_LEVELS = 8
"""The most levels of a standard, two more than a statute has."""

_STEP = re.compile(r"[1-9][0-9]{0,3}|[^\d.\s][^.\s]*")
_NUMBER_AND_LIMB = re.compile(r"([0-9]*)(.*)", re.DOTALL)


def _as_path(value: str | Iterable[str | int]) -> Any:
    if isinstance(value, str):
        return tuple(step for written in as_text(value).split(".") for step in _steps(written))
    path = as_tuple(value)
    if not isinstance(path, tuple):
        return path
    return tuple(
        str(step) if is_int(step, 1, MAXIMUM_ORDINAL) else as_text(cast(str, step)) for step in path
    )


def _steps(written: str) -> tuple[str, ...]:
    """What stands between two points: a number, what begins with no digit, or the one after it."""
    number, limb = cast("re.Match[str]", _NUMBER_AND_LIMB.fullmatch(written)).groups()
    return tuple(filter(None, (number, limb))) or (written,)


def _is_path(value: object) -> bool:
    return (
        isinstance(value, tuple)
        and 0 < len(value) <= MAXIMUM_LEVELS
        and all(is_identifier(step) and _STEP.fullmatch(step) for step in value)
        and value[0].isascii()
        and value[0].isdecimal()
    )


@frozen
class Citation:
    """The place of a rule, a part or a clause in the standard.

    Args:
        path: One step for each level, from the outermost: a number from 1, or what begins with no
            digit, such as ``"b"``; the first is a number. As a list such as ``[3, 2, "b"]``, or as
            it is printed.

    Raises:
        FieldError: The path has a value that it does not allow.

    >>> print(Citation([3, 2, "b"]))
    3.2b
    >>> Citation("3.2b").path
    ('3', '2', 'b')
    """

    path: tuple[str, ...] = field(
        converter=_as_path,
        validator=checked(
            _is_path,
            f'a list of 1 to {MAXIMUM_LEVELS} steps such as [3, 2, "b"], or "3.2b": each a number '
            f"from 1 to {MAXIMUM_ORDINAL} or what begins with no digit and has no point, the "
            "first a number",
        ),
    )

    def __str__(self) -> str:
        written = self.path[0]
        for before, step in pairwise(self.path):
            is_limb = before.isdecimal() and not step.isdecimal()
            written += step if is_limb else f".{step}"
        return written

    def is_within(self, other: Citation | str | Iterable[str | int]) -> bool:
        """Whether it is a place within another, or that place itself.

        Args:
            other: The other citation, or its path.

        Raises:
            FieldError: The other is no citation.

        >>> Citation("3.2b").is_within("3")
        True
        """
        other = require_citation("Citation.is_within", "other", other)
        return self.path[: len(other.path)] == other.path


CITATION = 'a Citation, or its path such as [3, 2, "b"] or "3.2b"'
"""What is allowed where a citation is asked for."""


def as_citation(value: Citation | str | Iterable[str | int]) -> Citation:
    """A citation from its path, where the path is one."""
    path = _as_path(cast(Any, value))
    return Citation(path) if _is_path(path) else cast(Citation, value)


def require_citation(
    where: str, name: str, value: Citation | str | Iterable[str | int]
) -> Citation:
    """An argument that is a citation, or its path, as a citation; anything else is rejected."""
    citation = as_citation(value)
    require(where, name, citation, isinstance(citation, Citation), CITATION)
    return citation


def as_optional_citation(value: Citation | str | Iterable[str | int] | None) -> Citation | None:
    """None, or a citation from its path."""
    return None if value is None else as_citation(value)
