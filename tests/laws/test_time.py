"""What was entered after a moment does not change what was known at it."""

from datetime import datetime

import attrs
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import Ledger
from cmappraisal.interop.strategies import Scenario, moments, scenarios
from costly import costly


def some_moment(scenario: Scenario, data: st.DataObject) -> datetime:
    """Any moment, often exactly that of an entry."""
    own = [entry.at for entry in scenario.ledger]
    return data.draw(st.one_of(st.sampled_from(own), moments()) if own else moments())


@costly
@given(scenarios(), st.data())
def test_entries_after_as_of_change_nothing(scenario: Scenario, data: st.DataObject) -> None:
    moment = some_moment(scenario, data)
    known = [entry for entry in scenario.ledger if entry.at <= moment]
    then = attrs.evolve(scenario, ledger=Ledger(known))
    assert scenario.appraisals(as_of=moment) == then.appraisals(as_of=moment)


@given(scenarios(), st.data())
def test_scoring_as_of_a_moment_is_scoring_the_ledger_cut_there(
    scenario: Scenario, data: st.DataObject
) -> None:
    moment = some_moment(scenario, data)
    people = tuple(
        each for each in scenario.people if each.known_from is None or each.known_from <= moment
    )
    cut = attrs.evolve(scenario, ledger=scenario.ledger.as_of(moment), people=people)
    assert list(cut.ledger) == [entry for entry in scenario.ledger if entry.at <= moment]
    assert {
        manager: attrs.evolve(appraisal, as_of=None)
        for manager, appraisal in scenario.appraisals(as_of=moment).items()
    } == cut.appraisals()


@given(scenarios(), st.data())
def test_cases_as_of_a_moment_are_the_cases_of_the_ledger_cut_there(
    scenario: Scenario, data: st.DataObject
) -> None:
    moment = some_moment(scenario, data)
    then = [case.as_of(moment) for case in scenario.ledger.cases()]
    assert [case for case in then if case] == list(scenario.ledger.as_of(moment).cases())
