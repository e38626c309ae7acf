"""Fragments: HTML as a browser reads it and shows it, for the tests of every picture.

Chromium is there where CMAPPRAISAL_CHROMIUM has its path, or where it is on the path of commands.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from cmappraisal import Language
from cmappraisal.fields import is_identifier

CHROMIUM = os.environ.get("CMAPPRAISAL_CHROMIUM") or shutil.which("chromium")

Attributes = tuple[tuple[str, str | None], ...]
Event = tuple[str, str, Attributes]


# Reading a fragment as a browser does.


class Reader(HTMLParser):
    """What a fragment is made of: its elements in order, and the text between them."""

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.events: list[Event] = []
        self.style = ""
        self._open: list[str] = []
        self.feed(fragment)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(tag)
        self.events.append(("open", tag, tuple(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        self.events.append(("close", tag, ()))

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            self.style += data
        else:
            self.events.append(("text", data, ()))

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")

    @property
    def skeleton(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """The elements with the names of their attributes, and without any of the words."""
        return [
            (kind, name, tuple(attribute for attribute, _ in attributes))
            for kind, name, attributes in self.events
            if kind != "text"
        ]

    @property
    def texts(self) -> list[str]:
        return [words for kind, words, _ in self.events if kind == "text"]

    @property
    def text(self) -> str:
        return " ".join(self.texts)

    def all(self, name: str, of_class: str | None = None) -> list[dict[str, str | None]]:
        """The attributes of the elements of a name, and of a class where one is given."""
        return [
            dict(attributes)
            for kind, tag, attributes in self.events
            if (kind, tag) == ("open", name) and has_class(attributes, of_class)
        ]

    def within(self, name: str, of_class: str | None = None) -> Iterator[str]:
        """The text of each element of a name, and of a class where one is given."""
        depth = 0
        words: list[str] = []
        for kind, tag, attributes in self.events:
            if depth and kind == "text":
                words.append(tag)
            elif depth:
                depth += 1 if kind == "open" else -1
                if depth == 0:
                    yield " ".join(words)
            elif (kind, tag) == ("open", name):
                depth = int(has_class(attributes, of_class))
                words = []

    @property
    def told(self) -> dict[str, list[list[str]]]:
        """What a list that opens says: the items of each part of it, by what opens the part."""
        parts: dict[str, list[list[str]]] = {}
        part = ""
        open_: list[str] = []
        for kind, words, _ in self.events:
            if kind == "open":
                open_.append(words)
                if words == "li" and "details" in open_:
                    parts[part].append([])
            elif kind == "close":
                open_.pop()
            elif open_[-1] == "summary":
                part = words
                parts[part] = []
            elif "li" in open_ and "details" in open_:
                parts[part][-1].append(words)
        return {part: items for part, items in parts.items() if items}


def has_class(attributes: Attributes, name: str | None) -> bool:
    return name is None or name in str(dict(attributes).get("class")).split()


# What holds for every picture.


def assert_same_in(picture: Callable[..., str], drawn: object, language: Language) -> None:
    """A language changes the words and nothing else."""
    fragment = Reader(picture(drawn, language))
    assert fragment.skeleton == Reader(picture(drawn)).skeleton
    root = fragment.all("div")[0]
    assert root["lang"] == language
    assert root["role"] == "group"
    has_chinese = re.search(r"[一-鿿]", fragment.text)
    assert bool(has_chinese) == (language != "en")


THEMES = r':is\(\[data-jp-theme-light="\w+"\],\[data-theme="\w+"\]\)'


def assert_touches_nothing_else(fragment: str) -> None:
    """A fragment needs no file, runs nothing, and styles itself only."""
    read = Reader(fragment)
    assert {tag for _, tag, _ in read.skeleton}.isdisjoint(
        {"script", "link", "img", "iframe", "svg", "a", "base", "meta", "html", "body"}
    )
    names = {name for _, _, names in read.skeleton for name in names}
    assert not [name for name in names if name.startswith("on")]
    assert names.isdisjoint({"id", "src", "href"})
    assert not re.search(r"url\(|@import|//", read.style)
    root = dict(read.events[0][2])["class"]
    for selector in re.findall(r"^(?:@media[^{]*\{)?([^{@]+)\{", read.style, re.MULTILINE):
        assert re.match(rf"({THEMES} )?div\.{root}\[lang\]", selector)


def assert_can_be_read_aloud(fragment: str) -> None:
    """Tables have captions and headings, and what scrolls can be reached by the keyboard."""
    read = Reader(fragment)
    assert len(read.all("table")) == len(re.findall("<table><caption>[^<]+</caption>", fragment))
    assert {head["scope"] for head in read.all("th")} == {"col", "row"}
    boxes = read.all("div", "scroll")
    assert len(boxes) == len(read.all("table"))
    for box in boxes:
        assert (box["role"], box["tabindex"]) == ("region", "0")
        assert box["aria-label"]


ROWS = {"thead", "tbody", "tfoot"}
PLACES = {
    **{name: {"div"} for name in ("dl", "table", "style")},
    "p": {"div", "li", "td"},
    "ul": {"div", "details"},
    "details": {"div", "details"},
    "summary": {"details"},
    **{name: {"table"} for name in ("caption", *ROWS)},
    **{name: {"tr"} for name in ("th", "td")},
    **{name: {"div"} for name in ("dt", "dd")},
    **{name: {"td", "dd", "div", "li", "span"} for name in ("b", "s", "small", "span")},
    "div": {"", "div", "dl", "td"},
    "li": {"ul"},
    "tr": ROWS,
}
"""Which element may stand in which."""


def assert_is_well_made(fragment: str) -> None:
    """Elements stand where they may, rows are as wide as their table, and classes have a style."""
    read = Reader(fragment)
    styled = set(re.findall(r"\.([a-z-]+)", read.style))
    open_: list[str] = []
    widths: list[int] = []
    for kind, name, attributes in read.events:
        if kind == "close":
            open_.pop()
            if name == "table":
                assert len(set(widths)) == 1
                widths = []
        elif kind == "open":
            assert (open_[-1] if open_ else "") in PLACES[name], name
            given = dict(attributes)
            assert set(str(given.get("class") or "").split()) <= styled, given
            open_.append(name)
            if name == "tr":
                widths.append(0)
            elif name in {"th", "td"}:
                widths[-1] += int(given.get("colspan") or 1)
    for name in ("caption", "th", "dt", "li", "p", "summary"):
        assert all(text.strip() for text in read.within(name)), name


HOSTILE = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>",
    "</style><style>*{color:red}</style>",
    "' onmouseover='alert(1)",
    "&lt;b&gt; &amp &#60;b> &",
    "<!-- --> <![CDATA[ ]]> <?php ?>",
    "{} {0} {language} %s \\n $x",
    "</div></td></table>",
    "客戶經理🙂‐é́",
    "x" * 200,
    "<" * 200,
]

words = st.text(min_size=1, max_size=30).filter(is_identifier) | st.lists(
    st.sampled_from([*"<>&\"'/=;#x -!{}", "script", "客", "🙂", "&#60;", "</", "<!--"]),
    min_size=1,
    max_size=20,
).map("".join).filter(is_identifier)


# What Chromium shows.

SCRIPT = """
const properties = element => Array.from(
  getComputedStyle(element), name => [name, getComputedStyle(element).getPropertyValue(name)]);
const outside = () => JSON.stringify(
  Array.from(document.querySelectorAll("#outside, #outside *"), properties));
const box = element => {
  const {width, height, left, right, top, bottom} = element.getBoundingClientRect();
  return {width, height, left, right, top, bottom};
};
const ground = element => {
  const colour = getComputedStyle(element).backgroundColor;
  return colour === "rgba(0, 0, 0, 0)" ? ground(element.parentElement) : colour;
};
const inks = root => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const pairs = new Set();
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent.tagName === "STYLE" || !walker.currentNode.data.trim()) continue;
    pairs.add([getComputedStyle(parent).color, ground(parent)].join("|"));
  }
  return [...pairs];
};
const template = document.querySelector("template");
const before = outside();
const host = document.querySelector("#host");
const parsed = template.innerHTML;
host.append(template.content.cloneNode(true));
host.querySelectorAll("details").forEach(each => { each.open = true; });
const roots = () => [...host.children];
const look = theme => {
  if (theme) document.body.dataset.jpThemeLight = theme;
  return {
    ground: roots().map(ground),
    inks: roots().map(inks),
    fills: Object.fromEntries(Array.from(
      host.querySelectorAll(".legend .day"), key => [key.className, ground(key)])),
    bars: [...new Set(Array.from(host.querySelectorAll(".bar > span"), ground))],
  };
};
const fit = width => {
  host.style.width = width;
  return {
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    roots: roots().map(root => [root.scrollWidth - root.clientWidth, box(root).width]),
    days: Array.from(host.querySelectorAll("td.day"), cell => ({
      ...box(cell), title: cell.title, content: Array.from(cell.children, box)})),
    floating: Array.from(host.querySelectorAll("*")).filter(
      element => getComputedStyle(element).float !== "none").length,
    aligned: [...new Set(Array.from(
      host.querySelectorAll("td.number"), cell => getComputedStyle(cell).textAlign))],
  };
};
const seen = {
  dark: matchMedia("(prefers-color-scheme: dark)").matches,
  parsed,
  leaks: before !== outside(),
  looks: {page: look(), light: look("true"), dark: look("false")},
  wide: fit("auto"),
  narrow: fit("400px"),
};
const pre = document.createElement("pre");
pre.textContent = JSON.stringify(seen);
document.body.replaceChildren(pre);
"""

# What a notebook says of the tables that its outputs hold, and a page of its own elements.
PAGE = """<!doctype html>
<html><head><meta charset="utf-8"><title>Pictures</title><style>
html {{ overflow-y: scroll }}
body {{ margin: 8px }}
.jp-RenderedHTMLCommon table {{ table-layout: fixed; margin: 0 auto 1em; font-size: 12px }}
.jp-RenderedHTMLCommon :is(td, th, tr) {{ text-align: right; padding: 0.5em; max-width: none }}
.jp-RenderedHTMLCommon tbody tr:nth-child(odd) {{ background: rgb(90, 90, 90) }}
.jp-RenderedHTMLCommon ul {{ padding-left: 20px }}
.jp-OutputArea-output dl {{ width: 100%; overflow: hidden }}
.jp-OutputArea-output dt {{ font-weight: bold; float: left; width: 20% }}
.jp-OutputArea-output dd {{ float: left; width: 80% }}
</style></head><body class="jp-OutputArea-output jp-RenderedHTMLCommon">
<div id="outside" lang="en"><p class="name">A paragraph</p>
<table class="scroll"><caption>A table</caption><tr class="nothing"><th class="month">head</th>
<td class="day test moved">cell<span class="bar"><span>bar</span></span></td></tr></table>
<ul class="legend"><li class="tag">item</li></ul><dl><dt>one</dt><dd>two</dd></dl></div>
<div id="host"></div><template>{fragments}</template><script>{script}</script></body></html>
"""

OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--window-size=1000,900", "--dump-dom"),
)
PREFERRED = {"dark": 0, "light": 1}

in_chromium = pytest.mark.skipif(
    not CHROMIUM, reason="no Chromium on the path, and none in CMAPPRAISAL_CHROMIUM"
)


def shown_by_chromium(fragments: str, preferred: str, folder: Path) -> Any:
    """What Chromium makes of some fragments, where the system prefers light or dark."""
    page = folder / "page.html"
    page.write_text(PAGE.format(fragments=fragments, script=SCRIPT), encoding="utf-8")
    assert CHROMIUM
    run = subprocess.run(
        [
            CHROMIUM,
            *OPTIONS,
            f"--blink-settings=preferredColorScheme={PREFERRED[preferred]}",
            f"--user-data-dir={folder / 'profile'}",
            page.as_uri(),
        ],
        capture_output=True,
        check=True,
    )
    dumped = run.stdout.decode()
    (found,) = re.findall(r"<pre>.*</pre>", dumped, re.DOTALL)
    result = json.loads("".join(Reader(found).texts))
    assert result["dark"] == (preferred == "dark")
    return result


def assert_follows_the_theme(seen: Any) -> None:
    """The page and the theme of Jupyter decide whether the ground is dark."""
    looks = seen["looks"]
    assert looks["page"] == looks["dark" if seen["dark"] else "light"]
    for theme, dark in (("light", False), ("dark", True)):
        for ground in looks[theme]["ground"]:
            assert (luminance(ground) < 0.1) == dark


def inks_of(seen: Any, theme: str) -> set[str]:
    """The pairs of a colour of text and its ground."""
    return {pair for pairs in seen["looks"][theme]["inks"] for pair in pairs}


def assert_all_text_can_be_read(seen: Any, theme: str) -> None:
    """Text has the contrast of the guidelines."""
    for pair in inks_of(seen, theme):
        assert contrast(*pair.split("|")) >= 4.5, pair


def assert_makes_the_page_no_wider(seen: Any, width: str) -> None:
    """What is wide scrolls within its own box."""
    assert seen[width]["overflow"] == 0
    for overflow, width_of_root in seen[width]["roots"]:
        assert overflow == 0
        assert width_of_root <= (400 if width == "narrow" else 1000)


def assert_style_of_a_notebook_gives_way(seen: Any) -> None:
    """The notebook's colour of every other row is not shown, and what it floats stands still."""
    assert seen["wide"]["floating"] == 0
    assert not [pair for pair in inks_of(seen, "page") if pair.endswith("rgb(90, 90, 90)")]


def rgb(colour: str) -> list[int]:
    assert re.fullmatch(r"rgb\(\d+, \d+, \d+\)", colour)
    return [int(number) for number in re.findall(r"\d+", colour)]


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    shares = [level / 255 for level in rgb(colour)]
    linear = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    ]
    return sum(
        weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)
