"""Assignments: what changes in a schedule that gets rooms and trainers, and what is rejected."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from cmappraisal import Adjustment, CalendarSpan, FieldError, Period, WorkCalendar
from cmappraisal.interop import solver
from cmappraisal.interop.solver import reassign
from cmappraisal.training import (
    VIP_SERVICE,
    ActivityKind,
    Cause,
    Group,
    Room,
    Session,
    Target,
    TargetUnit,
    Trainee,
    Trainer,
    TrainingError,
    reschedule,
    schedule,
)
from marches import (
    CALENDAR,
    MARCH,
    STUDY,
    TALK,
    TEST,
    assign,
    blockage_of,
    blocked,
    day,
    march,
    off_but,
    placed,
    plan,
    teams,
)
from promises import check


def test_without_rooms_and_trainers_nothing_is_assigned() -> None:
    year = march(STUDY, groups=teams(1, 1))
    assert assign(year) == year
    after = assign(assign(year, rooms=[Room("R", 1)]))
    assert {each.room for each in after.sessions} == {None}
    assert after.rooms == ()


def test_what_moves_back_to_its_planned_day_has_no_cause() -> None:
    session = Session("study", day(10), on=day(12), cause=Cause.ORDER)
    year = evolve(march(STUDY), sessions=[session])
    (stays,) = assign(year, rooms=[Room("R", 1)]).sessions
    assert (stays.on, stays.cause) == (day(12), Cause.ORDER)
    shut = Room("R", 1, closed=Period(day(11), day(31)))
    (back,) = assign(year, rooms=[shut]).sessions
    assert (back.on, back.cause) == (day(10), None)


def test_a_second_assignment_counts_as_a_change() -> None:
    once = assign(march(STUDY, groups=teams(1, 1)), rooms=[Room("A", 1), Room("B", 1)])
    twice = assign(once, rooms=[Room("A", 1), Room("B", 1)])
    assert twice == once
    other = assign(once, rooms=[Room("A", 1), Room("C", 1)])
    assert [(each.room, each.sequence) for each in other.sessions] == [("A", 0), ("C", 1)]


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"blackouts": [day(10)]}, Cause.BLACKOUT),
        ({"calendar": WorkCalendar(holidays=[day(10)])}, Cause.DAY_OFF),
        ({"rooms": [Room("R", 1, closed=[day(10)])]}, Cause.RESOURCES),
        ({"trainers": [Trainer("T", ["law"], away=[day(10)])]}, Cause.RESOURCES),
    ],
)
def test_what_moves_has_a_cause(change: dict[str, Any], cause: Cause) -> None:
    before = assign(march(STUDY), rooms=[Room("R", 1)], trainers=[Trainer("T", ["law"])])
    again = reassign(before, not_before=day(10), **change)
    (session,) = again.schedule.sessions
    assert (session.on, session.cause, session.sequence) == (day(11), cause, 1)
    assert (session.room, session.trainer) == ("R", "T")
    for name, value in change.items():
        assert getattr(again.schedule, name) == getattr(evolve(before, **{name: value}), name)


def test_the_past_stays_as_it_is() -> None:
    before = assign(march(STUDY, TEST, groups=teams(1)), rooms=[Room("R", 1)])
    shut = Room("R", 1, closed=Period(day(9), day(11)))
    again = reassign(before, not_before=day(11), rooms=[shut])
    assert placed(again.schedule) == [
        ("study/2026-03-10/group:g0", 10, "R", None),
        ("test/2026-03-11/group:g0", 12, "R", None),
    ]
    with pytest.raises(TrainingError, match=r'has room "R", which is not there; give it too'):
        reassign(before, not_before=day(11), rooms=[Room("S", 1)])


def test_what_needs_nothing_is_rescheduled() -> None:
    year = march(STUDY, TALK, groups=teams(1))
    before = assign(year, rooms=[Room("R", 1)])
    off = WorkCalendar(holidays=[day(10)])
    again = reassign(before, not_before=day(1), calendar=off)
    only_talk = evolve(year, plan=plan(TALK), sessions=year.sessions[1:])
    expected = reschedule(only_talk, calendar=off, not_before=day(1)).schedule.sessions
    assert again.schedule.sessions[1:] == expected
    assert len(again.changes) == 2


def test_without_rooms_and_trainers_all_is_rescheduled() -> None:
    year = march(STUDY, TEST, groups=teams(1))
    off = WorkCalendar(holidays=[day(11), day(12)])
    expected = reschedule(year, calendar=off, not_before=day(1), blackouts=[day(10)])
    assert reassign(year, not_before=day(1), calendar=off, blackouts=[day(10)]) == expected


def test_rooms_and_trainers_that_are_given_up_are_removed() -> None:
    before = assign(march(STUDY), rooms=[Room("R", 1)], trainers=[Trainer("T", ["law"])])
    changes: list[tuple[dict[str, Any], str | None, str | None]] = [
        ({"rooms": ()}, None, "T"),
        ({"trainers": ()}, "R", None),
        ({"rooms": (), "trainers": ()}, None, None),
    ]
    for change, room, trainer in changes:
        (session,) = reassign(before, not_before=day(1), **change).schedule.sessions
        assert (session.room, session.trainer, session.sequence) == (room, trainer, 1)
        assert (session.on, session.cause) == (day(10), None)


def test_what_skips_days_off_is_cancelled_and_comes_back_with_a_room() -> None:
    skips = evolve(STUDY, adjustment=Adjustment.SKIP)
    before = assign(march(skips), rooms=[Room("R", 1)])
    off = WorkCalendar(holidays=[day(10)])
    gone = reassign(before, not_before=day(1), calendar=off)
    assert gone.schedule.sessions == ()
    assert [each.sequence for each in gone.schedule.cancelled] == [1]
    back = reassign(gone.schedule, not_before=day(1), calendar=CALENDAR)
    assert [(each.on, each.room, each.sequence) for each in back.schedule.sessions] == [
        (day(10), "R", 2)
    ]
    assert back.schedule.cancelled == ()


def test_a_make_up_session_gets_a_room() -> None:
    skips = evolve(TALK, adjustment=Adjustment.SKIP, kind=ActivityKind.STUDY)
    target = Target(ActivityKind.STUDY, 2, unit=TargetUnit.SESSIONS, per=CalendarSpan.MONTH)
    year = schedule(
        plan(evolve(STUDY, kind=ActivityKind.STUDY), skips, targets=[target]),
        MARCH,
        calendar=CALENDAR,
    )
    before = assign(year, rooms=[Room("R", 1)])
    again = reassign(before, not_before=day(1), calendar=WorkCalendar(holidays=[day(10)]))
    assert [(each.make_up, each.room) for each in again.schedule.sessions] == [
        (False, "R"),
        (True, "R"),
    ]
    check_again = reassign(again.schedule, not_before=day(1))
    assert (check_again.schedule, check_again.changes) == (again.schedule, ())


def test_what_was_double_booked_is_set_right() -> None:
    year = march(STUDY, groups=teams(1, 1))
    rooms, trainers = [Room("R", 1)], [Trainer("T", ["law"]), Trainer("U", ["law"])]
    sessions = [evolve(each, room="R", trainer="T") for each in year.sessions]
    before = evolve(year, rooms=rooms, trainers=trainers, sessions=sessions)
    again = reassign(before, not_before=day(1))
    check(again.schedule, before)
    assert len(again.changes) == 1


def test_a_year_without_a_change_is_as_it_was() -> None:
    year = schedule(VIP_SERVICE, Period.year(2026), calendar=CALENDAR, groups=teams(3, 3, 3))
    trainers = [
        Trainer("T", list(VIP_SERVICE.curriculum)),
        Trainer("U", list(VIP_SERVICE.curriculum)),
    ]
    before = assign(year, rooms=[Room("R", 3), Room("S", 3)], trainers=trainers)
    check(before, year)
    again = reassign(before, not_before=date(2026, 1, 1))
    assert (again.schedule, again.changes) == (before, ())
    assert again.is_proved


def test_ids_may_be_in_any_script() -> None:
    groups = [Group("東/区", [Trainee("張三")]), Group("西", [Trainee("李四")])]
    year = march(STUDY, groups=groups)
    trainers = [Trainer("王老師", ["law"])]
    after = assign(year, rooms=[Room("會議室", 1)], trainers=trainers)
    assert {(each.room, each.trainer) for each in after.sessions} == {("會議室", "王老師")}
    off = off_but(10)
    blockage = blockage_of(evolve(year, calendar=off), rooms=[Room("會議室", 1)])
    assert blocked(blockage) == {each.id for each in year.sessions}


def test_rooms_come_in_any_iterable() -> None:
    year = march(STUDY, groups=teams(1))
    after = assign(
        year, rooms=iter([Room("R", 1)]), trainers=(each for each in [Trainer("T", ["law"])])
    )
    assert reassign(after, not_before=day(1), rooms=iter(after.rooms)).schedule == after


@pytest.mark.parametrize(
    ("function", "given", "message"),
    [
        (solver.assign, {"schedule": "year"}, "assign: schedule is 'year'; allowed: a Schedule"),
        (solver.assign, {"rooms": ["R"]}, "Schedule: rooms is .* allowed: a list of Room"),
        (solver.assign, {"rooms": 5}, "Schedule: rooms is 5; allowed: a list of Room"),
        (solver.assign, {"trainers": "T"}, "Schedule: trainers is 'T'; allowed: a list of Trainer"),
        (reassign, {"schedule": None}, "reassign: schedule is None; allowed: a Schedule"),
        (reassign, {"not_before": 5}, "reassign: not_before is 5; allowed: a datetime.date"),
        (reassign, {"calendar": 5}, "Schedule: calendar is 5; allowed: a WorkCalendar"),
        (reassign, {"blackouts": 5}, "Schedule: blackouts is 5; allowed: dates"),
        (reassign, {"rooms": [5]}, "Schedule: rooms is "),
        (reassign, {"trainers": [5]}, "Schedule: trainers is "),
    ],
)
def test_what_is_no_resource_is_rejected(
    function: Any, given: dict[str, Any], message: str
) -> None:
    arguments = {"schedule": march(STUDY), **given}
    if function is reassign:
        arguments = {"not_before": day(1), **arguments}
    with pytest.raises(FieldError, match=message):
        function(**arguments)


def test_a_resource_that_is_there_twice_is_rejected() -> None:
    with pytest.raises(TrainingError, match='room "R" is there twice; give each an id of its own'):
        solver.assign(march(STUDY), rooms=[Room("R", 1), Room("R", 2)])
    with pytest.raises(TrainingError, match='trainer "T" is there twice'):
        solver.assign(march(STUDY), trainers=[Trainer("T", ["law"]), Trainer("T", ["law"])])


def _reported(call: Any, kind: type[Any]) -> list[tuple[str, str]]:
    with pytest.raises(kind) as caught:
        call()
    return [(each.path, each.code.value) for each in caught.value.problems]


def test_every_argument_that_does_not_fit_is_reported() -> None:
    nothing: Any = None
    assert _reported(
        lambda: solver.assign(nothing, rooms=[nothing], trainers=nothing), FieldError
    ) == [
        ("$.schedule", "not-allowed"),
        ("$.rooms", "not-allowed"),
        ("$.trainers", "not-allowed"),
    ]
    odd: Any = 5
    assert _reported(
        lambda: solver.reassign(
            odd, not_before=odd, calendar=odd, blackouts=odd, rooms=odd, trainers=odd
        ),
        FieldError,
    ) == [
        (f"$.{name}", "not-allowed")
        for name in ("schedule", "not_before", "calendar", "blackouts", "rooms", "trainers")
    ]


def test_every_resource_that_is_there_twice_or_no_more_is_reported() -> None:
    rooms, trainers = [Room("R", 1), Room("R", 2)], [Trainer("T", ["law"]), Trainer("T", ["law"])]
    assert _reported(
        lambda: solver.assign(march(STUDY), rooms=rooms, trainers=trainers), TrainingError
    ) == [("$.rooms[1]", "repeated"), ("$.trainers[1]", "repeated")]
    before = assign(march(STUDY, TEST, groups=teams(1)), rooms=[Room("R", 1)])
    gone = evolve(before.sessions[0], number=2)
    before = evolve(before, cancelled=[gone])
    assert _reported(
        lambda: reassign(before, not_before=day(12), rooms=[Room("S", 1), Room("S", 1)]),
        TrainingError,
    ) == [
        ("$.rooms[1]", "repeated"),
        ("$.schedule.sessions[0].room", "unknown-id"),
        ("$.schedule.sessions[1].room", "unknown-id"),
        ("$.schedule.cancelled[0].room", "unknown-id"),
    ]
