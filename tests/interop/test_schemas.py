"""Schemas: as the types are, as JSON Schema has it, and never stricter than decoding."""

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cmappraisal import ERROR_POINTS, FieldError, Ledger, Policy, Rulebook, Violation
from cmappraisal.interop.catalogue import FORMATS, TYPES
from cmappraisal.interop.converters import dumps, encode
from cmappraisal.interop.schemas import DIALECT, schema
from costly import one_in


def validator(kind: type) -> Draft202012Validator:
    return Draft202012Validator(schema(kind))


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
def test_every_schema_is_one_and_holds_for_what_is_encoded(kind: type) -> None:
    Draft202012Validator.check_schema(schema(kind))
    validates = validator(kind)

    @one_in(10)
    @given(st.from_type(kind))
    def holds(value: Any) -> None:
        validates.validate(json.loads(dumps(value)) if kind in FORMATS else encode(value))

    holds()


def test_the_schema_of_a_document_asks_for_its_format() -> None:
    ledger = schema(Ledger)
    assert ledger["$schema"] == DIALECT
    assert ledger["title"] == "Ledger"
    assert ledger["required"] == ["format", "entries"]
    assert ledger["properties"]["format"] == {"const": "cmappraisal/ledger/2"}


def test_the_schema_of_a_value_is_among_its_definitions() -> None:
    violation = schema(Violation)
    assert violation["$ref"] == "#/$defs/Violation"
    definition = violation["$defs"]["Violation"]
    assert definition["required"] == ["kind", "id", "manager", "rule", "occurred_on"]
    assert definition["additionalProperties"] is False
    assert definition["properties"]["quantity"] == {"type": "integer"}


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        (Rulebook, {"edition": 5}),
        (Rulebook, {"more": 5}),
        (Rulebook, {"format": "cmappraisal/rulebook/1"}),
        (Rulebook, {"parts": {}}),
        (Rulebook, {"parts": [5]}),
        (Policy, {"floor": 0.5}),
        (Policy, {"floor": "half"}),
        (Policy, {"concurrence": "lowest"}),
        (Policy, {"aggravation": {"kind": "divide"}}),
        (Policy, {"aggravation": {"kind": "add"}}),
    ],
)
def test_the_schema_rejects_what_has_another_shape(kind: type, change: dict[str, object]) -> None:
    document = json.loads(dumps(ERROR_POINTS if kind is Rulebook else Policy()))
    assert validator(kind).is_valid(document)
    assert not validator(kind).is_valid({**document, **change})


def test_what_is_no_value_type_has_no_schema() -> None:
    with pytest.raises(
        FieldError, match=r"schema: kind is <class 'int'>; allowed: Acted, Redacted, Merit"
    ):
        schema(int)


def test_schemas_are_made_without_docstrings_too() -> None:
    program = "from cmappraisal import Ledger; from cmappraisal.interop.schemas import schema; "
    shown = subprocess.check_output(
        [sys.executable, "-OO", "-c", f"{program}print(schema(Ledger)['description'])"], text=True
    )
    assert shown == "Ledger\n"
