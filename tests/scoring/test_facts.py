"""Facts: what a violation is judged by, and nothing that names a person or a day."""

from datetime import date
from typing import Any

import attrs
import pytest

from cmappraisal import Facts, Violation
from worked_cases import held_by, pipeline_of

RICH = Violation(
    "V-1",
    "RM-01",
    rule="1.4",
    occurred_on=date(2025, 3, 2),
    quantity=3,
    circumstances=["severe-effect"],
    incident="I-1",
    refers_to=None,
    assessed_points="6.5",
    found_on=date(2025, 3, 3),
    recorded_on=date(2025, 3, 4),
    effective_on=date(2025, 3, 5),
    note="a note",
)
# What of a violation its facts leave out: whose it is, when and where it was, what is said of it.
LEFT_OUT = {"id", "manager", "incident", "note"} | {
    *("occurred_on", "found_on", "recorded_on", "effective_on")
}
# What facts hold that depends on days, editions, earlier violations or a decision.
DERIVED = {
    *("edition", "instead_of", "time_barred", "nth", "answers_as"),
    *("decided_points", "decided_money"),
}


def test_every_field_of_a_violation_is_in_its_facts_or_is_left_out_for_good() -> None:
    names = set(attrs.fields_dict(Violation))
    assert names - LEFT_OUT == set(attrs.fields_dict(Facts)) - DERIVED - {
        "under_appeal",
        "is_merit",
    }


def test_facts_have_the_values_of_their_violation() -> None:
    facts = Facts.of(RICH, under_appeal=True)
    for name in set(attrs.fields_dict(Violation)) - LEFT_OUT:
        assert getattr(facts, name) == getattr(RICH, name)
    assert facts.under_appeal
    assert not Facts.of(RICH).under_appeal


def test_what_depends_on_days_or_a_decision_is_not_read_off_the_violation() -> None:
    facts = Facts.of(RICH)
    assert {getattr(facts, name) for name in DERIVED} == {None, False, 1}


@pytest.mark.parametrize(
    "change",
    [
        {"id": "V-2"},
        {"manager": "RM-02"},
        {"occurred_on": date(2024, 1, 1)},
        {"found_on": None},
        {"recorded_on": date(2025, 4, 1)},
        {"effective_on": date(2025, 5, 1)},
        {"incident": None},
        {"note": ""},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_is_left_out_makes_no_other_facts(change: dict[str, Any]) -> None:
    other = attrs.evolve(RICH, **change)
    assert Facts.of(other) == Facts.of(RICH)
    assert hash(Facts.of(other)) == hash(Facts.of(RICH))


def test_equal_facts_are_judged_alike() -> None:
    pipeline = pipeline_of()
    one, other = (
        pipeline.judge(Facts("3.2b", circumstances=frozenset({"risk"}))) for _ in range(2)
    )
    assert held_by(one) == held_by(other)
