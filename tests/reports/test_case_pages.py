"""Case pages: what a case's life says in three languages."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import (
    LANGUAGES,
    Case,
    FieldError,
    LanguageError,
    Ledger,
    Recorded,
    Violation,
)
from cmappraisal.interop import strategies
from cmappraisal.reports import case_page, explain_case
from fragments import HOSTILE, Reader, assert_touches_nothing_else

VIOLATION = Violation("V-1", "RM-01", rule="3.2b", occurred_on=date(2025, 3, 2))


def at(month: int, day: int) -> datetime:
    return datetime(2025, month, day, tzinfo=UTC)


DISPUTED = (
    Ledger()
    .record(VIOLATION, at=at(3, 4), by="HR-1")
    .act("V-1", "notified", on=date(2025, 3, 6), at=at(3, 7))
    .appeal("V-1", at=at(3, 20), grounds="the register\nwas down")
)
LIVED = (
    DISPUTED.decide(
        "V-1",
        at=at(4, 9),
        reason="one half",
        points="2.5",
        money=100,
        effective_on=date(2025, 4, 1),
    )
    .take("V-1", "talk", on=date(2025, 4, 20), at=at(4, 21))
    .case("V-1")
)
TEXT = """\
Case V-1
Relationship manager RM-01; rule 3.2b; happened on 2025-03-02; now: final

What was entered
2025-03-04 recorded
   by HR-1
   then: recorded
2025-03-07 notice received
   done on 2025-03-06
2025-03-20 appeal lodged
   words: the register was down
   then: under appeal
2025-04-09 decided on appeal
   points set to 2.5
   money set to 100
   takes effect on 2025-04-01
   words: one half
   then: final
2025-04-21 talk taken
   done on 2025-04-20
"""


def test_a_case_is_told_entry_by_entry() -> None:
    assert explain_case(LIVED) == TEXT


def test_a_page_says_the_same() -> None:
    page = Reader(case_page(LIVED))
    assert page.texts == [line.strip() for line in TEXT.splitlines() if line]
    assert page.all("div")[0]["aria-label"] == "Case V-1"
    assert LIVED._repr_html_() == case_page(LIVED)


@given(strategies.cases(), st.sampled_from(LANGUAGES))
def test_any_case_is_told_in_each_language(case: Case, language: Any) -> None:
    lines = explain_case(case, language).splitlines()
    entries = [line for line in lines if re.match(r"\d{4}-\d\d-\d\d ", line)]
    assert len(entries) == len(case.history)
    assert_touches_nothing_else(case_page(case, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_its_own_words(language: Any) -> None:
    before = LIVED.as_of(at(3, 31))
    assert before is not None
    said = explain_case(before, language)
    assert bool(re.search("[一-鿿]", said)) == (language != "en")


def test_a_decision_says_what_it_sets_and_nothing_else() -> None:
    for sets, said in (
        ({"points": 2}, ["points set to 2"]),
        ({"money": 100}, ["money set to 100"]),
    ):
        decided: dict[str, Any] = {"reason": "one half", **sets}
        told = explain_case(DISPUTED.decide("V-1", at=at(4, 9), **decided).case("V-1"))
        assert [line.strip() for line in told.splitlines() if " set to " in line] == said


def test_words_that_were_destroyed_are_not_there() -> None:
    told = explain_case(DISPUTED.redact("V-1").case("V-1"))
    assert "(the words were destroyed)" in told
    assert "register" not in told


@pytest.mark.parametrize("told", [explain_case, case_page])
def test_what_is_no_case_is_rejected(told: Any) -> None:
    with pytest.raises(FieldError, match="case is 'V-1'; allowed: a Case"):
        told("V-1")
    with pytest.raises(LanguageError):
        told(LIVED, "fr")


@pytest.mark.parametrize("word", HOSTILE)
def test_a_hostile_word_is_read_back_as_it_is(word: str) -> None:
    page = case_page(Ledger([Recorded(VIOLATION, at=at(3, 4), by=word)]).case("V-1"))
    assert f"by {word}" in Reader(page).texts
    assert_touches_nothing_else(page)
