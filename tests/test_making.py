"""Making: values made without checks are as those that are checked."""

import copy
import pickle
from collections.abc import Callable
from datetime import date

import attrs
import pytest

from cmappraisal import Period, Tenure
from cmappraisal.making import MadeWhenRead, Remembers, copier, made_when_read, maker, unchecked
from cmappraisal.training import Session

DAY = date(2026, 3, 2)


def test_what_is_made_from_all_fields_is_equal() -> None:
    made = Tenure("RM-01", "north", role="head", first=DAY)
    fields = {each.name: getattr(made, each.name) for each in attrs.fields(Tenure)}
    assert unchecked(Tenure, **fields) == made


def test_nothing_is_checked() -> None:
    assert unchecked(Period, first=DAY, last=date.min).last == date.min


def test_a_copy_takes_the_fields_that_are_others() -> None:
    copied = copier(Session, "on", "room")
    session = Session("study", DAY, on=DAY)
    other = copied(session, date(2026, 3, 3), "R-1")
    assert other == attrs.evolve(session, on=date(2026, 3, 3), room="R-1")
    assert session.room is None


def test_a_maker_makes_values_from_their_fields_in_order() -> None:
    make = maker(Period)
    assert make(DAY, DAY) == Period(DAY, DAY)
    assert make(DAY, date.min).last == date.min


def test_what_a_maker_makes_is_frozen_as_others_are() -> None:
    made = maker(Period)(DAY, DAY)
    assert type(made) is Period
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        made.last = date.min  # type: ignore[misc]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        del made.last
    assert pickle.loads(pickle.dumps(made)) == made


@attrs.frozen
class Late(MadeWhenRead):
    """A value of which two fields can be made late."""

    id: str
    one: int
    other: int


def late() -> tuple[Late, Callable[[], int]]:
    """A value, and what says how often its fields were made."""
    times: list[None] = []

    def later() -> dict[str, int]:
        times.append(None)
        return {"one": 1, "other": 2}

    return made_when_read(Late, later, id="a"), lambda: len(times)


def test_fields_are_made_once_when_one_of_them_is_first_read() -> None:
    value, times = late()
    assert (value.id, times()) == ("a", 0)
    assert (value.one, value.other, value.one, times()) == (1, 2, 1, 1)


def test_a_maker_leaves_what_is_made_late() -> None:
    times: list[None] = []

    def later() -> dict[str, int]:
        times.append(None)
        return {"one": 1, "other": 2}

    value = maker(Late, "one", "other")("a", later)
    assert value.made_later is later
    assert (value.id, len(times)) == ("a", 0)
    assert (value.one, value.other, len(times)) == (1, 2, 1)
    assert value.made_later is None
    assert value == Late("a", 1, 2)
    assert Late("a", 1, 2).made_later is None


def test_what_has_no_such_field_makes_none() -> None:
    value, times = late()
    with pytest.raises(AttributeError, match="'Late' object has no attribute 'another'"):
        value.another  # type: ignore[attr-defined]  # noqa: B018
    assert times() == 0
    with pytest.raises(AttributeError):
        Late.__new__(Late).one  # noqa: B018


def test_values_made_late_are_compared_hashed_and_pickled_like_others() -> None:
    made = Late("a", 1, 2)
    assert late()[0] == made == late()[0]
    assert hash(late()[0]) == hash(made)
    assert repr(late()[0]) == repr(made)
    assert pickle.loads(pickle.dumps(late()[0])) == made
    assert attrs.evolve(late()[0], id="a") == made


@attrs.frozen
class Remembering(Remembers):
    """A value that remembers."""

    held: int


def test_what_is_remembered_is_no_part_of_a_value() -> None:
    value, other = Remembering(1), Remembering(1)
    assert value.remembered is None
    written = pickle.dumps(other)
    for what in ("first", "last"):
        value.remember(what)
        assert value.remembered == what
    assert (value, hash(value), repr(value)) == (other, hash(other), repr(other))
    assert pickle.dumps(value) == written
    again = (pickle.loads(written), copy.copy(value), copy.deepcopy(value), attrs.evolve(value))
    for each in again:
        assert (each, each.remembered) == (other, None)
