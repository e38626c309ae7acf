"""Procedures of two regulations: what each states, and nothing more."""

from cmappraisal import Text
from cmappraisal.procedure import Instance, Procedure, TimeLimit

NOTICE_AND_RECONSIDERATION = Procedure(
    [Instance("reconsideration", Text("覆議", "复议", en="reconsideration"))],
    notice_first=True,
)
"""A notice is issued, reconsideration may set other points, and then the decision takes effect."""

TEN_DAYS = Procedure(
    [Instance("appeal", Text("申訴", "申诉", en="appeal"), appeal_within=TimeLimit(10))]
)
"""An appeal within 10 days of receiving the notice."""

FIVE_WORKING_DAYS = Procedure(
    [
        Instance(
            "appeal",
            Text("申訴", "申诉", en="appeal"),
            appeal_within=TimeLimit(5, working_days=True),
        )
    ]
)
"""An appeal within 5 working days of receiving the notice."""
