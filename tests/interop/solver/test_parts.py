"""Parts: which demands of a problem are bound to one another, and which block each other."""

from datetime import date

from cmappraisal.interop.solver.conflicts import _irreducible
from cmappraisal.interop.solver.parts import independent
from cmappraisal.interop.solver.problems import Demand, Problem
from cmappraisal.training import Session


def demand(number: int, *days: int) -> Demand:
    on = [date(2026, 1, day) for day in days]
    session = Session(f"a{number}", planned_on=on[0], on=on[0], group="G")
    return Demand(session, tuple(on), seats=None, courses=(), may_stay=False)


def test_demands_without_a_day_in_common_are_apart_unless_an_order_binds_them() -> None:
    demands = (demand(0, 1, 2), demand(1, 3), demand(2, 2, 4), demand(3, 5))
    assert independent(Problem(demands, (), (), ())) == [[0, 2], [1], [3]]
    assert independent(Problem(demands, ((1, 3),), (), ())) == [[0, 2], [1, 3]]
    assert independent(Problem((), (), (), ())) == []


def test_what_cannot_be_held_in_its_order_is_all_that_is_needed() -> None:
    demands = (demand(0, 3), demand(1, 2), demand(2, 4), demand(3, 1), demand(4, 5))
    assert _irreducible(Problem(demands, ((1, 3),), (), ())) == [1, 3]
    assert _irreducible(Problem(demands[::-1], ((3, 1),), (), ())) == [1, 3]
