"""One description each: a policy field or an effect that was forgotten somewhere is named."""

import ast
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

import cmappraisal
from cmappraisal import Effect, Policy, Stage, Text
from cmappraisal.policy import label_of
from cmappraisal.reports.wordings import EFFECTS
from cmappraisal.scoring.stages import STAGES
from cmappraisal.texts import Choice

FIELDS = tuple(attrs.fields_dict(Policy))
SCORING = [
    module
    for package in ("scoring", "accounts")
    for module in sorted((Path(cmappraisal.__file__).parent / package).glob("*.py"))
]


def read_of_policy(module: Path) -> Iterator[str]:
    """The fields that a module reads of a policy, whether that is a variable or a field itself."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            holder = node.value
            name = holder.id if isinstance(holder, ast.Name) else getattr(holder, "attr", None)
            if name == "policy":
                yield node.attr


def test_every_field_of_the_policy_is_read_in_scoring() -> None:
    read = {field for module in SCORING for field in read_of_policy(module)}
    assert [field for field in FIELDS if field not in read] == []


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_of_the_policy_has_a_label(field: str) -> None:
    assert isinstance(attrs.fields_dict(Policy)[field].metadata.get("label"), Text), field
    assert label_of(field).en


@pytest.mark.parametrize("field", FIELDS)
def test_every_choice_of_the_policy_has_a_wording(field: str) -> None:
    default = attrs.fields_dict(Policy)[field].default
    if isinstance(default, Choice):
        assert all(isinstance(choice.text, Text) for choice in type(default))


def test_every_effect_has_a_wording() -> None:
    assert [effect for effect in Effect if effect not in EFFECTS] == []


def test_every_effect_belongs_to_a_stage_of_the_table_and_every_stage_has_one() -> None:
    stages = [row.stage for row in STAGES]
    assert [effect for effect in Effect if effect.stage not in stages] == []
    assert [stage for stage in Stage if stage not in {effect.stage for effect in Effect}] == []
    assert stages == list(Stage)
