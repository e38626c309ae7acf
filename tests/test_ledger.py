"""The ledger: append-only, persistent, indexed, and never half-changed."""

import copy
import pickle
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from threading import Barrier, Thread

import attrs
import pytest

from cmappraisal import (
    Amended,
    Appealed,
    Decided,
    Dismissed,
    Entry,
    FieldError,
    Ledger,
    LedgerConflict,
    LedgerError,
    ProblemCode,
    Recorded,
    Reversed,
    State,
    UnknownCaseError,
    Violation,
    canonical_bytes,
)
from cmappraisal.errors import MAXIMUM_PROBLEMS
from cmappraisal.merkle import tree_head, verify_consistency, verify_inclusion
from cmappraisal.runs import Runs

BEIJING = timezone(timedelta(hours=8))
START = datetime(2025, 3, 4, 9, tzinfo=UTC)


def on(day: int) -> datetime:
    """Nine o'clock, some days after the start."""
    return START + timedelta(days=day)


def violation(id: str = "V-1", manager: str = "RM-01", **fields: object) -> Violation:
    given = {"rule": "2.1", "occurred_on": date(2025, 3, 2), **fields}
    return Violation(id, manager, **given)  # type: ignore[arg-type]


def recorded(*ids: str, manager: str = "RM-01") -> Ledger:
    return Ledger(Recorded(violation(id, manager), at=START) for id in ids)


def ids(cases: object) -> list[str]:
    assert hasattr(cases, "__iter__")
    return [case.violation.id for case in cases]


def test_an_empty_ledger_has_nothing() -> None:
    ledger = Ledger()
    assert len(ledger) == 0
    assert list(ledger) == []
    assert list(ledger.cases()) == []
    assert ledger.upheld() == ()
    assert ledger.latest is None
    assert ledger.entries == ()
    assert ledger.managers == ()
    assert ledger.for_manager("RM-01") == ()
    assert ledger.between(date.min, date.max) == ()
    assert ledger.as_of(START) == ledger
    assert ledger.root() == tree_head([])
    assert repr(ledger) == "<Ledger of 0 entries>"


def test_each_way_to_append_makes_its_entry() -> None:
    ledger = (
        recorded("V-1", "V-2", "V-3")
        .appeal("V-3", at=START, grounds="put right")
        .amend(violation(rule="2.2"), at=on(1), reason="wrong rule", by="HR-1")
        .appeal("V-1", at=on(2), grounds="on leave", by="RM-01")
        .dismiss("V-1", at=on(3), reason="no leave", by="HR-2")
        .reverse("V-2", at=on(4), reason="no breach", by="HR-3")
        .record(violation("V-4"), at=on(5), by="HR-4")
        .decide(
            "V-3",
            at=on(6),
            reason="put right at once",
            points="0.50",
            money=200,
            effective_on=date(2025, 6, 1),
            by="HR-5",
        )
    )
    assert list(ledger)[4:] == [
        Amended(violation(rule="2.2"), "wrong rule", at=on(1), by="HR-1"),
        Appealed("V-1", "on leave", at=on(2), by="RM-01"),
        Dismissed("V-1", "no leave", at=on(3), by="HR-2"),
        Reversed("V-2", "no breach", at=on(4), by="HR-3"),
        Recorded(violation("V-4"), at=on(5), by="HR-4"),
        Decided(
            "V-3",
            "put right at once",
            points="0.5",
            money=200,
            effective_on=date(2025, 6, 1),
            at=on(6),
            by="HR-5",
        ),
    ]
    assert {case.violation.id: case.state for case in ledger.cases()} == {
        "V-1": State.FINAL,
        "V-2": State.REVERSED,
        "V-3": State.FINAL,
        "V-4": State.RECORDED,
    }
    assert [each.id for each in ledger.upheld()] == ["V-1", "V-3", "V-4"]
    assert ledger.entries == tuple(ledger)
    assert ledger.case("V-1").violation.rule == "2.2"
    assert len(ledger.case("V-1").history) == 4


def test_the_latest_moment_is_that_of_the_last_entry() -> None:
    assert recorded("V-1").record(violation("V-2"), at=on(2)).latest == on(2)


def test_an_append_leaves_the_ledger_whole_and_two_are_independent() -> None:
    before = recorded("V-1")
    one = before.reverse("V-1", at=on(1), reason="no breach")
    other = before.appeal("V-1", at=on(2), grounds="on leave")
    assert before == recorded("V-1")
    assert before.case("V-1").state is State.RECORDED
    assert one.case("V-1").state is State.REVERSED
    assert other.case("V-1").state is State.UNDER_APPEAL


def test_every_prefix_stays_as_it_was_while_a_ledger_grows() -> None:
    ledgers = [Ledger()]
    for number in range(70):
        ledgers.append(ledgers[-1].record(violation(f"V-{number}"), at=on(number)))
    for size, ledger in enumerate(ledgers):
        assert [entry.violation_id for entry in ledger] == [f"V-{i}" for i in range(size)]
        assert len(list(ledger.cases())) == len(ledger) == size


class BrokenOffError(Exception):
    pass


def broken_off() -> Iterator[Entry]:
    yield Recorded(violation("V-8"), at=on(8))
    raise BrokenOffError


@pytest.mark.parametrize(
    ("entries", "error", "message"),
    [
        (
            [Recorded(violation("V-1"), at=on(1))],
            LedgerError,
            'case "V-1" is recorded already (2025-03-04T09:00:00+00:00), so the id is taken; '
            "give another violation another id",
        ),
        (
            [Reversed("V-9", "no breach", at=on(1))],
            UnknownCaseError,
            'case "V-9" was never recorded, so Reversed does not fit; record the violation first',
        ),
        (
            [Reversed("V-1", "a", at=on(1)), Reversed("V-1", "b", at=on(1))],
            LedgerError,
            'case "V-1" is reversed, so Reversed does not fit; allowed: Acted (notified); '
            "record a new violation under a new id",
        ),
        (
            [Recorded(violation("V-8"), at=on(1)), Dismissed("V-8", "b", at=on(1))],
            LedgerError,
            'case "V-8" is recorded, so Dismissed does not fit; '
            "allowed: Amended, Acted (verified), Acted (notified), Appealed, Reversed",
        ),
        (
            [Recorded(violation("V-8"), at=on(-1))],
            LedgerError,
            'Recorded of case "V-8" is at 2025-03-03T09:00:00+00:00, '
            "before the entry it follows (2025-03-04T09:00:00+00:00); append in the order of time",
        ),
        (
            [Recorded(violation("V-8"), at=on(2)), Recorded(violation("V-9"), at=on(1))],
            LedgerError,
            'Recorded of case "V-9" is at 2025-03-05T09:00:00+00:00, '
            "before the entry it follows (2025-03-06T09:00:00+00:00); append in the order of time",
        ),
        (
            [Recorded(violation("V-8"), at=on(1)), "V-9"],
            FieldError,
            "Ledger: entries[1] is 'V-9'; allowed: a list of Recorded, Amended, Appealed, "
            "Dismissed, Decided, Reviewed, Corrected, Reversed, Acted, Taken, Served, Lifted, "
            "Erased",
        ),
        (None, FieldError, "Ledger: entries is None; allowed: a list of entries"),
        ("V-1", FieldError, "Ledger: entries is 'V-1'; allowed: a list of entries"),
        ({5}, FieldError, "Ledger: entries is {5}; allowed: a list of entries"),
        ({"V-1": 1}, FieldError, "Ledger: entries is {'V-1': 1}; allowed: a list of entries"),
    ],
)
def test_entries_that_do_not_fit_are_rejected_whole(
    entries: object, error: type[Exception], message: str
) -> None:
    ledger = recorded("V-1")
    with pytest.raises(error) as caught:
        ledger.extend(entries)  # type: ignore[arg-type]
    assert str(caught.value) == message
    assert ledger == recorded("V-1")


def test_an_iterable_that_fails_half_way_leaves_the_ledger_whole() -> None:
    ledger = recorded("V-1")
    with pytest.raises(BrokenOffError):
        ledger.extend(broken_off())
    assert ledger == recorded("V-1")


def test_entries_of_one_moment_are_in_order_and_zones_do_not_matter_to_it() -> None:
    ledger = recorded("V-1").record(violation("V-2"), at=START.astimezone(BEIJING))
    assert len(ledger) == 2
    with pytest.raises(LedgerError):
        ledger.record(violation("V-3"), at=START.replace(tzinfo=BEIJING))


def test_nothing_can_be_assigned_to() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        recorded("V-1")._runs = Runs()  # type: ignore[misc]


def test_ledgers_are_equal_where_their_entries_are() -> None:
    ledger = recorded("V-1", "V-2")
    at_once = Ledger([*recorded("V-1"), *recorded("V-2")])
    assert ledger == at_once
    assert hash(ledger) == hash(at_once)
    assert ledger != recorded("V-2", "V-1")
    assert ledger != list(ledger)
    assert recorded("V-1") != Ledger([Recorded(violation(), at=START.astimezone(BEIJING))])


def pickled(ledger: Ledger) -> Ledger:
    again = pickle.loads(pickle.dumps(ledger))
    assert isinstance(again, Ledger)
    return again


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, pickled])
def test_copies_are_equal_and_go_on_alone(copied: Callable[[Ledger], Ledger]) -> None:
    ledger = recorded("V-1", "V-2")
    root = ledger.root()
    ledger.for_manager("RM-01")
    twin = copied(ledger)
    assert twin == ledger
    assert twin.root() == root
    assert len(twin.record(violation("V-3"), at=on(1))) == 3
    assert len(ledger) == 2


@pytest.mark.parametrize("id", ["V-9", "", None, 5, " V-1", ["V-1"]])
def test_a_case_never_recorded_is_reported_by_its_id(id: str) -> None:
    with pytest.raises(UnknownCaseError) as caught:
        recorded("V-1").case(id)
    assert str(caught.value) == f"case {id!r} was never recorded in this ledger"


def test_as_of_knows_the_entries_up_to_and_at_a_moment() -> None:
    ledger = recorded("V-1").record(violation("V-2"), at=on(1)).reverse("V-1", at=on(2), reason="x")
    moment = timedelta(microseconds=1)
    assert ledger.as_of(START - moment) == Ledger()
    assert ledger.as_of(START) == recorded("V-1")
    assert len(ledger.as_of(on(1))) == len(ledger.as_of(on(2) - moment)) == 2
    assert ledger.as_of(on(2).astimezone(BEIJING)) is ledger
    for naive in (datetime(2025, 3, 4), date(2025, 3, 4), None):  # noqa: DTZ001
        with pytest.raises(FieldError, match=r"Ledger.as_of: moment is .*; allowed: a datetime"):
            ledger.as_of(naive)  # type: ignore[arg-type]


def test_a_managers_file_is_whole_even_where_a_case_was_never_theirs() -> None:
    ledger = (
        Ledger()
        .record(violation("V-1", "RM-01"), at=on(0))
        .record(violation("V-2", "RM-02"), at=on(1))
        .record(violation("V-3", "RM-01"), at=on(2))
        .amend(violation("V-1", "RM-02"), at=on(3), reason="it was a colleague")
        .reverse("V-3", at=on(4), reason="no breach")
    )
    assert ids(ledger.for_manager("RM-01")) == ["V-1", "V-3"]
    assert ids(ledger.for_manager("RM-02")) == ["V-2", "V-1"]
    assert ledger.for_manager("RM-01")[0].violation.manager == "RM-02"
    assert ledger.for_manager("RM-03") == ()
    assert ledger.managers == ("RM-01", "RM-02")
    with pytest.raises(FieldError, match=r"for_manager: manager is None; allowed: a non-empty"):
        ledger.for_manager(None)  # type: ignore[arg-type]


def test_the_cases_in_which_something_was_taken_from_somebody_by_name_are_found() -> None:
    ledger = Ledger().record(violation("V-1", "RM-01"), at=on(0)).record(violation("V-2"), at=on(1))
    for number, id in enumerate(("V-2", "V-1", "V-2"), start=2):
        ledger = ledger.take(
            id, f"warning-{number}", on=on(number).date(), at=on(number), manager="RM-09"
        )
    ledger = ledger.take("V-1", "fine", on=on(9).date(), at=on(9))
    assert ids(ledger.taken_from("RM-09")) == ["V-2", "V-1"]
    assert [len(case.takings) for case in ledger.taken_from("RM-09")] == [2, 2]
    assert ledger.taken_from("RM-01") == ()
    assert ids(Ledger(ledger).taken_from("RM-09")) == ["V-2", "V-1"]
    assert ids(ledger.erase("V-2").taken_from("RM-09")) == ["V-1"]
    with pytest.raises(FieldError, match=r"Ledger\.taken_from: manager is None; allowed: a non-"):
        ledger.taken_from(None)  # type: ignore[arg-type]


def test_between_has_the_cases_of_its_days_as_they_now_read() -> None:
    days = {"V-1": 10, "V-2": 12, "V-3": 11, "V-4": 12, "V-5": 13}
    ledger = Ledger()
    for number, (id, day) in enumerate(days.items()):
        ledger = ledger.record(violation(id, occurred_on=date(2025, 3, day)), at=on(number))
    ledger = ledger.amend(
        violation("V-5", occurred_on=date(2025, 3, 11)), at=on(9), reason="wrong day"
    )
    assert ids(ledger.between(date(2025, 3, 11), date(2025, 3, 12))) == ["V-3", "V-5", "V-2", "V-4"]
    assert ids(ledger.between(date(2025, 3, 10), date(2025, 3, 10))) == ["V-1"]
    assert ids(ledger.between(date(2025, 3, 13), date(2025, 3, 31))) == []
    assert ids(ledger.between(date.min, date.max)) == ["V-1", "V-3", "V-5", "V-2", "V-4"]
    with pytest.raises(FieldError, match="a date on or after first"):
        ledger.between(date(2025, 3, 12), date(2025, 3, 11))
    with pytest.raises(FieldError, match="no datetime and no string"):
        ledger.between(START, START)


def test_the_indexes_follow_as_a_ledger_grows() -> None:
    ledger = Ledger()
    for number in range(50):
        manager = f"RM-{number % 3}"
        day = date(2025, 3, 1) + timedelta(days=number % 7)
        ledger = ledger.record(violation(f"V-{number:02}", manager, occurred_on=day), at=on(number))
        assert ids(ledger.for_manager(manager)) == [
            f"V-{n:02}" for n in range(number % 3, number + 1, 3)
        ]
        assert ids(ledger.between(day, day)) == [
            f"V-{n:02}" for n in range(number % 7, number + 1, 7)
        ]


def test_branches_whose_clocks_interleave_merge_to_the_one_order() -> None:
    north = Ledger(Recorded(violation(f"N-{day}"), at=on(day)) for day in (0, 2, 4))
    south = Ledger(
        Recorded(violation(f"S-{day}"), at=on(day).astimezone(BEIJING)) for day in (1, 3)
    )
    east = Ledger([Recorded(violation("E-2"), at=on(2))])
    merged = Ledger.merge(north, south, east)
    assert [entry.violation_id for entry in merged] == ["N-0", "S-1", "E-2", "N-2", "S-3", "N-4"]
    assert merged == Ledger.merge(east, Ledger.merge(south, north))


def test_a_case_is_taken_as_far_as_any_ledger_reports_it() -> None:
    early = recorded("V-1", "V-2")
    late = early.appeal("V-1", at=on(1), grounds="on leave")
    assert Ledger.merge(early, late) == Ledger.merge(late, early) == late
    assert Ledger.merge() == Ledger.merge(Ledger()) == Ledger()


def test_one_moment_of_one_case_keeps_its_order_in_a_merge() -> None:
    ledger = (
        recorded("V-2").appeal("V-2", at=START, grounds="a").dismiss("V-2", at=START, reason="b")
    )
    merged = Ledger.merge(ledger, recorded("V-1"), recorded("V-3"))
    assert [(type(entry), entry.violation_id) for entry in merged] == [
        (Recorded, "V-1"),
        (Recorded, "V-2"),
        (Appealed, "V-2"),
        (Dismissed, "V-2"),
        (Recorded, "V-3"),
    ]


@pytest.mark.parametrize(
    "other",
    [
        recorded("V-1", manager="RM-02"),
        recorded("V-1").reverse("V-1", at=on(1), reason="another reason"),
        recorded("V-1").appeal("V-1", at=on(1), grounds="on leave"),
        Ledger([Recorded(violation(), at=START.astimezone(BEIJING))]),
    ],
    ids=["another manager", "another reason", "another entry", "another zone"],
)
def test_a_case_reported_in_two_ways_is_a_conflict_with_both_histories(other: Ledger) -> None:
    one = recorded("V-1").reverse("V-1", at=on(1), reason="no breach")
    with pytest.raises(LedgerConflict) as caught:
        Ledger.merge(recorded("V-0"), one, other)
    [(id, histories)] = caught.value.conflicts
    assert id == "V-1"
    assert set(histories) == {one.case("V-1").history, other.case("V-1").history}
    assert str(caught.value).startswith('case "V-1" is reported in two ways: Recorded 2025-03-04T')
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.conflicts) == (str(caught.value), caught.value.conflicts)


def test_every_case_reported_in_two_ways_is_in_one_error() -> None:
    ids = [f"V-{number:03}" for number in range(MAXIMUM_PROBLEMS + 5)]
    one = recorded(*ids, "W-1").reverse("W-1", at=on(1), reason="no breach")
    other = recorded(*ids, "W-1", manager="RM-02")
    for ledgers in ((one, other), (other, one), (one, other, one)):
        with pytest.raises(LedgerConflict) as caught:
            Ledger.merge(*ledgers)
        error = caught.value
        assert [id for id, _ in error.conflicts] == ids[:MAXIMUM_PROBLEMS]
        assert [problem.path for problem in error.problems] == [
            f'$["{id}"]' for id in ids[:MAXIMUM_PROBLEMS]
        ]
        assert error.more == 6
        assert {problem.code for problem in error.problems} == {ProblemCode.TWO_HISTORIES}
        assert set(error.conflicts[0][1]) == {one.case(ids[0]).history, other.case(ids[0]).history}


def test_every_entry_that_does_not_fit_is_in_one_error_once_for_each_case() -> None:
    ledger = recorded("V-1", "V-2")
    entries: list[Entry] = [
        Recorded(violation("V-1"), at=on(2)),
        Reversed("V-1", "no breach", at=on(2)),
        Recorded(violation("V-3"), at=on(1)),
        Reversed("V-2", "no breach", at=on(2)),
        Recorded(violation("V-4"), at=on(-1)),
        Appealed("V-4", "on leave", at=on(2)),
        Dismissed("V-9", "no leave", at=on(2)),
        Recorded(violation("V-5"), at=on(3)),
        Dismissed("V-5", "no leave", at=on(3)),
    ]
    with pytest.raises(LedgerError) as caught:
        ledger.extend(entries)
    assert [(problem.path, problem.code.value) for problem in caught.value.problems] == [
        ("$.entries[0]", "repeated"),
        ("$.entries[2].at", "not-in-order"),
        ("$.entries[4].at", "not-in-order"),
        ("$.entries[6]", "unknown-id"),
        ("$.entries[8]", "does-not-fit"),
    ]
    assert not isinstance(caught.value, UnknownCaseError)
    assert ledger == recorded("V-1", "V-2")


def test_beyond_a_bound_the_entries_that_do_not_fit_are_counted() -> None:
    count = MAXIMUM_PROBLEMS + 5
    with pytest.raises(LedgerError) as caught:
        Ledger(Reversed(f"V-{number}", "x", at=START) for number in range(count))
    assert (len(caught.value.problems), caught.value.more) == (MAXIMUM_PROBLEMS, 5)


def test_a_decision_leaves_what_it_does_not_name() -> None:
    appealed = recorded("V-1").appeal("V-1", at=on(1), grounds="on leave")
    [*_, entry] = appealed.decide("V-1", at=on(2), reason="put right at once", money=0)
    assert entry == Decided("V-1", "put right at once", money=0, at=on(2))
    with pytest.raises(LedgerError, match="is recorded, so Decided does not fit; allowed: Amended"):
        recorded("V-1").decide("V-1", at=on(1), reason="x", points=0)
    with pytest.raises(FieldError, match=r"^Decided: points is 0\.5; allowed: None, or a Decimal"):
        appealed.decide("V-1", at=on(2), reason="x", points=0.5)  # type: ignore[arg-type]


NOW = on(1)


@pytest.mark.parametrize("at", [on(1), on(0), on(1).astimezone(BEIJING)])
def test_an_entry_up_to_now_is_taken(at: datetime) -> None:
    assert len(recorded("V-1").record(violation("V-2"), at=at, now=NOW)) == 2


def test_an_entry_after_now_is_rejected_and_closes_the_ledger_to_nobody() -> None:
    ledger = recorded("V-1").appeal("V-1", at=START, grounds="on leave")
    far = datetime(2205, 1, 1, tzinfo=UTC)
    makes: list[Callable[[], Ledger]] = [
        lambda: ledger.record(violation("V-2"), at=far, now=NOW),
        lambda: ledger.amend(violation("V-1"), at=far, reason="x", now=NOW),
        lambda: recorded("V-1").appeal("V-1", at=far, grounds="x", now=NOW),
        lambda: ledger.dismiss("V-1", at=far, reason="x", now=NOW),
        lambda: ledger.decide("V-1", at=far, reason="x", points=0, now=NOW),
        lambda: ledger.reverse("V-1", at=far, reason="x", now=NOW),
        lambda: ledger.extend([Recorded(violation("V-2"), at=far)], now=NOW),
    ]
    for make in makes:
        with pytest.raises(LedgerError) as caught:
            make()
        [problem] = caught.value.problems
        assert (problem.path, problem.code) == ("$.entries[0].at", ProblemCode.IN_THE_FUTURE)
        assert problem.message.endswith(
            "is at 2205-01-01T00:00:00+00:00, after now (2025-03-05T09:00:00+00:00); give the "
            "moment at which it was entered"
        )
    assert len(ledger.record(violation("V-2"), at=on(1), now=NOW)) == 3


def test_of_entries_after_now_those_that_are_right_are_not_reported() -> None:
    entries = [
        Recorded(violation("V-1"), at=on(0)),
        Recorded(violation("V-2"), at=on(9)),
        Recorded(violation("V-3"), at=on(1)),
    ]
    with pytest.raises(LedgerError) as caught:
        Ledger().extend(entries, now=NOW)
    assert [problem.path for problem in caught.value.problems] == ["$.entries[1].at"]


@pytest.mark.parametrize("now", [datetime(2025, 3, 4), date(2025, 3, 4), "2025-03-04"])  # noqa: DTZ001
def test_now_is_a_moment(now: object) -> None:
    with pytest.raises(FieldError, match=r"extend: now is .*; allowed: None, or a datetime"):
        recorded("V-1").record(violation("V-2"), at=on(1), now=now)  # type: ignore[arg-type]


def test_only_ledgers_merge() -> None:
    with pytest.raises(FieldError, match=r"Ledger.merge: ledger is None; allowed: a Ledger"):
        Ledger.merge(Ledger(), None)  # type: ignore[arg-type]


def test_the_root_is_that_of_the_canonical_bytes_however_the_ledger_grew() -> None:
    entries = [Recorded(violation(f"V-{number}"), at=on(number)) for number in range(40)]
    asked_late, asked_often = Ledger(), Ledger()
    for size, entry in enumerate(entries, start=1):
        asked_late = asked_late.extend([entry])
        asked_often = asked_often.extend([entry])
        assert asked_often.root() == tree_head(map(canonical_bytes, entries[:size]))
    assert asked_late.root() == Ledger(entries).root() == asked_often.root()


def test_march_is_proved_to_be_how_today_began() -> None:
    march = recorded("V-1", "V-2", "V-3")
    today = march.reverse("V-2", at=on(30), reason="no breach")
    assert verify_consistency(
        len(march),
        len(today),
        today.prove_consistency(len(march)),
        earlier_root=march.root(),
        root=today.root(),
    )
    for index, entry in enumerate(today):
        proof = today.prove_inclusion(index)
        leaf = canonical_bytes(entry)
        assert verify_inclusion(leaf, index, len(today), proof, root=today.root())
    edited = Ledger([Recorded(violation("V-1", "RM-02"), at=START), *list(today)[1:]])
    assert not verify_consistency(
        len(march),
        len(edited),
        edited.prove_consistency(len(march)),
        earlier_root=march.root(),
        root=edited.root(),
    )
    with pytest.raises(FieldError):
        today.prove_inclusion(len(today))
    with pytest.raises(FieldError):
        march.prove_consistency(len(today))


def test_many_threads_share_one_prefix_without_a_lock() -> None:
    threads, appends = 8, 60
    prefix = Ledger(Recorded(violation(f"V-{number}"), at=START) for number in range(100))
    barrier = Barrier(threads)
    grown: list[Ledger] = [prefix] * threads

    def grow(thread: int) -> None:
        manager = f"RM-{thread}"
        ledger = prefix
        barrier.wait()
        for number in range(appends):
            ledger = ledger.record(violation(f"T{thread}-{number}", manager), at=on(number))
            ledger.for_manager("RM-01")
            ledger.between(date.min, date.max)
            ledger.root()
            prefix.root()
        grown[thread] = ledger

    running = [Thread(target=grow, args=[thread]) for thread in range(threads)]
    for each in running:
        each.start()
    for each in running:
        each.join()
    assert list(prefix) == list(Ledger(prefix))
    assert len(prefix) == 100
    for thread, ledger in enumerate(grown):
        alone = Ledger(ledger)
        assert ledger == alone
        assert ledger.root() == alone.root()
        assert len(ledger.for_manager(f"RM-{thread}")) == appends
        assert ledger.managers == tuple(sorted({"RM-01", f"RM-{thread}"}))


def test_an_entry_of_a_kind_of_ones_own_is_rejected_as_such() -> None:
    class Noted(Recorded):
        pass

    with pytest.raises(FieldError, match=r"^Ledger: entries\[0\] is .*; allowed: a list of Rec"):
        Ledger([Noted(violation(), at=START)])


def test_ledgers_that_go_on_from_one_share_the_work_of_making_room() -> None:
    base = Ledger()
    for number in range(1023):
        base = base.record(violation(f"V-{number}"), at=START)
    before = list(base)
    branches = [base.record(violation(f"B-{number}"), at=START) for number in range(3)]
    assert list(base) == before
    for number, branch in enumerate(branches):
        assert list(branch)[:-1] == before
        assert branch.case(f"B-{number}").state is State.RECORDED
        assert branch._runs.runs[0] is branches[0]._runs.runs[0]


def test_a_violation_of_a_kind_of_ones_own_is_rejected() -> None:
    class Breach(Violation):
        pass

    breach = Breach("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2))
    with pytest.raises(FieldError, match=r"violation is Breach\(.*; allowed: a Violation"):
        Recorded(breach, at=START)


def test_ledgers_that_differ_have_hashes_that_differ() -> None:
    ledgers = [Ledger(), recorded("V-1"), recorded("V-2"), recorded("V-1", "V-2")]
    assert len({hash(ledger) for ledger in ledgers}) == len(ledgers)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (
            lambda: Ledger().extend([], now="noon"),  # type: ignore[arg-type]
            "Ledger.extend: now is 'noon'; allowed: None, or a datetime with a time zone",
        ),
        (
            lambda: Ledger.merge(Ledger(), 5),  # type: ignore[arg-type]
            "Ledger.merge: ledger is 5; allowed: a Ledger",
        ),
        (
            lambda: Ledger().for_manager(5),  # type: ignore[arg-type]
            "Ledger.for_manager: manager is 5; allowed: a non-empty string",
        ),
    ],
    ids=["now", "ledger", "manager"],
)
def test_an_argument_that_does_not_fit_is_shown(ask: Callable[[], object], message: str) -> None:
    with pytest.raises(FieldError) as caught:
        ask()
    assert str(caught.value).startswith(message)


def test_an_id_of_a_manager_that_only_looks_right_is_explained() -> None:
    with pytest.raises(FieldError, match=r"this one has U\+200B, which makes ids look alike$"):
        Ledger().for_manager("RM\u200b01")


def test_a_ledger_that_was_merged_or_cut_short_has_its_root() -> None:
    one = recorded("V-1").record(violation("V-2"), at=on(1))
    merged, then = Ledger.merge(one, recorded("V-3")), one.as_of(START)
    assert [len(merged), len(then)] == [3, 1]
    for ledger in (merged, then):
        assert ledger.root() == tree_head(map(canonical_bytes, ledger))


def test_a_root_that_is_known_takes_no_work() -> None:
    ledger = recorded("V-1", "V-2")
    root, tree = ledger.root(), ledger._tree
    assert ledger.root() == root
    assert ledger._tree is tree


def test_only_where_a_case_was_never_recorded_the_error_says_so() -> None:
    unknown, again = Reversed("V-9", "no breach", at=on(1)), Recorded(violation("V-1"), at=on(1))
    cases: list[tuple[list[Entry], type[Exception]]] = [
        ([unknown], UnknownCaseError),
        ([again], LedgerError),
        ([unknown, again], LedgerError),
        ([again, unknown], LedgerError),
    ]
    for entries, error in cases:
        with pytest.raises(LedgerError) as caught:
            recorded("V-1").extend(entries)
        assert type(caught.value) is error
