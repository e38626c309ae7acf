"""Sharing: on each day, no more sessions than the rooms and the trainers of that day can serve.

Rooms are not distinguished. Sessions find rooms on a day if and only if, for each number of seats,
no more sessions need as many than there are rooms with as many (Hall's theorem). Trainers are
counted by which of the courses asked for they teach.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date

from cmappraisal.interop.solver.models import Model, Term, Variable
from cmappraisal.training.sessions import Session


def share_rooms(model: Model, day: date) -> None:
    """Let no more sessions take place on a day than there are open rooms with their seats."""
    problem = model.problem
    rooms = {
        room.id: problem.size(room.capacity) for room in problem.rooms if day not in room.closed
    }
    seated = [
        (problem.size(seats), role)
        for role in model.coming[day]
        for seats in (model.demand(role).seats,)
        if seats is not None
    ]
    staying = _staying(model, day, lambda session: session.room)
    for size in sorted({size for size, _ in seated}):
        coming = [role for needed, role in seated if needed >= size]
        kept = [stay for id, stays in staying.items() if rooms[id] >= size for stay in stays]
        there_are = sum(room >= size for room in rooms.values())
        if sum(len(role.places) for role in coming) + len(kept) > there_are:
            model.bound([*(role.counts[day] for role in coming), *kept], 0, there_are)


def share_trainers(model: Model, day: date) -> None:
    """Let no more sessions take place on a day than there are trainers of their courses."""
    problem = model.problem
    asked = sorted({model.demand(role).courses for role in model.coming[day]} - {()})
    taught = {
        trainer.id: tuple(courses for courses in asked if trainer.teaches.issuperset(courses))
        for trainer in problem.trainers
        if day not in trainer.away
    }
    staying: defaultdict[tuple[tuple[str, ...], ...], list[Variable]] = defaultdict(list)
    for id, stays in _staying(model, day, lambda session: session.trainer).items():
        staying[taught[id]] += stays
    teaching: defaultdict[tuple[str, ...], list[Term]] = defaultdict(list)
    for able, there_are in sorted(Counter(taught.values()).items()):
        busy = [model.count(there_are) for _ in able]
        model.bound([*busy, *staying[able]], 0, there_are)
        for courses, count in zip(able, busy, strict=True):
            teaching[courses].append(-count)
    for courses in asked:
        there = [role for role in model.coming[day] if model.demand(role).courses == courses]
        terms = [*(role.counts[day] for role in there), *teaching[courses]]
        model.bound(terms, -len(problem.trainers), 0)


def _staying(
    model: Model, day: date, resource: Callable[[Session], str | None]
) -> dict[str, list[Variable]]:
    """By room or trainer, the demands that may stay with it on a day, of which one can."""
    staying: defaultdict[str, list[Variable]] = defaultdict(list)
    for place, stay in model.staying[day].items():
        id = resource(model.problem.demands[place].session)
        if id is not None:
            staying[id].append(stay)
    for stays in staying.values():
        model.allow_one(stays)
    return staying
