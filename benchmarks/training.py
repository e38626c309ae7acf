"""How long a year of training takes, as ratios to expanding its recurrence rules by dateutil.

Run it with ``python benchmarks/training.py``. Every figure is a ratio of two medians measured in
the same run, so that it says the same on a fast machine and on a slow one.
"""

from __future__ import annotations

import tracemalloc
from collections import deque
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from attrs import evolve
from dateutil.rrule import rrulestr

from cmappraisal import Period, Tenure, WorkCalendar
from cmappraisal.interop.icalendar import calendar_of, calendars_of, invitations_of
from cmappraisal.training import (
    VIP_SERVICE,
    Cadence,
    Group,
    Schedule,
    TestResult,
    Trainee,
    all_results_that_count,
    check_compliance,
    reschedule,
    results_that_count,
    schedule,
    schedule_each,
)
from measuring import Answer, Ratio, Work, ratio, run, seconds

TEAMS = 10_000
EVERYBODY = 3_334
"""Teams, of ten thousand people."""

STAMP = datetime(2025, 12, 1, tzinfo=UTC)
DOMAIN = "hr.bank.example"
ORGANIZER = "training@hr.bank.example"
ZONE = ZoneInfo("Asia/Shanghai")
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
    files = dict(calendars(at_once))
    alone = {
        person: calendar_of(at_once, stamp=STAMP, domain=DOMAIN, zone=ZONE, person=person)
        for person in files
    }
    yield "everybody's calendars at once and one by one", files == alone
    march, records = Period.month(2026, 3), list(results(at_once))
    found = all_results_that_count(at_once, records, march)
    each = {
        trainee.id: results_that_count(at_once, records, trainee.id, march)
        for trainee in at_once.people
    }
    yield "everybody's results at once and one by one", dict(found) == each
    again = reschedule(at_once, calendar=CALENDAR, not_before=YEAR.first)
    yield "a schedule and itself, nothing being changed", again.schedule == at_once


def ratios() -> Iterator[Ratio]:
    """Each ratio with its bound."""
    asked = ratio(
        lambda: next_working_days(CALENDAR.next_working_day), lambda: next_working_days(walk)
    )
    yield "the next working day / a plain walk", asked, 2
    streamed = ratio(lambda: stream(TEAMS), lambda: expand(TEAMS))
    yield f"a year of {TEAMS:,} teams / dateutil alone", streamed, 1.2
    yield "its memory, for 1,000 teams / for 100", peak(1_000) / peak(100), 1.5
    few, many = (
        schedule(VIP_SERVICE, YEAR, calendar=CALENDAR, groups=list(teams(count)))
        for count in (50, 200)
    )
    yield "a week of blackouts, for 200 teams / for 50", ratio(freeing(many), freeing(few)), 6
    yield "checking them, for 200 teams / for 50", ratio(checking(many), checking(few)), 6
    moving = ratio(moving_people(many), moving_people(few))
    yield "a third of the people change team and are told, for 200 teams / for 50", moving, 6

    yield from ratios_of_everybody()


def ratios_of_everybody() -> Iterator[Ratio]:
    """The ratios of what is made for each of thousands of people."""
    few, many = (list(teams(count)) for count in (EVERYBODY // 4, EVERYBODY))
    made = schedule(VIP_SERVICE, YEAR, calendar=CALENDAR, groups=many)
    part = schedule(VIP_SERVICE, YEAR, calendar=CALENDAR, groups=few)
    kept, anew = seconds(keeping(made), scheduling(many), rounds=3)
    name = f"rescheduling {len(made.people):,} people where nothing changes / scheduling them"
    yield name, kept / anew, 0.1
    checked, everything, fewer = seconds(checking(made), everybody(made), everybody(part), rounds=1)
    name = f"calendars, results and sessions of {len(made.people):,} / scheduling and checking them"
    yield name, everything / (anew + checked), 3
    yield "the same, for four times as many people / for so many", everything / fewer, 6


def calendars(made: Schedule) -> Iterator[tuple[str, bytes]]:
    """Everybody's calendar."""
    return calendars_of(made, stamp=STAMP, domain=DOMAIN, zone=ZONE)


def results(made: Schedule) -> Iterator[TestResult]:
    """A result of everybody in each test of March."""
    for session in made.sessions:
        if session.activity == "test" and session.planned_on.month == 3:
            for person in made.attendees(session):
                yield TestResult(session.id, person, score=80)


def everybody(made: Schedule) -> Work:
    """The calendar, the month's results and the sessions of everybody in a schedule."""
    records = list(results(made))

    def act(fresh: Schedule) -> None:
        deque(calendars(fresh), maxlen=0)
        all_results_that_count(fresh, records, Period.month(2026, 3))
        for trainee in fresh.people:
            fresh.of(trainee.id)

    # A schedule finds again what it was asked for once; a fresh one was not asked yet.
    return Work(act, lambda: evolve(made))


def keeping(made: Schedule) -> Callable[[], object]:
    """Rescheduling where nothing changes."""
    return lambda: reschedule(made, calendar=CALENDAR, not_before=YEAR.first)


def scheduling(groups: list[Group]) -> Callable[[], object]:
    """Scheduling some teams at once."""
    return lambda: schedule(VIP_SERVICE, YEAR, calendar=CALENDAR, groups=groups)


def freeing(made: Schedule) -> Callable[[], object]:
    """Keeping a week of a schedule free."""
    return lambda: reschedule(made, calendar=CALENDAR, not_before=WEEK.first, blackouts=WEEK)


def moving_people(made: Schedule) -> Callable[[], object]:
    """Moving one of each team to the next, and making everybody's calendars and invitations."""
    groups = [moved(group, made.groups[place - 1].id) for place, group in enumerate(made.groups)]

    def act() -> None:
        again = reschedule(made, calendar=CALENDAR, not_before=WEEK.first, groups=groups).schedule
        deque(calendars(again), maxlen=0)
        told = invitations_of(
            again,
            before=made,
            addresses={each.id: ORGANIZER for each in again.people},
            organizer=ORGANIZER,
            stamp=STAMP,
            domain=DOMAIN,
            zone=ZONE,
        )
        deque(told, maxlen=0)

    return act


def moved(group: Group, other: str) -> Group:
    """A team of which one changes to another."""
    first, *rest = group.trainees
    tenures = [
        Tenure(first.id, group.id, last=WEEK.last),
        Tenure(first.id, other, first=WEEK.last + timedelta(days=1)),
    ]
    return evolve(group, trainees=[evolve(first, tenures=tenures), *rest])


def checking(made: Schedule) -> Callable[[], object]:
    """Checking who complies with a schedule, of which nothing was held."""
    return lambda: check_compliance(made, [], on=WEEK.first)


if __name__ == "__main__":
    run(ratios, answers)
