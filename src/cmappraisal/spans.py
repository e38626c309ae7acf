"""Spans: months that run forward from a day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta

_DAY = timedelta(days=1)


@lru_cache(maxsize=4096)
def last_day(start: date, months: int) -> date:
    """The last day of so many months from a day, that day included.

    It is the day before the same date, or the month's last day where there is none; the calendar's
    last day where the months end after it.

    >>> last_day(date(2025, 3, 2), 12), last_day(date(2025, 1, 31), 1)
    (datetime.date(2026, 3, 1), datetime.date(2025, 2, 28))
    """
    try:
        same_date = start + relativedelta(months=months)
    except (ValueError, OverflowError):
        return date.max
    return same_date if same_date.day < start.day else same_date - _DAY
