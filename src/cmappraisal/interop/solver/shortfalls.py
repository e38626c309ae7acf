"""Shortfalls: what sessions that block each other need too much of, in words, and the remedy."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from attrs import frozen

from cmappraisal.interop.solver.problems import Problem, without_rooms, without_trainers
from cmappraisal.interop.solver.searches import is_possible

_DAYS_SHOWN = 5
_COURSES_SHOWN = 3


@frozen
class ResourceShortfall:
    """What sessions need, what there is of it, and the remedy, in words."""

    resource: str
    there: str
    remedy: str


def shortfall_of(problem: Problem) -> ResourceShortfall:
    """What blocks sessions that cannot all take place."""
    roomless = without_rooms(problem)
    if not is_possible(without_trainers(roomless)):
        return _of_days(problem)
    is_room = is_possible(roomless)
    is_trainer = is_possible(without_trainers(problem))
    if is_room != is_trainer:
        return _of_rooms(problem) if is_room else _of_trainers(problem)
    room, trainer = _of_rooms(problem), _of_trainers(problem)
    short = "but not on the same days" if is_room else "and of neither enough"
    return ResourceShortfall(
        f"{_room_for(problem)} and {trainer.resource}",
        f"{room.there}, and there {trainer.there}, {short}",
        f"{room.remedy}, {trainer.remedy}",
    )


def _of_days(problem: Problem) -> ResourceShortfall:
    remedy = "let more days be worked"
    if len(problem.demands) == 1:
        return ResourceShortfall("a working day", "is none where it may go", remedy)
    in_order = ", in their order" if problem.orders else ""
    return ResourceShortfall(
        f"a day each for the same group or person{in_order}, {_on_days(problem)}",
        "are not enough of them",
        remedy,
    )


def _of_rooms(problem: Problem) -> ResourceShortfall:
    free = [
        {day for demand in problem.demands if demand.fits_into(room) for day in demand.days}
        - room.closed
        for room in problem.rooms
        if any(room.capacity >= (demand.seats or 0) for demand in problem.demands)
    ]
    return ResourceShortfall(
        f"{_room_for(problem)} {_on_days(problem)}",
        _there(problem, "room", free),
        "give another such room, or open one on another of the days",
    )


def _of_trainers(problem: Problem) -> ResourceShortfall:
    free = [
        {day for demand in problem.demands if demand.is_taught_by(trainer) for day in demand.days}
        - trainer.away
        for trainer in problem.trainers
        if any(demand.is_taught_by(trainer) for demand in problem.demands)
    ]
    asked = dict.fromkeys(demand.courses for demand in problem.demands if demand.courses)
    named = [" and ".join(f'"{course}"' for course in courses) for courses in asked]
    shown = " or of ".join(named[:_COURSES_SHOWN])
    more = f" or of {len(named) - _COURSES_SHOWN} more" if len(named) > _COURSES_SHOWN else ""
    return ResourceShortfall(
        f"a trainer of {shown}{more} {_on_days(problem)}",
        _there(problem, "trainer", free),
        "give another such trainer, or have one there on another of the days",
    )


def _room_for(problem: Problem) -> str:
    seats = [demand.seats for demand in problem.demands if demand.seats is not None]
    least, most = min(seats), max(seats)
    if most == 1:
        return "a room for 1 person"
    return f"a room for {most} people" if least == most else f"a room for {least} to {most} people"


def _on_days(problem: Problem) -> str:
    days = sorted({day for demand in problem.demands for day in demand.days})
    if len(days) == 1:
        return f"on 1 day ({days[0]})"
    if len(days) > _DAYS_SHOWN:
        return f"on {len(days)} days ({days[0]} to {days[-1]})"
    return f"on {len(days)} days ({', '.join(map(str, days))})"


def _there(problem: Problem, noun: str, free: Collection[Collection[date]]) -> str:
    """How many of a resource there are, and how often they are free where not always."""
    if not free:
        return f"is no such {noun}"
    days = {day for demand in problem.demands for day in demand.days}
    times = sum(map(len, free))
    words = f"is 1 such {noun}" if len(free) == 1 else f"are {len(free)} such {noun}s"
    if times < len(free) * len(days):
        words += f", free for {times} session{'' if times == 1 else 's'} in all"
    # So many sessions would find so many places, if none had a group or person in common.
    if times >= len(problem.demands):
        words += ", but each group and person has one session a day, in order"
    return words
