"""The procedures of two regulations, as the documentation has them."""

import runpy
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from cmappraisal import Ledger, Violation, WorkCalendar
from cmappraisal.procedure import deadlines, irregularities

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples" / "procedures.py"
STATED: dict[str, Any] = runpy.run_path(str(EXAMPLES))
MAY = WorkCalendar(holidays=[date(2025, 5, 1), date(2025, 5, 2), date(2025, 5, 5)])
VIOLATION = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 4, 1))
NOTICED = (
    Ledger()
    .record(VIOLATION, at=datetime(2025, 4, 20, tzinfo=UTC))
    .act("V-1", "notified", on=date(2025, 4, 28), at=datetime(2025, 4, 29, tzinfo=UTC))
)


@pytest.mark.parametrize(
    ("name", "last"),
    [("TEN_DAYS", date(2025, 5, 8)), ("FIVE_WORKING_DAYS", date(2025, 5, 8))],
)
def test_an_appeal_runs_from_receiving_the_notice(name: str, last: date) -> None:
    procedure = STATED[name]
    [due] = deadlines(NOTICED, procedure, calendar=MAY, on=date(2025, 4, 29))
    assert due.due_on == last
    for late, days in ((0, []), (1, [1])):
        at = datetime(2025, 5, last.day + late, 23, tzinfo=UTC)
        ledger = NOTICED.appeal("V-1", at=at, grounds="on leave")
        found = irregularities(ledger, procedure, calendar=MAY, on=at.date())
        assert [each.days for each in found] == days


def test_a_decision_takes_effect_after_its_notice() -> None:
    procedure = STATED["NOTICE_AND_RECONSIDERATION"]
    at = datetime(2025, 4, 30, tzinfo=UTC)
    taken = NOTICED.take("V-1", "fine", on=at.date(), at=at)
    assert irregularities(taken, procedure, on=at.date()) == ()
    decided = NOTICED.appeal("V-1", at=at, grounds="x").decide(
        "V-1", at=at, reason="put right", points=1, effective_on=date(2025, 5, 1)
    )
    early = decided.take("V-1", "fine", on=at.date(), at=at)
    [found] = irregularities(early, procedure, on=at.date())
    assert (found.kind.value, found.rule) == ("without-notice", "notice_first")
