"""Erasures: what is left of the entries of a case that was destroyed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from attrs import evolve

from cmappraisal import (
    FieldError,
    Ledger,
    LedgerError,
    Period,
    ProblemCode,
    UnknownCaseError,
    Violation,
    canonical_bytes,
)
from cmappraisal.erasures import erased, leaf_of, managers_in
from cmappraisal.evidence import Erased
from cmappraisal.merkle import leaf_digest

START = datetime(2025, 3, 4, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def violation(id: str, manager: str = "RM-01", **fields: object) -> Violation:
    given = {"rule": "2.1", "occurred_on": date(2025, 3, 2), **fields}
    return Violation(id, manager, **given)  # type: ignore[arg-type]


WHOLE = (
    Ledger()
    .record(violation("V-1", found_on=date(2025, 3, 3)), at=START)
    .record(violation("V-2", "RM-02"), at=START)
    .amend(violation("V-1", "RM-03"), reason="another's", at=START + DAY)
    .take("V-1", "warning", on=date(2025, 6, 1), at=START + 2 * DAY, manager="BOSS")
)
ERASED = WHOLE.erase("V-1")


def test_what_is_left_keeps_place_moment_and_leaf() -> None:
    assert [each.violation_id for each in ERASED] == ["V-1", "V-2", "V-1", "V-1"]
    assert [each.at for each in ERASED] == [each.at for each in WHOLE]
    assert list(map(leaf_of, ERASED)) == list(map(leaf_of, WHOLE))
    assert leaf_of(next(iter(WHOLE))) == leaf_digest(canonical_bytes(next(iter(WHOLE))))
    assert ERASED.root() == WHOLE.root()
    assert ERASED.prove_inclusion(2) == WHOLE.prove_inclusion(2)


def test_what_is_left_says_whom_it_was_about_and_between_which_days() -> None:
    left = [each for each in ERASED if isinstance(each, Erased)]
    assert {each.managers for each in left} == {("BOSS", "RM-01", "RM-03")}
    assert {each.days for each in left} == {Period(date(2025, 3, 2), date(2025, 6, 1))}
    assert ERASED.erased() == (left[0],)
    assert managers_in(left) == {"BOSS", "RM-01", "RM-03"}
    assert [each.violation_id for each in erased(WHOLE.case("V-2").history)] == ["V-2"]


def test_the_case_is_gone_and_its_people_are_known() -> None:
    with pytest.raises(UnknownCaseError, match="case 'V-1' was erased from this ledger"):
        ERASED.case("V-1")
    with pytest.raises(UnknownCaseError, match="was erased from"):
        ERASED.redact("V-1")
    assert [case.violation.id for case in ERASED.cases()] == ["V-2"]
    assert ERASED.for_manager("RM-01") == ()
    assert ERASED.managers == ("BOSS", "RM-01", "RM-02", "RM-03")
    assert ERASED.between(date(2025, 1, 1), date(2025, 12, 31)) == (ERASED.case("V-2"),)


def test_a_ledger_without_a_case_is_made_again_from_its_entries() -> None:
    again = Ledger(ERASED)
    assert again == ERASED
    assert again.erased() == ERASED.erased()
    assert again.root() == WHOLE.root()
    assert ERASED.as_of(START).erased() == ERASED.erased()
    grown = again.record(violation("V-3"), at=START + 3 * DAY).extend([])
    assert grown.root() == WHOLE.record(violation("V-3"), at=START + 3 * DAY).root()


def test_what_is_left_comes_in_the_order_of_first_entries_however_the_ledger_grew() -> None:
    gone = ERASED.erase("V-2")
    assert [each.violation_id for each in gone] == ["V-1", "V-2", "V-1", "V-1"]
    one_by_one = Ledger()
    for entry in gone:
        one_by_one = one_by_one.extend((entry,))
    in_two = Ledger(gone.entries[:3]).extend(gone.entries[3:])
    for ledger in (gone, one_by_one, in_two, in_two.as_of(START)):
        assert ledger.erased() == gone.entries[:2]


def test_nothing_more_is_entered_about_an_erased_case() -> None:
    for add in (
        lambda ledger: ledger.reverse("V-1", reason="no breach", at=START + 9 * DAY),
        lambda ledger: ledger.record(violation("V-1"), at=START + 9 * DAY),
        lambda ledger: Ledger([*ledger, *WHOLE.case("V-2").history]),
    ):
        with pytest.raises(LedgerError) as caught:
            add(ERASED)
        assert caught.value.problems
    with pytest.raises(LedgerError, match="was erased, so Recorded does not fit"):
        ERASED.record(violation("V-1"), at=START + 9 * DAY)
    both = [*ERASED.as_of(START), *(each for each in WHOLE if each.at > START)]
    with pytest.raises(LedgerError, match="was erased, so Amended does not fit"):
        Ledger(both)


def test_an_entry_is_not_erased_alone() -> None:
    left = next(each for each in ERASED if isinstance(each, Erased))
    with pytest.raises(LedgerError, match='case "V-1" is there, so no entry of it') as caught:
        Ledger([*WHOLE.as_of(START), *(each for each in ERASED if each.at > START)])
    assert [problem.path for problem in caught.value.problems] == ["$.entries[2]"]
    with pytest.raises(LedgerError, match="erase the case with Ledger"):
        WHOLE.extend([evolve(left, violation_id="V-2", at=START + 9 * DAY)])


def test_what_does_not_fit_is_rejected() -> None:
    given = {"leaf": bytes(32), "managers": ["RM-01"], "days": Period.year(2025), "at": START}
    assert Erased("V-1", **given).managers == ("RM-01",)  # type: ignore[arg-type]
    for name, wrong in (("leaf", bytes(31)), ("managers", [5]), ("days", None), ("at", None)):
        with pytest.raises(FieldError) as caught:
            Erased("V-1", **{**given, name: wrong})  # type: ignore[arg-type]
        assert [problem.path for problem in caught.value.problems] == [f"$.{name}"]


def test_entries_of_a_ledger_that_was_salted_twice_are_rejected() -> None:
    salt = bytes(16)
    once = Ledger().record(violation("V-1"), at=START, salt=salt)
    with pytest.raises(LedgerError) as caught:
        once.appeal("V-1", grounds="on leave", at=START + DAY, salt=salt)
    [problem] = caught.value.problems
    assert (problem.path, problem.code) == ("$.entries[0].salt", ProblemCode.REPEATED)
    assert "give each entry a salt of its own, such as secrets.token_bytes(16)" in problem.message
    with pytest.raises(LedgerError, match='Appealed of case "V-1" has a salt'):
        once.redact("V-1").appeal("V-1", grounds="on leave", at=START + DAY, salt=salt)
    other = Ledger().record(violation("V-2"), at=START, salt=salt)
    with pytest.raises(LedgerError, match='Recorded of case "V-2" has a salt'):
        Ledger.merge(once, other)
    with pytest.raises(LedgerError, match="has a salt"):
        Ledger([*once, *other])
