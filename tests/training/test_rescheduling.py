"""Rescheduling: what moves, how far, and what is said of it; against every other way in small."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import (
    Adjustment,
    CalendarSpan,
    FieldError,
    Period,
    Tenure,
    Text,
    WorkCalendar,
)
from cmappraisal.training import (
    VIP_SERVICE,
    Activity,
    ActivityKind,
    Cadence,
    CareerStage,
    Course,
    Curriculum,
    Domain,
    Group,
    Quota,
    Rescheduled,
    Room,
    Schedule,
    SearchCut,
    Session,
    ShortfallCause,
    Target,
    TargetUnit,
    Trainee,
    TrainingError,
    TrainingPlan,
    reschedule,
    schedule,
)
from cmappraisal.training.searching import MAXIMUM_SEARCHED

TEXT = Text("活動", "活动", en="activity")
COURSES = Curriculum(
    "few",
    "1",
    text=TEXT,
    courses=[Course(id, TEXT, domain=Domain.SKILL) for id in ("a", "b", "c")],
)
WEEKDAYS = WorkCalendar()
APRIL = Period.month(2026, 4)
WEEK = Period(date(2026, 4, 13), date(2026, 4, 19))
YEAR = Period.year(2026)


def monthly(day: int) -> Cadence:
    return Cadence(f"FREQ=MONTHLY;BYMONTHDAY={day}")


def weekly(days: str) -> Cadence:
    return Cadence(f"FREQ=WEEKLY;BYDAY={days}")


def activity(id: str, timing: Any, **fields: Any) -> Activity:
    fields.setdefault("kind", ActivityKind.STUDY)
    return Activity(id, TEXT, timing=timing, **fields)


def plan(*activities: Activity, targets: Any = ()) -> TrainingPlan:
    return TrainingPlan(
        "plan", "1", text=TEXT, curriculum=COURSES, activities=activities, targets=targets
    )


def april(*numbers: int) -> list[date]:
    return [date(2026, 4, number) for number in numbers]


def off(*days: date) -> WorkCalendar:
    return WorkCalendar(holidays=days)


def changes_of(changed: Rescheduled) -> list[str]:
    """Each change as one line."""
    lines = []
    for change in changed.changes:
        before, after = change.before, change.after
        name = (after or before or Session("", YEAR.first, on=YEAR.first)).id
        there = f"{before.on:%m-%d}" if before else "new"
        here = f"{after.on:%m-%d}" if after else "cancelled"
        cause = f" {after.cause.value}" if after and after.cause else ""
        lines.append(f"{name.split('/')[0]}: {there} -> {here}{cause}")
    return lines


def short(made: Schedule) -> list[tuple[str | None, int, str]]:
    return [(each.activity, each.missing, each.cause.value) for each in made.shortfalls]


@pytest.mark.parametrize(
    ("adjustment", "closed", "changes"),
    [
        (Adjustment.FOLLOWING, [15], ["study: 04-15 -> 04-16 day-off"]),
        (Adjustment.FOLLOWING, [15, 16, 17], ["study: 04-15 -> 04-20 day-off"]),
        (Adjustment.PRECEDING, [15, 16], ["study: 04-15 -> 04-14 day-off"]),
        (Adjustment.NEAREST, [15, 16], ["study: 04-15 -> 04-14 day-off"]),
        (Adjustment.NEAREST, [15], ["study: 04-15 -> 04-16 day-off"]),
        (Adjustment.MODIFIED_FOLLOWING, range(15, 31), ["study: 04-15 -> 04-14 day-off"]),
        (Adjustment.MODIFIED_FOLLOWING, [15], ["study: 04-15 -> 04-16 day-off"]),
        (Adjustment.MODIFIED_PRECEDING, range(1, 16), ["study: 04-15 -> 04-16 day-off"]),
        (Adjustment.MODIFIED_PRECEDING, [15], ["study: 04-15 -> 04-14 day-off"]),
        (Adjustment.MODIFIED_PRECEDING, range(1, 31), ["study: 04-15 -> 05-01 day-off"]),
        (Adjustment.SKIP, [15], ["study: 04-15 -> cancelled"]),
        (Adjustment.NONE, [15], []),
        (Adjustment.NEAREST, [14, 16], []),
    ],
)
def test_a_session_goes_where_its_adjustment_sends_it(
    adjustment: Adjustment, closed: Any, changes: list[str]
) -> None:
    made = schedule(
        plan(activity("study", monthly(15), adjustment=adjustment)), APRIL, calendar=WEEKDAYS
    )
    changed = reschedule(made, calendar=off(*april(*closed)), not_before=date(2026, 4, 1))
    assert changes_of(changed) == changes
    assert (
        reschedule(
            changed.schedule, calendar=off(*april(*closed)), not_before=date(2026, 4, 1)
        ).changes
        == ()
    )


def test_what_lies_before_stays_and_nothing_goes_there() -> None:
    asked = plan(activity("study", weekly("WE"), adjustment=Adjustment.PRECEDING))
    made = schedule(asked, APRIL, calendar=WEEKDAYS)
    changed = reschedule(made, calendar=off(*april(8, 15, 22)), not_before=date(2026, 4, 15))
    assert changes_of(changed) == ["study: 04-15 -> 04-16 day-off", "study: 04-22 -> 04-21 day-off"]


def test_a_change_raises_the_sequence_by_one_and_keeps_the_id() -> None:
    made = schedule(plan(activity("study", monthly(15))), APRIL, calendar=WEEKDAYS)
    for closed, sequence in (([15], 1), ([15, 16], 2), ([15, 16], 2)):
        made = reschedule(made, calendar=off(*april(*closed)), not_before=date(2026, 4, 1)).schedule
        assert [(each.id, each.sequence) for each in made.sessions] == [
            ("study/2026-04-15", sequence)
        ]


def test_a_session_that_comes_back_to_its_day_has_no_cause() -> None:
    asked = plan(activity("study", monthly(15), adjustment=Adjustment.NEAREST))
    made = schedule(asked, APRIL, calendar=off(*april(15)))
    back = reschedule(made, calendar=off(*april(16, 17)), not_before=date(2026, 4, 1)).schedule
    assert (back.sessions[0].on, back.sessions[0].cause) == (date(2026, 4, 15), None)


def test_meetings_go_with_a_holiday_and_come_back_without_it() -> None:
    asked = plan(
        activity("meeting", Cadence("FREQ=DAILY"), adjustment=Adjustment.SKIP, courses=["a", "b"])
    )
    made = schedule(asked, WEEK, calendar=WEEKDAYS)
    closed = reschedule(made, calendar=off(*april(15)), not_before=WEEK.first)
    assert changes_of(closed) == ["meeting: 04-15 -> cancelled"]
    (gone,) = closed.schedule.cancelled
    assert (gone.id, gone.sequence) == ("meeting/2026-04-15", 1)
    opened = reschedule(closed.schedule, calendar=WEEKDAYS, not_before=WEEK.first)
    assert changes_of(opened) == ["meeting: new -> 04-15"]
    assert opened.schedule.cancelled == ()
    back = opened.schedule.session("meeting/2026-04-15")
    assert (back.sequence, back.courses) == (2, gone.courses)
    worked = reschedule(made, calendar=WorkCalendar(workdays=april(18)), not_before=WEEK.first)
    assert changes_of(worked) == ["meeting: new -> 04-18"]
    assert worked.schedule.session("meeting/2026-04-18").courses == ("b",)
    late = reschedule(made, calendar=WorkCalendar(workdays=april(18)), not_before=date(2026, 4, 19))
    assert changes_of(late) == []


def test_meetings_come_back_for_each_group() -> None:
    asked = plan(activity("meeting", Cadence("FREQ=DAILY"), adjustment=Adjustment.SKIP))
    groups = [Group("A", ()), Group("B", ())]
    made = schedule(asked, WEEK, calendar=off(*april(15)), groups=groups)
    opened = reschedule(made, calendar=WEEKDAYS, not_before=WEEK.first)
    assert [change.after.group for change in opened.changes if change.after] == ["A", "B"]


def test_meetings_come_back_for_those_who_are_there() -> None:
    asked = plan(
        activity("call", Cadence("FREQ=DAILY"), adjustment=Adjustment.SKIP, per_person=True)
    )
    people = [Trainee("old"), Trainee("new", date(2026, 4, 17)), Trainee("next", date(2026, 5, 1))]
    made = schedule(asked, WEEK, calendar=off(*april(15, 17)), trainees=people)
    opened = reschedule(made, calendar=WEEKDAYS, not_before=WEEK.first)
    assert [change.after.id for change in opened.changes if change.after] == [
        "call/2026-04-15/person:old",
        "call/2026-04-17/person:old",
        "call/2026-04-17/person:new",
    ]


ORDERED = plan(
    activity("study", monthly(15), adjustment=Adjustment.NEAREST),
    activity("test", monthly(17), kind=ActivityKind.TEST, follows="study"),
)


@pytest.mark.parametrize(
    ("asked", "closed", "changes", "shortfalls"),
    [
        # There is a day before the test.
        (ORDERED, [15, 16], ["study: 04-15 -> 04-14 day-off"], []),
        # Both have to move: still in their order.
        (
            ORDERED,
            [*range(1, 18)],
            ["study: 04-15 -> 04-20 day-off", "test: 04-17 -> 04-21 day-off"],
            [],
        ),
        # No day before the test is left in the month: the test goes after.
        (
            ORDERED,
            [*range(1, 17)],
            ["study: 04-15 -> 04-17 day-off", "test: 04-17 -> 04-20 order"],
            [],
        ),
        # The test may not move: the study comes sooner.
        (
            plan(
                activity("study", monthly(15)),
                activity(
                    "test",
                    monthly(16),
                    kind=ActivityKind.TEST,
                    follows="study",
                    adjustment=Adjustment.NONE,
                ),
            ),
            [15],
            ["study: 04-15 -> 04-14 order"],
            [],
        ),
        # The day before is full: the study comes sooner still.
        (
            plan(
                activity("meeting", monthly(14), duration=480),
                activity("study", monthly(15)),
                activity(
                    "test",
                    monthly(16),
                    kind=ActivityKind.TEST,
                    follows="study",
                    adjustment=Adjustment.NONE,
                ),
            ),
            [15],
            ["study: 04-15 -> 04-13 order"],
            [],
        ),
        # What is followed by what follows.
        (
            plan(
                activity("a", monthly(14)),
                activity("b", monthly(15), follows="a"),
                activity("c", monthly(16), follows="b"),
            ),
            [14, 16],
            ["a: 04-14 -> 04-15 day-off", "b: 04-15 -> 04-17 order", "c: 04-16 -> 04-20 order"],
            [],
        ),
        # The day of the test has room again for the study, which still comes sooner.
        (
            plan(
                activity("talk", monthly(15), duration=60),
                activity("meeting", monthly(16), duration=200, follows="talk"),
                activity("study", monthly(15), duration=250),
                activity(
                    "test", monthly(16), duration=60, follows="study", adjustment=Adjustment.NONE
                ),
            ),
            [15],
            [
                "study: 04-15 -> 04-14 order",
                "talk: 04-15 -> 04-16 day-off",
                "meeting: 04-16 -> 04-17 order",
            ],
            [],
        ),
        # No day is left between what it follows and what follows it.
        (
            plan(
                activity("a", monthly(13)),
                activity("b", monthly(15), follows="a"),
                activity("c", monthly(16), follows="b", adjustment=Adjustment.NONE),
            ),
            [14, 15],
            ["b: 04-15 -> 04-16 day-off"],
            [("c", 1, "order")],
        ),
    ],
)
def test_the_order_of_a_month_is_kept_or_its_breach_is_reported(
    asked: TrainingPlan,
    closed: list[int],
    changes: list[str],
    shortfalls: list[tuple[str, int, str]],
) -> None:
    made = schedule(asked, APRIL, calendar=WEEKDAYS)
    changed = reschedule(made, calendar=off(*april(*closed)), not_before=date(2026, 4, 1))
    assert changes_of(changed) == changes
    assert short(changed.schedule) == shortfalls
    assert {each.sequence for each in changed.schedule.sessions} <= {0, 1}


def test_what_comes_sooner_to_keep_an_order_comes_when_the_person_is_there() -> None:
    asked = plan(
        activity("study", monthly(15), per_person=True),
        activity("test", monthly(16), follows="study", per_person=True, adjustment=Adjustment.NONE),
    )
    tenures = [
        Tenure("RM-01", "A", last=date(2026, 4, 13)),
        Tenure("RM-01", "A", first=date(2026, 4, 15)),
    ]
    people = [Trainee("RM-01", tenures=tenures)]
    made = schedule(asked, APRIL, calendar=WEEKDAYS, trainees=people)
    changed = reschedule(made, calendar=off(*april(15)), not_before=APRIL.first)
    assert changes_of(changed) == ["study: 04-15 -> 04-13 order"]


def test_the_order_of_a_month_that_is_over_is_kept_after_it() -> None:
    asked = plan(
        activity("study", monthly(15)),
        activity("test", monthly(16), follows="study"),
    )
    closed = april(*range(15, 31))
    made = schedule(asked, APRIL, calendar=WEEKDAYS)
    late = reschedule(made, calendar=off(*closed), not_before=april(15)[0])
    assert changes_of(late) == ["study: 04-15 -> 05-01 day-off", "test: 04-16 -> 05-04 day-off"]
    may = date(2026, 5, 1)
    later = reschedule(late.schedule, calendar=off(*closed, may), not_before=may)
    assert changes_of(later) == ["study: 05-01 -> 05-04 day-off", "test: 05-04 -> 05-05 order"]


def test_a_breach_of_order_is_no_longer_reported_when_it_is_mended() -> None:
    asked = plan(
        activity("study", monthly(15), adjustment=Adjustment.NEAREST),
        activity(
            "test", monthly(16), kind=ActivityKind.TEST, follows="study", adjustment=Adjustment.NONE
        ),
    )
    made = schedule(asked, APRIL, calendar=WEEKDAYS)
    broken = reschedule(made, calendar=off(*april(13, 14, 15)), not_before=april(13)[0]).schedule
    assert short(broken) == [("test", 1, "order")]
    mended = reschedule(broken, calendar=off(*april(17, 16)), not_before=april(13)[0]).schedule
    assert (days_of(mended), short(mended)) == (["study 15", "test 16"], [])


def days_of(made: Schedule) -> list[str]:
    return [f"{each.activity} {each.on.day}" for each in made.sessions]


def test_the_order_of_one_month_is_not_that_of_another() -> None:
    made = schedule(ORDERED, Period.quarter(2026, 2), calendar=WEEKDAYS)
    changed = reschedule(made, calendar=off(*april(15, 16)), not_before=april(1)[0])
    assert changes_of(changed) == ["study: 04-15 -> 04-14 day-off"]


def test_an_old_breach_of_order_stays_as_it_was_reported() -> None:
    stuck = {"adjustment": Adjustment.NONE}
    asked = plan(
        activity("study", monthly(15), **stuck),
        activity("test", monthly(15), kind=ActivityKind.TEST, follows="study", **stuck),
        activity("talk", monthly(20), kind=ActivityKind.TALK),
    )
    made = schedule(asked, APRIL, calendar=WEEKDAYS)
    changed = reschedule(made, calendar=off(*april(20)), not_before=april(1)[0])
    assert changes_of(changed) == ["talk: 04-20 -> 04-21 day-off"]
    assert changed.schedule.shortfalls == made.shortfalls
    assert short(made) == [("test", 1, "order")]


def test_what_took_place_is_not_moved_to_keep_an_order() -> None:
    made = schedule(ORDERED, APRIL, calendar=WEEKDAYS)
    study, test = made.sessions
    edited = evolve(made, sessions=[test, evolve(study, on=april(29)[0])])
    changed = reschedule(edited, calendar=off(*april(29)), not_before=april(28)[0])
    assert changes_of(changed) == ["study: 04-29 -> 04-30 day-off"]


def test_a_study_that_comes_back_comes_before_its_test() -> None:
    asked = plan(
        activity("study", monthly(14), adjustment=Adjustment.SKIP),
        activity(
            "test",
            monthly(15),
            kind=ActivityKind.TEST,
            follows="study",
            adjustment=Adjustment.PRECEDING,
        ),
    )
    made = schedule(asked, APRIL, calendar=off(*april(14, 15)))
    assert days_of(made) == ["test 13"]
    opened = reschedule(made, calendar=WEEKDAYS, not_before=april(1)[0])
    assert days_of(opened.schedule) == ["study 14", "test 15"]


def test_what_moves_together_finds_room_together() -> None:
    asked = plan(
        activity("a", weekly("TU"), duration=240),
        activity("b", Quota(2, per=CalendarSpan.WEEK), kind=ActivityKind.WORKSHOP, duration=480),
    )
    week = Period(date(2026, 3, 2), date(2026, 3, 8))
    made = schedule(asked, week, calendar=WEEKDAYS)
    closed = off(date(2026, 3, 3), date(2026, 3, 5))
    changed = reschedule(made, calendar=closed, not_before=date(2026, 3, 3))
    # By itself, the first would take the only day that the second could have.
    assert changes_of(changed) == ["b: 03-05 -> 03-06 day-off", "a: 03-03 -> 03-09 day-off"]
    assert changed.schedule.shortfalls == ()


def test_what_finds_no_day_is_cancelled_reported_and_taken_back() -> None:
    asked = plan(activity("workshop", Quota(1, per=CalendarSpan.WEEK), kind=ActivityKind.WORKSHOP))
    made = schedule(asked, WEEK, calendar=WEEKDAYS)
    closed = reschedule(made, calendar=WEEKDAYS, not_before=WEEK.first, blackouts=WEEK)
    assert changes_of(closed) == ["workshop: 04-15 -> cancelled"]
    (shortfall,) = closed.schedule.shortfalls
    assert (shortfall.period, shortfall.missing, shortfall.cause) == (
        WEEK,
        1,
        ShortfallCause.NO_OPEN_DAY,
    )
    opened = reschedule(closed.schedule, calendar=WEEKDAYS, not_before=WEEK.first, blackouts=())
    assert changes_of(opened) == ["workshop: new -> 04-15"]
    assert (opened.schedule.shortfalls, opened.schedule.cancelled) == ((), ())
    later = reschedule(closed.schedule, calendar=WEEKDAYS, not_before=april(16)[0], blackouts=())
    assert changes_of(later) == []
    assert later.schedule.shortfalls == (shortfall,)


def test_a_cadence_that_finds_no_day_is_reported_for_its_month() -> None:
    made = schedule(plan(activity("study", monthly(15))), APRIL, calendar=WEEKDAYS)
    never = reschedule(made, calendar=WorkCalendar(range(7)), not_before=april(1)[0]).schedule
    assert [(each.period, each.missing) for each in never.shortfalls] == [(APRIL, 1)]
    assert reschedule(never, calendar=WEEKDAYS, not_before=april(1)[0]).schedule.shortfalls == ()


def test_a_day_that_became_full_sends_away_what_may_choose() -> None:
    asked = plan(
        activity("study", monthly(15)),
        activity("workshop", Quota(1, per=CalendarSpan.MONTH), kind=ActivityKind.WORKSHOP),
    )
    made = schedule(asked, APRIL, calendar=WEEKDAYS)
    assert days_of(made) == ["study 15", "workshop 16"]
    changed = reschedule(made, calendar=WEEKDAYS, not_before=april(1)[0], full_days=april(15, 16))
    assert changes_of(changed) == ["workshop: 04-16 -> 04-17 full"]


def test_a_team_session_keeps_off_the_days_that_its_people_fill() -> None:
    asked = plan(
        activity("study", monthly(15), duration=240),
        activity("letter", monthly(16), per_person=True, duration=300),
    )
    made = schedule(
        asked, APRIL, calendar=WEEKDAYS, groups=[Group("A", [Trainee("1"), Trainee("2")])]
    )
    changed = reschedule(made, calendar=off(*april(15)), not_before=april(1)[0])
    assert changes_of(changed) == ["study: 04-15 -> 04-17 day-off"]
    both = reschedule(made, calendar=off(*april(15, 16)), not_before=april(1)[0])
    assert changes_of(both) == [
        "study: 04-15 -> 04-17 day-off",
        "letter: 04-16 -> 04-20 day-off",
        "letter: 04-16 -> 04-20 day-off",
    ]


STAGED = plan(
    activity("stage", CareerStage(0, 1), courses=["a", "b"], kind=ActivityKind.COURSE, duration=300)
)


def test_a_stage_stays_within_itself() -> None:
    people = [Trainee("1", date(2026, 4, 1))]
    made = schedule(STAGED, YEAR, calendar=WEEKDAYS, trainees=people)
    days = [each.on for each in made.sessions]
    changed = reschedule(made, calendar=off(*days), not_before=april(1)[0]).schedule
    assert all(each.on in APRIL for each in changed.sessions)
    closed = off(*Period(date(2026, 4, 1), date(2026, 4, 29)))
    last = reschedule(made, calendar=closed, not_before=april(1)[0]).schedule
    assert (len(last.sessions), short(last)) == (1, [("stage", 1, "no-open-day")])
    stray = evolve(made, sessions=[evolve(made.sessions[0], person=None)])
    with pytest.raises(TrainingError, match="is of a stage and for no person; name the person"):
        reschedule(stray, calendar=off(*days), not_before=april(1)[0])
    hired_later = evolve(made, trainees=[Trainee("1", date(2027, 1, 1))])
    gone = reschedule(hired_later, calendar=off(*days), not_before=april(1)[0]).schedule
    assert gone.sessions == ()


SKIPPED = activity("study", monthly(15), adjustment=Adjustment.SKIP, courses=["a", "b", "c"])


def a_month(count: int, unit: TargetUnit = TargetUnit.DAYS) -> Target:
    return Target(ActivityKind.STUDY, count, unit=unit, per=CalendarSpan.MONTH)


def test_what_a_target_loses_has_make_up_sessions_with_the_same_courses() -> None:
    second_quarter = Period.quarter(2026, 2)
    made = schedule(plan(SKIPPED, targets=[a_month(1)]), second_quarter, calendar=WEEKDAYS)
    closed = off(*(date(2026, month, 15) for month in (4, 5, 6)))
    changed = reschedule(made, calendar=closed, not_before=april(1)[0]).schedule
    assert [each.courses for each in changed.sessions] == [("a",), ("b",), ("c",)]
    assert all(each.make_up for each in changed.sessions)
    assert changed.shortfalls == ()


def test_a_make_up_session_has_an_id_of_its_own() -> None:
    asked = plan(
        SKIPPED,
        targets=[Target(ActivityKind.STUDY, 12, unit=TargetUnit.DAYS, per=CalendarSpan.YEAR)],
    )
    made = schedule(asked, YEAR, calendar=WEEKDAYS)
    first = next(each.on for each in made.sessions if each.make_up)
    once = reschedule(made, calendar=off(first), not_before=YEAR.first).schedule
    lost = next(each for each in once.sessions if not each.make_up)
    kept = {each.on for each in once.sessions}
    free = [day for day in YEAR if (day not in kept and day != first) or day == lost.on]
    twice = reschedule(once, calendar=WEEKDAYS, not_before=YEAR.first, blackouts=free).schedule
    assert len({each.on for each in twice.sessions}) == 12
    assert twice.shortfalls == ()
    assert f"study/{first}/make-up/2" in {each.id for each in twice.sessions}


def test_what_no_make_up_session_replaces_is_reported_until_it_is_there_again() -> None:
    meeting = activity(
        "meeting", Cadence("FREQ=DAILY"), adjustment=Adjustment.SKIP, kind=ActivityKind.MEETING
    )
    target = Target(ActivityKind.MEETING, 22, unit=TargetUnit.SESSIONS, per=CalendarSpan.MONTH)
    made = schedule(plan(meeting, targets=[target]), APRIL, calendar=WEEKDAYS)
    for closed, missing in (([14], 1), ([], 0), ([14, 15], 2), ([14], 1), ([], 0)):
        made = reschedule(made, calendar=off(*april(*closed)), not_before=april(1)[0]).schedule
        assert [each.missing for each in made.shortfalls] == [missing] * bool(missing)


def test_a_target_that_only_quotas_serve_is_reported() -> None:
    asked = plan(activity("study", Quota(1, 1, per=CalendarSpan.MONTH)), targets=[a_month(1)])
    made = schedule(asked, APRIL, calendar=WEEKDAYS)
    closed = reschedule(made, calendar=WEEKDAYS, not_before=april(1)[0], blackouts=APRIL).schedule
    assert [(each.kind, each.cause) for each in closed.shortfalls] == [
        (None, ShortfallCause.NO_OPEN_DAY),
        (ActivityKind.STUDY, ShortfallCause.AT_MOST),
    ]


def test_what_is_missing_of_one_target_is_not_that_of_another() -> None:
    asked = plan(SKIPPED, targets=[a_month(20, TargetUnit.HOURS), a_month(25)])
    made = schedule(asked, APRIL, calendar=WEEKDAYS)
    assert [(each.unit, each.missing) for each in made.shortfalls] == [(TargetUnit.DAYS, 3)]
    days = [each.on for each in made.sessions if each.make_up][:1]
    changed = reschedule(made, calendar=off(*days), not_before=april(1)[0]).schedule
    assert [(each.unit, each.missing) for each in changed.shortfalls] == [(TargetUnit.DAYS, 4)]


def test_make_up_sessions_move_within_the_span_of_their_target() -> None:
    asked = plan(SKIPPED, targets=[a_month(2)])
    made = schedule(asked, APRIL, calendar=WEEKDAYS)
    (added,) = (each for each in made.sessions if each.make_up)
    changed = reschedule(made, calendar=off(added.on), not_before=april(1)[0])
    (change,) = changed.changes
    assert change.after is not None
    assert abs((change.after.on - added.on).days) == 1
    closed = off(*Period(added.on, APRIL.last))
    none = reschedule(made, calendar=closed, not_before=added.on).schedule
    assert [(each.kind, each.missing) for each in none.shortfalls] == [(ActivityKind.STUDY, 1)]


def test_nobody_has_to_do_anything_before_the_day_of_hiring() -> None:
    asked = plan(
        activity("talk", Quota(1, per=CalendarSpan.MONTH), kind=ActivityKind.TALK, per_person=True),
        targets=[Target(ActivityKind.TALK, 1, unit=TargetUnit.SESSIONS, per=CalendarSpan.MONTH)],
    )
    made = schedule(asked, APRIL, calendar=WEEKDAYS, trainees=[Trainee("1", april(10)[0])])
    days = Period(april(10)[0], april(30)[0])
    closed = reschedule(made, calendar=WEEKDAYS, not_before=april(1)[0], blackouts=days).schedule
    assert closed.sessions == ()
    assert [(each.activity, each.kind, each.missing) for each in closed.shortfalls] == [
        ("talk", None, 1),
        (None, ActivityKind.TALK, 1),
    ]


def test_a_shortfall_of_a_plan_that_has_no_such_target_stays() -> None:
    asked = plan(SKIPPED, targets=[a_month(30)])
    made = schedule(asked, APRIL, calendar=WEEKDAYS)
    edited = evolve(made, plan=plan(SKIPPED))
    changed = reschedule(edited, calendar=off(*april(15)), not_before=april(1)[0]).schedule
    assert changed.shortfalls == made.shortfalls


def test_a_year_of_blackouts_takes_no_more_steps_than_it_may() -> None:
    asked = plan(
        *(activity(id, weekly(day)) for id, day in (("a", "MO"), ("b", "MO"), ("c", "TU")))
    )
    made = schedule(asked, YEAR, calendar=WEEKDAYS)
    changed = reschedule(made, calendar=WEEKDAYS, not_before=YEAR.first, blackouts=YEAR)
    assert len(changed.schedule.sessions) == len(made.sessions)
    assert MAXIMUM_SEARCHED == 20_000
    # They all come in one another's way, and are too many to be compared in every way.
    (cut,) = changed.cuts
    assert {*cut.sessions} == {each.id for each in made.sessions}
    assert (cut.group, cut.person, changed.is_proved) == (None, None, False)


@pytest.mark.parametrize(
    ("closed", "days"),
    [
        (Period(date(2026, 2, 1), date(2026, 4, 30)), 169),
        # The nearest days, which are looked at first, show which others cannot be better.
        (Period(date(2026, 3, 2), date(2026, 8, 31)), 668),
    ],
    ids=["three months", "half a year"],
)
def test_what_is_compared_in_every_way_is_not_cut(closed: Period, days: int) -> None:
    made = schedule(VIP_SERVICE, YEAR, calendar=WEEKDAYS)
    changed = reschedule(made, calendar=WEEKDAYS, not_before=YEAR.first, blackouts=closed)
    assert changed.cuts == ()
    assert changed.is_proved
    moves = [each for each in changed.changes if each.before and each.after]
    assert sum(abs((each.after.on - each.before.on).days) for each in moves) == days  # type: ignore[union-attr]


def test_a_cut_is_told_in_three_languages() -> None:
    cut = SearchCut(["a/2026-01-05", "b/2026-01-06"], person="RM-01")
    assert cut.explain().startswith("a/2026-01-05, b/2026-01-06 moved together, and the search")
    assert cut.explain("zh-Hans") == (
        "a/2026-01-05、b/2026-01-06 一并改期，搜索未及比较所有安排：未证明没有更好的安排"
    )
    with pytest.raises(FieldError, match="sessions is"):
        SearchCut([])


def test_the_calendar_ends_and_begins() -> None:
    asked = plan(activity("study", Cadence("FREQ=WEEKLY;BYDAY=TH")))
    last = schedule(asked, Period(date(9999, 12, 20), date.max), calendar=WEEKDAYS)
    changed = reschedule(last, calendar=off(date(9999, 12, 30)), not_before=date(9999, 12, 20))
    assert changes_of(changed) == ["study: 12-30 -> 12-31 day-off"]
    first = schedule(asked, Period(date.min, date(1, 1, 20)), calendar=WEEKDAYS)
    assert reschedule(first, calendar=off(date(1, 1, 4)), not_before=date.min).changes


def test_a_session_is_kept_that_only_a_day_beyond_make_up_sessions_can_have() -> None:
    target = Target(ActivityKind.STUDY, 6, unit=TargetUnit.DAYS, per=CalendarSpan.WEEK)
    asked = plan(activity("study", monthly(1)), targets=[target])
    made = schedule(asked, Period.quarter(2025, 2), calendar=WorkCalendar(()))
    once = reschedule(made, calendar=WEEKDAYS, not_before=made.period.first).schedule
    assert once.session("study/2025-06-01").on == date(2025, 7, 1)
    assert all(each.make_up for each in once.cancelled)
    assert reschedule(once, calendar=WEEKDAYS, not_before=made.period.first).changes == ()


# Minimality, by brute force: a week or two, a few activities, some of its days closed.


@st.composite
def small(draw: st.DrawFn) -> tuple[Schedule, WorkCalendar, date]:
    first = date(2026, 3, 2)
    cadences = st.sampled_from(["TU", "WE,TH", "FR"]).map(weekly)
    quotas = st.integers(1, 2).map(lambda count: Quota(count, per=CalendarSpan.WEEK))
    activities = [
        activity(
            f"a{number}",
            draw(cadences | quotas),
            duration=draw(st.sampled_from([60, 240, 480])),
            adjustment=Adjustment.NEAREST,
        )
        for number in range(draw(st.integers(1, 3)))
    ]
    period = Period(first, first + timedelta(draw(st.sampled_from([6, 13]))))
    made = schedule(plan(*activities), period, calendar=WEEKDAYS)
    within = st.integers(0, period.days).map(lambda number: first + timedelta(number))
    closed = draw(st.frozensets(within, min_size=1, max_size=4))
    return made, off(*closed), first + timedelta(draw(st.integers(0, 2)))


def every_way(
    made: Schedule, calendar: WorkCalendar, not_before: date, displaced: list[Session]
) -> list[tuple[int, int]]:
    """What speaks against each way of moving the displaced: how many are lost, and days in all."""
    ways = []
    for session in displaced:
        timing = made.activity_of(session).timing
        span = Period(not_before, made.period.last + timedelta(12))
        if isinstance(timing, Quota):
            (span,) = (
                each for each in timing.per.within(made.period) if session.planned_on in each
            )
        days = [day for day in span if day >= not_before and calendar.is_working_day(day)]
        ways.append([*days, None])
    staying = [each for each in made.sessions if each not in displaced]
    penalties = []
    for way in product(*ways):
        moved = [evolve(each, on=day) for each, day in zip(displaced, way, strict=True) if day]
        load: Counter[date] = Counter()
        for each in [*staying, *moved]:
            load[each.on] += made.activity_of(each).duration
        used = Counter((each.activity, each.on) for each in [*staying, *moved])
        fits = all(
            load[each.on] <= made.plan.day_length and used[each.activity, each.on] == 1
            for each in moved
        )
        if fits:
            far = [
                abs((day - each.on).days) for each, day in zip(displaced, way, strict=True) if day
            ]
            penalties.append((way.count(None), sum(far)))
    return penalties


@given(small())
def test_no_other_way_loses_less_or_goes_less_far(
    drawn: tuple[Schedule, WorkCalendar, date],
) -> None:
    made, calendar, not_before = drawn
    displaced = [
        each
        for each in made.sessions
        if each.on >= not_before and not calendar.is_working_day(each.on)
    ]
    if len(displaced) > 3:
        return
    changed = reschedule(made, calendar=calendar, not_before=not_before)
    far = [
        abs((change.after.on - change.before.on).days)
        for change in changed.changes
        if change.before and change.after
    ]
    lost = len(changed.changes) - len(far)
    assert len(changed.changes) == len(displaced)
    assert (lost, sum(far)) == min(every_way(made, calendar, not_before, displaced))


def test_what_has_a_room_is_left_to_what_knows_rooms() -> None:
    made = schedule(plan(activity("study", monthly(15))), APRIL, calendar=WEEKDAYS)
    assigned = evolve(made, rooms=[Room("R-1", 9)], sessions=[evolve(made.sessions[0], room="R-1")])
    with pytest.raises(TrainingError) as caught:
        reschedule(assigned, calendar=WEEKDAYS, not_before=APRIL.first)
    assert str(caught.value) == (
        'session "study/2026-04-15" has a room or a trainer; let '
        "cmappraisal.interop.solver.reassign find it another day"
    )


def test_a_meeting_that_was_edited_in_is_not_added_again() -> None:
    asked = plan(activity("meeting", Cadence("FREQ=DAILY"), adjustment=Adjustment.SKIP))
    made = schedule(asked, WEEK, calendar=off(*april(15)))
    edited = evolve(
        made, sessions=[*made.sessions, Session("meeting", april(15)[0], on=april(17)[0])]
    )
    assert reschedule(edited, calendar=WEEKDAYS, not_before=WEEK.first).changes == ()


def test_what_was_lost_stays_lost_while_there_is_no_day() -> None:
    asked = plan(activity("workshop", Quota(1, per=CalendarSpan.WEEK), kind=ActivityKind.WORKSHOP))
    made = schedule(asked, WEEK, calendar=WEEKDAYS)
    closed = reschedule(made, calendar=WEEKDAYS, not_before=WEEK.first, blackouts=WEEK).schedule
    assert reschedule(closed, calendar=WEEKDAYS, not_before=WEEK.first).changes == ()


@pytest.mark.parametrize(
    ("kind", "change", "message"),
    [
        (FieldError, {"schedule": None}, "reschedule: schedule is None; allowed: a Schedule"),
        (FieldError, {"calendar": 5}, "Schedule: calendar is 5; allowed: a WorkCalendar"),
        (
            FieldError,
            {"not_before": datetime(2026, 1, 1, tzinfo=UTC)},
            "reschedule: not_before is datetime.datetime(2026, 1, 1, 0, 0, tzinfo=datetime.timezon",
        ),
        (FieldError, {"blackouts": "x"}, "Schedule: blackouts is 'x'; allowed: dates, in any"),
        (
            FieldError,
            {"full_days": [5]},
            "Schedule: full_days is frozenset({5}); allowed: dates, in any",
        ),
    ],
)
def test_what_does_not_fit_is_rejected(
    kind: type[Exception], change: dict[str, Any], message: str
) -> None:
    arguments: dict[str, Any] = {
        "schedule": schedule(VIP_SERVICE, APRIL, calendar=WEEKDAYS),
        "calendar": WEEKDAYS,
        "not_before": YEAR.first,
    } | change
    with pytest.raises(kind) as caught:
        reschedule(arguments.pop("schedule"), **arguments)
    assert str(caught.value).startswith(message)
