"""More wrong never counts for less."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import attrs
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import Amended, Assessed, Effect, Ledger, Recorded, Stage
from cmappraisal.erasures import LedgerEntry
from cmappraisal.interop.strategies import Scenario, scenarios, violations
from cmappraisal.interop.violation_strategies import terms_of
from cmappraisal.standards import Status
from costly import costly


def repeats(scenario: Scenario) -> bool:
    """Whether the standard states what a breach weighs that comes again."""
    terms = terms_of(scenario.standard, scenario.policy)
    return any(of.again for each in terms for of in each.rulebook.provisions)


@given(scenarios(), st.data())
def test_a_violation_in_an_incident_of_its_own_never_lowers_points_nor_lifts_a_revocation(
    scenario: Scenario, data: st.DataObject
) -> None:
    before = scenario.appraisals()
    more = data.draw(
        violations(scenario.standard, scenario.policy, ids=st.just("V-more"), incidents=())
    )
    entries = list(scenario.ledger)
    # After the last entry, and after the act.
    days = (more.occurred_on, more.found_on, more.recorded_on)
    happened = datetime(*max(filter(None, days)).timetuple()[:3], tzinfo=UTC)
    at = max([happened, *(entry.at for entry in entries)]) + timedelta(1)
    after = attrs.evolve(scenario, ledger=scenario.ledger.record(more, at=at)).appraisals()
    assert before.keys() <= after.keys()
    for manager, appraisal in before.items():
        assert appraisal.revoked <= after[manager].revoked
        # What becomes a repeated breach can win its incident, and then count once with another.
        if not repeats(scenario):
            assert appraisal.points <= after[manager].points


@given(scenarios())
def test_aggravation_never_lowers_and_consequences_change_no_points(scenario: Scenario) -> None:
    for appraisal in scenario.appraisals().values():
        for line in appraisal.lines:
            for step in line.steps:
                if step.effect is Effect.AGGRAVATED:
                    assert step.change >= 0
                if step.stage is Stage.FOLLOW:
                    assert step.change == 0


def with_circumstance(entry: LedgerEntry, more: str) -> LedgerEntry:
    if not isinstance(entry, (Recorded, Amended)):
        return entry
    circumstances = entry.violation.circumstances | {more}
    violation = attrs.evolve(entry.violation, circumstances=circumstances)
    return attrs.evolve(entry, violation=violation)


def only_aggravating(scenario: Scenario) -> list[str]:
    """The circumstances that no provision makes lighter by, nor by what they imply.

    Those for which an assessor sets the amount are left out: whoever adds one changes that too; and
    so are those that exclude others.
    """
    left_out: set[str] = set()
    terms = terms_of(scenario.standard, scenario.policy)
    for each in terms:
        for rule in each.rulebook.values():
            left_out |= set(each.lighter(rule))
            left_out |= {
                id
                for id, source in each.heavier(rule).items()
                if isinstance(source.weight, Assessed)
            }
    return [
        circumstance.id
        for circumstance in scenario.rulebook.circumstances
        if not left_out & scenario.rulebook.implied_by([circumstance.id])
        and circumstance.group is None
    ]


@costly
@given(scenarios(incidents=(), min_size=1), st.data())
def test_one_more_aggravating_circumstance_never_lowers_the_points(
    scenario: Scenario, data: st.DataObject
) -> None:
    declared = only_aggravating(scenario)
    more = data.draw(st.sampled_from(declared)) if declared else None
    entries = [with_circumstance(entry, more) if more else entry for entry in scenario.ledger]
    after = attrs.evolve(scenario, ledger=Ledger(entries)).appraisals()
    for manager, appraisal in scenario.appraisals().items():
        assert appraisal.points <= after[manager].points
        assert appraisal.revoked <= after[manager].revoked


@costly
@given(scenarios())
def test_mitigation_never_raises_and_no_cap_does(scenario: Scenario) -> None:
    lowering = {Effect.UNIT_LOWERED, Effect.MITIGATED, Effect.WAIVED, Effect.CAPPED}
    for appraisal in scenario.appraisals().values():
        for line in appraisal.lines:
            for place, step in enumerate(line.steps):
                # The first step sets the amount of one unit, so that it has none to lower.
                if step.effect in lowering and place:
                    before = line.steps[place - 1]
                    assert step.change <= 0 or before.points == 0
            assert line.points >= 0


NOTHING_FOR_A_REASON = {
    Effect.APPEAL_SUSPENDS,
    Effect.TIME_BARRED,
    Effect.ASSESSED,
    Effect.UNIT_ASSESSED,
    Effect.UNIT_LOWERED,
    Effect.AGGRAVATION_ROUNDED,
    Effect.MITIGATED,
    Effect.WAIVED,
    Effect.MITIGATION_ROUNDED,
    Effect.DECIDED,
    Effect.CAPPED,
    Effect.DISPLACED,
    Effect.GAVE_WAY,
    Effect.ONCE_A_PERIOD,
    Effect.CONCURRENT,
}


@costly
@given(scenarios())
def test_a_line_deducts_nothing_only_for_a_reason(scenario: Scenario) -> None:
    for appraisal in scenario.appraisals().values():
        for line in appraisal.lines:
            if line.points or appraisal.rule_of(line).penalty is None:
                continue
            assert {step.effect for step in line.steps} & NOTHING_FOR_A_REASON


@given(scenarios())
def test_a_revocation_revokes_whatever_else_the_incident_keeps(scenario: Scenario) -> None:
    for appraisal in scenario.appraisals().values():
        for line in appraisal.lines:
            following = map(appraisal.rulebook_of(line).consequence, line.consequences)
            assert line.revokes == any(each.status is Status.REVOKED for each in following)
            if appraisal.rule_of(line).penalty is None:
                assert line.points == Decimal(0)
        assert appraisal.revoked == any(line.revokes for line in appraisal.lines)
