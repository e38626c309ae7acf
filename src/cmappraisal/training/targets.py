"""Targets: how much of a kind there is in a span, and how much is missing.

Hours are reckoned in minutes, so that sessions of any duration add up exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cmappraisal.periods import Period
from cmappraisal.training.plans import (
    Activity,
    CareerStage,
    Quota,
    Target,
    TargetUnit,
    TrainingPlan,
)
from cmappraisal.training.sessions import Session
from cmappraisal.training.shortfalls import Shortfall, ShortfallCause

_FINE_UNITS: Mapping[TargetUnit, int] = {
    TargetUnit.DAYS: 1,
    TargetUnit.SESSIONS: 1,
    TargetUnit.HOURS: 60,
}
"""How many of the fine units, in which a target is reckoned, each of its units has."""


def is_individual(target: Target, plan: TrainingPlan) -> bool:
    """Whether each person has to reach a target, since no activity of the team counts."""
    kinds = [each for each in plan.activities if each.kind is target.kind]
    individual = [each.per_person or isinstance(each.timing, CareerStage) for each in kinds]
    return bool(kinds) and all(individual)


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
    target: Target, span: Period, sessions: Iterable[Session], plan: TrainingPlan
) -> int:
    """How much is missing in a span, in fine units; 0 or less where the target is met."""
    within = [session for session in sessions if session.on in span]
    if target.unit is TargetUnit.DAYS:
        there_is = len({session.on for session in within})
    else:
        there_is = sum(worth(target, plan.activity(session.activity)) for session in within)
    return asked_for(target) - there_is


def worth(target: Target, activity: Activity) -> int:
    """What one more session adds to a target, in fine units."""
    return activity.duration if target.unit is TargetUnit.HOURS else 1


def extendable(target: Target, plan: TrainingPlan) -> Iterator[Activity]:
    """The activities that can have make-up sessions for a target."""
    for activity in plan.activities:
        bounded = isinstance(activity.timing, Quota) and activity.timing.at_most is not None
        staged = isinstance(activity.timing, CareerStage)
        of_others = activity.per_person is not is_individual(target, plan)
        if activity.kind is target.kind and not (bounded or staged or of_others):
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
