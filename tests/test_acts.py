"""Violations: a fact with its fields checked one by one."""

import copy
import enum
import pickle
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import attrs
import pytest

from cmappraisal import FieldError, Violation
from cmappraisal.points import MAXIMUM_ASSESSED, MAXIMUM_QUANTITY
from cmappraisal.showing import shown


class Unshowable:
    def __repr__(self) -> str:
        raise RuntimeError


PLAIN = Violation("V-1", "RM-01", rule="3.2b", occurred_on=date(2025, 3, 2))


DAYS = ("found_on", "recorded_on", "effective_on")


class DayOfACaller(date):
    """A date of a kind of its own, as pandas has."""


def test_what_is_not_said_has_its_default() -> None:
    assert attrs.asdict(PLAIN) == {
        "id": "V-1",
        "manager": "RM-01",
        "rule": "3.2b",
        "occurred_on": date(2025, 3, 2),
        "quantity": 1,
        "circumstances": frozenset(),
        "incident": None,
        "refers_to": None,
        "assessed_points": None,
        "found_on": None,
        "recorded_on": None,
        "effective_on": None,
        "note": "",
    }


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ("quantity", MAXIMUM_QUANTITY, MAXIMUM_QUANTITY),
        ("circumstances", ["risk", "risk"], frozenset({"risk"})),
        ("circumstances", {"risk"}, frozenset({"risk"})),
        ("circumstances", ("risk", "serious"), frozenset({"risk", "serious"})),
        ("circumstances", {"risk": True}.keys(), frozenset({"risk"})),
        ("id", "x" * 200, "x" * 200),
        ("refers_to", "3.1a", "3.1a"),
        ("occurred_on", date.max, date.max),
        ("incident", "事件 1", "事件 1"),
        ("assessed_points", "6.50", Decimal("6.5")),
        ("assessed_points", 0, Decimal(0)),
        ("assessed_points", "0.0001", Decimal("0.0001")),
        ("assessed_points", Decimal("1E+2"), Decimal(100)),
        ("assessed_points", MAXIMUM_ASSESSED, MAXIMUM_ASSESSED),
        *((name, date.min, date.min) for name in DAYS),
        *((name, date(2025, 4, 1), date(2025, 4, 1)) for name in DAYS),
        *((name, DayOfACaller(2025, 4, 1), date(2025, 4, 1)) for name in DAYS),
        *((name, None, None) for name in DAYS),
        ("note", "two\nlines, 兩行", "two\nlines, 兩行"),
    ],
)
def test_natural_input_is_taken(field: str, given: Any, kept: object) -> None:
    assert getattr(attrs.evolve(PLAIN, **{field: given}), field) == kept


ID = "a non-empty string of at most 200 characters on one line, in NFKC, without spaces around it"
DATE = "a datetime.date such as date(2025, 3, 2), no datetime and no string"
SET = "a set or list of circumstance ids"
NO_DAYS: list[Any] = [datetime(2025, 3, 2, tzinfo=UTC), "2025-03-02", 20250302, False, []]
QUANTITY = "an int from 1 to 1000000"


@pytest.mark.parametrize(
    ("field", "given", "allowed"),
    [
        ("id", "", ID),
        ("id", " V-1", ID),
        ("id", "x" * 201, ID),
        ("id", "V\u202e1", ID),
        ("id", None, ID),
        ("id", Unshowable(), ID),
        ("manager", 7, ID),
        ("manager", "a\nb", ID),
        ("manager", "a\u2028b", ID),
        ("manager", "RM\ud800", ID),
        ("rule", Decimal("3.2"), ID),
        ("occurred_on", datetime(2025, 3, 2, tzinfo=UTC), DATE),
        ("occurred_on", "2025-03-02", DATE),
        ("occurred_on", None, DATE),
        ("quantity", 0, QUANTITY),
        ("quantity", -1, QUANTITY),
        ("quantity", MAXIMUM_QUANTITY + 1, QUANTITY),
        ("quantity", True, QUANTITY),
        ("quantity", 1.0, QUANTITY),
        ("quantity", "1", QUANTITY),
        ("quantity", None, QUANTITY),
        ("quantity", 10**10_000, QUANTITY),
        ("quantity", Unshowable(), QUANTITY),
        ("circumstances", "risk", SET),
        ("circumstances", {"risk": True}, SET),
        ("circumstances", [5], SET),
        ("circumstances", [["risk"]], SET),
        ("circumstances", ["risk", ""], SET),
        ("circumstances", ["risk", None], SET),
        ("circumstances", b"risk", SET),
        ("circumstances", [Unshowable()], SET),
        ("circumstances", None, SET),
        ("incident", "", f"None, or {ID}"),
        ("refers_to", 5, f"None, or {ID}"),
        *((name, given, f"None, or {DATE}") for name in DAYS for given in NO_DAYS),
        ("note", None, "a string, which may be empty"),
        ("note", "\ud800", "a string, which may be empty"),
    ],
    ids=shown,
)
def test_what_does_not_fit_is_reported(field: str, given: Any, allowed: str) -> None:
    with pytest.raises(FieldError) as caught:
        attrs.evolve(PLAIN, **{field: given})
    owner = "Violation" if field == "id" else 'Violation "V-1"'
    assert str(caught.value).startswith(f"{owner}: {field} is ")
    assert f"; allowed: {allowed}" in str(caught.value)
    assert [problem.path for problem in caught.value.problems] == [f"$.{field}"]
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("given", "shown_as"),
    [
        (-1, "Decimal('-1')"),
        ("-0.0001", "Decimal('-0.0001')"),
        (0.5, "0.5"),
        (True, "True"),
        ("NaN", "Decimal('NaN')"),
        ("six", "'six'"),
        ("0.00001", "Decimal('0.00001')"),
        (MAXIMUM_ASSESSED + 1, "Decimal('1000000000000001')"),
        (Decimal("1E+999999"), "Decimal('1E+999999')"),
        (10**10_000, "<int that cannot be shown>"),
        ("9" * 1_000_000, f"'{'9' * 79}..."),
    ],
    ids=shown,
)
def test_assessed_points_are_points(given: Any, shown_as: str) -> None:
    with pytest.raises(FieldError) as caught:
        attrs.evolve(PLAIN, assessed_points=given)
    assert str(caught.value) == (
        f'Violation "V-1": assessed_points is {shown_as}; allowed: None, or a Decimal, an int or a '
        "string such as '2.5' from 0 to 1000000000000000, of at most 4 decimal places (never a "
        "float)"
    )


@pytest.mark.parametrize("name", DAYS)
def test_a_day_is_kept_as_a_plain_date(name: str) -> None:
    made = attrs.evolve(PLAIN, **{name: DayOfACaller(2025, 4, 1)})  # type: ignore[arg-type]
    assert type(getattr(made, name)) is date
    assert made != PLAIN


def test_the_days_need_not_be_in_order() -> None:
    # An act can be of a day that was set right later; what is too late the standard says.
    made = attrs.evolve(
        PLAIN,
        found_on=date(2025, 3, 1),
        recorded_on=date(2025, 2, 1),
        effective_on=date(2024, 1, 1),
    )
    assert (made.found_on, made.recorded_on) == (date(2025, 3, 1), date(2025, 2, 1))


def test_circumstances_are_taken_from_a_generator() -> None:
    made = attrs.evolve(PLAIN, circumstances=(id for id in ("risk", "serious")))
    assert made.circumstances == frozenset({"risk", "serious"})


class RuleOfACaller(str, enum.Enum):  # noqa: UP042 - what callers have is what is tried
    COLLATERAL = "3.2b"


def test_an_id_from_the_callers_own_enumeration_reads_as_its_value() -> None:
    made = attrs.evolve(PLAIN, rule=RuleOfACaller.COLLATERAL)
    assert made == PLAIN
    assert f"{made.rule}" == "3.2b"


def test_an_error_of_the_callers_own_generator_stays_the_callers() -> None:
    def broken() -> Iterator[str]:
        yield "risk"
        raise RuntimeError("the query failed")

    with pytest.raises(RuntimeError, match=r"^the query failed$"):
        attrs.evolve(PLAIN, circumstances=broken())


def test_a_violation_is_a_value() -> None:
    twin = Violation(
        "V-1", "RM-01", rule="3.2b", occurred_on=date(2025, 3, 2), circumstances=iter(())
    )
    for again in (twin, pickle.loads(pickle.dumps(PLAIN)), copy.deepcopy(PLAIN)):
        assert again == PLAIN
        assert hash(again) == hash(PLAIN)
    assert attrs.evolve(PLAIN, note="a note") != PLAIN
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        PLAIN.quantity = 2  # type: ignore[misc]
    with pytest.raises(TypeError):
        Violation("V-1", "RM-01", "3.2b", date(2025, 3, 2))  # type: ignore[call-arg]


def test_a_violation_reports_every_field_that_does_not_fit() -> None:
    with pytest.raises(FieldError) as caught:
        Violation(
            "V-1",
            "",
            rule=" ",
            occurred_on="2025-03-02",  # type: ignore[arg-type]
            quantity=0,
            circumstances="risk",
            incident="",
            refers_to="",
            assessed_points=0.5,  # type: ignore[arg-type]
            found_on="",  # type: ignore[arg-type]
            recorded_on=0,  # type: ignore[arg-type]
            effective_on=datetime(2025, 3, 2, tzinfo=UTC),
            note=None,  # type: ignore[arg-type]
        )
    assert caught.value.subject == 'Violation "V-1"'
    assert [(problem.path, problem.code.value) for problem in caught.value.problems] == [
        (f"$.{field.name}", "not-allowed") for field in attrs.fields(Violation)[1:]
    ]


@pytest.mark.parametrize("field", ["id", "manager", "rule", "incident", "refers_to"])
@pytest.mark.parametrize(
    ("id", "flaw"),
    [
        ("RM\u200d01", "this one has U+200D, which makes ids look alike"),
        ("２.１", "the normal form of this one is '2.1'"),
    ],
)
def test_ids_that_look_alike_are_rejected_in_every_field(field: str, id: str, flaw: str) -> None:
    with pytest.raises(FieldError) as caught:
        attrs.evolve(PLAIN, **{field: id})  # type: ignore[arg-type]
    assert str(caught.value).endswith(flaw)
