"""Presence: in which team somebody is on a day, and on how many days of a span.

It is made from tenures and leaves, or else from where a schedule lists somebody, and everything
that asks who is where asks it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from attrs import frozen

from cmappraisal.calendars import WorkCalendar
from cmappraisal.periods import Period
from cmappraisal.points import EXACT, canonical
from cmappraisal.training.leaves import Leave
from cmappraisal.training.terms import CountedDays, PresenceTerms
from cmappraisal.training.trainees import Trainee

_DAY = timedelta(days=1)
_FULL = Decimal(1)


@frozen(eq=False)
class Stay:
    """Days on end in one team, at one share of full time.

    Args:
        group: The id of the group; None for the team without a name.
        first: The first day.
        last: The last day.
        full_time: The share of full time.
    """

    group: str | None
    first: date = date.min
    last: date = date.max
    full_time: Decimal = _FULL

    def holds(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.first <= day <= self.last


@frozen(eq=False)
class Presence:
    """When somebody is in the teams of a schedule, and when the person is not on leave.

    Args:
        stays: The days in a team, in order, whether or not the person is on leave.
        work: Those less the days of leave.
    """

    stays: tuple[Stay, ...]
    work: tuple[Stay, ...]

    @classmethod
    def of(
        cls, trainee: Trainee, listed: str | None, groups: Collection[str], terms: PresenceTerms
    ) -> Presence:
        """When a person is where.

        Args:
            trainee: The person.
            listed: The id of the group that lists the person; None for the team without a name.
            groups: The ids of all groups.
            terms: Which kinds of leave count as time away.
        """
        stays = tuple(sorted(_stays(trainee, listed, groups), key=lambda each: each.first))
        away = [each for each in trainee.leaves if each.kind in terms.leave]
        return cls(stays, tuple(_without(stays, away)) if away else stays)

    def team_on(self, day: date) -> Stay | None:
        """The stay in a team on a day; None where the person is in none."""
        return next((stay for stay in self.stays if stay.holds(day)), None)

    def work_on(self, day: date) -> Stay | None:
        """The stay in a team on a day; None where the person is in none, or on leave."""
        return next((stay for stay in self.work if stay.holds(day)), None)

    def is_there(self, day: date) -> bool:
        """Whether the person is in a team on a day, and not on leave."""
        return self.work_on(day) is not None

    def is_in(self, period: Period) -> bool:
        """Whether the person is in a team on some day of a period."""
        return any(_shares(stay, period) for stay in self.stays)

    def works_in(self, period: Period) -> bool:
        """Whether the person is in a team on some day of a period, and not on leave."""
        return any(_shares(stay, period) for stay in self.work)

    def is_whole(self, period: Period) -> bool:
        """Whether the person is there on every day of a period, full time."""
        first = period.first
        for stay in self.work:
            if stay.holds(first) and stay.full_time == _FULL:
                if stay.last >= period.last:
                    return True
                first = stay.last + _DAY
        return False

    def gaps(self) -> Iterator[tuple[date, date]]:
        """The first and the last day of each time in a team in which the person is on leave."""
        for stay in self.stays:
            first: date | None = stay.first
            for work in self.work:
                if first is not None and stay.first <= work.first and work.last <= stay.last:
                    if first < work.first:
                        yield first, work.first - _DAY
                    first = None if work.last == stay.last else work.last + _DAY
            if first is not None:
                yield first, stay.last

    @property
    def is_plain(self) -> bool:
        """Whether the person is there all the time from a first day on, full time."""
        only = self.work[0] if len(self.work) == len(self.stays) == 1 else None
        whole = only is not None and (only.first, only.last) == (self.stays[0].first, date.max)
        return whole and self.stays[0].full_time == _FULL

    def days(self, period: Period, calendar: WorkCalendar, terms: PresenceTerms) -> Decimal:
        """On how many days of a period the person is there, by the terms of a plan."""
        total = Decimal(0)
        for stay in self.work:
            if _shares(stay, period):
                within = Period(max(stay.first, period.first), min(stay.last, period.last))
                share = stay.full_time if terms.part_time else _FULL
                days = Decimal(days_of(within, calendar, terms))
                total = EXACT.add(total, EXACT.multiply(days, share))
        return canonical(total)

    def absences(self, period: Period) -> frozenset[date]:
        """The days of a period on which the person is not there."""
        return frozenset(day for day in period if not self.is_there(day))


def days_of(period: Period, calendar: WorkCalendar, terms: PresenceTerms) -> int:
    """How many days a period has, by the terms of a plan."""
    if terms.days is CountedDays.WORKING:
        return calendar.working_days(period)
    return period.days


def _shares(stay: Stay, period: Period) -> bool:
    return stay.first <= period.last and period.first <= stay.last


def _stays(trainee: Trainee, listed: str | None, groups: Collection[str]) -> Iterator[Stay]:
    hired_on = trainee.hired_on or date.min
    if not trainee.tenures:
        yield Stay(listed, hired_on)
        return
    for each in trainee.tenures:
        # Where there are no groups there is one team, and a tenure of another group is elsewhere.
        if not groups or each.group in groups:
            group = each.group if groups else None
            first = max(each.first or date.min, hired_on)
            yield Stay(group, first, each.last or date.max, each.full_time)


def _without(stays: Iterable[Stay], leaves: Iterable[Leave]) -> Iterator[Stay]:
    """Stays less the days of leaves."""
    away = sorted((each.first or date.min, each.last or date.max) for each in leaves)
    for stay in stays:
        first: date | None = stay.first
        for begins, ends in away:
            if first is None or begins > stay.last:
                break
            if ends < first:
                continue
            if begins > first:
                yield Stay(stay.group, first, begins - _DAY, stay.full_time)
            first = None if ends >= stay.last else ends + _DAY
        if first is not None:
            yield Stay(stay.group, first, stay.last, stay.full_time)
