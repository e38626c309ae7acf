"""Working days of a month: which they are, and what a schedule makes of them."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import Adjustment, FieldError, Period, Text, WorkCalendar
from cmappraisal.interop.plan_strategies import nth_working_days, work_calendars
from cmappraisal.training import (
    Activity,
    ActivityKind,
    Cause,
    Course,
    Curriculum,
    Domain,
    NthWorkingDay,
    Rescheduled,
    Schedule,
    Session,
    ShortfallCause,
    Trainee,
    TrainingPlan,
    reschedule,
    schedule,
    year_grid,
)

TEXT = Text.same("activity")
YEAR = Period.year(2026)
WEEKDAYS = WorkCalendar()
COURSES = Curriculum("few", "1", text=TEXT, courses=[Course("a", TEXT, domain=Domain.SKILL)])


def plan(*activities: Activity, **fields: Any) -> TrainingPlan:
    return TrainingPlan("plan", "1", text=TEXT, curriculum=COURSES, activities=activities, **fields)


def activity(id: str, timing: Any, **fields: Any) -> Activity:
    return Activity(id, TEXT, kind=ActivityKind.STUDY, timing=timing, **fields)


@given(nth_working_days(), work_calendars(), st.integers(1, 12))
def test_it_is_the_working_day_of_that_number(
    timing: NthWorkingDay, calendar: WorkCalendar, number: int
) -> None:
    month = Period.month(2025, number)
    worked = [day for day in month if calendar.is_working_day(day)]
    place = timing.number - 1 if timing.number > 0 else timing.number
    due = not timing.months or number in timing.months
    there = len(worked) >= abs(timing.number)
    assert list(timing.days(month, calendar)) == ([worked[place]] if due and there else [])
    assert list(timing.months_without(month, calendar)) == ([month] if due and not there else [])


@pytest.mark.parametrize(
    ("number", "months", "message"),
    [
        (0, [], "number is 0; allowed: an int from 1 to 31, or from -1 to -31"),
        (32, [], "number is 32"),
        (True, [], "number is True"),
        (
            1,
            [13],
            "allowed: a list of months from 1 to 12, none of them twice",
        ),
        (1, [1, 1], "months is"),
        (1, {1}, "months is"),
        (1, ["1"], "months is"),
        (1, 1, "months is 1"),
    ],
)
def test_what_does_not_fit_is_rejected(number: Any, months: Any, message: str) -> None:
    with pytest.raises(FieldError, match=message):
        NthWorkingDay(number, months)


def test_the_days_are_those_of_a_period_and_a_calendar() -> None:
    with pytest.raises(FieldError) as caught:
        list(NthWorkingDay(1).days(1, 2))  # type: ignore[arg-type]
    assert len(caught.value.problems) == 2
    first = Period(date(2026, 1, 2), date(2026, 1, 31))
    assert list(NthWorkingDay(1).days(first, WEEKDAYS)) == []


def test_a_session_on_the_last_working_day_of_each_month() -> None:
    asked = plan(activity("close", NthWorkingDay(-1)))
    made = schedule(asked, Period.quarter(2026, 1), calendar=WEEKDAYS)
    assert [str(each.on) for each in made.sessions] == ["2026-01-30", "2026-02-27", "2026-03-31"]


def test_a_month_with_too_few_working_days_is_reported() -> None:
    asked = plan(
        activity("late", NthWorkingDay(21)), activity("own", NthWorkingDay(22), per_person=True)
    )
    people = [Trainee("1")]
    made = schedule(asked, Period.month(2026, 2), calendar=WEEKDAYS, trainees=people)
    assert made.sessions == ()
    assert [(each.activity, each.person, each.cause) for each in made.shortfalls] == [
        ("late", None, ShortfallCause.NO_SUCH_DAY),
        ("own", "1", ShortfallCause.NO_SUCH_DAY),
    ]


@pytest.mark.parametrize(
    ("calendar", "on", "cause"),
    [
        # It is still the last.
        (WorkCalendar(holidays=[date(2026, 4, 3)]), "2026-04-30", None),
        # Another is now the last: it is a day off, or a day more is worked.
        (WorkCalendar(holidays=[date(2026, 4, 30)]), "2026-04-29", Cause.DAY_OFF),
        (WorkCalendar(range(7), workdays=[date(2026, 4, 7)]), "2026-04-07", Cause.DAY_OFF),
    ],
)
def test_it_goes_where_the_number_goes(
    calendar: WorkCalendar, on: str, cause: Cause | None
) -> None:
    asked = plan(activity("close", NthWorkingDay(-1)))
    april = Period.month(2026, 4)
    made = schedule(asked, april, calendar=WEEKDAYS)
    (after,) = reschedule(made, calendar=calendar, not_before=april.first).schedule.sessions
    assert (str(after.on), after.cause) == (on, cause)


def test_it_goes_on_where_a_day_more_is_worked() -> None:
    asked = plan(activity("open", NthWorkingDay(2)), activity("close", NthWorkingDay(-1)))
    may = Period.month(2026, 5)
    made = schedule(asked, may, calendar=WEEKDAYS)
    assert [str(each.on) for each in made.sessions] == ["2026-05-04", "2026-05-29"]
    more = WorkCalendar(workdays=[date(2026, 5, 2), date(2026, 5, 30)])
    after = reschedule(made, calendar=more, not_before=may.first).schedule
    assert [(str(each.on), each.cause) for each in after.sessions] == [
        ("2026-05-02", Cause.NUMBER),
        ("2026-05-30", Cause.NUMBER),
    ]
    assert reschedule(after, calendar=more, not_before=may.first).changes == ()


def test_what_is_skipped_goes_to_the_day_that_is_due_or_is_not_held() -> None:
    asked = plan(activity("close", NthWorkingDay(-1), adjustment="skip", duration=300))
    may = Period.month(2026, 5)
    made = schedule(asked, may, calendar=WEEKDAYS)
    more = WorkCalendar(workdays=[date(2026, 5, 30)])
    after = reschedule(made, calendar=more, not_before=may.first).schedule
    assert [str(each.on) for each in after.sessions] == ["2026-05-30"]
    # Of that day only half is worked, which is too little.
    half = WorkCalendar(workdays=[date(2026, 5, 30)], half_days=[date(2026, 5, 30)])
    gone = reschedule(made, calendar=half, not_before=may.first).schedule
    assert (gone.sessions, len(gone.cancelled), gone.shortfalls) == ((), 1, ())


def test_what_never_moves_is_on_the_day_of_its_number() -> None:
    asked = plan(activity("close", NthWorkingDay(-1), adjustment="none"))
    may = Period.month(2026, 5)
    made = schedule(asked, may, calendar=WEEKDAYS)
    more = WorkCalendar(workdays=[date(2026, 5, 30)])
    due = Period(date(2026, 5, 30), date(2026, 5, 30))
    # Whether or not that day is a blackout, which it never moves from.
    for blackouts in ((), due):
        after = reschedule(
            made, calendar=more, not_before=may.first, blackouts=blackouts
        ).schedule.sessions
        assert [(str(each.on), each.cause) for each in after] == [("2026-05-30", Cause.NUMBER)]
        anew = schedule(asked, may, calendar=more, blackouts=blackouts).sessions
        assert [str(each.on) for each in anew] == ["2026-05-30"]
    # What is due on a day that is over stays.
    fewer = WorkCalendar(holidays=[date(2026, 5, 29)])
    assert reschedule(made, calendar=fewer, not_before=date(2026, 5, 29)).changes == ()


def test_what_is_due_on_a_blackout_moves_from_there() -> None:
    asked = plan(activity("late", NthWorkingDay(-5)))
    november = Period.month(2026, 11)
    every_day = schedule(asked, november, calendar=WorkCalendar(()))
    assert [str(each.on) for each in every_day.sessions] == ["2026-11-26"]
    closed = [date(2026, 11, 24)]
    after = reschedule(
        every_day, calendar=WEEKDAYS, not_before=november.first, blackouts=closed
    ).schedule
    anew = schedule(asked, november, calendar=WEEKDAYS, blackouts=closed)
    assert [str(each.on) for each in after.sessions] == ["2026-11-25"]
    assert [str(each.on) for each in anew.sessions] == ["2026-11-25"]


def test_what_found_no_day_is_held_again_where_there_is_one() -> None:
    asked = plan(activity("close", NthWorkingDay(-1)))
    december = Period.month(2026, 12)
    made = schedule(asked, december, calendar=WEEKDAYS)
    closed = Period(date(2026, 12, 1), date(2028, 1, 31))
    lost = reschedule(made, calendar=WEEKDAYS, not_before=december.first, blackouts=closed).schedule
    assert [each.cause for each in lost.shortfalls] == [ShortfallCause.NO_OPEN_DAY]
    back = reschedule(lost, calendar=WEEKDAYS, not_before=december.first, blackouts=()).schedule
    assert [str(each.on) for each in back.sessions] == ["2026-12-31"]
    assert back.shortfalls == ()


# Half days.


@pytest.mark.parametrize(("duration", "on"), [(240, "2026-02-13"), (241, "2026-02-16")])
def test_what_is_longer_than_half_a_day_moves_from_a_half_day(duration: int, on: str) -> None:
    half = WorkCalendar(half_days=[date(2026, 2, 13)])
    asked = plan(activity("study", NthWorkingDay(10), duration=duration))
    february = Period.month(2026, 2)
    (session,) = schedule(asked, february, calendar=half).sessions
    assert (str(session.planned_on), str(session.on)) == ("2026-02-13", on)
    assert session.cause is (None if duration == 240 else Cause.HALF_DAY)
    made = schedule(asked, february, calendar=WEEKDAYS)
    changed = reschedule(made, calendar=half, not_before=february.first)
    assert [str(each.on) for each in changed.schedule.sessions] == [on]


def test_what_does_not_fit_in_half_a_day_is_skipped_and_comes_back() -> None:
    half = WorkCalendar(half_days=[date(2026, 2, 13)])
    asked = plan(activity("study", NthWorkingDay(10), duration=300, adjustment="skip"))
    february = Period.month(2026, 2)
    made = schedule(asked, february, calendar=half)
    assert made.sessions == ()
    again = reschedule(made, calendar=WEEKDAYS, not_before=february.first).schedule
    assert [each.id for each in again.sessions] == ["study/2026-02-13"]


# What is known.


def provisional(made: Schedule) -> list[str]:
    return [str(each.on) for each in made.sessions if made.is_provisional(each)]


def test_what_is_beyond_the_known_days_is_provisional_until_it_is_settled() -> None:
    known = WorkCalendar(known=Period.year(2026))
    asked = plan(activity("open", NthWorkingDay(1)))
    winter = Period(date(2026, 12, 1), date(2027, 2, 28))
    made = schedule(asked, winter, calendar=known)
    assert provisional(made) == ["2027-01-01", "2027-02-01"]
    years = Period(YEAR.first, date(2027, 12, 31))
    announced = WorkCalendar(known=years, holidays=[date(2027, 1, 1)])
    settled = reschedule(made, calendar=announced, not_before=date(2026, 12, 15))
    assert [str(each.on) for each in settled.settled(made)] == ["2027-01-04", "2027-02-01"]
    assert provisional(settled.schedule) == []
    assert len(settled.changes) == 1
    assert made.is_provisional(made.sessions[0]) is False
    with pytest.raises(FieldError, match="session is 1; allowed: a Session, not its id"):
        made.is_provisional(1)  # type: ignore[arg-type]
    with pytest.raises(FieldError, match="before is 1; allowed: a Schedule"):
        Rescheduled(made, ()).settled(1)  # type: ignore[arg-type]
    moved_in = Session("open", date(2027, 1, 1), on=date(2026, 12, 31))
    assert made.is_provisional(moved_in)


def test_a_grid_shows_what_is_known_of_days() -> None:
    calendar = WorkCalendar(
        holidays=[date(2026, 1, 1)],
        names={date(2026, 1, 1): "元旦"},
        half_days=[date(2026, 1, 2)],
        known=Period(date(2026, 1, 1), date(2026, 1, 9)),
    )
    made = schedule(plan(activity("open", NthWorkingDay(1))), YEAR, calendar=calendar)
    grid = year_grid(made)
    assert "2026-01-01, Thursday\n元旦\nday off" in grid
    assert "2026-01-02, Friday\nhalf working day" in grid
    assert '2026-01-09, Friday"' in grid
    assert "2026-01-12, Monday\nholidays not known yet" in grid


@pytest.mark.parametrize("adjustment", list(Adjustment), ids=lambda each: each.value)
@pytest.mark.parametrize("per_person", [False, True], ids=["team", "person"])
def test_a_month_without_the_day_is_reported_and_gets_its_session_again(
    adjustment: Adjustment, *, per_person: bool
) -> None:
    late = activity("late", NthWorkingDay(22), adjustment=adjustment, per_person=per_person)
    quarter, people = Period.quarter(2026, 4), [Trainee("A"), Trainee("B", date(2026, 1, 5))]
    made = schedule(plan(late), quarter, calendar=WEEKDAYS, trainees=people)
    months = [each.planned_on.month for each in made.sessions]
    assert sorted({*months}) == [10, 12]
    fewer = WorkCalendar(holidays=[date(2026, 12, 24), date(2026, 12, 25)])
    lost = reschedule(made, calendar=fewer, not_before=quarter.first)
    anew = schedule(plan(late), quarter, calendar=fewer, trainees=people)
    assert lost.schedule.sessions == anew.sessions
    assert {*lost.schedule.shortfalls} == {*anew.shortfalls}
    assert all(each.after is None for each in lost.changes)
    back = reschedule(lost.schedule, calendar=WEEKDAYS, not_before=quarter.first).schedule
    assert {each.id: each.on for each in back.sessions} == {
        each.id: each.on for each in made.sessions
    }
    assert {*back.shortfalls} == {*made.shortfalls}
    # What a schedule never had is added too, but on no day that is over.
    gained = reschedule(anew, calendar=WEEKDAYS, not_before=quarter.first).schedule
    assert {each.id for each in gained.sessions} == {each.id for each in made.sessions}
    over = reschedule(anew, calendar=WEEKDAYS, not_before=date(2026, 12, 31)).schedule
    assert over.sessions == anew.sessions
    assert over.shortfalls == anew.shortfalls


def talks(number: int) -> TrainingPlan:
    monthly = NthWorkingDay(number)
    return plan(
        activity(
            "talk",
            monthly,
            adjustment=Adjustment.MODIFIED_FOLLOWING,
            per_person=True,
            courses=["a"],
        )
    )


def test_a_day_that_a_month_gains_is_not_planned_where_every_day_is_closed() -> None:
    made = schedule(talks(21), YEAR, calendar=WEEKDAYS, trainees=[Trainee("P")])
    february = next(day for day in Period.month(2026, 2) if day.isoweekday() == 6)
    closed = [*Period.year(2025), *YEAR, *Period.year(2027), *Period.year(2028)]
    gained = WorkCalendar(workdays=[february])
    again = reschedule(made, calendar=gained, not_before=YEAR.first, blackouts=closed)
    assert again.schedule.sessions == ()


def test_a_day_that_a_month_gets_again_is_not_planned_beside_what_was_held_there() -> None:
    made = schedule(talks(20), YEAR, calendar=WEEKDAYS, trainees=[Trainee("P")])
    off = WorkCalendar(holidays=[date(2026, 2, 26)])
    lost = reschedule(made, calendar=off, not_before=date(2026, 3, 1)).schedule
    back = reschedule(lost, calendar=WEEKDAYS, not_before=date(2026, 2, 20)).schedule
    assert [each.on for each in back.sessions] == [each.on for each in made.sessions]


@pytest.mark.parametrize(
    ("month", "calendar", "path"),
    [(5, WorkCalendar(), "$.month"), (Period.month(2025, 1), None, "$.calendar")],
    ids=["month", "calendar"],
)
def test_the_day_of_what_is_no_month_is_asked_of_no_calendar(
    month: Any, calendar: Any, path: str
) -> None:
    with pytest.raises(FieldError) as caught:
        NthWorkingDay(1).day_of(month, calendar)
    assert [each.path for each in caught.value.problems] == [path]
