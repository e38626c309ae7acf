"""Appraisals: a result that is a value, and explains itself."""

from datetime import UTC, date, datetime

import attrs
import pytest

from cmappraisal import (
    ERROR_POINTS,
    LANGUAGES,
    FieldError,
    LanguageError,
    Ledger,
    Period,
    Violation,
    explain,
    score,
)

LEDGER = Ledger().record(
    Violation("V-1", "RM-01", rule="3.2b", occurred_on=date(2025, 3, 2)),
    at=datetime(2025, 3, 4, tzinfo=UTC),
)
APPRAISAL = score(LEDGER, ERROR_POINTS, Period.year(2025), manager="RM-01")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_appraisal_explains_itself(language: str) -> None:
    assert APPRAISAL.explain(language) == explain(APPRAISAL, language)  # type: ignore[arg-type]
    assert APPRAISAL.explain() == APPRAISAL.explain("en")


@pytest.mark.parametrize("language", ["de", "", None])
def test_it_explains_itself_in_no_other_language(language: str) -> None:
    with pytest.raises(LanguageError, match=r"language is .*; allowed: zh-Hant, zh-Hans, en"):
        APPRAISAL.explain(language)  # type: ignore[arg-type]


def test_an_appraisal_is_a_value() -> None:
    again = score(LEDGER, ERROR_POINTS, Period.year(2025), manager="RM-01")
    assert again == APPRAISAL
    assert hash(again) == hash(APPRAISAL)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        APPRAISAL.points = 0  # type: ignore[misc, assignment]


def test_its_repr_does_not_spell_the_standard_out() -> None:
    assert "rulebook=error-points 1.0" in repr(APPRAISAL)
    assert len(repr(APPRAISAL)) < 5000


def test_the_repr_of_a_line_names_its_rules() -> None:
    referred = Ledger().record(
        Violation("V-1", "RM-01", rule="3.15", occurred_on=date(2025, 3, 2), refers_to="3.2b"),
        at=datetime(2025, 3, 4, tzinfo=UTC),
    )
    [line] = score(referred, ERROR_POINTS, Period.year(2025), manager="RM-01").lines
    assert "rule=<rule 3.2b>" in repr(line)
    assert "referred_from=<rule 3.15>" in repr(line)
    assert "referred_from=None" in repr(APPRAISAL.lines[0])
    assert repr(APPRAISAL.subtotals[3]) == "Subtotal(chapter=<chapter 4>, points=Decimal('0'))"


def test_only_an_appraisal_can_be_explained() -> None:
    with pytest.raises(FieldError, match="explain: appraisal is None; allowed: an Appraisal"):
        explain(None)  # type: ignore[arg-type]
