"""What would have been: two situations side by side, and what decides the result of one.

:func:`compare` says what each thing in which two situations differ makes of an appraisal,
:func:`sensitivity` which single choice of the policy changes it, and :func:`decisive` which
violations the grade and the qualification hang on, and what an open appeal is worth.
"""

from cmappraisal.comparison.aspects import Aspect
from cmappraisal.comparison.comparisons import Comparison, ComparisonStep, compare
from cmappraisal.comparison.explanations import (
    explain_comparison,
    explain_decisive,
    explain_sensitivity,
)
from cmappraisal.comparison.line_changes import LineChange
from cmappraisal.comparison.results import VERDICT, Attempt, Result
from cmappraisal.comparison.reversals import DecisiveReversals, OpenAppeal, Reversal, decisive
from cmappraisal.comparison.sensitivities import Alternative, Sensitivity, sensitivity
from cmappraisal.comparison.situations import Situation
from cmappraisal.errors import ComparisonError
from cmappraisal.pydantic_hooks import open_to_pydantic

__all__ = [
    "VERDICT",
    "Alternative",
    "Aspect",
    "Attempt",
    "Comparison",
    "ComparisonError",
    "ComparisonStep",
    "DecisiveReversals",
    "LineChange",
    "OpenAppeal",
    "Result",
    "Reversal",
    "Sensitivity",
    "Situation",
    "compare",
    "decisive",
    "explain_comparison",
    "explain_decisive",
    "explain_sensitivity",
    "sensitivity",
]

open_to_pydantic(globals())
