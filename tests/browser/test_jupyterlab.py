"""The pictures inside a real JupyterLab, light and dark: its style breaks none of them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from fragments import contrast, luminance

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CELLS = [
    """
from datetime import date, datetime, timezone
from cmappraisal import ERROR_POINTS, Ledger, Period, Violation, score
from cmappraisal.accounts import points_account
ledger = Ledger()
for number, rule in enumerate(["3.2b", "1.7a", "4.2"], start=1):
    violation = Violation(
        f"V-{number}", "RM-01", rule=rule, occurred_on=date(2025, 3, number), circumstances=["risk"]
    )
    ledger = ledger.record(violation, at=datetime(2025, 3, 4, tzinfo=timezone.utc))
appraisal = score(ledger, ERROR_POINTS, Period.year(2025), manager="RM-01")
appraisal
""",
    """
from cmappraisal.interop.notebooks import show_in
show_in("zh-Hant", get_ipython())
appraisal
""",
    'points_account(ledger, ERROR_POINTS, manager="RM-01", through=date(2025, 12, 31))',
    """
from cmappraisal import WorkCalendar
from cmappraisal.training import VIP_SERVICE, check_compliance, schedule
made = schedule(VIP_SERVICE, Period.year(2026), calendar=WorkCalendar())
made
""",
    "check_compliance(made, [], on=date(2026, 6, 30))",
]
STARTED = 90_000
"""The milliseconds in which JupyterLab has to show the notebook, on a busy machine."""
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
OPTIONS = (
    *("--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", "--ServerApp.port=0"),
    *("--IdentityProvider.token=", "--LabApp.news_url=", "--ServerApp.open_browser=False"),
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a notebook that was executed and that its reader trusts."""
    if find_spec("jupyterlab") is None:
        pytest.skip("no JupyterLab is installed")
    made = tmp_path_factory.mktemp("notebook")
    cells: list[dict[str, Any]] = [
        {
            "cell_type": "code",
            "id": f"cell-{number}",
            "metadata": {},
            "source": source,
            "outputs": [],
            "execution_count": None,
        }
        for number, source in enumerate(CELLS)
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (made / "pictures.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    execute = ("nbconvert", "--to", "notebook", "--execute", "--inplace", "pictures.ipynb")
    for command in (execute, ("trust", "pictures.ipynb")):
        subprocess.run(
            [sys.executable, "-m", "jupyter", *command],
            cwd=made,
            env=environment(made),
            check=True,
            capture_output=True,
        )
    return made


def environment(folder: Path) -> dict[str, str]:
    """The environment, in which Jupyter keeps everything in a folder."""
    kept = ("CONFIG", "DATA", "RUNTIME")
    return {**os.environ, **{f"JUPYTER_{each}_DIR": str(folder / each.lower()) for each in kept}}


@pytest.fixture(scope="module")
def lab(folder: Path) -> Iterator[str]:
    """The address of a JupyterLab that serves the folder, on this machine."""
    with subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *OPTIONS],
        cwd=folder,
        env=environment(folder),
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stderr is not None
        said = (re.search(r"http://127\.0\.0\.1:\d+", line) for line in server.stderr)
        address = next(found[0] for found in said if found)
        # What it says later is read too, or it would wait for a reader.
        reading = Thread(target=server.stderr.read)
        reading.start()
        yield address
        server.terminate()
        reading.join()


@pytest.fixture(scope="module", params=THEMES)
def page(
    request: pytest.FixtureRequest, browser: Browser, lab: str, folder: Path
) -> Iterator[Page]:
    """The notebook, in a theme."""
    settings = folder / "config/lab/user-settings/@jupyterlab/apputils-extension"
    settings.mkdir(parents=True, exist_ok=True)
    chosen = json.dumps({"theme": THEMES[request.param]})
    (settings / "themes.jupyterlab-settings").write_text(chosen, encoding="utf-8")
    # The window is as high as the notebook, since what is out of sight is not drawn.
    context = browser.new_context(viewport={"width": 1300, "height": 5000})
    opened = context.new_page()
    opened.goto(f"{lab}/lab/tree/pictures.ipynb?reset")
    light = str(request.param == "light").lower()
    themed = f"body[data-jp-theme-light={light}]"
    opened.wait_for_selector(f"{themed} .cmappraisal-compliance", timeout=STARTED)
    yield opened
    context.close()


MEASURED = """root => {
  const box = element => element.getBoundingClientRect().toJSON();
  const broken = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest("style, svg")) continue;
    for (const found of node.data.matchAll(/[\\w.-]+/gu)) {
      range.setStart(node, found.index);
      range.setEnd(node, found.index + found[0].length);
      const lines = new Set([...range.getClientRects()].map(each => Math.round(each.top)));
      if (lines.size > 1) broken.push(found[0]);
    }
  }
  return {
    broken,
    lang: root.lang,
    ground: getComputedStyle(root).backgroundColor,
    ink: getComputedStyle(root).color,
    facts: [...root.querySelectorAll("dl > div")].map(
      fact => [fact, ...fact.children].map(box)),
    floating: [...root.querySelectorAll("*")].filter(
      element => getComputedStyle(element).float !== "none").length,
    striped: new Set([...root.querySelectorAll("tbody tr")].map(
      row => getComputedStyle(row).backgroundColor)).size,
  };
}"""
PICTURES = {
    "cmappraisal-card": ["en", "zh-Hant"],
    "cmappraisal-account": ["zh-Hant"],
    "cmappraisal-year": ["zh-Hant"],
    "cmappraisal-compliance": ["zh-Hant"],
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_whole_in_jupyterlab(page: Page, name: str) -> None:
    measured: list[dict[str, Any]] = [
        root.evaluate(MEASURED) for root in page.locator(f"div.{name}").all()
    ]
    assert [each["lang"] for each in measured] == PICTURES[name]
    is_dark = page.get_attribute("body", "data-jp-theme-light") == "false"
    for each in measured:
        assert each["broken"] == []
        assert each["floating"] == 0
        assert each["striped"] <= 1
        assert (luminance(each["ground"]) < 0.1) == is_dark
        assert contrast(each["ink"], each["ground"]) >= 7
        for fact, label, value in each["facts"]:
            # The value stands under its label, both at the same edge and within their box.
            assert value["top"] >= label["bottom"] - 1
            assert abs(value["left"] - label["left"]) < 1
            assert fact["left"] <= label["left"] <= label["right"] <= fact["right"]
            assert value["right"] <= fact["right"]
