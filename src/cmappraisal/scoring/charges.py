"""Charges: which violations count in a period, and what each deducts individually.

A case counts as it was known at a moment, in the period of the day that the policy names. What
keeps others from being judged is noted, for each manager.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TypeAlias

from cmappraisal.acts import Act
from cmappraisal.alternatives import CountedOn
from cmappraisal.cases import DAY_OF, Case
from cmappraisal.dating import is_ahead
from cmappraisal.erasures import Erased
from cmappraisal.errors import MAXIMUM_PROBLEMS, Problem, ScoringError
from cmappraisal.ledger import Ledger
from cmappraisal.lives import NOT_UPHELD
from cmappraisal.people import People
from cmappraisal.periods import Period
from cmappraisal.scoring.appraisals import Appraisal
from cmappraisal.scoring.incompleteness import Incompleteness
from cmappraisal.scoring.judgements import Judgement
from cmappraisal.scoring.judges import Judge
from cmappraisal.scoring.sharing import Sharing
from cmappraisal.scoring.stages import Pipeline

NOBODY = People(())
"""No tenures."""


# Which cases count in the period, as they were known.


def known(cases: Iterable[Case], as_of: datetime | None) -> Iterator[Case]:
    """The cases as they were known at a moment."""
    return iter(cases) if as_of is None else _known_at(cases, as_of)


def _known_at(cases: Iterable[Case], moment: datetime) -> Iterator[Case]:
    known_then = (case if case.last.at <= moment else case.as_of(moment) for case in cases)
    return (case for case in known_then if case is not None)


def upheld(cases: Iterable[Case], as_of: datetime | None) -> list[Case]:
    """The upheld cases, as they were known at a moment."""
    return [case for case in known(cases, as_of) if case.state not in NOT_UPHELD]


def known_of(ledger: Ledger, manager: str | None, as_of: datetime | None) -> list[Case]:
    """The cases of one manager, or of everybody, as they were known at a moment."""
    if manager is None:
        return list(known(ledger.cases(), as_of))
    of_manager = known(ledger.for_manager(manager), as_of)
    return [case for case in of_manager if case.violation.manager == manager]


def upheld_of(ledger: Ledger, manager: str | None, as_of: datetime | None) -> list[Case]:
    """The upheld cases of one manager, or of everybody, as they were known at a moment."""
    return upheld(known_of(ledger, manager, as_of), None)


def in_view(cases: Iterable[Case], period: Period, counted_on: CountedOn) -> Iterator[Case]:
    """The cases of a period."""
    first, last = period.first, period.last
    by_occurrence = counted_on is CountedOn.OCCURRED
    day_of = DAY_OF[counted_on]
    for case in cases:
        day = case.violation.occurred_on if by_occurrence else day_of(case)
        if first <= day <= last or (
            by_occurrence and day > last and case.problems_of_days and _is_hidden(case, period)
        ):
            yield case


def _is_hidden(case: Case, period: Period) -> bool:
    """Whether a case of a period is hidden from it by an act dated after its recording."""
    was_recorded = period.first <= case.recorded_at.date() <= period.last
    return was_recorded and is_ahead(case.violation, case.stated_at)


# What each deducts individually.


Charge: TypeAlias = tuple[Act, Judgement]
"""A violation, and what it deducts individually."""


class Charges:
    """The charges of upheld cases, and the problems of those that cannot be judged.

    Args:
        pipeline: The stages.
        cases: What makes the upheld cases, those outside the period too.
        people: The tenures of people, which say who answers with whom.
        erased: What is left of the cases that were erased.
        every_manager: Whether the problems of each manager are read, or the first of all alone.
    """

    def __init__(
        self,
        pipeline: Pipeline,
        cases: Callable[[], Iterable[Case]],
        people: People = NOBODY,
        erased: Iterable[Erased] = (),
        *,
        every_manager: bool = False,
    ) -> None:
        self.judge = Judge(pipeline, cases)
        self.sharing = Sharing(self.judge, people)
        self.incompleteness = Incompleteness(erased, pipeline, people)
        self.problems: list[Problem] = []
        self.more = 0
        self.of_manager: dict[str, list[Problem]] = {}
        self.empty: dict[object, Appraisal] = {}
        """The appraisal of somebody to whom nothing was charged, by its frame."""
        self._cases = cases
        self._every_manager = every_manager
        self._noted: set[str] = set()

    def in_period(self, period: Period, only: str | None = None) -> Iterator[tuple[str, Charge]]:
        """A charge for each case of a period that can be judged, by the id of who answers for it.

        Args:
            period: The period.
            only: Who alone is asked about; None for everybody.
        """
        counted_on = self.judge.pipeline.closing.policy.counted_on
        return self.of(in_view(self._cases(), period, counted_on), only)

    def of(self, cases: Iterable[Case], only: str | None = None) -> Iterator[tuple[str, Charge]]:
        """A charge for each case that can be judged, by the id of who answers for it.

        Args:
            cases: The cases.
            only: Who alone is asked about; None for everybody.
        """
        judgement, uncounted = self.judge.judgement, self.judge.uncounted
        shares = self.sharing.is_used
        for case in cases:
            violation = case.violation
            doer = violation.manager
            if only is not None and doer != only and only not in self.sharing.answering(case):
                continue
            judged, flaws = judgement(case), case.problems_of_days
            while uncounted:
                self._note(*uncounted.pop())
            if flaws or type(judged) is not Judgement:
                problems = judged + flaws if isinstance(judged, tuple) else flaws
                self._note(violation, problems, self.sharing.answering(case))
                continue
            yield doer, (violation, judged)
            if shares:
                for person, shared in self.sharing.judgements(case):
                    yield person, (violation, shared)

    def _note(
        self, violation: Act, found: tuple[Problem, ...], answering: Iterable[str] = ()
    ) -> None:
        # What repetition would count is come upon as often as it would be counted.
        if violation.id in self._noted:
            return
        self._noted.add(violation.id)
        placed = [problem.within(f'$["{violation.id}"]') for problem in found]
        for person in (violation.manager, *answering):
            of_person = self.of_manager.setdefault(person, [])
            of_person += placed[: MAXIMUM_PROBLEMS - len(of_person)]
        room = MAXIMUM_PROBLEMS - len(self.problems)
        self.problems += placed[:room]
        self.more += len(placed[room:])
        # Remedies cost a search, and beyond the bound nobody reads them.
        self.judge.remedies = self._every_manager or len(self.problems) < MAXIMUM_PROBLEMS

    def raise_problems(self) -> None:
        """Raise the one error that reports them, where there are any."""
        if self.problems:
            raise ScoringError(self.problems, self.more)
