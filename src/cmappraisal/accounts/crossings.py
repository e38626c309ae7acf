"""Crossings: when points reach a threshold, and because of which violations.

Each violation and merit is looked at once it is posted. What is reached with it and was not without
it is crossed; while points stay there, it is not crossed again. The score and the grade of an
assessment period are looked at once it has ended; each score is looked at by itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple, cast

import attrs

from cmappraisal.accounts.changes import Change
from cmappraisal.accounts.postings import PostingKind
from cmappraisal.accounts.running import Running
from cmappraisal.accounts.scales import Scale, nothing_of
from cmappraisal.points import EXACT, canonical, total_of
from cmappraisal.spans import Span
from cmappraisal.takings import Taking
from cmappraisal.thresholds import Reached, Threshold, ThresholdsOf

_ZERO = Decimal(0)


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
        points: The points that are reached; of a score the score, and of grades how many periods
            in a row.
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


class Window:
    """What counts together within a time that ends with the latest violation or merit.

    Args:
        within: The time.
    """

    def __init__(self, within: Span) -> None:
        self.points = _ZERO
        self._within = within
        self._facts: deque[Fact] = deque()
        self._held: set[str] = set()

    def add(self, fact: Fact) -> None:
        """Move on to a violation or merit, which comes day by day.

        Args:
            fact: The violation or merit.
        """
        first = self._within.first_of(fact.counted_on)
        while self._facts and self._facts[0].counted_on < first:
            self.points = EXACT.subtract(self.points, self._facts.popleft().points)
        if fact.id not in self._held:
            self._facts.append(fact)
            self.points = EXACT.add(self.points, fact.points)

    def hold(self, ids: Iterable[str]) -> None:
        """Let violations count no more.

        Args:
            ids: Their ids.
        """
        self._held.update(ids)
        self._facts = deque(each for each in self._facts if each.id not in self._held)
        self.points = total_of(each.points for each in self._facts)

    def charges(self) -> list[Fact]:
        """The violations whose points are in it."""
        return [each for each in self._facts if each.points > 0]


class Table:
    """What was crossed in one table of thresholds.

    Args:
        scale: Its thresholds.
        begins: From a day to the first within which times are counted, in a table without a span.
    """

    def __init__(self, scale: Scale, begins: Callable[[date], date]) -> None:
        self.crossings: list[Crossing] = []
        self.scale = scale
        within = scale.stated.within
        self.window = None if within is None else Window(within)
        """What counts together; None where the balance is looked at."""
        self._begins = begins
        self._current: dict[int, Crossing] = {}
        self._passed = scale.passed

    def look(
        self,
        fact: Fact,
        before: Decimal,
        after: Decimal,
        charged: Callable[[], Sequence[Fact | Change]],
    ) -> None:
        """See what is crossed with a violation or merit.

        Args:
            fact: The violation or merit.
            before: The points without it.
            after: The points with it.
            charged: What finds the violations whose points are in them.
        """
        scale, low, high = self.scale, before, after
        if scale.is_falling:
            low, high = EXACT.minus(before), EXACT.minus(after)
        reached = bisect_right(scale.heights, high)
        if reached and low < high:
            # Points that do not rise cross nothing.
            for place in self._following(low, high, reached):
                self._cross(place, fact, (low, high), (after, charged()))
        self._passed = min(self._passed, reached)
        if self._current:
            for place in [place for place in self._current if place >= reached]:
                del self._current[place]
            for crossing in self._current.values():
                crossing.members.add(fact.id)

    def _cross(
        self,
        place: int,
        fact: Fact,
        heights: tuple[Decimal, Decimal],
        reached: tuple[Decimal, Sequence[Fact | Change]],
    ) -> None:
        """Note that a threshold is crossed.

        Args:
            place: Its place.
            fact: The violation or merit by which it is.
            heights: How high the points were before, and are.
            reached: The points that are reached, and the violations whose points are in them.
        """
        row, (low, high), (points, charged) = self.scale.rows[place], heights, reached
        risen = self._level(place, high) - self._level(place, low)
        self._current[place] = crossing = Crossing(
            self.scale.clause,
            row,
            self._times(row, fact.counted_on) + max(risen, 1),
            fact.id,
            fact.counted_on,
            max([fact.known_on, *[each.known_on for each in charged]]),
            canonical(points),
            tuple(sorted([cast(str, each.id) for each in charged])),
        )
        self.crossings.append(crossing)

    def _level(self, place: int, height: Decimal) -> int:
        """How many times a height reaches a threshold, each further number of points once more."""
        every = self.scale.rows[place].every
        beyond = EXACT.subtract(height, self.scale.heights[place])
        if beyond < 0:
            return 0
        return 1 if every is None else 1 + int(EXACT.divide_int(beyond, every))

    def _times(self, row: Threshold, day: date) -> int:
        """How many times a threshold was crossed before, within the time of the table."""
        within = self.scale.stated.within
        first = self._begins(day) if within is None else within.first_of(day)
        of_row = (each for each in self.crossings if each.row is row and each.crossed_on >= first)
        return max((each.nth for each in of_row), default=0)

    def _following(self, low: Decimal, high: Decimal, reached: int) -> Sequence[int]:
        """The places of the thresholds from which something follows, of those that are reached."""
        # What was reached before is reached once more in steps alone.
        first = 0 if self.scale.repeats else bisect_right(self.scale.heights, low)
        crossed = [
            place
            for place in range(first, reached)
            if self._level(place, low) < self._level(place, high)
        ]
        mode = self.scale.stated.reached
        if mode is Reached.EACH:
            return crossed
        if mode is Reached.HIGHEST:
            return crossed[-1:]
        for place in range(reached):
            current = self._current.get(place)
            if place in crossed or (current is None and place >= self._passed):
                return (place,)
            if current is not None and not current.takings:
                # It is due already, and what comes after it has to wait.
                return ()
        return ()


class Closed(NamedTuple):
    """An assessment period that has ended.

    Args:
        last: Its last day.
        score: The score; None where there is none.
        grade: The id of the grade; None where there is none.
        facts: The violations that were charged in it or revoke the qualification, by day.
    """

    last: date
    score: Decimal | None
    grade: str | None
    facts: tuple[Fact, ...]


class PeriodTable(Table):
    """What was crossed in a table of thresholds of the score, or of grades in a row.

    Args:
        scale: Its thresholds.
    """

    def __init__(self, scale: Scale) -> None:
        super().__init__(scale, lambda _: date.min)
        self._row: list[Closed] = []

    def close(self, period: Closed) -> None:
        """See what is crossed with a period, each after the one before it.

        Args:
            period: The period.
        """
        stated = self.scale.stated
        before, after = nothing_of(stated), period.score
        if stated.of is ThresholdsOf.GRADES:
            before = Decimal(len(self._row))
            after = before + 1 if period.grade in stated.grades else None
        if after is None or not period.facts:
            self._row.clear()
            self._current.clear()
            return
        if stated.of is ThresholdsOf.SCORE:
            self._row.clear()
        self._row.append(period)
        closing = period.facts[-1]._replace(counted_on=period.last, known_on=period.last)
        self.look(closing, before, after, self._charged)

    def _charged(self) -> list[Fact]:
        return [fact for period in self._row for fact in period.facts]


class Watch:
    """What looks at each violation and merit of a person once it is posted.

    Args:
        scales: The scales of all tables.
        begins: From a day to the first within which times are counted where the balance is looked
            at.
    """

    def __init__(self, scales: Iterable[Scale], begins: Callable[[date], date]) -> None:
        self._of_points: list[Table] = []
        self._of_periods: list[PeriodTable] = []
        for scale in scales:
            if scale.stated.of is ThresholdsOf.POINTS:
                self._of_points.append(Table(scale, begins))
            else:
                self._of_periods.append(PeriodTable(scale))

    @property
    def looks_at_periods(self) -> bool:
        """Whether any table looks at scores or grades."""
        return bool(self._of_periods)

    def look(self, running: Running, change: Change, before: Decimal) -> None:
        """See what is crossed with what was posted.

        Args:
            running: The balance with it.
            change: The violation or merit.
            before: The balance without it.
        """
        if not self._of_points or change.id is None:
            return
        is_charge = change.kind is PostingKind.CHARGED
        points = change.points if is_charge else EXACT.minus(change.points)
        fact = Fact(change.id, change.counted_on, change.known_on, points)
        for table in self._of_points:
            window = table.window
            if window is None:
                table.look(fact, before, running.balance, running.lots.charged)
            else:
                window.add(fact)
                after = window.points
                table.look(fact, EXACT.subtract(after, points), after, window.charges)

    def close(self, period: Closed) -> None:
        """See what is crossed with an assessment period that has ended.

        Args:
            period: The period.
        """
        for table in self._of_periods:
            table.close(period)

    def hold(self, crossing: Crossing) -> None:
        """Let the violations of a crossing count within the time of its table no more.

        Args:
            crossing: The crossing.
        """
        for table in self._of_points:
            if table.scale.clause == crossing.clause and table.window is not None:
                table.window.hold(crossing.because_of)

    @property
    def crossings(self) -> list[Crossing]:
        """What was crossed, by table and in its order."""
        tables = (*self._of_points, *self._of_periods)
        return [each for table in tables for each in table.crossings]

    def answered(self, violation: str, consequence: str) -> list[Crossing]:
        """The crossings that a consequence which was taken answers.

        Those by the violation itself, or else the first that it is part of.

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
        return [each for each in fitting if each.violation == violation] or fitting[:1]
