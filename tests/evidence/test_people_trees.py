"""People trees: everybody has one leaf, which names all entries about them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve

from cmappraisal import FieldError, Ledger, ProblemCode, Violation, canonical_bytes
from cmappraisal.errors import MAXIMUM_PROBLEMS
from cmappraisal.evidence import PeopleTree, PersonLeaf, audit_people, people_tree, positions_of
from cmappraisal.merkle import tree_head, verify_inclusion

MARCH = datetime(2025, 3, 4, 9, tzinfo=UTC)


def violation(id: str, manager: str) -> Violation:
    return Violation(id, manager, rule="2.1", occurred_on=date(2025, 3, 2))


LEDGER = (
    Ledger()
    .record(violation("V-1", "RM-01"), at=MARCH)
    .record(violation("V-2", "RM-02"), at=MARCH)
    .amend(violation("V-1", "RM-03"), reason="another's", at=MARCH)
    .take("V-2", "warning", on=date(2025, 6, 1), at=MARCH, manager="BOSS")
)
STAFF = ("BOSS", "RM-01", "RM-02", "RM-03", "RM-04")
SALTS = {person: bytes([place] * 16) for place, person in enumerate(STAFF)}
TREE = people_tree(LEDGER, SALTS)


def test_all_entries_of_a_case_are_about_everybody_whom_any_of_them_names() -> None:
    assert positions_of(LEDGER) == {
        "BOSS": (1, 3),
        "RM-01": (0, 2),
        "RM-02": (1, 3),
        "RM-03": (0, 2),
    }
    assert positions_of(LEDGER.erase("V-1")) == positions_of(LEDGER)
    with pytest.raises(FieldError, match="allowed: a Ledger"):
        positions_of([])  # type: ignore[arg-type]


def test_everybody_on_the_list_has_a_leaf_also_without_entries() -> None:
    assert {leaf.person: leaf.positions for leaf in TREE.leaves} == {
        **positions_of(LEDGER),
        "RM-04": (),
    }
    for leaf in TREE.leaves:
        place = TREE.place_of(leaf.person)
        assert TREE.leaves[place] is leaf
        assert (leaf.ledger_size, leaf.ledger_root) == (4, LEDGER.root())
        proof, root = TREE.prove(place), TREE.root
        assert verify_inclusion(canonical_bytes(leaf), place, len(STAFF), proof, root=root)
    assert TREE.root == tree_head(map(canonical_bytes, TREE.leaves))
    with pytest.raises(FieldError, match="allowed: the id of somebody on the staff list"):
        TREE.place_of("RM-09")


def test_leaves_stand_in_the_order_of_their_digests() -> None:
    digests = [tree_head([canonical_bytes(leaf)]) for leaf in TREE.leaves]
    assert digests == sorted(digests)
    assert PeopleTree(TREE.leaves[::-1]) == TREE
    assert people_tree(LEDGER, dict(reversed(SALTS.items()))) == TREE
    assert repr(TREE) == f"<PeopleTree of 5 people, {TREE.root.hex()}>"
    assert "salt" not in repr(TREE.leaves[0])


def test_the_bytes_of_a_leaf_are_held_for_good() -> None:
    leaf = PersonLeaf("RM-04", bytes(16), positions=[], ledger_size=2, ledger_root=bytes(32))
    assert canonical_bytes(leaf).decode() == (
        '{"format":"cmappraisal/person/1","kind":"person-leaf","ledger_root":"' + 64 * "0" + '",'
        '"ledger_size":2,"person":"RM-04","positions":[],"salt":"' + 32 * "0" + '"}'
    )


@pytest.mark.parametrize(
    ("salts", "problems"),
    [
        (
            {**SALTS, "RM-04": bytes([2] * 16)},
            [('$.salts["RM-02"]', "repeated"), ('$.salts["RM-04"]', "repeated")],
        ),
        ({**SALTS, "RM-01": b"short"}, [('$.salts["RM-01"]', "not-allowed")]),
        ({**SALTS, "": bytes(range(16))}, [("$.salts", "not-allowed")]),
        (
            {"RM-01": SALTS["RM-01"]},
            [(f'$.salts["{person}"]', "missing") for person in ("BOSS", "RM-02", "RM-03")],
        ),
        (None, [("$.salts", "not-allowed")]),
    ],
)
def test_a_list_that_does_not_do_is_rejected(salts: Any, problems: list[tuple[str, str]]) -> None:
    with pytest.raises(FieldError) as caught:
        people_tree(LEDGER, salts)
    assert [(each.path, each.code.value) for each in caught.value.problems] == problems
    assert "short" not in str(caught.value)
    assert caught.value.more == 0


def test_a_list_on_which_many_do_not_do_is_rejected_with_how_many_there_are() -> None:
    short = {f"RM-{number}": b"short" for number in range(MAXIMUM_PROBLEMS + 7)}
    with pytest.raises(FieldError) as caught:
        people_tree(Ledger(), short)
    assert (len(caught.value.problems), caught.value.more) == (MAXIMUM_PROBLEMS, 7)


def test_a_wrong_leaf_is_rejected() -> None:
    given = {"positions": [0], "ledger_size": 1, "ledger_root": bytes(32)}
    for name, wrong in (
        ("positions", [1, 0]),
        ("positions", [0, 0]),
        ("positions", [-1]),
        ("positions", ["0"]),
        ("ledger_size", -1),
        ("ledger_size", True),
        ("ledger_root", bytes(31)),
    ):
        with pytest.raises(FieldError) as caught:
            PersonLeaf("RM-01", bytes(16), **{**given, name: wrong})  # type: ignore[arg-type]
        assert [problem.path for problem in caught.value.problems] == [f"$.{name}"]


def test_nothing_is_wrong_with_a_tree_that_is_right() -> None:
    assert audit_people(TREE, STAFF, root=TREE.root, ledger=LEDGER) == ()
    assert audit_people(TREE, SALTS, root=TREE.root) == ()


def audited(leaves: Any, **given: Any) -> list[tuple[str, ProblemCode]]:
    tree = PeopleTree(leaves)
    found = audit_people(tree, **{"staff": STAFF, "root": tree.root, **given})
    return [(problem.path.split("[")[0], problem.code) for problem in found]


def test_an_auditor_finds_what_a_person_cannot() -> None:
    leaf = TREE.leaves[TREE.place_of("RM-01")]
    others = [each for each in TREE.leaves if each is not leaf]
    hidden = evolve(leaf, positions=())
    leaves = "$.leaves"
    two = [*TREE.leaves, evolve(hidden, salt=bytes([99] * 16))]
    assert audited(two) == [(leaves, ProblemCode.REPEATED)] * 2
    assert audited(others) == [(leaves, ProblemCode.MISSING)]
    assert audited(TREE.leaves, staff=STAFF[1:]) == [(leaves, ProblemCode.UNKNOWN_ID)]
    assert audited(TREE.leaves, root=bytes(32)) == [(leaves, ProblemCode.DISAGREES)]
    later = evolve(leaf, ledger_size=5)
    assert audited([*others, later]) == [
        (leaves, ProblemCode.CONTRADICTION),
        (leaves, ProblemCode.MISSING),
    ]
    # An entry that no leaf names is seen without the ledger, a leaf that hides one with it.
    for_v1 = [evolve(each, positions=()) if 0 in each.positions else each for each in TREE.leaves]
    assert audited(for_v1) == [(leaves, ProblemCode.MISSING)]
    assert audited([*others, hidden]) == []
    wrong = audited([*others, hidden], ledger=LEDGER)
    assert wrong == [(leaves, ProblemCode.DISAGREES)]
    other = audited(TREE.leaves, ledger=Ledger())
    assert other == [(leaves, ProblemCode.DISAGREES)] * 5


def test_what_an_auditor_gives_is_checked() -> None:
    with pytest.raises(FieldError) as caught:
        audit_people(None, "RM-01", root=b"", ledger=5)  # type: ignore[arg-type]
    paths = [problem.path for problem in caught.value.problems]
    assert paths == ["$.tree", "$.staff", "$.root", "$.ledger"]
    assert audit_people(PeopleTree([]), [], root=tree_head([])) == ()
