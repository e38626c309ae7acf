"""The strategies: every type by its name alone, and nothing out of their reach."""

import enum
import subprocess
import sys
from collections import Counter
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, seed, settings
from hypothesis import strategies as st

import cmappraisal
from cmappraisal import (
    ERROR_POINTS,
    Aggravation,
    Effect,
    Ledger,
    Period,
    Policy,
    Rulebook,
    Scored,
    State,
    Violation,
    score_all,
)
from cmappraisal.accounts import PointsAccount, PostingKind
from cmappraisal.interop import strategies
from cmappraisal.interop.catalogue import TYPES, members_of, members_of_union
from cmappraisal.interop.strategies import Scenario, scenarios
from cmappraisal.standards import Deduction, Referral

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


def test_an_embedders_own_test_draws_a_ledger_without_importing_the_strategies() -> None:
    subprocess.run([sys.executable, "-W", "error", "-c", EMBEDDERS_OWN_TEST], check=True)


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
def test_every_value_type_can_be_drawn_by_its_type(kind: type) -> None:
    @settings(max_examples=5)
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


class Due(enum.Enum):
    """How far what follows from a violation is, and what was taken but follows from nothing."""

    BY_A_RULE = enum.auto()
    BY_A_RULE_TAKEN = enum.auto()
    BY_A_RULE_SERVED = enum.auto()
    BY_POINTS = enum.auto()
    BY_POINTS_TAKEN = enum.auto()
    BY_POINTS_SERVED = enum.auto()
    WITHOUT_GROUND = enum.auto()


def alternatives() -> set[Any]:
    """Every effect, every alternative of every field of the policy that has any, and of accounts.

    Of accounts that is every kind of posting, and how far what is due is.
    """
    kinds = [member.kind for member in members_of(Policy)]
    choices = {
        choice
        for kind in kinds
        if isinstance(kind, type) and issubclass(kind, enum.Enum)
        for choice in kind
    }
    return {*Effect, *choices, *members_of_union(Aggravation), *PostingKind, *Due}


def in_account(account: PointsAccount) -> set[Any]:
    """The kinds of posting of an account, and how far what is due is."""
    found: set[Any] = {posting.kind for posting in account.postings}
    for due in account.consequences:
        is_of_rule = due.reason.field == "consequences"
        found.add(Due.BY_A_RULE if is_of_rule else Due.BY_POINTS)
        if due.taken_on is not None:
            found.add(Due.BY_A_RULE_TAKEN if is_of_rule else Due.BY_POINTS_TAKEN)
        if due.served_on is not None:
            found.add(Due.BY_A_RULE_SERVED if is_of_rule else Due.BY_POINTS_SERVED)
    return found | ({Due.WITHOUT_GROUND} if account.without_ground else set())


def reached(scenario: Scenario) -> set[Any]:
    """The effects of a scenario, the alternatives that its policy takes, and what accounts show."""
    decided = [getattr(scenario.policy, member.name) for member in members_of(Policy)]
    effects = {
        step.effect
        for appraisal in scenario.appraisals().values()
        for steps in (
            *(line.steps for line in (*appraisal.lines, *appraisal.merits)),
            *(cap.steps for cap in appraisal.caps),
        )
        for step in steps
    }
    return {
        *effects,
        *(each for account in scenario.accounts().values() for each in in_account(account)),
        *map(type, decided),
        *(each for each in decided if isinstance(each, enum.Enum)),
    }


BATCH = 25
"""How many scenarios are drawn from one beginning."""

BATCHES = range(20)
"""The beginnings; old versions of hypothesis come upon the rarest things late."""


@cache
def counts_in(batch: int) -> Counter[Any]:
    """How many scenarios of a batch reach what; the same each time, and others in each batch."""
    found: Counter[Any] = Counter()

    # Draws of one beginning are alike, so there are many beginnings.
    @seed(batch)
    @settings(REACH, max_examples=BATCH, derandomize=False)
    @given(scenarios())
    def drawn(scenario: Scenario) -> None:
        found.update(reached(scenario))

    drawn()
    return found


@pytest.fixture(scope="module")
def shared_batches() -> None:
    """Draw what the tests share before the first of them, so that none pays for all."""
    for batch in BATCHES[:10]:
        counts_in(batch)


@pytest.mark.parametrize("batch", BATCHES[:10])
def test_of_each_few_scenarios_in_some_anything_is_due(batch: int) -> None:
    counts = counts_in(batch)
    assert counts[Due.BY_A_RULE] + counts[Due.BY_POINTS]


@pytest.mark.usefixtures("shared_batches")
@pytest.mark.parametrize("wanted", sorted(alternatives(), key=str), ids=str)
def test_scenarios_reach_every_effect_and_every_alternative(wanted: object) -> None:
    # That 2,000 draws reach each 20 times, tests/proofs/reach.py shows.
    assert any(wanted in counts_in(batch) for batch in BATCHES)


@pytest.mark.parametrize("state", State)
def test_ledgers_reach_every_state(state: State) -> None:
    find(
        strategies.ledgers(),
        lambda ledger: any(case.state is state for case in ledger.cases()),
        settings=REACH,
    )


@pytest.mark.parametrize(
    ("field", "value"), [("full_marks", None), ("floor", None), ("grades", ())]
)
def test_policies_reach_what_is_left_out(field: str, value: object) -> None:
    find(strategies.policies(), lambda policy: getattr(policy, field) == value, settings=REACH)


@pytest.mark.parametrize(
    "trait",
    [
        lambda rule: rule.residual,
        lambda rule: rule.displaces,
        lambda rule: rule.consequences,
        lambda rule: rule.aggravated_by,
        lambda rule: isinstance(rule.penalty, Referral),
    ],
    ids=["residual", "displaces", "consequences", "aggravated", "refers"],
)
def test_rules_reach_every_trait(trait: object) -> None:
    assert callable(trait)
    find(strategies.rules(), lambda rule: bool(trait(rule)), settings=REACH)


def test_results_reach_those_that_are_faulty() -> None:
    find(st.from_type(Scored), lambda scored: bool(scored.faulty), settings=REACH)
    find(st.from_type(Scored), lambda scored: bool(scored.appraisals), settings=REACH)


def test_points_of_a_narrow_range_have_no_halves_in_it() -> None:
    find(strategies.points(1, 1), lambda amount: amount == 1, settings=REACH)
    penalty = cmappraisal.ERROR_POINTS["2.1"].penalty
    assert isinstance(penalty, Deduction)
    narrow = strategies.points(penalty.least, 1)
    find(narrow, lambda amount: amount == 1, settings=REACH)


def test_a_violation_can_be_drawn_without_incidents() -> None:
    @given(strategies.violations(incidents=()))
    def drawn(violation: Violation) -> None:
        assert violation.incident is None

    drawn()
