"""Resources: rooms and trainers."""

import copy
import enum
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest
from hypothesis import given

from cmappraisal import FieldError, Period
from cmappraisal.interop.training_strategies import rooms, trainers
from cmappraisal.training import Room, Trainer
from cmappraisal.training.resources import MAXIMUM_CAPACITY

DAY = date(2026, 1, 5)
IDENTIFIER = (
    "a non-empty string of at most 200 characters on one line, in NFKC, without spaces around it"
)
SEATS = "allowed: an int from 1 to 100000"
DATES = "allowed: dates, in any iterable or as the keys of a mapping, at most 100000 of them"
COURSES = "allowed: a set or list of course ids"


class Id(str, enum.Enum):  # noqa: UP042 - as an embedder may have it
    TRAINER = "T-1"
    COURSE = "negotiation"


def test_a_room_seats_from_one_to_a_stadium() -> None:
    assert Room("R", 1).capacity == 1
    assert Room("R", MAXIMUM_CAPACITY).capacity == 100_000


@pytest.mark.parametrize(
    "days",
    [
        lambda: [DAY],
        lambda: (DAY, DAY),
        lambda: {DAY},
        lambda: {DAY: "stocktaking"},
        lambda: iter([DAY]),
        lambda: Period(DAY, DAY),
    ],
    ids=["list", "tuple", "set", "mapping", "iterator", "period"],
)
def test_days_come_from_whatever_has_them(days: Callable[[], Any]) -> None:
    assert Room("R", 30, closed=days()).closed == {DAY}
    assert Trainer("T", ["a"], away=days()).away == {DAY}


@pytest.mark.parametrize(
    ("teaches", "kept"),
    [([], set()), (["a", "b", "a"], {"a", "b"}), ({"a"}, {"a"}), ([Id.COURSE], {"negotiation"})],
    ids=["nothing", "list", "set", "enumeration"],
)
def test_courses_come_from_whatever_has_them(teaches: Any, kept: set[str]) -> None:
    trainer = Trainer(Id.TRAINER, teaches)
    assert trainer.id == "T-1"
    assert trainer.teaches == kept
    assert {type(trainer.id), *map(type, trainer.teaches)} == {str}


@given(rooms(), trainers())
def test_rooms_and_trainers_are_as_they_were_given(room: Room, trainer: Trainer) -> None:
    closed, away, taught = sorted(room.closed), sorted(trainer.away), sorted(trainer.teaches)
    again = Room(room.id, room.capacity, closed=closed, hours=list(room.hours), gap=room.gap)
    assert again == room
    others = iter(trainer.hours)
    assert Trainer(trainer.id, taught, away=away, hours=others, gap=trainer.gap) == trainer


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Room("", 1), f"Room: id is ''; allowed: {IDENTIFIER}"),
        (lambda: Room("\ud800", 1), f"Room: id is '\\ud800'; allowed: {IDENTIFIER}"),
        (lambda: Room("R", 0), f'Room "R": capacity is 0; {SEATS}'),
        (lambda: Room("R", 100_001), f'Room "R": capacity is 100001; {SEATS}'),
        (lambda: Room("R", True), f'Room "R": capacity is True; {SEATS}'),
        (lambda: Room("R", 30.0), f'Room "R": capacity is 30.0; {SEATS}'),  # type: ignore[arg-type]
        (
            lambda: Room("大廳", "30"),  # type: ignore[arg-type]
            f"Room \"大廳\": capacity is '30'; {SEATS}",
        ),
        (
            lambda: Room("R", 30, closed="2026-01-05"),  # type: ignore[arg-type]
            f"Room \"R\": closed is '2026-01-05'; {DATES}",
        ),
        (
            lambda: Room("R", 30, closed=DAY),  # type: ignore[arg-type]
            f'Room "R": closed is datetime.date(2026, 1, 5); {DATES}',
        ),
        (
            lambda: Room("R", 30, closed=[datetime(2026, 1, 5, tzinfo=UTC)]),
            'Room "R": closed is frozenset({datetime.datetime(2026, 1, 5, 0, 0, '
            f"tzinfo=datetime.timezone.utc)}}); {DATES}",
        ),
        (lambda: Trainer(1, []), f"Trainer: id is 1; allowed: {IDENTIFIER}"),  # type: ignore[arg-type]
        (lambda: Trainer("T", "a"), f"Trainer \"T\": teaches is 'a'; {COURSES}"),
        (lambda: Trainer("T", {"a": 1}), f"Trainer \"T\": teaches is {{'a': 1}}; {COURSES}"),
        (lambda: Trainer("T", [5]), f'Trainer "T": teaches is (5,); {COURSES}'),  # type: ignore[list-item]
        (lambda: Trainer("T", [" "]), f"Trainer \"T\": teaches is frozenset({{' '}}); {COURSES}"),
        (lambda: Trainer("T", None), f'Trainer "T": teaches is None; {COURSES}'),  # type: ignore[arg-type]
        (
            lambda: Trainer("T", [], away=[[DAY]]),  # type: ignore[list-item]
            f'Trainer "T": away is ([datetime.date(2026, 1, 5)],); {DATES}',
        ),
    ],
)
def test_what_does_not_fit_is_rejected(make: Callable[[], Any], message: str) -> None:
    with pytest.raises(FieldError) as caught:
        make()
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "value",
    [Room("R", 30, closed=[DAY]), Trainer("T", ["a"], away=[DAY])],
    ids=lambda value: type(value).__name__,
)
def test_everything_is_a_value(value: Any) -> None:
    for again in (pickle.loads(pickle.dumps(value)), copy.deepcopy(value), attrs.evolve(value)):
        assert again == value
        assert hash(again) == hash(value)
    for field in attrs.fields(type(value)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, field.name, None)
