"""Strategies for what is made of scenarios: appraisals, accounts, payslips and needs.

Needs the extra ``hypothesis``. They are among those of :mod:`cmappraisal.interop.strategies`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from attrs import evolve

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
from cmappraisal.comparison import Situation
from cmappraisal.consequences import Status
from cmappraisal.interop import (
    comparison_strategies,
    pay_strategies,
)
from cmappraisal.interop.derived_strategies import (
    YEAR,
    identifiers,
    moments,
)
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.ledger_strategies import ledgers
from cmappraisal.interop.policy_strategies import (
    CYCLE,
    policies,
)
from cmappraisal.interop.scenario_strategies import RULEBOOKS, Scenario, scenarios, with_marks
from cmappraisal.interop.statement_strategies import ASKED_FOR
from cmappraisal.interop.violation_strategies import MANAGERS, terms_of
from cmappraisal.ledger import Ledger
from cmappraisal.people import Milestone
from cmappraisal.qualifications import Qualification
from cmappraisal.scoring.appraisals import Appraisal, Line, Subtotal
from cmappraisal.scoring.score import Faulty, Scored, score_all
from cmappraisal.scoring.steps import Step
from cmappraisal.spans import CalendarSpan
from cmappraisal.standards.error_points import ERROR_POINTS
from cmappraisal.training import (
    ASK,
    Curriculum,
    Need,
    training_needs,
)

with needs_extra("hypothesis", "hypothesis"):
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn, SearchStrategy


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
    rulebook = draw(RULEBOOKS)
    policy = with_marks(draw(policies()), rulebook)
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
def qualifications(draw: DrawFn) -> Qualification:
    """Qualifications that are kept, and such as are suspended or revoked."""
    day, status = draw(st.dates(YEAR.first, YEAR.last)), draw(st.sampled_from(Status))
    manager = draw(st.sampled_from(MANAGERS))
    if not status.is_loss:
        return Qualification(manager, day)
    return Qualification(
        manager,
        day,
        status=status,
        since=day - timedelta(draw(st.integers(0, 90))),
        until=draw(st.none() | st.just(day + timedelta(draw(st.integers(0, 90))))),
        consequences=[draw(identifiers())],
        because_of=[draw(identifiers())],
    )


@st.composite
def lines(draw: DrawFn) -> Line:
    """Lines of appraisals."""
    # What is only proposed has no line.
    ledger = draw(ledgers(min_size=1, max_size=1).filter(Ledger.upheld))
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
    """Needs of appraisals and of the consequences that are due."""
    found = st.builds(_needs_of, scenarios(min_size=1), st.sampled_from(_CURRICULA))
    return found.filter(bool).flatmap(st.sampled_from)


_CURRICULA = (
    ASK.curriculum,
    # What consequences ask for alone: most rules have no course there.
    evolve(ASK.curriculum, courses=[ASK.curriculum[id] for id in ASKED_FOR]),
)


def _needs_of(scenario: Scenario, curriculum: Curriculum) -> list[Need]:
    accounts = scenario.accounts()
    return [
        need
        for manager, appraisal in scenario.appraisals().items()
        for need in training_needs(
            appraisal,
            curriculum,
            consequences=accounts[manager].consequences if manager in accounts else (),
        )
    ]


BY_TYPE: Mapping[type, SearchStrategy[Any]] = MappingProxyType(
    {
        **comparison_strategies.by_type(situations()),
        PointsAccount: accounts(),
        Qualification: qualifications(),
        Posting: accounts().flatmap(lambda account: st.sampled_from(account.postings)),
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
        Need: needs(),
    }
)
"""The strategies of those types here that their fields alone do not make."""
