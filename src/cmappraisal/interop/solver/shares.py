"""Shares: how many sessions somebody has at least, whoever has which of those that each can have.

Sessions flow to those who can have them, and from each of those no more than a limit flows on.
Where not all of them get through, the narrowest place is crowded: some sessions, and all who can
have any of these, who are too few for them.
"""

from __future__ import annotations

from collections.abc import Mapping

from cmappraisal.interop.extras import needs_extra

with needs_extra("solver", "ortools"):
    from ortools.graph.python import max_flow


def fewest_shared(asked: Mapping[frozenset[str], int]) -> tuple[int, int]:
    """How many sessions have nobody but how many to share them, where that is most for each.

    Args:
        asked: How many sessions some can have, and nobody else, by who those are.
    """
    everybody = {each for able in asked for each in able}
    worst = sum(asked.values()), len(everybody)
    while True:
        # Whoever has a smaller share than the worst so far is left away, as far as that goes.
        crowd = _crowd(asked, -(-worst[0] // worst[1]))
        if not crowd:
            return worst
        worst = sum(count for able, count in asked.items() if able <= crowd), len(crowd)


def _crowd(asked: Mapping[frozenset[str], int], limit: int) -> frozenset[str]:
    """Those who have more sessions than a limit for each; nobody where all can keep to it."""
    people = sorted({each for able in asked for each in able})
    source, sink, first = 0, 1, 2
    node = {each: place for place, each in enumerate(people, first)}
    flow = max_flow.SimpleMaxFlow()
    for each in people:
        flow.add_arc_with_capacity(node[each], sink, limit)
    for place, able in enumerate(sorted(asked, key=sorted), first + len(people)):
        flow.add_arc_with_capacity(source, place, asked[able])
        for each in sorted(able):
            flow.add_arc_with_capacity(place, node[each], asked[able])
    flow.solve(source, sink)
    if flow.optimal_flow() == sum(asked.values()):
        return frozenset()
    cut = set(flow.get_source_side_min_cut())
    return frozenset(each for each in people if node[each] in cut)
