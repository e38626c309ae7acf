"""Trainees: who is trained, in a group or in none."""

import copy
import enum
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import FieldError, Milestone, Tenure
from cmappraisal.interop.training_strategies import group
from cmappraisal.training import Group, Leave, Trainee, trainees_of

HIRED = date(2026, 3, 2)
IDENTIFIER = (
    "a non-empty string of at most 200 characters on one line, in NFKC, without spaces around it"
)
NEEDS = "a list of course ids, none of them twice"
MEMBERS = "a list of Trainee, nobody twice"


class Id(str, enum.Enum):  # noqa: UP042 - as an embedder may have it
    MANAGER = "RM-01"
    COURSE = "negotiation"


def test_a_trainee_needs_only_an_id() -> None:
    assert attrs.astuple(Trainee("客戶經理-07")) == ("客戶經理-07", None, (), (), ())


@pytest.mark.parametrize(
    ("needs", "kept"),
    [
        (["b", "a"], ("b", "a")),
        (("a", "b"), ("a", "b")),
        (iter(["b", "a"]), ("b", "a")),
        ([], ()),
        ([Id.COURSE], ("negotiation",)),
    ],
    ids=["list", "tuple", "iterator", "none", "enumeration"],
)
def test_needs_keep_their_order(needs: Any, kept: tuple[str, ...]) -> None:
    trainee = Trainee(Id.MANAGER, HIRED, needs=needs)
    assert trainee.needs == kept
    assert {type(trainee.id), *map(type, trainee.needs)} == {str}


@pytest.mark.parametrize(
    ("hired_on", "day", "is_there"),
    [
        (HIRED, date(2026, 3, 1), False),
        (HIRED, HIRED, True),
        (HIRED, date(2026, 3, 3), True),
        (HIRED, date(2025, 3, 2), False),
        (HIRED, date.max, True),
        (date.min, date.min, True),
        (date.max, date(9999, 12, 30), False),
        (None, date.min, True),
    ],
)
def test_somebody_is_there_from_the_day_of_hiring(
    hired_on: date | None, day: date, is_there: bool
) -> None:
    assert Trainee("RM-01", hired_on).is_there(day) is is_there


@given(st.none() | st.dates(), st.dates(), st.dates())
def test_who_is_there_once_is_there_ever_after(hired_on: date | None, one: date, two: date) -> None:
    trainee = Trainee("RM-01", hired_on)
    assert trainee.is_there(min(one, two)) <= trainee.is_there(max(one, two))
    assert trainee.is_there(one) is (hired_on is None or one >= hired_on)


def tenure(first: date | None, last: date | None, group: str = "A", person: str = "a") -> Tenure:
    return Tenure(person, group, first=first, last=last)


SPRING, MAY = date(2026, 3, 1), date(2026, 5, 4)


@pytest.mark.parametrize(
    ("tenures", "days"),
    [
        ([tenure(None, SPRING)], {date.min: True, SPRING: True, MAY: False}),
        ([tenure(SPRING, None)], {date.min: False, SPRING: True, date.max: True}),
        (
            [tenure(MAY, None), tenure(None, SPRING, "B")],
            {SPRING: True, date(2026, 3, 2): False, date(2026, 5, 3): False, MAY: True},
        ),
    ],
)
def test_somebody_is_there_when_a_tenure_says_so(
    tenures: list[Tenure], days: dict[date, bool]
) -> None:
    trainee = Trainee("a", tenures=tenures)
    assert {day: trainee.is_there(day) for day in days} == days


@pytest.mark.parametrize(
    ("hired_on", "tenures", "since"),
    [
        (HIRED, [], HIRED),
        (None, [], None),
        (None, [tenure(None, SPRING)], None),
        (None, [tenure(MAY, None), tenure(SPRING, date(2026, 4, 1))], SPRING),
        (SPRING, [tenure(MAY, None)], SPRING),
    ],
)
def test_stages_are_reckoned_from_the_first_day_that_is_known(
    hired_on: date | None, tenures: list[Tenure], since: date | None
) -> None:
    assert Trainee("a", hired_on, tenures=tenures).since == since


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"tenures": [tenure(None, None, person="b")]}, 'allowed: those of "a", not of "b"'),
        ({"leaves": [Leave("b", "sick")]}, 'allowed: those of "a", not of "b"'),
        (
            {"tenures": [tenure(None, SPRING), tenure(SPRING, None)]},
            "allowed: one tenure at a time; let the one that begins before 2026-03-01 end the day",
        ),
        ({"tenures": [tenure(None, None), tenure(SPRING, None)]}, "one tenure at a time"),
        ({"tenures": [tenure(None, SPRING), tenure(None, SPRING)]}, "one tenure at a time"),
        (
            {"hired_on": MAY, "tenures": [tenure(None, SPRING)]},
            "allowed: none before hired_on (2026-05-04)",
        ),
        (
            {"hired_on": MAY, "tenures": [tenure(SPRING, None)]},
            "allowed: none before hired_on (2026-05-04)",
        ),
        ({"tenures": "A"}, "tenures is 'A'; allowed: a list of Tenure"),
        ({"leaves": [SPRING]}, "allowed: a list of Leave"),
    ],
)
def test_tenures_and_leaves_are_of_the_person_and_fit_together(
    fields: dict[str, Any], message: str
) -> None:
    with pytest.raises(FieldError) as caught:
        Trainee("a", **fields)
    assert message in str(caught.value)


def test_staff_records_make_trainees() -> None:
    sick = Leave("b", "sick", first=SPRING)
    first, second = tenure(None, SPRING), tenure(MAY, None, "B")
    people: list[Tenure | Milestone | Leave] = [
        first,
        Milestone("b", "hired", HIRED),
        Milestone("b", "licence", SPRING),
        sick,
        second,
        Milestone("c", "hired", HIRED),
    ]
    assert trainees_of(people, needs={"a": ["x"]}) == (
        Trainee("a", needs=["x"], tenures=[first, second]),
        Trainee("b", HIRED, leaves=[sick]),
    )
    assert trainees_of(people, hired="licence")[1].hired_on == SPRING
    with pytest.raises(FieldError) as caught:
        trainees_of(["a"], needs=5, hired="")  # type: ignore[arg-type, list-item]
    assert [each.path for each in caught.value.problems] == ["$.people[0]", "$.needs", "$.hired"]


def test_all_that_is_wrong_with_staff_records_is_reported_at_once() -> None:
    people: list[Tenure | Milestone | Leave] = [
        Tenure("a", "north"),
        Tenure("a", "south", first=SPRING),
        Milestone("b", "hired", HIRED),
        Milestone("b", "hired", HIRED),
        Milestone("b", "hired", SPRING),
        Tenure("b", "north", first=date(2020, 1, 1)),
    ]
    with pytest.raises(FieldError) as caught:
        trainees_of(people, needs={"b": ["x", "x"], "B": ["y"], "nobody": ["z"]})
    assert [(each.path, each.code.value) for each in caught.value.problems] == [
        ("$.people[4].day", "contradiction"),
        ('$.needs["B"]', "unknown-id"),
        ('$.needs["nobody"]', "unknown-id"),
        ('$.people["a"].tenures', "contradiction"),
        ('$.people["b"].needs', "not-allowed"),
    ]
    assert str(caught.value).startswith(
        "trainees_of: 5 problems:\n"
        f'- people[4].day is {SPRING} of "b", who has {HIRED} too; keep one of them\n'
        '- needs["B"] is of somebody without a tenure and a leave; did you mean "b"?\n'
        '- needs["nobody"] is of somebody without a tenure and a leave; give one, or leave the '
        "needs out\n"
    )
    with pytest.raises(FieldError) as caught:
        trainees_of([], needs={f"RM-{number}": [] for number in range(150)})
    assert (len(caught.value.problems), caught.value.more) == (100, 50)


def test_a_group_keeps_its_order_and_counts() -> None:
    one, two = Trainee("RM-02"), Trainee("RM-01")
    team = Group("branch-1", iter([one, two]))
    assert team.trainees == (one, two)
    assert team.size == 2
    assert Group("branch-2", []).size == 0


@given(group())
def test_a_group_has_each_member_once(drawn: Group) -> None:
    assert drawn.size == len({trainee.id for trainee in drawn.trainees})
    if drawn.size:
        with pytest.raises(FieldError):
            Group(drawn.id, [*drawn.trainees, Trainee(drawn.trainees[0].id)])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Trainee(""), f"Trainee: id is ''; allowed: {IDENTIFIER}"),
        (lambda: Trainee("RM-01\n"), f"Trainee: id is 'RM-01\\n'; allowed: {IDENTIFIER}"),
        (lambda: Trainee(7), f"Trainee: id is 7; allowed: {IDENTIFIER}"),  # type: ignore[arg-type]
        (lambda: Trainee("\ud800"), f"Trainee: id is '\\ud800'; allowed: {IDENTIFIER}"),
        (
            lambda: Trainee("RM-01", "2026-03-02"),  # type: ignore[arg-type]
            "Trainee \"RM-01\": hired_on is '2026-03-02'; "
            "allowed: None, or a datetime.date such as date(2025, 3, 2), "
            "no datetime and no string",
        ),
        (
            lambda: Trainee("RM-01", datetime(2026, 3, 2, tzinfo=UTC)),
            'Trainee "RM-01": hired_on is datetime.datetime(2026, 3, 2, 0, 0, '
            "tzinfo=datetime.timezone.utc); allowed: None, or a datetime.date such "
            "as date(2025, 3, 2), no datetime and no string",
        ),
        (
            lambda: Trainee("RM-01", needs="negotiation"),
            f"Trainee \"RM-01\": needs is 'negotiation'; allowed: {NEEDS}",
        ),
        (
            lambda: Trainee("RM-01", needs=["a", "b", "a"]),
            f"Trainee \"RM-01\": needs is ('a', 'b', 'a'); allowed: {NEEDS}",
        ),
        (
            lambda: Trainee("RM-01", needs=[""]),
            f"Trainee \"RM-01\": needs is ('',); allowed: {NEEDS}",
        ),
        (
            lambda: Trainee("RM-01", needs=[5]),  # type: ignore[list-item]
            f'Trainee "RM-01": needs is (5,); allowed: {NEEDS}',
        ),
        (
            lambda: Trainee("RM-01", needs={"a": 1}),
            f"Trainee \"RM-01\": needs is {{'a': 1}}; allowed: {NEEDS}",
        ),
        (
            lambda: Trainee("RM-01", needs=None),  # type: ignore[arg-type]
            f'Trainee "RM-01": needs is None; allowed: {NEEDS}',
        ),
        (lambda: Group("", []), f"Group: id is ''; allowed: {IDENTIFIER}"),
        (
            lambda: Group("G", Trainee("RM-01")),  # type: ignore[arg-type]
            "Group \"G\": trainees is Trainee(id='RM-01', hired_on=None, needs=()); "
            f"allowed: {MEMBERS}",
        ),
        (
            lambda: Group("G", ["RM-01"]),  # type: ignore[list-item]
            f"Group \"G\": trainees is ('RM-01',); allowed: {MEMBERS}",
        ),
        (
            lambda: Group("G", {Trainee("RM-01"): 1}),
            "Group \"G\": trainees is {Trainee(id='RM-01', hired_on=None, needs=()): 1}; "
            f"allowed: {MEMBERS}",
        ),
        (
            lambda: Group("G", [Trainee("a"), Trainee("a", HIRED)]),
            "Group \"G\": trainees is (Trainee(id='a', hired_on=None, needs=()), "
            f"Trainee(id='a', hired_on=datetime.dat...; allowed: {MEMBERS}",
        ),
        (lambda: Group("G", None), f'Group "G": trainees is None; allowed: {MEMBERS}'),  # type: ignore[arg-type]
    ],
)
def test_what_does_not_fit_is_rejected(make: Callable[[], Any], message: str) -> None:
    with pytest.raises(FieldError) as caught:
        make()
    assert str(caught.value) == message


def test_of_two_tenures_without_a_day_one_has_to_end_before_the_other() -> None:
    with pytest.raises(FieldError) as caught:
        Trainee("RM-01", tenures=[Tenure("RM-01", "A"), Tenure("RM-01", "B")])
    assert str(caught.value).endswith("begins before the other end the day before it")


@pytest.mark.parametrize(
    "value",
    [Trainee("RM-01", HIRED, needs=["a"]), Group("G", [Trainee("RM-01")])],
    ids=lambda value: type(value).__name__,
)
def test_everything_is_a_value(value: Any) -> None:
    for again in (pickle.loads(pickle.dumps(value)), copy.deepcopy(value), attrs.evolve(value)):
        assert again == value
        assert hash(again) == hash(value)
    for field in attrs.fields(type(value)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, field.name, None)
