"""Results: a few values of an appraisal, its verdict, and what could not be scored."""

from decimal import Decimal
from typing import Any

import attrs
import pytest

from cmappraisal import ERROR_POINTS, Appraisal, FieldError, Policy, PolicyError, Problem
from cmappraisal.comparison import VERDICT, Attempt, Result
from cmappraisal.comparison.results import attempted
from cmappraisal.errors import ProblemCode
from worked_cases import YEAR, found, ledger_of, scored

ZERO = Decimal(0)
RESULT = Result(Decimal(3), awards=ZERO, score=Decimal(97), grade="A", revoked=False)
PROBLEM = Problem("$.floor", ProblemCode.CONTRADICTION, "too high")


def test_a_result_has_the_values_of_the_appraisal() -> None:
    ledger = ledger_of([found("V-1", "2.1", quantity=3), found("V-2", "1.5")])
    appraisal = scored(ledger, period=YEAR, rulebook=ERROR_POINTS)["RM-01"]
    assert Result.of(appraisal) == Result(
        Decimal(3), awards=ZERO, score=None, grade=None, revoked=True
    )


def test_every_field_of_a_result_is_one_of_an_appraisal() -> None:
    assert set(attrs.fields_dict(Result)) <= set(attrs.fields_dict(Appraisal))


def test_the_verdict_is_what_the_table_says() -> None:
    assert VERDICT == ("grade", "revoked")
    assert RESULT.verdict == ("A", False)
    assert set(VERDICT) <= set(attrs.fields_dict(Result))


@pytest.mark.parametrize(
    ("other", "names"),
    [
        ({}, ()),
        ({"points": Decimal(4)}, ("points",)),
        ({"awards": Decimal(1)}, ("awards",)),
        ({"score": None, "grade": None}, ("score", "grade")),
        ({"revoked": True, "points": ZERO}, ("points", "revoked")),
    ],
)
def test_changes_are_named_in_the_order_of_the_fields(other: Any, names: Any) -> None:
    changed = attrs.evolve(RESULT, **other)
    assert RESULT.changes(changed) == changed.changes(RESULT) == names


def test_an_attempt_has_a_result_or_problems() -> None:
    assert Attempt(RESULT).problems == ()
    assert Attempt(problems=[PROBLEM]).problems == (PROBLEM,)
    both: dict[str, Any] = {"result": RESULT, "problems": [PROBLEM]}
    for given in ({}, both):
        with pytest.raises(FieldError, match="problems where there is no result, and none"):
            Attempt(**given)
    with pytest.raises(FieldError, match="a list of Problem"):
        Attempt(problems=["none"])  # type: ignore[list-item]
    with pytest.raises(FieldError, match="a Result, or None"):
        Attempt(5)  # type: ignore[arg-type]


def test_what_cannot_be_scored_keeps_its_problems() -> None:
    def rejected() -> Appraisal:
        raise PolicyError([PROBLEM])

    def made() -> Appraisal:
        return scored(ledger_of([found("V-1", "2.1")]))["RM-01"]

    assert attempted(rejected) == Attempt(problems=[PROBLEM])
    assert attempted(made) == Attempt(Result.of(made()))


@pytest.mark.parametrize(
    ("name", "value"),
    [("points", 3), ("awards", None), ("score", "97"), ("grade", ""), ("revoked", 1)],
)
def test_a_result_of_other_values_is_rejected(name: str, value: Any) -> None:
    with pytest.raises(FieldError, match=f"Result: {name} is "):
        attrs.evolve(RESULT, **{name: value})


def test_a_policy_without_full_marks_makes_no_score() -> None:
    appraisal = scored(ledger_of([found("V-1", "2.1")]), policy=Policy(full_marks=None))["RM-01"]
    assert Result.of(appraisal).score is None
