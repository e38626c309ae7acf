"""Accounts: points over time (積分檔案), and what they do to grades and to pay."""

from cmappraisal.accounts.account import PointsAccount, points_account, points_accounts
from cmappraisal.accounts.charts import account_chart
from cmappraisal.accounts.composite_scores import CompositeScore, CompositeStep, composite_score
from cmappraisal.accounts.composites import Composite, CompositePart, GradedOn, Reads
from cmappraisal.accounts.dues import ConsequenceDue, TakenWithoutGround
from cmappraisal.accounts.forces import consequences_due, in_force
from cmappraisal.accounts.held_grades import HeldGrade, grade_on, held_grade, running_grades
from cmappraisal.accounts.notices import explain_notice, notice_page
from cmappraisal.accounts.pay import InForce, MonthlyPay, Payslip, PayStep
from cmappraisal.accounts.pay_choices import CutFrom, FirstMonth, MeetingCuts
from cmappraisal.accounts.pay_terms import PayTerms
from cmappraisal.accounts.payslips import payslips
from cmappraisal.accounts.postings import Posting, PostingKind
from cmappraisal.accounts.statements import explain_account, statement_page
from cmappraisal.accounts.statuses import qualification_on
from cmappraisal.pydantic_hooks import open_to_pydantic
from cmappraisal.qualifications import Qualification

__all__ = [
    "Composite",
    "CompositePart",
    "CompositeScore",
    "CompositeStep",
    "ConsequenceDue",
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
    "PointsAccount",
    "Posting",
    "PostingKind",
    "Qualification",
    "Reads",
    "TakenWithoutGround",
    "account_chart",
    "composite_score",
    "consequences_due",
    "explain_account",
    "explain_notice",
    "grade_on",
    "held_grade",
    "in_force",
    "notice_page",
    "payslips",
    "points_account",
    "points_accounts",
    "qualification_on",
    "running_grades",
    "statement_page",
]

open_to_pydantic(globals())
