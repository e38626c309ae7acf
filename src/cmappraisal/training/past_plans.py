"""Past plans: the editions of a plan that held before another."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from cmappraisal.fields import a_date, as_date, instance_of
from cmappraisal.training.plans import TrainingPlan


@frozen
class PastPlan:
    """An edition of a plan that held before another.

    Args:
        plan: The plan as it was.
        until: The day from which it does not hold any more.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from cmappraisal.training import VENUE_TEAM
    >>> print(PastPlan(VENUE_TEAM, date(2026, 7, 1)))
    venue-team 1.0 until 2026-07-01
    """

    plan: TrainingPlan = field(
        validator=instance_of(TrainingPlan, allowed="a TrainingPlan"), repr=str
    )
    until: date = field(converter=as_date, validator=a_date)

    def __str__(self) -> str:
        return f"{self.plan} until {self.until}"
