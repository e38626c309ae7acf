"""Qualifications in words: in letters, cards and rankings, in three languages."""

from datetime import date
from typing import Any

import pytest

from cmappraisal import (
    Appraisal,
    FieldError,
    Language,
    Period,
    explain,
    explain_ranking,
    ranking,
    score,
    score_card,
)
from cmappraisal.accounts import Qualification
from cmappraisal.reports.qualifications import qualification_in_words
from cmappraisal.standards import Consequence, Status
from worked_cases import TEXT, book, found, ledger_of, rule

BOOK = book(
    rule("1", 5, consequences=["rest"]),
    rule("2", 5, consequences=["rest", "out"]),
    rule("3", 5),
    consequences=[
        Consequence("out", TEXT, status="revoked"),
        Consequence("rest", TEXT, status="suspended", days=30),
    ],
)
DAY = date(2025, 12, 31)
MARCH, JANUARY = date(2025, 3, 10), date(2026, 1, 8)
SUSPENDED = Qualification(
    "RM-01", DAY, status="suspended", since=MARCH, until=JANUARY, because_of=["a", "b"]
)
REVOKED = Qualification("RM-01", DAY, status="revoked", since=MARCH, because_of=["a"])


def appraised(*rules: str) -> Appraisal:
    acts = [found(f"v-{place}", rule) for place, rule in enumerate(rules)]
    return score(ledger_of(acts), BOOK, Period.year(2025), manager="RM-01")


@pytest.mark.parametrize(
    ("rules", "status", "losses", "said"),
    [
        ((), "qualified", {}, "Qualification: kept"),
        (("3",), "qualified", {}, "Qualification: kept"),
        (("3", "1"), "suspended", {"v-1": "suspended"}, "Qualification: suspended by v-1"),
        (
            ("1", "2", "1"),
            "revoked",
            {"v-0": "suspended", "v-1": "revoked", "v-2": "suspended"},
            "Qualification: revoked by v-1",
        ),
    ],
)
def test_an_appraisal_says_what_its_violations_lead_to(
    rules: tuple[str, ...], status: str, losses: dict[str, str], said: str
) -> None:
    made = appraised(*rules)
    assert made.status is Status(status)
    assert made.revoked is (made.status is Status.REVOKED)
    assert {id: each.value for id, each in made.losses.items()} == losses
    assert said in explain(made).splitlines()


@pytest.mark.parametrize(
    ("language", "suspended", "revoked", "named"),
    [
        (
            "en",
            "suspended from 2025-03-10 to 2026-01-08 by a, b",
            "revoked since 2025-03-10 by a",
            "Qualification on 2025-12-31: {}",
        ),
        (
            "zh-Hant",
            "自 2025-03-10 起暫停，至 2026-01-08 止（違規 a、b）",
            "自 2025-03-10 起取消（違規 a）",
            "2025-12-31 的客戶經理資格：{}",
        ),
        (
            "zh-Hans",
            "自 2025-03-10 起暂停，至 2026-01-08 止（违规 a、b）",
            "自 2025-03-10 起取消（违规 a）",
            "2025-12-31 的客户经理资格：{}",
        ),
    ],
)
def test_what_holds_on_a_day_is_said(
    language: Language, suspended: str, revoked: str, named: str
) -> None:
    assert qualification_in_words(SUSPENDED, language) == suspended
    assert qualification_in_words(REVOKED, language) == revoked
    for qualification, said in ((SUSPENDED, suspended), (REVOKED, revoked)):
        letter = explain(appraised("1"), language, qualification=qualification)
        assert named.format(said) in letter.splitlines()


def test_a_card_and_a_ranking_say_it_in_short() -> None:
    made = appraised("3")
    card = score_card(made, qualification=SUSPENDED)
    assert "<dt>Qualification on 2025-12-31</dt>" in card
    assert "</span>suspended until 2026-01-08</span>" in card
    assert 'class="lost"' in card
    assert 'class="lost"' not in score_card(made)
    ranks = ranking([made], qualifications=[SUSPENDED])
    expected = "1. RM-01: score 95, 5 error points; suspended until 2026-01-08\n"
    assert explain_ranking(ranks).endswith(expected)
    assert explain_ranking(ranking([appraised("1")])).endswith("5 error points; suspended\n")


@pytest.mark.parametrize("wrong", [5, Qualification("RM-02", DAY)])
@pytest.mark.parametrize("report", [explain, score_card])
def test_it_has_to_be_of_the_manager(report: Any, wrong: Any) -> None:
    with pytest.raises(FieldError, match=r"qualification is .*allowed: None, or that of 'RM-01'"):
        report(appraised(), qualification=wrong)
