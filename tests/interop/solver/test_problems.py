"""Problems: what a session needs, and on which days it can take place."""

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

from cmappraisal import Adjustment, CalendarSpan, Period
from cmappraisal.interop.solver import reassign
from cmappraisal.training import (
    Activity,
    Cadence,
    CareerStage,
    Cause,
    Group,
    Quota,
    Room,
    Session,
    Trainee,
    Trainer,
    schedule,
)
from marches import (
    CALENDAR,
    MARCH,
    STUDY,
    TALK,
    TEST,
    activity,
    assign,
    by_day,
    day,
    march,
    placed,
    plan,
    teams,
)


def test_a_group_without_members_needs_a_room_too() -> None:
    after = assign(march(STUDY), rooms=[Room("R", 1)])
    assert by_day(after) == [(10, None, "R", None)]


def test_what_needs_nothing_stays_as_it_is() -> None:
    year = march(STUDY, TALK, groups=teams(1))
    after = assign(year, rooms=[Room("R", 1)], trainers=[Trainer("T", ["law"])])
    assert placed(after) == [
        ("study/2026-03-10/group:g0", 10, "R", "T"),
        ("talk/2026-03-10/group:g0", 10, None, None),
    ]


def test_a_session_without_courses_needs_no_trainer() -> None:
    after = assign(march(STUDY, TEST), trainers=[Trainer("T", ["law"])])
    assert [each.trainer for each in after.sessions] == ["T", None]


def test_what_follows_stays_behind() -> None:
    closed = Room("R", 1, closed=Period(day(1), day(10)))
    after = assign(march(STUDY, TEST), rooms=[closed])
    assert placed(after) == [
        ("study/2026-03-10", 11, "R", None),
        ("test/2026-03-11", 12, "R", None),
    ]


@pytest.mark.parametrize(
    ("study", "test", "days"),
    [
        (STUDY, evolve(TEST, in_room=False), {"study": [9], "test": [11]}),
        (evolve(STUDY, in_room=False), TEST, {"study": [10], "test": [12]}),
    ],
)
def test_what_stays_is_followed_too(
    study: Activity, test: Activity, days: dict[str, list[int]]
) -> None:
    closed = Room("R", 1, closed=Period(day(10), day(11)))
    after = assign(march(study, test), rooms=[closed])
    found = {each.activity: [each.on.day] for each in after.sessions}
    assert found == days


WEEK = Period(day(9), day(13))


@pytest.mark.parametrize(
    ("timing", "within"),
    [
        (Cadence("FREQ=MONTHLY;BYMONTHDAY=10"), MARCH),
        (Cadence("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=10"), MARCH),
        (Cadence("FREQ=WEEKLY;BYDAY=TU;COUNT=11"), WEEK),
        (Cadence("FREQ=DAILY;COUNT=1", date(2026, 3, 10)), WEEK),
        (Quota(1, per=CalendarSpan.WEEK), WEEK),
        (Quota(1, per=CalendarSpan.MONTH), MARCH),
        (Quota(1, per=CalendarSpan.QUARTER), MARCH),
        (Quota(1, per=CalendarSpan.YEAR), MARCH),
    ],
)
def test_a_session_moves_within_its_window(timing: Any, within: Period) -> None:
    year = march(evolve(STUDY, timing=timing))
    year = evolve(year, sessions=[Session("study", day(10), on=day(10))])
    last = max(each for each in within if CALENDAR.is_working_day(each))
    (found,) = assign(year, rooms=[Room("R", 1, closed=set(within) - {last})]).sessions
    assert found.on == last
    closed = Room("R", 1, closed=within)
    (lost,) = assign(year, rooms=[closed]).cancelled
    assert lost.cause is Cause.RESOURCES


def test_a_stage_moves_within_its_month() -> None:
    stage = activity("course", timing=CareerStage(0, 2), courses=["law"])
    new = Trainee("new", date(2026, 2, 20))
    year = schedule(
        plan(stage), Period.quarter(2026, 1), calendar=CALENDAR, groups=[Group("g", [new])]
    )
    (session,) = year.sessions
    month = Period.month(session.planned_on.year, session.planned_on.month)
    closed = [each for each in month if each != month.first + timedelta(days=3)]
    (found,) = assign(year, rooms=[Room("R", 1, closed=closed)]).sessions
    assert found.on == month.first + timedelta(days=3)


def test_nothing_moves_to_a_blackout_or_a_full_day_or_out_of_the_period() -> None:
    year = schedule(
        plan(evolve(STUDY, timing=Cadence("FREQ=MONTHLY;BYMONTHDAY=31"))),
        Period(day(24), day(31)),
        calendar=CALENDAR,
        groups=teams(1, 1, 1),
        blackouts=[day(30)],
        full_days=[day(27), day(26)],
    )
    after = assign(year, rooms=[Room("R", 1)])
    assert [each.on.day for each in after.sessions] == [24, 25, 31]


def test_a_session_may_stay_out_of_its_month() -> None:
    year = schedule(
        plan(evolve(STUDY, timing=Cadence("FREQ=MONTHLY;BYMONTHDAY=31"))),
        Period(date(2026, 1, 1), date(2026, 2, 10)),
        calendar=CALENDAR,
    )
    after = assign(year, rooms=[Room("R", 1)])
    assert [(str(each.on), each.cause) for each in after.sessions] == [
        ("2026-02-02", Cause.DAY_OFF)
    ]
    closed = assign(year, rooms=[Room("R", 1, closed=[date(2026, 2, 2)])])
    assert [str(each.on) for each in closed.sessions] == ["2026-01-30"]


def test_what_never_moves_for_a_day_off_may_stay_on_it() -> None:
    sunday = evolve(STUDY, timing=Cadence("FREQ=MONTHLY;BYMONTHDAY=15"), adjustment=Adjustment.NONE)
    year = march(sunday, groups=teams(1, 1))
    assert [each.on.day for each in assign(year, rooms=[Room("R", 1)]).sessions] == [15, 16]


def test_what_is_followed_may_move_behind_what_is_past() -> None:
    sessions = [
        Session("study", day(10), on=day(12), room="R"),
        Session("test", day(11), on=day(11), room="R"),
    ]
    before = evolve(march(STUDY, TEST), rooms=[Room("R", 1)], sessions=sessions[::-1])
    shut = Room("R", 1, closed=[day(12)])
    again = reassign(before, not_before=day(12), rooms=[shut])
    assert [(each.activity, each.on.day) for each in again.schedule.sessions] == [
        ("test", 11),
        ("study", 13),
    ]
