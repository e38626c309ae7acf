"""Searching: the best days for sessions of the same participants that move together.

Sessions that do not come in one another's way are placed apart, each part as well as it can be.
Parts whose best days clash are placed as one: where none clash any more, all together is as good as
it can be, since no part could be better by itself. A part is searched for in a bounded number of
steps; where they are too few to compare every way, the result says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from typing import TypeAlias

from attrs import frozen

from cmappraisal.spans import CalendarSpan
from cmappraisal.training.choices import LOST, Conditions, Penalty, choices_of
from cmappraisal.training.days import Days
from cmappraisal.training.sessions import Session
from cmappraisal.training.timetables import Timetable

MAXIMUM_SEARCHED = 20_000
"""Steps in the search for the best days of one part. A week of blackouts takes a few; where even
these are too few, the best way found so far is returned."""

_NONE: Penalty = (0, 0, 0, 0)

_REACHES: tuple[tuple[int | None, int], ...] = (
    (4, MAXIMUM_SEARCHED // 20),
    (12, MAXIMUM_SEARCHED // 10),
    (None, MAXIMUM_SEARCHED),
)
"""How many choices of each session are looked at, in how many steps; at last all of them."""

_Part: TypeAlias = tuple[int, ...]
"""The places of the sessions that are placed as one."""

_Choice: TypeAlias = tuple[Penalty, date | None]

_Found: TypeAlias = tuple[Sequence[date | None], Penalty]
"""The days of the sessions of a part, and what speaks against them together."""

_Clashing: TypeAlias = Callable[[int, dict[int, date | None], date], Iterator[int]]
"""The sessions that one cannot have a day beside."""


def best_days(
    sessions: Sequence[Session], timetable: Timetable, conditions: Conditions
) -> tuple[Sequence[date | None], Sequence[Sequence[Session]]]:
    """The best day for each of some sessions of the same participants; None for one that is lost.

    The sessions are not in the timetable.

    Returns:
        The days, and those sessions of which not every way was compared, part by part.
    """
    ways = [_Ways(choices_of(each, timetable, conditions)) for each in sessions]
    beside = _Beside(sessions, timetable, conditions.days)
    solved: dict[_Part, tuple[Sequence[date | None], bool]] = {}
    parts: list[_Part] = [(place,) for place in range(len(sessions))]
    while True:
        days: dict[int, date | None] = {}
        for part in parts:
            if part not in solved:
                solved[part] = _best(part, ways, beside.clashing)
            days.update(zip(part, solved[part][0], strict=True))
        merged = _merged(parts, days, beside)
        if len(merged) == len(parts):
            break
        parts = merged
    cut = [[sessions[place] for place in part] for part in parts if solved[part][1]]
    return [days[place] for place in range(len(sessions))], cut


def _merged(
    parts: Sequence[_Part], days: Mapping[int, date | None], beside: _Beside
) -> list[_Part]:
    """The parts, of which those whose days clash are one."""
    part_of: dict[int, set[int]] = {}
    for part in parts:
        whole = {*part}
        part_of.update((place, whole) for place in part)
    earlier: dict[int, date | None] = {}
    for place in range(len(part_of)):
        day = days[place]
        for other in () if day is None else beside.clashing(place, earlier, day):
            if part_of[other] is not part_of[place]:
                part_of[place] |= part_of[other]
                for each in part_of[other]:
                    part_of[each] = part_of[place]
        earlier[place] = day
    return sorted({id(each): tuple(sorted(each)) for each in part_of.values()}.values())


class _Ways:
    """The choices of one session, worked out as far as they are asked for, and at last its loss."""

    def __init__(self, choices: Iterator[tuple[Penalty, date]]) -> None:
        self._choices = choices
        self._found: list[_Choice] = []

    def __iter__(self) -> Iterator[_Choice]:
        place = 0
        day: date | None = date.min
        while day is not None:
            if place == len(self._found):
                self._found.append(next(self._choices, (LOST, None)))
            yield self._found[place]
            day, place = self._found[place][1], place + 1


@frozen
class _Nearest:
    """The first choices of a session, and its loss."""

    way: _Ways
    reach: int | None

    def __iter__(self) -> Iterator[_Choice]:
        return chain(islice(self.way, self.reach), [(LOST, None)])


class _Beside:
    """Which days some sessions can have beside one another."""

    def __init__(self, sessions: Sequence[Session], timetable: Timetable, days: Days) -> None:
        self._sessions = sessions
        self._timetable = timetable
        self._days = days
        self._activities = [timetable.schedule.activity_of(each) for each in sessions]
        self._months = [CalendarSpan.MONTH.of(each.planned_on) for each in sessions]

    def clashing(self, place: int, chosen: dict[int, date | None], on: date) -> Iterator[int]:
        """The places of earlier sessions that have a day beside which one cannot have another.

        What was placed last comes first: where much clashes, that does.
        """
        more, activity = self._sessions[place], self._activities[place]
        beside: list[int] = []
        for earlier in reversed(chosen):
            day = chosen[earlier]
            if day is None or day < on:
                continue
            session, other = self._sessions[earlier], self._activities[earlier]
            if day == on:
                beside.append(earlier)
            follows = (
                activity.follows == other.id
                and session.planned_on <= more.planned_on
                and self._months[earlier] == self._months[place]
            )
            # Sessions of one activity keep their order, since any other way is as far in all; but
            # make-up sessions stay in the span of a target, which others may leave.
            same = other is activity and (day == on or session.make_up is more.make_up)
            if follows or same:
                yield earlier
        if beside:
            durations = sum(self._activities[each].duration for each in (*beside, place))
            if self._timetable.minutes(more, on) + durations > self._days.length_on(on):
                yield from beside


def _best(
    part: _Part, ways: Sequence[_Ways], clashing: _Clashing
) -> tuple[Sequence[date | None], bool]:
    """The day for each session of a part with the lowest penalty in all, and whether it was cut.

    It looks among the nearest days first: what is found there shows which others cannot be better.
    """
    found: _Found = [None] * len(part), _sum(*[LOST] * (len(part) + 1))
    is_cut = False
    for reach, most in _REACHES if len(part) > 1 else _REACHES[-1:]:
        among = [_Nearest(ways[place], reach) for place in part]
        # So many steps find the first way of all, whatever stands in the way of each session.
        enough = len(part) * (len(part) if reach is None else reach + 1)
        found, is_cut = _better(found, part, among, clashing, max(most, enough))
    return found[0], is_cut


def _better(
    found: _Found,
    part: _Part,
    ways: Sequence[Iterable[_Choice]],
    clashing: _Clashing,
    most: int,
) -> tuple[_Found, bool]:
    """The days with the lowest penalty, if it is below what was found, and whether it was cut.

    The lowest penalty that the rest can have shows where a choice cannot lead to the best any more.
    """
    best, lowest = found
    rest = [_NONE]
    for way in reversed(ways):
        rest.insert(0, _sum(next(iter(way))[0], rest[0]))
    # The days that were picked, each with the penalty of it and of those before it together.
    picked: dict[int, date | None] = {}
    sums = [_NONE]
    ahead = [iter(ways[0])]
    steps = 0
    while ahead and steps < most:
        steps += 1
        depth = len(picked)
        choice = next(ahead[-1], None)
        so_far = None if choice is None else _sum(sums[-1], choice[0])
        if choice is None or so_far is None or _sum(so_far, rest[depth + 1]) >= lowest:
            ahead.pop()
            if picked:
                picked.popitem()
                sums.pop()
            continue
        on = choice[1]
        if on is None or not any(True for _ in clashing(part[depth], picked, on)):
            if depth + 1 < len(part):
                picked[part[depth]] = on
                sums.append(so_far)
                ahead.append(iter(ways[depth + 1]))
            else:
                best, lowest = [*picked.values(), on], so_far
    return (best, lowest), bool(ahead)


def _sum(*penalties: Penalty) -> Penalty:
    lost, tiers, pushed, days = map(sum, zip(*penalties, strict=True))
    return lost, tiers, pushed, days
