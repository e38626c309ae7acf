"""Tables of thresholds, as the second accounts look at them: what is crossed, and by what."""

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

import attrs

from cmappraisal.standards import Reached, Threshold, Thresholds
from second_keeping import Borne


@attrs.define(eq=False)
class Crossed:
    """A row of a table that was crossed."""

    row: Threshold
    violation: str
    day: date
    since: date
    points: Fraction
    nth: int
    because_of: tuple[str, ...]
    members: list[str] = attrs.field(factory=list)
    taken: dict[str, Borne] = attrs.field(factory=dict)

    @property
    def consequences(self) -> tuple[str, ...]:
        return self.row.of_time(self.nth)


@attrs.frozen
class Act:
    """A violation or merit that was posted, and what it adds to a sum of deductions."""

    id: str
    day: date
    known_on: date
    deducted: Fraction


class Table:
    """One table, and what was crossed in it.

    Args:
        stated: The table.
        opening: The points that are looked at when the account opens.
        is_falling: Whether a row is reached at as many points or fewer.
        counts_from: From a day to the first from which times are counted then.
    """

    def __init__(
        self,
        stated: Thresholds,
        opening: Fraction,
        *,
        is_falling: bool,
        counts_from: Callable[[date], date],
    ) -> None:
        self.stated, self.counts_from = stated, counts_from
        self.sign = -1 if is_falling else 1
        self.rows = list(stated.rows)[:: self.sign]
        self.crossed: list[Crossed] = []
        # The last crossing of a row at which the points stay; None where they did from the opening.
        self.standing: dict[Fraction, Crossed | None] = {}
        for row in self.rows:
            if self.times(row, opening):
                self.standing[Fraction(row.at)] = None
        self.cancelled: set[str] = set()
        # Of a score or of grades: the violations of each period in a row.
        self.in_a_row: list[list[Act]] = []

    def times(self, row: Threshold, points: Fraction) -> int:
        """How many times points reach a row."""
        beyond = (points - Fraction(row.at)) * self.sign
        if beyond < 0:
            return 0
        return 1 if row.every is None else 1 + int(beyond / Fraction(row.every))

    def look(self, act: Act, before: Fraction, after: Fraction, because: Sequence[Act]) -> None:
        """See what is crossed with a violation or merit."""
        for row in self.following(before, after):
            more = max(self.times(row, after) - self.times(row, before), 1)
            nth = more
            for each in self.crossed:
                if each.row is row and each.day >= self.counts_from(act.day):
                    nth = max(nth, each.nth + more)
            since = max(each.known_on for each in (act, *because))
            ids = tuple(sorted(each.id for each in because))
            crossed = Crossed(row, act.id, act.day, since, after, nth, ids)
            self.crossed.append(crossed)
            self.standing[Fraction(row.at)] = crossed
        for row in self.rows:
            if not self.times(row, after):
                self.standing.pop(Fraction(row.at), None)
                continue
            standing = self.standing.get(Fraction(row.at))
            if standing is not None:
                standing.members.append(act.id)

    def following(self, before: Fraction, after: Fraction) -> list[Threshold]:
        """From which rows something follows."""
        crossed = [row for row in self.rows if self.times(row, before) < self.times(row, after)]
        if self.stated.reached is Reached.EACH:
            return crossed
        if self.stated.reached is Reached.HIGHEST:
            return crossed[-1:]
        assert self.stated.reached is Reached.IN_ORDER
        if before * self.sign >= after * self.sign:
            return []
        for row in self.rows:
            if not self.times(row, after):
                return []
            if row in crossed or Fraction(row.at) not in self.standing:
                return [row]
            standing = self.standing[Fraction(row.at)]
            if standing is not None and not standing.taken:
                return []
        return []
