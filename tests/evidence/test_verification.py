"""Verification: what of a file holds, what does not, and what is not proved."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve

from cmappraisal import (
    ERROR_POINTS,
    Appraisal,
    FieldError,
    LanguageError,
    Ledger,
    Period,
    Recorded,
    Tenure,
    Violation,
    __version__,
    score,
)
from cmappraisal.evidence import (
    Completeness,
    Consistency,
    Evidence,
    EvidenceAspect,
    PeopleTree,
    ProvenEntry,
    Verification,
    Verified,
    evidence,
    explain_verification,
    people_tree,
    verify_evidence,
)
from cmappraisal.standards import Clause, Responsibility
from cmappraisal.texts import Text
from cmappraisal.weights import Multiply

MARCH, MAY, JUNE = (datetime(2025, month, 4, 9, tzinfo=UTC) for month in (3, 5, 6))
YEAR = Period.year(2025)
STAFF = ("RM-01", "RM-02", "RM-03")
SALTS = {person: bytes([place] * 16) for place, person in enumerate(STAFF)}


def violation(id: str, manager: str = "RM-01", rule: str = "2.1") -> Violation:
    return Violation(id, manager, rule=rule, occurred_on=date(2025, 3, 2), note="a note")


def salt(place: int) -> bytes:
    return bytes([100 + place] * 16)


EARLIER = Ledger().record(violation("V-1"), at=MARCH, salt=salt(0))
LEDGER = (
    EARLIER.record(violation("V-2", "RM-02"), at=MARCH, salt=salt(1))
    .appeal("V-1", grounds="on leave", at=MAY, salt=salt(2))
    .record(violation("V-3", rule="2.2"), at=JUNE, salt=salt(3))
)
APPRAISAL = score(LEDGER, ERROR_POINTS, YEAR, manager="RM-01")
TREE = people_tree(LEDGER, SALTS)
FILE = evidence(LEDGER, manager="RM-01", appraisal=APPRAISAL, people=TREE, earlier_size=1)
PUBLISHED = {"root": LEDGER.root(), "size": 4, "people_root": TREE.root}


def verified(file: Evidence, **given: Any) -> dict[str, bool | None]:
    made = verify_evidence(file, **{**PUBLISHED, **given})
    assert [each.aspect for each in made.aspects] == list(EvidenceAspect)
    return {each.aspect.value: each.holds for each in made.aspects}


def failing(file: Evidence, **given: Any) -> list[str]:
    return [name for name, holds in verified(file, **given).items() if holds is False]


def said(file: Evidence, aspect: str, **given: Any) -> str:
    made = verify_evidence(file, **{**PUBLISHED, **given})
    return next(each.text.en for each in made.aspects if each.aspect is EvidenceAspect(aspect))


def test_a_file_has_all_entries_about_the_person_and_proves_itself() -> None:
    assert [each.position for each in FILE.entries] == [0, 2, 3]
    assert FILE.version == __version__
    assert FILE.rulebooks == {"error-points 1.0": ERROR_POINTS.digest}
    assert FILE.ledger() == Ledger([each.entry for each in FILE.entries])
    assert repr(FILE) == "<Evidence about 'RM-01': 3 of 4 entries>"
    assert set(verified(FILE).values()) == {True}
    assert verify_evidence(FILE, **PUBLISHED).holds  # type: ignore[arg-type]


def test_what_is_not_there_is_not_proved() -> None:
    bare = evidence(LEDGER, manager="RM-01")
    assert verified(bare, people_root=None) == {
        "root": True,
        "inclusion": True,
        "person": True,
        "completeness": None,
        "consistency": None,
        "digests": None,
        "lines": None,
    }
    assert (bare.policy, bare.rulebooks, bare.consistency, bare.completeness) == (
        None,
        {},
        None,
        None,
    )
    assert failing(bare) == ["completeness"]
    assert said(bare, "completeness") == (
        "the file has no proof from the tree of people, so there may be other entries"
    )


def test_whoever_has_no_entries_has_a_file_that_proves_it() -> None:
    file = evidence(LEDGER, manager="RM-03", people=TREE)
    assert (file.entries, failing(file)) == ((), [])
    assert "names 0 entries about the person" in said(file, "completeness")


def test_a_changed_entry_fails() -> None:
    first, *others = FILE.entries
    assert isinstance(first.entry, Recorded)
    changed = evolve(first, entry=evolve(first.entry, by="HR-9"))
    assert failing(evolve(FILE, entries=[changed, *others])) == ["inclusion"]
    assert said(evolve(FILE, entries=[changed, *others]), "inclusion").endswith(": 0")
    words = evolve(first.entry, violation=violation("V-1", rule="2.2"))
    assert failing(evolve(FILE, entries=[evolve(first, entry=words), *others])) == [
        "inclusion",
        "lines",
    ]


def test_a_hidden_entry_fails() -> None:
    first, _, last = FILE.entries
    hidden = evolve(FILE, entries=[first, last])
    assert failing(hidden) == ["completeness", "lines"]
    assert said(hidden, "completeness").endswith("the file does not have them: 2")
    # Without the tree of people nobody would see it.
    assert "completeness" not in failing(hidden, people_root=None)


def test_a_hidden_person_fails() -> None:
    without = PeopleTree(leaf for leaf in TREE.leaves if leaf.person != "RM-01")
    assert failing(FILE, people_root=without.root) == ["completeness"]
    assert "not in the tree of people" in said(FILE, "completeness", people_root=without.root)


def test_a_leaf_that_hides_an_entry_fails_where_the_entry_is_shown() -> None:
    leaf = evolve(TREE.leaves[TREE.place_of("RM-01")], positions=[0, 2])
    tree = PeopleTree([leaf, *(each for each in TREE.leaves if each.person != "RM-01")])
    index = tree.place_of("RM-01")
    proved = Completeness(leaf, index=index, size=3, proof=tree.prove(index))
    file = evolve(FILE, completeness=proved)
    assert failing(file, people_root=tree.root) == ["completeness"]
    assert said(file, "completeness", people_root=tree.root).endswith("does not name them: 3")


def test_a_leaf_of_another_or_of_another_ledger_fails() -> None:
    theirs = evidence(LEDGER, manager="RM-02", people=TREE).completeness
    assert "of somebody else" in said(evolve(FILE, completeness=theirs), "completeness")
    before = people_tree(EARLIER, SALTS)
    old = evidence(EARLIER, manager="RM-01", people=before).completeness
    file = evolve(FILE, completeness=old)
    assert failing(file, people_root=before.root) == ["completeness"]


def test_a_shortened_ledger_fails() -> None:
    short = evidence(EARLIER, manager="RM-01")
    assert failing(short, people_root=None) == ["root", "inclusion"]
    assert said(short, "root", people_root=None).startswith("the file has the size 1 and")
    # Of a ledger that was written anew, the proof of growth fails too.
    anew = Ledger(list(LEDGER)[1:2])
    other = evolve(evidence(anew, manager="RM-02"), consistency=FILE.consistency)
    given = {"root": anew.root(), "size": 1, "people_root": None}
    assert failing(other, **given) == ["consistency"]
    assert "is not how this one begins" in said(other, "consistency", **given)


def test_an_entry_of_somebody_else_fails() -> None:
    [theirs] = evidence(LEDGER, manager="RM-02").entries
    file = evolve(FILE, entries=sorted([*FILE.entries, theirs], key=lambda each: each.position))
    assert failing(file) == ["person"]
    assert said(file, "person").endswith("the appraisal did not read them: 1")


def test_another_standard_than_is_named_fails() -> None:
    for other in ({}, {"error-points 1.0": 64 * "0"}, {**FILE.rulebooks, "more 1": 64 * "0"}):
        assert failing(evolve(FILE, rulebooks=other)) == ["digests"]
    assert failing(evolve(FILE, policy=None)) == ["digests"]
    assert said(evolve(FILE, policy=64 * "0"), "digests").endswith(": policy")


def test_an_appraisal_of_other_entries_fails() -> None:
    changed = evolve(APPRAISAL, grade="A")
    assert failing(evolve(FILE, appraisal=changed)) == ["lines"]
    assert "another appraisal, of" in said(evolve(FILE, appraisal=changed), "lines")
    fewer = evolve(FILE, entries=FILE.entries[:2])
    assert said(fewer, "lines").endswith("which the file does not have: V-3")
    unread = evolve(FILE, entries=FILE.entries[1:])
    assert said(unread, "lines").endswith("which the file does not have: V-1") is False
    assert "the entries make no appraisal" in said(unread, "lines")


def test_an_erased_case_is_in_the_file_as_what_is_left_of_it() -> None:
    erased = LEDGER.erase("V-1")
    appraisal = score(erased, ERROR_POINTS, YEAR, manager="RM-01")
    file = evidence(erased, manager="RM-01", appraisal=appraisal, people=TREE, earlier_size=1)
    assert [type(each.entry).__name__ for each in file.entries] == ["Erased", "Erased", "Recorded"]
    assert set(verified(file).values()) == {True}
    redacted = evidence(LEDGER.redact("V-1"), manager="RM-01", people=TREE)
    assert failing(redacted) == []


def test_of_whoever_answers_for_others_the_appraisal_is_not_made_again() -> None:
    like = ERROR_POINTS["2.1"]
    head = Responsibility("head", like.text, weight=Multiply("0.5"))
    clause = Clause("g1", like.text, citation="6", responsible=[head])
    standard = evolve(ERROR_POINTS, id="more", clauses=[clause])
    people = [Tenure("RM-02", "north"), Tenure("RM-03", "north", role="head")]
    appraisal = score(LEDGER, standard, YEAR, manager="RM-03", people=people)
    file = evidence(LEDGER, manager="RM-03", appraisal=appraisal, people=TREE)
    assert [each.position for each in file.entries] == [1]
    assert verified(file) == {**verified(FILE), "consistency": None, "lines": None}
    assert said(file, "lines").startswith("the person answers for others")


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans", "en"])
def test_what_holds_is_said_in_three_languages(language: Any) -> None:
    first, *others = FILE.entries
    changed = evolve(FILE, entries=[evolve(first, position=1), *others], consistency=None)
    text = explain_verification(verify_evidence(changed, **PUBLISHED), language)  # type: ignore[arg-type]
    lines = text.splitlines()
    assert len(lines) == 2 + len(EvidenceAspect)
    if language == "en":
        assert lines[:4] == [
            "Verification of the file",
            "Relationship manager: RM-01",
            "1. The root holds: the root and the size in the file are those that were published",
            "2. That the entries are in the ledger does not hold: what the file has at these "
            "places is not what the ledger has: 1",
        ]
        assert lines[6].startswith("5. That the ledger grew from an earlier one is not proved:")
    else:
        # Beside ids and the names of fields there is no word of English.
        assert not re.search("[a-z]{3}", text)


def test_what_is_given_is_checked() -> None:
    with pytest.raises(FieldError) as caught:
        verify_evidence(None, root=b"", size=-1, people_root=5)  # type: ignore[arg-type]
    assert [problem.path for problem in caught.value.problems] == [
        *("$.file", "$.root", "$.size", "$.people_root")
    ]
    wrong = {"manager": "", "appraisal": 5, "people": people_tree(EARLIER, SALTS)}
    with pytest.raises(FieldError) as caught:
        evidence(LEDGER, earlier_size=5, **wrong)  # type: ignore[arg-type]
    assert [problem.path for problem in caught.value.problems] == [
        *("$.manager", "$.appraisal", "$.people", "$.earlier_size")
    ]
    with pytest.raises(FieldError):
        evidence(None, manager="RM-02", appraisal=APPRAISAL, people=TREE, earlier_size=0)  # type: ignore[arg-type]
    with pytest.raises(FieldError, match="on the staff list"):
        evidence(LEDGER, manager="RM-09", people=TREE)
    with pytest.raises(FieldError, match="allowed: a Verification"):
        explain_verification(None)  # type: ignore[arg-type]
    with pytest.raises(LanguageError):
        explain_verification(Verification("RM-01", []), "fr")  # type: ignore[arg-type]


def test_the_parts_of_a_file_are_checked() -> None:
    leaf = TREE.leaves[0]
    for make, path in (
        (lambda: ProvenEntry(-1, entry=next(iter(LEDGER)), proof=()), "$.position"),
        (lambda: ProvenEntry(0, entry=5, proof=()), "$.entry"),  # type: ignore[arg-type]
        (lambda: ProvenEntry(0, entry=next(iter(LEDGER)), proof=[b"x"]), "$.proof"),
        (lambda: Consistency(0, root=b"", proof=()), "$.root"),
        (lambda: Completeness(None, index=0, size=1, proof=()), "$.leaf"),  # type: ignore[arg-type]
        (lambda: Completeness(leaf, index=True, size=1, proof=()), "$.index"),
        (lambda: evolve(FILE, appraisal=5), "$.appraisal"),  # type: ignore[arg-type]
        (lambda: evolve(FILE, rulebooks={"": "x"}), "$.rulebooks"),
        (lambda: evolve(FILE, rulebooks=[1]), "$.rulebooks"),  # type: ignore[arg-type]
        (lambda: evolve(FILE, policy=""), "$.policy"),
        (lambda: evolve(FILE, version=""), "$.version"),
        (lambda: Verified("root", 1, text=Text.same("x")), "$.holds"),  # type: ignore[arg-type]
    ):
        with pytest.raises(FieldError) as caught:
            make()
        assert [problem.path for problem in caught.value.problems] == [path]
    assert isinstance(APPRAISAL, Appraisal)
