"""Clean times: since when a person has had no deduction, and when that is long enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from cmappraisal.accounts.agendas import Agenda, Turn
from cmappraisal.periods import Period
from cmappraisal.spans import last_day

_DAY = timedelta(days=1)


class CleanTimes:
    """The clean time of one person, which each deduction begins anew.

    Args:
        months: How many months of it are awarded.
        since: The day on which it begins.
        stints: The times in which it can be spent, by their first days.
    """

    def __init__(self, months: int, since: date, stints: Sequence[Period]) -> None:
        self._months, self._since, self._stints = months, since, stints

    def begin_after(self, day: date) -> None:
        """Begin it anew after a deduction.

        Args:
            day: The day of the deduction.
        """
        if day < date.max:
            self._since = day + _DAY

    def plan(self, agenda: Agenda, award: Callable[[date], None]) -> None:
        """Plan when it is complete, unless a deduction begins it anew until then.

        Args:
            agenda: What is done day by day.
            award: What awards it, on the day after its last.
        """
        for stint in self._stints:
            since = max(self._since, stint.first)
            last = last_day(since, self._months)
            # Of stints by their first days, the first that is long enough is complete first.
            if last <= stint.last and last < date.max:
                # It knows no account, so that nothing refers to itself in a circle.
                complete = partial(self._complete, since, last + _DAY, agenda, award)
                agenda.plan(last + _DAY, Turn.CLEAN_TIME, complete, None)
                return

    def _complete(
        self, since: date, day: date, agenda: Agenda, award: Callable[[date], None]
    ) -> None:
        if self._since <= since:
            award(day)
            self._since = day
        self.plan(agenda, award)
