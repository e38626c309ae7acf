"""What was in the ledger can be proved, and nothing else can."""

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from cmappraisal import Ledger, canonical_bytes
from cmappraisal.evidence import Erased
from cmappraisal.interop.strategies import ledgers
from cmappraisal.merkle import tree_head, verify_consistency, verify_inclusion


@given(ledgers(), st.data())
def test_every_earlier_ledger_is_proved_to_be_a_prefix(ledger: Ledger, data: st.DataObject) -> None:
    entries = list(ledger)
    size = data.draw(st.integers(0, len(entries)))
    earlier = Ledger(entries[:size])
    assert verify_consistency(
        size,
        len(ledger),
        ledger.prove_consistency(size),
        earlier_root=earlier.root(),
        root=ledger.root(),
    )
    assert earlier.extend(entries[size:]).root() == ledger.root()
    assert ledger.root() == tree_head(map(canonical_bytes, entries))


@given(ledgers(min_size=1), st.data())
def test_an_entry_is_proved_where_it_is_and_nowhere_else(
    ledger: Ledger, data: st.DataObject
) -> None:
    entries = list(ledger)
    index = data.draw(st.integers(0, len(entries) - 1))
    claimed = data.draw(st.integers(0, len(entries) - 1))
    proof = ledger.prove_inclusion(index)
    leaf = canonical_bytes(entries[claimed])
    holds = verify_inclusion(leaf, index, len(ledger), proof, root=ledger.root())
    assert holds == (claimed == index)


@given(ledgers(min_size=1), st.data())
def test_a_ledger_edited_anywhere_has_another_root_and_no_proof(
    ledger: Ledger, data: st.DataObject
) -> None:
    entries = list(ledger)
    index = data.draw(st.integers(0, len(entries) - 1))
    chosen = entries[index]
    by = data.draw(st.sampled_from([None, "HR-1", "HR-9"]))
    assert not isinstance(chosen, Erased)
    assume(chosen.by != by)
    changed = attrs.evolve(chosen, by=by)
    edited = Ledger([*entries[:index], changed, *entries[index + 1 :]])
    assert edited.root() != ledger.root()
    size = data.draw(st.integers(index + 1, len(entries)))
    assert not verify_consistency(
        size,
        len(edited),
        edited.prove_consistency(size),
        earlier_root=Ledger(entries[:size]).root(),
        root=edited.root(),
    )
