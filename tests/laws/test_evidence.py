"""What was destroyed leaves every proof, and what is handed out proves itself."""

from typing import Any

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from cmappraisal import Ledger, rescore
from cmappraisal.erasures import managers_in
from cmappraisal.evidence import (
    Evidence,
    EvidenceAspect,
    audit_people,
    evidence,
    people_tree,
    positions_of,
    verify_evidence,
)
from cmappraisal.interop.evidence_strategies import files, kept_ledgers, people_trees, salts_for
from cmappraisal.interop.strategies import Scenario, scenarios
from costly import costly


@given(kept_ledgers(min_size=1), st.data())
def test_redaction_and_erasure_leave_root_and_proofs(ledger: Ledger, data: st.DataObject) -> None:
    ids = [case.violation.id for case in ledger.cases()]
    assume(ids)
    id = data.draw(st.sampled_from(ids))
    for left in (ledger.redact(id), ledger.erase(id), ledger.redact(id).erase(id)):
        assert left.root() == Ledger(left).root() == ledger.root()
        assert [each.at for each in left] == [each.at for each in ledger]
        for index in range(len(ledger)):
            assert left.prove_inclusion(index) == ledger.prove_inclusion(index)
        assert positions_of(left) == positions_of(ledger)
    assert ledger.redact(id).redact(id) == ledger.redact(id)
    assert ledger.redact(id).erase(id) == ledger.erase(id)


@given(kept_ledgers(), st.data())
def test_what_was_destroyed_stays_so_however_copies_are_merged(
    ledger: Ledger, data: st.DataObject
) -> None:
    ids = [case.violation.id for case in ledger.cases()]
    copies = [ledger]
    for id in data.draw(st.lists(st.sampled_from(ids), max_size=3)) if ids else ():
        copies.append(data.draw(st.sampled_from([ledger.redact(id), ledger.erase(id)])))
    order = data.draw(st.permutations(copies))
    merged = Ledger.merge(*copies)
    assert Ledger.merge(*order) == merged
    for copy in copies:
        gone = {each.violation_id for each in copy.erased()}
        assert gone <= {each.violation_id for each in merged.erased()}
        assert Ledger.merge(merged, copy) == merged


@costly
@given(scenarios(min_size=1), st.data())
def test_an_appraisal_without_an_erased_case_is_as_if_it_had_never_been_but_says_so(
    scenario: Scenario, data: st.DataObject
) -> None:
    ids = [case.violation.id for case in scenario.ledger.cases()]
    id = data.draw(st.sampled_from(ids))
    erased = evolve(scenario, ledger=scenario.ledger.erase(id))
    without = evolve(
        scenario, ledger=Ledger(each for each in scenario.ledger if each.violation_id != id)
    )
    before, after, never = (each.appraisals() for each in (scenario, erased, without))
    for manager, appraisal in after.items():
        assert appraisal.incomplete in ((), (id,))
        if manager in never:
            assert evolve(appraisal, incomplete=()) == never[manager]
    for manager, appraisal in before.items():
        # Whoever had a line about it misses it.
        if any(line.violation.id == id for line in (*appraisal.lines, *appraisal.merits)):
            assert after[manager].incomplete == (id,)
    about = managers_in(scenario.ledger.case(id).history)
    assert about <= {manager for each in erased.ledger.erased() for manager in each.managers}


@given(files())
def test_every_file_proves_itself(file: Evidence) -> None:
    root = file.root
    made = verify_evidence(file, root=root, size=file.size)
    assert made.holds, made
    proved = {each.aspect for each in made.aspects if each.holds}
    assert {EvidenceAspect.ROOT, EvidenceAspect.INCLUSION, EvidenceAspect.PERSON} <= proved
    if file.appraisal is not None:
        assert rescore(file.appraisal, file.ledger()) == file.appraisal


@given(kept_ledgers(min_size=2), st.data())
def test_no_file_holds_that_was_changed_anywhere(ledger: Ledger, data: st.DataObject) -> None:
    people = positions_of(ledger)
    assume(people)
    manager = data.draw(st.sampled_from(sorted(people)))
    tree = people_tree(ledger, salts_for([*people, "RM-90"]))
    file = evidence(ledger, manager=manager, people=tree)
    published: dict[str, Any] = {
        "root": ledger.root(),
        "size": len(ledger),
        "people_root": tree.root,
    }
    assert all(each.holds is not False for each in verify_evidence(file, **published).aspects)
    entries = list(file.entries)
    place = data.draw(st.integers(0, len(entries) - 1))
    chosen = entries[place]
    elsewhere = data.draw(st.integers(0, len(ledger) - 1).filter(lambda at: at != chosen.position))
    tampered = data.draw(
        st.sampled_from(
            [
                evolve(file, entries=entries[:place] + entries[place + 1 :]),
                evolve(
                    file,
                    entries=[*entries[:place], evolve(chosen, position=elsewhere)],
                ),
                evolve(file, root=bytes(32)),
                evolve(file, size=len(ledger) + 1),
                evolve(file, manager="RM-90"),
                evolve(file, completeness=None),
            ]
        )
    )
    assert not verify_evidence(tampered, **published).holds


@given(kept_ledgers(), st.data())
def test_a_tree_of_people_is_right_for_its_ledger_alone(
    ledger: Ledger, data: st.DataObject
) -> None:
    tree = data.draw(people_trees(ledger))
    staff = [leaf.person for leaf in tree.leaves]
    assert audit_people(tree, staff, root=tree.root, ledger=ledger) == ()
    for leaf in tree.leaves:
        assert leaf.positions == positions_of(ledger).get(leaf.person, ())
    if staff:
        shorter = Ledger(list(ledger)[:-1])
        assert not len(ledger) or audit_people(tree, staff, root=tree.root, ledger=shorter)
        assert audit_people(tree, staff[1:], root=tree.root)
