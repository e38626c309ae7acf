"""Pages in Chinese: what a page and its original have in common, section by section."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
# The pages on a letter hold the letter in their own language; a test of their own compares them.
TRANSLATIONS = [
    page
    for page in sorted(DOCS.rglob("*.zh-Hans.md"))
    if not page.name.startswith("read-your-letter")
]
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
BLOCK = re.compile(r"^```(.*?)^```$", re.DOTALL | re.MULTILINE)
OF_ITS_LANGUAGE = ":language: zh-Hans\n"
RUN = ("{doctest}", "{testsetup}")
TERM = re.compile(r"\{term\}`[^`]*`")
CODE = re.compile(r"(?:\{\w+\})?`[^`]+`")
LINK = re.compile(r"\[[^]]*\]\(([^)#]*)[^)]*\)")


def without_blocks(page: str) -> str:
    return BLOCK.sub("", page)


def sections_of(page: str) -> list[str]:
    """The prose of each section, its heading included."""
    return re.split(r"^(?=#)", without_blocks(page), flags=re.MULTILINE)[1:]


def shape_of(section: str) -> list[str]:
    """The level of the heading, and what begins an item of a list or a row of a table."""
    return re.findall(r"^(#+|\||- |: |\d+\. )", section, re.MULTILINE)


def code_of(section: str) -> list[str]:
    """What is named in code or by its place in the reference."""
    return sorted(CODE.findall(TERM.sub("", section)))


def links_of(section: str) -> list[str]:
    """The pages that are linked to, whatever the language."""
    return sorted(each.replace(".zh-Hans", "") for each in LINK.findall(section))


def figures_of(section: str) -> list[str]:
    """The numbers, those of months among them."""
    prose = LINK.sub("", CODE.sub("", section))
    for number, month in enumerate(MONTHS, start=1):
        prose = re.sub(rf"\b([Ii]n|of|from)\s+{month}\b", str(number), prose)
    return sorted(re.findall(r"\d+(?:\.\d+)?", prose))


@pytest.fixture(params=TRANSLATIONS, ids=lambda page: page.name)
def pages(request: pytest.FixtureRequest) -> tuple[str, str]:
    """A page in Chinese, and its original."""
    original = request.param.with_name(request.param.name.replace(".zh-Hans", ""))
    return request.param.read_text(encoding="utf-8"), original.read_text(encoding="utf-8")


def test_there_are_pages_in_chinese() -> None:
    assert TRANSLATIONS


def test_a_page_has_the_blocks_of_its_original(pages: tuple[str, str]) -> None:
    page, original = pages
    blocks = [each.replace(OF_ITS_LANGUAGE, "") for each in BLOCK.findall(page)]
    assert blocks == BLOCK.findall(original)


def test_what_is_drawn_is_in_the_language_of_the_page(pages: tuple[str, str]) -> None:
    drawn = [each for each in BLOCK.findall(pages[0]) if each.startswith("{")]
    for each in drawn:
        assert (OF_ITS_LANGUAGE in each) is not each.startswith(RUN)


@pytest.mark.parametrize("what", [shape_of, code_of, links_of, figures_of])
def test_each_section_says_what_the_original_says(pages: tuple[str, str], what: object) -> None:
    page, original = pages
    assert callable(what)
    assert [what(each) for each in sections_of(page)] == [
        what(each) for each in sections_of(original)
    ]


def test_each_page_links_to_the_other(pages: tuple[str, str]) -> None:
    page, original = pages
    assert "[简体中文]" in original
    assert "英文原文见" in page
