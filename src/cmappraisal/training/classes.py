"""Classes: sessions of several people that are one lesson, because they start together.

A session of what is individual stays that of one person: so attendance, compliance, moves and
calendars of a person know nothing of classes. What makes it a lesson of several people is read from
the sessions: the day, the course, the room and the day on which the people started.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from datetime import date

from cmappraisal.fields import require
from cmappraisal.training.schedules import Schedule
from cmappraisal.training.sessions import Session


def lessons_of(schedule: Schedule) -> tuple[tuple[Session, ...], ...]:
    """The lessons of a schedule, each with its sessions.

    A session of a team is a lesson. So is one of a person, unless its activity is ``in_class``:
    then those that teach the same courses on the same day, in the same room, by the same trainer
    and at the same time are one lesson of all whose day of hiring is the same.

    Args:
        schedule: The schedule.

    Returns:
        The lessons, in the order of their first sessions.

    Raises:
        FieldError: ``schedule`` is no schedule.

    >>> from cmappraisal import Period, WorkCalendar
    >>> from cmappraisal.training import ASK, Trainee, schedule
    >>> hired = [Trainee(f"RM-{number:02}", date(2026, 7, 1)) for number in range(1, 21)]
    >>> july = schedule(ASK, Period.month(2026, 7), calendar=WorkCalendar(), trainees=hired)
    >>> lessons = [each for each in lessons_of(july) if each[0].activity == "knowledge"]
    >>> len(lessons), {len(lesson) for lesson in lessons}
    (8, {20})
    """
    fits = isinstance(schedule, Schedule)
    require("lessons_of", "schedule", schedule, fits, "a Schedule")
    return joined(schedule.sessions, schedule)


def joined(sessions: Iterable[Session], schedule: Schedule) -> tuple[tuple[Session, ...], ...]:
    """Some sessions of a schedule, lesson by lesson, in the order of their first sessions."""
    starts = starts_of(schedule)
    lessons: dict[Hashable, list[Session]] = {}
    for session in sessions:
        start = class_of(session, schedule, starts)
        key: Hashable = session.id
        if start is not None:
            where = session.room, session.trainer, session.start
            key = session.activity, session.courses, session.on, *where, start
        lessons.setdefault(key, []).append(session)
    return tuple(map(tuple, lessons.values()))


def starts_of(schedule: Schedule) -> Mapping[str | None, date | None]:
    """The day on which each person started, by id, as far as it is known."""
    return {each.id: each.since for each in schedule.people}


def class_of(
    session: Session, schedule: Schedule, starts: Mapping[str | None, date | None]
) -> date | None:
    """The day on which those started who take a session as a class; None where it is no class."""
    if session.person is None or not schedule.activity_of(session).in_class:
        return None
    return starts[session.person]
