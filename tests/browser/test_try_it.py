"""The page that runs the library, in a browser: type, change, read the result."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from appraise import answer
from fragments import luminance

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1300, "height": 900}
STARTED = 180_000
"""The milliseconds in which the library has to be there, on a machine that does much else."""


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """Every address that the page asked for."""
    return []


@pytest.fixture(scope="module")
def opened(browser: Browser, site: str, asked: list[str]) -> Iterator[Page]:
    """The page, once the library runs in it."""
    context = browser.new_context(viewport=DESKTOP, color_scheme="light")  # type: ignore[arg-type]
    page = context.new_page()
    context.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/try-it.html")
    page.wait_for_selector("#try.try-runs", timeout=STARTED)
    yield page
    context.close()


@pytest.fixture
def page(opened: Page) -> Page:
    """The page with one violation typed, its rule on a risk."""
    opened.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    typed(opened, "year=2025&1.rule=3.2b&1.occurred_on=2025-03-02&1.circumstances=risk")
    return opened


def typed(page: Page, query: str) -> None:
    """Open a permalink, and wait for what it makes."""
    page.evaluate("query => { location.hash = query }", query)
    shown(page, answer(query)["query"])


def shown(page: Page, query: str) -> None:
    """Wait until the page shows what an input makes, which is what Python here makes of it."""
    page.wait_for_function(LINKED, arg=f"#{query}")
    panels = answer(query)
    for name in ("summary", "problems", "card", "account", "decides", "letter-zh-Hant"):
        panel = page.locator(f"[data-panel={name}]")
        assert panel.evaluate("panel => panel.innerHTML") == page.evaluate(PARSED, panels[name])
    assert page.evaluate("location.hash") == f"#{query}"


LINKED = """query =>
  document.querySelector("[data-panel=permalink] a")?.getAttribute("href") === query"""
PARSED = """html => {
  const panel = document.createElement("div");
  panel.innerHTML = html;
  return panel.innerHTML;
}"""


def control(page: Page, label: str) -> Any:
    return page.get_by_label(label, exact=True)


def test_what_is_typed_and_chosen_changes_what_is_shown(page: Page) -> None:
    base = "year=2025&1.rule=3.2b&1.occurred_on=2025-03-02"
    assert "error points: 20" in page.inner_text("[data-panel=summary]")
    control(page, "Quantity").fill("3")
    shown(page, f"{base}&1.quantity=3&1.circumstances=risk")
    assert "error points: 60" in page.inner_text("[data-panel=summary]")
    page.get_by_label("risk to the bank").uncheck()
    shown(page, f"{base}&1.quantity=3")
    page.get_by_text("Policy: choices").click()
    control(page, "full marks").fill("50")
    shown(page, f"{base}&1.quantity=3&policy.full_marks=50")
    assert "score: 20" in page.inner_text("[data-panel=summary]")
    assert control(page, "full marks").evaluate("it => it === document.activeElement")


def test_the_language_of_the_page_is_chosen(page: Page) -> None:
    control(page, "Language").focus()
    control(page, "Language").select_option("zh-Hant")
    shown(
        page,
        "language=zh-Hant&year=2025&1.rule=3.2b&1.occurred_on=2025-03-02&1.circumstances=risk",
    )
    assert control(page, "條款").count() == 1
    assert page.locator("[data-panel=letter-zh-Hant]").is_visible()
    assert not page.locator("[data-panel=letter-en]").is_visible()
    introductions = page.locator(".try-introduction p")
    assert [each.is_visible() for each in introductions.all()] == [False, True, False]
    assert control(page, "本頁語言").evaluate("it => it === document.activeElement")


def test_everything_can_be_done_by_the_keyboard(page: Page) -> None:
    control(page, "Language").focus()
    reached = []
    while "Add a violation" not in reached:
        page.keyboard.press("Tab")
        name = "document.activeElement.textContent || document.activeElement.id"
        reached.append(page.evaluate(name))
        assert len(reached) < 30, reached
    page.keyboard.press("Enter")
    query = "year=2025&1.rule=3.2b&1.occurred_on=2025-03-02&1.circumstances=risk&2.rule={}"
    shown(page, f"{query.format('1.1')}&2.occurred_on=2025-03-02")
    page.wait_for_function("document.activeElement.id === 'try-2.rule'")
    page.keyboard.type("3.15")
    shown(page, f"{query.format('3.15')}&2.occurred_on=2025-03-02")
    assert "Rule that it refers to: this is missing" in page.inner_text("[data-panel=problems]")
    page.keyboard.press("Tab")
    page.wait_for_function("document.activeElement.id === 'try-2.occurred_on'")


def test_bad_input_shows_its_problems_and_no_result(page: Page) -> None:
    control(page, "Quantity").fill("many")
    control(page, "Year").fill("?")
    shown(
        page,
        "year=%3F&1.rule=3.2b&1.occurred_on=2025-03-02&1.quantity=many&1.circumstances=risk",
    )
    problems = page.locator("[data-panel=problems] li").all_inner_texts()
    assert [each.partition(":")[0] for each in problems] == ["Year", "Violation 1, Quantity"]
    assert page.locator("[data-panel=card]").inner_text() == ""
    assert "Traceback" not in page.inner_text("body")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nothing_is_wider_than_the_window(page: Page, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    typed(page, "")
    beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(beyond) == 0
    summary = page.locator("[data-panel=summary]")
    page.evaluate("scrollTo({ top: document.body.scrollHeight / 2, behavior: 'instant' })")
    # The bar of the theme has no border once it has heard that the page is scrolled.
    page.wait_for_selector("header.mobile-header.scrolled", state="attached")
    bar = page.locator("header.mobile-header").evaluate("it => it.getBoundingClientRect().bottom")
    assert summary.evaluate("it => it.getBoundingClientRect().top") == bar


def test_pictures_and_page_follow_the_switch_of_the_theme(page: Page) -> None:
    grounds = {}
    for theme, scheme in (("light", "dark"), ("dark", "light")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.evaluate("theme => { document.body.dataset.theme = theme }", theme)
        grounds[theme] = [
            page.locator(part).evaluate("it => getComputedStyle(it).backgroundColor")
            for part in (".cmappraisal-card >> nth=-1", "#try-year")
        ]
    page.evaluate("document.body.dataset.theme = 'auto'")
    page.emulate_media(color_scheme="light")
    assert all(luminance(ground) > 0.9 for ground in grounds["light"])
    assert all(luminance(ground) < 0.1 for ground in grounds["dark"])


def test_nothing_is_asked_of_any_other_place(page: Page, site: str, asked: list[str]) -> None:
    assert any(each.endswith(".wasm") for each in asked)
    assert {re.sub(r"^(\w+://[^/]+).*", r"\1", each) for each in asked} == {site}


def without_scripts(browser: Browser) -> Page:
    return browser.new_context(java_script_enabled=False).new_page()


def without_files(browser: Browser) -> Page:
    page = browser.new_page()
    page.route("**/try/files/**", lambda route: route.abort())
    return page


def without_webassembly(browser: Browser) -> Page:
    page = browser.new_page()
    page.add_init_script("delete globalThis.WebAssembly")
    return page


@pytest.mark.parametrize("opening", [without_scripts, without_files, without_webassembly])
def test_the_example_is_there_where_the_library_cannot_run(
    browser: Browser, site: str, opening: Callable[[Browser], Page]
) -> None:
    page = opening(browser)
    page.goto(f"{site}/try-it.html")
    page.get_by_text("Below is what it makes of the example").wait_for()
    assert page.locator(".cmappraisal-card").is_visible()
    assert page.locator(".cmappraisal-account").is_visible()
    assert not page.locator("#try form").is_visible()
    page.context.close()
