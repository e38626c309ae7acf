"""Open spans: a day is in one whichever of its ends is open."""

from datetime import date

import pytest

from cmappraisal import ERROR_POINTS, Edition, FieldError, Tenure
from cmappraisal.open_spans import holds
from cmappraisal.training import Leave

DAY, BEFORE, AFTER = date(2026, 3, 2), date(2026, 3, 1), date(2026, 3, 3)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (None, None, True),
        (DAY, DAY, True),
        (BEFORE, None, True),
        (None, AFTER, True),
        (AFTER, None, False),
        (None, BEFORE, False),
    ],
)
def test_a_day_is_in_it_or_not(first: date | None, last: date | None, expected: bool) -> None:
    assert holds(first, last, DAY) is expected
    assert Tenure("A", "north", first=first, last=last).holds(DAY) is expected
    assert Leave("A", "annual", first=first, last=last).holds(DAY) is expected
    assert Edition(ERROR_POINTS, first, last=last).holds(DAY) is expected


@pytest.mark.parametrize("day", [None, "2026-03-02", 5])
def test_what_is_no_day_is_in_none(day: object) -> None:
    for open_span in (Tenure("A", "north"), Leave("A", "annual"), Edition(ERROR_POINTS)):
        with pytest.raises(FieldError, match=r"\.holds: day is .*; allowed: a datetime\.date"):
            open_span.holds(day)  # type: ignore[arg-type]


def test_none_ends_before_it_begins() -> None:
    message = r"last is .*; allowed: None, or a day from first \(2026-03-02\) on"
    with pytest.raises(FieldError, match=message):
        Tenure("A", "north", first=DAY, last=BEFORE)
    with pytest.raises(FieldError, match=message):
        Leave("A", "annual", first=DAY, last=BEFORE)
    with pytest.raises(FieldError, match=message):
        Edition(ERROR_POINTS, DAY, last=BEFORE)
