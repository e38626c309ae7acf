"""Flaws: what keeps a violation from being judged, with the remedy of each."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from cmappraisal import (
    ERROR_POINTS,
    Add,
    Assessed,
    Discretion,
    Edition,
    Editions,
    Facts,
    Multiply,
    Policy,
    ProblemCode,
    Reconsideration,
    UnstatedUnit,
)
from cmappraisal.points import MAXIMUM_ASSESSED
from cmappraisal.scoring.flaws import (
    is_ahead,
    most_decided,
    no_edition,
    problems_of,
    problems_of_days,
)
from cmappraisal.standards import (
    Between,
    Cap,
    Circumstance,
    Clause,
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
    found,
    judge,
    messages_of,
    question_of,
    rule,
    terms_of,
)

SEVERE = ["severe-effect"]
ASSESSED = Policy(aggravation=Assessed())
PER_OCCURRENCE = Policy(unstated_unit=UnstatedUnit.PER_OCCURRENCE)
ONCE_A_PERIOD = Policy(unstated_unit=UnstatedUnit.ONCE_A_PERIOD)


# Rules, circumstances, referrals, amounts.


FAULTS: list[tuple[str, dict[str, Any], Policy, list[str]]] = [
    (
        "3.99",
        {},
        Policy(),
        ['rule "3.99" is not in rulebook "error-points 1.0"; did you mean "3.9"?'],
    ),
    (
        "hello",
        {},
        Policy(),
        ['rule "hello" is not in rulebook "error-points 1.0"; name a rule of that rulebook'],
    ),
    (
        "2.1",
        {"circumstances": ["risks", "press"]},
        Policy(),
        [
            'circumstance "press" is not in rulebook "error-points 1.0"; allowed: risk, '
            "adverse-effect, severe-effect, egregious, serious, asset-deterioration",
            'circumstance "risks" is not in rulebook "error-points 1.0"; did you mean "risk"?',
        ],
    ),
    (
        "3.15",
        {},
        Policy(),
        [
            'refers_to is missing, but rule "3.15" refers to another rule; name the one that '
            "applies: 3.1a, 3.1b, 3.2a, 3.2b, 3.3, 3.4, 3.5a, 3.5b, 3.6, 3.7, 3.8, 3.9, 3.10, "
            "3.11a, 3.11b, 3.12, 3.13, 3.14"
        ],
    ),
    (
        "3.16a",
        {"refers_to": "3.16b"},
        Policy(),
        [
            'refers_to is "3.16b", but rule "3.16a" refers to another rule; name the one that '
            "applies: 3.1a, 3.1b, 3.2a, 3.2b, 3.3, 3.4, 3.5a, 3.5b, 3.6, 3.7, 3.8, 3.9, 3.10, "
            "3.11a, 3.11b, 3.12, 3.13, 3.14"
        ],
    ),
    (
        "2.1",
        {"refers_to": "3.9"},
        Policy(),
        [
            'refers_to is "3.9", but rule "2.1" refers to no other rule; leave refers_to out, or '
            "record the violation under a rule that refers"
        ],
    ),
    (
        "2.1",
        {"assessed_points": 1},
        Policy(),
        [
            'assessed_points is 1, but neither rule "2.1" nor the policy (aggravation, discretion) '
            "leaves a choice here; leave assessed_points out"
        ],
    ),
    (
        "1.5",
        {"assessed_points": 0},
        Policy(),
        [
            'assessed_points is 0, but neither rule "1.5" nor the policy (aggravation, discretion) '
            "leaves a choice here; leave assessed_points out"
        ],
    ),
    (
        "1.4",
        {"assessed_points": 5},
        Policy(discretion=Discretion.STATED_ONLY),
        [
            'assessed_points is 5, but neither rule "1.4" nor the policy (aggravation, discretion) '
            "leaves a choice here; leave assessed_points out"
        ],
    ),
    (
        "1.4",
        {"assessed_points": "20.5", "quantity": 2},
        Policy(),
        [
            'assessed_points is 20.5, above what rule "1.4" states for this quantity; '
            "give 0 to 20 points"
        ],
    ),
    (
        "3.2b",
        {"circumstances": ["risk"]},
        ASSESSED,
        [
            "assessed_points is missing, but the circumstances aggravate, and an aggravated "
            "deduction takes the assessor's amount (aggravation); give at least 10 points"
        ],
    ),
    (
        "3.2b",
        {"circumstances": ["risk"], "quantity": 2, "assessed_points": "19.9999"},
        ASSESSED,
        ["assessed_points is 19.9999, below the points unaggravated; give at least 20 points"],
    ),
    (
        "3.2b",
        {"assessed_points": 10},
        ASSESSED,
        [
            'assessed_points is 10, but neither rule "3.2b" nor the policy (aggravation, '
            "discretion) leaves a choice here; leave assessed_points out"
        ],
    ),
    (
        "3.15",
        {"refers_to": "3.2b", "circumstances": ["risk"], "quantity": 3},
        ASSESSED,
        [
            "assessed_points is missing, but the circumstances aggravate, and an aggravated "
            "deduction takes the assessor's amount (aggravation); give at least 30 points"
        ],
    ),
    (
        "1.4",
        {"circumstances": SEVERE, "assessed_points": 6},
        ASSESSED,
        ["assessed_points is 6, below the points unaggravated; give at least 10 points"],
    ),
    (
        "1.4",
        {"circumstances": SEVERE, "assessed_points": 14},
        Policy(),
        [
            'assessed_points is 14, above what rule "1.4" states for this quantity; '
            "give 0 to 10 points"
        ],
    ),
    (
        "2.1",
        {"circumstances": ["risks"], "refers_to": "3.9", "assessed_points": 1},
        Policy(),
        [
            'circumstance "risks" is not in rulebook "error-points 1.0"; did you mean "risk"?',
            'refers_to is "3.9", but rule "2.1" refers to no other rule; leave refers_to out, or '
            "record the violation under a rule that refers",
        ],
    ),
    # What the amount may be depends on the circumstances, so those are mended first.
    (
        "3.2b",
        {"circumstances": ["risks"], "assessed_points": 12},
        ASSESSED,
        ['circumstance "risks" is not in rulebook "error-points 1.0"; did you mean "risk"?'],
    ),
    (
        "3.99",
        {"circumstances": ["risks"]},
        Policy(),
        [
            'circumstance "risks" is not in rulebook "error-points 1.0"; did you mean "risk"?',
            'rule "3.99" is not in rulebook "error-points 1.0"; did you mean "3.9"?',
        ],
    ),
]


@pytest.mark.parametrize(("rule", "fields", "policy", "messages"), FAULTS)
def test_what_cannot_be_judged_is_reported_with_its_remedy(
    rule: str, fields: dict[str, Any], policy: Policy, messages: list[str]
) -> None:
    assert messages_of(facts_of(rule, **fields), ERROR_POINTS, policy) == messages


def test_a_problem_has_its_field_and_its_code() -> None:
    wrong = [
        (facts_of("3.99"), DEFAULT),
        (facts_of("2.1", circumstances=["risks"]), DEFAULT),
        (facts_of("3.15"), DEFAULT),
        (facts_of("3.15", refers_to="4.3"), DEFAULT),
        (facts_of("2.1", refers_to="3.9"), DEFAULT),
        (facts_of("2.1", assessed_points=1), DEFAULT),
        (facts_of("1.4", assessed_points=11), DEFAULT),
        (facts_of("3.2b", circumstances=["risk"]), ASSESSED),
        (facts_of("3.2b", circumstances=["risk"], assessed_points=1), ASSESSED),
    ]
    found = [
        (problem.path, problem.code.value)
        for facts, policy in wrong
        for problem in problems_of(facts, terms_of(policy=policy))
    ]
    assert found == [
        ("$.rule", "unknown-id"),
        ("$.circumstances", "unknown-id"),
        ("$.refers_to", "missing"),
        ("$.refers_to", "not-allowed"),
        ("$.refers_to", "without-effect"),
        ("$.assessed_points", "without-effect"),
        ("$.assessed_points", "not-allowed"),
        ("$.assessed_points", "missing"),
        ("$.assessed_points", "not-allowed"),
    ]


def test_without_remedies_nothing_is_searched_for() -> None:
    facts = facts_of("3.99", circumstances=["risks"])
    for problem in problems_of(facts, terms_of(), remedies=False):
        assert "did you mean" not in problem.message
    with_remedies = [problem.path for problem in problems_of(facts, terms_of())]
    assert with_remedies == ["$.circumstances", "$.rule"]


def test_the_id_that_was_meant_is_named_only_where_no_other_can_be() -> None:
    assert messages_of(facts_of("3.1"), ERROR_POINTS, DEFAULT) == [
        'rule "3.1" is not in rulebook "error-points 1.0"; name a rule of that rulebook'
    ]


def test_without_remedies_what_is_allowed_is_said() -> None:
    facts = facts_of("3.99", circumstances=["risks"])
    declared = ", ".join(circumstance.id for circumstance in ERROR_POINTS.circumstances)
    found = problems_of(facts, terms_of(), remedies=False)
    assert [problem.message for problem in found] == [
        f'circumstance "risks" is not in rulebook "error-points 1.0"; allowed: {declared}',
        'rule "3.99" is not in rulebook "error-points 1.0"; name a rule of that rulebook',
    ]


# A standard that leaves open both the unit and the amount, and refers to that.
OPEN = book(
    rule("1.1", "2.5", Unit.UNSTATED, discretionary=True),
    rule("1.2", Referral(to=["1.1"])),
)


@pytest.mark.parametrize("fields", [{"rule": "1.1"}, {"rule": "1.2", "refers_to": "1.1"}])
@pytest.mark.parametrize(
    ("policy", "bound"), [(DEFAULT, "2.5"), (ONCE_A_PERIOD, "2.5"), (PER_OCCURRENCE, "7.5")]
)
def test_the_bound_of_discretion_counts_the_units_that_the_policy_counts(
    policy: Policy, bound: str, fields: dict[str, Any]
) -> None:
    def assessed(points: str) -> Facts:
        return facts_of(quantity=3, assessed_points=points, **fields)

    assert judge(assessed(bound), OPEN, policy).points == Decimal(bound)
    assert messages_of(assessed(f"{bound}001"), OPEN, policy) == [
        f'assessed_points is {bound}001, above what rule "1.1" states for this quantity; '
        f"give 0 to {bound} points"
    ]


def test_a_standard_without_circumstances_says_that_none_is_allowed() -> None:
    assert messages_of(facts_of("1.1", circumstances=["risk"]), OPEN, DEFAULT) == [
        'circumstance "risk" is not in rulebook "own 1"; allowed: none'
    ]
