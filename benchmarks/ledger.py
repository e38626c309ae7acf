"""What a ledger costs that never changes, as ratios to a plain list of the same entries.

Run it with ``python benchmarks/ledger.py``. Every figure is a ratio of two medians measured in the
same run, so that it says the same on a fast machine and on a slow one. Inputs are seeded.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from cmappraisal import (
    Entry,
    Ledger,
    Reversed,
    Violation,
    canonical_bytes,
    tree_head,
    verify_inclusion,
)
from measuring import Answer, Ratio, drawn, entries_of, run, seconds

ENTRIES = 200_000


def listed(count: int) -> list[Entry]:
    """A plain list of entries."""
    return list(entries_of(Violation(**each) for each in drawn(count)))


def appended(entries: Iterable[Entry]) -> Ledger:
    """A ledger that grew by one entry at a time."""
    ledger = Ledger()
    for entry in entries:
        ledger = ledger.extend((entry,))
    return ledger


def memory(work: Callable[[], object]) -> int:
    """The bytes that the result of some work takes."""
    tracemalloc.start()
    result = work()
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del result
    return taken


def answers() -> Iterator[Answer]:
    """What a ledger says of a thousand entries, and what the list says."""
    entries = listed(1_000)
    ledger = appended(entries)
    leaves = [canonical_bytes(entry) for entry in entries]
    root = ledger.root()
    yield "the entries of the ledger and the list", list(ledger) == entries
    yield "the root of the ledger and of the list", root == tree_head(leaves)
    yield (
        "an entry and its proof of inclusion",
        verify_inclusion(leaves[7], 7, len(leaves), ledger.prove_inclusion(7), root=root),
    )


def ratios() -> Iterator[Ratio]:
    """Each ratio with its bound."""
    fields = list(drawn(ENTRIES))
    entries = listed(ENTRIES)
    half = entries[: ENTRIES // 2]
    building = seconds(lambda: list(entries_of(Violation(**each) for each in fields)))
    appending = seconds(lambda: appended(entries))
    appending_half = seconds(lambda: appended(half))
    yield "200,000 appends / 100,000 appends", appending / appending_half, 2.5
    yield "200,000 appends / building the list", appending / building, 8
    list_size = memory(lambda: listed(ENTRIES // 4))
    ledger_size = memory(lambda: appended(listed(ENTRIES // 4)))
    yield "memory of the ledger / of the list", ledger_size / list_size, 2

    ledger = appended(half)
    first_root = seconds(lambda: Ledger(half).root())
    ledger.root()
    last = half[-1]
    struck = Reversed(last.violation_id, "no breach", at=last.at + timedelta(1))
    # A thousand ledgers, each one entry longer than the one whose root is known.
    next_roots = seconds(lambda: [ledger.extend((struck,)).root() for _ in range(1000)])
    proofs = seconds(lambda: [ledger.prove_inclusion(index) for index in range(1000)])
    next_root, proof = next_roots / 1000 / first_root, proofs / 1000 / first_root
    yield "root after one more append / first root, of 100,000", next_root, 0.01
    yield "proof of inclusion / first root, of 100,000", proof, 0.01


if __name__ == "__main__":
    run(ratios, answers)
