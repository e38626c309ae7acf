"""Shares: the most crowded sessions, and who has to share them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal.interop.solver.shares import fewest_shared

Asked = Mapping[frozenset[str], int]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"A": 3, "B": 1}, (3, 1)),
        ({"AB": 5}, (5, 2)),
        ({"A": 2, "AB": 2, "ABC": 2}, (6, 3)),
        ({"A": 2, "AB": 3, "ABC": 1}, (5, 2)),
        ({"AB": 1, "AC": 1, "C": 1}, (3, 3)),
        ({"A": 1, "B": 1, "AB": 4, "C": 1, "BC": 0}, (7, 3)),
    ],
    ids=str,
)
def test_who_has_to_share_most(asked: dict[str, int], found: tuple[int, int]) -> None:
    assert fewest_shared({frozenset(able): count for able, count in asked.items()}) == found


def crowds(asked: Asked) -> Iterator[tuple[int, int]]:
    """How many sessions each set of people has to share, and how many those are."""
    people = sorted(frozenset().union(*asked))
    for few in chain.from_iterable(combinations(people, n) for n in range(1, len(people) + 1)):
        yield sum(count for able, count in asked.items() if able <= set(few)), len(few)


some = st.frozensets(st.sampled_from("ABCDE"), min_size=1)


@given(st.dictionaries(some, st.integers(0, 9), min_size=1))
def test_nobody_has_to_share_more(asked: Asked) -> None:
    sessions, among = fewest_shared(asked)
    assert (sessions, among) in set(crowds(asked))
    assert -(-sessions // among) == max(-(-some // few) for some, few in crowds(asked))
