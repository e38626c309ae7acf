"""Caps: what each bounds together, and what is no cap."""

from typing import Any

import pytest

from choices import assert_choices_are_worded
from cmappraisal import FieldError
from cmappraisal.showing import shown
from cmappraisal.standards import Cap, Counted, Over


def test_what_a_cap_bounds_is_worded() -> None:
    assert_choices_are_worded(
        Over,
        {
            "violation": ("單筆違規", "单笔违规", "one violation"),
            "incident": ("同一事件", "同一事件", "one incident"),
            "part": ("同一部分", "同一部分", "one part of the standard"),
            "period": ("一個考核期", "一个考核期", "one period"),
        },
    )


def test_a_cap_is_over_one_violation_unless_it_says_otherwise() -> None:
    assert Cap(12).over is Over.VIOLATION
    assert Cap("12.5", over="incident").over is Over.INCIDENT
    assert Cap(12, over="part").part is None
    assert Cap(12, over=Over.PART, part="2").part == "2"
    assert Cap(12).of is Counted.DEDUCTIONS
    assert Cap(12, of="awards").of is Counted.AWARDS


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"over": "year"}, "over is 'year'; allowed: Over.VIOLATION or \"violation\""),
        ({"over": None}, "over is None; allowed: Over.VIOLATION"),
        ({"of": "points"}, "of is 'points'; allowed: Counted.DEDUCTIONS or \"deductions\""),
        ({"over": "part", "part": ""}, "part is ''; allowed: None, or a non-empty string"),
        *(
            (
                {"over": over, "part": "2"},
                "part is '2'; allowed: None, or the id of a part where the cap is over one",
            )
            for over in ("violation", "incident", "period")
        ),
    ],
    ids=shown,
)
def test_what_is_no_cap_is_reported(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(FieldError) as caught:
        Cap(12, **fields)
    assert str(caught.value).startswith(f"Cap: {message}")
