"""Problems of a schedule: what in it is there twice, or names what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from cmappraisal.errors import Problem
from cmappraisal.flaw_wordings import perhaps
from cmappraisal.training.contradictions import repeated_ids, repeats
from cmappraisal.training.findings import people_of, sessions_of
from cmappraisal.training.plan_flaws import ITS_GROUP, NOUNS, PlanFlaw

if TYPE_CHECKING:
    from cmappraisal.training.schedules import Schedule


def problems_of_schedule(schedule: Schedule) -> Iterator[Problem]:
    """What in a schedule is there twice, or names what is not there."""
    yield from repeated_ids("$.groups", "group", (each.id for each in schedule.groups))
    people = list(people_of(schedule))
    for place, id in repeats(trainee.id for _, trainee in people):
        yield PlanFlaw.REPEATED_TRAINEE.problem(people[place][0], id)
    yield from misplaced(schedule)
    yield from repeated_ids("$.rooms", "room", (each.id for each in schedule.rooms))
    for place, (past, after) in enumerate(pairwise(schedule.past_plans), 1):
        if after.until < past.until:
            path, two = f"$.past_plans[{place}].until", (after, past)
            named = (value for each in two for value in (each.plan, each.until))
            yield PlanFlaw.PAST_PLANS_OUT_OF_ORDER.problem(path, *named)
    for place, past in enumerate(schedule.past_plans):
        if past.plan.id != schedule.plan.id:
            path, flaw = f"$.past_plans[{place}].plan", PlanFlaw.PAST_PLAN_OF_ANOTHER_ID
            yield flaw.problem(path, past.plan, schedule.plan)
    yield from repeated_ids("$.trainers", "trainer", (each.id for each in schedule.trainers))
    yield from _unknown(schedule)
    yield from _withdrawn_wrongly(schedule)
    ids = {session.id for _, session in sessions_of(schedule)}
    if len(ids) < len(schedule.sessions) + len(schedule.cancelled):
        placed = list(sessions_of(schedule))
        for place, id in repeats(session.id for _, session in placed):
            yield PlanFlaw.REPEATED_SESSION.problem(placed[place][0], id)


def misplaced(schedule: Schedule, first: int = 0) -> Iterator[Problem]:
    """Those whose tenures name no group, or not the one that lists them.

    Args:
        schedule: The schedule.
        first: The number of its first group.
    """
    groups = {group.id for group in schedule.groups}
    for number, group in enumerate(schedule.groups, first):
        for place, trainee in enumerate(group.trainees):
            there = {each.group for each in trainee.tenures}
            if there and group.id not in there:
                path = f"$.groups[{number}].trainees[{place}].tenures"
                yield PlanFlaw.IN_A_GROUP_OF_NO_TENURE.problem(path, trainee.id, group.id)
    for place, trainee in enumerate(schedule.trainees):
        there = {each.group for each in trainee.tenures}
        if groups and there and not there & groups:
            remedy = perhaps(min(there), sorted(groups)) or ITS_GROUP
            path = f"$.trainees[{place}].tenures"
            yield PlanFlaw.TENURE_IN_NO_GROUP.problem(path, trainee.id, remedy)


def _unknown(schedule: Schedule) -> Iterator[Problem]:
    known: dict[str, set[str | None]] = {
        "activity": {activity.id for activity in schedule.activities},
        "group": {group.id for group in schedule.groups},
        "person": {trainee.id for trainee in schedule.people},
        "room": {room.id for room in schedule.rooms},
        "trainer": {trainer.id for trainer in schedule.trainers},
    }
    for ids in known.values():
        ids.add(None)
    for path, session in sessions_of(schedule):
        for name, ids in known.items():
            id = getattr(session, name)
            if id not in ids:
                flaw = PlanFlaw.SESSION_NAMES_UNKNOWN
                yield flaw.problem(f"{path}.{name}", session.id, NOUNS[name], id)


def _withdrawn_wrongly(schedule: Schedule) -> Iterator[Problem]:
    """What is withdrawn from nobody, or that is no session, or twice."""
    if not schedule.withdrawn:
        return
    people = {trainee.id for trainee in schedule.people}
    known = {each.id for each in (*schedule.sessions, *schedule.cancelled)}
    for place, each in enumerate(schedule.withdrawn):
        path, key = f"$.withdrawn[{place}]", (each.session.id, each.person)
        if each.person not in people:
            yield PlanFlaw.WITHDRAWN_FROM_NOBODY.problem(f"{path}.person", *key)
        if each.session.id not in known:
            yield PlanFlaw.WITHDRAWN_NO_SESSION.problem(f"{path}.session", *key)
    keys = ((each.session.id, each.person) for each in schedule.withdrawn)
    for place, key in repeats(keys):
        yield PlanFlaw.WITHDRAWN_TWICE.problem(f"$.withdrawn[{place}]", *key)
