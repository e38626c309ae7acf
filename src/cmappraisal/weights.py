"""Weights: what a circumstance does to points."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from attrs import field, frozen

from cmappraisal.points import MAXIMUM_FACTOR, MAXIMUM_POINTS, as_points, plain, points_between
from cmappraisal.texts import Text


@frozen
class Multiply:
    """Aggravation multiplies the points.

    Args:
        factor: What the points are multiplied by, at least 1.

    Raises:
        FieldError: The factor is out of bounds.

    >>> Multiply("1.5").text.en
    'the points times 1.5'
    """

    factor: Decimal = field(
        converter=as_points, validator=points_between(Decimal(1), MAXIMUM_FACTOR)
    )

    @property
    def text(self) -> Text:
        """The wording of this choice."""
        factor = plain(self.factor)
        return Text(f"分值乘以 {factor}", f"分值乘以 {factor}", en=f"the points times {factor}")


@frozen
class Add:
    """Aggravation adds points, once for a violation.

    Args:
        points: The points added, from 0.

    Raises:
        FieldError: The points are out of bounds.

    >>> Add(5).text.en
    'the points plus 5'
    """

    points: Decimal = field(
        converter=as_points, validator=points_between(Decimal(0), MAXIMUM_POINTS)
    )

    @property
    def text(self) -> Text:
        """The wording of this choice."""
        points = plain(self.points)
        return Text(f"分值另加 {points}", f"分值另加 {points}", en=f"the points plus {points}")


@frozen
class Assessed:
    """Aggravation takes the amount the assessor set, which every aggravated violation must carry.

    The amount is never below the points unaggravated.

    >>> Assessed().text.en
    'the amount the assessor set, not below the stated points'
    """

    @property
    def text(self) -> Text:
        """The wording of this choice."""
        return Text(
            "由評定人核定分值，不低於規定分值",
            "由评定人核定分值，不低于规定分值",
            en="the amount the assessor set, not below the stated points",
        )


Aggravation: TypeAlias = Multiply | Add | Assessed
"""How much heavier an aggravated deduction is."""
