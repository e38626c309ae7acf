"""Frames: the rows of a table, whichever library made it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from cmappraisal.fields import is_iterable, require
from cmappraisal.interop.extras import needs_extra
from cmappraisal.showing import shown

with needs_extra("tables", "narwhals"):
    import narwhals as nw

TABLE = (
    "a frame of polars, pandas, pyarrow or another library that narwhals knows, with one column of "
    "a name, or an iterable of mappings"
)


def rows_of(table: Any) -> tuple[list[str], Iterable[Any]]:
    """The names of the columns of a table, and its rows.

    Args:
        table: A frame, or an iterable of mappings.

    Returns:
        The names in their order, and the rows: a mapping from names to values each, and of an
        iterable whatever is in it.

    Raises:
        FieldError: It is no table.
    """
    try:
        frame = nw.from_native(table, pass_through=True)
        if isinstance(frame, nw.LazyFrame):
            frame = frame.collect()
        if isinstance(frame, nw.DataFrame):
            return frame.columns, frame.iter_rows(named=True)
    except nw.exceptions.DuplicateError:
        frame = None
    fits = is_iterable(frame) and not isinstance(frame, (str, bytes, Mapping))
    require("ledger_from", "rows", table, fits, TABLE)
    rows = list(cast(Iterable[Any], frame))
    columns = {shown(name) if not isinstance(name, str) else name: None for name in _names(rows)}
    return list(columns), rows


def _names(rows: Iterable[Any]) -> Iterator[Any]:
    for row in rows:
        if isinstance(row, Mapping):
            yield from row
