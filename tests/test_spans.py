"""Spans: months that run forward from a day, that day included, and those of the calendar."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from choices import assert_choices_are_worded
from cmappraisal import CalendarSpan, CountedOn, FieldError, Period
from cmappraisal.fields import DATE
from cmappraisal.showing import shown
from cmappraisal.spans import MAXIMUM_MONTHS, cycle_of, first_day, last_day
from cmappraisal.standards import Span

DAY = timedelta(days=1)


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


@given(st.dates(date(200, 1, 1), date.max), st.integers(1, MAXIMUM_MONTHS))
def test_the_first_day_is_the_first_whose_months_reach_the_day(end: date, months: int) -> None:
    first = first_day(end, months)
    assert last_day(first - DAY, months) < end <= last_day(first, months)


@pytest.mark.parametrize(
    ("end", "months", "first"),
    [
        (date(2025, 8, 9), 12, date(2024, 8, 10)),
        (date(2025, 2, 28), 12, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2023, 3, 1)),
        (date(2025, 3, 31), 1, date(2025, 3, 1)),
        (date(2025, 3, 29), 1, date(2025, 3, 1)),
        (date(2025, 12, 31), 12, date(2025, 1, 1)),
        (date(1, 1, 31), 1, date.min),
        (date(1, 2, 1), 1, date(1, 1, 2)),
        (date(1, 6, 1), MAXIMUM_MONTHS, date.min),
        (date.min, 1, date.min),
    ],
    ids=str,
)
def test_the_first_day_of_months_that_end_on_a_day(end: date, months: int, first: date) -> None:
    assert first_day(end, months) == first


# Those of the calendar.


def test_spans_of_the_calendar_are_worded() -> None:
    assert_choices_are_worded(
        CalendarSpan,
        {
            "week": ("週", "周", "week"),
            "month": ("月", "月", "month"),
            "quarter": ("季", "季", "quarter"),
            "half-year": ("半年", "半年", "half-year"),
            "year": ("年", "年", "year"),
        },
    )


SPAN_OF: dict[CalendarSpan, Callable[[date], object]] = {
    CalendarSpan.WEEK: lambda day: (day - day.weekday() * DAY).toordinal(),
    CalendarSpan.MONTH: lambda day: (day.year, day.month),
    CalendarSpan.QUARTER: lambda day: (day.year, (day.month + 2) // 3),
    CalendarSpan.HALF_YEAR: lambda day: (day.year, day.month > 6),
    CalendarSpan.YEAR: lambda day: day.year,
}


@st.composite
def a_few_years(draw: st.DrawFn) -> Period:
    """Periods of up to three years, anywhere in the calendar, often at its ends."""
    edges = st.sampled_from([date.min, date(9997, 12, 30)])
    first = draw(st.dates() | edges)
    days = draw(st.integers(0, 3 * 366) | st.just(3 * 366))
    return Period(first, first + min(days * DAY, date.max - first))


@given(st.sampled_from(CalendarSpan), a_few_years())
def test_spans_tile_a_period_each_inside_one_of_the_calendar(
    span: CalendarSpan, period: Period
) -> None:
    spans = list(span.within(period))
    assert spans[0].first == period.first
    assert spans[-1].last == period.last
    for one, next_one in pairwise(spans):
        assert next_one.first == one.last + DAY
        assert SPAN_OF[span](next_one.first) != SPAN_OF[span](one.last)
    for one in spans:
        assert SPAN_OF[span](one.first) == SPAN_OF[span](one.last)


@pytest.mark.parametrize(
    ("span", "period", "spans"),
    [
        # 1 January 2026 is a Thursday.
        (
            CalendarSpan.WEEK,
            Period(date(2026, 1, 1), date(2026, 1, 12)),
            "2026-01-01..2026-01-04 2026-01-05..2026-01-11 2026-01-12..2026-01-12",
        ),
        (CalendarSpan.WEEK, Period(date(2026, 1, 5), date(2026, 1, 11)), "2026-01-05..2026-01-11"),
        (CalendarSpan.WEEK, Period(date(2026, 1, 11), date(2026, 1, 11)), "2026-01-11..2026-01-11"),
        (
            CalendarSpan.WEEK,
            Period(date(2025, 12, 29), date(2026, 1, 5)),
            "2025-12-29..2026-01-04 2026-01-05..2026-01-05",
        ),
        (
            CalendarSpan.MONTH,
            Period(date(2024, 1, 31), date(2024, 3, 1)),
            "2024-01-31..2024-01-31 2024-02-01..2024-02-29 2024-03-01..2024-03-01",
        ),
        (
            CalendarSpan.QUARTER,
            Period.year(2026),
            "2026-01-01..2026-03-31 2026-04-01..2026-06-30 "
            "2026-07-01..2026-09-30 2026-10-01..2026-12-31",
        ),
        (
            CalendarSpan.QUARTER,
            Period(date(2026, 2, 15), date(2026, 5, 15)),
            "2026-02-15..2026-03-31 2026-04-01..2026-05-15",
        ),
        (
            CalendarSpan.QUARTER,
            Period(date(2026, 6, 30), date(2026, 6, 30)),
            "2026-06-30..2026-06-30",
        ),
        (
            CalendarSpan.HALF_YEAR,
            Period(date(2025, 12, 31), date(2026, 7, 1)),
            "2025-12-31..2025-12-31 2026-01-01..2026-06-30 2026-07-01..2026-07-01",
        ),
        (CalendarSpan.HALF_YEAR, Period(date(9999, 7, 1), date.max), "9999-07-01..9999-12-31"),
        (
            CalendarSpan.YEAR,
            Period(date(2025, 12, 31), date(2027, 1, 1)),
            "2025-12-31..2025-12-31 2026-01-01..2026-12-31 2027-01-01..2027-01-01",
        ),
        # The first day of the calendar is a Monday, the last a Friday.
        (
            CalendarSpan.WEEK,
            Period(date.min, date(1, 1, 8)),
            "0001-01-01..0001-01-07 0001-01-08..0001-01-08",
        ),
        (CalendarSpan.WEEK, Period(date(9999, 12, 28), date.max), "9999-12-28..9999-12-31"),
        (CalendarSpan.MONTH, Period(date.max, date.max), "9999-12-31..9999-12-31"),
        (CalendarSpan.QUARTER, Period.month(1, 1), "0001-01-01..0001-01-31"),
        (CalendarSpan.QUARTER, Period(date(9999, 10, 1), date.max), "9999-10-01..9999-12-31"),
        (
            CalendarSpan.YEAR,
            Period(date(9998, 7, 1), date.max),
            "9998-07-01..9998-12-31 9999-01-01..9999-12-31",
        ),
        (CalendarSpan.YEAR, Period(date.min, date.min), "0001-01-01..0001-01-01"),
    ],
)
def test_spans_of_a_calendar(span: CalendarSpan, period: Period, spans: str) -> None:
    assert [str(one) for one in span.within(period)] == spans.split()


@pytest.mark.parametrize("period", [None, "2026", date(2026, 1, 1), 2026])
def test_spans_are_those_of_a_period(period: Any) -> None:
    with pytest.raises(FieldError) as caught:
        next(CalendarSpan.WEEK.within(period))
    assert str(caught.value) == f"CalendarSpan.within: period is {period!r}; allowed: a Period"


# Either.


@pytest.mark.parametrize(
    ("span", "day", "first"),
    [
        (Span(months=12), date(2025, 8, 9), date(2024, 8, 10)),
        (Span(months=1), date(2025, 2, 28), date(2025, 1, 29)),
        (Span(calendar="year"), date(2025, 8, 9), date(2025, 1, 1)),
        (Span(calendar="half-year"), date(2025, 8, 9), date(2025, 7, 1)),
        (Span(calendar="quarter"), date(2025, 8, 9), date(2025, 7, 1)),
        (Span(calendar=CalendarSpan.MONTH), date(2025, 8, 9), date(2025, 8, 1)),
        (Span(calendar="week"), date(2025, 8, 9), date(2025, 8, 4)),
    ],
    ids=str,
)
def test_a_span_begins_with_its_months_or_with_that_of_the_calendar(
    span: Span, day: date, first: date
) -> None:
    assert span.first_of(day) == first


@pytest.mark.parametrize(
    ("span", "wordings"),
    [
        (Span(months=1), ("1 個月內", "1 个月内", "within 1 month")),
        (Span(months=12), ("12 個月內", "12 个月内", "within 12 months")),
        (Span(calendar="year"), ("同一年內", "同一年内", "within one year")),
        (
            Span(months=6, by="found"),
            (
                "6 個月內（按違規查出之日）",
                "6 个月内（按违规查出之日）",
                "within 6 months (by the day it was found)",
            ),
        ),
    ],
    ids=str,
)
def test_a_span_is_worded(span: Span, wordings: tuple[str, str, str]) -> None:
    assert (span.text.zh_hant, span.text.zh_hans, span.text.en) == wordings


CALENDAR = ", ".join(f'{each} or "{each.value}"' for each in CalendarSpan)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "calendar is None; allowed: a span of the calendar"),
        (
            {"months": 12, "calendar": "year"},
            "calendar is <CalendarSpan.YEAR: 'year'>; allowed: None beside",
        ),
        ({"calendar": "decade"}, f"calendar is 'decade'; allowed: None, or {CALENDAR}"),
        ({"calendar": 12}, f"calendar is 12; allowed: None, or {CALENDAR}"),
        ({"months": 12, "by": "written"}, "by is 'written'; allowed: CountedOn.OCCURRED or "),
        *(
            ({"months": months}, f"months is {shown(months)}; allowed: None, or an int from 1 to")
            for months in (0, -1, MAXIMUM_MONTHS + 1, 12.0, "12", True, [12])
        ),
    ],
    ids=str,
)
def test_what_is_no_span_is_reported(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(FieldError) as caught:
        Span(**fields)
    assert str(caught.value).startswith(f"Span: {message}")


def test_a_span_is_read_by_the_day_it_happened_unless_it_says_otherwise() -> None:
    assert Span(months=12).by is CountedOn.OCCURRED
    assert Span(months=MAXIMUM_MONTHS).months == MAXIMUM_MONTHS
    assert Span(months=12, by="effective").by is CountedOn.EFFECTIVE


CYCLES = [
    # (the first day, months, a day, its cycle)
    ("2023-05-20", 12, "2023-05-20", "2023-05-20..2024-05-19"),
    ("2023-05-20", 12, "2024-05-19", "2023-05-20..2024-05-19"),
    ("2023-05-20", 12, "2024-05-20", "2024-05-20..2025-05-19"),
    ("2023-05-20", 12, "2030-01-01", "2029-05-20..2030-05-19"),
    ("2024-02-29", 12, "2025-02-28", "2024-02-29..2025-02-28"),
    ("2024-02-29", 12, "2025-03-01", "2025-03-01..2026-02-28"),
    ("2024-02-29", 12, "2028-02-28", "2027-03-01..2028-02-28"),
    ("2024-02-29", 12, "2028-02-29", "2028-02-29..2029-02-28"),
    ("2024-01-31", 1, "2024-02-29", "2024-01-31..2024-02-29"),
    ("2024-01-31", 1, "2024-03-01", "2024-03-01..2024-03-30"),
    ("2024-01-31", 1, "2024-03-31", "2024-03-31..2024-04-30"),
    ("2024-01-31", 5, "2024-07-01", "2024-07-01..2024-11-30"),
    ("9999-06-01", 12, "9999-12-31", "9999-06-01..9999-12-31"),
]


@pytest.mark.parametrize(("start", "months", "day", "expected"), CYCLES)
def test_cycles_run_one_after_another(start: str, months: int, day: str, expected: str) -> None:
    cycle = cycle_of(date.fromisoformat(start), months, date.fromisoformat(day))
    assert str(cycle) == expected
    span = Span(months=months, cycle="licence")
    assert span.of(date.fromisoformat(day), date.fromisoformat(start)) == cycle
    assert span.first_of(date.fromisoformat(day), date.fromisoformat(start)) == cycle.first


@pytest.mark.parametrize("start", [date(2024, 2, 29), date(2024, 1, 31), date(2023, 5, 20)])
@pytest.mark.parametrize("months", [1, 5, 12, 13])
def test_each_day_is_in_one_cycle(start: date, months: int) -> None:
    day = last = start
    for _ in range(1_500):
        cycle = cycle_of(start, months, day)
        assert day in cycle
        assert cycle.last >= last
        if cycle.last > last and day > start:
            assert cycle.first == day
        last, day = cycle.last, day + timedelta(days=1)


def test_a_span_begins_on_a_day_or_is_that_of_the_calendar() -> None:
    day = date(2025, 8, 9)
    assert str(Span(months=6).of(day)) == "2025-08-09..2026-02-08"
    assert str(Span(calendar="quarter").of(day)) == "2025-07-01..2025-09-30"
    # Without a day from which cycles run there is no cycle to be in.
    assert str(Span(months=6, cycle="licence").of(day)) == "2025-08-09..2026-02-08"


def test_a_cycle_has_months_and_a_name() -> None:
    with pytest.raises(FieldError, match="cycle is 'x'; allowed: None beside a span of the cal"):
        Span(calendar="year", cycle="x")
    with pytest.raises(FieldError, match="cycle is ''; allowed: None, or a non-empty string"):
        Span(months=12, cycle="")
    assert Span(months=12, cycle="licence").text.en == "within one cycle of 12 months from licence"
    assert Span(months=12, cycle="licence", by="found").text.en == (
        "within one cycle of 12 months from licence (by the day it was found)"
    )


@pytest.mark.parametrize(
    ("period", "months"),
    [
        (Period(date(2026, 1, 1), date(2026, 2, 28)), [1, 2]),
        (Period(date(2026, 1, 2), date(2026, 3, 30)), [2]),
        (Period(date(2026, 1, 2), date(2026, 1, 31)), []),
    ],
    ids=str,
)
def test_a_span_that_a_period_cuts_is_not_wholly_within_it(
    period: Period, months: list[int]
) -> None:
    found = list(CalendarSpan.MONTH.whole_within(period))
    assert found == [Period.month(2026, month) for month in months]


def test_only_a_day_has_a_span_of_the_calendar() -> None:
    with pytest.raises(FieldError) as caught:
        CalendarSpan.MONTH.of(5)  # type: ignore[arg-type]
    assert str(caught.value) == f"CalendarSpan.of: day is 5; allowed: {DATE}"
