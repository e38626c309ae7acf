"""Cadences: against dateutil's own expansion, and days that anybody finds in a calendar."""

import enum
import pickle
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from types import FrameType
from typing import Any, TypeVar

import attrs
import pytest
from dateutil.rrule import rrule, rruleset, rrulestr
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import AppraisalError, FieldError, Period
from cmappraisal.interop.converters import dumps, loads
from cmappraisal.interop.plan_strategies import cadences
from cmappraisal.interop.strategies import periods
from cmappraisal.showing import shown
from cmappraisal.training import VIP_SERVICE, Cadence, TrainingPlan
from cmappraisal.training.cadences import MAXIMUM_INTERVAL, MAXIMUM_RULE_LENGTH

JANUARY = Period.month(2026, 1)
FEBRUARY = Period.month(2026, 2)
SPRING = Period.quarter(2026, 1)
YEAR = Period.year(2026)
DAYS = st.dates(date(2025, 1, 1), date(2025, 12, 31))


def midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def read(text: str, start: date) -> rrule | rruleset:
    return rrulestr(text, dtstart=midnight(start))


def listed(rule: str, period: Period, starts_on: date | None = None) -> list[str]:
    """The days of a cadence, as text."""
    return [day.isoformat() for day in Cadence(rule, starts_on).days(period)]


@given(cadences(), periods())
def test_the_days_are_those_that_dateutil_finds(cadence: Cadence, period: Period) -> None:
    start = cadence.starts_on or date(period.first.year, 1, 1)
    found = read(cadence.rrule, start).between(
        midnight(period.first), midnight(period.last), inc=True
    )
    assert list(cadence.days(period)) == [moment.date() for moment in found]


@given(cadences(), DAYS, DAYS, DAYS)
def test_two_parts_of_a_year_have_the_days_of_the_whole(
    cadence: Cadence, one: date, two: date, three: date
) -> None:
    first, middle, last = sorted([one, two, three])
    whole = list(cadence.days(Period(first, last)))
    assert [day for day in whole if day <= middle] == list(cadence.days(Period(first, middle)))
    assert [day for day in whole if day >= middle] == list(cadence.days(Period(middle, last)))


@given(cadences(), st.sampled_from(["", "RRULE:", "rrule:", "RRule:"]), st.booleans())
def test_a_rule_is_kept_in_one_form_that_dateutil_reads_alike(
    cadence: Cadence, prefix: str, lower: bool
) -> None:
    text = prefix + (cadence.rrule.lower() if lower else cadence.rrule)
    again = Cadence(f" {text}\n", cadence.starts_on)
    assert again == cadence
    assert hash(again) == hash(cadence)
    start = date(2025, 1, 1)
    assert str(read(again.rrule, start)) == str(read(text, start))


@pytest.mark.parametrize(
    ("rule", "period", "days"),
    [
        ("FREQ=DAILY", Period(date(2026, 2, 27), date(2026, 3, 1)), "02-27 02-28 03-01"),
        ("FREQ=DAILY;INTERVAL=7", JANUARY, "01-01 01-08 01-15 01-22 01-29"),
        ("FREQ=DAILY;INTERVAL=7", FEBRUARY, "02-05 02-12 02-19 02-26"),
        ("FREQ=WEEKLY;BYDAY=MO", JANUARY, "01-05 01-12 01-19 01-26"),
        (
            "FREQ=WEEKLY;BYDAY=FR,MO",
            Period(date(2026, 1, 5), date(2026, 1, 12)),
            "01-05 01-09 01-12",
        ),
        # 1 January 2026 is a Thursday.
        ("FREQ=WEEKLY", JANUARY, "01-01 01-08 01-15 01-22 01-29"),
        ("FREQ=MONTHLY", SPRING, "01-01 02-01 03-01"),
        ("FREQ=YEARLY", YEAR, "01-01"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", SPRING, "01-15 02-15 03-15"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", Period.quarter(2026, 2), "05-31"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", SPRING, "01-31 02-28 03-31"),
        ("FREQ=MONTHLY;BYDAY=-1FR", SPRING, "01-30 02-27 03-27"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", SPRING, "01-30 02-27 03-31"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", YEAR, "02-13 03-13 11-13"),
        ("FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=1", YEAR, "03-01 09-01"),
        ("FREQ=YEARLY;BYDAY=2TU", YEAR, "01-13"),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=2TU", YEAR, "11-10"),
        ("FREQ=YEARLY;BYYEARDAY=1,60,-1", YEAR, "01-01 03-01 12-31"),
        ("FREQ=YEARLY;BYWEEKNO=2;BYDAY=MO", YEAR, "01-05"),
        ("FREQ=MONTHLY;BYMONTHDAY=15;COUNT=2", YEAR, "01-15 02-15"),
        # A count is reckoned from 1 January, whenever the days asked for begin.
        ("FREQ=MONTHLY;BYMONTHDAY=15;COUNT=2", Period(date(2026, 2, 1), YEAR.last), "02-15"),
        ("FREQ=MONTHLY;BYMONTHDAY=15;COUNT=2", Period.quarter(2026, 2), ""),
        ("FREQ=MONTHLY;BYMONTHDAY=15;UNTIL=20260215", YEAR, "01-15 02-15"),
        ("FREQ=MONTHLY;BYMONTHDAY=15;UNTIL=20260214", YEAR, "01-15"),
        ("FREQ=MONTHLY;BYMONTHDAY=15;UNTIL=20251231", YEAR, ""),
    ],
)
def test_days_of_the_year_2026(rule: str, period: Period, days: str) -> None:
    assert listed(rule, period) == [f"2026-{day}" for day in days.split()]


@pytest.mark.parametrize(
    ("rule", "starts_on", "period", "days"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", date(2026, 1, 5), FEBRUARY, "02-02 02-16"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", date(2025, 12, 29), FEBRUARY, "02-09 02-23"),
        ("FREQ=WEEKLY", date(2025, 12, 30), JANUARY, "01-06 01-13 01-20 01-27"),
        ("FREQ=MONTHLY", date(2026, 1, 31), SPRING, "01-31 03-31"),
        ("FREQ=MONTHLY;INTERVAL=3", date(2025, 11, 5), YEAR, "02-05 05-05 08-05 11-05"),
        ("FREQ=MONTHLY;BYMONTHDAY=15;COUNT=3", date(2025, 11, 1), YEAR, "01-15"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", date(2026, 1, 15), SPRING, "01-15 02-15 03-15"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", date(2026, 1, 16), SPRING, "02-15 03-15"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", date(2026, 4, 1), SPRING, ""),
        ("FREQ=YEARLY", date(2019, 5, 4), YEAR, "05-04"),
    ],
)
def test_intervals_and_counts_are_reckoned_from_a_first_day(
    rule: str, starts_on: date, period: Period, days: str
) -> None:
    assert listed(rule, period, starts_on) == [f"2026-{day}" for day in days.split()]


@pytest.mark.parametrize(
    ("rule", "starts_on", "days"),
    [
        # The examples of RFC 5545, 3.8.5.3, on the day with which a week begins.
        (
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
            date(1997, 8, 5),
            "1997-08-05 1997-08-10 1997-08-19 1997-08-24",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
            date(1997, 8, 5),
            "1997-08-05 1997-08-17 1997-08-19 1997-08-31",
        ),
        # And on the one day of a date that comes every four years.
        ("FREQ=YEARLY;COUNT=3", date(2024, 2, 29), "2024-02-29 2028-02-29 2032-02-29"),
        (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=2",
            date(1896, 1, 1),
            "1896-02-29 1904-02-29",
        ),
        ("FREQ=YEARLY;BYYEARDAY=366;COUNT=2", date(2021, 1, 1), "2024-12-31 2028-12-31"),
        ("FREQ=MONTHLY;BYMONTHDAY=30;COUNT=2", date(2026, 1, 31), "2026-03-30 2026-04-30"),
        # The last week of 2026, its 53rd, ends in 2027.
        ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=FR;COUNT=2", date(2020, 1, 1), "2021-01-01 2027-01-01"),
        (
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29;COUNT=2",
            date(2024, 1, 1),
            "2024-02-29 2028-02-29",
        ),
        # A Monday that is 29 February comes every 28 years.
        (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO;COUNT=2",
            date(2026, 1, 1),
            "2044-02-29 2072-02-29",
        ),
    ],
)
def test_days_of_many_years(rule: str, starts_on: date, days: str) -> None:
    assert listed(rule, Period(starts_on, date(2099, 12, 31)), starts_on) == days.split()


@pytest.mark.parametrize(
    ("rule", "period", "days"),
    [
        ("FREQ=DAILY", Period(date.min, date(1, 1, 2)), "0001-01-01 0001-01-02"),
        # The first day of the calendar is a Monday, the last a Friday.
        ("FREQ=WEEKLY;BYDAY=MO", Period(date.min, date(1, 1, 14)), "0001-01-01 0001-01-08"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", Period.month(1, 2), "0001-02-28"),
        ("FREQ=DAILY", Period(date(9999, 12, 30), date.max), "9999-12-30 9999-12-31"),
        ("FREQ=WEEKLY;BYDAY=FR", Period(date(9999, 12, 20), date.max), "9999-12-24 9999-12-31"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", Period.month(9999, 12), "9999-12-31"),
        ("FREQ=YEARLY;BYMONTH=12;BYDAY=-1FR", Period.year(9999), "9999-12-31"),
        ("FREQ=DAILY;UNTIL=99991231", Period(date.max, date.max), "9999-12-31"),
        ("FREQ=DAILY;UNTIL=00010101", Period.month(1, 1), "0001-01-01"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", Period.year(9999), ""),
    ],
)
def test_the_ends_of_the_calendar(rule: str, period: Period, days: str) -> None:
    assert listed(rule, period) == days.split()


@pytest.mark.parametrize(
    ("rule", "starts_on", "period", "days"),
    [
        ("FREQ=WEEKLY", None, Period(date(9999, 12, 24), date.max), "9999-12-24 9999-12-31"),
        ("FREQ=WEEKLY", date(9999, 12, 29), Period(date(9999, 12, 27), date.max), "9999-12-29"),
        # The week of the last day has a Saturday and a Sunday that are beyond the calendar.
        ("FREQ=WEEKLY;BYDAY=FR,SU", None, Period(date(9999, 12, 30), date.max), "9999-12-31"),
        ("FREQ=WEEKLY;BYDAY=SA,SU", None, Period(date(9999, 12, 27), date.max), ""),
        (
            "FREQ=WEEKLY;BYDAY=SU;COUNT=1000",
            None,
            Period(date(9999, 12, 26), date.max),
            "9999-12-26",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;WKST=SU",
            date(9999, 12, 6),
            Period.month(9999, 12),
            "9999-12-06 9999-12-10 9999-12-20 9999-12-24",
        ),
        # A week that begins on another day begins before the calendar does.
        ("FREQ=WEEKLY;WKST=SU", None, Period(date.min, date(1, 1, 14)), "0001-01-01 0001-01-08"),
        (
            "FREQ=WEEKLY;BYDAY=SA,SU;WKST=SU",
            None,
            Period(date.min, date(1, 1, 14)),
            "0001-01-06 0001-01-07 0001-01-13 0001-01-14",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=WE",
            None,
            Period(date.min, date(1, 1, 28)),
            "0001-01-14 0001-01-28",
        ),
    ],
)
def test_weeks_that_reach_beyond_the_calendar(
    rule: str, starts_on: date | None, period: Period, days: str
) -> None:
    assert listed(rule, period, starts_on) == days.split()


WEEKDAYS = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
WEEKLY = st.builds(
    "FREQ=WEEKLY;INTERVAL={};BYDAY={};WKST={}{}".format,
    st.integers(1, 3),
    st.lists(WEEKDAYS, min_size=1, max_size=4, unique=True).map(",".join),
    WEEKDAYS,
    st.sampled_from(["", "", ";COUNT=1", ";COUNT=4"]),
)


@given(WEEKLY, st.sampled_from([1, 9999]), st.none() | st.integers(0, 364), st.integers(0, 364))
def test_the_first_and_the_last_year_are_as_those_400_years_nearer(
    rule: str, year: int, starts_on: int | None, first: int
) -> None:
    """Every 400 years the calendar is the same, days of the week included."""

    def counted(year: int) -> list[int]:
        whole = Period.year(year)
        start = None if starts_on is None else whole.first + timedelta(starts_on)
        days = Cadence(rule, start).days(Period(whole.first + timedelta(first), whole.last))
        return [(day - whole.first).days for day in days]

    assert counted(year) == counted(401 if year == 1 else 9599)


@pytest.mark.parametrize("period", [None, 2026, "2026", date(2026, 1, 1), [date(2026, 1, 1)]])
def test_the_days_are_those_of_a_period(period: Any) -> None:
    with pytest.raises(FieldError) as caught:
        next(Cadence("FREQ=DAILY").days(period))
    assert str(caught.value) == f"Cadence.days: period is {period!r}; allowed: a Period"


@pytest.mark.parametrize(
    ("starts_on", "days"),
    [
        # Without a first day it is reckoned from 1 January 2025: the 361st day is 27 December.
        (None, "2026-01-06"),
        (date(2025, 12, 21), "2025-12-31 2026-01-10"),
        (date(2025, 12, 25), "2026-01-04 2026-01-14"),
    ],
)
def test_a_period_across_years(starts_on: date | None, days: str) -> None:
    across = Period(date(2025, 12, 30), date(2026, 1, 14))
    assert listed("FREQ=DAILY;INTERVAL=10", across, starts_on) == days.split()


LONG = Period(date(2020, 1, 1), date(2047, 12, 31))


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;INTERVAL=1",
        "FREQ=DAILY;INTERVAL=1000",
        "FREQ=DAILY;COUNT=1",
        "FREQ=DAILY;COUNT=1000",
        "FREQ=DAILY;BYMONTH=1,12;BYMONTHDAY=-31;BYDAY=MO",
        "FREQ=WEEKLY;BYMONTH=12",
        "FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=-1",
        "FREQ=WEEKLY;WKST=SU",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTHDAY=+31",
        "FREQ=MONTHLY;BYMONTHDAY=-31",
        "FREQ=MONTHLY;BYDAY=1MO",
        "FREQ=MONTHLY;BYDAY=+01MO",
        "FREQ=MONTHLY;BYDAY=1MO,-1FR",
        "FREQ=MONTHLY;BYMONTHDAY=01,-01,+01",
        "FREQ=YEARLY;BYMONTH=01,12",
        "FREQ=YEARLY;BYYEARDAY=001,-001",
        "FREQ=YEARLY;BYWEEKNO=01,-01",
        "FREQ=DAILY;INTERVAL=0001",
        "FREQ=MONTHLY;BYDAY=-5SU",
        "FREQ=YEARLY;BYDAY=20MO",
        "FREQ=YEARLY;BYDAY=53MO",
        "FREQ=YEARLY;BYDAY=-53MO",
        "FREQ=YEARLY;BYYEARDAY=366",
        "FREQ=YEARLY;BYYEARDAY=-366",
        "FREQ=YEARLY;BYWEEKNO=53",
        "FREQ=YEARLY;BYWEEKNO=-53",
        "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366",
        "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=-366",
        "BYMONTHDAY=1;FREQ=MONTHLY",
    ],
)
def test_what_rfc_5545_allows_comes_round(rule: str) -> None:
    cadence = Cadence(rule)
    assert cadence.rrule == rule
    found = read(rule, LONG.first).between(midnight(LONG.first), midnight(LONG.last), inc=True)
    assert list(cadence.days(LONG)) == [moment.date() for moment in found]
    assert found


@pytest.mark.parametrize("weekday", ["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
def test_the_rarest_days_come_once_in_28_years(weekday: str) -> None:
    assert len(listed(f"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY={weekday}", LONG)) == 1
    assert len(listed(f"FREQ=YEARLY;BYYEARDAY=366;BYDAY={weekday}", LONG)) == 1


PARTS = (
    "the parts FREQ, INTERVAL, COUNT, UNTIL, WKST, BYDAY, BYMONTH, BYMONTHDAY, BYYEARDAY, "
    "BYWEEKNO, BYSETPOS"
)
FORM = "parts such as FREQ=MONTHLY, with semicolons between them"
FREQ = "FREQ with one of DAILY, WEEKLY, MONTHLY, YEARLY"
INTERVAL = "INTERVAL with a number from 1 to 1000"
COUNT = "COUNT with a number from 1 to 1000"
UNTIL = "UNTIL with a day such as 20261231"
WKST = "WKST with a day of the week such as MO"
BYDAY = "BYDAY with days of the week such as MO,WE or 1MO,-1FR"
BYMONTH = "BYMONTH with months from 1 to 12"
BYMONTHDAY = "BYMONTHDAY with days from 1 to 31, or from -1 to -31"
BYYEARDAY = "BYYEARDAY with days from 1 to 366, or from -1 to -366"
BYWEEKNO = "BYWEEKNO with weeks from 1 to 53, or from -1 to -53"
BYSETPOS = "BYSETPOS with places from 1 to 366, or from -1 to -366"
YEARLY = "FREQ=YEARLY only"
NUMBERS = "BYDAY with numbers with FREQ=MONTHLY or YEARLY only, and without BYWEEKNO"
MIXTURE = "BYDAY with a number for each day or for none: dateutil reads no mixture"
WITHIN_A_MONTH = "BYDAY with numbers from 1 to 5, or from -1 to -5, with FREQ=MONTHLY or BYMONTH"
ONCE = "each part once"
WITH_FREQ = "a rule with FREQ, one of DAILY, WEEKLY, MONTHLY, YEARLY"
NEVER = "a rule that comes round at least once"
BESIDE = "BYSETPOS beside another part that begins with BY"


T = TypeVar("T")


def with_calls(do: Callable[[], T]) -> tuple[T, int]:
    """What something returns, and how many calls it took."""
    calls = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal calls
        calls += 1

    outer = sys.getprofile()
    sys.setprofile(count)
    try:
        result = do()
        return result, calls
    finally:
        sys.setprofile(outer)


def assert_rejected(rule: str, allowed: str) -> None:
    with pytest.raises(FieldError) as caught:
        Cadence(rule)
    assert str(caught.value) == f"Cadence: rrule is {shown(rule)}; allowed: {allowed}"


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        ("MONTHLY", FORM),
        ("FREQ=DAILY;", FORM),
        (";FREQ=DAILY", FORM),
        ("FREQ=DAILY COUNT=3", FORM),
        ("FREQ=DAILY=MONTHLY", FORM),
        ("FREQ=DAILY,COUNT", FREQ),
        ("DTSTART:20260101\nRRULE:FREQ=DAILY", PARTS),
        ("每月十五日", FORM),
        ("\ud800", FORM),
        ("FREQ=DAILY;BYHOUR=9", PARTS),
        ("FREQ=YEARLY;BYEASTER=0", PARTS),
        ("FREQ=DAILY;X-NAME=1", PARTS),
        ("FREQ=DAILY; COUNT=1", PARTS),
        ("FREQ=", FREQ),
        ("FREQ=HOURLY", FREQ),
        ("FREQ=DAILY\n;COUNT=1", FREQ),
        ("INTERVAL=2", WITH_FREQ),
        ("FREQ=DAILY;FREQ=DAILY", ONCE),
        ("FREQ=MONTHLY;BYMONTHDAY=1;BYMONTHDAY=2", ONCE),
        ("BYHOUR=9;COUNT", FORM),
        ("FREQ=WEEKLY;INTERVAL=0;BYMONTHDAY=1", INTERVAL),
        ("FREQ=DAILY;INTERVAL=0", INTERVAL),
        ("FREQ=DAILY;INTERVAL=-1", INTERVAL),
        ("FREQ=DAILY;INTERVAL=1.5", INTERVAL),
        ("FREQ=DAILY;INTERVAL=", INTERVAL),
        ("FREQ=DAILY;INTERVAL=٣", INTERVAL),
        (f"FREQ=DAILY;INTERVAL={MAXIMUM_INTERVAL + 1}", INTERVAL),
        ("FREQ=DAILY;INTERVAL=00001", INTERVAL),
        ("FREQ=DAILY;COUNT=0", COUNT),
        ("FREQ=DAILY;COUNT=1001", COUNT),
        ("FREQ=DAILY;UNTIL=20250229", UNTIL),
        ("FREQ=DAILY;UNTIL=00000101", UNTIL),
        ("FREQ=DAILY;UNTIL=2026-12-31", UNTIL),
        ("FREQ=DAILY;UNTIL=20261231T000000", UNTIL),
        ("FREQ=DAILY;UNTIL=٢٠٢٦١٢٣١", UNTIL),
        ("FREQ=DAILY;WKST=1", WKST),
        ("FREQ=DAILY;WKST=MO|TU", WKST),
        ("FREQ=WEEKLY;BYDAY=XX", BYDAY),
        ("FREQ=WEEKLY;BYDAY=", BYDAY),
        ("FREQ=WEEKLY;BYDAY=MO,", BYDAY),
        ("FREQ=WEEKLY;BYDAY=MO WE", BYDAY),
        ("FREQ=WEEKLY;BYDAY=MO(1)", BYDAY),
        ("FREQ=MONTHLY;BYDAY=0MO", BYDAY),
        ("FREQ=MONTHLY;BYDAY=00MO", BYDAY),
        ("FREQ=MONTHLY;BYDAY=001MO", BYDAY),
        ("FREQ=MONTHLY;BYDAY=1MO,XX", BYDAY),
        # What only looks like a rule, or would look like one in capitals.
        ("FREQ=DAıLY", FREQ),
        ("FREQ=DAıLY;COUNT=3", FREQ),
        ("freq=daıly", PARTS),
        ("FREQ=DAILY\u3000", FREQ),
        ("\u3000FREQ=DAILY", PARTS),
        ("ＦREQ=DAILY", PARTS),
        ("FREQ＝DAILY", FORM),
        ("FREQ=DAILY;BYDAY=ＭＯ", BYDAY),
        ("FREQ=DAILY;BYDAY=МО", BYDAY),
        ("FREQ=MONTHLY;BYMONTHDAY=１５", BYMONTHDAY),
        ("FREQ=DAILY；COUNT=3", FORM),
        ("FREQ=YEARLY;BYDAY=54MO", BYDAY),
        ("FREQ=YEARLY;BYMONTH=0", BYMONTH),
        ("FREQ=YEARLY;BYMONTH=13", BYMONTH),
        ("FREQ=YEARLY;BYMONTH=-1", BYMONTH),
        ("FREQ=YEARLY;BYMONTH=JAN", BYMONTH),
        ("FREQ=YEARLY;BYMONTH=003", BYMONTH),
        ("FREQ=YEARLY;BYMONTH=00", BYMONTH),
        ("FREQ=MONTHLY;BYMONTHDAY=015", BYMONTHDAY),
        ("FREQ=MONTHLY;BYMONTHDAY=-015", BYMONTHDAY),
        ("FREQ=MONTHLY;BYMONTHDAY=00", BYMONTHDAY),
        ("FREQ=MONTHLY;BYMONTHDAY=0", BYMONTHDAY),
        ("FREQ=MONTHLY;BYMONTHDAY=32", BYMONTHDAY),
        ("FREQ=MONTHLY;BYMONTHDAY=-32", BYMONTHDAY),
        ("FREQ=MONTHLY;BYMONTHDAY=1,,2", BYMONTHDAY),
        ("FREQ=YEARLY;BYYEARDAY=367", BYYEARDAY),
        ("FREQ=YEARLY;BYYEARDAY=0", BYYEARDAY),
        ("FREQ=YEARLY;BYYEARDAY=0001", BYYEARDAY),
        ("FREQ=YEARLY;BYWEEKNO=001", BYWEEKNO),
        ("FREQ=YEARLY;BYWEEKNO=54", BYWEEKNO),
        ("FREQ=YEARLY;BYWEEKNO=-54", BYWEEKNO),
        ("FREQ=YEARLY;BYDAY=MO;BYSETPOS=0", BYSETPOS),
        ("FREQ=YEARLY;BYDAY=MO;BYSETPOS=367", BYSETPOS),
        ("FREQ=YEARLY;BYDAY=MO;BYSETPOS=1234", BYSETPOS),
    ],
)
def test_a_part_that_is_none_is_rejected(rule: str, allowed: str) -> None:
    assert_rejected(rule, allowed)


@pytest.mark.parametrize(
    ("rule", "problems"),
    [
        ("INTERVAL=0", [("missing", WITH_FREQ), ("not-allowed", INTERVAL)]),
        ("FREQ=DAILY;INTERVAL=0;INTERVAL=1", [("repeated", ONCE), ("not-allowed", INTERVAL)]),
        ("INTERVAL=2;INTERVAL=2", [("repeated", ONCE), ("missing", WITH_FREQ)]),
        ("FREQ=HOURLY;BYHOUR=9", [("not-allowed", PARTS), ("not-allowed", FREQ)]),
        ("BYHOUR=9;BYHOUR=9", [("not-allowed", PARTS), ("repeated", ONCE)]),
        ("FREQ=DAILY;COUNT=0;INTERVAL=0", [("not-allowed", COUNT), ("not-allowed", INTERVAL)]),
        (
            "FREQ=WEEKLY;BYMONTHDAY=1;COUNT=2;UNTIL=20261231",
            [
                ("contradiction", "BYMONTHDAY with FREQ=DAILY or MONTHLY or YEARLY only"),
                ("contradiction", "COUNT or UNTIL, not both"),
            ],
        ),
    ],
)
def test_everything_that_is_wrong_with_a_rule_is_reported(
    rule: str, problems: list[tuple[str, str]]
) -> None:
    with pytest.raises(FieldError) as caught:
        Cadence(rule)
    assert [(each.path, each.code.value, each.message) for each in caught.value.problems] == [
        ("$.rrule", code, f"{shown(rule)}; allowed: {allowed}") for code, allowed in problems
    ]


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        ("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY with FREQ=DAILY or MONTHLY or YEARLY only"),
        ("FREQ=DAILY;BYYEARDAY=1", f"BYYEARDAY with {YEARLY}"),
        ("FREQ=WEEKLY;BYYEARDAY=1", f"BYYEARDAY with {YEARLY}"),
        ("FREQ=MONTHLY;BYYEARDAY=1", f"BYYEARDAY with {YEARLY}"),
        ("FREQ=DAILY;BYWEEKNO=1", f"BYWEEKNO with {YEARLY}"),
        ("FREQ=WEEKLY;BYWEEKNO=1", f"BYWEEKNO with {YEARLY}"),
        ("FREQ=MONTHLY;BYWEEKNO=1", f"BYWEEKNO with {YEARLY}"),
        ("FREQ=DAILY;BYDAY=1MO", NUMBERS),
        ("FREQ=WEEKLY;BYDAY=1MO,-1FR", NUMBERS),
        ("FREQ=WEEKLY;BYDAY=MO,-1FR", NUMBERS),
        ("FREQ=MONTHLY;BYDAY=MO,1FR", MIXTURE),
        ("FREQ=MONTHLY;BYDAY=-1MO,TU,WE", MIXTURE),
        ("FREQ=YEARLY;BYDAY=20MO,FR", MIXTURE),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO", NUMBERS),
        ("FREQ=MONTHLY;BYDAY=6MO", WITHIN_A_MONTH),
        ("FREQ=MONTHLY;BYDAY=-6MO", WITHIN_A_MONTH),
        ("FREQ=MONTHLY;BYDAY=7MO,1TU", WITHIN_A_MONTH),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=6MO", WITHIN_A_MONTH),
        ("FREQ=DAILY;COUNT=3;UNTIL=20261231", "COUNT or UNTIL, not both"),
        ("FREQ=MONTHLY;BYSETPOS=1", BESIDE),
        ("FREQ=MONTHLY;INTERVAL=2;WKST=MO;BYSETPOS=-1", BESIDE),
    ],
)
def test_parts_that_do_not_go_together_are_rejected(rule: str, allowed: str) -> None:
    assert_rejected(rule, allowed)


@pytest.mark.parametrize(
    "rule",
    ["FREQ=MONTHLY;BYDAY={}MO", "FREQ=YEARLY;BYMONTH=12;BYDAY={}SU", "FREQ=MONTHLY;BYDAY=1TU,{}WE"],
)
def test_no_month_has_a_sixth_monday(rule: str) -> None:
    for number in (*range(6, 54), *range(-53, -5)):
        assert_rejected(rule.format(number), WITHIN_A_MONTH)


def test_a_document_with_a_sixth_monday_is_rejected() -> None:
    document = dumps(VIP_SERVICE).replace("BYMONTHDAY=15", "BYDAY=8MO")
    with pytest.raises(AppraisalError, match=WITHIN_A_MONTH):
        loads(document, TrainingPlan)


def numbers(most: int, *, signed: bool = True) -> st.SearchStrategy[str]:
    few = st.integers(1, min(5, most)) | st.integers(1, most) | st.just(most)
    sign = st.sampled_from(["", "+", "-"] if signed else [""])
    number = st.tuples(sign, few).map(lambda pair: f"{pair[0]}{pair[1]}")
    return st.lists(number, min_size=1, max_size=3).map(",".join)


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Rules of all parts of RFC 5545 about days, whether or not they go together."""
    weekday = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
    numbered = st.lists(st.tuples(numbers(53), weekday), min_size=1, max_size=3).map(
        lambda pairs: ",".join(f"{number.split(',')[0]}{day}" for number, day in pairs)
    )
    parts = {
        "INTERVAL": st.sampled_from(["1", "2", "7", "400", "1000"]),
        "COUNT": st.sampled_from(["1", "3", "1000"]),
        "UNTIL": st.sampled_from(["00010101", "20261231", "99991231"]),
        "WKST": weekday,
        "BYDAY": numbered | st.lists(weekday, min_size=1, max_size=3).map(",".join),
        "BYMONTH": numbers(12, signed=False),
        "BYMONTHDAY": numbers(31),
        "BYYEARDAY": numbers(366),
        "BYWEEKNO": numbers(53),
        "BYSETPOS": numbers(366),
    }
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    names = draw(st.lists(st.sampled_from(list(parts)), max_size=3, unique=True))
    return ";".join([f"FREQ={frequency}", *(f"{name}={draw(parts[name])}" for name in names)])


EDGES = st.sampled_from([1, 2, 400, 401, 1900, 2024, 2026, 9598, 9599, 9998, 9999])


@given(rules(), EDGES, st.integers(0, 364), st.integers(0, 400), st.none() | st.integers(0, 40_000))
def test_any_rule_is_rejected_or_comes_round_as_dateutil_finds(
    rule: str, year: int, first: int, length: int, before: int | None
) -> None:
    try:
        Cadence(rule)
    except FieldError:
        return
    since = date(year, 1, 1) + timedelta(first)
    period = Period(since, since + timedelta(min(length, (date.max - since).days)))
    start = since - timedelta(min(before, (since - date.min).days)) if before is not None else None
    found = list(Cadence(rule, start).days(period))
    assert found == sorted(found)
    assert all(day in period for day in found)
    if 2 < year < 9598:
        assert found == as_dateutil_finds(rule, start or date(year, 1, 1), period)


def as_dateutil_finds(rule: str, start: date, period: Period) -> list[date]:
    parts = dict(part.split("=") for part in rule.split(";"))
    count = None
    begins = start
    if parts["FREQ"] == "WEEKLY" and "BYSETPOS" in parts:
        # dateutil expands the rest of the week of a start, of which the places are then.
        count = int(parts.pop("COUNT", "0")) or None
        week = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
        begins -= timedelta((start.weekday() - week.index(parts.get("WKST", "MO"))) % 7)
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    there = read(text, begins).between(midnight(start), midnight(period.last), inc=True)
    return [each.date() for each in there[:count] if each.date() >= period.first]


@pytest.mark.parametrize(
    ("rule", "starts_on", "days"),
    [
        # The place is among all the days of the week, though it begins on a Wednesday.
        ("FREQ=WEEKLY;BYDAY=MO,FR;BYSETPOS=1", date(2026, 1, 7), "01-12 01-19 01-26"),
        ("FREQ=WEEKLY;BYDAY=MO,FR;BYSETPOS=1;COUNT=2", date(2026, 1, 7), "01-12 01-19"),
        ("FREQ=WEEKLY;BYDAY=MO,FR;BYSETPOS=2", date(2026, 1, 7), "01-09 01-16 01-23 01-30"),
        ("FREQ=WEEKLY;BYDAY=MO,FR;BYSETPOS=-2;INTERVAL=2", date(2026, 1, 7), "01-19"),
        ("FREQ=WEEKLY;BYDAY=SU,FR;BYSETPOS=1;WKST=SU", date(2026, 1, 7), "01-11 01-18 01-25"),
        ("FREQ=WEEKLY;BYDAY=MO,FR;BYSETPOS=1", None, "01-05 01-12 01-19 01-26"),
    ],
)
def test_a_place_in_a_week_is_among_all_of_its_days(
    rule: str, starts_on: date | None, days: str
) -> None:
    assert listed(rule, JANUARY, starts_on) == [f"2026-{day}" for day in days.split()]


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY;BYDAY=MO,SU;BYSETPOS=1;WKST=SU"])
def test_a_place_in_the_first_week_of_the_calendar(rule: str) -> None:
    first = Period(date.min, date(1, 1, 14))
    assert [str(day) for day in Cadence(rule, date.min).days(first)] == ["0001-01-07", "0001-01-14"]


@pytest.mark.parametrize(
    ("rule", "starts_on", "months"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=31", None, [2, 4, 6, 9, 11]),
        ("FREQ=MONTHLY;BYMONTHDAY=30", None, [2]),
        ("FREQ=MONTHLY;BYMONTHDAY=-31", None, [2, 4, 6, 9, 11]),
        ("FREQ=MONTHLY;BYMONTHDAY=29,30", None, [2]),
        ("FREQ=MONTHLY", date(2026, 1, 31), [2, 4, 6, 9, 11]),
        ("FREQ=MONTHLY;INTERVAL=3", date(2026, 1, 31), [4]),
        ("FREQ=MONTHLY;BYMONTHDAY=31;UNTIL=20260415", None, [2, 4]),
        ("FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=6,7", date(2026, 7, 1), []),
        ("FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=6,7", None, [6]),
        ("FREQ=MONTHLY;BYMONTHDAY=15,31", None, []),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", None, []),
        ("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3", None, []),
        # The day lies before the first day, or after the last: the month has it all the same.
        ("FREQ=MONTHLY;BYMONTHDAY=30", date(2026, 1, 31), [2]),
        ("FREQ=MONTHLY;BYMONTHDAY=31;UNTIL=20260315", None, [2]),
        ("FREQ=MONTHLY;BYDAY=5FR", None, [2, 3, 4, 6, 8, 9, 11, 12]),
        ("FREQ=MONTHLY;BYDAY=-5FR,+5SA", None, [2, 3, 4, 6, 9, 11, 12]),
        ("FREQ=MONTHLY;BYDAY=4FR,5FR", None, []),
        ("FREQ=MONTHLY;BYDAY=FR", None, []),
        ("FREQ=MONTHLY;BYDAY=5FR;BYMONTH=1,2", date(2026, 1, 31), [2]),
        ("FREQ=MONTHLY;BYMONTHDAY=29,30,31;BYSETPOS=-1", None, [2]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=22", None, [2, 5, 8, 11]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", None, []),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", None, []),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", None, [2]),
        ("FREQ=YEARLY", date(2024, 2, 29), [2]),
        ("FREQ=YEARLY;INTERVAL=4", date(2024, 2, 29), []),
        ("FREQ=YEARLY;BYMONTHDAY=31", None, [2, 4, 6, 9, 11]),
        ("FREQ=YEARLY;BYMONTH=2,3;BYDAY=5SU", None, [2]),
        ("FREQ=YEARLY;BYDAY=53FR", None, []),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYSETPOS=1", None, []),
        ("FREQ=YEARLY", None, []),
        ("FREQ=MONTHLY", None, []),
        ("FREQ=DAILY", None, []),
    ],
)
def test_the_months_that_have_no_such_day(
    rule: str, starts_on: date | None, months: list[int]
) -> None:
    found = list(Cadence(rule, starts_on).months_without(YEAR))
    assert [month.first.month for month in found] == months
    assert all(month == Period.month(2026, month.first.month) for month in found)


def test_the_months_are_those_of_a_period() -> None:
    with pytest.raises(FieldError, match=r"months_without: period is 1; allowed: a Period"):
        next(Cadence("FREQ=DAILY").months_without(1))  # type: ignore[arg-type]
    with pytest.raises(FieldError, match=r"CalendarSpan\.within: period is 1"):
        next(Cadence("FREQ=DAILY").numbered_days(1))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "starts_on", "days"),
    [
        ("FREQ=DAILY", date.min, 365),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU", date.min, 52),
        # Each of these is reckoned from a day that it never meets again.
        ("FREQ=DAILY;INTERVAL=7;BYDAY=TU", date(2026, 1, 1), 0),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=TU", date.min, 0),
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTH=3", None, 0),
    ],
)
def test_a_first_day_long_ago_and_days_that_never_come_take_no_long_search(
    rule: str, starts_on: date | None, days: int
) -> None:
    found, calls = with_calls(lambda: listed(rule, YEAR, starts_on))
    assert len(found) == days
    assert calls < 300_000


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=4,6,9,11;BYMONTHDAY=31",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-30",
        "FREQ=DAILY;BYDAY=MO;BYSETPOS=2",
        "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=-2",
        "FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=2",
        "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
        "FREQ=MONTHLY;INTERVAL=7;COUNT=3;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=YEARLY;UNTIL=20261231;BYMONTH=2;BYMONTHDAY=31",
    ],
)
def test_what_never_comes_round_is_rejected_without_a_long_search(rule: str) -> None:
    _, calls = with_calls(lambda: assert_rejected(rule, NEVER))
    # A search of all the years there are takes millions.
    assert calls < 300_000


def test_a_rule_can_be_so_long() -> None:
    beginning = "FREQ=MONTHLY;BYMONTHDAY="
    longest = beginning + "1," * 237 + "11"
    assert len(longest) == MAXIMUM_RULE_LENGTH == 500
    assert listed(longest, FEBRUARY) == ["2026-02-01", "2026-02-11"]
    longer = beginning + "1," * 238 + "1"
    assert_rejected(
        longer,
        "a recurrence rule of RFC 5545, such as FREQ=MONTHLY;BYMONTHDAY=15, of at most 500 "
        "characters",
    )
    assert listed(f"\t RRULE:{longest} ", JANUARY) == ["2026-01-01", "2026-01-11"]


def test_one_prefix_is_left_out() -> None:
    with pytest.raises(FieldError) as caught:
        Cadence("RRULE:RRULE:FREQ=DAILY")
    assert str(caught.value) == f"Cadence: rrule is 'RRULE:FREQ=DAILY'; allowed: {PARTS}"


class Rule(str, enum.Enum):  # noqa: UP042 - as an embedder may have it
    DAILY = "freq=daily"

    def __str__(self) -> str:
        return "every day"


def test_a_rule_of_the_caller_s_own_kind_becomes_a_plain_string() -> None:
    cadence = Cadence(Rule.DAILY)
    assert cadence == Cadence("FREQ=DAILY")
    assert type(cadence.rrule) is str


@pytest.mark.parametrize("rule", [None, 5, True, b"FREQ=DAILY", ["FREQ=DAILY"], "", " ", "rrule:"])
def test_a_rule_is_a_string_with_something_in_it(rule: Any) -> None:
    with pytest.raises(FieldError) as caught:
        Cadence(rule)
    given = repr(rule if not isinstance(rule, str) else "")
    assert str(caught.value) == (
        f"Cadence: rrule is {given}; allowed: a recurrence rule of RFC 5545, such as "
        "FREQ=MONTHLY;BYMONTHDAY=15, of at most 500 characters"
    )


@pytest.mark.parametrize("starts_on", [datetime(2026, 1, 1, tzinfo=UTC), "2026-01-01", 20260101])
def test_a_first_day_is_a_date(starts_on: Any) -> None:
    with pytest.raises(FieldError) as caught:
        Cadence("FREQ=DAILY", starts_on)
    assert str(caught.value) == (
        f"Cadence: starts_on is {shown(starts_on)}; "
        "allowed: None, or a datetime.date such as date(2025, 3, 2), no datetime and no string"
    )


def test_a_cadence_is_a_value() -> None:
    cadence = Cadence("FREQ=MONTHLY;BYMONTHDAY=15", date(2026, 1, 1))
    again = pickle.loads(pickle.dumps(cadence))
    assert again == cadence
    assert hash(again) == hash(cadence)
    assert cadence != Cadence(cadence.rrule)
    assert attrs.evolve(cadence, starts_on=None) == Cadence(cadence.rrule)
    with pytest.raises(FieldError, match=r"allowed: BYMONTHDAY with days from 1 to 31"):
        attrs.evolve(cadence, rrule="FREQ=MONTHLY;BYMONTHDAY=32")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        cadence.rrule = "FREQ=DAILY"  # type: ignore[misc]
