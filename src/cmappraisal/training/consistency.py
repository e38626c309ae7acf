"""Consistency: what in a plan contradicts its curriculum or the rest of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from cmappraisal.errors import Problem, ProblemCode
from cmappraisal.remedies import did_you_mean
from cmappraisal.training.contradictions import repeated_ids, repeats
from cmappraisal.training.courses import ONE_OF_ITS_COURSES

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
        message = (
            f"two targets ask for {kind.value} {unit.value} a {per.value}; keep the higher of them"
        )
        yield Problem(f"$.targets[{place}]", ProblemCode.REPEATED, message)
    for place, target in enumerate(plan.targets):
        if target.minutes_a_day > plan.day_length:
            message = (
                f"a day of {target.kind.value} needs {target.minutes_a_day} minutes to count, more "
                f"than it holds ({plan.day_length}); ask for fewer, or lengthen day_length"
            )
            path = f"$.targets[{place}].minutes_a_day"
            yield Problem(path, ProblemCode.CONTRADICTION, message)


def _problems_of_activity(
    activity: Activity, plan: TrainingPlan, earlier: Mapping[str, Activity]
) -> Iterator[Problem]:
    for name, ids in (("courses", activity.courses), ("each_time", activity.each_time)):
        for place, id in enumerate(ids):
            if id not in plan.curriculum:
                remedy = did_you_mean(id, plan.curriculum) or ONE_OF_ITS_COURSES
                message = (
                    f'activity "{activity.id}" teaches "{id}", which is not in curriculum '
                    f'"{plan.curriculum}"{remedy}'
                )
                yield Problem(f"$.{name}[{place}]", ProblemCode.UNKNOWN_ID, message)
    if activity.duration > plan.day_length and activity.has_sessions:
        message = (
            f'activity "{activity.id}" lasts {activity.duration} minutes, longer than the day '
            f"({plan.day_length}); shorten it, or lengthen day_length"
        )
        yield Problem("$.duration", ProblemCode.CONTRADICTION, message)
    if activity.follows is not None:
        yield from _problems_of_order(activity, activity.follows, earlier)


def _problems_of_order(
    activity: Activity, follows: str, earlier: Mapping[str, Activity]
) -> Iterator[Problem]:
    words = f'activity "{activity.id}" follows "{follows}"'
    followed = earlier.get(follows)
    if followed is None:
        message = f"{words}, which does not stand before it; name an activity that does"
        yield Problem("$.follows", ProblemCode.UNKNOWN_ID, message)
        return
    if not (activity.by_calendar and followed.by_calendar):
        message = f"{words}; give both a Cadence or an NthWorkingDay, or leave follows out"
        yield Problem("$.follows", ProblemCode.CONTRADICTION, message)
    if activity.per_person != followed.per_person:
        message = f"{words}; let both be per_person, or neither"
        yield Problem("$.follows", ProblemCode.CONTRADICTION, message)
