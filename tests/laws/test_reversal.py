"""A reversed case scores as if it had never been recorded."""

from datetime import timedelta

import attrs
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import Appealed, Ledger, State
from cmappraisal.interop.strategies import Scenario, scenarios
from cmappraisal.procedure import LIFE, ProceduralAct
from costly import costly


def later(ledger: Ledger) -> dict[str, object]:
    return {"at": list(ledger)[-1].at + timedelta(1), "reason": "found in review"}


@costly
@given(scenarios(min_size=1), st.data())
def test_reversing_a_case_is_never_having_recorded_it(
    scenario: Scenario, data: st.DataObject
) -> None:
    id = data.draw(st.sampled_from([case.violation.id for case in scenario.ledger.cases()]))
    without = Ledger(entry for entry in scenario.ledger if entry.violation_id != id)
    reversed_ = scenario.ledger
    if reversed_.case(id).is_upheld:
        reversed_ = reversed_.reverse(id, **later(reversed_))  # type: ignore[arg-type]
    assert (
        attrs.evolve(scenario, ledger=reversed_).appraisals()
        == attrs.evolve(scenario, ledger=without).appraisals()
    )


@costly
@given(scenarios(min_size=1), st.data())
def test_a_case_that_is_only_proposed_is_as_if_it_were_not_there(
    scenario: Scenario, data: st.DataObject
) -> None:
    others = {case.violation.id for case in scenario.ledger.cases()}
    case = data.draw(st.sampled_from(list(scenario.ledger.cases())))
    proposed = attrs.evolve(case.violation, id="V-proposed")
    assert proposed.id not in others
    at = list(scenario.ledger)[-1].at + timedelta(1)
    with_it = scenario.ledger.propose(proposed, at=at)
    assert attrs.evolve(scenario, ledger=with_it).appraisals() == scenario.appraisals()
    verified = with_it.act(proposed.id, "verified", at=at)
    recorded = scenario.ledger.record(proposed, at=at)
    assert (
        attrs.evolve(scenario, ledger=verified).appraisals()
        == attrs.evolve(scenario, ledger=recorded).appraisals()
    )


@costly
@given(scenarios(min_size=1), st.data())
def test_what_sets_no_points_changes_none(scenario: Scenario, data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(list(scenario.ledger.cases())))
    at = list(scenario.ledger)[-1].at + timedelta(1)
    acts = [
        move
        for state, move in LIFE
        if state is case.state
        and isinstance(move, ProceduralAct)
        # What brings a case into force, or an appeal to its end, is what these are for.
        and move not in {ProceduralAct.APPEAL_WITHDRAWN}
        and not (state is State.PROPOSED and move is ProceduralAct.VERIFIED)
    ]
    act = data.draw(st.sampled_from(acts))
    acted = scenario.ledger.act(case.violation.id, act, at=at, reason="new facts")
    assert attrs.evolve(scenario, ledger=acted).appraisals() == scenario.appraisals()


@costly
@given(scenarios(min_size=1), st.data())
def test_an_appeal_that_is_withdrawn_is_as_if_it_had_not_been_lodged(
    scenario: Scenario, data: st.DataObject
) -> None:
    open_to_appeal = {state for state, move in LIFE if move is Appealed}
    cases = [case for case in scenario.ledger.cases() if case.state in open_to_appeal]
    if not cases:
        return
    id = data.draw(st.sampled_from(cases)).violation.id
    at = list(scenario.ledger)[-1].at + timedelta(1)
    back = scenario.ledger.appeal(id, at=at, grounds="x").act(id, "appeal-withdrawn", at=at)
    assert back.case(id).state is scenario.ledger.case(id).state
    assert attrs.evolve(scenario, ledger=back).appraisals() == scenario.appraisals()


@costly
@given(scenarios(min_size=1), st.data())
def test_amending_there_and_back_restores_the_appraisals(
    scenario: Scenario, data: st.DataObject
) -> None:
    # What was decided about one reading is not brought back with it.
    amendable = [
        case
        for case in scenario.ledger.cases()
        if case.state is State.RECORDED and case.decision is None
    ]
    if not amendable:
        return
    case = data.draw(st.sampled_from(amendable))
    other = attrs.evolve(case.violation, manager="RM-99")
    there = scenario.ledger.amend(other, **later(scenario.ledger))  # type: ignore[arg-type]
    back = there.amend(case.violation, **later(there))  # type: ignore[arg-type]
    assert attrs.evolve(scenario, ledger=back).appraisals() == scenario.appraisals()
    moved = attrs.evolve(scenario, ledger=there).appraisals()
    own = [
        (appraisal.manager, line)
        for appraisal in moved.values()
        for line in (*appraisal.lines, *appraisal.merits)
        if line.answers_as is None
    ]
    assert all(line.violation.manager == manager for manager, line in own)
    lines = [line for _, line in own]
    assert sum(line.violation.id == case.violation.id for line in lines) <= 1
