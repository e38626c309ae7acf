"""Standards: written standards as rulebooks, and what their writers need.

Whoever only scores by a standard needs none of these names.
"""

from cmappraisal.rules import (
    Circumstance,
    Citation,
    Deduction,
    Part,
    Penalty,
    Referral,
    Revocation,
    Silence,
    Unit,
)
from cmappraisal.standards.error_points import ERROR_POINTS

__all__ = [
    "ERROR_POINTS",
    "Circumstance",
    "Citation",
    "Deduction",
    "Part",
    "Penalty",
    "Referral",
    "Revocation",
    "Silence",
    "Unit",
]
