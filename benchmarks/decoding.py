"""How long it takes, and how much memory, to reject three megabytes of nonsense, or to read them.

Run it with ``python benchmarks/decoding.py``. A document comes from outside, so here the bounds are
seconds of processor time and megabytes, whichever form the nonsense has.
"""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable, Iterable
from functools import partial

from cmappraisal.errors import MAXIMUM_PROBLEMS
from measuring import Answer, Ratio, run, seconds
from nonsense import NONSENSE, outcome

SIZE = 2_100_000
"""The characters of a document: three megabytes, where a third of them takes three bytes."""

SECONDS = 2
FEW = 40_000

# Allocations are watched at a sixth of the size, for the watch takes many times the work: of three
# hundred megabytes they may take a sixth, and of that two thirds, since what is read comes too.
WATCHED_SIZE = SIZE // 6
MEGABYTES = 35


def answers() -> Iterable[Answer]:
    """Check that whatever is rejected is rejected with few problems."""
    for what, (kind, make) in NONSENSE.items():
        error = outcome(make(FEW), kind)
        yield f"the problems of {what}", error is None or len(error.problems) <= MAXIMUM_PROBLEMS


def memory(read: Callable[[], object]) -> float:
    """The most megabytes that are allocated at one time."""
    gc.collect()
    tracemalloc.start()
    try:
        read()
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return most / 1_000_000


def ratios() -> Iterable[Ratio]:
    """Measure each form of nonsense by itself."""
    for what, (kind, make) in NONSENSE.items():
        (taken,) = seconds(partial(outcome, make(SIZE), kind), rounds=3)
        yield f"{what}: seconds for {SIZE:,} characters", taken, SECONDS
        small = make(WATCHED_SIZE)
        yield f"{what}: MB for {WATCHED_SIZE:,}", memory(partial(outcome, small, kind)), MEGABYTES


if __name__ == "__main__":
    run(ratios, answers)
