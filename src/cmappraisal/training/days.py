"""Days: which of them a schedule can use, how full they are, and which is the nearest or most even.

A schedule's days are those of its calendar, less its blackouts. What may choose its day keeps off
full days too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date
from typing import TypeAlias

from attrs import evolve, frozen

from cmappraisal.calendars import WorkCalendar
from cmappraisal.periods import Period
from cmappraisal.training.schedules import Schedule
from cmappraisal.training.sessions import Cause

Load: TypeAlias = Counter[date]
"""How many minutes of training each day has."""


@frozen
class Days:
    """Which days a schedule can use.

    Args:
        worked: The calendar.
        open: The calendar on which blackouts are days off.
        full: The full days.
        length: How many minutes of training a day holds.
    """

    worked: WorkCalendar
    open: WorkCalendar
    full: frozenset[date]
    length: int

    @classmethod
    def of(cls, schedule: Schedule) -> Days:
        """The days of a schedule."""
        worked, blackouts = schedule.calendar, schedule.blackouts
        opened = evolve(
            worked, holidays=worked.holidays | blackouts, workdays=worked.workdays - blackouts
        )
        return cls(
            worked, opened if blackouts else worked, schedule.full_days, schedule.plan.day_length
        )

    def cause(self, day: date) -> Cause:
        """Why a day cannot be used."""
        return Cause.BLACKOUT if self.worked.is_working_day(day) else Cause.DAY_OFF

    def between(
        self,
        near: date,
        within: Period,
        *,
        after: date | None = None,
        before: date | None = None,
    ) -> date | None:
        """The nearest working day of a period that comes between two days."""
        return nearest(
            near,
            within,
            lambda day: (
                (after is None or after < day)
                and (before is None or day < before)
                and self.open.is_working_day(day)
            ),
        )

    def holds(self, day: date, minutes: int) -> bool:
        """Whether what may choose its day can choose this one, which then has so many minutes."""
        return minutes <= self.length and day not in self.full and self.open.is_working_day(day)

    def for_minutes(
        self,
        minutes: int,
        near: date,
        within: Period,
        load: Load,
        used: Container[date] = (),
    ) -> date | None:
        """The nearest day of a period, but those used, that holds some minutes more."""
        return nearest(
            near,
            within,
            lambda day: day not in used and self.holds(day, load[day] + minutes),
        )


# Nearest.


def nearest(day: date, within: Period, fits: Callable[[date], bool]) -> date | None:
    """The nearest day of a period that fits; of two as near, the later."""
    return next(filter(fits, outward(day, within)), None)


def outward(day: date, within: Period) -> Iterator[date]:
    """The days of a period, from the nearest to a day on."""
    here, first, last = day.toordinal(), within.first.toordinal(), within.last.toordinal()
    furthest = max(here - first, last - here)
    for distance in range(max(furthest, -1) + 1):
        for ordinal in dict.fromkeys((here + distance, here - distance)):
            if first <= ordinal <= last:
                yield date.fromordinal(ordinal)


# Most even.


def even_days(
    calendar: WorkCalendar, span: Period, count: int, phase: tuple[int, int]
) -> list[date]:
    """As many working days of a span, as even as they can be; none where there is none.

    The phase is where in its own share of the span each of them is: a half is the middle.
    """
    there_are = calendar.working_days(span)
    numerator, denominator = phase
    places = [
        (place * denominator + numerator) * there_are // (denominator * count)
        for place in range(count if there_are else 0)
    ]
    return [calendar.working_day_in(span, place + 1) for place in places]


def evenly(days: Sequence[date], count: int) -> list[date]:
    """As many of some days, as even as they can be; all where there are not so many."""
    count = min(count, len(days))
    return [days[(2 * place + 1) * len(days) // (2 * count)] for place in range(count)]


def numbered(days: Iterable[date]) -> Iterator[tuple[date, int]]:
    """Days, each with how often it has come so far."""
    seen: Counter[date] = Counter()
    for day in days:
        seen[day] += 1
        yield day, seen[day]


# Shared.


def shared(one: Period, other: Period) -> list[Period]:
    """The days that two periods share, if there are any."""
    return [overlap(one, other)] if max(one.first, other.first) <= min(one.last, other.last) else []


def overlap(one: Period, other: Period) -> Period:
    """The days that two periods share, which share some."""
    return Period(max(one.first, other.first), min(one.last, other.last))
