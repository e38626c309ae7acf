"""Entries of a calendar: which sessions stand in whose, each with whether it is cancelled."""

from __future__ import annotations

from cmappraisal.training.schedules import Schedule, presence_of, taken_from
from cmappraisal.training.sessions import Session


def placed_of(schedule: Schedule, person: str | None) -> list[tuple[Session, bool]]:
    """The sessions of a person, or all, each with whether it is cancelled."""
    if person is None:
        held, cancelled = schedule.sessions, schedule.cancelled
    else:
        held, cancelled = schedule.of(person), schedule.cancelled_of(person)
    return [*((each, False) for each in held), *((each, True) for each in cancelled)]


def placed_with(schedule: Schedule, resource: str, id: str) -> list[tuple[Session, bool]]:
    """The sessions that have a room or a trainer; what is cancelled has none."""
    return [(each, False) for each in schedule.sessions if getattr(each, resource) == id]


def placed_beside(schedule: Schedule, person: str) -> list[tuple[Session, bool]]:
    """The sessions of a person and of all of the team, since one decides when another begins."""
    groups = {stay.group for stay in presence_of(schedule, person).stays}
    return [
        (session, cancelled)
        for session, cancelled in placed_of(schedule, None)
        if session.person == person or (session.person is None and session.group in groups)
    ]


def withdrawn_from(schedule: Schedule, person: str | None) -> list[tuple[Session, bool]]:
    """What was withdrawn from a person, but for what is for that person again."""
    taken = taken_from(schedule, person)
    there = {session.id for session, _ in placed_of(schedule, person)} if taken else ()
    return [(session, True) for id, session in taken.items() if id not in there]
