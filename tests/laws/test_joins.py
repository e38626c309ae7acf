"""Merging ledgers is a join: neither the order nor the grouping nor a repetition matters."""

from collections import Counter

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import Entry, Ledger, LedgerConflict
from cmappraisal.interop.strategies import Scenario, ledgers, scenarios
from costly import costly


def prefix_of(ledger: Ledger, size: int) -> Ledger:
    return Ledger(list(ledger)[:size])


@st.composite
def branches(draw: st.DrawFn) -> tuple[Ledger, Ledger, Ledger]:
    """Three ledgers that report some cases alike: parts of one, cut short here and there."""
    whole = draw(ledgers(max_size=16))
    cases = {case.violation.id: case.history for case in whole.cases()}
    parts: list[Ledger] = []
    for _ in range(3):
        reported: set[Entry] = set()
        for history in cases.values():
            reported.update(history[: draw(st.integers(0, len(history)))])
        parts.append(Ledger(entry for entry in whole if entry in reported))
    return parts[0], parts[1], parts[2]


@given(branches())
def test_merging_is_associative_commutative_and_idempotent(
    parts: tuple[Ledger, Ledger, Ledger],
) -> None:
    one, two, three = parts
    merged = Ledger.merge(one, two, three)
    assert Ledger.merge(three, one, two) == merged
    assert Ledger.merge(Ledger.merge(one, two), three) == merged
    assert Ledger.merge(one, Ledger.merge(two, three)) == merged
    assert Ledger.merge(merged, merged, one) == merged
    assert Ledger.merge(one, one) == Ledger.merge(one)
    assert Ledger.merge(one, Ledger()) == Ledger.merge(one)


@given(branches())
def test_a_merge_has_every_entry_as_often_as_one_ledger_and_in_the_order_of_time(
    parts: tuple[Ledger, Ledger, Ledger],
) -> None:
    merged = list(Ledger.merge(*parts))
    # One ledger can have an entry twice: a case can be amended to the same again.
    often = [Counter(part) for part in parts]
    assert Counter(merged) == often[0] | often[1] | often[2]
    keys = [(entry.at, entry.violation_id) for entry in merged]
    assert keys == sorted(keys)


@given(scenarios())
def test_a_merge_of_one_ledger_scores_as_that_ledger(scenario: Scenario) -> None:
    merged = attrs.evolve(scenario, ledger=Ledger.merge(scenario.ledger))
    assert merged.appraisals() == scenario.appraisals()


@costly
@given(scenarios(), st.data())
def test_a_ledger_split_in_two_scores_as_before_once_merged(
    scenario: Scenario, data: st.DataObject
) -> None:
    ids = sorted({entry.violation_id for entry in scenario.ledger})
    here = set(data.draw(st.lists(st.sampled_from(ids), unique=True))) if ids else set()
    one = Ledger(entry for entry in scenario.ledger if entry.violation_id in here)
    two = Ledger(entry for entry in scenario.ledger if entry.violation_id not in here)
    merged = attrs.evolve(scenario, ledger=Ledger.merge(one, two))
    assert merged.appraisals() == scenario.appraisals()


@given(ledgers(min_size=1), ledgers(min_size=1))
def test_ledgers_merge_unless_they_report_a_case_in_two_ways(one: Ledger, two: Ledger) -> None:
    shared = {entry.violation_id for entry in one} & {entry.violation_id for entry in two}
    apart = {
        id
        for id in shared
        if any(
            mine != theirs
            for mine, theirs in zip(one.case(id).history, two.case(id).history, strict=False)
        )
    }
    if not apart:
        assert set(Ledger.merge(one, two)) == {*one, *two}
        return
    with pytest.raises(LedgerConflict) as caught:
        Ledger.merge(one, two)
    assert {id for id, _ in caught.value.conflicts} == apart
    for id, histories in caught.value.conflicts:
        assert set(histories) == {one.case(id).history, two.case(id).history}
