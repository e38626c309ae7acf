"""Placings: which room and which trainer each session has, where the days are known."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from cmappraisal.interop.solver.clashes import Chosen
from cmappraisal.interop.solver.problems import Demand, Problem
from cmappraisal.interop.solver.solving import Unsolved
from cmappraisal.interop.solver.timings import Placing, is_timed, timed
from cmappraisal.training.resources import Room, Trainer


def _loads_of(problem: Problem) -> Counter[str]:
    """How many sessions each trainer has of those that may stay, by id."""
    return Counter(
        demand.session.trainer
        for demand in problem.demands
        if demand.may_stay and demand.session.trainer is not None
    )


def placings(problem: Problem, chosen: Chosen) -> dict[str, Placing]:
    """The placing of each demand that is not left out, by the id of its session."""
    load = _loads_of(problem)
    placed: dict[str, Placing] = {}
    moving: defaultdict[date, list[Demand]] = defaultdict(list)
    staying: defaultdict[date, list[Demand]] = defaultdict(list)
    for place, demand in enumerate(problem.demands):
        session, way = demand.session, chosen[place]
        if way is None:
            continue
        day, stays = way
        if stays:
            where = Placing(day, session.room, session.trainer, session.start)
            placed.update((each.id, where) for each in demand.sessions)
            staying[day].append(demand.on(day))
        else:
            moving[day].append(demand.on(day))
    for day, demands in sorted(moving.items()):
        there = _placings_on(problem, day, demands, staying[day], load)
        load.update(each.trainer for each in there.values() if each.trainer is not None)
        placed.update(there)
        for demand in demands:
            id = demand.session.id
            placed.update((each.id, there[id]) for each in demand.others if id in there)
    return placed


def _placings_on(
    problem: Problem,
    day: date,
    demands: Sequence[Demand],
    staying: Sequence[Demand],
    load: Counter[str],
) -> dict[str, Placing]:
    """The placings of some demands on a day, beside those that stay on it."""
    ids = [demand.session.id for demand in demands]
    if is_timed(problem, day):
        found = timed(problem, day, demands, staying, load=load)
        # The search has found out that there is a way.
        return {} if isinstance(found, Unsolved) else dict(zip(ids, found, strict=True))
    used_rooms = {demand.session.room for demand in staying}
    used_trainers = {demand.session.trainer for demand in staying}
    free_rooms = [
        room for room in problem.rooms if room.id not in used_rooms and day not in room.closed
    ]
    free_trainers = [
        trainer
        for trainer in problem.trainers
        if trainer.id not in used_trainers and day not in trainer.away
    ]
    rooms = _rooms(demands, day, free_rooms)
    # The search has made sure that there are enough.
    trainers = trainers_for(demands, free_trainers, load) or {}
    return {id: Placing(day, rooms.get(id), trainers.get(id)) for id in ids}


def _rooms(demands: Iterable[Demand], day: date, free: Iterable[Room]) -> dict[str, str]:
    """The room of each session of a day that needs one.

    The session that needs most seats chooses first: the room it had, or else the smallest that
    seats its attendees. Whatever room that is, enough are left for those that need fewer seats.
    """
    left = sorted(free, key=lambda room: (room.capacity, room.id))
    found: dict[str, str] = {}
    for demand in sorted(demands, key=lambda demand: -(demand.seats_on(day) or 0)):
        if demand.seats is not None:
            fitting = [room for room in left if demand.fits_into(room, day)]
            room = min(fitting, key=lambda room: room.id != demand.session.room)
            left.remove(room)
            found[demand.session.id] = room.id
    return found


def trainers_for(
    demands: Iterable[Demand], free: Iterable[Trainer], load: Mapping[str, int]
) -> dict[str, str] | None:
    """The trainer of each session of a day that needs one; None if there are not enough.

    A session prefers the trainer it had, then the one who has the fewest sessions so far, then the
    one who teaches the fewest courses.
    """
    free = sorted(
        free, key=lambda trainer: (load.get(trainer.id, 0), len(trainer.teaches), trainer.id)
    )
    wishes = {}
    for demand in demands:
        if demand.courses:
            fitting = [each.id for each in free if demand.is_taught_by(each)]
            first = [trainer for trainer in fitting if trainer == demand.session.trainer]
            wishes[demand.session.id] = list(dict.fromkeys([*first, *fitting]))
    return _matched(wishes)


def _matched(wishes: Mapping[str, Sequence[str]]) -> dict[str, str] | None:
    """For each session one of the trainers it could have, no trainer twice; None if impossible.

    A session takes the first trainer who is free, or else starts the shortest chain of sessions
    that exchange their trainer for another.
    """
    holders: dict[str, str] = {}
    found: dict[str, str] = {}
    for session in wishes:
        asked_by: dict[str, str] = {}
        queue = [session]
        for asking in queue:
            new = [trainer for trainer in wishes[asking] if trainer not in asked_by]
            asked_by.update(dict.fromkeys(new, asking))
            queue += (holders[trainer] for trainer in new if trainer in holders)
            if not all(trainer in holders for trainer in new):
                break
        trainer = next((each for each in asked_by if each not in holders), None)
        if trainer is None:
            return None
        while trainer is not None:
            holder = asked_by[trainer]
            given_up = found.get(holder)
            holders[trainer], found[holder] = holder, trainer
            trainer = given_up
    return found
