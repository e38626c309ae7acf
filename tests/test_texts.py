"""Texts: three languages, each one line."""

import pickle
from typing import Any

import attrs
import pytest

from cmappraisal import LANGUAGES, FieldError, LanguageError, Text
from cmappraisal.showing import shown
from cmappraisal.texts import require_language

RISK = Text("風險", "风险", en="risk")


@pytest.mark.parametrize(
    ("language", "wording"), [("zh-Hant", "風險"), ("zh-Hans", "风险"), ("en", "risk")]
)
def test_a_text_has_each_language(language: str, wording: str) -> None:
    assert RISK.in_language(language) == wording  # type: ignore[arg-type]


def test_the_languages_are_bcp_47_tags() -> None:
    assert LANGUAGES == ("zh-Hant", "zh-Hans", "en")


@pytest.mark.parametrize("language", ["zh", "EN", "", None, 5, ["en"]])
def test_another_language_is_rejected(language: object) -> None:
    with pytest.raises(LanguageError) as caught:
        require_language(language)
    assert str(caught.value) == f"language is {language!r}; allowed: zh-Hant, zh-Hans, en"
    with pytest.raises(LanguageError):
        RISK.in_language(language)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wording", ["", " risk", "risk ", "a\nb", "a\u2028b", "a\u202eb", "a\ud800b", None, 5, b"risk"]
)
@pytest.mark.parametrize("field", ["zh_hant", "zh_hans", "en"])
def test_a_wording_is_a_line(field: str, wording: Any) -> None:
    with pytest.raises(FieldError) as caught:
        attrs.evolve(RISK, **{field: wording})
    assert str(caught.value) == (
        f"Text: {field} is {shown(wording)}; "
        "allowed: a non-empty string on one line, without spaces around it"
    )


def test_one_wording_can_serve_in_every_language() -> None:
    assert Text.same("A") == Text("A", "A", en="A")
    with pytest.raises(FieldError) as caught:
        Text.same("")
    assert [problem.path for problem in caught.value.problems] == ["$.zh_hant", "$.zh_hans", "$.en"]


def test_a_text_is_a_value() -> None:
    again = pickle.loads(pickle.dumps(RISK))
    assert again == RISK
    assert hash(again) == hash(RISK)
    assert attrs.evolve(RISK, en="danger") != RISK
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        RISK.en = "danger"  # type: ignore[misc]
    with pytest.raises(TypeError):
        Text("風險", "风险", "risk")  # type: ignore[call-arg]
