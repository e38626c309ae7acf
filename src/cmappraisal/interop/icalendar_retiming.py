"""Retiming: sessions that begin or end at another moment than they did have a higher sequence.

Needs the extra ``icalendar``. RFC 5546 has it so (2.1.4): whoever took an event takes another state
of it only where its SEQUENCE is higher.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, tzinfo

from cmappraisal.interop.icalendar_entries import placed_of
from cmappraisal.interop.icalendar_pages import placed_spans
from cmappraisal.training.schedules import Schedule, filled
from cmappraisal.training.sessions import Session, counted


def with_higher_sequences(
    schedule: Schedule,
    before: Schedule,
    since: date,
    *,
    zone: tzinfo | None,
    starts_at: time | Mapping[str, time],
    starts_at_before: time | Mapping[str, time],
) -> Schedule:
    """A schedule in which what begins or ends at another moment has a higher sequence.

    Args:
        schedule: The schedule.
        before: The schedule as it was.
        since: The first day of the sessions that are looked at.
        zone: The time zone of the hours.
        starts_at: When sessions start.
        starts_at_before: When they started before.
    """
    now = placed_spans(schedule, zone, starts_at, placed_of(schedule, None))
    was = placed_spans(before, zone, starts_at_before, placed_of(before, None))
    earlier = {each.id: each for each in before.sessions}

    def told(session: Session) -> Session:
        known = earlier.get(session.id)
        if known is None or session.on < since or session.sequence > known.sequence:
            return session
        same = now.get(id(session)) == was.get(id(known))
        return session if same else counted(session, known.sequence + 1)

    sessions = [told(each) for each in schedule.sessions]
    if all(one is other for one, other in zip(sessions, schedule.sessions, strict=True)):
        return schedule
    return filled(schedule, sessions, schedule.shortfalls, cancelled=schedule.cancelled)
