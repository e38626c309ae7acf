"""What explaining every point costs, as ratios to a bare loop over the same violations.

Run it with ``python benchmarks/scoring.py``. Every figure is a ratio of two medians measured in the
same run, so that it says the same on a fast machine and on a slow one. Inputs are seeded.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from statistics import median

from attrs import evolve, frozen

from cmappraisal import (
    ERROR_POINTS,
    Appraisal,
    Concurrence,
    Deduction,
    Displacement,
    Ledger,
    Period,
    Policy,
    UnstatedUnit,
    Violation,
    score_all,
    tally,
)
from measuring import Answer, Ratio, drawn, entries_of, run, seconds

VIOLATIONS = 200_000
YEAR = Period.year(2025)


@frozen
class Plain:
    """The fields of a violation, taken as they come."""

    id: str
    manager: str
    rule: str
    occurred_on: date
    quantity: int
    circumstances: frozenset[str]
    incident: str | None
    refers_to: str | None
    assessed_points: Decimal | None
    note: str


def bare(violations: Iterable[Violation], period: Period) -> dict[str, Decimal]:
    """The baseline: filter by date, look the points up, double where aggravated, sum."""
    stated = {
        rule.id: rule.penalty.points if isinstance(rule.penalty, Deduction) else Decimal(0)
        for rule in ERROR_POINTS.values()
    }
    aggravated_by = {rule.id: rule.aggravated_by for rule in ERROR_POINTS.values()}
    totals: dict[str, Decimal] = {}
    for violation in violations:
        if period.first <= violation.occurred_on <= period.last:
            points = stated[violation.rule] * violation.quantity
            if not aggravated_by[violation.rule].isdisjoint(violation.circumstances):
                points *= 2
            totals[violation.manager] = totals.get(violation.manager, Decimal(0)) + points
    return totals


def read(appraisals: Iterable[Appraisal]) -> int:
    """Read every line and every step."""
    return sum(
        len(step.effect.value)
        for appraisal in appraisals
        for line in appraisal.lines
        for step in line.steps
        if step.points is not None and step.change is not None and step.reason is not None
    )


def import_seconds(modules: str) -> float:
    """The median duration of an import in a fresh interpreter, its start left out, in seconds."""
    timed = (
        "import time; start = time.perf_counter(); "
        f"import {modules}; print(time.perf_counter() - start)"
    )
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    with tempfile.TemporaryDirectory() as folder:
        environment["PYTHONPYCACHEPREFIX"] = folder
        durations = [
            float(subprocess.check_output([sys.executable, "-c", timed], env=environment))
            for _ in range(16)
        ]
    # The first import compiles the sources, as the first one on any machine does.
    return median(durations[1:])


def answers() -> Iterator[Answer]:
    """The points of every manager, by each way to them, for a tenth of the violations."""
    violations = [Violation(**each) for each in drawn(VIOLATIONS // 10)]
    ledger = Ledger(entries_of(violations))
    appraisals = score_all(ledger, ERROR_POINTS, YEAR)
    totals = {manager: appraisal.points for manager, appraisal in appraisals.items()}
    yield "tally and score_all", tally(ledger, ERROR_POINTS, YEAR) == totals
    # What the bare loop knows nothing of is left out: incidents, referrals, implications.
    implying = {each.id for each in ERROR_POINTS.circumstances if each.implies}
    alone = [
        evolve(violation, incident=None)
        for violation in violations
        if isinstance(ERROR_POINTS[violation.rule].penalty, Deduction)
        and implying.isdisjoint(violation.circumstances)
    ]
    policy = Policy(
        unstated_unit=UnstatedUnit.PER_OCCURRENCE,
        concurrence=Concurrence.CUMULATIVE,
        displacement=Displacement.NONE,
    )
    tallied = tally(Ledger(entries_of(alone)), ERROR_POINTS, YEAR, policy=policy)
    yield "tally and the bare loop", tallied == bare(alone, YEAR)


def ratios() -> Iterator[Ratio]:
    """Each ratio with its bound."""
    fields = list(drawn(VIOLATIONS))
    violations = [Violation(**each) for each in fields]
    ledger = Ledger(entries_of(violations))
    baseline = seconds(lambda: bare(violations, YEAR))
    tallied = seconds(lambda: tally(ledger, ERROR_POINTS, YEAR))
    yield "tally / bare loop", tallied / baseline, 4
    scored = seconds(lambda: score_all(ledger, ERROR_POINTS, YEAR))
    yield "score_all / bare loop", scored / baseline, 20
    explained = seconds(lambda: read(score_all(ledger, ERROR_POINTS, YEAR).values()))
    yield "score_all, every line and step read / bare loop", explained / baseline, 60
    unlike = Ledger(entries_of(Violation(**each) for each in drawn(VIOLATIONS, alike=False)))
    scored_unlike = seconds(lambda: score_all(unlike, ERROR_POINTS, YEAR))
    yield "score_all, no two findings alike / bare loop", scored_unlike / baseline, None
    million = Ledger(entries_of(Violation(**each) for each in drawn(5 * VIOLATIONS)))
    tallied_million = seconds(lambda: tally(million, ERROR_POINTS, YEAR))
    yield "tally of 1,000,000 / of 200,000 violations", tallied_million / tallied, 6
    scored_million = seconds(lambda: score_all(million, ERROR_POINTS, YEAR))
    yield "score_all of 1,000,000 / of 200,000 violations", scored_million / scored, 6
    plain = seconds(lambda: [Plain(**each) for each in fields])
    validated = seconds(lambda: [Violation(**each) for each in fields])
    yield "making a Violation / a plain frozen class", validated / plain, 4
    dependencies = import_seconds("attrs, dateutil.relativedelta, decimal")
    imported = import_seconds("cmappraisal")
    yield "import cmappraisal / attrs, dateutil, decimal", imported / dependencies, 2.5


if __name__ == "__main__":
    run(ratios, answers)
