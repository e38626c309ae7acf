"""Provisions: what a step read in a standard, by rule or clause, and by field."""

import copy
import pickle
from typing import Any

import attrs
import pytest

from cmappraisal import FieldError, Policy, Provision
from cmappraisal.provisions import CLAUSE_FIELDS, RULE_FIELDS
from cmappraisal.showing import shown

PLAIN = Provision("3.14", "consequences", edition="1.0")


def test_a_provision_is_a_field_of_a_rule_or_clause_of_an_edition() -> None:
    assert (PLAIN.id, PLAIN.field, PLAIN.edition) == ("3.14", "consequences", "1.0")
    assert str(PLAIN) == "3.14 consequences"


def test_only_what_decides_a_penalty_is_a_provision() -> None:
    assert ", ".join(RULE_FIELDS) == (
        "penalty, award, aggravated_by, mitigated_by, consequences, again, responsible, cap, "
        "lapse, displaces, residual"
    )
    assert ", ".join(CLAUSE_FIELDS) == (
        "aggravated_by, mitigated_by, again, responsible, cap, limitation, balance, clean_time, "
        "thresholds"
    )
    assert set(Provision.FIELDS) == {*RULE_FIELDS, *CLAUSE_FIELDS, *attrs.fields_dict(Policy)}
    assert len(set(Provision.FIELDS)) == len(Provision.FIELDS)


@pytest.mark.parametrize("name", Provision.FIELDS)
def test_each_field_that_a_step_can_read_is_taken(name: str) -> None:
    assert Provision("G1", name, edition="1.0").field == name


@pytest.mark.parametrize(
    "name", ["text", "id", "citation", "answers", "", None, 5, ["cap"], {"cap": 1}], ids=shown
)
def test_what_no_step_reads_is_reported(name: Any) -> None:
    with pytest.raises(FieldError) as caught:
        Provision("3.1a", name, edition="1.0")
    fields = ", ".join(Provision.FIELDS)
    assert str(caught.value) == (
        f'Provision "3.1a": field is {name!r}; allowed: a field of Rule, Clause or Policy: {fields}'
    )


def test_a_provision_reports_every_field_that_does_not_fit() -> None:
    with pytest.raises(FieldError) as caught:
        Provision("", None, edition=1)  # type: ignore[arg-type]
    assert caught.value.subject == "Provision"
    assert [problem.path for problem in caught.value.problems] == ["$.id", "$.field", "$.edition"]


def test_a_provision_is_a_value() -> None:
    for again in (pickle.loads(pickle.dumps(PLAIN)), copy.deepcopy(PLAIN), attrs.evolve(PLAIN)):
        assert again == PLAIN
        assert hash(again) == hash(PLAIN)
    others = [
        attrs.evolve(PLAIN, id="3.15"),
        attrs.evolve(PLAIN, field="cap"),
        attrs.evolve(PLAIN, edition="2.0"),
    ]
    assert len({PLAIN, *others}) == 4
    for field in attrs.fields(Provision):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(PLAIN, field.name, None)
