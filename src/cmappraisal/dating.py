"""Dating: whether the days of an act come in their order, and none after its recording."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from cmappraisal.acts import Act
from cmappraisal.appraisal_flaws import DAYS, AppraisalFlaw
from cmappraisal.errors import Problem
from cmappraisal.flaw_wordings import filled

GRACE = timedelta(days=1)
"""How long before it happened a violation may be recorded: in a zone behind the act's, the day of
the recording is one earlier."""


def is_ahead(violation: Act, stated_at: datetime) -> bool:
    """Whether a violation is dated after it was recorded, by more than zones of time explain."""
    return violation.occurred_on - stated_at.date() > GRACE


def problems_of_days(violation: Act, stated_at: datetime | None) -> Iterator[Problem]:
    """What is wrong with the days of a violation, recorded at a moment where that is known."""
    days: dict[str, date | None] = {
        name: getattr(violation, name) for name in ("occurred_on", "found_on", "recorded_on")
    }
    earlier, before = "occurred_on", violation.occurred_on
    for name in ("found_on", "recorded_on"):
        day = days[name]
        if day is None:
            continue
        if day < before:
            yield AppraisalFlaw.DAYS_OUT_OF_ORDER.problem(
                f"$.{name}", filled(DAYS[name]), day, filled(DAYS[earlier]), before
            )
        earlier, before = name, day
    if stated_at is None:
        return
    for name, day in days.items():
        if day is not None and day - stated_at.date() > GRACE:
            yield AppraisalFlaw.AFTER_RECORDING.problem(
                f"$.{name}", filled(DAYS[name]), day, stated_at.date()
            )
