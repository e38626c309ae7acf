"""Assignments: schedules in which each session has the room and the trainer that it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from attrs import evolve

from cmappraisal.calendars import Adjustment, WorkCalendar
from cmappraisal.errors import TrainingError
from cmappraisal.fields import DATE, as_date, is_date
from cmappraisal.interop.solver.conflicts import conflict_of
from cmappraisal.interop.solver.parts import independent
from cmappraisal.interop.solver.placings import Placing, placings
from cmappraisal.interop.solver.problems import Problem, is_in_question, moving, problem_of
from cmappraisal.interop.solver.searches import best_days
from cmappraisal.training.contradictions import checked_fields, of_argument
from cmappraisal.training.days import Days
from cmappraisal.training.plans import Activity, TrainingPlan
from cmappraisal.training.rescheduling import reschedule, rescheduled
from cmappraisal.training.resources import Room, Trainer
from cmappraisal.training.schedules import Rescheduled, Schedule
from cmappraisal.training.sessions import Cause, Session, moved
from cmappraisal.training.timetables import in_order


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
    round by the week, and neither a blackout nor a full day. What follows another activity
    in the month still comes after it.

    Args:
        schedule: The schedule. The rooms and trainers that it has are dropped.
        rooms: The rooms there are; with none, no session needs one.
        trainers: The trainers there are; with none, no session needs one.

    Returns:
        The schedule with rooms and trainers, its sessions moved by the fewest days in total. What
        moved has :attr:`~cmappraisal.training.Cause.RESOURCES`. Where there were rooms or trainers
        before, what changed has a sequence one higher.

    Raises:
        FieldError: An argument has a value that it does not allow.
        TrainingError: A room or a trainer is there twice.
        ResourceConflict: There is no such schedule; it names sessions that block each other.

    >>> from cmappraisal import Period
    >>> from cmappraisal.training import Group, VENUE_TEAM, schedule
    >>> week = Period(date(2026, 3, 2), date(2026, 3, 8))
    >>> teams = [Group("east", ()), Group("west", ())]
    >>> weekly = schedule(VENUE_TEAM, week, calendar=WorkCalendar(), groups=teams)
    >>> for session in assign(weekly, rooms=[Room("R-1", 30)]).sessions:
    ...     print(session.on, session.room, session.group)
    2026-03-02 R-1 east
    2026-03-03 R-1 west
    """
    resources = checked_fields(
        "assign",
        Schedule,
        {"rooms": rooms, "trainers": trainers},
        ("schedule", schedule, isinstance(schedule, Schedule), "a Schedule"),
    )
    bare = _bare(schedule)
    given = _given(schedule, resources, bare)
    placed = _placed(given, moving(problem_of(given, date.min)))
    had_resources = bool(schedule.rooms or schedule.trainers)
    sessions = []
    for before, session in zip(schedule.sessions, bare, strict=True):
        after = _put(session, placed.get(session.id), Cause.RESOURCES)
        is_changed = had_resources and _placing(after) != _placing(before)
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
    as possible change their day, room or trainer, and those move by the fewest days in total; where
    they may go is as with :func:`assign`. Whatever else the schedule has changes as with
    :func:`~cmappraisal.training.reschedule`, and so do sessions whose activity skips days off.

    Args:
        schedule: The schedule as it is, with the rooms and trainers that :func:`assign` gave it.
        not_before: The first day that may change; nothing moves to a day before it.
        calendar: Which days are worked now; None for the calendar of the schedule.
        blackouts: The blackouts now; None for those of the schedule.
        rooms: The rooms there are now; None for those of the schedule. A room that is given up has
            to stay among them, closed from then on, while sessions of the past have it.
        trainers: The trainers there are now; None for those of the schedule.

    Returns:
        The new schedule, and what became of each session that changed. What changed has a sequence
        one higher; what moved has the cause.

    Raises:
        FieldError: An argument has a value that it does not allow.
        TrainingError: A room or a trainer is there twice, or a session of the past has one that is
            there no more.
        ResourceConflict: There is no such schedule; it names sessions that block each other.

    >>> from cmappraisal import Period
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
    new = {"calendar": calendar, "blackouts": blackouts, "rooms": rooms, "trainers": trainers}
    changes = checked_fields(
        "reassign",
        Schedule,
        {name: value for name, value in new.items() if value is not None},
        ("schedule", schedule, isinstance(schedule, Schedule), "a Schedule"),
        ("not_before", not_before, is_date(not_before), DATE),
    )
    from_day = as_date(not_before)
    # What may change keeps its place, so that a problem of the past is reported where it is.
    pairs = zip(schedule.sessions, _bare(schedule), strict=True)
    kept = [session if session.on < from_day else bare for session, bare in pairs]
    given = _given(schedule, changes, kept)
    settled = _settled(schedule, given, from_day)
    sessions = _reassigned(schedule, settled, from_day)
    return rescheduled(schedule, evolve(settled, sessions=in_order(sessions, settled)))


def _given(schedule: Schedule, changes: Mapping[str, Any], sessions: Iterable[Session]) -> Schedule:
    """A schedule with what was given for it."""
    try:
        return evolve(schedule, **changes, sessions=sessions)
    except TrainingError as error:
        raise of_argument(error, "schedule", "sessions", "cancelled") from None


def _reassigned(schedule: Schedule, settled: Schedule, not_before: date) -> list[Session]:
    """The sessions of a settled schedule with their new days, rooms and trainers."""
    placed = _placed(settled, problem_of(settled, not_before))
    before = {session.id: session for session in schedule.sessions}
    days = Days.of(settled)
    sessions = []
    for session in settled.sessions:
        if session.on < not_before:
            sessions.append(session)
            continue
        is_open = days.open.is_working_day(session.on)
        cause = Cause.RESOURCES if is_open else days.cause(session.on)
        after = _put(session, placed.get(session.id), cause)
        was = before.get(session.id)
        if was is not None and after != was:
            after = evolve(after, sequence=was.sequence + 1)
        sessions.append(after)
    return sessions


def _settled(schedule: Schedule, given: Schedule, not_before: date) -> Schedule:
    """A schedule with what needs neither room nor trainer made again, and the rest as it was."""
    again = reschedule(
        evolve(schedule, plan=_fixed(given), sessions=_bare(schedule)),
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
        elif is_in_question(given, session):
            room = was.room if was.room in rooms else None
            trainer = was.trainer if was.trainer in trainers else None
            sessions.append(evolve(session, room=room, trainer=trainer))
        else:
            sessions.append(session)
    return evolve(given, sessions=sessions, cancelled=again.cancelled, shortfalls=again.shortfalls)


def _fixed(given: Schedule) -> TrainingPlan:
    """The plan of a schedule, in which what the solver moves stays where it is."""
    if not (given.rooms or given.trainers):
        return given.plan
    activities = [
        _fixed_activity(activity) if activity.in_room else activity
        for activity in given.plan.activities
    ]
    return evolve(given.plan, activities=activities)


def _fixed_activity(activity: Activity) -> Activity:
    skips = activity.adjustment is Adjustment.SKIP
    adjustment = Adjustment.SKIP if skips else Adjustment.NONE
    return evolve(activity, follows=None, adjustment=adjustment)


def _placed(schedule: Schedule, problem: Problem) -> dict[str, Placing]:
    """The best placing of each demand, by the id of its session."""
    placed: dict[str, Placing] = {}
    for part in map(problem.part, independent(problem)):
        chosen = best_days(part)
        if chosen is None:
            raise conflict_of(schedule, part)
        placed.update(placings(part, chosen))
    return placed


def _bare(schedule: Schedule) -> list[Session]:
    """The sessions of a schedule without their rooms and trainers."""
    return [evolve(session, room=None, trainer=None) for session in schedule.sessions]


def _placing(session: Session) -> Placing:
    return Placing(session.on, session.room, session.trainer)


def _put(session: Session, placing: Placing | None, cause: Cause) -> Session:
    """A session as it is placed; as it was, where the solver does not place it."""
    if placing is None:
        return session
    if placing.on != session.on:
        session = moved(session, placing.on, cause)
    return evolve(session, room=placing.room, trainer=placing.trainer)
