"""Charges: which violations count in a period, and what each deducts individually.

A case counts as it was known at a moment, in the period of the day that the policy names, and under
the edition of the standard that governs it. Violations with equal facts are judged once; what keeps
others from being judged is noted, for each manager.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple, TypeAlias, cast

from attrs import evolve

from cmappraisal.alternatives import CountedOn, GoverningEdition
from cmappraisal.cases import Case, State
from cmappraisal.errors import MAXIMUM_PROBLEMS, Problem, ScoringError
from cmappraisal.periods import Period
from cmappraisal.scoring.facts import Facts
from cmappraisal.scoring.flaws import is_ahead, no_edition, problems_of, problems_of_days
from cmappraisal.scoring.judgements import Judgement
from cmappraisal.scoring.stages import Pipeline
from cmappraisal.scoring.terms import Terms
from cmappraisal.spans import last_day
from cmappraisal.standards.editions import Edition
from cmappraisal.violations import Violation

# A global is read faster than a member of an enum, and these are read for every case.
_REVERSED = State.REVERSED
_UNDER_APPEAL = State.UNDER_APPEAL

_DAYS: Mapping[CountedOn, Callable[[Case], date]] = MappingProxyType(
    {
        CountedOn.OCCURRED: lambda case: case.violation.occurred_on,
        CountedOn.RECORDED: lambda case: case.recorded_on,
        CountedOn.FOUND: lambda case: case.found_on,
        CountedOn.EFFECTIVE: lambda case: case.effective_on,
    }
)
"""The day of a case that each choice names."""


# Which cases count in the period, as they were known.


def in_view(
    cases: Iterable[Case], period: Period, counted_on: CountedOn, as_of: datetime | None
) -> Iterator[Case]:
    """The upheld cases of a period, as they were known at a moment."""
    first, last = period.first, period.last
    by_occurrence = counted_on is CountedOn.OCCURRED
    day_of = _DAYS[counted_on]
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
            counts = first <= day_of(case) <= last
        if counts:
            yield case


# What each deducts individually, equal facts judged once.


Charge: TypeAlias = tuple[Violation, Judgement]
"""A violation, and what it deducts individually."""

_FACTS = attrgetter("rule", "quantity", "circumstances", "refers_to", "assessed_points")
"""What facts take from a violation, as a tuple, which is made and looked up faster than facts."""


class _Derived(NamedTuple):
    """What facts hold that depends on days, or on what was decided."""

    edition: str | None = None
    instead_of: str | None = None
    time_barred: bool = False
    decided_points: Decimal | None = None
    decided_money: Decimal | None = None


_NOTHING_DERIVED = _Derived()


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
        self.otherwise: dict[str, dict[str, Judgement]] = {}
        """Where the milder edition governs: by violation id, the judgement under each other
        edition that was in force from the act to its recording, by its name."""
        self._every_manager = every_manager
        self._judged: dict[object, Judgement | tuple[Problem, ...]] = {}
        self._in_force: dict[date, Edition | None] = {}
        closing = pipeline.closing
        self._governing = closing.policy.governing_edition
        is_always_in_force = closing.edition.first is None and closing.edition.last is None
        self._is_simple = (
            len(pipeline.terms) == 1 and is_always_in_force and closing.limitation is None
        )

    def of(self, upheld: Iterable[Case]) -> Iterator[Charge]:
        """A charge for each upheld case that can be judged."""
        for case in upheld:
            violation, stated_at = case.violation, case.stated_at
            judged = self._judgement(case)
            problems = judged if isinstance(judged, tuple) else ()
            if (
                violation.occurred_on > stated_at.date()
                or violation.found_on is not None
                or violation.recorded_on is not None
            ):
                problems += tuple(problems_of_days(violation, stated_at))
            if problems:
                self._note(violation, problems)
            else:
                yield violation, cast(Judgement, judged)

    def _judgement(self, case: Case) -> Judgement | tuple[Problem, ...]:
        if self._is_simple:
            return self._under(case, None, None)
        occurred_on = case.violation.occurred_on
        edition = of_day = self._on(occurred_on)
        by_recording = self._governing is GoverningEdition.RECORDED
        if by_recording:
            edition = self._on(case.recorded_on)
        if edition is None:
            name = "recorded_on" if by_recording else "occurred_on"
            day = case.recorded_on if by_recording else occurred_on
            return (no_edition(name, day, self.pipeline.standard),)
        judged = self._under(case, edition, of_day)
        if self._governing is GoverningEdition.MILDER and isinstance(judged, Judgement):
            self._judge_otherwise(case, edition)
        return judged

    def _on(self, day: date) -> Edition | None:
        """The edition in force on a day, looked up once for each day."""
        if day not in self._in_force:
            self._in_force[day] = self.pipeline.standard.on(day)
        return self._in_force[day]

    def _judge_otherwise(self, case: Case, of_day: Edition) -> None:
        """Judge a case under the other editions that were in force until it was recorded."""
        violation = case.violation
        for edition in self.pipeline.standard:
            begun = edition.first is None or edition.first <= case.recorded_on
            ended = edition.last is not None and edition.last < violation.occurred_on
            if edition is not of_day and begun and not ended:
                judged = self._under(case, edition, of_day)
                # What the other edition does not know cannot be judged under it.
                if isinstance(judged, Judgement):
                    found = self.otherwise.setdefault(violation.id, {})
                    found[edition.rulebook.edition] = judged

    def _under(
        self, case: Case, edition: Edition | None, of_day: Edition | None
    ) -> Judgement | tuple[Problem, ...]:
        """The judgement of a case under an edition; None where there is one alone."""
        violation, decision = case.violation, case.decision
        under_appeal = case.state is _UNDER_APPEAL
        derived = _NOTHING_DERIVED
        if edition is not None or decision is not None:
            derived = self._derived(case, edition, of_day)
        key = (under_appeal, derived, _FACTS(violation))
        judged = self._judged.get(key)
        if judged is None:
            facts = Facts.of(violation, under_appeal=under_appeal)
            if derived is not _NOTHING_DERIVED:
                facts = evolve(facts, **derived._asdict())
            judged = self._judged[key] = self._judge(facts)
        return judged

    def _derived(self, case: Case, edition: Edition | None, of_day: Edition | None) -> _Derived:
        decision = case.decision
        name = instead_of = None
        is_barred = False
        if edition is not None:
            terms = self.pipeline.terms[edition.rulebook.edition]
            is_barred = is_time_barred(case, terms)
            if len(self.pipeline.terms) > 1:
                name = edition.rulebook.edition
            if of_day is not None and of_day is not edition:
                instead_of = of_day.rulebook.edition
        points = None if decision is None else decision.points
        money = None if decision is None else decision.money
        return _Derived(name, instead_of, is_barred, points, money)

    def _judge(self, facts: Facts) -> Judgement | tuple[Problem, ...]:
        # Remedies cost a search, and beyond the bound nobody reads them.
        remedies = self._every_manager or len(self.problems) < MAXIMUM_PROBLEMS
        found = tuple(problems_of(facts, self.pipeline.terms_of(facts), remedies=remedies))
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


def is_time_barred(case: Case, terms: Terms) -> bool:
    """Whether a case was found or recorded after the time limit that its terms state."""
    stated = terms.limitation
    if stated is None:
        return False
    limitation = stated[0]
    last = last_day(_DAYS[limitation.start](case), limitation.months)
    return _DAYS[limitation.end](case) > last
