"""However an appraisal is made, it is the same."""

import contextlib
import copy
import decimal
import pickle

import attrs
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import LANGUAGES, AppraisalError, Ledger, Policy, rescore
from cmappraisal.interop.strategies import Scenario, policies, scenarios
from cmappraisal.points import plain
from cmappraisal.scoring.audits import disagreements
from costly import costly


@given(scenarios(), st.sampled_from(["RM-01", "RM-98"]))
def test_the_tally_agrees_with_the_appraisals(scenario: Scenario, manager: str) -> None:
    totals = scenario.totals()
    points = {id: appraisal.points for id, appraisal in scenario.appraisals().items()}
    assert dict(totals) == points
    assert list(totals) == list(points) == sorted(points)
    with_one_more = scenario.totals([manager])
    assert dict(with_one_more) == {manager: decimal.Decimal(0)} | dict(totals)


@costly
@given(scenarios(), policies())
def test_what_was_scored_before_changes_no_answer(scenario: Scenario, policy: Policy) -> None:
    """What is kept of a scoring, by the pipeline or by a case, is what would be made anew."""
    anew = attrs.evolve(scenario, ledger=Ledger(scenario.ledger))
    first = scenario.appraisals()
    with contextlib.suppress(AppraisalError):
        attrs.evolve(scenario, policy=policy).appraisals()
    assert scenario.appraisals() == first == anew.appraisals()
    assert scenario.totals() == {id: appraisal.points for id, appraisal in first.items()}


@given(scenarios())
def test_an_appraisal_comes_out_again_of_its_ledger_and_agrees_with_itself(
    scenario: Scenario,
) -> None:
    for appraisal in scenario.appraisals().values():
        assert rescore(appraisal, scenario.ledger, people=scenario.people) == appraisal
        assert list(disagreements(appraisal)) == []


@costly
@given(
    scenarios(),
    st.builds(
        decimal.Context,
        prec=st.integers(1, 60),
        rounding=st.sampled_from([decimal.ROUND_UP, decimal.ROUND_FLOOR]),
        traps=st.sampled_from([[], [decimal.Inexact, decimal.Rounded, decimal.Subnormal]]),
    ),
)
def test_the_callers_decimal_context_changes_nothing(
    scenario: Scenario, context: decimal.Context
) -> None:
    appraisals = scenario.appraisals()
    texts = [appraisal.explain() for appraisal in appraisals.values()]
    with decimal.localcontext(context):
        again = scenario.appraisals()
        texts_again = [appraisal.explain() for appraisal in again.values()]
        totals = scenario.totals()
    assert again == appraisals
    assert texts_again == texts
    assert dict(totals) == {id: appraisal.points for id, appraisal in appraisals.items()}


@costly
@given(scenarios())
def test_values_survive_pickling_and_copying(scenario: Scenario) -> None:
    appraisals = scenario.appraisals()
    totals = scenario.totals()
    for value in (scenario.standard, scenario.policy, scenario.ledger, appraisals, totals):
        assert pickle.loads(pickle.dumps(value)) == value
        assert copy.deepcopy(value) == value


@given(scenarios())
def test_every_language_has_every_line_and_the_total(scenario: Scenario) -> None:
    for appraisal in scenario.appraisals().values():
        for language in LANGUAGES:
            text = appraisal.explain(language)
            assert plain(appraisal.points) in text
            for line in appraisal.lines:
                assert line.violation.id in text
                assert line.violation.occurred_on.isoformat() in text
                rule = appraisal.rulebook_of(line)[line.violation.rule]
                assert rule.text.in_language(language) in text
            assert text.isascii() or text.encode()
            assert not {"\x00", "\r", "\u2028", "\u202e"} & set(text)
