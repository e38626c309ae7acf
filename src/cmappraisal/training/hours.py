"""Hours: from when to when a room is open, or a trainer is there, every day or on one day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, time
from itertools import combinations, pairwise

from attrs import field, frozen

from cmappraisal.clock_times import a_time, as_time
from cmappraisal.errors import ProblemCode
from cmappraisal.fields import (
    as_optional_date,
    as_tuple,
    checked,
    is_tuple_of,
    optional_date,
)
from cmappraisal.training.contradictions import Contradiction, reject_fields

MINUTES_AN_HOUR = 60

NOON = 12 * MINUTES_AN_HOUR
"""When a half working day ends, in minutes from midnight."""


@frozen
class Hours:
    """From one time of a day to another, without the latter.

    Args:
        opens: When they begin, by the clock on the wall, in whole minutes.
        closes: When they end.
        on: The one day that has these hours, and then no others; None for every day.

    Raises:
        FieldError: A field has a value that it does not allow, or they end before they begin.

    >>> Hours(time(9), time(17, 30)).minutes
    510
    """

    opens: time = field(converter=as_time, validator=a_time)
    closes: time = field(converter=as_time, validator=a_time)
    on: date | None = field(
        default=None, converter=as_optional_date, validator=optional_date, kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        reject_fields(self, self._contradictions())

    def _contradictions(self) -> Iterator[Contradiction]:
        if self.closes <= self.opens:
            yield "closes", ProblemCode.CONTRADICTION, f"a time after opens ({self.opens:%H:%M})"

    @property
    def minutes(self) -> int:
        """How long they are."""
        return minute_of(self.closes) - minute_of(self.opens)


def minute_of(moment: time) -> int:
    """How many minutes after midnight a time is."""
    return moment.hour * MINUTES_AN_HOUR + moment.minute


def time_of(minute: int) -> time:
    """The time that is so many minutes after midnight."""
    return time(*divmod(minute, MINUTES_AN_HOUR))


def as_hours(value: Iterable[Hours]) -> tuple[Hours, ...]:
    """A tuple from any iterable of hours."""
    return as_tuple(value)


def _are_apart(value: object) -> bool:
    if not isinstance(value, tuple) or not is_tuple_of(value, Hours):
        return False
    return not any(
        one.on == other.on and one.opens < other.closes and other.opens < one.closes
        for one, other in combinations(value, 2)
    )


apart = checked(_are_apart, "a list of Hours, no two of which overlap on the same day")
"""A validator that allows hours that are apart from one another."""


def open_on(hours: Iterable[Hours], day: date, *, is_half: bool) -> tuple[tuple[int, int], ...]:
    """From which minute to which there are hours on a day, in order; what adjoins is one.

    Args:
        hours: The hours.
        day: The day.
        is_half: Whether only half of it is worked: then what holds every day ends at noon.
    """
    own = [each for each in hours if each.on == day]
    of_day = own or [each for each in hours if each.on is None]
    spans = sorted((minute_of(each.opens), minute_of(each.closes)) for each in of_day)
    if is_half and not own:
        spans = [(opens, min(closes, NOON)) for opens, closes in spans if opens < NOON]
    return tuple(_joined(spans))


def _joined(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans in their order, those that adjoin in one."""
    breaks = [0, *(n for n, (one, two) in enumerate(pairwise(spans), 1) if one[1] != two[0])]
    for first, after in zip(breaks, [*breaks[1:], len(spans)], strict=True):
        if spans:
            yield spans[first][0], spans[after - 1][1]
