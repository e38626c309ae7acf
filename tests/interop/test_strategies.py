"""The strategies: every type by its name alone, and nothing out of their reach."""

import subprocess
import sys
from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import cmappraisal
from cmappraisal import (
    ERROR_POINTS,
    Concurrence,
    Displacement,
    Effect,
    Ledger,
    PendingAppeals,
    Period,
    Policy,
    Rulebook,
    State,
    UnstatedUnit,
    Violation,
    score_all,
)
from cmappraisal.interop import strategies
from cmappraisal.interop.strategies import Scenario, scenarios
from cmappraisal.standards import Referral

REACH = settings(
    max_examples=2_000,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)

EMBEDDERS_OWN_TEST = """
from hypothesis import given, settings
from hypothesis.strategies import from_type
from cmappraisal import ERROR_POINTS, Ledger, Period, score_all

@settings(database=None, deadline=None, max_examples=20)
@given(from_type(Ledger), from_type(Period))
def test(ledger, period):
    score_all(ledger, ERROR_POINTS, period)

test()
"""

VALUE_TYPES = [
    kind
    for kind in (getattr(cmappraisal, name) for name in cmappraisal.__all__)
    if isinstance(kind, type) and attrs.has(kind)
]


def test_an_embedders_own_test_draws_a_ledger_without_importing_the_strategies() -> None:
    subprocess.run([sys.executable, "-W", "error", "-c", EMBEDDERS_OWN_TEST], check=True)


@pytest.mark.parametrize("kind", VALUE_TYPES, ids=lambda kind: kind.__name__)
def test_every_value_type_can_be_drawn_by_its_type(kind: type) -> None:
    @settings(max_examples=10)
    @given(st.from_type(kind))
    def drawn(value: object) -> None:
        assert isinstance(value, kind)

    drawn()


@given(st.from_type(Ledger), st.from_type(Period))
def test_a_ledger_by_its_type_can_be_scored_by_the_standard(ledger: Ledger, period: Period) -> None:
    score_all(ledger, ERROR_POINTS, period)


@given(st.from_type(Rulebook), st.data())
def test_violations_can_be_drawn_for_any_rulebook(rulebook: Rulebook, data: st.DataObject) -> None:
    violation = data.draw(strategies.violations(rulebook))
    assert violation.rule in rulebook


BROUGHT_ABOUT_BY: dict[Effect, dict[str, Any]] = {
    Effect.APPEAL_COUNTS: {"pending_appeals": PendingAppeals.COUNT},
    Effect.APPEAL_SUSPENDS: {"pending_appeals": PendingAppeals.SUSPEND},
    Effect.DISPLACED: {"displacement": Displacement.SPECIAL_OVER_GENERAL},
    Effect.REPEATED: {
        "unstated_unit": UnstatedUnit.ONCE_A_PERIOD,
        "concurrence": Concurrence.CUMULATIVE,
    },
    Effect.CONCURRENT: {"concurrence": Concurrence.HIGHEST},
}
"""What a policy has to choose for an effect; any policy does for those that are not here."""


def has_residual_rule(rulebook: Rulebook) -> bool:
    return any(rule.residual for rule in rulebook.values())


@st.composite
def crowded(draw: st.DrawFn, choices: dict[str, Any]) -> Scenario:
    """One incident of one manager with many violations, where the rare effects are."""
    rulebook = draw(strategies.rulebooks().filter(has_residual_rule))
    policy = attrs.evolve(draw(strategies.policies()), **choices)
    ledger = draw(
        strategies.ledgers(rulebook, policy, managers=["RM-01"], incidents=["I-1"], min_size=8)
    )
    return Scenario(rulebook, policy, ledger, Period(date(2024, 1, 1), date(2027, 12, 31)))


def effects(scenario: Scenario) -> set[Effect]:
    return {
        step.effect
        for appraisal in scenario.appraisals().values()
        for line in appraisal.lines
        for step in line.steps
    }


@pytest.mark.parametrize("effect", Effect)
def test_scenarios_reach_every_effect(effect: Effect) -> None:
    choices = BROUGHT_ABOUT_BY.get(effect, {})
    find(crowded(choices), lambda scenario: effect in effects(scenario), settings=REACH)


@pytest.mark.thorough
def test_many_scenarios_reach_every_effect_by_themselves() -> None:
    reached: set[Effect] = set()

    @settings(REACH)
    @given(scenarios(min_size=1) | scenarios(min_size=8, incidents=["I-1"]))
    def drawn(scenario: Scenario) -> None:
        reached.update(effects(scenario))

    drawn()
    assert reached == set(Effect)


@pytest.mark.parametrize("state", State)
def test_ledgers_reach_every_state(state: State) -> None:
    find(
        strategies.ledgers(),
        lambda ledger: any(case.state is state for case in ledger.cases()),
        settings=REACH,
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (field.name, value)
        for field in attrs.fields(Policy)
        if isinstance(field.default, cmappraisal.UnstatedUnit | cmappraisal.Concurrence)
        for value in type(field.default)
    ]
    + [("full_marks", None), ("floor", None), ("grades", ())],
)
def test_policies_reach_every_alternative(field: str, value: object) -> None:
    find(strategies.policies(), lambda policy: getattr(policy, field) == value, settings=REACH)


@pytest.mark.parametrize(
    "trait",
    [
        lambda rule: rule.residual,
        lambda rule: rule.displaces,
        lambda rule: rule.revoked_by,
        lambda rule: rule.aggravated_by,
        lambda rule: isinstance(rule.penalty, Referral),
    ],
)
def test_rules_reach_every_trait(trait: object) -> None:
    assert callable(trait)
    find(strategies.rules(), lambda rule: bool(trait(rule)), settings=REACH)


def test_points_of_a_narrow_range_have_no_halves_in_it() -> None:
    find(strategies.points(1, 1), lambda amount: amount == 1, settings=REACH)
    narrow = strategies.points(cmappraisal.ERROR_POINTS["2.1"].penalty.points, 1)  # type: ignore[union-attr]
    find(narrow, lambda amount: amount == 1, settings=REACH)


def test_a_violation_can_be_drawn_without_incidents() -> None:
    @given(strategies.violations(incidents=()))
    def drawn(violation: Violation) -> None:
        assert violation.incident is None

    drawn()
