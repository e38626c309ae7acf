"""Editions: which rulebook is in force on a day, without gap or overlap."""

import copy
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import (
    ERROR_POINTS,
    Edition,
    Editions,
    FieldError,
    Policy,
    ProblemCode,
    Rulebook,
    RulebookError,
)
from cmappraisal.showing import shown
from cmappraisal.standards.editions import MAXIMUM_EDITIONS, as_editions
from small_standards import book, rule

DAY = timedelta(days=1)
BOOK = book(rule("1.1"))


def named(edition: str) -> Rulebook:
    return attrs.evolve(BOOK, edition=edition)


def edition(name: str, first: date | None = None, last: date | None = None) -> Edition:
    return Edition(named(name), first, last=last)


NEW_YEAR = date(2025, 1, 1)
JULY = date(2025, 7, 1)
THREE = Editions(
    [
        edition("1.0", last=NEW_YEAR - DAY),
        edition("2.0", NEW_YEAR, JULY - DAY),
        edition("3.0", JULY),
    ]
)
BOUNDED = Editions([edition("1.0", NEW_YEAR, JULY - DAY), edition("2.0", JULY, date(2025, 12, 31))])


def name_of(found: Edition | None) -> str | None:
    return found.rulebook.edition if found else None


# One edition.


@pytest.mark.parametrize(
    ("made", "day", "holds"),
    [
        (Edition(BOOK), date.min, True),
        (Edition(BOOK), date.max, True),
        (Edition(BOOK, NEW_YEAR), NEW_YEAR, True),
        (Edition(BOOK, NEW_YEAR), NEW_YEAR - DAY, False),
        (Edition(BOOK, NEW_YEAR), date.max, True),
        (Edition(BOOK, last=JULY), JULY, True),
        (Edition(BOOK, last=JULY), JULY + DAY, False),
        (Edition(BOOK, last=JULY), date.min, True),
        (Edition(BOOK, JULY, last=JULY), JULY, True),
        (Edition(BOOK, JULY, last=JULY), JULY - DAY, False),
        (Edition(BOOK, JULY, last=JULY), JULY + DAY, False),
    ],
)
def test_an_edition_holds_from_its_first_day_to_its_last(
    made: Edition, day: date, holds: bool
) -> None:
    assert made.holds(day) is holds


DATE = "None, or a datetime.date such as date(2025, 3, 2), no datetime and no string"


@pytest.mark.parametrize(
    ("fields", "path", "message"),
    [
        ({"rulebook": None}, "$.rulebook", "None; allowed: a Rulebook"),
        ({"rulebook": {}}, "$.rulebook", "{}; allowed: a Rulebook"),
        ({"first": "2025-01-01"}, "$.first", f"'2025-01-01'; allowed: {DATE}"),
        ({"first": 2025}, "$.first", f"2025; allowed: {DATE}"),
        ({"last": "2025-01-01"}, "$.last", f"'2025-01-01'; allowed: {DATE}"),
        (
            {"first": JULY, "last": JULY - DAY},
            "$.last",
            "datetime.date(2025, 6, 30); allowed: None, or a day from first (2025-07-01) on",
        ),
        ({"policy": {"floor": 0}}, "$.policy", "{'floor': 0}; allowed: a Policy, or None"),
    ],
    ids=shown,
)
def test_a_field_of_an_edition_that_does_not_fit_is_reported(
    fields: dict[str, Any], path: str, message: str
) -> None:
    with pytest.raises(FieldError) as caught:
        Edition(**{"rulebook": BOOK, **fields})
    [problem] = caught.value.problems
    assert (problem.path, problem.message) == (path, message)


def test_a_moment_is_no_day_of_an_edition() -> None:
    moment = datetime(2025, 1, 1, tzinfo=UTC)
    for fields in ({"first": moment}, {"last": moment}):
        with pytest.raises(FieldError, match=r"no datetime and no string$"):
            Edition(BOOK, **fields)  # type: ignore[arg-type]


def test_an_edition_reports_every_field_that_does_not_fit() -> None:
    with pytest.raises(FieldError) as caught:
        Edition(None, "x", last="y", policy=1)  # type: ignore[arg-type]
    assert [problem.path for problem in caught.value.problems] == [
        *("$.rulebook", "$.first", "$.last", "$.policy")
    ]


# Several.


@pytest.mark.parametrize(
    ("editions", "day", "on", "closing"),
    [
        (THREE, date.min, "1.0", "1.0"),
        (THREE, NEW_YEAR - DAY, "1.0", "1.0"),
        (THREE, NEW_YEAR, "2.0", "2.0"),
        (THREE, JULY - DAY, "2.0", "2.0"),
        (THREE, JULY, "3.0", "3.0"),
        (THREE, date.max, "3.0", "3.0"),
        # Before the first and after the last none is in force, and a period is closed all the same.
        (BOUNDED, NEW_YEAR - DAY, None, "1.0"),
        (BOUNDED, NEW_YEAR, "1.0", "1.0"),
        (BOUNDED, JULY, "2.0", "2.0"),
        (BOUNDED, date(2026, 1, 1), None, "2.0"),
        (BOUNDED, date.min, None, "1.0"),
        (BOUNDED, date.max, None, "2.0"),
    ],
)
def test_a_day_has_the_edition_in_force_and_the_one_that_closes(
    editions: Editions, day: date, on: str | None, closing: str
) -> None:
    assert name_of(editions.on(day)) == on
    assert name_of(editions.closing(day)) == closing


@given(st.dates())
def test_one_edition_at_most_is_in_force_and_closes_what_it_is_in_force_for(day: date) -> None:
    for editions in (THREE, BOUNDED):
        holding = [each for each in editions if each.holds(day)]
        assert holding == [each for each in (editions.on(day),) if each]
        assert not holding or editions.closing(day) is holding[0]


@pytest.mark.parametrize(
    "day", [None, "2025-01-01", 5, datetime(2025, 1, 1, tzinfo=UTC)], ids=shown
)
def test_what_is_no_day_is_reported(day: Any) -> None:
    asked: dict[str, Callable[[Any], object]] = {
        "Edition.holds": THREE.editions[0].holds,
        "Editions.on": THREE.on,
        "Editions.closing": THREE.closing,
    }
    for where, ask in asked.items():
        with pytest.raises(FieldError) as caught:
            ask(day)
        assert str(caught.value).startswith(f"{where}: day is {shown(day)}; allowed: a datetime.da")


def test_editions_are_gone_through_in_their_order() -> None:
    assert [each.rulebook.edition for each in THREE] == ["1.0", "2.0", "3.0"]
    assert len(THREE) == 3
    assert [each.edition for each in THREE.rulebooks] == ["1.0", "2.0", "3.0"]


def test_an_edition_is_found_by_its_name() -> None:
    for each in THREE:
        assert THREE.named(each.rulebook.edition) is each


@pytest.mark.parametrize(
    ("name", "shown_as"),
    [("4.0", "4.0"), ("", "''"), (None, "None"), (1.0, "1.0"), (["1.0"], "['1.0']")],
)
def test_a_name_that_no_edition_has_is_reported(name: Any, shown_as: str) -> None:
    with pytest.raises(RulebookError) as caught:
        THREE.named(name)
    assert str(caught.value) == f'there is no edition "{shown_as}"; known: 1.0, 2.0, 3.0'
    [problem] = caught.value.problems
    assert (problem.path, problem.code) == ("$.edition", ProblemCode.UNKNOWN_ID)


CONTRADICTIONS: dict[str, tuple[list[Edition], str]] = {
    "another standard": (
        [
            edition("1.0", last=JULY - DAY),
            Edition(attrs.evolve(named("2.0"), id="other"), JULY),
        ],
        "rulebooks bank, other are no editions of one standard; give one id",
    ),
    "an edition twice": (
        [edition("1.0", last=JULY - DAY), edition("1.0", JULY)],
        'edition "1.0" is there twice; name each once',
    ),
    "without a last day": (
        [edition("1.0"), edition("2.0", JULY)],
        'editions "1.0" and "2.0" overlap: the one is in force until further notice, the other '
        "from 2025-07-01; give the one the day before the other as its last",
    ),
    "without a first day": (
        [edition("1.0", last=JULY), edition("2.0")],
        'editions "1.0" and "2.0" overlap: the one is in force until 2025-07-01, the other from '
        "ever; give the one the day before the other as its last",
    ),
    "a day in two": (
        [edition("1.0", last=JULY), edition("2.0", JULY)],
        'editions "1.0" and "2.0" overlap: the one is in force until 2025-07-01, the other from '
        "2025-07-01; give the one the day before the other as its last",
    ),
    "in the wrong order": (
        [edition("2.0", JULY, date(2025, 12, 31)), edition("1.0", NEW_YEAR, JULY - DAY)],
        'editions "2.0" and "1.0" overlap: the one is in force until 2025-12-31, the other from '
        "2025-01-01; give the one the day before the other as its last",
    ),
    "a day in none": (
        [edition("1.0", last=JULY - 2 * DAY), edition("2.0", JULY)],
        'editions "1.0" and "2.0" leave a gap from 2025-06-30 to 2025-06-30; let the one end on '
        "the day before the other begins",
    ),
    "many days in none": (
        [edition("1.0", last=date.min), edition("2.0", date.max)],
        'editions "1.0" and "2.0" leave a gap from 0001-01-02 to 9999-12-30; let the one end on '
        "the day before the other begins",
    ),
    "to the end of the calendar": (
        [edition("1.0", last=date.max), edition("2.0", date.max)],
        'editions "1.0" and "2.0" overlap: the one is in force until 9999-12-31, the other from '
        "9999-12-31; give the one the day before the other as its last",
    ),
}


@pytest.mark.parametrize(("editions", "message"), CONTRADICTIONS.values(), ids=list(CONTRADICTIONS))
def test_editions_that_contradict_one_another_are_reported(
    editions: list[Edition], message: str
) -> None:
    with pytest.raises(RulebookError) as caught:
        Editions(editions)
    assert str(caught.value) == f"Editions: {message}"
    [problem] = caught.value.problems
    code = ProblemCode.REPEATED if "twice" in message else ProblemCode.CONTRADICTION
    assert (problem.path, problem.code) == ("$.editions", code)


def test_all_contradictions_of_editions_are_in_one_error() -> None:
    with pytest.raises(RulebookError) as caught:
        Editions([edition("1.0"), edition("1.0", JULY, JULY), edition("2.0", JULY + 5 * DAY)])
    assert [problem.message.split(";")[0][:40] for problem in caught.value.problems] == [
        'edition "1.0" is there twice',
        'editions "1.0" and "1.0" overlap: the on',
        'editions "1.0" and "2.0" leave a gap fro',
    ]


NO_EDITIONS: list[Any] = [None, 5, "1.0", BOOK, [BOOK], ["1.0"], {Edition(BOOK)}, {"1.0": BOOK}]


@pytest.mark.parametrize("editions", NO_EDITIONS, ids=shown)
def test_what_is_no_list_of_editions_is_reported(editions: Any) -> None:
    with pytest.raises(FieldError, match=r"^Editions: editions is .*; allowed: a list of Edition$"):
        Editions(editions)


def test_editions_have_a_bound() -> None:
    def many(count: int) -> list[Edition]:
        days = [NEW_YEAR + number * DAY for number in range(count)]
        return [edition(f"{number}", day, day) for number, day in enumerate(days)]

    assert len(Editions(many(MAXIMUM_EDITIONS))) == MAXIMUM_EDITIONS
    for wrong in ([], many(MAXIMUM_EDITIONS + 1)):
        with pytest.raises(FieldError, match=r"allowed: a list of 1 to 100 Edition$"):
            Editions(wrong)


def test_a_rulebook_alone_is_always_in_force() -> None:
    made = as_editions(ERROR_POINTS)
    assert isinstance(made, Editions)
    assert made == Editions([Edition(ERROR_POINTS)])
    assert name_of(made.on(date.min)) == name_of(made.on(date.max)) == "1.0"
    assert as_editions(made) is made
    others: list[Any] = [None, "1.0", [BOOK]]
    for other in others:
        assert as_editions(other) is other


@pytest.mark.parametrize(
    "value",
    [Edition(BOOK, NEW_YEAR, last=JULY, policy=Policy(floor=None)), THREE],
    ids=lambda value: type(value).__name__,
)
def test_each_is_a_value(value: Any) -> None:
    for again in (pickle.loads(pickle.dumps(value)), copy.deepcopy(value), attrs.evolve(value)):
        assert again == value
        assert hash(again) == hash(value)
    for field in attrs.fields(type(value)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, field.name, None)
