"""Pages that are heard, or read on a phone: what Sphinx and its theme leave out for them."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

# A signature on several lines is a list of definitions without a term.
PARAMETERS = re.compile(r"<dl>\n((?:<dd>.*</dd>\n)+)</dl>")


def as_blocks(found: re.Match[str]) -> str:
    """The parameters of a signature, a block each."""
    blocks = found[1].replace("<dd>", "<div>").replace("</dd>", "</div>")
    return f'<div class="sig-parameters">\n{blocks}</div>'


MANY = 4
"""Columns for which a phone has no room side by side."""

TABLE = re.compile(r'<table class="([^"]*\bdocutils\b[^"]*)"(.*?)</table>', re.DOTALL)
HEAD = re.compile(r'<th class="head">(.*?)</th>', re.DOTALL)
ROW = re.compile(r"<tr[ >].*?</tr>", re.DOTALL)
CELL = re.compile(r"<td[^>]*>(.*?)</td>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")


def with_heads(found: re.Match[str]) -> str:
    """A table of many columns, each cell with the heading of its column, which a phone shows."""
    heads = [TAG.sub("", head).strip().replace('"', "&quot;") for head in HEAD.findall(found[0])]
    if len(heads) < MANY:
        return found[0]

    def in_row(row: re.Match[str]) -> str:
        places = iter(heads)

        def in_cell(cell: re.Match[str]) -> str:
            head = next(places)
            given = f'data-head="{head}"' if TAG.sub("", cell[1]).strip() else 'class="nothing"'
            return cell[0].replace("<td", f"<td {given}", 1)

        return CELL.sub(in_cell, row[0])

    return f'<table class="{found[1]} stacked"{ROW.sub(in_row, found[2])}</table>'


def mend(
    _app: Sphinx,
    _page: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Mend a page, after the theme has made its navigation."""
    body = PARAMETERS.sub(as_blocks, context.get("body", ""))
    context["body"] = TABLE.sub(with_heads, body)
    tree = context.get("furo_navigation_tree", "")
    context["furo_navigation_tree"] = tree.replace(
        'role="heading"', 'role="heading" aria-level="2"'
    )


def setup(app: Sphinx) -> dict[str, bool]:
    """Mend each page last of all."""
    app.connect("html-page-context", mend, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
