"""The documentation as it was built: links lead somewhere, and everything can be read."""

from __future__ import annotations

import os
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BUILT = os.environ.get("CMAPPRAISAL_DOCS")
FOLDER = Path(BUILT or "docs").resolve()

pytestmark = pytest.mark.skipif(not BUILT, reason="no built documentation in CMAPPRAISAL_DOCS")

SCREENS = 15
"""The most screens of a page of the reference, each 900 pixels high."""

DESKTOP, PHONE = 1280, 390

LOOK = """() => {
  const root = document.documentElement;
  const cut = selector => [...document.querySelectorAll(selector)]
    .filter(each => each.scrollWidth > each.clientWidth)
    .map(each => each.textContent.trim().split("\\n").sort((a, b) => b.length - a.length)[0]);
  return {
    screens: root.scrollHeight / 900,
    overflow: root.scrollWidth - root.clientWidth,
    code: cut("article pre"),
    commands: cut("article .highlight-sh pre"),
    pictures: cut("article div[class^=cmappraisal-]"),
    boxes: cut("article :is(.scroll, .drawn, .try-scroll)"),
  };
}"""


def pages_of() -> list[str]:
    """The pages that were built, from the folder."""
    found = (path.relative_to(FOLDER) for path in FOLDER.rglob("*.html"))
    return sorted(str(path) for path in found if path.parts[0] != "_static")


class Links(HTMLParser):
    """The ids of a page, and where it links to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids |= {str(given[name]) for name in ("id", "name") if given.get(name)}
        self.links |= {str(given[name]) for name in ("href", "src") if given.get(name)}


def wide(browser: Browser, width: int) -> Page:
    """An empty page of a width."""
    return browser.new_page(viewport={"width": width, "height": 900})


def test_every_link_leads_to_a_place_that_is_there() -> None:
    pages = {name: Links((FOLDER / name).read_text(encoding="utf-8")) for name in pages_of()}
    lost = []
    for name, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            path = (FOLDER / name).parent / unquote(parts.path) if parts.path else FOLDER / name
            target = str(path.resolve().relative_to(FOLDER))
            anchor = unquote(parts.fragment)
            if not path.exists() or (
                anchor and target in pages and anchor not in pages[target].ids
            ):
                lost.append(f"{name}: {link}")
    assert len(pages) > 50
    assert lost == []


@pytest.fixture(scope="module")
def shown(browser: Browser, site: str) -> dict[int, dict[str, Any]]:
    """What each page looks like, at each width."""
    seen: dict[int, dict[str, Any]] = {DESKTOP: {}, PHONE: {}}
    for width, found in seen.items():
        with wide(browser, width) as page:
            for name in pages_of():
                page.goto(f"{site}/{name}")
                found[name] = page.evaluate(LOOK)
    return seen


def test_a_page_of_the_reference_is_not_long(shown: Any) -> None:
    long = {
        page: seen["screens"]
        for page, seen in shown[DESKTOP].items()
        if page.startswith("reference/") and seen["screens"] > SCREENS
    }
    assert long == {}


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_no_page_is_wider_than_its_window(shown: Any, width: int) -> None:
    assert not {page: seen for page, seen in shown[width].items() if seen["overflow"]}


def test_no_line_of_code_is_wider_than_the_page(shown: Any) -> None:
    assert not {page: seen["code"] for page, seen in shown[DESKTOP].items() if seen["code"]}


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_commands_and_pictures_are_whole(shown: Any, width: int) -> None:
    for page, seen in shown[width].items():
        assert (seen["commands"], seen["pictures"]) == ([], []), page


def test_nothing_scrolls_in_a_box_of_its_own_on_a_phone(shown: Any) -> None:
    assert not {page: seen["boxes"] for page, seen in shown[PHONE].items() if seen["boxes"]}


# The search finds a rule by what it says, in every language.


def test_the_search_finds_a_rule_by_its_wording(browser: Browser, site: str) -> None:
    words = {
        "押品登記": "3-2b",
        "押品登记": "3-2b",
        "拜訪": "2-1",
        "信贷调查报告": "3-3",
        "collateral registration": "3-2b",
    }
    with wide(browser, DESKTOP) as page:
        for text, rule in words.items():
            page.goto(f"{site}/search.html?q={quote(text)}")
            page.wait_for_function(
                "/found|match/.test(document.querySelector('.search-summary')?.textContent)"
            )
            links = page.locator("#search-results li a").evaluate_all("all => all.map(a => a.href)")
            last = [link.rpartition("/")[2] for link in links]
            assert f"reading.html#rule-{rule}" in last, (text, last)
