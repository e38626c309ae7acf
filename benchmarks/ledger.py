"""What a ledger costs that never changes, as ratios to a plain list of the same entries.

Run it with ``python benchmarks/ledger.py``. Every figure is a ratio of two medians measured in the
same run, so that it says the same on a fast machine and on a slow one. Inputs are seeded.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterable
from datetime import timedelta

from cmappraisal import Entry, Ledger, Reversed, Violation
from measuring import drawn, entries_of, print_table, seconds

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


def main() -> None:
    """Measure every ratio and print a table of them."""
    fields = list(drawn(ENTRIES))
    entries = listed(ENTRIES)
    half = entries[: ENTRIES // 2]
    building = seconds(lambda: list(entries_of(Violation(**each) for each in fields)))
    appending = seconds(lambda: appended(entries))
    appending_half = seconds(lambda: appended(half))
    list_size = memory(lambda: listed(ENTRIES // 4))
    ledger_size = memory(lambda: appended(listed(ENTRIES // 4)))

    ledger = appended(half)
    first_root = seconds(lambda: Ledger(half).root())
    ledger.root()
    last = half[-1]
    struck = Reversed(last.violation_id, "no breach", at=last.at + timedelta(1))
    # A thousand ledgers, each one entry longer than the one whose root is known.
    next_roots = seconds(lambda: [ledger.extend((struck,)).root() for _ in range(1000)])
    proofs = seconds(lambda: [ledger.prove_inclusion(index) for index in range(1000)])
    print_table(
        [
            ("200,000 appends / 100,000 appends", appending / appending_half, 2.5),
            ("200,000 appends / building the list", appending / building, 8),
            ("memory of the ledger / of the list", ledger_size / list_size, 2),
            (
                "root after one more append / first root, of 100,000",
                next_roots / 1000 / first_root,
                0.01,
            ),
            ("proof of inclusion / first root, of 100,000", proofs / 1000 / first_root, 0.01),
        ]
    )
    print(f"\nBuilding the list of {ENTRIES:,} entries took {building:.3f} s.")


if __name__ == "__main__":
    main()
