"""Points: exact decimals in one form, whatever the caller's context."""

import subprocess
import sys
from decimal import (
    ROUND_05UP,
    ROUND_UP,
    Clamped,
    Context,
    Decimal,
    FloatOperation,
    Inexact,
    InvalidOperation,
    Rounded,
    Subnormal,
    localcontext,
)
from fractions import Fraction
from typing import Any

import attrs
import pytest

from cmappraisal import Add, FieldError, Rounding
from cmappraisal.points import (
    EXACT,
    MAXIMUM_ASSESSED,
    MAXIMUM_FACTOR,
    MAXIMUM_POINTS,
    MAXIMUM_QUANTITY,
    PLACES,
    a_bounded_number,
    a_number,
    as_optional_points,
    as_points,
    canonical,
    in_units,
    is_points,
    optional_number,
    plain,
    points_between,
    rounded_to,
    total_of,
)
from cmappraisal.standards import Deduction, Unit


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
        ("+7", Decimal(7)),
        ("1e2", Decimal(100)),
        ("1." + "0" * 60, Decimal(1)),
        (10**6, Decimal(1_000_000)),
    ],
)
def test_points_are_taken_from_what_people_write(
    value: int | str | Decimal, taken: Decimal
) -> None:
    assert as_points(value) == taken
    assert str(as_points(value)) == str(taken)
    assert as_optional_points(value) == taken


@pytest.mark.parametrize(
    "value",
    [0.5, True, None, "half", "", "1,5", "5\x00", "5\ud800", [], b"5", 5 + 0j, Fraction(1, 2)],
)
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
    "no number that signals": Decimal("sNaN"),
    "no number with a long payload": "NaN" + "9" * 1000,
    "infinity": "Infinity",
    "less than infinity": Decimal("-Infinity"),
    "below": "-1",
    "just below": "-0.0001",
    "zero": 0,
    "zero with a sign": "-0.0",
    "too fine": "0.00001",
    "too fine a decimal": Decimal("1.00001"),
    "above": "1000000.0001",
    "none": None,
    "a word": "x",
    "a comma": "2,5",
    "nothing": "",
    "a list": [5],
}


@pytest.mark.parametrize("value", REFUSED.values(), ids=list(REFUSED))
def test_a_deduction_of_no_such_points_is_rejected_in_few_words(value: object) -> None:
    with pytest.raises(FieldError) as caught:
        Deduction(value, Unit.OCCURRENCE)  # type: ignore[arg-type]
    message = str(caught.value)
    assert message.startswith("Deduction: points is ")
    assert message.endswith(
        "; allowed: a Decimal, an int or a string such as '2.5' above 0 to 1000000, "
        "of at most 4 decimal places (never a float), or Between"
    )
    assert len(message) < 250


@pytest.mark.parametrize("zero", ["0E+100", "-0E+50", "0E-4", "-0E-100"])
def test_a_zero_is_kept_in_its_one_form(zero: str) -> None:
    for given in (zero, Decimal(zero)):
        assert str(Add(given).points) == "0"
        assert Add(given).text.en == "the points plus 0"


@pytest.mark.parametrize("zero", ["0E+101", "-0E+5000", "0E+999999"])
def test_a_zero_beyond_any_arithmetic_is_rejected(zero: str) -> None:
    for given in (zero, Decimal(zero)):
        with pytest.raises(FieldError, match=r"^Add: points is .*0E\+\d+'\)?; allowed: a Decimal,"):
            Add(given)


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
    for value in ("-1", "10.0001", "0.00001", "1E+1", "NaN", "sNaN", "Infinity"):
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
    allowed = "None, or a Decimal, an int or a string such as '2.5' from 1 to 2,"
    with pytest.raises(FieldError, match=rf"points is Decimal\('3'\); allowed: {allowed}"):
        Bounded(3)


@attrs.frozen
class Above:
    points: Decimal | None = attrs.field(
        converter=as_optional_points,
        validator=points_between(Decimal(1), Decimal(2), above=True),
    )


def test_a_field_of_points_above_a_bound_says_so() -> None:
    assert Above("1.0001").points == Decimal("1.0001")
    assert Above(2).points == 2
    allowed = "a Decimal, an int or a string such as '2.5' above 1 to 2,"
    wrong: list[Any] = [1, "1.0000", "2.0001", 0, None, "NaN"]
    for given in wrong:
        with pytest.raises(FieldError, match=rf"^Above: points is .*; allowed: {allowed}"):
            Above(given)


@pytest.mark.parametrize(
    ("value", "smallest", "whole", "left"),
    [
        ("7.75", "0.5", "15", "0.25"),
        ("7.5", "0.5", "15", "0"),
        ("0", "0.5", "0", "0"),
        ("0.4", "0.5", "0", "0.4"),
        ("10", "3", "3", "1"),
        ("2", "1000000", "0", "2"),
        ("0.0001", "0.0001", "1", "0"),
        (str(MAXIMUM_ASSESSED), "0.0001", "10000000000000000000", "0"),
        ("123456789012345.12345678", "0.0001", "1234567890123451234", "0.00005678"),
    ],
)
def test_a_number_is_so_many_of_the_smallest_unit(
    value: str, smallest: str, whole: str, left: str
) -> None:
    count, rest = in_units(Decimal(value), Decimal(smallest))
    assert (count, rest) == (Decimal(whole), Decimal(left))
    assert EXACT.add(EXACT.multiply(count, Decimal(smallest)), rest) == Decimal(value)


SIGNALS = [Clamped, FloatOperation, Inexact, InvalidOperation, Rounded, Subnormal]


@pytest.mark.parametrize(
    "context",
    [
        Context(prec=1, rounding=ROUND_UP, traps=[]),
        Context(prec=1, rounding=ROUND_UP, traps=SIGNALS),
        Context(prec=3, rounding=ROUND_05UP, Emin=0, Emax=0, capitals=0, clamp=1, traps=[]),
        Context(prec=3, rounding=ROUND_05UP, Emin=0, Emax=0, capitals=0, clamp=1, traps=SIGNALS),
    ],
    ids=["coarse", "coarse and strict", "narrow", "narrow and strict"],
)
def test_the_callers_context_changes_nothing(context: Context) -> None:
    with localcontext(context):
        assert str(as_points("123.4567")) == "123.4567"
        assert str(as_points("ten")) == "ten"
        assert str(Deduction("999999.9999", Unit.CUSTOMER).points) == "999999.9999"
        assert plain(Decimal("123.4567")) == "123.4567"
        assert str(canonical(Decimal("123.4500"))) == "123.45"
        assert str(canonical(Decimal("1E+14"))) == "1" + "0" * 14
        with pytest.raises(FieldError, match=r"^Deduction: points is Decimal\('1000000.0001'\)"):
            Deduction("1000000.0001", Unit.CUSTOMER)


@pytest.mark.parametrize("context", ["prec=3, traps=[Rounded]", "prec=5, Emax=5, traps=[]"])
def test_the_context_at_the_time_of_the_import_changes_nothing(context: str) -> None:
    program = (
        "from decimal import Context, Rounded, setcontext\n"
        f"setcontext(Context({context}))\n"
        "from cmappraisal import Grade\n"
        "from cmappraisal.points import MAXIMUM_ASSESSED\n"
        "print(MAXIMUM_ASSESSED == 10**15, Grade('A', at_least=-(10**6), below=None).at_least)"
    )
    finished = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert finished.stdout == "True -1000000\n"


def test_the_default_rounding_at_the_time_of_the_import_changes_no_sign() -> None:
    program = (
        "import decimal\n"
        "decimal.DefaultContext.rounding = decimal.ROUND_FLOOR\n"
        "from cmappraisal import Policy\n"
        "from cmappraisal.points import EXACT, canonical\n"
        "print(Policy(full_marks='-0').full_marks, canonical(EXACT.subtract(1, 1)))"
    )
    finished = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert finished.stdout == "0 0\n"


@pytest.mark.parametrize("value", [5, 2.5, "5", Decimal("NaN"), Decimal("Infinity")], ids=repr)
def test_a_number_is_a_finite_decimal(value: Any) -> None:
    @attrs.frozen
    class Counted:
        exact: Decimal = attrs.field(validator=a_number)
        possible: Decimal | None = attrs.field(default=None, validator=optional_number)

    one = Decimal(1)
    assert Counted(one).possible is None
    assert Counted(one, Decimal("0.5")).possible == Decimal("0.5")
    with pytest.raises(FieldError, match=r"^Counted: exact is .*; allowed: a finite Decimal$"):
        Counted(value)
    with pytest.raises(FieldError, match=r"possible is .*; allowed: None, or a finite Decimal$"):
        Counted(one, value)


def test_the_sum_of_points_is_in_its_one_form() -> None:
    assert str(total_of([])) == "0"
    assert str(total_of([Decimal("0.5"), Decimal("1.50")])) == "2"
    assert str(total_of(iter([Decimal("0.0001")] * 3))) == "0.0003"


# By hand: down, half-even, half-up, up.
@pytest.mark.parametrize(
    ("value", "smallest", "expected"),
    [
        ("2", "0.5", "2 2 2 2"),
        ("2.2", "0.5", "2 2 2 2.5"),
        ("2.25", "0.5", "2 2 2.5 2.5"),
        ("2.75", "0.5", "2.5 3 3 3"),
        ("0.005", "0.01", "0 0 0.01 0.01"),
        ("0.0051", "0.01", "0 0.01 0.01 0.01"),
        ("7", "3", "6 6 6 9"),
    ],
)
def test_a_number_is_rounded_to_the_smallest_unit(value: str, smallest: str, expected: str) -> None:
    ways = (Rounding.DOWN, Rounding.HALF_EVEN, Rounding.HALF_UP, Rounding.UP)
    made = [plain(rounded_to(Decimal(value), Decimal(smallest), way)) for way in ways]
    assert made == expected.split()


@attrs.frozen
class Bounded:
    number: Decimal = attrs.field(validator=a_bounded_number)


def test_a_bounded_number_is_one_that_can_be_calculated_with_again() -> None:
    for fits in ("1e20", "-1e20", "1e-12", "0"):
        assert Bounded(Decimal(fits)).number == Decimal(fits)
    for value in (Decimal("100000000000000000001"), Decimal("1e-13"), Decimal("NaN"), 1, "1"):
        with pytest.raises(FieldError) as caught:
            Bounded(value)  # type: ignore[arg-type]
        assert (
            "allowed: a finite Decimal from -100000000000000000000 to 100000000000000000000, of at "
            "most 12 decimal places"
        ) in str(caught.value)
