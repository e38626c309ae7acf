"""Standards: written standards as rulebooks, and what their writers need.

Whoever only scores by a standard needs none of these names.
"""

from cmappraisal.caps import Cap, Counted, Over
from cmappraisal.citations import Citation
from cmappraisal.clauses import Answers, Clause, Limitation
from cmappraisal.consequences import Consequence, Status
from cmappraisal.repetition import Again, Same, Time
from cmappraisal.responsibilities import Responsibility
from cmappraisal.rules import Award, Between, Circumstance, Deduction, Part, Penalty, Referral, Unit
from cmappraisal.silences import Silence
from cmappraisal.spans import Span
from cmappraisal.standards.editions import Edition, Editions
from cmappraisal.standards.error_points import ERROR_POINTS
from cmappraisal.weights import Heavier, Lighter, Mitigation, SetTo, Waive

__all__ = [
    "ERROR_POINTS",
    "Again",
    "Answers",
    "Award",
    "Between",
    "Cap",
    "Circumstance",
    "Citation",
    "Clause",
    "Consequence",
    "Counted",
    "Deduction",
    "Edition",
    "Editions",
    "Heavier",
    "Lighter",
    "Limitation",
    "Mitigation",
    "Over",
    "Part",
    "Penalty",
    "Referral",
    "Responsibility",
    "Same",
    "SetTo",
    "Silence",
    "Span",
    "Status",
    "Time",
    "Unit",
    "Waive",
]
