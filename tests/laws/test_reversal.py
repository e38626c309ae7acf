"""A reversed case scores as if it had never been recorded."""

from datetime import timedelta

import attrs
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import Ledger, State
from cmappraisal.interop.strategies import Scenario, scenarios


def later(ledger: Ledger) -> dict[str, object]:
    return {"at": list(ledger)[-1].at + timedelta(1), "reason": "found in review"}


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


@given(scenarios(min_size=1), st.data())
def test_amending_there_and_back_restores_the_appraisals(
    scenario: Scenario, data: st.DataObject
) -> None:
    amendable = [case for case in scenario.ledger.cases() if case.state is State.RECORDED]
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
