"""Balances: how a standard counts the points of a person over time."""

from __future__ import annotations

from decimal import Decimal

from attrs import field, frozen

from cmappraisal.fields import (
    beside,
    boolean,
    choice_of,
    int_between,
    member_of,
)
from cmappraisal.points import (
    MAXIMUM_POINTS,
    as_optional_points,
    as_points,
    plain,
    points_between,
)
from cmappraisal.spans import MAXIMUM_MONTHS
from cmappraisal.texts import Choice, Text

_LEAST = MAXIMUM_POINTS.copy_negate()


class BalanceOf(Choice):
    """What a balance is of: points collected, which deductions raise, or kept, which they lower.

    >>> BalanceOf("kept").text.en
    'points kept'
    """

    COLLECTED = ("collected", Text("累積積分", "累积积分", en="points collected"))
    KEPT = ("kept", Text("持有積分", "持有积分", en="points kept"))


def _as_balance_of(value: BalanceOf | str) -> BalanceOf:
    return member_of(BalanceOf, value)


@frozen
class Balance:
    """How a standard counts points over time: those collected, or those kept.

    Args:
        opening: The points with which an account opens.
        of: What it is of: points collected, which deductions raise and awards lower, or points
            kept, the other way round.
        least: The lowest balance, in points; what goes below it is forfeited. None for no bound.
        most: The highest balance, in points; what goes above it is forfeited. None for no bound.
        awards_below: Below which balance awards count; at as many points or more they are
            forfeited. None where they always count.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> Balance(5, of="kept", least=-5, most=12).of
    <BalanceOf.KEPT: 'kept'>
    """

    opening: Decimal = field(
        default=Decimal(0),
        converter=as_points,
        validator=points_between(_LEAST, MAXIMUM_POINTS),
    )
    of: BalanceOf = field(
        default=BalanceOf.COLLECTED,
        converter=_as_balance_of,
        validator=choice_of(BalanceOf),
        kw_only=True,
    )
    least: Decimal | None = field(
        default=None,
        converter=as_optional_points,
        validator=[
            points_between(_LEAST, MAXIMUM_POINTS, optional=True),
            beside(
                lambda balance, least: least is None or least <= balance.opening,
                lambda balance: f"None, or at most opening ({plain(balance.opening)})",
            ),
        ],
        kw_only=True,
    )
    most: Decimal | None = field(
        default=None,
        converter=as_optional_points,
        validator=[
            points_between(_LEAST, MAXIMUM_POINTS, optional=True),
            beside(
                lambda balance, most: most is None or most >= balance.opening,
                lambda balance: f"None, or at least opening ({plain(balance.opening)})",
            ),
        ],
        kw_only=True,
    )
    awards_below: Decimal | None = field(
        default=None,
        converter=as_optional_points,
        validator=points_between(_LEAST, MAXIMUM_POINTS, optional=True),
        kw_only=True,
    )


@frozen
class CleanTime:
    """Points awarded for a time without a deduction.

    The time begins on the day on which the account opens, and anew on the day after a deduction.
    Its points are awarded on the day after its last day, and then it begins anew.

    Args:
        points: The points awarded for each such time.
        months: How many months it has, to the day before the same date.
        in_one_group: Whether whoever has tenures has to be in one group all the time, such as with
            one company or in one branch.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> CleanTime(2, months=12).points
    Decimal('2')
    """

    points: Decimal = field(
        converter=as_points, validator=points_between(Decimal(0), MAXIMUM_POINTS, above=True)
    )
    months: int = field(validator=int_between(1, MAXIMUM_MONTHS), kw_only=True)
    in_one_group: bool = field(default=False, validator=boolean, kw_only=True)
