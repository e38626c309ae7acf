"""Solver: a day, a room and a trainer for each session that needs them, or why there are none.

Needs the extra ``solver``, which is OR-Tools. What is found is best: no other choice of days moves
sessions by fewer days in all, or, where a schedule was made before, changes fewer of them. It is
searched for until it is found or known not to be there, however long that takes, and the same input
always gives the same result with the same OR-Tools.

Days that no session could choose between are solved apart. Sessions that are alike are counted, not
told apart: how many of them take place on which day is all that the search decides, and who gets
which room is read off afterwards.
"""

from __future__ import annotations

import operator
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from attrs import evolve, field, frozen
from ortools.sat.python import cp_model

from cmappraisal.calendars import Adjustment, WorkCalendar
from cmappraisal.errors import ResourceConflict
from cmappraisal.fields import require, require_date
from cmappraisal.periods import Period
from cmappraisal.training.cadences import Cadence
from cmappraisal.training.days import Days
from cmappraisal.training.plans import Activity, Quota, Span, TrainingPlan
from cmappraisal.training.rescheduling import reschedule, rescheduled
from cmappraisal.training.resources import Room, Trainer
from cmappraisal.training.schedules import Rescheduled, Schedule
from cmappraisal.training.sessions import Cause, Session, moved
from cmappraisal.training.timetables import in_order, place_followed

MAXIMUM_SHOWN = 20
"""How many sessions the message of a conflict names; its attribute has all of them."""

_DAYS_SHOWN = 5
_COURSES_SHOWN = 3


def assign(
    schedule: Schedule, *, rooms: Iterable[Room] = (), trainers: Iterable[Trainer] = ()
) -> Schedule:
    """A schedule in which each session has the room and the trainer that it needs.

    A session needs a room where its activity is ``in_room`` and rooms are given: one that seats all
    its attendees and is not closed. It needs a trainer where it also has courses and trainers are
    given: one who teaches all of them and is not away. A room and a trainer have one session a day,
    and so has a group, or a person, of sessions that are ``in_room``.

    A session stays on its day if it can. Otherwise it moves to a working day of the period that is
    in the same month as the day it was planned for, or in the same week where its activity comes
    round by the week, and neither in ``blackouts`` nor in ``full_days``. What follows another
    activity in the month still comes after it.

    Args:
        schedule: The schedule. Rooms and trainers that it has are given up.
        rooms: The rooms there are; with none, no session needs one.
        trainers: The trainers there are; with none, no session needs one.

    Returns:
        The schedule with rooms and trainers, its sessions moved by the fewest days in all. What
        moved has :attr:`~cmappraisal.training.Cause.RESOURCES`. Where there were rooms or trainers
        before, what changed has a sequence one higher.

    Raises:
        FieldError: An argument has a value that it does not allow.
        TrainingError: A room or a trainer is there twice.
        ResourceConflict: There is no such schedule; it names sessions that block each other.

    >>> from cmappraisal.training import Group, VENUE_TEAM, schedule
    >>> week = Period(date(2026, 3, 2), date(2026, 3, 8))
    >>> teams = [Group("east", ()), Group("west", ())]
    >>> weekly = schedule(VENUE_TEAM, week, calendar=WorkCalendar(), groups=teams)
    >>> for session in assign(weekly, rooms=[Room("R-1", 30)]).sessions:
    ...     print(session.on, session.room, session.group)
    2026-03-02 R-1 east
    2026-03-03 R-1 west
    """
    fits = isinstance(schedule, Schedule)
    require("assign", "schedule", schedule, fits, "a Schedule")
    bare = [evolve(session, room=None, trainer=None) for session in schedule.sessions]
    given = evolve(schedule, rooms=rooms, trainers=trainers, sessions=bare)
    placings = _placed(given, _moving(_problem(given, date.min)))
    again = bool(schedule.rooms or schedule.trainers)
    sessions = []
    for before, session in zip(schedule.sessions, bare, strict=True):
        after = _put(session, placings.get(session.id), Cause.RESOURCES)
        is_changed = again and _resources(after) != _resources(before)
        sessions.append(evolve(after, sequence=after.sequence + is_changed))
    return evolve(given, sessions=in_order(sessions, given))


def reassign(
    schedule: Schedule,
    *,
    not_before: date,
    calendar: WorkCalendar | None = None,
    blackouts: Iterable[date] | None = None,
    rooms: Iterable[Room] | None = None,
    trainers: Iterable[Trainer] | None = None,
) -> Rescheduled:
    """A schedule with rooms and trainers made again, after they or the days have changed.

    What takes place before a day stays as it is. Of the rest that is ``in_room``, as few sessions
    as possible change their day, room or trainer, and those move by the fewest days in all; where
    they may go is as with :func:`assign`. Whatever else the schedule has changes as with
    :func:`~cmappraisal.training.reschedule`, and so do sessions whose activity skips days off.

    Args:
        schedule: The schedule as it is, with the rooms and trainers that :func:`assign` gave it.
        not_before: The first day that may change; nothing moves to a day before it.
        calendar: Which days are worked now; None for the calendar of the schedule.
        blackouts: Dates kept free of all sessions now; None for those of the schedule.
        rooms: The rooms there are now; None for those of the schedule. A room that is given up has
            to stay among them, closed from then on, while sessions of the past have it.
        trainers: The trainers there are now; None for those of the schedule.

    Returns:
        The new schedule, and what became of each session that changed. What changed has a sequence
        one higher; what moved has the reason.

    Raises:
        FieldError: An argument has a value that it does not allow.
        TrainingError: A room or a trainer is there twice, or a session of the past has one that is
            there no more.
        ResourceConflict: There is no such schedule; it names sessions that block each other.

    >>> from cmappraisal.training import VENUE_TEAM, schedule
    >>> weekly = schedule(VENUE_TEAM, Period.month(2026, 9), calendar=WorkCalendar())
    >>> closed = Room("R-1", 30, closed=[date(2026, 9, 14)])
    >>> again = reassign(
    ...     assign(weekly, rooms=[Room("R-1", 30)]), not_before=date(2026, 9, 10), rooms=[closed]
    ... )
    >>> for change in again.changes:
    ...     print(change.before.on, change.after.on, change.after.cause.text.en)
    2026-09-14 2026-09-15 no room or trainer free
    """
    fits = isinstance(schedule, Schedule)
    require("reassign", "schedule", schedule, fits, "a Schedule")
    from_day = require_date("reassign", "not_before", not_before)
    past = [session for session in schedule.sessions if session.on < from_day]
    given = evolve(
        schedule,
        calendar=schedule.calendar if calendar is None else calendar,
        blackouts=schedule.blackouts if blackouts is None else blackouts,
        rooms=schedule.rooms if rooms is None else rooms,
        trainers=schedule.trainers if trainers is None else trainers,
        sessions=past,
    )
    settled = _settled(schedule, given, from_day)
    placings = _placed(settled, _problem(settled, from_day))
    before = {session.id: session for session in schedule.sessions}
    days = Days.of(given)
    sessions = []
    for session in settled.sessions:
        if session.on < from_day:
            sessions.append(session)
            continue
        blocked = not days.open.is_working_day(session.on)
        cause = days.cause(session.on) if blocked else Cause.RESOURCES
        after = _put(session, placings.get(session.id), cause)
        was = before.get(session.id)
        if was is not None and after != was:
            after = evolve(after, sequence=was.sequence + 1)
        sessions.append(after)
    after_all = evolve(settled, sessions=in_order(sessions, settled))
    return rescheduled(schedule, after_all)


def _settled(schedule: Schedule, given: Schedule, not_before: date) -> Schedule:
    """A schedule with what needs neither room nor trainer made again, and the rest as it was."""
    bare = [evolve(session, room=None, trainer=None) for session in schedule.sessions]
    plan = _holding(given)
    again = reschedule(
        evolve(schedule, plan=plan, sessions=bare),
        calendar=given.calendar,
        not_before=not_before,
        blackouts=given.blackouts,
    ).schedule
    before = {session.id: session for session in schedule.sessions}
    rooms = {room.id for room in given.rooms}
    trainers = {trainer.id for trainer in given.trainers}
    sessions = []
    for session in again.sessions:
        was = before.get(session.id, session)
        if session.on < not_before:
            sessions.append(was)
        elif _is_in_question(given, session):
            room = was.room if was.room in rooms else None
            trainer = was.trainer if was.trainer in trainers else None
            sessions.append(evolve(session, room=room, trainer=trainer))
        else:
            sessions.append(session)
    return evolve(given, sessions=sessions, cancelled=again.cancelled, shortfalls=again.shortfalls)


def _holding(given: Schedule) -> TrainingPlan:
    """The plan of a schedule, in which what the solver moves stays where it is."""
    if not (given.rooms or given.trainers):
        return given.plan
    activities = [
        evolve(
            activity,
            follows=None,
            adjustment=(
                Adjustment.SKIP if activity.adjustment is Adjustment.SKIP else Adjustment.NONE
            ),
        )
        if activity.in_room
        else activity
        for activity in given.plan.activities
    ]
    return evolve(given.plan, activities=activities)


def _resources(session: Session) -> tuple[date, str | None, str | None]:
    return session.on, session.room, session.trainer


@frozen
class _Placing:
    """The day of a session, and its room and trainer where it needs them."""

    on: date
    room: str | None
    trainer: str | None


def _put(session: Session, placing: _Placing | None, cause: Cause) -> Session:
    if placing is None:
        return session
    if placing.on != session.on:
        session = moved(session, placing.on, cause)
    return evolve(session, room=placing.room, trainer=placing.trainer)


# The problem: what each session needs, and on which days it can have it.


@frozen
class _Demand:
    """What a session needs.

    Args:
        session: The session as it is.
        days: The days it can take place, in order.
        seats: How many seats its room has to have; None where it needs no room.
        courses: The courses that its trainer has to teach, in order; none where it needs no
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
    def whom(self) -> tuple[bool, str | None]:
        """Who attends it, which is the same for sessions that cannot be on one day."""
        is_own = self.session.person is not None
        return is_own, self.session.person if is_own else self.session.group


_Order: TypeAlias = tuple[int, int]
"""The places of two demands, the second of which comes after the first."""


@frozen
class _Problem:
    """What is asked for, and what there is.

    Args:
        demands: What each session needs.
        orders: Which has to come after which.
        rooms: The rooms there are.
        trainers: The trainers there are.
    """

    demands: tuple[_Demand, ...]
    orders: tuple[_Order, ...]
    rooms: tuple[Room, ...]
    trainers: tuple[Trainer, ...]
    _capacities: list[int] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        capacities = sorted({room.capacity for room in self.rooms})
        object.__setattr__(self, "_capacities", capacities)

    def part(self, places: Iterable[int]) -> _Problem:
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
        """The least capacity that seats so many, by its place among all; beyond them if none is."""
        return bisect_left(self._capacities, seats)

    def looks(self, demand: _Demand) -> Hashable:
        """What a demand asks for: alike for those that could change places."""
        size = None if demand.seats is None else self.size(demand.seats)
        return demand.days, size, demand.courses

    def looks_from_its_day(self, demand: _Demand) -> Hashable:
        """What a demand asks for, how far each day is, and whether it may stay."""
        return self.looks(demand), demand.session.on, demand.may_stay


def _is_in_question(schedule: Schedule, session: Session) -> bool:
    """Whether the solver finds a session its day."""
    has_resources = bool(schedule.rooms or schedule.trainers)
    return has_resources and schedule.activity_of(session).in_room


def _problem(schedule: Schedule, not_before: date) -> _Problem:
    """What the sessions of a schedule need that may change, its rooms and trainers being given."""
    sessions = [
        session
        for session in schedule.sessions
        if session.on >= not_before and _is_in_question(schedule, session)
    ]
    places = {session.id: place for place, session in enumerate(sessions)}
    days = [[day for day in allowed if day >= not_before] for allowed in _days(schedule, sessions)]
    orders: list[_Order] = []
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
    return _Problem(demands, tuple(orders), schedule.rooms, schedule.trainers)


def _in_sequence(schedule: Schedule) -> Iterator[tuple[Session, Session]]:
    """Each session that follows another, after that other."""
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
    """The days among which a session may move, whichever of them are worked."""
    timing, day = activity.timing, session.planned_on
    if isinstance(timing, Cadence):
        is_weekly = "FREQ=WEEKLY" in timing.rrule or "FREQ=DAILY" in timing.rrule
    else:
        is_weekly = isinstance(timing, Quota) and timing.per is Span.WEEK
    return (Span.WEEK if is_weekly else Span.MONTH).of(day)


def _demand(schedule: Schedule, session: Session, days: tuple[date, ...]) -> _Demand:
    # A room is needed for a group without members, too.
    seats = max(1, len(schedule.attendees(session))) if schedule.rooms else None
    courses = tuple(sorted(session.courses)) if schedule.trainers else ()
    demand = _Demand(session, days, seats, courses, may_stay=False)
    room = next((each for each in schedule.rooms if each.id == session.room), None)
    trainer = next((each for each in schedule.trainers if each.id == session.trainer), None)
    may_stay = (
        session.on in days
        and (room is None if seats is None else room is not None and _seats(room, demand))
        and (trainer is not None and _teaches(trainer, demand) if courses else trainer is None)
        and (room is None or session.on not in room.closed)
        and (trainer is None or session.on not in trainer.away)
    )
    return evolve(demand, may_stay=may_stay)


def _seats(room: Room, demand: _Demand) -> bool:
    return demand.seats is not None and room.capacity >= demand.seats


def _teaches(trainer: Trainer, demand: _Demand) -> bool:
    return bool(demand.courses) and trainer.teaches.issuperset(demand.courses)


# Solving: which sessions take place on which days.

_Chosen: TypeAlias = Mapping[int, tuple[date, bool]]
"""The day of each demand, by its place, and whether it stays as it was."""


def _placed(schedule: Schedule, problem: _Problem) -> dict[str, _Placing]:
    """The best placing of each demand, by the id of its session."""
    placings: dict[str, _Placing] = {}
    for part in map(problem.part, _independent(problem)):
        chosen = _chosen(part)
        if chosen is None:
            raise _conflict(schedule, part)
        placings.update(_with_resources(part, chosen))
    return placings


def _chosen(problem: _Problem) -> _Chosen | None:
    """The best days, or None if there are none.

    Where all that may stay does, no choice changes fewer, since whatever else there is has to
    change. That is quickly found out, and so is whether there are any days at all; only between the
    two is there something to weigh.
    """
    if not any(demand.may_stay for demand in problem.demands):
        return _Search(problem, best=True).found()
    steady = _Search(_staying(problem), best=True, steady=True).found()
    if steady is not None:
        return steady
    return _Search(problem, best=True).found() if _is_possible(_moving(problem)) else None


def _staying(problem: _Problem) -> _Problem:
    """A problem in which what may stay has no other day than its own."""
    demands = tuple(
        evolve(demand, days=(demand.session.on,)) if demand.may_stay else demand
        for demand in problem.demands
    )
    return evolve(problem, demands=demands)


def _moving(problem: _Problem) -> _Problem:
    """A problem in which it does not matter what stays."""
    demands = tuple(evolve(demand, may_stay=False) for demand in problem.demands)
    return evolve(problem, demands=demands)


def _independent(problem: _Problem) -> list[list[int]]:
    """The places of the demands, in parts that have no day in common."""
    return _joined(len(problem.demands), _bundles(problem, lambda _, day: day))


def _bundles(
    problem: _Problem, key: Callable[[_Demand, date], Hashable]
) -> Iterator[Sequence[int]]:
    """The places of demands that have a key in common on any day, or an order."""
    shared: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place, demand in enumerate(problem.demands):
        for day in demand.days:
            shared[key(demand, day)].append(place)
    yield from shared.values()
    yield from problem.orders


def _joined(count: int, bundles: Iterable[Sequence[int]]) -> list[list[int]]:
    """Places from 0 on in groups, such that those in one bundle are in one group."""
    parents = list(range(count))

    def root(place: int) -> int:
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    for first, *others in bundles:
        for place in others:
            earlier, later = sorted((root(first), root(place)))
            parents[later] = earlier
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for place in range(count):
        groups[root(place)].append(place)
    return list(groups.values())


@frozen
class _Kind:
    """Clusters of demands that are alike in all that the search looks at.

    Args:
        clusters: The places of the demands, in a row each: one demand, or several that are bound
            together by who attends them or by an order.
        orders: Which of a row has to come after which, by their numbers in the row.
    """

    clusters: tuple[tuple[int, ...], ...]
    orders: tuple[_Order, ...]


def _clusters(problem: _Problem) -> Iterator[tuple[tuple[int, ...], tuple[_Order, ...]]]:
    """The places of the demands that are bound together, and which of a row comes after which."""
    later: defaultdict[int, list[int]] = defaultdict(list)
    for before, after in problem.orders:
        later[before].append(after)
    bundles = _bundles(problem, lambda demand, day: (demand.whom, day))
    for cluster in _joined(len(problem.demands), bundles):
        orders = tuple(
            (number, cluster.index(after))
            for number, before in enumerate(cluster)
            for after in later[before]
        )
        yield tuple(cluster), orders


def _kinds(problem: _Problem, looks: Callable[[_Demand], Hashable]) -> list[_Kind]:
    """The demands of a problem by their kind."""
    alike: defaultdict[Hashable, list[tuple[int, ...]]] = defaultdict(list)
    orders_of: dict[Hashable, tuple[_Order, ...]] = {}
    for cluster, orders in _clusters(problem):
        demands = [problem.demands[place] for place in cluster]
        own = () if _can_be_counted(demands, orders) else cluster
        key = (tuple(map(looks, demands)), orders, own)
        alike[key].append(cluster)
        orders_of[key] = orders
    return [_Kind(tuple(clusters), orders_of[key]) for key, clusters in alike.items()]


def _can_be_counted(demands: Sequence[_Demand], orders: Sequence[_Order]) -> bool:
    """Whether it is enough to know how many of each kind take place on which day.

    Pairs in an order can be told from their counts: up to each day there have to be more of the
    first than of the second. With three, or where one of a pair may stay, they cannot.
    """
    if len(demands) == 1:
        return True
    return len(demands) == 2 and bool(orders) and not any(each.may_stay for each in demands)


@frozen
class _Role:
    """One demand of each cluster of a kind.

    Args:
        places: Their places, in the order of the clusters.
        counts: How many of them take place on each day and do not stay as they were.
        stays: For those that may, whether they stay, by place.
    """

    places: tuple[int, ...]
    counts: Mapping[date, cp_model.IntVar]
    stays: Mapping[int, cp_model.IntVar]


class _Search:
    """The search for days, as a model of CP-SAT.

    Rooms are not told apart: sessions find rooms on a day if and only if, for each number of seats,
    no more of them need as many than there are rooms with as many (Hall's theorem). Trainers are
    counted by what they teach of what is asked for.
    """

    def __init__(self, problem: _Problem, *, best: bool, steady: bool = False) -> None:
        self.problem = problem
        self.steady = steady
        self.model = cp_model.CpModel()
        self.roles: list[_Role] = []
        # By day, the roles that may have a session on it, and the demands that may stay on it.
        self.coming: defaultdict[date, list[_Role]] = defaultdict(list)
        self.staying: defaultdict[date, dict[int, cp_model.IntVar]] = defaultdict(dict)
        for kind in _kinds(problem, problem.looks_from_its_day if best else problem.looks):
            self._add(kind)
        for day in sorted({*self.coming, *self.staying}):
            self._share_rooms(day)
            self._share_trainers(day)
        if best:
            self._prefer()

    def found(self) -> _Chosen | None:
        """The days, or None if there are none."""
        solver = cp_model.CpSolver()
        # With one worker the search always takes the same way, and without a limit it ends only
        # when it is done. The presolve of OR-Tools 9.15 is known to be wrong about some linear
        # models, and those here are not solved sooner with it.
        solver.parameters.num_workers = 1
        solver.parameters.cp_model_presolve = False
        if solver.solve(self.model) == cp_model.INFEASIBLE:
            return None
        chosen: dict[int, tuple[date, bool]] = {}
        for role in self.roles:
            days = iter(
                day for day, count in role.counts.items() for _ in range(solver.value(count))
            )
            for place in role.places:
                stays = place in role.stays and solver.boolean_value(role.stays[place])
                on = self.problem.demands[place].session.on
                chosen[place] = (on, True) if stays else (next(days), False)
        return chosen

    # What the days have to fulfil.

    def _add(self, kind: _Kind) -> None:
        roles = [self._role(places) for places in zip(*kind.clusters, strict=True)]
        self.roles += roles
        for before, after in kind.orders:
            self._keep_order(roles[before], roles[after])
        if len(kind.clusters) == 1:
            self._keep_apart(roles)

    def _role(self, places: tuple[int, ...]) -> _Role:
        demands = {place: self.problem.demands[place] for place in places}
        first = demands[places[0]]
        days = () if self.steady and first.may_stay else first.days
        counts = {day: self.model.new_int_var(0, len(places), "") for day in days}
        stays = {
            place: self.model.new_bool_var("")
            for place, demand in demands.items()
            if demand.may_stay
        }
        role = _Role(places, counts, stays)
        self._bound([*counts.values(), *stays.values()], len(places), len(places))
        for day in counts:
            self.coming[day].append(role)
        for place, stay in stays.items():
            self.model.add_hint(stay, True)
            self.staying[first.session.on][place] = stay
        return role

    def _bound(self, terms: Sequence[cp_model.LinearExprT], least: int, most: int) -> None:
        self.model.add_linear_constraint(cp_model.LinearExpr.sum(list(terms)), least, most)

    def _on(self, role: _Role, day: date) -> list[cp_model.IntVar]:
        """What adds up to how many of a role take place on a day."""
        stays = role.stays.values() if self._demand(role).session.on == day else ()
        return [*([role.counts[day]] if day in role.counts else []), *stays]

    def _demand(self, role: _Role) -> _Demand:
        return self.problem.demands[role.places[0]]

    def _keep_order(self, before: _Role, after: _Role) -> None:
        if len(before.places) == 1:
            later, sooner = self._ordinal(after), self._ordinal(before)
            self.model.add(later >= sooner + 1)
            return
        # Up to each day, no more of the later ones than of the earlier ones before it.
        for until in after.counts:
            later_ones = [count for day, count in after.counts.items() if day <= until]
            sooner_ones = [count for day, count in before.counts.items() if day < until]
            terms = [*later_ones, *(-count for count in sooner_ones)]
            self._bound(terms, -len(before.places), 0)

    def _ordinal(self, role: _Role) -> cp_model.LinearExprT:
        """The day of a role of one place, as a number."""
        days = self._demand(role).days
        terms = [(term, day) for day in days for term in self._on(role, day)]
        return cp_model.LinearExpr.weighted_sum(
            [term for term, _ in terms], [day.toordinal() for _, day in terms]
        )

    def _keep_apart(self, roles: Sequence[_Role]) -> None:
        """On each day, one session of each group and person."""
        attended: defaultdict[Hashable, list[list[cp_model.IntVar]]] = defaultdict(list)
        for role in roles:
            for day in self._demand(role).days:
                attended[self._demand(role).whom, day].append(self._on(role, day))
        for sessions in attended.values():
            if len(sessions) > 1:
                self._bound([term for terms in sessions for term in terms], 0, 1)

    def _share_rooms(self, day: date) -> None:
        rooms = {
            room.id: self.problem.size(room.capacity)
            for room in self.problem.rooms
            if day not in room.closed
        }
        seated = [
            (self.problem.size(seats), role)
            for role in self.coming[day]
            for seats in (self._demand(role).seats,)
            if seats is not None
        ]
        staying = self._staying(day, lambda session: session.room)
        for size in sorted({size for size, _ in seated}):
            coming = [role for needed, role in seated if needed >= size]
            kept = [stay for id, stays in staying.items() if rooms[id] >= size for stay in stays]
            there_are = sum(room >= size for room in rooms.values())
            if sum(len(role.places) for role in coming) + len(kept) > there_are:
                self._bound([*(role.counts[day] for role in coming), *kept], 0, there_are)

    def _share_trainers(self, day: date) -> None:
        asked = sorted({self._demand(role).courses for role in self.coming[day]} - {()})
        taught = {
            trainer.id: tuple(courses for courses in asked if trainer.teaches.issuperset(courses))
            for trainer in self.problem.trainers
            if day not in trainer.away
        }
        staying: defaultdict[tuple[tuple[str, ...], ...], list[cp_model.IntVar]]
        staying = defaultdict(list)
        for id, stays in self._staying(day, lambda session: session.trainer).items():
            staying[taught[id]] += stays
        teaching: defaultdict[tuple[str, ...], list[cp_model.LinearExprT]] = defaultdict(list)
        for able, there_are in sorted(Counter(taught.values()).items()):
            busy = [self.model.new_int_var(0, there_are, "") for _ in able]
            self._bound([*busy, *staying[able]], 0, there_are)
            for courses, count in zip(able, busy, strict=True):
                teaching[courses].append(-count)
        for courses in asked:
            there = [role for role in self.coming[day] if self._demand(role).courses == courses]
            terms = [*(role.counts[day] for role in there), *teaching[courses]]
            self._bound(terms, -len(self.problem.trainers), 0)

    def _staying(
        self, day: date, resource: Callable[[Session], str | None]
    ) -> dict[str, list[cp_model.IntVar]]:
        """By room or trainer, who would stay with it on a day: one of them can."""
        staying: defaultdict[str, list[cp_model.IntVar]] = defaultdict(list)
        for place, stay in self.staying[day].items():
            id = resource(self.problem.demands[place].session)
            if id is not None:
                staying[id].append(stay)
        for stays in staying.values():
            self.model.add_at_most_one(stays)
        return staying

    def _prefer(self) -> None:
        """As few changes as can be, and of these the fewest days in all."""
        demands = self.problem.demands
        change = 0
        if any(demand.may_stay for demand in demands):
            change = 1 + sum(map(_furthest, demands))
        costs = [
            (count, change + abs((day - self._demand(role).session.on).days))
            for role in self.roles
            for day, count in role.counts.items()
        ]
        self.model.minimize(
            cp_model.LinearExpr.weighted_sum(
                [count for count, _ in costs], [cost for _, cost in costs]
            )
        )


def _furthest(demand: _Demand) -> int:
    """The most days that a session may move."""
    return max((abs((day - demand.session.on).days) for day in demand.days), default=0)


# Resources: which room and which trainer, where the days are known.


def _with_resources(problem: _Problem, chosen: _Chosen) -> dict[str, _Placing]:
    """The placing of each demand, by the id of its session, where the days are chosen."""
    placings: dict[str, _Placing] = {}
    moving: defaultdict[date, list[_Demand]] = defaultdict(list)
    busy: defaultdict[date, list[_Placing]] = defaultdict(list)
    for place, demand in enumerate(problem.demands):
        session = demand.session
        day, stays = chosen[place]
        if stays:
            placings[session.id] = _Placing(day, session.room, session.trainer)
            busy[day].append(placings[session.id])
        else:
            moving[day].append(demand)
    for day, demands in moving.items():
        used_rooms = {placing.room for placing in busy[day]}
        used_trainers = {placing.trainer for placing in busy[day]}
        free_rooms = [
            room for room in problem.rooms if room.id not in used_rooms and day not in room.closed
        ]
        free_trainers = [
            trainer
            for trainer in problem.trainers
            if trainer.id not in used_trainers and day not in trainer.away
        ]
        rooms = _rooms(demands, free_rooms)
        # The search has seen to it that there are enough.
        trainers = _trainers(demands, free_trainers) or {}
        for demand in demands:
            id = demand.session.id
            placings[id] = _Placing(day, rooms.get(id), trainers.get(id))
    return placings


def _rooms(demands: Iterable[_Demand], free: Iterable[Room]) -> dict[str, str]:
    """The room of each session of a day that needs one.

    Whoever needs most chooses first: the room it had, or else the smallest that seats it. Whatever
    room that is, those who need less are left as many as they need.
    """
    left = sorted(free, key=lambda room: (room.capacity, room.id))
    found: dict[str, str] = {}
    for demand in sorted(demands, key=lambda demand: -(demand.seats or 0)):
        if demand.seats is not None:
            fitting = [room for room in left if room.capacity >= demand.seats]
            room = min(fitting, key=lambda room: room.id != demand.session.room)
            left.remove(room)
            found[demand.session.id] = room.id
    return found


def _trainers(demands: Iterable[_Demand], free: Iterable[Trainer]) -> dict[str, str] | None:
    """The trainer of each session of a day that needs one: the one it had, or who teaches least.

    None if there are not enough.
    """
    free = sorted(free, key=lambda trainer: (len(trainer.teaches), trainer.id))
    wishes = {}
    for demand in demands:
        if demand.courses:
            fitting = [each.id for each in free if each.teaches.issuperset(demand.courses)]
            first = [trainer for trainer in fitting if trainer == demand.session.trainer]
            wishes[demand.session.id] = list(dict.fromkeys([*first, *fitting]))
    return _matched(wishes)


def _matched(wishes: Mapping[str, Sequence[str]]) -> dict[str, str] | None:
    """For each session one of the trainers it could have, nobody twice; None if it cannot be.

    A session takes the first trainer whom nobody has, or else sets off the shortest chain of
    sessions that give theirs up for another.
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


# Conflicts: which sessions block each other, and over what.


def _conflict(schedule: Schedule, problem: _Problem) -> ResourceConflict:
    problem = _moving(problem)
    blocked = problem.part(_irreducible(problem))
    ids = [demand.session.id for demand in blocked.demands]
    lack = _lack(blocked)
    need = "1 session needs" if len(ids) == 1 else f"{len(ids)} sessions need"
    names = ", ".join(f'"{id}"' for id in ids[:MAXIMUM_SHOWN])
    more = f" and {len(ids) - MAXIMUM_SHOWN} more" if len(ids) > MAXIMUM_SHOWN else ""
    return ResourceConflict(
        f"{schedule}: {need} {lack.resource} and there {lack.there}: {names}{more}; "
        f"{lack.remedy}, or leave out one of the sessions",
        ids,
        lack.resource,
    )


_Days: TypeAlias = dict[int, date]
"""The day of each demand, by its place."""


def _possible(problem: _Problem) -> _Days | None:
    """Some days for the demands of a problem, whichever; None if there are none."""
    days: _Days = {}
    for places in _independent(problem):
        chosen = _Search(problem.part(places), best=False).found()
        if chosen is None:
            return None
        days.update((places[number], day) for number, (day, _) in chosen.items())
    return days


def _is_possible(problem: _Problem) -> bool:
    return _possible(problem) is not None


def _irreducible(problem: _Problem) -> list[int]:
    """The places of demands that cannot all be met, though all but any one of them can.

    Demands are taken in their order until they can no longer be met. The last of them is needed for
    that; whatever came after it is not. What is needed is put in front, and so on until what is
    needed cannot be met by itself.
    """
    needed: list[int] = []
    others = list(range(len(problem.demands)))
    while _is_possible(problem.part(needed)):
        fewest, most = 1, len(others)
        while fewest < most:
            middle = (fewest + most) // 2
            if _is_possible(problem.part(sorted([*needed, *others[:middle]]))):
                fewest = middle + 1
            else:
                most = middle
        there = sorted([*needed, *others[:fewest]])
        last = there.index(others[fewest - 1])
        found = {there[place] for place in _as_needed(problem.part(there), last)}
        needed = sorted({*needed, *found})
        others = [place for place in others[:fewest] if place not in found]
    return needed


def _as_needed(problem: _Problem, last: int) -> set[int]:
    """The places of demands that are needed since the last one is, as far as that can be seen.

    All could be met but for the last one. So they could but for any whose day it could take, and
    but for any whose day that one could take, and so on.
    """
    found = {last}
    others = [place for place in range(len(problem.demands)) if place != last]
    days = _possible(problem.part(others)) or {}
    waiting: list[tuple[int, _Days]] = [(last, {others[number]: days[number] for number in days})]
    for left_out, met in waiting:
        for place in others:
            if place not in found and met.get(place) in problem.demands[left_out].days:
                changed = {each: day for each, day in met.items() if each != place}
                changed[left_out] = met[place]
                if _is_met(problem, changed, left_out):
                    found.add(place)
                    waiting.append((place, changed))
    return found


def _is_met(problem: _Problem, days: _Days, new: int) -> bool:
    """Whether days are right, as they were but for one of them."""
    on, whom = days[new], problem.demands[new].whom
    on_that_day = [problem.demands[place] for place, day in days.items() if day == on]
    if [demand.whom for demand in on_that_day].count(whom) > 1:
        return False
    for before, after in problem.orders:
        is_known = new in (before, after) and before in days and after in days
        if is_known and days[before] >= days[after]:
            return False
    seats = sorted(
        (demand.seats for demand in on_that_day if demand.seats is not None), reverse=True
    )
    open_rooms = sorted(
        (room.capacity for room in problem.rooms if on not in room.closed), reverse=True
    )
    if len(seats) > len(open_rooms) or any(map(operator.gt, seats, open_rooms)):
        return False
    there = [trainer for trainer in problem.trainers if on not in trainer.away]
    return _trainers(on_that_day, there) is not None


@frozen
class _Lack:
    """What sessions lack, what there is of it, and the remedy, in words."""

    resource: str
    there: str
    remedy: str


def _lack(problem: _Problem) -> _Lack:
    """What blocks sessions that cannot all take place."""
    without_rooms = _without_rooms(problem)
    if not _is_possible(_without_trainers(without_rooms)):
        return _lack_of_days(problem)
    is_room = _is_possible(without_rooms)
    is_trainer = _is_possible(_without_trainers(problem))
    if is_room != is_trainer:
        return _lack_of_rooms(problem) if is_room else _lack_of_trainers(problem)
    room, trainer = _lack_of_rooms(problem), _lack_of_trainers(problem)
    short = "but not on the same days" if is_room else "and of neither enough"
    return _Lack(
        f"{_room_for(problem)} and {trainer.resource}",
        f"{room.there}, and there {trainer.there}, {short}",
        f"{room.remedy}, {trainer.remedy}",
    )


def _without_rooms(problem: _Problem) -> _Problem:
    demands = tuple(evolve(demand, seats=None) for demand in problem.demands)
    return evolve(problem, demands=demands)


def _without_trainers(problem: _Problem) -> _Problem:
    demands = tuple(evolve(demand, courses=()) for demand in problem.demands)
    return evolve(problem, demands=demands)


def _lack_of_days(problem: _Problem) -> _Lack:
    remedy = "let more days be worked"
    if len(problem.demands) == 1:
        return _Lack("a working day", "is none where it may go", remedy)
    in_order = ", in their order" if problem.orders else ""
    return _Lack(
        f"a day each for the same group or person{in_order}, {_on_days(problem)}",
        "are not enough of them",
        remedy,
    )


def _lack_of_rooms(problem: _Problem) -> _Lack:
    free = {
        room.id: {
            day
            for demand in problem.demands
            if demand.seats is not None and room.capacity >= demand.seats
            for day in demand.days
        }
        - room.closed
        for room in problem.rooms
        if any(room.capacity >= (demand.seats or 0) for demand in problem.demands)
    }
    return _Lack(
        f"{_room_for(problem)} {_on_days(problem)}",
        _there(problem, "room", free.values()),
        "give another such room, or open one on another of the days",
    )


def _lack_of_trainers(problem: _Problem) -> _Lack:
    asked = list(dict.fromkeys(demand.courses for demand in problem.demands if demand.courses))
    free = {
        trainer.id: {
            day
            for demand in problem.demands
            if demand.courses and trainer.teaches.issuperset(demand.courses)
            for day in demand.days
        }
        - trainer.away
        for trainer in problem.trainers
        if any(trainer.teaches.issuperset(courses) for courses in asked)
    }
    named = [" and ".join(f'"{course}"' for course in courses) for courses in asked]
    shown = " or of ".join(named[:_COURSES_SHOWN])
    more = f" or of {len(named) - _COURSES_SHOWN} more" if len(named) > _COURSES_SHOWN else ""
    return _Lack(
        f"a trainer of {shown}{more} {_on_days(problem)}",
        _there(problem, "trainer", free.values()),
        "give another such trainer, or have one there on another of the days",
    )


def _room_for(problem: _Problem) -> str:
    seats = [demand.seats for demand in problem.demands if demand.seats is not None]
    least, most = min(seats), max(seats)
    if most == 1:
        return "a room for 1 person"
    return f"a room for {most} people" if least == most else f"a room for {least} to {most} people"


def _on_days(problem: _Problem) -> str:
    days = sorted({day for demand in problem.demands for day in demand.days})
    if len(days) == 1:
        return f"on 1 day ({days[0]})"
    if len(days) > _DAYS_SHOWN:
        return f"on {len(days)} days ({days[0]} to {days[-1]})"
    return f"on {len(days)} days ({', '.join(map(str, days))})"


def _there(problem: _Problem, noun: str, free: Collection[Collection[date]]) -> str:
    """How many of a resource there are, and how often they are free where not always."""
    days = {day for demand in problem.demands for day in demand.days}
    times = sum(map(len, free))
    if not free:
        return f"is no such {noun}"
    told = f"is 1 such {noun}" if len(free) == 1 else f"are {len(free)} such {noun}s"
    if times < len(free) * len(days):
        told += f", free for {times} session{'' if times == 1 else 's'} in all"
    # Without a group or person in common, so many sessions would find so many places.
    if times >= len(problem.demands):
        told += ", but each group and person has one session a day, in order"
    return told
