"""Proof: 2,000 scenarios reach every effect and every alternative of the policy 20 times or more.

So they do every kind of posting of an account, and how far what is due can be: taken, or served.
The same ones are drawn each time. Run as ``python tests/proofs/reach.py``.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / name) for name in ("interop", "helpers")]

DRAWS = 2_000
LEAST = 20


def main() -> None:
    """Show it, or end with what is reached too seldom."""
    from test_strategies import BATCH, alternatives, counts_in

    counts = Counter(dict.fromkeys(alternatives(), 0))
    for batch in range(DRAWS // BATCH):
        found = counts_in(batch)
        counts.update({each: found[each] for each in counts})
    for each, count in sorted(counts.items(), key=lambda pair: pair[1]):
        sys.stdout.write(f"{count:5} {each}\n")
    if min(counts.values()) < LEAST:
        raise SystemExit(f"FAILED: something is reached less than {LEAST} times")


if __name__ == "__main__":
    main()
