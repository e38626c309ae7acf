"""Charges: which violations count in a period, and what each deducts individually.

A case counts as it was known at a moment, in the period of the day that the policy names.
Violations
with equal facts are judged once; what keeps others from being judged is noted, for each manager.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from operator import attrgetter
from typing import TypeAlias, cast

from attrs import fields

from cmappraisal.cases import Case, State
from cmappraisal.errors import MAXIMUM_PROBLEMS, Problem, ProblemCode, ScoringError
from cmappraisal.periods import Period
from cmappraisal.policy import CountedOn, Policy
from cmappraisal.scoring.facts import Facts
from cmappraisal.scoring.judgements import Judgement, problems_of
from cmappraisal.scoring.stages import Pipeline
from cmappraisal.violations import Violation

GRACE = timedelta(days=1)
"""How long before it happened a violation may be recorded: in a zone behind the act's, the day of
the recording is one earlier."""

# A global is read faster than a member of an enum, and these are read for every case.
_REVERSED = State.REVERSED
_UNDER_APPEAL = State.UNDER_APPEAL


# Which cases count in the period, as they were known.


def in_view(
    cases: Iterable[Case], period: Period, policy: Policy, as_of: datetime | None
) -> Iterator[Case]:
    """The upheld cases of a period, as they were known at a moment."""
    first, last = period.first, period.last
    by_occurrence = policy.counted_on is CountedOn.OCCURRED
    for latest in cases:
        case: Case | None = latest
        if as_of is not None and latest.last.at > as_of:
            case = latest.as_of(as_of)
        if case is None or case.state is _REVERSED:
            continue
        violation = case.violation
        if by_occurrence and violation.occurred_on <= last:
            counts = first <= violation.occurred_on
        elif by_occurrence:
            # Whoever dates an act after its recording hides it from the period that it belongs to.
            recorded_on = case.recorded_at.date()
            counts = first <= recorded_on <= last and is_ahead(violation, case.stated_at)
        else:
            counts = first <= case.recorded_at.date() <= last
        if counts:
            yield case


def is_ahead(violation: Violation, stated_at: datetime) -> bool:
    """Whether a violation is dated after it was recorded, by more than zones of time explain."""
    return violation.occurred_on - stated_at.date() > GRACE


def act_after_recording(violation: Violation, stated_at: datetime) -> Problem:
    """The problem of a violation that is dated after it was recorded."""
    return Problem(
        "$.occurred_on",
        ProblemCode.ACT_AFTER_RECORDING,
        f"occurred_on is {violation.occurred_on}, more than a day after it was recorded "
        f"({stated_at.date()}); give the day on which it happened",
    )


# What each deducts individually, equal facts judged once.


Charge: TypeAlias = tuple[Violation, Judgement]
"""A violation, and what it deducts individually."""

_FACTS = attrgetter(*(each.name for each in fields(Facts) if each.name != "under_appeal"))
"""What facts take from a violation, as a tuple, which is made and looked up faster than facts."""


class Charges:
    """The charges of upheld cases, and the problems of those that cannot be judged.

    Args:
        pipeline: The stages.
        every_manager: Whether the problems of each manager are read, or the first of all alone.
    """

    def __init__(self, pipeline: Pipeline, *, every_manager: bool = False) -> None:
        self.pipeline = pipeline
        self.problems: list[Problem] = []
        self.more = 0
        self.of_manager: dict[str, list[Problem]] = {}
        self._every_manager = every_manager
        self._judged: dict[object, Judgement | tuple[Problem, ...]] = {}

    def of(self, upheld: Iterable[Case]) -> Iterator[Charge]:
        """A charge for each upheld case that can be judged."""
        for case in upheld:
            violation, stated_at = case.violation, case.stated_at
            under_appeal = case.state is _UNDER_APPEAL
            key = (under_appeal, _FACTS(violation))
            judged = self._judged.get(key)
            if judged is None:
                facts = Facts.of(violation, under_appeal=under_appeal)
                judged = self._judged[key] = self._judge(facts)
            problems = judged if isinstance(judged, tuple) else ()
            if violation.occurred_on > stated_at.date() and is_ahead(violation, stated_at):
                problems += (act_after_recording(violation, stated_at),)
            if problems:
                self._note(violation, problems)
            else:
                yield violation, cast(Judgement, judged)

    def _judge(self, facts: Facts) -> Judgement | tuple[Problem, ...]:
        rulebook, policy = self.pipeline.rulebook, self.pipeline.policy
        # Remedies cost a search, and beyond the bound nobody reads them.
        remedies = self._every_manager or len(self.problems) < MAXIMUM_PROBLEMS
        found = tuple(problems_of(facts, rulebook, policy, remedies=remedies))
        return found or self.pipeline.judge(facts)

    def _note(self, violation: Violation, found: tuple[Problem, ...]) -> None:
        placed = [problem.within(f'$["{violation.id}"]') for problem in found]
        of_manager = self.of_manager.setdefault(violation.manager, [])
        of_manager += placed[: MAXIMUM_PROBLEMS - len(of_manager)]
        room = MAXIMUM_PROBLEMS - len(self.problems)
        self.problems += placed[:room]
        self.more += len(placed[room:])

    def raise_problems(self) -> None:
        """Raise the one error that reports them, where there are any."""
        if self.problems:
            raise ScoringError(self.problems, self.more)
