"""Entries of a calendar: which sessions stand in whose, each with whether it is cancelled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cmappraisal.interop.icalendar_times import Span
from cmappraisal.training.classes import joined
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


def by_lesson(
    schedule: Schedule, placed: Sequence[tuple[Session, bool]], spans: Mapping[int, Span]
) -> tuple[list[tuple[Session, bool]], dict[str, tuple[str, ...]]]:
    """The first session of each lesson, and the people of each class by the id of that session.

    Args:
        schedule: The schedule.
        placed: The sessions, each with whether it is cancelled.
        spans: When each begins and ends, by its identity; those of a class that do not begin
            together stand apart.
    """
    first: list[tuple[Session, bool]] = []
    together: dict[str, tuple[str, ...]] = {}
    for is_cancelled in (False, True):
        some = [session for session, cancelled in placed if cancelled is is_cancelled]
        for lesson in joined(some, schedule):
            at: dict[Span | None, list[Session]] = {}
            for session in lesson:
                at.setdefault(spans.get(id(session)), []).append(session)
            for sessions in at.values():
                first.append((sessions[0], is_cancelled))
                if len(sessions) > 1:
                    people = tuple(each.person for each in sessions if each.person is not None)
                    together[sessions[0].id] = people
    return first, together


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
