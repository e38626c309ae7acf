"""Frames: the rows of a table, whichever library made it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from attrs import frozen

from cmappraisal.fields import is_iterable, require
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.tables.cells import FORMS_OF_FLOATS, shortest

with needs_extra("tables", "narwhals"):
    import narwhals as nw

TABLE = (
    "a frame of polars, pandas, pyarrow or another library that narwhals knows, with one column of "
    "a name, or an iterable of mappings"
)

BEFORE, AFTER = "< 0001-01-01", "> 9999-12-31"
"""What stands in a row for a day that Python has no date for."""

_OF_ARROW = ("__arrow_c_array__", "__arrow_c_stream__")
_A_DAY = 24 * 60 * 60
_FIRST, _LAST = -719_162, 2_932_896
# Nanoseconds do not count beyond the years 1677 to 2262.
_TICKS = {"s": 1, "ms": 10**3, "us": 10**6}


@frozen
class Table:
    """The rows of a table.

    Args:
        names: The names of its columns, in their order; not all need be texts.
        rows: Its rows, where it is an iterable of mappings.
        frame: Itself, where it is a frame.
    """

    names: tuple[Any, ...]
    rows: Sequence[Any] = ()
    frame: Any = None

    def reading(self, names: Iterable[str]) -> Iterator[Any]:
        """The rows, with some of their columns: of an iterable, whatever is in it.

        Args:
            names: The names of the columns that are read.
        """
        if self.frame is None:
            return iter(self.rows)
        wanted = list(dict.fromkeys(names))
        return _rows_of(self.frame.select(wanted) if wanted else self.frame)


def table_of(table: Any) -> Table:
    """A table, whichever library made it.

    Args:
        table: A frame, or an iterable of mappings.

    Raises:
        FieldError: It is no table.
    """
    try:
        frame = nw.from_native(table, pass_through=True, allow_series=True)
        if isinstance(frame, nw.LazyFrame):
            frame = frame.collect()
        if isinstance(frame, nw.DataFrame):
            return Table(tuple(frame.columns), frame=frame)
    except nw.exceptions.DuplicateError:
        frame = None
    # What an engine makes beside frames has columns, or values, where rows are expected.
    is_part = isinstance(frame, nw.Series) or any(hasattr(frame, each) for each in _OF_ARROW)
    fits = is_iterable(frame) and not is_part and not isinstance(frame, (str, bytes, Mapping))
    require("ledger_from", "rows", table, fits, TABLE)
    rows = list(cast(Iterable[Any], frame))
    mappings = (row for row in rows if isinstance(row, Mapping))
    return Table(tuple(dict.fromkeys(name for row in mappings for name in row)), rows)


def _rows_of(frame: Any) -> Iterator[dict[str, Any]]:
    """The rows of a frame, with values that Python has."""
    forms = {name: form for name, kind in frame.schema.items() if (form := _form_of(kind))}
    frame, beyond = _without_what_is_beyond(frame)
    # Old engines have no rows where there are no columns.
    rows = frame.iter_rows(named=True) if frame.columns else ({} for _ in range(len(frame)))
    for place, row in enumerate(rows):
        for name, form in forms.items():
            if type(row[name]) is float:
                row[name] = shortest(row[name], form)
        for name, sides in beyond.items():
            if sides[place]:
                row[name] = sides[place]
        yield row


def _form_of(kind: Any) -> str | None:
    """How ``struct`` names the floats of a column, where they are shorter than Python's."""
    size = {nw.Float16: 2, nw.Float32: 4}.get(type(kind), 0)
    return FORMS_OF_FLOATS.get(size)


def _without_what_is_beyond(frame: Any) -> tuple[Any, dict[str, list[str]]]:
    """The frame without days that Python has no date for, and by column what stands for them.

    The engines raise errors of their own as soon as the row of such a day is asked for.
    """
    beyond = {}
    for name, kind in frame.schema.items():
        bounds = _bounds_of(kind)
        if bounds is None:
            continue
        column = nw.col(name)
        number = column.cast(nw.Int32 if kind == nw.Date else nw.Int64)
        is_there, is_before, is_after = ~column.is_null(), number < bounds[0], number > bounds[1]
        after = nw.when(is_there & is_after).then(nw.lit(AFTER))
        side = nw.when(is_there & is_before).then(nw.lit(BEFORE)).otherwise(after)
        # Where there is none, some engines have NaN.
        found = frame.select(side.alias("side"))["side"].to_list()
        sides = [each if isinstance(each, str) else "" for each in found]
        if any(sides):
            beyond[name] = sides
            is_within = is_there & ~is_before & ~is_after
            frame = frame.with_columns(nw.when(is_within).then(column).alias(name))
    return frame, beyond


def _bounds_of(kind: Any) -> tuple[int, int] | None:
    """The first and the last moment of Python, as the engines count them; None of what is no day.

    Of moments in a zone a day is left out at either end, so that they have a date in their zone.
    """
    if kind == nw.Date:
        return _FIRST, _LAST
    if kind != nw.Datetime or kind.time_unit not in _TICKS:
        return None
    ticks, less = _A_DAY * _TICKS[kind.time_unit], 0 if kind.time_zone is None else 1
    return (_FIRST + less) * ticks, (_LAST + 1 - less) * ticks - 1
