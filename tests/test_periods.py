"""Periods: first and last day, both included."""

import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest

from cmappraisal import FieldError, Period


@pytest.mark.parametrize(
    ("period", "text", "days"),
    [
        (Period.year(2024), "2024-01-01..2024-12-31", 366),
        (Period.year(1), "0001-01-01..0001-12-31", 365),
        (Period.year(9999), "9999-01-01..9999-12-31", 365),
        (Period.quarter(2025, 1), "2025-01-01..2025-03-31", 90),
        (Period.quarter(2025, 2), "2025-04-01..2025-06-30", 91),
        (Period.quarter(2025, 3), "2025-07-01..2025-09-30", 92),
        (Period.quarter(9999, 4), "9999-10-01..9999-12-31", 92),
        (Period.month(2024, 2), "2024-02-01..2024-02-29", 29),
        (Period.month(2100, 2), "2100-02-01..2100-02-28", 28),
        (Period.month(9999, 12), "9999-12-01..9999-12-31", 31),
        (Period(date(2025, 3, 4), date(2025, 3, 4)), "2025-03-04..2025-03-04", 1),
        (Period(date.min, date.max), "0001-01-01..9999-12-31", 3_652_059),
    ],
    ids=str,
)
def test_a_period_is_written_and_counted(period: Period, text: str, days: int) -> None:
    assert str(period) == text
    assert period.days == days


@pytest.mark.parametrize(
    ("day", "within"),
    [
        (date(2025, 3, 31), False),
        (date(2025, 4, 1), True),
        (date(2025, 6, 30), True),
        (date(2025, 7, 1), False),
        (datetime(2025, 4, 1, tzinfo=UTC), False),
        ("2025-04-01", False),
        (None, False),
    ],
)
def test_both_ends_are_within(day: object, within: bool) -> None:
    assert (day in Period.quarter(2025, 2)) == within


@pytest.mark.parametrize("day", [datetime(2025, 4, 1, tzinfo=UTC), "2025-04-01", None, 5])
def test_an_end_is_a_date(day: Any) -> None:
    with pytest.raises(FieldError, match=r"^Period: first is .*; allowed: a datetime\.date such"):
        Period(day, date(2025, 4, 1))
    with pytest.raises(FieldError, match=r"^Period: last is .*; allowed: a datetime\.date such as"):
        Period(date(2025, 4, 1), day)


def test_the_last_day_does_not_come_before_the_first() -> None:
    with pytest.raises(FieldError) as caught:
        Period(date(2025, 4, 2), date(2025, 4, 1))
    assert str(caught.value) == (
        "Period: last is datetime.date(2025, 4, 1); allowed: a date on or after first (2025-04-02)"
    )


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Period.year(0), "Period.year: year is 0; allowed: an int from 1 to 9999"),
        (lambda: Period.year(10_000), "Period.year: year is 10000; allowed: an int from 1 to 9999"),
        (lambda: Period.year(True), "Period.year: year is True; allowed: an int from 1 to 9999"),
        (
            lambda: Period.quarter(2025, 5),
            "Period.quarter: quarter is 5; allowed: an int from 1 to 4",
        ),
        (lambda: Period.quarter(0, 1), "Period.quarter: year is 0; allowed: an int from 1 to 9999"),
        (
            lambda: Period.month(2025, 0),
            "Period.month: month is 0; allowed: an int from 1 to 12",
        ),
        (
            lambda: Period.month(2025, 13),
            "Period.month: month is 13; allowed: an int from 1 to 12",
        ),
        (
            lambda: Period.month(2025, True),
            "Period.month: month is True; allowed: an int from 1 to 12",
        ),
        (
            lambda: Period.quarter(2025, 0),
            "Period.quarter: quarter is 0; allowed: an int from 1 to 4",
        ),
        (
            lambda: Period.year(10**10_000),
            "Period.year: year is <int that cannot be shown>; allowed: an int from 1 to 9999",
        ),
        (
            lambda: Period.month(2025, 1.0),  # type: ignore[arg-type]
            "Period.month: month is 1.0; allowed: an int from 1 to 12",
        ),
        (
            lambda: Period.month("2025", 1),  # type: ignore[arg-type]
            "Period.month: year is '2025'; allowed: an int from 1 to 9999",
        ),
    ],
)
def test_a_part_of_the_calendar_has_to_be_there(make: Callable[[], Period], message: str) -> None:
    with pytest.raises(FieldError) as caught:
        make()
    assert str(caught.value) == message


def test_a_period_is_a_value() -> None:
    year = Period.year(2025)
    again = pickle.loads(pickle.dumps(year))
    assert again == year == Period(first=date(2025, 1, 1), last=date(2025, 12, 31))
    assert hash(again) == hash(year)
    assert attrs.evolve(year, last=date(2025, 3, 31)) == Period.quarter(2025, 1)
    with pytest.raises(FieldError, match=r"^Period: last is .*; allowed: a date on or after first"):
        attrs.evolve(year, last=date(2024, 12, 31))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        year.last = date(2025, 3, 31)  # type: ignore[misc]
