"""Forces: from what was taken in an account to the days on which it is in force."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from cmappraisal import FieldError, Period
from cmappraisal.accounts import (
    InForce,
    MonthlyPay,
    PayTerms,
    consequences_due,
    in_force,
    payslips,
    points_accounts,
)
from cmappraisal.standards import Span, Thresholds
from small_accounts import NO_MARKS, account, consequence, deducting, entered, house, noon, on

STANDARD = house(
    deducting("20", 6, consequences=["fine"]),
    consequences=[consequence("fine"), consequence("study", days=7), consequence("bonus")],
    thresholds=Thresholds({10: ["study", "bonus"]}, within=Span(months=12)),
)
LEDGER = entered(on("V-1", 20, date(2025, 1, 10)), on("V-2", 4, date(2025, 2, 10)))


def test_what_was_taken_is_in_force_for_its_days_or_until_it_was_served() -> None:
    assert in_force(account(LEDGER, STANDARD)) == ()
    ledger = LEDGER
    for violation, id, day in (
        ("V-1", "fine", date(2025, 3, 1)),
        ("V-2", "study", date(2025, 2, 20)),
        ("V-2", "bonus", date(2025, 3, 1)),
    ):
        ledger = ledger.take(violation, id, on=day, at=noon(date(2025, 3, 1)))
    served = ledger.serve("V-1", "fine", on=date(2025, 4, 1), at=noon(date(2025, 4, 1)))
    assert in_force(account(served, STANDARD)) == (
        InForce("study", date(2025, 2, 20), last=date(2025, 2, 26)),
        InForce("bonus", date(2025, 3, 1)),
        InForce("fine", date(2025, 3, 1), last=date(2025, 4, 1)),
    )
    struck = served.reverse("V-1", at=noon(date(2025, 5, 1)), reason="no breach")
    assert in_force(account(struck, STANDARD)) == ()


def test_what_is_due_of_several_accounts_comes_by_its_day() -> None:
    ledger = LEDGER.record(on("W-1", 20, date(2025, 1, 5), manager="B"), at=noon(date(2025, 3, 1)))
    taken = ledger.take("V-2", "bonus", on=date(2025, 3, 2), at=noon(date(2025, 3, 2)))
    accounts = points_accounts(taken, STANDARD, through=date(2025, 12, 31), policy=NO_MARKS)
    assert [
        (str(due.since), due.manager, due.consequence)
        for due in consequences_due(reversed(accounts.values()))
    ] == [
        ("2025-01-10", "A", "fine"),
        ("2025-02-10", "A", "study"),
        ("2025-03-01", "B", "fine"),
    ]
    # What counts already, but is known only after the last day, is not due on it.
    early = points_accounts(taken, STANDARD, through=date(2025, 2, 9), policy=NO_MARKS)
    assert [(due.manager, due.consequence) for due in consequences_due(early.values())] == [
        ("A", "fine")
    ]
    assert consequences_due([]) == ()
    wrong: Any = [5]
    with pytest.raises(FieldError, match=r"accounts is .*allowed: a list of PointsAccount"):
        consequences_due(wrong)


def test_days_end_with_the_calendar() -> None:
    made = account(LEDGER, STANDARD)
    (due,) = (each for each in made.consequences if each.consequence == "study")
    late = evolve(made, consequences=[evolve(due, taken_on=date.max)])
    assert in_force(late) == (InForce("study", date.max, last=date.max),)


def test_nothing_was_served_before_it_was_taken() -> None:
    due = account(LEDGER, STANDARD).consequences[0]
    with pytest.raises(FieldError, match=r"served_on .*on or after taken_on \(None\)"):
        evolve(due, served_on=date(2025, 3, 1))
    with pytest.raises(FieldError, match=r"served_on .*on or after taken_on \(2025-03-02\)"):
        evolve(due, taken_on=date(2025, 3, 2), served_on=date(2025, 3, 1))


def test_what_is_in_force_cuts_pay() -> None:
    day = date(2025, 3, 1)
    taken = LEDGER.take("V-2", "bonus", on=day, at=noon(day))
    pay = [MonthlyPay(Period.month(2025, month), base=5_000, variable=1_000) for month in (3, 4, 5)]
    slips = payslips(
        PayTerms(months_lost={"bonus": 1}),
        pay,
        manager="A",
        in_force=in_force(account(taken, STANDARD)),
    )
    assert [str(slip.paid) for slip in slips] == ["6000", "5000", "6000"]


def test_the_argument_is_checked() -> None:
    with pytest.raises(FieldError, match="account is None; allowed: a PointsAccount"):
        in_force(None)  # type: ignore[arg-type]
