"""Caps: at most so many points, of one violation or of several together."""

from __future__ import annotations

from decimal import Decimal

from attrs import field, frozen

from cmappraisal.fields import (
    as_optional_text,
    beside,
    choice_of,
    member_of,
    optional_identifier,
)
from cmappraisal.points import MAXIMUM_POINTS, as_points, points_between
from cmappraisal.texts import Choice, Text


class Over(Choice):
    """What a cap bounds together.

    >>> Over("incident").text.en
    'one incident'
    """

    VIOLATION = ("violation", Text("單筆違規", "单笔违规", en="one violation"))
    INCIDENT = ("incident", Text("同一事件", "同一事件", en="one incident"))
    PART = ("part", Text("同一部分", "同一部分", en="one part of the standard"))
    PERIOD = ("period", Text("一個考核期", "一个考核期", en="one period"))


class Counted(Choice):
    """What is counted: what violations deduct, or what merits are awarded.

    >>> Counted("awards").text.en
    'awards'
    """

    DEDUCTIONS = ("deductions", Text("扣分", "扣分", en="deductions"))
    AWARDS = ("awards", Text("加分", "加分", en="awards"))


def _as_over(value: Over | str) -> Over:
    """The member from the member itself or from its value."""
    return member_of(Over, value)


def _as_counted(value: Counted | str) -> Counted:
    """The member from the member itself or from its value."""
    return member_of(Counted, value)


@frozen
class Cap:
    """At most so many points.

    Args:
        points: The most points that are deducted, or awarded.
        over: What is bounded together: one violation; the violations of one manager in an incident
            and period, in a part of the standard, or in the period. Of awards it is one merit, and
            so on.
        part: Over a part: its id; None for each of the outermost parts.
        of: Whether deductions are bounded, or awards.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> Cap(12).over, Cap(50, over="period").over
    (<Over.VIOLATION: 'violation'>, <Over.PERIOD: 'period'>)
    """

    points: Decimal = field(
        converter=as_points, validator=points_between(Decimal(0), MAXIMUM_POINTS)
    )
    over: Over = field(
        default=Over.VIOLATION, converter=_as_over, validator=choice_of(Over), kw_only=True
    )
    part: str | None = field(
        default=None,
        converter=as_optional_text,
        validator=[
            optional_identifier,
            beside(
                lambda cap, part: part is None or cap.over is Over.PART,
                "None, or the id of a part where the cap is over one",
            ),
        ],
        kw_only=True,
    )
    of: Counted = field(
        default=Counted.DEDUCTIONS,
        converter=_as_counted,
        validator=choice_of(Counted),
        kw_only=True,
    )
