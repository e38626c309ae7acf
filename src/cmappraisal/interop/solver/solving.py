"""Solving: CP-SAT, set up so that the same input always has the same result."""

from __future__ import annotations

from enum import Enum, auto

from cmappraisal.interop.extras import needs_extra

with needs_extra("solver", "ortools"):
    from ortools.sat.python import cp_model


class Unsolved(Enum):
    """Why a search found nothing: there is nothing, or its work was at an end."""

    IMPOSSIBLE = auto()
    UNKNOWN = auto()


def solver_of(work: float) -> cp_model.CpSolver:
    """A solver that may do so much work, in CP-SAT's own deterministic time."""
    solver = cp_model.CpSolver()
    # With one worker and a fixed seed the search always takes the same way, and it ends after an
    # amount of work and not of time. The presolve of OR-Tools 9.15 is known to be wrong about some
    # linear models, and the models here are not solved sooner with it.
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.cp_model_presolve = False
    solver.parameters.max_deterministic_time = work
    return solver


def unsolved(status: object) -> Unsolved | None:
    """Why a search found nothing; None where it found something."""
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return Unsolved.IMPOSSIBLE if status == cp_model.INFEASIBLE else Unsolved.UNKNOWN
