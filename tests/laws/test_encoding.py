"""Decoding undoes encoding, and whatever else it is given it rejects with one error, or reads.

The long run: ``pytest tests/laws/test_encoding.py --hypothesis-profile=million``.
"""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cmappraisal import (
    Appraisal,
    DecodingError,
    Editions,
    Ledger,
    Policy,
    Rulebook,
    score_all,
)
from cmappraisal.errors import ProblemCode
from cmappraisal.interop.catalogue import FORMATS, TYPES
from cmappraisal.interop.converters import decode, dumps, encode, loads
from cmappraisal.interop.schemas import schema
from cmappraisal.interop.strategies import Scenario, scenarios, strategy_of
from costly import costly

KINDS = pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.__name__)
SCHEMAS = {kind: Draft202012Validator(schema(kind)) for kind in FORMATS}

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=5)
    | st.sampled_from(["2025-03-04", "2025-03-04T12:00:00Z", "0.5", "recorded", "multiply", "V-1"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


def rulebooks_of(value: Any) -> tuple[Rulebook, ...]:
    """The rulebooks that a result refers to."""
    return value.rulebooks if isinstance(value, Appraisal) else ()


def rulebooks_in(scenario: Scenario) -> tuple[Rulebook, ...]:
    """The rulebooks of a scenario's standard."""
    standard = scenario.standard
    return (standard,) if isinstance(standard, Rulebook) else standard.rulebooks


def read(text: str, kind: type, rulebooks: tuple[Rulebook, ...]) -> Any:
    try:
        return loads(text, kind, rulebooks=rulebooks)
    except DecodingError as error:
        return error


def read_or_rejected(text: str, kind: type, rulebooks: tuple[Rulebook, ...] = ()) -> None:
    """Either the text is read, whole and for good, or it is rejected with paths into it."""
    value: Any = read(text, kind, rulebooks)
    if isinstance(value, DecodingError):
        assert value.problems
        for problem in value.problems:
            assert problem.path.startswith("$")
            assert isinstance(problem.code, ProblemCode)
            assert problem.message
        assert str(value).encode()
        return
    assert loads(dumps(value), kind, rulebooks=rulebooks) == value
    assert SCHEMAS[kind].is_valid(json.loads(text))
    assert type(value) is kind


@costly
@given(scenarios())
def test_decoding_undoes_encoding(scenario: Scenario) -> None:
    appraisals = score_all(
        scenario.ledger,
        scenario.standard,
        scenario.period,
        policy=scenario.policy,
        people=scenario.people,
    )
    documents: list[Any] = [*rulebooks_in(scenario), scenario.policy, scenario.ledger]
    for value in (*documents, *appraisals.values()):
        kind, known = type(value), rulebooks_of(value)
        text = dumps(value)
        assert loads(text, kind, rulebooks=known) == value
        assert decode(encode(value), kind, rulebooks=known) == value
        assert dumps(loads(text, kind, rulebooks=known)) == text


@given(scenarios())
def test_what_was_read_scores_as_what_was_written(scenario: Scenario) -> None:
    read = tuple(loads(dumps(rulebook), Rulebook) for rulebook in rulebooks_in(scenario))
    again = Scenario(
        read[0]
        if isinstance(scenario.standard, Rulebook)
        else decode(encode(scenario.standard), Editions, rulebooks=read),
        loads(dumps(scenario.policy), Policy),
        loads(dumps(scenario.ledger), Ledger),
        scenario.period,
        tuple(decode(encode(each), type(each)) for each in scenario.people),
    )
    assert again.appraisals() == scenario.appraisals()
    assert again.ledger.root() == scenario.ledger.root()
    assert again.rulebook.digest == scenario.rulebook.digest


@KINDS
@given(text=st.text(max_size=200) | st.text('{}[]":,0123456789.eE-+ntrufalsNI \n\\', max_size=60))
def test_raw_text_is_rejected(kind: type, text: str) -> None:
    read_or_rejected(text, kind)


@KINDS
@given(data=JSON)
def test_any_json_is_read_or_rejected(kind: type, data: Any) -> None:
    fields = data if isinstance(data, dict) else {"entries": data, "aggravation": data}
    read_or_rejected(json.dumps({"format": FORMATS[kind], **fields}), kind)


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
@given(data=JSON)
def test_any_data_is_decoded_or_rejected(kind: type, data: Any) -> None:
    try:
        value: Any = decode(data, kind)
    except DecodingError as error:
        value = error
    assert type(value) is kind or bool(value.problems)


def places_in(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a document, as what holds it and the key or index there."""
    found: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        found += [(value, key) for key in value]
    elif isinstance(value, list):
        found += [(value, index) for index in range(len(value))]
    for holder, place in list(found):
        found += places_in(holder[place])
    return found


@st.composite
def mutated(draw: st.DrawFn, kind: type) -> tuple[str, tuple[Rulebook, ...]]:
    """The text of a valid document with a few things changed, removed, added or cut."""
    value = draw(strategy_of(kind))
    document = json.loads(dumps(value))
    for _ in range(draw(st.integers(1, 3))):
        places = places_in(document)
        holder, place = draw(st.sampled_from(places))
        match draw(st.sampled_from(["change", "swap", "remove", "add"])):
            case "change":
                holder[place] = draw(JSON)
            case "swap":
                other, there = draw(st.sampled_from(places))
                holder[place] = json.loads(json.dumps(other[there]))
            case "remove":
                del holder[place]
                if not document:
                    break
            case _ if isinstance(holder, dict):
                holder[draw(st.text(max_size=5))] = draw(JSON)
            case _:
                holder.insert(place, draw(JSON))
    text = json.dumps(document)
    if draw(st.booleans()):
        first, last = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        rest = text[last if last - first < 20 else first :]
        text = text[:first] + draw(st.text(max_size=5)) + rest
    return text, rulebooks_of(value)


@KINDS
@costly
@given(data=st.data())
def test_a_mutated_document_is_read_or_rejected(kind: type, data: st.DataObject) -> None:
    text, known = data.draw(mutated(kind))
    read_or_rejected(text, kind, known)
