"""Conflicts: which sessions an error names."""

from cmappraisal import Period
from cmappraisal.interop.solver import assign
from cmappraisal.interop.solver.conflicts import MAXIMUM_SHOWN
from cmappraisal.training import Room, schedule
from marches import CALENDAR, MARCH, STUDY, TEST, conflict_of, day, march, off_but, plan, teams
from promises import check


def test_a_conflict_of_many_sessions_names_some() -> None:
    year = march(STUDY, groups=teams(*[1] * 25), calendar=off_but(10))
    conflict = conflict_of(year, rooms=[Room(f"R{number}", 1) for number in range(23)])
    assert len(conflict.sessions) == 24
    assert str(conflict).count('"study/') == MAXIMUM_SHOWN
    assert '"study/2026-03-10/group:g19" and 4 more; give' in str(conflict)


def test_a_conflict_leaves_out_what_is_not_to_blame() -> None:
    year = schedule(
        plan(STUDY, TEST), Period.quarter(2026, 1), calendar=CALENDAR, groups=teams(1, 5, 1, 5)
    )
    shut = {each for each in MARCH if each not in (day(16), day(17), day(18), day(19))}
    rooms = [Room("R", 5, closed=shut), Room("S", 2)]
    conflict = conflict_of(year, rooms=[Room("R", 5, closed=shut | {day(19)}), rooms[1]])
    assert set(conflict.sessions) == {
        f"{id}/group:{group}"
        for id in ("study/2026-03-10", "test/2026-03-11")
        for group in ("g1", "g3")
    }
    check(assign(year, rooms=rooms), year)
