"""Mappings: what a read-only mapping is as a value, and what becomes one."""

import copy
import pickle
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import attrs
import pytest

from cmappraisal import FieldError
from cmappraisal.mappings import ReadOnlyMapping, as_mapping, by_id, mapping_of
from cmappraisal.showing import shown

SOME: Mapping[str, int] = ReadOnlyMapping({"b": 2, "a": 1})


def test_it_reads_as_a_mapping_in_the_order_of_its_items() -> None:
    assert list(SOME) == ["b", "a"]
    assert list(SOME.items()) == [("b", 2), ("a", 1)]
    assert list(ReadOnlyMapping([("b", 2), ("a", 1)]).items()) == [("b", 2), ("a", 1)]
    assert len(SOME) == 2
    assert SOME["a"] == 1
    assert "c" not in SOME
    assert SOME.get("c", 5) == 5
    with pytest.raises(KeyError):
        SOME["c"]
    assert repr(SOME) == "{'b': 2, 'a': 1}"
    assert dict(ReadOnlyMapping()) == {}
    assert not ReadOnlyMapping()


def test_two_are_equal_where_their_items_are_in_whatever_order() -> None:
    other = ReadOnlyMapping({"a": 1, "b": 2})
    assert other == SOME
    assert hash(SOME) == hash(other)
    assert SOME == {"a": 1, "b": 2}
    for different in ({"a": 1}, {"a": 1, "b": 3}, {"a": 1, "c": 2}):
        assert ReadOnlyMapping(different) != SOME
    no_mapping: Any = [("a", 1), ("b", 2)]
    assert no_mapping != SOME
    assert len({SOME, other, ReadOnlyMapping({"a": 1})}) == 2
    assert hash(SOME) != hash(ReadOnlyMapping({"a": 1}))


def test_nobody_changes_it_nor_what_it_was_made_of() -> None:
    given = {"a": 1}
    made = ReadOnlyMapping(given)
    given["b"] = 2
    assert made == {"a": 1}
    with pytest.raises(TypeError):
        made["b"] = 2  # type: ignore[index]
    with pytest.raises(TypeError):
        del made["a"]  # type: ignore[attr-defined]


def test_it_is_pickled_and_copied() -> None:
    for again in (pickle.loads(pickle.dumps(SOME)), copy.deepcopy(SOME), copy.copy(SOME)):
        assert again == SOME
        assert list(again) == list(SOME)
        assert type(again) is ReadOnlyMapping


def test_a_kind_of_ones_own_stays_it_when_pickled() -> None:
    assert type(pickle.loads(pickle.dumps(Counted({"a": 1})))) is Counted


class Counted(ReadOnlyMapping[str, int]):
    __slots__ = ()


@pytest.mark.parametrize("given", [{"b": 2, "a": 1}, MappingProxyType({"b": 2, "a": 1}), SOME])
def test_any_mapping_becomes_read_only(given: Mapping[str, int]) -> None:
    made = as_mapping(given)
    assert isinstance(made, ReadOnlyMapping)
    assert list(made.items()) == [("b", 2), ("a", 1)]


@pytest.mark.parametrize("given", [None, 5, "a", ["a"], [("a", 1)]], ids=shown)
def test_what_is_no_mapping_is_handed_on(given: Any) -> None:
    assert as_mapping(given) is given


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ([], []),
        ({}, []),
        (["b", "a", "b"], [("a", 0), ("b", 0)]),
        (frozenset({"b", "a"}), [("a", 0), ("b", 0)]),
        (iter(("b", "a")), [("a", 0), ("b", 0)]),
        ({"b": 2, "a": None}, [("a", None), ("b", 2)]),
        (MappingProxyType({"b": 2, "a": 1}), [("a", 1), ("b", 2)]),
        (SOME, [("a", 1), ("b", 2)]),
    ],
)
def test_ids_are_sorted_and_those_of_a_list_have_what_is_said(
    given: Any, kept: list[tuple[str, Any]]
) -> None:
    made = by_id(given, 0)
    assert isinstance(made, ReadOnlyMapping)
    assert list(made.items()) == kept


@pytest.mark.parametrize("given", [None, 5, "ab", b"ab", 2.5], ids=shown)
def test_what_holds_no_ids_is_handed_on(given: Any) -> None:
    assert by_id(given, 0) is given


@pytest.mark.parametrize(
    ("given", "handed_on"),
    [
        ([5], ((5, 0),)),
        (["a", None], (("a", 0), (None, 0))),
        ([["a"]], ((["a"], 0),)),
        ({5: 1, "a": 2}, ((5, 1), ("a", 2))),
    ],
    ids=shown,
)
def test_what_has_other_ids_than_strings_is_handed_on_as_pairs(
    given: Any, handed_on: tuple[Any, ...]
) -> None:
    assert by_id(given, 0) == handed_on


def as_zeros(value: Any) -> Any:
    return by_id(value, 0)


@attrs.frozen
class Holder:
    held: Any = attrs.field(
        converter=as_zeros,
        validator=mapping_of(lambda value: value in (0, 1), "ids with 0 or 1"),
    )


def test_a_validator_lets_what_fits_pass() -> None:
    assert Holder({"a": 1, "b": 0}).held == {"a": 1, "b": 0}
    assert Holder(["a"]).held == {"a": 0}
    assert Holder({}).held == {}


@pytest.mark.parametrize(
    "given",
    [None, 5, "a", [5], {"a": 2}, {"": 1}, {" a": 1}, {"a\nb": 1}, {5: 1}, ReadOnlyMapping({5: 1})],
    ids=shown,
)
def test_a_validator_rejects_the_rest(given: Any) -> None:
    with pytest.raises(FieldError) as caught:
        Holder(given)
    assert (
        str(caught.value) == f"Holder: held is {shown(by_id(given, 0))}; allowed: ids with 0 or 1"
    )
