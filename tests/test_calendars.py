"""Calendars: against a calendar that is walked day by day, and against the year 2026 in China."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import Adjustment, CalendarError, FieldError, Period, WorkCalendar
from cmappraisal.calendars import MAXIMUM_DATES
from cmappraisal.interop.plan_strategies import work_calendars
from cmappraisal.interop.strategies import periods

DAY = timedelta(days=1)
SPRING = WorkCalendar(
    holidays=[date(2026, 2, day) for day in range(15, 24)],
    workdays=[date(2026, 2, 14), date(2026, 2, 28)],
)
DAYS = st.dates(date(2024, 11, 1), date(2026, 3, 1))


def is_worked(calendar: WorkCalendar, day: date) -> bool:
    """The definition, word by word."""
    if day in calendar.workdays:
        return True
    if day in calendar.holidays:
        return False
    return day.weekday() not in calendar.rest_weekdays


def walked(calendar: WorkCalendar, day: date, step: timedelta) -> date:
    """The nearest working day in one direction, found day by day."""
    day += step
    while not is_worked(calendar, day):
        day += step
    return day


def days_of(period: Period) -> Iterable[date]:
    return (period.first + number * DAY for number in range(period.days))


@given(work_calendars(), DAYS)
def test_every_question_is_answered_as_by_walking(calendar: WorkCalendar, day: date) -> None:
    assert calendar.is_working_day(day) == is_worked(calendar, day)
    assert calendar.next_working_day(day) == walked(calendar, day, DAY)
    assert calendar.previous_working_day(day) == walked(calendar, day, -DAY)


@pytest.mark.parametrize("length", [1, *range(12, 17), 400])
def test_holidays_of_any_length_are_left_on_both_sides(length: int) -> None:
    """A short way is walked and a long one is counted, with the same result."""
    first = date(2026, 2, 2)
    closed = WorkCalendar((), holidays=Period(first, first + (length - 1) * DAY))
    for day in (first - 2 * DAY, *closed.holidays, first + length * DAY):
        assert closed.next_working_day(day) == walked(closed, day, DAY)
        assert closed.previous_working_day(day) == walked(closed, day, -DAY)


@given(work_calendars(), periods())
def test_working_days_are_counted_as_by_walking(calendar: WorkCalendar, period: Period) -> None:
    walked_through = [day for day in days_of(period) if is_worked(calendar, day)]
    assert calendar.working_days(period) == len(walked_through)


@given(work_calendars(), st.integers(1, 12), st.integers(1, 31))
def test_the_days_of_a_month_are_numbered_from_both_ends(
    calendar: WorkCalendar, month: int, number: int
) -> None:
    worked = [day for day in days_of(Period.month(2025, month)) if is_worked(calendar, day)]
    if number > len(worked):
        for beyond in (number, -number):
            with pytest.raises(CalendarError, match=f"it has {len(worked)} working days"):
                calendar.working_day_of_month(2025, month, beyond)
        return
    assert calendar.working_day_of_month(2025, month, number) == worked[number - 1]
    assert calendar.working_day_of_month(2025, month, -number) == worked[-number]


def expected(calendar: WorkCalendar, day: date, adjustment: Adjustment) -> date | None:
    """Where a date goes, by the words of each adjustment."""
    after, before = walked(calendar, day, DAY), walked(calendar, day, -DAY)
    in_month = {after: after.month == day.month, before: before.month == day.month}
    return {
        Adjustment.NONE: day,
        Adjustment.FOLLOWING: after,
        Adjustment.PRECEDING: before,
        Adjustment.MODIFIED_FOLLOWING: after if in_month[after] else before,
        Adjustment.MODIFIED_PRECEDING: before if in_month[before] else after,
        Adjustment.NEAREST: before if day - before < after - day else after,
        Adjustment.SKIP: None,
    }[adjustment]


@given(work_calendars(), DAYS, st.sampled_from(Adjustment))
def test_a_date_goes_where_its_adjustment_sends_it_and_no_further(
    calendar: WorkCalendar, day: date, adjustment: Adjustment
) -> None:
    goes_to = calendar.adjusted(day, adjustment)
    if is_worked(calendar, day):
        assert goes_to == day
        return
    assert goes_to == expected(calendar, day, adjustment)
    if goes_to is not None and adjustment is not Adjustment.NONE:
        assert is_worked(calendar, goes_to)
        assert calendar.adjusted(goes_to, adjustment) == goes_to


@pytest.mark.parametrize(
    ("adjustment", "goes_to"),
    [
        (Adjustment.NONE, date(2026, 2, 15)),
        (Adjustment.FOLLOWING, date(2026, 2, 24)),
        (Adjustment.PRECEDING, date(2026, 2, 14)),
        (Adjustment.MODIFIED_FOLLOWING, date(2026, 2, 24)),
        (Adjustment.MODIFIED_PRECEDING, date(2026, 2, 14)),
        (Adjustment.NEAREST, date(2026, 2, 14)),
        (Adjustment.SKIP, None),
    ],
)
def test_the_first_day_of_the_spring_festival(adjustment: Adjustment, goes_to: date | None) -> None:
    assert SPRING.adjusted(date(2026, 2, 15), adjustment) == goes_to


@pytest.mark.parametrize(
    ("day", "adjustment", "goes_to"),
    [
        # The middle of the break: as far to the 14th as to the 24th.
        (date(2026, 2, 19), Adjustment.NEAREST, date(2026, 2, 24)),
        (date(2026, 2, 20), Adjustment.NEAREST, date(2026, 2, 24)),
        (date(2026, 2, 18), Adjustment.NEAREST, date(2026, 2, 14)),
        (date(2026, 3, 1), Adjustment.PRECEDING, date(2026, 2, 28)),
        (date(2026, 3, 1), Adjustment.MODIFIED_PRECEDING, date(2026, 3, 2)),
    ],
)
def test_days_of_the_spring_of_2026(day: date, adjustment: Adjustment, goes_to: date) -> None:
    assert SPRING.adjusted(day, adjustment) == goes_to


def test_a_named_working_day_outweighs_a_holiday() -> None:
    both = WorkCalendar(holidays=[date(2026, 2, 14)], workdays=[date(2026, 2, 14)])
    assert both.is_working_day(date(2026, 2, 14))
    weekday = WorkCalendar(holidays=[date(2026, 2, 16)], workdays=[date(2026, 2, 16)])
    assert weekday.working_days(Period.month(2026, 2)) == 20


@pytest.mark.parametrize(
    "days",
    [
        [date(2026, 1, 1)],
        (date(2026, 1, 1),),
        {date(2026, 1, 1)},
        {date(2026, 1, 1): "New Year"},
        iter([date(2026, 1, 1)]),
    ],
    ids=["list", "tuple", "set", "mapping", "iterator"],
)
def test_days_come_from_whatever_has_them(days: Any) -> None:
    assert WorkCalendar(holidays=days).holidays == {date(2026, 1, 1)}


MONDAYS_ONLY = WorkCalendar(rest_weekdays=range(1, 7))
NEVER = WorkCalendar(rest_weekdays=range(7))


def test_the_ends_of_the_calendar() -> None:
    assert WorkCalendar().is_working_day(date.min)
    assert WorkCalendar().working_days(Period(date.min, date.max)) == 2_608_615
    assert MONDAYS_ONLY.adjusted(date.max, Adjustment.NEAREST) == date(9999, 12, 27)
    with pytest.raises(CalendarError) as caught:
        WorkCalendar().next_working_day(date.max)
    assert str(caught.value) == (
        "no working day comes after 9999-12-31; let a day of the week be worked, "
        "or name working days"
    )
    with pytest.raises(CalendarError, match="no working day comes before 0001-01-01"):
        WorkCalendar().previous_working_day(date.min)
    late = WorkCalendar(rest_weekdays=range(7), workdays=[date(2026, 1, 1)])
    assert late.adjusted(date.min, Adjustment.NEAREST) == date(2026, 1, 1)
    assert late.adjusted(date.max, Adjustment.NEAREST) == date(2026, 1, 1)


ONE_DAY = WorkCalendar(rest_weekdays=range(7), workdays=[date(2026, 1, 15)])


@pytest.mark.parametrize(
    ("calendar", "day", "adjustment", "goes_to"),
    [
        # The other direction of the calendar has no working day at all.
        (ONE_DAY, date(2026, 1, 16), Adjustment.MODIFIED_FOLLOWING, date(2026, 1, 15)),
        (ONE_DAY, date(2026, 1, 31), Adjustment.MODIFIED_FOLLOWING, date(2026, 1, 15)),
        (ONE_DAY, date(2026, 1, 14), Adjustment.MODIFIED_PRECEDING, date(2026, 1, 15)),
        (ONE_DAY, date(2026, 1, 1), Adjustment.MODIFIED_PRECEDING, date(2026, 1, 15)),
        (ONE_DAY, date(2026, 1, 14), Adjustment.MODIFIED_FOLLOWING, date(2026, 1, 15)),
        (ONE_DAY, date(2026, 1, 16), Adjustment.MODIFIED_PRECEDING, date(2026, 1, 15)),
        # The month has none in either: it goes into another.
        (ONE_DAY, date(2026, 2, 1), Adjustment.MODIFIED_FOLLOWING, date(2026, 1, 15)),
        (ONE_DAY, date(2025, 12, 31), Adjustment.MODIFIED_PRECEDING, date(2026, 1, 15)),
        (
            WorkCalendar(holidays=[date.max]),
            date.max,
            Adjustment.MODIFIED_FOLLOWING,
            date(9999, 12, 30),
        ),
        (
            WorkCalendar(holidays=[date.min]),
            date.min,
            Adjustment.MODIFIED_PRECEDING,
            date(1, 1, 2),
        ),
    ],
)
def test_one_direction_of_the_month_is_enough(
    calendar: WorkCalendar, day: date, adjustment: Adjustment, goes_to: date
) -> None:
    assert calendar.adjusted(day, adjustment) == goes_to


@pytest.mark.parametrize(
    ("day", "adjustment", "where"),
    [
        (date(2026, 1, 16), Adjustment.FOLLOWING, "after 2026-01-16"),
        (date(2026, 1, 14), Adjustment.PRECEDING, "before 2026-01-14"),
        (date(2025, 12, 31), Adjustment.MODIFIED_FOLLOWING, "before 2025-12-31"),
        (date(2026, 2, 1), Adjustment.MODIFIED_PRECEDING, "after 2026-02-01"),
    ],
)
def test_a_direction_without_working_days_is_reported(
    day: date, adjustment: Adjustment, where: str
) -> None:
    with pytest.raises(CalendarError) as caught:
        ONE_DAY.adjusted(day, adjustment)
    assert str(caught.value) == (
        f"no working day comes {where}; let a day of the week be worked, or name working days"
    )


def test_a_calendar_without_working_days_has_nowhere_to_go() -> None:
    assert NEVER.working_days(Period.year(2026)) == 0
    for adjustment in set(Adjustment) - {Adjustment.NONE, Adjustment.SKIP}:
        with pytest.raises(CalendarError):
            NEVER.adjusted(date(2026, 1, 1), adjustment)


NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: WorkCalendar([7]),
            "WorkCalendar: rest_weekdays is frozenset({7}); "
            "allowed: ints from 0 (Monday) to 6 (Sunday)",
        ),
        (
            lambda: WorkCalendar([True]),
            "WorkCalendar: rest_weekdays is frozenset({True}); allowed: ints from 0",
        ),
        (
            lambda: WorkCalendar(5),  # type: ignore[arg-type]
            "WorkCalendar: rest_weekdays is 5; allowed: ints from 0 (Monday) to 6 (Sunday)",
        ),
        (
            lambda: WorkCalendar(holidays=[NOON]),
            "WorkCalendar: holidays is frozenset({datetime.datetime(2026, 1, 1, 12, 0, tzinf",
        ),
        (
            lambda: WorkCalendar(holidays="2026-01-01"),  # type: ignore[arg-type]
            "WorkCalendar: holidays is '2026-01-01'; "
            "allowed: dates, in any iterable or as the keys of a mapping",
        ),
        (
            lambda: WorkCalendar(workdays=[[date(2026, 1, 1)]]),  # type: ignore[list-item]
            "WorkCalendar: workdays is ([datetime.date(2026, 1, 1)],); allowed: dates, in any",
        ),
        (
            lambda: SPRING.is_working_day(NOON),
            "WorkCalendar.is_working_day: day is datetime.datetime(2026, 1, 1, 12, 0, tzinfo="
            "datetime.timezone.utc); allowed: a datetime.date such as date(",
        ),
        (
            lambda: SPRING.next_working_day("2026-01-01"),  # type: ignore[arg-type]
            "WorkCalendar.next_working_day: day is '2026-01-01'; allowed: a datetime.date such",
        ),
        (
            lambda: SPRING.adjusted(date(2026, 1, 1), "follows"),  # type: ignore[arg-type]
            "adjusted: adjustment is 'follows'; allowed: an Adjustment",
        ),
        (
            lambda: SPRING.working_days(2026),  # type: ignore[arg-type]
            "working_days: period is 2026; allowed: a Period",
        ),
        (
            lambda: SPRING.working_day_of_month(2026, 2, 0),
            "working_day_in: number is 0; allowed: an int from 1 on, or from -1 back",
        ),
        (
            lambda: SPRING.working_day_of_month(2026, 13, 1),
            "Period.month: month is 13; allowed: an int from 1 to 12",
        ),
    ],
)
def test_what_does_not_fit_is_rejected(call: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        call()
    assert str(caught.value).startswith(message)


def test_a_calendar_is_a_value() -> None:
    twin = WorkCalendar(holidays=SPRING.holidays, workdays=sorted(SPRING.workdays))
    assert twin == SPRING
    assert hash(twin) == hash(SPRING)


def test_so_many_days_are_no_list_of_holidays() -> None:
    for days in (Period(date(2026, 1, 1), date.max), Period(date(2026, 1, 1), date(2300, 1, 1))):
        with pytest.raises(FieldError, match="at most 100000 of them"):
            WorkCalendar(holidays=days)
    most = Period(date(2000, 1, 1), date(2000, 1, 1) + timedelta(days=MAXIMUM_DATES - 1))
    assert len(WorkCalendar(holidays=most).holidays) == MAXIMUM_DATES
    for number in (10**5000, -(10**5000)):
        with pytest.raises(FieldError, match="number is"):
            SPRING.working_day_in(Period.month(2026, 2), number)


def test_one_day_is_shown_as_it_is_and_several_are_counted() -> None:
    calendar = WorkCalendar(holidays=SPRING.holidays, workdays=[date(2026, 2, 14)])
    assert f"holidays=<{len(SPRING.holidays)} days>" in repr(calendar)
    assert "workdays=frozenset({datetime.date(2026, 2, 14)})" in repr(calendar)


def test_the_first_of_all_days_is_found_by_its_number() -> None:
    assert WorkCalendar().working_day_of_month(1, 1, 1) == date.min
    assert WorkCalendar().working_day_of_month(9999, 12, -1) == date.max


# Half days, names, and what is known.


def test_a_half_day_is_worked() -> None:
    eve = date(2026, 2, 13)
    calendar = WorkCalendar(half_days=[eve])
    assert calendar.is_working_day(eve)
    assert calendar.is_half_day(eve)
    assert not calendar.is_half_day(date(2026, 2, 12))
    assert calendar.working_days(Period.month(2026, 2)) == 20
    with pytest.raises(FieldError) as caught:
        WorkCalendar(half_days=[date(2026, 2, 14)])
    assert str(caught.value) == (
        "WorkCalendar: half_days is datetime.date(2026, 2, 14); allowed: working days; "
        "name it among the workdays too"
    )
    saturday = WorkCalendar(half_days=[date(2026, 2, 14)], workdays=[date(2026, 2, 14)])
    closed = saturday.without(frozenset([date(2026, 2, 14)]))
    assert (closed.half_days, closed.workdays) == (frozenset(), frozenset())
    assert not closed.is_working_day(date(2026, 2, 14))
    for days in (None, date(2026, 2, 14), [date(2026, 2, 14)], frozenset(["2026-02-14"])):
        with pytest.raises(FieldError, match=r"WorkCalendar\.without: days is .*: a set of dates"):
            saturday.without(days)  # type: ignore[arg-type]


def test_days_have_names() -> None:
    festival = {date(2026, 2, 17): "春節", date(2026, 1, 1): "元旦"}
    calendar = WorkCalendar(holidays=festival, names=festival)
    assert calendar.name_of(date(2026, 2, 17)) == "春節"
    assert calendar.name_of(date(2026, 2, 18)) is None
    assert list(calendar.names) == [date(2026, 1, 1), date(2026, 2, 17)]
    backwards = dict(reversed(list(festival.items())))
    assert WorkCalendar(names=backwards, holidays=festival) == calendar
    assert hash(WorkCalendar(names=backwards, holidays=festival)) == hash(calendar)


@pytest.mark.parametrize(
    "names", [["春節"], {1: "春節"}, {date(2026, 1, 1): ""}, {date(2026, 1, 1): 1}, "x", None]
)
def test_names_are_of_dates(names: Any) -> None:
    with pytest.raises(FieldError, match="allowed: a mapping of dates to names on one line"):
        WorkCalendar(names=names)


def test_a_calendar_knows_up_to_when_it_knows() -> None:
    calendar = WorkCalendar(known=Period.year(2026))
    assert [calendar.is_known(date(year, 6, 1)) for year in (2025, 2026, 2027)] == [
        False,
        True,
        False,
    ]
    assert WorkCalendar().is_known(date(2027, 6, 1))
    with pytest.raises(FieldError, match="known is 2026; allowed: a Period, or None"):
        WorkCalendar(known=2026)  # type: ignore[arg-type]
