"""Splitting a ledger by manager, or a period into parts, adds up."""

from datetime import timedelta

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from cmappraisal import Appraisal, CountedOn, Ledger, Period, Policy, UnstatedUnit, score
from cmappraisal.interop.strategies import Scenario, policies, scenarios
from cmappraisal.interop.violation_strategies import terms_of
from cmappraisal.standards import Over
from costly import costly


@costly
@given(scenarios())
def test_each_manager_can_be_scored_individually(scenario: Scenario) -> None:
    for manager, appraisal in scenario.appraisals().items():
        alone = score(
            scenario.ledger,
            scenario.standard,
            scenario.period,
            manager=manager,
            policy=scenario.policy,
            people=scenario.people,
        )
        assert alone == appraisal


@given(scenarios())
def test_each_managers_entries_can_be_scored_individually(scenario: Scenario) -> None:
    # Whoever answers with others needs the entries of theirs too.
    scenario = attrs.evolve(scenario, people=())
    appraisals = scenario.appraisals()
    apart: dict[str, Appraisal] = {}
    for manager in {case.violation.manager for case in scenario.ledger.cases()}:
        ids = {
            case.violation.id
            for case in scenario.ledger.cases()
            if case.violation.manager == manager
        }
        own = Ledger(entry for entry in scenario.ledger if entry.violation_id in ids)
        apart |= attrs.evolve(scenario, ledger=own).appraisals()
    assert apart == appraisals


def spans_parts(scenario: Scenario) -> bool:
    """Whether a deduction counts once a period, or a cap bounds what is not of one incident."""
    terms = terms_of(scenario.standard, scenario.policy)
    caps = [clause.cap for each in terms for clause in each.rulebook.clauses if clause.cap]
    is_once = any(each.policy.unstated_unit is UnstatedUnit.ONCE_A_PERIOD for each in terms)
    return is_once or any(cap.over in (Over.PART, Over.PERIOD) for cap in caps)


def is_not_once(policy: Policy) -> bool:
    return policy.unstated_unit is not UnstatedUnit.ONCE_A_PERIOD


@costly
@given(scenarios(policies=policies().filter(is_not_once), incidents=()), st.data())
def test_the_parts_of_a_period_add_up(scenario: Scenario, data: st.DataObject) -> None:
    period = scenario.period
    assume(period.days > 1 and not spans_parts(scenario))
    last = data.draw(st.dates(period.first, period.last - timedelta(1)))
    parts = Period(period.first, last), Period(last + timedelta(1), period.last)
    managers = {case.violation.manager for case in scenario.ledger.cases()}
    managers |= {tenure.person for tenure in scenario.people}
    whole, first, second = (
        attrs.evolve(scenario, period=part).totals(managers) for part in (period, *parts)
    )
    assert {manager: first[manager] + second[manager] for manager in whole} == dict(whole)


@costly
@given(scenarios())
def test_each_violation_counts_in_the_period_of_its_day(scenario: Scenario) -> None:
    counted = {
        line.violation.id
        for appraisal in scenario.appraisals().values()
        for line in (*appraisal.lines, *appraisal.merits)
    }
    # Every edition that is drawn answers alike what decides the period.
    counted_on = scenario.rulebook.stated(scenario.policy).counted_on
    for case in scenario.ledger.cases():
        day = {
            CountedOn.OCCURRED: case.violation.occurred_on,
            CountedOn.RECORDED: case.recorded_on,
            CountedOn.FOUND: case.found_on,
            CountedOn.EFFECTIVE: case.effective_on,
        }[counted_on]
        assert (case.violation.id in counted) == (case.is_upheld and day in scenario.period)
