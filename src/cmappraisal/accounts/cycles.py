"""Cycles: in which span of a person's own a day is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from cmappraisal.appraisal_flaws import AppraisalFlaw
from cmappraisal.errors import Problem
from cmappraisal.fields import shown_id
from cmappraisal.people import Milestone, People
from cmappraisal.periods import Period
from cmappraisal.spans import Span


@frozen(eq=False)
class Cycles:
    """In which span of a person a day is.

    Args:
        people: The tenures and milestones of people.
    """

    people: People

    def of(self, person: str, span: Span, day: date) -> Period:
        """The whole span that a day of a person is in, or begins.

        Args:
            person: The id of the person.
            span: The span.
            day: The day, which nothing keeps from being placed.
        """
        milestone = self.milestone(person, span)
        return span.of(day, None if milestone is None else milestone.day)

    def milestone(self, person: str, span: Span) -> Milestone | None:
        """The milestone from which the cycles of a person run; None of a span without cycles.

        Args:
            person: The id of the person.
            span: The span.
        """
        return None if span.cycle is None else self.people.milestone(person, span.cycle)

    def problems(self, person: str, span: Span, first: date) -> Iterator[Problem]:
        """What keeps the days of a person from being placed.

        Args:
            person: The id of the person.
            span: The span.
            first: The first of the days.
        """
        if span.cycle is None:
            return
        milestone, about = self.milestone(person, span), shown_id(person)
        if milestone is None:
            yield AppraisalFlaw.NO_MILESTONE.problem("$.people", about, span.cycle)
        elif first < milestone.day:
            days = milestone.day, first
            yield AppraisalFlaw.BEFORE_MILESTONE.problem("$.people", about, span.cycle, *days)
