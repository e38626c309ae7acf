"""Facts: what a violation is judged by, and nothing that names a person or a day."""

from datetime import date
from typing import Any

import attrs
import pytest

from cmappraisal import ERROR_POINTS, Facts, Policy, Violation
from cmappraisal.scoring import Pipeline

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
    note="a note",
)
# What of a violation its facts leave out: whose it is, when and where it was, what is said of it.
LEFT_OUT = {"id", "manager", "occurred_on", "incident", "note"}


def test_every_field_of_a_violation_is_in_its_facts_or_is_left_out_for_good() -> None:
    names = set(attrs.fields_dict(Violation))
    assert names - LEFT_OUT == set(attrs.fields_dict(Facts)) - {"under_appeal"}


def test_facts_have_the_values_of_their_violation() -> None:
    facts = Facts.of(RICH, under_appeal=True)
    for name in set(attrs.fields_dict(Violation)) - LEFT_OUT:
        assert getattr(facts, name) == getattr(RICH, name)
    assert facts.under_appeal
    assert not Facts.of(RICH).under_appeal


@pytest.mark.parametrize(
    "change",
    [
        {"id": "V-2"},
        {"manager": "RM-02"},
        {"occurred_on": date(2024, 1, 1)},
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
    pipeline = Pipeline.of(ERROR_POINTS, Policy())
    one, other = (
        pipeline.judge(Facts("3.2b", circumstances=frozenset({"risk"}))) for _ in range(2)
    )
    assert one == other
