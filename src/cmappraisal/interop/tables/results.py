"""Results: values as rows of plain values, for a file, a frame or a database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cmappraisal.fields import as_tuple, require
from cmappraisal.interop.tables.columns import ROWS, Column, Rows
from cmappraisal.showing import a


def rows(values: Any, detail: str) -> list[dict[str, Any]]:
    """The rows of values: a dict from the names of columns to plain values each.

    Every row has all the columns of its detail, in their order. Points are Decimals, days dates,
    moments datetimes; several ids are one text, sorted or in their order, with ``;`` between them;
    what is not there is None.

    Args:
        values: One value, an iterable of values, or a mapping to values such as ``score_all``
            returns.
        detail: Which rows: ``"cases"`` of a ledger; ``"appraisals"``, ``"subtotals"``, ``"lines"``
            or ``"steps"`` of appraisals; ``"postings"`` or ``"consequences"`` of points accounts;
            ``"sessions"`` of a schedule; ``"compliance"`` of a check; ``"problems"`` or ``"notes"``
            of a reading.

    Raises:
        FieldError: There are no such rows, or a value is of another type.

    >>> from cmappraisal import ERROR_POINTS, Ledger, Period, score_all
    >>> appraisals = score_all(Ledger(), ERROR_POINTS, Period.year(2025), managers=["RM-01"])
    >>> [(row["manager"], row["points"]) for row in rows(appraisals, "appraisals")]
    [('RM-01', Decimal('0'))]
    """
    kind = _rows_of("rows", detail)
    of = (values,) if isinstance(values, kind.of) else as_tuple(_values(values))
    fit = isinstance(of, tuple) and all(isinstance(each, kind.of) for each in of)
    named = a(kind.of.__name__)
    require("rows", "values", values, fit, f"{named}, or an iterable of or a mapping to such")
    return [
        {column.name: column.value(item) for column in kind.columns}
        for value in of
        for item in kind.items(value)
    ]


def columns_of(detail: str) -> tuple[Column, ...]:
    """The columns of rows, in their order.

    Args:
        detail: Which rows, as :func:`rows` names them.

    Raises:
        FieldError: There are no such rows.

    >>> [column.name for column in columns_of("subtotals")]
    ['manager', 'part', 'points']
    """
    return _rows_of("columns_of", detail).columns


def _values(values: Any) -> Iterable[Any]:
    return values.values() if isinstance(values, Mapping) else values


def _rows_of(where: str, detail: str) -> Rows:
    fits = isinstance(detail, str) and detail in ROWS
    require(where, "detail", detail, fits, f"one of {', '.join(ROWS)}")
    return ROWS[detail]
