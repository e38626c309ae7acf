"""Spans: a stretch of time, within which things count together.

A span is so many months from a day; or the week, month, quarter, half-year or year of the calendar
that the day is in; or the cycle of so many months that it is in, counted from a day of the person's
own, such as that of a first licence.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache

from attrs import field, frozen
from dateutil.relativedelta import relativedelta

from cmappraisal.alternatives import CountedOn
from cmappraisal.fields import (
    as_optional_text,
    beside,
    choice_of,
    member_of,
    optional_identifier,
    optional_int_between,
    require,
    require_date,
)
from cmappraisal.periods import Period
from cmappraisal.texts import Choice, Text

MAXIMUM_MONTHS = 1_200
"""The most months of a span: a hundred years, more than anybody works."""

_DAY = timedelta(days=1)
_DAYS = 2**14
"""What is kept of so many days, which is more than forty years of them."""


def _shifted(day: date, months: int) -> date:
    """The same date so many months later, or the last day of the month where there is none."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=_DAYS)
def last_day(start: date, months: int) -> date:
    """The last day of so many months from a day, that day included.

    It is the day before the same date, or the month's last day where there is none; the calendar's
    last day where the months end after it.

    >>> last_day(date(2025, 3, 2), 12), last_day(date(2025, 1, 31), 1)
    (datetime.date(2026, 3, 1), datetime.date(2025, 2, 28))
    """
    start = require_date("Span", "day", start)
    try:
        same_date = _shifted(start, months)
    except (ValueError, OverflowError):
        return date.max
    return same_date if same_date.day < start.day else same_date - _DAY


@lru_cache(maxsize=_DAYS)
def first_day(end: date, months: int) -> date:
    """The first day from which so many months reach a day.

    It is the first whose :func:`last_day` is not before that day; the calendar's first day where
    the months begin before it.

    >>> first_day(date(2026, 3, 1), 12), first_day(date(2025, 2, 28), 1)
    (datetime.date(2025, 3, 2), datetime.date(2025, 1, 29))
    """
    end = require_date("Span", "day", end)
    try:
        return _shifted(end, -months) + _DAY
    except (ValueError, OverflowError):
        return date.min


@lru_cache(maxsize=_DAYS)
def cycle_of(start: date, months: int, day: date) -> Period:
    """The cycle of so many months that has a day, counted from the start of the first.

    Args:
        start: The first day of the first cycle.
        months: How many months each has.
        day: The day, not before the start.

    >>> print(cycle_of(date(2023, 5, 20), 12, date(2024, 6, 1)))
    2024-05-20..2025-05-19
    """
    day = require_date("Span", "day", day)
    elapsed = 12 * (day.year - start.year) + day.month - start.month
    # The month of a day says which cycle it is in, or the one after that.
    before = max(elapsed // months, 0) * months
    while before and last_day(start, before) >= day:
        before -= months
    first = last_day(start, before) + _DAY if before else start
    return Period(first, last_day(start, before + months))


class CalendarSpan(Choice):
    """A span of the calendar.

    >>> [str(month) for month in CalendarSpan.MONTH.within(Period.quarter(2026, 1))]
    ['2026-01-01..2026-01-31', '2026-02-01..2026-02-28', '2026-03-01..2026-03-31']
    """

    WEEK = "week", Text("週", "周", en="week")
    MONTH = "month", Text("月", "月", en="month")
    QUARTER = "quarter", Text("季", "季", en="quarter")
    HALF_YEAR = "half-year", Text("半年", "半年", en="half-year")
    YEAR = "year", Text("年", "年", en="year")

    def of(self, day: date) -> Period:
        """The whole span that has a day.

        Args:
            day: The day.

        Raises:
            FieldError: ``day`` is no date.

        >>> print(CalendarSpan.QUARTER.of(date(2026, 5, 20)))
        2026-04-01..2026-06-30
        """
        return _of_calendar(self, require_date("CalendarSpan.of", "day", day))

    def within(self, period: Period) -> Iterator[Period]:
        """The spans of a period, in order.

        Args:
            period: The period; a span that it cuts is as long as what it leaves.

        Raises:
            FieldError: ``period`` is no Period.
        """
        require("CalendarSpan.within", "period", period, isinstance(period, Period), "a Period")
        first = period.first
        while (last := self.of(first).last) < period.last:
            yield Period(first, last)
            first = last + relativedelta(days=1)
        yield Period(first, period.last)

    def whole_within(self, period: Period) -> Iterator[Period]:
        """The spans that lie wholly in a period, in order.

        Args:
            period: The period.

        Raises:
            FieldError: ``period`` is no Period.

        >>> [str(month) for month in CalendarSpan.MONTH.whole_within(
        ...     Period(date(2026, 1, 15), date(2026, 3, 15))
        ... )]
        ['2026-02-01..2026-02-28']
        """
        return (span for span in self.within(period) if span == self.of(span.first))


@lru_cache(maxsize=_DAYS)
def _of_calendar(calendar: CalendarSpan, day: date) -> Period:
    first, last = _ENDS[calendar]
    return Period(day + first(day), day + last(day))


def as_calendar_span(value: CalendarSpan | str) -> CalendarSpan:
    """The member from the member itself or from its value."""
    return member_of(CalendarSpan, value)


_ENDS: Mapping[
    CalendarSpan, tuple[Callable[[date], relativedelta], Callable[[date], relativedelta]]
] = {
    CalendarSpan.WEEK: (
        lambda day: relativedelta(days=-day.weekday()),
        lambda day: relativedelta(days=min(6 - day.weekday(), (day.max - day).days)),
    ),
    CalendarSpan.MONTH: (lambda _: relativedelta(day=1), lambda _: relativedelta(day=31)),
    CalendarSpan.QUARTER: (
        lambda day: relativedelta(month=day.month - (day.month - 1) % 3, day=1),
        lambda day: relativedelta(month=day.month + (-day.month) % 3, day=31),
    ),
    CalendarSpan.HALF_YEAR: (
        lambda day: relativedelta(month=day.month - (day.month - 1) % 6, day=1),
        lambda day: relativedelta(month=day.month + (-day.month) % 6, day=31),
    ),
    CalendarSpan.YEAR: (
        lambda _: relativedelta(month=1, day=1),
        lambda _: relativedelta(month=12, day=31),
    ),
}
"""From a day to the first and to the last of its span."""


def _as_optional_calendar_span(value: CalendarSpan | str | None) -> CalendarSpan | None:
    """None, or the member from the member itself or from its value."""
    return None if value is None else as_calendar_span(value)


def _as_day(value: CountedOn | str) -> CountedOn:
    """The member from the member itself or from its value."""
    return member_of(CountedOn, value)


def _within_one(calendar: CalendarSpan) -> Text:
    name = calendar.text
    return Text(f"同一{name.zh_hant}內", f"同一{name.zh_hans}内", en=f"within one {name.en}")


@frozen
class Span:
    """Within which time things count together.

    Args:
        months: So many months, which run forward from a day to the day before the same date; None
            where the calendar says.
        calendar: The stretch of the calendar; None where months do. One of the two is given.
        cycle: The name of the :class:`~cmappraisal.Milestone` of the person from which cycles of so
            many months run one after another; None where months run from the day of each act.
        by: Which day of a violation is looked at.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> Span(months=12).first_of(date(2025, 8, 9))
    datetime.date(2024, 8, 10)
    >>> Span(calendar="year").first_of(date(2025, 8, 9))
    datetime.date(2025, 1, 1)
    """

    months: int | None = field(
        default=None, validator=optional_int_between(1, MAXIMUM_MONTHS), kw_only=True
    )
    calendar: CalendarSpan | None = field(
        default=None,
        converter=_as_optional_calendar_span,
        validator=[
            choice_of(CalendarSpan, optional=True),
            beside(
                lambda span, calendar: (calendar is None) != (span.months is None),
                lambda span: (
                    "a span of the calendar" if span.months is None else "None beside months"
                ),
            ),
        ],
        kw_only=True,
    )
    cycle: str | None = field(
        default=None,
        converter=as_optional_text,
        validator=[
            optional_identifier,
            beside(
                lambda span, cycle: cycle is None or span.months is not None,
                "None beside a span of the calendar",
            ),
        ],
        kw_only=True,
    )
    by: CountedOn = field(
        default=CountedOn.OCCURRED, converter=_as_day, validator=choice_of(CountedOn), kw_only=True
    )

    def first_of(self, day: date, start: date | None = None) -> date:
        """The first day that counts together with a day, which ends the span.

        Args:
            day: The day.
            start: The day from which the person's cycles run; read of a span in cycles alone.

        Raises:
            FieldError: ``day`` is no date.
        """
        if self.cycle is None and self.calendar is None:
            return first_day(day, self.months or 1)
        return self.of(day, start).first

    def of(self, day: date, start: date | None = None) -> Period:
        """The span that a day begins, or the one of the calendar or in cycles that it is in.

        Args:
            day: The day.
            start: The day from which the person's cycles run, not after the day; read of a span in
                cycles alone.

        Raises:
            FieldError: ``day`` is no date.

        >>> print(Span(months=12, cycle="licence").of(date(2024, 6, 1), date(2023, 5, 20)))
        2024-05-20..2025-05-19
        """
        if self.calendar is not None:
            return self.calendar.of(day)
        months = self.months or 1
        if self.cycle is not None and start is not None:
            return cycle_of(start, months, day)
        return Period(day, last_day(day, months))

    @property
    def text(self) -> Text:
        """The wording of this span, with the day that it looks at."""
        months = self.months
        of_months = Text(
            f"{months} 個月內",
            f"{months} 个月内",
            en=f"within {months} month{'' if months == 1 else 's'}",
        )
        within = of_months if self.calendar is None else _within_one(self.calendar)
        if self.cycle is not None:
            within = Text(
                f"自 {self.cycle} 起每 {months} 個月為一週期，同一週期內",
                f"自 {self.cycle} 起每 {months} 个月为一周期，同一周期内",
                en=f"within one cycle of {months} months from {self.cycle}",
            )
        if self.by is CountedOn.OCCURRED:
            return within
        day = self.by.text
        return Text(
            f"{within.zh_hant}（按{day.zh_hant}）",
            f"{within.zh_hans}（按{day.zh_hans}）",
            en=f"{within.en} (by {day.en})",
        )
