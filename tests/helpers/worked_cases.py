"""Worked cases: violations written in a line, and every way of scoring asked about them."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from cmappraisal import (
    ERROR_POINTS,
    Appraisal,
    Concurrence,
    Displacement,
    Ledger,
    Period,
    Policy,
    Recorded,
    Rulebook,
    Text,
    UnstatedUnit,
    Violation,
    rescore,
    score,
    score_all,
    tally,
)
from cmappraisal.scoring.audits import disagreements

YEAR = Period.year(2025)
NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)
TEXT = Text.same("words")

DEFAULT = Policy()
CUMULATIVE = Policy(concurrence=Concurrence.CUMULATIVE)
ONCE = Policy(unstated_unit=UnstatedUnit.ONCE_A_PERIOD)
SIDE_BY_SIDE = Policy(displacement=Displacement.NONE)


def found(id: str, rule: str, **fields: Any) -> Violation:
    given = {"manager": "RM-01", "occurred_on": date(2025, 3, 2), **fields}
    return Violation(id, rule=rule, **given)


def ledger_of(violations: Iterable[Violation]) -> Ledger:
    return Ledger(Recorded(violation, at=NOON) for violation in violations)


def scored(
    ledger: Ledger,
    *,
    policy: Policy = DEFAULT,
    rulebook: Rulebook = ERROR_POINTS,
    period: Period = YEAR,
    as_of: datetime | None = None,
) -> Mapping[str, Appraisal]:
    """The appraisals, once every way of scoring is seen to agree on them."""
    appraisals = score_all(ledger, rulebook, period, policy=policy, as_of=as_of)
    assert dict(tally(ledger, rulebook, period, policy=policy, as_of=as_of)) == {
        manager: appraisal.points for manager, appraisal in appraisals.items()
    }
    for manager, appraisal in appraisals.items():
        alone = score(ledger, rulebook, period, manager=manager, policy=policy, as_of=as_of)
        assert alone == appraisal
        assert rescore(appraisal, ledger) == appraisal
        assert list(disagreements(appraisal)) == []
        assert appraisal.points == sum(line.points for line in appraisal.lines)
        assert appraisal.points == sum(subtotal.points for subtotal in appraisal.subtotals)
        for line in appraisal.lines:
            assert line.points == sum(step.change for step in line.steps)
    return appraisals


def counted(*violations: Violation, **fields: Any) -> dict[str, str]:
    """What each violation counts."""
    return counted_in(ledger_of(violations), **fields)


def counted_in(ledger: Ledger, **fields: Any) -> dict[str, str]:
    """What each violation in a ledger counts."""
    appraisals = scored(ledger, **fields)
    return {
        line.violation.id: str(line.points)
        for appraisal in appraisals.values()
        for line in appraisal.lines
    }


def i(id: str, rule: str, **fields: Any) -> Violation:
    """A violation within the one incident."""
    return found(id, rule, incident="I", **fields)
