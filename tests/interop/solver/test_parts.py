"""Parts: which demands of a problem are bound to one another, and which block each other."""

from datetime import date

import pytest

from cmappraisal.interop.solver import blockages
from cmappraisal.interop.solver.blockages import blockages_of
from cmappraisal.interop.solver.parts import independent
from cmappraisal.interop.solver.problems import Demand, Order, Problem
from cmappraisal.training import Session


def demand(number: int, *days: int) -> Demand:
    on = [date(2026, 1, day) for day in days]
    session = Session(f"a{number}", planned_on=on[0], on=on[0], group="G")
    return Demand(session, tuple(on), seats=None, courses=(), minutes=60, may_stay=False)


def blocking(demands: tuple[Demand, ...], order: Order, out: int) -> tuple[tuple[str, ...], bool]:
    (blockage,) = blockages_of(Problem(demands, (order,), (), ()), [out], 1)
    return tuple(each.partition("/")[0] for each in blockage.beside), blockage.is_irreducible


def test_demands_without_a_day_in_common_are_apart_unless_an_order_binds_them() -> None:
    demands = (demand(0, 1, 2), demand(1, 3), demand(2, 2, 4), demand(3, 5))
    assert independent(Problem(demands, (), (), ())) == [[0, 2], [1], [3]]
    assert independent(Problem(demands, ((1, 3),), (), ())) == [[0, 2], [1, 3]]
    assert independent(Problem((), (), (), ())) == []


DEMANDS = (demand(0, 3), demand(1, 2), demand(2, 4), demand(3, 1), demand(4, 5))


def test_what_cannot_be_held_in_its_order_is_all_that_is_needed() -> None:
    assert blocking(DEMANDS, (1, 3), 3) == (("a1",), True)
    assert blocking(DEMANDS, (1, 3), 1) == (("a3",), True)
    assert blocking(DEMANDS[::-1], (3, 1), 3) == (("a3",), True)


def test_what_is_found_in_too_few_looks_may_be_more_than_needed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(blockages, "MAXIMUM_LOOKS", 1)
    assert blocking(DEMANDS, (1, 3), 3) == (("a4", "a2", "a1", "a0")[::-1], False)


def test_what_could_be_held_after_all_is_not_said_to_be_blocked_for_good() -> None:
    beside, is_irreducible = blocking(DEMANDS, (0, 2), 3)
    assert (len(beside), is_irreducible) == (4, False)
