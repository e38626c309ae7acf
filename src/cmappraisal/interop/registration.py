"""Registration: what tells hypothesis, by an entry point, how to draw and show every value type.

Hypothesis calls :func:`register` while it is itself being imported, perhaps by the strategies. So
nothing is drawn from there before a type is asked for, and nothing is looked up before it is shown.
"""

from __future__ import annotations

from typing import Any

from cmappraisal.clauses import Answers
from cmappraisal.interop.catalogue import NOT_DATA, TYPES
from cmappraisal.interop.extras import needs_extra
from cmappraisal.mappings import ReadOnlyMapping

with needs_extra("hypothesis", "hypothesis"):
    from hypothesis import strategies as st
    from hypothesis.strategies import SearchStrategy
    from hypothesis.vendor.pretty import RepresentationPrinter, for_type_by_name


def register() -> None:
    """Make every value type known to hypothesis."""
    for kind in (*TYPES, *NOT_DATA):
        st.register_type_strategy(kind, _strategy_of)
    for kind in TYPES:
        show_as_python(kind)
    for mapping in (ReadOnlyMapping, Answers):
        show_as_dict(mapping)


def _strategy_of(kind: type) -> SearchStrategy[Any]:
    from cmappraisal.interop.strategies import strategy_of  # noqa: PLC0415 - see above

    return strategy_of(kind)


def show_as_python(kind: type) -> None:
    """Make hypothesis show values of a type so that they can be pasted back as Python.

    Args:
        kind: A type of attrs; its ``repr`` stays as short as it is.
    """
    for_type_by_name(kind.__module__, kind.__name__, _printed)


def show_as_dict(kind: type) -> None:
    """Make hypothesis show a read-only mapping as the dict that its field takes.

    Args:
        kind: The type of the mapping.
    """
    for_type_by_name(kind.__module__, kind.__name__, _printed_as_dict)


def _printed_as_dict(value: Any, printer: RepresentationPrinter, cycle: bool) -> None:
    printer.pretty(dict(value))


def _printed(value: Any, printer: RepresentationPrinter, cycle: bool) -> None:
    from cmappraisal.interop.printing import call_of  # noqa: PLC0415 - see above

    name, positional, named = call_of(value)
    if named is None:
        printer.text(name)
    else:
        printer.repr_call(name, positional, named)
