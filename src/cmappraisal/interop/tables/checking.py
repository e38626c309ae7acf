"""Checking: whether a table can be the cases of a ledger, before anything of it is counted.

A ledger takes in nothing else, and a table has whatever somebody wrote into it. What a column can
hold is seen by its type, what a row lacks by the engine, and what facts cannot be by the library,
once for each distinct combination. No engine is asked to make a number or a day of anything else:
each does it in its own way, or ends with an error of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import MAXYEAR, MINYEAR
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from cmappraisal.allowances import not_allowed
from cmappraisal.errors import MAXIMUM_PROBLEMS, Problem, ScoringError
from cmappraisal.fields import identifier_allowed, is_identifier, is_int, require, require_all
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.tables.backends import Backend, Frame
from cmappraisal.interop.tables.cells import is_blank
from cmappraisal.interop.tables.kinds import COLUMNS, DAYS, KINDS, NEEDED
from cmappraisal.interop.tables.table_flaws import TableFlaw
from cmappraisal.points import (
    MAXIMUM_ASSESSED,
    MAXIMUM_POINTS,
    MAXIMUM_QUANTITY,
    PLACES,
    as_points,
    is_points,
    plain,
)

with needs_extra("tables", "narwhals"):
    import narwhals as nw

_NARROW = (nw.Int64, nw.Int32, nw.Int16, nw.Int8, nw.UInt32, nw.UInt16, nw.UInt8)
"""The types of whole numbers that any engine can make 64 bits of, and lose nothing."""

_QUANTITY = f"an int from 1 to {MAXIMUM_QUANTITY}"

POINTS: Mapping[str, Decimal] = MappingProxyType(
    {
        "assessed_points": MAXIMUM_ASSESSED,
        "decided_points": MAXIMUM_ASSESSED,
        "decided_money": MAXIMUM_POINTS,
    }
)
"""The columns of points and money, with the most that each can be."""


def names_of(columns: Iterable[str]) -> list[str]:
    """Those of some columns that are looked at, if all that are needed are among them.

    Args:
        columns: The names of the columns.

    Raises:
        FieldError: One that is needed is not there.
    """
    there = list(columns)
    fits = all(name in there for name in NEEDED)
    require("score_table", "frame", there, fits, f"a table with {', '.join(NEEDED)}")
    return [name for name in there if name in COLUMNS]


def columns_of(backend: Backend, frame: Frame) -> list[str]:
    """The names of the columns that are of the types of their fields.

    A column of another type is as if it were not there where it has no value, since an engine has
    to give some type to what says nothing.

    Args:
        backend: The engine.
        frame: The rows, with the columns that are looked at.

    Raises:
        FieldError: Others have values; it reports each such column.
    """
    schema = frame.collect_schema()
    names = [name for name, kind in schema.items() if COLUMNS[name].fits(kind)]
    others = [name for name in schema if name not in names and not _is_empty(backend, frame, name)]
    require_all(
        "score_table",
        *((f"frame.{name}", schema[name], False, COLUMNS[name].allowed) for name in others),
    )
    if "quantity" in names and not isinstance(schema["quantity"], _NARROW):
        values = [row["quantity"] for row in backend.distinct(frame, ["quantity"])]
        wrong = [each for each in values if not _is_quantity(each)][:MAXIMUM_PROBLEMS]
        require_all("score_table", *(("frame.quantity", each, False, _QUANTITY) for each in wrong))
    return names


def _is_empty(backend: Backend, frame: Frame, name: str) -> bool:
    return not backend.fetch(frame.filter(~nw.col(name).is_null()).select(name).head(1))


def _is_quantity(value: Any) -> bool:
    return value is None or (1 <= value <= MAXIMUM_QUANTITY and value == int(value))


def reject_cells(backend: Backend, frame: Frame) -> None:
    """Reject rows that lack what every row needs, or have a day that no calendar of Python has.

    Args:
        backend: The engine.
        frame: The rows, with all columns.

    Raises:
        ScoringError: It reports each such row.
    """
    lacks = {name: nw.col(name).is_null() for name in NEEDED}
    lacks |= {name: lacks[name] | (nw.col(name) == "") for name in NEEDED if name not in DAYS}
    beyond = {
        f"beyond_{name}": _is_beyond(name)
        for name in DAYS
        if name in backend.frame.collect_schema().names()
    }
    conditions = {f"lacks_{name}": each for name, each in lacks.items()} | beyond
    is_wrong = nw.any_horizontal(*conditions.values(), ignore_nulls=True)
    wrong = frame.filter(is_wrong).select(row=nw.col("id"), **conditions)
    rows = backend.fetch(wrong.head(MAXIMUM_PROBLEMS + 1))
    reject((row["row"], _problems_of_flags(row)) for row in rows)


def _is_beyond(name: str) -> Any:
    """Whether a column has a day in no year of Python's calendar, such as DuckDB's infinity."""
    # Spark makes no day of the year 1 from one of Python's, with which to compare.
    year = nw.col(name).dt.year()
    return (~year.is_between(MINYEAR, MAXYEAR)).fill_null(True) & ~nw.col(name).is_null()


def _problems_of_flags(row: Mapping[str, Any]) -> Iterator[Problem]:
    for name in NEEDED:
        if row[f"lacks_{name}"]:
            yield TableFlaw.BLANK.problem(f"$.{name}", name)
    for name in DAYS:
        if row.get(f"beyond_{name}"):
            yield TableFlaw.BEYOND.problem(f"$.{name}", name)


def reject_managers(backend: Backend, frame: Frame, managers: Iterable[str]) -> None:
    """Reject rows whose manager is named by no id: one that only looks like another's, say.

    Args:
        backend: The engine.
        frame: The rows.
        managers: What names their managers.

    Raises:
        ScoringError: It reports each such row.
    """
    wrong = [each for each in managers if not is_identifier(each)]
    if wrong:
        of_wrong = frame.filter(nw.col("manager").is_in(wrong)).select("id", "manager")
        named = [(row["id"], row["manager"]) for row in backend.fetch(of_wrong)]
        reject(
            (id, [not_allowed("$.manager", each, identifier_allowed(each))]) for id, each in named
        )


def number_in(text: str) -> Any:
    """What is read of a number that a table has; the text itself where it is none.

    Args:
        text: The number as the engine writes it; blank where there is none.
    """
    return None if is_blank(text) else as_points(text)


def problems_of_cells(row: Mapping[str, Any]) -> Iterator[Problem]:
    """What no fact can be, of the values that facts are made from.

    Args:
        row: The values, by the names of their columns.
    """
    if row["kind"] not in KINDS:
        yield not_allowed("$.kind", row["kind"], " or ".join(KINDS))
    if not is_int(row["quantity"], 1, MAXIMUM_QUANTITY):
        yield not_allowed("$.quantity", row["quantity"], _QUANTITY)
    for name, most in POINTS.items():
        number = number_in(row[name])
        if number is not None and not is_points(number, Decimal(0), most):
            allowed = (
                f"a finite Decimal from 0 to {plain(most)}, of at most {PLACES} decimal places"
            )
            yield not_allowed(f"$.{name}", number, allowed)


def reject(found: Iterable[tuple[str | None, Iterable[Problem]]]) -> None:
    """Raise the one error of rows that cannot be scored, where there are any.

    Args:
        found: The ids of rows, each with what is wrong with it.

    Raises:
        ScoringError: It reports each of them.
    """
    problems = [
        problem.within(f'$["{id}"]') if id else problem
        for id, of_case in sorted(found, key=lambda pair: pair[0] or "")
        for problem in of_case
    ]
    if problems:
        raise ScoringError(problems[:MAXIMUM_PROBLEMS], len(problems[MAXIMUM_PROBLEMS:]))
