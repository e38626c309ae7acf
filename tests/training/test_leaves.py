"""Leaves: which days they hold, and what their kinds are called."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cmappraisal import FieldError
from cmappraisal.training import Leave, LeaveKind

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [
        (None, None, True),
        (DAY, DAY, True),
        (date(2026, 3, 3), None, False),
        (None, date(2026, 3, 1), False),
    ],
)
def test_a_leave_holds_from_its_first_day_to_its_last(first: Any, last: Any, holds: bool) -> None:
    assert Leave("RM-01", "sick", first=first, last=last).holds(DAY) is holds


@pytest.mark.parametrize("kind", LeaveKind)
def test_every_kind_is_worded(kind: LeaveKind) -> None:
    assert "假" in kind.text.zh_hant or kind in (LeaveKind.SECONDMENT, LeaveKind.SUSPENSION)
    assert LeaveKind(kind.value) is kind


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"person": ""}, "Leave: person is ''; allowed: a non-empty string"),
        ({"kind": "holiday"}, "Leave: kind is 'holiday'; allowed: LeaveKind.ANNUAL or \"annual\""),
        ({"first": "2026"}, "Leave: first is '2026'; allowed: None, or a datetime.date"),
        (
            {"first": DAY, "last": date(2026, 3, 1)},
            "Leave: last is datetime.date(2026, 3, 1); allowed: None, or a day from first (2026-",
        ),
    ],
)
def test_what_does_not_fit_is_rejected(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(FieldError) as caught:
        Leave(**{"person": "RM-01", "kind": "sick", **fields})
    assert str(caught.value).startswith(message)
