"""Tables drawn at random are read as a reader does that is written on its own."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import ERROR_POINTS
from cmappraisal.interop.tables import ledger_from
from costly import costly
from naive_reader import AT, naive_reading

numpy, pandas = pytest.importorskip("numpy"), pytest.importorskip("pandas")

BLANKS = (None, "", " \u3000", "\u200b", float("nan"), Decimal("NaN"), pandas.NaT, pandas.NA)
ODD = (True, b"V-1", object(), ["V-1"], {"risk": False}, 1.5, 10**300, float("inf"), "\ud800")
TEXTS = ("V-1", "V-2", "Ｖ－１", " V-2", "V\u200b-1", "\ufeffV-2", 7, 7.0, "7", "x" * 201, 2.0**60)
RULES = ("2.1", "3.2b", "３．１ａ", "3.15", "9.9", "2.11", 2.1, 1, "3.1")
NEW_YORK = timezone(timedelta(hours=-5))
DAYS = (
    date(2025, 3, 2),
    datetime(2025, 3, 2, tzinfo=AT.tzinfo),
    datetime(2025, 3, 2, 15, tzinfo=NEW_YORK),
    datetime(2025, 3, 2, 9, tzinfo=NEW_YORK),
    datetime(2025, 3, 2, tzinfo=NEW_YORK),
    pandas.Timestamp("2025-03-02T14:30"),
    pandas.Timestamp("2025-03-02T20:00Z"),
    "2025-03-02",
    "2025年3月2日",
    "２０２５－３－２",
    "2025-03-1²",
    "2025-02-30",
    "03-02",
    date(2027, 1, 1),
    date(2024, 1, 1),
    45718,
)
NUMBERS = (1, 2.0, "3", "３", "1_0", "1²", "1.5", "2.0", 0, -1, Decimal(2), 10**6, 10**6 + 1)
CIRCUMSTANCES = (
    "risk",
    "給本行帶來風險;不良影响",
    "Risk to the bank、adverse-effect",
    ["risk", None, "SEVERE EFFECT"],
    numpy.array(["risk", "x"]),
    "foo|bar",
    "risk；foo",
    7,
)


def cells(*values: Any) -> st.SearchStrategy[Any]:
    # Most rows have to be good, or the good ones are never met.
    return st.sampled_from(values[:1] * 3 * len(values) + values + BLANKS + ODD)


ROWS = st.fixed_dictionaries(
    {
        "id": st.one_of(st.integers(10, 99).map("V-{}".format), cells(*TEXTS)),
        "manager": cells(*TEXTS),
        "rule": cells(*RULES),
        "occurred_on": cells(*DAYS),
    },
    optional={
        "quantity": cells(*NUMBERS),
        "circumstances": cells(*CIRCUMSTANCES),
        "incident": cells(*TEXTS),
        "found_on": cells(*DAYS),
    },
)


@costly
@given(st.lists(ROWS, max_size=12))
def test_rows_are_read_as_a_naive_reader_reads_them(rows: list[dict[str, Any]]) -> None:
    # Every table has all the columns that it needs.
    rows = [dict.fromkeys(("id", "manager", "rule", "occurred_on")), *rows]
    formats = ["%Y-%m-%d", "%Y年%m月%d日"]
    reading = ledger_from(rows, ERROR_POINTS, at=AT, date_formats=formats)
    naive = naive_reading(rows)
    assert list(reading.ledger.upheld()) == naive.acts
    assert set(reading.bad_rows) == {*naive.of_cells, *naive.of_acts}
    assert reading.rows == len(rows) == len(reading.ledger) + len(reading.bad_rows)
    for row in reading.bad_rows:
        found = {(each.field, each.code.value) for each in reading.problems if each.row == row}
        if row in naive.of_acts:
            assert found == naive.of_acts[row]
        else:
            # What is wrong with the act beside its cells is reported as far as they can be read.
            assert naive.of_cells[row] <= found
