"""Activity timings: when an activity takes place, before any day is chosen.

By the calendar (at a cadence, or on the n-th working day of a month), by a quota (so many in a
span, on whatever days), in a stage of each person's career, or all the time, in daily work.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeAlias

from attrs import field, frozen

from cmappraisal.errors import ProblemCode
from cmappraisal.fields import (
    boolean,
    choice_of,
    int_between,
    is_int,
    optional_int_between,
    require,
    require_date,
)
from cmappraisal.periods import Period
from cmappraisal.spans import MAXIMUM_MONTHS, CalendarSpan, as_calendar_span
from cmappraisal.training.cadences import Cadence
from cmappraisal.training.careers import career_days
from cmappraisal.training.contradictions import Contradiction, reject_fields
from cmappraisal.training.working_days import NthWorkingDay

MAXIMUM_COUNT = 1000
"""The most that a quota or a target asks for in one span: several a day of a year."""

_optional_count = optional_int_between(0, MAXIMUM_COUNT)


@frozen
class Quota:
    """So many in each span, on whatever days, spread evenly.

    Args:
        at_least: The fewest sessions.
        at_most: The most sessions; None for as many as one likes.
        per: The span.
        planned: How many are planned; None for the fewest.

    Raises:
        FieldError: A field has a value that it does not allow, or ``planned`` is out of the quota.

    >>> Quota(1, 2, per=CalendarSpan.YEAR).to_plan
    1
    """

    at_least: int = field(validator=int_between(0, MAXIMUM_COUNT))
    at_most: int | None = field(default=None, validator=_optional_count)
    per: CalendarSpan = field(
        converter=as_calendar_span, validator=choice_of(CalendarSpan), kw_only=True
    )
    planned: int | None = field(default=None, validator=_optional_count, kw_only=True)

    def __attrs_post_init__(self) -> None:
        reject_fields(self, self._contradictions())

    def _contradictions(self) -> Iterator[Contradiction]:
        if self.at_most is not None and self.at_most < self.at_least:
            allowed = f"None, or at least at_least ({self.at_least})"
            yield "at_most", ProblemCode.CONTRADICTION, allowed
        if self.planned is not None and not self.allows(self.planned):
            yield "planned", ProblemCode.CONTRADICTION, "None, or from at_least to at_most"

    @property
    def to_plan(self) -> int:
        """How many are planned in a span."""
        return self.at_least if self.planned is None else self.planned

    def allows(self, count: int) -> bool:
        """Whether a count is within the quota.

        Args:
            count: How many there are in a span.

        Raises:
            FieldError: ``count`` is no int.

        >>> Quota(1, 2, per=CalendarSpan.YEAR).allows(3)
        False
        """
        require("Quota.allows", "count", count, is_int(count), "an int")
        return self.at_least <= count and (self.at_most is None or count <= self.at_most)


@frozen
class CareerStage:
    """A stage of each person's career, reckoned from the day of hiring.

    Args:
        after_months: When it begins, in months after hiring: 0 at onboarding, more after a time
            of observation.
        lasts_months: How long it lasts, in months from 1; None for as long as the person stays.
            A stage without end does what it has to do once in each calendar year.
        needed_only: Whether each person takes only the courses that they need; those of a lower
            level come first, and of one level those most needed.

    Raises:
        FieldError: The months are out of bounds.

    >>> CareerStage(3, needed_only=True).lasts_months is None
    True
    """

    after_months: int = field(validator=int_between(0, MAXIMUM_MONTHS))
    lasts_months: int | None = field(
        default=None, validator=optional_int_between(1, MAXIMUM_MONTHS)
    )
    needed_only: bool = field(default=False, validator=boolean, kw_only=True)

    def days_of(self, hired_on: date) -> Period | None:
        """The days of the stage of a person; None where they are beyond the calendar.

        Args:
            hired_on: The day of hiring.

        Raises:
            FieldError: ``hired_on`` is no date.

        >>> print(CareerStage(1, 2).days_of(date(2026, 3, 31)))
        2026-04-30..2026-06-29
        """
        hired_on = require_date("CareerStage.days_of", "hired_on", hired_on)
        return career_days(hired_on, self.after_months, self.lasts_months)


@frozen
class Ongoing:
    """All the time, beside the sessions: in daily work, from some months after hiring.

    It has no sessions, and nobody's attendance is taken.

    Args:
        after_months: When it begins, in months after hiring.
        lasts_months: How long it lasts, in months from 1; None for as long as the person stays.

    Raises:
        FieldError: The months are out of bounds.

    >>> print(Ongoing(lasts_months=3).days_of(date(2026, 3, 2)))
    2026-03-02..2026-06-01
    """

    after_months: int = field(default=0, validator=int_between(0, MAXIMUM_MONTHS))
    lasts_months: int | None = field(
        default=None, validator=optional_int_between(1, MAXIMUM_MONTHS)
    )

    def days_of(self, hired_on: date) -> Period | None:
        """The days on which it goes on for a person; None where they are beyond the calendar.

        Args:
            hired_on: The day of hiring.

        Raises:
            FieldError: ``hired_on`` is no date.
        """
        hired_on = require_date("Ongoing.days_of", "hired_on", hired_on)
        return career_days(hired_on, self.after_months, self.lasts_months)


ByCalendar: TypeAlias = Cadence | NthWorkingDay
"""When an activity takes place that has its days by the calendar."""

Timing: TypeAlias = Cadence | NthWorkingDay | Quota | CareerStage | Ongoing
"""When an activity takes place."""
