"""Judgements: what one violation deducts individually, step by step."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cmappraisal import (
    ERROR_POINTS,
    Add,
    Assessed,
    Assumption,
    Discretion,
    Edition,
    Editions,
    Effect,
    Multiply,
    PendingAppeals,
    Policy,
    Provision,
    Reason,
    Rounding,
    UnstatedUnit,
)
from cmappraisal.scoring import Judgement, Pipeline
from cmappraisal.scoring.steps import Stage
from cmappraisal.standards import (
    Between,
    Cap,
    Clause,
    Consequence,
    Deduction,
    Limitation,
    Part,
    SetTo,
    Status,
    Unit,
    Waive,
)
from worked_cases import DEFAULT, TEXT, book, facts_of, judge, rule, steps_of


def judged(rule: str, policy: Policy = DEFAULT, appealed: bool = False, **fields: Any) -> Judgement:
    return judge(facts_of(rule, under_appeal=appealed, **fields), ERROR_POINTS, policy)


def provision(rule: str, field: str) -> Provision:
    return Provision(rule, field, edition="1.0")


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
        [("stated", "10"), ("aggravated", "20"), ("no-effect", "20"), ("follows", "20")],
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
    ("3.14", {"circumstances": ["serious"]}, Policy(), [("unit-assumed", "30"), ("follows", "30")]),
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
    ("1.5", {}, Policy(), [("no-points", "0"), ("follows", "0")]),
    (
        "1.6",
        {"circumstances": ["risk"]},
        Policy(),
        [("no-points", "0"), ("no-effect", "0"), ("follows", "0")],
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
        [("referred", "0"), ("no-points", "0"), ("follows", "0")],
    ),
]


@pytest.mark.parametrize(("rule", "fields", "policy", "steps"), TABLE)
def test_each_violation_deducts_what_a_person_would_write_down(
    rule: str, fields: dict[str, Any], policy: Policy, steps: list[tuple[str, str]]
) -> None:
    judgement = judged(rule, policy, **fields)
    assert steps_of(judgement) == steps
    assert judgement.points == Decimal(steps[-1][1])
    assert judgement.revokes == (steps[-1][0] == "follows")


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
        effect, points, reason = "follows", stated, provision(rule, "consequences")
    else:
        reason = provision(rule, "aggravated_by")
        effect, points = "no-effect", stated
    assert (step.effect.value, step.points, step.reason) == (effect, points, reason)
    assert step.change == points - stated
    assert judgement.revokes is (effect == "follows")


def test_each_circumstance_is_reported_once_in_the_order_of_the_standard() -> None:
    judgement = judged("1.1", circumstances=reversed(HEAVIER))
    assert [(step.effect.value, step.circumstances) for step in judgement.steps] == [
        ("stated", ()),
        ("aggravated", ("risk", "adverse-effect", "severe-effect")),
        ("no-effect", ("serious", "asset-deterioration")),
        ("follows", ("egregious",)),
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
    ("1.5", {}, DEFAULT, [provision("1.5", "penalty"), provision("1.5", "consequences")]),
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
    assert (suspends.points, suspends.revokes, suspends.is_out) == (Decimal(0), False, True)
    assert steps_of(judged("1.5", suspend)) == [("no-points", "0"), ("follows", "0")]


def test_a_judgement_knows_the_place_of_the_rule_applied() -> None:
    judgement = judged("3.15", refers_to="3.1a")
    assert judgement.rule is ERROR_POINTS["3.1a"]
    assert (judgement.rank, judgement.parts) == (13, ("3",))
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


# A standard that says more: clauses, caps, consequences, time limits, decisions.

NEW_YEAR = date(2025, 1, 1)
STATING = book(
    rule("1", 5, aggravated_by={"loss": SetTo(10)}, cap=Cap(12)),
    rule(
        "2",
        30,
        aggravated_by={"loss": None},
        consequences={"fine": ["loss"], "revoked": ["press", "found"], "talk": []},
    ),
    rule("3", consequences=["talk"]),
    rule("4", "2.5", Unit.UNSTATED),
    rule("5", Between(10, 20)),
    circumstances=["loss", "found", "press"],
    consequences=[
        Consequence("fine", TEXT, money="200.5"),
        Consequence("revoked", TEXT, status=Status.REVOKED, money=1000),
        Consequence("talk", TEXT),
    ],
    clauses=[
        Clause(
            "G1", TEXT, citation="91", mitigated_by={"found": Waive(), "press": Multiply("0.5")}
        ),
        Clause("G2", TEXT, citation="92", cap=Cap(40), limitation=Limitation(24)),
        Clause("G3", TEXT, citation="93", answers={"smallest_unit": "0.5", "rounding": "up"}),
    ],
)
OF_STATING: list[tuple[dict[str, Any], list[tuple[str, str, Reason]]]] = [
    (
        {"rule": "1", "circumstances": ["loss"], "quantity": 3},
        [
            ("unit-raised", "10", Provision("1", "aggravated_by", edition="1")),
            ("counted", "30", Provision("1", "penalty", edition="1")),
            ("capped", "12", Provision("1", "cap", edition="1")),
        ],
    ),
    (
        {"rule": "2", "circumstances": ["loss"]},
        [
            ("stated", "30", Provision("2", "penalty", edition="1")),
            ("aggravated", "60", Assumption("aggravation")),
            ("capped", "40", Provision("G2", "cap", edition="1")),
            ("follows", "40", Provision("2", "consequences", edition="1")),
            ("follows", "40", Provision("2", "consequences", edition="1")),
        ],
    ),
    # What is exactly the cap is not capped.
    (
        {"rule": "1", "circumstances": ["loss"], "quantity": 3, "decided_points": 12},
        [
            ("unit-raised", "10", Provision("1", "aggravated_by", edition="1")),
            ("counted", "30", Provision("1", "penalty", edition="1")),
            ("decided", "12", Assumption("reconsideration")),
        ],
    ),
    (
        {"rule": "1", "circumstances": ["press"]},
        [
            ("stated", "5", Provision("1", "penalty", edition="1")),
            ("mitigated", "2.5", Provision("G1", "mitigated_by", edition="1")),
        ],
    ),
    (
        {"rule": "4", "circumstances": ["press"]},
        [
            ("unit-assumed", "2.5", Assumption("unstated_unit")),
            ("mitigated", "1.25", Provision("G1", "mitigated_by", edition="1")),
            ("mitigation-rounded", "1.5", Provision("G3", "smallest_unit", edition="1")),
        ],
    ),
    (
        {"rule": "2", "circumstances": ["found", "press"]},
        [
            ("stated", "30", Provision("2", "penalty", edition="1")),
            ("waived", "0", Provision("G1", "mitigated_by", edition="1")),
            ("mitigation-outweighed", "0", Provision("G1", "mitigated_by", edition="1")),
            ("follows", "0", Provision("2", "consequences", edition="1")),
            ("follows", "0", Provision("2", "consequences", edition="1")),
        ],
    ),
    (
        {"rule": "3"},
        [
            ("no-points", "0", Provision("3", "penalty", edition="1")),
            ("follows", "0", Provision("3", "consequences", edition="1")),
        ],
    ),
    (
        {"rule": "5", "assessed_points": 15, "quantity": 2},
        [
            ("unit-assessed", "15", Provision("5", "penalty", edition="1")),
            ("counted", "30", Provision("5", "penalty", edition="1")),
        ],
    ),
    (
        {"rule": "1", "quantity": 2, "time_barred": True, "decided_points": 3},
        [("time-barred", "0", Provision("G2", "limitation", edition="1"))],
    ),
    (
        {"rule": "1", "quantity": 2, "decided_points": "9.5"},
        [
            ("stated", "10", Provision("1", "penalty", edition="1")),
            ("decided", "9.5", Assumption("reconsideration")),
        ],
    ),
]


@pytest.mark.parametrize(("fields", "steps"), OF_STATING, ids=[f"c{n}" for n in range(10)])
def test_each_step_names_the_rule_or_the_clause_that_states_it(
    fields: dict[str, Any], steps: list[tuple[str, str, Reason]]
) -> None:
    judgement = judge(facts_of(**fields), STATING)
    found = [(step.effect.value, str(step.points), step.reason) for step in judgement.steps]
    assert found == steps
    assert judgement.points == sum(step.change for step in judgement.steps)


@pytest.mark.parametrize(
    ("fields", "following", "money", "revokes"),
    [
        ({"rule": "1"}, {}, "0", False),
        ({"rule": "2"}, {"talk": ()}, "0", False),
        ({"rule": "2", "circumstances": ["loss"]}, {"fine": ("loss",), "talk": ()}, "200.5", False),
        (
            {"rule": "2", "circumstances": ["press", "found"]},
            {"revoked": ("found", "press"), "talk": ()},
            "1000",
            True,
        ),
        (
            {"rule": "2", "circumstances": ["press", "loss"]},
            {"fine": ("loss",), "revoked": ("press",), "talk": ()},
            "1200.5",
            True,
        ),
        # The decision sets the money as a whole; what else follows stays.
        (
            {"rule": "2", "circumstances": ["press", "loss"], "decided_money": 50},
            {"fine": ("loss",), "revoked": ("press",), "talk": ()},
            "50",
            True,
        ),
        ({"rule": "1", "decided_money": 0}, {}, "0", False),
        ({"rule": "2", "circumstances": ["press", "loss"], "time_barred": True}, {}, "0", False),
        ({"rule": "2", "time_barred": True, "decided_money": 50}, {}, "0", False),
    ],
    ids=[f"c{n}" for n in range(9)],
)
def test_what_follows_beside_points_is_there_with_what_brings_it(
    fields: dict[str, Any], following: dict[str, tuple[str, ...]], money: str, revokes: bool
) -> None:
    judgement = judge(facts_of(**fields), STATING)
    steps = [step for step in judgement.steps if step.effect is Effect.FOLLOWS]
    assert {str(step.consequence): step.circumstances for step in steps} == following
    assert (str(judgement.money), judgement.revokes) == (money, revokes)


def test_a_circumstance_that_only_brings_a_consequence_is_not_without_effect() -> None:
    judgement = judge(facts_of("1", circumstances=["found"]), STATING)
    assert Effect.NO_EFFECT not in {step.effect for step in judgement.steps}
    silent = book(rule("1", 5), circumstances=["odd"])
    assert steps_of(judge(facts_of("1", circumstances=["odd"]), silent)) == [
        ("stated", "5"),
        ("no-effect", "5"),
    ]


def test_what_is_time_barred_meets_no_stage_but_those_that_say_so() -> None:
    policy = Policy(
        pending_appeals=PendingAppeals.SUSPEND, unstated_unit=UnstatedUnit.ONCE_A_PERIOD
    )
    judgement = judge(facts_of("4", time_barred=True, under_appeal=True), STATING, policy)
    assert steps_of(judgement) == [("appeal-suspends", "0"), ("time-barred", "0")]
    assert (judgement.is_out, judgement.ties) == (True, {})
    counts = judge(facts_of("4", time_barred=True, under_appeal=True), STATING)
    assert steps_of(counts) == [("appeal-counts", "0"), ("time-barred", "0")]


def test_another_edition_says_which_governs() -> None:
    second = book(rule("1", 7), edition="2")
    editions = Editions([Edition(STATING, last=date(2024, 12, 31)), Edition(second, NEW_YEAR)])
    pipeline = Pipeline.of(editions, DEFAULT, editions.editions[1])
    judgement = pipeline.judge(facts_of("1", edition="1", instead_of="2"))
    first, stated = judgement.steps
    assert (first.effect, first.reason) == (Effect.OTHER_EDITION, Assumption("governing_edition"))
    assert stated.reason == Provision("1", "penalty", edition="1")
    assert judgement.terms.rulebook is STATING
    own = pipeline.judge(facts_of("1", edition="2"))
    assert steps_of(own) == [("stated", "7")]
    assert own.terms is pipeline.closing


def test_a_judgement_knows_the_parts_from_the_outermost() -> None:
    inner = Part("b", TEXT, rules=[rule("1.1", 1)])
    nested = book(parts=[Part("a", TEXT, parts=[inner]), Part("c", TEXT, rules=[rule("2", 1)])])
    assert judge(facts_of("1.1"), nested).parts == ("a", "b")
    assert judge(facts_of("2"), nested).parts == ("c",)
    assert judge(facts_of("2"), nested).rank == 1


@pytest.mark.parametrize("rounding", Rounding)
def test_points_decided_are_not_rounded_again(rounding: Rounding) -> None:
    policy = Policy(smallest_unit="0.5", rounding=rounding)
    plain = book(rule("1", 5))
    assert steps_of(judge(facts_of("1", decided_points="3.5"), plain, policy)) == [
        ("stated", "5"),
        ("decided", "3.5"),
    ]


def test_what_is_no_multiple_is_rounded_as_the_clause_says() -> None:
    halves = book(
        rule("1", 5, aggravated_by={"loss": Multiply("1.25")}),
        circumstances=["loss"],
        clauses=[Clause("G", TEXT, citation="91", answers={"smallest_unit": "0.5"})],
    )
    judgement = judge(facts_of("1", circumstances=["loss"]), halves)
    assert steps_of(judgement) == [
        *(("stated", "5"), ("aggravated", "6.25"), ("aggravation-rounded", "6.5"))
    ]
    assert judgement.steps[-1].reason == Provision("G", "smallest_unit", edition="1")
