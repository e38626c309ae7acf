"""Pages of calendars: events below the head that the files of a schedule share.

Needs the extra ``icalendar``.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo

from cmappraisal.fields import as_moment, as_text
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.icalendar_arguments import starts_of
from cmappraisal.interop.icalendar_events import Events, Style, is_described, line
from cmappraisal.interop.icalendar_times import Clock, Span, spans_of
from cmappraisal.interop.time_zones import time_zone
from cmappraisal.texts import Language, Text
from cmappraisal.training.schedules import Schedule, sequence_for
from cmappraisal.training.sessions import Session

with needs_extra("icalendar", "icalendar"):
    import icalendar

_PRODUCT = "-//cmappraisal//cmappraisal//EN"
_END = b"END:VCALENDAR\r\n"

_NAME = Text("{plan}（{whose}）", "{plan}（{whose}）", en="{plan} ({whose})")


class Pages:
    """The files of a schedule, each with the head that they share.

    Args:
        schedule: The schedule.
        style: How they are written.
        spans: When each session begins and ends, by its identity; empty where they take whole days.
        together: The ids of the people of classes, by the id of the session that stands for them.
    """

    def __init__(
        self,
        schedule: Schedule,
        style: Style,
        spans: dict[int, Span],
        together: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self._schedule = schedule
        self._style = style
        self._events = Events(schedule, style, spans, together or {})
        self._heads: dict[tuple[int, int, str], tuple[bytes, bytes]] = {}
        self._written: dict[int, bytes] = {}

    def forget(self) -> None:
        """Forget the events that were written."""
        self._written.clear()

    def file(
        self,
        placed: Iterable[tuple[Session, bool]],
        person: str | None,
        withdrawn: Sequence[tuple[Session, bool]],
        *,
        name: str | None = None,
    ) -> bytes:
        """The file of some sessions, each with whether it is cancelled.

        Args:
            placed: The sessions.
            person: The person whose file it is; None for everybody's.
            withdrawn: What the person had, and does not have any more.
            name: Whose file it is where that is no person, but a room or a trainer.
        """
        schedule = self._schedule
        method = "" if self._style.organizer is None else "PUBLISH"
        whole = [session for session, _ in (*placed, *withdrawn)]
        before, after = self._head(whole, method)
        whose = person if name is None else name
        title = line("X-WR-CALNAME", _name(schedule, whose, self._style.language))
        events = [
            self._event(session, sequence_for(schedule, session, person), cancelled=cancelled)
            for session, cancelled in placed
        ]
        events += [self._event(each, each.sequence, cancelled=True) for each, _ in withdrawn]
        return b"".join((before, title, after, *events, _END))

    def _event(self, session: Session, sequence: int, *, cancelled: bool) -> bytes:
        if sequence != session.sequence:
            return self._events.event(session, cancelled=cancelled, sequence=sequence)
        # A session of a team stands in the files of all who attend it.
        written = self._written.get(id(session))
        if written is None:
            written = self._events.event(session, cancelled=cancelled)
            if session.person is None:
                self._written[id(session)] = written
        return written

    def message(
        self,
        session: Session,
        method: str,
        attendees: Iterable[tuple[str, str]],
        *,
        cancelled: bool,
        of_all: bool,
        sequence: int,
    ) -> bytes:
        """The file of a message about one session.

        Args:
            session: The session.
            method: The method of the message.
            attendees: The id and the address of each attendee.
            cancelled: Whether it is cancelled.
            of_all: Whether what it says of the session holds for all who attend it.
            sequence: How many times it was changed, as the attendees have it.
        """
        before, after = self._head([session], method)
        event = self._events.event(
            session, cancelled=cancelled, attendees=attendees, sequence=sequence, of_all=of_all
        )
        return b"".join((before, after, event, _END))

    def text(self, session: Session) -> bytes:
        """What anybody reads of a session that is held, to be compared."""
        return self._events.event(session, cancelled=False)

    def _head(self, sessions: Iterable[Session], method: str) -> tuple[bytes, bytes]:
        """What comes before the name of a calendar, and between that and its events."""
        years = [session.on.year for session in sessions]
        key = min(years), max(years), method
        if key not in self._heads:
            calendar = icalendar.Calendar()
            calendar.add("PRODID", _PRODUCT)
            calendar.add("VERSION", "2.0")
            calendar.add("CALSCALE", "GREGORIAN")
            if method:
                calendar.add("METHOD", method)
            before = bytes(calendar.to_ical()).removesuffix(_END)
            zone = self._style.zone
            after = bytes(time_zone(zone, key[:2]).to_ical()) if is_described(zone) else b""
            self._heads[key] = before, after
        return self._heads[key]


def style_of(
    *,
    stamp: datetime,
    domain: str,
    zone: tzinfo | None,
    language: Language,
    organizer: str | None,
    alarm: timedelta | None,
) -> Style:
    """How sessions are written, from the arguments of a calendar."""
    return Style(
        as_moment(stamp).astimezone(UTC),
        uuid.uuid5(uuid.NAMESPACE_DNS, as_text(domain).lower()),
        zone,
        language,
        None if organizer is None else as_text(organizer),
        alarm,
    )


def placed_spans(
    schedule: Schedule,
    zone: tzinfo | None,
    starts_at: time | Mapping[str, time],
    placed: Iterable[tuple[Session, bool]],
) -> dict[int, Span]:
    """When sessions begin and end, by the identity of each; empty where they take whole days."""
    if zone is None:
        return {}
    return spans_of(schedule, Clock(schedule, zone, starts_of(schedule, starts_at)), placed)


def _name(schedule: Schedule, whose: str | None, language: Language) -> str:
    plan = schedule.plan.text.in_language(language)
    if whose is None:
        return plan
    return _NAME.in_language(language).format(plan=plan, whose=as_text(whose))
