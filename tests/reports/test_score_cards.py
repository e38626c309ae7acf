"""Score cards: what a reader sees of an appraisal, whatever the ids are."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import (
    ERROR_POINTS,
    LANGUAGES,
    Appraisal,
    Effect,
    FieldError,
    Grade,
    Language,
    LanguageError,
    Ledger,
    PendingAppeals,
    Period,
    Policy,
    Recorded,
    RevokedResult,
    Rule,
    Rulebook,
    Text,
    UnstatedUnit,
    Violation,
    score,
)
from cmappraisal.interop.strategies import appraisals
from cmappraisal.reports import wordings
from cmappraisal.reports.score_cards import MAXIMUM_LINES, score_card
from cmappraisal.standards import Deduction, Part, Referral, Status, Unit
from costly import costly
from fragments import (
    HOSTILE,
    PREFERRED,
    Reader,
    assert_all_text_can_be_read,
    assert_can_be_read_aloud,
    assert_follows_the_theme,
    assert_is_well_made,
    assert_makes_the_page_no_wider,
    assert_same_in,
    assert_style_of_a_notebook_gives_way,
    assert_touches_nothing_else,
    contrast,
    in_chromium,
    shown_by_chromium,
    words,
)

NOON = datetime(2026, 12, 30, 12, tzinfo=UTC)
YEAR = Period.year(2026)
MONDAY = date(2026, 3, 2)

# What is drawn.


def found(id: str, rule: str, day: int = 2, month: int = 3, **fields: Any) -> Violation:
    return Violation(id, "RM-01", rule=rule, occurred_on=date(2026, month, day), **fields)


def appraised(*violations: Violation, appealed: tuple[str, ...] = (), **policy: Any) -> Appraisal:
    ledger = Ledger(Recorded(violation, at=NOON) for violation in violations)
    for id in appealed:
        ledger = ledger.appeal(id, at=NOON, grounds="on leave")
    return score(ledger, ERROR_POINTS, YEAR, manager="RM-01", policy=Policy(**policy))


RICH = appraised(
    found("V-01", "1.1", circumstances=["severe-effect", "egregious"], month=1),
    found("V-02", "1.4", assessed_points="6.5", day=3),
    found("V-03", "1.5", day=4),
    found("V-04", "1.8", quantity=2, day=5),
    found("V-05", "1.8", day=6),
    found("V-06", "3.15", refers_to="3.2b", circumstances=["risk"], day=7),
    found("V-07", "3.17b", incident="flat", day=8),
    found("V-08", "3.3", incident="flat", day=8),
    found("V-09", "3.18", incident="flat", day=8),
    found("V-10", "3.8", incident="flat", day=8),
    found("V-11", "4.1a", quantity=3, day=9),
    appealed=("V-11",),
    unstated_unit=UnstatedUnit.ONCE_A_PERIOD,
    full_marks=200,
    revoked_result=RevokedResult.AS_SCORED,
    grades=[
        Grade("A", Text("甲", "甲", en="sound"), at_least=150, below=None),
        Grade("B", Text("乙", "乙", en="fair"), at_least=None, below=150),
    ],
)


def test_a_card_shows_the_figures_of_the_appraisal() -> None:
    card = Reader(score_card(RICH))
    assert list(card.within("p", "name")) == ["RM-01"]
    assert "2026-01-01 to 2026-12-31" in card.text
    assert "Error-points standard for relationship managers (error-points 1.0)" in card.text
    (facts,) = card.within("dl")
    assert facts == "Score 126.5  of 200 Grade fair Error points 73.5 Qualification ✕ revoked"
    assert list(card.within("td", "number")) == [
        *(str(subtotal.points) for subtotal in RICH.subtotals),
        str(RICH.points),
        *(str(line.points) for line in RICH.lines),
    ]
    assert list(card.within("td", "date")) == [
        str(line.violation.occurred_on) for line in RICH.lines
    ]
    assert list(card.within("td", "violation")) == [line.violation.id for line in RICH.lines]


def widths(appraisal: Appraisal) -> list[str | None]:
    spans = Reader(score_card(appraisal)).all("span")
    return [span["style"] for span in spans if "style" in span]


def test_a_bar_is_as_long_as_its_share() -> None:
    shares = [float(100 * each.points / RICH.points) for each in RICH.subtotals]
    expected = [float(Decimal("126.5") / 2), *shares]
    assert widths(RICH) == [f"width:{share:.1f}%" for share in expected]


@pytest.mark.parametrize(
    ("policy", "width"),
    [
        ({"full_marks": 10, "floor": None}, "0.0"),
        ({"full_marks": 10, "floor": 0}, "0.0"),
        ({"full_marks": 0, "floor": None}, "0.0"),
        ({"full_marks": -5, "floor": None}, "0.0"),
    ],
)
def test_a_bar_never_leaves_its_track(policy: dict[str, Any], width: str) -> None:
    assert widths(appraised(found("V-1", "1.1"), **policy))[0] == f"width:{width}%"
    more = attrs.evolve(appraised(), score=Decimal(900))
    assert widths(more)[0] == "width:100.0%"


def test_a_card_has_the_reason_why_a_line_does_not_count() -> None:
    card = Reader(score_card(RICH))
    nothing = [line.violation.id for line in RICH.lines if not line.points and not line.revokes]
    rows = list(card.within("tr", "nothing"))
    assert [re.findall(r"V-\d+", row) for row in rows] == [[id] for id in nothing]
    assert all(row.endswith(" 0") and "does not count" in row for row in rows)
    assert len(rows) >= 4


def test_a_card_tags_what_matters_in_a_line() -> None:
    tags = dict(
        zip(
            [line.violation.id for line in RICH.lines],
            [[words for words in row.split("|") if words] for row in tagged(RICH)],
            strict=True,
        )
    )
    assert tags["V-02"] == ["set by the assessor"]
    assert tags["V-03"] == ["deducts no points", "the qualification is revoked"]
    assert tags["V-04"] == []
    assert tags["V-06"] == ["aggravated"]
    assert tags["V-08"] == ["does not count: a special rule applies"]
    assert tags["V-09"] == ["does not count: another rule of its part applies"]
    assert tags["V-11"] == ["under appeal"]


def tagged(appraisal: Appraisal) -> list[str]:
    """The tags of each line, put together."""
    fragment = score_card(appraisal)
    cells = re.findall(r'<td class="rule">.*?</td>', fragment)
    return ["|".join(re.findall(r'<span class="tag">(.*?)</span>', cell)) for cell in cells]


def test_a_card_has_the_quantity_and_the_arithmetic_of_a_line() -> None:
    cells = dict(
        zip(
            [line.violation.id for line in RICH.lines],
            re.findall(r'<td class="rule">.*?</td>', score_card(RICH)),
            strict=True,
        )
    )
    shown = {id: re.findall(r'"equation">(.*?)</div>', cell) for id, cell in cells.items()}
    assert shown["V-02"] == []
    assert shown["V-04"] == ["quantity 2"], "it is counted once"
    assert shown["V-06"] == ["10 × 2 = 20"]
    assert shown["V-11"] == ["quantity 3 · 5 × 3 = 15"]


def test_every_effect_that_loses_points_has_a_tag() -> None:
    silent = {effect for effect, wording in wordings.EFFECTS.items() if wording.tag is None}
    step = attrs.evolve(RICH.lines[0].steps[0], consequence="revoked")
    for effect in Effect:
        line = attrs.evolve(RICH.lines[0], steps=(attrs.evolve(step, effect=effect),))
        (tags,) = tagged(attrs.evolve(RICH, lines=(line,)))
        assert bool(tags) == (effect not in silent)
    twice = attrs.evolve(
        RICH.lines[0], steps=[attrs.evolve(step, effect=Effect.FOLLOWS) for _ in range(2)]
    )
    assert tagged(attrs.evolve(RICH, lines=(twice,))) == ["the qualification is revoked"]


def test_a_card_shows_both_rules_of_a_referral() -> None:
    (rule,) = [row for row in Reader(score_card(RICH)).within("td", "rule") if "3.15" in row]
    assert ERROR_POINTS["3.15"].text.en in rule
    assert f"applies 3.2b {ERROR_POINTS['3.2b'].text.en}" in rule


def test_a_card_without_score_grade_or_lines() -> None:
    bare = Reader(score_card(appraised(full_marks=None, floor=None)))
    assert "Score" not in bare.texts
    assert "Grade" not in bare.texts
    assert "No upheld violation falls in the period." in bare.texts
    assert "kept" in bare.texts
    assert "✓" in bare.texts
    assert list(bare.within("span", "shape")) == ["✓"]
    assert len(bare.all("table")) == 1


def test_a_card_has_the_moment_as_of_which_it_was_known() -> None:
    assert "as known at" not in score_card(RICH)
    known = attrs.evolve(RICH, as_of=NOON)
    assert "as known at 2026-12-30 12:00:00+00:00" in score_card(known)


def test_a_suspended_line_is_under_appeal() -> None:
    suspended = appraised(
        found("V-1", "2.1"), appealed=("V-1",), pending_appeals=PendingAppeals.SUSPEND
    )
    assert tagged(suspended) == ["under appeal: does not count meanwhile"]


def test_a_long_card_ends_with_how_much_is_left_out() -> None:
    def long(count: int) -> Reader:
        return Reader(score_card(attrs.evolve(RICH, lines=RICH.lines[1:2] * count)))

    assert "more" not in long(MAXIMUM_LINES).text
    longer = long(MAXIMUM_LINES + 3)
    assert longer.texts[-1] == "and 3 more, which count 19.5"
    assert len(list(longer.within("td", "violation"))) == MAXIMUM_LINES
    assert f"Violations: {MAXIMUM_LINES + 3}" in longer.texts


@costly
@given(appraisals(), st.sampled_from(LANGUAGES))
def test_any_appraisal_has_a_card(appraisal: Appraisal, language: Language) -> None:
    card = Reader(score_card(appraisal, language))
    assert list(card.within("p", "name")) == [appraisal.manager]
    acts = [*appraisal.lines, *appraisal.merits]
    assert list(card.within("td", "violation")) == [line.violation.id for line in acts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_the_same_in_its_words(language: Language) -> None:
    assert_same_in(score_card, RICH, language)


def test_english_is_the_language_where_none_is_given() -> None:
    assert score_card(RICH) == score_card(RICH, "en")


def test_a_card_needs_and_touches_nothing_else() -> None:
    assert_touches_nothing_else(score_card(RICH))


def test_a_card_can_be_read_aloud() -> None:
    assert_can_be_read_aloud(score_card(RICH))


@pytest.mark.parametrize("wrong", [None, "RM-01", 7, [], YEAR])
def test_what_cannot_be_drawn_is_rejected(wrong: Any) -> None:
    with pytest.raises(FieldError, match=r"score_card: appraisal is .*; allowed: an Appraisal"):
        score_card(wrong)


@pytest.mark.parametrize("language", ["fr", "EN", "", None, 1, ["en"]])
def test_another_language_is_rejected(language: Any) -> None:
    with pytest.raises(LanguageError):
        score_card(RICH, language)


# Whatever the ids are.


def named_card(word: str) -> Appraisal:
    """An appraisal in which all that has a name has this one."""
    text = Text.same(word)
    other = f"{word[:199]}2"
    rules = [
        Rule(word, text, penalty=Deduction(1, Unit.OCCURRENCE), citation="1.1"),
        Rule(other, text, penalty=Referral(to=[word]), citation="1.2"),
    ]
    rulebook = Rulebook(
        word,
        word,
        text=text,
        levels=[text] * 2,
        parts=[Part(word, text, citation="1", rules=rules)],
    )
    violations = [
        Violation(word, word, rule=word, occurred_on=MONDAY),
        Violation(other, word, rule=other, occurred_on=MONDAY + timedelta(1), refers_to=word),
    ]
    ledger = Ledger(Recorded(violation, at=NOON) for violation in violations)
    policy = Policy(grades=[Grade(word, text, at_least=None, below=None)])
    return score(ledger, rulebook, YEAR, manager=word, policy=policy)


def assert_shown(word: str) -> None:
    card = Reader(score_card(named_card(word)))
    assert card.skeleton == Reader(score_card(named_card("tame"))).skeleton
    other = f"{word[:199]}2"
    assert list(card.within("p", "name")) == [word]
    assert card.all("div")[0]["aria-label"] == f"Appraisal of {word}"
    assert f"2026-01-01 to 2026-12-31 · {word} ({word} {word})" in card.texts
    assert list(card.within("td", "violation")) == [word, other]
    assert f"applies {word} {word}" in card.texts
    assert f"{word} ({word} 1)" in card.texts


@pytest.mark.parametrize("word", HOSTILE)
def test_a_hostile_id_is_read_back_as_it_is(word: str) -> None:
    assert_shown(word)


@given(words)
def test_any_id_is_read_back_as_it_is(word: str) -> None:
    assert_shown(word)


# What Chromium shows.

CARDS = "".join(
    [
        *(score_card(RICH, language) for language in LANGUAGES),
        score_card(named_card("<b>" * 60)),
    ]
)


@pytest.fixture(scope="module", params=PREFERRED)
def seen(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What Chromium makes of the cards, where the system prefers light or dark."""
    folder: Path = tmp_path_factory.mktemp(request.param)
    return shown_by_chromium(CARDS, request.param, folder)


@in_chromium
def test_chromium_reads_the_cards_as_they_are_written(seen: Any) -> None:
    assert Reader(seen["parsed"]).events == Reader(CARDS).events


@in_chromium
def test_the_page_around_is_left_as_it_is(seen: Any) -> None:
    assert seen["leaks"] is False


@in_chromium
def test_a_card_follows_the_page_and_the_theme_of_jupyter(seen: Any) -> None:
    assert_follows_the_theme(seen)


@in_chromium
@pytest.mark.parametrize("theme", ["page", "light", "dark"])
def test_all_text_can_be_read(seen: Any, theme: str) -> None:
    assert_all_text_can_be_read(seen, theme)
    ground = seen["looks"][theme]["ground"][0]
    (bar,) = seen["looks"][theme]["bars"]
    assert contrast(bar, ground) >= 3


@in_chromium
@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_nothing_makes_the_page_wider(seen: Any, width: str) -> None:
    assert_makes_the_page_no_wider(seen, width)


@in_chromium
def test_a_notebooks_style_of_tables_gives_way(seen: Any) -> None:
    assert seen["wide"]["aligned"] == ["right"]
    assert_style_of_a_notebook_gives_way(seen)


def test_a_notebook_shows_the_card() -> None:
    assert RICH._repr_html_() == score_card(RICH)


# Whoever is revoked is not shown as excellent.

BANDS = [
    Grade("A", Text("優秀", "优秀", en="excellent"), at_least=90, below=None),
    Grade("D", Text("不合格", "不合格", en="inadequate"), at_least=None, below=90),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_of_a_revoked_manager_has_neither_a_score_nor_a_grade(language: Language) -> None:
    revoked = appraised(found("V-1", "3.1b"), grades=BANDS)
    card = Reader(score_card(revoked, language))
    for wording in (wordings.SCORE, wordings.GRADE, *(grade.text for grade in BANDS)):
        assert wording.in_language(language) not in card.texts
    assert Status.REVOKED.text.in_language(language) in card.texts
    assert widths(revoked) == [f"width:{width}%" for width in ["0.0"] * 4]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_shows_a_revoked_manager_as_the_policy_decides(language: Language) -> None:
    violation = found("V-1", "3.1b")
    for result, grade, width in (("lowest", "D", "0.0"), ("as-scored", "A", "100.0")):
        shown = appraised(violation, grades=BANDS, revoked_result=result)
        card = Reader(score_card(shown, language))
        words_of_grade = {each.id: each.text.in_language(language) for each in BANDS}
        assert words_of_grade[grade] in card.texts
        assert widths(shown)[0] == f"width:{width}%"


@pytest.mark.parametrize(("language", "word"), [("zh-Hant", "優秀"), ("zh-Hans", "优秀")])
def test_a_chinese_card_has_the_grade_in_chinese(language: Language, word: str) -> None:
    card = Reader(score_card(appraised(grades=BANDS), language))
    assert word in card.texts
    assert "excellent" not in card.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_is_well_made(language: Language) -> None:
    long = appraised(*(found(f"V-{n}", "2.1") for n in range(MAXIMUM_LINES + 1)))
    for appraisal in (RICH, appraised(), long):
        assert_is_well_made(score_card(appraisal, language))
