"""How long a year of training takes, as ratios to expanding its recurrence rules by dateutil.

Run it with ``python benchmarks/training.py``. Every figure is a ratio of two medians measured in
the same run, so that it says the same on a fast machine and on a slow one.
"""

from __future__ import annotations

import tracemalloc
from collections import deque
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from dateutil.rrule import rrulestr

from cmappraisal import Period, WorkCalendar
from cmappraisal.training import (
    VIP_SERVICE,
    Cadence,
    Group,
    Schedule,
    Trainee,
    check_compliance,
    reschedule,
    schedule,
    schedule_each,
)
from measuring import Answer, Ratio, ratio, run

TEAMS = 10_000
MEMBERS = 3
YEAR = Period.year(2026)
SPRING = Period(date(2026, 2, 15), date(2026, 2, 23))
CALENDAR = WorkCalendar(holidays=SPRING, workdays=[date(2026, 2, 14), date(2026, 2, 28)])
TEN_YEARS = Period(date(2020, 1, 1), date(2029, 12, 31))
WEEK = Period(date(2026, 9, 14), date(2026, 9, 18))
RULES = [
    activity.timing.rrule
    for activity in VIP_SERVICE.activities
    if isinstance(activity.timing, Cadence)
]
FIRST = datetime(2026, 1, 1)  # noqa: DTZ001 - what dateutil expands has no zone
LAST = datetime(2026, 12, 31)  # noqa: DTZ001


def teams(count: int) -> Iterator[Group]:
    """Teams, each of a few people."""
    for number in range(count):
        yield Group(f"T-{number}", [Trainee(f"RM-{number}-{member}") for member in range(MEMBERS)])


def expand(count: int) -> None:
    """The days of the plan's rules for each of some teams, by dateutil alone."""
    for _ in range(count):
        for rule in RULES:
            deque(rrulestr(rule, dtstart=FIRST).between(FIRST, LAST, inc=True), maxlen=0)


def stream(count: int) -> None:
    """The schedule of each of some teams, none of which is kept."""
    each = schedule_each(VIP_SERVICE, YEAR, calendar=CALENDAR, groups=teams(count))
    deque(each, maxlen=0)


def walk(day: date) -> date:
    """The first working day after a day, by asking of each day whether it is worked."""
    day += timedelta(days=1)
    while not CALENDAR.is_working_day(day):
        day += timedelta(days=1)
    return day


def next_working_days(following: Callable[[date], date]) -> None:
    """The first working day after each of ten years' days."""
    for day in TEN_YEARS:
        following(day)


def peak(count: int) -> int:
    """The most memory that streaming some teams takes, in bytes."""
    tracemalloc.start()
    stream(count)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def answers() -> Iterator[Answer]:
    """The days of the plan's rules, and the schedules of ten teams, by each way to them."""
    # Where every day is worked, nothing moves, and the days are those of the rules.
    every_day = schedule(VIP_SERVICE, YEAR, calendar=WorkCalendar(()), groups=teams(1))
    for activity in VIP_SERVICE.activities:
        if isinstance(activity.timing, Cadence):
            rule = rrulestr(activity.timing.rrule, dtstart=FIRST)
            expanded = [day.date() for day in rule.between(FIRST, LAST, inc=True)]
            held = [each.on for each in every_day.sessions if each.activity == activity.id]
            yield f"the days of {activity.id} by the library and by dateutil", held == expanded
    at_once = schedule(VIP_SERVICE, YEAR, calendar=CALENDAR, groups=teams(10))
    streamed = schedule_each(VIP_SERVICE, YEAR, calendar=CALENDAR, groups=teams(10))
    apart = [session for each in streamed for session in each.sessions]
    yield "the sessions of teams at once and one by one", set(apart) == set(at_once.sessions)
    again = reschedule(at_once, calendar=CALENDAR, not_before=YEAR.first)
    yield "a schedule and itself, nothing being changed", again.schedule == at_once


def ratios() -> Iterator[Ratio]:
    """Each ratio with its bound."""
    asked = ratio(
        lambda: next_working_days(CALENDAR.next_working_day), lambda: next_working_days(walk)
    )
    yield "the next working day / a plain walk", asked, 2
    streamed = ratio(lambda: stream(TEAMS), lambda: expand(TEAMS))
    yield f"a year of {TEAMS:,} teams / dateutil alone", streamed, 3
    yield "its memory, for 1,000 teams / for 100", peak(1_000) / peak(100), 1.5
    few, many = (
        schedule(VIP_SERVICE, YEAR, calendar=CALENDAR, groups=list(teams(count)))
        for count in (50, 200)
    )
    yield "a week of blackouts, for 200 teams / for 50", ratio(freeing(many), freeing(few)), 6
    yield "checking them, for 200 teams / for 50", ratio(checking(many), checking(few)), 6


def freeing(made: Schedule) -> Callable[[], object]:
    """Keeping a week of a schedule free."""
    return lambda: reschedule(made, calendar=CALENDAR, not_before=WEEK.first, blackouts=WEEK)


def checking(made: Schedule) -> Callable[[], object]:
    """Checking who complies with a schedule, of which nothing was held."""
    return lambda: check_compliance(made, [], on=WEEK.first)


if __name__ == "__main__":
    run(ratios, answers)
