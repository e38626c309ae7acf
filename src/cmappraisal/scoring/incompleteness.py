"""Incompleteness: the cases that an appraisal would have read, had they not been erased."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from types import MappingProxyType

from cmappraisal.erasures import Erased
from cmappraisal.ledger import Ledger
from cmappraisal.people import People
from cmappraisal.periods import Period
from cmappraisal.scoring.stages import Pipeline
from cmappraisal.scoring.steps import Stage


def erased_from(ledger: Ledger, as_of: datetime | None) -> tuple[Erased, ...]:
    """What is left of the cases that were erased and were known at a moment.

    Args:
        ledger: The ledger.
        as_of: The moment; None for everything recorded.
    """
    return tuple(each for each in ledger.erased() if as_of is None or each.at <= as_of)


_NOTHING: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Incompleteness:
    """What says which cases are missing from whose appraisals.

    Args:
        erased: What is left of the cases that were erased.
        pipeline: The stages, which say how far back an appraisal reads.
        people: The tenures of people, which say who answers with whom.
    """

    def __init__(self, erased: Iterable[Erased], pipeline: Pipeline, people: People) -> None:
        self._erased = tuple(erased)
        self._pipeline = pipeline
        self._people = people
        self._found: dict[Period, Mapping[str, tuple[str, ...]]] = {}

    def missing(self, period: Period) -> Mapping[str, tuple[str, ...]]:
        """The ids of the cases that are missing in a period, sorted, by whose appraisal it is.

        Args:
            period: The period.
        """
        if not self._erased:
            return _NOTHING
        # Everybody's appraisal of a period asks for it.
        if period not in self._found:
            self._found[period] = self._missing(period)
        return self._found[period]

    def _missing(self, period: Period) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for case, people in self._people_of.items():
            days = case.days
            ended_before = days.last < period.first and not self._looks_back
            if days.first <= period.last and not ended_before:
                for person in people:
                    found.setdefault(person, []).append(case.violation_id)
        return {person: tuple(sorted(ids)) for person, ids in found.items()}

    def first_day(self, person: str) -> date | None:
        """The first day of the cases that are missing of a person; None where none is.

        Args:
            person: The id of the person.
        """
        days = (case.days.first for case, people in self._people_of.items() if person in people)
        return min(days, default=None)

    @cached_property
    def people(self) -> tuple[str, ...]:
        """The ids of all of whom cases are missing."""
        return tuple(dict.fromkeys(each for people in self._people_of.values() for each in people))

    @cached_property
    def _looks_back(self) -> bool:
        """Whether violations before a period weigh in it, since they were repeated."""
        return any(
            terms.again(rule) is not None
            for terms in self._pipeline.terms.values()
            for rule in terms.rulebook.values()
        )

    @cached_property
    def _people_of(self) -> Mapping[Erased, tuple[str, ...]]:
        """The cases, each with whom it was about and who may have answered with them."""
        answers = self._pipeline.uses(Stage.SHARE)
        return {
            each: tuple(dict.fromkeys((*each.managers, *(self._above(each) if answers else ()))))
            for each in self._erased
        }

    def _above(self, erased: Erased) -> Iterator[str]:
        for person in erased.managers:
            for role in self._people.roles:
                for day in self._people.changes_in(erased.days):
                    yield from self._people.responsible(person, role, day)
