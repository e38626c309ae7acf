"""Problems of a schedule: what in it is there twice, or names what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from cmappraisal.errors import Problem, ProblemCode
from cmappraisal.remedies import did_you_mean
from cmappraisal.training.contradictions import repeated_ids, repeats
from cmappraisal.training.findings import people_of, sessions_of

if TYPE_CHECKING:
    from cmappraisal.training.schedules import Schedule


def problems_of_schedule(schedule: Schedule) -> Iterator[Problem]:
    """What in a schedule is there twice, or names what is not there."""
    yield from repeated_ids("$.groups", "group", (each.id for each in schedule.groups))
    people = list(people_of(schedule))
    for place, id in repeats(trainee.id for _, trainee in people):
        message = f'trainee "{id}" is there twice; let everybody be in one group, or in none'
        yield Problem(people[place][0], ProblemCode.REPEATED, message)
    yield from misplaced(schedule)
    yield from repeated_ids("$.rooms", "room", (each.id for each in schedule.rooms))
    for place, (past, after) in enumerate(pairwise(schedule.past_plans), 1):
        if after.until < past.until:
            message = f"{after} comes after {past}; give them in their order"
            yield Problem(f"$.past_plans[{place}].until", ProblemCode.CONTRADICTION, message)
    for place, past in enumerate(schedule.past_plans):
        if past.plan.id != schedule.plan.id:
            message = f'"{past.plan}" is no edition of "{schedule.plan}"; give those of one id'
            yield Problem(f"$.past_plans[{place}].plan", ProblemCode.CONTRADICTION, message)
    yield from repeated_ids("$.trainers", "trainer", (each.id for each in schedule.trainers))
    yield from _unknown(schedule)
    yield from _withdrawn_wrongly(schedule)
    ids = {session.id for _, session in sessions_of(schedule)}
    if len(ids) < len(schedule.sessions) + len(schedule.cancelled):
        placed = list(sessions_of(schedule))
        for place, id in repeats(session.id for _, session in placed):
            message = f'session "{id}" is there twice; give it once'
            yield Problem(placed[place][0], ProblemCode.REPEATED, message)


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
                message = (
                    f'trainee "{trainee.id}" is listed in group "{group.id}", which none of the '
                    "tenures names; list the trainee where one of them is"
                )
                path = f"$.groups[{number}].trainees[{place}].tenures"
                yield Problem(path, ProblemCode.CONTRADICTION, message)
    for place, trainee in enumerate(schedule.trainees):
        there = {each.group for each in trainee.tenures}
        if groups and there and not there & groups:
            remedy = did_you_mean(min(there), sorted(groups)) or "; name one of its groups"
            message = f'trainee "{trainee.id}" has no tenure in a group of the schedule{remedy}'
            yield Problem(f"$.trainees[{place}].tenures", ProblemCode.UNKNOWN_ID, message)


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
                message = (
                    f'session "{session.id}" has {name} "{id}", which is not there; give it too'
                )
                yield Problem(f"{path}.{name}", ProblemCode.UNKNOWN_ID, message)


def _withdrawn_wrongly(schedule: Schedule) -> Iterator[Problem]:
    """What is withdrawn from nobody, or that is no session, or twice."""
    if not schedule.withdrawn:
        return
    people = {trainee.id for trainee in schedule.people}
    known = {each.id for each in (*schedule.sessions, *schedule.cancelled)}
    for place, each in enumerate(schedule.withdrawn):
        path = f"$.withdrawn[{place}]"
        if each.person not in people:
            message = f'{each}: nobody is "{each.person}"; give the trainee too'
            yield Problem(f"{path}.person", ProblemCode.UNKNOWN_ID, message)
        if each.session.id not in known:
            message = f"{each}: there is no such session; give it too"
            yield Problem(f"{path}.session", ProblemCode.UNKNOWN_ID, message)
    keys = ((each.session.id, each.person) for each in schedule.withdrawn)
    for place, _ in repeats(keys):
        message = f"{schedule.withdrawn[place]}: it is there twice; give it once"
        yield Problem(f"$.withdrawn[{place}]", ProblemCode.REPEATED, message)
