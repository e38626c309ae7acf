"""Rankings and sums of groups as text, in three languages."""

from datetime import date
from typing import Any

import pytest

from cmappraisal import (
    Act,
    FieldError,
    Language,
    LanguageError,
    Period,
    Policy,
    Rule,
    Tenure,
    by_group,
    explain_groups,
    explain_ranking,
    ranking,
    score_all,
)
from cmappraisal.reports import ranking_page
from cmappraisal.standards import Award, Consequence, Status, Unit
from worked_cases import TEXT, book, found, honoured, ledger_of, rule

OUT = Consequence("out", TEXT, status=Status.REVOKED)
AWARD = Rule("5", TEXT, award=Award(2, Unit.OCCURRENCE), citation="5")
BOOK = book(rule("1", 5), rule("2", None, consequences=["out"]), AWARD, consequences=[OUT])
ACTS: list[Act] = [
    found("a", "1", manager="A"),
    found("b", "2", manager="B"),
    honoured("m", "5", manager="C"),
]


def made(**policy: Any) -> Any:
    return score_all(
        ledger_of(ACTS), BOOK, Period.year(2025), managers=["D"], policy=Policy(**policy)
    ).values()


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            "Ranking\n"
            "1. C: score 100, 0 error points; the same result as D\n"
            "1. D: score 100, 0 error points; the same result as C\n"
            "3. A: score 95, 5 error points\n"
            "4. B: 0 error points; revoked, so behind all others\n",
        ),
        (
            "zh-Hant",
            "排名\n"
            "1. C：得分 100，差錯積分 0；與 D 並列\n"
            "1. D：得分 100，差錯積分 0；與 C 並列\n"
            "3. A：得分 95，差錯積分 5\n"
            "4. B：差錯積分 0；資格已取消，排在最後\n",
        ),
        (
            "zh-Hans",
            "排名\n"
            "1. C：得分 100，差错积分 0；与 D 并列\n"
            "1. D：得分 100，差错积分 0；与 C 并列\n"
            "3. A：得分 95，差错积分 5\n"
            "4. B：差错积分 0；资格已取消，排在最后\n",
        ),
    ],
)
def test_a_ranking_says_ties_and_who_comes_last(language: Language, expected: str) -> None:
    assert explain_ranking(ranking(made()), language) == expected
    first, *_ = expected.splitlines()
    assert explain_ranking([], language) == f"{first}\n"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "A: score 100, 0 error points; incomplete, without cases that were erased: a, c"),
        ("zh-Hant", "A：得分 100，差錯積分 0；結果不完整，已銷毀而未計入的個案：a、c"),
        ("zh-Hans", "A：得分 100，差错积分 0；结果不完整，已销毁而未计入的个案：a、c"),
    ],
)
def test_a_ranking_marks_whose_result_is_incomplete(language: Language, expected: str) -> None:
    acts = [found("a", "1", manager="A"), found("b", "1", manager="B")]
    ledger = ledger_of([*acts, found("c", "1", manager="A")]).erase("a").erase("c")
    ranks = ranking(score_all(ledger, BOOK, Period.year(2025)).values())
    _, first, second = explain_ranking(ranks, language).splitlines()
    assert first == f"1. {expected}"
    assert second.startswith("2. B")
    assert "a、c" not in second
    assert expected in ranking_page(ranks, language)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            "Error points by group\n"
            "north: 5 error points, 2 awarded\n"
            "- A: 5 error points\n"
            "- C: 0 error points, 2 awarded\n"
            "in no group: 0 error points\n"
            "- B: 0 error points\n"
            "- D: 0 error points\n",
        ),
        (
            "zh-Hant",
            "各單位差錯積分\n"
            "north：差錯積分 5，加分 2\n"
            "- A：差錯積分 5\n"
            "- C：差錯積分 0，加分 2\n"
            "不屬任何單位：差錯積分 0\n"
            "- B：差錯積分 0\n"
            "- D：差錯積分 0\n",
        ),
        (
            "zh-Hans",
            "各单位差错积分\n"
            "north：差错积分 5，加分 2\n"
            "- A：差错积分 5\n"
            "- C：差错积分 0，加分 2\n"
            "不属任何单位：差错积分 0\n"
            "- B：差错积分 0\n"
            "- D：差错积分 0\n",
        ),
    ],
)
def test_the_sums_of_groups_list_their_members(language: Language, expected: str) -> None:
    people = [Tenure("A", "north", first=date(2025, 1, 1)), Tenure("C", "north")]
    totals = by_group(made(), people)
    assert explain_groups(totals.values(), language) == expected


def test_english_is_the_language_where_none_is_given() -> None:
    assert explain_ranking([]) == "Ranking\n"
    assert explain_groups([]) == "Error points by group\n"


@pytest.mark.parametrize("report", [explain_ranking, explain_groups])
def test_what_is_no_result_and_no_language_is_rejected(report: Any) -> None:
    for wrong in (5, [5], None):
        with pytest.raises(FieldError, match=r"allowed: a list of (Rank|GroupTotal)"):
            report(wrong)
    with pytest.raises(LanguageError):
        report([], "fr")
