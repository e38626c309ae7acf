"""Calendars: a schedule as iCalendar (RFC 5545), for Outlook, Google Calendar and Thunderbird.

Needs the extra ``icalendar``. Each session is one event, which keeps its UID when the session
moves. A calendar that was imported once can therefore be imported again after a change:
what moved moves, and what was cancelled is marked so.
"""

from __future__ import annotations

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import TypeAlias, TypeGuard
from zoneinfo import ZoneInfo

from cmappraisal.errors import Problem, ProblemCode, TrainingError
from cmappraisal.fields import (
    MOMENT,
    as_moment,
    as_text,
    is_moment,
    one_line,
    require_all,
    shown_id,
)
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.time_zones import time_zone
from cmappraisal.remedies import did_you_mean
from cmappraisal.texts import Language, Text, require_language
from cmappraisal.training.contradictions import Argument, reject_contradictions
from cmappraisal.training.schedules import Schedule, sessions_of
from cmappraisal.training.sessions import Session

with needs_extra("icalendar", "icalendar"):
    import icalendar

NINE = time(9)
"""When a session starts for which no other time is given."""

FIRST_YEAR = 1900
"""The first year that a calendar can have; before it, the time zones of today did not exist."""

LAST_YEAR = 9998
"""The last year that a calendar can have; what ends at midnight ends on the day after."""

_WHERE = "calendar_of"
_ZONE = "None, a zoneinfo.ZoneInfo with a key, or a datetime.timezone"
_PERSON_ID = "None, or the id of a person of the schedule"
_PRODUCT = "-//cmappraisal//cmappraisal//EN"
_DAY = timedelta(days=1)

_LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
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

    A session begins at the time of its activity, or as soon after it as its attendees are free: the
    sessions of a team follow one another in the order of the schedule, and individual sessions take
    the time between those of the team. Its duration is that of its activity.

    The UID of an event is made from the domain, the plan, its edition and the id of the session,
    none of which can be read from it. Its SEQUENCE is how often the session was changed. An event
    that only begins at another hour, because of another ``starts_at`` or of other sessions that
    day, keeps its SEQUENCE, and is distinguished by the stamp.

    Args:
        schedule: The schedule.
        stamp: When the calendar is made, with a time zone; later for each that is made again.
        domain: A host name of the publisher of the calendar, such as ``"hr.bank.example"``, so
            that events of two publishers are never confused; the same each time.
        zone: The time zone of ``starts_at``: a ZoneInfo, which the calendar then describes, or a
            fixed offset, whose times are written in UTC. None for sessions that take whole days.
        starts_at: When sessions start, by the clock on the wall; or when those of some activities
            do, by activity id, where the others start at 09:00.
        language: The language of the texts: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.
        person: The id of the one person whose sessions are wanted; None for everybody's.

    Returns:
        The file, in UTF-8. The same arguments give the same bytes, by the same edition of the
        time zone database.

    Raises:
        FieldError: An argument has a value that it does not allow.
        LanguageError: The language is none of the three.
        TrainingError: The person or an activity is not in the schedule; there is no session;
            or a session would run past midnight, at a time that the clock skips or shows twice, or
            beyond the years 1900 to 9998.

    >>> from cmappraisal import Period, WorkCalendar
    >>> from cmappraisal.training import VIP_SERVICE, schedule
    >>> year = schedule(VIP_SERVICE, Period.year(2026), calendar=WorkCalendar())
    >>> file = calendar_of(
    ...     year,
    ...     stamp=datetime(2025, 12, 1, tzinfo=UTC),
    ...     domain="hr.bank.example",
    ...     zone=ZoneInfo("Asia/Shanghai"),
    ...     starts_at={"morning-meeting": time(8, 30)},
    ...     language="en",
    ... )
    >>> first = icalendar.Calendar.from_ical(file).events[0]
    >>> print(first["SUMMARY"])
    Morning meeting: Newly launched business
    >>> print(first.start, first.end)
    2026-01-01 08:30:00+08:00 2026-01-01 08:45:00+08:00
    """
    require_all(
        _WHERE,
        ("schedule", schedule, isinstance(schedule, Schedule), "a Schedule"),
        ("stamp", stamp, is_moment(stamp), MOMENT),
        ("domain", domain, _is_host(domain), 'a host name in ASCII, as "hr.bank.example"'),
        ("zone", zone, zone is None or _is_zone(zone), _ZONE),
        *_unfit_starts(starts_at),
        ("person", person, person is None or isinstance(person, str), _PERSON_ID),
    )
    moment = as_moment(stamp).astimezone(UTC)
    require_language(language)
    reject_contradictions(_problems(schedule, starts_at, person))
    sessions = (*schedule.sessions, *schedule.cancelled)
    wanted = _wanted(schedule, sessions, person)
    spans = {} if zone is None else _spans(schedule, zone, _starts(schedule, starts_at))
    calendar = icalendar.Calendar()
    calendar.add("PRODID", _PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar["X-WR-CALNAME"] = _Words(_name(schedule, person, language))
    if _is_described(zone):
        calendar.add_component(time_zone(zone, [session.on.year for session in sessions]))
    namespace = uuid.uuid5(uuid.NAMESPACE_DNS, as_text(domain).lower())
    cancelled = {session.id for session in schedule.cancelled}
    for session in wanted:
        event = _event(schedule, session, language, is_cancelled=session.id in cancelled)
        event.add("UID", str(_uid(namespace, schedule, session)))
        event.add("DTSTAMP", moment)
        event.add("LAST-MODIFIED", moment)
        _set_time(event, session, spans.get(session.id), zone)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


class _Words(icalendar.vText):
    """A text that reads back as it is; vText reads a backslash before an N as a line break."""

    def to_ical(self) -> bytes:
        r"""The text with what has a meaning in a line escaped, as RFC 5545 has it (3.3.11)."""
        return re.sub(r"[\\;,]", r"\\\g<0>", self).replace("\n", r"\n").encode()


def _is_host(value: object) -> bool:
    return isinstance(value, str) and bool(_HOST.fullmatch(value))


def _is_zone(value: object) -> bool:
    # A time zone of another type may not give the same offset twice.
    if isinstance(value, ZoneInfo):
        return isinstance(value.key, str) and bool(_ZONE_KEY.fullmatch(value.key))
    return isinstance(value, timezone)


def _is_described(zone: tzinfo | None) -> TypeGuard[ZoneInfo]:
    """Whether times are written by the clock on the wall, with a description of the time zone."""
    return isinstance(zone, ZoneInfo) and zone.key != "UTC"


def _is_start(value: object) -> bool:
    return isinstance(value, time) and value.tzinfo is None and not value.microsecond


def _unfit_starts(starts_at: object) -> Iterator[Argument]:
    allowed = "a datetime.time of whole seconds without a time zone"
    if not isinstance(starts_at, Mapping):
        words = f"{allowed}, or a mapping from activity ids to such"
        yield "starts_at", starts_at, _is_start(starts_at), words
        return
    for id, start in starts_at.items():
        yield _of_start(id), start, _is_start(start), allowed


def _of_start(id: object) -> str:
    """The way to when the sessions of an activity start."""
    return f'starts_at["{shown_id(id)}"]'


def _starts(schedule: Schedule, starts_at: time | Mapping[str, time]) -> dict[str, time]:
    """When the sessions of each activity start, by its id."""
    ids = [activity.id for activity in schedule.plan.activities]
    if isinstance(starts_at, Mapping):
        return {id: starts_at.get(id, NINE) for id in ids}
    return dict.fromkeys(ids, starts_at)


def _problems(
    schedule: Schedule, starts_at: time | Mapping[str, time], person: str | None
) -> Iterator[Problem]:
    """What the arguments name that the schedule does not have, or no calendar."""
    ids = {activity.id for activity in schedule.plan.activities}
    for id in starts_at if isinstance(starts_at, Mapping) else ():
        if id not in ids:
            given = shown_id(id)
            message = (
                f'activity "{given}" is not in plan "{schedule.plan}"{did_you_mean(given, ids)}'
            )
            yield Problem(f"$.{_of_start(id)}", ProblemCode.UNKNOWN_ID, message)
    for path, session in sessions_of(schedule):
        if not FIRST_YEAR <= session.on.year <= LAST_YEAR:
            message = (
                f'session "{session.id}" is on {session.on}, and a calendar holds the years '
                f"{FIRST_YEAR} to {LAST_YEAR}; schedule it in one of them"
            )
            yield Problem(f"$.schedule{path[1:]}.on", ProblemCode.NOT_ALLOWED, message)
    people = [trainee.id for trainee in schedule.people]
    if person is not None and person not in people:
        message = (
            f'person "{one_line(person)}" is not in the {schedule}{did_you_mean(person, people)}'
        )
        yield Problem("$.person", ProblemCode.UNKNOWN_ID, message)


def _wanted(schedule: Schedule, sessions: Iterable[Session], person: str | None) -> list[Session]:
    """The sessions that a person attends; all where no person is given."""
    wanted = [
        session for session in sessions if person is None or person in schedule.attendees(session)
    ]
    if not wanted:
        for_person = "" if person is None else f' for "{as_text(person)}"'
        raise TrainingError(
            f"the {schedule} has no session{for_person}, and an iCalendar file holds at least one; "
            "publish none"
        )
    return wanted


def _name(schedule: Schedule, person: str | None, language: Language) -> str:
    plan = schedule.plan.text.in_language(language)
    if person is None:
        return plan
    return _NAME.in_language(language).format(plan=plan, person=as_text(person))


def _uid(namespace: uuid.UUID, schedule: Schedule, session: Session) -> uuid.UUID:
    # An id has no line break, so that two sessions never give the same name.
    name = "\n".join((schedule.plan.id, schedule.plan.edition, session.id))
    return uuid.uuid5(namespace, name)


def _event(
    schedule: Schedule, session: Session, language: Language, *, is_cancelled: bool
) -> icalendar.Event:
    """The event of a session, without its UID and its times."""
    event = icalendar.Event()
    summary = _summary(schedule, session, language)
    if is_cancelled:
        # Outlook shows a cancelled event like any other.
        summary = _CANCELLED.in_language(language).format(summary=summary)
    event["SUMMARY"] = _Words(summary)
    description = "\n".join(_described(schedule, session, language))
    if description:
        event["DESCRIPTION"] = _Words(description)
    if session.room is not None:
        event["LOCATION"] = _Words(session.room)
    event.add("CATEGORIES", [schedule.activity_of(session).kind.text.in_language(language)])
    event.add("SEQUENCE", session.sequence)
    event.add("STATUS", "CANCELLED" if is_cancelled else "CONFIRMED")
    return event


def _summary(schedule: Schedule, session: Session, language: Language) -> str:
    activity = schedule.activity_of(session).text.in_language(language)
    if not session.courses:
        return activity
    courses = _courses(schedule, session, language)
    return _SUMMARY.in_language(language).format(activity=activity, courses=courses)


def _courses(schedule: Schedule, session: Session, language: Language) -> str:
    # A course that the curriculum does not have is shown by its id.
    known = schedule.plan.curriculum
    return _BETWEEN[language].join(
        known[id].text.in_language(language) if id in known else id for id in session.courses
    )


def _described(schedule: Schedule, session: Session, language: Language) -> Iterator[str]:
    """What is known of a session beyond its name, one line each."""
    if session.on != session.planned_on:
        yield _PLANNED_ON.in_language(language).format(session.planned_on.isoformat())
    if session.cause is not None:
        yield _CAUSE.in_language(language).format(session.cause.text.in_language(language))
    if session.make_up:
        yield _MAKE_UP.in_language(language)
    if session.courses:
        yield _COURSES.in_language(language).format(_courses(schedule, session, language))
    for label, id in (
        (_TRAINER, session.trainer),
        (_GROUP, session.group),
        (_PERSON, session.person),
    ):
        if id is not None:
            yield label.in_language(language).format(id)


def _spans(schedule: Schedule, zone: tzinfo, starts: Mapping[str, time]) -> dict[str, _Span]:
    """When each session begins and ends, by its id."""
    group_of = {trainee.id: group.id for group in schedule.groups for trainee in group.trainees}
    busy: defaultdict[tuple[date, str | None, str | None], list[_Span]] = defaultdict(list)
    spans: dict[str, _Span] = {}
    problems: list[Problem] = []
    # The sessions of a team come first, because they have to fit everybody.
    for path, session in sorted(sessions_of(schedule), key=_individual_and_cancelled_last):
        is_cancelled = path.startswith("$.cancelled")
        person = session.person
        group = session.group if person is None else group_of.get(person)
        of_team, of_attendee = busy[session.on, group, None], busy[session.on, group, person]
        there = () if is_cancelled else {*of_team, *of_attendee}
        length = timedelta(minutes=schedule.activity_of(session).duration)
        span = _span(session, length, zone, starts[session.activity], there)
        if isinstance(span, str):
            message = f'session "{session.id}" {span}'
            problems.append(Problem(f"$.schedule{path[1:]}", ProblemCode.CONTRADICTION, message))
            continue
        spans[session.id] = span
        if not is_cancelled:
            of_attendee.append(span)
    reject_contradictions(problems)
    return spans


def _individual_and_cancelled_last(placed: tuple[str, Session]) -> tuple[bool, bool]:
    path, session = placed
    return path.startswith("$.cancelled"), session.person is not None


def _span(
    session: Session, length: timedelta, zone: tzinfo, starts_at: time, busy: Iterable[_Span]
) -> _Span | str:
    """The first span of a session's day, at or after its start, in which all attendees are free.

    Where there is none, it is the cause in words.
    """
    local = datetime.combine(session.on, starts_at, tzinfo=zone)
    start = local.astimezone(UTC)
    if start.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        return _shifted(local, zone)
    for begins, ends in sorted(busy):
        if start + length <= begins:
            break
        start = max(start, ends)
    midnight = datetime.combine(session.on + _DAY, time(), tzinfo=zone)
    if start + length > midnight.astimezone(UTC):
        return (
            f"would run past midnight of {session.on}; let it, or what comes before it that day, "
            "start earlier in starts_at"
        )
    for moment in (start, start + length):
        local = moment.astimezone(zone)
        if local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset():
            return _shifted(local, zone)
    return start, start + length


def _shifted(local: datetime, zone: tzinfo) -> str:
    return (
        f"would begin or end on {local:%Y-%m-%d at %H:%M}, which the clock of {zone} skips or "
        "shows twice; give its activity another time in starts_at"
    )


def _set_time(
    event: icalendar.Event, session: Session, span: _Span | None, zone: tzinfo | None
) -> None:
    is_busy = span is not None and event["STATUS"] == "CONFIRMED"
    event.add("TRANSP", "OPAQUE" if is_busy else "TRANSPARENT")
    if span is None:
        event.add("DTSTART", session.on)
        event.add("DTEND", session.on + _DAY)
        return
    for name, moment in zip(("DTSTART", "DTEND"), span, strict=True):
        if _is_described(zone):
            # For zones that are alike, icalendar writes one for the other, so the key is given.
            local = moment.astimezone(zone).replace(tzinfo=None)
            event.add(name, local, parameters={"TZID": zone.key})
        else:
            event.add(name, moment)
