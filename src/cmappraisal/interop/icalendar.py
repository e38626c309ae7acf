"""Calendars: a schedule as iCalendar (RFC 5545), for Outlook, Google Calendar and Thunderbird.

Needs the extra ``icalendar``. Each session is an event of its own, which keeps its UID when the
session moves. A calendar that was imported once can therefore be imported again after a change:
what moved moves, and what was cancelled is marked so.
"""

from __future__ import annotations

import re
import uuid
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import TypeAlias
from zoneinfo import ZoneInfo

import icalendar
from attrs import field, frozen
from dateutil.relativedelta import relativedelta

from cmappraisal.errors import TrainingError
from cmappraisal.fields import as_text, did_you_mean, require, require_moment
from cmappraisal.texts import Language, Text, require_language
from cmappraisal.training.schedules import Schedule, Session

NINE = time(9)
"""When a session starts of which nothing else is said."""

FIRST_YEAR = 1900
"""The first year of a calendar: before it, the time zones of today did not exist."""

LAST_YEAR = 9998
"""The last year of a calendar: what ends at midnight ends on the day after."""

_WHERE = "calendar_of"
_PRODUCT = "-//cmappraisal//cmappraisal//EN"
_DAY = timedelta(days=1)
_SECONDS_A_DAY = 86_400
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LAST_IN_MONTH = -1

_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(\.{_LABEL})*", re.ASCII)
_ZONE_KEY = re.compile(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*", re.ASCII)

_NAME = Text("{plan}（{person}）", "{plan}（{person}）", en="{plan} ({person})")
_SUMMARY = Text("{activity}：{courses}", "{activity}：{courses}", en="{activity}: {courses}")
_CANCELLED = Text("已取消：{summary}", "已取消：{summary}", en="Cancelled: {summary}")
_BETWEEN = {"zh-Hant": "、", "zh-Hans": "、", "en": ", "}

_PLANNED_ON = Text("原定日期：{}", "原定日期：{}", en="Planned for: {}")
_CAUSE = Text("調整原因：{}", "调整原因：{}", en="Moved because of: {}")
_MAKE_UP = Text("為達成目標而增加", "为达成目标而增加", en="Added to meet a target")
_COURSES = Text("課程：{}", "课程：{}", en="Courses: {}")
_TRAINER = Text("講師：{}", "讲师：{}", en="Trainer: {}")
_GROUP = Text("組別：{}", "组别：{}", en="Group: {}")
_PERSON = Text("人員：{}", "人员：{}", en="Person: {}")

_Span: TypeAlias = tuple[datetime, datetime]
"""The beginning and the end of a session, in UTC."""


def calendar_of(
    schedule: Schedule,
    *,
    stamp: datetime,
    domain: str,
    zone: tzinfo | None = None,
    starts_at: time | Mapping[str, time] = NINE,
    language: Language = "zh-Hant",
    person: str | None = None,
) -> bytes:
    """A schedule as an iCalendar file.

    A session begins at the time of its activity, or as soon after it as the people are free whom it
    is for: the sessions of a team follow one another in the order of the schedule, and each
    person's own fill what the team's leave free. How long it lasts is its activity's.

    The UID of an event is made from the domain, the plan, its edition and the id of the session,
    none of which can be read from it. Its SEQUENCE is how often the session was changed. What only
    begins at another hour, because of another ``starts_at`` or of what else is on the day, keeps
    its SEQUENCE, and is told apart by the stamp.

    Args:
        schedule: The schedule.
        stamp: When the calendar is made, with a time zone; later for each that is made again.
        domain: A host name of whoever publishes the calendar, such as ``"hr.bank.example"``, so
            that events of two publishers are never taken for one another; the same each time.
        zone: The time zone of ``starts_at``: a ZoneInfo, which the calendar then describes, or a
            fixed offset, whose times are written in UTC. None for sessions that take whole days.
        starts_at: When sessions start, by the clock on the wall; or when those of some activities
            do, by activity id, where the others start at 09:00.
        language: The language of what is said: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.
        person: The id of the one person whose sessions are wanted; None for everybody's.

    Returns:
        The file, in UTF-8. The same arguments give the same bytes, with the same edition of the
        time zone.

    Raises:
        FieldError: An argument has a value that it does not allow.
        LanguageError: The language is none of the three.
        TrainingError: The person or an activity is not in the schedule; there is no session;
            or a session would run past midnight, at a time that the clock skips or shows twice, or
            beyond the years 1900 to 9998.

    >>> from cmappraisal import VIP_SERVICE, Period, WorkCalendar
    >>> meeting = Session("morning-meeting", date(2026, 1, 15), on=date(2026, 1, 15))
    >>> year = Schedule(
    ...     VIP_SERVICE, Period.year(2026), calendar=WorkCalendar(), sessions=[meeting]
    ... )
    >>> file = calendar_of(
    ...     year,
    ...     stamp=datetime(2025, 12, 1, tzinfo=UTC),
    ...     domain="hr.bank.example",
    ...     zone=ZoneInfo("Asia/Shanghai"),
    ...     starts_at={"morning-meeting": time(8, 30)},
    ...     language="en",
    ... )
    >>> for line in file.decode().splitlines()[13:19]:
    ...     print(line)
    BEGIN:VEVENT
    SUMMARY:Morning meeting
    DTSTART;TZID=Asia/Shanghai:20260115T083000
    DTEND;TZID=Asia/Shanghai:20260115T084500
    DTSTAMP:20251201T000000Z
    UID:da3dc3b7-9d43-5aa5-b9e1-d7b7ee8a9a23
    """
    require(_WHERE, "schedule", schedule, isinstance(schedule, Schedule), "a Schedule")
    moment = require_moment(_WHERE, "stamp", stamp).astimezone(UTC)
    require(
        _WHERE, "domain", domain, _is_host(domain), 'a host name in ASCII, as "hr.bank.example"'
    )
    require(
        _WHERE,
        "zone",
        zone,
        zone is None or _is_zone(zone),
        "None, a zoneinfo.ZoneInfo with a key, or a datetime.timezone",
    )
    starts = _starts(schedule, starts_at)
    require_language(language)
    shown = _sessions(schedule, person)
    spans = {} if zone is None else _spans(schedule, zone, starts)
    calendar = icalendar.Calendar()
    calendar.add("PRODID", _PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar["X-WR-CALNAME"] = _Words(_name(schedule, person, language))
    if _is_described(zone):
        calendar.add_component(_time_zone(zone, schedule))
    namespace = uuid.uuid5(uuid.NAMESPACE_DNS, as_text(domain).lower())
    for session in shown:
        event = _event(schedule, session, language)
        event.add("UID", str(_uid(namespace, schedule, session)))
        event.add("DTSTAMP", moment)
        event.add("LAST-MODIFIED", moment)
        _set_time(event, session, spans.get(session.id), zone)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
