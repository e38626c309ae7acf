"""Leaving out: what becomes of sessions that find no room, and what the schedule lacks then."""

import pytest
from attrs import evolve

from cmappraisal import CalendarSpan
from cmappraisal.interop import solver
from cmappraisal.interop.solver.models import Model
from cmappraisal.interop.solver.problems import Problem, problem_of
from cmappraisal.interop.solver.searches import any_days
from cmappraisal.interop.solver.solving import Unsolved
from cmappraisal.training import (
    ActivityKind,
    Cause,
    Room,
    ShortfallCause,
    Target,
    TargetUnit,
    schedule,
)
from marches import MARCH, STUDY, TEST, activity, day, march, off_but, plan, teams
from promises import given_resources

ROOMS = [Room("R", 1)]


def test_required_sessions_come_first_and_then_the_earliest() -> None:
    optional = activity("optional", required=False)
    year = march(optional, STUDY, groups=teams(1), calendar=off_but(10))
    made = solver.assign(year, rooms=ROOMS)
    assert [each.activity for each in made.schedule.sessions] == ["study"]
    assert [each.value for each in made.goals] == [0, 1, 0, 0]
    late = evolve(year, plan=plan(STUDY, TEST), sessions=march(STUDY, TEST).sessions, groups=())
    made = solver.assign(late, rooms=[Room("R", 1)])
    assert [each.activity for each in made.schedule.sessions] == ["study"]


def test_what_is_left_out_is_cancelled_and_comes_back_with_a_room() -> None:
    year = march(STUDY, groups=teams(1, 1), calendar=off_but(10))
    made = solver.assign(year, rooms=ROOMS).schedule
    (out,) = made.cancelled
    assert (out.cause, out.sequence, out.room) == (Cause.RESOURCES, 1, None)
    (shortfall,) = made.shortfalls
    assert (shortfall.activity, shortfall.cause) == ("study", ShortfallCause.RESOURCES)
    assert solver.assign(made, rooms=ROOMS).schedule == made
    more = [*ROOMS, Room("S", 1)]
    for again in (
        solver.assign(made, rooms=more).schedule,
        solver.reassign(made, not_before=day(1), rooms=more).schedule,
    ):
        back = next(each for each in again.sessions if each.id == out.id)
        assert (back.cause, back.sequence, back.room) == (None, 2, "S")
        assert (again.cancelled, again.shortfalls) == ((), ())
    past = solver.reassign(made, not_before=day(11), rooms=more)
    assert (past.schedule.cancelled, past.blockages) == (made.cancelled, ())


def test_a_target_lacks_what_is_left_out() -> None:
    target = Target(ActivityKind.STUDY, 1, unit=TargetUnit.SESSIONS, per=CalendarSpan.MONTH)
    own = Target(ActivityKind.REPORT, 1, unit=TargetUnit.HOURS, per=CalendarSpan.MONTH)
    study = evolve(STUDY, kind=ActivityKind.STUDY)
    report = activity("report", kind=ActivityKind.REPORT, per_person=True, courses=[])
    wanted = plan(study, report, targets=[target, own])
    year = schedule(wanted, MARCH, calendar=off_but(10), groups=teams(1))
    made = solver.assign(year, rooms=[Room("R", 1, closed=[day(10)])]).schedule
    found = [
        (each.kind, each.missing, each.group, each.person)
        for each in made.shortfalls
        if each.kind is not None and each.cause is ShortfallCause.RESOURCES
    ]
    assert found == [
        (ActivityKind.STUDY, 1, "g0", None),
        (ActivityKind.REPORT, 1, None, "g0-0"),
    ]


def test_a_target_that_is_met_all_the_same_lacks_nothing() -> None:
    target = Target(ActivityKind.STUDY, 1, unit=TargetUnit.SESSIONS, per=CalendarSpan.MONTH)
    both = [activity(id, kind=ActivityKind.STUDY) for id in ("one", "other")]
    year = schedule(plan(*both, targets=[target]), MARCH, calendar=off_but(10), groups=teams(1))
    made = solver.assign(year, rooms=ROOMS).schedule
    assert [(each.kind, each.missing) for each in made.shortfalls] == [(None, 1)]


def test_nothing_found_is_nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Model, "found", lambda *_, **__: Unsolved.UNKNOWN)
    year = march(STUDY, groups=teams(1, 1))
    made = solver.assign(year, rooms=ROOMS)
    assert (len(made.schedule.cancelled), made.is_proved) == (2, False)
    assert [(goal.value, goal.bound) for goal in made.goals][:2] == [(2, 0), (0, 0)]
    assert [each.is_irreducible for each in made.blockages] == [False, False]
    part = Problem((), (), (), ())
    assert any_days(part, 1) == {}
    assert any_days(problem_of(given_resources(year, ROOMS, []), day(1)), 1) is None


def test_a_search_that_is_cut_says_so_and_returns_what_it_has() -> None:
    year = march(STUDY, TEST, groups=teams(*[2] * 12), calendar=off_but(9, 10, 11, 12))
    made = solver.assign(year, rooms=[Room("R", 2), Room("S", 2)], work=1)
    assert made.goals[0].value >= made.goals[0].bound
    assert len(made.schedule.sessions) + len(made.blockages) == 24
