"""Attending: when somebody is there who is not there all the time, and what the person has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import MAXYEAR, MINYEAR, date, timedelta

from attrs import frozen

from cmappraisal.periods import Period
from cmappraisal.training.days import Days
from cmappraisal.training.presence import Presence
from cmappraisal.training.sessions import Session

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


@frozen(eq=False)
class Attending:
    """When somebody is there who is not there all the time, and what the person has already.

    Args:
        presence: When the person is there.
        present: The days that the person can use.
        usable: Those of them from the first that may change on.
        period: The days of the schedule, of which the year that is drafted may have more.
        not_before: The first day that may change.
        kept: The person's sessions, of those days and before, that stay.
    """

    presence: Presence
    present: Days
    usable: Days
    period: Period
    not_before: date = date.min
    kept: Sequence[Session] = ()

    @classmethod
    def of(
        cls,
        presence: Presence,
        year: Period,
        days: Days,
        *,
        period: Period,
        not_before: date = date.min,
        kept: Sequence[Session] = (),
    ) -> Attending:
        """When a person is there, as far as the draft of a year looks."""
        around = around_of(year)
        present = usable = days.without(presence.absences(around))
        if not_before > around.first:
            over = Period(around.first, min(not_before - _DAY, around.last))
            usable = present.without(frozenset(over))
        return cls(presence, present, usable, period, not_before, kept)

    @property
    def is_new(self) -> bool:
        """Whether nothing is there yet, as before a schedule is made."""
        return self.not_before == date.min and not self.kept

    def days_in(self, window: Period) -> Days:
        """The days that the person can use in a window, which may be longer than the draft."""
        return self.present.without(self.presence.absences(window))

    def is_due(self, day: date) -> bool:
        """Whether something new can be planned for a day."""
        may_change = day >= self.not_before or day not in self.period
        return may_change and self.presence.is_there(day)


def around_of(period: Period) -> Period:
    """The days that a span of a period can have, and those that its sessions can move to."""
    first, last = period.first.year, min(period.last.year + 1, MAXYEAR)
    return Period(
        date(first, 1, 1) - _WEEK if first > MINYEAR else date.min,
        date(last, 12, 31) + _WEEK if last < MAXYEAR else date.max,
    )
