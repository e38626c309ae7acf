"""Appraise relationship managers by error points, and explain every point.

The core's names are here. What belongs to training comes from :mod:`cmappraisal.training`, what
only writers of standards use from :mod:`cmappraisal.standards`, what would have been from
:mod:`cmappraisal.comparison`, the life of a case and whether it was in order from
:mod:`cmappraisal.procedure`, proofs from :mod:`cmappraisal.merkle`.
"""

from cmappraisal.acts import Act, Merit, Violation
from cmappraisal.alternatives import (
    AwardEffect,
    AwardsAgainst,
    Concurrence,
    CountedOn,
    Discretion,
    Displacement,
    GoverningEdition,
    PendingAppeals,
    Reconsideration,
    RevokedResult,
    Rounding,
    StatusFrom,
    UnstatedUnit,
)
from cmappraisal.calendars import Adjustment, WorkCalendar
from cmappraisal.canonical import canonical_bytes
from cmappraisal.cases import Case
from cmappraisal.entries import (
    Acted,
    Amended,
    Appealed,
    Corrected,
    Decided,
    Dismissed,
    Entry,
    Lifted,
    Recorded,
    Reversed,
    Reviewed,
    Served,
    Taken,
)
from cmappraisal.errors import (
    AppraisalError,
    CalendarError,
    DecodingError,
    FieldError,
    LanguageError,
    LedgerConflict,
    LedgerError,
    PolicyError,
    Problem,
    ProblemCode,
    RulebookError,
    ScoringError,
    UnknownCaseError,
    UnknownRuleError,
)
from cmappraisal.grades import Grade
from cmappraisal.ledger import Ledger
from cmappraisal.lives import State
from cmappraisal.people import Milestone, Person, Tenure
from cmappraisal.periods import Period
from cmappraisal.points import Points
from cmappraisal.policy import Assumption, Policy
from cmappraisal.provisions import Provision
from cmappraisal.pydantic_hooks import open_to_pydantic
from cmappraisal.reports.explanations import explain
from cmappraisal.reports.rankings import explain_groups, explain_ranking
from cmappraisal.reports.score_cards import score_card
from cmappraisal.rulebooks import Rulebook
from cmappraisal.rules import Rule
from cmappraisal.scoring.appraisals import Appraisal, CapLine, Line, Subtotal
from cmappraisal.scoring.doubts import Doubt, DoubtKind, doubts
from cmappraisal.scoring.facts import Facts
from cmappraisal.scoring.groups import GroupTotal, Member, by_group
from cmappraisal.scoring.rankings import Rank, ranking
from cmappraisal.scoring.score import Faulty, Scored, faults, rescore, score, score_all, tally
from cmappraisal.scoring.steps import Effect, Reason, Stage, Step
from cmappraisal.spans import CalendarSpan
from cmappraisal.standards.editions import Edition, Editions
from cmappraisal.standards.error_points import ERROR_POINTS
from cmappraisal.texts import LANGUAGES, Language, Text
from cmappraisal.version import VERSION
from cmappraisal.weights import Add, Aggravation, Assessed, Multiply

__version__ = VERSION

__all__ = [
    "ERROR_POINTS",
    "LANGUAGES",
    "Act",
    "Acted",
    "Add",
    "Adjustment",
    "Aggravation",
    "Amended",
    "Appealed",
    "Appraisal",
    "AppraisalError",
    "Assessed",
    "Assumption",
    "AwardEffect",
    "AwardsAgainst",
    "CalendarError",
    "CalendarSpan",
    "CapLine",
    "Case",
    "Concurrence",
    "Corrected",
    "CountedOn",
    "Decided",
    "DecodingError",
    "Discretion",
    "Dismissed",
    "Displacement",
    "Doubt",
    "DoubtKind",
    "Edition",
    "Editions",
    "Effect",
    "Entry",
    "Facts",
    "Faulty",
    "FieldError",
    "GoverningEdition",
    "Grade",
    "GroupTotal",
    "Language",
    "LanguageError",
    "Ledger",
    "LedgerConflict",
    "LedgerError",
    "Lifted",
    "Line",
    "Member",
    "Merit",
    "Milestone",
    "Multiply",
    "PendingAppeals",
    "Period",
    "Person",
    "Points",
    "Policy",
    "PolicyError",
    "Problem",
    "ProblemCode",
    "Provision",
    "Rank",
    "Reason",
    "Reconsideration",
    "Recorded",
    "Reversed",
    "Reviewed",
    "RevokedResult",
    "Rounding",
    "Rule",
    "Rulebook",
    "RulebookError",
    "Scored",
    "ScoringError",
    "Served",
    "Stage",
    "State",
    "StatusFrom",
    "Step",
    "Subtotal",
    "Taken",
    "Tenure",
    "Text",
    "UnknownCaseError",
    "UnknownRuleError",
    "UnstatedUnit",
    "Violation",
    "WorkCalendar",
    "by_group",
    "canonical_bytes",
    "doubts",
    "explain",
    "explain_groups",
    "explain_ranking",
    "faults",
    "ranking",
    "rescore",
    "score",
    "score_all",
    "score_card",
    "tally",
]

open_to_pydantic(globals())
