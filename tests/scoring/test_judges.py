"""Judges: what a case remembers of its judgement changes no answer."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from cmappraisal import ERROR_POINTS, Appraisal, Ledger, Multiply, Policy, Tenure, score_all
from cmappraisal.scoring import Judgement, stages
from cmappraisal.standards import Responsibility
from worked_cases import TEXT, YEAR, book, found, ledger_of, pipeline_of, rule

TWICE, THRICE = Policy(floor=7), Policy(floor=7, aggravation=Multiply(3))


def points_of(ledger: Ledger, policy: Policy, **given: Any) -> dict[str, str]:
    made = score_all(ledger, ERROR_POINTS, YEAR, policy=policy, **given)
    return {id: str(appraisal.points) for id, appraisal in made.items()}


def remembered_of(ledger: Ledger) -> object:
    return ledger.case("a").remembered


def risky() -> Ledger:
    return ledger_of([found("a", "3.2b", circumstances=["risk"]), found("b", "2.1")])


def test_a_case_remembers_its_judgement_under_the_policy_it_was_scored_by_last() -> None:
    ledger = risky()
    assert remembered_of(ledger) is None
    for policy, points in ((TWICE, "21"), (THRICE, "31"), (TWICE, "21"), (TWICE, "21")):
        # The first time it is judged, and from the next time on it is remembered.
        assert [points_of(ledger, policy) for _ in range(2)] == [{"RM-01": points}] * 2
        judgement = remembered_of(ledger)
        assert isinstance(judgement, Judgement)
        assert judgement in pipeline_of(policy=policy).kept.values()
        assert judgement.terms is pipeline_of(policy=policy).closing


def test_a_case_remembers_nothing_that_is_not_kept_anyhow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, "_KEPT_JUDGEMENTS", 0)
    ledger, policy = risky(), Policy(floor=8)
    assert [points_of(ledger, policy) for _ in range(2)] == [{"RM-01": "21"}] * 2
    assert remembered_of(ledger) is None


def test_what_a_superior_answers_with_is_not_remembered_as_the_doers() -> None:
    shared = rule("1", 6, responsible=[Responsibility("head", TEXT, weight=Multiply("0.5"))])
    people = [Tenure("RM-01", "north"), Tenure("H-1", "north", role="head")]
    ledger = ledger_of([found("a", "1")])

    def made() -> dict[str, str]:
        scored = score_all(ledger, book(shared), YEAR, people=people)
        return {id: str(appraisal.points) for id, appraisal in scored.items()}

    assert [made() for _ in range(3)] == [{"H-1": "3", "RM-01": "6"}] * 3


def test_threads_that_score_one_ledger_by_other_policies_get_their_own_answers() -> None:
    rules = ("1.1", "2.1", "2.2", "2.3", "3.2b")
    ledger = ledger_of(
        found(f"V-{n}", rules[n % 5], incident=f"I-{n // 3}", circumstances=["risk"])
        for n in range(100)
    )
    policies = [Policy(floor=9, aggravation=Multiply(n)) for n in (1, 2, 3)]

    def scored(policy: Policy) -> dict[str, Appraisal]:
        return score_all(ledger, ERROR_POINTS, YEAR, policy=policy)

    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(scored, policies * 20))
    assert made == list(map(scored, policies)) * 20
