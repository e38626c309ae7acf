"""Repetition: a breach once more, within a time, which is deducted more for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import TypeAlias, cast

import attrs
from attrs import field, frozen

from cmappraisal.fields import (
    as_tuple,
    checked,
    choice_of,
    int_between,
    is_int,
    member_of,
    require,
)
from cmappraisal.spans import Span
from cmappraisal.texts import Choice, Text
from cmappraisal.weights import Add, Multiply, SetTo, is_heavier

MAXIMUM_TIMES = 20
"""The highest time that has a weight of its own: a step names as many earlier violations."""

Repeating: TypeAlias = SetTo | Multiply | Add
"""What repetition does to points."""


class Same(Choice):
    """Which earlier violations make a violation a repeated one.

    >>> Same("rule").text.en
    'under the same rule'
    """

    RULE = ("rule", Text("同一條款", "同一条款", en="under the same rule"))
    PART = ("part", Text("同一部分的條款", "同一部分的条款", en="under rules of the same part"))
    ANY = ("any", Text("任何條款", "任何条款", en="under any rule"))


def _is_weight(value: object) -> bool:
    return isinstance(value, (SetTo, Multiply, Add)) and is_heavier(value)


@frozen
class Time:
    """What a violation weighs from the n-th time on.

    Args:
        nth: The time, from 2; the first has no weight.
        weight: What it does to the points: :class:`SetTo` to those of one unit, and
            :class:`~cmappraisal.Multiply` by at least 1 or :class:`~cmappraisal.Add` to what is
            left after all circumstances.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    nth: int = field(validator=int_between(2, MAXIMUM_TIMES))
    weight: Repeating = field(
        validator=checked(_is_weight, "SetTo, Add, or Multiply by at least 1")
    )


def _as_times(value: Mapping[int, Repeating] | Iterable[Time]) -> tuple[Time, ...]:
    """Times from a list of them, or from a mapping from the time to its weight."""
    if isinstance(value, Mapping):
        weights = cast("Mapping[int, Repeating]", value)
        return tuple(Time(nth, weight) for nth, weight in weights.items())
    return as_tuple(value)


def falls(earlier: Repeating, later: Repeating) -> bool:
    """Whether a weight is less than another of its kind.

    Args:
        earlier: The one.
        later: The other.

    >>> falls(Multiply(2), Multiply("1.5")), falls(Multiply(2), Add(1))
    (True, False)
    """
    (before,), (after,) = attrs.astuple(earlier), attrs.astuple(later)
    return type(earlier) is type(later) and bool(after < before)


def _is_rising(times: Iterable[Time]) -> bool:
    return all(
        one.nth < next_one.nth and not falls(one.weight, next_one.weight)
        for one, next_one in pairwise(times)
    )


def _as_same(value: Same | str) -> Same:
    """The member from the member itself or from its value."""
    return member_of(Same, value)


@frozen
class Again:
    """A breach that comes again within a time weighs more.

    Counted are upheld violations of the same relationship manager in other incidents, also those
    before the period; not those whose points are waived, that are time-barred, or that an open
    appeal suspends. Of one day the smaller id is the earlier.

    Args:
        times: From which time on which weight holds, in rising order: a list of :class:`Time`, or a
            mapping such as ``{2: Multiply("1.5"), 3: Multiply(2)}``. Weights do not fall.
        within: Within which time an earlier violation counts, up to the day of the later one.
        same: Which earlier violations count.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> again = Again({2: Multiply("1.5"), 3: Multiply(2)}, within=Span(months=12))
    >>> [(time.nth, str(time.weight.factor)) for time in again.times]
    [(2, '1.5'), (3, '2')]
    """

    times: tuple[Time, ...] = field(
        converter=_as_times,
        validator=checked(
            lambda times: (
                isinstance(times, tuple)
                and bool(times)
                and all(isinstance(each, Time) for each in times)
                and _is_rising(times)
            ),
            "a list of Time, or a mapping from times to weights, in rising order, whose weights "
            "do not fall",
        ),
    )
    within: Span = field(
        validator=checked(
            lambda span: isinstance(span, Span) and span.cycle is None,
            "a Span of months or of the calendar",
        ),
        kw_only=True,
    )
    same: Same = field(
        default=Same.RULE, converter=_as_same, validator=choice_of(Same), kw_only=True
    )

    def holding(self, nth: int) -> Time | None:
        """The time whose weight holds for the n-th; None before the first.

        Args:
            nth: How many times it is, itself included.

        Raises:
            FieldError: ``nth`` is no such number.

        >>> again = Again({2: Multiply("1.5"), 4: Multiply(2)}, within=Span(months=12))
        >>> again.holding(1) is None, again.holding(3).nth
        (True, 2)
        """
        require("Again.holding", "nth", nth, is_int(nth, 1), "an int from 1")
        held = [each for each in self.times if each.nth <= nth]
        return held[-1] if held else None
