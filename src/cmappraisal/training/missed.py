"""Missed: sessions of a team that moved to a day on which somebody of it is not there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from cmappraisal.periods import Period
from cmappraisal.spans import CalendarSpan
from cmappraisal.training.presence import Presence
from cmappraisal.training.schedules import Schedule, presence_of
from cmappraisal.training.sessions import Session
from cmappraisal.training.shortfalls import Shortfall, ShortfallCause


def held_without(empty: Schedule, sessions: Iterable[Session]) -> Iterator[Shortfall]:
    """The sessions of a team that somebody misses who was there on the day they were planned for.

    Args:
        empty: The schedule, with its people.
        sessions: Its sessions.
    """
    limited: defaultdict[str | None, dict[str, Presence]] = defaultdict(dict)
    for trainee in empty.people:
        presence = presence_of(empty, trainee.id)
        for stay in () if presence.is_whole(empty.period) else presence.work:
            limited[stay.group][trainee.id] = presence
    missed: Counter[tuple[str, str, Period]] = Counter()
    for session in sessions if limited else ():
        if session.person is None and session.on != session.planned_on:
            for person, presence in limited[session.group].items():
                was = presence.work_on(session.planned_on)
                now = presence.work_on(session.on)
                in_team = was is not None and was.group == session.group
                if in_team and (now is None or now.group != session.group):
                    month = CalendarSpan.MONTH.of(session.planned_on)
                    missed[session.activity, person, month] += 1
    activities = {each.id: each for each in empty.activities}
    for (activity, person, month), missing in missed.items():
        if activities[activity].required:
            yield Shortfall(
                activity, period=month, missing=missing, cause=ShortfallCause.AWAY, person=person
            )


def is_held_without(shortfall: Shortfall, schedule: Schedule) -> bool:
    """Whether a shortfall is one of those that :func:`held_without` finds."""
    if shortfall.cause is not ShortfallCause.AWAY or shortfall.activity is None:
        return False
    return any(
        each.id == shortfall.activity and not each.individual for each in schedule.activities
    )
