"""Registration: what tells hypothesis, by an entry point, how to draw every value type.

Hypothesis calls :func:`register` while it is itself being imported, perhaps by the strategies. So
nothing is drawn from there before a type is asked for.
"""

from __future__ import annotations

from typing import Any

import attrs

import cmappraisal
import cmappraisal.merkle
import cmappraisal.standards
import cmappraisal.training
from cmappraisal.interop.extras import needs_extra

with needs_extra("hypothesis", "hypothesis"):
    from hypothesis import strategies as st
    from hypothesis.strategies import SearchStrategy

NAMESPACES = (cmappraisal, cmappraisal.standards, cmappraisal.merkle, cmappraisal.training)
"""The packages whose exported names are public."""


def register() -> None:
    """Make every value type known to hypothesis."""
    for namespace in NAMESPACES:
        for name in namespace.__all__:
            kind = getattr(namespace, name)
            if isinstance(kind, type) and attrs.has(kind):
                st.register_type_strategy(kind, _strategy_of)


def _strategy_of(kind: type) -> SearchStrategy[Any]:
    from cmappraisal.interop.strategies import BY_TYPE  # noqa: PLC0415 - see above

    return BY_TYPE[kind]
