"""Searches: what is found is best, and what cannot be found is not there."""

import os
import subprocess
import sys

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from cmappraisal import Period
from cmappraisal.interop.solver import reassign
from cmappraisal.training import (
    VENUE_TEAM,
    Cause,
    Room,
    Trainer,
    schedule,
)
from costly import costly
from marches import (
    CALENDAR,
    STUDY,
    TEST,
    activity,
    assign,
    both,
    by_day,
    day,
    march,
    off_but,
    teams,
)
from promises import (
    Instance,
    changes_and_days,
    check,
    check_assigned,
    check_reassigned,
    instances,
)


@costly
@given(instances())
def test_what_is_assigned_is_best_and_what_blocks_the_rest_is_irreducible(
    instance: Instance,
) -> None:
    check_assigned(instance)


@pytest.mark.thorough
@settings(max_examples=100)
@given(instances())
def test_what_is_assigned_is_best_of_many(instance: Instance) -> None:
    check_assigned(instance)


@costly
@given(instances(), st.data())
def test_what_is_reassigned_leaves_out_and_changes_least(
    instance: Instance, data: st.DataObject
) -> None:
    check_changed(instance, data)


@pytest.mark.thorough
@settings(max_examples=100)
@given(instances(), st.data())
def test_what_is_reassigned_leaves_out_and_changes_least_of_many(
    instance: Instance, data: st.DataObject
) -> None:
    check_changed(instance, data)


def check_changed(instance: Instance, data: st.DataObject) -> None:
    year, rooms, trainers = instance
    before = assign(year, rooms=rooms, trainers=trainers)
    some = st.sets(st.sampled_from([day(number) for number in (9, 10, 11, 12)]), max_size=1)
    rooms = [evolve(each, closed=each.closed | data.draw(some)) for each in rooms]
    trainers = [evolve(each, away=each.away | data.draw(some)) for each in trainers]
    since = data.draw(st.sampled_from([day(1), day(10), day(11)]))
    calendar = data.draw(st.sampled_from([before.calendar, off_but(9, 10, 11, 12), off_but(10)]))
    if year.plan.activities[0].in_room is False:
        calendar = before.calendar
    now = evolve(before, calendar=calendar, rooms=rooms, trainers=trainers)
    again = reassign(before, not_before=since, calendar=calendar, rooms=rooms, trainers=trainers)
    check_reassigned(again, before, now, since)


def test_one_room_spreads_the_groups_over_the_nearest_days() -> None:
    after = assign(march(STUDY, groups=teams(1, 1, 1)), rooms=[Room("R", 5)])
    assert sorted(each.on.day for each in after.sessions) == [9, 10, 11]
    assert {each.room for each in after.sessions} == {"R"}
    assert {each.trainer for each in after.sessions} == {None}
    causes = {each.on.day: each.cause for each in after.sessions}
    assert causes == {9: Cause.RESOURCES, 10: None, 11: Cause.RESOURCES}
    assert {each.sequence for each in after.sessions} == {0}


def test_what_needs_no_trainer_moves_rather_than_what_does_where_that_is_nearer() -> None:
    study, more = evolve(STUDY, courses=[]), activity("more", courses=["sales"])
    year = march(study, more, groups=teams(0, 0), calendar=off_but(9, 10, 12))
    after = assign(year, trainers=[Trainer("T", ["law", "sales"])])
    assert changes_and_days(year, after)[1] == 2


def test_a_group_has_one_session_a_day() -> None:
    year = march(STUDY, activity("more"), groups=teams(1))
    rooms = [Room("A", 1), Room("B", 1)]
    assert [each.on.day for each in assign(year, rooms=rooms).sessions] in ([9, 10], [10, 11])


def test_a_person_has_one_session_a_day() -> None:
    year = march(
        activity("individual", per_person=True), activity("also", per_person=True), groups=teams(2)
    )
    after = assign(year, rooms=[Room(f"R{number}", 1) for number in range(4)])
    check(after, year)
    assert changes_and_days(year, after)[1] == 2


def test_only_what_has_to_change_changes_and_by_the_fewest_days() -> None:
    rooms = [Room("A", 1), Room("B", 1)]
    before = assign(march(STUDY, groups=teams(1, 1)), rooms=rooms)
    again = reassign(before, not_before=day(1), rooms=[rooms[0], Room("B", 1, closed=[day(10)])])
    ((one, other),) = both(again)
    assert one == before.sessions[1]
    assert other == evolve(one, on=other.on, cause=Cause.RESOURCES, sequence=1)
    assert other.on in (day(9), day(11))
    assert other.room == "B"


def test_another_room_on_the_same_day_is_better_than_another_day() -> None:
    before = assign(march(STUDY), rooms=[Room("A", 1)])
    rooms = [Room("A", 1, closed=[day(10)]), Room("B", 9)]
    (change,) = reassign(before, not_before=day(1), rooms=rooms).changes
    assert change.after == evolve(before.sessions[0], room="B", sequence=1)


def test_fewer_changes_come_before_fewer_days() -> None:
    before = assign(march(STUDY, groups=teams(1, 1, 1)), rooms=[Room("R", 1)])
    shut = [day(number) for number in (6, 10, 12, 13)]
    again = reassign(before, not_before=day(1), rooms=[Room("R", 1, closed=shut)])
    assert [(one.id, one.on, other.on) for one, other in both(again)] == [
        (before.sessions[1].id, day(10), day(5))
    ]


def test_two_change_where_one_cannot() -> None:
    # The session that needs the large room on the last day left can only get it from the other.
    rooms = [Room("large", 9), Room("small", 1)]
    year = march(STUDY, groups=teams(1, 9), calendar=off_but(10, 11))
    before = assign(year, rooms=rooms)
    moved = [
        evolve(each, on=day(10 + number), room="large")
        for number, each in enumerate(before.sessions)
    ]
    before = evolve(before, sessions=moved)
    shut = Room("large", 9, closed=[day(11)])
    again = reassign(before, not_before=day(1), rooms=[shut, rooms[1]])
    assert by_day(again.schedule) == [(10, "g0", "small", None), (10, "g1", "large", None)]
    assert len(again.changes) == 2


_PROGRAM = """
from datetime import date
from cmappraisal import *
from cmappraisal.training import *
from cmappraisal.interop import solver
from cmappraisal.interop.solver import assign, reassign
groups = [Group(f"組{n}", [Trainee(f"{n}-{m}") for m in range(n % 5)]) for n in range(6)]
year = schedule(VIP_SERVICE, Period.quarter(2026, 1), calendar=WorkCalendar(), groups=groups)
courses = list(VIP_SERVICE.curriculum)
rooms = [Room(f"R{n}", 3 + n) for n in range(5)]
trainers = [Trainer(f"T{n}", courses[n:] or courses) for n in range(8)]
made = assign(year, rooms=rooms, trainers=trainers)
before = made.schedule
after = reassign(
    before,
    not_before=date(2026, 1, 10),
    calendar=WorkCalendar(holidays=[date(2026, 1, 15), date(2026, 2, 25)]),
    rooms=[Room("R0", 3, closed=Period.month(2026, 3)), *rooms[1:]],
)
print(repr(before.sessions), made.burdens, repr(after.changes))
month = schedule(VIP_SERVICE, Period.month(2026, 1), calendar=WorkCalendar(), groups=groups)
blocked = assign(month, rooms=[Room("R", 3, closed=Period(date(2026, 1, 1), date(2026, 1, 25)))])
print(repr(blocked.blockages), blocked.goals)
"""


def test_the_same_input_gives_the_same_whatever_the_hashes() -> None:
    outputs = [
        subprocess.check_output(
            [sys.executable, "-X", "utf8", "-c", _PROGRAM],
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        for seed in ("0", "77")
    ]
    assert len(outputs[0]) > 1000
    assert outputs[0] == outputs[1]


def test_the_weekly_training_of_many_teams_fits_into_one_room() -> None:
    weeks = Period(day(2), day(29))
    year = schedule(VENUE_TEAM, weeks, calendar=CALENDAR, groups=teams(*[3] * 5))
    trainers = [Trainer("T", list(VENUE_TEAM.curriculum))]
    after = assign(year, rooms=[Room("R", 3)], trainers=trainers)
    check(after, year)


def test_what_follows_does_not_share_a_day_with_what_it_follows() -> None:
    # Counts alone would let both tests stay on the day to which what they follow has to move.
    year = march(STUDY, TEST, groups=teams(9, 9), calendar=off_but(10, 11, 12))
    rooms = [Room(f"R{number}", 9, closed=[day(10)]) for number in range(4)]
    after = assign(year, rooms=rooms)
    assert [(each.activity, each.on.day) for each in after.sessions] == [
        *[("study", 11)] * 2,
        *[("test", 12)] * 2,
    ]
