"""Consistency: what in a plan contradicts its curriculum or the rest of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from cmappraisal.errors import Problem
from cmappraisal.flaw_wordings import choice_named
from cmappraisal.training.contradictions import repeated_ids, repeats
from cmappraisal.training.plan_flaws import PlanFlaw, a_course_of

if TYPE_CHECKING:
    # A plan is checked by this module when it is made.
    from cmappraisal.training.plans import Activity, TrainingPlan


def disagreements(plan: TrainingPlan) -> Iterator[Problem]:
    """What in a plan contradicts its curriculum or the rest of the plan."""
    yield from repeated_ids("$.activities", "activity", (each.id for each in plan.activities))
    earlier: dict[str, Activity] = {}
    for place, activity in enumerate(plan.activities):
        for problem in _problems_of_activity(activity, plan, earlier):
            yield problem.within(f"$.activities[{place}]")
        earlier[activity.id] = activity
    asked = ((target.kind, target.unit, target.per) for target in plan.targets)
    for place, (kind, unit, per) in repeats(asked):
        named = map(choice_named, (kind, unit, per))
        yield PlanFlaw.TWO_TARGETS.problem(f"$.targets[{place}]", *named)
    for place, target in enumerate(plan.targets):
        if target.minutes_a_day > plan.day_length:
            yield PlanFlaw.TARGET_LONGER_THAN_A_DAY.problem(
                f"$.targets[{place}].minutes_a_day",
                choice_named(target.kind),
                target.minutes_a_day,
                plan.day_length,
            )


def _problems_of_activity(
    activity: Activity, plan: TrainingPlan, earlier: Mapping[str, Activity]
) -> Iterator[Problem]:
    for name, ids in (("courses", activity.courses), ("each_time", activity.each_time)):
        for place, id in enumerate(ids):
            if id not in plan.curriculum:
                remedy = a_course_of(id, plan.curriculum)
                named = id, plan.curriculum, remedy, activity.id
                yield PlanFlaw.UNKNOWN_COURSE_OF_ACTIVITY.problem(f"$.{name}[{place}]", *named)
    if activity.duration > plan.day_length and activity.has_sessions:
        yield PlanFlaw.LONGER_THAN_A_DAY.problem(
            "$.duration", activity.id, activity.duration, plan.day_length
        )
    if activity.follows is not None:
        yield from _problems_of_order(activity, activity.follows, earlier)


def _problems_of_order(
    activity: Activity, follows: str, earlier: Mapping[str, Activity]
) -> Iterator[Problem]:
    followed = earlier.get(follows)
    if followed is None:
        yield PlanFlaw.FOLLOWS_NONE_BEFORE.problem("$.follows", activity.id, follows)
        return
    if not (activity.by_calendar and followed.by_calendar):
        yield PlanFlaw.FOLLOWS_WITHOUT_CADENCE.problem("$.follows", activity.id, follows)
    if activity.per_person != followed.per_person:
        yield PlanFlaw.FOLLOWS_OF_OTHERS.problem("$.follows", activity.id, follows)
