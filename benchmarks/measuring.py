"""What the benchmarks share: seeded violations, a stopwatch, a table of ratios, a command line."""

from __future__ import annotations

import argparse
import gc
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any, TypeAlias

from cmappraisal import ERROR_POINTS, Entry, Recorded, Referral, Violation

SEED = 20_250_101
MANAGERS = 2_000
ROUNDS = 5

Ratio: TypeAlias = tuple[str, float, float | None]
"""What is compared, the ratio measured, and its bound."""

Answer: TypeAlias = tuple[str, bool]
"""What has to agree, and whether it does."""


def drawn(count: int, *, alike: bool = True) -> Iterator[dict[str, Any]]:
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


def entries_of(violations: Iterable[Violation]) -> Iterator[Entry]:
    """Recordings of violations, a minute apart."""
    start = datetime(2024, 7, 1, tzinfo=UTC)
    for number, violation in enumerate(violations):
        yield Recorded(violation, at=start + timedelta(minutes=number))


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


def print_table(rows: Iterable[Ratio]) -> list[str]:
    """Print ratios beside their bounds, as Markdown, and return what is beyond its bound."""
    print("| ratio | measured | bound |")
    print("|---|---:|---:|")
    broken = []
    for name, ratio, bound in rows:
        print(f"| {name} | {ratio:.3g} | {bound or 'none'} |", flush=True)
        if bound is not None and ratio > bound:
            broken.append(f"{name}: {ratio:.3g} is more than {bound}")
    return broken


def run(ratios: Callable[[], Iterable[Ratio]], answers: Callable[[], Iterable[Answer]]) -> None:
    """Check that the answers agree, then measure; exit with an error where either fails.

    With ``--answers-only`` nothing is measured, which is what a machine with other work can do.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--answers-only", action="store_true", help="check the answers, measure nothing"
    )
    answers_only = parser.parse_args().answers_only
    wrong = [f"the answers differ: {name}" for name, agree in answers() if not agree]
    if not wrong and not answers_only:
        wrong = print_table(ratios())
    if wrong:
        sys.exit("\n".join(wrong))
