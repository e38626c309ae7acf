"""Reprs: a value in a line that a console can show, however much there is in it.

What has many elements is counted, and what is long is cut: a schedule of a year has hundreds of
sessions, and a failing test shows several schedules.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast

import attrs

from cmappraisal.showing import shown

MAXIMUM_REPR: Final = 300
"""Characters of a repr."""

_CUT: Final = "..."


def brief(*names: str) -> Any:
    """A ``__repr__`` of some fields, or of all, of at most :data:`MAXIMUM_REPR` characters.

    Args:
        names: The fields to show; with none, all that attrs would show.
    """

    def __repr__(self: object) -> str:  # noqa: N807 - what it becomes
        kind = type(self)
        fields = attrs.fields_dict(cast("type[attrs.AttrsInstance]", kind))
        # A value is shown by the words that its field has for it, such as the name of a plan.
        parts = [
            f"{name}={_shown(getattr(self, name), fields[name].repr)}"
            for name in names or [each.name for each in fields.values() if each.repr]
        ]
        text = f"{kind.__name__}({', '.join(parts)})"
        return text if len(text) <= MAXIMUM_REPR else text[: MAXIMUM_REPR - len(_CUT)] + _CUT

    return __repr__


def _shown(value: object, show: bool | Callable[[object], str]) -> str:
    if isinstance(value, (tuple, frozenset)) and len(value) > 1:
        return f"<{len(value)}>"
    return show(value) if callable(show) else shown(value)
