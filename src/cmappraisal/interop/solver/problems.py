"""Problems: what the sessions of a schedule need, on which days, and what there is for them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from typing import TypeAlias

from attrs import evolve, field, frozen

from cmappraisal.calendars import Adjustment
from cmappraisal.periods import Period
from cmappraisal.spans import CalendarSpan
from cmappraisal.training.cadences import Cadence
from cmappraisal.training.days import Days
from cmappraisal.training.plans import Activity, Quota
from cmappraisal.training.resources import Room, Trainer
from cmappraisal.training.schedules import Schedule
from cmappraisal.training.sessions import Session
from cmappraisal.training.timetables import place_followed


@frozen
class Demand:
    """What a session needs.

    Args:
        session: The session as it is.
        days: The days on which it can take place, in order.
        seats: How many seats its room must have; None where it needs no room.
        courses: The courses that its trainer must teach, in order; none where it needs no
            trainer.
        may_stay: Whether it can keep its day, its room and its trainer, and counts as unchanged
            if it does.
    """

    session: Session
    days: tuple[date, ...]
    seats: int | None
    courses: tuple[str, ...]
    may_stay: bool

    @property
    def participants(self) -> tuple[bool, str | None]:
        """The person or the group that attends it, who can attend one session a day."""
        is_individual = self.session.person is not None
        return is_individual, self.session.person if is_individual else self.session.group

    def fits_into(self, room: Room) -> bool:
        """Whether a room that it needs seats all its attendees."""
        return self.seats is not None and room.capacity >= self.seats

    def is_taught_by(self, trainer: Trainer) -> bool:
        """Whether a trainer that it needs teaches all its courses."""
        return bool(self.courses) and trainer.teaches.issuperset(self.courses)


Order: TypeAlias = tuple[int, int]
"""The places of two demands, the second of which comes after the first."""


@frozen
class Problem:
    """What is asked for, and what there is.

    Args:
        demands: What each session needs.
        orders: Which demand must come after which.
        rooms: The rooms there are.
        trainers: The trainers there are.
    """

    demands: tuple[Demand, ...]
    orders: tuple[Order, ...]
    rooms: tuple[Room, ...]
    trainers: tuple[Trainer, ...]
    _capacities: list[int] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        capacities = sorted({room.capacity for room in self.rooms})
        object.__setattr__(self, "_capacities", capacities)

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
        size = None if demand.seats is None else self.size(demand.seats)
        return demand.days, size, demand.courses

    def looks_from_its_day(self, demand: Demand) -> Hashable:
        """What a demand asks for, how far each day is, and whether it may stay."""
        return self.looks(demand), demand.session.on, demand.may_stay


def staying(problem: Problem) -> Problem:
    """A problem in which a demand that may stay has no other day than its current one."""
    demands = tuple(
        evolve(demand, days=(demand.session.on,)) if demand.may_stay else demand
        for demand in problem.demands
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


def problem_of(schedule: Schedule, not_before: date) -> Problem:
    """What the sessions of a schedule that may change need, for its rooms and trainers."""
    sessions = [
        session
        for session in schedule.sessions
        if session.on >= not_before and is_in_question(schedule, session)
    ]
    places = {session.id: place for place, session in enumerate(sessions)}
    days = [[day for day in allowed if day >= not_before] for allowed in _days(schedule, sessions)]
    orders: list[Order] = []
    for followed, follower in _in_sequence(schedule):
        first, second = places.get(followed.id), places.get(follower.id)
        if first is not None and second is not None:
            orders.append((first, second))
        elif second is not None:
            days[second] = [day for day in days[second] if day > followed.on]
        elif first is not None and follower.on >= not_before:
            days[first] = [day for day in days[first] if day < follower.on]
    demands = tuple(
        _demand(schedule, session, tuple(allowed))
        for session, allowed in zip(sessions, days, strict=True)
    )
    return Problem(demands, tuple(orders), schedule.rooms, schedule.trainers)


def _in_sequence(schedule: Schedule) -> Iterator[tuple[Session, Session]]:
    """Each session that another one follows, with the one that follows it."""
    alike: defaultdict[tuple[str, str | None, str | None], list[Session]] = defaultdict(list)
    for session in sorted(schedule.sessions, key=lambda each: each.planned_on):
        alike[session.activity, session.group, session.person].append(session)
    for (activity, group, person), followers in alike.items():
        followed = schedule.plan.activity(activity).follows
        earlier = alike.get((followed, group, person), []) if followed is not None else []
        for follower in followers:
            place = place_followed(follower, earlier)
            if place is not None:
                yield earlier[place], follower


def _days(schedule: Schedule, sessions: Iterable[Session]) -> Iterator[list[date]]:
    """The days on which each session can take place, in order."""
    days = Days.of(schedule)
    open_days: dict[Period, list[date]] = {}
    for session in sessions:
        activity = schedule.activity_of(session)
        window = _window(session, activity)
        if window not in open_days:
            open_days[window] = [
                day
                for day in window
                if day in schedule.period and day not in days.full and days.open.is_working_day(day)
            ]
        may_stay = activity.adjustment is Adjustment.NONE or days.open.is_working_day(session.on)
        yield sorted({*open_days[window], session.on} if may_stay else open_days[window])


def _window(session: Session, activity: Activity) -> Period:
    """The days among which a session may move, days off included."""
    timing, day = activity.timing, session.planned_on
    if isinstance(timing, Cadence):
        is_weekly = "FREQ=WEEKLY" in timing.rrule or "FREQ=DAILY" in timing.rrule
    else:
        is_weekly = isinstance(timing, Quota) and timing.per is CalendarSpan.WEEK
    return (CalendarSpan.WEEK if is_weekly else CalendarSpan.MONTH).of(day)


def _demand(schedule: Schedule, session: Session, days: tuple[date, ...]) -> Demand:
    # A group without members needs a room, too.
    seats = max(1, len(schedule.attendees(session))) if schedule.rooms else None
    courses = tuple(sorted(session.courses)) if schedule.trainers else ()
    demand = Demand(session, days, seats, courses, may_stay=False)
    may_stay = (
        session.on in days and _keeps_room(schedule, demand) and _keeps_trainer(schedule, demand)
    )
    return evolve(demand, may_stay=may_stay)


def _keeps_room(schedule: Schedule, demand: Demand) -> bool:
    """Whether a session has the room that it needs, or needs none and has none."""
    session = demand.session
    room = next((each for each in schedule.rooms if each.id == session.room), None)
    if room is None:
        return demand.seats is None
    return demand.fits_into(room) and session.on not in room.closed


def _keeps_trainer(schedule: Schedule, demand: Demand) -> bool:
    """Whether a session has the trainer that it needs, or needs none and has none."""
    session = demand.session
    trainer = next((each for each in schedule.trainers if each.id == session.trainer), None)
    if trainer is None:
        return not demand.courses
    return demand.is_taught_by(trainer) and session.on not in trainer.away
