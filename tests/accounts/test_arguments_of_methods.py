"""What a method of a value is given is checked, as what a function is given."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from cmappraisal import ERROR_POINTS, FieldError, Ledger, Multiply, Text, Violation
from cmappraisal.accounts import points_account
from cmappraisal.comparison import Result
from cmappraisal.standards import Again, Consequence, Span, Threshold

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
GRAVE = Violation("V-1", "RM-01", rule="3.1b", occurred_on=date(2025, 3, 2))
ACCOUNT = points_account(
    Ledger().record(GRAVE, at=NOON), ERROR_POINTS, manager="RM-01", through=date(2025, 12, 31)
)
(APPRAISAL,), (DUE,) = ACCOUNT.appraisals, ACCOUNT.consequences
STUDY = Consequence("study", Text.same("study"), days=7, days_at_most=60)
RESULT = Result(Decimal(0), awards=Decimal(0), score=None, grade=None)
METHODS: dict[str, Callable[..., object]] = {
    "rulebook of what is due": ACCOUNT.rulebook_of,
    "consequence that is due": ACCOUNT.consequence_of,
    "last day": DUE.last_day,
    "rulebook of a line": APPRAISAL.rulebook_of,
    "rule of a line": APPRAISAL.rule_of,
    "part of a subtotal": APPRAISAL.part_of,
    "days": STUDY.days_of,
    "consequences of a time": Threshold(12, "study").of_time,
    "weight of a time": Again({2: Multiply(2)}, within=Span(months=12)).holding,
    "span of a day": Span(months=12).of,
    "span that a day ends": Span(months=12).first_of,
    "span of the calendar": Span(calendar="year").of,
    "cycle": lambda day: Span(months=12, cycle="licence").of(day, date(2023, 5, 20)),
    "changes": RESULT.changes,
}


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("wrong", ["x", None, 2.5, (), NOON], ids=str)
def test_what_does_not_fit_is_rejected(name: str, wrong: object) -> None:
    with pytest.raises(FieldError, match="allowed: a"):
        METHODS[name](wrong)


def test_a_message_names_the_method_and_what_it_takes() -> None:
    with pytest.raises(FieldError) as caught:
        METHODS["rulebook of what is due"](5)
    assert str(caught.value) == "PointsAccount.rulebook_of: due is 5; allowed: a ConsequenceDue"


@pytest.mark.parametrize("name", ["days", "consequences of a time", "weight of a time"])
def test_the_first_time_is_one(name: str) -> None:
    with pytest.raises(FieldError, match="nth is 0; allowed: an int from 1"):
        METHODS[name](0)
