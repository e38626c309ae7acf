"""The policy: one field for each silence, its default, its alternatives, no contradiction."""

import copy
import pickle
from decimal import Decimal
from typing import Any

import attrs
import pytest

from cmappraisal import (
    LANGUAGES,
    Add,
    Assessed,
    Assumption,
    AwardEffect,
    AwardsAgainst,
    Concurrence,
    CountedOn,
    Discretion,
    Displacement,
    FieldError,
    GoverningEdition,
    Grade,
    Multiply,
    PendingAppeals,
    Policy,
    PolicyError,
    Reconsideration,
    RevokedResult,
    Rounding,
    Stage,
    StatusFrom,
    UnstatedUnit,
)
from cmappraisal.grades import MAXIMUM_GRADES
from cmappraisal.policy import judges_one_act, label_of
from cmappraisal.standards import SetTo, Span, Waive, WithPeriod
from scripts import assert_each_script_is_its_own

FIELDS = attrs.fields(Policy)
LOWEST = RevokedResult.LOWEST


def grade(id: str, at_least: Any = None, below: Any = None) -> Grade:
    return Grade(id, at_least=at_least, below=below)


def test_the_defaults_are_what_a_careful_reader_would_assume() -> None:
    assert attrs.asdict(Policy(), recurse=False) == {
        "aggravation": Multiply(2),
        "mitigation": Multiply("0.5"),
        "unstated_unit": UnstatedUnit.PER_VIOLATION,
        "discretion": Discretion.WITHIN_STATED,
        "reconsideration": Reconsideration.WITHIN_RULE,
        "smallest_unit": None,
        "rounding": Rounding.HALF_UP,
        "concurrence": Concurrence.HIGHEST,
        "displacement": Displacement.SPECIAL_OVER_GENERAL,
        "pending_appeals": PendingAppeals.COUNT,
        "counted_on": CountedOn.OCCURRED,
        "governing_edition": GoverningEdition.OCCURRED,
        "full_marks": Decimal(100),
        "floor": Decimal(0),
        "grades": (),
        "awards": AwardEffect.BESIDE,
        "revoked_result": RevokedResult.NONE,
        "assessment_period": Span(calendar="year"),
        "lapse": WithPeriod(),
        "awards_against": AwardsAgainst.BALANCE,
        "status_from": StatusFrom.DUE,
    }


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_field_has_a_label_in_three_languages(field: Any) -> None:
    assert_each_script_is_its_own(label_of(field.name))


def test_no_two_fields_have_one_label() -> None:
    labels = [label_of(field.name) for field in FIELDS]
    for language in LANGUAGES:
        assert len({label.in_language(language) for label in labels}) == len(FIELDS)


@pytest.mark.parametrize(
    ("made", "kept"),
    [
        (Multiply(1).factor, "1"),
        (Multiply("1000.0").factor, "1000"),
        (Add(0).points, "0"),
        (Add(Decimal("1E+6")).points, "1000000"),
        (Grade("A", at_least="-1000000", below=None).at_least, "-1000000"),
        (Grade("A", at_least=None, below="1000000").below, "1000000"),
        (Policy(full_marks="-0.5", floor=None).full_marks, "-0.5"),
        (Policy(smallest_unit="0.0001").smallest_unit, "0.0001"),
        (Policy(smallest_unit="1E+6").smallest_unit, "1000000"),
    ],
)
def test_numbers_at_their_bounds_are_kept_in_one_form(made: Decimal, kept: str) -> None:
    assert str(made) == kept


def test_points_alone_need_no_score() -> None:
    for floor in (None, 0, 500):
        policy = Policy(full_marks=None, floor=floor)
        assert policy.full_marks is None
        assert policy.grades == ()


def test_the_floor_may_be_full_marks() -> None:
    assert Policy(full_marks=0, floor=0, grades=[grade("all", 0, 1)]).floor == 0


@pytest.mark.parametrize(
    "grades",
    [
        [grade("all")],
        [grade("A", 60), grade("B", None, 60)],
        [grade("B", None, 60), grade("A", 60)],
        [grade("A", 90), grade("B", 60, 90), grade("C", 0, 60)],
        [grade("A", 90, "100.0001"), grade("B", -5, 90)],
        [grade("B", 200, 300), grade("A", 0, 200)],
        [grade("A", "60.0"), grade("B", None, Decimal("6E+1"))],
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
            {"grades": [grade("A", 0, 60), grade("B", 0, 60), grade("C", 60)]},
            'grades "A" and "B" overlap; let each band begin where the one below it ends',
        ),
        (
            {"grades": [grade("A", 90), grade("B", 60, "89.9999"), grade("C", None, 60)]},
            'grades leave a gap from 89.9999 ("B") to 90 ("A"); '
            "let each band begin where the one below it ends",
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
            {"grades": [grade("A", "0.0001")]},
            'the lowest grade, "A", begins at 0.0001, above the floor (0); '
            "let it begin at the floor or have no lower end (at_least=None)",
        ),
        (
            {"full_marks": "99.5", "floor": "99.5001"},
            "floor (99.5001) is above full_marks (99.5); lower the one or raise the other",
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
def test_fields_that_contradict_one_another_are_reported(fields: Any, message: str) -> None:
    with pytest.raises(PolicyError) as caught:
        Policy(**fields)
    assert str(caught.value) == f"Policy: {message}"
    assert caught.value.problems[0].path in {f"$.{field.name}" for field in FIELDS}


def test_all_contradictions_of_a_policy_are_in_one_error() -> None:
    bands = [grade("A", 90, 100), grade("B", 60, 80), grade("B", 10, 70)]
    with pytest.raises(PolicyError) as caught:
        Policy(floor=None, grades=bands, revoked_result=LOWEST)
    assert [(problem.path, problem.message.split(";")[0]) for problem in caught.value.problems] == [
        ("$.grades", 'grade "B" is there twice'),
        (
            "$.revoked_result",
            "the lowest score is asked for those revoked, but floor is None",
        ),
        ("$.grades", 'grades "B" and "B" overlap'),
        ("$.grades", 'grades leave a gap from 80 ("B") to 90 ("A")'),
        ("$.grades", 'the lowest grade, "B", begins at 10, above the floor (None)'),
        (
            "$.grades",
            'the highest grade, "A", ends below 100, which leaves out full_marks (100)',
        ),
    ]


def test_a_policy_reports_every_field_that_does_not_fit() -> None:
    with pytest.raises(FieldError) as caught:
        Policy(
            aggravation=2,  # type: ignore[arg-type]
            mitigation=2,  # type: ignore[arg-type]
            smallest_unit=0,
            concurrence="heaviest",  # type: ignore[arg-type]
            floor=0.5,  # type: ignore[arg-type]
            grades="A",  # type: ignore[arg-type]
        )
    assert [problem.path for problem in caught.value.problems] == [
        *("$.aggravation", "$.mitigation", "$.smallest_unit"),
        *("$.concurrence", "$.floor", "$.grades"),
    ]


def test_a_policy_has_a_bound_of_grades() -> None:
    def bands(count: int) -> list[Grade]:
        last = count - 1
        return [
            grade(f"{n:03}", None if n == 0 else n, None if n == last else n + 1)
            for n in range(count)
        ]

    assert len(Policy(grades=bands(MAXIMUM_GRADES)).grades) == MAXIMUM_GRADES
    with pytest.raises(FieldError, match="allowed: at most 100 grades"):
        Policy(grades=bands(MAXIMUM_GRADES + 1))


def test_whoever_is_revoked_is_shown_without_a_score_unless_the_policy_decides_otherwise() -> None:
    assert Policy().revoked_result is RevokedResult.NONE
    lowest = Policy(revoked_result=LOWEST)
    assert lowest.revoked_result is RevokedResult.LOWEST
    assert Policy(full_marks=None, floor=None, revoked_result=LOWEST).floor is None


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: Policy(aggravation=2),  # type: ignore[arg-type]
            "Policy: aggravation is 2; allowed: Multiply by at least 1, Add or Assessed",
        ),
        (
            lambda: Policy(concurrence="HIGHEST"),  # type: ignore[arg-type]
            "Policy: concurrence is 'HIGHEST'; allowed: Concurrence.HIGHEST or \"highest\", Con",
        ),
        (
            lambda: Policy(aggravation=Multiply),  # type: ignore[arg-type]
            "Policy: aggravation is <class 'cmappraisal.weights.Multiply'>; allowed: Multiply by",
        ),
        *(
            (
                lambda weight=weight: Policy(aggravation=weight),
                f"Policy: aggravation is {weight!r}; allowed: Multiply by at least 1, Add or Asse",
            )
            for weight in (Multiply("0.9999"), Waive(), SetTo(5), None)
        ),
        *(
            (
                lambda weight=weight: Policy(mitigation=weight),
                f"Policy: mitigation is {weight!r}; allowed: Multiply by at most 1, or Waive",
            )
            for weight in (Multiply("1.0001"), Add(0), Assessed(), SetTo(0), None, "0.5")
        ),
        *(
            (
                lambda unit=unit: Policy(smallest_unit=unit),
                f"Policy: smallest_unit is {kept}; allowed: None, or a Decimal, an int or a "
                "string such as '2.5' above 0 to 1000000, of at most 4 decimal places",
            )
            for unit, kept in (
                (0, "Decimal('0')"),
                ("-0.5", "Decimal('-0.5')"),
                ("0.00001", "Decimal('0.00001')"),
                ("1000000.0001", "Decimal('1000000.0001')"),
                ("NaN", "Decimal('NaN')"),
                (0.5, "0.5"),
                (True, "True"),
            )
        ),
        (
            lambda: Policy(floor=Decimal("sNaN")),
            "Policy: floor is Decimal('sNaN'); allowed: None, or a Decimal",
        ),
        (
            lambda: Policy(grades={"A": 1}),  # type: ignore[dict-item]
            "Policy: grades is {'A': 1}; allowed: a list of Grade",
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
def test_a_field_that_does_not_fit_is_reported(make: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        make()
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("unstated_unit", UnstatedUnit),
        ("discretion", Discretion),
        ("concurrence", Concurrence),
        ("displacement", Displacement),
        ("pending_appeals", PendingAppeals),
        ("reconsideration", Reconsideration),
        ("rounding", Rounding),
        ("counted_on", CountedOn),
        ("governing_edition", GoverningEdition),
        ("revoked_result", RevokedResult),
    ],
)
def test_a_choice_is_one_of_its_kind_or_its_value(field: str, kind: Any) -> None:
    for choice in kind:
        assert getattr(Policy(**{field: choice}), field) is choice
        assert getattr(Policy(**{field: choice.value}), field) is choice
    allowed = ", ".join(f'{kind.__name__}.{each.name} or "{each.value}"' for each in kind)
    rejected: list[Any] = [next(iter(kind)).name, None, kind, Stage.UPHOLD, ""]
    for given in rejected:
        with pytest.raises(FieldError) as caught:
            Policy(**{field: given})
        assert str(caught.value) == f"Policy: {field} is {given!r}; allowed: {allowed}"


def test_an_assumption_names_a_field_of_the_policy() -> None:
    for field in FIELDS:
        assert Assumption(field.name).field == field.name
    for name in ("text", "", None, 5, ["floor"]):
        with pytest.raises(FieldError, match=r"^Assumption: field is .*; allowed: a field of Pol"):
            Assumption(name)  # type: ignore[arg-type]


def test_an_assumption_is_of_the_policy_of_an_edition_or_of_the_one_given() -> None:
    assert Assumption("floor").edition is None
    assert Assumption("floor", edition="2.0").edition == "2.0"
    for edition in ("", 5, ["1.0"]):
        with pytest.raises(FieldError, match=r"^Assumption: edition is .*; allowed: None, or a n"):
            Assumption("floor", edition=edition)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "given"),
    [
        *(("aggravation", weight) for weight in (Multiply(1), Multiply(1000), Add(0), Assessed())),
        *(("mitigation", weight) for weight in (Multiply(1), Multiply(0), Waive())),
    ],
)
def test_a_weight_at_its_bound_is_taken(field: str, given: Any) -> None:
    assert getattr(Policy(**{field: given}), field) == given


def test_what_judges_one_act_an_edition_can_have_of_its_own() -> None:
    assert [field.name for field in FIELDS if judges_one_act(field.name)] == [
        *("aggravation", "mitigation", "unstated_unit", "discretion", "reconsideration"),
        *("smallest_unit", "rounding"),
    ]


def test_a_policy_is_made_by_keyword() -> None:
    with pytest.raises(TypeError):
        Policy(Multiply(2))  # type: ignore[call-arg]


def test_a_changed_policy_is_checked_again() -> None:
    assert attrs.evolve(Policy(), floor=None) == Policy(floor=None)
    with pytest.raises(PolicyError, match=r"^Policy: floor \(200\) is above full_marks \(100\);"):
        attrs.evolve(Policy(), floor=200)
    with pytest.raises(FieldError, match=r'^Grade "A": below is .*; allowed: None, or above at_'):
        attrs.evolve(grade("A", 60, 90), below=60)


VALUES = [
    Multiply("1.5"),
    Add(5),
    Assessed(),
    grade("A", 60),
    Policy(grades=[grade("A", 60), grade("B", None, 60)]),
    Policy(mitigation=Waive(), smallest_unit="0.5", rounding=Rounding.UP),
    Assumption("concurrence"),
    Assumption("concurrence", edition="2.0"),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_every_part_of_a_policy_is_a_value(value: Any) -> None:
    for again in (pickle.loads(pickle.dumps(value)), copy.deepcopy(value), attrs.evolve(value)):
        assert again == value
        assert hash(again) == hash(value)
    for field in attrs.fields(type(value)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, field.name, None)
