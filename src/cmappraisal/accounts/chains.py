"""Chains: the appraisals of a person's assessment periods, one after another.

All of them come from one pass over the cases: each is judged once, and then placed in the period
that its day is in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from attrs import frozen

from cmappraisal.accounts.cycles import Cycles
from cmappraisal.cases import DAY_OF, Case
from cmappraisal.errors import MAXIMUM_PROBLEMS, Problem, ScoringError
from cmappraisal.lapses import Lapse, Never, WithPeriod
from cmappraisal.people import People
from cmappraisal.periods import Period
from cmappraisal.policy import Policy
from cmappraisal.scoring.appraisals import Appraisal
from cmappraisal.scoring.charges import Charge, Charges
from cmappraisal.scoring.conclusions import Frame, appraised
from cmappraisal.scoring.flaws import is_ahead
from cmappraisal.scoring.stages import Pipeline
from cmappraisal.scoring.steps import Stage
from cmappraisal.scoring.terms import Terms
from cmappraisal.standards.editions import Edition, Editions

_DAY = timedelta(days=1)


class Dated(NamedTuple):
    """A charge with the day that places it.

    Args:
        day: The day.
        charge: What a violation deducts, or a merit is awarded, individually.
        edition: The name of the edition by which its period is closed.
    """

    day: date
    charge: Charge
    edition: str


class Chain(NamedTuple):
    """The appraisals of one person.

    Args:
        manager: The id of the relationship manager.
        opened_on: The day on which the account opens.
        appraisals: The appraisals of consecutive periods, the last cut at the day asked for.
        days: The day that places each violation and merit, by its id.
    """

    manager: str
    opened_on: date
    appraisals: tuple[Appraisal, ...]
    days: dict[str, date]


@frozen(eq=False)
class Frames:
    """What all chains have in common.

    Args:
        standard: The standard.
        policy: What is decided where the standard is silent.
        people: The tenures and milestones, as they were known.
        through: The last day.
        as_of: Only what was known at this moment; None for everything.
    """

    standard: Editions
    policy: Policy
    people: People
    through: date
    as_of: datetime | None

    @cached_property
    def terms_of(self) -> Mapping[str, Terms]:
        """The terms of each edition, by its name."""
        return {each.rulebook.edition: Terms.of(each, self.policy) for each in self.standard}

    @cached_property
    def terms(self) -> Terms:
        """The terms by which accounts are kept: those in force on the last day."""
        return self.terms_of[self.standard.closing(self.through).rulebook.edition]

    @property
    def shares(self) -> bool:
        """Whether any edition says who answers with the doer."""
        pipeline = Pipeline.of(self.standard, self.policy, self.standard.editions[0])
        return pipeline.uses(Stage.SHARE)

    @cached_property
    def cycles(self) -> Cycles:
        """In which span of a person a day is."""
        return Cycles(self.people)

    def lapses_on(self, person: str, lapse: Lapse, day: date) -> date | None:
        """The day on which points of a person lapse; None where they do not.

        Args:
            person: The id of the person.
            lapse: What is stated of it.
            day: The day from which it runs.
        """
        if isinstance(lapse, Never):
            return None
        span = self.terms.policy.assessment_period if isinstance(lapse, WithPeriod) else lapse
        last = self.cycles.of(person, span, day).last
        return None if last == date.max else last + _DAY

    def cut(self, period: Period) -> Period:
        """A period as far as the last day."""
        return Period(period.first, min(period.last, self.through))


def chains(
    cases: list[Case], frames: Frames, managers: Iterable[str], only: str | None
) -> Iterator[Chain]:
    """The chain of each person with a case, and of those named, by id.

    Args:
        cases: The upheld cases.
        frames: What the chains have in common.
        managers: Ids of people to include even without a case.
        only: Who alone is asked about; None for everybody.

    Raises:
        ScoringError: Violations cannot be scored, or a day cannot be placed; it reports each.
    """
    span, cycles = frames.terms.policy.assessment_period, frames.cycles
    by_person: dict[str, list[Dated]] = {manager: [] for manager in managers}
    by_edition: dict[str, Charges] = {}
    problems: list[Problem] = []
    for edition in frames.standard:
        name = edition.rulebook.edition
        pipeline = Pipeline.of(frames.standard, frames.policy, edition)
        charges = by_edition[name] = Charges(pipeline, lambda: cases, frames.people)
        for person, day, charge in _dated(cases, charges, edition, frames, only):
            by_person.setdefault(person, []).append(Dated(day, charge, name))
        problems += charges.problems
    for person, of_person in by_person.items():
        first = min((each.day for each in of_person), default=frames.through)
        problems += cycles.problems(person, span, first)
    if problems:
        raise ScoringError(problems[:MAXIMUM_PROBLEMS], len(problems[MAXIMUM_PROBLEMS:]))
    for person in sorted(by_person):
        yield _chain(person, by_person[person], frames, by_edition)


def _dated(
    cases: list[Case], charges: Charges, edition: Edition, frames: Frames, only: str | None
) -> Iterator[tuple[str, date, Charge]]:
    """The charges in periods that an edition closes, with who answers for them and the day."""
    day_of = DAY_OF[charges.judge.pipeline.closing.policy.counted_on]
    days = {case.violation.id: _placed(case, day_of) for case in cases}
    is_only = len(frames.standard) == 1

    def is_of_edition(person: str, day: date) -> bool:
        return day <= frames.through and (is_only or _closing(person, day, frames) is edition)

    its_own = [
        case
        for case in cases
        if any(
            is_of_edition(person, days[case.violation.id])
            for person in (case.violation.manager, *charges.sharing.answering(case))
        )
    ]
    for person, charge in charges.of(its_own, only):
        day = days[charge[0].id]
        if only in (None, person) and is_of_edition(person, day):
            yield person, day, charge


def _placed(case: Case, day_of: Callable[[Case], date]) -> date:
    """The day that places a case; whoever dates an act after its recording cannot hide it so."""
    ahead = is_ahead(case.violation, case.stated_at)
    return case.recorded_at.date() if ahead else day_of(case)


def _closing(person: str, day: date, frames: Frames) -> Edition | None:
    """The edition that closes the period of a person that a day is in; None where it has none."""
    span, cycles = frames.terms.policy.assessment_period, frames.cycles
    if any(cycles.problems(person, span, day)):
        # Which edition it is does not matter to what will be reported.
        return frames.standard.editions[0]
    return frames.standard.closing(frames.cut(cycles.of(person, span, day)).last)


def _chain(
    person: str, of_person: list[Dated], frames: Frames, by_edition: dict[str, Charges]
) -> Chain:
    span, cycles = frames.terms.policy.assessment_period, frames.cycles
    by_period: dict[Period, list[Dated]] = {}
    for each in of_person:
        by_period.setdefault(cycles.of(person, span, each.day), []).append(each)
    opened_on = _opened_on(person, of_person, frames)
    appraisals: list[Appraisal] = []
    period = cycles.of(person, span, opened_on)
    while True:
        cut = frames.cut(period)
        edition = frames.standard.closing(cut.last).rulebook.edition
        its_own = [each.charge for each in by_period.get(period, ()) if each.edition == edition]
        frame = Frame(cut, frames.policy, frames.as_of)
        appraisals.append(appraised(person, its_own, by_edition[edition], frame))
        if period.last >= frames.through:
            break
        period = cycles.of(person, span, period.last + _DAY)
    days = {each.charge[0].id: each.day for each in of_person}
    return Chain(person, opened_on, tuple(appraisals), days)


def _opened_on(person: str, of_person: Iterable[Dated], frames: Frames) -> date:
    """The day on which an account opens.

    It is that of the milestone from which cycles run, or else the first day of the first tenure;
    without one, or where something happened before, that of the first period.
    """
    span, cycles = frames.terms.policy.assessment_period, frames.cycles
    milestone = cycles.milestone(person, span)
    if milestone is not None:
        return milestone.day
    first = min((each.day for each in of_person), default=None)
    begun = [each.first for each in frames.people.all_of(person) if each.first is not None]
    if begun and min(begun) <= (first or frames.through):
        return min(begun)
    return cycles.of(person, span, first or frames.through).first
