"""Bundles: the sessions that are placed as one, those of a class or a single one.

A class is as large as the largest room that is open on one of its days; whoever finds no seat in it
begins another. All its people are there on all its days.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from datetime import date

from attrs import evolve, frozen

from cmappraisal.training.classes import class_of, starts_of
from cmappraisal.training.schedules import Schedule
from cmappraisal.training.sessions import Session, turn_of


@frozen
class Candidate:
    """A session that is to be placed.

    Args:
        session: The session.
        days: The days on which it can take place, in order.
        wide: The days of its quarter or its year, where it may take any of them; else none.
    """

    session: Session
    days: tuple[date, ...]
    wide: tuple[date, ...]


@frozen
class Bundle:
    """Sessions that are placed as one.

    Args:
        sessions: The sessions.
        days: The days on which they can take place, in order.
        wide: The days of their quarter or their year, where they may take any of them; else none.
    """

    sessions: tuple[Session, ...]
    days: tuple[date, ...]
    wide: tuple[date, ...]


def bundled(
    schedule: Schedule, candidates: Iterable[Candidate], left_out: Collection[str]
) -> list[Bundle]:
    """Sessions that are placed as one, in the order of their first sessions.

    Args:
        schedule: The schedule.
        candidates: The sessions that are to be placed.
        left_out: The ids of those that were left out before.
    """
    starts = starts_of(schedule)
    bundles: list[Bundle] = []
    open_to: dict[Hashable, list[int]] = {}
    for each in candidates:
        session = each.session
        start = class_of(session, schedule, starts)
        alone = Bundle((session,), each.days, each.wide)
        if start is None:
            bundles.append(alone)
            continue
        where = session.room, session.trainer, session.start, session.id in left_out
        key = session.activity, session.courses, session.on, turn_of(session), where, start
        there = open_to.setdefault(key, [])
        for place in there:
            larger = _with(schedule, bundles[place], alone)
            if larger is not None:
                bundles[place] = larger
                break
        else:
            there.append(len(bundles))
            bundles.append(alone)
    return bundles


def _with(schedule: Schedule, bundle: Bundle, more: Bundle) -> Bundle | None:
    """A bundle with one more session; None where they cannot be one."""
    days = _shared(bundle.days, more.days, more.sessions[0].on)
    if days is None:
        return None
    wide = tuple(day for day in bundle.wide if day in more.wide)
    largest = _largest(schedule, days) or _largest(schedule, wide)
    if schedule.rooms and len(bundle.sessions) >= largest:
        return None
    return evolve(bundle, sessions=(*bundle.sessions, *more.sessions), days=days, wide=wide)


def _shared(one: Sequence[date], other: Sequence[date], on: date) -> tuple[date, ...] | None:
    """The days that two sessions of a day have in common; None where it is better to part them.

    Where one of them has to leave the day and the other not, the other need not follow.
    """
    if one == other:
        return tuple(one)
    days = tuple(day for day in one if day in other)
    return days if on in days else None


def _largest(schedule: Schedule, days: Iterable[date]) -> int:
    """The capacity of the largest room that is open on one of some days; 0 where none is."""
    there = set(days)
    open_rooms = (room.capacity for room in schedule.rooms if not there <= room.closed)
    return max(open_rooms, default=0)
