"""Violations: a fact with its fields checked one by one."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import attrs
import pytest

from cmappraisal import MAXIMUM_ASSESSED, MAXIMUM_QUANTITY, FieldError, Violation

PLAIN = Violation("V-1", "RM-01", rule="3.2b", occurred_on=date(2025, 3, 2))


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
        "note": "",
    }


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ("quantity", MAXIMUM_QUANTITY, MAXIMUM_QUANTITY),
        ("circumstances", ["risk", "risk"], frozenset({"risk"})),
        ("circumstances", {"risk"}, frozenset({"risk"})),
        ("incident", "事件 1", "事件 1"),
        ("assessed_points", "6.50", Decimal("6.5")),
        ("assessed_points", 0, Decimal(0)),
        ("assessed_points", MAXIMUM_ASSESSED, MAXIMUM_ASSESSED),
        ("note", "two\nlines, 兩行", "two\nlines, 兩行"),
    ],
)
def test_natural_input_is_taken(field: str, given: Any, kept: object) -> None:
    assert getattr(attrs.evolve(PLAIN, **{field: given}), field) == kept


ID = "a non-empty string of at most 200 characters on one line, without spaces around it"
SET = "a set or list of circumstance ids"
QUANTITY = "an int from 1 to 1000000"


@pytest.mark.parametrize(
    ("field", "given", "allowed"),
    [
        ("id", "", ID),
        ("id", " V-1", ID),
        ("id", "x" * 201, ID),
        ("id", None, ID),
        ("manager", 7, ID),
        ("manager", "a\nb", ID),
        ("rule", Decimal("3.2"), ID),
        ("occurred_on", datetime(2025, 3, 2, tzinfo=UTC), "a datetime.date, not a datetime"),
        ("occurred_on", "2025-03-02", "a datetime.date, not a datetime"),
        ("quantity", 0, QUANTITY),
        ("quantity", -1, QUANTITY),
        ("quantity", MAXIMUM_QUANTITY + 1, QUANTITY),
        ("quantity", True, QUANTITY),
        ("quantity", 1.0, QUANTITY),
        ("quantity", "1", QUANTITY),
        ("circumstances", "risk", SET),
        ("circumstances", {"risk": True}, SET),
        ("circumstances", [5], SET),
        ("circumstances", [["risk"]], SET),
        ("circumstances", None, SET),
        ("incident", "", f"None, or {ID}"),
        ("refers_to", 5, f"None, or {ID}"),
        ("note", None, "a string, which may be empty"),
        ("note", "\ud800", "a string, which may be empty"),
    ],
)
def test_what_does_not_fit_is_told(field: str, given: Any, allowed: str) -> None:
    with pytest.raises(FieldError) as caught:
        attrs.evolve(PLAIN, **{field: given})
    owner = "Violation" if field == "id" else 'Violation "V-1"'
    assert str(caught.value).startswith(f"{owner}: {field} is ")
    assert str(caught.value).endswith(f"; allowed: {allowed}")


@pytest.mark.parametrize("given", [-1, 0.5, True, "NaN", "0.00001", MAXIMUM_ASSESSED + 1])
def test_assessed_points_are_points(given: Any) -> None:
    with pytest.raises(FieldError, match=r'Violation "V-1": assessed_points is .*; allowed: None,'):
        attrs.evolve(PLAIN, assessed_points=given)


def test_a_violation_is_a_value() -> None:
    twin = Violation(
        "V-1", "RM-01", rule="3.2b", occurred_on=date(2025, 3, 2), circumstances=iter(())
    )
    assert twin == PLAIN
    assert hash(twin) == hash(PLAIN)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        PLAIN.quantity = 2  # type: ignore[misc]
    with pytest.raises(TypeError):
        Violation("V-1", "RM-01", "3.2b", date(2025, 3, 2))  # type: ignore[call-arg]
