"""Solver: a day, a room and a trainer for each session that needs them, or why there are none.

Needs the extra ``solver``, which brings OR-Tools. The result is the best one: no other choice of
days moves the sessions by fewer days in total, or, for a schedule that was made before, changes
fewer of them. The search ends when the best result is found or known not to exist, however long
that takes. The same input always gives the same result with the same OR-Tools.

Demands that have no day in common are solved separately. Sessions that are alike are counted and
not distinguished: the search decides only how many of them take place on which day, and the rooms
and trainers are given out afterwards.
"""

from cmappraisal.interop.solver.assignments import assign, reassign

__all__ = ["assign", "reassign"]
