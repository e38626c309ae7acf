"""Proportions: arithmetic that anybody can follow, in every way to round."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given

from cmappraisal import FieldError
from cmappraisal.interop.plan_strategies import proportions
from cmappraisal.training import Proportion, Reduction


@pytest.mark.parametrize(
    ("asked", "present", "whole", "rounding", "needed"),
    [
        (12, 152, 261, "half-up", 7),
        (12, 152, 261, "down", 6),
        (12, 1, 261, "up", 1),
        (1, 130, 260, "half-up", 1),
        (1, 130, 260, "half-even", 0),
        (3, 130, 260, "half-even", 2),
        (1, 0, 260, "up", 0),
        (12, "130.5", 261, "half-up", 6),
    ],
)
def test_how_much_is_asked_in_proportion(
    asked: int, present: Any, whole: int, rounding: Any, needed: int
) -> None:
    found = Proportion(asked, present=present, whole=whole, rounding=rounding)
    assert (found.needed, found.waived) == (needed, asked - needed)


@pytest.mark.parametrize(
    ("reduction", "needed", "words"),
    [
        ("proportional", 7, "12 × 152 / 261 = 6.99, rounded to 7"),
        ("waived", 0, "there on 152 of 261 days: 12 of 12 waived"),
        ("none", 12, "there on 152 of 261 days: 0 of 12 waived"),
    ],
)
def test_the_arithmetic_is_shown(reduction: Any, needed: int, words: str) -> None:
    found = Proportion(12, present=152, whole=261, reduction=reduction)
    assert (found.needed, found.explain()) == (needed, words)
    for language in ("zh-Hant", "zh-Hans"):
        assert "261" in found.explain(language)


@given(proportions())
def test_waived_and_needed_are_what_is_asked(proportion: Proportion) -> None:
    assert proportion.needed + proportion.waived == proportion.asked
    assert 0 <= proportion.needed <= proportion.asked
    exact = Fraction(proportion.asked) * Fraction(proportion.present) / proportion.whole
    if proportion.reduction is Reduction.PROPORTIONAL:
        assert abs(proportion.needed - exact) < 1
    if proportion.present == proportion.whole:
        assert proportion.needed == proportion.asked


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"present": 262}, "Proportion: present is Decimal('262'); allowed: at most whole (261)"),
        ({"whole": 0, "present": 0}, "Proportion: whole is 0; allowed: an int from 1"),
        ({"present": 1.5}, "Proportion: present is 1.5; allowed: a Decimal, an int"),
        ({"asked": -1}, "Proportion: asked is -1; allowed: an int from 0"),
    ],
)
def test_what_does_not_fit_is_rejected(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(FieldError) as caught:
        Proportion(**{"asked": 12, "present": 152, "whole": 261, **fields})
    assert str(caught.value).startswith(message)
