"""The order in which things of the same moment were entered does not matter."""

from datetime import timedelta
from itertools import groupby

import attrs
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import Ledger
from cmappraisal.erasures import LedgerEntry
from cmappraisal.interop.strategies import Scenario, scenarios
from costly import costly


def shuffled(entries: list[LedgerEntry], random: st.DataObject) -> list[LedgerEntry]:
    """The entries in another order that keeps the life of each case."""
    order = random.draw(st.permutations([entry.violation_id for entry in entries]))
    waiting = {
        id: [entry for entry in entries if entry.violation_id == id] for id in dict.fromkeys(order)
    }
    return [waiting[id].pop(0) for id in order]


@costly
@given(scenarios(min_size=2), st.data())
def test_entries_of_one_moment_can_come_in_any_order(
    scenario: Scenario, data: st.DataObject
) -> None:
    # A day after the last, so that no act comes after its recording in any zone.
    moment = list(scenario.ledger)[-1].at + timedelta(1)
    entries = [attrs.evolve(entry, at=moment) for entry in scenario.ledger]
    once = attrs.evolve(scenario, ledger=Ledger(entries))
    again = attrs.evolve(scenario, ledger=Ledger(shuffled(entries, data)))
    assert once.appraisals() == again.appraisals()


@costly
@given(scenarios(min_size=2), st.data())
def test_entries_within_each_moment_can_come_in_any_order(
    scenario: Scenario, data: st.DataObject
) -> None:
    entries: list[LedgerEntry] = []
    for _, group in groupby(scenario.ledger, key=lambda entry: entry.at):
        entries += shuffled(list(group), data)
    again = attrs.evolve(scenario, ledger=Ledger(entries))
    assert scenario.appraisals() == again.appraisals()


@given(scenarios(), st.data())
def test_a_ledger_is_the_same_however_its_entries_were_batched(
    scenario: Scenario, data: st.DataObject
) -> None:
    entries = list(scenario.ledger)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(entries)))))
    ledger = Ledger()
    for first, last in zip([0, *cuts], [*cuts, len(entries)], strict=True):
        ledger = ledger.extend(entries[first:last])
    assert ledger == scenario.ledger
    assert hash(ledger) == hash(scenario.ledger)
    assert list(ledger.cases()) == list(scenario.ledger.cases())
    assert attrs.evolve(scenario, ledger=ledger).appraisals() == scenario.appraisals()
