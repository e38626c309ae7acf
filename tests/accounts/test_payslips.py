"""Payslips: tables that anybody can check by hand, and what is rejected."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import attrs
import pytest

from cmappraisal import LANGUAGES, Appraisal, FieldError, LanguageError, Ledger, Period, score
from cmappraisal.accounts import HeldGrade, InForce, MonthlyPay, Payslip, PayTerms, payslips
from cmappraisal.standards import Consequence, Deduction, Unit
from small_standards import TEXT, book, rule
from worked_cases import found

STANDARD = book(
    rule("1.1", Deduction(1, Unit.OCCURRENCE)),
    rule("1.2", Deduction(2, Unit.OCCURRENCE), consequences=["money"]),
    consequences=[Consequence("money", TEXT, money=50)],
)


def month(number: int, base: Any = 4000, variable: Any = 3000, **fields: Any) -> MonthlyPay:
    return MonthlyPay(Period.month(2026, number), base=base, variable=variable, **fields)


def months(*numbers: int, **fields: Any) -> list[MonthlyPay]:
    return [month(number, **fields) for number in numbers]


def appraised(period: Period, points: int, *, money: int = 0) -> Appraisal:
    """An appraisal with so many points, and so many items that carry 50 and 2 points."""
    first = period.first
    acts = [
        *([found("V-1", "1.1", quantity=points, occurred_on=first)] if points else []),
        *(found(f"V-{n}", "1.2", occurred_on=first, incident=None) for n in range(2, 2 + money)),
    ]
    ledger = Ledger()
    for act in acts:
        ledger = ledger.record(act, at=datetime(2027, 1, 1, tzinfo=UTC))
    return score(ledger, STANDARD, period, manager="RM-01")


def slips_of(terms: PayTerms, pay: Iterable[MonthlyPay], **given: Any) -> tuple[Payslip, ...]:
    return payslips(terms, pay, manager="RM-01", **given)


def paid(terms: PayTerms, pay: Iterable[MonthlyPay], **given: Any) -> list[str]:
    return [str(slip.paid) for slip in slips_of(terms, pay, **given)]


def held(grades: dict[int, str | None]) -> list[HeldGrade]:
    """By quarter of 2026, the grade that holds in it."""
    return [
        HeldGrade(grade, Period.quarter(2025, 4), holds=Period.quarter(2026, number))
        for number, grade in grades.items()
    ]


# A: 20 a point, monthly.


@pytest.mark.parametrize(
    ("points", "pay"),
    [
        (0, "7000"),
        (6, "6880"),  # 6 × 20 = 120
        (150, "4000"),  # 150 × 20 = 3000, all variable pay
        (151, "4000"),  # no more than there is
    ],
)
def test_a_point_withholds_twenty_in_its_month(points: int, pay: str) -> None:
    made = [appraised(Period.month(2026, 2), points)]
    terms = PayTerms(per_point=20)
    assert paid(terms, months(1, 2, 3), appraisals=made) == ["7000", pay, "7000"]


def test_a_point_may_reach_base_pay_and_never_more() -> None:
    terms = PayTerms(per_point=20, cut_from="all")
    for points, base, variable in ((150, 4000, 0), (151, 3980, 0), (1000, 0, 0)):
        (slip,) = slips_of(terms, months(2), appraisals=[appraised(Period.month(2026, 2), points)])
        assert slip.base == base
        assert slip.variable == variable


# B: months of performance pay lost.

B = PayTerms(
    months_lost={
        "circulated-criticism": 2,
        "warning": 3,
        "demerit": 4,
        "major-demerit": 6,
        "demotion": 9,
        "removal": 12,
    }
)


@pytest.mark.parametrize(("consequence", "number"), B.months_lost.items())
def test_a_consequence_loses_its_months_from_the_next_one_on(consequence: str, number: int) -> None:
    # It takes effect in December of the year before, so January is the first month.
    in_force = [InForce(consequence, date(2025, 12, 31))]
    expected = ["4000"] * number + ["7000"] * (12 - number)
    assert paid(B, months(*range(1, 13)), in_force=in_force) == expected


WARNED_AND_CRITICISED = [InForce("demerit", date(2026, 3, 5)), InForce("warning", date(2026, 1, 9))]


@pytest.mark.parametrize(
    ("meeting", "first_month", "lost"),
    [
        # The warning: February to April; the demerit, from April, follows it: May to August.
        ("in-turn", "next", [2, 3, 4, 5, 6, 7, 8]),
        ("sum", "next", [2, 3, 4, 5, 6, 7, 8]),
        # April to July beside February to April.
        ("heaviest", "next", [2, 3, 4, 5, 6, 7]),
        ("in-turn", "same", [1, 2, 3, 4, 5, 6, 7]),
        ("heaviest", "same", [1, 2, 3, 4, 5, 6]),
    ],
)
def test_months_of_two_consequences_follow_one_another_or_overlap(
    meeting: str, first_month: str, lost: list[int]
) -> None:
    terms = attrs.evolve(B, meeting=meeting, first_month=first_month)
    expected = ["4000" if number in lost else "7000" for number in range(1, 13)]
    assert paid(terms, months(*range(1, 13)), in_force=WARNED_AND_CRITICISED) == expected


def test_months_go_on_where_another_consequence_takes_effect_between() -> None:
    in_force = [InForce("warning", date(2025, 12, 5)), InForce("other", date(2026, 1, 5))]
    later = InForce("circulated-criticism", date(2026, 8, 5))
    expected = ["4000"] * 3 + ["7000"] * 5 + ["4000"] * 2
    assert paid(B, months(*range(1, 11)), in_force=[*in_force, later]) == expected


# C: a fixed coefficient of 0.75.


def test_a_fixed_coefficient_holds_while_the_consequence_is_in_force() -> None:
    terms = PayTerms(coefficients={"ban": "0.75"})
    in_force = [InForce("ban", date(2026, 1, 20), last=date(2026, 3, 1))]
    # 4000 + 3000 × 0.75 = 6250
    assert paid(terms, months(1, 2, 3, 4), in_force=in_force) == ["7000", "6250", "6250", "7000"]
    for_good = [InForce("ban", date(2026, 1, 20))]
    assert paid(terms, months(1, 2, 12), in_force=for_good) == ["7000", "6250", "6250"]
    short = [InForce("ban", date(2026, 1, 5), last=date(2026, 1, 20))]
    assert paid(terms, months(1, 2), in_force=short) == ["7000", "7000"]


# D: a share of variable pay by the grade of a quarter.


def test_the_grade_of_a_quarter_pays_its_share() -> None:
    terms = PayTerms(grade_shares={"A": 1, "B": "0.8", "D": 0}, share_without_grade="0.5")
    grades = held({1: "B", 2: "D", 3: None})
    # 4000 + 2400; 4000; 4000 + 1500; and nothing holds in the fourth.
    expected = ["6400", "4000", "5500", "5500"]
    assert paid(terms, months(1, 4, 7, 10), grades=grades) == expected
    assert paid(terms, months(1), grades=held({1: "A"})) == ["7000"]
    assert paid(PayTerms(), months(1), grades=held({1: "Z"})) == ["7000"]


# A year that counts as failed: coefficients one and two steps down.

LADDER = PayTerms(
    ladder=["1.5", "1.2", 1, "0.8"],
    steps_down={"failed": 1, "demerit": 2},
)


@pytest.mark.parametrize(
    ("coefficient", "consequences", "meeting", "pay"),
    [
        ("1.2", [], "in-turn", "7600"),  # 4000 + 3000 × 1.2
        ("1.2", ["failed"], "in-turn", "7000"),  # × 1
        ("1.2", ["demerit"], "in-turn", "6400"),  # × 0.8
        ("1.5", ["failed", "demerit"], "in-turn", "6400"),  # three steps
        ("1.5", ["failed", "demerit"], "sum", "6400"),
        ("1.5", ["failed", "demerit"], "heaviest", "7000"),  # two steps
        (1, ["demerit"], "in-turn", "6400"),  # there is only one step below
        ("0.8", ["demerit"], "in-turn", "6400"),  # and none below that
    ],
)
def test_a_coefficient_goes_down_the_ladder(
    coefficient: Any, consequences: list[str], meeting: str, pay: str
) -> None:
    in_force = [InForce(each, date(2025, 12, 1), last=date(2026, 12, 31)) for each in consequences]
    terms = attrs.evolve(LADDER, meeting=meeting)
    assert paid(terms, months(3, coefficient=coefficient), in_force=in_force) == [pay]


# A month's bonus at 10 points, two at 20.


def test_points_lose_a_month_of_bonus_and_then_two() -> None:
    terms = PayTerms(months_lost={"ten": 1, "twenty": 2})
    in_force = [InForce("ten", date(2026, 3, 8)), InForce("twenty", date(2026, 6, 8))]
    expected = ["7000"] * 3 + ["4000"] + ["7000"] * 2 + ["4000"] * 2 + ["7000"]
    assert paid(terms, months(*range(1, 10)), in_force=in_force) == expected


# Base pay at least 40 % of income: variable pay up to one and a half times base pay.


@pytest.mark.parametrize(
    ("base", "variable", "share", "expected"),
    [
        (4000, 6000, "0.4", "6000"),
        (4000, "6000.01", "0.4", "6000"),
        (4000, 9000, "0.4", "6000"),
        (4000, 100, "0.4", "100"),
        # 1000 × 0.7 ÷ 0.3 = 2333.333..., and a cent more would be too much
        (1000, 5000, "0.3", "2333.33"),
        (1000, 5000, 1, "0"),
        (0, 5000, "0.4", "0"),
    ],
)
def test_base_pay_is_at_least_its_share(
    base: Any, variable: Any, share: Any, expected: str
) -> None:
    (slip,) = slips_of(PayTerms(least_base_share=share), [month(1, base, variable)])
    assert (str(slip.variable), slip.base) == (expected, base)


def test_the_share_is_of_what_is_paid_so_that_cuts_come_first() -> None:
    terms = PayTerms(least_base_share="0.4", per_point=20)
    made = [appraised(Period.month(2026, 1), 100)]
    (slip,) = slips_of(terms, [month(1, 4000, 9000)], appraisals=made)
    # 9000 - 2000 is 7000 still, of which 6000 are paid.
    assert [str(step.change) for step in slip.steps] == ["4000", "9000", "-2000", "-1000"]


# Two cuts at once.

TWO = {"coefficients": {"ban": "0.75"}, "grade_shares": {"B": "0.8"}, "per_point": 20}


@pytest.mark.parametrize(
    ("meeting", "changes", "pay"),
    [
        # 3000 × 0.2; then 2400 × 0.25; then 30 × 20
        ("in-turn", ["-600", "-600", "-600"], "5200"),
        ("sum", ["-600", "-750", "-600"], "5050"),
        ("heaviest", ["0", "-750", "0"], "6250"),
    ],
)
def test_two_cuts_meet_as_is_decided(meeting: str, changes: list[str], pay: str) -> None:
    terms = PayTerms(**TWO, meeting=meeting)  # type: ignore[arg-type]
    (slip,) = slips_of(
        terms,
        months(2),
        appraisals=[appraised(Period.month(2026, 2), 30)],
        grades=held({1: "B"}),
        in_force=[InForce("ban", date(2026, 1, 1))],
    )
    assert [str(step.change) for step in slip.steps[2:]] == changes
    assert str(slip.paid) == pay
    assert [step.outweighed for step in slip.steps[2:]] == [change == "0" for change in changes]


def test_of_equal_cuts_the_first_counts_and_money_can_be_the_heaviest() -> None:
    terms = PayTerms(coefficients={"a": 0, "b": 0}, meeting="heaviest")
    both = [InForce("b", date(2026, 1, 1)), InForce("a", date(2026, 1, 1))]
    (slip,) = slips_of(terms, months(2), in_force=both)
    taken = {step.because_of: step.outweighed for step in slip.steps[2:]}
    assert taken == {("a",): False, ("b",): True}
    made = [appraised(Period.month(2026, 2), 200)]
    money = PayTerms(coefficients={"a": "0.5"}, per_point=20, meeting="heaviest", cut_from="all")
    assert paid(money, months(2), in_force=both, appraisals=made) == ["3000"]


def test_a_sum_takes_no_more_of_a_month_than_there_is() -> None:
    terms = PayTerms(
        months_lost={"lost": 1}, coefficients={"lost": "0.5"}, meeting="sum", paid_by="quarter"
    )
    in_force = [InForce("lost", date(2026, 1, 1), last=date(2026, 2, 1))]
    # All of February, and none of what January and March have.
    assert paid(terms, months(1, 2, 3), in_force=in_force) == ["18000"]


# Items that carry money, quarters, rounding.


def test_items_carry_money_beside_their_points() -> None:
    made = [appraised(Period.month(2026, 2), 3, money=2)]
    # 3 + 2 × 2 points, and 2 × 50
    assert paid(PayTerms(per_point=20), months(2), appraisals=made) == ["6760"]
    assert paid(PayTerms(per_point=20, withhold_money=False), months(2), appraisals=made) == [
        "6860"
    ]
    assert paid(PayTerms(), months(2), appraisals=made) == ["6900"]


def test_a_quarter_adds_its_months_up_and_takes_money_once() -> None:
    made = [appraised(Period.month(2026, n), n) for n in (1, 2, 3)]
    terms = PayTerms(per_point=20, paid_by="quarter", coefficients={"ban": "0.75"})
    first, second = slips_of(
        terms, months(4, 2, 3, 1), appraisals=made, in_force=[InForce("ban", date(2026, 2, 1))]
    )
    # 3 × 7000 - 3000 × 0.25 in March - 6 × 20; and April with the coefficient.
    assert (first.period, str(first.paid)) == (Period.quarter(2026, 1), "20130")
    assert (second.period, str(second.paid)) == (Period.month(2026, 4), "6250")


@pytest.mark.parametrize(
    ("unit", "rounding", "cut"),
    [
        ("0.01", "half-up", "25.13"),  # 100.5 × 0.25 = 25.125
        ("0.01", "half-even", "25.12"),
        ("0.01", "down", "25.12"),
        ("0.01", "up", "25.13"),
        ("0.5", "half-up", "25"),
    ],
)
def test_each_amount_is_rounded_as_declared(unit: str, rounding: str, cut: str) -> None:
    terms = PayTerms(coefficients={"ban": "0.75"}, smallest_unit=unit, rounding=rounding)
    (slip,) = slips_of(terms, [month(2, 0, "100.5")], in_force=[InForce("ban", date(2026, 1, 1))])
    assert str(slip.steps[-1].change) == f"-{cut}"


# Words.


def test_a_payslip_prints_every_step_with_its_reason() -> None:
    terms = PayTerms(
        per_point=20,
        coefficients={"ban": "0.75"},
        months_lost={"warning": 3},
        least_base_share="0.4",
        provisions={"per_point": "7.1"},
    )
    made = [appraised(Period.month(2026, 2), 5)]
    ban = InForce("ban", date(2026, 1, 1), last=date(2026, 2, 1))
    february, march = slips_of(
        terms,
        [month(2, 4000, 9000, coefficient="1.2"), month(3)],
        appraisals=made,
        in_force=[ban, InForce("warning", date(2026, 2, 1))],
    )
    assert february.explain() == (
        "Pay of RM-01, 2026-02-01 to 2026-02-28\n"
        "- base pay, 2026-02: 4000; 4000 in all [earned]\n"
        "- variable pay, 2026-02: 9000 × 1.2 = 10800; 14800 in all [earned]\n"
        "- cut by a fixed coefficient, 2026-02 (ban): 10800 × 0.25 = 2700; 2700 withheld, "
        "leaves 12100 [pay terms: coefficients]\n"
        "- money for each point: 5 × 20 = 100; 100 withheld, leaves 12000 [standard, 7.1]\n"
        "- least share of base pay: base pay 4000 is at least 0.4 of the whole, variable pay is "
        "over by 2000; 2000 withheld, leaves 10000 [pay terms: least_base_share]\n"
        "Paid: base pay 4000 + variable pay 6000 = 10000\n"
    )
    assert march.explain("zh-Hans") == (
        "RM-01 的薪酬，2026-03-01 至 2026-03-31\n"
        "- 基本薪酬，2026-03：4000；合计 4000 [应发]\n"
        "- 绩效薪酬，2026-03：3000；合计 7000 [应发]\n"
        "- 停发绩效薪酬，2026-03（warning）：3000；扣 3000，余 4000 [薪酬约定：months_lost]\n"
        "实发：基本薪酬 4000 + 绩效薪酬 0 = 4000\n"
    )
    for slip in (february, march):
        assert len({slip.explain(language) for language in LANGUAGES}) == len(LANGUAGES)
    with pytest.raises(LanguageError):
        march.explain("fr")  # type: ignore[arg-type]
    assert repr(march) == "<Payslip of 'RM-01' for 2026-03-01..2026-03-31: 4000>"


def test_a_payslip_says_where_there_is_too_little_and_where_another_is_heavier() -> None:
    made = [appraised(Period.month(2026, 2), 200)]
    (slip,) = slips_of(PayTerms(per_point=20), months(2), appraisals=made)
    assert "200 × 20 = 4000; there is only 3000 to withhold, leaves 4000" in slip.explain()
    terms = PayTerms(per_point=20, coefficients={"ban": "0.9"}, meeting="heaviest")
    in_force = [InForce("ban", date(2026, 1, 1))]
    (slip,) = slips_of(terms, months(2), appraisals=made, in_force=in_force)
    assert (
        "3000 × 0.1 = 300; another cut is heavier, nothing withheld, leaves 7000" in slip.explain()
    )


# What is rejected.

JANUARY = appraised(Period.month(2026, 1), 1)


@pytest.mark.parametrize(
    ("terms", "pay", "given", "message"),
    [
        ("x", months(1), {}, "terms is 'x'; allowed: PayTerms"),
        (PayTerms(), "x", {}, "pay is 'x'; allowed: a list of MonthlyPay"),
        (PayTerms(), [], {"manager": ""}, "manager is ''; allowed: the id"),
        (PayTerms(), [], {"appraisals": [5]}, "allowed: a list of Appraisal"),
        (PayTerms(), [], {"grades": [5]}, "allowed: a list of HeldGrade"),
        (PayTerms(), [], {"in_force": [5]}, "allowed: a list of InForce"),
        (PayTerms(), months(1, 1), {}, "allowed: each month once"),
        (
            PayTerms(smallest_unit=1),
            months(1, variable="0.5"),
            {},
            "allowed: whole multiples of smallest_unit (1)",
        ),
        (LADDER, months(1, coefficient="1.1"), {}, "a coefficient of the ladder: 1.5, 1.2, 1, 0.8"),
        (PayTerms(), months(1), {"appraisals": [JANUARY], "manager": "B"}, "an Appraisal of B"),
        (
            PayTerms(),
            months(2),
            {"appraisals": [JANUARY]},
            "an Appraisal of a period that ends in a span with pay",
        ),
        (
            PayTerms(),
            months(1),
            {"appraisals": [JANUARY, JANUARY]},
            "appraisals of periods that do not overlap",
        ),
        (
            PayTerms(),
            months(1),
            {"grades": [*held({1: "A"}), *held({1: "B"})]},
            "grades whose days do not overlap",
        ),
        (
            PayTerms(grade_shares={"A": 1}),
            months(1),
            {"grades": held({1: "B"})},
            "a grade of grade_shares: A",
        ),
    ],
)
def test_an_argument_that_does_not_fit_is_reported(
    terms: Any, pay: Any, given: dict[str, Any], message: str
) -> None:
    with pytest.raises(FieldError) as caught:
        payslips(terms, pay, **{"manager": "RM-01", **given})
    assert message in str(caught.value)


def test_no_pay_is_no_payslip() -> None:
    assert payslips(PayTerms(), [], manager="RM-01") == ()


def test_cents_add_up_in_the_one_form() -> None:
    (slip,) = slips_of(PayTerms(), [month(1, "0.10", "0.20")])
    assert (slip.paid, str(slip.paid)) == (Decimal("0.3"), "0.3")
