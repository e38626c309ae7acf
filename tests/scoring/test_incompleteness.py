"""Incompleteness: an appraisal that would have read what was erased says so."""

from datetime import UTC, date, datetime

import pytest
from attrs import evolve

from cmappraisal import (
    ERROR_POINTS,
    Ledger,
    Period,
    Rulebook,
    Tenure,
    Violation,
    explain,
    rescore,
    score,
    score_all,
    score_card,
    tally,
)
from cmappraisal.accounts import explain_account, points_account, points_accounts
from cmappraisal.people import People
from cmappraisal.standards import Again, Clause, Responsibility, Span
from cmappraisal.weights import Multiply

MARCH = datetime(2025, 3, 4, 9, tzinfo=UTC)
YEAR = Period.year(2025)
LEDGER = (
    Ledger()
    .record(Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2)), at=MARCH)
    .record(Violation("V-2", "RM-01", rule="2.2", occurred_on=date(2025, 3, 2)), at=MARCH)
    .record(Violation("V-3", "RM-02", rule="2.1", occurred_on=date(2025, 3, 2)), at=MARCH)
)
ERASED = LEDGER.erase("V-1")


def with_clause(**states: object) -> Rulebook:
    like = ERROR_POINTS["2.1"]
    clause = Clause("g1", like.text, citation="6", **states)  # type: ignore[arg-type]
    return evolve(ERROR_POINTS, id="more", clauses=[clause])


AGAIN = with_clause(again=Again({2: Multiply(2)}, within=Span(months=24)))


def test_an_appraisal_names_the_cases_that_it_would_have_read() -> None:
    appraisal = score(ERASED, ERROR_POINTS, YEAR, manager="RM-01")
    assert appraisal.incomplete == ("V-1",)
    assert [line.violation.id for line in appraisal.lines] == ["V-2"]
    assert rescore(appraisal, ERASED) == appraisal
    assert score(ERASED, ERROR_POINTS, YEAR, manager="RM-02").incomplete == ()
    both = ERASED.erase("V-2")
    assert score(both, ERROR_POINTS, YEAR, manager="RM-01").incomplete == ("V-1", "V-2")


def test_whoever_had_no_other_case_is_appraised_all_the_same() -> None:
    ledger = LEDGER.erase("V-3")
    found = score_all(ledger, ERROR_POINTS, YEAR)
    assert {id: each.incomplete for id, each in found.items()} == {"RM-01": (), "RM-02": ("V-3",)}
    assert list(tally(ledger, ERROR_POINTS, YEAR)) == ["RM-01", "RM-02"]
    scored = score_all(ledger, ERROR_POINTS, YEAR, faulty="report")
    assert scored.appraisals == found


@pytest.mark.parametrize(
    ("standard", "period", "missing"),
    [
        (ERROR_POINTS, Period.month(2025, 3), True),
        (ERROR_POINTS, Period(date(2025, 3, 4), date(2025, 3, 4)), True),
        (ERROR_POINTS, Period(date(2025, 3, 5), date(2025, 12, 31)), False),
        (ERROR_POINTS, Period(date(2025, 1, 1), date(2025, 3, 2)), True),
        (ERROR_POINTS, Period(date(2025, 1, 1), date(2025, 3, 1)), False),
        (ERROR_POINTS, Period.year(2026), False),
        (AGAIN, Period.year(2026), True),
        (AGAIN, Period.year(2024), False),
    ],
)
def test_it_would_have_read_what_is_of_its_days_or_weighs_in_them(
    standard: Rulebook, period: Period, missing: bool
) -> None:
    assert bool(score(ERASED, standard, period, manager="RM-01").incomplete) is missing


def test_what_was_not_known_yet_is_not_missing() -> None:
    before = datetime(2025, 3, 1, tzinfo=UTC)
    assert score(ERASED, ERROR_POINTS, YEAR, manager="RM-01", as_of=before).incomplete == ()
    assert score(ERASED, ERROR_POINTS, YEAR, manager="RM-01", as_of=MARCH).incomplete == ("V-1",)
    assert score_all(ERASED, ERROR_POINTS, YEAR, as_of=before) == {}
    assert tally(ERASED, ERROR_POINTS, YEAR, as_of=before) == {}


def test_whoever_may_have_answered_for_it_is_told_too() -> None:
    standard = with_clause(
        responsible=[Responsibility("head", ERROR_POINTS["2.1"].text, weight=Multiply("0.5"))]
    )
    people = [
        Tenure("RM-01", "north", superior="BOSS"),
        Tenure("BOSS", "north", role="head", last=date(2025, 3, 3)),
        Tenure("NEXT", "north", role="head", first=date(2025, 3, 4)),
        Tenure("LATER", "north", role="head", first=date(2025, 3, 5)),
        Tenure("OTHER", "south", role="head"),
    ]
    missing = {
        person: score(ERASED, standard, YEAR, manager=person, people=people).incomplete
        for person in ("RM-01", "BOSS", "NEXT", "LATER", "OTHER")
    }
    assert [person for person, ids in missing.items() if ids] == ["RM-01", "BOSS", "NEXT"]
    # Where nobody answers with the doer, nobody is told.
    assert score(ERASED, ERROR_POINTS, YEAR, manager="BOSS", people=people).incomplete == ()


def test_letter_card_and_statement_say_so() -> None:
    appraisal = score(ERASED, ERROR_POINTS, YEAR, manager="RM-01")
    said = "Incomplete: cases that were erased from the ledger and so are not in it: V-1"
    assert said in explain(appraisal)
    assert "不完整：已从台账中销毁、因而未计入的个案：V-1" in explain(appraisal, "zh-Hans")
    assert said in score_card(appraisal)
    account = points_account(ERASED, ERROR_POINTS, manager="RM-01", through=date(2025, 12, 31))
    assert account.incomplete == ("V-1",)
    assert said in explain_account(account)
    whole = score(LEDGER, ERROR_POINTS, YEAR, manager="RM-01")
    assert "ncomplete" not in explain(whole) + score_card(whole)


def test_an_account_opens_where_what_is_missing_was() -> None:
    ledger = LEDGER.erase("V-3")
    accounts = points_accounts(ledger, ERROR_POINTS, through=date(2027, 12, 31))
    assert list(accounts) == ["RM-01", "RM-02"]
    account = accounts["RM-02"]
    assert (account.opened_on, account.incomplete) == (date(2025, 1, 1), ("V-3",))
    alone = points_account(ledger, ERROR_POINTS, manager="RM-02", through=date(2027, 12, 31))
    assert alone == account


def test_words_that_were_destroyed_change_no_appraisal() -> None:
    noted = Ledger().record(
        Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2), note="was ill"),
        at=MARCH,
    )
    before, after = (
        score(each, ERROR_POINTS, YEAR, manager="RM-01") for each in (noted, noted.redact("V-1"))
    )
    assert (after.points, after.incomplete) == (before.points, ())
    assert "Note: was ill" in explain(before)
    assert "Note: (the words were destroyed)" in explain(after)
    assert "備註：（文字已銷毀）" in explain(after, "zh-Hant")


def test_days_from_which_other_tenures_hold() -> None:
    people = People([Tenure("A", "g", role="head", first=date(2025, 3, 4)), Tenure("B", "g")])
    march = Period.month(2025, 3)
    assert list(people.changes_in(march)) == [date(2025, 3, 1), date(2025, 3, 4)]
    assert people.roles == ("head",)
