"""Backends: what each engine needs of its own to score a table where it is.

Everything else is said once for all engines, by narwhals.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from cmappraisal.errors import FieldError, Problem
from cmappraisal.fields import require
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.tables.kinds import COLUMNS
from cmappraisal.interop.tables.table_flaws import TableFlaw
from cmappraisal.showing import one_line

with needs_extra("tables", "narwhals"):
    import narwhals as nw

Frame: TypeAlias = Any
"""A frame of narwhals, eager or lazy."""

DIGITS = 38
"""The digits that the decimals of every engine have."""

WHOLE_DIGITS = 18
"""The digits that the whole numbers of every engine have."""

SPARE_DIGITS = 9
"""Digits beyond those of one row, for the sum of a thousand million of them."""

ENGINES = "a frame of polars, pandas, pyarrow or PySpark, or a relation of DuckDB"


class Backend:
    """PyArrow, and what all engines do alike: tables are made, and results come as frames did.

    Args:
        native: The frame that was given.
    """

    def __init__(self, native: Any) -> None:
        self._native = native
        self.frame: Frame = nw.from_native(native)

    def table(self, kinds: Mapping[str, type], rows: Sequence[Sequence[Any]], scale: int) -> Frame:
        """A table of few rows in this engine.

        Args:
            kinds: The names of the columns, with their types.
            rows: The rows.
            scale: The places of decimals.
        """
        return nw.from_native(arrow_table(kinds, rows, scale))

    def over(self, frame: Frame, keys: Sequence[str], **made: tuple[str, str]) -> Frame:
        """The rows, with aggregates of all rows that have the same keys.

        PyArrow has no windows. What stands for them elsewhere joins one column and takes for
        granted that the rows keep their order, which PyArrow does not promise and large tables do
        not keep. Here whole rows are joined.

        Args:
            frame: The rows.
            keys: The keys; what comes of a row with a blank one is not defined.
            made: By the name of each new column, the column and the kind of the aggregate.
        """
        aggregates = {name: getattr(nw.col(of), kind)() for name, (of, kind) in made.items()}
        grouped = frame.group_by(*keys).agg(**aggregates)
        there = [name for name in made if name in frame.collect_schema().names()]
        return frame.drop(*there).join(grouped, on=list(keys), how="left")

    def with_least(self, frame: Frame, keys: Sequence[str], by: Sequence[str], name: str) -> Frame:
        """The rows, with what the first row in an order holds of those that have the same keys.

        Args:
            frame: The rows.
            keys: The keys; none of them is blank.
            by: The columns to order by, the last only where those before are equal.
            name: What the names of the new columns begin with.
        """
        asked = nw.lit(True)
        for column in by:
            frame = frame.with_columns(candidate=nw.when(asked).then(nw.col(column)))
            frame = self.over(frame, keys, **{f"{name}_{column}": ("candidate", "min")})
            asked = asked & (nw.col(column) == nw.col(f"{name}_{column}"))
        return frame

    def in_little_room(self, name: str) -> Any:
        """A column of texts that come again and again, in as little room as an engine has for it.

        Args:
            name: The name of the column.
        """
        return nw.col(name)

    def held(self, frame: Frame) -> Frame:
        """The same rows; an engine that would make them anew for each use makes them now."""
        return frame

    def fetch(self, frame: Frame) -> list[dict[str, Any]]:
        """The rows of a frame, which are few."""
        collected = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
        found: list[dict[str, Any]] = collected.rows(named=True)
        return found

    def distinct(self, frame: Frame, names: Sequence[str]) -> list[dict[str, Any]]:
        """The distinct rows of some columns, which are few.

        They are grouped, since what is unique DuckDB and PySpark are asked for by windows.

        Args:
            frame: The rows.
            names: The names of the columns.
        """
        return self.fetch(frame.group_by(*names).agg(rows=nw.len()).select(*names))

    def native(self, frame: Frame) -> Any:
        """A frame, as the one that was given is."""
        return nw.to_native(frame)


class WindowBackend(Backend):
    """An engine that has windows."""

    def over(self, frame: Frame, keys: Sequence[str], **made: tuple[str, str]) -> Frame:
        """The rows, with aggregates of all rows that have the same keys."""
        aggregates = {name: getattr(nw.col(of), kind)() for name, (of, kind) in made.items()}
        return frame.with_columns(**{name: each.over(*keys) for name, each in aggregates.items()})


class PolarsBackend(WindowBackend):
    """Polars, whose eager frames are made lazy, so that all of it is planned at once."""

    def __init__(self, native: Any) -> None:
        super().__init__(native)
        self._is_lazy = isinstance(self.frame, nw.LazyFrame)
        self.frame = self.frame.lazy()

    def table(self, kinds: Mapping[str, type], rows: Sequence[Sequence[Any]], scale: int) -> Frame:
        """A table of few rows in this engine."""
        polars = importlib.import_module("polars")
        types = {
            str: polars.String,
            int: polars.Int64,
            bool: polars.Boolean,
            date: polars.Date,
            Decimal: polars.Decimal(DIGITS, scale),
        }
        schema = {name: types[kind] for name, kind in kinds.items()}
        return nw.from_native(polars.DataFrame(rows, schema=schema, orient="row").lazy())

    def in_little_room(self, name: str) -> Any:
        """A column of texts that come again and again, by their numbers."""
        # Before polars had Categories, each part of a frame numbered its texts by itself.
        has_one_count = hasattr(importlib.import_module("polars"), "Categories")
        return nw.col(name).cast(nw.Categorical) if has_one_count else nw.col(name)

    def fetch(self, frame: Frame) -> list[dict[str, Any]]:
        """The rows of a frame, made without holding all that they are made from."""
        found: list[dict[str, Any]] = nw.to_native(frame).collect(engine="streaming").to_dicts()
        return found

    def native(self, frame: Frame) -> Any:
        """A frame, lazy where the one that was given is."""
        native = nw.to_native(frame)
        return native if self._is_lazy else native.collect()


class PandasBackend(Backend):
    """Pandas, whose columns are computed with as PyArrow's, which has exact decimals."""

    def __init__(self, native: Any) -> None:
        pyarrow = importlib.import_module("pyarrow")
        # Nobody asks what else is there, which may be of no type that PyArrow has.
        read = native[[name for name in native.columns if name in COLUMNS]]
        try:
            table = pyarrow.Table.from_pandas(read, preserve_index=False)
        except (pyarrow.ArrowException, OverflowError, UnicodeError) as error:
            problem = TableFlaw.NOT_HELD.problem("$.frame", one_line(str(error)))
            raise _unfit(problem) from None
        super().__init__(table)

    def native(self, frame: Frame) -> Any:
        """A frame of pandas, whose columns have the types of PyArrow."""
        pandas = importlib.import_module("pandas")
        return nw.to_native(frame).to_pandas(types_mapper=pandas.ArrowDtype)


class DuckDBBackend(WindowBackend):
    """DuckDB."""

    def table(self, kinds: Mapping[str, type], rows: Sequence[Sequence[Any]], scale: int) -> Frame:
        """A table of few rows in the connection of the relation."""
        # Decimals of few digits would be faster, and old versions misread them.
        return self._of_arrow(arrow_table(kinds, rows, scale))

    def held(self, frame: Frame) -> Frame:
        """The same rows, made now."""
        return self._of_arrow(frame.collect("pyarrow").to_native())

    def _of_arrow(self, cmappraisal_rows: Any) -> Frame:
        """A table of PyArrow in the connection of the relation, which finds it by its name."""
        return nw.from_native(
            self._native.query("cmappraisal_given", "select * from cmappraisal_rows")
        )


class SparkBackend(WindowBackend):
    """PySpark, for tables beyond one machine."""

    def table(self, kinds: Mapping[str, type], rows: Sequence[Sequence[Any]], scale: int) -> Frame:
        """A table of few rows in the session of the frame."""
        types = importlib.import_module("pyspark.sql.types")
        of_kinds = {
            str: types.StringType(),
            int: types.LongType(),
            bool: types.BooleanType(),
            date: types.DateType(),
            Decimal: types.DecimalType(DIGITS, scale),
        }
        fields = [types.StructField(name, of_kinds[kind]) for name, kind in kinds.items()]
        session = self._native.sparkSession
        return nw.from_native(session.createDataFrame(list(rows), types.StructType(fields)))


def arrow_table(
    kinds: Mapping[str, type],
    rows: Sequence[Sequence[Any]],
    scale: int,
) -> Any:
    """A table of PyArrow.

    Args:
        kinds: The names of the columns, with their types.
        rows: The rows.
        scale: The places of decimals.
    """
    pyarrow = importlib.import_module("pyarrow")
    types = {
        str: pyarrow.string(),
        int: pyarrow.int64(),
        bool: pyarrow.bool_(),
        date: pyarrow.date32(),
        Decimal: pyarrow.decimal128(DIGITS, scale),
    }
    columns: Iterable[Sequence[Any]] = zip(*rows, strict=True) if rows else ((),) * len(kinds)
    arrays = {
        name: pyarrow.array(column, types[kind])
        for (name, kind), column in zip(kinds.items(), columns, strict=True)
    }
    return pyarrow.table(arrays)


BACKENDS: Mapping[str, type[Backend]] = {
    "polars": PolarsBackend,
    "pandas": PandasBackend,
    "pyarrow": Backend,
    "duckdb": DuckDBBackend,
    "pyspark": SparkBackend,
}
"""The engines, by the name that narwhals has for each; one that answers wrongly is not here."""


def _unfit(problem: Problem) -> FieldError:
    return FieldError([problem], subject="score_table")


def backend_of(frame: Any) -> Backend:
    """The engine of a frame.

    Raises:
        FieldError: It is no frame, or one of an engine that is not known to answer rightly.
    """
    try:
        known = nw.from_native(frame, pass_through=True)
    except nw.exceptions.DuplicateError:
        raise _unfit(TableFlaw.TWICE.problem("$.frame")) from None
    name = ""
    if isinstance(known, (nw.DataFrame, nw.LazyFrame)):
        name = known.implementation.name.lower()
    of = f"{ENGINES}; {name} is not among them" if name else ENGINES
    # A frame may have more rows than a message has room for.
    require("score_table", "frame", type(frame) if name else frame, name in BACKENDS, of)
    return BACKENDS[name](frame)
