"""Chains: the appraisals of a person's assessment periods, one after another.

All of them come from one pass over the cases: each is judged once, and then placed in the period
that its day is in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple, TypeAlias

from attrs import frozen

from cmappraisal.accounts.cycles import Cycles
from cmappraisal.accounts.scales import Scale, scales_of
from cmappraisal.acts import Act
from cmappraisal.cases import DAY_OF, Case
from cmappraisal.dating import is_ahead
from cmappraisal.erasures import Erased
from cmappraisal.errors import MAXIMUM_PROBLEMS, ScoringError
from cmappraisal.lapses import Lapse, Never, WithPeriod
from cmappraisal.people import People
from cmappraisal.periods import Period
from cmappraisal.policy import Policy
from cmappraisal.scoring.appraisals import Appraisal
from cmappraisal.scoring.charges import Charge, Charges
from cmappraisal.scoring.conclusions import Frame, appraised
from cmappraisal.scoring.judgements import Judgement
from cmappraisal.scoring.stages import Pipeline
from cmappraisal.scoring.steps import Stage
from cmappraisal.scoring.terms import Terms
from cmappraisal.standards.editions import Edition, Editions

_DAY = timedelta(days=1)
_ALL_TIME = Period(date.min, date.max)


Days: TypeAlias = tuple[date, date]
"""The day on which a violation or merit counts, and that from which it was known."""


class Columns(NamedTuple):
    """The charges of one person, column by column.

    They are kept until everybody's are made. A tuple for each would be one more value that the
    garbage collector walks through.

    Args:
        acts: The violations and merits.
        judgements: What each deducts or is awarded individually.
        counted_on: The day that places each in a period.
        known_on: The day from which each was known.
    """

    acts: list[Act]
    judgements: list[Judgement]
    counted_on: list[date]
    known_on: list[date]

    @classmethod
    def empty(cls) -> Columns:
        """No charges yet."""
        return cls([], [], [], [])


class Charged(NamedTuple):
    """What is charged in the periods that one edition closes.

    Args:
        charges: The charges.
        of_person: The charges of each person, by the id.
    """

    charges: Charges
    of_person: dict[str, Columns]


class Stretch(NamedTuple):
    """An assessment period, the same for everybody who has it.

    Args:
        last: Its last day.
        frame: What its appraisals have in common; it is cut at the day asked for.
        edition: The name of the edition that closes it.
    """

    last: date
    frame: Frame
    edition: str


class Link(NamedTuple):
    """One assessment period of a person.

    Args:
        appraisal: The appraisal of it; that of the last is cut at the day asked for.
        days: The days of each violation and merit in it, by its id.
        last: Its last day, also where the appraisal is cut before it.
    """

    appraisal: Appraisal
    days: Mapping[str, Days]
    last: date


class Chain(NamedTuple):
    """The assessment periods of one person, one after another.

    Args:
        manager: The id of the relationship manager.
        opened_on: The day on which the account opens.
        links: The periods.
    """

    manager: str
    opened_on: date
    links: tuple[Link, ...]


@frozen(eq=False)
class Frames:
    """What all chains have in common.

    Args:
        standard: The standard.
        policy: What is decided where the standard is silent.
        people: The tenures and milestones, as they were known.
        through: The last day.
        as_of: Only what was known at this moment; None for everything.
        erased: What is left of the cases that were erased, as they were known.
    """

    standard: Editions
    policy: Policy
    people: People
    through: date
    as_of: datetime | None
    erased: tuple[Erased, ...] = ()

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

    @cached_property
    def scales(self) -> list[Scale]:
        """The scales of the tables of thresholds."""
        return scales_of(self.terms)

    def times_from(self, person: str, day: date) -> date:
        """The first day from which the times count that a balance reached a threshold.

        Args:
            person: The id of the person.
            day: The day on which it is reached.
        """
        policy = self.terms.policy
        if not isinstance(policy.lapse, WithPeriod):
            # Points are not cleared with a period, so times are counted for good.
            return date.min
        return self.cycles.of(person, policy.assessment_period, day).first

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
        return day_after(self.cycles.of(person, span, day).last)

    def stints(self, person: str) -> list[Period]:
        """The times in which clean time of a person can be spent.

        Args:
            person: The id of the person.
        """
        stated = self.terms.clean_time
        if stated is None or not stated[0].in_one_group:
            return [_ALL_TIME]
        return self.people.stints(person)

    def stretches(self, person: str, opened_on: date) -> list[Stretch]:
        """The assessment periods of a person, made once for all who have the same.

        Args:
            person: The id of the person.
            opened_on: The day on which the account opens.
        """
        span = self.terms.policy.assessment_period
        period = self.cycles.of(person, span, opened_on)
        milestone = self.cycles.milestone(person, span)
        key = period.first, None if milestone is None else milestone.day
        known = self._stretches.get(key)
        if known is None:
            known = self._stretches[key] = [self._stretch(period)]
            while (day := day_after(period.last)) is not None and day <= self.through:
                period = self.cycles.of(person, span, day)
                known.append(self._stretch(period))
        return known

    @cached_property
    def _stretches(self) -> dict[tuple[date, date | None], list[Stretch]]:
        return {}

    def _stretch(self, period: Period) -> Stretch:
        cut = self.cut(period)
        edition = self.standard.closing(cut.last).rulebook.edition
        return Stretch(period.last, Frame(cut, self.policy, self.as_of), edition)

    def cut(self, period: Period) -> Period:
        """A period as far as the last day."""
        return period if period.last <= self.through else Period(period.first, self.through)


def day_after(day: date) -> date | None:
    """The day after one; None after the last of the calendar."""
    return None if day == date.max else day + _DAY


def chains(
    cases: Mapping[str, Case], frames: Frames, managers: Iterable[str], only: str | None
) -> Iterator[Chain]:
    """The chain of each person with a case, and of those named, by id.

    Args:
        cases: The upheld cases, by the id of their violation.
        frames: What the chains have in common.
        managers: Ids of people to include even without a case.
        only: Who alone is asked about; None for everybody.

    Raises:
        ScoringError: Violations cannot be scored, or a day cannot be placed; it reports each.
    """
    span, cycles = frames.terms.policy.assessment_period, frames.cycles
    charged = {
        each.rulebook.edition: _charged(cases, each, frames, only) for each in frames.standard
    }
    people = [person for each in charged.values() for person in each.of_person]
    if only is None:
        people += charged[frames.terms.rulebook.edition].charges.incompleteness.people
    first_days = {person: _first_day(person, charged) for person in (*managers, *people)}
    problems = [problem for each in charged.values() for problem in each.charges.problems]
    for person, first in first_days.items():
        problems += cycles.problems(person, span, first or frames.through)
    if problems:
        raise ScoringError(problems[:MAXIMUM_PROBLEMS], len(problems[MAXIMUM_PROBLEMS:]))
    for person, first in sorted(first_days.items()):
        yield _chain(person, first, charged, frames)


def _charged(
    cases: Mapping[str, Case], edition: Edition, frames: Frames, only: str | None
) -> Charged:
    """What is charged in the periods that an edition closes."""
    pipeline = Pipeline.of(frames.standard, frames.policy, edition)
    charges = Charges(pipeline, cases.values, frames.people, frames.erased)
    days = _placed(cases, DAY_OF[pipeline.closing.policy.counted_on], frames.through)
    is_only = len(frames.standard) == 1

    def closes(person: str, violation: str) -> bool:
        return _closing(person, days[violation], frames) is edition

    its_own = [
        case
        for id, case in cases.items()
        if days[id] <= frames.through
        and (
            is_only
            or any(
                closes(person, id)
                for person in (case.violation.manager, *charges.sharing.answering(case))
            )
        )
    ]
    of_person: defaultdict[str, Columns] = defaultdict(Columns.empty)
    for person, (act, judgement) in charges.of(its_own, only):
        if (only is None or person == only) and (is_only or closes(person, act.id)):
            columns = of_person[person]
            columns.acts.append(act)
            columns.judgements.append(judgement)
            columns.counted_on.append(days[act.id])
            columns.known_on.append(cases[act.id].effective_on)
    return Charged(charges, of_person)


def _first_day(person: str, charged: Mapping[str, Charged]) -> date | None:
    """The first day on which something is charged to a person; None where nothing is."""
    days: list[date | None] = []
    for each in charged.values():
        if person in each.of_person:
            days += each.of_person[person].counted_on
        days.append(each.charges.incompleteness.first_day(person))
    return min(filter(None, days), default=None)


def _placed(
    cases: Mapping[str, Case], day_of: Callable[[Case], date], through: date
) -> dict[str, date]:
    """The day that places each case, by the id of its violation."""
    days = dict(zip(cases, map(day_of, cases.values()), strict=True))
    for id in [id for id, day in days.items() if day > through]:
        case = cases[id]
        if is_ahead(case.violation, case.stated_at):
            # Whoever dates an act after its recording cannot hide it so.
            days[id] = case.recorded_at.date()
    return days


def _closing(person: str, day: date, frames: Frames) -> Edition | None:
    """The edition that closes the period of a person that a day is in; None where it has none."""
    span, cycles = frames.terms.policy.assessment_period, frames.cycles
    if any(cycles.problems(person, span, day)):
        # Which edition it is does not matter to what will be reported.
        return frames.standard.editions[0]
    return frames.standard.closing(frames.cut(cycles.of(person, span, day)).last)


def _chain(
    person: str, first: date | None, charged: Mapping[str, Charged], frames: Frames
) -> Chain:
    opened_on = _opened_on(person, first, frames)
    stretches = frames.stretches(person, opened_on)
    begun = [each.frame.period.first for each in stretches]
    placed: list[list[Charge]] = [[] for _ in stretches]
    days: list[dict[str, Days]] = [{} for _ in stretches]
    for each in charged.values():
        # They are asked for once, and then only take up memory.
        columns = each.of_person.pop(person, None) or Columns.empty()
        for act, judgement, counted_on, known_on in zip(*columns, strict=True):
            place = bisect_right(begun, counted_on) - 1
            placed[place].append((act, judgement))
            days[place][act.id] = counted_on, known_on
    links: list[Link] = []
    for stretch, of_period, days_of in zip(stretches, placed, days, strict=True):
        closing = charged[stretch.edition]
        appraisal = appraised(person, of_period, closing.charges, stretch.frame)
        links.append(Link(appraisal, days_of, stretch.last))
    return Chain(person, opened_on, tuple(links))


def _opened_on(person: str, first: date | None, frames: Frames) -> date:
    """The day on which an account opens.

    It is that of the milestone from which cycles run, or else the first day of the first tenure;
    without one, or where something happened before, that of the first period.
    """
    span, cycles = frames.terms.policy.assessment_period, frames.cycles
    milestone = cycles.milestone(person, span)
    if milestone is not None:
        return milestone.day
    begun = [each.first for each in frames.people.all_of(person) if each.first is not None]
    if begun and min(begun) <= (first or frames.through):
        return min(begun)
    return cycles.of(person, span, first or frames.through).first
