"""Sensitivities: every choice of the policy, one at a time, worked by hand."""

from datetime import date
from decimal import Decimal
from typing import Any, get_type_hints

import attrs
import pytest

from cmappraisal import (
    ERROR_POINTS,
    Add,
    Assessed,
    Concurrence,
    Edition,
    Editions,
    FieldError,
    Grade,
    Ledger,
    Multiply,
    PendingAppeals,
    Policy,
    RevokedResult,
    Rounding,
    ScoringError,
    UnstatedUnit,
)
from cmappraisal.comparison import Alternative, Attempt, Result, Sensitivity, Situation, sensitivity
from cmappraisal.errors import MAXIMUM_PROBLEMS, ProblemCode
from cmappraisal.policy import is_of_account
from cmappraisal.standards import Clause, Waive
from cmappraisal.texts import Choice
from worked_cases import NOON, TEXT, YEAR, book, found, i, ledger_of, rule

GRADES = (Grade("A", at_least=85, below=None), Grade("B", at_least=0, below=85))
# Recorded in the period too, whichever day counts.
RECORDED: dict[str, Any] = {"recorded_on": date(2025, 3, 4)}
LEDGER = ledger_of(
    [
        i("a", "3.2b", circumstances=["risk"], **RECORDED),
        i("b", "3.4", **RECORDED),
        found("c", "2.1", **RECORDED),
    ]
)
SITUATION = Situation(
    LEDGER, ERROR_POINTS, period=YEAR, manager="RM-01", policy=Policy(grades=GRADES)
)


def table(of: tuple[Alternative, ...]) -> list[tuple[str, Any, str, str | None]]:
    """What alternatives come to: field, choice, points and grade."""
    return [
        (each.field, each.choice, str(each.attempt.result.points), each.attempt.result.grade)
        for each in of
        if each.attempt.result is not None
    ]


def problems_of(of: Sensitivity) -> list[tuple[str, Any, str]]:
    return [
        (each.field, each.choice, str(each.attempt.problems[0]))
        for each in of.alternatives
        if each.attempt.result is None
    ]


def test_each_choice_and_each_factor_is_tried_alone() -> None:
    found_ = sensitivity(SITUATION, {"aggravation": [Multiply(1), Add(70)], "full_marks": [90]})
    assert found_.baseline == Result.of(SITUATION)
    assert (found_.manager, found_.period, found_.answered) == ("RM-01", YEAR, ())
    assert table(found_.deciding) == [
        ("aggravation", Multiply(1), "11", "A"),
        ("aggravation", Add(70), "81", "B"),
        ("concurrence", Concurrence.CUMULATIVE, "31", "B"),
        ("full_marks", Decimal(90), "21", "B"),
    ]


def test_every_choice_of_every_finite_field_is_tried_but_the_present_one() -> None:
    found_ = sensitivity(SITUATION)
    expected = [
        (name, choice)
        for name, kind in get_type_hints(Policy).items()
        if isinstance(kind, type) and issubclass(kind, Choice) and not is_of_account(name)
        for choice in kind
        if choice is not getattr(SITUATION.policy, name)
    ]
    assert [(each.field, each.choice) for each in found_.alternatives] == expected
    assert ("pending_appeals", PendingAppeals.SUSPEND) in expected
    assert len(expected) > len(attrs.fields(Policy)) / 3


def test_a_value_is_tried_once_however_it_is_written_and_the_present_one_is_not() -> None:
    factors: dict[str, Any] = {
        "concurrence": ["cumulative", Concurrence.CUMULATIVE, "highest"],
        "full_marks": ["80", 80, Decimal(100)],
        "aggravation": [Multiply(2)],
    }
    tried = [(each.field, each.choice) for each in sensitivity(SITUATION, factors).alternatives]
    assert len(tried) == len(set(tried))
    assert ("full_marks", Decimal(80)) in tried
    assert ("full_marks", Decimal(100)) not in tried
    assert not [choice for name, choice in tried if name == "aggravation"]
    names = [name for name, _ in tried]
    assert names == sorted(names, key=list(attrs.fields_dict(Policy)).index)


def test_a_choice_that_revokes_or_shows_another_result_decides() -> None:
    situation = attrs.evolve(SITUATION, ledger=ledger_of([found("a", "1.5", **RECORDED)]))
    assert table(sensitivity(situation).deciding) == [
        ("revoked_result", RevokedResult.LOWEST, "0", "B"),
        ("revoked_result", RevokedResult.AS_SCORED, "0", "A"),
    ]


def test_an_open_appeal_decides_by_what_the_policy_makes_of_it() -> None:
    situation = attrs.evolve(SITUATION, ledger=LEDGER.appeal("a", at=NOON, grounds="no risk"))
    assert ("pending_appeals", PendingAppeals.SUSPEND, "11", "A") in table(
        sensitivity(situation).deciding
    )


def test_nothing_decides_where_nothing_happened() -> None:
    assert sensitivity(attrs.evolve(SITUATION, ledger=Ledger())).deciding == ()


# What cannot be chosen.


def test_a_choice_that_contradicts_the_policy_is_listed_with_what_is_wrong() -> None:
    endless = (Grade("A", at_least=85, below=None), Grade("B", at_least=None, below=85))
    situation = attrs.evolve(SITUATION, policy=Policy(grades=endless, floor=None))
    found_ = sensitivity(situation, {"full_marks": [None], "floor": [200]})
    assert [(name, choice) for name, choice, _ in problems_of(found_)] == [
        ("full_marks", None),
        ("floor", Decimal(200)),
        ("revoked_result", RevokedResult.LOWEST),
    ]
    assert problems_of(found_)[2][2].startswith("$.revoked_result: the lowest score is asked for")
    assert len(found_.deciding) == len(table(found_.deciding))


def test_a_choice_under_which_a_violation_cannot_be_scored_is_listed_with_what_is_wrong() -> None:
    found_ = sensitivity(SITUATION, {"aggravation": [Assessed()]})
    ((name, choice, problem),) = problems_of(found_)
    assert (name, choice) == ("aggravation", Assessed())
    assert problem.startswith('$["a"].assessed_points: assessed_points is missing')


def test_what_cannot_be_scored_as_it_is_is_an_error() -> None:
    faulty = attrs.evolve(SITUATION, ledger=ledger_of([found("a", "9.9")]))
    with pytest.raises(ScoringError):
        sensitivity(faulty)


# What is not asked.

ANSWERING = Clause("G", TEXT, citation="9", answers={"rounding": "down", "smallest_unit": 1})


def editions(second: Policy | None = None, *, both: bool = False) -> Editions:
    return Editions(
        [
            Edition(book(rule("1", 5), clauses=[ANSWERING]), last=date(2025, 3, 1)),
            Edition(
                book(rule("1", 5), clauses=[ANSWERING] if both else (), edition="2"),
                date(2025, 3, 2),
                policy=second,
            ),
        ]
    )


def asked(situation: Situation, **factors: Any) -> tuple[tuple[str, ...], set[str]]:
    found_ = sensitivity(situation, factors)
    return found_.answered, {each.field for each in found_.alternatives}


@pytest.mark.parametrize(
    ("standard", "answered"),
    [
        (book(rule("1", 5), clauses=[ANSWERING]), ("rounding",)),
        (editions(both=True), ("rounding",)),
        (editions(), ()),
        # Its own policy answers what is about one act, and nothing else.
        (editions(Policy()), ("rounding",)),
    ],
)
def test_a_field_that_every_edition_answers_is_not_asked(standard: Any, answered: Any) -> None:
    situation = Situation(ledger_of([found("a", "1")]), standard, period=YEAR, manager="RM-01")
    not_asked, fields = asked(situation)
    assert not_asked == answered
    assert ("rounding" in fields) is (not answered)
    assert {"concurrence", "unstated_unit"} <= fields


def test_a_factor_of_a_field_that_is_answered_is_not_asked_either() -> None:
    standard = book(rule("1", 5), clauses=[ANSWERING])
    situation = Situation(Ledger(), standard, period=YEAR, manager="RM-01")
    not_asked, fields = asked(situation, smallest_unit=["0.5"], mitigation=[Waive()])
    assert not_asked == ("smallest_unit", "rounding")
    assert "smallest_unit" not in fields
    assert "mitigation" in fields


# What is no factor.


@pytest.mark.parametrize("factors", [5, None, ["aggravation"], {"sense": [1]}, {1: [1]}])
def test_factors_are_values_of_fields(factors: Any) -> None:
    with pytest.raises(FieldError, match=r"sensitivity: factors is .*; allowed: a mapping from"):
        sensitivity(SITUATION, factors)


@pytest.mark.parametrize("values", [5, "highest", {1, 2}, {1: 2}])
def test_the_values_of_a_field_are_a_list(values: Any) -> None:
    with pytest.raises(FieldError, match=r"factors\.concurrence is .*; allowed: a list"):
        sensitivity(SITUATION, {"concurrence": values})


def test_every_value_that_a_field_does_not_take_is_reported() -> None:
    factors: dict[str, Any] = {"concurrence": ["highest", "sense"], "floor": [0.5], "grades": [[]]}
    with pytest.raises(FieldError) as caught:
        sensitivity(SITUATION, factors)
    assert [(each.path, each.code) for each in caught.value.problems] == [
        ("$.factors.concurrence[1]", ProblemCode.NOT_ALLOWED),
        ("$.factors.floor[0]", ProblemCode.NOT_ALLOWED),
    ]
    assert "'sense'; allowed: Concurrence.HIGHEST or" in str(caught.value)
    with pytest.raises(FieldError) as caught:
        sensitivity(SITUATION, {"floor": ["low"] * (MAXIMUM_PROBLEMS + 3)})
    assert (len(caught.value.problems), caught.value.more) == (MAXIMUM_PROBLEMS, 3)


def test_what_is_no_situation_is_rejected() -> None:
    with pytest.raises(FieldError, match="situation is 5; allowed: a Situation"):
        sensitivity(5)  # type: ignore[arg-type]


# The values themselves.

ATTEMPT = Attempt(Result.of(SITUATION))


def test_an_alternative_takes_what_the_field_takes() -> None:
    alternative = Alternative({"floor": "1.50"}, ATTEMPT)
    assert (alternative.field, alternative.choice) == ("floor", Decimal("1.5"))
    rounding = Alternative({"rounding": "up"}, ATTEMPT)
    assert rounding.choice is Rounding.UP
    assert hash(rounding) == hash(attrs.evolve(rounding))


@pytest.mark.parametrize(
    "answers",
    [
        *({}, 5, None, ["floor"]),
        {"sense": 1},
        {"floor": 0.5},
        {"floor": 0, "full_marks": 100},
        {"unstated_unit": UnstatedUnit},
    ],
)
def test_an_alternative_answers_one_field(answers: Any) -> None:
    with pytest.raises(FieldError, match=r"answers is .*; allowed: a mapping from one field"):
        Alternative(answers, ATTEMPT)


@pytest.mark.parametrize(
    ("fields", "allowed"),
    [
        ({"baseline": 5}, "a Result"),
        ({"alternatives": [5]}, "a list of Alternative"),
        ({"answered": ["sense"]}, "fields of Policy: aggravation"),
        ({"answered": 5}, "a list of fields of Policy"),
        ({"manager": ""}, "a non-empty string"),
        ({"period": 5}, "a Period"),
    ],
)
def test_a_sensitivity_of_other_values_is_rejected(fields: Any, allowed: str) -> None:
    with pytest.raises(FieldError, match=f"allowed: {allowed}"):
        attrs.evolve(sensitivity(SITUATION), **fields)
    with pytest.raises(FieldError, match="an Attempt"):
        Alternative({"floor": 0}, 5)  # type: ignore[arg-type]
