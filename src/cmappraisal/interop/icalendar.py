"""Calendars: a schedule as iCalendar (RFC 5545), for Outlook, Google Calendar and Thunderbird.

Needs the extra ``icalendar``. Each session is one event, which keeps its UID when the session
moves. A calendar that was imported once can therefore be imported again after a change:
what moved moves, and what was cancelled is marked so.
"""

from __future__ import annotations

import re
import uuid
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import TypeAlias, TypeGuard, cast
from zoneinfo import ZoneInfo

from attrs import evolve, frozen

from cmappraisal.errors import TrainingError
from cmappraisal.fields import as_text, did_you_mean, one_line, require, require_moment
from cmappraisal.interop.extras import needs_extra
from cmappraisal.texts import Language, Text, require_language
from cmappraisal.training.schedules import Schedule
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
_PRODUCT = "-//cmappraisal//cmappraisal//EN"
_DAY = timedelta(days=1)
_SECONDS_A_DAY = 86_400
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

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
    sessions = _all_sessions(schedule)
    wanted = _wanted(schedule, sessions, person)
    spans = {} if zone is None else _spans(schedule, zone, starts)
    calendar = icalendar.Calendar()
    calendar.add("PRODID", _PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar["X-WR-CALNAME"] = _Words(_name(schedule, person, language))
    if _is_described(zone):
        calendar.add_component(_time_zone(zone, sessions))
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


def _starts(schedule: Schedule, starts_at: time | Mapping[str, time]) -> dict[str, time]:
    """When the sessions of each activity start, by its id."""
    allowed = "a datetime.time of whole seconds without a time zone"
    if not isinstance(starts_at, Mapping):
        allowed += ", or a mapping from activity ids to such"
        require(_WHERE, "starts_at", starts_at, _is_start(starts_at), allowed)
        return {activity.id: starts_at for activity in schedule.plan.activities}
    given = {schedule.plan.activity(id).id: start for id, start in starts_at.items()}
    for id, start in given.items():
        require(_WHERE, f'starts_at["{id}"]', start, _is_start(start), allowed)
    return {activity.id: given.get(activity.id, NINE) for activity in schedule.plan.activities}


def _all_sessions(schedule: Schedule) -> tuple[Session, ...]:
    """All sessions, the cancelled ones last."""
    sessions = (*schedule.sessions, *schedule.cancelled)
    for session in sessions:
        if not FIRST_YEAR <= session.on.year <= LAST_YEAR:
            raise TrainingError(
                f'session "{session.id}" is on {session.on}, and a calendar holds the years '
                f"{FIRST_YEAR} to {LAST_YEAR}; schedule it in one of them"
            )
    return sessions


def _wanted(schedule: Schedule, sessions: Iterable[Session], person: str | None) -> list[Session]:
    """The sessions that a person attends; all where no person is given."""
    for_person = ""
    if person is not None:
        people = [trainee.id for trainee in schedule.people]
        allowed = "None, or the id of a person of the schedule"
        require(_WHERE, "person", person, isinstance(person, str), allowed)
        if person not in people:
            raise TrainingError(
                f'person "{one_line(person)}" is not in the {schedule}'
                f"{did_you_mean(person, people)}"
            )
        for_person = f' for "{as_text(person)}"'
    wanted = [
        session for session in sessions if person is None or person in schedule.attendees(session)
    ]
    if not wanted:
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
    spans = {}
    # The sessions of a team come first, because they have to fit everybody.
    for session in sorted(schedule.sessions, key=lambda session: session.person is not None):
        person = session.person
        group = session.group if person is None else group_of.get(person)
        of_team, of_attendee = busy[session.on, group, None], busy[session.on, group, person]
        span = _span(schedule, session, zone, starts, {*of_team, *of_attendee})
        of_attendee.append(span)
        spans[session.id] = span
    for session in schedule.cancelled:
        spans[session.id] = _span(schedule, session, zone, starts, ())
    return spans


def _span(
    schedule: Schedule,
    session: Session,
    zone: tzinfo,
    starts: Mapping[str, time],
    busy: Iterable[_Span],
) -> _Span:
    """The first span of a session's day, at or after its start, in which all attendees are free."""
    local = datetime.combine(session.on, starts[session.activity], tzinfo=zone)
    start = local.astimezone(UTC)
    if start.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise _shifted(session, local, zone)
    length = timedelta(minutes=schedule.activity_of(session).duration)
    for begins, ends in sorted(busy):
        if start + length <= begins:
            break
        start = max(start, ends)
    midnight = datetime.combine(session.on + _DAY, time(), tzinfo=zone)
    if start + length > midnight.astimezone(UTC):
        raise TrainingError(
            f'session "{session.id}" would run past midnight of {session.on}; let it, or what '
            "comes before it that day, start earlier in starts_at"
        )
    for moment in (start, start + length):
        local = moment.astimezone(zone)
        if local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset():
            raise _shifted(session, local, zone)
    return start, start + length


def _shifted(session: Session, local: datetime, zone: tzinfo) -> TrainingError:
    return TrainingError(
        f'session "{session.id}" would begin or end on {local:%Y-%m-%d at %H:%M}, which the clock '
        f"of {zone} skips or shows twice; give its activity another time in starts_at"
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


@frozen
class _Onset:
    """A change of the clock of a time zone: from and to which offset, and what it shows then."""

    offset_from: timedelta
    offset_to: timedelta
    name: str
    is_daylight: bool
    local: datetime


def _time_zone(zone: ZoneInfo, sessions: Iterable[Session]) -> icalendar.Timezone:
    """The description of a time zone in the years of the sessions, and in the year before them.

    The description that icalendar makes begins summer time an hour late, ends in 2038, and lists
    the days on which the clock is changed, which Outlook ignores.
    """
    years = [session.on.year for session in sessions]
    similar: defaultdict[tuple[object, ...], list[_Onset]] = defaultdict(list)
    for onset in _onsets(zone, range(min(years) - 1, max(years) + 1)):
        key = (onset.offset_from, onset.offset_to, onset.name, onset.is_daylight)
        similar[key].append(onset)
    described = icalendar.Timezone()
    described.add("TZID", zone.key)
    for onsets in similar.values():
        described.add_component(_observance(onsets, max(years)))
    return described


def _onsets(zone: ZoneInfo, years: range) -> list[_Onset]:
    """The changes of the clock in some years, and before them what it shows at first.

    Where the first year has a change, that is enough for the years after it.
    """
    first = datetime(years.start, 1, 1, tzinfo=UTC)
    count = (datetime(years.stop, 1, 1, tzinfo=UTC) - first).days
    offsets = [(first + day * _DAY).astimezone(zone).utcoffset() for day in range(count + 1)]
    onsets = [
        _onset(zone, first + day * _DAY) for day in range(count) if offsets[day] != offsets[day + 1]
    ]
    if onsets and onsets[0].local.year == years.start:
        return onsets
    at_first = _onset_at(zone, first, _offset(zone, first))
    # Outlook wants standard time to be described, and what never changes is standard.
    return [at_first, *onsets] if onsets else [evolve(at_first, is_daylight=False)]


def _onset(zone: ZoneInfo, day: datetime) -> _Onset:
    """The change of the clock in the 24 hours after a moment."""
    offset = _offset(zone, day)
    seconds = bisect_left(
        range(_SECONDS_A_DAY),
        True,
        key=lambda second: _offset(zone, day + timedelta(seconds=second)) != offset,
    )
    return _onset_at(zone, day + timedelta(seconds=seconds), offset)


def _onset_at(zone: ZoneInfo, moment: datetime, offset_from: timedelta) -> _Onset:
    local = moment.astimezone(zone)
    return _Onset(
        offset_from=offset_from,
        offset_to=_offset(zone, moment),
        name=str(local.tzname()),
        is_daylight=bool(local.dst()),
        # RFC 5545, 3.6.5: a change is given by the clock before it.
        local=(moment + offset_from).replace(tzinfo=None),
    )


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return cast(timedelta, moment.astimezone(zone).utcoffset())


def _observance(
    onsets: Sequence[_Onset], last_year: int
) -> icalendar.TimezoneStandard | icalendar.TimezoneDaylight:
    """The changes of the clock to one offset: as a yearly rule where there is one."""
    first = onsets[0]
    is_daylight = first.is_daylight
    observance = icalendar.TimezoneDaylight() if is_daylight else icalendar.TimezoneStandard()
    observance.add("DTSTART", first.local)
    observance.add("TZOFFSETFROM", first.offset_from)
    observance.add("TZOFFSETTO", first.offset_to)
    observance.add("TZNAME", first.name)
    days = [onset.local for onset in onsets]
    rule = _rule(days, last_year)
    if rule:
        observance.add("RRULE", rule)
    elif days[1:]:
        observance.add("RDATE", days[1:])
    return observance


def _rule(days: Sequence[datetime], last_year: int) -> dict[str, object] | None:
    """The rule by which days come round each year, where there is one and it goes on."""
    first = days[0]
    ways = {(day.month, day.weekday(), day.time()) for day in days}
    years = [day.year for day in days]
    if len(days) == 1 or len(ways) > 1 or years != list(range(first.year, last_year + 1)):
        return None
    places = set.intersection(*map(_places, days))
    if not places:
        return None
    weekday = f"{min(places)}{_WEEKDAYS[first.weekday()]}"
    return {"FREQ": "YEARLY", "BYMONTH": first.month, "BYDAY": weekday}


def _places(day: datetime) -> set[int]:
    """Which of its weekdays in the month a day is, counted from the first, and -1 for the last."""
    place = (day.day + 6) // 7
    return {place, -1} if (day + timedelta(days=7)).month != day.month else {place}
