"""Points: exact decimals in one form, whatever the caller's context."""

from decimal import ROUND_UP, Context, Decimal, Inexact, localcontext

import attrs
import pytest

from cmappraisal import (
    MAXIMUM_ASSESSED,
    MAXIMUM_FACTOR,
    MAXIMUM_POINTS,
    MAXIMUM_QUANTITY,
    PLACES,
    Deduction,
    FieldError,
    Unit,
)
from cmappraisal.points import (
    EXACT,
    as_optional_points,
    as_points,
    canonical,
    is_points,
    plain,
    points_between,
)


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        ("20.0", "20", "20"),
        ("2.50", "2.5", "2.5"),
        ("1E+2", "100", "100"),
        ("1E-4", "0.0001", "0.0001"),
        ("-0", "0", "0"),
        ("-0.0", "0", "0"),
        ("0E+5", "0", "0"),
        ("-3.10", "-3.1", "-3.1"),
        ("123456789012345.1234", "123456789012345.1234", "123456789012345.1234"),
    ],
)
def test_a_number_has_one_form(value: str, form: str, text: str) -> None:
    assert str(canonical(Decimal(value))) == form
    assert plain(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "taken"),
    [
        (5, Decimal(5)),
        ("2.50", Decimal("2.5")),
        (Decimal("2.50"), Decimal("2.5")),
        (" 7 ", Decimal(7)),
    ],
)
def test_points_are_taken_from_what_people_write(
    value: int | str | Decimal, taken: Decimal
) -> None:
    assert as_points(value) == taken
    assert str(as_points(value)) == str(taken)
    assert as_optional_points(value) == taken


@pytest.mark.parametrize("value", [0.5, True, None, "half", "", [], b"5"])
def test_what_is_no_number_is_handed_on(value: object) -> None:
    assert as_points(value) is value  # type: ignore[arg-type]


def test_none_stays_none() -> None:
    assert as_optional_points(None) is None


REFUSED: dict[str, object] = {
    "a million digits": "9" * 1_000_000,
    "a huge exponent": "1E+999999",
    "a tiny exponent": "1E-999999",
    "a huge decimal": Decimal("1E+999999"),
    "a huge int": 10**10_000,
    "a float": 0.5,
    "a bool": True,
    "no number": "NaN",
    "infinity": "Infinity",
    "below": "-1",
    "zero": 0,
    "too fine": "0.00001",
    "above": "1000000.0001",
    "none": None,
    "a word": "x",
}


@pytest.mark.parametrize("value", REFUSED.values(), ids=list(REFUSED))
def test_a_deduction_of_no_such_points_is_refused_in_few_words(value: object) -> None:
    with pytest.raises(FieldError) as caught:
        Deduction(value, Unit.OCCURRENCE)  # type: ignore[arg-type]
    message = str(caught.value)
    assert message.startswith("Deduction: points is ")
    assert message.endswith(
        "; allowed: a Decimal, an int or a string such as '2.5' above 0 to 1000000, "
        "of at most 4 decimal places (never a float)"
    )
    assert len(message) < 250


@pytest.mark.parametrize("value", ["0.0001", "1000000", 1, Decimal("0.5")])
def test_points_at_the_bounds_are_taken(value: str | int | Decimal) -> None:
    assert Deduction(value, Unit.OCCURRENCE).points == Decimal(value)


def test_the_bounds_keep_every_result_exact() -> None:
    assert MAXIMUM_ASSESSED == MAXIMUM_POINTS * MAXIMUM_FACTOR * MAXIMUM_QUANTITY
    finest = Decimal(1).scaleb(-PLACES)
    most = EXACT.multiply(MAXIMUM_POINTS - finest, MAXIMUM_QUANTITY)
    most = EXACT.multiply(most, MAXIMUM_FACTOR - finest)
    assert EXACT.add(EXACT.multiply(most, 10**20), EXACT.multiply(finest, finest)) > 0


def test_points_are_finite_decimals_of_few_places_within_bounds() -> None:
    least, most = Decimal(0), Decimal(10)
    for value in ("0", "10", "0.0001"):
        assert is_points(Decimal(value), least, most)
    for value in ("-1", "10.0001", "0.00001", "NaN", "sNaN", "Infinity"):
        assert not is_points(Decimal(value), least, most)
    assert not is_points(5, least, most)


def test_an_optional_field_of_points_says_so() -> None:
    @attrs.frozen
    class Bounded:
        points: Decimal | None = attrs.field(
            converter=as_optional_points,
            validator=points_between(Decimal(1), Decimal(2), optional=True),
        )

    assert Bounded(None).points is None
    assert Bounded(1).points == 1
    with pytest.raises(FieldError, match=r"points is Decimal\('3'\); allowed: None, or a Decimal"):
        Bounded(3)


def test_the_callers_context_changes_nothing() -> None:
    with localcontext(Context(prec=1, rounding=ROUND_UP, traps=[Inexact])):
        assert as_points("123.4567") == Decimal("123.4567")
        assert plain(Decimal("123.4567")) == "123.4567"
        assert canonical(Decimal("123.4500")) == Decimal("123.45")
