"""Solver: a day, a room and a trainer for as many sessions as can have them, and why not for more.

Needs the extra ``solver``, which brings OR-Tools. The result is the best one by the criteria of
:class:`~cmappraisal.training.Criterion`, or the best that a bounded amount of work finds; its goals
say which, and how much better another could be. The same input always gives the same result with
the same OR-Tools.

Demands that have no day in common are solved separately. Sessions that are alike are counted and
not distinguished: the search decides only how many of them take place on which day, and the rooms
and trainers are given out afterwards. Where they have hours, it is looked day by day whether they
are free at the same time, and what is not possible is added to the search.
"""

from cmappraisal.interop.solver.assignments import assign, reassign

__all__ = ["assign", "reassign"]
