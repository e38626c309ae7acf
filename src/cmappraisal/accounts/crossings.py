"""Crossings: when points reach a threshold, and because of which violations.

Each violation and merit is looked at once it is posted. What is reached with it and was not without
it is crossed; while points stay there, it is not crossed again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import attrs

from cmappraisal.accounts.postings import PostingKind
from cmappraisal.accounts.running import Change, Running
from cmappraisal.balances import BalanceOf
from cmappraisal.lapses import WithPeriod
from cmappraisal.points import EXACT, total_of
from cmappraisal.scoring.terms import Terms
from cmappraisal.takings import Taking
from cmappraisal.thresholds import Reached, Threshold, Thresholds


@attrs.define(eq=False)
class Crossing:
    """A threshold that is crossed.

    Args:
        clause: The id of the clause with the table.
        row: The threshold.
        nth: Which time it is crossed.
        violation: The id of the violation by which it is.
        crossed_on: The day on which that counts.
        known_on: The day from which all that it rests on was known.
        points: The points that are reached.
        because_of: The ids of the violations whose points are in them.
        members: The ids of the violations and merits since, while points stay there.
        takings: The consequences that were taken, by their ids.
    """

    clause: str
    row: Threshold
    nth: int
    violation: str
    crossed_on: date
    known_on: date
    points: Decimal
    because_of: tuple[str, ...]
    members: set[str] = attrs.field(factory=set)
    takings: dict[str, Taking] = attrs.field(factory=dict)

    @property
    def consequences(self) -> tuple[str, ...]:
        """The ids of what follows."""
        return self.row.of_time(self.nth)


class Fact(NamedTuple):
    """A violation or merit that was posted.

    Args:
        id: Its id.
        counted_on: The day on which it counts.
        known_on: The day from which it was known.
        points: By how many points it raises a sum of deductions; below 0 where it lowers it.
    """

    id: str
    counted_on: date
    known_on: date
    points: Decimal


class Table:
    """One table of thresholds, and what was crossed in it.

    Args:
        clause: The id of the clause with the table.
        stated: The table.
        begins: From a day to the first within which times are counted, in a table without a span.
        is_falling: Whether points kept are looked at, so that thresholds are reached from above.
    """

    def __init__(
        self,
        clause: str,
        stated: Thresholds,
        begins: Callable[[date], date],
        *,
        is_falling: bool,
    ) -> None:
        self.crossings: list[Crossing] = []
        self.held_from: dict[str, date] = {}
        """From which day on the points of a violation count here no more."""
        self.clause, self.stated = clause, stated
        self._begins = begins
        self._is_falling = is_falling
        # In the order of their weight.
        self._rows = stated.rows[::-1] if is_falling else stated.rows
        self._current: dict[Threshold, Crossing] = {}

    def look(self, fact: Fact, before: Decimal, after: Decimal, facts: Sequence[Fact]) -> None:
        """See what is crossed with a violation or merit.

        Args:
            fact: The violation or merit.
            before: The points without it.
            after: The points with it.
            facts: The violations whose points are in them.
        """
        for row in self._following(before, after):
            risen = self._level(row, after) - self._level(row, before)
            self._current[row] = crossing = Crossing(
                self.clause,
                row,
                self._times(row, fact.counted_on) + max(risen, 1),
                fact.id,
                fact.counted_on,
                max(each.known_on for each in (fact, *facts)),
                after,
                tuple(sorted(each.id for each in facts)),
            )
            self.crossings.append(crossing)
        for row, crossing in list(self._current.items()):
            if self._level(row, after):
                crossing.members.add(fact.id)
            else:
                del self._current[row]

    def _level(self, row: Threshold, points: Decimal) -> int:
        """How many times points reach a threshold, each further number of points once more."""
        beyond = EXACT.subtract(points, row.at)
        if self._is_falling:
            beyond = EXACT.minus(beyond)
        if beyond < 0:
            return 0
        return 1 if row.every is None else 1 + int(EXACT.divide_int(beyond, row.every))

    def _times(self, row: Threshold, day: date) -> int:
        """How many times a threshold was crossed before, within the time of the table."""
        within = self.stated.within
        first = self._begins(day) if within is None else within.first_of(day)
        of_row = (each for each in self.crossings if each.row is row and each.crossed_on >= first)
        return max((each.nth for each in of_row), default=0)

    def _following(self, before: Decimal, after: Decimal) -> Sequence[Threshold]:
        """The thresholds from which something follows, of those that are reached with points."""
        crossed = [row for row in self._rows if self._level(row, before) < self._level(row, after)]
        if self.stated.reached is Reached.EACH:
            return crossed
        if self.stated.reached is Reached.HIGHEST:
            return crossed[-1:]
        rises = before > after if self._is_falling else before < after
        for row in self._rows if rises else ():
            current = self._current.get(row)
            if current is None or row in crossed:
                return (row,) if self._level(row, after) else ()
            if not current.takings:
                # It is due already, and what comes after it has to wait.
                return ()
        return ()


def _always(day: date) -> date:
    return date.min


class Watch:
    """What looks at each violation and merit of a person once it is posted.

    Args:
        terms: The terms by which the account is kept.
        begins: From a day to the first of the assessment period that it is in.
    """

    def __init__(self, terms: Terms, begins: Callable[[date], date]) -> None:
        stated = terms.balance
        is_kept = stated is not None and stated[0].of is BalanceOf.KEPT
        if not isinstance(terms.policy.lapse, WithPeriod):
            # Points are not cleared with a period, so times are counted for good.
            begins = _always
        self.tables = [
            Table(clause.id, table, begins, is_falling=is_kept and table.within is None)
            for clause in terms.rulebook.clauses
            for table in (clause.thresholds,)
            if table is not None
        ]
        self._facts: list[Fact] = []

    def look(self, running: Running, change: Change, before: Decimal) -> None:
        """See what is crossed with what was posted.

        Args:
            running: The balance with it.
            change: The violation or merit.
            before: The balance without it.
        """
        if not self.tables or change.id is None:
            return
        is_charge = change.kind is PostingKind.CHARGED
        points = change.points if is_charge else EXACT.minus(change.points)
        fact = Fact(change.id, change.counted_on, change.known_on, points)
        self._facts.append(fact)
        for table in self.tables:
            if table.stated.within is None:
                charged = set(running.charged)
                facts = [each for each in self._facts if each.id in charged]
                table.look(fact, before, running.balance, facts)
            else:
                facts = list(self._within(table, fact))
                after = total_of(each.points for each in facts)
                charges = [each for each in facts if each.points > 0]
                table.look(fact, EXACT.subtract(after, points), after, charges)

    def _within(self, table: Table, fact: Fact) -> Iterator[Fact]:
        """What counts together in a table, on the day of a violation or merit."""
        within = table.stated.within
        first = date.min if within is None else within.first_of(fact.counted_on)
        for each in self._facts:
            held_from = table.held_from.get(each.id, date.max)
            if first <= each.counted_on and held_from > fact.counted_on:
                yield each

    def hold(self, crossing: Crossing, day: date) -> None:
        """Let the violations of a crossing count in its table no more.

        Args:
            crossing: The crossing.
            day: From which day on.
        """
        for table in self.tables:
            if table.clause == crossing.clause:
                for id in crossing.because_of:
                    table.held_from.setdefault(id, day)

    @property
    def crossings(self) -> list[Crossing]:
        """What was crossed, by table and in its order."""
        return [each for table in self.tables for each in table.crossings]

    def answered(self, violation: str, consequence: str) -> Crossing | None:
        """The crossing that a consequence which was taken answers; None where there is none.

        Args:
            violation: The id of the violation in whose case it was taken.
            consequence: The id of the consequence.
        """
        fitting = [
            each
            for each in self.crossings
            if consequence in each.consequences
            and consequence not in each.takings
            and violation in each.members
        ]
        return min(fitting, key=lambda each: each.violation != violation, default=None)
