"""Explanations: the letter to an employee, whole, in each language, safe from what others wrote."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import attrs
import pytest

import staff_rules
from cmappraisal import (
    ERROR_POINTS,
    LANGUAGES,
    Add,
    Aggravation,
    Appraisal,
    AppraisalError,
    Assessed,
    Assumption,
    Edition,
    Editions,
    Effect,
    FieldError,
    Grade,
    Language,
    Ledger,
    Multiply,
    PendingAppeals,
    Period,
    Policy,
    Provision,
    Recorded,
    RevokedResult,
    Rule,
    Rulebook,
    Text,
    UnstatedUnit,
    Violation,
    explain,
    score,
)
from cmappraisal.reports import wordings
from cmappraisal.standards import (
    Between,
    Cap,
    Circumstance,
    Citation,
    Deduction,
    Limitation,
    Part,
    Referral,
    SetTo,
    Silence,
    Unit,
    Waive,
)
from staff_rules import clause, rule

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
    found("V-02", "1.4", "2025-01-03", assessed_points="6.5", note="heard\nby telephone"),
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
    revoked_result=RevokedResult.AS_SCORED,
    grades=[Grade("A", at_least=30, below=None), Grade("B", at_least=None, below=30)],
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_appraisal_reads_like_this(language: Language) -> None:
    expected = (EXPECTED / f"{language}.txt").read_text(encoding="utf-8")
    assert explain(RICH, language) == expected


def test_the_example_shows_every_effect_of_the_built_in_standard_but_a_suspended_appeal() -> None:
    effects = {step.effect for line in RICH.lines for step in line.steps}
    assert effects == {
        *(Effect.APPEAL_COUNTS, Effect.REFERRED, Effect.STATED, Effect.UNIT_ASSUMED),
        *(Effect.ASSESSED, Effect.NO_POINTS, Effect.AGGRAVATED, Effect.NO_EFFECT),
        *(Effect.FOLLOWS, Effect.DISPLACED, Effect.GAVE_WAY, Effect.CONCURRENT),
        Effect.ONCE_A_PERIOD,
    }


WORDS = {
    Effect.APPEAL_SUSPENDS: {
        "zh-Hant": "申訴中，申訴期間暫不計分 [政策：申訴中的違規（pending_appeals）]",
        "zh-Hans": "申诉中，申诉期间暂不计分 [政策：申诉中的违规（pending_appeals）]",
        "en": "under appeal, the violation does not count meanwhile [policy: pending_appeals]",
    },
    Effect.AGGRAVATED: {
        "zh-Hant": "依 3.4 因給本行帶來風險加重，由評定人核定分值，不低於規定分值：10 + 2.5",
        "zh-Hans": "依 3.4 因给本行带来风险加重，由评定人核定分值，不低于规定分值：10 + 2.5",
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
def test_alternatives_of_the_policy_are_explained(language: Language) -> None:
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


def test_a_period_without_violations_is_explained() -> None:
    assert "\n\nNo upheld violation falls in the period.\n\n" in explain(appraised())


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
def test_each_band_is_there_with_its_edges(language: Language, line: str) -> None:
    grades = [
        Grade("A", at_least=90, below=None),
        Grade("B", at_least="59.50", below=90),
        Grade("C", at_least=None, below="59.50"),
    ]
    assert line in explain(appraised(grades=grades), language).splitlines()


def test_the_moment_is_there_in_its_own_zone() -> None:
    moment = NOON.astimezone(timezone(timedelta(hours=8)))
    then = score(Ledger(), ERROR_POINTS, YEAR, manager="RM-01", as_of=moment)
    assert "\n登記截至：2025-12-30 20:00:00+08:00\n" in explain(then, "zh-Hant")
    now = score(Ledger(), ERROR_POINTS, YEAR, manager="RM-01")
    assert "\n所有登記均已計入\n" in explain(now, "zh-Hant")
    assert "\n所有登记均已计入\n" in explain(now, "zh-Hans")
    assert "\nEverything recorded is taken into account\n" in explain(now, "en")


HOSTILE = [
    "{0} {points} %s {line.violation}",
    "a b <script>alert(1)</script>",
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
    limb = "{2}{points}"
    rule = Rule(
        odd[0],
        texts[1],
        penalty=Deduction(2, Unit.OCCURRENCE),
        citation=["1", "1", limb],
        aggravated_by=["odd"],
    )
    referring = Rule("1", texts[3], penalty=Referral(to=[odd[0]]), citation=Citation("1.2"))
    rulebook = Rulebook(
        "odd",
        "{}",
        text=texts[4],
        levels=[texts[2]] * 3,
        circumstances=[Circumstance("odd", texts[5])],
        parts=[Part("1", texts[6], rules=[rule, referring])],
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
    for wording in ("{manager}", "odd {}", limb, *odd[:2], *odd[3:]):
        assert wording in text


@pytest.mark.parametrize("note", UNSAFE_NOTES)
def test_a_note_cannot_break_out_of_its_line(note: str) -> None:
    noted, plain = appraised(found("V-1", "2.1", note=note)), appraised(found("V-1", "2.1"))
    for got, expected in zip(lines_of(noted), lines_of(plain), strict=True):
        assert len(got) == len(expected) + bool(note.strip())
        assert not set("\u202e\u2066\u2028\x00\x1b") & set("".join(got))
    assert ("{0} {points}" in explain(noted)) == (note == "{0} {points}")


@pytest.mark.parametrize("character", "\n\r\t\x00\x1b\x7f\x85\u2028\u2029\u200f\u202e\u2066\u2069")
def test_an_id_that_would_break_out_of_its_line_is_rejected(character: str) -> None:
    with pytest.raises(FieldError):
        found(f"V{character}1", "2.1")
    with pytest.raises(FieldError):
        found("V-1", "2.1", incident=f"I{character}J")


# Whoever is revoked.

BANDS = [
    Grade("A", Text("優秀", "优秀", en="excellent"), at_least=90, below=None),
    Grade("D", Text("不合格", "不合格", en="inadequate"), at_least=None, below=90),
]
REVOKED = {
    RevokedResult.NONE: {
        "zh-Hant": ["得分：不列（資格已取消者，不列得分與等級）"],
        "zh-Hans": ["得分：不列（资格已取消者，不列得分与等级）"],
        "en": ["Score: not shown (neither a score nor a grade where the qualification is revoked)"],
    },
    RevokedResult.LOWEST: {
        "zh-Hant": ["得分：0（資格已取消者，列最低分與最低等級）", "等級：不合格"],
        "zh-Hans": ["得分：0（资格已取消者，列最低分与最低等级）", "等级：不合格"],
        "en": [
            "Score: 0 (the lowest score and the lowest grade where the qualification is revoked)",
            "Grade: inadequate",
        ],
    },
    RevokedResult.AS_SCORED: {
        "zh-Hant": ["得分：100 - 0 = 100", "等級：優秀"],
        "zh-Hans": ["得分：100 - 0 = 100", "等级：优秀"],
        "en": ["Score: 100 - 0 = 100", "Grade: excellent"],
    },
}
QUALIFICATION = {
    "zh-Hant": "客戶經理資格：取消（違規 V-1）",
    "zh-Hans": "客户经理资格：取消（违规 V-1）",
    "en": "Qualification: revoked by V-1",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("result", RevokedResult)
def test_a_revoked_manager_is_shown_as_the_policy_decides(
    result: RevokedResult, language: Language
) -> None:
    revoked = appraised(found("V-1", "3.1b"), grades=BANDS, revoked_result=result)
    lines = explain(revoked, language).splitlines()
    at = lines.index(QUALIFICATION[language])
    expected = REVOKED[result][language]
    assert lines[at - len(expected) : at] == expected
    other = {
        "zh-Hant": "差錯積分合計：0",
        "zh-Hans": "差错积分合计：0",
        "en": "Error points in all: 0",
    }
    assert lines[at - len(expected) - 1] == other[language]


def test_a_score_at_the_lowest_anyway_shows_its_arithmetic() -> None:
    violations = [found("V-1", "3.1b"), found("V-2", "3.5b"), found("V-3", "3.5b")]
    text = explain(appraised(*violations, revoked_result=RevokedResult.LOWEST))
    assert "Score: 100 - 100 = 0\n" in text


@pytest.mark.parametrize(
    ("language", "grade"),
    [("zh-Hant", "等級：優秀"), ("zh-Hans", "等级：优秀"), ("en", "excellent")],
)
def test_a_grade_is_in_the_language_of_the_letter(language: Language, grade: str) -> None:
    text = explain(appraised(grades=BANDS), language)
    assert grade in text
    assert ("excellent" in text) == (language == "en")


# An open appeal that raises the points.

FREED = {
    "zh-Hant": "申訴未決期間本項不排除同一事件的其他條款，故 {} 照計；合計可能因此高於申訴之前",
    "zh-Hans": "申诉未决期间本项不排除同一事件的其他条款，故 {} 照计；合计可能因此高于申诉之前",
    "en": "while the appeal is open this violation takes no other's place in its incident, so {} "
    "counts; the total can be higher than without the appeal",
}


def suspended(*violations: Violation, appealed: tuple[str, ...], **policy: Any) -> Appraisal:
    pending = PendingAppeals.SUSPEND
    return appraised(*violations, appealed=appealed, pending_appeals=pending, **policy)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_appeal_that_raises_the_points_says_so_in_the_letter(language: Language) -> None:
    violations = [
        found("V-1", "3.2b", incident="flat"),
        found("V-2", "3.17b", incident="flat"),
    ]
    assert appraised(*violations).points == 2
    appealed = suspended(*violations, appealed=("V-2",))
    assert appealed.points == 10
    lines = explain(appealed, language).splitlines()
    assert f"   - {FREED[language].format('V-1')}" in lines
    sentence = FREED[language].partition("{}")[0]
    assert sum(sentence in line for line in lines) == 1


def freed_by(appraisal: Appraisal) -> list[str]:
    text = explain(appraisal)
    return [line for line in text.splitlines() if "takes no other's place" in line]


FREEING: dict[str, tuple[list[Violation], tuple[str, ...], dict[str, Any], list[str]]] = {
    "a residual rule": (
        [found("V-1", "3.18", incident="I"), found("V-2", "3.8", incident="I")],
        ("V-2",),
        {},
        ["V-1"],
    ),
    "several rules": (
        [
            found("V-1", "3.2a", incident="I"),
            found("V-2", "3.17b", incident="I"),
            found("V-3", "3.3", incident="I"),
        ],
        ("V-2",),
        {"concurrence": "cumulative"},
        ["V-1, V-3"],
    ),
    "through a referral": (
        [
            found("V-1", "3.16a", refers_to="3.6", incident="I"),
            found("V-2", "3.17c", incident="I"),
        ],
        ("V-2",),
        {},
        ["V-1"],
    ),
    "another special violation is still there": (
        [
            found("V-1", "3.2b", incident="I"),
            found("V-2", "3.17b", incident="I"),
            found("V-3", "3.17b", incident="I"),
        ],
        ("V-2",),
        {},
        [],
    ),
    "the general one is under appeal too": (
        [found("V-1", "3.2b", incident="I"), found("V-2", "3.17b", incident="I")],
        ("V-1", "V-2"),
        {},
        [],
    ),
    "only the general one is under appeal": (
        [found("V-1", "3.2b", incident="I"), found("V-2", "3.17b", incident="I")],
        ("V-1",),
        {},
        [],
    ),
    "rules side by side": (
        [found("V-1", "3.2b", incident="I"), found("V-2", "3.17b", incident="I")],
        ("V-2",),
        {"displacement": "none"},
        [],
    ),
    "another incident": (
        [found("V-1", "3.2b", incident="J"), found("V-2", "3.17b", incident="I")],
        ("V-2",),
        {},
        [],
    ),
    "no incident": ([found("V-1", "3.2b"), found("V-2", "3.17b")], ("V-2",), {}, []),
    "another part": (
        [found("V-1", "3.18", incident="I"), found("V-2", "4.3", incident="I")],
        ("V-2",),
        {},
        [],
    ),
}


@pytest.mark.parametrize(
    ("violations", "appealed", "policy", "freed"), FREEING.values(), ids=list(FREEING)
)
def test_the_letter_names_what_counts_because_of_the_appeal_and_nothing_else(
    violations: list[Violation],
    appealed: tuple[str, ...],
    policy: dict[str, Any],
    freed: list[str],
) -> None:
    appraisal = suspended(*violations, appealed=appealed, **policy)
    assert freed_by(appraisal) == [f"   - {FREED['en'].format(ids)}" for ids in freed]


# A standard with a general part, in two editions.

HALF_YEAR = date(2025, 7, 1)
OLD = staff_rules.book(
    rule(
        "2.1",
        5,
        aggravated_by={"loss": SetTo(10), "press": None},
        consequences={"fine": ["loss", "press"], "revoked": ["lawsuit"]},
    ),
    rule("2.2", Between(3, 6), Unit.CUSTOMER),
    rule("2.3", None, consequences=["fine"]),
    edition="2024",
    clauses=[
        clause("G1", "1.1", mitigated_by={"self": Multiply("0.5"), "at-once": Waive()}),
        clause("G2", "1.2", cap=Cap(24)),
        clause("G3", "1.3", answers={"smallest_unit": "0.5", "rounding": "up", "floor": 10}),
    ],
)
NEW = staff_rules.book(
    rule("2.1", 4, aggravated_by={"loss": Multiply("1.3")}, mitigated_by={"self": SetTo(2)}),
    rule("2.2", "2.5", Unit.CUSTOMER),
    edition="2025",
    clauses=[
        clause("G1", "1.1", limitation=Limitation(3), mitigated_by={"at-once": Multiply("0.5")}),
        clause(
            "G2",
            "1.2",
            answers={
                "smallest_unit": 1,
                "full_marks": 120,
                "concurrence": "cumulative",
                "governing_edition": "milder",
            },
        ),
    ],
)
EDITIONS = Editions([Edition(OLD, last=date(2025, 6, 30)), Edition(NEW, HALF_YEAR)])
STATED = staff_rules.appraised(
    EDITIONS,
    staff_rules.found(
        "V-1",
        occurred_on=date(2025, 2, 1),
        found_on=date(2025, 2, 3),
        recorded_on=date(2025, 3, 1),
        effective_on=date(2025, 4, 1),
        quantity=3,
        circumstances=["loss", "self"],
    ),
    staff_rules.found(
        "V-2",
        recorded_on=date(2025, 5, 1),
        occurred_on=date(2025, 2, 2),
        quantity=5,
        circumstances=["loss", "press", "lawsuit"],
    ),
    staff_rules.found(
        "V-3", "2.2", occurred_on=date(2025, 2, 3), recorded_on=date(2025, 5, 1), assessed_points=4
    ),
    staff_rules.found("V-4", "2.3", occurred_on=date(2025, 2, 4)),
    staff_rules.found(
        "V-5", occurred_on=date(2025, 6, 1), recorded_on=date(2025, 8, 1), circumstances=["self"]
    ),
    staff_rules.found("V-6", "2.2", occurred_on=date(2025, 7, 1), quantity=2),
    staff_rules.found(
        "V-7",
        occurred_on=date(2025, 10, 1),
        circumstances=["loss", "press", "self", "at-once"],
        note="by telephone",
    ),
    staff_rules.found("V-8", "2.2", occurred_on=date(2025, 11, 1), quantity=3),
    decided={"points": 12, "money": 80},
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_appraisal_by_two_editions_with_a_general_part_reads_like_this(
    language: Language,
) -> None:
    expected = (EXPECTED / f"editions.{language}.txt").read_text(encoding="utf-8")
    assert explain(STATED, language) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_says_what_an_edition_decides_by_its_own_policy(language: Language) -> None:
    standard = staff_rules.book(rule("2.1", 5, aggravated_by=["loss"]))
    own = Policy(aggravation=Add(9), full_marks=50, smallest_unit="0.5")
    edition = Editions([Edition(standard, policy=own)])
    violation = staff_rules.found(circumstances=["loss"])
    lines = explain(staff_rules.appraised(edition, violation), language).splitlines()
    expected = {
        "zh-Hant": ["- 加重處罰的分值：分值另加 9 [aggravation]", "- 滿分：100 [full_marks]"],
        "zh-Hans": ["- 加重处罚的分值：分值另加 9 [aggravation]", "- 满分：100 [full_marks]"],
        "en": [
            "- aggravated deductions: the points plus 9 [aggravation]",
            "- full marks: 100 [full_marks]",
        ],
    }
    assert set(expected[language]) <= set(lines)
    # Where points are rounded, the letter says how.
    assert any(line.endswith("[rounding]") for line in lines)


# Another standard.


def of_a_bank(*silences: Silence) -> Rulebook:
    rule = Rule(
        "1.1",
        Text("遲到", "迟到", en="Being late"),
        penalty=Deduction(1, Unit.UNSTATED, discretionary=True),
        citation=Citation("1.1"),
    )
    part = Part("1", Text("紀律", "纪律", en="Discipline"), rules=[rule])
    title = Text("考勤辦法", "考勤办法", en="Attendance rules")
    levels = [Text("章", "章", en="chapter"), Text("條", "条", en="clause")]
    return Rulebook(
        "attendance", "2024", text=title, levels=levels, parts=[part], silences=silences
    )


def letter_of(rulebook: Rulebook, language: Language) -> str:
    ledger = Ledger().record(found("V-1", "1.1"), at=NOON)
    return score(ledger, rulebook, YEAR, manager="RM-01").explain(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_says_of_a_standard_only_what_its_rulebook_says(language: Language) -> None:
    text = letter_of(of_a_bank(), language)
    for silence in ERROR_POINTS.silences:
        assert silence.text.in_language(language) not in text
    for claim in ("the standard ", "（標準：", "（标准：", "personal lending", "silent"):
        assert claim not in text
    decided = {"en": "- grades: none [grades]", "zh-Hant": "- 等級：無 [grades]"}
    assert decided.get(language, "- 等级：无 [grades]") in text.splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_has_the_silences_and_the_gaps_of_its_own_standard(language: Language) -> None:
    silence = Silence(Text("未設下限", "未设下限", en="has no lower end"), field="floor")
    gap = Silence(Text("未說遲到多久", "未说迟到多久", en="does not say how late is late"))
    lines = letter_of(of_a_bank(silence, gap), language).splitlines()
    expected = {
        "zh-Hant": (
            "- 最低分（標準：未設下限）：0 [floor]",
            "標準另有未定之處：",
            "- 標準未說遲到多久",
        ),
        "zh-Hans": (
            "- 最低分（标准：未设下限）：0 [floor]",
            "标准另有未定之处：",
            "- 标准未说迟到多久",
        ),
        "en": (
            "- the lowest score (the standard has no lower end): 0 [floor]",
            "The standard leaves open besides:",
            "- the standard does not say how late is late",
        ),
    }[language]
    assert expected[0] in lines
    assert lines[-2:] == list(expected[1:])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_built_in_standard_leaves_nothing_open_besides(language: Language) -> None:
    assert wordings.GAPS.in_language(language) not in explain(appraised(), language)


# Whatever an appraisal is made of.


def test_a_reason_that_reads_another_field_is_explained_by_its_value() -> None:
    appraisal = appraised(found("V-1", "2.1", circumstances=["risk"]))
    [line] = appraisal.lines
    for field in attrs.fields_dict(Policy):
        steps = [attrs.evolve(step, reason=Assumption(field)) for step in line.steps]
        for effect in Effect:
            odd = attrs.evolve(line, steps=[attrs.evolve(step, effect=effect) for step in steps])
            assert explain(attrs.evolve(appraisal, lines=[odd]))


@pytest.mark.parametrize(
    "change",
    [
        {"rule": "9.9"},
        {"violation": found("V-1", "9.9")},
        {"reason": Provision("9.9", "penalty", edition="1.0")},
        {"circumstances": ["weather"]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_reference_that_is_not_there_is_an_error_of_the_library(change: dict[str, Any]) -> None:
    appraisal = appraised(found("V-1", "2.1", circumstances=["risk"]))
    [line] = appraisal.lines
    if change.keys() <= {"rule", "violation"}:
        line = attrs.evolve(line, **change)
    else:
        line = attrs.evolve(line, steps=[attrs.evolve(step, **change) for step in line.steps])
    with pytest.raises(AppraisalError):
        explain(attrs.evolve(appraisal, lines=[line]))
