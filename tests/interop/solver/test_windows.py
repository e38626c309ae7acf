"""Windows: what holds without rooms holds with them."""

from collections import Counter
from datetime import date
from itertools import islice

from attrs import evolve

from cmappraisal import Adjustment, CalendarSpan, Period, WorkCalendar
from cmappraisal.interop import solver
from cmappraisal.training import (
    VENUE_TEAM,
    Cadence,
    CareerStage,
    Cause,
    Group,
    Leave,
    LeaveKind,
    PresenceTerms,
    Quota,
    Room,
    Schedule,
    Session,
    Trainee,
    ask,
    reschedule,
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
    blockage_of,
    day,
    march,
    plan,
    teams,
)

SPRING = WorkCalendar(
    holidays=Period(date(2026, 2, 15), date(2026, 2, 23)),
    workdays=[date(2026, 2, 14), date(2026, 2, 28)],
)


def rooms(count: int) -> list[Room]:
    return [Room(f"R{number}", 30) for number in range(count)]


def test_lessons_stay_in_their_stage_and_in_their_order() -> None:
    new = [Trainee(f"new-{number}", date(2026, 7, 20)) for number in range(2)]
    year = schedule(
        ask(refresher=False),
        Period(date(2026, 7, 1), date(2026, 8, 31)),
        calendar=CALENDAR,
        groups=[Group("g", new)],
    )
    made = solver.assign(year, rooms=rooms(1))
    assert made.is_proved
    assert made.blockages == ()
    for trainee in new:
        lessons = [each for each in made.schedule.sessions if each.person == trainee.id]
        assert [each.planned_on for each in lessons] == sorted(each.planned_on for each in lessons)
        days = [each.on for each in made.schedule.of(trainee.id)]
        assert len(set(days)) == len(days)
        assert all(date(2026, 7, 20) <= each.on <= date(2026, 8, 19) for each in lessons)


def test_a_stage_without_end_stays_in_its_month() -> None:
    stage = activity("skill", timing=CareerStage(1), courses=["law", "sales"])
    new = Trainee("new", date(2026, 1, 20))
    year = schedule(plan(stage), Period.year(2026), calendar=CALENDAR, groups=[Group("g", [new])])
    session, later = year.sessions
    month = Period.month(session.planned_on.year, session.planned_on.month)
    first = next(each for each in month if CALENDAR.is_working_day(each))
    shut = [each for each in month if each != first]
    moved, stays = assign(year, rooms=[Room("R", 9, closed=shut)]).sessions
    assert (moved.on, stays.on) == (first, later.on)


def test_nobody_is_taught_on_leave() -> None:
    leave = Leave("p", LeaveKind.SICK, first=day(11), last=day(31))
    person = Trainee("p", leaves=[leave])
    terms = PresenceTerms(leave=[LeaveKind.SICK])
    own = evolve(plan(activity("own", per_person=True)), presence=terms)
    year = schedule(own, MARCH, calendar=CALENDAR, groups=[Group("g", [person])])
    shut = Room("R", 1, closed=[day(10)])
    (session,) = assign(year, rooms=[shut]).sessions
    assert session.on == day(9)


def test_what_is_past_in_its_order_stays() -> None:
    before = assign(march(STUDY, TEST, groups=teams(1)), rooms=rooms(1))
    again = solver.reassign(before, not_before=day(12))
    assert (again.schedule, again.changes, again.goals) == (before, (), ())


def test_a_room_seats_those_who_are_there_on_the_day() -> None:
    people = [Trainee("a"), Trainee("b", date(2026, 3, 11))]
    year = march(STUDY, groups=[Group("g", people)])
    small = Room("small", 1)
    assert assign(year, rooms=[small]).sessions[0].on == day(10)
    (session,) = assign(year, rooms=[evolve(small, closed=[day(10)])]).sessions
    assert session.on == day(9)


def test_a_day_is_not_made_longer_than_it_is() -> None:
    talk = evolve(TALK, timing=Cadence("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=11"), duration=450)
    year = march(STUDY, talk, groups=teams(1))
    shut = Room("R", 1, closed=Period(day(1), day(10)))
    found = {each.activity: each.on for each in assign(year, rooms=[shut]).sessions}
    assert found == {"study": day(12), "talk": day(11)}


def test_a_person_and_the_team_are_taught_on_different_days() -> None:
    year = march(STUDY, activity("own", per_person=True), groups=teams(2))
    made = solver.assign(year, rooms=rooms(3))
    assert made.is_proved
    for person in ("g0-0", "g0-1"):
        assert max(Counter(each.on for each in made.schedule.of(person)).values()) == 1
    assert assign(year, rooms=rooms(3), trainers=[]).sessions == made.schedule.sessions


def test_what_a_whole_week_off_sends_on_is_planned_there() -> None:
    year = schedule(VENUE_TEAM, Period.month(2026, 2), calendar=SPRING, groups=teams(*[1] * 21))
    made = solver.assign(year, rooms=rooms(20))
    assert made.is_proved
    assert made.blockages == ()
    assert max(Counter(each.on for each in made.schedule.sessions).values()) == 20


def days_of(made: Schedule) -> dict[str, date]:
    return {each.id: each.on for each in made.sessions}


def test_a_week_off_moves_as_it_does_without_rooms() -> None:
    weekly = schedule(VENUE_TEAM, MARCH, calendar=CALENDAR, groups=teams(*[1] * 5))
    before = assign(weekly, rooms=rooms(20))
    off = Period(day(9), day(15))
    again = solver.reassign(before, not_before=day(5), blackouts=off)
    without = reschedule(weekly, calendar=CALENDAR, not_before=day(5), blackouts=off).schedule
    assert days_of(again.schedule) == days_of(without)
    assert again.is_proved
    assert {change.after.cause for change in again.changes if change.after} == {Cause.BLACKOUT}


def test_what_never_moves_has_no_other_month() -> None:
    session = Session("study", date(2026, 2, 28), on=date(2026, 2, 28))
    never = evolve(STUDY, adjustment=Adjustment.NONE)
    off = WorkCalendar(holidays=Period.month(2026, 2))
    february = schedule(plan(never), Period.month(2026, 2), calendar=off)
    year = evolve(february, sessions=[session])
    assert assign(year, rooms=[Room("R", 1)]).sessions[0].on == session.on
    shut = Room("R", 1, closed=[session.on])
    assert blockage_of(year, rooms=[shut]).beside == ()


def crowded() -> Schedule:
    """A month in which two groups have study, test and one workshop of the year."""
    workshop = activity("workshop", timing=Quota(1, per=CalendarSpan.YEAR))
    study = evolve(STUDY, timing=Cadence("FREQ=MONTHLY;BYMONTHDAY=10"))
    return schedule(
        plan(study, TEST, workshop), Period.year(2026), calendar=CALENDAR, groups=teams(1, 1)
    )


def test_what_may_be_held_all_year_leaves_a_crowded_month() -> None:
    year = crowded()
    planned = {each.planned_on for each in year.sessions if each.activity == "workshop"}
    (on,) = planned
    month = Period.month(on.year, on.month)
    used = [each.on for each in year.sessions if each.on in month and each.activity != "workshop"]
    keep = {*used, *islice((each for each in month if CALENDAR.is_working_day(each)), 4)}
    shut = [each for each in month if each not in sorted(keep)[:4]]
    made = solver.assign(year, rooms=[Room("R", 1, closed=shut)])
    assert made.blockages == ()
    moved = [each for each in made.schedule.sessions if each.activity == "workshop"]
    assert len(made.schedule.sessions) + len(made.blockages) == len(year.sessions)
    assert all(each.on not in month for each in moved)
    assert len(moved) == 2


def test_what_finds_no_day_all_year_is_left_out() -> None:
    year = crowded()
    made = solver.assign(year, rooms=[Room("R", 1, closed=Period.year(2026))])
    assert made.schedule.sessions == ()
    assert {each.session for each in made.blockages} == {each.id for each in year.sessions}
    assert made.goals[0].value == len(year.sessions)
