"""Periods: the days an appraisal covers, first and last both included."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import attrs
from attrs import field, frozen
from dateutil.relativedelta import relativedelta

from cmappraisal.fields import a_date, as_date, is_date, is_int, reject, require


def _not_before_first(period: Period, attribute: attrs.Attribute[date], last: date) -> None:
    if last < period.first:
        reject(period, attribute.name, last, f"a date on or after first ({period.first})")


@frozen
class Period:
    """A span of days, which can be iterated over.

    Args:
        first: The first day.
        last: The last day, itself within the period.

    Raises:
        FieldError: A day is not a date, or the last comes before the first.

    >>> year = Period(date(2025, 1, 1), date(2025, 12, 31))
    >>> date(2025, 12, 31) in year
    True
    >>> year.days
    365
    >>> [day.isoformat() for day in Period(date(2025, 1, 31), date(2025, 2, 1))]
    ['2025-01-31', '2025-02-01']
    """

    first: date = field(converter=as_date, validator=a_date)
    last: date = field(converter=as_date, validator=[a_date, _not_before_first])

    def __contains__(self, day: object) -> bool:
        return is_date(day) and self.first <= day <= self.last  # type: ignore[operator]

    def __iter__(self) -> Iterator[date]:
        return map(date.fromordinal, range(self.first.toordinal(), self.last.toordinal() + 1))

    def __str__(self) -> str:
        return f"{self.first.isoformat()}..{self.last.isoformat()}"

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.last - self.first).days + 1

    @classmethod
    def year(cls, year: int) -> Period:
        """A calendar year.

        Args:
            year: The year, 1 to 9999.

        >>> print(Period.year(2025))
        2025-01-01..2025-12-31
        """
        return cls._months("Period.year", year, 1, 12)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        """A quarter of a calendar year.

        Args:
            year: The year, 1 to 9999.
            quarter: The quarter, 1 to 4.

        >>> print(Period.quarter(2024, 1))
        2024-01-01..2024-03-31
        """
        require("Period.quarter", "quarter", quarter, is_int(quarter, 1, 4), "an int from 1 to 4")
        return cls._months("Period.quarter", year, 3 * quarter - 2, 3)

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """A calendar month.

        Args:
            year: The year, 1 to 9999.
            month: The month, 1 to 12.

        >>> print(Period.month(2024, 2))
        2024-02-01..2024-02-29
        """
        require("Period.month", "month", month, is_int(month, 1, 12), "an int from 1 to 12")
        return cls._months("Period.month", year, month, 1)

    @classmethod
    def _months(cls, where: str, year: int, month: int, count: int) -> Period:
        require(where, "year", year, is_int(year, 1, 9999), "an int from 1 to 9999")
        first = date(year, month, 1)
        return cls(first, first + relativedelta(months=count - 1, day=31))
