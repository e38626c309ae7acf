"""Strategies that are derived: from the annotation of a field, and from the fields of a type."""

from collections.abc import Mapping
from typing import Any

from hypothesis import find, given
from hypothesis import strategies as st

from cmappraisal import Period
from cmappraisal.interop import strategies
from cmappraisal.interop.derived_strategies import built, by_annotation
from cmappraisal.policy import Assumption, Policy


def of_type(kind: type) -> st.SearchStrategy[Any]:
    return strategies.strategy_of(kind)


@given(st.data())
def test_a_mapping_is_drawn_by_its_keys_and_elements(data: st.DataObject) -> None:
    drawn = data.draw(by_annotation(Mapping[str, tuple[bool, ...]], of_type))
    assert isinstance(drawn, dict)
    for key, elements in drawn.items():
        assert isinstance(key, str)
        assert isinstance(elements, tuple)
        assert all(isinstance(element, bool) for element in elements)


def test_a_type_of_its_own_is_drawn_by_its_own_strategy() -> None:
    assert isinstance(find(by_annotation(Period | None, of_type), bool), Period)


@given(built(Period, of_type))
def test_what_the_fields_take_and_the_value_does_not_is_drawn_again(period: Period) -> None:
    assert period.first <= period.last


@given(strategies.assumptions(), strategies.aggravations())
def test_the_policy_is_drawn_in_its_parts(assumption: Assumption, aggravation: Any) -> None:
    assert hasattr(Policy(), assumption.field)
    assert Policy(aggravation=aggravation).aggravation == aggravation
