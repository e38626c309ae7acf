"""Weights: what a circumstance does to points."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from attrs import field, frozen

from cmappraisal.points import MAXIMUM_FACTOR, MAXIMUM_POINTS, as_points, plain, points_between
from cmappraisal.texts import Text

_points = points_between(Decimal(0), MAXIMUM_POINTS)


@frozen
class SetTo:
    """Another amount takes the place of the stated amount of one unit.

    Where it is heavier, an amount that is higher already stays; where it is lighter, one that is
    lower.

    Args:
        points: The amount of one unit, from 0.

    Raises:
        FieldError: The points are out of bounds.

    >>> SetTo(10).text.en
    '10 points for one unit'
    """

    points: Decimal = field(converter=as_points, validator=_points)

    @property
    def text(self) -> Text:
        """The wording of this weight."""
        points = plain(self.points)
        return Text(
            f"每單位計 {points} 分", f"每单位计 {points} 分", en=f"{points} points for one unit"
        )


@frozen
class Multiply:
    """The points are multiplied.

    Args:
        factor: What the points are multiplied by, from 0; at least 1 where it is heavier, at most
            1 where it is lighter.

    Raises:
        FieldError: The factor is out of bounds.

    >>> Multiply("1.5").text.en
    'the points times 1.5'
    """

    factor: Decimal = field(
        converter=as_points, validator=points_between(Decimal(0), MAXIMUM_FACTOR)
    )

    @property
    def text(self) -> Text:
        """The wording of this weight."""
        factor = plain(self.factor)
        return Text(f"分值乘以 {factor}", f"分值乘以 {factor}", en=f"the points times {factor}")


@frozen
class Add:
    """Points are added, once for a violation.

    Args:
        points: The points added, from 0.

    Raises:
        FieldError: The points are out of bounds.

    >>> Add(5).text.en
    'the points plus 5'
    """

    points: Decimal = field(converter=as_points, validator=_points)

    @property
    def text(self) -> Text:
        """The wording of this weight."""
        points = plain(self.points)
        return Text(f"分值另加 {points}", f"分值另加 {points}", en=f"the points plus {points}")


@frozen
class Assessed:
    """The amount is the one that the assessor set, which every such violation must carry.

    The amount is never below the points without the circumstance.

    >>> Assessed().text.en
    'the amount the assessor set, not below the stated points'
    """

    @property
    def text(self) -> Text:
        """The wording of this weight."""
        return Text(
            "由評定人核定分值，不低於規定分值",
            "由评定人核定分值，不低于规定分值",
            en="the amount the assessor set, not below the stated points",
        )


@frozen
class Waive:
    """The points are waived.

    >>> Waive().text.en
    'the points are waived'
    """

    @property
    def text(self) -> Text:
        """The wording of this weight."""
        return Text("免予扣分", "免予扣分", en="the points are waived")


Aggravation: TypeAlias = Multiply | Add | Assessed
"""How much heavier an aggravated deduction is, where the standard leaves that open."""

Mitigation: TypeAlias = Multiply | Waive
"""How much lighter a mitigated deduction is, where the standard leaves that open."""

Heavier: TypeAlias = SetTo | Multiply | Add | Assessed
"""What makes a deduction heavier."""

Lighter: TypeAlias = SetTo | Multiply | Waive
"""What makes a deduction lighter."""


def is_heavier(weight: object) -> bool:
    """Whether a weight never lowers points; None leaves the weight to the policy."""
    if isinstance(weight, Multiply):
        return weight.factor >= 1
    return weight is None or isinstance(weight, (SetTo, Add, Assessed))


def is_lighter(weight: object) -> bool:
    """Whether a weight never raises points; None leaves the weight to the policy."""
    if isinstance(weight, Multiply):
        return weight.factor <= 1
    return weight is None or isinstance(weight, (SetTo, Waive))
