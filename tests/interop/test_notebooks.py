"""Notebooks: one call sets the language of every picture of one notebook, and of no other."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

import cmappraisal
from cmappraisal import (
    ERROR_POINTS,
    LANGUAGES,
    FieldError,
    Language,
    LanguageError,
    Ledger,
    Period,
    Recorded,
    Violation,
    WorkCalendar,
    score,
)
from cmappraisal.accounts import points_account
from cmappraisal.interop.notebooks import PICTURES, show_in
from cmappraisal.training import VIP_SERVICE, check_compliance, schedule

YEAR = Period.year(2026)
MADE = schedule(VIP_SERVICE, YEAR, calendar=WorkCalendar())
RECORDED = Recorded(
    Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2026, 3, 2)),
    at=datetime(2026, 3, 3, tzinfo=UTC),
)
VALUES = [
    score(Ledger(), ERROR_POINTS, YEAR, manager="RM-01"),
    points_account(Ledger(), ERROR_POINTS, manager="RM-01", through=date(2026, 12, 31)),
    Ledger([RECORDED]).case("V-1"),
    ERROR_POINTS,
    MADE,
    check_compliance(MADE, [], on=date(2026, 6, 30)),
]


def shell_with(drawn: dict[type, Callable[[Any], str]]) -> Any:
    html = SimpleNamespace(for_type=drawn.__setitem__)
    return SimpleNamespace(display_formatter=SimpleNamespace(formatters={"text/html": html}))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_drawn_in_the_language_that_is_set(language: Language) -> None:
    drawn: dict[type, Callable[[Any], str]] = {}
    show_in(language, shell_with(drawn))
    assert {type(each) for each in VALUES} == set(drawn) == set(PICTURES)
    for each in VALUES:
        assert drawn[type(each)](each) == PICTURES[type(each)](each, language)
        assert f'lang="{language}"' in drawn[type(each)](each)


def test_what_is_set_last_holds_and_another_notebook_keeps_its_own() -> None:
    one: dict[type, Callable[[Any], str]] = {}
    other: dict[type, Callable[[Any], str]] = {}
    for language, drawn in (("en", one), ("zh-Hant", other), ("zh-Hans", one)):
        show_in(cast(Language, language), shell_with(drawn))
    value = VALUES[0]
    assert 'lang="zh-Hans"' in one[type(value)](value)
    assert 'lang="zh-Hant"' in other[type(value)](value)


def test_every_type_that_has_a_picture_is_listed() -> None:
    modules = pkgutil.walk_packages(cmappraisal.__path__, "cmappraisal.")
    names = [each.name for each in modules if ".interop" not in each.name]
    kinds = {
        kind
        for name in names
        for _, kind in inspect.getmembers(importlib.import_module(name), inspect.isclass)
        if "_repr_html_" in vars(kind)
    }
    assert kinds == set(PICTURES)


@pytest.mark.parametrize("shell", [None, object(), shell_with({}).display_formatter])
def test_what_is_no_shell_is_rejected(shell: Any) -> None:
    with pytest.raises(FieldError, match=r"shell is .*allowed: an IPython shell"):
        show_in("en", shell)


def test_an_unknown_language_is_rejected() -> None:
    with pytest.raises(LanguageError, match="zh-TW"):
        show_in(cast(Language, "zh-TW"), shell_with({}))
