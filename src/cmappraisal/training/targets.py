"""Targets: how much of a kind there is in a span, and how much is missing.

Hours are reckoned in minutes, so that sessions of any duration add up exactly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from cmappraisal.periods import Period
from cmappraisal.training.activity_timings import CareerStage, Quota
from cmappraisal.training.plans import Activity, ActivityKind, Target, TargetUnit, TrainingPlan
from cmappraisal.training.sessions import Session
from cmappraisal.training.shortfalls import Shortfall, ShortfallCause

_FINE_UNITS: Mapping[TargetUnit, int] = {
    TargetUnit.DAYS: 1,
    TargetUnit.SESSIONS: 1,
    TargetUnit.HOURS: 60,
}
"""How many of the fine units, in which a target is reckoned, each of its units has."""


def of_kind(kind: ActivityKind, plan: TrainingPlan) -> list[Activity]:
    """The activities of a kind that have sessions."""
    return [each for each in plan.activities if each.kind is kind and each.has_sessions]


def is_individual(target: Target, plan: TrainingPlan) -> bool:
    """Whether each person has to reach a target, since no activity of the team counts."""
    kinds = of_kind(target.kind, plan)
    return bool(kinds) and all(each.individual for each in kinds)


def is_staged(target: Target, plan: TrainingPlan) -> bool:
    """Whether stages, which are individual, count towards a target."""
    return is_individual(target, plan) and any(
        each.kind is target.kind and isinstance(each.timing, CareerStage)
        for each in plan.activities
    )


def asked_for(target: Target) -> int:
    """How much a target asks for in a span, in fine units."""
    return target.at_least * _FINE_UNITS[target.unit]


def missing_of(
    target: Target,
    span: Period,
    sessions: Iterable[Session],
    activity_of: Callable[[Session], Activity],
    asked: int | None = None,
) -> int:
    """How much is missing in a span, in fine units; 0 or less where the target is met.

    Args:
        target: The target.
        span: The span.
        sessions: The sessions of its kind.
        activity_of: What finds the activity of a session.
        asked: How much is asked for, in fine units; None for all of it.
    """
    within = ((session.on, activity_of(session)) for session in sessions if session.on in span)
    return (asked_for(target) if asked is None else asked) - amount(target, within)


def amount(target: Target, there: Iterable[tuple[date, Activity]]) -> int:
    """How much there is of a target, in fine units, of some activities on some days."""
    if target.unit is not TargetUnit.DAYS:
        return sum(worth(target, activity) for _, activity in there)
    minutes: Counter[date] = Counter()
    for day, activity in there:
        minutes[day] += activity.duration
    return sum(each >= target.minutes_a_day for each in minutes.values())


def worth(target: Target, activity: Activity) -> int:
    """What one more session adds to a target, in fine units."""
    return activity.duration if target.unit is TargetUnit.HOURS else 1


def extendable(target: Target, plan: TrainingPlan) -> Iterator[Activity]:
    """The activities that can have make-up sessions for a target."""
    for activity in of_kind(target.kind, plan):
        bounded = isinstance(activity.timing, Quota) and activity.timing.at_most is not None
        staged = isinstance(activity.timing, CareerStage)
        of_others = activity.per_person is not is_individual(target, plan)
        too_short = activity.duration < target.minutes_a_day
        if not (bounded or staged or of_others or too_short):
            yield activity


def in_units(target: Target, missing: int) -> int:
    """Fine units in a target's own units, begun ones in full."""
    return -(-missing // _FINE_UNITS[target.unit])


def shortfall_of(target: Target, span: Period, missing: int, cause: ShortfallCause) -> Shortfall:
    """The shortfall of a target, of so many fine units."""
    return Shortfall(
        kind=target.kind,
        unit=target.unit,
        period=span,
        missing=in_units(target, missing),
        cause=cause,
    )
