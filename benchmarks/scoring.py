"""What explaining every point costs, as ratios to a bare loop over the same violations.

Run it with ``python benchmarks/scoring.py``. Every figure is a ratio of two medians measured in the
same run, so that it says the same on a fast machine and on a slow one. Inputs are seeded.
"""

from __future__ import annotations

import gc
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from statistics import median

from attrs import frozen

from cmappraisal import (
    ERROR_POINTS,
    Appraisal,
    Deduction,
    Ledger,
    Period,
    Recorded,
    Referral,
    Violation,
    score_all,
    tally,
)

SEED = 20_250_101
VIOLATIONS = 200_000
MANAGERS = 2_000
YEAR = Period.year(2025)
ROUNDS = 5


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


def drawn(count: int, *, alike: bool = True) -> Iterator[dict[str, object]]:
    """The fields of seeded violations: of two years, under every rule, many in shared incidents.

    Findings are much alike, as they are in a bank; those that are not differ in their quantity.
    """
    chance = random.Random(SEED)
    rules = list(ERROR_POINTS.values())
    circumstances = [circumstance.id for circumstance in ERROR_POINTS.circumstances]
    for number in range(count):
        rule = chance.choice(rules)
        to = rule.penalty.to if isinstance(rule.penalty, Referral) else ()
        yield {
            "id": f"V-{number}",
            "manager": f"RM-{chance.randrange(MANAGERS):04}",
            "rule": rule.id,
            "occurred_on": date(2024, 7, 1) + timedelta(chance.randrange(730)),
            "quantity": chance.choice((1, 1, 1, 2, 3)) if alike else 1 + number,
            "circumstances": frozenset(chance.sample(circumstances, chance.choice((0, 0, 0, 1)))),
            "incident": f"I-{chance.randrange(count)}" if chance.random() < 0.3 else None,
            "refers_to": chance.choice(to) if to else None,
            "assessed_points": None,
            "note": "",
        }


def recorded(violations: Iterable[Violation]) -> Ledger:
    """A ledger of violations, a minute apart."""
    start = datetime(2024, 7, 1, tzinfo=UTC)
    return Ledger(
        Recorded(violation, at=start + timedelta(minutes=number))
        for number, violation in enumerate(violations)
    )


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


def seconds(work: Callable[[], object]) -> float:
    """The median duration of some work, in seconds, over a few rounds."""
    durations = []
    for _ in range(ROUNDS):
        # The collector would walk through all the input again and again, for either side.
        gc.collect()
        gc.freeze()
        start = time.perf_counter()
        work()
        durations.append(time.perf_counter() - start)
        gc.unfreeze()
    return median(durations)


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
    violations = [Violation(**each) for each in fields]  # type: ignore[arg-type]
    ledger = recorded(violations)
    baseline = seconds(lambda: bare(violations, YEAR))
    tallied = seconds(lambda: tally(ledger, ERROR_POINTS, YEAR))
    scored = seconds(lambda: score_all(ledger, ERROR_POINTS, YEAR))
    explained = seconds(lambda: read(score_all(ledger, ERROR_POINTS, YEAR).values()))
    plain = seconds(lambda: [Plain(**each) for each in fields])  # type: ignore[arg-type]
    validated = seconds(lambda: [Violation(**each) for each in fields])  # type: ignore[arg-type]
    million = recorded(Violation(**each) for each in drawn(5 * VIOLATIONS))  # type: ignore[arg-type]
    tallied_million = seconds(lambda: tally(million, ERROR_POINTS, YEAR))
    scored_million = seconds(lambda: score_all(million, ERROR_POINTS, YEAR))
    unlike = recorded(Violation(**each) for each in drawn(VIOLATIONS, alike=False))  # type: ignore[arg-type]
    scored_unlike = seconds(lambda: score_all(unlike, ERROR_POINTS, YEAR))
    dependencies = import_seconds("attrs, dateutil.relativedelta, decimal")
    imported = import_seconds("cmappraisal")

    rows = [
        ("tally / bare loop", tallied / baseline, 4),
        ("score_all / bare loop", scored / baseline, 20),
        ("score_all, every line and step read / bare loop", explained / baseline, 60),
        ("score_all, no two findings alike / bare loop", scored_unlike / baseline, None),
        ("tally of 1,000,000 / of 200,000 violations", tallied_million / tallied, 6),
        ("score_all of 1,000,000 / of 200,000 violations", scored_million / scored, 6),
        ("making a Violation / a plain frozen class", validated / plain, 4),
        ("import cmappraisal / attrs, dateutil, decimal", imported / dependencies, 2.5),
    ]
    print("| ratio | measured | bound |")
    print("|---|---:|---:|")
    for name, ratio, bound in rows:
        print(f"| {name} | {ratio:.2f} | {bound or 'none'} |")
    print(f"\nThe bare loop over {VIOLATIONS:,} violations took {baseline:.3f} s.")


if __name__ == "__main__":
    main()
