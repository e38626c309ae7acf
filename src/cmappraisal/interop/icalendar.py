"""Calendars: a schedule as iCalendar (RFC 5545), for Outlook, Google Calendar and Thunderbird.

Needs the extra ``icalendar``. Each session is one event, which keeps its UID when the session
moves. A calendar that was imported once can therefore be imported again after a change:
what moved moves, and what was cancelled is marked so. Invitations (RFC 5546) are sent to attendees,
who answer them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from cmappraisal.errors import TrainingError
from cmappraisal.fields import DATE, as_date, as_moment, as_text, is_date, require_all
from cmappraisal.interop.icalendar_arguments import (
    ADDRESS,
    NINE,
    is_address,
    problems_of,
    unaddressed,
    unfit,
    unfit_addresses,
    unfit_starts,
    unknown_resources,
)
from cmappraisal.interop.icalendar_entries import (
    by_lesson,
    placed_beside,
    placed_of,
    placed_with,
    withdrawn_from,
)
from cmappraisal.interop.icalendar_flaws import PublishingFlaw
from cmappraisal.interop.icalendar_invitations import (
    Invitation,
    Method,
    Published,
    all_invitations,
    changed_invitations,
)
from cmappraisal.interop.icalendar_pages import Pages, placed_spans, style_of
from cmappraisal.interop.icalendar_retiming import with_higher_sequences
from cmappraisal.texts import Language, require_language
from cmappraisal.training.contradictions import Argument, reject_contradictions
from cmappraisal.training.schedules import Schedule

__all__ = [
    "Invitation",
    "Method",
    "calendar_of",
    "calendars_of",
    "invitations_of",
    "retimed",
]

_ANY_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
_ID = {
    name: f"None, or the id of a {name} of the schedule" for name in ("person", "room", "trainer")
}
"""What is allowed of whose calendar it is, in words."""


def calendar_of(
    schedule: Schedule,
    *,
    stamp: datetime,
    domain: str,
    zone: tzinfo | None = None,
    starts_at: time | Mapping[str, time] = NINE,
    language: Language = "zh-Hant",
    organizer: str | None = None,
    alarm: timedelta | None = None,
    person: str | None = None,
    room: str | None = None,
    trainer: str | None = None,
) -> bytes:
    """A schedule as an iCalendar file.

    A session begins when its room and its trainer have it, and otherwise at the time of its
    activity, or as soon after it as its attendees are free: the sessions of a team follow one
    another in the order of the schedule, and individual sessions take the time between those of the
    team. Its duration is that of its activity.

    The UID of an event is made from the domain, the plan and the id of the session, none of which
    can be read from it. A lesson of a class (:func:`~cmappraisal.training.lessons_of`) is one event
    that names its people, by the UID of its first session, in the calendar of a room, of a trainer
    and of everybody; in a person's own it has that person's UID. SEQUENCE is how often the session
    was changed. An event that only
    begins at another hour, because of another ``starts_at`` or of other sessions that day, keeps
    its SEQUENCE, unless :func:`retimed` raised it, and is distinguished by the stamp; so is one
    that is not provisional any more, whose STATUS was TENTATIVE.

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
        organizer: The address of who publishes it, which a file of METHOD:PUBLISH has to name;
            None for a file without a method.
        alarm: How long before a session a reminder shows; None for none.
        person: The id of the one person whose sessions are wanted; None for everybody's.
        room: The id of the one room whose sessions are wanted, instead of a person's. What is in
            it no more is no more in its calendar, and so in nothing that subscribes to it.
        trainer: The id of the one trainer whose sessions are wanted, instead of those.

    Returns:
        The file, in UTF-8. The same arguments give the same bytes, by the same edition of the
        time zone database.

    Raises:
        FieldError: An argument has a value that it does not allow.
        LanguageError: The language is none of the three.
        TrainingError: The person, the room, the trainer or an activity is not in the schedule;
            there is no session; or a session would run past midnight, at a time that the clock
            skips or shows twice, or beyond the years 1900 to 9998.

    >>> from datetime import UTC
    >>> from zoneinfo import ZoneInfo
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
    >>> import icalendar
    >>> first = icalendar.Calendar.from_ical(file).events[0]
    >>> print(str(first["SUMMARY"]).partition(",")[0])
    Morning meeting: Campaigns that are on
    >>> print(first.start, first.end)
    2026-01-01 08:30:00+08:00 2026-01-01 08:45:00+08:00
    """
    asked = [("person", person), ("room", room), ("trainer", trainer)]
    given = [(name, as_text(id)) for name, id in asked if id is not None]
    require_all(
        "calendar_of",
        ("schedule", schedule, isinstance(schedule, Schedule), "a Schedule"),
        *unfit(
            stamp=stamp,
            domain=domain,
            zone=zone,
            starts_at=starts_at,
            organizer=organizer,
            alarm=alarm,
        ),
        *((name, id, isinstance(id, str), _ID[name]) for name, id in given),
        *((name, id, False, f"None beside {given[0][0]}") for name, id in given[1:]),
    )
    require_language(language)
    known = None if person is None else as_text(person)
    whose = given[0][1] if given else None
    problems = problems_of(schedule, starts_at, known)
    reject_contradictions([*problems, *unknown_resources(schedule, given)])
    placed = placed_of(schedule, known)
    if given and known is None:
        placed = placed_with(schedule, *given[0])
    withdrawn = withdrawn_from(schedule, known)
    if not (placed or withdrawn):
        none, of = PublishingFlaw.NOTHING_TO_PUBLISH, (schedule.plan, schedule.period)
        flaw = none if whose is None else PublishingFlaw.NOTHING_FOR_ONE
        raise TrainingError([flaw.problem("$", *of, whose)])
    style = style_of(
        stamp=stamp,
        domain=domain,
        zone=zone,
        language=language,
        organizer=organizer,
        alarm=alarm,
    )
    beside = placed_of(schedule, None)
    if known is not None:
        beside = [*placed_beside(schedule, known), *withdrawn]
    spans = placed_spans(schedule, zone, starts_at, beside)
    together: dict[str, tuple[str, ...]] = {}
    if known is None:
        placed, together = by_lesson(schedule, placed, spans)
    return Pages(schedule, style, spans, together).file(placed, known, withdrawn, name=whose)


def calendars_of(
    schedule: Schedule,
    *,
    stamp: datetime,
    domain: str,
    zone: tzinfo | None = None,
    starts_at: time | Mapping[str, time] = NINE,
    language: Language = "zh-Hant",
    organizer: str | None = None,
    alarm: timedelta | None = None,
) -> Iterator[tuple[str, bytes]]:
    """The calendar of each person of a schedule, one after another.

    Each is what :func:`calendar_of` makes for that person. What they share is written once, and
    none is kept.

    Args:
        schedule: The schedule.
        stamp: As for :func:`calendar_of`.
        domain: As for :func:`calendar_of`.
        zone: As for :func:`calendar_of`.
        starts_at: As for :func:`calendar_of`.
        language: As for :func:`calendar_of`.
        organizer: As for :func:`calendar_of`.
        alarm: As for :func:`calendar_of`.

    Returns:
        An iterator of the ids of those who have any session, in the order of the schedule, each
        with the file.

    Raises:
        FieldError: As :func:`calendar_of`; before the first calendar.
        LanguageError: As :func:`calendar_of`.
        TrainingError: As :func:`calendar_of`, but for who has no session.

    >>> from datetime import UTC
    >>> from cmappraisal import Period, WorkCalendar
    >>> from cmappraisal.training import VENUE_TEAM, Trainee, schedule
    >>> people = [Trainee("RM-01"), Trainee("RM-02")]
    >>> june = Period.month(2026, 6)
    >>> made = schedule(VENUE_TEAM, june, calendar=WorkCalendar(), trainees=people)
    >>> stamp = datetime(2025, 12, 1, tzinfo=UTC)
    >>> for person, file in calendars_of(made, stamp=stamp, domain="hr.bank.example"):
    ...     print(person, file.count(b"BEGIN:VEVENT"))
    RM-01 5
    RM-02 5
    """
    require_all(
        "calendars_of",
        ("schedule", schedule, isinstance(schedule, Schedule), "a Schedule"),
        *unfit(
            stamp=stamp,
            domain=domain,
            zone=zone,
            starts_at=starts_at,
            organizer=organizer,
            alarm=alarm,
        ),
    )
    require_language(language)
    reject_contradictions(problems_of(schedule, starts_at, None))
    style = style_of(
        stamp=stamp,
        domain=domain,
        zone=zone,
        language=language,
        organizer=organizer,
        alarm=alarm,
    )
    withdrawn = ((each.session, True) for each in schedule.withdrawn)
    placed = [*placed_of(schedule, None), *withdrawn]
    spans = placed_spans(schedule, zone, starts_at, placed)
    return _each(schedule, Pages(schedule, style, spans))


def _each(schedule: Schedule, pages: Pages) -> Iterator[tuple[str, bytes]]:
    for trainees in (*(group.trainees for group in schedule.groups), schedule.trainees):
        # What a team shares is of no use to the next.
        pages.forget()
        for trainee in trainees:
            placed = placed_of(schedule, trainee.id)
            withdrawn = withdrawn_from(schedule, trainee.id)
            if placed or withdrawn:
                yield trainee.id, pages.file(placed, trainee.id, withdrawn)


def invitations_of(
    schedule: Schedule,
    *,
    addresses: Mapping[str, str | None],
    organizer: str,
    stamp: datetime,
    domain: str,
    zone: tzinfo | None = None,
    starts_at: time | Mapping[str, time] = NINE,
    language: Language = "zh-Hant",
    alarm: timedelta | None = None,
    before: Schedule | None = None,
    starts_at_before: time | Mapping[str, time] | None = None,
) -> Iterator[Invitation]:
    """What to send to the attendees of sessions: invitations, and what takes them back.

    Args:
        schedule: The schedule.
        addresses: The address of each person of the schedule, by id, or None for who is not to be
            told; an address book may have more people.
        organizer: The address that the answers go to.
        stamp: As for :func:`calendar_of`.
        domain: As for :func:`calendar_of`.
        zone: As for :func:`calendar_of`.
        starts_at: As for :func:`calendar_of`.
        language: As for :func:`calendar_of`.
        alarm: As for :func:`calendar_of`.
        before: The schedule as it was when it was last sent; None where nobody was invited yet.
        starts_at_before: When its sessions started then; None where that did not change.

    Returns:
        An iterator of messages, as RFC 5546 has it. Without ``before``, everybody is invited to
        each session that is held. With it, only what changed is told, from the day of the stamp on:
        all who attend are invited again to a session that they would read otherwise, as on another
        day or at another hour; to any other only those who did not attend it; and whoever attends a
        session no more gets its cancellation. Whether the days or the people changed makes no
        difference. The SEQUENCE of what begins or ends at another moment is higher than it was;
        :func:`retimed` is the schedule with it, which is to be ``before`` the next time.

    Raises:
        FieldError: As :func:`calendar_of`, or an address is none.
        LanguageError: As :func:`calendar_of`.
        TrainingError: As :func:`calendar_of`; or a person is not among the addresses, or
            ``before`` is of another plan.

    >>> from datetime import UTC
    >>> from cmappraisal import Period, WorkCalendar
    >>> from cmappraisal.training import VENUE_TEAM, Trainee, schedule
    >>> made = schedule(
    ...     VENUE_TEAM, Period.month(2026, 6), calendar=WorkCalendar(), trainees=[Trainee("RM-01")]
    ... )
    >>> first = next(
    ...     invitations_of(
    ...         made,
    ...         addresses={"RM-01": "rm-01@bank.example"},
    ...         organizer="training@bank.example",
    ...         stamp=datetime(2025, 12, 1, tzinfo=UTC),
    ...         domain="hr.bank.example",
    ...     )
    ... )
    >>> first.session, first.method.value, first.to
    ('weekly-training/2026-06-01', 'request', ('rm-01@bank.example',))
    """
    fits = before is None or isinstance(before, Schedule)
    require_all(
        "invitations_of",
        ("schedule", schedule, isinstance(schedule, Schedule), "a Schedule"),
        *unfit_addresses(addresses),
        ("organizer", organizer, is_address(organizer), ADDRESS),
        *unfit(
            stamp=stamp, domain=domain, zone=zone, starts_at=starts_at, organizer=None, alarm=alarm
        ),
        ("before", before, fits, "None, or a Schedule"),
        *_unfit_before(starts_at_before),
    )
    require_language(language)
    both = (schedule,) if before is None else (schedule, before)
    reject_contradictions(
        (
            *problems_of(schedule, starts_at, None, before, starts_at_before),
            *unaddressed(both, addresses),
        ),
        "",
    )
    style = style_of(
        stamp=stamp,
        domain=domain,
        zone=zone,
        language=language,
        organizer=organizer,
        alarm=alarm,
    )
    known = {id: as_text(address) for id, address in addresses.items() if address is not None}

    def published(of: Schedule, starts: time | Mapping[str, time]) -> Published:
        spans = placed_spans(of, zone, starts, placed_of(of, None))
        return Published(of, Pages(of, style, spans), known)

    if before is None:
        return all_invitations(published(schedule, starts_at))
    moment = as_moment(stamp)
    since = moment.astimezone(zone or moment.tzinfo).date()
    starts_then = starts_at if starts_at_before is None else starts_at_before
    higher = with_higher_sequences(
        schedule, before, since, zone=zone, starts_at=starts_at, starts_at_before=starts_then
    )
    return changed_invitations(published(higher, starts_at), published(before, starts_then), since)


def _unfit_before(starts_at_before: object) -> Iterator[Argument]:
    if starts_at_before is not None:
        yield from unfit_starts(starts_at_before, "starts_at_before")


def retimed(
    schedule: Schedule,
    *,
    before: Schedule,
    not_before: date,
    zone: tzinfo | None,
    starts_at: time | Mapping[str, time] = NINE,
    starts_at_before: time | Mapping[str, time] | None = None,
) -> Schedule:
    """A schedule in which the sequence of what begins or ends at another moment is higher.

    :func:`reschedule` raises the sequence of what moves to another day. At another hour is also
    what comes after it on a day, what lasts longer in another edition of the plan, and everything
    where ``starts_at`` becomes another.

    Args:
        schedule: The schedule.
        before: The schedule as it was when it was last sent.
        not_before: The first day that may change.
        zone: The time zone of ``starts_at``; None for sessions that take whole days.
        starts_at: As for :func:`calendar_of`.
        starts_at_before: What that was for ``before``; None where it did not change.

    Returns:
        The schedule, which is to be sent, and kept to be ``before`` the next time.

    Raises:
        FieldError: An argument has a value that it does not allow.
        TrainingError: As :func:`calendar_of`; or ``before`` is of another plan.

    >>> from zoneinfo import ZoneInfo
    >>> from cmappraisal import Period, WorkCalendar
    >>> from cmappraisal.training import VENUE_TEAM, schedule
    >>> made = schedule(VENUE_TEAM, Period.month(2026, 6), calendar=WorkCalendar())
    >>> later = retimed(
    ...     made,
    ...     before=made,
    ...     not_before=date(2026, 6, 15),
    ...     zone=ZoneInfo("Asia/Shanghai"),
    ...     starts_at=time(10),
    ...     starts_at_before=time(9),
    ... )
    >>> [session.sequence for session in later.sessions]
    [0, 0, 1, 1, 1]
    """
    zone_fits = unfit(
        stamp=_ANY_MOMENT,
        domain="any.example",
        zone=zone,
        starts_at=starts_at,
        organizer=None,
        alarm=None,
    )
    require_all(
        "retimed",
        ("schedule", schedule, isinstance(schedule, Schedule), "a Schedule"),
        ("before", before, isinstance(before, Schedule), "a Schedule"),
        ("not_before", not_before, is_date(not_before), DATE),
        *zone_fits,
        *_unfit_before(starts_at_before),
    )
    reject_contradictions(problems_of(schedule, starts_at, None, before, starts_at_before))
    return with_higher_sequences(
        schedule,
        before,
        as_date(not_before),
        zone=zone,
        starts_at=starts_at,
        starts_at_before=starts_at if starts_at_before is None else starts_at_before,
    )
