"""Results: a few values of an appraisal, its verdict, and what could not be scored."""

from decimal import Decimal
from typing import Any

import attrs
import pytest

from cmappraisal import ERROR_POINTS, FieldError, Policy, Problem
from cmappraisal.comparison import VERDICT, Attempt, Result, Situation
from cmappraisal.comparison.results import attempted
from cmappraisal.errors import ProblemCode
from cmappraisal.standards import Status
from worked_cases import YEAR, found, ledger_of

ZERO = Decimal(0)
RESULT = Result(Decimal(3), awards=ZERO, score=Decimal(97), grade="A")
PROBLEM = Problem("$.floor", ProblemCode.CONTRADICTION, "too high")


def test_a_result_has_the_values_of_the_appraisal() -> None:
    ledger = ledger_of([found("V-1", "2.1", quantity=3), found("V-2", "1.5")])
    situation = Situation(ledger, ERROR_POINTS, period=YEAR, manager="RM-01")
    expected = Result(
        Decimal(3),
        awards=ZERO,
        score=None,
        grade=None,
        status=Status.REVOKED,
        consequences=["revoked"],
    )
    assert Result.of(situation) == Result.of(situation, situation.appraisal()) == expected


def test_the_verdict_is_what_the_table_says() -> None:
    assert VERDICT == ("grade", "status", "consequences")
    assert RESULT.verdict == ("A", Status.QUALIFIED, ())
    assert set(VERDICT) <= set(attrs.fields_dict(Result))


@pytest.mark.parametrize(
    ("other", "names"),
    [
        ({}, ()),
        ({"points": Decimal(4)}, ("points",)),
        ({"awards": Decimal(1)}, ("awards",)),
        ({"score": None, "grade": None}, ("score", "grade")),
        ({"status": "revoked", "points": ZERO}, ("points", "status")),
        ({"consequences": ["talk"]}, ("consequences",)),
    ],
)
def test_changes_are_named_in_the_order_of_the_fields(other: Any, names: Any) -> None:
    changed = attrs.evolve(RESULT, **other)
    assert RESULT.changes(changed) == changed.changes(RESULT) == names


def test_a_result_is_compared_with_another() -> None:
    with pytest.raises(FieldError) as caught:
        RESULT.changes(5)  # type: ignore[arg-type]
    assert str(caught.value) == "Result.changes: other is 5; allowed: a Result"


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
    fits = Situation(ledger_of([found("V-1", "2.1")]), ERROR_POINTS, period=YEAR, manager="RM-01")
    unfit = attrs.evolve(fits, ledger=ledger_of([found("V-1", "9.9")]))
    assert attempted(fits) == Attempt(Result.of(fits))
    (problem,) = attempted(unfit).problems
    assert problem.code is ProblemCode.UNKNOWN_ID


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("points", 3),
        ("awards", None),
        ("score", "97"),
        ("grade", ""),
        ("status", 1),
        ("consequences", 3),
    ],
)
def test_a_result_of_other_values_is_rejected(name: str, value: Any) -> None:
    with pytest.raises(FieldError, match=f"Result: {name} is "):
        attrs.evolve(RESULT, **{name: value})


def test_a_policy_without_full_marks_makes_no_score() -> None:
    ledger, without = ledger_of([found("V-1", "2.1")]), Policy(full_marks=None)
    situation = Situation(ledger, ERROR_POINTS, period=YEAR, manager="RM-01", policy=without)
    assert Result.of(situation).score is None
