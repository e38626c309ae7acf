"""Weights: what a circumstance does to points, and how it is worded."""

import copy
import pickle
from decimal import Decimal
from typing import Any

import attrs
import pytest

from cmappraisal import Add, Assessed, FieldError, Multiply
from cmappraisal.showing import shown
from cmappraisal.standards import SetTo, Waive
from cmappraisal.weights import is_heavier, is_lighter
from scripts import assert_each_script_is_its_own


@pytest.mark.parametrize(
    ("weight", "wording"),
    [
        (SetTo("10.0"), ("每單位計 10 分", "每单位计 10 分", "10 points for one unit")),
        (Multiply("1.50"), ("分值乘以 1.5", "分值乘以 1.5", "the points times 1.5")),
        (Multiply("0.50"), ("分值乘以 0.5", "分值乘以 0.5", "the points times 0.5")),
        (Add("5.0"), ("分值另加 5", "分值另加 5", "the points plus 5")),
        (
            Assessed(),
            (
                "由評定人核定分值，不低於規定分值",
                "由评定人核定分值，不低于规定分值",
                "the amount the assessor set, not below the stated points",
            ),
        ),
        (Waive(), ("免予扣分", "免予扣分", "the points are waived")),
    ],
    ids=shown,
)
def test_a_weight_says_what_it_does(weight: Any, wording: tuple[str, str, str]) -> None:
    assert attrs.astuple(weight.text) == wording
    assert_each_script_is_its_own(weight.text)


@pytest.mark.parametrize(
    ("weight", "heavier", "lighter"),
    [
        (None, True, True),
        (SetTo(0), True, True),
        (SetTo(10**6), True, True),
        (Multiply(0), False, True),
        (Multiply("0.9999"), False, True),
        (Multiply(1), True, True),
        (Multiply("1.0001"), True, False),
        (Multiply(1000), True, False),
        (Add(0), True, False),
        (Add(5), True, False),
        (Assessed(), True, False),
        (Waive(), False, True),
        (Decimal(2), False, False),
        ("2", False, False),
        (2, False, False),
        (True, False, False),
        ([], False, False),
        (Multiply, False, False),
    ],
    ids=shown,
)
def test_what_is_heavier_never_lowers_and_what_is_lighter_never_raises(
    weight: Any, heavier: bool, lighter: bool
) -> None:
    assert is_heavier(weight) is heavier
    assert is_lighter(weight) is lighter


FROM_0 = "a Decimal, an int or a string such as '2.5' from 0 to {}, of at most 4 decimal places"


@pytest.mark.parametrize("kind", [SetTo, Add, Multiply], ids=lambda kind: kind.__name__)
def test_a_weight_goes_from_0_to_a_bound(kind: Any) -> None:
    name, most = ("factor", 1_000) if kind is Multiply else ("points", 1_000_000)
    for given, kept in ((0, "0"), ("0.0001", "0.0001"), (most, str(most)), ("2.50", "2.5")):
        assert str(getattr(kind(given), name)) == kept
    wrong: list[Any] = [
        *(-1, "-0.0001", Decimal(most) + 1, Decimal(f"{most}.0001"), "1.00001", 2.0, None, True),
        *("NaN", Decimal("sNaN"), "Infinity", "two", "", [], 10**10_000),
    ]
    for given in wrong:
        with pytest.raises(FieldError) as caught:
            kind(given)
        assert str(caught.value).startswith(f"{kind.__name__}: {name} is ")
        assert f"; allowed: {FROM_0.format(most)}" in str(caught.value)


@pytest.mark.parametrize(
    "value",
    [SetTo(10), Multiply("1.5"), Add(5), Assessed(), Waive()],
    ids=lambda value: type(value).__name__,
)
def test_each_is_a_value(value: Any) -> None:
    for again in (pickle.loads(pickle.dumps(value)), copy.deepcopy(value), attrs.evolve(value)):
        assert again == value
        assert hash(again) == hash(value)
    for field in attrs.fields(type(value)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, field.name, None)


def test_weights_of_two_kinds_differ() -> None:
    assert len({SetTo(5), Add(5), Multiply(5), Assessed(), Waive()}) == 5
    assert len({Assessed(), Assessed(), Waive(), Waive()}) == 2
