"""Pydantic hooks: where Pydantic meets a type of the library, it is told how to take it.

Pydantic asks a type for ``__get_pydantic_core_schema__``. Each exported type has that, and what
answers is imported when it is asked: whoever has no Pydantic never meets it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs


def _core_schema(kind: type, source: Any, handler: Any) -> Any:
    """What Pydantic is told of a type; the arguments are Pydantic's own."""
    # The bridge needs what the core does not, and imports what exports this.
    from cmappraisal.interop.pydantic import core_schema_of  # noqa: PLC0415

    return core_schema_of(kind)


def open_to_pydantic(namespace: Mapping[str, Any]) -> None:
    """Let Pydantic take the types that a namespace exports.

    Args:
        namespace: The names of a package or a module, ``__all__`` among them.
    """
    for name in namespace["__all__"]:
        kind = namespace[name]
        if isinstance(kind, type) and attrs.has(kind):
            setattr(kind, "__get_pydantic_core_schema__", classmethod(_core_schema))  # noqa: B010
