"""Merging: one history of each case, as far as any ledger reports it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest
from attrs import evolve

from cmappraisal import (
    Appealed,
    Case,
    Entry,
    Ledger,
    LedgerConflict,
    LedgerError,
    ProblemCode,
    Recorded,
    Reversed,
    State,
    Violation,
)
from cmappraisal.cases import followed
from cmappraisal.errors import MAXIMUM_PROBLEMS
from cmappraisal.merging import merged
from cmappraisal.runs import Runs

START = datetime(2025, 3, 4, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def case(id: str, *more: Entry, at: datetime = START) -> Case:
    """A case that was recorded, and what was entered about it since."""
    violation = Violation(id, "RM-01", rule="2.1", occurred_on=date(2025, 3, 2))
    made = followed(None, Recorded(violation, at=at))
    for entry in more:
        made = followed(made, entry)
    return made


def appealed(id: str) -> Entry:
    return Appealed(id, "on leave", at=START + DAY)


def reversed_(id: str) -> Entry:
    return Reversed(id, "no breach", at=START + 2 * DAY)


def merge(cases: Iterable[Case]) -> Runs:
    """Cases as merging makes them of ledgers that report one case each."""
    return merged(Runs.of(each.history, {each.violation.id: each}) for each in cases)


def test_nothing_merges_to_nothing() -> None:
    assert merge([]).runs == ()


def test_entries_are_in_the_order_of_their_moments_and_then_of_their_cases() -> None:
    runs = merge(
        [
            case("V-3", appealed("V-3")),
            case("V-2", appealed("V-2"), reversed_("V-2")),
            case("V-1", at=START + DAY),
        ]
    )
    assert [(type(entry).__name__, entry.violation_id) for entry in runs] == [
        ("Recorded", "V-2"),
        ("Recorded", "V-3"),
        ("Recorded", "V-1"),
        ("Appealed", "V-2"),
        ("Appealed", "V-3"),
        ("Reversed", "V-2"),
    ]
    assert len(runs.runs) == 1
    assert list(runs.cases()) == ["V-2", "V-3", "V-1"]


def test_a_case_is_as_far_as_it_is_reported_whoever_comes_first() -> None:
    short, longer = case("V-1"), case("V-1", appealed("V-1"))
    longest = case("V-1", appealed("V-1"), reversed_("V-1"))
    for reports in ([short, longest, longer], [longest, short], [longer, short, longest]):
        runs = merge(reports)
        assert tuple(runs) == longest.history
        assert runs.cases()["V-1"] is longest
    assert merge([short, short]).cases()["V-1"].state is State.RECORDED


def test_of_equal_reports_one_is_taken() -> None:
    one, other = case("V-1", appealed("V-1")), case("V-1", appealed("V-1"))
    assert merge([one, other]).cases()["V-1"] is one


def test_a_case_that_is_reported_in_two_ways_is_told_with_both() -> None:
    one, other = case("V-1", appealed("V-1")), case("V-1", reversed_("V-1"))
    with pytest.raises(LedgerConflict) as caught:
        merge([case("V-0"), one, other])
    [problem] = caught.value.problems
    assert (problem.path, problem.code) == ('$["V-1"]', ProblemCode.TWO_HISTORIES)
    assert problem.message == (
        'case "V-1" is reported in two ways: Recorded 2025-03-04T09:00:00+00:00, Appealed '
        "2025-03-05T09:00:00+00:00; and Recorded 2025-03-04T09:00:00+00:00, Reversed "
        "2025-03-06T09:00:00+00:00; agree on its history before merging, or give two cases an id "
        "each"
    )
    assert caught.value.conflicts == (("V-1", (one.history, other.history)),)
    assert caught.value.more == 0


def test_a_longer_report_that_begins_otherwise_is_a_conflict() -> None:
    late = case("V-1", at=START + timedelta(hours=1))
    longer = case("V-1", appealed("V-1"))
    for reports in ([late, longer], [longer, late]):
        with pytest.raises(LedgerConflict) as caught:
            merge(reports)
        assert caught.value.conflicts == (("V-1", tuple(each.history for each in reports)),)


def test_of_three_reports_the_first_two_that_conflict_are_told() -> None:
    one, two = case("V-1"), case("V-1", at=START + DAY)
    with pytest.raises(LedgerConflict) as caught:
        merge([one, two, case("V-1", at=START + 2 * DAY)])
    assert caught.value.conflicts == (("V-1", (one.history, two.history)),)


def test_beyond_a_bound_the_conflicts_are_counted() -> None:
    ids = [f"V-{number}" for number in range(MAXIMUM_PROBLEMS + 3)]
    with pytest.raises(LedgerConflict) as caught:
        merge([*map(case, ids), *(case(id, at=START + DAY) for id in ids)])
    assert len(caught.value.problems) == len(caught.value.conflicts) == MAXIMUM_PROBLEMS
    assert [id for id, _ in caught.value.conflicts] == ids[:MAXIMUM_PROBLEMS]
    assert caught.value.more == 3


# What one ledger has destroyed stays destroyed.


def ledger(*entries: Entry) -> Ledger:
    return Ledger([*case("V-1").history, *entries])


SHORT, LONG = ledger(), ledger(appealed("V-1"))


@pytest.mark.parametrize(
    ("ledgers", "expected"),
    [
        ((LONG, LONG.redact("V-1")), LONG.redact("V-1")),
        ((SHORT, LONG.redact("V-1")), LONG.redact("V-1")),
        ((LONG, LONG.erase("V-1")), LONG.erase("V-1")),
        ((SHORT, LONG.erase("V-1")), LONG.erase("V-1")),
        ((LONG, SHORT.erase("V-1")), LONG.erase("V-1")),
        ((LONG.redact("V-1"), SHORT.erase("V-1")), LONG.erase("V-1")),
        ((LONG.erase("V-1"), LONG.erase("V-1")), LONG.erase("V-1")),
    ],
    ids=range(7),
)
def test_what_was_destroyed_stays_destroyed(
    ledgers: tuple[Ledger, Ledger], expected: Ledger
) -> None:
    one, other = ledgers
    for merged_ledger in (Ledger.merge(one, other), Ledger.merge(other, one)):
        assert merged_ledger == expected
        assert merged_ledger.root() == LONG.root()
        assert Ledger(merged_ledger) == expected


def test_what_was_destroyed_of_another_history_is_a_conflict() -> None:
    other = ledger(reversed_("V-1"))
    for left in (other.erase("V-1"), other.redact("V-1")):
        with pytest.raises(LedgerConflict) as caught:
            Ledger.merge(LONG, left)
        assert [id for id, _ in caught.value.conflicts] == ["V-1"]
    [first, *_] = LONG.erase("V-1").erased()
    with pytest.raises(LedgerConflict, match="Erased 2025-03-04T09:00:00"):
        Ledger.merge(SHORT.erase("V-1"), Ledger([evolve(first, managers=["RM-09"])]))


def test_one_entry_under_two_salts_is_a_conflict() -> None:
    one, other = (ledger(evolve(appealed("V-1"), salt=bytes([at] * 16))) for at in (1, 2))
    with pytest.raises(LedgerConflict):
        Ledger.merge(one, other)
    with pytest.raises(LedgerConflict):
        Ledger.merge(one.redact("V-1"), other)
    assert Ledger.merge(one.redact("V-1"), one) == one.redact("V-1")


def test_of_many_entries_with_one_salt_as_many_are_listed_as_an_error_can() -> None:
    salt = bytes(16)
    many = [
        Ledger().record(
            Violation(f"V-{at}", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2)),
            at=START,
            salt=salt,
        )
        for at in range(MAXIMUM_PROBLEMS + 3)
    ]
    with pytest.raises(LedgerError) as caught:
        Ledger.merge(*many)
    assert (len(caught.value.problems), caught.value.more) == (MAXIMUM_PROBLEMS, 2)
    assert caught.value.problems[0].path == '$["V-1"].salt'
