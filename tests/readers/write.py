"""Calendars, and beside each what a reader of another make has to find in it.

Run it with a folder, which ``read.mjs`` then reads.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
from attrs import evolve

from cmappraisal import Period, Tenure, WorkCalendar
from cmappraisal.interop.icalendar import calendar_of, calendars_of, invitations_of
from cmappraisal.training import VIP_SERVICE, Group, Schedule, Trainee, reschedule, schedule

STAMP = datetime(2025, 12, 1, tzinfo=UTC)
DOMAIN = "hr.bank.example"
ORGANIZER = "training@hr.bank.example"
ADDRESSES = {"RM-01": "rm-01@bank.example", 'RM;"02"': "rm-02@bank.example"}
ZONES: tuple[tzinfo | None, ...] = (
    None,
    UTC,
    ZoneInfo("Asia/Shanghai"),
    ZoneInfo("America/New_York"),
)


CALENDAR = WorkCalendar(known=Period(date(2026, 1, 1), date(2026, 11, 30)))


def first() -> Schedule:
    """A year of two people, of which the end is provisional."""
    people = [Trainee(id) for id in ADDRESSES]
    return schedule(
        VIP_SERVICE, Period.year(2026), calendar=CALENDAR, groups=[Group("支行, 1", people)]
    )


def made() -> Schedule:
    """That year, of which a week became a blackout, and in which one leaves."""
    year, week = first(), Period(date(2026, 9, 14), date(2026, 9, 18))
    [group] = year.groups
    one, other = group.trainees
    leaves = evolve(other, tenures=[Tenure(other.id, group.id, last=date(2026, 10, 9))])
    return reschedule(
        year,
        calendar=CALENDAR,
        not_before=week.first,
        blackouts=week,
        groups=[evolve(group, trainees=[one, leaves])],
    ).schedule


def files() -> Iterator[tuple[str, bytes]]:
    """Files of each kind, by name."""
    year = made()
    for number, zone in enumerate(ZONES):
        given: dict[str, Any] = {"stamp": STAMP, "domain": DOMAIN, "zone": zone}
        starts = {"morning-meeting": time(8, 30)}
        alarm = timedelta(minutes=15)
        yield (
            f"year-{number}",
            calendar_of(year, **given, starts_at=starts, organizer=ORGANIZER, alarm=alarm),
        )
        for place, (_, file) in enumerate(calendars_of(year, **given, starts_at=starts)):
            yield f"person-{number}-{place}", file
    zone = ZoneInfo("Asia/Shanghai")
    for name, before in (("invitation", None), ("change", first())):
        messages = invitations_of(
            year,
            before=before,
            addresses=ADDRESSES,
            organizer=ORGANIZER,
            stamp=STAMP,
            domain=DOMAIN,
            zone=zone,
        )
        for place, message in enumerate(messages):
            if before or place % 25 == 0:
                yield f"{name}-{place}", message.file


def expected(file: bytes) -> dict[str, object]:
    """What is in a file, as the reader of Python finds it."""
    calendar = icalendar.Calendar.from_ical(file)
    events = {}
    event: Any
    for event in calendar.events:
        attendees = event.get("ATTENDEE", [])
        attendees = attendees if isinstance(attendees, list) else [attendees]
        events[str(event["UID"])] = {
            "start": _moment(event.start),
            "end": _moment(event.end),
            "summary": str(event["SUMMARY"]),
            "description": str(event.get("DESCRIPTION", "")),
            "status": str(event.get("STATUS", "")),
            "sequence": int(event["SEQUENCE"]),
            "attendees": sorted(str(each) for each in attendees),
            "organizer": str(event.get("ORGANIZER", "")),
            "alarms": len(event.subcomponents),
        }
    return {"method": str(calendar.get("METHOD", "")), "events": events}


def _moment(of: date) -> str:
    if isinstance(of, datetime):
        return of.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return of.isoformat()


def main(folder: Path) -> None:
    """Write the files of each kind, and what is expected of each."""
    for name, file in files():
        (folder / f"{name}.ics").write_bytes(file)
        (folder / f"{name}.json").write_text(json.dumps(expected(file)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
