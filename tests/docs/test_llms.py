"""The file for language models: each of its links is a page."""

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "llms.txt").read_text(encoding="utf-8")
LINKS = re.findall(r"\]\(([^)]+)\)", TEXT)


def test_each_link_is_a_page() -> None:
    missing = [link for link in LINKS if not (DOCS / link).with_suffix(".md").exists()]
    assert LINKS
    assert missing == []


def test_every_page_is_linked_to_but_translations() -> None:
    pages = {path.relative_to(DOCS) for path in DOCS.rglob("*.md")}
    expected = {
        str(page.with_suffix(".html"))
        for page in pages
        if page != Path("index.md") and ".zh-" not in page.name and page.parts[0] != "examples"
    }
    assert expected - set(LINKS) == set()


def test_no_page_is_linked_to_twice() -> None:
    assert len(set(LINKS)) == len(LINKS)


def test_it_begins_with_a_title_and_a_summary() -> None:
    title, _, summary, *_ = TEXT.split("\n")
    assert title.startswith("# ")
    assert summary.startswith("> ")


def test_it_is_served_from_the_root() -> None:
    assert 'html_extra_path = ["llms.txt"]' in (DOCS / "conf.py").read_text(encoding="utf-8")
