"""Papers: what a letter says, in sections, of which its text and its HTML are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from cmappraisal.reports.html import COMMON_RULES, Html, element, fragment, words
from cmappraisal.texts import Language

_RULES: Final = {
    **COMMON_RULES,
    " section": "margin-top:14px",
    " p.heading": "font-weight:650",
    " ul": "list-style:none",
    " li": "padding:3px 0;border-bottom:1px solid var(--edge)",
    " li:last-child": "border-bottom:0",
    " li p": "color:var(--quiet)",
}


class Item(NamedTuple):
    """One line of a paper, and what is said of it below.

    Args:
        text: The line.
        details: The lines below it.
    """

    text: str
    details: tuple[str, ...] = ()


class Section(NamedTuple):
    """Some lines of a paper.

    Args:
        heading: What stands above them; None for nothing.
        items: The lines.
    """

    heading: str | None
    items: tuple[Item, ...]

    @classmethod
    def of(cls, heading: str | None, lines: Iterable[str | Item]) -> Section:
        """A section of lines, some with details."""
        items = (Item(each) if isinstance(each, str) else each for each in lines)
        return cls(heading, tuple(items))


def as_text(sections: Iterable[Section]) -> str:
    """A paper as plain text, whose sections stand apart, each line ended by a line feed."""
    return "\n\n".join("\n".join(_lines(section)) for section in sections) + "\n"


def _lines(section: Section) -> Iterator[str]:
    if section.heading is not None:
        yield section.heading
    for item in section.items:
        yield item.text
        yield from (f"   {detail}" for detail in item.details)


def as_html(name: str, label: str, sections: Iterable[Section], language: Language) -> str:
    """A paper as a fragment of HTML with a style of its own.

    Args:
        name: What kind of paper it is, for the class of the fragment.
        label: What it is called to whoever hears it read.
        sections: What it says; the first says what it is and about whom.
        language: The language.
    """
    first, *others = sections
    content = [
        element("p", words(first.heading), class_="name"),
        *(element("p", words(item.text), class_="quiet") for item in first.items),
        *map(_section, others),
    ]
    return fragment(f"cmappraisal-{name}", _RULES, label, content, language)


def _section(section: Section) -> Html:
    heading = []
    if section.heading is not None:
        heading = [element("p", words(section.heading), class_="heading")]
    return element("section", *heading, element("ul", *map(_item, section.items)))


def _item(item: Item) -> Html:
    details = (element("p", words(detail)) for detail in item.details)
    # The list says by itself that it is one.
    return element("li", words(item.text.removeprefix("- ")), *details)
