"""Repetition: which times have which weight, and what is no repetition."""

from typing import Any

import pytest

from choices import assert_choices_are_worded
from cmappraisal import Add, Assessed, FieldError, Multiply
from cmappraisal.repetition import MAXIMUM_TIMES, falls
from cmappraisal.showing import shown
from cmappraisal.standards import Again, Same, SetTo, Span, Time, Waive

YEAR = Span(months=12)


def test_which_earlier_violations_count_is_worded() -> None:
    assert_choices_are_worded(
        Same,
        {
            "rule": ("同一條款", "同一条款", "under the same rule"),
            "part": ("同一部分的條款", "同一部分的条款", "under rules of the same part"),
            "any": ("任何條款", "任何条款", "under any rule"),
        },
    )


def test_times_are_read_from_a_mapping_or_from_a_list() -> None:
    weights = {2: Multiply("1.5"), 3: Multiply(2)}
    listed = [Time(2, Multiply("1.5")), Time(3, Multiply(2))]
    assert Again(weights, within=YEAR) == Again(listed, within=YEAR)
    assert Again(iter(listed), within=YEAR).times == tuple(listed)
    assert Again(weights, within=YEAR).same is Same.RULE
    assert Again(weights, within=YEAR, same="any").same is Same.ANY
    assert hash(Again(weights, within=YEAR)) == hash(Again(listed, within=YEAR))


@pytest.mark.parametrize(
    ("nth", "held"), [(1, None), (2, 2), (3, 2), (4, 4), (5, 4), (MAXIMUM_TIMES + 1, 4)]
)
def test_a_weight_holds_from_its_time_on(nth: int, held: int | None) -> None:
    time = Again([Time(2, SetTo(5)), Time(4, Add(3))], within=YEAR).holding(nth)
    assert (None if time is None else time.nth) == held


@pytest.mark.parametrize("nth", [0, True, "1"])
def test_times_are_counted_from_one(nth: Any) -> None:
    with pytest.raises(FieldError) as caught:
        Again({2: Multiply(2)}, within=YEAR).holding(nth)
    assert str(caught.value) == f"Again.holding: nth is {nth!r}; allowed: an int from 1"


@pytest.mark.parametrize(
    ("earlier", "later", "falling"),
    [
        (Multiply(2), Multiply("1.99"), True),
        (Multiply(2), Multiply(2), False),
        (Multiply(2), Multiply(3), False),
        (SetTo(5), SetTo(4), True),
        (Add(5), Add("4.5"), True),
        (Add(5), SetTo(4), False),
        (SetTo(5), Multiply(1), False),
    ],
    ids=str,
)
def test_a_weight_falls_below_another_of_its_kind(earlier: Any, later: Any, falling: bool) -> None:
    assert falls(earlier, later) is falling


@pytest.mark.parametrize(
    "weights",
    [
        {2: SetTo(0)},
        {MAXIMUM_TIMES: Multiply(1)},
        {2: Multiply(2), 3: Multiply(2)},
        {2: SetTo(9), 3: Multiply("1.5"), 4: SetTo(1)},
    ],
    ids=str,
)
def test_weights_that_rise_or_are_of_several_kinds_are_taken(weights: Any) -> None:
    assert [time.nth for time in Again(weights, within=YEAR).times] == list(weights)


RISING = (
    "allowed: a list of Time, or a mapping from times to weights, in rising order, whose weights "
    "do not fall"
)
WEIGHTS = "allowed: SetTo, Add, or Multiply by at least 1"


@pytest.mark.parametrize(
    ("times", "message"),
    [
        ([], f"Again: times is (); {RISING}"),
        ({}, f"Again: times is (); {RISING}"),
        (None, f"Again: times is None; {RISING}"),
        ("2", f"Again: times is '2'; {RISING}"),
        ([Multiply(2)], f"Again: times is {shown((Multiply(2),))}; {RISING}"),
        ({3: Multiply(2), 2: Multiply(1)}, "Again: times is "),
        ([Time(2, Add(1)), Time(2, Add(1))], "Again: times is "),
        ({2: Multiply(2), 3: Multiply("1.5")}, "Again: times is "),
        *(
            ({nth: Add(1)}, f"Time: nth is {shown(nth)}; allowed: an int from 2 to 20")
            for nth in (1, 0, -2, MAXIMUM_TIMES + 1, True, "2", 2.0, None)
        ),
        *(
            ({2: weight}, f"Time: weight is {shown(weight)}; {WEIGHTS}")
            for weight in (Multiply("0.99"), Waive(), Assessed(), 5, None)
        ),
    ],
    ids=str,
)
def test_what_is_no_repetition_is_reported(times: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        Again(times, within=YEAR)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"within": 12}, "within is 12; allowed: a Span"),
        ({"within": YEAR, "same": "manager"}, "same is 'manager'; allowed: Same.RULE or \"rule\""),
    ],
    ids=str,
)
def test_what_is_no_span_and_no_sameness_is_reported(fields: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        Again({2: Add(1)}, **fields)
    assert str(caught.value).startswith(f"Again: {message}")
