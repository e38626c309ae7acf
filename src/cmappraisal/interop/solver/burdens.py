"""Burdens: sessions that are shared evenly, where that changes nothing by which a plan is better.

Which of several groups that are alike has an inconvenient day is decided first; then trainers hand
lessons on to one another; then it is said how even that is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from attrs import evolve

from cmappraisal.interop.solver.clashes import Chosen
from cmappraisal.interop.solver.lessons import Lessons, even_inconvenience, even_loads
from cmappraisal.interop.solver.parts import alike
from cmappraisal.interop.solver.problems import Participant, Problem
from cmappraisal.interop.solver.shares import fewest_shared
from cmappraisal.interop.solver.timings import Placing
from cmappraisal.training.burdens import Burden, BurdenKind

Way = tuple[date, bool] | None


# Who has which day, of groups and people that are alike.


def evened(problem: Problem, chosen: Chosen) -> dict[int, Way]:
    """The days, with those that are a burden shared evenly among clusters that are alike.

    To be left out is the heaviest burden, an inconvenient day the next. What stays as it was keeps
    its day.

    Args:
        problem: The problem.
        chosen: The day of each demand.
    """
    found = dict(chosen)
    borne: Counter[Participant] = Counter()

    def weight(ways: Iterable[Way]) -> int:
        heavy = (1000 if way is None else int(way[0] in problem.inconvenient_days) for way in ways)
        return sum(heavy)

    def has_borne(row: Sequence[int]) -> int:
        people = {each for place in row for each in problem.demands[place].participants}
        return max(borne[each] for each in people)

    rows_alike = [
        [row for row in rows if not any((found[place] or (None, False))[1] for place in row)]
        for rows in alike(problem, problem.looks_from_its_day)
    ]
    for rows in sorted(
        filter(None, rows_alike),
        key=lambda rows: problem.demands[rows[0][0]].session.planned_on,
    ):
        ways = [tuple(found[place] for place in row) for row in rows]
        if len(set(map(weight, ways))) > 1:
            ways.sort(key=weight)
            by_burden = sorted(rows, key=lambda row: -has_borne(row))
            for row, there in zip(by_burden, ways, strict=True):
                found.update(zip(row, there, strict=True))
        for row in rows:
            for place in row:
                for each in problem.demands[place].participants:
                    borne[each] += weight([found[place]])
    return found


# Who teaches what.


def shared_out(
    problem: Problem, chosen: Chosen, placed: Mapping[str, Placing]
) -> tuple[dict[str, Placing], tuple[Burden, ...]]:
    """The placings, with the sessions shared evenly among trainers, and how evenly that is.

    Args:
        problem: The problem.
        chosen: The day of each demand, and whether it stays as it was.
        placed: The placing of each session, by id.
    """
    lessons = Lessons(problem, chosen, placed)
    shown = even_loads(lessons)
    even_inconvenience(lessons)
    found = dict(placed)
    for place, placing in lessons.at.items():
        found.update((each.id, placing) for each in problem.demands[place].sessions)
    return found, tuple(_burdens(lessons, chosen, shown))


# How even that is.


def _burdens(lessons: Lessons, chosen: Chosen, shown: tuple[int, int] | None) -> Iterator[Burden]:
    problem = lessons.problem
    if lessons.at:
        burden = _of_trainers(BurdenKind.TRAINERS, lessons, lambda _: True)
        if shown is not None and not burden.is_proved:
            burden = evolve(burden, sessions=shown[0], among=shown[1])
        yield burden
    if any(map(lessons.is_inconvenient, lessons.at)):
        kind = BurdenKind.TRAINERS_INCONVENIENT
        yield _of_trainers(kind, lessons, lessons.is_inconvenient)
    everybody: set[Participant] = set()
    shares: Counter[Participant] = Counter()
    for place, way in chosen.items():
        people = problem.demands[place].participants
        everybody.update(people)
        if way is not None and way[0] in problem.inconvenient_days:
            shares.update(people)
    if shares:
        yield Burden(
            BurdenKind.ATTENDEES_INCONVENIENT,
            max(shares.values()),
            sessions=shares.total(),
            among=len(everybody),
        )


def _of_trainers(kind: BurdenKind, lessons: Lessons, counts: Callable[[int], bool]) -> Burden:
    most = max(sum(map(counts, there)) for there in lessons.of.values())
    asked = Counter(able for place, able in lessons.able.items() if counts(place))
    sessions, among = fewest_shared(asked)
    return Burden(kind, most, sessions=sessions, among=among)
