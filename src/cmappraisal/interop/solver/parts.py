"""Parts: which demands of a problem are bound to one another, and which are alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from attrs import frozen

from cmappraisal.interop.solver.problems import Demand, Order, Problem


def independent(problem: Problem) -> list[list[int]]:
    """The places of the demands, in parts that have no day in common."""
    return _joined(len(problem.demands), _bundles(problem, lambda demand: demand.days))


def _bundles(
    problem: Problem, keys: Callable[[Demand], Iterable[Hashable]]
) -> Iterator[Sequence[int]]:
    """The places of demands that have a key in common, or an order."""
    shared: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place, demand in enumerate(problem.demands):
        for key in keys(demand):
            shared[key].append(place)
    yield from shared.values()
    yield from problem.orders


def _joined(count: int, bundles: Iterable[Sequence[int]]) -> list[list[int]]:
    """Places from 0 on in clusters: the places of one bundle are in one cluster."""
    parents = list(range(count))

    def root(place: int) -> int:
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    for first, *others in bundles:
        for place in others:
            earlier, later = sorted((root(first), root(place)))
            parents[later] = earlier
    clusters: defaultdict[int, list[int]] = defaultdict(list)
    for place in range(count):
        clusters[root(place)].append(place)
    return list(clusters.values())


@frozen
class Kind:
    """Clusters of demands that are alike in all that the search looks at.

    Args:
        clusters: The places of the demands, in a row for each cluster: one demand, or several that
            are bound by their participants or by an order.
        orders: Which demand of a row must come after which, by their numbers in the row.
    """

    clusters: tuple[tuple[int, ...], ...]
    orders: tuple[Order, ...]


def kinds(problem: Problem, looks: Callable[[Demand], Hashable]) -> list[Kind]:
    """The demands of a problem by their kind."""
    alike: defaultdict[Hashable, list[tuple[int, ...]]] = defaultdict(list)
    orders_of: dict[Hashable, tuple[Order, ...]] = {}
    for cluster, orders in _clusters(problem):
        demands = [problem.demands[place] for place in cluster]
        # A cluster that cannot be counted with others is a kind of one cluster.
        distinction = () if _can_be_counted(demands, orders) else cluster
        key = (tuple(map(looks, demands)), orders, distinction)
        alike[key].append(cluster)
        orders_of[key] = orders
    return [Kind(tuple(clusters), orders_of[key]) for key, clusters in alike.items()]


def alike(problem: Problem, looks: Callable[[Demand], Hashable]) -> Iterable[list[tuple[int, ...]]]:
    """The places of the demands of clusters that could change places, cluster by cluster."""
    found: defaultdict[Hashable, list[tuple[int, ...]]] = defaultdict(list)
    for cluster, orders in _clusters(problem):
        demands = [problem.demands[place] for place in cluster]
        who = list(dict.fromkeys(each for demand in demands for each in demand.participants))
        attend = tuple(
            (
                tuple(who.index(each) for each in demand.participants),
                tuple(
                    (who.index((False, group)), day)
                    for group, day in demand.beside
                    if (False, group) in who
                ),
            )
            for demand in demands
        )
        found[tuple(map(looks, demands)), orders, attend].append(cluster)
    return found.values()


def _clusters(problem: Problem) -> Iterator[tuple[tuple[int, ...], tuple[Order, ...]]]:
    """The places of the demands of each cluster, and its orders by the numbers in its row."""
    later: defaultdict[int, list[int]] = defaultdict(list)
    for before, after in problem.orders:
        later[before].append(after)
    for cluster in _joined(len(problem.demands), _bundles(problem, _attended)):
        orders = tuple(
            (number, cluster.index(after))
            for number, before in enumerate(cluster)
            for after in later[before]
        )
        yield tuple(cluster), orders


def _attended(demand: Demand) -> Iterator[Hashable]:
    """Those who attend a demand on a day, and the team that one of them is in, for each day."""
    for day in demand.days:
        for participant in demand.participants:
            yield participant, day
    for group, day in demand.beside:
        yield (False, group), day


def _can_be_counted(demands: Sequence[Demand], orders: Sequence[Order]) -> bool:
    """Whether it is enough to know how many of each kind take place on which day.

    Pairs in an order can be recovered from their counts: up to each day, more of the first than of
    the second take place. Rows of three cannot, nor can pairs of which one may stay.
    """
    if len(demands) == 1:
        return True
    return len(demands) == 2 and bool(orders) and not any(each.may_stay for each in demands)
