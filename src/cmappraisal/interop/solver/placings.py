"""Placings: which room and which trainer each session has, where the days are known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from attrs import frozen

from cmappraisal.interop.solver.models import Chosen
from cmappraisal.interop.solver.problems import Demand, Problem
from cmappraisal.training.resources import Room, Trainer


@frozen
class Placing:
    """The day of a session, and its room and trainer where it needs them."""

    on: date
    room: str | None
    trainer: str | None


def placings(problem: Problem, chosen: Chosen) -> dict[str, Placing]:
    """The placing of each demand on its chosen day, by the id of its session."""
    placed: dict[str, Placing] = {}
    moving: defaultdict[date, list[Demand]] = defaultdict(list)
    busy: defaultdict[date, list[Placing]] = defaultdict(list)
    for place, demand in enumerate(problem.demands):
        session = demand.session
        day, stays = chosen[place]
        if stays:
            placed[session.id] = Placing(day, session.room, session.trainer)
            busy[day].append(placed[session.id])
        else:
            moving[day].append(demand)
    for day, demands in moving.items():
        placed.update(_placings_on(problem, day, demands, busy[day]))
    return placed


def _placings_on(
    problem: Problem, day: date, demands: Sequence[Demand], busy: Sequence[Placing]
) -> dict[str, Placing]:
    """The placings of some demands on a day, beside those that stay on it."""
    used_rooms = {placing.room for placing in busy}
    used_trainers = {placing.trainer for placing in busy}
    free_rooms = [
        room for room in problem.rooms if room.id not in used_rooms and day not in room.closed
    ]
    free_trainers = [
        trainer
        for trainer in problem.trainers
        if trainer.id not in used_trainers and day not in trainer.away
    ]
    rooms = _rooms(demands, free_rooms)
    # The search has made sure that there are enough.
    trainers = trainers_for(demands, free_trainers) or {}
    ids = [demand.session.id for demand in demands]
    return {id: Placing(day, rooms.get(id), trainers.get(id)) for id in ids}


def _rooms(demands: Iterable[Demand], free: Iterable[Room]) -> dict[str, str]:
    """The room of each session of a day that needs one.

    The session that needs most seats chooses first: the room it had, or else the smallest that
    seats its attendees. Whatever room that is, enough are left for those that need fewer seats.
    """
    left = sorted(free, key=lambda room: (room.capacity, room.id))
    found: dict[str, str] = {}
    for demand in sorted(demands, key=lambda demand: -(demand.seats or 0)):
        if demand.seats is not None:
            fitting = [room for room in left if demand.fits_into(room)]
            room = min(fitting, key=lambda room: room.id != demand.session.room)
            left.remove(room)
            found[demand.session.id] = room.id
    return found


def trainers_for(demands: Iterable[Demand], free: Iterable[Trainer]) -> dict[str, str] | None:
    """The trainer of each session of a day that needs one; None if there are not enough.

    A session prefers the trainer it had, then the one who teaches the fewest courses.
    """
    free = sorted(free, key=lambda trainer: (len(trainer.teaches), trainer.id))
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
