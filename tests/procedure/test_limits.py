"""Time limits: working days or days of the calendar, and what ends on a day off."""

from datetime import date
from typing import Any

import pytest

from cmappraisal import CalendarError, FieldError, WorkCalendar
from cmappraisal.procedure import TimeLimit
from cmappraisal.procedure.limits import MAXIMUM_DAYS

# The National Day of 2025 with its days in lieu: 1 to 8 October off, 28 September and 11 October
# worked.
NATIONAL_DAY = WorkCalendar(
    holidays=[date(2025, 10, day) for day in range(1, 9)],
    workdays=[date(2025, 9, 28), date(2025, 10, 11)],
)


@pytest.mark.parametrize(
    ("limit", "day", "last"),
    [
        (TimeLimit(0), date(2025, 9, 26), date(2025, 9, 26)),
        (TimeLimit(10), date(2025, 9, 26), date(2025, 10, 6)),
        (TimeLimit(10, extended=True), date(2025, 9, 26), date(2025, 10, 9)),
        (TimeLimit(13, extended=True), date(2025, 9, 26), date(2025, 10, 9)),
        (TimeLimit(0, working_days=True), date(2025, 10, 1), date(2025, 10, 1)),
        (TimeLimit(1, working_days=True), date(2025, 9, 26), date(2025, 9, 28)),
        (TimeLimit(5, working_days=True), date(2025, 9, 26), date(2025, 10, 10)),
        (TimeLimit(6, working_days=True), date(2025, 9, 26), date(2025, 10, 11)),
        (TimeLimit(5, working_days=True, extended=True), date(2025, 9, 26), date(2025, 10, 10)),
        (TimeLimit(10), date.max, date.max),
    ],
)
def test_the_last_day_of_a_limit(limit: TimeLimit, day: date, last: date) -> None:
    assert limit.last_day(day, NATIONAL_DAY) == last


def test_a_calendar_that_ends_has_no_such_day() -> None:
    with pytest.raises(CalendarError):
        TimeLimit(1, working_days=True).last_day(date.max)


@pytest.mark.parametrize("days", [-1, MAXIMUM_DAYS + 1, True, 1.0, "5", None])
def test_days_are_an_int_within_bounds(days: Any) -> None:
    with pytest.raises(FieldError, match=r"TimeLimit: days is .*; allowed: an int from 0 to 3660"):
        TimeLimit(days)


def test_every_argument_that_does_not_fit_is_reported() -> None:
    wrong: Any = "no"
    with pytest.raises(FieldError) as caught:
        TimeLimit(wrong, working_days=wrong, extended=wrong)
    assert len(caught.value.problems) == 3
    with pytest.raises(FieldError, match="calendar is 'no'; allowed: a WorkCalendar"):
        TimeLimit(1).last_day(date(2025, 1, 1), wrong)
    with pytest.raises(FieldError, match="day is 'no'"):
        TimeLimit(1).last_day(wrong)
