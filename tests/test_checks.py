"""Checks of an embedder's own: before recording, and over a ledger."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from cmappraisal import (
    ERROR_POINTS,
    Case,
    Dismissed,
    Entry,
    FieldError,
    Ledger,
    Problem,
    ProblemCode,
    Recorded,
    Violation,
    faults,
)
from cmappraisal.entries import reading_of
from cmappraisal.fields import MOMENT
from cmappraisal.procedure import Check, check_entry, check_ledger

AT = datetime(2025, 3, 4, tzinfo=UTC)
HIRED: Mapping[str, date] = {"RM-01": date(2025, 3, 1), "RM-02": date(2025, 3, 3)}
VIOLATION = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2))
EARLY = Violation("V-2", "RM-02", rule="2.1", occurred_on=date(2025, 3, 2))


def after_hiring(entry: Entry, before: Case | None) -> Iterator[Problem]:
    act = reading_of(entry)
    if act is not None and act.occurred_on < HIRED[act.manager]:
        message = f"before {act.manager} was hired"
        yield Problem("$.violation.occurred_on", ProblemCode.NOT_ALLOWED, message)


def not_against_oneself(entry: Entry, before: Case | None) -> Iterable[Problem]:
    act = reading_of(entry) or (before.violation if before is not None else None)
    assert act is not None
    if entry.by == act.manager:
        return [Problem("$.by", ProblemCode.NOT_ALLOWED, "nobody acts in their own case")]
    return []


OWN: list[Check] = [after_hiring, not_against_oneself]
EARLY_PROBLEM = Problem(
    "$.violation.occurred_on", ProblemCode.NOT_ALLOWED, "before RM-02 was hired"
)
OWN_PROBLEM = Problem("$.by", ProblemCode.NOT_ALLOWED, "nobody acts in their own case")


def test_checks_run_beside_the_faults_before_recording() -> None:
    assert faults(VIOLATION, ERROR_POINTS, at=AT, by="HR-1", checks=OWN) == ()
    assert faults(EARLY, ERROR_POINTS, at=AT, by="RM-02", checks=OWN) == (
        EARLY_PROBLEM,
        OWN_PROBLEM,
    )
    wrong = Violation("V-1", "RM-02", rule="9.9", occurred_on=date(2025, 3, 2))
    found = faults(wrong, ERROR_POINTS, at=AT, checks=OWN)
    assert [problem.path for problem in found] == ["$.rule", "$.violation.occurred_on"]


def test_a_check_sees_the_case_before_an_entry() -> None:
    ledger = Ledger().record(VIOLATION, at=AT, by="HR-1").appeal("V-1", at=AT, grounds="x")
    own = Dismissed("V-1", "mine", at=AT, by="RM-01")
    assert check_entry(own, ledger, OWN) == (OWN_PROBLEM,)
    assert check_entry(Dismissed("V-1", "no", at=AT, by="HR-1"), ledger, OWN) == ()
    assert check_entry(Recorded(EARLY, at=AT), ledger, OWN) == (EARLY_PROBLEM,)
    assert check_entry(Recorded(EARLY, at=AT), ledger, []) == ()


def test_over_a_ledger_each_entry_is_asked_with_its_place() -> None:
    ledger = (
        Ledger()
        .record(VIOLATION, at=AT, by="HR-1")
        .record(EARLY, at=AT, by="HR-1")
        .appeal("V-1", at=AT, grounds="x", by="HR-1")
        .dismiss("V-1", at=AT, reason="mine", by="RM-01")
    )
    assert check_ledger(ledger, OWN) == (
        OWN_PROBLEM.within('$["V-1"][2]'),
        EARLY_PROBLEM.within('$["V-2"][0]'),
    )
    assert check_ledger(ledger, []) == ()
    assert check_ledger(Ledger(), OWN) == ()


def test_what_does_not_fit_is_rejected() -> None:
    wrong: Any = "no"
    with pytest.raises(FieldError) as caught:
        check_entry(wrong, wrong, wrong)
    assert [each.path for each in caught.value.problems] == ["$.entry", "$.ledger", "$.checks"]
    with pytest.raises(FieldError) as caught:
        check_ledger(wrong, [wrong])
    assert [each.path for each in caught.value.problems] == ["$.ledger", "$.checks"]
    with pytest.raises(FieldError, match=r"checks is .*; allowed: a list of functions"):
        faults(VIOLATION, ERROR_POINTS, at=AT, checks=wrong)
    with pytest.raises(FieldError) as caught:
        faults(VIOLATION, ERROR_POINTS, checks=OWN)
    assert str(caught.value) == f"faults: at is None; allowed: {MOMENT}, for the checks"
    assert [each.path for each in caught.value.problems] == ["$.at"]
    with pytest.raises(FieldError, match="Recorded: by is ''"):
        faults(VIOLATION, ERROR_POINTS, at=AT, by="", checks=OWN)


@pytest.mark.parametrize("given", [None, "x", [1], {OWN_PROBLEM}], ids=str)
def test_a_check_gives_problems(given: Any) -> None:
    def careless(entry: Entry, before: Case | None) -> Any:
        return given

    with pytest.raises(FieldError, match=r"careless: result is .*; allowed: a list of Problem"):
        check_entry(Recorded(VIOLATION, at=AT), Ledger(), [careless])
