"""Shortfalls: what an error reports about rooms, trainers and days."""

from collections.abc import Sequence

import pytest
from attrs import evolve

from cmappraisal import Adjustment
from cmappraisal.training import Activity, Room, Session, Trainer
from marches import ROOM, STUDY, TEST, activity, conflict_of, day, march, off_but, teams
from promises import check_irreducible, given_resources


def test_a_conflict_over_rooms_reports_what_there_is() -> None:
    year = march(STUDY, groups=teams(30, 30, 30, 5), calendar=off_but(12, 13))
    conflict = conflict_of(year, rooms=[Room("R", 30), Room("S", 5)])
    assert str(conflict) == (
        'schedule of "plan 1" for 2026-03-01..2026-03-31: 3 sessions need a room for 30 people on '
        "2 days (2026-03-12, 2026-03-13) and there is 1 such room: "
        '"study/2026-03-10/group:g0", "study/2026-03-10/group:g1", "study/2026-03-10/group:g2"; '
        "give another such room, or open one on another of the days, or leave out one of the "
        "sessions"
    )
    assert conflict.resource == "a room for 30 people on 2 days (2026-03-12, 2026-03-13)"
    assert conflict.sessions == tuple(f"study/2026-03-10/group:g{number}" for number in range(3))


@pytest.mark.parametrize(
    ("activities", "sizes", "days", "rooms", "trainers", "message"),
    [
        ([STUDY], [9], [10], [Room("R", 8)], [], "1 session needs a room for 9 people on 1 day (2026-03-10) and there is no such room: "),  # noqa: E501
        ([STUDY], [1, 1], [10], [Room("R", 8)], [], "2 sessions need a room for 1 person on 1 day (2026-03-10) and there is 1 such room: "),  # noqa: E501
        ([STUDY], [1, 2, 2], [10], [ROOM, Room("S", 2)], [], "3 sessions need a room for 1 to 2 people on 1 day (2026-03-10) and there are 2 such rooms: "),  # noqa: E501
        ([STUDY], [1, 1], [10, 11], [Room("R", 1, closed=[day(10)])], [], "and there is 1 such room, free for 1 session in all: "),  # noqa: E501
        ([STUDY], [1], [10], [], [Trainer("T", ["sales"])], '1 session needs a trainer of "law" on 1 day (2026-03-10) and there is no such trainer: '),  # noqa: E501
        ([STUDY], [1, 1, 1], [10], [], [Trainer("T", ["law"]), Trainer("U", ["law"])], '3 sessions need a trainer of "law" on 1 day (2026-03-10) and there are 2 such trainers: '),  # noqa: E501
        ([STUDY], [1], [2, 3, 4, 5, 6, 10], [], [Trainer("T", ["care"])], "on 6 days (2026-03-02 to 2026-03-10)"),  # noqa: E501
        ([STUDY], [9], [10, 11], [Room("R", 9, closed=[day(10)])], [Trainer("T", ["law"], away=[day(11)])], '1 session needs a room for 9 people and a trainer of "law" on 2 days (2026-03-10, 2026-03-11) and there is 1 such room, free for 1 session in all'),  # noqa: E501
        ([STUDY], [9], [10], [Room("R", 8)], [Trainer("T", ["sales"])], "and there is no such room, and there is no such trainer, and of neither enough"),  # noqa: E501
        ([STUDY, evolve(TEST, timing=STUDY.timing, adjustment=Adjustment.NONE)], [9], [10], [ROOM, Room("S", 9)], [], "2 sessions need a day each for the same group or person, in their order, on 1 day (2026-03-10) and there are not enough of them: "),  # noqa: E501
        ([STUDY, activity("more")], [9], [10], [ROOM, Room("S", 9)], [], "2 sessions need a day each for the same group or person, on 1 day (2026-03-10)"),  # noqa: E501
        ([STUDY, TEST], [9], [10, 11], [Room("R", 9, closed=[day(10)]), Room("S", 9, closed=[day(10)])], [], "2 sessions need a room for 9 people on 2 days (2026-03-10, 2026-03-11) and there are 2 such rooms, free for 2 sessions in all, but each group and person has one session a day, in order"),  # noqa: E501
    ],
)  # fmt: skip
def test_a_conflict_names_what_blocks(
    activities: Sequence[Activity],
    sizes: Sequence[int],
    days: Sequence[int],
    rooms: Sequence[Room],
    trainers: Sequence[Trainer],
    message: str,
) -> None:
    year = march(*activities, groups=teams(*sizes), calendar=off_but(*days))
    conflict = conflict_of(year, rooms=rooms, trainers=trainers)
    assert message in str(conflict)
    check_irreducible(conflict, given_resources(year, rooms, trainers), year)


def test_a_conflict_over_many_courses_is_short() -> None:
    courses = [["law"], ["sales"], ["care"], ["law", "sales"]]
    several = [activity(f"a{number}", courses=each) for number, each in enumerate(courses)]
    year = march(*several, calendar=off_but(10, 11, 12, 13))
    trainers = [Trainer("T", ["law", "sales", "care"], away=[day(13)])]
    conflict = conflict_of(year, trainers=trainers)
    assert 'a trainer of "law" or of "sales" or of "care" or of 1 more on 4 days' in str(conflict)
    assert len(conflict.sessions) == 4


def test_a_session_without_a_day_is_a_conflict() -> None:
    session = Session("study", day(10), on=day(15))
    year = evolve(march(STUDY), calendar=off_but(), sessions=[session])
    conflict = conflict_of(year, rooms=[ROOM])
    assert "1 session needs a working day and there is none where it may go: " in str(conflict)
    assert "; let more days be worked, or leave out" in str(conflict)
    assert conflict.resource == "a working day"
