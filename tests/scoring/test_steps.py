"""Steps: each effect belongs to one stage, and the stages come in their order."""

import copy
import pickle
from collections.abc import Callable
from decimal import Decimal

import attrs
import pytest

from cmappraisal import Assumption, Effect, FieldError, Provision, Stage, Step

STAGES = {
    Stage.UPHOLD: {"appeal-counts", "appeal-suspends"},
    Stage.EDITION: {"other-edition"},
    Stage.LIMITATION: {"time-barred"},
    Stage.RESOLVE: {"referred"},
    Stage.AMOUNT: {"unit-assessed", "unit-raised", "unit-lowered", "unit-repeated"},
    Stage.QUANTIFY: {"stated", "counted", "unit-assumed", "assessed", "no-points"},
    Stage.AGGRAVATE: {
        *("aggravated", "aggravation-rounded", "aggravation-outweighed"),
        "no-effect",
    },
    Stage.MITIGATE: {"mitigated", "waived", "mitigation-rounded", "mitigation-outweighed"},
    Stage.AGAIN: {"repeated", "repetition-rounded"},
    Stage.DECIDE: {"decided"},
    Stage.SHARE: {"shared", "share-rounded"},
    Stage.CAP: {"capped"},
    Stage.FOLLOW: {"follows"},
    Stage.DISPLACE: {"displaced", "gave-way"},
    Stage.CONCUR: {"concurrent"},
    Stage.HONOUR: {"honoured-once"},
    Stage.ONCE_A_PERIOD: {"once-a-period"},
    Stage.CAP_INCIDENT: {"incident-capped"},
    Stage.CAP_PART: {"part-capped"},
    Stage.CAP_PERIOD: {"period-capped"},
}


def test_the_stages_come_in_the_order_of_scoring() -> None:
    assert list(Stage) == list(STAGES)


@pytest.mark.parametrize("stage", Stage)
def test_each_stage_has_its_effects(stage: Stage) -> None:
    assert {effect.value for effect in Effect if effect.stage is stage} == STAGES[stage]


def test_an_effect_is_found_by_its_value() -> None:
    by_value: Callable[[str], Effect] = Effect
    for effect in Effect:
        assert by_value(effect.value) is effect
        assert pickle.loads(pickle.dumps(effect)) is effect


BECAUSE_OF_THE_POLICY = Step(
    Effect.CONCURRENT,
    Decimal(0),
    change=Decimal(-5),
    reason=Assumption("concurrence"),
    because_of=("V-2",),
)
BECAUSE_OF_THE_STANDARD = Step(
    Effect.STATED,
    Decimal(10),
    change=Decimal(10),
    reason=Provision("3.2b", "penalty", edition="1.0"),
)


def test_a_step_is_of_the_stage_of_its_effect() -> None:
    assert BECAUSE_OF_THE_POLICY.stage is Stage.CONCUR
    assert BECAUSE_OF_THE_STANDARD.stage is Stage.QUANTIFY


def test_a_step_takes_nothing_else_into_account_unless_it_says_so() -> None:
    assert BECAUSE_OF_THE_STANDARD.circumstances == ()
    assert BECAUSE_OF_THE_STANDARD.because_of == ()
    assert BECAUSE_OF_THE_STANDARD.consequence is None


@pytest.mark.parametrize("step", [BECAUSE_OF_THE_POLICY, BECAUSE_OF_THE_STANDARD])
def test_a_step_is_a_value(step: Step) -> None:
    for again in (pickle.loads(pickle.dumps(step)), copy.deepcopy(step), attrs.evolve(step)):
        assert again == step
        assert hash(again) == hash(step)
    assert attrs.evolve(step, points=Decimal(1)) != step
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        step.points = Decimal(1)  # type: ignore[misc]


def test_a_step_reports_every_field_that_does_not_fit() -> None:
    with pytest.raises(FieldError) as caught:
        Step(
            "stated",  # type: ignore[arg-type]
            1,  # type: ignore[arg-type]
            change=Decimal("NaN"),
            reason="3.2b",  # type: ignore[arg-type]
            circumstances={"risk"},
            because_of=("V-2", "V-2"),
            consequence="",
        )
    assert [problem.path for problem in caught.value.problems] == [
        f"$.{field.name}" for field in attrs.fields(Step)
    ]
