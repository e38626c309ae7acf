"""What the tests with a browser share. ``nox -s browser`` has all that they need, and runs them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from fragments import CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# It has no examples, and a module of its name is there already.
collect_ignore = ["conftest.py"]

BUILT = os.environ.get("CMAPPRAISAL_DOCS")
"""The folder of the documentation that was built, with the files of the page that runs here."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium without a window."""
    playwright = pytest.importorskip("playwright.sync_api", reason="no Playwright is installed")
    if not CHROMIUM:
        pytest.skip("no Chromium on the path, and none in CMAPPRAISAL_CHROMIUM")
    with playwright.sync_playwright() as running:
        launched = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of the documentation, served on this machine."""
    if not BUILT:
        pytest.skip("no built documentation in CMAPPRAISAL_DOCS")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=BUILT))
    serving = Thread(target=server.serve_forever)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join()
    server.server_close()
