"""Spans: months that run forward from a day, that day included."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal.clauses import MAXIMUM_MONTHS
from cmappraisal.spans import last_day


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        # The day before the same date.
        (date(2025, 3, 2), 12, date(2026, 3, 1)),
        (date(2025, 3, 2), 1, date(2025, 4, 1)),
        (date(2025, 3, 1), 1, date(2025, 3, 31)),
        (date(2025, 1, 1), 12, date(2025, 12, 31)),
        (date(2025, 12, 31), 1, date(2026, 1, 30)),
        (date(2024, 1, 1), 2, date(2024, 2, 29)),
        (date(2025, 1, 28), 1, date(2025, 2, 27)),
        (date(2024, 1, 29), 1, date(2024, 2, 28)),
        # The month's last day where the month has no such date.
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 1, 30), 1, date(2025, 2, 28)),
        (date(2025, 1, 29), 1, date(2025, 2, 28)),
        (date(2024, 1, 30), 1, date(2024, 2, 29)),
        (date(2025, 3, 31), 1, date(2025, 4, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 28)),
        # The end of the calendar.
        (date(9999, 12, 1), 1, date.max),
        (date(9999, 11, 30), 1, date(9999, 12, 29)),
        (date(9998, 12, 31), 12, date(9999, 12, 30)),
        (date(9999, 1, 1), 12, date.max),
        (date.max, 1, date.max),
        (date(2025, 1, 1), MAXIMUM_MONTHS, date(2124, 12, 31)),
        (date(2025, 1, 1), 10**9, date.max),
        (date(2025, 1, 1), 10**30, date.max),
        (date.min, 1, date(1, 1, 31)),
    ],
    ids=str,
)
def test_months_run_to_the_day_before_the_same_date(start: date, months: int, last: date) -> None:
    assert last_day(start, months) == last


DAYS = st.dates(date(1, 1, 1), date(9000, 12, 31))


@given(DAYS, st.integers(1, MAXIMUM_MONTHS - 1))
def test_more_months_end_later(start: date, months: int) -> None:
    assert start < last_day(start, months) < last_day(start, months + 1)


@given(DAYS, st.integers(1, MAXIMUM_MONTHS))
def test_a_later_start_ends_no_earlier(start: date, months: int) -> None:
    assert last_day(start, months) <= last_day(start + timedelta(days=1), months)


@given(DAYS, st.integers(1, 1200))
def test_so_many_months_are_about_so_many_days(start: date, months: int) -> None:
    days = (last_day(start, months) - start).days + 1
    assert months * 28 <= days <= months * 31
