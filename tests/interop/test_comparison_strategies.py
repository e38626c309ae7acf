"""Strategies of comparisons: every aspect in reach, and none that cannot be scored."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmappraisal import ERROR_POINTS
from cmappraisal.comparison import Aspect, Comparison, DecisiveReversals, Sensitivity, Situation
from cmappraisal.interop.comparison_strategies import comparisons
from reaching import DRAWS, traits, unreached
from worked_cases import NOON, YEAR, found, ledger_of

# Without its last entry it has a violation that cannot be scored.
FAULTY_BEFORE = Situation(
    ledger_of([found("a", "9.9")]).reverse("a", at=NOON + timedelta(1), reason="no such rule"),
    ERROR_POINTS,
    period=YEAR,
    manager="RM-01",
)


@settings(DRAWS, max_examples=50, derandomize=True)
@given(comparisons(st.just(FAULTY_BEFORE)))
def test_what_cannot_be_compared_is_not_drawn(comparison: Comparison) -> None:
    assert {step.aspect for step in comparison.steps} <= set(Aspect)
    assert comparison.points == 0


def test_comparisons_reach_every_aspect() -> None:
    def aspects(made: Comparison) -> list[Aspect]:
        return [step.aspect for step in made.steps]

    assert unreached(st.from_type(Comparison), aspects, Aspect) == set()


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        (Sensitivity, {"deciding": lambda made: made.deciding}),
        (
            DecisiveReversals,
            {"sets": lambda made: made.sets, "appeals": lambda made: made.appeals},
        ),
    ],
)
def test_results_reach_what_they_are_about(kind: Any, named: dict[str, Any]) -> None:
    assert unreached(st.from_type(kind), traits(named), named) == set()
