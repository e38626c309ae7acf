"""Held grades: in which span a grade holds, and which periods in a row earned one."""

from datetime import date
from typing import Any

import pytest

from cmappraisal import ERROR_POINTS, FieldError, Grade, Period, Policy, Text, score
from cmappraisal.accounts import (
    Composite,
    CompositePart,
    HeldGrade,
    composite_score,
    grade_on,
    held_grade,
    running_grades,
)
from worked_cases import ledger_of

POLICY = Policy(grades=[Grade("A", at_least=None, below=None)])
TOTAL = Composite([CompositePart("work", Text.same("work"))])


def result(period: Period) -> Any:
    return score(ledger_of([]), ERROR_POINTS, period, manager="RM-01", policy=POLICY)


def quarters(grades: str) -> list[HeldGrade]:
    """A grade for each quarter from 2025 on; ``-`` for none, and a space for no quarter."""
    periods = [Period.quarter(2025 + n // 4, n % 4 + 1) for n in range(len(grades))]
    return [
        HeldGrade(None if grade == "-" else grade, period, holds=period)
        for grade, period in zip(grades, periods, strict=True)
        if grade != " "
    ]


@pytest.mark.parametrize(
    ("period", "span", "holds"),
    [
        (Period.quarter(2025, 1), "quarter", "2025-04-01..2025-06-30"),
        (Period.quarter(2025, 4), "quarter", "2026-01-01..2026-03-31"),
        (Period.quarter(2025, 1), "year", "2026-01-01..2026-12-31"),
        (Period.year(2025), "year", "2026-01-01..2026-12-31"),
        (Period(date(2025, 1, 1), date(2025, 2, 10)), "month", "2025-03-01..2025-03-31"),
    ],
)
def test_a_grade_holds_in_the_span_after_that_in_which_its_period_ends(
    period: Period, span: str, holds: str
) -> None:
    held = held_grade(result(period), for_next=span)
    assert (held.grade, held.period, str(held.holds)) == ("A", period, holds)


def test_the_grade_of_a_composite_holds_too() -> None:
    made = composite_score(TOTAL, result(Period.quarter(2025, 1)), given={"work": 5})
    held = held_grade(made)
    assert (held.grade, held.holds) == (None, Period.quarter(2025, 2))


def test_a_grade_holds_on_the_days_of_its_span_alone() -> None:
    held = [held_grade(result(Period.quarter(2025, n))) for n in (1, 3)]
    days = [date(2025, 3, 31), date(2025, 4, 1), date(2025, 7, 1), date(2025, 12, 31)]
    assert [grade_on(held, day) for day in days] == [None, "A", None, "A"]


# Hand-checked: Q1 2025 is the first letter.
@pytest.mark.parametrize(
    ("grades", "among", "times", "runs"),
    [
        ("BDDA", {"D"}, 2, ["2025-04-01..2025-09-30"]),
        ("DADA", {"D"}, 2, []),
        ("DDD", {"D"}, 2, ["2025-01-01..2025-06-30", "2025-04-01..2025-09-30"]),
        ("DDD", {"D"}, 3, ["2025-01-01..2025-09-30"]),
        ("CDA", {"C", "D"}, 2, ["2025-01-01..2025-06-30"]),
        ("D D", {"D"}, 2, []),
        ("D-", {"D", None}, 2, ["2025-01-01..2025-06-30"]),
        ("D-", {"D"}, 2, []),
        ("AD", {"D"}, 1, ["2025-04-01..2025-06-30"]),
        ("AAADD", {"D"}, 2, ["2025-10-01..2026-03-31"]),
        ("", {"D"}, 2, []),
    ],
)
def test_a_run_is_of_periods_in_a_row(
    grades: str, among: set[str | None], times: int, runs: list[str]
) -> None:
    for held in (quarters(grades), quarters(grades)[::-1]):
        assert [str(run) for run in running_grades(held, among, times=times)] == runs


TWICE = [*quarters("A"), *quarters("A")]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: held_grade("x"), "result is 'x'; allowed: a CompositeScore or an Appraisal"),  # type: ignore[arg-type]
        (
            lambda: held_grade(result(Period.year(2025)), for_next="decade"),
            "for_next is 'decade'; allowed: a CalendarSpan",
        ),
        (
            lambda: held_grade(result(Period.year(9999))),
            "allowed: a result of a period after which there is another such span",
        ),
        (lambda: grade_on(TWICE, date(2025, 1, 1)), "whose days do not overlap"),
        (lambda: grade_on([], "2025-01-01"), "day is '2025-01-01'; allowed"),  # type: ignore[arg-type]
        (lambda: running_grades(TWICE, ["A"]), "of periods that do not overlap"),
        (lambda: running_grades([], "A"), "among is 'A'; allowed: a list of ids"),
        (lambda: running_grades([], [5]), "among is [5]; allowed: a list of ids"),  # type: ignore[list-item]
        (lambda: running_grades([], 5), "among is 5; allowed: a list of ids"),  # type: ignore[arg-type]
        (lambda: running_grades([], [], times=0), "times is 0; allowed: an int from 1 to 1000"),
        (
            lambda: HeldGrade("A", Period.quarter(2025, 2), holds=Period.quarter(2025, 1)),
            "allowed: a Period that does not begin before the period that earned the grade",
        ),
    ],
)
def test_what_does_not_fit_is_reported(call: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        call()
    assert message in str(caught.value)
