"""Timings: rooms and trainers by the hour."""

from datetime import time

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from cmappraisal.interop import solver
from cmappraisal.interop.solver import clashes, models, reassign, timings
from cmappraisal.interop.solver.solving import Unsolved
from cmappraisal.interop.solver.supplies import Supply, classes_of, fillings
from cmappraisal.training import Hours, Room, Schedule, Trainer
from costly import costly
from marches import STUDY, activity, assign, day, march, off_but, teams
from promises import (
    Instance,
    check,
    check_assigned,
    check_reassigned,
    timed_instances,
)

NINE_TO_ELEVEN = Hours(time(9), time(11))
WIDE = Room("R", 9, hours=[NINE_TO_ELEVEN])


@costly
@given(timed_instances())
def test_what_is_assigned_by_the_hour_is_best(instance: Instance) -> None:
    check_assigned(instance)


@pytest.mark.thorough
@settings(max_examples=100)
@given(timed_instances())
def test_what_is_assigned_by_the_hour_is_best_of_many(instance: Instance) -> None:
    check_assigned(instance)


def check_changed(instance: Instance, data: st.DataObject) -> None:
    year, rooms, trainers = instance
    before = assign(year, rooms=rooms, trainers=trainers)
    some = st.sets(st.sampled_from([day(number) for number in (9, 10, 11)]), max_size=1)
    rooms = [evolve(each, closed=each.closed | data.draw(some)) for each in rooms]
    trainers = [evolve(each, away=each.away | data.draw(some)) for each in trainers]
    since = data.draw(st.sampled_from([day(1), day(10), day(11)]))
    now = evolve(before, rooms=rooms, trainers=trainers)
    again = reassign(before, not_before=since, rooms=rooms, trainers=trainers)
    check_reassigned(again, before, now, since)


@costly
@given(timed_instances(), st.data())
def test_what_is_reassigned_by_the_hour_changes_least(
    instance: Instance, data: st.DataObject
) -> None:
    check_changed(instance, data)


@pytest.mark.thorough
@settings(max_examples=100)
@given(timed_instances(), st.data())
def test_what_is_reassigned_by_the_hour_changes_least_of_many(
    instance: Instance, data: st.DataObject
) -> None:
    check_changed(instance, data)


def timed(made: Schedule) -> list[tuple[int, str | None, str | None, str | None]]:
    return [
        (each.on.day, each.group, each.room, f"{each.start:%H:%M}" if each.start else None)
        for each in made.sessions
    ]


def test_two_classes_of_an_hour_share_a_room_on_a_day() -> None:
    assert timed(assign(march(STUDY, groups=teams(1, 1)), rooms=[WIDE])) == [
        (10, "g0", "R", "09:00"),
        (10, "g1", "R", "10:00"),
    ]


def test_a_gap_between_them_takes_the_second_to_another_day() -> None:
    made = assign(march(STUDY, groups=teams(1, 1)), rooms=[evolve(WIDE, gap=5)])
    assert sorted(each.on.day for each in made.sessions) == [10, 11]


def test_without_hours_a_session_takes_its_room_for_the_day() -> None:
    made = assign(march(STUDY, groups=teams(1, 1)), rooms=[Room("R", 9)])
    assert [each.start for each in made.sessions] == [None, None]
    assert sorted(each.on.day for each in made.sessions) == [10, 11]


def test_a_trainer_with_hours_teaches_in_a_room_without_them() -> None:
    trainer = Trainer("T", ["law"], hours=[NINE_TO_ELEVEN])
    year = march(STUDY, groups=teams(1, 1))
    one, other = assign(year, rooms=[Room("A", 9), Room("B", 9)], trainers=[trainer]).sessions
    assert {(one.start, one.room), (other.start, other.room)} == {
        (time(9), "A"),
        (time(10), "B"),
    }


def test_a_half_working_day_ends_at_noon() -> None:
    calendar = evolve(off_but(10, 12), half_days=[day(10)])
    year = march(STUDY, groups=teams(1, 1), calendar=calendar)
    made = assign(year, rooms=[Room("R", 9, hours=[Hours(time(11), time(13))])])
    assert [(each.on.day, each.start) for each in made.sessions] == [
        (10, time(11)),
        (12, time(11)),
    ]


def crossing(count: int, *days: int) -> tuple[Schedule, list[Room], list[Trainer]]:
    """Places enough for two sessions a day by the count, of which only one is for both at once."""
    year = march(STUDY, groups=teams(*[1] * count), calendar=off_but(*days))
    rooms = [Room("R", 9, hours=[Hours(time(9), time(10)), Hours(time(11), time(12))])]
    return year, rooms, [Trainer("T", ["law"], hours=[NINE_TO_ELEVEN])]


def test_a_room_and_a_trainer_have_to_be_free_at_once() -> None:
    year, rooms, trainers = crossing(2, 10)
    made = solver.assign(year, rooms=rooms, trainers=trainers)
    assert made.is_proved
    assert timed(made.schedule) == [(10, "g0", "R", "09:00")]
    (blockage,) = made.blockages
    assert len(blockage.beside) == 1
    assert "but not for their lengths" in blockage.text.en


def test_what_is_not_known_to_fit_is_left_out_and_not_proved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(timings, "_searched", lambda *_: Unsolved.UNKNOWN)
    monkeypatch.setattr(models, "MAXIMUM_ROUNDS", 1)
    year, rooms, trainers = crossing(3, 10, 11)
    made = solver.assign(year, rooms=rooms, trainers=trainers)
    assert not made.is_proved
    assert (len(made.schedule.sessions), len(made.schedule.cancelled)) == (2, 1)
    assert made.goals[0].bound == 0


def test_what_cannot_be_at_once_is_not_on_one_day() -> None:
    # The trainer is there only in the middle of the hours, beside which nothing longer fits.
    study, more = STUDY, activity("more", duration=90)
    year = march(study, more, groups=teams(1, 1), calendar=off_but(10, 11))
    room = Room("R", 9, hours=[Hours(time(9), time(12))])
    check_assigned((year, [room], [Trainer("T", ["law"], hours=[Hours(time(10), time(11))])]))


def test_hours_of_one_day_hold_on_that_day_only() -> None:
    year = march(STUDY, groups=teams(1, 1, 1), calendar=off_but(10, 11))
    room = Room("R", 9, hours=[Hours(time(9), time(11), on=day(10))])
    assert sorted(
        (each.on.day, each.start) for each in assign(year, rooms=[room]).sessions[:2]
    ) == [
        (10, time(9)),
        (10, time(10)),
    ]
    assert assign(year, rooms=[room]).sessions[2].start is None


def test_what_stays_gives_way_where_it_is_in_the_way() -> None:
    study = evolve(STUDY, duration=90)
    year = march(study, groups=teams(1, 1), calendar=off_but(10))
    late = Room("A", 9, hours=[Hours(time(9, 30), time(11))])
    before = assign(year, rooms=[late, evolve(late, id="B")])
    assert {each.start for each in before.sessions} == {time(9, 30)}
    wider = evolve(late, hours=[Hours(time(9), time(12))])
    again = reassign(before, not_before=day(1), rooms=[wider, Room("B", 9, closed=[day(10)])])
    assert sorted(each.start or time() for each in again.schedule.sessions) == [
        time(9),
        time(10, 30),
    ]
    assert len(again.changes) == 2


def test_what_was_at_once_in_one_room_is_set_right() -> None:
    room = Room("R", 9, hours=[Hours(time(9), time(12))])
    before = assign(march(STUDY, groups=teams(1, 1, 1), calendar=off_but(10)), rooms=[room])
    at_once = [
        evolve(each, start=start)
        for each, start in zip(before.sessions, (time(9), time(9), time(10)), strict=True)
    ]
    again = reassign(evolve(before, sessions=at_once), not_before=day(1))
    assert len(again.changes) == 1
    check(again.schedule, before)


def test_of_many_that_clash_those_are_found_that_are_needed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Three rooms for two sessions each, and three trainers of whom the rooms see one hour.
    monkeypatch.setattr(clashes, "_PARTS", 2)
    year = march(STUDY, groups=teams(*[1] * 6), calendar=off_but(10))
    wide = [Room(f"R{number}", 9, hours=[NINE_TO_ELEVEN]) for number in range(3)]
    seldom = [Hours(time(8), time(10)), Hours(time(14), time(15))]
    able = [Trainer(f"T{number}", ["law"], hours=seldom) for number in range(3)]
    made = solver.assign(year, rooms=wide, trainers=able)
    check(made.schedule, year)
    assert made.is_proved
    assert [len(each.beside) for each in made.blockages] == [3, 3, 3]


def test_what_changes_its_time_only_has_changed() -> None:
    before = assign(march(STUDY), rooms=[WIDE])
    later = evolve(WIDE, hours=[Hours(time(10), time(11))])
    (change,) = reassign(before, not_before=day(1), rooms=[later]).changes
    assert change.after == evolve(before.sessions[0], start=time(10), sequence=1)


def test_many_lengths_are_counted_as_a_few() -> None:
    assert classes_of([10, 20, 30, 40, 20]) == (10, 30)
    supply = Supply(((0, 100), (200, 250)), 0, has_hours=True)
    # Two of 30 minutes and one of 50 are less than three of 30 and one of 50.
    assert fillings(supply, (30, 50)) == ((3, 1), (4, 0), (0, 3), (1, 2))
    assert supply.holds(200, 50)
    assert not supply.holds(90, 30)
