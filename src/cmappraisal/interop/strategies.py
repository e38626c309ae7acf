"""Strategies: hypothesis strategies for every public type, for embedders' own tests.

Needs the extra ``hypothesis``. Where the package is installed, hypothesis knows them by an entry
point, so that ``from_type(Ledger)`` works in any test, with no import from here. A type on its own
is drawn so that it can be scored under :data:`~cmappraisal.ERROR_POINTS` and the default policy;
:func:`scenarios` draws a standard, a policy, a ledger and a period that go together.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from cmappraisal.calendars import WorkCalendar
from cmappraisal.errors import Problem, ProblemCode
from cmappraisal.interop import (
    entry_strategies,
    evidence_strategies,
    ledger_strategies,
    plan_strategies,
    policy_strategies,
    record_strategies,
    result_strategies,
    rulebook_strategies,
)
from cmappraisal.interop import training_strategies as training
from cmappraisal.interop.derived_strategies import (
    LEAVES,
    built,
    identifiers,
    moments,
    periods,
    points,
    texts,
)
from cmappraisal.interop.entry_strategies import entries
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.ledger_strategies import (
    cases,
    ledgers,
)
from cmappraisal.interop.policy_strategies import (
    aggravations,
    assumptions,
    grades,
    policies,
)
from cmappraisal.interop.result_strategies import (
    accounts,
    appraisals,
    lines,
    needs,
    pay_scenarios,
    payslips,
    scored,
    situations,
    steps,
    subtotals,
)
from cmappraisal.interop.rulebook_strategies import (
    circumstances,
    citations,
    parts,
    provisions,
    rulebooks,
    rules,
    standards,
)
from cmappraisal.interop.scenario_strategies import Scenario, milestones, scenarios, tenures
from cmappraisal.interop.statement_strategies import deductions
from cmappraisal.interop.violation_strategies import violations
from cmappraisal.merkle import MerkleTree
from cmappraisal.people import Milestone, Tenure
from cmappraisal.periods import Period
from cmappraisal.texts import Text
from cmappraisal.training import (
    Activity,
    Attendance,
    AttendanceRate,
    AttendanceTerms,
    Cadence,
    CareerStage,
    CertificateStatus,
    Change,
    Completion,
    Compliance,
    Component,
    Counts,
    Course,
    Curriculum,
    Delivered,
    Extension,
    Group,
    Hours,
    LapsesYearly,
    Leave,
    NthWorkingDay,
    Ongoing,
    PastPlan,
    Performance,
    PresenceTerms,
    Proportion,
    Quota,
    Requirement,
    Rescheduled,
    Room,
    Schedule,
    Session,
    Shortfall,
    Target,
    TestResult,
    Trainee,
    Trainer,
    TrainingPlan,
    Withdrawal,
)

with needs_extra("hypothesis", "hypothesis"):
    from hypothesis import strategies as st
    from hypothesis.strategies import SearchStrategy


__all__ = [
    "BY_TYPE",
    "Scenario",
    "accounts",
    "aggravations",
    "appraisals",
    "assumptions",
    "cases",
    "circumstances",
    "citations",
    "deductions",
    "entries",
    "grades",
    "identifiers",
    "ledgers",
    "lines",
    "milestones",
    "moments",
    "needs",
    "parts",
    "pay_scenarios",
    "payslips",
    "periods",
    "points",
    "policies",
    "provisions",
    "rulebooks",
    "rules",
    "scenarios",
    "scored",
    "situations",
    "standards",
    "steps",
    "strategy_of",
    "subtotals",
    "texts",
    "violations",
]


BY_TYPE: Mapping[type, SearchStrategy[Any]] = MappingProxyType(
    {
        **rulebook_strategies.BY_TYPE,
        **policy_strategies.BY_TYPE,
        **ledger_strategies.BY_TYPE,
        **entry_strategies.BY_TYPE,
        **evidence_strategies.BY_TYPE,
        **result_strategies.BY_TYPE,
        Text: texts(),
        Period: periods(),
        Tenure: tenures() | training.tenures().flatmap(st.sampled_from),
        Milestone: milestones(),
        MerkleTree: st.builds(MerkleTree, st.lists(st.binary(max_size=8))),
        Problem: st.builds(Problem, st.just("$"), st.sampled_from(ProblemCode), LEAVES[str]),
        WorkCalendar: plan_strategies.work_calendars(),
        Cadence: plan_strategies.cadences(),
        LapsesYearly: plan_strategies.certifications().filter(
            lambda each: isinstance(each, LapsesYearly)
        ),
        Course: plan_strategies.courses(),
        Curriculum: plan_strategies.curricula(),
        Quota: plan_strategies.quotas(),
        CareerStage: plan_strategies.career_stages(),
        NthWorkingDay: plan_strategies.nth_working_days(),
        PastPlan: training.past_plans(),
        Ongoing: plan_strategies.ongoing(),
        Target: plan_strategies.targets(),
        Activity: plan_strategies.activities(),
        TrainingPlan: plan_strategies.training_plans(),
        Trainee: training.trainees(),
        Leave: training.leaves().flatmap(st.sampled_from),
        Proportion: plan_strategies.proportions(),
        AttendanceTerms: plan_strategies.attendance_terms(),
        PresenceTerms: plan_strategies.presence_terms(),
        Extension: record_strategies.extensions(),
        Group: training.group(),
        Hours: training.hours(),
        Room: training.rooms(),
        Trainer: training.trainers(),
        Session: training.sessions(),
        Shortfall: training.shortfalls(),
        Schedule: training.schedules(),
        Change: training.changes(),
        Withdrawal: training.withdrawals(),
        Rescheduled: training.reschedulings(),
        Attendance: record_strategies.attendances(),
        TestResult: record_strategies.test_results(),
        Delivered: record_strategies.deliveries(),
        Counts: record_strategies.requirements().flatmap(lambda made: st.just(made.counts)),
        Requirement: record_strategies.requirements(),
        AttendanceRate: record_strategies.attendance_rates(),
        Compliance: record_strategies.compliances(),
        Completion: record_strategies.completions(),
        CertificateStatus: record_strategies.certifications_due(),
        Component: record_strategies.performances().flatmap(
            lambda made: st.sampled_from(made.components)
        ),
        Performance: record_strategies.performances(),
    }
)
"""The strategies of those types that their fields alone do not make."""


def strategy_of(kind: type) -> SearchStrategy[Any]:
    """The strategy of a type: its own, or else what its fields take.

    Args:
        kind: A type of :data:`~cmappraisal.interop.catalogue.TYPES`.
    """
    return BY_TYPE[kind] if kind in BY_TYPE else built(kind, strategy_of)
