"""Weighing: which circumstances act on an amount, and what they make of it, checked by hand."""

from decimal import Decimal
from typing import Any

import pytest

from cmappraisal import (
    Add,
    Assessed,
    Discretion,
    Multiply,
    Policy,
    Rounding,
    Rulebook,
    UnstatedUnit,
)
from cmappraisal.scoring.weighing import applied_rule, fitting, has_unstated_unit, rounded
from cmappraisal.standards import (
    Between,
    Cap,
    Circumstance,
    Clause,
    Consequence,
    Referral,
    SetTo,
    Unit,
    Waive,
)
from worked_cases import (
    DEFAULT,
    TEXT,
    book,
    facts_of,
    judge,
    question_of,
    rule,
    steps_of,
)

# Rule "a" deducts 5 a sale, with a loss 10; whoever finds it answers for half.
SALES = book(
    rule("1", 5, aggravated_by={"loss": SetTo(10)}),
    circumstances=["loss", "self-found"],
    clauses=[Clause("G", TEXT, citation="9", mitigated_by={"self-found": Multiply("0.5")})],
)


def test_the_worked_case_of_the_sales() -> None:
    facts = facts_of("1", quantity=3, circumstances=["loss", "self-found"])
    judgement = judge(facts, SALES)
    assert steps_of(judgement) == [("unit-raised", "10"), ("counted", "30"), ("mitigated", "15")]
    assert [str(step.change) for step in judgement.steps] == ["10", "20", "-15"]
    amount = question_of(facts, SALES).chosen[2]
    assert [amount.unit, amount.counted, amount.heavier, amount.lighter] == [10, 30, 30, 15]


def weighted(
    up: dict[str, Any] | None = None, down: dict[str, Any] | None = None, **fields: Any
) -> Rulebook:
    """A standard whose one rule deducts 8 and weighs circumstances."""
    up, down = up or {}, down or {}
    given = rule("1", fields.pop("points", 8), aggravated_by=up, mitigated_by=down, **fields)
    return book(given, circumstances=[*up, *down])


# What makes it heavier, what makes it lighter, the quantity, and the steps.
TABLE: dict[str, tuple[dict[str, Any], dict[str, Any], int, list[tuple[str, str]]]] = {
    "nothing": ({}, {}, 2, [("stated", "16")]),
    "another amount of one unit": (
        {"a": SetTo(20)},
        {},
        3,
        [("unit-raised", "20"), ("counted", "60")],
    ),
    "another amount below the stated one is raised to it": (
        {"a": SetTo(3)},
        {},
        2,
        [("unit-raised", "8"), ("counted", "16")],
    ),
    "a lighter amount above the stated one is lowered to it": (
        {},
        {"b": SetTo(30)},
        2,
        [("unit-lowered", "8"), ("counted", "16")],
    ),
    "a lighter amount": ({}, {"b": SetTo(2)}, 3, [("unit-lowered", "2"), ("counted", "6")]),
    "points are added once, whatever the quantity": (
        {"a": Add(3)},
        {},
        4,
        [("stated", "32"), ("aggravated", "35")],
    ),
    "points are multiplied": (
        {"a": Multiply("1.5")},
        {},
        4,
        [("stated", "32"), ("aggravated", "48")],
    ),
    "points are waived": ({}, {"b": Waive()}, 4, [("stated", "32"), ("waived", "0")]),
    "the heaviest acts": (
        {"a": Multiply(2), "b": Add(10), "c": SetTo(9)},
        {},
        1,
        [
            ("stated", "8"),
            ("aggravated", "18"),
            ("aggravation-outweighed", "18"),
            ("aggravation-outweighed", "18"),
        ],
    ),
    "which is the heaviest depends on the quantity": (
        {"a": Multiply(2), "b": Add(10), "c": SetTo(9)},
        {},
        2,
        [
            ("stated", "16"),
            ("aggravated", "32"),
            ("aggravation-outweighed", "32"),
            ("aggravation-outweighed", "32"),
        ],
    ),
    "another amount can be the heaviest": (
        {"a": Add(10), "b": SetTo(17)},
        {},
        2,
        [("unit-raised", "17"), ("counted", "34"), ("aggravation-outweighed", "34")],
    ),
    "the lightest acts": (
        {},
        {"a": Multiply("0.5"), "b": SetTo(3), "c": Multiply("0.25")},
        1,
        [
            ("stated", "8"),
            ("mitigated", "2"),
            ("mitigation-outweighed", "2"),
            ("mitigation-outweighed", "2"),
        ],
    ),
    "nothing is lighter than a waiver": (
        {},
        {"a": Multiply("0.5"), "b": Waive()},
        1,
        [("stated", "8"), ("waived", "0"), ("mitigation-outweighed", "0")],
    ),
    "a lighter one that leaves more is outweighed wherever it stands": (
        {},
        {"a": Waive(), "b": Multiply("0.5")},
        1,
        [("stated", "8"), ("waived", "0"), ("mitigation-outweighed", "0")],
    ),
    "heavier, then lighter": (
        {"a": Add(4)},
        {"b": Multiply("0.5")},
        1,
        [("stated", "8"), ("aggravated", "12"), ("mitigated", "6")],
    ),
    "an amount that is set is set again where it is lighter": (
        {"a": SetTo(20)},
        {"b": SetTo(5)},
        2,
        [("unit-raised", "20"), ("unit-lowered", "5"), ("counted", "10")],
    ),
    # With SetTo(1), Add(4) leaves 1 + 4; SetTo(20) leaves 1. The heavier is chosen by what is left.
    "the heavier is chosen by what is left after the lighter": (
        {"a": SetTo(20), "b": Add(4)},
        {"c": SetTo(1)},
        1,
        [
            ("unit-lowered", "1"),
            ("counted", "1"),
            ("aggravated", "5"),
            ("aggravation-outweighed", "5"),
        ],
    ),
    "of weights that leave as many points the first declared acts": (
        {"a": Add(8), "b": Multiply(2)},
        {},
        1,
        [("stated", "8"), ("aggravated", "16"), ("aggravation-outweighed", "16")],
    ),
}


@pytest.mark.parametrize(("up", "down", "quantity", "steps"), TABLE.values(), ids=list(TABLE))
def test_each_weight_makes_of_an_amount_what_a_person_would_write_down(
    up: dict[str, Any], down: dict[str, Any], quantity: int, steps: list[tuple[str, str]]
) -> None:
    facts = facts_of("1", quantity=quantity, circumstances=[*up, *down])
    assert steps_of(judge(facts, weighted(up, down))) == steps


def test_what_was_outweighed_is_named_with_its_circumstances() -> None:
    both = weighted({"a": Add(10), "b": Add(2)}, {"c": Multiply("0.5"), "d": Waive()})
    judgement = judge(facts_of("1", circumstances="abcd"), both)
    assert [(step.effect.value, step.circumstances) for step in judgement.steps] == [
        ("stated", ()),
        ("aggravated", ("a",)),
        ("aggravation-outweighed", ("b",)),
        ("waived", ("d",)),
        ("mitigation-outweighed", ("c",)),
    ]


def test_circumstances_with_one_weight_bring_it_together() -> None:
    same = weighted({"a": Multiply(2), "b": Multiply(2)})
    judgement = judge(facts_of("1", circumstances="ab"), same)
    assert [(step.effect.value, step.circumstances) for step in judgement.steps] == [
        ("stated", ()),
        ("aggravated", ("a", "b")),
    ]


FIRES = (
    Circumstance("smoke", TEXT),
    Circumstance("flame", TEXT, implies=["smoke"]),
    Circumstance("fire", TEXT, implies=["flame"]),
    Circumstance("blaze", TEXT, implies=["fire"]),
)


@pytest.mark.parametrize(("found", "points"), [("smoke", 3), ("flame", 6), ("blaze", 6)])
def test_a_circumstance_fits_from_any_implication_away_but_not_backwards(
    found: str, points: int
) -> None:
    fires = book(rule("1.1", 3, aggravated_by=["flame"]), circumstances=FIRES)
    assert judge(facts_of("1.1", circumstances=[found]), fires).points == points


@pytest.mark.parametrize(
    ("found", "steps"),
    [
        (["smoke"], [("stated", "3"), ("aggravated", "4")]),
        # A flame has its own weight and that of the smoke it implies.
        (["flame"], [("stated", "3"), ("aggravated", "9"), ("aggravation-outweighed", "9")]),
        (["blaze"], [("stated", "3"), ("aggravated", "9"), ("aggravation-outweighed", "9")]),
    ],
    ids=["smoke", "flame", "blaze"],
)
def test_what_a_circumstance_implies_brings_its_weight_too(
    found: list[str], steps: list[tuple[str, str]]
) -> None:
    weights = {"smoke": Add(1), "flame": Multiply(3)}
    fires = book(rule("1.1", 3, aggravated_by=weights), circumstances=FIRES)
    assert steps_of(judge(facts_of("1.1", circumstances=found), fires)) == steps


def test_the_circumstances_that_fit_come_in_the_rulebooks_order() -> None:
    fires = book(rule("1", 3), circumstances=FIRES)
    facts = facts_of("1", circumstances=["blaze", "flame", "smoke"])
    assert fitting(facts, frozenset({"flame"}), fires) == ("flame", "blaze")
    assert fitting(facts, frozenset(), fires) == ()
    assert fitting(facts_of("1"), frozenset({"flame"}), fires) == ()


# Rounding.

NUMBERS = ["7", "7.1", "7.25", "7.4999", "7.5", "7.75", "7.9999", "0"]
ROUNDED: dict[Rounding, list[str]] = {
    Rounding.HALF_UP: ["7", "7", "7.5", "7.5", "7.5", "8", "8", "0"],
    # Of the fourteenth and fifteenth half, 7 is the even one; of the fifteenth and sixteenth, 8.
    Rounding.HALF_EVEN: ["7", "7", "7", "7.5", "7.5", "8", "8", "0"],
    Rounding.UP: ["7", "7.5", "7.5", "7.5", "7.5", "8", "8", "0"],
    Rounding.DOWN: ["7", "7", "7", "7", "7.5", "7.5", "7.5", "0"],
}


@pytest.mark.parametrize("rounding", Rounding)
def test_points_are_rounded_to_halves(rounding: Rounding) -> None:
    policy = Policy(smallest_unit="0.5", rounding=rounding)
    found = [rounded(Decimal(number), policy) for number in NUMBERS]
    assert found == [Decimal(number) for number in ROUNDED[rounding]]
    assert [rounded(Decimal(number), DEFAULT) for number in NUMBERS] == list(map(Decimal, NUMBERS))


# 5 × 1.25 = 6.25, rounded; half of that, rounded again where it is no half.
EACH_WEIGHT: dict[Rounding, list[tuple[str, str]]] = {
    Rounding.HALF_UP: [
        *(("aggravation-rounded", "6.5"), ("mitigated", "3.25"), ("mitigation-rounded", "3.5")),
    ],
    Rounding.HALF_EVEN: [("aggravation-rounded", "6"), ("mitigated", "3")],
    Rounding.UP: [
        *(("aggravation-rounded", "6.5"), ("mitigated", "3.25"), ("mitigation-rounded", "3.5")),
    ],
    Rounding.DOWN: [("aggravation-rounded", "6"), ("mitigated", "3")],
}


@pytest.mark.parametrize("rounding", Rounding)
def test_each_weight_rounds_to_the_smallest_unit_and_says_so(rounding: Rounding) -> None:
    rulebook = weighted({"a": Multiply("1.25")}, {"b": Multiply("0.5")}, points=5)
    policy = Policy(smallest_unit="0.5", rounding=rounding)
    judgement = judge(facts_of("1", circumstances="ab"), rulebook, policy)
    before = [("stated", "5"), ("aggravated", "6.25")]
    assert steps_of(judgement) == [*before, *EACH_WEIGHT[rounding]]


def test_stated_points_that_are_no_multiple_are_rounded_without_any_weight() -> None:
    rulebook = weighted(points="2.2")
    judgement = judge(facts_of("1", quantity=3), rulebook, Policy(smallest_unit="0.5"))
    assert steps_of(judgement) == [("stated", "6.6"), ("aggravation-rounded", "6.5")]


def test_the_weight_is_chosen_by_the_rounded_points() -> None:
    # 8 × 1.01 and 8 + 0.4 both make 8.5 by halves upwards, so the first declared acts.
    rulebook = weighted({"a": Multiply("1.01"), "b": Add("0.4")})
    policy = Policy(smallest_unit="0.5", rounding=Rounding.UP)
    judgement = judge(facts_of("1", circumstances="ab"), rulebook, policy)
    assert [(step.effect.value, step.circumstances) for step in judgement.steps] == [
        ("stated", ()),
        ("aggravated", ("a",)),
        ("aggravation-rounded", ()),
        ("aggravation-outweighed", ("b",)),
    ]


# Amounts that an assessor sets.

RANGE = book(
    rule("1", Between(10, 20), aggravated_by={"a": Add(3), "set": Assessed(), "to": SetTo(15)}),
    rule("2", 10, discretionary=True, aggravated_by={"set": Assessed(), "to": SetTo(15)}),
    rule("3", Between(1, 4), Unit.UNSTATED),
    rule("4", Referral(to=["1", "3"])),
    rule("5", 10, aggravated_by={"a": Add(3), "set": Assessed()}),
    rule("6", Between(10, 20), mitigated_by={"a": SetTo(11)}, cap=Cap(30)),
    circumstances=["a", "set", "to"],
)
NOTE: dict[str, Any] = {"consequences": [Consequence("note", TEXT)]}
PER_OCCURRENCE = Policy(unstated_unit=UnstatedUnit.PER_OCCURRENCE)


@pytest.mark.parametrize(
    ("fields", "policy", "steps"),
    [
        (
            {"rule": "1", "assessed_points": 12, "quantity": 3},
            DEFAULT,
            [("unit-assessed", "12"), ("counted", "36")],
        ),
        (
            {"rule": "1", "assessed_points": 10},
            DEFAULT,
            [("unit-assessed", "10"), ("counted", "10")],
        ),
        (
            {"rule": "1", "assessed_points": 20},
            DEFAULT,
            [("unit-assessed", "20"), ("counted", "20")],
        ),
        (
            {"rule": "1", "assessed_points": 12, "quantity": 3, "circumstances": ["a"]},
            DEFAULT,
            [("unit-assessed", "12"), ("counted", "36"), ("aggravated", "39")],
        ),
        (
            {"rule": "1", "assessed_points": 12, "quantity": 3, "circumstances": ["to"]},
            DEFAULT,
            [("unit-assessed", "12"), ("unit-raised", "15"), ("counted", "45")],
        ),
        # A circumstance that lets the assessor set the whole asks for no amount within the range.
        (
            {"rule": "1", "assessed_points": 50, "quantity": 3, "circumstances": ["set"]},
            DEFAULT,
            [("stated", "30"), ("aggravated", "50")],
        ),
        (
            {"rule": "2", "assessed_points": 12, "circumstances": ["to"]},
            DEFAULT,
            [("unit-raised", "15"), ("counted", "15"), ("assessed", "12")],
        ),
        (
            {"rule": "2", "circumstances": ["to"]},
            Policy(discretion=Discretion.STATED_ONLY),
            [("unit-raised", "15"), ("counted", "15")],
        ),
        (
            {"rule": "3", "assessed_points": 3, "quantity": 5},
            DEFAULT,
            [("unit-assessed", "3"), ("unit-assumed", "3")],
        ),
        (
            {"rule": "3", "assessed_points": 3, "quantity": 5},
            PER_OCCURRENCE,
            [("unit-assessed", "3"), ("unit-assumed", "15")],
        ),
        (
            {"rule": "4", "refers_to": "1", "assessed_points": 12, "quantity": 2},
            DEFAULT,
            [("referred", "0"), ("unit-assessed", "12"), ("counted", "24")],
        ),
        # Of an amount that the assessor sets and points that are added the heavier acts.
        (
            {"rule": "5", "assessed_points": 11, "circumstances": ["a", "set"]},
            DEFAULT,
            [("stated", "10"), ("aggravated", "13"), ("aggravation-outweighed", "13")],
        ),
        (
            {"rule": "6", "assessed_points": 12, "quantity": 3, "circumstances": ["a"]},
            DEFAULT,
            [("unit-assessed", "12"), ("unit-lowered", "11"), ("counted", "33"), ("capped", "30")],
        ),
    ],
    ids=[
        *("within a range", "the least", "the most", "added", "raised", "set as a whole"),
        *("discretion", "no discretion", "no unit", "each occurrence", "referred", "both"),
        "lowered and capped",
    ],
)
def test_an_amount_that_the_assessor_set_is_weighed(
    fields: dict[str, Any], policy: Policy, steps: list[tuple[str, str]]
) -> None:
    assert steps_of(judge(facts_of(**fields), RANGE, policy)) == steps


@pytest.mark.parametrize(
    ("fields", "most"),
    [
        ({"rule": "1", "assessed_points": 12, "quantity": 2}, 40),
        ({"rule": "1", "assessed_points": 12, "circumstances": ["a"]}, 23),
        ({"rule": "2", "assessed_points": 1}, 10),
        ({"rule": "2", "circumstances": ["to"], "quantity": 2}, 30),
        ({"rule": "3", "assessed_points": 1, "quantity": 9}, 4),
        ({"rule": "6", "assessed_points": 12, "quantity": 9}, 30),
        ({"rule": "6", "assessed_points": 12, "circumstances": ["a"]}, 11),
    ],
    ids=["a range", "added", "discretion", "raised", "no unit", "capped", "lowered"],
)
def test_the_most_that_a_rule_can_deduct_is_known_whatever_an_assessor_set(
    fields: dict[str, Any], most: int
) -> None:
    assert question_of(facts_of(**fields), RANGE).most == most


def test_the_rule_applied_is_the_one_that_is_referred_to() -> None:
    assert applied_rule(facts_of("4", refers_to="3"), RANGE) is RANGE["3"]
    assert applied_rule(facts_of("3"), RANGE) is RANGE["3"]
    question = question_of(facts_of("4", refers_to="3"), RANGE)
    assert (question.recorded, question.rule) == (RANGE["4"], RANGE["3"])
    assert question.rulebook is RANGE
    assert question.policy == DEFAULT


def test_only_a_deduction_can_lack_a_unit() -> None:
    assert [id for id in RANGE if has_unstated_unit(RANGE[id])] == ["3"]


def test_what_deducts_nothing_has_nothing_stated() -> None:
    question = question_of(
        facts_of("1", quantity=4), book(rule("1", consequences=["note"]), **NOTE)
    )
    assert [question.stated, question.most, question.count] == [0, 0, 4]
    assert not question.is_range
    assert not question.is_discretionary
