"""Changed people: who comes, goes or is away after rooms and trainers were assigned."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from cmappraisal import Period, Tenure, WorkCalendar
from cmappraisal.interop.solver import assign, reassign
from cmappraisal.training import (
    ASK,
    VIP_SERVICE,
    Cause,
    Group,
    Leave,
    LeaveKind,
    Room,
    Schedule,
    Trainee,
    Trainer,
    TrainingError,
    schedule,
)

ROOMS = [Room("R", 30)]
TRAINERS = [Trainer("T", list(ASK.curriculum))]
FIRST = Trainee("N-1", date(2026, 7, 1))
SECOND = Trainee("N-2", date(2026, 8, 3))
CALENDAR = WorkCalendar()


def year_of(*trainees: Trainee, **fields: Any) -> Schedule:
    made = schedule(ASK, Period.year(2026), calendar=CALENDAR, trainees=trainees)
    return assign(made, rooms=fields.get("rooms", ROOMS), trainers=TRAINERS).schedule


def lessons(made: Schedule, person: str) -> list[tuple[Any, ...]]:
    mine = made.of(person)
    return [(each.on, each.room, each.trainer) for each in mine if each.person is not None]


def test_who_is_hired_later_gets_rooms_and_trainers_and_all_else_stays() -> None:
    before = year_of(FIRST)
    made = reassign(before, not_before=SECOND.since or date.min, trainees=[FIRST, SECOND])
    after = made.schedule
    assert lessons(after, "N-1") == lessons(before, "N-1")
    assert {each.person for each in before.sessions} == {None, "N-1"}
    anew = year_of(FIRST, SECOND)
    assert sorted(each.id for each in after.sessions) == sorted(each.id for each in anew.sessions)
    assert len(lessons(after, "N-2")) == 8
    assert {place[1:] for place in lessons(after, "N-2")} == {("R", "T")}
    assert {each.before for each in made.changes} == {None}
    assert {each.after.sequence for each in made.changes if each.after} == {0}
    assert after.shortfalls == ()


def test_the_lessons_of_who_leaves_are_cancelled() -> None:
    before = year_of(FIRST, SECOND)
    gone = evolve(SECOND, tenures=[Tenure("N-2", "G", last=date(2026, 8, 14))])
    made = reassign(before, not_before=date(2026, 8, 10), trainees=[FIRST, gone])
    after = lessons(made.schedule, "N-2")
    assert {on > date(2026, 8, 14) for on, *_ in after} == {False}
    assert after[:2] == lessons(before, "N-2")[:2]
    cancelled = [each for each in made.schedule.cancelled if each.person == "N-2"]
    assert len(after) + len(cancelled) == 8
    assert {each.sequence for each in cancelled} == {1}
    assert [each.missing for each in made.schedule.shortfalls] == [1] * len(cancelled)
    assert lessons(made.schedule, "N-1") == lessons(before, "N-1")


def test_who_goes_on_leave_is_taught_afterwards() -> None:
    before = year_of(SECOND)
    away = Leave("N-2", LeaveKind.MARRIAGE, first=date(2026, 8, 10), last=date(2026, 8, 21))
    made = reassign(before, not_before=date(2026, 8, 10), trainees=[evolve(SECOND, leaves=[away])])
    after = lessons(made.schedule, "N-2")
    assert len(after) == 8
    assert not [on for on, *_ in after if away.holds(on)]
    assert {place[1:] for place in after} == {("R", "T")}


def test_what_was_left_out_is_tried_again_for_who_has_changed() -> None:
    closed = Room("R", 30, closed=Period(date(2026, 8, 1), date(2026, 12, 31)))
    before = year_of(SECOND, rooms=[closed])
    assert lessons(before, "N-2") == []
    leave = Leave("N-2", LeaveKind.SICK, first=date(2026, 8, 3), last=date(2026, 8, 4))
    made = reassign(
        before,
        not_before=date(2026, 8, 3),
        rooms=ROOMS,
        trainees=[evolve(SECOND, leaves=[leave])],
    )
    assert len(lessons(made.schedule, "N-2")) == 8
    assert made.schedule.shortfalls == ()


def test_what_a_team_had_is_taken_back_from_who_changes_team() -> None:
    groups = [Group("A", [Trainee("P"), Trainee("Q")]), Group("B", [Trainee("R")])]
    month = schedule(VIP_SERVICE, Period.month(2026, 9), calendar=CALENDAR, groups=groups)
    trainers = [
        Trainer("T", list(VIP_SERVICE.curriculum)),
        Trainer("U", list(VIP_SERVICE.curriculum)),
    ]
    before = assign(month, rooms=[Room("R1", 9), Room("R2", 9)], trainers=trainers).schedule
    tenures = [
        Tenure("Q", "A", last=date(2026, 9, 9)),
        Tenure("Q", "B", first=date(2026, 9, 10)),
    ]
    now = [Group("A", [Trainee("P"), Trainee("Q", tenures=tenures)]), groups[1]]
    made = reassign(before, not_before=date(2026, 9, 10), groups=now).schedule
    teams = [each for each in before.sessions if each.group == "A" and each.person is None]
    taken = [each.id for each in teams if each.on >= date(2026, 9, 10)]
    assert sorted(each.session.id for each in made.withdrawn) == sorted(taken)
    assert {each.person for each in made.withdrawn} == {"Q"}
    assert [(each.on, each.room, each.trainer) for each in made.sessions] == [
        (each.on, each.room, each.trainer) for each in before.sessions
    ]


def test_who_is_not_at_the_day_of_a_team_that_moves_is_told() -> None:
    groups = [Group("A", [Trainee("P"), Trainee("Q")])]
    month = schedule(VIP_SERVICE, Period.month(2026, 9), calendar=CALENDAR, groups=groups)
    trainers = [Trainer("T", list(VIP_SERVICE.curriculum))]
    before = assign(month, rooms=[Room("R", 9)], trainers=trainers).schedule
    (study,) = (each for each in before.sessions if each.activity == "study")
    leave = Leave("Q", LeaveKind.SICK, first=date(2026, 9, 14), last=date(2026, 9, 30))
    there = [Group("A", [Trainee("P"), Trainee("Q", leaves=[leave])])]
    away = reassign(before, not_before=date(2026, 9, 10), groups=there).schedule
    assert study.id in {each.session.id for each in away.withdrawn}


def test_nobody_new_changes_nothing() -> None:
    before = year_of(FIRST)
    assert reassign(before, not_before=date(2026, 8, 3), trainees=[FIRST]).changes == ()


def test_people_who_are_missing_are_reported() -> None:
    with pytest.raises(TrainingError, match="keep everybody, and let the tenures"):
        reassign(year_of(FIRST), not_before=date(2026, 8, 3), trainees=[SECOND])


def test_a_cause_stays_with_what_was_moved_before() -> None:
    shut = Room("R", 30, closed=[date(2026, 8, 4)])
    before = year_of(SECOND, rooms=[shut])
    moved = [each.id for each in before.sessions if each.cause is Cause.RESOURCES]
    made = reassign(before, not_before=date(2026, 9, 1), trainees=[FIRST, SECOND]).schedule
    assert [each.id for each in made.of("N-2") if each.cause is Cause.RESOURCES] == moved
