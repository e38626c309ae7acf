"""HTML: elements whose words are escaped, and a style that holds for one fragment alone."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import LANGUAGES, Language
from cmappraisal.reports import html
from cmappraisal.reports.html import element, first_of, fragment, scrolling, words
from fragments import THEMES, Reader, contrast

COLOURS = html._COLOURS


@pytest.mark.parametrize(
    ("given", "escaped"),
    [
        ("<b>", "&lt;b&gt;"),
        ("\"'", "&quot;&#x27;"),
        ("&amp;", "&amp;amp;"),
        (5, "5"),
        ("客戶", "客戶"),
    ],
)
def test_words_are_escaped(given: object, escaped: str) -> None:
    assert words(given) == escaped


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20))
def test_any_text_is_read_back_from_an_element_and_an_attribute(text: str) -> None:
    read = Reader(element("p", words(text), title=text))
    assert "".join(read.texts) == text
    assert read.all("p") == [{"title": text}]


def test_an_element_has_its_attributes_but_for_those_that_are_none() -> None:
    made = element("td", words("x"), class_="number", aria_label="a & b", colspan=2, lang=None)
    assert made == '<td class="number" aria-label="a &amp; b" colspan="2">x</td>'
    assert element("td") == "<td></td>"


def test_a_table_that_scrolls_can_be_reached_by_the_keyboard() -> None:
    read = Reader(scrolling("a table", element("table")))
    assert read.all("div", "scroll") == [
        {"class": "scroll", "role": "region", "aria-label": "a table", "tabindex": "0"}
    ]


def test_a_style_holds_for_its_fragment_alone() -> None:
    read = Reader(fragment("box", {" p": "margin:0"}, "a box", [element("p")], "en"))
    rules = [line for line in read.style.splitlines() if line.strip()]
    assert rules
    for rule in rules:
        inner = re.sub(r"^@media \([^)]*\)\{(.*)\}$", r"\1", rule)
        inner = re.sub(rf"^{THEMES} ", "", inner)
        assert inner.startswith("div.box[lang]"), rule
    assert read.all("div") == [
        {"class": "box", "lang": "en", "role": "group", "aria-label": "a box"}
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_many_texts_the_rest_is_counted(language: Language) -> None:
    assert list(first_of(2, ["a", "b"], language)) == ["a", "b"]
    *first, rest = first_of(5, ["a", "b"], language)
    assert first == ["a", "b"]
    assert "3" in rest


def rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[place : place + 2], 16)) for place in (1, 3, 5))})"


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)") == pytest.approx(21)
    assert contrast("rgb(119, 119, 119)", "rgb(255, 255, 255)") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("page", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ink", ["ink", "quiet", "good", "bad"])
@pytest.mark.parametrize("ground", ["ground", "blank"])
def test_words_can_be_read_on_every_ground(ink: str, ground: str, page: int) -> None:
    assert contrast(rgb(COLOURS[ink][page]), rgb(COLOURS[ground][page])) >= 4.5


def test_every_colour_that_a_rule_names_is_there() -> None:
    named = set(re.findall(r"var\(--(\w+)\)", Path(html.__file__).read_text(encoding="utf-8")))
    assert named <= set(COLOURS)
