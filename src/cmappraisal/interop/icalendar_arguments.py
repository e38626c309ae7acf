"""Arguments of calendars: what of them does not fit, and what they name that a schedule has not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from cmappraisal.errors import Problem
from cmappraisal.fields import MOMENT, is_moment, shown_id
from cmappraisal.flaw_wordings import Words, perhaps
from cmappraisal.interop.icalendar_flaws import ITS_RESOURCES, PublishingFlaw
from cmappraisal.showing import one_line
from cmappraisal.training.contradictions import Argument
from cmappraisal.training.plan_flaws import ITS_ACTIVITY, NOUNS, PlanFlaw
from cmappraisal.training.record_flaws import SOMEBODY_TRAINED
from cmappraisal.training.schedules import Schedule

NINE = time(9)
"""When a session starts for which no other time is given."""

FIRST_YEAR = 1900
"""The first year that a calendar can have; before it, the time zones of today did not exist."""

LAST_YEAR = 9998
"""The last year that a calendar can have; what ends at midnight ends on the day after."""

LONGEST_ALARM = timedelta(weeks=4)
"""The longest time before a session that a reminder shows."""

MAXIMUM_ADDRESS_LENGTH = 254
"""Characters of an address."""

ADDRESS = 'an address in ASCII, as "training@hr.bank.example"'
"""What is allowed of an address, in words."""

_ZONE = "None, a zoneinfo.ZoneInfo with a key, or a datetime.timezone"
_ALARM = "None, or a datetime.timedelta of whole seconds from 0 to 4 weeks"
_LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(\.{_LABEL})*", re.ASCII)
_LOCAL = re.compile(r"[A-Za-z0-9!#$&'*+/=^_`{|}~.-]{1,64}", re.ASCII)
_ZONE_KEY = re.compile(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*", re.ASCII)


def unfit(
    *,
    stamp: object,
    domain: object,
    zone: object,
    starts_at: object,
    organizer: object,
    alarm: object,
) -> Iterator[Argument]:
    """The arguments of a calendar, each with whether it fits."""
    yield "stamp", stamp, is_moment(stamp), MOMENT
    yield "domain", domain, _is_host(domain), 'a host name in ASCII, as "hr.bank.example"'
    yield "zone", zone, zone is None or _is_zone(zone), _ZONE
    yield from unfit_starts(starts_at)
    fits = organizer is None or is_address(organizer)
    yield "organizer", organizer, fits, f"None, or {ADDRESS}"
    yield "alarm", alarm, alarm is None or _is_alarm(alarm), _ALARM


def unfit_addresses(addresses: object) -> Iterator[Argument]:
    """The addresses of people, each with whether it is one."""
    if not isinstance(addresses, Mapping):
        yield "addresses", addresses, False, "a mapping from ids of people to addresses"
        return
    for id, address in addresses.items():
        fits = address is None or is_address(address)
        yield f'addresses["{shown_id(id)}"]', address, fits, f"None, or {ADDRESS}"


def unaddressed(
    schedules: Iterable[Schedule], addresses: Mapping[Any, str | None]
) -> Iterator[Problem]:
    """The people of schedules of whom nothing is said on where to tell them."""
    for id in dict.fromkeys(trainee.id for each in schedules for trainee in each.people):
        if id not in addresses:
            remedy = perhaps(id, [str(known) for known in addresses]) or ""
            yield PublishingFlaw.NO_ADDRESS.problem(f'$.addresses["{id}"]', id, remedy)


def is_address(value: object) -> bool:
    """Whether a value is an address of a mail."""
    if not isinstance(value, str) or len(value) > MAXIMUM_ADDRESS_LENGTH:
        return False
    local, _, host = value.rpartition("@")
    return bool(_LOCAL.fullmatch(local)) and _is_host(host)


def _is_alarm(value: object) -> bool:
    if not isinstance(value, timedelta):
        return False
    return timedelta(0) <= value <= LONGEST_ALARM and not value.microseconds


def _is_host(value: object) -> bool:
    return isinstance(value, str) and bool(_HOST.fullmatch(value))


def _is_zone(value: object) -> bool:
    # A time zone of another type may not give the same offset twice.
    if isinstance(value, ZoneInfo):
        return isinstance(value.key, str) and bool(_ZONE_KEY.fullmatch(value.key))
    return isinstance(value, timezone)


def _is_start(value: object) -> bool:
    return isinstance(value, time) and value.tzinfo is None and not value.microsecond


def unfit_starts(starts_at: object, name: str = "starts_at") -> Iterator[Argument]:
    """When sessions start, with whether it fits."""
    allowed = "a datetime.time of whole seconds without a time zone"
    if not isinstance(starts_at, Mapping):
        words = f"{allowed}, or a mapping from activity ids to such"
        yield name, starts_at, _is_start(starts_at), words
        return
    for id, start in starts_at.items():
        yield _of_start(id, name), start, _is_start(start), allowed


def _of_start(id: object, name: str) -> str:
    """The way to when the sessions of an activity start."""
    return f'{name}["{shown_id(id)}"]'


def starts_of(schedule: Schedule, starts_at: time | Mapping[str, time]) -> dict[str, time]:
    """When the sessions of each activity start, by its id."""
    ids = [activity.id for activity in schedule.activities]
    if isinstance(starts_at, Mapping):
        return {id: starts_at.get(id, NINE) for id in ids}
    return dict.fromkeys(ids, starts_at)


def unknown_resources(schedule: Schedule, asked: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """The rooms and trainers that a schedule does not have, of what is asked by kind and id."""
    there = {
        "room": [room.id for room in schedule.rooms],
        "trainer": [trainer.id for trainer in schedule.trainers],
    }
    for kind, id in asked:
        ids = there.get(kind)
        if ids is not None and id not in ids:
            remedy = perhaps(id, ids) or ITS_RESOURCES[kind]
            yield _unknown(kind, id, schedule, remedy)


def problems_of(
    schedule: Schedule,
    starts_at: time | Mapping[str, time],
    person: str | None,
    before: Schedule | None = None,
    starts_at_before: time | Mapping[str, time] | None = None,
) -> Iterator[Problem]:
    """What the arguments name that the schedule does not have, or no calendar.

    Args:
        schedule: The schedule.
        starts_at: When its sessions start.
        person: The id of a person; None for everybody.
        before: The schedule as it was, where that is given too.
        starts_at_before: When its sessions started then.
    """
    schedules = {"schedule": schedule} | ({} if before is None else {"before": before})
    ids = {activity.id for each in schedules.values() for activity in each.activities}
    for name, starts in (("starts_at", starts_at), ("starts_at_before", starts_at_before)):
        for id in starts if isinstance(starts, Mapping) else ():
            if id not in ids:
                given = shown_id(id)
                path, remedy = f"$.{_of_start(id, name)}", perhaps(given, ids) or ITS_ACTIVITY
                yield PlanFlaw.UNKNOWN_ACTIVITY.problem(path, given, schedule.plan, remedy)
    if before is not None and before.plan.id != schedule.plan.id:
        both = before.plan, before.period, schedule.plan, schedule.period
        yield PublishingFlaw.BEFORE_OF_ANOTHER_PLAN.problem("$.before.plan.id", *both)
    for name, each in schedules.items():
        yield from _beyond_the_years(each, name)
    people = [trainee.id for trainee in schedule.people] if person is not None else []
    if person is not None and person not in people:
        yield _unknown("person", person, schedule, perhaps(person, people) or SOMEBODY_TRAINED)


def _unknown(noun: str, id: str, schedule: Schedule, remedy: Words) -> Problem:
    """The problem of an argument that names what a schedule does not have."""
    named = NOUNS[noun], one_line(id), schedule.plan, schedule.period
    return PublishingFlaw.UNKNOWN_RESOURCE.problem(f"$.{noun}", *named, remedy)


def _beyond_the_years(schedule: Schedule, argument: str) -> Iterator[Problem]:
    """The sessions on days that no calendar has."""
    for name, sessions in (("sessions", schedule.sessions), ("cancelled", schedule.cancelled)):
        for place, session in enumerate(sessions):
            if not FIRST_YEAR <= session.on.year <= LAST_YEAR:
                path, years = f"$.{argument}.{name}[{place}].on", (FIRST_YEAR, LAST_YEAR)
                flaw = PublishingFlaw.BEYOND_THE_YEARS
                yield flaw.problem(path, session.id, session.on, *years)
