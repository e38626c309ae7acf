"""The policy: one field for each silence, its default, its alternatives, no contradiction."""

import enum
from decimal import Decimal
from typing import Any

import attrs
import pytest

from cmappraisal import (
    Add,
    Assessed,
    Concurrence,
    CountedOn,
    Discretion,
    Displacement,
    FieldError,
    Grade,
    Multiply,
    PendingAppeals,
    Policy,
    PolicyError,
    Silence,
    Text,
    UnstatedUnit,
)

FIELDS = attrs.fields(Policy)
CHOICES = [UnstatedUnit, Discretion, Concurrence, Displacement, PendingAppeals, CountedOn]


def test_the_defaults_are_what_a_careful_reader_would_assume() -> None:
    assert attrs.asdict(Policy(), recurse=False) == {
        "aggravation": Multiply(2),
        "unstated_unit": UnstatedUnit.PER_FINDING,
        "discretion": Discretion.WITHIN_STATED,
        "concurrence": Concurrence.HIGHEST,
        "displacement": Displacement.SPECIAL_OVER_GENERAL,
        "pending_appeals": PendingAppeals.COUNT,
        "counted_on": CountedOn.OCCURRED,
        "full_marks": Decimal(100),
        "floor": Decimal(0),
        "grades": (),
    }


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_field_says_which_silence_it_resolves(field: Any) -> None:
    silence = field.metadata["silence"]
    assert isinstance(silence, Silence)
    assert isinstance(silence.label, Text)
    assert isinstance(silence.source, Text)


@pytest.mark.parametrize("kind", CHOICES, ids=lambda kind: kind.__name__)
def test_every_alternative_has_a_wording_of_its_own(kind: type[enum.Enum]) -> None:
    texts = [getattr(choice, "text") for choice in kind]  # noqa: B009
    assert all(isinstance(text, Text) for text in texts)
    assert len(set(texts)) == len(texts) >= 2
    for choice in kind:
        assert kind(choice.value) is choice


@pytest.mark.parametrize(
    ("aggravation", "en"),
    [
        (Multiply("1.50"), "the points times 1.5"),
        (Add(5), "the points plus 5"),
        (Assessed(), "the amount the assessor set, not below the stated points"),
    ],
)
def test_aggravation_says_what_it_does(aggravation: Multiply | Add | Assessed, en: str) -> None:
    assert aggravation.text.en == en
    assert Policy(aggravation=aggravation).aggravation == aggravation


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
    assert good.text == Text.same("B")


@pytest.mark.parametrize(
    "grades",
    [
        [grade("all")],
        [grade("A", 60), grade("B", None, 60)],
        [grade("B", None, 60), grade("A", 60)],
        [grade("A", 90), grade("B", 60, 90), grade("C", 0, 60)],
        [grade("A", 90, "100.0001"), grade("B", -5, 90)],
    ],
)
def test_bands_that_cover_every_score_are_taken_in_any_order(grades: list[Grade]) -> None:
    assert Policy(grades=grades).grades == tuple(grades)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            {"floor": 101},
            "floor (101) is above full_marks (100); lower the one or raise the other",
        ),
        (
            {"full_marks": None, "grades": [grade("all")]},
            "grades need a score, but full_marks is None; give full_marks, or leave the grades out",
        ),
        (
            {"grades": [grade("A", 60), grade("A", None, 60)]},
            'grade "A" is there twice; name each band once',
        ),
        (
            {"grades": [grade("A", 60), grade("B", None, 50)]},
            'grades leave a gap from 50 ("B") to 60 ("A"); '
            "let each band begin where the one below it ends",
        ),
        (
            {"grades": [grade("A", 60), grade("B", None, 70)]},
            'grades "B" and "A" overlap; let each band begin where the one below it ends',
        ),
        (
            {"grades": [grade("A", 60), grade("B", 0)]},
            'grades "B" and "A" overlap; let each band begin where the one below it ends',
        ),
        (
            {"grades": [grade("A"), grade("B")]},
            'grades "A" and "B" overlap; let each band begin where the one below it ends',
        ),
        (
            {"grades": [grade("A", 1)]},
            'the lowest grade, "A", begins at 1, above the floor (0); '
            "let it begin at the floor or have no lower end (at_least=None)",
        ),
        (
            {"grades": [grade("A", 0)], "floor": None},
            'the lowest grade, "A", begins at 0, above the floor (None); '
            "let it begin at the floor or have no lower end (at_least=None)",
        ),
        (
            {"grades": [grade("A", 0, 100)]},
            'the highest grade, "A", ends below 100, which leaves out full_marks (100); '
            "let it have no upper end (below=None)",
        ),
    ],
)
def test_fields_that_contradict_one_another_are_told(fields: Any, message: str) -> None:
    with pytest.raises(PolicyError) as caught:
        Policy(**fields)
    assert str(caught.value) == f"Policy: {message}"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Multiply("0.9"), "Multiply: factor is Decimal('0.9'); allowed: a Decimal"),
        (lambda: Multiply("1000.0001"), "Multiply: factor is Decimal('1000.0001'); allowed"),
        (lambda: Multiply(2.0), "Multiply: factor is 2.0; allowed: a Decimal, an int or a string"),  # type: ignore[arg-type]
        (lambda: Add(-1), "Add: points is Decimal('-1'); allowed: a Decimal, an int or a string"),
        (
            lambda: grade("A", 60, 60),
            "Grade \"A\": below is Decimal('60'); allowed: None, or above at_least (60)",
        ),
        (lambda: grade("", 60), "Grade: id is ''; allowed: a non-empty string"),
        (lambda: grade("A", 0.5), 'Grade "A": at_least is 0.5; allowed: None, or a Decimal'),
        (
            lambda: Policy(aggravation=2),  # type: ignore[arg-type]
            "Policy: aggravation is 2; allowed: Multiply, Add or Assessed",
        ),
        (
            lambda: Policy(concurrence="highest"),  # type: ignore[arg-type]
            "Policy: concurrence is 'highest'; allowed: Concurrence.HIGHEST, Concurrence.CUM",
        ),
        (
            lambda: Policy(full_marks=True),
            "Policy: full_marks is True; allowed: None, or a Decimal, an int or a string",
        ),
        (
            lambda: Policy(grades=grade("A")),  # type: ignore[arg-type]
            "Policy: grades is Grade(id='A'",
        ),
        (lambda: Policy(grades=["A"]), "Policy: grades is ('A',); allowed: a list of Grade"),  # type: ignore[list-item]
    ],
)
def test_a_field_that_does_not_fit_is_told(make: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        make()
    assert str(caught.value).startswith(message)


def test_a_policy_is_a_value_made_by_keyword() -> None:
    assert hash(Policy()) == hash(Policy())
    assert attrs.evolve(Policy(), floor=None) == Policy(floor=None)
    with pytest.raises(PolicyError):
        attrs.evolve(Policy(), floor=200)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Policy().floor = None  # type: ignore[misc]
    with pytest.raises(TypeError):
        Policy(Multiply(2))  # type: ignore[call-arg]
