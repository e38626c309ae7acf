"""The page that runs the library, without a browser: what it shows of an input is the library's."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraise import RESULTS, WORDS, answer
from cmappraisal import (
    LANGUAGES,
    Language,
    Ledger,
    Period,
    Policy,
    Rulebook,
    Text,
    Violation,
    score,
    score_card,
)
from cmappraisal.accounts import account_chart, points_account
from cmappraisal.comparison import wordings
from cmappraisal.policy import label_of
from cmappraisal.reports.problems import KINDS
from cmappraisal.reports.sentences import value_in_words
from fragments import HOSTILE, Reader
from inputs import ACT, MANAGER, MAXIMUM_VIOLATIONS, OPTIONS, STANDARDS, read, written
from scripts import assert_each_script_is_its_own

ONE = "year=2025&1.rule=3.2b&1.occurred_on=2025-03-02&1.circumstances=risk"


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "\n", html))


def controls_of(query: str) -> dict[str, dict[str, str | None]]:
    """The controls of the form by the text of their label or, of a box to tick, by their value."""
    panels = answer(query)
    form = panels["form"] + panels["policy"]
    labels = re.findall(r'<label for="([^"]+)">([^<]+)</label>', form)
    ids = {dict(re.findall(r'(\w+)="([^"]*)"', tag))["id"] for tag in re.findall(TYPED, form)}
    assert {id for id, _ in labels} == ids
    return {unescape(label): {"id": id} for id, label in labels}


TYPED = r'<(?:select|input type="(?!checkbox)[^"]*")[^>]*>'


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_what_the_library_makes_of_the_input(language: Language) -> None:
    violation = Violation(
        "V-1", MANAGER, rule="3.2b", occurred_on=date(2025, 3, 2), circumstances=["risk"]
    )
    ledger = Ledger().record(violation, at=datetime(2025, 3, 2, 20, tzinfo=UTC))
    standard = STANDARDS["table"][1]
    appraisal = score(ledger, standard, Period.year(2025), manager=MANAGER)
    account = points_account(ledger, standard, manager=MANAGER, through=date(2025, 12, 31))
    panels = answer(f"{ONE}&language={language}")
    assert panels["card"] == score_card(appraisal, language)
    assert panels["account"] == account_chart(account, language)
    for each in LANGUAGES:
        assert text_of(panels[f"letter-{each}"]).strip() == appraisal.explain(each).strip()
    assert "20" in panels["summary"]
    assert "80" in panels["summary"]
    assert label_of("aggravation").in_language(language) in panels["decides"]


def test_the_choices_that_decide_are_shown_with_what_they_make() -> None:
    panels = answer("")
    decides = text_of(panels["decides"].partition("<details>")[0])
    assert label_of("concurrence").en in decides
    assert "error points: 35 · score: 65" in decides
    assert label_of("displacement").en not in decides
    none = answer("year=2031&policy.full_marks=")
    assert text_of(none["decides"]).strip().startswith(wordings.NONE_DECIDES.en)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_and_choice_of_the_policy_is_in_the_form(language: Language) -> None:
    controls = controls_of(f"language={language}&year=2025")
    policy = text_of(answer(f"language={language}&year=2025")["policy"])
    for name in attrs.fields_dict(Policy):
        assert controls[label_of(name).in_language(language)]["id"] == f"try-policy.{name}"
        for value in OPTIONS.get(name, {}).values():
            assert value_in_words(value, language) in policy


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_and_circumstance_is_in_the_form_by_its_wording(language: Language) -> None:
    rulebook = STANDARDS["written"][1]
    assert isinstance(rulebook, Rulebook)
    form = text_of(answer(f"{ONE}&standard=written&language={language}")["form"])
    for rule in rulebook.values():
        assert f"{rule.id} {rule.text.in_language(language)}" in form
    for circumstance in rulebook.circumstances:
        assert circumstance.text.in_language(language) in form


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("1.rule=3.15", "refers_to"),
        ("1.rule=1.4", "assessed_points"),
        ("1.rule=3.3&policy.aggravation=assessed", "assessed_points"),
    ],
)
def test_a_field_is_there_where_the_rule_or_the_policy_asks_for_it(query: str, label: str) -> None:
    assert WORDS[label].en in controls_of(f"year=2025&{query}")
    assert WORDS[label].en not in controls_of("year=2025&1.rule=3.3")


def test_an_appeal_and_an_edition_change_the_result() -> None:
    suspended = answer(f"{ONE}&1.appealed=1&policy.pending_appeals=suspend")
    assert "error points: 0" in suspended["summary"]
    later = ONE.replace("03-02", "08-02")
    assert "error points: 30" in answer(f"standard=editions&{later}")["summary"]
    assert "error points: 20" in answer(f"standard=editions&{ONE}")["summary"]


def test_a_button_adds_a_violation_or_takes_one_away() -> None:
    added = answer(f"{ONE}&add=1")["query"]
    assert "2.rule=1.1" in added
    removed = answer(f"{added}&remove=1")["query"]
    assert removed == "year=2025&1.rule=1.1&1.occurred_on=2025-03-02"


WRONG = (
    "language=en&year=x&1.rule=9.9&1.quantity=q&2.rule=3.15&2.occurred_on=soon&3.rule=3.2b"
    "&3.circumstances=foo&policy.floor=500&foo=1&policy.grades=five"
)


def test_bad_input_shows_every_problem_and_no_number() -> None:
    panels = answer(WRONG)
    assert [name for name in RESULTS if panels[name]] == []
    assert panels["summary"] == '<p lang="en">to correct: 6</p>'
    problems = list(Reader(panels["problems"]).within("li"))
    assert [each.partition(":")[0] for each in problems] == [
        "Input",
        "Year",
        "grades",
        "Violation 1, Quantity",
        "Violation 2, Day it happened",
        "Violation 3, Circumstances",
    ]
    alone = text_of(answer("year=2025&1.rule=3.15")["problems"])
    assert "Violation 1, Rule that it refers to: this is missing" in alone
    alone = text_of(answer("year=2025&policy.floor=500")["problems"])
    assert "the lowest score: this contradicts the rest" in alone


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans"])
def test_problems_are_in_the_language_of_the_page(language: Language) -> None:
    panels = answer(f"{WRONG.replace('language=en', f'language={language}')}")
    for problem in Reader(panels["problems"]).within("li"):
        assert re.match("[一-鿿]", problem)
    assert '<span lang="en"' in panels["problems"]


def test_too_many_violations_are_a_problem() -> None:
    many = urlencode({f"{number}.rule": "1.1" for number in range(1, MAXIMUM_VIOLATIONS + 3)})
    panels = answer(f"year=2025&{many}")
    assert "there are too many" in panels["problems"]


@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_input_is_shown_as_it_is(word: str) -> None:
    query = urlencode(
        {"year": word, "1.incident": word, "1.rule": word, "2.incident": word, word: 1}
    )
    panels = answer(query)
    tame = answer(query.replace(urlencode({"": word})[1:], "tame"))
    for name in ("form", "problems", "permalink"):
        assert Reader(closed(panels[name])).skeleton == Reader(closed(tame[name])).skeleton


def closed(html: str) -> str:
    """HTML whose inputs are closed, for a reader that counts what is open."""
    return re.sub(r"(<input[^>]*>)", r"\1</input>", html)


NAMES = st.sampled_from(
    [
        *("language", "standard", "year", "add", "remove", "x"),
        *(f"{number}.{name}" for number in (0, 1, 2, 7) for name in (*ACT, "circumstances", "x")),
        *(f"policy.{name}" for name in (*attrs.fields_dict(Policy), "x")),
    ]
)
KEYS = sorted({key for options in OPTIONS.values() for key in options})
VALUES = st.sampled_from(
    ["", "1", "3", "2025", "2025-07-02", "9999-12-31", "risk", "3.2b", "3.15", "1.5", "-1", *KEYS]
) | st.text(max_size=8)


@given(st.lists(st.tuples(NAMES, VALUES), max_size=12).map(urlencode) | st.text(max_size=30))
def test_any_input_has_an_answer_and_a_permalink_that_reads_alike(query: str) -> None:
    panels = answer(query)
    assert bool(panels["problems"]) != bool(panels["card"])
    again = read(panels["query"])
    assert written(again) == panels["query"]
    assert (again.acts, again.policy) == (read(query).acts, read(query).policy)


def test_the_words_of_the_page_are_in_the_characters_of_their_language() -> None:
    for text in (*WORDS.values(), *KINDS.values()):
        assert_each_script_is_its_own(text)
    for text, _ in STANDARDS.values():
        assert_each_script_is_its_own(text)


PAGE = Path(__file__).parents[2] / "docs" / "try-it.md"


def test_the_introduction_is_there_in_each_language_and_shown_in_that_of_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    found = re.findall(r'<p lang="([^"]+)"( hidden)?>([^<]+)</p>', page)
    assert [(language, hidden) for language, hidden, _ in found] == [
        ("en", ""),
        ("zh-Hant", " hidden"),
        ("zh-Hans", " hidden"),
    ]
    en, hant, hans = (" ".join(text.split()) for _, _, text in found)
    assert_each_script_is_its_own(Text(hant, hans, en=en))
    script = (PAGE.parent / "_static" / "try" / "try.js").read_text(encoding="utf-8")
    assert ".try-introduction p" in script
