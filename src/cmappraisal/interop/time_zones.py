"""Time zones: how iCalendar describes one, so that whoever reads a calendar needs no other source.

Needs the extra ``icalendar``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from attrs import evolve, frozen

from cmappraisal.interop.extras import needs_extra

with needs_extra("icalendar", "icalendar"):
    import icalendar

_DAY = timedelta(days=1)
_SECONDS_A_DAY = 86_400
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@frozen
class _Onset:
    """A change of the clock of a time zone: from and to which offset, and what it shows then."""

    offset_from: timedelta
    offset_to: timedelta
    name: str
    is_daylight: bool
    local: datetime


def time_zone(zone: ZoneInfo, years: Sequence[int]) -> icalendar.Timezone:
    """The description of a time zone in some years, and in the year before them.

    The description that icalendar makes begins summer time an hour late, ends in 2038, and lists
    the days on which the clock is changed, which Outlook ignores.
    """
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
