"""Burdens: how evenly sessions are shared, in words."""

from collections.abc import Callable

import pytest

from cmappraisal import FieldError
from cmappraisal.training import Burden, BurdenKind


def test_a_burden_says_why_nobody_could_have_less_or_that_it_does_not_know() -> None:
    proved = Burden("trainers", 12, sessions=46, among=4)
    assert (proved.kind, proved.bound, proved.is_proved) == (BurdenKind.TRAINERS, 12, True)
    assert proved.text.zh_hant == "一名講師的場次：最多 12，已證明不能更少：46 場只能由 4 方分擔"
    assert proved.text.zh_hans == "一名讲师的场次：最多 12，已证明不能更少：46 场只能由 4 方分担"
    open_yet = Burden(BurdenKind.TRAINERS, 13, sessions=46, among=4)
    assert (open_yet.bound, open_yet.is_proved) == (12, False)
    assert open_yet.text.en == (
        "sessions that one trainer holds: 13 at most, and it is not proved that this could not be "
        "lower; 12 at least: 46 are shared by nobody but 4"
    )
    assert open_yet.text.zh_hant == (
        "一名講師的場次：最多 13，尚未證明不能更少；至少為 12：46 場只能由 4 方分擔"
    )
    assert open_yet.text.zh_hans == (
        "一名讲师的场次：最多 13，尚未证明不能更少；至少为 12：46 场只能由 4 方分担"
    )


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (
            lambda: Burden("trainers", 11, sessions=46, among=4),
            "most is 11; allowed: an int from 12: sessions by among, rounded up",
        ),
        (lambda: Burden("rooms", 1, sessions=1, among=1), "kind is 'rooms'"),
        (lambda: Burden("trainers", -1, sessions=0, among=1), "most is -1"),
        (lambda: Burden("trainers", 1, sessions=-1, among=1), "sessions is -1"),
        (lambda: Burden("trainers", 1, sessions=1, among=0), "among is 0"),
    ],
    ids=["too few", "no kind", "most", "sessions", "among"],
)
def test_a_burden_that_contradicts_itself_is_rejected(
    made: Callable[[], Burden], message: str
) -> None:
    with pytest.raises(FieldError, match=message):
        made()
