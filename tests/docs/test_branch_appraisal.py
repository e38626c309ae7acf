"""The branch's appraisal: six cases worked by hand, from the total to the grade that then holds."""

import runpy
from pathlib import Path
from typing import Any

import pytest

from cmappraisal import Appraisal, Period, score
from cmappraisal.accounts import MonthlyPay, composite_score, held_grade, payslips
from cmappraisal.interop.cases import cases_of

FOLDER = Path(__file__).parents[2] / "docs" / "examples" / "regulations"
MODULE: dict[str, Any] = runpy.run_path(str(FOLDER / "branch_appraisal.py"))
CASES = {
    case.name: case
    for case in cases_of((FOLDER / "branch_appraisal.toml").read_text(encoding="utf-8"))
}
NEXT = Period.quarter(2024, 2)

BY_HAND = [
    # 115 - 0
    ("nothing is deducted", 115, 115, "manager-5"),
    # 130 - 2 x 2 - 2
    ("two complaints and a training missed", 130, 124, "manager-4"),
    # 160 - 50
    ("a finding about integrity", 160, 110, "assistant-1"),
    # 92 - 5
    ("one loan is not checked", 92, 87, None),
    # 120 - 2
    ("two overdue loans, together 150,000, recovered", 120, 118, "manager-5"),
    # 120 - 10
    ("a small loan is overdue for four months", 120, 110, "assistant-1"),
    # 120 - 50, and not 105
    ("quality deducts fifty at most", 120, 70, None),
]


def appraised(name: str) -> Appraisal:
    case = CASES[name]
    standard, policy = MODULE["STANDARD"], MODULE["POLICY"]
    return score(case.ledger, standard, case.period, manager=case.manager, policy=policy)


@pytest.mark.parametrize(("name", "performance", "total", "grade"), BY_HAND)
def test_a_total_reaches_its_grade_which_holds_for_the_next_quarter(
    name: str, performance: int, total: int, grade: str | None
) -> None:
    given = {"performance": performance}
    made = composite_score(MODULE["TOTAL"], appraised(name), given=given)
    assert made.total == total
    assert made.grade == grade
    held = held_grade(made)
    assert (held.grade, held.holds) == (grade, NEXT)


def test_there_are_twenty_steps_from_ninety_to_a_hundred_and_eighty_five() -> None:
    figures = [grade.at_least for grade in MODULE["TOTAL"].worst_first]
    assert figures == list(range(90, 190, 5))
    made = composite_score(
        MODULE["TOTAL"], appraised("nothing is deducted"), given={"performance": 300}
    )
    assert made.grade == "principal-1"


@pytest.mark.parametrize(
    ("performance", "title"),
    [(89, None), (90, "assistant"), (114, "assistant"), (115, "manager"), (165, "principal")],
)
def test_performance_alone_decides_the_title_of_the_next_year(
    performance: int, title: str | None
) -> None:
    appraisal = appraised("a finding about integrity")
    made = composite_score(MODULE["TITLE"], appraisal, given={"performance": performance})
    held = held_grade(made, for_next="year")
    assert (held.grade, held.holds) == (title, Period.year(2025))


@pytest.mark.parametrize(("variable", "paid"), [(5999, 5999), (6000, 6000), (6500, 6000)])
def test_base_pay_is_at_least_forty_per_cent_of_income(variable: int, paid: int) -> None:
    april = MonthlyPay(Period.month(2024, 4), base=4000, variable=variable)
    (slip,) = payslips(MODULE["PAY"], [april], manager="RM-01")
    assert slip.variable == paid
    assert slip.base == 4000
