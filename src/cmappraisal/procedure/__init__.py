"""Procedure: who may do what in a case by when, and whether a ledger was kept so.

Whoever only records and scores needs none of these names.
"""

from cmappraisal.checks import Check, check_entry, check_ledger
from cmappraisal.decisions import Decision
from cmappraisal.errors import ProcedureError
from cmappraisal.lives import LIFE
from cmappraisal.procedural_acts import ProceduralAct
from cmappraisal.procedure.breaches import Irregularity, IrregularityKind
from cmappraisal.procedure.explanations import explain_deadlines, explain_irregularities
from cmappraisal.procedure.limits import TimeLimit
from cmappraisal.procedure.orders import deadlines, irregularities
from cmappraisal.procedure.owed_days import Deadline, ProcedureStep
from cmappraisal.procedure.procedures import Instance, Procedure
from cmappraisal.pydantic_hooks import open_to_pydantic
from cmappraisal.takings import TAKING_LIFE, Taking, TakingState

__all__ = [
    "LIFE",
    "TAKING_LIFE",
    "Check",
    "Deadline",
    "Decision",
    "Instance",
    "Irregularity",
    "IrregularityKind",
    "ProceduralAct",
    "Procedure",
    "ProcedureError",
    "ProcedureStep",
    "Taking",
    "TakingState",
    "TimeLimit",
    "check_entry",
    "check_ledger",
    "deadlines",
    "explain_deadlines",
    "explain_irregularities",
    "irregularities",
]

open_to_pydantic(globals())
