"""Restaffing: who comes, goes, moves or is away after the schedule was made."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from attrs import evolve

from cmappraisal import CalendarSpan, Period, Tenure, Text, WorkCalendar
from cmappraisal.interop.icalendar import calendar_of
from cmappraisal.training import (
    VIP_SERVICE,
    Activity,
    ActivityKind,
    Cadence,
    CareerStage,
    Cause,
    Course,
    Curriculum,
    Domain,
    Group,
    Leave,
    Quota,
    Rescheduled,
    Schedule,
    Session,
    ShortfallCause,
    Target,
    TargetUnit,
    Trainee,
    TrainingError,
    TrainingPlan,
    Withdrawal,
    reschedule,
    schedule,
)

YEAR = Period.year(2026)
CALENDAR = WorkCalendar()
TEXT = Text.same("text")
COURSES = [Course(id, TEXT, domain=Domain.SKILL) for id in ("a", "b", "c", "d")]
CURRICULUM = Curriculum("courses", "1", text=TEXT, courses=COURSES)
STUDY = Activity(
    "study", TEXT, kind=ActivityKind.STUDY, timing=Cadence("FREQ=MONTHLY;BYMONTHDAY=15")
)
CALL = evolve(STUDY, id="call", kind=ActivityKind.MEETING, per_person=True)
REPORT = Activity(
    "report",
    TEXT,
    kind=ActivityKind.REPORT,
    timing=Quota(4, per=CalendarSpan.YEAR),
    per_person=True,
)
SKILL = Activity(
    "skill",
    TEXT,
    kind=ActivityKind.COURSE,
    timing=CareerStage(0, 12),
    courses=["a", "b", "c", "d"],
)
TESTS = Target(ActivityKind.TEST, 4, unit=TargetUnit.DAYS, per=CalendarSpan.YEAR)
TEST = evolve(REPORT, id="test", kind=ActivityKind.TEST, timing=Quota(2, per=CalendarSpan.YEAR))
JULY, JUNE_END = date(2026, 7, 1), date(2026, 6, 30)


def plan(*activities: Activity, targets: Any = ()) -> TrainingPlan:
    return TrainingPlan(
        "plan", "1", text=TEXT, curriculum=CURRICULUM, activities=activities, targets=targets
    )


def made(of: TrainingPlan, *people: Trainee, **fields: Any) -> Schedule:
    return schedule(of, YEAR, calendar=CALENDAR, trainees=people, **fields)


def again(made: Schedule, *people: Trainee, on: date = JULY, **fields: Any) -> Rescheduled:
    return reschedule(made, calendar=CALENDAR, not_before=on, trainees=people, **fields)


def of_person(made: Schedule, person: str = "C") -> list[Session]:
    return [each for each in made.sessions if each.person == person]


def days(made: Schedule, activity: str, person: str = "C") -> list[date]:
    return [each.on for each in of_person(made, person) if each.activity == activity]


OLD = Trainee("A", date(2020, 1, 6))
NEW = Trainee("C", date(2026, 7, 15))


def test_who_joins_later_gets_what_the_schedule_would_have_had() -> None:
    before = made(VIP_SERVICE, OLD)
    joins = evolve(NEW, hired_on=date(2026, 7, 2))
    after = again(before, OLD, joins).schedule
    assert after.sessions == made(VIP_SERVICE, OLD, joins).sessions
    assert {each.activity for each in of_person(after)} == {"report", "talk"}
    assert [each for each in after.sessions if each.person != "C"] == list(before.sessions)


def test_who_joined_before_the_first_day_that_may_change_gets_it_after_that_day() -> None:
    of = plan(CALL, REPORT, SKILL, TEST, targets=[TESTS])
    after = again(made(of, OLD), OLD, NEW, on=date(2026, 10, 1)).schedule
    assert min(each.on for each in of_person(after)) >= date(2026, 10, 1)
    # 121 of 261 days: half of four reports, and of the days of tests.
    assert len(days(after, "report")) == 2
    assert len(set(days(after, "test"))) == 2
    taught = [each.courses for each in of_person(after) if each.activity == "skill"]
    assert taught == [("a",), ("b",)]
    # Calls of the months before are not made up for.
    assert [each.month for each in days(after, "call")] == [10, 11, 12]


def test_where_no_day_is_left_it_is_reported() -> None:
    closed = Period(date(2026, 10, 1), date(2026, 12, 31))
    changed = again(made(plan(REPORT), OLD), OLD, NEW, on=date(2026, 10, 1), blackouts=closed)
    assert days(changed.schedule, "report") == []
    missing = [each for each in changed.schedule.shortfalls if each.person == "C"]
    assert [(each.activity, each.missing) for each in missing] == [("report", 2)]


LEAVER = evolve(OLD, tenures=[Tenure("A", "team", last=JUNE_END)])


def test_who_leaves_loses_what_was_to_come_and_keeps_what_was() -> None:
    before = made(plan(STUDY, CALL, REPORT), OLD, Trainee("B"))
    changed = again(before, LEAVER, Trainee("B"))
    after = changed.schedule
    assert max(each.on for each in of_person(after, "A")) <= JUNE_END
    assert [each for each in after.sessions if each.person != "A"] == [
        each for each in before.sessions if each.person != "A"
    ]
    # What was to come is cancelled, and what is kept is what is needed.
    cancelled = {each.id for each in after.cancelled}
    assert cancelled == {each.id for each in of_person(before, "A") if each.on >= JULY}
    assert {each.sequence for each in after.cancelled} == {1}
    assert {each.cause and each.cause.value for each in after.cancelled} == {"away"}
    assert [each.before.id for each in changed.changes if each.before] == [
        each.id for each in before.sessions if each.id in cancelled
    ]
    assert after.shortfalls == ()
    # Whatever moves later, nothing of it comes back.
    again_later = reschedule(
        after, calendar=WorkCalendar(holidays=[date(2026, 9, 15)]), not_before=JULY
    ).schedule
    assert {each.id for each in again_later.cancelled} == cancelled


def test_a_leaver_who_returns_has_it_again() -> None:
    before = made(plan(CALL), OLD)
    gone = again(before, LEAVER).schedule
    back = again(gone, OLD).schedule
    assert [(each.id, each.on) for each in back.sessions] == [
        (each.id, each.on) for each in before.sessions
    ]
    assert back.cancelled == ()
    assert {each.sequence for each in back.sessions if each.on >= JULY} == {2}


def test_a_leave_moves_what_is_due_in_it() -> None:
    before = made(plan(CALL, REPORT), OLD)
    away = evolve(OLD, leaves=[Leave("A", "sick", first=date(2026, 8, 1), last=date(2026, 9, 30))])
    changed = again(before, away)
    after = changed.schedule
    august = {each.id for each in before.sessions if each.on.month in (8, 9)}
    assert {each.id for each in after.cancelled} | {
        each.after.id for each in changed.changes if each.before and each.after
    } == august
    assert not any(each.on.month in (8, 9) for each in after.sessions)
    # Of four reports three are asked of who is there for ten months: 3.33.
    assert len(days(after, "report", "A")) == 3
    assert len(days(after, "call", "A")) == 10


def test_what_can_be_moved_keeps_its_id() -> None:
    # The one report is due in the middle of the year, in which the person is away.
    once = evolve(REPORT, timing=Quota(1, per=CalendarSpan.YEAR))
    before = made(plan(once, SKILL), Trainee("A", date(2026, 1, 5)))
    away = Leave("A", "sick", first=date(2026, 6, 1), last=date(2026, 9, 30))
    changed = again(before, Trainee("A", date(2026, 1, 5), leaves=[away]), on=date(2026, 6, 1))
    assert changed.schedule.cancelled == ()
    assert {each.id for each in changed.schedule.sessions} == {each.id for each in before.sessions}
    moved = [each.after for each in changed.changes if each.after]
    assert {each.cause and each.cause.value for each in moved} == {"away"}
    assert {each.sequence for each in moved} == {1}
    assert Counter(each.courses for each in changed.schedule.sessions) == Counter(
        each.courses for each in before.sessions
    )


def test_only_what_is_alike_takes_the_place_of_what_is_lost() -> None:
    once = evolve(REPORT, timing=Quota(1, per=CalendarSpan.YEAR))
    before = made(plan(CALL, once), OLD)
    away = evolve(OLD, leaves=[Leave("A", "sick", first=date(2026, 6, 1), last=date(2026, 9, 30))])
    changed = again(before, away, on=date(2026, 6, 1))
    moved = [each.after.activity for each in changed.changes if each.before and each.after]
    assert moved == ["report"]
    assert {each.activity for each in changed.schedule.cancelled} == {"call"}


def test_half_time_needs_half_of_what_was_planned() -> None:
    before = made(plan(REPORT), OLD)
    half = evolve(OLD, tenures=[Tenure("A", "team", full_time="0.5")])
    after = again(before, half, on=YEAR.first).schedule
    assert days(after, "report", "A") == days(before, "report", "A")[:2]
    assert len(after.cancelled) == 2


def test_full_time_needs_more_than_half_time_did() -> None:
    half = evolve(OLD, tenures=[Tenure("A", "team", full_time="0.5")])
    before = made(plan(REPORT), half)
    after = again(before, OLD, on=YEAR.first).schedule
    assert set(days(before, "report", "A")) < set(days(after, "report", "A"))
    assert len(days(after, "report", "A")) == 4


def test_who_was_never_there_in_the_period_loses_all_that_is_to_come() -> None:
    before = made(plan(CALL), OLD)
    gone = evolve(OLD, tenures=[Tenure("A", "team", last=date(2025, 12, 31))])
    after = again(before, gone).schedule
    assert [each.on.month for each in after.sessions] == [1, 2, 3, 4, 5, 6]
    assert len(after.cancelled) == 6


@pytest.mark.parametrize(
    ("first", "last", "adjustment", "on"),
    [
        # Back in the same month, or in another: the day before the leave is the one left.
        (date(2026, 9, 16), date(2026, 9, 29), "following", date(2026, 9, 14)),
        (date(2026, 9, 16), date(2026, 10, 30), "following", date(2026, 9, 14)),
        (date(2026, 9, 16), date(2026, 9, 29), "preceding", date(2026, 9, 14)),
        (date(2026, 9, 17), date(2026, 9, 29), "modified-following", date(2026, 9, 16)),
    ],
)
def test_what_has_to_move_before_a_leave_does_so_in_either_way(
    first: date, last: date, adjustment: str, on: date
) -> None:
    away = evolve(OLD, leaves=[Leave("A", "sick", first=first, last=last)])
    asked = plan(evolve(CALL, adjustment=adjustment))
    closed = WorkCalendar(holidays=[date(2026, 9, 15)])
    (change,) = reschedule(made(asked, away), calendar=closed, not_before=JULY).changes
    assert change.after is not None
    assert change.after.on == on
    anew = schedule(asked, YEAR, calendar=closed, trainees=[away])
    assert anew.session(change.after.id).on == on


def test_what_has_no_day_before_or_after_a_leave_says_that_the_person_is_away() -> None:
    away = evolve(
        OLD, leaves=[Leave("A", "sick", first=date(2026, 9, 16), last=date(2026, 12, 31))]
    )
    closed = WorkCalendar(holidays=Period(date(2026, 9, 1), date(2026, 9, 15)))
    anew = schedule(plan(CALL), YEAR, calendar=closed, trainees=[away])
    after = reschedule(made(plan(CALL), away), calendar=closed, not_before=JULY).schedule
    assert after.shortfalls == anew.shortfalls
    assert [each.cause for each in after.shortfalls] == [ShortfallCause.AWAY]


def test_what_is_short_of_a_target_stays_reported_in_proportion() -> None:
    bounded = evolve(TEST, timing=Quota(2, 2, per=CalendarSpan.YEAR))
    half = evolve(OLD, tenures=[Tenure("A", "team", full_time="0.5")])
    before = made(plan(bounded, CALL, targets=[TESTS]), half, Trainee("B"))
    after = reschedule(
        before, calendar=WorkCalendar(holidays=[date(2026, 9, 15)]), not_before=JULY
    ).schedule
    assert [(each.person, each.missing) for each in before.shortfalls] == [("A", 1), ("B", 2)]
    assert after.shortfalls == before.shortfalls


def lessons(made: Schedule) -> list[tuple[str, str]]:
    """The day and the course of each lesson."""
    return [(str(each.on), each.courses[0]) for each in made.sessions if each.activity == "skill"]


NEEDED = evolve(SKILL, timing=CareerStage(0, needed_only=True))


def test_who_needs_other_courses_gets_them_in_order_and_none_twice() -> None:
    # The level decides the order: d is basic, a advanced.
    levels = {"a": "advanced", "c": "professional", "d": "basic"}
    curriculum = evolve(
        CURRICULUM, courses=[evolve(each, level=levels.get(each.id)) for each in COURSES]
    )
    asked = evolve(plan(NEEDED), curriculum=curriculum)
    one = Trainee("A", date(2026, 1, 5), needs=["a", "c"])
    before = made(asked, one)
    assert lessons(before) == [("2026-04-03", "c"), ("2026-10-02", "a")]
    after = again(before, evolve(one, needs=["a", "c", "d"]))
    assert lessons(after.schedule) == [
        ("2026-04-03", "c"),
        # What was there keeps its day among them, and what is basic comes first.
        ("2026-10-01", "d"),
        ("2026-10-02", "a"),
    ]
    early = again(before, evolve(one, needs=["a", "c", "d"]), on=date(2026, 2, 2)).schedule
    assert [course for _, course in lessons(early)] == ["d", "c", "a"]
    assert {"2026-04-03", "2026-10-02"} < {day for day, _ in lessons(early)}


def test_a_lesson_of_what_is_needed_no_more_is_cancelled() -> None:
    one = Trainee("A", date(2026, 1, 5), needs=["a", "c"])
    before = made(plan(NEEDED), one)
    after = again(before, evolve(one, needs=["a"])).schedule
    [gone] = after.cancelled
    assert (gone.courses, gone.cause, gone.sequence) == (("c",), None, 1)
    assert lessons(after) == lessons(before)[:1]
    # What was taken stays, whether or not it was needed.
    assert again(before, evolve(one, needs=["c"])).schedule.sessions == before.sessions
    back = again(after, one).schedule
    assert lessons(back) == [("2026-04-03", "a"), ("2026-10-01", "c")]


def test_what_moves_because_of_a_leave_keeps_the_order_of_courses() -> None:
    one = evolve(OLD, hired_on=date(2026, 1, 5))
    before = made(plan(SKILL), one)
    assert [course for _, course in lessons(before)] == ["a", "b", "c", "d"]
    (_, second, *_) = before.sessions
    away = Leave("A", "sick", first=date(2026, 4, 1), last=second.on)
    after = again(before, evolve(one, leaves=[away]), on=date(2026, 3, 30)).schedule
    assert [course for _, course in lessons(after)] == ["a", "b", "c", "d"]
    assert {each.id for each in after.sessions} == {each.id for each in before.sessions}


def test_lessons_that_have_to_move_keep_off_days_of_leave() -> None:
    one = evolve(OLD, hired_on=date(2026, 1, 5))
    (first, *_) = made(plan(SKILL), one).sessions
    days = [first.on + timedelta(each) for each in range(1, 8)]
    away = evolve(one, leaves=[Leave("A", "sick", first=days[0], last=days[-1])])
    before = made(plan(SKILL), away)
    lesson = before.sessions[0]
    closed = WorkCalendar(holidays=[lesson.on])
    after = reschedule(before, calendar=closed, not_before=lesson.on).schedule
    assert after.session(lesson.id).on > lesson.on
    assert not {each.on for each in after.sessions} & {*days}
    assert [course for _, course in lessons(after)] == ["a", "b", "c", "d"]


TEAMS = [Group("N", [Trainee("A"), Trainee("B")]), Group("S", [Trainee("D")])]
MOVER = Trainee("A", tenures=[Tenure("A", "N", last=JUNE_END), Tenure("A", "S", first=JULY)])
MOVED_TEAMS = [Group("N", [MOVER, Trainee("B")]), Group("S", [Trainee("D")])]


def ids_of(file: bytes) -> dict[str, tuple[str, int]]:
    """The status and the sequence of each event, by the day it was planned for."""
    events = icalendar.Calendar.from_ical(file).events
    assert len({event["UID"] for event in events}) == len(events)
    return {
        str(event["UID"]): (str(event["STATUS"]), int(str(event["SEQUENCE"]))) for event in events
    }


def file_of(made: Schedule, person: str) -> dict[str, tuple[str, int]]:
    stamp = datetime(2026, 1, 1, tzinfo=UTC)
    return ids_of(calendar_of(made, stamp=stamp, domain="hr.bank.example", person=person))


def test_who_changes_team_gives_up_the_sessions_of_the_old_one() -> None:
    before = made(plan(STUDY), groups=TEAMS)
    changed = reschedule(before, calendar=CALENDAR, not_before=JULY, groups=MOVED_TEAMS)
    after = changed.schedule
    # No session of a team changes.
    assert changed.changes == ()
    old = [each.id for each in before.sessions if each.group == "N" and each.on >= JULY]
    assert [(each.session.id, each.person) for each in after.withdrawn] == [(id, "A") for id in old]
    first, then = file_of(before, "A"), file_of(after, "A")
    assert set(first) < set(then)
    assert Counter(then.values()) == {("CONFIRMED", 0): 6 + 6, ("CANCELLED", 1): 6}
    assert set(file_of(after, "B").values()) == {("CONFIRMED", 0)}
    back = reschedule(after, calendar=CALENDAR, not_before=JULY, groups=TEAMS).schedule
    # What comes back is newer than what took it away.
    again_there = file_of(back, "A")
    assert Counter(again_there.values()) == {
        ("CONFIRMED", 0): 6,
        ("CONFIRMED", 2): 6,
        ("CANCELLED", 1): 6,
    }
    gone_again = reschedule(back, calendar=CALENDAR, not_before=JULY, groups=MOVED_TEAMS).schedule
    assert Counter(file_of(gone_again, "A").values()) == {
        ("CONFIRMED", 0): 6,
        ("CANCELLED", 3): 6,
        ("CONFIRMED", 2): 6,
    }


def test_a_study_that_moves_to_before_somebody_came_is_taken_back_and_reported() -> None:
    study = evolve(STUDY, adjustment="preceding")
    before = made(plan(study), Trainee("A"), NEW)
    assert len(file_of(before, "C")) == 6
    changed = reschedule(
        before,
        calendar=CALENDAR,
        not_before=date(2026, 7, 10),
        blackouts=[date(2026, 7, 15)],
    )
    after = changed.schedule
    assert after.session("study/2026-07-15").on == date(2026, 7, 14)
    file = file_of(after, "C")
    assert Counter(file.values()) == {("CONFIRMED", 0): 5, ("CANCELLED", 1): 1}
    (shortfall,) = after.shortfalls
    assert (shortfall.person, shortfall.activity, shortfall.missing, shortfall.cause) == (
        "C",
        "study",
        1,
        ShortfallCause.AWAY,
    )
    twice = reschedule(after, calendar=CALENDAR, not_before=date(2026, 7, 10))
    assert twice.schedule == after


def test_everybody_stays_among_the_people_and_the_teams_are_the_same() -> None:
    before = made(plan(STUDY), groups=TEAMS)
    with pytest.raises(TrainingError) as caught:
        reschedule(
            before,
            calendar=CALENDAR,
            not_before=JULY,
            groups=[Group("N", [Trainee("A")]), Group("T", [Trainee("D")])],
        )
    assert [(each.path, each.code.value) for each in caught.value.problems] == [
        ("$.schedule.groups[0].trainees[1]", "missing"),
        ("$.groups", "contradiction"),
    ]
    unknown = evolve(OLD, hired_on=None)
    with pytest.raises(TrainingError, match="has no hired_on"):
        again(made(plan(SKILL), OLD), OLD, evolve(unknown, id="C"))


@pytest.mark.parametrize(
    ("withdrawn", "message"),
    [
        ([Withdrawal(Session("study", JULY, on=JULY), "A")], "there is no such session"),
        (
            [Withdrawal(Session("study", date(2026, 1, 15), on=JULY), "X")],
            'nobody is "X"; give the trainee too',
        ),
        (
            [Withdrawal(Session("study", date(2026, 1, 15), on=JULY), "A")] * 2,
            "it is there twice; give it once",
        ),
    ],
)
def test_what_is_withdrawn_is_of_the_schedule(withdrawn: Any, message: str) -> None:
    with pytest.raises(TrainingError, match=message):
        evolve(made(plan(STUDY), OLD), withdrawn=withdrawn)


@pytest.mark.parametrize(
    ("corrected", "not_before", "there"),
    [
        # Later than was known: all lessons move to the stage as it is.
        (date(2026, 3, 2), date(2026, 1, 1), (date(2026, 3, 2), date(2026, 4, 1))),
        # Sooner: what is left of it takes them.
        (date(2025, 12, 21), date(2026, 1, 12), (date(2026, 1, 12), date(2026, 1, 20))),
    ],
    ids=["later", "sooner"],
)
def test_a_corrected_day_of_hiring_moves_the_lessons_of_its_stage(
    corrected: date, not_before: date, there: tuple[date, date]
) -> None:
    known = Trainee("C", date(2026, 1, 11))
    before = made(plan(evolve(SKILL, timing=CareerStage(0, 1))), known)
    after = again(before, Trainee("C", corrected), on=not_before)
    first, last = there
    assert all(first <= day <= last for day in days(after.schedule, "skill"))
    moves = [each.after for each in after.changes if each.before and each.after]
    assert moves
    assert Cause.HIRING in {each.cause for each in moves} <= {Cause.HIRING, Cause.ORDER}
    twice = again(after.schedule, Trainee("C", corrected), on=not_before)
    assert twice.schedule == after.schedule


def test_lessons_of_a_stage_that_was_over_are_cancelled() -> None:
    before = made(plan(evolve(SKILL, timing=CareerStage(0, 1))), Trainee("C", date(2026, 1, 11)))
    after = again(before, Trainee("C", date(2025, 6, 2)), on=date(2026, 1, 1)).schedule
    assert days(after, "skill") == []
    assert len(after.cancelled) == len(days(before, "skill")) == 4
