"""Standards: written standards as rulebooks, and what their writers need.

Whoever only scores by a standard needs none of these names.
"""

from cmappraisal.balances import Balance, BalanceOf, CleanTime
from cmappraisal.caps import Cap, Counted, Over
from cmappraisal.citations import Citation
from cmappraisal.clauses import Answers, Clause, Limitation
from cmappraisal.consequences import (
    AtMost,
    CancelThose,
    Consequence,
    SettlesWhen,
    Settling,
    Status,
)
from cmappraisal.lapses import Lapse, Never, WithPeriod
from cmappraisal.pydantic_hooks import open_to_pydantic
from cmappraisal.repetition import Again, Same, Time
from cmappraisal.responsibilities import Responsibility
from cmappraisal.rules import Award, Between, Circumstance, Deduction, Part, Penalty, Referral, Unit
from cmappraisal.silences import Silence
from cmappraisal.spans import Span
from cmappraisal.standards.editions import Edition, Editions
from cmappraisal.standards.error_points import ERROR_POINTS
from cmappraisal.thresholds import FromTime, Reached, Threshold, Thresholds, ThresholdsOf
from cmappraisal.weights import Heavier, Lighter, Mitigation, SetTo, Waive

__all__ = [
    "ERROR_POINTS",
    "Again",
    "Answers",
    "AtMost",
    "Award",
    "Balance",
    "BalanceOf",
    "Between",
    "CancelThose",
    "Cap",
    "Circumstance",
    "Citation",
    "Clause",
    "CleanTime",
    "Consequence",
    "Counted",
    "Deduction",
    "Edition",
    "Editions",
    "FromTime",
    "Heavier",
    "Lapse",
    "Lighter",
    "Limitation",
    "Mitigation",
    "Never",
    "Over",
    "Part",
    "Penalty",
    "Reached",
    "Referral",
    "Responsibility",
    "Same",
    "SetTo",
    "SettlesWhen",
    "Settling",
    "Silence",
    "Span",
    "Status",
    "Threshold",
    "Thresholds",
    "ThresholdsOf",
    "Time",
    "Unit",
    "Waive",
    "WithPeriod",
]

open_to_pydantic(globals())
