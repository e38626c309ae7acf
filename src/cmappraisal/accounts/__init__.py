"""Accounts: what points come to over time, and what they do to grades and to pay."""

from cmappraisal.accounts.composite_scores import CompositeScore, CompositeStep, composite_score
from cmappraisal.accounts.composites import Composite, CompositePart, GradedOn, Reads
from cmappraisal.accounts.held_grades import HeldGrade, grade_on, held_grade, running_grades
from cmappraisal.accounts.pay import InForce, MonthlyPay, Payslip, PayStep
from cmappraisal.accounts.pay_choices import CutFrom, FirstMonth, MeetingCuts
from cmappraisal.accounts.pay_terms import PayTerms
from cmappraisal.accounts.payslips import payslips

__all__ = [
    "Composite",
    "CompositePart",
    "CompositeScore",
    "CompositeStep",
    "CutFrom",
    "FirstMonth",
    "GradedOn",
    "HeldGrade",
    "InForce",
    "MeetingCuts",
    "MonthlyPay",
    "PayStep",
    "PayTerms",
    "Payslip",
    "Reads",
    "composite_score",
    "grade_on",
    "held_grade",
    "payslips",
    "running_grades",
]
