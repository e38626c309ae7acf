"""Pydantic: every exported type in models and adapters, every problem with its place."""

import enum
import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Any, get_args

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from cmappraisal import (
    ERROR_POINTS,
    Act,
    Appraisal,
    Edition,
    Editions,
    Entry,
    FieldError,
    Ledger,
    Merit,
    Period,
    Policy,
    Recorded,
    Rulebook,
    Text,
    Violation,
    score,
)
from cmappraisal.accounts import PointsAccount
from cmappraisal.comparison import Situation
from cmappraisal.interop.catalogue import FORMATS, NAMESPACES, TYPES
from cmappraisal.interop.converters import dumps, encode
from cmappraisal.interop.pydantic import ByKind, core_schema_of, location_of
from cmappraisal.interop.schemas import schema

VIOLATION = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2), note="風險")
RECORDED = Recorded(VIOLATION, at=datetime(2025, 3, 4, tzinfo=UTC))
LEDGER = Ledger([RECORDED])
APPRAISAL = score(LEDGER, ERROR_POINTS, Period.year(2025), manager="RM-01")


class Filing(BaseModel):
    """A model of Pydantic that holds values of the library."""

    violation: Violation
    others: list[Violation] = []
    by_id: dict[str, Act] = {}
    appraisal: Appraisal | None = None
    entry: Annotated[Entry, ByKind()] | None = None


def known_to(value: Any) -> dict[str, Any]:
    """The context of a validation, with the rulebooks that a result refers to."""
    if isinstance(value, Edition):
        return {"rulebooks": (value.rulebook,)}
    referring = (Appraisal, Editions, PointsAccount, Situation)
    return {"rulebooks": value.rulebooks if isinstance(value, referring) else ()}


def told_by(kind: Any, data: Any) -> list[tuple[Any, ...]]:
    """Type, place and input of each problem of data that is rejected."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(data)
    assert json.loads(caught.value.json())
    return [(each["type"], each["loc"], each["input"]) for each in caught.value.errors()]


def definitions_of(described: dict[str, Any]) -> Any:
    """A schema without what Pydantic adds, its definitions in the place of references to them."""
    definitions = described.get("$defs", {})

    def unfolded(part: Any, within: tuple[str, ...]) -> Any:
        if isinstance(part, list):
            return [unfolded(each, within) for each in part]
        if not isinstance(part, Mapping):
            return part
        if set(part) <= {"allOf", "$defs"}:  # as older versions have it around a reference
            return unfolded(part["allOf"][0], within)
        if target := part.get("$ref"):
            name = target.removeprefix("#/$defs/")
            return name if name in within else unfolded(definitions[name], (*within, name))
        left_out = ("$defs", "$schema", "title")
        return {key: unfolded(each, within) for key, each in part.items() if key not in left_out}

    return unfolded(described, ())


KINDS = pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)


@KINDS
def test_every_exported_type_is_described_as_the_library_describes_it(kind: type) -> None:
    described = TypeAdapter(kind).json_schema()
    if kind is not Rulebook:  # its parts hold parts, and what is within itself has two names
        assert definitions_of(described) == definitions_of(schema(kind))


@pytest.mark.thorough
@KINDS
def test_every_exported_type_is_taken_and_written(kind: type) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(kind)

    @settings(max_examples=5)
    @given(st.from_type(kind))
    def holds(value: Any) -> None:
        assert adapter.validate_python(value) is value
        assert adapter.dump_python(value) is value
        written = adapter.dump_json(value).decode()
        data = json.loads(dumps(value)) if kind in FORMATS else encode(value)
        assert json.loads(written) == adapter.dump_python(value, mode="json") == data
        assert adapter.validate_json(written, context=known_to(value)) == value
        assert adapter.validate_python(data, context=known_to(value)) == value

    holds()


def test_every_exported_choice_is_its_value() -> None:
    exported = [getattr(namespace, name) for namespace in NAMESPACES for name in namespace.__all__]
    choices = [each for each in exported if isinstance(each, type) and issubclass(each, enum.Enum)]
    assert choices
    for kind in choices:
        adapter: TypeAdapter[Any] = TypeAdapter(kind)
        for choice in kind:
            assert adapter.validate_python(choice) is choice
            assert adapter.validate_python(choice.value) is choice
            assert json.loads(adapter.dump_json(choice)) == choice.value


def test_a_union_is_taken_as_one() -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(Annotated[Act, ByKind()])
    for act in (VIOLATION, Merit("M-1", "RM-01", rule="5.1", occurred_on=date(2025, 3, 2))):
        assert adapter.validate_python(act) is act
        assert adapter.validate_json(adapter.dump_json(act)) == act
    assert [each["$ref"] for each in adapter.json_schema()["anyOf"]] == [
        f"#/$defs/{kind.__name__}" for kind in get_args(Act)
    ]
    optional: TypeAdapter[Any] = TypeAdapter(Annotated[Act | None, ByKind()])
    assert optional.validate_python(None) is None
    assert optional.json_schema()["anyOf"][-1] == {"type": "null"}
    assert told_by(Annotated[Act, ByKind()], {"kind": "merit", "id": 5}) == [
        ("not-allowed", ("id",), 5),
        ("missing", ("manager",), "{'kind': 'merit', 'id': 5}"),
        ("missing", ("rule",), "{'kind': 'merit', 'id': 5}"),
        ("missing", ("occurred_on",), "{'kind': 'merit', 'id': 5}"),
    ]


# In models.


def test_a_model_holds_what_it_is_given_and_writes_the_librarys_json() -> None:
    filing = Filing(
        violation=VIOLATION,
        others=[VIOLATION],
        by_id={"V-1": VIOLATION},
        appraisal=APPRAISAL,
        entry=RECORDED,
    )
    assert filing.violation is VIOLATION
    assert filing.model_dump()["appraisal"] is APPRAISAL
    written = json.loads(filing.model_dump_json())
    assert written["violation"] == written["by_id"]["V-1"] == encode(VIOLATION)
    assert written["appraisal"] == json.loads(dumps(APPRAISAL))
    assert written["entry"] == encode(RECORDED)
    assert Filing.model_validate_json(filing.model_dump_json()) == filing


def test_a_model_is_described_with_one_definition_of_each_type() -> None:
    described = Filing.model_json_schema()
    Draft202012Validator.check_schema(described)
    written = Filing.model_json_schema(mode="serialization")
    assert written["$defs"] == described["$defs"]
    assert described["properties"]["others"]["items"] == {"$ref": "#/$defs/Violation"}
    assert {"Violation", "Merit", "Appraisal", "Line", "Recorded"} <= set(described["$defs"])
    assert not [name for name in described["$defs"] if "__" in name]
    filing = Filing(violation=VIOLATION, appraisal=APPRAISAL).model_dump_json()
    assert Draft202012Validator(described).is_valid(json.loads(filing))


def test_a_document_beside_one_that_holds_it_is_described_apart() -> None:
    described = TypeAdapter(tuple[Policy, Appraisal]).json_schema()
    names = [name for name in described["$defs"] if name.endswith("Policy")]
    required = sorted(described["$defs"][name].get("required", []) for name in names)
    assert required == [[], ["format"]]


# What is rejected.


def test_every_problem_has_its_place_its_code_and_what_is_there() -> None:
    with pytest.raises(ValidationError) as caught:
        Filing.model_validate(
            {
                "violation": {**encode(VIOLATION), "quantity": 0.5, "colour{}": "red"},
                "others": [encode(VIOLATION), {**encode(VIOLATION), "rule": " "}],
            }
        )
    assert [(each["type"], each["loc"], each["input"]) for each in caught.value.errors()] == [
        ("not-allowed", ("violation", "quantity"), "0.5"),
        ("unknown-field", ("violation", "colour{}"), "red"),
        ("not-allowed", ("others", 1, "rule"), " "),
    ]
    assert caught.value.errors()[0]["msg"] == "0.5; allowed: an int"


@pytest.mark.parametrize("data", [5, None, "V-1", [], float("nan"), object, "\ud800", b"\xff"])
def test_what_is_no_object_is_rejected(data: object) -> None:
    ((code, place, _),) = told_by(Violation, data)
    assert (code, place) == ("not-allowed", ())


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Zürich", "Zürich"),
        ("a" * 81, f"'{'a' * 79}..."),
        ("\ud800", "'\\ud800'"),
        (10**20, 10**20),
        (True, True),
        (2.5, "2.5"),
        (10**5_000, "<int that cannot be shown>"),
    ],
    ids=["plain", "long", "half a character", "int", "bool", "float", "huge int"],
)
def test_what_is_there_is_repeated_only_where_any_answer_can(given: object, shown: object) -> None:
    ((_, _, found),) = told_by(Text, given)
    assert found == shown


def test_names_that_no_utf_8_can_hold_are_shown_escaped() -> None:
    places = [place for _, place, _ in told_by(Text, {"\ud800": 1, "é": "\ud800"})]
    assert places[-2:] == [('"\\ud800"',), ("é",)]


def test_a_document_says_its_format() -> None:
    assert told_by(Policy, {}) == [("missing", ("format",), "{}")]
    assert told_by(Policy, {"format": "cmappraisal/policy/1"}) == [
        ("not-allowed", ("format",), "cmappraisal/policy/1")
    ]


def test_where_there_are_more_problems_than_are_listed_the_last_says_so() -> None:
    told = told_by(Ledger, {"format": FORMATS[Ledger], "entries": [0] * 200})
    assert told[99:] == [
        ("not-allowed", ("entries", 99), 0),
        ("more", (), None),
    ]


def test_what_is_nested_too_deep_is_rejected() -> None:
    part: dict[str, Any] = {}
    for _ in range(900):
        part = {"parts": [part]}
    data = {"format": FORMATS[Rulebook], **part}
    assert ("malformed", ()) in [each[:2] for each in told_by(Rulebook, data)]


def test_the_name_of_the_type_stands_above_the_problems() -> None:
    with pytest.raises(ValidationError, match=r"^1 validation error for .*Text"):
        TypeAdapter(Text).validate_python(5)


def test_a_rulebook_that_is_not_known_is_a_problem() -> None:
    other = attrs.evolve(ERROR_POINTS, edition="2.0")
    appraisal = score(LEDGER, other, Period.year(2025), manager="RM-01")
    adapter = TypeAdapter(Appraisal)
    text = adapter.dump_json(appraisal)
    with pytest.raises(ValidationError, match="is not known") as caught:
        adapter.validate_json(text)
    assert {each["type"] for each in caught.value.errors()} == {"unknown-id"}
    assert adapter.validate_json(text, context={"rulebooks": [other]}) == appraisal
    with pytest.raises(ValidationError, match="is not known"):
        adapter.validate_json(text, context="no mapping")


def test_what_is_no_exported_type_has_no_core_schema() -> None:
    for kind in (int, int | None, type("Mine", (Text,), {})):
        with pytest.raises(FieldError, match="core_schema_of: kind is"):
            core_schema_of(kind)


def test_what_is_of_no_exported_type_is_not_written() -> None:
    with pytest.raises(PydanticSerializationError):
        TypeAdapter(Violation).dump_json(5)  # type: ignore[arg-type]


def test_paths_become_places() -> None:
    assert location_of("$") == ()
    assert location_of('$.a[0]["b\\"]c"].d[3.5]["é"]') == ("a", 0, 'b"]c', "d", "3.5", "é")


@pytest.mark.parametrize("id", ["a\\U", 'a"b', "a\\", "a]b", 'a"]b', "客"])
def test_an_id_in_a_path_stands_as_it_is(id: str) -> None:
    assert Violation(id, "RM-01", rule="2.1", occurred_on=date(2025, 3, 2)).id == id
    assert location_of(f'$["{id}"].rule') == (id, "rule")
    assert location_of(f'$["{id}"][0]') == (id, 0)
    assert location_of(f'$.salts["{id}"]') == ("salts", id)


# What has to be installed.

USED = "from cmappraisal import Violation; Violation.__get_pydantic_core_schema__(Violation, None)"


@pytest.mark.parametrize(("package", "extra"), [("cattrs", "json"), ("pydantic", "pydantic")])
def test_what_is_missing_is_named_with_the_command_that_installs_it(
    package: str, extra: str
) -> None:
    run = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.modules[{package!r}] = None; {USED}"],
        capture_output=True,
        check=False,
        text=True,
    )
    assert run.stderr.splitlines()[-1] == (
        f"ModuleNotFoundError: this module needs {package}; "
        f"install it with: pip install 'cmappraisal[{extra}]'"
    )
