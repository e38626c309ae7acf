"""Points: exact decimals, within bounds that keep every result exact.

Arithmetic runs in :data:`EXACT`, a decimal context of the library's own that traps any inexact
result, so the caller's context, whatever its precision or rounding, changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import (
    ROUND_HALF_EVEN,
    Clamped,
    Context,
    Decimal,
    DecimalException,
    DivisionByZero,
    FloatOperation,
    Inexact,
    InvalidOperation,
    Overflow,
)
from functools import reduce
from typing import Any, TypeAlias, cast

from cmappraisal.alternatives import Rounding
from cmappraisal.fields import checked

Points: TypeAlias = Decimal | int | str
"""What is taken wherever points are given: a Decimal, an int, or a string such as ``"2.5"`` that
:class:`decimal.Decimal` reads. A float is rejected: most decimal fractions have no exact float."""

PLACES = 4
"""Decimal places of a stated amount or factor: finer than any standard's scale."""

MAXIMUM_POINTS = Decimal(10**6)
"""The most points one rule, mark or band can state."""

MAXIMUM_FACTOR = Decimal(10**3)
"""The most that an aggravated penalty can be multiplied by."""

MAXIMUM_QUANTITY = 10**6
"""The most occurrences or customers that one violation can count."""

EXACT = Context(
    # 16 digits and 8 places at most for one line, 20 more for the sum of all lines ever.
    prec=50,
    # Nothing is rounded, yet the sign of a zero follows it.
    rounding=ROUND_HALF_EVEN,
    Emin=-100,
    Emax=100,
    capitals=1,
    clamp=0,
    traps=[Clamped, DivisionByZero, FloatOperation, Inexact, InvalidOperation, Overflow],
)
"""The context of every calculation; it raises rather than round."""

MAXIMUM_ASSESSED = EXACT.multiply(EXACT.multiply(MAXIMUM_POINTS, MAXIMUM_FACTOR), MAXIMUM_QUANTITY)
"""The most that an assessor can set: what the other bounds can reach together."""


_UNIT = Decimal(1)


def canonical(value: Decimal) -> Decimal:
    """The same number in its one form: no trailing zeros, no exponent, no negative zero.

    >>> canonical(Decimal("20.0")), canonical(Decimal("1E+2")), canonical(Decimal("-0"))
    (Decimal('20'), Decimal('100'), Decimal('0'))
    """
    value = EXACT.plus(value)
    if value.same_quantum(_UNIT):
        return value
    value = value.normalize(EXACT)
    return value.quantize(_UNIT, context=EXACT) if value == value.to_integral_value() else value


def total_of(points: Iterable[Decimal]) -> Decimal:
    """The sum of points, in its one form.

    >>> total_of([Decimal("0.5"), Decimal("1.50")])
    Decimal('2')
    """
    return canonical(reduce(EXACT.add, points, Decimal(0)))


def plain(value: Decimal) -> str:
    """The number as people write it.

    >>> plain(Decimal("2.50")), plain(Decimal("1E+2"))
    ('2.5', '100')
    """
    return f"{canonical(value):f}"


def in_units(value: Decimal, smallest: Decimal) -> tuple[Decimal, Decimal]:
    """How many of the smallest unit a number from 0 is, whole ones, and what is left.

    >>> in_units(Decimal("7.75"), Decimal("0.5"))
    (Decimal('15'), Decimal('0.25'))
    """
    return EXACT.divmod(value, smallest)


def rounded_to(value: Decimal, smallest: Decimal, rounding: Rounding) -> Decimal:
    """A number from 0 as a whole multiple of the smallest unit.

    >>> rounded_to(Decimal("7.75"), Decimal("0.5"), Rounding.HALF_UP)
    Decimal('8.0')
    """
    whole, rest = in_units(value, smallest)
    twice = EXACT.add(rest, rest)
    is_up = {
        Rounding.UP: rest > 0,
        Rounding.DOWN: False,
        Rounding.HALF_UP: twice >= smallest,
        Rounding.HALF_EVEN: twice > smallest or (twice == smallest and whole % 2 == 1),
    }
    return EXACT.multiply(EXACT.add(whole, int(is_up[rounding])), smallest)


def as_points(value: Points) -> Decimal:
    """A Decimal in its one form from a Decimal, an int or a string."""
    if isinstance(value, bool) or not isinstance(value, (Decimal, int, str)):
        return cast(Decimal, value)
    try:
        return canonical(Decimal(value, EXACT))
    except DecimalException:
        return cast(Decimal, value)


def as_optional_points(value: Points | None) -> Decimal | None:
    """None, or a Decimal in its one form."""
    return None if value is None else as_points(value)


def is_points(value: object, least: Decimal, most: Decimal) -> bool:
    """Whether a value is a finite Decimal within bounds and of at most :data:`PLACES` places."""
    if not isinstance(value, Decimal) or not value.is_finite() or not least <= value <= most:
        return False
    # Above 0 it is not in its one form, and beyond what can be calculated with.
    return -PLACES <= cast(int, value.as_tuple().exponent) <= 0


def points_between(
    least: Decimal, most: Decimal, *, above: bool = False, optional: bool = False
) -> Callable[[Any, Any, Any], None]:
    """A validator of points from ``least`` (or above it) to ``most``, and None where optional."""
    bound = f"above {plain(least)}" if above else f"from {plain(least)}"
    allowed = (
        f"{'None, or ' if optional else ''}a Decimal, an int or a string such as '2.5' "
        f"{bound} to {plain(most)}, of at most {PLACES} decimal places (never a float)"
    )
    return checked(
        lambda value: (
            (optional and value is None)
            or (is_points(value, least, most) and not (above and value == least))
        ),
        allowed,
    )


def _is_number(value: object) -> bool:
    return isinstance(value, Decimal) and value.is_finite()


a_number = checked(_is_number, "a finite Decimal")
optional_number = checked(
    lambda value: value is None or _is_number(value), "None, or a finite Decimal"
)

_LARGEST = Decimal(10**20)
_FINEST = 12


def _is_bounded(value: object) -> bool:
    if not isinstance(value, Decimal) or not value.is_finite():
        return False
    return abs(value) <= _LARGEST and cast(int, value.as_tuple().exponent) >= -_FINEST


a_bounded_number = checked(
    _is_bounded,
    f"a finite Decimal from -{plain(_LARGEST)} to {plain(_LARGEST)}, of at most {_FINEST} decimal "
    "places",
)
"""A validator of results that are calculated with again, within what stays exact."""
