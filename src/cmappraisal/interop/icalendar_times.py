"""Times of a calendar: when each session of a day begins, so that no attendee is in two at once.

A session begins at the time of its activity, or as soon after it as its attendees are free. Many
teams have the same sessions on a day, which are worked out once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TypeAlias

from cmappraisal.errors import Problem
from cmappraisal.flaw_wordings import Words, filled
from cmappraisal.interop.icalendar_flaws import PAST_MIDNIGHT, SHIFTED, PublishingFlaw
from cmappraisal.training.contradictions import reject_contradictions
from cmappraisal.training.schedules import Schedule
from cmappraisal.training.sessions import Session

DAY = timedelta(days=1)

Span: TypeAlias = tuple[datetime, datetime]
"""The beginning and the end of a session, in UTC."""

_Kind: TypeAlias = tuple[str, int, bool, time | None]
"""What decides when a session of a day begins: its activity, how long it lasts, whether it is
cancelled, and the time that its room or trainer has for it."""

_Placed: TypeAlias = tuple[Session, bool]


class Clock:
    """When sessions begin and end, by the clock of a time zone.

    Args:
        schedule: The schedule.
        zone: The time zone.
        starts: When the sessions of each activity start, by its id.
    """

    def __init__(self, schedule: Schedule, zone: tzinfo, starts: Mapping[str, time]) -> None:
        self._zone = zone
        self._starts = starts
        self._activity_of = schedule.activity_of
        self._known: dict[object, Sequence[Span | Words]] = {}

    def spans(
        self, on: date, placed: Sequence[_Placed], busy: tuple[Span, ...] = ()
    ) -> Sequence[Span | Words]:
        """The spans of the sessions of a day, beside those in which their attendees are busy.

        What finds none has the cause of it in words.
        """
        kinds = tuple(
            (session.activity, self._activity_of(session).duration, cancelled, session.start)
            for session, cancelled in placed
        )
        key = on, kinds, busy
        if key not in self._known:
            self._known[key] = self._worked_out(on, kinds, busy)
        return self._known[key]

    def _worked_out(
        self, on: date, kinds: Sequence[_Kind], busy: Iterable[Span]
    ) -> Sequence[Span | Words]:
        taken = set(busy)
        found: dict[int, Span | Words] = {}
        # What is cancelled takes no time; what has a time already leaves the rest to the others.
        order = sorted(range(len(kinds)), key=lambda each: (kinds[each][2], kinds[each][3] is None))
        for place in order:
            activity, minutes, cancelled, start = kinds[place]
            length = timedelta(minutes=minutes)
            at = self._starts[activity] if start is None else start
            is_free = cancelled or start is not None
            span = self._span(on, at, length, () if is_free else taken)
            if not cancelled and not isinstance(span, Words):
                taken.add(span)
            found[place] = span
        return [found[place] for place in range(len(kinds))]

    def _span(self, on: date, at: time, length: timedelta, busy: Iterable[Span]) -> Span | Words:
        """The first span of a day, at or after the start, in which all attendees are free."""
        zone = self._zone
        local = datetime.combine(on, at, tzinfo=zone)
        start = local.astimezone(UTC)
        if start.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
            return _shifted(local, zone)
        for begins, ends in sorted(busy):
            if start + length <= begins:
                break
            start = max(start, ends)
        midnight = datetime.combine(on + DAY, time(), tzinfo=zone)
        if start + length > midnight.astimezone(UTC):
            return filled(PAST_MIDNIGHT, on)
        for moment in (start, start + length):
            local = moment.astimezone(zone)
            if local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset():
                return _shifted(local, zone)
        return start, start + length


def _shifted(local: datetime, zone: tzinfo) -> Words:
    return filled(SHIFTED, local.date(), f"{local:%H:%M}", zone)


def spans_of(schedule: Schedule, clock: Clock, sessions: Iterable[_Placed]) -> dict[int, Span]:
    """When sessions begin and end, by the identity of each.

    Args:
        schedule: The schedule.
        clock: The clock.
        sessions: All sessions of some teams and some of their people, each with whether it is
            cancelled.

    Raises:
        TrainingError: A session finds no span.
    """
    team: defaultdict[tuple[date, str | None], list[_Placed]] = defaultdict(list)
    own: defaultdict[tuple[date, str], list[_Placed]] = defaultdict(list)
    for session, cancelled in sessions:
        if session.person is None:
            team[session.on, session.group].append((session, cancelled))
        else:
            own[session.on, session.person].append((session, cancelled))
    spans: dict[int, Span] = {}
    lost: dict[int, Words] = {}
    busy: dict[tuple[date, str | None], tuple[Span, ...]] = {}
    # The sessions of a team come first, because they have to fit everybody.
    for (on, group), placed in team.items():
        found = clock.spans(on, placed)
        _take(placed, found, spans, lost)
        busy[on, group] = tuple(
            span
            for (_, cancelled), span in zip(placed, found, strict=True)
            if not cancelled and not isinstance(span, Words)
        )
    for (on, person), placed in own.items():
        group = schedule.team_of(person, on)
        _take(placed, clock.spans(on, placed, busy.get((on, group), ())), spans, lost)
    if lost:
        reject_contradictions(_problems(schedule, lost))
    return spans


def _take(
    placed: Iterable[_Placed],
    found: Iterable[Span | Words],
    spans: dict[int, Span],
    lost: dict[int, Words],
) -> None:
    for (session, _), span in zip(placed, found, strict=True):
        if isinstance(span, Words):
            lost[id(session)] = span
        else:
            spans[id(session)] = span


def _problems(schedule: Schedule, lost: Mapping[int, Words]) -> Iterable[Problem]:
    for name, sessions in (("sessions", schedule.sessions), ("cancelled", schedule.cancelled)):
        # Those of a team are told before those of one person.
        for place, session in sorted(
            enumerate(sessions), key=lambda placed: placed[1].person is not None
        ):
            if id(session) in lost:
                path = f"$.schedule.{name}[{place}]"
                yield PublishingFlaw.NO_TIME.problem(path, session.id, lost[id(session)])
