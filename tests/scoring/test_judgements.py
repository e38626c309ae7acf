"""Judgements: what one violation deducts individually, step by step."""

from decimal import Decimal
from typing import Any

import pytest

from cmappraisal import (
    ERROR_POINTS,
    Add,
    Assessed,
    Assumption,
    Discretion,
    Multiply,
    PendingAppeals,
    Policy,
    Provision,
    Reason,
    Rule,
    Rulebook,
    Text,
    UnstatedUnit,
)
from cmappraisal.scoring import Facts, Judgement, Pipeline
from cmappraisal.scoring.judgements import problems_of
from cmappraisal.scoring.steps import Stage
from cmappraisal.standards import Circumstance, Citation, Deduction, Part, Referral, Unit

DEFAULT = Policy()


def facts_of(rule: str, **fields: Any) -> Facts:
    """Facts written as people write them."""
    circumstances = frozenset(fields.pop("circumstances", ()))
    assessed = fields.pop("assessed_points", None)
    points = None if assessed is None else Decimal(assessed)
    return Facts(rule, circumstances=circumstances, assessed_points=points, **fields)


def judge(facts: Facts, rulebook: Rulebook, policy: Policy) -> Judgement:
    assert list(problems_of(facts, rulebook, policy)) == []
    return Pipeline.of(rulebook, policy).judge(facts)


def judged(rule: str, policy: Policy = DEFAULT, appealed: bool = False, **fields: Any) -> Judgement:
    return judge(facts_of(rule, under_appeal=appealed, **fields), ERROR_POINTS, policy)


def problems(facts: Facts, rulebook: Rulebook, policy: Policy) -> list[str]:
    return [problem.message for problem in problems_of(facts, rulebook, policy)]


def provision(rule: str, field: str) -> Provision:
    return Provision(rule, field, edition="1.0")


def steps_of(judgement: Judgement) -> list[tuple[str, str]]:
    return [(step.effect.value, str(step.points)) for step in judgement.steps]


SEVERE = ["severe-effect"]
ASSESSED = Policy(aggravation=Assessed())
PER_OCCURRENCE = Policy(unstated_unit=UnstatedUnit.PER_OCCURRENCE)
ONCE_A_PERIOD = Policy(unstated_unit=UnstatedUnit.ONCE_A_PERIOD)

LENDING = (
    *("3.1a", "3.1b", "3.2a", "3.2b", "3.3", "3.4", "3.5a", "3.5b", "3.6"),
    *("3.7", "3.8", "3.9", "3.10", "3.11a", "3.11b", "3.12", "3.13", "3.14"),
)

# What a person with the standard in hand would write down: rule, facts, policy, steps.
TABLE: list[tuple[str, dict[str, Any], Policy, list[tuple[str, str]]]] = [
    ("2.1", {}, Policy(), [("stated", "1")]),
    ("2.3", {"quantity": 4}, Policy(), [("stated", "8")]),
    ("4.1b", {"quantity": 3}, Policy(), [("stated", "60")]),
    ("3.2b", {"circumstances": ["risk"]}, Policy(), [("stated", "10"), ("aggravated", "20")]),
    (
        "3.2b",
        {"circumstances": ["risk"], "quantity": 3},
        Policy(aggravation=Multiply("1.5")),
        [("stated", "30"), ("aggravated", "45")],
    ),
    (
        "3.2b",
        {"circumstances": ["risk"], "quantity": 3},
        Policy(aggravation=Add("2.5")),
        [("stated", "30"), ("aggravated", "32.5")],
    ),
    (
        "3.2b",
        {"circumstances": ["risk"], "assessed_points": "17.5"},
        ASSESSED,
        [("stated", "10"), ("aggravated", "17.5")],
    ),
    (
        "3.2b",
        {"circumstances": ["risk"], "assessed_points": 10},
        ASSESSED,
        [("stated", "10"), ("aggravated", "10")],
    ),
    # Once, however many circumstances fit.
    (
        "1.1",
        {"circumstances": ["risk", "adverse-effect"]},
        Policy(),
        [("stated", "10"), ("aggravated", "20")],
    ),
    # A severe effect is an adverse one too; an adverse one is not severe.
    ("1.1", {"circumstances": SEVERE}, Policy(), [("stated", "10"), ("aggravated", "20")]),
    ("1.3", {"circumstances": SEVERE}, Policy(), [("stated", "5"), ("aggravated", "10")]),
    (
        "1.3",
        {"circumstances": ["adverse-effect"]},
        Policy(),
        [("stated", "5"), ("no-effect", "5")],
    ),
    # A fact that the rule does not ask for.
    ("1.2", {"circumstances": ["risk"]}, Policy(), [("stated", "10"), ("no-effect", "10")]),
    ("3.9", {"circumstances": ["risk"]}, Policy(), [("stated", "2"), ("no-effect", "2")]),
    (
        "1.1",
        {"circumstances": ["risk", "serious", "egregious"]},
        Policy(),
        [("stated", "10"), ("aggravated", "20"), ("no-effect", "20"), ("revoked", "20")],
    ),
    # No unit stated.
    ("1.7b", {"quantity": 3}, Policy(), [("unit-assumed", "20")]),
    ("1.7b", {"quantity": 3}, PER_OCCURRENCE, [("unit-assumed", "60")]),
    ("1.7b", {"quantity": 3}, ONCE_A_PERIOD, [("unit-assumed", "20")]),
    (
        "3.17a",
        {"quantity": 3, "circumstances": ["risk"]},
        PER_OCCURRENCE,
        [("unit-assumed", "3"), ("aggravated", "6")],
    ),
    ("3.14", {"circumstances": ["serious"]}, Policy(), [("unit-assumed", "30"), ("revoked", "30")]),
    # Discretion.
    ("1.4", {}, Policy(), [("stated", "10")]),
    ("1.4", {"assessed_points": 6}, Policy(), [("stated", "10"), ("assessed", "6")]),
    ("1.4", {"assessed_points": 0}, Policy(), [("stated", "10"), ("assessed", "0")]),
    (
        "1.4",
        {"assessed_points": 25, "quantity": 3},
        Policy(),
        [("stated", "30"), ("assessed", "25")],
    ),
    (
        "1.4",
        {"assessed_points": 6, "circumstances": SEVERE},
        Policy(),
        [("stated", "10"), ("assessed", "6"), ("aggravated", "12")],
    ),
    (
        "1.4",
        {"assessed_points": 14, "circumstances": SEVERE},
        ASSESSED,
        [("stated", "10"), ("aggravated", "14")],
    ),
    ("1.4", {"assessed_points": 6}, ASSESSED, [("stated", "10"), ("assessed", "6")]),
    ("1.4", {}, Policy(discretion=Discretion.STATED_ONLY), [("stated", "10")]),
    # Revocation.
    ("1.5", {}, Policy(), [("no-points", "0"), ("revoked-outright", "0")]),
    (
        "1.6",
        {"circumstances": ["risk"]},
        Policy(),
        [("no-points", "0"), ("no-effect", "0"), ("revoked-outright", "0")],
    ),
    # Referral.
    ("3.15", {"refers_to": "3.9"}, Policy(), [("referred", "0"), ("stated", "2")]),
    (
        "3.16a",
        {"refers_to": "3.4", "circumstances": ["risk"]},
        Policy(),
        [("referred", "0"), ("stated", "10"), ("aggravated", "20")],
    ),
    (
        "3.15",
        {"refers_to": "3.1b"},
        Policy(),
        [("referred", "0"), ("no-points", "0"), ("revoked-outright", "0")],
    ),
]


@pytest.mark.parametrize(("rule", "fields", "policy", "steps"), TABLE)
def test_each_violation_deducts_what_a_person_would_write_down(
    rule: str, fields: dict[str, Any], policy: Policy, steps: list[tuple[str, str]]
) -> None:
    judgement = judged(rule, policy, **fields)
    assert steps_of(judgement) == steps
    assert judgement.points == Decimal(steps[-1][1])
    assert judgement.revokes == steps[-1][0].startswith("revoked")


# By circumstance, the rules that it makes heavier on its own, and those under which it revokes.
HEAVIER = {
    "risk": (
        *("1.1", "3.1a", "3.2a", "3.2b", "3.4", "3.10"),
        *("3.16b", "3.17a", "3.17b", "3.17c", "3.18"),
    ),
    "adverse-effect": ("1.1", "1.2"),
    "severe-effect": ("1.1", "1.2", "1.3", "1.4"),
    "egregious": (),
    "serious": (),
    "asset-deterioration": ("3.13",),
}
REVOKING = {"egregious": ("1.1", "1.2"), "serious": ("3.14",)}
DEDUCTIONS = [id for id, rule in ERROR_POINTS.items() if isinstance(rule.penalty, Deduction)]


@pytest.mark.parametrize("circumstance", HEAVIER)
@pytest.mark.parametrize("rule", DEDUCTIONS)
def test_a_circumstance_does_what_a_rule_asks_of_it_or_is_reported_to_do_nothing(
    rule: str, circumstance: str
) -> None:
    judgement = judged(rule, circumstances=[circumstance])
    stated = judged(rule).points
    [step] = judgement.steps[1:]
    assert step.circumstances == (circumstance,)
    reason: Reason
    if rule in HEAVIER[circumstance]:
        effect, points, reason = "aggravated", 2 * stated, Assumption("aggravation")
    elif rule in REVOKING.get(circumstance, ()):
        effect, points, reason = "revoked", stated, provision(rule, "revoked_by")
    else:
        reason = provision(rule, "aggravated_by")
        effect, points = "no-effect", stated
    assert (step.effect.value, step.points, step.reason) == (effect, points, reason)
    assert step.change == points - stated
    assert judgement.revokes is (effect == "revoked")


def test_each_circumstance_is_reported_once_in_the_order_of_the_standard() -> None:
    judgement = judged("1.1", circumstances=reversed(HEAVIER))
    assert [(step.effect.value, step.circumstances) for step in judgement.steps] == [
        ("stated", ()),
        ("aggravated", ("risk", "adverse-effect", "severe-effect")),
        ("no-effect", ("serious", "asset-deterioration")),
        ("revoked", ("egregious",)),
    ]


WITHIN_STATED = Assumption("discretion")
REASONS: list[tuple[str, dict[str, Any], Policy, list[Reason]]] = [
    ("2.1", {}, DEFAULT, [provision("2.1", "penalty")]),
    (
        "1.4",
        {"assessed_points": 6},
        DEFAULT,
        [provision("1.4", "penalty"), WITHIN_STATED],
    ),
    ("1.5", {}, DEFAULT, [provision("1.5", "penalty")] * 2),
    ("1.8", {}, DEFAULT, [Assumption("unstated_unit")]),
    ("1.8", {}, ONCE_A_PERIOD, [Assumption("unstated_unit")]),
    (
        "3.15",
        {"refers_to": "3.9"},
        DEFAULT,
        [
            provision("3.15", "penalty"),
            provision("3.9", "penalty"),
        ],
    ),
]


@pytest.mark.parametrize(("rule", "fields", "policy", "reasons"), REASONS)
def test_each_step_names_the_rule_or_the_field_of_the_policy_that_it_rests_on(
    rule: str, fields: dict[str, Any], policy: Policy, reasons: list[Reason]
) -> None:
    assert [step.reason for step in judged(rule, policy, **fields).steps] == reasons


@pytest.mark.parametrize("to", LENDING)
@pytest.mark.parametrize("rule", ["3.15", "3.16a"])
def test_a_referral_deducts_what_the_rule_that_it_names_deducts(rule: str, to: str) -> None:
    found: dict[str, Any] = {
        "circumstances": ["risk", "serious", "asset-deterioration"],
        "quantity": 2,
    }
    referred, direct = judged(rule, refers_to=to, **found), judged(to, **found)
    assert [step.effect.value for step in referred.steps[:1]] == ["referred"]
    assert referred.steps[1:] == direct.steps
    assert (referred.points, referred.revokes) == (direct.points, direct.revokes)


def test_an_appeal_counts_or_suspends_and_says_so() -> None:
    counts = judged("3.2b", appealed=True)
    assert steps_of(counts) == [("appeal-counts", "0"), ("stated", "10")]
    suspend = Policy(pending_appeals=PendingAppeals.SUSPEND)
    suspends = judged("1.5", suspend, appealed=True)
    assert steps_of(suspends) == [("appeal-suspends", "0")]
    assert (suspends.points, suspends.revokes, suspends.suspended) == (Decimal(0), False, True)
    assert steps_of(judged("1.5", suspend)) == [("no-points", "0"), ("revoked-outright", "0")]


def test_a_judgement_knows_the_place_of_the_rule_applied() -> None:
    judgement = judged("3.15", refers_to="3.1a")
    assert judgement.rule is ERROR_POINTS["3.1a"]
    assert (judgement.rank, judgement.part) == (13, 3)
    assert judgement.deducts
    assert not judged("3.15", refers_to="3.1b").deducts


def test_only_a_rule_without_a_unit_counts_once_a_period() -> None:
    assert judged("1.8", ONCE_A_PERIOD).ties == {Stage.ONCE_A_PERIOD: "1.8"}
    assert judged("2.1", ONCE_A_PERIOD).ties == {}
    assert judged("1.8").ties == {}
    assert judged("3.15", ONCE_A_PERIOD, refers_to="3.5b").ties == {Stage.ONCE_A_PERIOD: "3.5b"}


def test_a_suspended_violation_does_not_use_up_its_rule_for_the_period() -> None:
    policy = Policy(
        unstated_unit=UnstatedUnit.ONCE_A_PERIOD, pending_appeals=PendingAppeals.SUSPEND
    )
    assert judged("1.8", policy, appealed=True).ties == {}
    assert judged("1.8", policy).ties == {Stage.ONCE_A_PERIOD: "1.8"}


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
            'assessed_points is missing, but rule "3.2b" is aggravated here and the policy takes '
            "the assessor's amount (aggravation); give at least 10 points"
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
            'assessed_points is missing, but rule "3.2b" is aggravated here and the policy takes '
            "the assessor's amount (aggravation); give at least 30 points"
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
    assert problems(facts_of(rule, **fields), ERROR_POINTS, policy) == messages


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
        for problem in problems_of(facts, ERROR_POINTS, policy)
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
    for problem in problems_of(facts, ERROR_POINTS, DEFAULT, remedies=False):
        assert "did you mean" not in problem.message
    with_remedies = [problem.path for problem in problems_of(facts, ERROR_POINTS, DEFAULT)]
    assert with_remedies == ["$.circumstances", "$.rule"]


def test_the_id_that_was_meant_is_named_only_where_no_other_can_be() -> None:
    assert problems(facts_of("3.1"), ERROR_POINTS, DEFAULT) == [
        'rule "3.1" is not in rulebook "error-points 1.0"; name a rule of that rulebook'
    ]


WORDS = Text.same("words")


def book(rules: list[Rule], circumstances: tuple[Circumstance, ...] = ()) -> Rulebook:
    part = Part("1", WORDS, rules=rules)
    return Rulebook("own", "1", text=WORDS, circumstances=circumstances, parts=[part])


# A standard that leaves open both the unit and the amount, and refers to that.
OPEN = book(
    [
        Rule(
            "1.1",
            WORDS,
            penalty=Deduction("2.5", Unit.UNSTATED, discretionary=True),
            citation=Citation("1.1"),
        ),
        Rule("1.2", WORDS, penalty=Referral(to=["1.1"]), citation=Citation("1.2")),
    ]
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
    assert problems(assessed(f"{bound}001"), OPEN, policy) == [
        f'assessed_points is {bound}001, above what rule "1.1" states for this quantity; '
        f"give 0 to {bound} points"
    ]


def test_a_standard_without_circumstances_says_that_none_is_allowed() -> None:
    assert problems(facts_of("1.1", circumstances=["risk"]), OPEN, DEFAULT) == [
        'circumstance "risk" is not in rulebook "own 1"; allowed: none'
    ]


@pytest.mark.parametrize(("found", "points"), [("smoke", 3), ("flame", 6), ("blaze", 6)])
def test_a_circumstance_fits_from_any_implication_away_but_not_backwards(
    found: str, points: int
) -> None:
    rule = Rule(
        "1.1",
        WORDS,
        penalty=Deduction(3, Unit.OCCURRENCE),
        citation=Citation("1.1"),
        aggravated_by=["flame"],
    )
    fires = book(
        [rule],
        (
            Circumstance("smoke", WORDS),
            Circumstance("flame", WORDS, implies=["smoke"]),
            Circumstance("fire", WORDS, implies=["flame"]),
            Circumstance("blaze", WORDS, implies=["fire"]),
        ),
    )
    assert judge(facts_of("1.1", circumstances=[found]), fires, DEFAULT).points == points


def test_without_remedies_what_is_allowed_is_said() -> None:
    facts = facts_of("3.99", circumstances=["risks"])
    declared = ", ".join(circumstance.id for circumstance in ERROR_POINTS.circumstances)
    found = problems_of(facts, ERROR_POINTS, Policy(), remedies=False)
    assert [problem.message for problem in found] == [
        f'circumstance "risks" is not in rulebook "error-points 1.0"; allowed: {declared}',
        'rule "3.99" is not in rulebook "error-points 1.0"; name a rule of that rulebook',
    ]
