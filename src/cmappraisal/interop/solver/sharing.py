"""Sharing: on each day, no more sessions than the rooms and the trainers of that day can serve.

Rooms are not distinguished. Sessions find rooms on a day if and only if, for each number of seats,
no more sessions need as many than there are rooms with as many (Hall's theorem). Trainers are
counted by which of the courses asked for they teach. A room or a trainer with hours serves several
sessions, as many of each length as one of its fillings has. That is as many as it can alone.
Whether rooms and trainers are also free at the same time is looked at when the days are known.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeAlias, TypeVar

from attrs import frozen

from cmappraisal.interop.solver.models import Model, Term, Variable
from cmappraisal.interop.solver.supplies import Supply, classes_of, fillings
from cmappraisal.training.sessions import Session

K = TypeVar("K")

_Places: TypeAlias = tuple[tuple[Term, ...], int]
"""How many sessions of a length there is a place for: some terms, and a number beside."""


@frozen
class Lengths:
    """The lengths by which the sessions of a day are counted; one where none is by the hour."""

    classes: tuple[int, ...]

    def of(self, minutes: int) -> int:
        """The place of the length by which a session of so many minutes is counted."""
        return max(0, bisect_right(self.classes, minutes) - 1)


def _lengths(model: Model, day: date, supplies: Iterable[Supply]) -> Lengths:
    if not any(supply.has_hours for supply in supplies):
        return Lengths((1,))
    coming = (model.demand(role).minutes for role in model.coming[day])
    staying = (model.problem.demands[place].minutes for place in model.staying[day])
    return Lengths(classes_of([*coming, *staying]))


def _places(model: Model, supply: Supply, count: int, lengths: Lengths) -> list[_Places]:
    """How many sessions of each length there is a place for in so many supplies of a kind."""
    ways = fillings(supply, lengths.classes)
    if len(ways) == 1:
        return [((), count * most) for most in ways[0]]
    times = [model.count(count) for _ in ways]
    model.bound(times, 0, count)
    return [
        (tuple(way[place] * each for way, each in zip(ways, times, strict=True) if way[place]), 0)
        for place in range(len(lengths.classes))
    ]


def _keep_within(model: Model, sessions: Sequence[Term], places: Iterable[_Places]) -> None:
    """Let there be no more of some sessions than there are places for."""
    terms: list[Term] = list(sessions)
    there_are = 0
    for more, number in places:
        terms += [-each for each in more]
        there_are += number
    model.bound(terms, -MOST, there_are)


MOST = 10**9
"""More sessions than there ever are."""


def share_rooms(model: Model, day: date) -> None:
    """Let no more sessions take place on a day than there are places in rooms with their seats."""
    problem = model.problem
    open_rooms = model.problem.supplies_on(day)[0]
    sizes = {room.id: problem.size(room.capacity) for room, _ in open_rooms}
    lengths = _lengths(model, day, (supply for _, supply in open_rooms))
    seated = [
        (problem.size(seats), role)
        for role in model.coming[day]
        for seats in (model.demand(role).seats_on(day),)
        if seats is not None
    ]
    staying = _staying(model, day, {room.id: supply for room, supply in open_rooms}, _room_of)
    kinds = Counter((sizes[room.id], supply) for room, supply in open_rooms)
    places: dict[tuple[int, Supply], list[_Places]] = {}
    for size in sorted({size for size, _ in seated}):
        for number in range(len(lengths.classes)):
            coming = [
                role
                for needed, role in seated
                if needed >= size and lengths.of(model.demand(role).minutes) == number
            ]
            kept = [
                stay
                for id, stays in staying.items()
                if sizes[id] >= size
                for minutes, stay in stays
                if lengths.of(minutes) == number
            ]
            wide = [kind for kind in kinds if kind[0] >= size]
            # Where there is a place for all, none has to be kept.
            if sum(len(role.places) for role in coming) + len(kept) <= _least(wide, kinds, lengths):
                continue
            for kind in wide:
                if kind not in places:
                    places[kind] = _places(model, kind[1], kinds[kind], lengths)
            terms = [*(role.counts[day] for role in coming), *kept]
            _keep_within(model, terms, (places[kind][number] for kind in wide))


def _least(
    wide: Iterable[tuple[int, Supply]], kinds: Counter[tuple[int, Supply]], lengths: Lengths
) -> int:
    """How many sessions of the one length there is a place for; fewer than none for several."""
    if len(lengths.classes) > 1:
        return -1
    return sum(kinds[kind] * fillings(kind[1], lengths.classes)[0][0] for kind in wide)


def share_trainers(model: Model, day: date) -> None:
    """Let no more sessions take place on a day than trainers of their courses have places for."""
    asked = sorted({model.demand(role).courses for role in model.coming[day]} - {()})
    there = model.problem.supplies_on(day)[1]
    lengths = _lengths(model, day, (supply for _, supply in there))
    kinds = {
        trainer.id: (
            tuple(courses for courses in asked if trainer.teaches.issuperset(courses)),
            supply,
        )
        for trainer, supply in there
    }
    staying: defaultdict[tuple[tuple[tuple[str, ...], ...], Supply], list[tuple[int, Variable]]]
    staying = defaultdict(list)
    supplies = {trainer.id: supply for trainer, supply in there}
    for id, stays in _staying(model, day, supplies, _trainer_of).items():
        staying[kinds[id]] += stays
    teaching: defaultdict[tuple[tuple[str, ...], int], list[Term]] = defaultdict(list)
    counted = Counter(kinds.values())
    for kind in sorted(counted, key=lambda kind: (kind[0], kind[1].spans, kind[1].gap)):
        able, supply = kind
        if not able and not staying[kind]:
            continue
        places = _places(model, supply, counted[kind], lengths)
        most = [max(way) for way in zip(*fillings(supply, lengths.classes), strict=True)]
        for number in range(len(lengths.classes)):
            busy = [model.count(counted[kind] * most[number]) for _ in able]
            kept = [stay for minutes, stay in staying[kind] if lengths.of(minutes) == number]
            _keep_within(model, [*busy, *kept], [places[number]])
            for courses, count in zip(able, busy, strict=True):
                teaching[courses, number].append(-count)
    for courses in asked:
        for number in range(len(lengths.classes)):
            coming = [
                role.counts[day]
                for role in model.coming[day]
                if model.demand(role).courses == courses
                and lengths.of(model.demand(role).minutes) == number
            ]
            if coming:
                model.bound([*coming, *teaching[courses, number]], -MOST, 0)


def _room_of(session: Session) -> str | None:
    return session.room


def _trainer_of(session: Session) -> str | None:
    return session.trainer


def _staying(
    model: Model,
    day: date,
    supplies: dict[str, Supply],
    resource: Callable[[Session], str | None],
) -> dict[str, list[tuple[int, Variable]]]:
    """By room or trainer, the minutes of those that may stay with it on a day, and whether they do.

    Of those that would have what has no hours, one can.
    """
    staying: defaultdict[str, list[tuple[int, Variable]]] = defaultdict(list)
    for place, stay in model.staying[day].items():
        demand = model.problem.demands[place]
        id = resource(demand.session)
        if id is not None:
            staying[id].append((demand.minutes, stay))
    for id, stays in staying.items():
        if not supplies[id].has_hours:
            model.allow_one(stay for _, stay in stays)
    return staying
