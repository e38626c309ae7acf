"""What explaining every point costs, as ratios to a bare loop over the same violations.

Run it with ``python benchmarks/scoring.py``. Every figure is a ratio of two medians measured in the
same run, so that it says the same on a fast machine and on a slow one. Inputs are seeded.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from statistics import median

from attrs import frozen

from cmappraisal import ERROR_POINTS, Appraisal, Ledger, Period, Violation, score_all, tally
from cmappraisal.standards import Deduction
from measuring import drawn, entries_of, print_table, seconds

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


def main() -> None:
    """Measure every ratio and print a table of them."""
    fields = list(drawn(VIOLATIONS))
    violations = [Violation(**each) for each in fields]
    ledger = Ledger(entries_of(violations))
    baseline = seconds(lambda: bare(violations, YEAR))
    tallied = seconds(lambda: tally(ledger, ERROR_POINTS, YEAR))
    scored = seconds(lambda: score_all(ledger, ERROR_POINTS, YEAR))
    explained = seconds(lambda: read(score_all(ledger, ERROR_POINTS, YEAR).values()))
    plain = seconds(lambda: [Plain(**each) for each in fields])
    validated = seconds(lambda: [Violation(**each) for each in fields])
    million = Ledger(entries_of(Violation(**each) for each in drawn(5 * VIOLATIONS)))
    tallied_million = seconds(lambda: tally(million, ERROR_POINTS, YEAR))
    scored_million = seconds(lambda: score_all(million, ERROR_POINTS, YEAR))
    unlike = Ledger(entries_of(Violation(**each) for each in drawn(VIOLATIONS, alike=False)))
    scored_unlike = seconds(lambda: score_all(unlike, ERROR_POINTS, YEAR))
    dependencies = import_seconds("attrs, dateutil.relativedelta, decimal")
    imported = import_seconds("cmappraisal")

    rows: list[tuple[str, float, float | None]] = [
        ("tally / bare loop", tallied / baseline, 4),
        ("score_all / bare loop", scored / baseline, 20),
        ("score_all, every line and step read / bare loop", explained / baseline, 60),
        ("score_all, no two findings alike / bare loop", scored_unlike / baseline, None),
        ("tally of 1,000,000 / of 200,000 violations", tallied_million / tallied, 6),
        ("score_all of 1,000,000 / of 200,000 violations", scored_million / scored, 6),
        ("making a Violation / a plain frozen class", validated / plain, 4),
        ("import cmappraisal / attrs, dateutil, decimal", imported / dependencies, 2.5),
    ]
    print_table(rows)
    print(f"\nThe bare loop over {VIOLATIONS:,} violations took {baseline:.3f} s.")


if __name__ == "__main__":
    main()
