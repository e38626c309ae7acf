"""HTML: the elements that pictures are made of, and the style that holds for a picture alone.

What comes from data is escaped before it is an element's; the type checker sees to it, since only
what is made here is :data:`Html`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from types import MappingProxyType
from typing import Final, NewType

from cmappraisal.reports import wordings
from cmappraisal.texts import Language, worded

Html = NewType("Html", str)
"""What is HTML already; any other string goes through :func:`words` to become it."""

_COLOURS: Final = {
    "ground": ("#ffffff", "#16191d"),
    "ink": ("#1c2127", "#e6e9ed"),
    "quiet": ("#59636e", "#9fa9b5"),
    "edge": ("#d0d7de", "#3a424b"),
    "blank": ("#f0f2f5", "#242a31"),
    "hatch": ("#c5ccd4", "#48535e"),
    "bar": ("#1f5fbf", "#8fbdff"),
    "good": ("#1a6b32", "#6bd58a"),
    "bad": ("#b3261e", "#ff9d94"),
    "letter": ("#ffffff", "#14171a"),
    "test": ("#b3261e", "#ff9d94"),
    "study": ("#1f5fbf", "#8fbdff"),
    "workshop": ("#6f35a5", "#cfa8ff"),
    "competition": ("#8a5200", "#f0b860"),
    "course": ("#0b6b63", "#5fd0c2"),
    "talk": ("#9c1c72", "#ff9fd4"),
    "report": ("#47630f", "#b5d16a"),
    "request": ("#4f5965", "#b9c2cf"),
    "meeting": ("#dbe4f0", "#33404f"),
    "self-study": ("#2a2f8f", "#e8e36a"),
    "on-the-job": ("#5a3a1e", "#d9b8a0"),
}
"""Each colour on a light page and on a dark one; that of a kind of session is named as the kind."""

_PAGES: Final = ("light", "dark")

COMMON_RULES: Final = {
    "": "box-sizing:border-box;max-width:1120px;margin:0;padding:16px 18px;overflow-wrap:anywhere;"
    "border:1px solid var(--edge);border-radius:8px;background:var(--ground);color:var(--ink);"
    "font:14px/1.45 system-ui,-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei',"
    "'Noto Sans CJK SC',sans-serif;text-align:left",
    "[lang|=zh-Hant]": "font-family:system-ui,-apple-system,'Segoe UI','PingFang TC',"
    "'Microsoft JhengHei','Noto Sans CJK TC',sans-serif",
    # What the page around says of its own lists and tables ends here; a drawing's attributes stay.
    " :where(:not(svg,svg *))": "all:revert",
    " *": "box-sizing:border-box",
    " :is(p,ul,dl,dd)": "margin:0;padding:0",
    " p.name": "font-size:20px;font-weight:650;line-height:1.25",
    " p.quiet": "color:var(--quiet)",
    " .scroll": "overflow-x:auto;margin-top:14px",
    " .scroll:focus-visible": "outline:2px solid var(--bar);outline-offset:2px",
    " table": "margin:0;border:0;background:none;color:inherit;font:inherit",
    " :is(thead,tbody,tfoot,tr)": "background:none;border:0",
    " caption": "caption-side:top;padding:0 0 6px;color:inherit;font-weight:650;text-align:left",
}

_NARROW: Final = 640
"""Pixels: at most so wide is a window in which pictures have a narrower form."""

NO_RULES: Final[Mapping[str, str]] = MappingProxyType({})


def fragment(
    name: str,
    rules: Mapping[str, str],
    label: str,
    content: Iterable[Html],
    language: Language,
    *,
    narrow: Mapping[str, str] = NO_RULES,
) -> str:
    """A picture: elements in a box of their own, with a style that holds for it alone.

    Args:
        name: The class of the box.
        rules: The declarations of each selector within the box.
        label: What the picture is, for who cannot see it.
        content: What is in the box.
        language: The language of what is in it.
        narrow: More rules, for a window of at most 640 pixels, such as a phone's.
    """
    style = element("style", _style(f"div.{name}[lang]", rules, narrow))
    return element(
        "div", style, *content, class_=name, lang=language, role="group", aria_label=label
    )


def _style(root: str, rules: Mapping[str, str], narrow: Mapping[str, str]) -> Html:
    # The attribute in the root makes each rule weigh more than what notebooks say of tables.
    light, dark = (
        f"color-scheme:{page};"
        + ";".join(f"--{name}:{colours[place]}" for name, colours in _COLOURS.items())
        for place, page in enumerate(_PAGES)
    )
    sheet = [
        f"{root}{{{light}}}",
        f"@media (prefers-color-scheme:dark){{{root}{{{dark}}}}}",
        # Jupyter says on its body which theme it has, and so do themes of documentation, whatever
        # the system prefers.
        f':is([data-jp-theme-light="true"],[data-theme="light"]) {root}{{{light}}}',
        f':is([data-jp-theme-light="false"],[data-theme="dark"]) {root}{{{dark}}}',
        *(f"{root}{selector}{{{declarations}}}" for selector, declarations in rules.items()),
        *(
            f"@media (max-width:{_NARROW}px){{{root}{selector}{{{declarations}}}}}"
            for selector, declarations in narrow.items()
        ),
    ]
    return Html("\n".join(sheet))


def scrolling(label: str, table: Html) -> Html:
    """A table that scrolls within its own box where the page is narrow, by the keyboard too."""
    return element("div", table, class_="scroll", role="region", aria_label=label, tabindex=0)


def element(_name: str, *content: Html, **attributes: object) -> Html:
    """An element; an attribute that is None is left out."""
    given = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{words(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return Html(f"<{_name}{given}>{''.join(content)}</{_name}>")


def words(value: object) -> Html:
    """Anything as text, escaped."""
    return Html(escape(str(value)))


def first_of(count: int, texts: list[str], language: Language) -> Iterator[str]:
    """The first of so many texts, and how many more there are."""
    yield from texts
    if count > len(texts):
        yield worded(wordings.MORE, language, count - len(texts))
