"""Wordings of comparisons: in three languages, each in its own script, and each of them used."""

from pathlib import Path
from string import Formatter

import attrs
import pytest

from cmappraisal import Text
from cmappraisal.comparison import Aspect, Result, explanations, wordings

TEXTS = {name: value for name, value in vars(wordings).items() if isinstance(value, Text)}
ALL = [*TEXTS.values(), *wordings.FIELDS.values(), *(aspect.text for aspect in Aspect)]


def places_of(wording: str) -> int:
    """How many places there are that facts are put into."""
    return sum(name is not None for _, name, _, _ in Formatter().parse(wording))


def test_every_field_of_a_result_is_worded() -> None:
    assert list(wordings.FIELDS) == list(attrs.fields_dict(Result))


@pytest.mark.parametrize("name", TEXTS)
def test_every_wording_is_used(name: str) -> None:
    source = Path(explanations.__file__).read_text(encoding="utf-8")
    assert f"wordings.{name}" in source


@pytest.mark.parametrize("text", ALL, ids=lambda text: text.en[:20])
def test_each_script_is_pure(text: Text) -> None:
    assert text.zh_hant.encode("big5")
    assert text.zh_hans.encode("gb2312")
    assert text.en.isascii()


@pytest.mark.parametrize("text", ALL, ids=lambda text: text.en[:20])
def test_every_language_has_the_same_places(text: Text) -> None:
    assert places_of(text.zh_hant) == places_of(text.zh_hans) == places_of(text.en)
