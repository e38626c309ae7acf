"""Showing: any value in a message, short, on one line, and safe to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

MAXIMUM_SHOWN_LENGTH = 80
"""Characters of a rejected value that a message repeats."""

_PLAIN = 10**18
"""Numbers nearer to zero are shown as they are, without more ado: most are."""

# What would break a line of text, reorder it on the screen, or not show on it at all.
UNSTABLE = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f\u2028\u2029"  # controls, separators of lines and paragraphs
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # marks of direction
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u2800\u3164"  # unseen
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"  # unseen too
    "\U000e0000-\U000e007f"  # tags
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # no characters
    "]"
)


def a(noun: str) -> str:
    """A noun with its indefinite article."""
    return f"{'an' if noun[0] in 'AEIOUaeiou' else 'a'} {noun}"


def _beginning(value: Any, left: Iterator[int]) -> Any:
    """A value cut to what a message can show of its repr, so that the rest is not even read."""
    if next(left, None) is None:
        return ...
    kind = type(value)
    if kind in (str, bytes):
        return value[: MAXIMUM_SHOWN_LENGTH + 1]
    if kind in (list, tuple):
        return kind(_beginning(each, left) for each in value[: MAXIMUM_SHOWN_LENGTH + 1])
    if kind is dict:
        items = islice(value.items(), MAXIMUM_SHOWN_LENGTH + 1)
        return {_beginning(key, left): _beginning(each, left) for key, each in items}
    return value


def shown(value: object) -> str:
    """The repr of any value, cut to a readable length; safe for values whose repr fails."""
    if type(value) is int and -_PLAIN < value < _PLAIN:
        return str(value)
    try:
        # A repr can be of a subclass of str, which makes what it likes of itself.
        text = str.__str__(repr(_beginning(value, iter(range(MAXIMUM_SHOWN_LENGTH + 1)))))
    except Exception:
        return f"<{type(value).__name__} that cannot be shown>"
    text = one_line(text.encode("utf-8", "backslashreplace").decode())
    return text if len(text) <= MAXIMUM_SHOWN_LENGTH else f"{text[:MAXIMUM_SHOWN_LENGTH]}..."


def one_line(text: str) -> str:
    """Any text on one line, without what would break or reorder it."""
    return " ".join(UNSTABLE.sub(" ", text).split())
