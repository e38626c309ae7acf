"""Accounts: what points come to over time, and what they do to grades and to pay."""

from cmappraisal.accounts.composite_scores import CompositeScore, CompositeStep, composite_score
from cmappraisal.accounts.composites import Composite, CompositePart, GradedOn, Reads
from cmappraisal.accounts.held_grades import HeldGrade, grade_on, held_grade, running_grades

__all__ = [
    "Composite",
    "CompositePart",
    "CompositeScore",
    "CompositeStep",
    "GradedOn",
    "HeldGrade",
    "Reads",
    "composite_score",
    "grade_on",
    "held_grade",
    "running_grades",
]
