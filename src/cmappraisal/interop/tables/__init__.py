"""Tables: violations from the rows of a table into a ledger, and results out as rows.

Needs the extra ``tables``, which brings narwhals. A table is a frame of polars, pandas, pyarrow or
any other library that narwhals knows, or an iterable of mappings.
"""

from cmappraisal.interop.tables.columns import Column
from cmappraisal.interop.tables.findings import Reading, RowNote, RowProblem
from cmappraisal.interop.tables.readings import ledger_from
from cmappraisal.interop.tables.results import columns_of, rows
from cmappraisal.interop.tables.scoring import score_table

__all__ = [
    "Column",
    "Reading",
    "RowNote",
    "RowProblem",
    "columns_of",
    "ledger_from",
    "rows",
    "score_table",
]
