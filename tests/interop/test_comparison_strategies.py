"""Strategies of comparisons: every aspect in reach, and none that cannot be scored."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from cmappraisal import ERROR_POINTS
from cmappraisal.comparison import Aspect, Comparison, DecisiveReversals, Sensitivity, Situation
from cmappraisal.interop.comparison_strategies import comparisons
from worked_cases import NOON, YEAR, found, ledger_of

REACH = settings(
    max_examples=2_000,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)

# Without its last entry it has a violation that cannot be scored.
FAULTY_BEFORE = Situation(
    ledger_of([found("a", "9.9")]).reverse("a", at=NOON + timedelta(1), reason="no such rule"),
    ERROR_POINTS,
    period=YEAR,
    manager="RM-01",
)


@settings(REACH, max_examples=50)
@given(comparisons(st.just(FAULTY_BEFORE)))
def test_what_cannot_be_compared_is_not_drawn(comparison: Comparison) -> None:
    assert {step.aspect for step in comparison.steps} <= set(Aspect)
    assert comparison.points == 0


@pytest.mark.parametrize("aspect", Aspect)
def test_comparisons_reach_every_aspect(aspect: Aspect) -> None:
    find(
        st.from_type(Comparison),
        lambda made: any(step.aspect is aspect for step in made.steps),
        settings=REACH,
    )


@pytest.mark.parametrize(
    ("kind", "trait"),
    [
        (Sensitivity, lambda made: made.deciding),
        (DecisiveReversals, lambda made: made.sets),
        (DecisiveReversals, lambda made: made.appeals),
    ],
    ids=["deciding", "sets", "appeals"],
)
def test_results_reach_what_they_are_about(kind: Any, trait: Any) -> None:
    # An example that is found is printed, which takes longer than many that are drawn.
    reached = []

    @settings(REACH, max_examples=40)
    @given(st.from_type(kind))
    def draw(made: Any) -> None:
        reached.append(bool(trait(made)))

    draw()
    assert any(reached)
