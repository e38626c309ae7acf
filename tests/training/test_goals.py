"""Goals and blockages: what is said about a schedule with rooms, and what is rejected."""

from typing import Any

import pytest

from cmappraisal import FieldError, Text
from cmappraisal.training import Blockage, Criterion, Goal, Scarcity

WORDS = Text("場地不足", "场地不足", en="there are too few rooms")


def test_a_goal_says_whether_it_is_proved() -> None:
    proved, open_yet = Goal("days", 3, bound=3), Goal(Criterion.REQUIRED, 3, bound=1)
    assert (proved.gap, proved.is_proved) == (0, True)
    assert (open_yet.gap, open_yet.is_proved) == (2, False)
    assert proved.text == Text(
        "改期的總天數：3，已證明不能更少",
        "改期的总天数：3，已证明不能更少",
        en="days by which sessions move: 3, which is proved to be the fewest",
    )
    assert open_yet.text == Text(
        "未能安排的必修場次：3，尚未證明不能更少；至少為 1",
        "未能安排的必修场次：3，尚未证明不能更少；至少为 1",
        en="required sessions that are left out: 3, which is not proved to be the fewest; "
        "at least 1",
    )


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Goal("days", 1, bound=2), r"bound is 2; allowed: an int from 0 to value \(1\)"),
        (lambda: Goal("day", 1, bound=1), "criterion is 'day'"),
        (lambda: Goal("days", -1, bound=0), "value is -1"),
        (
            lambda: Blockage("a", ["b", "a"], scarce="rooms", text=WORDS),
            'beside is .*; allowed: other sessions than "a"',
        ),
        (lambda: Blockage("a", [], scarce="chairs", text=WORDS), "scarce is 'chairs'"),
    ],
)
def test_what_contradicts_itself_is_rejected(make: Any, message: str) -> None:
    with pytest.raises(FieldError, match=message):
        make()


def test_a_blockage_takes_the_natural_input() -> None:
    blockage = Blockage("a", ["b"], scarce="rooms", text=WORDS)
    assert (blockage.scarce, blockage.beside) == (Scarcity.ROOMS, ("b",))
