"""The language of a page, in which a browser picks its glyphs and a screen reader its voice."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from cmappraisal import LANGUAGES


def mark(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Mark a page with the language that its name ends with."""
    _, _, ending = pagename.rpartition(".")
    if ending in LANGUAGES:
        context["language"] = ending


def setup(app: Sphinx) -> dict[str, bool]:
    """Mark each page when it is written."""
    app.connect("html-page-context", mark)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
