"""Pay adds up, is never negative, and more cuts never raise it, whatever the terms are."""

from decimal import Decimal
from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import LANGUAGES
from cmappraisal.accounts import CutFrom, InForce, MeetingCuts, Payslip, PayTerms
from cmappraisal.interop.converters import decode, encode
from cmappraisal.interop.pay_strategies import PayScenario, consequences_in_force
from cmappraisal.interop.strategies import pay_scenarios
from costly import costly


def paid(scenario: PayScenario) -> list[Decimal]:
    return [slip.paid for slip in scenario.payslips()]


def terms(scenario: PayScenario, **changes: Any) -> PayScenario:
    return attrs.evolve(scenario, terms=attrs.evolve(scenario.terms, **changes))


def none_is_more(pay: list[Decimal], than: list[Decimal]) -> bool:
    return all(less <= more for less, more in zip(pay, than, strict=True))


@costly
@given(pay_scenarios())
def test_the_steps_sum_to_the_pay_which_is_whole_and_never_negative(scenario: PayScenario) -> None:
    for slip in scenario.payslips():
        assert sum(step.change for step in slip.steps) == slip.paid == slip.base + slip.variable
        assert min(slip.base, slip.variable) >= 0
        for amount in (slip.base, slip.variable, *(step.change for step in slip.steps)):
            assert amount % scenario.terms.smallest_unit == 0
        for step in slip.steps:
            assert abs(step.change) <= step.amount
            assert step.provision == scenario.terms.provisions.get(step.reads)


@costly
@given(pay_scenarios())
def test_every_month_is_paid_once(scenario: PayScenario) -> None:
    slips = scenario.payslips()
    earned = {
        name: sum(step.change for slip in slips for step in slip.steps if step.reads == name)
        for name in ("base", "variable")
    }
    assert earned["base"] == sum(pay.base for pay in scenario.pay)
    assert len({slip.period for slip in slips}) == len(slips)
    if scenario.terms.cut_from is CutFrom.VARIABLE:
        assert sum(slip.base for slip in slips) == earned["base"]
    assert sum(slip.variable for slip in slips) <= earned["variable"]


@costly
@given(pay_scenarios(), consequences_in_force())
def test_another_consequence_never_raises_pay(scenario: PayScenario, another: InForce) -> None:
    more = attrs.evolve(scenario, in_force=(*scenario.in_force, another))
    assert none_is_more(paid(more), than=paid(scenario))


@costly
@given(pay_scenarios(), st.integers(0, 100))
def test_neither_more_money_a_point_nor_another_appraisal_raises_pay(
    scenario: PayScenario, more: int
) -> None:
    raised = terms(scenario, per_point=(scenario.terms.per_point or 0) + more)
    assert none_is_more(paid(raised), than=paid(scenario))
    fewer = attrs.evolve(scenario, appraisals=scenario.appraisals[1:])
    assert none_is_more(paid(scenario), than=paid(fewer))


@costly
@given(pay_scenarios())
def test_a_lower_share_never_raises_pay(scenario: PayScenario) -> None:
    lower = {id: share / 2 for id, share in scenario.terms.coefficients.items()}
    lower = {id: share.quantize(Decimal("0.0001"), "ROUND_DOWN") for id, share in lower.items()}
    assert none_is_more(paid(terms(scenario, coefficients=lower)), than=paid(scenario))


@costly
@given(pay_scenarios())
def test_the_heaviest_alone_leaves_most_and_the_sum_least(scenario: PayScenario) -> None:
    heaviest, in_turn, added = (
        paid(terms(scenario, meeting=meeting))
        for meeting in (MeetingCuts.HEAVIEST, MeetingCuts.IN_TURN, MeetingCuts.SUM)
    )
    assert none_is_more(in_turn, than=heaviest)
    assert none_is_more(added, than=in_turn)


@costly
@given(pay_scenarios())
def test_base_pay_keeps_its_least_share_to_the_last_unit(scenario: PayScenario) -> None:
    share, unit = scenario.terms.least_base_share, scenario.terms.smallest_unit
    free = terms(scenario, least_base_share=None).payslips()
    for slip, unbounded in zip(scenario.payslips(), free, strict=True):
        if share is None:
            assert slip == unbounded
            continue
        assert slip.base >= share * slip.paid
        if slip.variable != unbounded.variable:
            # A unit more would be too much.
            assert slip.base < share * (slip.paid + unit)


@costly
@given(pay_scenarios())
def test_the_order_of_what_is_given_changes_nothing(scenario: PayScenario) -> None:
    turned = attrs.evolve(
        scenario,
        pay=scenario.pay[::-1],
        appraisals=scenario.appraisals[::-1],
        grades=scenario.grades[::-1],
        in_force=scenario.in_force[::-1],
    )
    assert turned.payslips() == scenario.payslips()


@costly
@given(pay_scenarios())
def test_decoding_undoes_encoding_and_every_language_has_its_own_words(
    scenario: PayScenario,
) -> None:
    assert decode(encode(scenario.terms), PayTerms) == scenario.terms
    for slip in scenario.payslips():
        assert decode(encode(slip), Payslip) == slip
        assert len({slip.explain(language) for language in LANGUAGES}) == len(LANGUAGES)
