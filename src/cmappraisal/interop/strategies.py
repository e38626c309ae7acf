"""Strategies: hypothesis strategies for every public type, for embedders' own tests.

Needs the extra ``hypothesis``. Where the package is installed, hypothesis knows them by an entry
point, so that ``from_type(Ledger)`` works in any test, with no import from here. A type on its own
is drawn so that it can be scored under :data:`~cmappraisal.ERROR_POINTS` and the default policy;
:func:`scenarios` draws a standard, a policy, a ledger and a period that go together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from attrs import evolve, frozen

from cmappraisal.accounts import (
    Composite,
    CompositeScore,
    HeldGrade,
    InForce,
    MonthlyPay,
    Payslip,
    PayStep,
    PayTerms,
    PointsAccount,
    Posting,
    points_accounts,
)
from cmappraisal.calendars import WorkCalendar
from cmappraisal.comparison import Situation
from cmappraisal.errors import Problem, ProblemCode
from cmappraisal.interop import (
    comparison_strategies,
    ledger_strategies,
    pay_strategies,
    policy_strategies,
    record_strategies,
    rulebook_strategies,
)
from cmappraisal.interop import training_strategies as training
from cmappraisal.interop.derived_strategies import (
    LEAVES,
    YEAR,
    built,
    identifiers,
    moments,
    periods,
    points,
    texts,
)
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.ledger_strategies import (
    INCIDENTS,
    MANAGERS,
    cases,
    entries,
    ledgers,
    terms_of,
    violations,
)
from cmappraisal.interop.policy_strategies import CYCLE, aggravations, assumptions, grades, policies
from cmappraisal.interop.rulebook_strategies import (
    circumstances,
    citations,
    parts,
    provisions,
    rulebooks,
    rules,
    standards,
)
from cmappraisal.interop.statement_strategies import ROLES, deductions
from cmappraisal.ledger import Ledger
from cmappraisal.merkle import MerkleTree
from cmappraisal.people import Milestone, Person, Tenure
from cmappraisal.periods import Period
from cmappraisal.policy import Policy
from cmappraisal.rulebooks import Rulebook
from cmappraisal.scoring.appraisals import Appraisal, Line, Subtotal
from cmappraisal.scoring.score import Faulty, Scored, score_all, tally
from cmappraisal.scoring.steps import Step
from cmappraisal.spans import CalendarSpan
from cmappraisal.standards.editions import Editions
from cmappraisal.standards.error_points import ERROR_POINTS
from cmappraisal.texts import Text
from cmappraisal.training import (
    ASK,
    Activity,
    Attendance,
    AttendanceRate,
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
    Group,
    LapsesYearly,
    Need,
    Performance,
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
    training_needs,
)

with needs_extra("hypothesis", "hypothesis"):
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn, SearchStrategy


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


@frozen
class Scenario:
    """A standard, a policy, a ledger and a period that go together.

    Args:
        standard: The standard: a rulebook, or its editions.
        policy: What is decided where the standard is silent.
        ledger: What happened; every violation in it can be scored.
        period: Days that some of the violations may fall in.
        people: Who was where, in which role and under whom.
    """

    standard: Rulebook | Editions
    policy: Policy
    ledger: Ledger
    period: Period
    people: tuple[Person, ...] = ()

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook, or that of the first edition."""
        return self.standard if isinstance(self.standard, Rulebook) else self.standard.rulebooks[0]

    def appraisals(self, as_of: datetime | None = None) -> dict[str, Appraisal]:
        """The appraisals of every manager, by id.

        Args:
            as_of: Only what was known at this moment; None for everything.
        """
        return score_all(
            self.ledger,
            self.standard,
            self.period,
            policy=self.policy,
            people=self.people,
            as_of=as_of,
        )

    def accounts(self, as_of: datetime | None = None) -> dict[str, PointsAccount]:
        """The points accounts of every manager through the last day of the period, by id.

        Args:
            as_of: Only what was known at this moment; None for everything.
        """
        return points_accounts(
            self.ledger,
            self.standard,
            through=self.period.last,
            policy=self.policy,
            people=self.people,
            as_of=as_of,
        )

    def totals(self, managers: Iterable[str] = ()) -> dict[str, Decimal]:
        """The points of every manager alone, by id.

        Args:
            managers: Ids of managers to include even without a violation.
        """
        return tally(
            self.ledger,
            self.standard,
            self.period,
            managers=managers,
            policy=self.policy,
            people=self.people,
        )


# Recordings may fall a year after the last occurrence, and count there by RECORDED.
_WHOLE = Period(date(2024, 1, 1), date(2027, 12, 31))
_PERIODS = st.sampled_from([_WHOLE, _WHOLE, _WHOLE, _WHOLE, YEAR, None])
_RULEBOOKS = st.just(ERROR_POINTS) | rulebooks() | rulebooks()
_GROUPS = st.sampled_from(["north", "south"])


_DAYS = st.none() | st.none() | st.none() | st.dates(YEAR.first, YEAR.last)


@st.composite
def tenures(draw: DrawFn) -> Tenure:
    """Tenures of the managers that are drawn, and of heads and reviewers over them."""
    first, last = draw(_DAYS), draw(_DAYS)
    if first is not None and last is not None:
        first, last = sorted((first, last))
    return Tenure(
        draw(st.sampled_from([*MANAGERS, "H-1"])),
        draw(_GROUPS),
        role=draw(st.sampled_from([None, *ROLES, *ROLES])),
        superior=draw(st.sampled_from([None, "H-1", *MANAGERS])),
        first=first,
        last=last,
        known_from=draw(st.none() | st.none() | moments()),
    )


@st.composite
def milestones(draw: DrawFn) -> Milestone:
    """Milestones of the managers that are drawn."""
    known_from = draw(st.none() | moments())
    days = st.dates(date(2023, 1, 1), date(2024, 12, 31))
    return Milestone(draw(st.sampled_from(MANAGERS)), CYCLE, draw(days), known_from=known_from)


_STARTS = st.dates(date(2022, 1, 1), date(2023, 12, 31))
_PEOPLE = st.just(()) | st.lists(tenures(), min_size=3, max_size=6).map(tuple)
_IN_EDITIONS = st.sampled_from([True, True, False])


@st.composite
def scenarios(
    draw: DrawFn,
    *,
    policies: SearchStrategy[Policy] = policies(),  # noqa: B008
    incidents: Sequence[str] = INCIDENTS,
    min_size: int = 0,
) -> Scenario:
    """Scenarios: everything that scoring takes, drawn to go together.

    The standard is now :data:`~cmappraisal.ERROR_POINTS`, now another rulebook, now one in two
    editions.

    Args:
        policies: The policies to draw from.
        incidents: Ids of incidents to draw from; some violations have none.
        min_size: The fewest entries of the ledger.
    """
    rulebook = draw(_RULEBOOKS)
    policy = draw(policies)
    in_editions = rulebook is not ERROR_POINTS and draw(_IN_EDITIONS)
    standard = draw(standards(rulebook, policy)) if in_editions else rulebook
    ledger = draw(ledgers(standard, policy, incidents=incidents, min_size=min_size))
    period = draw(_PERIODS) or draw(periods())
    people: tuple[Person, ...] = draw(_PEOPLE)
    if any(each.policy.assessment_period.cycle for each in terms_of(standard, policy)):
        people += tuple(Milestone(id, CYCLE, draw(_STARTS)) for id in (*MANAGERS, "H-1"))
    return Scenario(standard, policy, ledger, period, people)


@st.composite
def appraisals(draw: DrawFn) -> Appraisal:
    """Appraisals, as scoring makes them."""
    scenario = draw(scenarios(min_size=1))
    made = score_all(
        scenario.ledger,
        scenario.standard,
        scenario.period,
        managers=MANAGERS,
        policy=scenario.policy,
    )
    return made[draw(st.sampled_from(MANAGERS))]


@st.composite
def situations(draw: DrawFn) -> Situation:
    """Situations: scenarios, of one manager, as they were known at a moment or are now."""
    scenario = draw(scenarios(min_size=draw(st.sampled_from([0, 3, 6]))))
    return Situation(
        scenario.ledger,
        scenario.standard,
        period=scenario.period,
        manager=draw(st.sampled_from(scenario.ledger.managers or MANAGERS)),
        policy=scenario.policy,
        people=scenario.people,
        as_of=draw(st.none() | st.none() | st.none() | moments()),
    )


# An account of one period holds all that there is of one, and each period more its rulebooks again.
_THROUGH = {
    CalendarSpan.WEEK: date(2025, 1, 5),
    CalendarSpan.MONTH: date(2025, 1, 31),
    CalendarSpan.QUARTER: date(2025, 3, 31),
    CalendarSpan.HALF_YEAR: date(2025, 6, 30),
}


@st.composite
def accounts(draw: DrawFn) -> PointsAccount:
    """Points accounts of few periods, most of one, under one edition, as they are made."""
    rulebook, policy = draw(_RULEBOOKS), draw(policies())
    (terms,) = terms_of(rulebook, policy)
    calendar = terms.policy.assessment_period.calendar or CalendarSpan.YEAR
    made = points_accounts(
        draw(ledgers(rulebook, policy, min_size=1, max_size=8)),
        rulebook,
        through=_THROUGH.get(calendar, YEAR.last),
        managers=MANAGERS,
        policy=policy,
        people=[Milestone(id, CYCLE, date(2024, 12, 1)) for id in MANAGERS],
    )
    return made[draw(st.sampled_from(MANAGERS))]


@st.composite
def scored(draw: DrawFn) -> Scored:
    """Appraisals, and the problems of those whose violations the policy cannot score."""
    ledger, policy = draw(ledgers()), draw(policies())
    return score_all(ledger, ERROR_POINTS, YEAR, policy=policy, faulty=Faulty.REPORT)


@st.composite
def lines(draw: DrawFn) -> Line:
    """Lines of appraisals."""
    ledger = draw(ledgers(min_size=1, max_size=1))
    (appraisal,) = score_all(ledger, ERROR_POINTS, YEAR).values()
    return appraisal.lines[0]


def pay_scenarios() -> SearchStrategy[pay_strategies.PayScenario]:
    """Pay terms, and all that payslips are made of by them, drawn to go together."""
    return pay_strategies.pay_scenarios(scenarios(min_size=1).map(_quarterly))


def _quarterly(scenario: Scenario) -> pay_strategies.Quarterly:
    return lambda period: evolve(scenario, period=period).appraisals()


def payslips() -> SearchStrategy[Payslip]:
    """Payslips, as pay terms make them."""
    made = pay_scenarios().map(pay_strategies.PayScenario.payslips)
    return made.flatmap(st.sampled_from)


def steps() -> SearchStrategy[Step]:
    """Steps of lines."""
    return lines().flatmap(lambda line: st.sampled_from(line.steps))


def subtotals() -> SearchStrategy[Subtotal]:
    """Subtotals of appraisals."""
    return appraisals().flatmap(lambda appraisal: st.sampled_from(appraisal.subtotals))


def needs() -> SearchStrategy[Need]:
    """Needs of appraisals."""
    found = appraisals().flatmap(
        lambda appraisal: st.just(training_needs(appraisal, ASK.curriculum))
    )
    return found.filter(bool).flatmap(st.sampled_from)


BY_TYPE: Mapping[type, SearchStrategy[Any]] = MappingProxyType(
    {
        **rulebook_strategies.BY_TYPE,
        **policy_strategies.BY_TYPE,
        **ledger_strategies.BY_TYPE,
        **comparison_strategies.by_type(situations()),
        Text: texts(),
        Period: periods(),
        Tenure: tenures(),
        Milestone: milestones(),
        PointsAccount: accounts(),
        Posting: accounts().flatmap(lambda account: st.sampled_from(account.postings)),
        MerkleTree: st.builds(MerkleTree, st.lists(st.binary(max_size=8))),
        Step: steps(),
        Line: lines(),
        Subtotal: subtotals(),
        Appraisal: appraisals(),
        Scored: scored(),
        Composite: pay_strategies.composites(),
        CompositeScore: pay_strategies.composite_scores(appraisals()),
        HeldGrade: pay_strategies.held_grades(),
        InForce: pay_strategies.consequences_in_force(),
        MonthlyPay: pay_strategies.monthly_pay(),
        PayTerms: pay_strategies.pay_terms(),
        Payslip: payslips(),
        PayStep: payslips().flatmap(lambda slip: st.sampled_from(slip.steps)),
        Problem: st.builds(Problem, st.just("$"), st.sampled_from(ProblemCode), LEAVES[str]),
        WorkCalendar: training.work_calendars(),
        Cadence: training.cadences(),
        LapsesYearly: st.builds(LapsesYearly, st.integers(1, 12), st.integers(1, 29)),
        Course: training.courses(),
        Curriculum: training.curricula(),
        Quota: training.quotas(),
        CareerStage: training.career_stages(),
        Target: training.targets(),
        Activity: training.activities(),
        TrainingPlan: training.training_plans(),
        Trainee: training.trainees(),
        Group: training.group(),
        Room: training.rooms(),
        Trainer: training.trainers(),
        Session: training.sessions(),
        Shortfall: training.shortfalls(),
        Schedule: training.schedules(),
        Change: training.changes(),
        Rescheduled: training.reschedulings(),
        Need: needs(),
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
