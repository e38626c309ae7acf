"""Demands: how much is asked of who is there for a part of a span only."""

from __future__ import annotations

from collections.abc import Iterator

from cmappraisal.periods import Period
from cmappraisal.training.plans import Target
from cmappraisal.training.presence import Presence
from cmappraisal.training.proportions import asked_while
from cmappraisal.training.schedules import Schedule, presence_of
from cmappraisal.training.targets import asked_for


def asked_of(count: int, span: Period, person: str | None, schedule: Schedule) -> int:
    """How much of something is asked in a span, in proportion of who is there for a part of it.

    Args:
        count: How much is asked of a team, and of who is there all the time.
        span: The span.
        person: The id of the person; None for a team.
        schedule: The schedule.
    """
    return count if person is None else _of(count, span, presence_of(schedule, person), schedule)


def asked_in_spans(
    target: Target, presence: Presence, schedule: Schedule
) -> Iterator[tuple[Period, int]]:
    """The spans in which a target can ask something of a person, each with how much."""
    for span in target.per.whole_within(schedule.period):
        yield span, _of(asked_for(target), span, presence, schedule)


def _of(count: int, span: Period, presence: Presence, schedule: Schedule) -> int:
    return asked_while(count, span, presence, schedule.calendar, schedule.plan.presence)
