"""Events of a calendar: sessions as they stand in an iCalendar file.

Needs the extra ``icalendar``. Sessions of many teams differ in no more than their UIDs and in whom
they are for. So what they share is written once, and then what is each one's own is put into it.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any, TypeAlias, TypeGuard, cast
from zoneinfo import ZoneInfo

from attrs import frozen

from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.icalendar_times import DAY, Span
from cmappraisal.texts import Language, Text, listed
from cmappraisal.training.schedules import Schedule
from cmappraisal.training.sessions import Session

with needs_extra("icalendar", "icalendar"):
    import icalendar
    from icalendar.parser import Contentline

_SUMMARY = Text("{activity}：{courses}", "{activity}：{courses}", en="{activity}: {courses}")
_CANCELLED = Text("已取消：{summary}", "已取消：{summary}", en="Cancelled: {summary}")

_PLANNED_ON = Text("原定日期：{}", "原定日期：{}", en="Planned for: {}")
_CAUSE = Text("調整原因：{}", "调整原因：{}", en="Moved because of: {}")
_PROVISIONAL = Text(
    "假期尚未公佈，日期待定",
    "假期尚未公布，日期待定",
    en="Provisional until the holidays are known",
)
_MAKE_UP = Text("為達成目標而增加", "为达成目标而增加", en="Added to meet a target")
_COURSES = Text("課程：{}", "课程：{}", en="Courses: {}")
_TRAINER = Text("講師：{}", "讲师：{}", en="Trainer: {}")
_GROUP = Text("組別：{}", "组别：{}", en="Group: {}")
_PERSON = Text("人員：{}", "人员：{}", en="Person: {}")

_NO_UID = "00000000-0000-0000-0000-000000000000"
_LINES = 4_096
"""Lines that are kept, since they come again: so many a team, or a few of thousands of people."""

_Template: TypeAlias = tuple[bytes, bytes, bytes, tuple[str, ...]]
"""What comes before the UID, between it and what describes a session, and after that; and what
describes it whomever it is for."""


class Words(icalendar.vText):
    """A text that reads back as it is; vText reads a backslash before an N as a line break."""

    def to_ical(self) -> bytes:
        r"""The text with what has a meaning in a line escaped, as RFC 5545 has it (3.3.11)."""
        return re.sub(r"[\\;,]", r"\\\g<0>", self).replace("\n", r"\n").encode()


def line(name: str, words: str) -> bytes:
    """A property of words as a line of a file, folded where it is long."""
    return _folded(f"{name}:{Words(words).to_ical().decode()}")


def _folded(content: str) -> bytes:
    return bytes(cast(Any, Contentline)(content).to_ical()) + b"\r\n"


def is_described(zone: tzinfo | None) -> TypeGuard[ZoneInfo]:
    """Whether times are written by the clock on the wall, with a description of the time zone."""
    return isinstance(zone, ZoneInfo) and zone.key != "UTC"


@frozen(eq=False)
class Style:
    """How the sessions of a schedule are written.

    Args:
        stamp: When the calendar is made, in UTC.
        namespace: What the UIDs are made from.
        zone: The time zone; None for sessions that take whole days.
        language: The language of the texts.
        organizer: The address of the organizer; None for none.
        alarm: How long before it begins a reminder shows; None for none.
    """

    stamp: datetime
    namespace: uuid.UUID
    zone: tzinfo | None
    language: Language
    organizer: str | None
    alarm: timedelta | None


class Events:
    """The events of the sessions of a schedule.

    Args:
        schedule: The schedule.
        style: How they are written.
        spans: When each begins and ends, by its identity; empty where they take whole days.
        together: The ids of the people of classes, by the id of the session that stands for them.
    """

    def __init__(
        self,
        schedule: Schedule,
        style: Style,
        spans: dict[int, Span],
        together: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._together = together
        self._schedule = schedule
        self._style = style
        self._spans = spans
        self._templates: dict[object, _Template] = {}
        self._plan = schedule.plan.id
        self._described = lru_cache(maxsize=_LINES)(self._description)
        self._attendee = lru_cache(maxsize=_LINES)(_attendee)

    def event(
        self,
        session: Session,
        *,
        cancelled: bool,
        attendees: Iterable[tuple[str, str]] = (),
        sequence: int | None = None,
        of_all: bool = True,
    ) -> bytes:
        """A session as lines of a file.

        Args:
            session: The session.
            cancelled: Whether it is cancelled.
            attendees: The id and the address of each attendee.
            sequence: How many times it was changed, as one person has it; None for that of the
                session.
            of_all: Whether it is cancelled for all who attend it. Where it is not, it has no
                status, as RFC 5546 has it (3.2.5).
        """
        times = session.sequence if sequence is None else sequence
        span = self._spans.get(id(session))
        shape = (
            *(session.activity, session.on, session.planned_on, session.cause, session.courses),
            *(session.make_up, session.room, times, cancelled, of_all, span),
        )
        template = self._templates.get(shape)
        if template is None:
            template = self._templates[shape] = self._template(
                session, span, times, cancelled=cancelled, of_all=of_all
            )
        before, between, after, words = template
        people = self._together.get(session.id)
        person = session.person if people is None else listed(people, self._style.language)
        whom = session.trainer, session.group, person
        required = self._schedule.activity_of(session).required
        asked = (self._attendee(id, address, required=required) for id, address in attendees)
        return b"".join(
            (before, self._uid(session), between, self._described(words, *whom), *asked, after)
        )

    def _uid(self, session: Session) -> bytes:
        # An id has no line break, so that two sessions never give the same name. The edition of a
        # plan is no part of it: the next edition goes on with what it does not change.
        name = f"{self._plan}\n{session.id}"
        return str(uuid.uuid5(self._style.namespace, name)).encode()

    def _description(
        self, words: tuple[str, ...], trainer: str | None, group: str | None, person: str | None
    ) -> bytes:
        language = self._style.language
        labels = ((_TRAINER, trainer), (_GROUP, group), (_PERSON, person))
        known = [label.in_language(language).format(id) for label, id in labels if id is not None]
        described = "\n".join((*words, *known))
        return line("DESCRIPTION", described) if described else b""

    def _template(
        self,
        session: Session,
        span: Span | None,
        sequence: int,
        *,
        cancelled: bool,
        of_all: bool,
    ) -> _Template:
        schedule, style = self._schedule, self._style
        language = style.language
        event = icalendar.Event()
        summary = _summary(schedule, session, language)
        if cancelled:
            # Outlook shows a cancelled event like any other.
            summary = _CANCELLED.in_language(language).format(summary=summary)
        event["SUMMARY"] = Words(summary)
        event["DESCRIPTION"] = Words("-")
        if session.room is not None:
            event["LOCATION"] = Words(session.room)
        event.add("CATEGORIES", [schedule.activity_of(session).kind.text.in_language(language)])
        event.add("SEQUENCE", sequence)
        provisional = "TENTATIVE" if schedule.is_provisional(session) else "CONFIRMED"
        if of_all or not cancelled:
            event.add("STATUS", "CANCELLED" if cancelled else provisional)
        event.add("UID", _NO_UID)
        event.add("DTSTAMP", style.stamp)
        event.add("LAST-MODIFIED", style.stamp)
        if style.organizer is not None:
            event.add("ORGANIZER", icalendar.vCalAddress(f"mailto:{style.organizer}"))
        event.add("TRANSP", "TRANSPARENT" if cancelled or span is None else "OPAQUE")
        _set_time(event, session, span, style.zone)
        if style.alarm is not None and not cancelled:
            event.add_component(_alarm(style.alarm, summary))
        before, rest = bytes(event.to_ical()).split(_NO_UID.encode(), 1)
        between, after = rest.split(b"DESCRIPTION:-\r\n", 1)
        return before, between, after, tuple(_described(schedule, session, language))


def _alarm(before: timedelta, summary: str) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm["DESCRIPTION"] = Words(summary)
    alarm.add("TRIGGER", -before)
    return alarm


def _attendee(id: str, address: str, *, required: bool) -> bytes:
    role = "REQ-PARTICIPANT" if required else "OPT-PARTICIPANT"
    attendee = icalendar.vCalAddress(f"mailto:{address}")
    attendee.params["CN"] = id
    attendee.params["ROLE"] = role
    attendee.params["PARTSTAT"] = "NEEDS-ACTION"
    attendee.params["RSVP"] = "TRUE"
    event = icalendar.Event()
    event.add("ATTENDEE", attendee)
    return bytes(event.to_ical()).split(b"\r\n", 1)[1].removesuffix(b"END:VEVENT\r\n")


def _summary(schedule: Schedule, session: Session, language: Language) -> str:
    activity = schedule.activity_of(session).text.in_language(language)
    if not session.courses:
        return activity
    courses = _courses(schedule, session, language)
    return _SUMMARY.in_language(language).format(activity=activity, courses=courses)


def _courses(schedule: Schedule, session: Session, language: Language) -> str:
    # A course that the curriculum does not have is shown by its id.
    known = schedule.plan.curriculum
    names = (known[id].text.in_language(language) if id in known else id for id in session.courses)
    return listed(names, language)


def _described(schedule: Schedule, session: Session, language: Language) -> Iterator[str]:
    """What is known of a session beyond its name, one line each, whomever it is for."""
    if session.on != session.planned_on:
        yield _PLANNED_ON.in_language(language).format(session.planned_on.isoformat())
    if session.cause is not None:
        yield _CAUSE.in_language(language).format(session.cause.text.in_language(language))
    if schedule.is_provisional(session):
        yield _PROVISIONAL.in_language(language)
    if session.make_up:
        yield _MAKE_UP.in_language(language)
    if session.courses:
        yield _COURSES.in_language(language).format(_courses(schedule, session, language))


def _set_time(
    event: icalendar.Event, session: Session, span: Span | None, zone: tzinfo | None
) -> None:
    if span is None:
        event.add("DTSTART", session.on)
        event.add("DTEND", session.on + DAY)
        return
    for name, moment in zip(("DTSTART", "DTEND"), span, strict=True):
        if is_described(zone):
            # For zones that are alike, icalendar writes one for the other, so the key is given.
            local = moment.astimezone(zone).replace(tzinfo=None)
            event.add(name, local, parameters={"TZID": zone.key})
        else:
            event.add(name, moment)
