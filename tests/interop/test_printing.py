"""Printing: what hypothesis shows of a failing example makes an equal value."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.vendor.pretty import pretty

from cmappraisal import ERROR_POINTS, Ledger, Period, Policy, score
from cmappraisal.interop import strategies, training_strategies
from cmappraisal.interop.catalogue import NAMESPACES, TYPES
from cmappraisal.interop.printing import call_of
from cmappraisal.interop.strategies import Scenario, scenarios
from cmappraisal.standards import Citation
from cmappraisal.training import ASK

PUBLIC: dict[str, Any] = {
    **{name: getattr(namespace, name) for namespace in NAMESPACES for name in namespace.__all__},
    "Scenario": Scenario,
    "TrainingScenario": training_strategies.TrainingScenario,
    "datetime": datetime,
    "Decimal": Decimal,
}


def pasted(text: str) -> Any:
    return eval(text, dict(PUBLIC))


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
def test_what_is_shown_makes_an_equal_value(kind: type) -> None:
    # What hypothesis prints it prints in a time that grows faster than its size.
    @settings(max_examples=2)
    @given(st.from_type(kind))
    def makes(value: Any) -> None:
        assert pasted(pretty(value)) == value

    makes()


@settings(max_examples=3)
@given(scenarios())
def test_a_scenario_is_shown_as_what_makes_it(scenario: Scenario) -> None:
    text = pretty(scenario)
    assert pasted(text) == scenario
    assert "_runs" not in text


@settings(max_examples=5)
@given(training_strategies.training_scenarios())
def test_a_scenario_of_training_is_shown_as_what_makes_it(
    scenario: training_strategies.TrainingScenario,
) -> None:
    assert pasted(pretty(scenario)) == scenario


def test_a_failing_example_can_be_pasted_back() -> None:
    @settings(database=None, derandomize=True, report_multiple_bugs=False)
    @given(strategies.ledgers(min_size=1, max_size=2))
    def fails(ledger: Ledger) -> None:
        assert not len(ledger)

    with pytest.raises(AssertionError) as caught:
        fails()
    (note, *_) = caught.value.__notes__
    _, _, call = note.partition("fails(")
    ledger = eval(f"dict({call}", dict(PUBLIC))["ledger"]
    assert isinstance(ledger, Ledger)
    assert len(ledger) == 1
    assert len(note.splitlines()) < 60


def test_an_exported_value_is_shown_by_its_name() -> None:
    assert pretty(ERROR_POINTS) == "ERROR_POINTS"
    assert pretty([ASK]) == "[ASK]"


def test_what_equals_its_default_is_left_out() -> None:
    assert pretty(Policy()) == "Policy()"
    assert pretty(Policy(floor=None)) == "Policy(floor=None)"
    assert pretty(Citation("3.2b")) == "Citation(('3', '2', 'b'))"
    assert pretty(Ledger()) == "Ledger(())"


def test_what_comes_after_an_argument_left_out_is_named() -> None:
    facts = PUBLIC["Facts"]("2.1", 1, frozenset({"risk"}))
    assert call_of(facts) == ("Facts", ("2.1",), {"circumstances": frozenset({"risk"})})


def test_the_repr_stays_short() -> None:
    appraisal = score(Ledger(), ERROR_POINTS, Period.year(2025), manager="RM-01")
    scenario = Scenario(ERROR_POINTS, Policy(), Ledger(), Period.year(2025))
    for value, most in ((appraisal, 200), (Ledger(), 80), (ERROR_POINTS, 80), (scenario, 1_300)):
        assert len(repr(value)) < most
