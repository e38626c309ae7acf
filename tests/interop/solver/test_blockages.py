"""Blockages: which others are named beside a session that is left out."""

from cmappraisal import Period
from cmappraisal.interop import solver
from cmappraisal.training import Room, schedule
from marches import (
    CALENDAR,
    MARCH,
    STUDY,
    TEST,
    assign,
    blockage_of,
    blocked,
    day,
    march,
    off_but,
    plan,
    teams,
)
from promises import check


def test_sessions_that_are_alike_are_blocked_alike() -> None:
    year = march(STUDY, TEST, groups=teams(*[1] * 8), calendar=off_but(10, 11))
    made = solver.assign(year, rooms=[Room(f"R{number}", 1) for number in range(6)])
    assert made.is_proved
    assert len(made.blockages) == 4
    assert {len(each.beside) for each in made.blockages} == {12}
    assert all(each.is_irreducible for each in made.blockages)
    left_out = {each.session for each in made.blockages}
    assert left_out.isdisjoint(each.id for each in made.schedule.sessions)


def test_a_blockage_leaves_out_what_is_not_to_blame() -> None:
    year = schedule(
        plan(STUDY, TEST), Period.quarter(2026, 1), calendar=CALENDAR, groups=teams(1, 5, 1, 5)
    )
    shut = {each for each in MARCH if each not in (day(16), day(17), day(18), day(19))}
    rooms = [Room("R", 5, closed=shut), Room("S", 2)]
    blockage = blockage_of(year, rooms=[Room("R", 5, closed=shut | {day(19)}), rooms[1]])
    assert blocked(blockage) == {
        f"{id}/group:{group}"
        for id in ("study/2026-03-10", "test/2026-03-11")
        for group in ("g1", "g3")
    }
    check(assign(year, rooms=rooms), year)
