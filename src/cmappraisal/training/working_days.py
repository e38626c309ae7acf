"""Working days of a month: what takes place on the third of them, or on the last.

Which date that is, only a calendar can say; a schedule asks its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import field, frozen

from cmappraisal.calendars import WorkCalendar
from cmappraisal.fields import as_tuple, checked, is_int, repeated, require_all
from cmappraisal.periods import Period
from cmappraisal.spans import CalendarSpan

MOST = 31
"""The highest number of a working day of a month: where every day is worked."""


def _as_months(value: Iterable[int]) -> tuple[int, ...]:
    months = as_tuple(value)
    fits = isinstance(months, tuple) and all(is_int(month) for month in months)
    return tuple(sorted(months)) if fits else months


def _are_months(value: object) -> bool:
    return (
        isinstance(value, tuple)
        and all(is_int(month, 1, 12) for month in value)
        and not repeated(value)
    )


@frozen
class NthWorkingDay:
    """What takes place on a working day of a month, by its number.

    Args:
        number: Which working day: from 1 for the first on, or from -1 for the last back.
        months: The months in which it takes place, from 1 to 12; none for every month.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> last = NthWorkingDay(-1, months=[3, 6])
    >>> [str(day) for day in last.days(Period.year(2026), WorkCalendar())]
    ['2026-03-31', '2026-06-30']
    """

    number: int = field(
        validator=checked(
            lambda value: is_int(value, -MOST, MOST) and value != 0,
            f"an int from 1 to {MOST}, or from -1 to -{MOST}",
        )
    )
    months: tuple[int, ...] = field(
        default=(),
        converter=_as_months,
        validator=checked(_are_months, "a list of months from 1 to 12, none of them twice"),
    )

    def days(self, period: Period, calendar: WorkCalendar) -> Iterator[date]:
        """The days of a period on which it takes place, in order.

        Args:
            period: The period.
            calendar: Which days are worked.

        Raises:
            FieldError: An argument has a value that it does not allow.
        """
        for month in self._due(period, calendar):
            day = self.day_of(month, calendar)
            if day is not None and day in period:
                yield day

    def months_without(self, period: Period, calendar: WorkCalendar) -> Iterator[Period]:
        """The months that a period touches and that have not so many working days.

        Args:
            period: The period.
            calendar: Which days are worked.

        Raises:
            FieldError: An argument has a value that it does not allow.

        >>> list(NthWorkingDay(31).months_without(Period.month(2026, 3), WorkCalendar(())))
        []
        """
        for month in self._due(period, calendar):
            if self.day_of(month, calendar) is None:
                yield month

    def day_of(self, month: Period, calendar: WorkCalendar) -> date | None:
        """The day of a month on which it takes place; None where the month has not so many.

        Args:
            month: The month.
            calendar: Which days are worked.

        Raises:
            FieldError: An argument has a value that it does not allow.
        """
        require_all(
            "NthWorkingDay.day_of",
            ("month", month, isinstance(month, Period), "a Period"),
            ("calendar", calendar, isinstance(calendar, WorkCalendar), "a WorkCalendar"),
        )
        if abs(self.number) > calendar.working_days(month):
            return None
        return calendar.working_day_in(month, self.number)

    def _due(self, period: Period, calendar: WorkCalendar) -> Iterator[Period]:
        require_all(
            "NthWorkingDay",
            ("period", period, isinstance(period, Period), "a Period"),
            ("calendar", calendar, isinstance(calendar, WorkCalendar), "a WorkCalendar"),
        )
        for part in CalendarSpan.MONTH.within(period):
            if not self.months or part.first.month in self.months:
                yield CalendarSpan.MONTH.of(part.first)
