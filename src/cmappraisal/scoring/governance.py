"""Governance: which edition of the standard governs a case, and whether it was in time."""

from __future__ import annotations

from datetime import date

from cmappraisal.alternatives import GoverningEdition
from cmappraisal.cases import DAY_OF, Case
from cmappraisal.errors import Problem
from cmappraisal.scoring.flaws import no_edition
from cmappraisal.scoring.stages import Pipeline
from cmappraisal.scoring.terms import Terms
from cmappraisal.spans import last_day
from cmappraisal.standards.editions import Edition


class Governance:
    """What says which edition governs a case.

    Args:
        pipeline: The stages, with the terms that close the period.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        self.choice = pipeline.closing.policy.governing_edition
        """By which day the edition is chosen, or that the milder governs."""
        self._standard = pipeline.standard
        self._in_force: dict[date, Edition | None] = {}

    def of(self, case: Case) -> tuple[Edition | None, Edition | None, tuple[Problem, ...]]:
        """The edition that governs a case, that of its day, and what is wrong where none does."""
        occurred_on = case.violation.occurred_on
        edition = of_day = self._on(occurred_on)
        by_recording = self.choice is GoverningEdition.RECORDED
        if by_recording:
            edition = self._on(case.recorded_on)
        if edition is not None:
            return edition, of_day, ()
        name = "recorded_on" if by_recording else "occurred_on"
        day = case.recorded_on if by_recording else occurred_on
        return None, of_day, (no_edition(name, day, self._standard),)

    def _on(self, day: date) -> Edition | None:
        """The edition in force on a day, looked up once for each day."""
        if day not in self._in_force:
            self._in_force[day] = self._standard.on(day)
        return self._in_force[day]


def is_time_barred(case: Case, terms: Terms) -> bool:
    """Whether a case was found or recorded after the time limit that its terms state."""
    stated = terms.limitation
    if stated is None:
        return False
    limitation = stated[0]
    last = last_day(DAY_OF[limitation.start](case), limitation.months)
    return DAY_OF[limitation.end](case) > last
