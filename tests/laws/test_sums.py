"""Every number has a reason, and the reasons add up to the total, always."""

from decimal import Decimal

import attrs
from hypothesis import given

from cmappraisal import (
    Assumption,
    AwardEffect,
    CapLine,
    Effect,
    Ledger,
    Line,
    Policy,
    Provision,
    RevokedResult,
    Violation,
)
from cmappraisal.erasures import LedgerEntry
from cmappraisal.interop.strategies import Scenario, scenarios
from cmappraisal.interop.violation_strategies import terms_of
from cmappraisal.standards import Clause, Counted, Over
from costly import costly


@given(scenarios())
def test_the_total_is_the_sum_of_subtotals_of_lines_and_of_steps(scenario: Scenario) -> None:
    for appraisal in scenario.appraisals().values():
        caps = [cap for cap in appraisal.caps if cap.of is Counted.DEDUCTIONS]
        lines: tuple[Line | CapLine, ...] = (*appraisal.lines, *caps)
        steps = [step for line in lines for step in line.steps]
        of_period = sum(cap.points for cap in caps if cap.over is Over.PERIOD)
        of_parts = sum(subtotal.points for subtotal in appraisal.subtotals)
        assert appraisal.points == of_parts + of_period
        assert appraisal.points == sum(line.points for line in lines)
        assert appraisal.points == sum(step.change for step in steps)


@costly
@given(scenarios())
def test_awards_are_the_sum_of_merits_and_never_in_the_points(scenario: Scenario) -> None:
    without = Ledger(entry for entry in scenario.ledger if is_of_violation(entry, scenario))
    points = attrs.evolve(scenario, ledger=without).appraisals()
    for manager, appraisal in scenario.appraisals().items():
        caps = [cap for cap in appraisal.caps if cap.of is Counted.AWARDS]
        both: tuple[Line | CapLine, ...] = (*appraisal.merits, *caps)
        assert appraisal.awards == sum(line.points for line in both) >= 0
        assert appraisal.awards == sum(step.change for line in both for step in line.steps)
        if manager in points:
            assert points[manager].points == appraisal.points
            assert points[manager].lines == appraisal.lines
        else:
            assert appraisal.points == 0


def is_of_violation(entry: LedgerEntry, scenario: Scenario) -> bool:
    return isinstance(scenario.ledger.case(entry.violation_id).violation, Violation)


@costly
@given(scenarios())
def test_a_cap_takes_away_what_is_more_and_names_the_clause(scenario: Scenario) -> None:
    for appraisal in scenario.appraisals().values():
        for cap in appraisal.caps:
            (step,) = cap.steps
            stated = appraisal.value_of(step.reason)
            assert stated.over is cap.over
            assert cap.points == step.points == step.change < 0
            assert cap.total + cap.points == stated.points
            lines = appraisal.lines if cap.of is Counted.DEDUCTIONS else appraisal.merits
            assert stated.of is cap.of
            assert set(step.because_of) <= {line.violation.id for line in lines}
            taken = [each.points for each in cap.parts]
            assert all(points < 0 for points in taken)
            assert sum(taken) == (0 if cap.over is Over.PERIOD else cap.points)
        for subtotal in appraisal.subtotals:
            assert subtotal.points >= 0


@costly
@given(scenarios())
def test_the_steps_of_a_line_replay_to_its_points(scenario: Scenario) -> None:
    for appraisal in scenario.appraisals().values():
        for line in appraisal.lines:
            points = Decimal(0)
            for step in line.steps:
                points += step.change
                assert step.points == points
            assert line.points == points
            assert line.points >= 0


@costly
@given(scenarios())
def test_steps_come_in_the_order_of_the_stages(scenario: Scenario) -> None:
    for appraisal in scenario.appraisals().values():
        for line in appraisal.lines:
            stages = list(type(line.steps[0].stage))
            order = [stages.index(step.stage) for step in line.steps]
            assert order == sorted(order)


@costly
@given(scenarios())
def test_every_step_names_a_provision_or_a_field_of_the_policy(scenario: Scenario) -> None:
    terms = {each.rulebook.edition: each for each in terms_of(scenario.standard, scenario.policy)}
    for appraisal in scenario.appraisals().values():
        for line in appraisal.lines:
            for step in line.steps:
                reason = step.reason
                value = appraisal.value_of(reason)
                if isinstance(reason, Assumption):
                    own = terms[reason.edition].policy if reason.edition else scenario.policy
                    assert value == getattr(own, reason.field)
                    continue
                assert isinstance(reason, Provision)
                provision = terms[reason.edition].rulebook.provision(reason.id)
                if reason.field in attrs.fields_dict(Policy):
                    assert isinstance(provision, Clause)
                    assert value == provision.answers[reason.field]
                else:
                    assert value == getattr(provision, reason.field)


@costly
@given(scenarios())
def test_the_score_is_full_marks_less_the_points_and_its_grade_holds_it(scenario: Scenario) -> None:
    for appraisal in scenario.appraisals().values():
        policy = appraisal.decided
        hidden = appraisal.revoked and policy.revoked_result is RevokedResult.NONE
        if policy.full_marks is None or hidden:
            assert (appraisal.score, appraisal.grade) == (None, None)
            continue
        assert appraisal.score is not None
        less = policy.full_marks - appraisal.points
        if policy.awards is AwardEffect.RAISE_SCORE:
            less += appraisal.awards
        if appraisal.revoked and policy.revoked_result is RevokedResult.LOWEST:
            assert appraisal.score == policy.floor
        else:
            assert appraisal.score == (less if policy.floor is None else max(less, policy.floor))
        holding = [grade.id for grade in policy.grades if grade.holds(appraisal.score)]
        assert holding == ([appraisal.grade] if policy.grades else [])
        assert (appraisal.band is None) == (not policy.grades)


@costly
@given(scenarios())
def test_of_an_incident_something_counts_or_revokes(scenario: Scenario) -> None:
    for appraisal in scenario.appraisals().values():
        counting: dict[str, bool] = {}
        for line in appraisal.lines:
            effects = {step.effect for step in line.steps}
            incident = line.violation.incident
            left_out = {Effect.APPEAL_SUSPENDS, Effect.TIME_BARRED}
            if incident is None or effects & left_out:
                continue
            # Of a rule that counts once a period, the line that counts may be in another incident.
            counts = line.revokes or not effects & {
                Effect.DISPLACED,
                Effect.GAVE_WAY,
                Effect.CONCURRENT,
            }
            counting[incident] = counting.get(incident, False) or counts
        assert all(counting.values())
