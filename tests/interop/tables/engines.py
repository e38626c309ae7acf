"""The engines that tables are tested on; one that is not installed is skipped with its reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

Rows = Sequence[Mapping[str, Any]]


def polars(rows: Rows) -> Any:
    return pytest.importorskip("polars").DataFrame(rows, infer_schema_length=None)


def polars_lazy(rows: Rows) -> Any:
    return polars(rows).lazy()


def pandas(rows: Rows) -> Any:
    # What the library makes of it has decimals of PyArrow.
    pytest.importorskip("pyarrow")
    return pytest.importorskip("pandas").DataFrame(rows)


def pyarrow(rows: Rows) -> Any:
    return pytest.importorskip("pyarrow").Table.from_pylist(list(rows))


def duckdb(rows: Rows) -> Any:
    table = pyarrow(rows)
    # A relation does not keep a connection of its own open in every version.
    return pytest.importorskip("duckdb").from_arrow(table)


ENGINES: dict[str, Callable[[Rows], Any]] = {
    "polars": polars,
    "polars-lazy": polars_lazy,
    "pandas": pandas,
    "pyarrow": pyarrow,
    "duckdb": duckdb,
}
