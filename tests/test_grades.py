"""Grades: bands of scores, each with its edges and its name in three languages."""

import copy
import pickle
from decimal import Decimal
from typing import Any

import attrs
import pytest

from cmappraisal import FieldError, Grade, Text
from cmappraisal.grades import ALIKE_LENGTH, gaps_and_overlaps


def grade(id: str, at_least: Any = None, below: Any = None) -> Grade:
    return Grade(id, at_least=at_least, below=below)


def test_a_grade_holds_from_its_lower_end_to_below_its_upper() -> None:
    good = grade("B", "59.5", 90)
    assert [good.holds(Decimal(score)) for score in ("59.4999", "59.5", "89.9999", "90")] == [
        False,
        True,
        True,
        False,
    ]
    assert grade("all").holds(Decimal(-(10**6)))
    assert [grade("F", None, 60).holds(Decimal(score)) for score in ("59.9999", "60")] == [
        True,
        False,
    ]
    assert [grade("A", 60).holds(Decimal(score)) for score in ("59.9999", "60")] == [False, True]
    assert good.text == Text.same("B")
    good_words = Text("良好", "良好", en="good")
    assert Grade("B", good_words, at_least=0, below=None).text is good_words


@pytest.mark.parametrize("score", ["5", 5, None, Decimal("NaN"), Decimal("Infinity")])
def test_a_grade_holds_nothing_but_a_score(score: Any) -> None:
    with pytest.raises(FieldError, match=r"Grade\.holds: score is .*; allowed: a finite Decimal"):
        grade("all").holds(score)


@pytest.mark.parametrize("id", ["A", "B+", "AA-", "7"])
def test_a_grade_of_a_letter_or_three_reads_alike_in_every_language(id: str) -> None:
    assert len(id) <= ALIKE_LENGTH
    assert grade(id).text == Text.same(id)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: grade("A", "-1000000.0001"),
            "Grade \"A\": at_least is Decimal('-1000000.0001'); allowed: None, or a Decimal, an "
            "int or a string such as '2.5' from -1000000 to 1000000, of at most 4 decimal places",
        ),
        (
            lambda: grade("A", 60, "59.9999"),
            "Grade \"A\": below is Decimal('59.9999'); allowed: None, or above at_least (60)",
        ),
        (lambda: grade("A", 60, "Infinity"), "Grade \"A\": below is 'Infinity'; allowed"),
        (
            lambda: grade("x" * 201),
            f"Grade: 2 problems:\n- id is '{'x' * 79}...; allowed: a non-empty string",
        ),
        (
            lambda: Grade("A", "good", at_least=None, below=None),  # type: ignore[arg-type]
            "Grade \"A\": text is 'good'; allowed: a Text in three languages",
        ),
        (
            lambda: grade("pass", 60),
            'Grade "pass": text is None; allowed: a Text in three languages (an id of up to 3 '
            "letters such as 'A' or 'B+' is one)",
        ),
        (lambda: grade("優", 60), 'Grade "優": text is None; allowed: a Text in three languages'),
        (
            lambda: Grade(5, at_least=None, below=None),  # type: ignore[arg-type]
            "Grade: 2 problems:\n- id is 5; allowed: a non-empty string",
        ),
        (
            lambda: grade("A", 60, 60),
            "Grade \"A\": below is Decimal('60'); allowed: None, or above at_least (60)",
        ),
        (
            lambda: grade("", 60),
            "Grade: 2 problems:\n- id is ''; allowed: a non-empty string",
        ),
        (lambda: grade("A", 0.5), 'Grade "A": at_least is 0.5; allowed: None, or a Decimal'),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_a_field_that_does_not_fit_is_reported(make: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        make()
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    "value",
    [grade("A", 60), Grade("pass", Text.same("pass"), at_least=None, below=1)],
    ids=lambda value: type(value).__name__,
)
def test_each_is_a_value(value: Any) -> None:
    for again in (pickle.loads(pickle.dumps(value)), copy.deepcopy(value), attrs.evolve(value)):
        assert again == value
        assert hash(again) == hash(value)
    for field in attrs.fields(type(value)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, field.name, None)


def test_what_is_no_score_is_shown() -> None:
    with pytest.raises(FieldError) as caught:
        grade("all").holds("59.5")  # type: ignore[arg-type]
    assert str(caught.value) == "Grade.holds: score is '59.5'; allowed: a finite Decimal"


def test_a_band_that_begins_at_nought_is_below_one_that_begins_at_a_half() -> None:
    for grades in ((grade("A", "0.5"), grade("B", 0, "0.5")), (grade("B", 0, 1), grade("A", 1))):
        assert list(gaps_and_overlaps(grades, Decimal(0), Decimal(100))) == []
