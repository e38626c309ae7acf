"""Days: which of them a schedule can use, how full they are, and which is the nearest or most even.

A schedule's days are those of its calendar, less its blackouts. What may choose its day keeps off
full days too.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date
from typing import TypeAlias, cast

from attrs import evolve, frozen

from cmappraisal.calendars import WorkCalendar
from cmappraisal.periods import Period
from cmappraisal.spans import CalendarSpan
from cmappraisal.training.activity_timings import ByCalendar
from cmappraisal.training.cadences import Cadence
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
        length: How many minutes of training a whole day holds.
    """

    worked: WorkCalendar
    open: WorkCalendar
    full: frozenset[date]
    length: int

    @classmethod
    def of(cls, schedule: Schedule) -> Days:
        """The days of a schedule."""
        worked, blackouts = schedule.calendar, schedule.blackouts
        opened = worked.without(blackouts) if blackouts else worked
        return cls(worked, opened, schedule.full_days, schedule.plan.day_length)

    def without(self, absences: frozenset[date]) -> Days:
        """The days of somebody who is not there on some days."""
        return evolve(self, open=self.open.without(absences)) if absences else self

    def cause(self, day: date) -> Cause:
        """Why a day cannot be used."""
        if self.open.is_working_day(day):
            return Cause.HALF_DAY
        return Cause.BLACKOUT if self.worked.is_working_day(day) else Cause.DAY_OFF

    def length_on(self, day: date) -> int:
        """How many minutes of training a working day holds: half as many where half is worked."""
        return self.length // 2 if day in self.open.half_days else self.length

    def takes(self, day: date, minutes: int) -> bool:
        """Whether a day is worked for so many minutes."""
        return self.open.is_working_day(day) and minutes <= self.length_on(day)

    def holds(self, day: date, minutes: int) -> bool:
        """Whether what may choose its day can choose this one, which then has so many minutes."""
        return day not in self.full and self.takes(day, minutes)

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


# Planned.


def planned_days(
    timing: ByCalendar, period: Period, calendar: WorkCalendar
) -> Iterator[tuple[int, date]]:
    """The days of a timing by the calendar, each with its number in its calendar year, from 0."""
    if isinstance(timing, Cadence):
        yield from timing.numbered_days(period)
        return
    for part in CalendarSpan.YEAR.within(period):
        whole = Period(CalendarSpan.YEAR.of(part.first).first, part.last)
        yield from (each for each in enumerate(timing.days(whole, calendar)) if each[1] in part)


def months_without(timing: ByCalendar, period: Period, calendar: WorkCalendar) -> Iterator[Period]:
    """The months of a period that have not the day of a timing by the calendar."""
    if isinstance(timing, Cadence):
        return timing.months_without(period)
    return timing.months_without(period, calendar)


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


def in_turn(
    near: Sequence[date],
    load: Callable[[date], int],
    minutes: int,
    within: Sequence[Period],
    days: Days,
) -> list[date | None]:
    """The days of sessions in their order, each as near to its own day as the others leave it.

    Args:
        near: The day that each is to be near, in the order in which they come.
        load: How many minutes of training a day has without them.
        minutes: How long each lasts.
        within: The days on which they may be, period by period.
        days: Which days can be used.

    Returns:
        A day for each; None for the last of them where there is not room for all.
    """
    nearby = _each_nearest(near, load, minutes, within, days)
    if None not in nearby and nearby == sorted(cast("list[date]", nearby)):
        return nearby
    room = {
        day: (days.length_on(day) - load(day)) // minutes
        for period in within
        for day in period
        if days.holds(day, load(day) + minutes)
    }
    places = [day for day in sorted(room) for _ in range(room[day])]
    count = min(len(places), len(near))
    found: list[date | None] = []
    taken = 0
    for number, day in enumerate(near[:count]):
        # The last places are left to those that come after.
        choices = range(taken, len(places) - (count - number) + 1)
        place = min(choices, key=lambda each: (abs(places[each] - day), -places[each].toordinal()))
        # Of a day with several places the first that is left.
        taken = max(taken, bisect_left(places, places[place]))
        found.append(places[taken])
        taken += 1
    return found + [None] * (len(near) - count)


def _each_nearest(
    near: Sequence[date],
    load: Callable[[date], int],
    minutes: int,
    within: Sequence[Period],
    days: Days,
) -> list[date | None]:
    """The nearest day for each of some sessions by itself, as far as those before it leave room."""
    more: Counter[date] = Counter()
    found: list[date | None] = []
    for day in near:
        there = (
            nearest(day, period, lambda each: days.holds(each, load(each) + more[each] + minutes))
            for period in within
        )
        choices = [each for each in there if each is not None]
        on = min(choices, key=lambda each: (abs(each - day), -each.toordinal()), default=None)
        found.append(on)
        if on is not None:
            more[on] += minutes
    return found


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
