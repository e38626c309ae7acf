"""Problems: what the sessions of a schedule need, on which days, and what there is for them.

What a class takes together is one demand, which all its sessions make.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from datetime import date
from typing import TypeAlias

from attrs import Factory, evolve, field, frozen

from cmappraisal.interop.solver.bundles import Bundle, Candidate, bundled
from cmappraisal.interop.solver.supplies import Supply, supply_of
from cmappraisal.interop.solver.windows import Windows, in_sequence
from cmappraisal.training.hours import minute_of
from cmappraisal.training.resources import Room, Trainer
from cmappraisal.training.schedules import Schedule, presence_of
from cmappraisal.training.sessions import Session

Participant: TypeAlias = tuple[bool, str | None]
"""Whether somebody is a person, and the id of the person or of the group."""


@frozen
class Demand:
    """What a session needs, or those of a class.

    Args:
        session: The session as it is; of a class, that of the first person.
        days: The days on which it can take place, in order.
        seats: How many seats its room must have on each of those days; None where it needs no room.
        courses: The courses that its trainer must teach, in order; none where it needs no
            trainer.
        minutes: How long it lasts.
        may_stay: Whether it can keep its day, its room and its trainer, and counts as unchanged
            if it does.
        is_required: Whether its participants have to take part.
        was_held: Whether it is one of the schedule, rather than one that was left out of it.
        beside: The teams that have sessions on the same days, and in which those are for whom it is
            in person, each with the day.
        wide: The same where it may take any day of its quarter or year; None where it may not.
        others: The sessions of the others in the class.
    """

    session: Session
    days: tuple[date, ...]
    seats: tuple[int, ...] | None
    courses: tuple[str, ...]
    minutes: int
    may_stay: bool
    is_required: bool = True
    was_held: bool = True
    beside: tuple[tuple[str | None, date], ...] = ()
    wide: Demand | None = None
    others: tuple[Session, ...] = ()

    @property
    def sessions(self) -> tuple[Session, ...]:
        """Its session, or all sessions of the class."""
        return (self.session, *self.others)

    @property
    def count(self) -> int:
        """How many sessions it is."""
        return 1 + len(self.others)

    @property
    def participants(self) -> tuple[Participant, ...]:
        """The people or the group that attend it, each of whom can attend one session a day."""
        if self.session.person is None:
            return ((False, self.session.group),)
        return tuple((True, each.person) for each in self.sessions)

    def seats_on(self, day: date) -> int | None:
        """How many seats its room must have on one of its days; None where it needs no room."""
        return None if self.seats is None else self.seats[bisect_left(self.days, day)]

    def on(self, day: date) -> Demand:
        """What it needs if it takes place on one of its days."""
        seats = self.seats_on(day)
        return evolve(self, days=(day,), seats=None if seats is None else (seats,))

    def fits_into(self, room: Room, day: date) -> bool:
        """Whether a room that it needs seats all its attendees of one of its days."""
        seats = self.seats_on(day)
        return seats is not None and room.capacity >= seats

    def is_taught_by(self, trainer: Trainer) -> bool:
        """Whether a trainer that it needs teaches all its courses."""
        return bool(self.courses) and trainer.teaches.issuperset(self.courses)


SuppliesOn: TypeAlias = tuple[tuple[tuple[Room, Supply], ...], tuple[tuple[Trainer, Supply], ...]]
"""The rooms and the trainers of a day, each with its supply."""

Order: TypeAlias = tuple[int, int]
"""The places of two demands, the second of which comes after the first."""


def _last_of(problem: Problem) -> date:
    """The last day that a session of a problem was planned for."""
    return max((each.session.planned_on for each in problem.demands), default=date.min)


@frozen
class Problem:
    """What is asked for, and what there is.

    Args:
        demands: What each session needs.
        orders: Which demand must come after which.
        rooms: The rooms there are.
        trainers: The trainers there are.
        half_days: The days of which only half is worked.
        inconvenient_days: Those, and the days of rest that are worked in exchange for a holiday.
        last: The last day that one of them was planned for, from which it is reckoned how early the
            others were; a part of a problem keeps that of the whole.
    """

    demands: tuple[Demand, ...]
    orders: tuple[Order, ...]
    rooms: tuple[Room, ...]
    trainers: tuple[Trainer, ...]
    half_days: frozenset[date] = frozenset()
    inconvenient_days: frozenset[date] = frozenset()
    last: date = field(default=Factory(_last_of, takes_self=True))
    is_by_the_hour: bool = field(init=False)
    _capacities: list[int] = field(init=False, repr=False, eq=False)
    _supplies: dict[date, SuppliesOn] = field(init=False, repr=False, eq=False, factory=dict)
    _attending: dict[Participant, list[int]] = field(init=False, repr=False, eq=False, factory=dict)
    fits: dict[Hashable, bool] = field(init=False, repr=False, eq=False, factory=dict)
    """Whether sessions of some shapes fit into a day, where that was looked at."""

    def __attrs_post_init__(self) -> None:
        capacities = sorted({room.capacity for room in self.rooms})
        object.__setattr__(self, "_capacities", capacities)
        hours = [each.hours for each in self.rooms] + [each.hours for each in self.trainers]
        is_by_the_hour = any(hours)
        object.__setattr__(self, "is_by_the_hour", is_by_the_hour)

    def supplies_on(self, day: date) -> SuppliesOn:
        """The rooms and the trainers that are open or there on a day, each with its supply."""
        if day not in self._supplies:
            half = day in self.half_days
            rooms = ((each, supply_of(each, day, is_half=half)) for each in self.rooms)
            trainers = ((each, supply_of(each, day, is_half=half)) for each in self.trainers)
            self._supplies[day] = (
                tuple((room, supply) for room, supply in rooms if supply is not None),
                tuple((trainer, supply) for trainer, supply in trainers if supply is not None),
            )
        return self._supplies[day]

    def met_by(self, demand: Demand) -> frozenset[int]:
        """The places of the demands that somebody may attend who attends a demand."""
        if not self._attending:
            for place, each in enumerate(self.demands):
                for key in _attending(each):
                    self._attending.setdefault(key, []).append(place)
        there = (self._attending.get(key, ()) for key in _attending(demand))
        return frozenset(place for places in there for place in places)

    def days_before_last(self, demand: Demand) -> int:
        """How many days before the last one a demand was planned for."""
        return (self.last - demand.session.planned_on).days

    def part(self, places: Iterable[int]) -> Problem:
        """The problem of some of the demands, by their places."""
        new = {place: number for number, place in enumerate(places)}
        return evolve(
            self,
            demands=tuple(self.demands[place] for place in new),
            orders=tuple(
                (new[before], new[after])
                for before, after in self.orders
                if before in new and after in new
            ),
        )

    def size(self, seats: int) -> int:
        """The place among all capacities of the least one with so many seats.

        It is the number of capacities where none has so many.
        """
        return bisect_left(self._capacities, seats)

    def looks(self, demand: Demand) -> Hashable:
        """What a demand asks for: equal for demands that could change places."""
        sizes = None if demand.seats is None else tuple(map(self.size, demand.seats))
        # Where nothing is by the hour, all sessions are as long.
        minutes = demand.minutes if self.is_by_the_hour else 0
        return demand.days, sizes, demand.courses, minutes

    def looks_from_its_day(self, demand: Demand) -> Hashable:
        """What a demand asks for, how far each day is, and what speaks for it."""
        session = demand.session
        speaks = demand.may_stay, demand.is_required, demand.was_held, session.planned_on
        return self.looks(demand), session.on, speaks, demand.count


def _attending(demand: Demand) -> set[Participant]:
    """Those who attend a demand, and the teams that they are in."""
    return {*demand.participants, *((False, group) for group, _ in demand.beside)}


def staying(problem: Problem) -> Problem:
    """A problem in which a demand that may stay has no other day than its current one."""
    demands = tuple(
        demand.on(demand.session.on) if demand.may_stay else demand for demand in problem.demands
    )
    return evolve(problem, demands=demands)


def moving(problem: Problem) -> Problem:
    """A problem in which it does not matter which demands stay."""
    demands = tuple(evolve(demand, may_stay=False) for demand in problem.demands)
    return evolve(problem, demands=demands)


def without_rooms(problem: Problem) -> Problem:
    """A problem in which no demand needs a room."""
    demands = tuple(evolve(demand, seats=None) for demand in problem.demands)
    return evolve(problem, demands=demands)


def without_trainers(problem: Problem) -> Problem:
    """A problem in which no demand needs a trainer."""
    demands = tuple(evolve(demand, courses=()) for demand in problem.demands)
    return evolve(problem, demands=demands)


def is_in_question(schedule: Schedule, session: Session) -> bool:
    """Whether the solver decides on which day a session takes place."""
    has_resources = bool(schedule.rooms or schedule.trainers)
    return has_resources and schedule.activity_of(session).in_room


def problem_of(schedule: Schedule, not_before: date, waiting: Iterable[Session] = ()) -> Problem:
    """What the sessions of a schedule that may change need, for its rooms and trainers.

    Args:
        schedule: The schedule.
        not_before: The first day that may change.
        waiting: Sessions of the schedule that were left out of it before.
    """
    left_out = {session.id for session in waiting}
    asked = [
        session
        for session in schedule.sessions
        if session.on >= not_before and is_in_question(schedule, session)
    ]
    places = {session.id: place for place, session in enumerate(asked)}
    fixed = [session for session in schedule.sessions if session.id not in places]
    windows = Windows(schedule, fixed, not_before)
    days = [windows.days_for(session) for session in asked]
    orders: list[Order] = []
    for before, after in in_sequence(schedule):
        first, second = places.get(before.id), places.get(after.id)
        if first is not None and second is not None:
            if days[first] and days[second] and days[first][-1] >= days[second][0]:
                orders.append((first, second))
        elif second is not None:
            days[second] = [day for day in days[second] if day > before.on]
        elif first is not None and after.on >= not_before:
            days[first] = [day for day in days[first] if day < after.on]
    candidates = [
        Candidate(session, tuple(allowed), tuple(windows.days_in_quota(session)))
        for session, allowed in zip(asked, days, strict=True)
    ]
    bundles = bundled(schedule, candidates, left_out)
    demands = [
        _demand(windows, bundle, was_held=bundle.sessions[0].id not in left_out)
        for bundle in bundles
    ]
    of_place = {
        places[session.id]: number
        for number, bundle in enumerate(bundles)
        for session in bundle.sessions
    }
    kept = dict.fromkeys((of_place[first], of_place[second]) for first, second in orders)
    beside = tuple(_beside(schedule, demands))
    calendar = schedule.calendar
    return Problem(
        beside,
        tuple(kept),
        schedule.rooms,
        schedule.trainers,
        calendar.half_days,
        calendar.half_days
        | {day for day in calendar.workdays if day.weekday() in calendar.rest_weekdays},
    )


def _demand(windows: Windows, bundle: Bundle, *, was_held: bool) -> Demand:
    schedule, session, days = windows.schedule, bundle.sessions[0], bundle.days
    courses = tuple(sorted(session.courses)) if schedule.trainers else ()
    activity = schedule.activity_of(session)
    demand = Demand(
        session,
        days,
        _seats(windows, bundle, days),
        courses,
        activity.duration,
        may_stay=False,
        is_required=activity.required,
        was_held=was_held,
        others=bundle.sessions[1:],
    )
    may_stay = was_held and session.on in days and _keeps(schedule, demand)
    wide = None
    if bundle.wide:
        wide = evolve(demand, days=bundle.wide, seats=_seats(windows, bundle, bundle.wide))
    return evolve(demand, may_stay=may_stay, wide=wide)


def _seats(windows: Windows, bundle: Bundle, days: Iterable[date]) -> tuple[int, ...] | None:
    """How many seats a room must have on each of some days; None where there are no rooms."""
    if not windows.schedule.rooms:
        return None
    first, *others = bundle.sessions
    if others:
        return tuple(1 + len(others) for _ in days)
    return tuple(windows.seats(first, day) for day in days)


def _beside(schedule: Schedule, demands: Sequence[Demand]) -> Iterator[Demand]:
    """The demands, those of one person with the sessions of the team that the person attends."""
    of_teams = {
        (demand.session.group, day)
        for demand in demands
        if demand.session.person is None
        for day in (demand.wide or demand).days
    }
    for demand in demands:
        wide = demand.wide and _with_team(schedule, demand.wide, of_teams)
        yield evolve(_with_team(schedule, demand, of_teams), wide=wide)


def _with_team(
    schedule: Schedule, demand: Demand, of_teams: Collection[tuple[str | None, date]]
) -> Demand:
    people = [each.person for each in demand.sessions if each.person is not None]
    if not (people and of_teams):
        return demand
    presences = [presence_of(schedule, person) for person in people]
    stays = ((each.work_on(day), day) for day in demand.days for each in presences)
    there = dict.fromkeys((stay.group, day) for stay, day in stays if stay is not None)
    return evolve(demand, beside=tuple(each for each in there if each in of_teams))


def _keeps(schedule: Schedule, demand: Demand) -> bool:
    """Whether a session has what it needs, when that is open or there, and nothing else."""
    session = demand.session
    room = next((each for each in schedule.rooms if each.id == session.room), None)
    trainer = next((each for each in schedule.trainers if each.id == session.trainer), None)
    has_what_it_needs = (
        (room is None, trainer is None) == (demand.seats is None, not demand.courses)
        and (room is None or demand.fits_into(room, session.on))
        and (trainer is None or demand.is_taught_by(trainer))
    )
    half = session.on in schedule.calendar.half_days
    supplies = [
        supply_of(each, session.on, is_half=half) for each in (room, trainer) if each is not None
    ]
    there = [each for each in supplies if each is not None]
    if not has_what_it_needs or len(there) < len(supplies):
        return False
    is_timed = any(each.has_hours for each in there)
    start = session.start
    if start is None or not is_timed:
        return (start is None) is not is_timed
    return all(each.holds(minute_of(start), demand.minutes) for each in there)
