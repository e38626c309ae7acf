"""Models: the days of demands as variables of CP-SAT.

Where rooms or trainers have hours, what is found is looked at day by day. A day whose sessions find
no times is forbidden, with all days that are like it, and the search goes on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from itertools import repeat
from math import ceil
from typing import TypeAlias, cast

from attrs import frozen

from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.solver.clashes import (
    Chosen,
    Clash,
    Clashes,
    Shape,
    asks_for_as_much,
    shape_of,
)
from cmappraisal.interop.solver.parts import Kind
from cmappraisal.interop.solver.problems import Demand, Order, Problem
from cmappraisal.interop.solver.solving import Unsolved, solver_of, unsolved

with needs_extra("solver", "ortools"):
    from ortools.sat.python import cp_model

Variable: TypeAlias = cp_model.IntVar
"""A count, or whether a demand stays."""

Term: TypeAlias = cp_model.LinearExprT
"""What can be added up: a variable, or a multiple of one."""

Weighted: TypeAlias = Sequence[tuple[Variable, int]]
"""Variables, each with what it is multiplied by in a sum."""


Way: TypeAlias = tuple[date, bool] | None
"""The day of a demand, and whether it stays as it was; None where it is left out."""

MAXIMUM_ROUNDS = 50
"""How often the search goes on after days were found on which sessions clash."""

MINIMUM = -(10**15)
"""Less than any sum is worth."""

_ROUNDING = 1e-6
"""How far a bound of CP-SAT, a float, may be from the whole number that it is."""


@frozen
class Solved:
    """The best days that a search found.

    Args:
        chosen: The days.
        value: What they are worth, the less the better.
        bound: What no days are worth less than.
    """

    chosen: Chosen
    value: int
    bound: int


@frozen
class Role:
    """One demand of each cluster of a kind.

    Args:
        places: Their places, in the order of the clusters.
        counts: How many of them take place on each day and do not stay as they were.
        stays: For those that may stay, whether they do, by place.
        left_out: How many of them are left out, where that is allowed.
        leads: Whether another demand of its cluster must come after it.
    """

    places: tuple[int, ...]
    counts: Mapping[date, Variable]
    stays: Mapping[int, Variable]
    left_out: tuple[Variable, ...]
    leads: bool


class Model:
    """The days of the demands of a problem, as variables and what they must fulfil.

    Args:
        problem: The problem.
        steady: Whether all demands that may stay do.
        partial: Whether demands may be left out.

    Attributes:
        roles: The roles that were added.
        coming: By day, the roles that may have a session on it.
        staying: By day, the demands that may stay on it, by place.
    """

    def __init__(self, problem: Problem, *, steady: bool = False, partial: bool = False) -> None:
        self.problem = problem
        self.roles: list[Role] = []
        self.coming: defaultdict[date, list[Role]] = defaultdict(list)
        self.staying: defaultdict[date, dict[int, Variable]] = defaultdict(dict)
        self._steady, self._partial = steady, partial
        self._model = cp_model.CpModel()
        self._chosen: Chosen | None = None
        self._values: dict[int, int] = {}
        self._clashes = Clashes(problem)
        self._is_exact = True

    def add(self, kind: Kind) -> None:
        """Add the variables of a kind, the orders of its demands, and one session a day."""
        leading = {before for before, _ in kind.orders}
        rows = enumerate(zip(*kind.clusters, strict=True))
        roles = [self._role(places, leads=number in leading) for number, places in rows]
        self.roles += roles
        for before, after in _closed(kind.orders) if self._partial else kind.orders:
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

    def best(self, weighted: Weighted, more: int, work: int) -> Solved | None:
        """The days for which a sum is least, as far as the search goes; then it stays so small.

        Args:
            weighted: The sum.
            more: What is added to it.
            work: How much work the search may do, in CP-SAT's own deterministic time.

        Returns:
            The days; those that were found before, where the search finds none; None where none
            were.
        """
        if self._chosen is not None and not weighted:
            return Solved(self._chosen, more, more)
        expression = _weighted(weighted)
        self._model.minimize(expression)
        solved = self.found(work)
        if self._chosen is None:
            return None
        value = sum(weight * self._values[variable.index] for variable, weight in weighted)
        least = sum(min(weight, 0) for _, weight in weighted)
        bound = max(least, min(solved.bound, value)) if isinstance(solved, Solved) else least
        self._model.add(expression <= value)
        return Solved(self._chosen, value + more, bound + more)

    def found(self, work: float, *, relaxed: bool = False) -> Solved | Unsolved:
        """The days that the search finds, by the sum that is to be least, if there is one.

        Args:
            work: How much work the search may do.
            relaxed: Whether it looks at a linear relaxation in which all constraints are from the
                beginning. That too many sessions ask for too few rooms shows there, and hardly in
                anything else; days for all are found sooner without it.
        """
        left, bound = work, MINIMUM
        while True:
            solver = solver_of(left)
            if relaxed or self._partial:
                solver.parameters.linearization_level = 2
                solver.parameters.add_lp_constraints_lazily = False
            missing = unsolved(solver.solve(self._model))
            if missing is not None:
                return missing if self._is_exact else Unsolved.UNKNOWN
            if self._is_exact:
                bound = max(bound, ceil(solver.best_objective_bound - _ROUNDING))
            values, chosen = self._read(solver)
            clashes = self._clashes.of(chosen)
            if not clashes:
                self._keep(values, chosen)
                return Solved(chosen, round(solver.objective_value), bound)
            for clash in clashes:
                self._is_exact = self._is_exact and clash.is_proved
                _forbid(self, self._model, clash)
            left -= max(solver.response_proto.deterministic_time, work / MAXIMUM_ROUNDS)
            if left <= 0:
                if self._partial and not any((self._chosen or {}).values()):
                    self._keep(*self._without(values, chosen))
                return Unsolved.UNKNOWN

    def leave_all_out(self) -> None:
        """Begin with nothing at all, which is always possible where demands may be left out."""
        for role in self.roles:
            values = {variable.index: 0 for variable in _variables(role)}
            values.update((each.index, len(role.places)) for each in role.left_out)
            self._values.update(values)
        self._chosen = dict.fromkeys(range(len(self.problem.demands)))

    def _read(self, solver: cp_model.CpSolver) -> tuple[dict[int, int], dict[int, Way]]:
        """What a search found: the value of each variable, and the days."""
        values: dict[int, int] = {}
        chosen: dict[int, Way] = {}
        for role in self.roles:
            values.update((each.index, solver.value(each)) for each in _variables(role))
            days = [day for day, each in role.counts.items() for _ in range(values[each.index])]
            placed: list[Way] = [(day, False) for day in days]
            left_out = list(repeat(None, sum(values[each.index] for each in role.left_out)))
            # Of pairs in an order, those whose first is left out have the earliest second.
            ways = iter([*left_out, *placed] if role.leads else [*placed, *left_out])
            for place in role.places:
                stays = place in role.stays and values[role.stays[place].index]
                on = self.problem.demands[place].session.on
                chosen[place] = (on, True) if stays else next(ways)
        return values, chosen

    def _keep(self, values: Mapping[int, int], chosen: Chosen) -> None:
        """Keep what was found, and let the next search begin with it."""
        self._model.clear_hints()  # type: ignore[no-untyped-call]
        self._values.update(values)
        self._chosen = chosen
        for role in self.roles:
            for variable in _variables(role):
                self._model.add_hint(variable, values[variable.index])

    def _without(
        self, values: dict[int, int], chosen: dict[int, Way]
    ) -> tuple[dict[int, int], dict[int, Way]]:
        """What was found, without what clashes."""
        role_of = {place: role for role in self.roles for place in role.places}
        for place in list(self._clashes.too_many(chosen)):
            role, (day, _) = role_of[place], cast("tuple[date, bool]", chosen[place])
            values[role.counts[day].index] -= 1
            values[role.left_out[0].index] += 1
            chosen[place] = None
        return values, chosen

    def _role(self, places: tuple[int, ...], *, leads: bool) -> Role:
        demands = {place: self.problem.demands[place] for place in places}
        first = demands[places[0]]
        days = () if self._steady and first.may_stay else first.days
        counts = {day: self.count(len(places)) for day in days}
        stays = {
            place: self._model.new_bool_var("")
            for place, demand in demands.items()
            if demand.may_stay
        }
        left_out = (self.count(len(places)),) if self._partial else ()
        role = Role(places, counts, stays, left_out, leads)
        self.bound([*counts.values(), *stays.values(), *left_out], len(places), len(places))
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
        """Up to each day, no more of the later ones than of the earlier ones before it."""
        sooner, later = self.demand(before).days, self.demand(after).days
        for until in later:
            later_ones = [each for day in later if day <= until for each in self._on(after, day)]
            sooner_ones = [each for day in sooner if day < until for each in self._on(before, day)]
            terms = [*later_ones, *(-each for each in (*sooner_ones, *before.left_out))]
            self.bound(terms, -len(before.places), 0)

    def _allow_one_a_day(self, roles: Sequence[Role]) -> None:
        """On each day, one session of each group, and of each person that of the team included."""
        attended: defaultdict[Hashable, list[Variable]] = defaultdict(list)
        teams: defaultdict[Hashable, set[Hashable]] = defaultdict(set)
        for role in roles:
            demand = self.demand(role)
            for day in demand.days:
                for participant in demand.participants:
                    attended[participant, day] += self._on(role, day)
            for group, day in demand.beside if demand.count == 1 else ():
                teams[demand.participants[0], day].add(((False, group), day))
        for key, sessions in list(attended.items()):
            beside = [each for team in teams[key] for each in attended.get(team, ())]
            self.bound([*sessions, *beside], 0, 1)
        # Those of a class can be in several teams, which may well meet on one day without it.
        for role in roles:
            demand = self.demand(role)
            for group, day in demand.beside if demand.count > 1 else ():
                self.bound([*self._on(role, day), *attended.get(((False, group), day), ())], 0, 1)


def _forbid(model: Model, cp: cp_model.CpModel, clash: Clash) -> None:
    """Let what clashes not come together again, on any day where it would."""
    for day in clash.days:
        of_shape: defaultdict[Shape, list[Variable]] = defaultdict(list)
        for role in model.coming[day]:
            shape = shape_of(model.problem, model.demand(role), day)
            of_shape[shape].append(role.counts[day])
        for place, stay in model.staying[day].items():
            if place not in clash.staying:
                shape = shape_of(model.problem, model.problem.demands[place], day)
                of_shape[shape].append(stay)
        if len(clash.shapes) == 1 and not clash.staying:
            ((least, count),) = clash.shapes.items()
            alike = [each for each in of_shape if asks_for_as_much(each, least)]
            model.bound([each for shape in alike for each in of_shape[shape]], 0, count - 1)
            continue
        ways: list[cp_model.LiteralT] = [
            model.staying[day][place].negated() for place in clash.staying
        ]
        for shape, count in clash.shapes.items():
            fewer = cp.new_bool_var("")
            total = cp_model.LinearExpr.sum(of_shape[shape])
            cp.add(total <= count - 1).only_enforce_if(fewer)
            ways.append(fewer)
        cp.add_bool_or(ways)


def _variables(role: Role) -> list[Variable]:
    return [*role.counts.values(), *role.stays.values(), *role.left_out]


def _closed(orders: Sequence[Order]) -> list[Order]:
    """All that must come after one another, of which those between may be left out."""
    found = dict.fromkeys(orders)
    for order in (waiting := list(orders)):
        more = [(order[0], after) for before, after in orders if before == order[1]]
        waiting += [each for each in more if each not in found]
        found.update(dict.fromkeys(more))
    return list(found)


def _weighted(terms: Weighted) -> Term:
    return cp_model.LinearExpr.weighted_sum(
        [variable for variable, _ in terms], [weight for _, weight in terms]
    )
