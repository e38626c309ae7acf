"""Every page of the documentation: who hears it, who has no mouse, and who reads it on a phone."""

from __future__ import annotations

import os
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from cmappraisal import LANGUAGES, Language, score
from cmappraisal.accounts import points_account
from cmappraisal.interop.notebooks import PICTURES
from cmappraisal.training import VIP_SERVICE, Trainee, check_compliance, schedule

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PHONE = {"width": 390, "height": 844}
AXE = os.environ.get("CMAPPRAISAL_AXE")
"""The file of axe-core, which knows the guidelines."""

RUN = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.slice(0, 3).map(node => `${id}: ${node.html}`));
}"""
# The theme lets the content of a narrow window scroll by itself.
BEYOND = """Math.max(...[...document.querySelectorAll("html, .content")].map(
  box => box.scrollWidth - box.clientWidth))"""


class Look(NamedTuple):
    """What was found on a page.

    Args:
        beyond: By how many pixels it is wider than a phone.
        findings: What is serious about it.
    """

    beyond: int
    findings: list[str]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """An empty page, as wide as a phone."""
    if not AXE:
        pytest.skip("no file of axe-core in CMAPPRAISAL_AXE")
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def found_on(page: Page) -> list[str]:
    """What is serious about the page that is open."""
    if not page.evaluate("'axe' in globalThis"):
        page.add_script_tag(path=AXE)
    found: list[str] = page.evaluate(RUN)
    return found


@pytest.fixture(scope="module", params=["light", "dark"])
def looks(page: Page, site: str, request: pytest.FixtureRequest) -> dict[str, Look]:
    """Every page, and what was found on it where the system prefers light or dark."""
    page.emulate_media(color_scheme=request.param)
    folder = Path(os.environ["CMAPPRAISAL_DOCS"])
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    found = {}
    for name in names:
        page.goto(f"{site}/{name}")
        found[name] = Look(page.evaluate(BEYOND), found_on(page))
    return found


def test_no_page_has_a_serious_finding(looks: dict[str, Look]) -> None:
    assert "index.html" in looks
    assert {name: look.findings for name, look in looks.items() if look.findings} == {}


def test_no_page_scrolls_sideways_on_a_phone(looks: dict[str, Look]) -> None:
    assert {name: look.beyond for name, look in looks.items() if look.beyond} == {}


def values() -> Iterator[Any]:
    """What has a picture: the branch of the example."""
    example = Path(__file__).parents[2] / "docs" / "examples" / "branch_year.py"
    branch = runpy.run_path(str(example))
    ledger = branch["year_of"](branch["VIOLATIONS"])
    yield score(ledger, branch["HOUSE"], branch["YEAR"], manager="RM-04", policy=branch["POLICY"])
    yield points_account(ledger, branch["HOUSE"], manager="RM-02", through=branch["YEAR"].last)
    yield max(ledger.cases(), key=lambda case: len(case.history))
    yield branch["HOUSE"]
    made = schedule(
        VIP_SERVICE,
        branch["NEXT_YEAR"],
        calendar=branch["MAINLAND"],
        blackouts=branch["TYPHOON"],
        trainees=[Trainee(id, day) for id, day in branch["HIRED"].items()],
    )
    yield made
    yield check_compliance(made, branch["records_of"](made), on=branch["SUMMER"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_picture_has_a_serious_finding(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    pictures = "".join(
        PICTURES[type(value)](value, language) for value in values() for language in LANGUAGES
    )
    page.set_content(f'<!doctype html><html lang="en"><title>Pictures</title>{pictures}</html>')
    assert found_on(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keyboard_opens_the_list_of_what_titles_say(page: Page, language: Language) -> None:
    shown = 0
    for value in values():
        page.set_content(PICTURES[type(value)](value, language))
        if not page.locator("td[title]").count():
            continue
        shown += 1
        for _ in range(2):
            while page.evaluate("document.activeElement.tagName") != "SUMMARY":
                page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            page.keyboard.press("Tab")
        lines = page.locator("details[open] details[open] li").first.inner_text().split("\n")
        titles = page.locator("td[title]").evaluate_all("all => all.map(each => each.title)")
        assert any(title.endswith(lines[-1]) for title in titles)
        assert page.evaluate(BEYOND) == 0
    assert shown == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_that_runs_has_no_serious_finding(page: Page, site: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{site}/try-it.html")
    page.wait_for_selector("#try.try-runs", timeout=180_000)
    page.get_by_text("Policy: choices").click()
    page.get_by_label("Quantity").first.fill("many")
    page.wait_for_selector("[data-panel=problems] li")
    assert found_on(page) == []
