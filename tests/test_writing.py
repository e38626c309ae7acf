"""Writing: each method makes the entry of its kind, of everything that it is given."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from cmappraisal import (
    Amended,
    Appealed,
    Decided,
    Dismissed,
    Entry,
    Recorded,
    Reversed,
    Violation,
)
from cmappraisal.entries import Acted, Corrected, Lifted, Reviewed, Served, Taken
from cmappraisal.procedure import ProceduralAct
from cmappraisal.writing import Writable
from cmappraisal.writing_of_acts import ActWritable
from cmappraisal.writing_of_takings import TakingWritable

DAY = date(2025, 6, 1)
NOW = datetime(2025, 6, 3, tzinfo=UTC)
VIOLATION = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2))
GIVEN = {"at": datetime(2025, 6, 2, tzinfo=UTC), "by": "HR-1", "salt": bytes(range(16))}
CHANGED = {"reason": "put right at once", "points": 4, "money": 50, "effective_on": DAY}
OF_FINE = {"violation_id": "V-1", "consequence": "fine", "manager": "RM-02"}


class Told(Writable, ActWritable, TakingWritable):
    """What keeps the entries that it is told, whether they fit or not."""

    def __init__(self) -> None:
        self.told: list[tuple[tuple[Entry, ...], datetime | None]] = []

    def extend(self, entries: Iterable[Entry], *, now: datetime | None = None) -> Told:
        self.told.append((tuple(entries), now))
        return self


@pytest.mark.parametrize(
    ("method", "kind", "fields"),
    [
        ("record", Recorded, {"violation": VIOLATION}),
        ("amend", Amended, {"violation": VIOLATION, "reason": "wrong rule"}),
        ("appeal", Appealed, {"violation_id": "V-1", "grounds": "on leave"}),
        ("dismiss", Dismissed, {"violation_id": "V-1", "reason": "no leave"}),
        ("decide", Decided, {"violation_id": "V-1", **CHANGED}),
        ("review", Reviewed, {"violation_id": "V-1", **CHANGED}),
        ("reverse", Reversed, {"violation_id": "V-1", "reason": "no breach"}),
        (
            "act",
            Acted,
            {"violation_id": "V-1", "act": ProceduralAct.NOTIFIED, "on": DAY, "reason": "by hand"},
        ),
        ("correct", Corrected, {"violation": VIOLATION, **CHANGED}),
        ("take", Taken, {**OF_FINE, "on": DAY}),
        ("serve", Served, {**OF_FINE, "on": DAY}),
        ("lift", Lifted, {**OF_FINE, "reason": "no breach"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_method_hands_on_everything(method: str, kind: Any, fields: dict[str, Any]) -> None:
    first, *rest = fields.items()
    told = getattr(Told(), method)(first[1], **dict(rest), **GIVEN, now=NOW).told
    assert told == [((kind(**fields, **GIVEN),), NOW)]


def test_a_proposal_is_an_act_that_states_its_violation() -> None:
    told = Told().propose(VIOLATION, on=DAY, **GIVEN, now=NOW).told  # type: ignore[arg-type]
    proposed = Acted("V-1", ProceduralAct.PROPOSED, on=DAY, violation=VIOLATION, **GIVEN)  # type: ignore[arg-type]
    assert told == [((proposed,), NOW)]


def test_an_act_needs_no_reason() -> None:
    told = Told().act("V-1", ProceduralAct.NOTIFIED, at=NOW).told
    assert told == [((Acted("V-1", ProceduralAct.NOTIFIED, at=NOW),), None)]
