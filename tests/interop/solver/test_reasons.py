"""Reasons: what is said about rooms, trainers and days that are too few."""

from collections.abc import Sequence

import pytest
from attrs import evolve

from cmappraisal import Adjustment, CalendarSpan
from cmappraisal.training import Activity, Quota, Room, Scarcity, Session, Trainer
from marches import ROOM, STUDY, TEST, activity, blockage_of, blocked, day, march, off_but, teams
from promises import check_irreducible, given_resources


def test_what_is_short_is_said_in_three_languages() -> None:
    year = march(STUDY, groups=teams(30, 30, 30, 5), calendar=off_but(12, 13))
    blockage = blockage_of(year, rooms=[Room("R", 30), Room("S", 5)])
    assert blockage.scarce is Scarcity.ROOMS
    assert blocked(blockage) == {f"study/2026-03-10/group:g{number}" for number in range(3)}
    assert blockage.text.en == (
        "3 sessions need a room for 30 people on 2 days (2026-03-12, 2026-03-13), and there is 1 "
        "such room, free for 2 sessions in all; give another such room, or open one on another of "
        "the days"
    )
    assert blockage.text.zh_hant == (
        "3 場需要可容納 30 人的場地，可用 2 天（2026-03-12、2026-03-13）；這樣的場地有 1 個，"
        "共可用 2 場；請增加這樣的場地，或在其他日子開放"
    )
    assert blockage.text.zh_hans == (
        "3 场需要可容纳 30 人的场地，可用 2 天（2026-03-12、2026-03-13）；这样的场地有 1 个，"
        "共可用 2 场；请增加这样的场地，或在其他日子开放"
    )


@pytest.mark.parametrize(
    ("activities", "sizes", "days", "rooms", "trainers", "message"),
    [
        ([STUDY], [9], [10], [Room("R", 8)], [], "1 session needs a room for 9 people on 1 day (2026-03-10), and there is no such room open; "),  # noqa: E501
        ([STUDY], [1, 1], [10], [Room("R", 8)], [], "2 sessions need a room for 1 person on 1 day (2026-03-10), and there is 1 such room, free for 1 session in all; "),  # noqa: E501
        ([STUDY], [1, 2, 2], [10], [ROOM, Room("S", 2)], [], "3 sessions need a room for 1 to 2 people on 1 day (2026-03-10), and there are 2 such rooms"),  # noqa: E501
        ([STUDY], [1], [10], [], [Trainer("T", ["sales"])], '1 session needs a trainer of "law" on 1 day (2026-03-10), and there is no such trainer open; '),  # noqa: E501
        ([STUDY], [1, 1, 1], [10], [], [Trainer("T", ["law"]), Trainer("U", ["law"])], '3 sessions need a trainer of "law" on 1 day (2026-03-10), and there are 2 such trainers'),  # noqa: E501
        ([STUDY], [1], [2, 3, 4, 5, 6, 10], [], [Trainer("T", ["care"])], "on 6 days (2026-03-02 to 2026-03-10)"),  # noqa: E501
        ([STUDY], [9], [10, 11], [Room("R", 9, closed=[day(10)])], [Trainer("T", ["law"], away=[day(11)])], '1 session needs a room for 9 people and a trainer of "law" on 2 days (2026-03-10, 2026-03-11), and there is 1 such room, free for 1 session in all'),  # noqa: E501
        ([STUDY], [9], [10], [Room("R", 8)], [Trainer("T", ["sales"])], "and there is no such room open, and there is no such trainer open; "),  # noqa: E501
        ([STUDY, evolve(TEST, timing=STUDY.timing, adjustment=Adjustment.NONE)], [9], [10], [ROOM, Room("S", 9)], [], "2 sessions need a day each for the same group or person, in their order on 1 day (2026-03-10), and there are not enough of them; "),  # noqa: E501
        ([STUDY, TEST], [9], [10, 11], [Room("R", 9, closed=[day(10)]), Room("S", 9, closed=[day(10)])], [], "2 sessions need a room for 9 people on 2 days (2026-03-10, 2026-03-11), and there are 2 such rooms, free for 2 sessions in all, but each group and person has one session a day, in order"),  # noqa: E501
    ],
)  # fmt: skip
def test_a_blockage_names_what_blocks(
    activities: Sequence[Activity],
    sizes: Sequence[int],
    days: Sequence[int],
    rooms: Sequence[Room],
    trainers: Sequence[Trainer],
    message: str,
) -> None:
    year = march(*activities, groups=teams(*sizes), calendar=off_but(*days))
    blockage = blockage_of(year, rooms=rooms, trainers=trainers)
    assert message in blockage.text.en
    check_irreducible(blockage, given_resources(year, rooms, trainers), year)


def test_many_courses_are_not_all_named() -> None:
    courses = [["law"], ["sales"], ["care"], ["law", "sales"]]
    several = [activity(f"a{number}", courses=each) for number, each in enumerate(courses)]
    year = march(*several, calendar=off_but(10, 11, 12, 13))
    trainers = [Trainer("T", ["law", "sales", "care"], away=[day(13)])]
    blockage = blockage_of(year, trainers=trainers)
    text = blockage.text
    assert 'a trainer of "law" or of "sales" or of "care" or of 1 more on 4 days' in text.en
    assert "能講授「law」或「sales」或「care」等 4 類課程的講師" in text.zh_hant
    assert len(blocked(blockage)) == 4


def test_a_session_without_a_day_is_blocked_by_none() -> None:
    monthly = evolve(STUDY, timing=Quota(1, per=CalendarSpan.MONTH))
    session = Session("study", day(10), on=day(15))
    year = evolve(march(monthly), calendar=off_but(), sessions=[session])
    blockage = blockage_of(year, rooms=[ROOM])
    assert (blockage.beside, blockage.scarce) == ((), Scarcity.DAYS)
    assert blockage.text.en == (
        "1 session needs a working day on none of its days, and there is none where it may go; let "
        "more days be worked"
    )
