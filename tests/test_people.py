"""People: who holds which role over whom on a day, as it was known."""

from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest

from cmappraisal import FieldError, Tenure
from cmappraisal.people import People, in_order

DAY = date(2025, 3, 2)
NOON = datetime(2025, 3, 2, 12, tzinfo=UTC)
DOER = Tenure("RM-01", "north", superior="T-1")
TEAM_LEADER = Tenure("T-1", "north", role="leader", superior="H-1")
HEAD = Tenure("H-1", "office", role="head", superior="D-1")
DIRECTOR = Tenure("D-1", "office", role="head", superior="H-1")
REVIEWER = Tenure("C-1", "north", role="reviewer")
ELSEWHERE = Tenure("C-2", "south", role="reviewer")
ALL = [DOER, TEAM_LEADER, HEAD, DIRECTOR, REVIEWER, ELSEWHERE]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("leader", {"T-1": (DOER, TEAM_LEADER)}),
        # A superior of any height, whichever group; whoever is above themselves is found once.
        (
            "head",
            {"H-1": (DOER, TEAM_LEADER, HEAD), "D-1": (DOER, TEAM_LEADER, HEAD, DIRECTOR)},
        ),
        # In the doer's group, and not in another.
        ("reviewer", {"C-1": (DOER, REVIEWER)}),
        ("cook", {}),
    ],
)
def test_who_holds_a_role_over_somebody(role: str, expected: dict[str, Any]) -> None:
    assert People(ALL).responsible("RM-01", role, DAY) == expected
    assert People(reversed(ALL)).responsible("RM-01", role, DAY) == expected


def test_nobody_answers_for_themselves() -> None:
    own = attrs.evolve(DOER, role="reviewer", superior="RM-01")
    assert People([own]).responsible("RM-01", "reviewer", DAY) == {}


def test_who_is_not_there_has_nobody_above_them() -> None:
    assert People(ALL).responsible("RM-99", "head", DAY) == {}
    assert People([HEAD]).of("RM-01", DAY) == []


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [
        (None, None, True),
        (DAY, DAY, True),
        (date(2025, 3, 3), None, False),
        (None, date(2025, 3, 1), False),
        (date(2025, 1, 1), date(2025, 12, 31), True),
    ],
    ids=str,
)
def test_a_tenure_holds_from_its_first_day_to_its_last(
    first: date | None, last: date | None, holds: bool
) -> None:
    tenure = attrs.evolve(REVIEWER, first=first, last=last)
    assert tenure.holds(DAY) is holds
    found = People([DOER, tenure]).responsible("RM-01", "reviewer", DAY)
    assert bool(found) is holds
    above = attrs.evolve(TEAM_LEADER, group="south", first=first, last=last)
    assert bool(People([DOER, above]).responsible("RM-01", "leader", DAY)) is holds


def test_what_was_not_known_yet_is_left_out() -> None:
    later = attrs.evolve(REVIEWER, known_from=NOON)
    for as_of, known in ((None, True), (NOON, True), (datetime(2025, 3, 2, tzinfo=UTC), False)):
        found = People([DOER, later], as_of).responsible("RM-01", "reviewer", DAY)
        assert bool(found) is known


def test_tenures_are_put_in_one_order() -> None:
    tenures = [*ALL, attrs.evolve(DOER, first=DAY), attrs.evolve(DOER, known_from=NOON)]
    assert in_order(tenures) == in_order(reversed(tenures))
    assert set(in_order(tenures)) == set(tenures)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"person": ""}, "person is ''; allowed: a non-empty string"),
        ({"group": 5}, "group is 5; allowed: a non-empty string"),
        ({"role": ""}, "role is ''; allowed: None, or a non-empty string"),
        ({"superior": 7}, "superior is 7; allowed: None, or a non-empty string"),
        ({"first": "2025"}, "first is '2025'; allowed: None, or a datetime.date"),
        (
            {"first": DAY, "last": date(2025, 3, 1)},
            "last is datetime.date(2025, 3, 1); allowed: None, or a day from first (2025-03-02) on",
        ),
        (
            {"known_from": DAY},
            "known_from is datetime.date(2025, 3, 2); allowed: None, or a datetime",
        ),
    ],
    ids=str,
)
def test_what_is_no_tenure_is_reported(fields: dict[str, Any], message: str) -> None:
    given = {"person": "RM-01", "group": "north", **fields}
    with pytest.raises(FieldError) as caught:
        Tenure(**given)
    assert str(caught.value).partition(": ")[2].startswith(message)
