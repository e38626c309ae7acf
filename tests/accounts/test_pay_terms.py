"""Pay: the values that payslips are made of and from, and what they reject."""

from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest

from cmappraisal import FieldError, Period, PolicyError, Rounding, Text
from cmappraisal.accounts import (
    CutFrom,
    FirstMonth,
    InForce,
    MeetingCuts,
    MonthlyPay,
    Payslip,
    PayStep,
    PayTerms,
    payslips,
)
from cmappraisal.accounts.pay_terms import pay_label_of
from cmappraisal.interop.converters import decode, encode

MARCH = Period.month(2026, 3)


def test_the_terms_take_what_people_write() -> None:
    terms = PayTerms(
        per_point="20.50",
        months_lost={"b": 2, "a": 1},
        coefficients={"a": "0.750"},
        ladder=[2, "1.5"],
        steps_down={"a": 1},
        grade_shares={"A": 1},
        paid_by="quarter",
        meeting="sum",
        cut_from="all",
        first_month="same",
        rounding="up",
    )
    assert (str(terms.per_point), list(terms.months_lost)) == ("20.5", ["a", "b"])
    assert (str(terms.coefficients["a"]), terms.ladder) == ("0.75", (Decimal(2), Decimal("1.5")))
    assert (terms.meeting, terms.cut_from) == (MeetingCuts.SUM, CutFrom.ALL)
    assert (terms.first_month, terms.rounding) == (FirstMonth.SAME, Rounding.UP)
    assert decode(encode(terms), PayTerms) == terms


def test_without_anything_the_terms_cut_what_items_carry_alone() -> None:
    terms = PayTerms()
    assert (terms.per_point, terms.withhold_money, terms.least_base_share) == (None, True, None)
    assert (terms.meeting, terms.cut_from) == (MeetingCuts.IN_TURN, CutFrom.VARIABLE)
    assert (terms.first_month, str(terms.smallest_unit)) == (FirstMonth.NEXT, "0.01")


@pytest.mark.parametrize("name", attrs.fields_dict(PayTerms))
def test_every_field_of_the_terms_has_a_label_and_every_choice_a_wording(name: str) -> None:
    assert pay_label_of(name).en
    default = attrs.fields_dict(PayTerms)[name].default
    if isinstance(default, (MeetingCuts, CutFrom, FirstMonth)):
        assert all(isinstance(choice.text, Text) for choice in type(default))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"per_point": -1}, "per_point is Decimal('-1'); allowed: None, or a Decimal"),
        ({"per_point": 0.5}, "per_point is 0.5; allowed"),
        ({"withhold_money": 1}, "withhold_money is 1; allowed: True or False"),
        ({"months_lost": {"a": 0}}, "a mapping from ids of consequences to an int from 1 to 1200"),
        ({"months_lost": ["a"]}, "a mapping from ids of consequences to an int from 1 to 1200"),
        ({"coefficients": {"a": "1.1"}}, "a mapping from ids to a Decimal"),
        ({"coefficients": ["a"]}, "a mapping from ids to a Decimal"),
        ({"grade_shares": {"A": 0.5}}, "a mapping from ids to a Decimal"),
        ({"ladder": [1, 2]}, "at most 100 coefficients from 0 to 1000, from the highest"),
        ({"ladder": "1"}, "at most 100 coefficients from 0 to 1000, from the highest"),
        ({"ladder": [1, "x"]}, "at most 100 coefficients from 0 to 1000, from the highest"),
        ({"ladder": range(101, 0, -1)}, "at most 100 coefficients"),
        ({"steps_down": {"a": 101}}, "to an int from 1 to 100"),
        ({"share_without_grade": 2}, "share_without_grade is Decimal('2'); allowed: a Decimal"),
        ({"least_base_share": 0}, "from 0 to 1 (never a float), and above 0"),
        ({"paid_by": "week"}, "allowed: a CalendarSpan of whole months"),
        ({"meeting": "x"}, "meeting is 'x'; allowed: MeetingCuts.IN_TURN"),
        ({"cut_from": "x"}, "cut_from is 'x'; allowed: CutFrom.VARIABLE"),
        ({"first_month": "x"}, "first_month is 'x'; allowed: FirstMonth.NEXT"),
        ({"smallest_unit": 0}, "smallest_unit is Decimal('0'); allowed: a Decimal"),
        ({"rounding": "x"}, "rounding is 'x'; allowed: Rounding.HALF_UP"),
        ({"provisions": {"pay": "1"}}, "a mapping from names of other fields of PayTerms"),
        ({"provisions": {"ladder": ""}}, "a mapping from names of fields to ids of provisions"),
        ({"provisions": ["ladder"]}, "a mapping from names of fields to ids of provisions"),
    ],
)
def test_a_field_of_the_terms_that_does_not_fit_is_reported(
    fields: dict[str, Any], message: str
) -> None:
    with pytest.raises(FieldError) as caught:
        PayTerms(**fields)
    assert message in str(caught.value)


def test_every_contradiction_of_the_terms_is_reported() -> None:
    with pytest.raises(PolicyError) as caught:
        PayTerms(steps_down={"a": 1}, ladder=[1], share_without_grade=0)
    assert [problem.path for problem in caught.value.problems] == [
        "$.steps_down",
        "$.share_without_grade",
    ]
    assert str(caught.value).startswith("PayTerms: ")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: MonthlyPay(Period.quarter(2026, 1), base=1, variable=1),
            "a whole month, such as Period.month(2026, 3)",
        ),
        (lambda: MonthlyPay("2026-03", base=1, variable=1), "month is '2026-03'; allowed"),  # type: ignore[arg-type]
        (lambda: MonthlyPay(MARCH, base=-1, variable=1), "base is Decimal('-1'); allowed"),
        (lambda: MonthlyPay(MARCH, base=1, variable="x"), "variable is 'x'; allowed"),
        (
            lambda: MonthlyPay(MARCH, base=1, variable=1, coefficient=-1),
            "coefficient is Decimal('-1'); allowed",
        ),
        (lambda: InForce("", date(2026, 1, 1)), "consequence is ''; allowed"),
        (
            lambda: InForce("a", date(2026, 1, 2), last=date(2026, 1, 1)),
            "allowed: None, or a date on or after first (2026-01-02)",
        ),
    ],
)
def test_what_does_not_fit_is_reported(make: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        make()
    assert message in str(caught.value)


(SLIP,) = payslips(
    PayTerms(coefficients={"ban": "0.75"}),
    [MonthlyPay(MARCH, base=10, variable=8)],
    manager="RM-01",
    in_force=[InForce("ban", date(2026, 1, 1))],
)


def step(**changes: Any) -> PayStep:
    return attrs.evolve(SLIP.steps[-1], **changes)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: step(reads="pay"), "reads is 'pay'; allowed: one of base, variable, per_point"),
        (
            lambda: step(of=Decimal("1e21")),
            "of at most 12 decimal places",
        ),
        (lambda: step(rate=Decimal("1e-13")), "of at most 12 decimal places"),
        (lambda: step(amount=Decimal("NaN")), "amount is Decimal('NaN'); allowed"),
        (lambda: step(change=1), "change is 1; allowed: a finite Decimal"),
        (
            lambda: attrs.evolve(SLIP, steps=[*SLIP.steps[:-1], step(pay=Decimal(15))]),
            "allowed: a step after which the pay is 16, from 0",
        ),
        (
            lambda: attrs.evolve(SLIP, steps=[step(pay=Decimal(-2))]),
            "allowed: a step after which the pay is -2, from 0",
        ),
        (
            lambda: attrs.evolve(SLIP, variable=Decimal(7)),
            "variable is Decimal('7'); allowed: what with base pay makes 16, the sum of the steps",
        ),
        (
            lambda: attrs.evolve(SLIP, base=Decimal(17), variable=Decimal(-1)),
            "variable is Decimal('-1'); allowed: what with base pay makes 16",
        ),
        (lambda: attrs.evolve(SLIP, steps=[]), "makes 0, the sum of the steps"),
    ],
)
def test_a_payslip_that_does_not_add_up_is_none(make: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        make()
    assert message in str(caught.value)


def test_it_is_data_like_any_other() -> None:
    assert decode(encode(SLIP), Payslip) == SLIP
    assert SLIP.paid == 16
