"""Steps: each effect belongs to one stage, and the stages come in their order."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from cmappraisal import Assumption, Concurrence, Effect, Stage, Step

STAGES = {
    Stage.STAND: {"appeal-counts", "appeal-suspends"},
    Stage.RESOLVE: {"referred"},
    Stage.QUANTIFY: {"stated", "unit-assumed", "assessed", "no-points"},
    Stage.AGGRAVATE: {"aggravated", "no-effect"},
    Stage.REVOKE: {"revoked", "revoked-outright"},
    Stage.DISPLACE: {"displaced", "gave-way"},
    Stage.LIMIT: {"repeated"},
    Stage.CONCUR: {"concurrent"},
}


def test_the_stages_come_in_the_order_of_scoring() -> None:
    assert list(Stage) == list(STAGES)


@pytest.mark.parametrize("stage", Stage)
def test_each_stage_has_its_effects(stage: Stage) -> None:
    assert {effect.value for effect in Effect if effect.stage is stage} == STAGES[stage]


def test_an_effect_is_found_by_its_value() -> None:
    by_value: Callable[[str], Effect] = Effect  # type: ignore[assignment]
    assert [by_value(effect.value) for effect in Effect] == list(Effect)


def test_a_step_is_of_the_stage_of_its_effect() -> None:
    reason = Assumption("concurrence", Concurrence.HIGHEST)
    step = Step(Effect.CONCURRENT, Decimal(0), change=Decimal(-5), reason=reason)
    assert step.stage is Stage.CONCUR
    assert (step.circumstances, step.because_of) == ((), ())
