"""Rendering: what the employee reads, whole, in each language, and safe from what others wrote."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from cmappraisal import (
    ERROR_POINTS,
    LANGUAGES,
    Add,
    Aggravation,
    Appraisal,
    Assessed,
    Effect,
    FieldError,
    Grade,
    Language,
    Ledger,
    Multiply,
    PendingAppeals,
    Period,
    Policy,
    Recorded,
    Rule,
    Rulebook,
    Text,
    UnstatedUnit,
    Violation,
    explain,
    score,
)
from cmappraisal.standards import Circumstance, Citation, Deduction, Part, Referral, Unit

EXPECTED = Path(__file__).with_name("rendered")
NOON = datetime(2025, 12, 30, 12, tzinfo=UTC)
YEAR = Period.year(2025)


def found(id: str, rule: str, day: str = "2025-03-02", **fields: Any) -> Violation:
    return Violation(id, "RM-01", rule=rule, occurred_on=date.fromisoformat(day), **fields)


def appraised(*violations: Violation, appealed: tuple[str, ...] = (), **policy: Any) -> Appraisal:
    ledger = Ledger(Recorded(violation, at=NOON) for violation in violations)
    for id in appealed:
        ledger = ledger.appeal(id, at=NOON, grounds="on leave")
    return score(ledger, ERROR_POINTS, YEAR, manager="RM-01", policy=Policy(**policy), as_of=NOON)


RICH = appraised(
    found("V-01", "1.1", "2025-01-02", circumstances=["severe-effect", "egregious", "serious"]),
    found("V-02", "1.4", "2025-01-03", assessed_points="6.5", note="told\nby telephone"),
    found("V-03", "1.5", "2025-01-04"),
    found("V-04", "1.8", "2025-01-05", quantity=2),
    found("V-05", "1.8", "2025-01-06"),
    found("V-06", "3.15", "2025-01-07", refers_to="3.2b", circumstances=["risk"]),
    found("V-07", "3.17b", "2025-01-08", incident="flat"),
    found("V-08", "3.3", "2025-01-08", incident="flat"),
    found("V-09", "3.18", "2025-01-08", incident="flat"),
    found("V-10", "3.8", "2025-01-08", incident="flat"),
    found("V-11", "4.1a", "2025-01-09", quantity=3),
    appealed=("V-11",),
    aggravation=Add("2.5"),
    unstated_unit=UnstatedUnit.ONCE_A_PERIOD,
    full_marks=60,
    floor=10,
    grades=[Grade("A", at_least=30, below=None), Grade("B", at_least=None, below=30)],
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_appraisal_reads_like_this(language: Language) -> None:
    expected = (EXPECTED / f"{language}.txt").read_text(encoding="utf-8")
    assert explain(RICH, language) == expected


def test_the_example_shows_nearly_every_effect() -> None:
    effects = {step.effect for line in RICH.lines for step in line.steps}
    assert set(Effect) - effects == {Effect.APPEAL_SUSPENDS}


WORDS = {
    Effect.APPEAL_SUSPENDS: {
        "zh-Hant": "申訴中，申訴期間暫不計分 [政策：申訴中的違規（pending_appeals）]",
        "zh-Hans": "申诉中，申诉期间暂不计分 [政策：申诉中的违规（pending_appeals）]",
        "en": "under appeal, the violation does not count meanwhile [policy: pending_appeals]",
    },
    Effect.AGGRAVATED: {
        "zh-Hant": "依第3.4條因給本行帶來風險加重，由評定人核定分值，不低於規定分值：10 + 2.5",
        "zh-Hans": "依第3.4条因给本行带来风险加重，由评定人核定分值，不低于规定分值：10 + 2.5",
        "en": "aggravated under rule 3.4 (risk to the bank), the amount the assessor set, not "
        "below the stated points: 10 + 2.5 = 12.5 [policy: aggravation]",
    },
    Effect.UNIT_ASSUMED: {
        "zh-Hant": "規定分值，未寫明單位，按發生次數計：10 × 3 = 30 [政策：未寫明單位的扣分",
        "zh-Hans": "规定分值，未写明单位，按发生次数计：10 × 3 = 30 [政策：未写明单位的扣分",
        "en": "stated points without a unit, once for each occurrence: 10 × 3 = 30",
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_alternatives_of_the_policy_are_told(language: Language) -> None:
    texts = {
        Effect.APPEAL_SUSPENDS: appraised(
            found("V-1", "2.1"), appealed=("V-1",), pending_appeals=PendingAppeals.SUSPEND
        ),
        Effect.AGGRAVATED: appraised(
            found("V-1", "3.4", circumstances=["risk"], assessed_points="12.5"),
            aggravation=Assessed(),
        ),
        Effect.UNIT_ASSUMED: appraised(
            found("V-1", "1.8", quantity=3), unstated_unit=UnstatedUnit.PER_OCCURRENCE
        ),
    }
    for effect, appraisal in texts.items():
        assert WORDS[effect][language] in explain(appraisal, language)


def test_points_only_has_no_score_and_no_floor() -> None:
    text = explain(appraised(found("V-1", "2.1"), full_marks=None, floor=None))
    assert "Error points in all: 1\nQualification: kept\n" in text
    assert "full marks (the standard has no starting score): none [full_marks]" in text
    assert "the lowest score (the standard has no lower end): none [floor]" in text
    assert "grades (the standard has no bands): none [grades]" in text


def test_nothing_found_is_told() -> None:
    assert "\n\nNo violation stands in the period.\n\n" in explain(appraised())


@pytest.mark.parametrize(
    ("policy", "line"),
    [
        ({}, "Score: 100 - 12.5 = 87.5"),
        ({"floor": 87}, "Score: 100 - 12.5 = 87.5"),
        ({"floor": "87.5"}, "Score: 100 - 12.5 = 87.5"),
        ({"floor": "87.5001"}, "Score: 100 - 12.5, not below 87.5001: 87.5001"),
        ({"full_marks": 10, "floor": None}, "Score: 10 - 12.5 = -2.5"),
        ({"full_marks": 10, "floor": -2}, "Score: 10 - 12.5, not below -2: -2"),
    ],
)
def test_the_score_shows_its_arithmetic_and_the_floor_only_where_it_holds(
    policy: dict[str, Any], line: str
) -> None:
    appraisal = appraised(found("V-1", "1.4", quantity=2, assessed_points="12.5"), **policy)
    assert line in explain(appraisal).splitlines()


@pytest.mark.parametrize(
    ("aggravation", "line"),
    [
        (Multiply(1000), "the points times 1000: 20000000 × 1000 = 20000000000 "),
        (Multiply("1.0001"), "the points times 1.0001: 20000000 × 1.0001 = 20002000 "),
        (Add("0.0001"), "the points plus 0.0001: 20000000 + 0.0001 = 20000000.0001 "),
        (Add(0), "the points plus 0: 20000000 + 0 = 20000000 "),
    ],
)
def test_numbers_are_written_out_without_exponents_or_trailing_zeros(
    aggravation: Aggravation, line: str
) -> None:
    violation = found("V-1", "3.10", quantity=10**6, circumstances=["risk"])
    text = explain(appraised(violation, aggravation=aggravation))
    assert (
        f"   - aggravated under rule 3.10 (risk to the bank), {line}[policy: aggravation]\n" in text
    )


def test_an_amount_set_to_the_stated_points_adds_nothing() -> None:
    violation = found("V-1", "3.4", circumstances=["risk"], assessed_points=10)
    assert ": 10 + 0 = 10 [policy: aggravation]\n" in explain(
        appraised(violation, aggravation=Assessed())
    )


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            "zh-Hant",
            "- 等級（標準：未分等級）：A (90 ≤ …)、B (59.5 ≤ … < 90)、C (… < 59.5) [grades]",
        ),
        (
            "zh-Hans",
            "- 等级（标准：未分等级）：A (90 ≤ …)、B (59.5 ≤ … < 90)、C (… < 59.5) [grades]",
        ),
        (
            "en",
            "- grades (the standard has no bands): "
            "A (90 ≤ …), B (59.5 ≤ … < 90), C (… < 59.5) [grades]",
        ),
    ],
)
def test_each_band_is_told_with_its_edges(language: Language, line: str) -> None:
    grades = [
        Grade("A", at_least=90, below=None),
        Grade("B", at_least="59.50", below=90),
        Grade("C", at_least=None, below="59.50"),
    ]
    assert line in explain(appraised(grades=grades), language).splitlines()


def test_the_moment_is_told_in_its_own_zone_and_whatever_is_known_without_one() -> None:
    moment = NOON.astimezone(timezone(timedelta(hours=8)))
    then = score(Ledger(), ERROR_POINTS, YEAR, manager="RM-01", as_of=moment)
    assert "\n登記截至：2025-12-30 20:00:00+08:00\n" in explain(then, "zh-Hant")
    now = score(Ledger(), ERROR_POINTS, YEAR, manager="RM-01")
    assert "\n所有登記均已計入\n" in explain(now, "zh-Hant")
    assert "\n所有登记均已计入\n" in explain(now, "zh-Hans")
    assert "\nEverything recorded is taken into account\n" in explain(now, "en")


HOSTILE = [
    "{0} {points} %s {line.violation}",
    "a\u00a0b <script>alert(1)</script>",
    "客戶\U0001f600經理",
]
UNSAFE_NOTES = [
    "one\n2. 2025-01-01, violation V-9\nthree",
    "left\u202eright\u2066\u2028next\x00\x1b[31m",
    "{0} {points}",
    "\r\n\t ",
]


def lines_of(appraisal: Appraisal) -> Iterator[list[str]]:
    for language in LANGUAGES:
        yield explain(appraisal, language).splitlines()


@pytest.mark.parametrize("text", HOSTILE)
def test_an_id_comes_out_as_it_is(text: str) -> None:
    hostile = appraised(found(text, "3.2b", incident=text), found("V-2", "3.3", incident=text))
    plain = appraised(found("V-1", "3.2b", incident="I"), found("V-2", "3.3", incident="I"))
    for got, expected in zip(lines_of(hostile), lines_of(plain), strict=True):
        assert len(got) == len(expected)
        assert sum(text in line for line in got) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_braces_come_out_as_they_are_wherever_a_bank_can_write_them(language: Language) -> None:
    odd = [f"{{{number}}} {{points}} {{line.violation}}" for number in range(8)]
    texts = [Text.same(wording) for wording in odd]
    rule = Rule(
        odd[0],
        texts[1],
        penalty=Deduction(2, Unit.OCCURRENCE),
        citation=Citation(1, 1, limb=odd[2]),
        aggravated_by=["odd"],
    )
    referring = Rule("1", texts[3], penalty=Referral(to=[odd[0]]), citation=Citation(1, 2))
    rulebook = Rulebook(
        "odd",
        "{}",
        text=texts[4],
        circumstances=[Circumstance("odd", texts[5])],
        parts=[Part(1, texts[6], rules=[rule, referring])],
    )
    violation = Violation(
        "V-1",
        "{manager}",
        rule="1",
        occurred_on=date(2025, 3, 2),
        circumstances=["odd"],
        refers_to=odd[0],
    )
    policy = Policy(grades=[Grade("odd", texts[7], at_least=None, below=None)])
    ledger = Ledger().record(violation, at=NOON)
    text = score(ledger, rulebook, YEAR, manager="{manager}", policy=policy).explain(language)
    for wording in ("{manager}", "odd {}", *odd):
        assert wording in text


@pytest.mark.parametrize("note", UNSAFE_NOTES)
def test_a_note_cannot_break_out_of_its_line(note: str) -> None:
    noted, plain = appraised(found("V-1", "2.1", note=note)), appraised(found("V-1", "2.1"))
    for got, expected in zip(lines_of(noted), lines_of(plain), strict=True):
        assert len(got) == len(expected) + bool(note.strip())
        assert not set("\u202e\u2066\u2028\x00\x1b") & set("".join(got))
    assert ("{0} {points}" in explain(noted)) == (note == "{0} {points}")


@pytest.mark.parametrize("character", "\n\r\t\x00\x1b\x7f\x85\u2028\u2029\u200f\u202e\u2066\u2069")
def test_an_id_that_would_break_out_of_its_line_is_refused(character: str) -> None:
    with pytest.raises(FieldError):
        found(f"V{character}1", "2.1")
    with pytest.raises(FieldError):
        found("V-1", "2.1", incident=f"I{character}J")
