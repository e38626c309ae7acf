"""Comparisons, sensitivities and decisive reversals as text, in three languages."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest

from cmappraisal import (
    ERROR_POINTS,
    LANGUAGES,
    Assessed,
    Concurrence,
    FieldError,
    Grade,
    Language,
    LanguageError,
    Ledger,
    Multiply,
    Policy,
    Reconsideration,
    Rule,
    Text,
)
from cmappraisal.comparison import (
    Comparison,
    DecisiveReversals,
    Sensitivity,
    Situation,
    compare,
    decisive,
    explain_comparison,
    explain_decisive,
    explain_sensitivity,
    sensitivity,
)
from cmappraisal.standards import (
    Again,
    Award,
    Cap,
    Clause,
    Consequence,
    Over,
    Span,
    Thresholds,
    Unit,
)
from worked_cases import NOON, TEXT, YEAR, book, found, honoured, i, ledger_of, rule

GRADES = (Grade("A", at_least=85, below=None), Grade("B", at_least=0, below=85))
RECORDED: dict[str, Any] = {"recorded_on": date(2025, 3, 4)}

# A comparison with everything that a step can say.

AWARD = Rule("5", TEXT, award=Award(2, Unit.OCCURRENCE), citation="5")
CAP = Clause("G", TEXT, citation="9", cap=Cap(12, over=Over.PERIOD))
OLD = Situation(
    ledger_of([found("a", "3.14", circumstances=["serious"], **RECORDED)]),
    ERROR_POINTS,
    period=YEAR,
    manager="RM-01",
    policy=Policy(grades=GRADES),
)
CAPPED = Situation(
    ledger_of([found("a", "1")]),
    book(rule("1", 10), AWARD, clauses=[CAP]),
    period=YEAR,
    manager="RM-01",
    policy=Policy(grades=GRADES),
)
COMPARISON = compare(
    CAPPED,
    attrs.evolve(
        CAPPED,
        ledger=ledger_of([found("a", "1"), found("b", "1"), honoured("m", "5")]),
        policy=Policy(grades=GRADES, concurrence=Concurrence.CUMULATIVE, aggravation=Multiply(3)),
    ),
)
REVOKED = compare(OLD, attrs.evolve(OLD, ledger=ledger_of([found("a", "3.14")])))

# A sensitivity with what decides, what cannot be, and what is answered.

ANSWERING = Clause(
    "G",
    TEXT,
    citation="9",
    answers={
        name: getattr(Policy(), name)
        for name in (
            *("unstated_unit", "reconsideration", "rounding", "counted_on"),
            *("governing_edition", "awards", "displacement", "discretion"),
        )
    },
)
ENDLESS = (Grade("A", at_least=85, below=None), Grade("B", at_least=None, below=85))
SITUATION = Situation(
    ledger_of([i("a", "1", circumstances=["risk"]), i("b", "2")]),
    book(
        rule("1", 10, aggravated_by=["risk"]),
        rule("2", 5),
        circumstances=["risk"],
        clauses=[ANSWERING],
    ),
    period=YEAR,
    manager="RM-01",
    policy=Policy(grades=ENDLESS, floor=None),
)
SENSITIVITY = sensitivity(SITUATION, {"aggravation": [Multiply(1), Assessed()]})

# Decisive reversals with an open appeal, and with a set without which nothing can be scored.

AGAIN = Again({2: Multiply(2)}, within=Span(months=24))
LEDGER = (
    ledger_of([found("z", "1", occurred_on=date(2024, 5, 2)), found("a", "1"), found("b", "2")])
    .appeal("a", at=NOON, grounds="less")
    .decide("a", at=NOON, reason="less", points=15)
    .appeal("b", at=NOON + timedelta(1), grounds="not mine")
)
DECIDING = Situation(
    LEDGER,
    book(rule("1", 10, again=AGAIN), rule("2", 10)),
    period=YEAR,
    manager="RM-01",
    policy=Policy(grades=GRADES, reconsideration=Reconsideration.NOT_HEAVIER),
)
DECISIVE = decisive(DECIDING)
EMPTY = decisive(attrs.evolve(DECIDING, ledger=Ledger()))
VALUES = {
    "comparison": COMPARISON,
    "revoked": REVOKED,
    "sensitivity": SENSITIVITY,
    "nothing-decides": sensitivity(attrs.evolve(SITUATION, ledger=Ledger())),
    "decisive": DECISIVE,
    "nothing-considered": EMPTY,
}
REPORT_OF: dict[type, Any] = {
    Comparison: explain_comparison,
    Sensitivity: explain_sensitivity,
    DecisiveReversals: explain_decisive,
}
RENDERED = Path(__file__).parent / "rendered"


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_reads_as_it_was_read_through(name: str, language: Language) -> None:
    value = VALUES[name]
    expected = (RENDERED / f"{name}.{language}.txt").read_text(encoding="utf-8")
    assert REPORT_OF[type(value)](value, language) == expected


def test_english_is_the_language_where_none_is_given() -> None:
    for value in VALUES.values():
        report = REPORT_OF[type(value)]
        assert report(value) == report(value, "en")


def test_equal_situations_do_not_differ() -> None:
    lines = explain_comparison(compare(OLD, OLD)).splitlines()
    assert lines[-1] == "The situations do not differ."


GOOD = Grade("good", Text("良好", "良好", en="well done"), at_least=85, below=None)
POOR = Grade("poor", Text("欠佳", "欠佳", en="to do better"), at_least=0, below=85)
TALK = Consequence("talk", Text("約談", "约谈", en="a talk"))
TALKING = Situation(
    ledger_of([found("a", "1"), found("b", "1")]),
    book(
        rule("1", 10),
        consequences=[TALK],
        clauses=[Clause("T", TEXT, citation="9", thresholds=Thresholds({20: "talk"}))],
    ),
    period=YEAR,
    manager="RM-01",
    policy=Policy(grades=[GOOD, POOR]),
)
FEWER = compare(TALKING, attrs.evolve(TALKING, ledger=ledger_of([found("a", "1")])))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-Hant", "等級由 欠佳 變為 良好、後續處理由 約談 變為 無"),
        ("zh-Hans", "等级由 欠佳 变为 良好、后续处理由 约谈 变为 无"),
        ("en", "grade from to do better to well done, what follows from a talk to none"),
    ],
)
def test_grades_and_what_follows_are_said_in_words(language: Language, words: str) -> None:
    assert words in explain_comparison(FEWER, language)
    assert words in explain_decisive(decisive(TALKING), language)
    reverted = sensitivity(TALKING, {"aggravation": [Multiply(3)]})
    text = explain_sensitivity(reverted, language)
    assert POOR.text.in_language(language) in text
    assert TALK.text.in_language(language) in text
    assert "poor" not in text
    assert "talk [" not in text


def test_what_nothing_declares_is_said_by_its_id() -> None:
    undeclared = attrs.evolve(FEWER, grades=[], consequences=[])
    assert "等級由 poor 變為 good、後續處理由 talk 變為 無" in explain_comparison(
        undeclared, "zh-Hant"
    )


def test_a_comparison_holds_what_its_results_name_alone() -> None:
    assert (FEWER.grades, FEWER.consequences) == ((GOOD, POOR), (TALK,))
    same = compare(TALKING, TALKING)
    assert (same.grades, same.consequences) == ((POOR,), (TALK,))


def test_of_two_wordings_the_later_is_said() -> None:
    other = attrs.evolve(POOR, text=Text("待改進", "待改进", en="to improve"))
    changed = compare(TALKING, attrs.evolve(TALKING, policy=Policy(grades=[GOOD, other])))
    assert changed.grades == (other,)


def test_grades_that_are_tried_are_said_in_words() -> None:
    all_of = [Grade("fair", Text("尚可", "尚可", en="fair enough"), at_least=0, below=None)]
    tried = sensitivity(TALKING, {"grades": [all_of]})
    assert "等級由 欠佳 變為 尚可" in explain_sensitivity(tried, "zh-Hant")


def test_a_change_that_revokes_says_so() -> None:
    back = compare(attrs.evolve(OLD, ledger=ledger_of([found("a", "3.14")])), OLD)
    assert "violation a: from 30 to 30; now it revokes the qualification" in explain_comparison(
        back
    )


@pytest.mark.parametrize("report", REPORT_OF.values())
def test_what_is_no_result_and_no_language_is_rejected(report: Any) -> None:
    for wrong in (5, None, [COMPARISON]):
        with pytest.raises(FieldError, match=r"allowed: a (Comparison|Sensitivity|Decisive)"):
            report(wrong)
    for value in VALUES.values():
        if REPORT_OF[type(value)] is report:
            with pytest.raises(LanguageError):
                report(value, "fr")
