"""Showing: a message shows any value on one line, and breaks with none."""

from __future__ import annotations

import pytest

from cmappraisal.showing import MAXIMUM_SHOWN_LENGTH, one_line, shown


class Unshowable:
    def __repr__(self) -> str:
        raise RuntimeError


class ShownAsNumber:
    def __repr__(self) -> str:
        return 5  # type: ignore[return-value]


class Bottomless:
    def __repr__(self) -> str:
        return repr([self])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5, "5"),
        ("客戶", "'客戶'"),
        ("\ud800", "'\\ud800'"),
        ("a\nb\u202ec", r"'a\nb\u202ec'"),
        (Unshowable(), "<Unshowable that cannot be shown>"),
        (ShownAsNumber(), "<ShownAsNumber that cannot be shown>"),
        (Bottomless(), "<Bottomless that cannot be shown>"),
        (10**10_000, "<int that cannot be shown>"),
        ("x" * 200, "'" + "x" * (MAXIMUM_SHOWN_LENGTH - 1) + "..."),
        ("x" * (MAXIMUM_SHOWN_LENGTH - 2), "'" + "x" * (MAXIMUM_SHOWN_LENGTH - 2) + "'"),
    ],
    ids=shown,
)
def test_any_value_can_be_shown(value: object, text: str) -> None:
    assert shown(value) == text
    assert shown(value).encode()


def test_a_foreign_repr_cannot_break_a_message() -> None:
    class Broken:
        def __repr__(self) -> str:
            return "a\nb\u202ec"

    assert shown(Broken()) == "a b c"


def test_a_repr_that_has_no_utf8_form_can_be_shown() -> None:
    class Torn:
        def __repr__(self) -> str:
            return "a \ud800"

    assert shown(Torn()) == "a \\ud800"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("as it is", "as it is"),
        ("  one\n\ntwo\r\nthree\t", "one two three"),
        ("a\u2028b\u2029c\x85d", "a b c d"),
        ("abc\u202edcb\u2066x", "abc dcb x"),
        ("\x00\ud800", ""),
    ],
)
def test_any_text_fits_on_one_line(text: str, line: str) -> None:
    assert one_line(text) == line
