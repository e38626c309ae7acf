"""Rankings: the highest score first, those revoked last, ties said."""

from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given

from cmappraisal import (
    Appraisal,
    FieldError,
    Period,
    Policy,
    Rank,
    RevokedResult,
    ranking,
    score_all,
)
from cmappraisal.accounts import Qualification
from cmappraisal.interop.strategies import Scenario, scenarios
from cmappraisal.standards import Consequence, Status
from worked_cases import TEXT, book, found, ledger_of, rule

YEAR = Period.year(2025)
OUT = Consequence("out", TEXT, status=Status.REVOKED)
BOOK = book(rule("1", 5), rule("2", None, consequences=["out"]), consequences=[OUT])


def appraisals(*acts: Any, policy: Policy | None = None) -> list[Appraisal]:
    made = score_all(
        ledger_of(acts), BOOK, YEAR, policy=policy or Policy(), managers=["A", "B", "C", "D"]
    )
    return list(made.values())


def ranked(*acts: Any, policy: Policy | None = None) -> list[tuple[int, str, tuple[str, ...]]]:
    made = appraisals(*acts, policy=policy)
    ranks = ranking(made)
    assert ranking(reversed(made)) == ranks
    return [(rank.place, rank.manager, rank.tied_with) for rank in ranks]


def test_the_highest_score_comes_first_and_who_is_tied_shares_a_place() -> None:
    acts = [found("a", "1", manager="A", quantity=2), found("b", "1", manager="C")]
    assert ranked(*acts) == [(1, "B", ("D",)), (1, "D", ("B",)), (3, "C", ()), (4, "A", ())]


@pytest.mark.parametrize("result", RevokedResult)
def test_whoever_is_revoked_comes_last_whatever_the_score(result: RevokedResult) -> None:
    acts = [found("a", "2", manager="A"), found("b", "1", manager="B", quantity=3)]
    policy = Policy(revoked_result=result)
    assert [manager for _, manager, _ in ranked(*acts, policy=policy)] == ["C", "D", "B", "A"]


def test_what_holds_by_thresholds_counts_where_it_is_given() -> None:
    made = appraisals(found("a", "2", manager="A"))
    day = date(2025, 12, 31)
    held = [
        Qualification("A", day),
        Qualification("B", day, status="suspended", since=day, until=date(2026, 1, 31)),
        Qualification("C", day, status="revoked", since=day),
        Qualification("Z", day, status="revoked", since=day),
    ]
    ranks = ranking(made, qualifications=held)
    assert [(rank.manager, rank.status.value, rank.until) for rank in ranks] == [
        ("B", "suspended", date(2026, 1, 31)),
        ("D", "qualified", None),
        ("A", "qualified", None),
        ("C", "revoked", None),
    ]
    unfit: list[Any] = [5, [Qualification("A", day)] * 2]
    for wrong in unfit:
        with pytest.raises(FieldError, match=r"qualifications is .*of one manager each"):
            ranking(made, qualifications=wrong)


def test_without_a_score_the_fewest_points_come_first() -> None:
    acts = [found("a", "1", manager="A"), found("b", "1", manager="B", quantity=2)]
    without = Policy(full_marks=None)
    assert ranked(*acts, policy=without) == [
        (1, "C", ("D",)),
        (1, "D", ("C",)),
        (3, "A", ()),
        (4, "B", ()),
    ]


def test_whoever_has_a_score_comes_before_whoever_has_none() -> None:
    with_score, *_ = appraisals(found("a", "1", manager="A", quantity=2))
    without, *_ = appraisals(found("a", "1", manager="A"), policy=Policy(full_marks=None))
    ranks = ranking([attrs.evolve(without, manager="B", lines=[]), with_score])
    assert [(rank.manager, rank.score) for rank in ranks] == [("A", 90), ("B", None)]


def test_two_at_the_floor_are_tied() -> None:
    acts = [
        found("a", "1", manager="A", quantity=50),
        found("b", "1", manager="B", quantity=60),
    ]
    assert ranked(*acts)[2:] == [(3, "A", ("B",)), (3, "B", ("A",))]


@given(scenarios())
def test_everybody_has_one_rank_in_order(scenario: Scenario) -> None:
    made = scenario.appraisals()
    ranks = ranking(made.values())
    assert sorted(rank.manager for rank in ranks) == list(made)
    places = [rank.place for rank in ranks]
    assert places == sorted(places)
    for rank in ranks:
        before = sum(1 for other in ranks if other.place < rank.place)
        assert rank.place == before + 1
        same = {other.manager for other in ranks if other.place == rank.place}
        assert set(rank.tied_with) == same - {rank.manager}
        appraisal = made[rank.manager]
        assert (rank.points, rank.score) == (appraisal.points, appraisal.score)
        assert rank.incomplete == appraisal.incomplete
    revoked = [rank.revoked for rank in ranks]
    assert revoked == sorted(revoked)


@pytest.mark.parametrize(
    ("wrong", "shown"), [(5, "5"), ([5], r"\(5,\)"), (None, "None"), ("A", "'A'")]
)
def test_what_cannot_be_ranked_is_rejected(wrong: Any, shown: str) -> None:
    expected = rf"^ranking: appraisals is {shown}; allowed: a list of Appraisal$"
    with pytest.raises(FieldError, match=expected):
        ranking(wrong)
    assert ranking([]) == ()


def test_a_rank_reports_every_field_that_does_not_fit() -> None:
    wrong: dict[str, Any] = {"points": 1, "score": 1, "status": 3, "until": 4}
    wrong |= {"tied_with": 5, "incomplete": 6}
    with pytest.raises(FieldError) as caught:
        Rank(0, "", **wrong)
    paths = [f"$.{field.name}" for field in attrs.fields(Rank)]
    assert [problem.path for problem in caught.value.problems] == paths
