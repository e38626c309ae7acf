"""Calendars: which days are worked, and where a date goes that falls on a day off.

A named working day (調休) is always worked, else a holiday is a day off, else the day of the week
decides. A few days around a day are walked. What is further away is counted: how many working days
there are up to a day follows from the weeks before it and from the exceptions among them, so that
any question takes a few dozen steps, however far away the answer is.
"""

from __future__ import annotations

import enum
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Set
from datetime import date
from typing import TypeVar, cast

from attrs import evolve, field, frozen

from cmappraisal.calendar_flaws import CalendarFlaw
from cmappraisal.errors import CalendarError
from cmappraisal.fields import (
    as_date,
    as_text,
    checked,
    is_date,
    is_int,
    is_iterable,
    is_line,
    member_of,
    optional_instance_of,
    reject,
    require,
    require_date,
)
from cmappraisal.mappings import ReadOnlyMapping
from cmappraisal.periods import Period

T = TypeVar("T")

MAXIMUM_DATES = 100_000
"""Dates named in one place: more than two centuries of them."""

_WALKED = 14
"""Days around a day that are looked at one by one: all but the longest holidays end in them."""

_LAST = date.max.toordinal()


class Adjustment(enum.Enum):
    """Where a date goes that falls on a day off.

    >>> Adjustment("nearest") is Adjustment.NEAREST
    True
    """

    NONE = "none"
    """It stays where it is."""
    FOLLOWING = "following"
    """To the next working day."""
    PRECEDING = "preceding"
    """To the working day before."""
    MODIFIED_FOLLOWING = "modified-following"
    """To the next working day, or the one before where the next is in another month."""
    MODIFIED_PRECEDING = "modified-preceding"
    """To the working day before, or the next where that is in another month."""
    NEAREST = "nearest"
    """To the nearer of the two, and to the next where both are as near."""
    SKIP = "skip"
    """It does not take place."""


def as_adjustment(value: Adjustment | str) -> Adjustment:
    """The member from the member itself or from its value."""
    return member_of(Adjustment, value)


def _as_set(value: Iterable[T]) -> frozenset[T]:
    # A mapping of days to names, as packages of holidays have them, stands for its days.
    if isinstance(value, (frozenset, str, bytes)) or not is_iterable(value):
        return cast("frozenset[T]", value)
    elements = tuple(value)
    try:
        return frozenset(elements)
    except TypeError:
        return cast("frozenset[T]", elements)


def as_days(value: Iterable[date] | Mapping[date, object]) -> frozenset[date]:
    """A set of days from any iterable of dates, such as a Period, or the keys of a mapping."""
    if isinstance(value, Period) and value.days > MAXIMUM_DATES:
        return cast("frozenset[date]", value)
    days = _as_set(value)
    return frozenset(map(as_date, days)) if isinstance(days, frozenset) else days


def _as_weekdays(value: Iterable[int]) -> frozenset[int]:
    return _as_set(value)


MAXIMUM_NAME_LENGTH = 200
"""Characters of the name of a day."""


def _as_names(value: Mapping[date, str]) -> Mapping[date, str]:
    if not isinstance(value, Mapping):
        return value
    pairs = [(as_date(day), as_text(name)) for day, name in value.items()]
    if all(is_date(day) for day, _ in pairs):
        pairs.sort()
    return ReadOnlyMapping(pairs)


def _are_names(value: object) -> bool:
    return (
        isinstance(value, ReadOnlyMapping)
        and len(value) <= MAXIMUM_DATES
        and all(
            is_date(day) and is_line(name) and len(name) <= MAXIMUM_NAME_LENGTH
            for day, name in value.items()
        )
    )


dates = checked(
    lambda value: (
        isinstance(value, frozenset) and len(value) <= MAXIMUM_DATES and all(map(is_date, value))
    ),
    f"dates, in any iterable or as the keys of a mapping, at most {MAXIMUM_DATES} of them",
)


def _counted(days: Collection[date]) -> str:
    # A calendar of decades has hundreds of dates, which no console shows in any order.
    return f"<{len(days)} days>" if len(days) > 1 else repr(days)


@frozen
class WorkCalendar:
    """Which days are worked.

    Args:
        rest_weekdays: The days of the week that are days off, from 0 for Monday to 6 for Sunday.
        holidays: Dates that are days off on whatever day of the week.
        workdays: Dates that are worked, whatever the other fields are (調休).
        half_days: Working days of which only half is worked.
        names: What days are called, such as the festival that a holiday is for; a mapping of a
            package of holidays is as good.
        known: The days of which the holidays are known; None for all. What is planned beyond them
            is provisional.

    Raises:
        FieldError: A field has a value that it does not allow, or a half day is not worked.

    >>> spring = WorkCalendar(
    ...     holidays=[date(2026, 2, day) for day in range(15, 24)], workdays=[date(2026, 2, 14)]
    ... )
    >>> spring.is_working_day(date(2026, 2, 14)), spring.is_working_day(date(2026, 2, 16))
    (True, False)
    >>> print(spring.adjusted(date(2026, 2, 15), Adjustment.FOLLOWING))
    2026-02-24
    """

    rest_weekdays: frozenset[int] = field(
        default=frozenset({5, 6}),
        converter=_as_weekdays,
        validator=checked(
            lambda value: (
                isinstance(value, frozenset) and all(is_int(weekday, 0, 6) for weekday in value)
            ),
            "ints from 0 (Monday) to 6 (Sunday)",
        ),
    )
    holidays: frozenset[date] = field(
        default=frozenset(), converter=as_days, validator=dates, kw_only=True, repr=_counted
    )
    workdays: frozenset[date] = field(
        default=frozenset(), converter=as_days, validator=dates, kw_only=True, repr=_counted
    )
    half_days: frozenset[date] = field(
        default=frozenset(), converter=as_days, validator=dates, kw_only=True, repr=_counted
    )
    names: Mapping[date, str] = field(
        factory=ReadOnlyMapping,
        converter=_as_names,
        validator=checked(
            _are_names,
            "a mapping of dates to names on one line, of at most "
            f"{MAXIMUM_NAME_LENGTH} characters each",
        ),
        kw_only=True,
        repr=_counted,
    )
    known: Period | None = field(default=None, validator=optional_instance_of(Period), kw_only=True)
    # Days that are not as their day of the week, as ordinals in order.
    _off: tuple[int, ...] = field(init=False, repr=False, eq=False)
    _worked: tuple[int, ...] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        off = {day for day in self.holidays - self.workdays if not self._rests_weekly(day)}
        worked = {day for day in self.workdays if self._rests_weekly(day)}
        object.__setattr__(self, "_off", tuple(sorted(day.toordinal() for day in off)))
        object.__setattr__(self, "_worked", tuple(sorted(day.toordinal() for day in worked)))
        idle = sorted(day for day in self.half_days if not self._is_worked(day))
        if idle:
            reject(self, "half_days", idle[0], "working days; name it among the workdays too")

    def is_working_day(self, day: date) -> bool:
        """Whether a day is worked.

        Args:
            day: The day.

        Raises:
            FieldError: ``day`` is no date.
        """
        return self._is_worked(require_date("WorkCalendar.is_working_day", "day", day))

    def is_half_day(self, day: date) -> bool:
        """Whether only half of a day is worked.

        Args:
            day: The day.

        Raises:
            FieldError: ``day`` is no date.
        """
        return require_date("WorkCalendar.is_half_day", "day", day) in self.half_days

    def is_known(self, day: date) -> bool:
        """Whether it is known if a day is worked.

        Args:
            day: The day.

        Raises:
            FieldError: ``day`` is no date.

        >>> WorkCalendar(known=Period.year(2026)).is_known(date(2027, 2, 6))
        False
        """
        day = require_date("WorkCalendar.is_known", "day", day)
        return self.known is None or day in self.known

    def name_of(self, day: date) -> str | None:
        """What a day is called; None where it has no name.

        Args:
            day: The day.

        Raises:
            FieldError: ``day`` is no date.
        """
        return self.names.get(require_date("WorkCalendar.name_of", "day", day))

    def without(self, days: frozenset[date]) -> WorkCalendar:
        """The calendar on which some more days are days off.

        Args:
            days: The days.

        Raises:
            FieldError: They are no set of dates.

        >>> WorkCalendar().without(frozenset([date(2026, 1, 5)])).is_working_day(date(2026, 1, 5))
        False
        """
        fits = isinstance(days, Set) and all(map(is_date, days))
        require("WorkCalendar.without", "days", days, fits, "a set of dates")
        return evolve(
            self,
            holidays=self.holidays | days,
            workdays=self.workdays - days,
            half_days=self.half_days - days,
        )

    def next_working_day(self, day: date) -> date:
        """The first working day after a day.

        Args:
            day: The day.

        Raises:
            FieldError: ``day`` is no date.
            CalendarError: No working day comes after it.

        >>> print(WorkCalendar().next_working_day(date(2026, 1, 2)))
        2026-01-05
        """
        day = require_date("WorkCalendar.next_working_day", "day", day)
        near = self._first_worked(day, 1)
        return near or self._beside(day, 1)

    def previous_working_day(self, day: date) -> date:
        """The last working day before a day.

        Args:
            day: The day.

        Raises:
            FieldError: ``day`` is no date.
            CalendarError: No working day comes before it.

        >>> print(WorkCalendar().previous_working_day(date(2026, 1, 5)))
        2026-01-02
        """
        day = require_date("WorkCalendar.previous_working_day", "day", day)
        near = self._first_worked(day, -1)
        return near or self._beside(day, -1)

    def working_day_of_month(self, year: int, month: int, number: int) -> date:
        """One of the working days of a month, by its number.

        Args:
            year: The year, 1 to 9999.
            month: The month, 1 to 12.
            number: Which working day, from 1 for the first on, or from -1 for the last back.

        Raises:
            FieldError: An argument has a value that it does not allow.
            CalendarError: The month has not so many working days.

        >>> [str(WorkCalendar().working_day_of_month(2026, 1, number)) for number in (3, -1)]
        ['2026-01-05', '2026-01-30']
        """
        return self.working_day_in(Period.month(year, month), number)

    def working_day_in(self, period: Period, number: int) -> date:
        """One of the working days of a period, by its number.

        Args:
            period: The period.
            number: Which working day, from 1 for the first on, or from -1 for the last back.

        Raises:
            FieldError: An argument has a value that it does not allow.
            CalendarError: The period has not so many working days.

        >>> print(WorkCalendar().working_day_in(Period.quarter(2026, 1), -1))
        2026-03-31
        """
        there_are = self.working_days(period)
        fits = is_int(number, -_LAST, _LAST) and number != 0
        require("working_day_in", "number", number, fits, "an int from 1 on, or from -1 back")
        if abs(number) > there_are:
            flaw = CalendarFlaw.NOT_SO_MANY
            raise CalendarError([flaw.problem("$", number, period, there_are)])
        last = self._count_to(period.last)
        place = last - there_are + number if number > 0 else last + number + 1
        return self._nth(place)

    def working_days(self, period: Period) -> int:
        """How many working days a period has.

        Args:
            period: The period, first and last day included.

        Raises:
            FieldError: ``period`` is no Period.

        >>> WorkCalendar().working_days(Period.month(2026, 2))
        20
        """
        fits = isinstance(period, Period)
        require("working_days", "period", period, fits, "a Period")
        before_first = self._count(period.first.toordinal() - 1)
        return self._count_to(period.last) - before_first

    def adjusted(self, day: date, adjustment: Adjustment) -> date | None:
        """Where a date goes.

        Args:
            day: The date; on a working day it stays, whatever the adjustment.
            adjustment: Where it goes from a day off.

        Returns:
            The date, or None where it does not take place.

        Raises:
            FieldError: An argument has a value that it does not allow.
            CalendarError: There is no working day to go to.

        >>> saturday = date(2026, 1, 31)
        >>> print(WorkCalendar().adjusted(saturday, Adjustment.MODIFIED_FOLLOWING))
        2026-01-30
        """
        day = require_date("WorkCalendar.adjusted", "day", day)
        adjustment = member_of(Adjustment, adjustment)
        fits = isinstance(adjustment, Adjustment)
        require("adjusted", "adjustment", adjustment, fits, "an Adjustment")
        if adjustment is Adjustment.NONE or self._is_worked(day):
            return day
        if adjustment is Adjustment.SKIP:
            return None
        if adjustment is Adjustment.NEAREST:
            return self._nearest(day)
        follows = adjustment in (Adjustment.FOLLOWING, Adjustment.MODIFIED_FOLLOWING)
        moves = (self.next_working_day, self.previous_working_day)
        first, second = moves if follows else reversed(moves)
        if adjustment in (Adjustment.FOLLOWING, Adjustment.PRECEDING):
            return first(day)
        month = Period.month(day.year, day.month)
        rest = Period(day, month.last) if follows else Period(month.first, day)
        return first(day) if self.working_days(rest) else second(day)

    def _nearest(self, day: date) -> date:
        count = self._count_to(day)
        if count == 0:
            return self.next_working_day(day)
        before = self.previous_working_day(day)
        if count == self._count_to(date.max):
            return before
        after = self.next_working_day(day)
        return before if day - before < after - day else after

    def _rests_weekly(self, day: date) -> bool:
        return day.weekday() in self.rest_weekdays

    def _is_worked(self, day: date) -> bool:
        return day in self.workdays or not (
            day.weekday() in self.rest_weekdays or day in self.holidays
        )

    def _first_worked(self, day: date, step: int) -> date | None:
        """The nearest working day in a direction, if it is near."""
        rest, holidays, workdays = self.rest_weekdays, self.holidays, self.workdays
        ordinal = day.toordinal()
        last = min(max(ordinal + step * _WALKED, 1), _LAST) + step
        for each in range(ordinal + step, last, step):
            near = date.fromordinal(each)
            # The first day of all, ordinal 1, is a Monday.
            if near in workdays or ((each - 1) % 7 not in rest and near not in holidays):
                return near
        return None

    def _count_to(self, day: date) -> int:
        """How many working days there are up to a day, itself included."""
        return self._count(day.toordinal())

    def _count(self, ordinal: int) -> int:
        # The first day of all, ordinal 1, is a Monday.
        weeks, rest = divmod(ordinal, 7)
        weekly = weeks * (7 - len(self.rest_weekdays))
        weekly += sum(weekday not in self.rest_weekdays for weekday in range(rest))
        return weekly - bisect_right(self._off, ordinal) + bisect_right(self._worked, ordinal)

    def _beside(self, day: date, step: int) -> date:
        """The nearest working day in a direction, however far away it is."""
        count = self._count_to(day)
        number = count + 1 if step > 0 else count - self._is_worked(day)
        if not 1 <= number <= self._count(_LAST):
            flaw = CalendarFlaw.NONE_AFTER if step > 0 else CalendarFlaw.NONE_BEFORE
            raise CalendarError([flaw.problem("$", day)])
        return self._nth(number)

    def _nth(self, number: int) -> date:
        """The working day of a number, from 1 for the first of all."""
        days = range(1, _LAST + 1)
        return date.fromordinal(days[bisect_left(days, number, key=self._count)])
