"""Responsibilities: who answers with the doer, one for each role."""

from typing import Any

import pytest

from cmappraisal import Add, Assessed, FieldError, Multiply, Text
from cmappraisal.showing import shown
from cmappraisal.standards import Responsibility, SetTo, Waive
from worked_cases import rule

HEAD = Text("負責人", "负责人", en="the head")
HALF = Responsibility("head", HEAD, weight=Multiply("0.5"))


@pytest.mark.parametrize("weight", [Multiply(0), Multiply(3), Add(0), SetTo("2.5")], ids=str)
def test_somebody_answers_with_some_of_the_points_or_more(weight: Any) -> None:
    assert Responsibility("head", HEAD, weight=weight).weight == weight


def test_a_rule_has_one_for_each_role() -> None:
    reviewer = Responsibility("reviewer", HEAD, weight=Add(1))
    assert rule("1", 5, responsible=[HALF, reviewer]).responsible == (HALF, reviewer)
    assert rule("1", 5).responsible == ()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Responsibility("", HEAD, weight=Add(1)), "role is ''; allowed: a non-empty"),
        (lambda: Responsibility("head", "head", weight=Add(1)), "text is 'head'; allowed: a Text"),  # type: ignore[arg-type]
        *(
            (
                lambda weight=weight: Responsibility("head", HEAD, weight=weight),
                f"weight is {shown(weight)}; allowed: Multiply, Add or SetTo",
            )
            for weight in (Assessed(), Waive(), 0.5, None)
        ),
        (
            lambda: rule("1", 5, responsible=[HALF, HALF]),
            f"responsible is {shown((HALF, HALF))}; allowed: a list of Responsibility, one for "
            "each role",
        ),
        (lambda: rule("1", 5, responsible=[5]), "responsible is (5,); allowed: a list of"),
        (lambda: rule("1", 5, responsible=5), "responsible is 5; allowed: a list of"),
    ],
)
def test_what_is_no_responsibility_is_reported(make: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        make()
    assert str(caught.value).partition(": ")[2].startswith(message)
