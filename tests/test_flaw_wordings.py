"""Flaw wordings: each message is found again by its English, with its values."""

import re

import pytest

from cmappraisal import LANGUAGES, Language
from cmappraisal.flaw_wordings import Flaw, in_language

VALUES = ("3.99", "4", "error-points 1.0", "2025-03-02")


@pytest.mark.parametrize("flaw", Flaw)
def test_a_message_is_said_in_each_language_with_the_same_values(flaw: Flaw) -> None:
    problem = flaw.problem("$.rule", *VALUES)
    assert problem.code is flaw.code
    for language in LANGUAGES:
        wording = flaw.text.in_language(language)
        assert in_language(problem.message, language) == wording.format(*VALUES)
        assert set(re.findall(r"\{\d\}", wording)) == set(re.findall(r"\{\d\}", flaw.text.en))


@pytest.mark.parametrize("flaw", Flaw)
def test_no_message_is_that_of_another_flaw(flaw: Flaw) -> None:
    message = flaw.message(*VALUES)
    assert in_language(message, "zh-Hant") != in_language(message, "en")
    others = [each for each in Flaw if each is not flaw]
    assert all(each.text.en.format(*VALUES) != message for each in others)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh-Hant", "查出日期為 2025-03-01，早於發生日期（2025-03-02）；請按先後填寫"),
        ("zh-Hans", "查出日期为 2025-03-01，早于发生日期（2025-03-02）；请按先后填写"),
    ],
)
def test_words_within_a_message_are_in_the_language_too(language: Language, expected: str) -> None:
    message = Flaw.DAYS_OUT_OF_ORDER.message("found_on", "2025-03-01", "occurred_on", "2025-03-02")
    assert in_language(message, language) == expected


def test_what_is_no_message_of_a_flaw_is_none() -> None:
    assert in_language("the calendar ends on 2026-12-31", "zh-Hans") is None
