"""Weights: what aggravation does to points, and how it is worded."""

import copy
import pickle
from typing import Any

import attrs
import pytest

from cmappraisal import Add, Assessed, FieldError, Multiply, Policy


@pytest.mark.parametrize(
    ("aggravation", "wording"),
    [
        (Multiply("1.50"), ("分值乘以 1.5", "分值乘以 1.5", "the points times 1.5")),
        (Add("5.0"), ("分值另加 5", "分值另加 5", "the points plus 5")),
        (
            Assessed(),
            (
                "由評定人核定分值，不低於規定分值",
                "由评定人核定分值，不低于规定分值",
                "the amount the assessor set, not below the stated points",
            ),
        ),
    ],
)
def test_aggravation_says_what_it_does(
    aggravation: Multiply | Add | Assessed, wording: tuple[str, str, str]
) -> None:
    assert attrs.astuple(aggravation.text) == wording
    assert aggravation.text.zh_hant.encode("big5")
    assert aggravation.text.zh_hans.encode("gb2312")
    assert aggravation.text.en.isascii()
    assert Policy(aggravation=aggravation).aggravation == aggravation


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Multiply("0.9"), "Multiply: factor is Decimal('0.9'); allowed: a Decimal"),
        (lambda: Multiply("1000.0001"), "Multiply: factor is Decimal('1000.0001'); allowed"),
        (lambda: Multiply(2.0), "Multiply: factor is 2.0; allowed: a Decimal, an int or a string"),  # type: ignore[arg-type]
        (
            lambda: Multiply("1.00001"),
            "Multiply: factor is Decimal('1.00001'); allowed: a Decimal, an int or a string such "
            "as '2.5' from 1 to 1000, of at most 4 decimal places (never a float)",
        ),
        (lambda: Multiply("NaN"), "Multiply: factor is Decimal('NaN'); allowed: a Decimal"),
        (lambda: Add(-1), "Add: points is Decimal('-1'); allowed: a Decimal, an int or a string"),
        (lambda: Add("1000000.0001"), "Add: points is Decimal('1000000.0001'); allowed: a Decimal"),
        (lambda: Add(None), "Add: points is None; allowed: a Decimal, an int or a string"),  # type: ignore[arg-type]
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_a_field_that_does_not_fit_is_reported(make: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        make()
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    "value", [Multiply("1.5"), Add(5), Assessed()], ids=lambda value: type(value).__name__
)
def test_each_is_a_value(value: Any) -> None:
    for again in (pickle.loads(pickle.dumps(value)), copy.deepcopy(value), attrs.evolve(value)):
        assert again == value
        assert hash(again) == hash(value)
    for field in attrs.fields(type(value)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, field.name, None)
