"""The definitions of RFC 9162, section 2.1, written down as they stand, and vectors made of them.

Slow on purpose: each function is one definition with its own letters (MTH, PATH, PROOF, SUBPROOF),
nothing is remembered, and nothing of the library is imported. Run as a script, it prints the
vectors of small trees as lines of JSON, for whoever checks another program by them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any, TypeAlias

Leaves: TypeAlias = Sequence[bytes]
Digests: TypeAlias = tuple[bytes, ...]


def HASH(data: bytes) -> bytes:  # noqa: N802 - the name in the RFC, as are those below
    return sha256(data).digest()


def k_of(n: int) -> int:
    """The largest power of two smaller than n (k < n <= 2k)."""
    k = 1
    while 2 * k < n:
        k *= 2
    return k


def MTH(D: Leaves) -> bytes:  # noqa: N802, N803
    """Section 2.1.1."""
    n = len(D)
    if n == 0:
        return HASH(b"")
    if n == 1:
        return HASH(b"\x00" + D[0])
    k = k_of(n)
    return HASH(b"\x01" + MTH(D[:k]) + MTH(D[k:]))


def PATH(m: int, D: Leaves) -> Digests:  # noqa: N802, N803
    """Section 2.1.3.1."""
    n = len(D)
    if n == 1:
        return ()
    k = k_of(n)
    if m < k:
        return (*PATH(m, D[:k]), MTH(D[k:]))
    return (*PATH(m - k, D[k:]), MTH(D[:k]))


def PROOF(m: int, D: Leaves) -> Digests:  # noqa: N802, N803
    """Section 2.1.4.1."""
    return SUBPROOF(m, D, True)


def SUBPROOF(m: int, D: Leaves, b: bool) -> Digests:  # noqa: N802, N803
    """Section 2.1.4.1."""
    n = len(D)
    if m == n:
        return () if b else (MTH(D),)
    k = k_of(n)
    if m <= k:
        return (*SUBPROOF(m, D[:k], b), MTH(D[k:]))
    return (*SUBPROOF(m - k, D[k:], False), MTH(D[:k]))


def leaves_of(size: int) -> list[bytes]:
    """Leaves that differ, of every length from none to many bytes."""
    return [bytes([number % 256]) * number for number in range(size)]


def vectors(sizes: Iterable[int]) -> Iterator[dict[str, Any]]:
    """The root of each tree, and its proofs, in hexadecimal."""
    for size in sizes:
        leaves = leaves_of(size)
        yield {
            "leaves": [leaf.hex() for leaf in leaves],
            "root": MTH(leaves).hex(),
            "inclusion": [[each.hex() for each in PATH(m, leaves)] for m in range(size)],
            "consistency": [[each.hex() for each in PROOF(m, leaves)] for m in range(1, size + 1)],
        }


if __name__ == "__main__":
    for vector in vectors(range(int(sys.argv[1]) if len(sys.argv) > 1 else 18)):
        sys.stdout.write(json.dumps(vector) + "\n")
