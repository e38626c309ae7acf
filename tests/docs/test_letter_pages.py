"""The pages on a letter: the same blocks, tables and figures in each language."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
ORIGINAL = DOCS / "read-your-letter.md"
TRANSLATIONS = {each: ORIGINAL.with_suffix(f".{each}.md") for each in ("zh-Hant", "zh-Hans")}
BLOCK = re.compile(r"^```(.*?)^```$", re.DOTALL | re.MULTILINE)


def code_of(page: str) -> list[str]:
    """What makes the letter and what is run in a shell, whatever the language."""
    blocks = [each for each in BLOCK.findall(page) if not each.startswith("{testoutput}")]
    return [re.sub(r'"(en|zh-Han[ts])"', '"..."', each) for each in blocks]


def figures_of(page: str) -> list[str]:
    """The numbers of the prose, in their order but for those of one paragraph."""
    lines = BLOCK.sub("", page).split("\n\n")
    return [figure for each in lines for figure in sorted(re.findall(r"\d+", each))]


def shape_of(page: str) -> list[str]:
    """The level of each heading, and the rows of the tables."""
    return re.findall(r"^(#+|\|)", BLOCK.sub("", page), re.MULTILINE)


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_has_what_the_original_has(language: str) -> None:
    original = ORIGINAL.read_text(encoding="utf-8")
    translation = TRANSLATIONS[language].read_text(encoding="utf-8")
    assert code_of(translation) == code_of(original)
    assert shape_of(translation) == shape_of(original)


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_the_letter_is_in_the_language_of_the_page(language: str) -> None:
    page = TRANSLATIONS[language].read_text(encoding="utf-8")
    assert set(re.findall(r'"(en|zh-Han[ts])"', page)) == {language}


def test_both_chinese_pages_have_the_same_figures() -> None:
    hant, hans = (each.read_text(encoding="utf-8") for each in TRANSLATIONS.values())
    assert figures_of(hant) == figures_of(hans)
