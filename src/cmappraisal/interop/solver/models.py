"""Models: the days of demands as variables of CP-SAT; no other module knows OR-Tools."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from attrs import frozen

from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.solver.parts import Kind
from cmappraisal.interop.solver.problems import Demand, Problem

with needs_extra("solver", "ortools"):
    from ortools.sat.python import cp_model

Variable: TypeAlias = cp_model.IntVar
"""A count, or whether a demand stays."""

Term: TypeAlias = cp_model.LinearExprT
"""What can be added up: a variable, or a multiple of one."""

Chosen: TypeAlias = Mapping[int, tuple[date, bool]]
"""The day of each demand, by its place, and whether it stays as it was."""


@frozen
class Role:
    """One demand of each cluster of a kind.

    Args:
        places: Their places, in the order of the clusters.
        counts: How many of them take place on each day and do not stay as they were.
        stays: For those that may stay, whether they do, by place.
    """

    places: tuple[int, ...]
    counts: Mapping[date, Variable]
    stays: Mapping[int, Variable]


class Model:
    """The days of the demands of a problem, as variables and what they must fulfil.

    Args:
        problem: The problem.
        steady: Whether all demands that may stay do.

    Attributes:
        roles: The roles that were added.
        coming: By day, the roles that may have a session on it.
        staying: By day, the demands that may stay on it, by place.
    """

    def __init__(self, problem: Problem, *, steady: bool) -> None:
        self.problem = problem
        self.roles: list[Role] = []
        self.coming: defaultdict[date, list[Role]] = defaultdict(list)
        self.staying: defaultdict[date, dict[int, Variable]] = defaultdict(dict)
        self._steady = steady
        self._model = cp_model.CpModel()

    def add(self, kind: Kind) -> None:
        """Add the variables of a kind, the orders of its demands, and one session a day."""
        roles = [self._role(places) for places in zip(*kind.clusters, strict=True)]
        self.roles += roles
        for before, after in kind.orders:
            self._keep_order(roles[before], roles[after])
        if len(kind.clusters) == 1:
            self._allow_one_a_day(roles)

    def demand(self, role: Role) -> Demand:
        """What the demands of a role need: that of the first one, which the others equal."""
        return self.problem.demands[role.places[0]]

    def count(self, most: int) -> Variable:
        """A variable for a number from 0."""
        return self._model.new_int_var(0, most, "")

    def bound(self, terms: Iterable[Term], least: int, most: int) -> None:
        """Keep the sum of some terms within bounds."""
        self._model.add_linear_constraint(cp_model.LinearExpr.sum(list(terms)), least, most)

    def allow_one(self, stays: Iterable[Variable]) -> None:
        """Let at most one of some demands stay."""
        self._model.add_at_most_one(stays)

    def minimize(self, terms: Sequence[tuple[Variable, int]]) -> None:
        """Prefer what has the least sum of variables, each multiplied by a number."""
        self._model.minimize(_weighted(terms))

    def found(self) -> Chosen | None:
        """The days, or None if there are none."""
        solver = cp_model.CpSolver()
        # With one worker the search always takes the same way, and without a limit it ends only
        # when it is done. The presolve of OR-Tools 9.15 is known to be wrong about some linear
        # models, and the models here are not solved sooner with it.
        solver.parameters.num_workers = 1
        solver.parameters.cp_model_presolve = False
        if solver.solve(self._model) == cp_model.INFEASIBLE:
            return None
        chosen: dict[int, tuple[date, bool]] = {}
        for role in self.roles:
            days = iter(
                day for day, count in role.counts.items() for _ in range(solver.value(count))
            )
            for place in role.places:
                stays = place in role.stays and solver.boolean_value(role.stays[place])
                on = self.problem.demands[place].session.on
                chosen[place] = (on, True) if stays else (next(days), False)
        return chosen

    def _role(self, places: tuple[int, ...]) -> Role:
        demands = {place: self.problem.demands[place] for place in places}
        first = demands[places[0]]
        days = () if self._steady and first.may_stay else first.days
        counts = {day: self.count(len(places)) for day in days}
        stays = {
            place: self._model.new_bool_var("")
            for place, demand in demands.items()
            if demand.may_stay
        }
        role = Role(places, counts, stays)
        self.bound([*counts.values(), *stays.values()], len(places), len(places))
        for day in counts:
            self.coming[day].append(role)
        for place, stay in stays.items():
            self._model.add_hint(stay, True)
            self.staying[first.session.on][place] = stay
        return role

    def _on(self, role: Role, day: date) -> list[Variable]:
        """The variables whose sum is how many of a role take place on a day."""
        stays = role.stays.values() if self.demand(role).session.on == day else ()
        return [*([role.counts[day]] if day in role.counts else []), *stays]

    def _keep_order(self, before: Role, after: Role) -> None:
        if len(before.places) == 1:
            later, sooner = self._ordinal(after), self._ordinal(before)
            self._model.add(later >= sooner + 1)
            return
        # Up to each day, no more of the later ones than of the earlier ones before it.
        for until in after.counts:
            later_ones = [count for day, count in after.counts.items() if day <= until]
            sooner_ones = [count for day, count in before.counts.items() if day < until]
            terms = [*later_ones, *(-count for count in sooner_ones)]
            self.bound(terms, -len(before.places), 0)

    def _ordinal(self, role: Role) -> Term:
        """The day of a role of one place, as a number."""
        days = self.demand(role).days
        return _weighted([(term, day.toordinal()) for day in days for term in self._on(role, day)])

    def _allow_one_a_day(self, roles: Sequence[Role]) -> None:
        """On each day, one session of each group and person."""
        attended: defaultdict[Hashable, list[list[Variable]]] = defaultdict(list)
        for role in roles:
            for day in self.demand(role).days:
                attended[self.demand(role).participants, day].append(self._on(role, day))
        for sessions in attended.values():
            if len(sessions) > 1:
                self.bound([term for terms in sessions for term in terms], 0, 1)


def _weighted(terms: Sequence[tuple[Variable, int]]) -> Term:
    return cp_model.LinearExpr.weighted_sum(
        [variable for variable, _ in terms], [weight for _, weight in terms]
    )
