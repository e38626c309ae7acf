"""Ids alone: where a rulebook has a mapping, whoever writes it by hand may give a list of ids."""

import json
from typing import Any

import jsonschema
import pytest

from cmappraisal import ERROR_POINTS, DecodingError, Rulebook
from cmappraisal.interop.converters import decode, dumps
from cmappraisal.interop.schemas import schema


def with_first_rule(field: str, value: Any) -> dict[str, Any]:
    """The built-in standard as data, with another field of its first rule."""
    written: dict[str, Any] = json.loads(dumps(ERROR_POINTS))
    written["parts"][0]["rules"][0][field] = value
    return written


@pytest.mark.parametrize(
    ("field", "listed", "by_id"),
    [
        ("aggravated_by", ["risk", "serious"], {"risk": None, "serious": None}),
        ("consequences", ["revoked"], {"revoked": []}),
        ("aggravated_by", [], {}),
    ],
    ids=["weights", "consequences", "none"],
)
def test_a_list_of_ids_stands_for_a_mapping(
    field: str, listed: list[str], by_id: dict[str, Any]
) -> None:
    written = with_first_rule(field, listed)
    assert decode(written, Rulebook) == decode(with_first_rule(field, by_id), Rulebook)
    jsonschema.validate(written, schema(Rulebook))
    # What is written by the library is the mapping.
    again = json.loads(dumps(decode(written, Rulebook)))
    assert again["parts"][0]["rules"][0].get(field, {}) == by_id


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("risk", "$.parts[0].rules[0].aggravated_by: 'risk'; allowed: an object, or a list"),
        ([5], "$.parts[0].rules[0].aggravated_by[0]: 5; allowed: a string"),
    ],
    ids=["a string", "a number"],
)
def test_what_is_neither_is_a_problem(value: Any, problem: str) -> None:
    with pytest.raises(DecodingError) as caught:
        decode(with_first_rule("aggravated_by", value), Rulebook)
    [found] = caught.value.problems
    assert f"{found.path}: {found.message}".startswith(problem)
