"""Careers: the days that lie so many months after the day of hiring."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from cmappraisal.periods import Period


def career_days(hired_on: date, after_months: int, lasts_months: int | None) -> Period | None:
    """The days of a part of a career; None where the calendar ends before it.

    Args:
        hired_on: The day of hiring.
        after_months: How many months after it the part begins.
        lasts_months: How many months it lasts; None for all that come.
    """
    first = _months_after(hired_on, after_months)
    if first is None:
        return None
    end = None if lasts_months is None else _months_after(hired_on, after_months + lasts_months)
    return Period(first, date.max if end is None else end - timedelta(days=1))


def _months_after(day: date, months: int) -> date | None:
    try:
        return day + relativedelta(months=months)
    except ValueError:
        return None
