"""Assignments: schedules in which each session has the room and the trainer that it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import evolve, frozen

from cmappraisal.calendars import Adjustment, WorkCalendar
from cmappraisal.errors import TrainingError
from cmappraisal.fields import DATE, as_date, is_date, is_int
from cmappraisal.interop.solver.bests import best_of
from cmappraisal.interop.solver.burdens import shared_out
from cmappraisal.interop.solver.leaving_out import is_left_out, left_out, with_what_it_lacks
from cmappraisal.interop.solver.placings import placings
from cmappraisal.interop.solver.problems import Problem, is_in_question, moving, problem_of
from cmappraisal.interop.solver.timings import Placing
from cmappraisal.training.blockages import Blockage
from cmappraisal.training.burdens import Burden
from cmappraisal.training.changes import Rescheduled
from cmappraisal.training.contradictions import checked_fields, of_argument
from cmappraisal.training.days import Days
from cmappraisal.training.goals import Criterion, Goal
from cmappraisal.training.plans import Activity, TrainingPlan
from cmappraisal.training.rescheduling import reschedule, rescheduled
from cmappraisal.training.resources import Room, Trainer
from cmappraisal.training.restaffing import staffed, with_again, withdrawn
from cmappraisal.training.schedules import Schedule
from cmappraisal.training.sessions import Cause, Session, moved
from cmappraisal.training.timetables import in_order
from cmappraisal.training.trainees import Group, Trainee

WORK = 5
"""How much work each search may do if nothing else is said."""

MAXIMUM_WORK = 1_000_000
"""The most work that a search can be allowed: days of it."""

_WORK_ALLOWED = f"an int from 1 to {MAXIMUM_WORK}"


def assign(
    schedule: Schedule,
    *,
    rooms: Iterable[Room] = (),
    trainers: Iterable[Trainer] = (),
    work: int = WORK,
) -> Rescheduled:
    """A schedule in which as many sessions as possible have the room and trainer that they need.

    A session needs a room where its activity is ``in_room`` and rooms are given: one that seats all
    its attendees and is not closed. It needs a trainer where it also has courses and trainers are
    given: one who teaches all of them and is not away. Where they have hours, it begins and ends
    within them, and so several may follow one another; a room or a trainer without hours has one
    session a day. So has a group, or a person, of sessions that are ``in_room``; those of a team
    are those of everybody who is in it.

    A session stays on its day if it can. Otherwise it moves to a working day of the period that is
    in the same month as the day it was planned for, in the same week where its activity comes round
    by the week, or in its stage; on which its participants are there and have the time; and that is
    neither a blackout nor a full day. Where no day of its week or month can be used, it moves as
    with :func:`~cmappraisal.training.reschedule`. What follows another activity in the month still
    comes after it, and so does each lesson of a stage after the one before it.

    Where not all sessions can be had, first as few required ones as possible are left out, then as
    few others, then those that were planned late. What is left out is cancelled, and the schedule
    has a shortfall for it; what was left out before is tried again.

    Args:
        schedule: The schedule. The rooms and trainers that it has are dropped.
        rooms: The rooms there are; with none, no session needs one.
        trainers: The trainers there are; with none, no session needs one.
        work: How much work each search may do, from 1, in CP-SAT's own deterministic time, of which
            a unit takes about a second. It is no time, so the same input has the same result.

    Returns:
        The schedule with rooms and trainers, its sessions moved by the fewest days in total. What
        moved has :attr:`~cmappraisal.training.Cause.RESOURCES`. Where there were rooms or trainers
        before, what changed has a sequence one higher. ``goals`` says how good it is, and whether
        it is proved that none is better; ``blockages`` why each session is left out; ``burdens``
        how evenly the sessions are shared among trainers, and inconvenient days among all.

    Raises:
        FieldError: An argument has a value that it does not allow.
        TrainingError: A room or a trainer is there twice.

    >>> from cmappraisal import Period
    >>> from cmappraisal.training import Group, VENUE_TEAM, schedule
    >>> week = Period(date(2026, 3, 2), date(2026, 3, 8))
    >>> teams = [Group("east", ()), Group("west", ())]
    >>> weekly = schedule(VENUE_TEAM, week, calendar=WorkCalendar(), groups=teams)
    >>> made = assign(weekly, rooms=[Room("R-1", 30)])
    >>> for session in made.schedule.sessions:
    ...     print(session.on, session.room, session.group)
    2026-03-02 R-1 east
    2026-03-03 R-1 west
    >>> made.is_proved
    True
    """
    resources = checked_fields(
        "assign",
        Schedule,
        {"rooms": rooms, "trainers": trainers},
        ("schedule", schedule, isinstance(schedule, Schedule), "a Schedule"),
        ("work", work, is_int(work, 1, MAXIMUM_WORK), _WORK_ALLOWED),
    )
    had_resources = bool(schedule.rooms or schedule.trainers)
    waiting = [each for each in schedule.cancelled if is_left_out(each)]
    given = _given(schedule, resources, _bare(schedule.sessions))
    whole = with_again(given, waiting)
    problem = moving(problem_of(whole, date.min, waiting))
    best = _placed(problem, work)
    was = {session.id: session for session in schedule.sessions}
    were_out = {session.id: session for session in waiting}
    sessions, cancelled = [], [each for each in schedule.cancelled if not is_left_out(each)]
    for session in whole.sessions:
        after = _put(session, best, Cause.RESOURCES)
        before = was.get(session.id)
        if after is None:
            cancelled.append(left_out(before) if before else were_out[session.id])
        elif before is None:
            sessions.append(evolve(after, sequence=after.sequence + 1))
        else:
            is_changed = had_resources and _placing(after) != _placing(before)
            sessions.append(evolve(after, sequence=after.sequence + is_changed))
    goals = [each for each in best.goals if each.criterion is not Criterion.CHANGES]
    return _rescheduled(schedule, given, sessions, cancelled, evolve(best, goals=tuple(goals)))


def reassign(
    schedule: Schedule,
    *,
    not_before: date,
    calendar: WorkCalendar | None = None,
    blackouts: Iterable[date] | None = None,
    rooms: Iterable[Room] | None = None,
    trainers: Iterable[Trainer] | None = None,
    trainees: Iterable[Trainee] | None = None,
    groups: Iterable[Group] | None = None,
    work: int = WORK,
) -> Rescheduled:
    """A schedule with rooms and trainers made again, after they, the days or the people changed.

    What takes place before a day stays as it is. Of the rest that is ``in_room``, as few sessions
    as possible are left out, then as few as possible change their day, room or trainer, and those
    move by the fewest days in total; where they may go is as with :func:`assign`. What was left out
    before, and whose day is not past, is tried again. Whatever else the schedule has changes as
    with :func:`~cmappraisal.training.reschedule`, and so do sessions whose activity skips days off.

    Args:
        schedule: The schedule as it is, with the rooms and trainers that :func:`assign` gave it.
        not_before: The first day that may change; nothing moves to a day before it.
        calendar: Which days are worked now; None for the calendar of the schedule.
        blackouts: The blackouts now; None for those of the schedule.
        rooms: The rooms there are now; None for those of the schedule. A room that is given up has
            to stay among them, closed from then on, while sessions of the past have it.
        trainers: The trainers there are now; None for those of the schedule.
        trainees: Those in no group now, as with :func:`~cmappraisal.training.reschedule`: who is
            new gets all that the plan asks, and who leaves stays among them, with tenures that end.
            None for those of the schedule.
        groups: The groups now, which are the same teams; None for those of the schedule.
        work: How much work each search may do, as with :func:`assign`.

    Returns:
        The new schedule, and what became of each session that changed. What changed has a sequence
        one higher; what moved has the cause. ``goals``, ``blockages`` and ``burdens`` are as with
        :func:`assign`, of what takes place from that day on.

    Raises:
        FieldError: An argument has a value that it does not allow.
        TrainingError: A room or a trainer is there twice, or a session of the past has one that is
            there no more; or somebody is missing among the new people, or the teams are others.

    >>> from cmappraisal import Period
    >>> from cmappraisal.training import VENUE_TEAM, schedule
    >>> weekly = schedule(VENUE_TEAM, Period.month(2026, 9), calendar=WorkCalendar())
    >>> closed = Room("R-1", 30, closed=[date(2026, 9, 14)])
    >>> made = assign(weekly, rooms=[Room("R-1", 30)]).schedule
    >>> again = reassign(made, not_before=date(2026, 9, 10), rooms=[closed])
    >>> for change in again.changes:
    ...     print(change.before.on, change.after.on, change.after.cause.text.en)
    2026-09-14 2026-09-15 no room or trainer free
    """
    new = {
        "calendar": calendar,
        "blackouts": blackouts,
        "rooms": rooms,
        "trainers": trainers,
        "trainees": trainees,
        "groups": groups,
    }
    changes = checked_fields(
        "reassign",
        Schedule,
        {name: value for name, value in new.items() if value is not None},
        ("schedule", schedule, isinstance(schedule, Schedule), "a Schedule"),
        ("not_before", not_before, is_date(not_before), DATE),
        ("work", work, is_int(work, 1, MAXIMUM_WORK), _WORK_ALLOWED),
    )
    from_day = as_date(not_before)
    left = [each for each in schedule.cancelled if is_left_out(each) and each.on >= from_day]
    now = staffed(schedule, changes, from_day, left_out=left)
    # What may change keeps its place, so that a problem of the past is reported where it is.
    pairs = zip(now.sessions, _bare(now.sessions), strict=True)
    kept = [session if session.on < from_day else bare for session, bare in pairs]
    given = _given(now, changes, kept)
    is_tried = bool(given.rooms or given.trainers)
    cancelled_now = {each.id for each in now.cancelled}
    waiting = [each for each in left if is_tried and each.id in cancelled_now]
    still_out = {each.id: each for each in waiting}
    settled = with_again(_settled(now, given, waiting, from_day), waiting)
    best = _placed(problem_of(settled, from_day, waiting), work)
    was = {session.id: session for session in (*schedule.sessions, *left)}
    days, sessions, cancelled = Days.of(settled), [], list(settled.cancelled)
    for session in settled.sessions:
        if session.on < from_day:
            sessions.append(session)
            continue
        is_open = days.open.is_working_day(session.on)
        after = _put(session, best, Cause.RESOURCES if is_open else days.cause(session.on))
        before = was.get(session.id)
        if after is None:
            cancelled.append(still_out.get(session.id) or left_out(before or session))
        elif before is not None and after != before:
            sessions.append(evolve(after, sequence=before.sequence + 1))
        else:
            sessions.append(after)
    made = _rescheduled(schedule, settled, sessions, cancelled, best)
    taken = withdrawn(schedule, made.schedule, from_day)
    return evolve(made, schedule=evolve(made.schedule, withdrawn=taken))


@frozen
class _Best:
    """The best placings of the demands of a problem.

    Args:
        asked: The ids of the sessions that they are for.
        placed: The placings of those that are not left out, by id.
        goals: How good they are.
        blockages: Why the others are left out.
        burdens: How evenly they are shared.
    """

    asked: frozenset[str]
    placed: Mapping[str, Placing]
    goals: tuple[Goal, ...]
    blockages: tuple[Blockage, ...]
    burdens: tuple[Burden, ...]


def _placed(problem: Problem, work: int) -> _Best:
    """The best placing of each demand that is not left out."""
    best = best_of(problem, work)
    blockages = {each.session: each for each in best.blockages}
    asked = [session for demand in problem.demands for session in demand.sessions]
    placed = placings(best.problem, best.chosen)
    placed, burdens = shared_out(best.problem, best.chosen, placed)
    by_plan = sorted(asked, key=lambda session: session.planned_on)
    return _Best(
        frozenset(session.id for session in asked),
        placed,
        best.goals if asked else (),
        tuple(blockages[session.id] for session in by_plan if session.id in blockages),
        burdens,
    )


def _rescheduled(
    before: Schedule,
    like: Schedule,
    sessions: Iterable[Session],
    cancelled: Iterable[Session],
    best: _Best,
) -> Rescheduled:
    """A schedule with what it lacks, and what became of it."""
    after = with_what_it_lacks(
        evolve(like, sessions=in_order(sessions, like), cancelled=in_order(cancelled, like))
    )
    made = rescheduled(before, after)
    return evolve(made, blockages=best.blockages, goals=best.goals, burdens=best.burdens)


def _given(schedule: Schedule, changes: Mapping[str, Any], sessions: Iterable[Session]) -> Schedule:
    """A schedule with what was given for it."""
    try:
        return evolve(schedule, **changes, sessions=sessions)
    except TrainingError as error:
        raise of_argument(error, "schedule", "sessions", "cancelled") from None


def _settled(
    schedule: Schedule, given: Schedule, waiting: Sequence[Session], not_before: date
) -> Schedule:
    """A schedule with what needs neither room nor trainer made again, and the rest as it was."""
    tried = {each.id for each in waiting}
    cancelled = [each for each in schedule.cancelled if each.id not in tried]
    again = reschedule(
        evolve(
            schedule,
            plan=_fixed(given),
            sessions=_bare(schedule.sessions),
            cancelled=cancelled,
            withdrawn=(),
        ),
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
            sessions.append(evolve(was, room=room, trainer=trainer))
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


def _bare(sessions: Iterable[Session]) -> list[Session]:
    """Sessions without their rooms and trainers."""
    return [evolve(session, room=None, trainer=None, start=None) for session in sessions]


def _placing(session: Session) -> Placing:
    return Placing(session.on, session.room, session.trainer, session.start)


def _put(session: Session, best: _Best, cause: Cause) -> Session | None:
    """A session as it is placed; as it was, where it was not asked for; None if it is left out."""
    placing = best.placed.get(session.id)
    if placing is None:
        return None if session.id in best.asked else session
    if placing.on != session.on:
        session = moved(session, placing.on, cause)
    return evolve(session, room=placing.room, trainer=placing.trainer, start=placing.start)
