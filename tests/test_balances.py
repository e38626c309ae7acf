"""Balances: how points are counted over time, and what is no balance."""

from typing import Any

import pytest

from choices import assert_choices_are_worded
from cmappraisal import FieldError
from cmappraisal.standards import Balance, BalanceOf, CleanTime


def test_what_a_balance_is_of_is_worded() -> None:
    assert_choices_are_worded(
        BalanceOf,
        {
            "collected": ("累積積分", "累积积分", "points collected"),
            "kept": ("持有積分", "持有积分", "points kept"),
        },
    )


def test_a_balance_opens_with_nothing_unless_it_says_otherwise() -> None:
    assert Balance() == Balance(0, of="collected", least=None, most=None, awards_below=None)
    assert Balance(awards_below=12).awards_below == 12
    assert Balance("12.5", of=BalanceOf.KEPT, least="-5", most="12.5").of is BalanceOf.KEPT
    assert Balance(-3).opening == -3


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"opening": 1.0}, "opening is 1.0; allowed: a Decimal"),
        ({"of": "lost"}, "of is 'lost'; allowed: BalanceOf.COLLECTED or \"collected\""),
        ({"least": 1}, "least is Decimal('1'); allowed: None, or at most opening (0)"),
        ({"most": -1}, "most is Decimal('-1'); allowed: None, or at least opening (0)"),
        ({"most": "many"}, "most is 'many'; allowed: None, or a Decimal"),
    ],
    ids=str,
)
def test_what_is_no_balance_is_reported(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(FieldError) as caught:
        Balance(**fields)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("points", "months", "message"),
    [(0, 12, "points is Decimal('0')"), (2, 0, "months is 0"), (2, "12", "months is '12'")],
)
def test_what_is_no_clean_time_is_reported(points: Any, months: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        CleanTime(points, months=months)
    assert message in str(caught.value)
    assert CleanTime("0.5", months=1200).months == 1200
