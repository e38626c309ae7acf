"""The catalogue: every exported type can be encoded, described and drawn, or is named as none."""

import enum
from typing import get_args

import attrs
import pytest

import cmappraisal
from cmappraisal import Appraisal, Case, Ledger, Policy, Rulebook
from cmappraisal.erasures import LedgerEntry
from cmappraisal.interop.catalogue import (
    FORMATS,
    KINDS,
    NAMES,
    NAMESPACES,
    NOT_DATA,
    TYPES,
    RulebookReference,
    members_of,
)
from cmappraisal.interop.schemas import schema
from cmappraisal.interop.strategies import strategy_of
from cmappraisal.merkle import MerkleTree
from cmappraisal.standards import Clause

EXPORTED = {
    value
    for namespace in NAMESPACES
    for value in (getattr(namespace, name) for name in namespace.__all__)
    if isinstance(value, type) and attrs.has(value)
}


def test_every_exported_type_is_data_or_named_as_none() -> None:
    assert set(TYPES) >= EXPORTED - NOT_DATA
    assert len(TYPES) == len(set(TYPES))
    assert {MerkleTree} == NOT_DATA


def test_whatever_a_value_holds_is_exported_too() -> None:
    assert set(TYPES) <= EXPORTED


def test_every_choice_that_a_value_takes_is_exported() -> None:
    exported = {
        value
        for namespace in NAMESPACES
        for value in (getattr(namespace, name) for name in namespace.__all__)
        if isinstance(value, type)
    }
    taken = {
        inner
        for kind in TYPES
        for member in members_of(kind)
        for inner in (member.kind, *get_args(member.kind))
        if isinstance(inner, type) and issubclass(inner, enum.Enum)
    }
    assert sorted(choice.__name__ for choice in taken - exported) == []


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
def test_a_type_can_be_drawn_encoded_and_described(kind: type) -> None:
    # That what is drawn is encoded, and comes back, is a law of its own.
    strategy_of(kind).validate()
    assert schema(kind)["title"] == kind.__name__
    assert all(hasattr(kind, member.name) for member in members_of(kind))


def test_a_kind_tells_one_type_from_all_others() -> None:
    assert len(set(KINDS.values())) == len(KINDS)
    assert {"deduction", "recorded", "cadence", "test-result", "multiply"} <= set(KINDS.values())
    assert {"decided", "set-to", "waive", "provision"} <= set(KINDS.values())


def test_each_document_has_a_format_of_its_own() -> None:
    assert len(set(FORMATS.values())) == len(FORMATS)
    assert FORMATS[Rulebook] == Rulebook.FORMAT
    assert FORMATS[Policy] == Policy.FORMAT
    assert FORMATS[Appraisal] == "cmappraisal/appraisal/3"


def test_what_is_made_by_hand_is_described_by_its_constructor() -> None:
    assert [member.name for member in members_of(Case)] == ["state", "violation", "history"]
    (entries,) = members_of(Ledger)
    assert entries.kind == tuple[LedgerEntry, ...]
    assert entries.is_needed


def test_names_of_fields_are_those_that_the_type_has() -> None:
    owners = (Policy, cmappraisal.Rule, Clause)
    for known in NAMES.values():
        assert set(known) <= {name for owner in owners for name in attrs.fields_dict(owner)}


def test_a_reference_shows_what_it_refers_to() -> None:
    reference = RulebookReference.of(cmappraisal.ERROR_POINTS)
    assert str(reference) == str(cmappraisal.ERROR_POINTS)
    assert reference.digest == cmappraisal.ERROR_POINTS.digest
