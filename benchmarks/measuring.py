"""What the benchmarks share: seeded violations, a clock of processor time, a table of ratios."""

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

from attrs import evolve, frozen

from cmappraisal import (
    ERROR_POINTS,
    Amended,
    Appealed,
    Dismissed,
    Entry,
    Recorded,
    Reversed,
    Rule,
    Violation,
)
from cmappraisal.standards import Deduction, Referral

SEED = 20_250_101
MANAGERS = 2_000
ROUNDS = 5
START = datetime(2026, 7, 1, tzinfo=UTC)
"""The moment of the first recording, after every day on which something occurred."""

Ratio: TypeAlias = tuple[str, float, float | None]
"""What is compared, the ratio measured, and its bound where it has one."""

Answer: TypeAlias = tuple[str, bool]
"""What has to agree, and whether it does."""


# Seeded data, in which every stage of scoring has something to do.


def drawn(count: int, *, alike: bool = True) -> Iterator[dict[str, Any]]:
    """The fields of seeded violations: of two years, under every rule, most in shared incidents.

    Violations are much alike, as they are in a bank; those that are not differ in their quantity.
    """
    chance = random.Random(SEED)
    rules = list(ERROR_POINTS.values())
    number, rule = 0, rules[0]
    while number < count:
        together = min(chance.choice((1, 1, 2, 2, 3, 4, 6)), count - number)
        shared = {
            "manager": f"RM-{chance.randrange(MANAGERS):04}",
            "occurred_on": date(2024, 7, 1) + timedelta(chance.randrange(730)),
            "incident": f"I-{number}" if together > 1 or chance.random() < 0.1 else None,
        }
        for _ in range(together):
            # One rule in five is that of the violation before, so that rules come twice.
            if chance.random() > 0.2:
                rule = chance.choice(rules)
            yield {"id": f"V-{number}", **shared, **_found(rule, chance, number, alike=alike)}
            number += 1


def _found(rule: Rule, chance: random.Random, number: int, *, alike: bool) -> dict[str, Any]:
    circumstances = [circumstance.id for circumstance in ERROR_POINTS.circumstances]
    penalty = rule.penalty
    assessed = isinstance(penalty, Deduction) and penalty.discretionary and chance.random() < 0.5
    return {
        "rule": rule.id,
        "quantity": chance.choice((1, 1, 1, 2, 3)) if alike else 1 + number,
        "circumstances": frozenset(chance.sample(circumstances, chance.choice((0, 0, 0, 1)))),
        "refers_to": chance.choice(penalty.to) if isinstance(penalty, Referral) else None,
        "assessed_points": chance.randrange(11) if assessed else None,
        "note": "",
    }


def entries_of(violations: Iterable[Violation]) -> list[Entry]:
    """Recordings of violations, a minute apart, and what becomes of a fifth of them, in order."""
    chance = random.Random(SEED)
    entries: list[Entry] = []
    for number, violation in enumerate(violations):
        at = START + timedelta(minutes=number)
        entries.append(Recorded(violation, at=at))
        if chance.random() < 0.2:
            entries += _fate_of(violation, at, chance)
    return sorted(entries, key=lambda entry: entry.at)


def _fate_of(violation: Violation, at: datetime, chance: random.Random) -> list[Entry]:
    id, soon, later = violation.id, at + timedelta(days=2), at + timedelta(days=9)
    appealed = Appealed(id, "on leave", at=soon)
    restated = evolve(violation, quantity=1)
    fates: tuple[list[Entry], ...] = (
        [Amended(restated, "counted twice", at=soon)],
        [Reversed(id, "no breach", at=soon)],
        [appealed],
        [appealed, Dismissed(id, "no leave", at=later)],
        [appealed, Amended(restated, "varied", at=later)],
        [appealed, Reversed(id, "on leave indeed", at=later)],
    )
    return chance.choice(fates)


# Measuring.


@frozen
class Work:
    """Some work to be timed, and what is made ready for it anew each time, untimed."""

    act: Callable[[Any], object]
    prepare: Callable[[], Any] = lambda: None
    apart: bool = False
    """Whether the garbage collector, while it is timed, walks through what it makes alone. When the
    collector walks through all there is, depends on how much there is, which is no growth of the
    work's own."""


def seconds(*works: Work | Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The median processor time of each work, in seconds; in each round all have their turn.

    The garbage collector runs as it does for everybody. What was there before is collected first,
    so that none pays for another.
    """
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for durations, work in zip(taken, works, strict=True):
            durations.append(_once(work))
    return list(map(median, taken))


def _once(work: Work | Callable[[], object]) -> float:
    prepared = (work.prepare(),) if isinstance(work, Work) else ()
    act: Callable[..., object] = work.act if isinstance(work, Work) else work
    gc.collect()
    if isinstance(work, Work) and work.apart:
        gc.freeze()
        gc.collect()
    start = time.process_time()
    result = act(*prepared)
    duration = time.process_time() - start
    # Freed only here, since the time that takes is no part of the answer.
    del result
    gc.unfreeze()
    return duration


def ratio(work: Work | Callable[[], object], to: Work | Callable[[], object]) -> float:
    """How many times as long one work takes as another."""
    one, other = seconds(work, to)
    return one / other


def print_table(rows: Iterable[Ratio]) -> list[str]:
    """Print ratios beside their bounds, as Markdown, and return what is beyond its bound."""
    print("| ratio | measured | bound |")
    print("|---|---:|---:|")
    broken = []
    for name, measured, bound in rows:
        print(f"| {name} | {measured:.3g} | {bound or 'none'} |", flush=True)
        if bound is not None and measured > bound:
            broken.append(f"{name}: {measured:.3g} is more than {bound}")
    return broken


def demand(answers: Iterable[Answer]) -> None:
    """Exit with an error where answers differ."""
    wrong = [f"the answers differ: {name}" for name, agree in answers if not agree]
    if wrong:
        sys.exit("\n".join(wrong))


def run(ratios: Callable[[], Iterable[Ratio]], answers: Callable[[], Iterable[Answer]]) -> None:
    """Check that the answers agree, then measure; exit with an error where either fails.

    With ``--answers-only`` nothing is measured, which is what a machine with other work can do.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--answers-only", action="store_true", help="check the answers, measure nothing"
    )
    answers_only = parser.parse_args().answers_only
    demand(answers())
    if not answers_only and (broken := print_table(ratios())):
        sys.exit("\n".join(broken))
