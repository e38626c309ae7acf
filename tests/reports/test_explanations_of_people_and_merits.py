"""Explanations of a standard with merits and with heads who answer: what a letter says of both."""

from datetime import UTC, date, datetime

import pytest

from cmappraisal import (
    Appraisal,
    AwardEffect,
    Language,
    Ledger,
    Merit,
    Multiply,
    Period,
    Policy,
    Rule,
    Rulebook,
    Tenure,
    Text,
    Violation,
    score,
)
from cmappraisal.standards import Award, Cap, Clause, Deduction, Part, Responsibility, Unit

HEAD = Responsibility("head", Text("負責人", "负责人", en="the head"), weight=Multiply("0.5"))
BREACH = Text("違規", "违规", en="A breach")
HONOUR = Text("表彰", "表彰", en="An honour")
AT_MOST = Cap(2, over="period", of="awards")
STANDARD = Rulebook(
    "book",
    "1.0",
    text=Text("標準", "标准", en="Standard"),
    clauses=[
        Clause("head", BREACH, citation="3", responsible=[HEAD]),
        Clause("cap", HONOUR, citation="4", cap=AT_MOST),
    ],
    parts=[
        Part(
            "breaches",
            Text("扣分項", "扣分项", en="Breaches"),
            rules=[Rule("1", BREACH, penalty=Deduction(5, Unit.OCCURRENCE), citation="1")],
        ),
        Part(
            "merits",
            Text("加分項", "加分项", en="Merits"),
            rules=[Rule("2", HONOUR, award=Award(3, Unit.OCCURRENCE), citation="2")],
        ),
    ],
)
AT = datetime(2025, 12, 1, tzinfo=UTC)
LEDGER = (
    Ledger()
    .record(Violation("V-1", "RM-01", rule="1", occurred_on=date(2025, 3, 3)), at=AT)
    .record(Merit("M-1", "RM-01", rule="2", occurred_on=date(2025, 4, 1)), at=AT)
)
PEOPLE = [
    Tenure("RM-01", "north", superior="H-1", first=date(2024, 5, 6)),
    Tenure("H-1", "north", role="head", last=date(2025, 6, 30)),
]


def appraised(manager: str) -> Appraisal:
    return score(LEDGER, STANDARD, Period.year(2025), manager=manager, people=PEOPLE)


@pytest.mark.parametrize(
    ("language", "section"),
    [
        (
            "en",
            "Tenures that say who answers with whom:\n"
            "- H-1: in north, as head, until 2025-06-30\n"
            "- RM-01: in north, under H-1, from 2024-05-06\n",
        ),
        (
            "zh-Hant",
            "據以認定承擔責任的任職：\n"
            "- H-1：屬 north、任 head、至 2025-06-30\n"
            "- RM-01：屬 north、上級 H-1、自 2024-05-06\n",
        ),
        (
            "zh-Hans",
            "据以认定承担责任的任职：\n"
            "- H-1：属 north、任 head、至 2025-06-30\n"
            "- RM-01：属 north、上级 H-1、自 2024-05-06\n",
        ),
    ],
)
def test_who_answers_with_a_doer_reads_by_which_tenures(language: Language, section: str) -> None:
    assert section in appraised("H-1").explain(language)
    assert section.splitlines()[0] not in appraised("RM-01").explain(language)


def test_awards_that_raise_the_score_stand_in_its_arithmetic() -> None:
    raising = Policy(awards=AwardEffect.RAISE_SCORE)
    appraisal = score(LEDGER, STANDARD, Period.year(2025), manager="RM-01", policy=raising)
    assert "Score: 100 - 5 + 2 = 97" in appraisal.explain().splitlines()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "- of merits, the period counts at most 2: 3 - 1 = 2 [standard, item 4]"),
        ("zh-Hant", "- 加分事項：考核期最高計 2：3 - 1 = 2 [標準：第4項]"),
        ("zh-Hans", "- 加分事项：考核期最高计 2：3 - 1 = 2 [标准：第4项]"),
    ],
)
def test_a_cap_of_awards_says_that_it_is_of_merits(language: Language, said: str) -> None:
    assert said in appraised("RM-01").explain(language).splitlines()


@pytest.mark.parametrize(
    ("language", "said", "unsaid"),
    [("en", "Breaches: 5", "Merits: 0"), ("zh-Hant", "扣分項：5", "加分項：0")],
)
def test_a_part_that_only_awards_has_no_sum_of_error_points(
    language: Language, said: str, unsaid: str
) -> None:
    appraisal = appraised("RM-01")
    lines = appraisal.explain(language).splitlines()
    assert said in lines
    assert unsaid not in lines
    assert [subtotal.part for subtotal in appraisal.subtotals] == ["breaches", "merits"]
