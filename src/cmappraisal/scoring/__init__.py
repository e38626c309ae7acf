"""Scoring: from a ledger to explained appraisals.

What whoever scores needs is exported by :mod:`cmappraisal` itself. What is here is for those who
look inside: the facts that a violation is judged by, its judgement, and the table of stages.
"""

from cmappraisal.scoring.bounding import JudgedLine, Summed
from cmappraisal.scoring.facts import Facts
from cmappraisal.scoring.judgements import Judgement
from cmappraisal.scoring.stages import STAGES, Pipeline, Row, Scope
from cmappraisal.scoring.terms import Terms
from cmappraisal.scoring.weighing import Question

__all__ = [
    "STAGES",
    "Facts",
    "JudgedLine",
    "Judgement",
    "Pipeline",
    "Question",
    "Row",
    "Scope",
    "Summed",
    "Terms",
]
