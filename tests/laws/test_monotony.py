"""More wrong never counts for less."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import attrs
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import Amended, Assessed, Effect, Entry, Ledger, Policy, Recorded, Stage
from cmappraisal.interop.strategies import Scenario, policies, scenarios, violations
from cmappraisal.standards import Deduction


@given(scenarios(), st.data())
def test_a_violation_in_an_incident_of_its_own_never_lowers_points_nor_lifts_a_revocation(
    scenario: Scenario, data: st.DataObject
) -> None:
    before = scenario.appraisals()
    more = data.draw(
        violations(scenario.rulebook, scenario.policy, ids=st.just("V-more"), incidents=())
    )
    entries = list(scenario.ledger)
    # After the last entry, and after the act.
    happened = datetime(*more.occurred_on.timetuple()[:3], tzinfo=UTC)
    at = max([happened, *(entry.at for entry in entries)]) + timedelta(1)
    after = attrs.evolve(scenario, ledger=scenario.ledger.record(more, at=at)).appraisals()
    assert before.keys() <= after.keys()
    for manager, appraisal in before.items():
        assert appraisal.points <= after[manager].points
        assert appraisal.revoked <= after[manager].revoked


@given(scenarios())
def test_aggravation_never_lowers_and_revoking_never_changes_points(scenario: Scenario) -> None:
    for appraisal in scenario.appraisals().values():
        for line in appraisal.lines:
            for step in line.steps:
                if step.effect is Effect.AGGRAVATED:
                    assert step.change >= 0
                if step.stage is Stage.REVOKE:
                    assert step.change == 0


def is_fixed(policy: Policy) -> bool:
    return not isinstance(policy.aggravation, Assessed)


def with_circumstance(entry: Entry, more: str) -> Entry:
    if not isinstance(entry, (Recorded, Amended)):
        return entry
    circumstances = entry.violation.circumstances | {more}
    violation = attrs.evolve(entry.violation, circumstances=circumstances)
    return attrs.evolve(entry, violation=violation)


@given(scenarios(policies=policies().filter(is_fixed), incidents=(), min_size=1), st.data())
def test_one_more_circumstance_never_lowers_the_points(
    scenario: Scenario, data: st.DataObject
) -> None:
    declared = [circumstance.id for circumstance in scenario.rulebook.circumstances]
    more = data.draw(st.sampled_from(declared)) if declared else None
    entries = [with_circumstance(entry, more) if more else entry for entry in scenario.ledger]
    after = attrs.evolve(scenario, ledger=Ledger(entries)).appraisals()
    for manager, appraisal in scenario.appraisals().items():
        assert appraisal.points <= after[manager].points
        assert appraisal.revoked <= after[manager].revoked


@given(scenarios())
def test_a_line_deducts_nothing_only_for_a_reason(scenario: Scenario) -> None:
    for appraisal in scenario.appraisals().values():
        for line in appraisal.lines:
            if line.points or not isinstance(scenario.rulebook[line.rule].penalty, Deduction):
                continue
            effects = {step.effect for step in line.steps}
            assert effects & {
                Effect.APPEAL_SUSPENDS,
                Effect.ASSESSED,
                Effect.DISPLACED,
                Effect.GAVE_WAY,
                Effect.ONCE_A_PERIOD,
                Effect.CONCURRENT,
            }


@given(scenarios())
def test_a_revocation_revokes_whatever_else_the_incident_keeps(scenario: Scenario) -> None:
    for appraisal in scenario.appraisals().values():
        revoking = [
            line
            for line in appraisal.lines
            if any(step.stage is Stage.REVOKE for step in line.steps)
        ]
        assert appraisal.revoked == bool(revoking)
        assert all(line.revokes for line in revoking)
        assert all(
            line.points == Decimal(0)
            for line in revoking
            if not isinstance(scenario.rulebook[line.rule].penalty, Deduction)
        )
