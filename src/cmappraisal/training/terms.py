"""Terms: what a plan asks of who is there for a part of the time, and what attending is."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from attrs import field, frozen

from cmappraisal.alternatives import Rounding, as_rounding
from cmappraisal.fields import (
    boolean,
    checked,
    choice_of,
    is_iterable,
    member_of,
    optional_int_between,
)
from cmappraisal.points import as_points, points_between
from cmappraisal.texts import Choice, Text
from cmappraisal.training.leaves import LeaveKind, as_leave_kind

MAXIMUM_LATES = 1_000
"""The most late arrivals that make one absence."""

_NONE, _ALL = Decimal(0), Decimal(1)


class Reduction(Choice):
    """What is asked, by a quota or a target, of who is there for a part of its span.

    >>> Reduction("proportional").text.en
    'in proportion to the time present'
    """

    PROPORTIONAL = (
        "proportional",
        Text("按在崗時間比例", "按在岗时间比例", en="in proportion to the time present"),
    )
    WAIVED = (
        "waived",
        Text("不滿整期者免除", "不满整期者免除", en="nothing of who is not there all the time"),
    )
    NONE = "none", Text("全額要求", "全额要求", en="all of it, however short the time")


class CountedDays(Choice):
    """Which days make the time that somebody is there.

    >>> CountedDays("working").text.en
    'working days'
    """

    WORKING = "working", Text("工作日", "工作日", en="working days")
    ALL = "all", Text("日曆日", "日历日", en="days of the calendar")


def as_reduction(value: Reduction | str) -> Reduction:
    """The member from the member itself or from its value."""
    return member_of(Reduction, value)


def _as_counted_days(value: CountedDays | str) -> CountedDays:
    return member_of(CountedDays, value)


def _as_kinds(value: Iterable[LeaveKind | str]) -> frozenset[LeaveKind]:
    if isinstance(value, str) or not is_iterable(value):
        return value  # type: ignore[return-value]
    return frozenset(map(as_leave_kind, value))


@frozen
class PresenceTerms:
    """What a plan asks of who is there for a part of the time.

    Args:
        reduction: What a quota or a target asks for then. Sessions are never asked of who is not
            there.
        days: Which days the time is counted in.
        rounding: How what is asked for is rounded to whole units.
        part_time: Whether the share of full time counts, so that half time is half the days.
        leave: The kinds of leave that count as time away. On leave of any other kind everything
            is asked as if the person were there.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> terms = PresenceTerms(leave=["maternity", "sick"])
    >>> LeaveKind.ANNUAL in terms.leave, terms.reduction.value
    (False, 'proportional')
    """

    reduction: Reduction = field(
        default=Reduction.PROPORTIONAL,
        converter=as_reduction,
        validator=choice_of(Reduction),
        kw_only=True,
    )
    days: CountedDays = field(
        default=CountedDays.WORKING,
        converter=_as_counted_days,
        validator=choice_of(CountedDays),
        kw_only=True,
    )
    rounding: Rounding = field(
        default=Rounding.HALF_UP,
        converter=as_rounding,
        validator=choice_of(Rounding),
        kw_only=True,
    )
    part_time: bool = field(default=True, validator=boolean, kw_only=True)
    leave: frozenset[LeaveKind] = field(
        default=frozenset(LeaveKind),
        converter=_as_kinds,
        validator=checked(
            lambda value: (
                isinstance(value, frozenset) and all(isinstance(each, LeaveKind) for each in value)
            ),
            "a set or list of LeaveKind",
        ),
        kw_only=True,
    )


@frozen
class AttendanceTerms:
    """What it is to attend an activity.

    Args:
        at_least: The share of its sessions that a person has to attend, above 0 and up to 1;
            what is excused is not among them.
        lates_an_absence: How many late arrivals make one absence; None where being late is as
            good as being there.
        quorum: The share of those expected, from 0 to 1, who have to attend for a session to count
            for its team; somebody has to in any case.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> AttendanceTerms(at_least="0.9", lates_an_absence=3).at_least
    Decimal('0.9')
    """

    at_least: Decimal = field(
        default=_ALL,
        converter=as_points,
        validator=points_between(_NONE, _ALL, above=True),
        kw_only=True,
    )
    lates_an_absence: int | None = field(
        default=None, validator=optional_int_between(1, MAXIMUM_LATES), kw_only=True
    )
    quorum: Decimal = field(
        default=Decimal("0.5"),
        converter=as_points,
        validator=points_between(_NONE, _ALL),
        kw_only=True,
    )
