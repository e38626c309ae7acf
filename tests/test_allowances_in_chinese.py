"""Allowances in Chinese: the table has each phrase with which the library says what is allowed."""

import re
from typing import Any

import pytest

from allowances import phrases
from cmappraisal.allowance_wordings import IDS, PHRASES, Phrase
from cmappraisal.allowances_in_chinese import allowance, pattern_of
from cmappraisal.fields import MAXIMUM_ID_LENGTH, identifier_allowed
from english import english_in

# What the source makes of texts that are known only where a problem is found.
PARTS = re.compile(
    "7+|(None, or |a )?7(, or None|, or .* such)?|.*; 7|7 with 7|.*list of 7(, none .*)?"
    "|grounds|reason"
)
ELSEWHERE = (
    "CountedOn.RECORDED",
    "CountedOn.FOUND or CountedOn.RECORDED",
    "MO, TU, WE, TH, FR, SA, SU",
    "zh-Hant, zh-Hans, en",
    '"rule"',
    'Over.RULE or "rule", Over.PART or "part"',
    "a Period, or None",
    "violation or merit",
    "a column of text",
    "a column of text, or whole numbers",
    "a column of numbers, or text",
    "a column of whole numbers",
    "a column of days, or moments without a time zone",
    "a column of true or false",
    "a Result, or an iterable of or a mapping to such",
    "COUNT with a number from 1 to 1000",
    "a table [[cases]] for each case",
    "None, or the id of a room of the schedule",
    'what is due from "RM-01"',
    "one tenure at a time; let the one that begins before the other end the day before it",
    *(identifier_allowed(id) for id in ("", "a\u200bb", "\uff21")),
)
"""What is allowed where the source alone does not tell it."""


def test_what_is_allowed_is_said_in_chinese_wherever_it_is_checked() -> None:
    found = {*ELSEWHERE, *(phrase for phrase in phrases() if not PARTS.fullmatch(phrase))}
    assert len(found) > 300
    assert {phrase for phrase in found if allowance(phrase) is None} == set()


def test_no_phrase_is_there_that_nothing_says() -> None:
    found = [text.removeprefix("None, or ") for text in (*ELSEWHERE, *phrases())] + list(phrases())
    patterns = {phrase.en: pattern_of(phrase.en)[0] for phrase in PHRASES}
    idle = {en for en, pattern in patterns.items() if not any(map(pattern.fullmatch, found))}
    assert idle == set()


def test_no_english_is_left_in_what_is_allowed() -> None:
    left = {
        said: words
        for phrase in (*ELSEWHERE, *phrases())
        for said in allowance(phrase) or ()
        if (words := english_in(said))
    }
    assert left == {}


@pytest.mark.parametrize("phrase", [*IDS, *PHRASES], ids=lambda phrase: phrase.en)
def test_each_phrase_has_its_places_in_each_kind_of_chinese(phrase: Phrase) -> None:
    places = {f"{{{place}}}" for place in range(len(re.findall(r"\{\w+\}", phrase.en)))}
    for said in (phrase.zh_hant, phrase.zh_hans):
        assert set(re.findall(r"\{\d\}", said)) == places
    assert phrase.zh_hant.encode("big5")
    assert phrase.zh_hans.encode("gb2312")


def test_the_phrases_are_each_there_once() -> None:
    assert len({phrase.en for phrase in PHRASES}) == len(PHRASES)


@pytest.mark.parametrize(
    ("allowed", "hant", "hans"),
    [
        ("an int from 1 to 12", "1 至 12 的整數", "1 至 12 的整数"),
        (
            "None, or an int from 1",
            "None（留空）或 1 或以上的整數",
            "None（留空）或 1 或以上的整数",
        ),
        ("a Provision or an Assumption", "Provision 或 Assumption", "Provision 或 Assumption"),
        ("a list of Tenure and Milestone", "Tenure、Milestone 的列表", "Tenure、Milestone 的列表"),
        (
            'Over.RULE or "rule", Over.PART or "part"',
            "下列之一：rule、part",
            "下列之一：rule、part",
        ),
        ('"rule"', '"rule"', '"rule"'),
        ('"rule", "part"', "下列之一：rule、part", "下列之一：rule、part"),
        (
            "a non-empty list of course ids, none of them twice",
            "至少一項的課程編號列表，不可重複",
            "至少一项的课程编号列表，不可重复",
        ),
        (
            "BYMONTH with months from 1 to 12",
            "BYMONTH，其值為 1 至 12 月",
            "BYMONTH，其值为 1 至 12 月",
        ),
    ],
)
def test_a_phrase_is_made_of_others(allowed: str, hant: str, hans: str) -> None:
    assert allowance(allowed) == (hant, hans)


def test_what_no_phrase_says_is_not_said() -> None:
    assert allowance("whatever you like") is None
    assert allowance("None, or whatever you like") is None


@pytest.mark.parametrize("id", ["a\u200bb", "ﬁx", " a", "", 5, "a" * (MAXIMUM_ID_LENGTH + 1)])
def test_what_keeps_an_id_from_being_one_is_said(id: Any) -> None:
    said = allowance(identifier_allowed(id))
    assert said is not None
    assert said[0].startswith("編號：一行之內、最多 200 個字元的文字（NFKC），首尾沒有空格")
