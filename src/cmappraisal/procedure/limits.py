"""Time limits: until which day something can be done, or has to be."""

from __future__ import annotations

from datetime import date, timedelta

from attrs import field, frozen

from cmappraisal.calendars import Adjustment, WorkCalendar
from cmappraisal.fields import boolean, int_between, require_all, require_date

_CALENDAR = WorkCalendar()

MAXIMUM_DAYS = 3_660
"""The most days of a time limit: ten years, more than any procedure leaves open."""


@frozen
class TimeLimit:
    """So many days after a day, which itself is not counted.

    Args:
        days: How many, from 0 for the same day.
        working_days: Whether working days are counted, and not the days of the calendar.
        extended: Whether a limit that ends on a day off ends on the next working day. Working days
            never end on one, so then it is left out.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> friday = date(2025, 3, 7)
    >>> print(TimeLimit(5, working_days=True).last_day(friday), TimeLimit(10).last_day(friday))
    2025-03-14 2025-03-17
    >>> print(TimeLimit(1, extended=True).last_day(friday))
    2025-03-10
    """

    days: int = field(validator=int_between(0, MAXIMUM_DAYS))
    working_days: bool = field(default=False, validator=boolean, kw_only=True)
    extended: bool = field(default=False, validator=boolean, kw_only=True)

    def last_day(self, day: date, calendar: WorkCalendar = _CALENDAR) -> date:
        """The last day of the limit.

        Args:
            day: The day from which it runs.
            calendar: Which days are worked.

        Returns:
            The day; the last day of all where the days end after it.

        Raises:
            FieldError: An argument has a value that it does not allow.
            CalendarError: The calendar has not so many working days.
        """
        where = "TimeLimit.last_day"
        day = require_date(where, "day", day)
        fits = isinstance(calendar, WorkCalendar)
        require_all(where, ("calendar", calendar, fits, "a WorkCalendar"))
        if self.working_days:
            for _ in range(self.days):
                day = calendar.next_working_day(day)
            return day
        if (date.max - day).days < self.days:
            return date.max
        day += timedelta(self.days)
        following = calendar.adjusted(day, Adjustment.FOLLOWING) if self.extended else None
        return following or day
