"""Hours: from when to when rooms are open and trainers are there."""

from collections.abc import Callable
from datetime import UTC, date, time
from typing import Any

import pytest

from cmappraisal import FieldError
from cmappraisal.training import Hours, Room
from cmappraisal.training.hours import open_on

DAY = date(2026, 3, 10)
TIME = "a datetime.time in whole minutes and without a time zone, such as time(9, 30)"
APART = "a list of Hours, no two of which overlap on the same day"
NINE_TO_TEN = Hours(time(9), time(10))


class Later(time):
    """A time as an embedder may have it."""


def test_hours_are_as_long_as_they_are() -> None:
    assert Hours(time(8, 45), time(12)).minutes == 195
    assert type(Hours(Later(9), Later(10)).opens) is time


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Hours(time(9), time(9)), "closes is datetime.time(9, 0); allowed: a time after"),
        (lambda: Hours("09:00", time(9)), f"opens is '09:00'; allowed: {TIME}"),  # type: ignore[arg-type]
        (
            lambda: Hours(time(9), time(9, 30, 1)),
            f"closes is datetime.time(9, 30, 1); allowed: {TIME}",
        ),
        (lambda: Hours(time(9, tzinfo=UTC), time(10)), f"allowed: {TIME}"),
        (
            lambda: Room("R", 1, hours=[NINE_TO_TEN, Hours(time(9, 59), time(11))]),
            f"allowed: {APART}",
        ),
        (lambda: Room("R", 1, hours=NINE_TO_TEN), f"allowed: {APART}"),  # type: ignore[arg-type]
        (lambda: Room("R", 1, hours=[time(9)]), f"allowed: {APART}"),  # type: ignore[list-item]
        (lambda: Room("R", 1, gap=-1), "gap is -1; allowed: an int from 0 to 1440"),
    ],
)
def test_what_does_not_fit_is_rejected(make: Callable[[], Any], message: str) -> None:
    with pytest.raises(FieldError) as caught:
        make()
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("hours", "is_half", "spans"),
    [
        ([], False, ()),
        ([NINE_TO_TEN], False, ((540, 600),)),
        ([Hours(time(13), time(14)), NINE_TO_TEN], False, ((540, 600), (780, 840))),
        ([Hours(time(10), time(11)), NINE_TO_TEN], False, ((540, 660),)),
        ([Hours(time(13), time(14)), Hours(time(9), time(12, 30))], True, ((540, 720),)),
        ([NINE_TO_TEN, Hours(time(13), time(14), on=DAY)], True, ((780, 840),)),
        ([Hours(time(13), time(14), on=date(2026, 3, 11))], False, ()),
    ],
)
def test_a_day_has_its_own_hours_or_those_of_every_day(
    hours: list[Hours], is_half: bool, spans: tuple[tuple[int, int], ...]
) -> None:
    assert open_on(hours, DAY, is_half=is_half) == spans
