"""Spans: what was done and what is to come, by the spans in which something is asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from cmappraisal.periods import Period
from cmappraisal.spans import CalendarSpan
from cmappraisal.training.activity_timings import Quota
from cmappraisal.training.marks import Occasion
from cmappraisal.training.rolls import Attendee
from cmappraisal.training.schedules import Schedule

Ends: TypeAlias = Mapping[Period, date]
"""The last day for what is asked in a span, where it was extended."""

InSpans: TypeAlias = Iterator[tuple[Period, list[list[Occasion]]]]
"""Spans, each with what of each kind is in it."""


def spans_of(schedule: Schedule) -> dict[CalendarSpan, tuple[Period, ...]]:
    """The spans that a schedule has in full, of each kind that its plan asks for something in."""
    quotas = (each.timing.per for each in schedule.activities if isinstance(each.timing, Quota))
    kinds = dict.fromkeys((*quotas, *(target.per for target in schedule.plan.targets)))
    return {kind: tuple(kind.whole_within(schedule.period)) for kind in kinds}


def by_span(
    spans: Sequence[Period], *kinds: Iterable[Occasion], person: Attendee | None = None
) -> InSpans:
    """The spans that a person is there in, or all, each with what of each kind is in it."""
    firsts = [span.first for span in spans]
    within: list[list[list[Occasion]]] = [[[] for _ in kinds] for _ in spans]
    for place, occasions in enumerate(kinds):
        for occasion in occasions:
            number = bisect_right(firsts, occasion.on) - 1
            if number >= 0 and occasion.on in spans[number]:
                within[number][place].append(occasion)
    pairs = zip(spans, within, strict=True)
    return (pair for pair in pairs if person is None or person.presence.is_in(pair[0]))


def extended(
    found: InSpans,
    done: Sequence[Occasion],
    ends: Ends,
    needed: Mapping[Period, int],
    measured: Callable[[Sequence[Occasion]], int],
) -> InSpans:
    """Spans, each with what was done after it, where it was extended and as far as it needs it."""
    taken: set[int] = set()
    for span, (within, *others) in found:
        did = [each for each in within if id(each) not in taken]
        for each in done if span in ends else ():
            late = span.last < each.on <= ends[span] and id(each) not in taken
            if late and measured(did) < needed[span]:
                did.append(each)
                taken.add(id(each))
        yield span, [did, *others]
