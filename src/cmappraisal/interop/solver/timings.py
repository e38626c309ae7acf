"""Timings: from when each session of a day has which room and which trainer.

Mostly the first way that comes to mind is one; where it is not, CP-SAT says whether there is any.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, time
from typing import Any, TypeAlias

from attrs import frozen

from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.solver.problems import Demand, Problem
from cmappraisal.interop.solver.solving import Unsolved, solver_of, unsolved
from cmappraisal.interop.solver.supplies import Supply, most_of
from cmappraisal.training.hours import minute_of, time_of
from cmappraisal.training.plans import MINUTES_A_DAY

with needs_extra("solver", "ortools"):
    from ortools.sat.python import cp_model

Free: TypeAlias = Mapping[str, Supply]
"""What is left of each room and trainer on a day."""

DAYS_WORK = 1.0
"""How much work is done at most to find the times of a day."""


@frozen
class Placing:
    """The day of a session, and its room and trainer where it needs them.

    Args:
        on: The day.
        room: The id of the room.
        trainer: The id of the trainer.
        start: When it begins, where the room or the trainer has hours.
    """

    on: date
    room: str | None
    trainer: str | None
    start: time | None = None


@frozen
class Choice:
    """A room or a trainer that a session can have."""

    id: str
    supply: Supply


@frozen
class Asked:
    """A session of a day that is to be timed.

    Args:
        demand: What it needs.
        choices: The rooms that it can have, then the trainers; only those of what it needs.
    """

    demand: Demand
    choices: tuple[tuple[Choice, ...], ...]


def is_timed(problem: Problem, day: date) -> bool:
    """Whether a room or a trainer of a day has hours."""
    if not problem.is_by_the_hour:
        return False
    return any(supply.has_hours for there in problem.supplies_on(day) for _, supply in there)


def timed(
    problem: Problem,
    day: date,
    coming: Sequence[Demand],
    staying: Sequence[Demand],
    *,
    work: float = DAYS_WORK,
    load: Mapping[str, int] | None = None,
) -> list[Placing] | Unsolved:
    """The placings of some demands on a day, beside those that stay as they are.

    Args:
        problem: The problem.
        day: The day.
        coming: The demands that come to the day, or change on it.
        staying: Those that keep their room, their trainer and their time.
        work: How much work the search may do.
        load: How many sessions each trainer has so far, by id; those with the fewest come first.
            None where it does not matter who it is.
    """
    free = _free_beside(problem, day, staying)
    if free is None:
        return Unsolved.IMPOSSIBLE
    # The longest session chooses first, then who needs most seats. Where no wish counts, it does
    # not matter which of those that are alike comes first: either all orders have a way, or none.
    order = sorted(range(len(coming)), key=lambda place: _rank(coming[place], day))
    ranked = [coming[place] for place in order]
    asked = [_asked(problem, day, each) for each in ranked]
    if _are_too_many(asked, free):
        return Unsolved.IMPOSSIBLE
    found: list[Placing] | Unsolved | None = None
    if load is not None:
        found = _first_found(day, [_asked(problem, day, each, load) for each in ranked], free)
    if found is None:
        found = _first_found(day, asked, free)
    if found is None:
        found = _searched(day, asked, free, work)
    if isinstance(found, Unsolved):
        return found
    placed = dict(zip(order, found, strict=True))
    return [placed[place] for place in range(len(coming))]


def _rank(demand: Demand, day: date) -> tuple[object, ...]:
    return -demand.minutes, -(demand.seats_on(day) or 0), demand.courses


def _asked(
    problem: Problem, day: date, demand: Demand, load: Mapping[str, int] | None = None
) -> Asked:
    """What a session can have, what it prefers first.

    It prefers the room and the trainer it had, then the smallest room, and the trainer who has the
    fewest sessions so far; where no load is given, it has no wish of its own.
    """
    rooms, trainers = problem.supplies_on(day)
    session, choices = demand.session, []
    if demand.seats is not None:
        fitting = [
            (load is not None and room.id != session.room, room.capacity, room.id, supply)
            for room, supply in rooms
            if demand.fits_into(room, day)
        ]
        fitting.sort(key=lambda each: each[:3])
        choices.append(tuple(Choice(id, supply) for _, _, id, supply in fitting))
    if demand.courses:
        able = [
            (
                (
                    load is not None and trainer.id != session.trainer,
                    0 if load is None else load.get(trainer.id, 0),
                    len(trainer.teaches),
                    trainer.id,
                ),
                supply,
            )
            for trainer, supply in trainers
            if demand.is_taught_by(trainer)
        ]
        able.sort(key=lambda each: each[0])
        choices.append(tuple(Choice(rank[-1], supply) for rank, supply in able))
    return Asked(demand, tuple(choices))


def _free_beside(problem: Problem, day: date, staying: Iterable[Demand]) -> Free | None:
    """What is left of each room and trainer beside what stays; None if that cannot stay."""
    rooms, trainers = problem.supplies_on(day)
    free = {f"room {room.id}": supply for room, supply in rooms}
    free.update({f"trainer {each.id}": supply for each, supply in trainers})
    for demand in staying:
        session = demand.session
        start = minute_of(session.start or time())
        for key in _keys(demand, session.room, session.trainer):
            if not free[key].holds(start, demand.minutes):
                return None
            free[key] = free[key].without(start, demand.minutes)
    return free


def _keys(demand: Demand, room: str | None, trainer: str | None) -> list[str]:
    needed = [f"room {room}"] if demand.seats is not None else []
    return [*needed, f"trainer {trainer}"] if demand.courses else needed


# The first way that comes to mind.


def _first_found(day: date, asked: Sequence[Asked], given: Free) -> list[Placing] | None:
    free = dict(given)
    found: list[Placing] = []
    for each in asked:
        demand = each.demand
        way = _first_way(each, free)
        if way is None:
            return None
        start, ids, has_hours = way
        for key in _keys(demand, *ids):
            free[key] = free[key].without(start, demand.minutes)
        found.append(Placing(day, *ids, time_of(start) if has_hours else None))
    return found


def _first_way(asked: Asked, free: Free) -> tuple[int, tuple[str | None, str | None], bool] | None:
    """When a session can begin, in which room and with which trainer."""
    demand = asked.demand
    rooms: Sequence[Choice | None] = asked.choices[0] if demand.seats is not None else (None,)
    trainers: Sequence[Choice | None] = asked.choices[-1] if demand.courses else (None,)
    for trainer in trainers:
        for room in rooms:
            ids = (None if room is None else room.id, None if trainer is None else trainer.id)
            there = [free[key] for key in _keys(demand, *ids)]
            start = _common_start(there, demand.minutes)
            if start is not None:
                return start, ids, any(supply.has_hours for supply in there)
    return None


def _begins(supply: Supply, minutes: int) -> list[list[int]]:
    """From which minute to which a session of so many minutes can begin."""
    return [
        [opens, closes - minutes] for opens, closes in supply.spans if closes - opens >= minutes
    ]


def _common_start(there: Sequence[Supply], minutes: int) -> int | None:
    """The first minute at which a session finds all free; None where there is none."""
    starts = [first for supply in there for first, _ in _begins(supply, minutes)]
    return min(
        (start for start in starts if all(supply.holds(start, minutes) for supply in there)),
        default=None,
    )


# Whether there is any way.


def _are_too_many(asked: Sequence[Asked], free: Free) -> bool:
    """Whether it is seen by counting that some rooms or trainers cannot have all who need them."""
    needs = [
        (frozenset(_keys_of(each, choices)), each.demand.minutes)
        for each in asked
        for choices in each.choices
    ]
    return any(
        sum(there <= wide and minutes >= least for there, minutes in needs)
        > sum(most_of(free[key], least) for key in wide)
        for wide, least in set(needs)
    )


def _keys_of(asked: Asked, choices: Iterable[Choice]) -> Iterator[str]:
    is_room = asked.demand.seats is not None and choices is asked.choices[0]
    return (f"{'room' if is_room else 'trainer'} {choice.id}" for choice in choices)


def _searched(
    day: date, asked: Sequence[Asked], free: Free, work: float
) -> list[Placing] | Unsolved:
    model = cp_model.CpModel()
    intervals: dict[str, list[Any]] = {}
    starts: list[Any] = []
    takes: list[list[dict[str, Any]]] = []
    last_alike: dict[object, Any] = {}
    for each in asked:
        minutes = each.demand.minutes
        start = model.new_int_var(0, MINUTES_A_DAY - minutes, "")
        kinds = ("room",) if each.demand.seats is not None else ()
        kinds = (*kinds, "trainer") if each.demand.courses else kinds
        ways: list[dict[str, Any]] = []
        for kind, choices in zip(kinds, each.choices, strict=True):
            way: dict[str, Any] = {}
            begins = {
                choice.id: _begins(free[f"{kind} {choice.id}"], minutes) for choice in choices
            }
            for id, there in ((id, there) for id, there in begins.items() if there):
                key = f"{kind} {id}"
                taken = way[id] = model.new_bool_var("")
                model.add_linear_expression_in_domain(
                    start, cp_model.Domain.from_intervals(there)
                ).only_enforce_if(taken)
                intervals.setdefault(key, []).append(
                    model.new_optional_fixed_size_interval_var(
                        start, minutes + free[key].gap, taken, ""
                    )
                )
            model.add_exactly_one(way.values())
            ways.append(way)
        # Of sessions that could change places, the one that comes first is the first to begin.
        alike = minutes, tuple(tuple(way) for way in ways), kinds
        if alike in last_alike:
            model.add(last_alike[alike] <= start)
        last_alike[alike] = start
        starts.append(start)
        takes.append(ways)
    for taken_by in intervals.values():
        model.add_no_overlap(taken_by)
    solver = solver_of(work)
    missing = unsolved(solver.solve(model))
    if missing is not None:
        return missing
    found = []
    for each, start, ways in zip(asked, starts, takes, strict=True):
        ids = [next(id for id, taken in way.items() if solver.boolean_value(taken)) for way in ways]
        room = ids[0] if each.demand.seats is not None else None
        trainer = ids[-1] if each.demand.courses else None
        has_hours = any(free[key].has_hours for key in _keys(each.demand, room, trainer))
        at = time_of(solver.value(start)) if has_hours else None
        found.append(Placing(day, room, trainer, at))
    return found
