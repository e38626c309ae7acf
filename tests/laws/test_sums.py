"""Every number has a reason, and the reasons add up to the total, always."""

from decimal import Decimal

import attrs
from hypothesis import given

from cmappraisal import Assumption, Effect, Policy, Provision, RevokedResult
from cmappraisal.interop.strategies import Scenario, scenarios


@given(scenarios())
def test_the_total_is_the_sum_of_subtotals_of_lines_and_of_steps(scenario: Scenario) -> None:
    for appraisal in scenario.appraisals().values():
        steps = [step for line in appraisal.lines for step in line.steps]
        assert appraisal.points == sum(subtotal.points for subtotal in appraisal.subtotals)
        assert appraisal.points == sum(line.points for line in appraisal.lines)
        assert appraisal.points == sum(step.change for step in steps)


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


@given(scenarios())
def test_steps_come_in_the_order_of_the_stages(scenario: Scenario) -> None:
    for appraisal in scenario.appraisals().values():
        for line in appraisal.lines:
            stages = list(type(line.steps[0].stage))
            order = [stages.index(step.stage) for step in line.steps]
            assert order == sorted(order)


@given(scenarios())
def test_every_step_names_a_rule_of_the_book_or_a_field_of_the_policy(scenario: Scenario) -> None:
    book = scenario.rulebook
    fields = {field.name for field in attrs.fields(Policy)}
    for appraisal in scenario.appraisals().values():
        for line in appraisal.lines:
            for step in line.steps:
                match step.reason:
                    case Provision(rule=id, field=name):
                        assert appraisal.value_of(step.reason) == getattr(book[id], name)
                        assert step.reason.edition == book.edition
                    case Assumption():
                        assert step.reason.field in fields
                        decided = getattr(scenario.policy, step.reason.field)
                        assert appraisal.value_of(step.reason) == decided


@given(scenarios())
def test_the_score_is_full_marks_less_the_points_and_its_grade_holds_it(scenario: Scenario) -> None:
    policy = scenario.policy
    for appraisal in scenario.appraisals().values():
        hidden = appraisal.revoked and policy.revoked_result is RevokedResult.NONE
        if policy.full_marks is None or hidden:
            assert (appraisal.score, appraisal.grade) == (None, None)
            continue
        assert appraisal.score is not None
        less = policy.full_marks - appraisal.points
        if appraisal.revoked and policy.revoked_result is RevokedResult.LOWEST:
            assert appraisal.score == policy.floor
        else:
            assert appraisal.score == (less if policy.floor is None else max(less, policy.floor))
        holding = [grade.id for grade in policy.grades if grade.holds(appraisal.score)]
        assert holding == ([appraisal.grade] if policy.grades else [])
        assert (appraisal.band is None) == (not policy.grades)


@given(scenarios())
def test_of_an_incident_something_counts_or_revokes(scenario: Scenario) -> None:
    for appraisal in scenario.appraisals().values():
        counting: dict[str, bool] = {}
        for line in appraisal.lines:
            effects = {step.effect for step in line.steps}
            incident = line.violation.incident
            if incident is None or Effect.APPEAL_SUSPENDS in effects:
                continue
            # Of a rule that counts once a period, the line that counts may be in another incident.
            counts = line.revokes or not effects & {
                Effect.DISPLACED,
                Effect.GAVE_WAY,
                Effect.CONCURRENT,
            }
            counting[incident] = counting.get(incident, False) or counts
        assert all(counting.values())
