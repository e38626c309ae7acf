"""History: which earlier violations make a violation a repeated one.

Each upheld violation of a manager stands in the timelines of its rule, of the parts that its rule
is in, and of all rules. Those before it are found there by walking back from its day.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import NamedTuple

from attrs import frozen

from cmappraisal.acts import Act
from cmappraisal.alternatives import CountedOn
from cmappraisal.caps import Counted
from cmappraisal.cases import DAY_OF, Case
from cmappraisal.errors import Problem
from cmappraisal.repetition import MAXIMUM_TIMES, Again, Same
from cmappraisal.rules import Rule
from cmappraisal.scoring.judgements import Judged
from cmappraisal.scoring.terms import Terms


class Earlier(NamedTuple):
    """A violation in a timeline.

    Args:
        day: The day by which it is placed.
        id: Its id.
        incident: Its incident; None where it is one of its own.
        other: The place of the last violation before it of another incident; -1 without one.
    """

    day: date
    id: str
    incident: str | None
    other: int


class Faulty(NamedTuple):
    """A violation that cannot be judged, and so not be counted.

    Args:
        day: The day by which it is placed.
        id: Its id.
        violation: The violation.
        problems: What is wrong with it.
    """

    day: date
    id: str
    violation: Act
    problems: tuple[Problem, ...]


@frozen(eq=False)
class Timelines:
    """The upheld violations of one manager, in the order of a day and of their ids.

    Args:
        of: Those that count, by the id of a rule or of a part, or None for all of them.
        faulty: Those that cannot be judged.
    """

    of: dict[tuple[Same, str | None], list[Earlier]]
    faulty: list[Faulty]


class History:
    """The upheld violations of each manager, those before the period too.

    Args:
        cases: What makes the upheld cases, as they were known.
        judge: What judges each of them as if it were the first.
    """

    def __init__(
        self, cases: Callable[[], Iterable[Case]], judge: Callable[[Case], Judged]
    ) -> None:
        self._cases = cases
        self._judge = judge
        self._timelines: dict[tuple[str, CountedOn], Timelines] = {}

    @cached_property
    def _by_manager(self) -> dict[str, list[Case]]:
        found: dict[str, list[Case]] = {}
        for case in self._cases():
            found.setdefault(case.violation.manager, []).append(case)
        return found

    def _timelines_of(self, manager: str, by: CountedOn) -> Timelines:
        known = self._timelines.get((manager, by))
        if known is None:
            cases = self._by_manager[manager]
            known = self._timelines[manager, by] = _timelines(cases, DAY_OF[by], self._judge)
        return known

    def earlier(
        self, case: Case, again: Again, rule: Rule, terms: Terms
    ) -> tuple[tuple[str, ...], list[tuple[Act, tuple[Problem, ...]]]]:
        """The violations before a case that repetition counts.

        Args:
            case: The case.
            again: What is stated of repetition.
            rule: The rule that is applied to it.
            terms: The terms that it comes under.

        Returns:
            The ids of the latest of them, as many as any time or step asks for, sorted; and those
            that would have to be looked at but cannot be judged, with what is wrong.
        """
        violation, by = case.violation, again.within.by
        key = {
            Same.RULE: rule.id,
            Same.PART: terms.rulebook.places[rule.id][-1],
            Same.ANY: None,
        }[again.same]
        timelines = self._timelines_of(violation.manager, by)
        day = DAY_OF[by](case)
        first, here = again.within.first_of(day), (day, violation.id)
        timeline = timelines.of.get((again.same, key), [])
        faulty = timelines.faulty
        within = faulty[bisect_left(faulty, (first,)) : bisect_left(faulty, here)]
        found: list[str] = []
        place = bisect_left(timeline, here) - 1
        while place >= 0 and timeline[place].day >= first and len(found) < MAXIMUM_TIMES:
            each = timeline[place]
            if each.incident is not None and each.incident == violation.incident:
                place = each.other
            else:
                found.append(each.id)
                place -= 1
        return tuple(sorted(found)), [(each.violation, each.problems) for each in within]


def _timelines(
    cases: Iterable[Case], day_of: Callable[[Case], date], judge: Callable[[Case], Judged]
) -> Timelines:
    made: dict[tuple[Same, str | None], list[Earlier]] = {}
    faulty: list[Faulty] = []
    for day, id, case in sorted((day_of(case), case.violation.id, case) for case in cases):
        judged = judge(case)
        if isinstance(judged, tuple):
            faulty.append(Faulty(day, id, case.violation, judged))
        elif judged.counted is Counted.DEDUCTIONS and not (judged.is_out or judged.is_waived):
            of_parts = ((Same.PART, part) for part in judged.parts)
            for key in ((Same.RULE, judged.rule.id), *of_parts, (Same.ANY, None)):
                _place(made.setdefault(key, []), day, id, case.violation.incident)
    return Timelines(made, faulty)


def _place(timeline: list[Earlier], day: date, id: str, incident: str | None) -> None:
    other = len(timeline) - 1
    if timeline and incident is not None and timeline[-1].incident == incident:
        other = timeline[-1].other
    timeline.append(Earlier(day, id, incident, other))
