"""Composites: how performance and quality make one total, and which bands they have."""

from typing import Any

import pytest

from cmappraisal import FieldError, Grade, PolicyError, Text
from cmappraisal.accounts import Composite, CompositePart, GradedOn, Reads

TEXT = Text("業績", "业绩", en="performance")


def band(id: str, at_least: Any, below: Any) -> Grade:
    return Grade(id, at_least=at_least, below=below)


THREE = (band("B", 60, 90), band("C", None, 60), band("A", 90, None))


def of(*grades: Grade, **fields: Any) -> Composite:
    return Composite([CompositePart("work", TEXT)], grades=grades, **fields)


def test_it_takes_what_people_write() -> None:
    part = CompositePart("work", TEXT, reads="points", weight="0.50")
    assert (part.reads, str(part.weight), part.provision) == (Reads.POINTS, "0.5", None)
    composite = Composite([part], graded_on="points")
    assert (composite.parts, composite.graded_on) == ((part,), GradedOn.POINTS)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: CompositePart("work", TEXT, weight=0), "weight is Decimal('0'); allowed"),
        (lambda: CompositePart("work", TEXT, weight=0.5), "weight is 0.5; allowed"),  # type: ignore[arg-type]
        (lambda: CompositePart("work", "x"), "text is 'x'; allowed: a Text"),  # type: ignore[arg-type]
        (lambda: CompositePart("work", TEXT, reads="sum"), "reads is 'sum'; allowed: Reads.GIVEN"),
        (lambda: Composite([]), "parts is (); allowed: 1 to 100 parts"),
        (lambda: of(graded_on="both"), "graded_on is 'both'; allowed: GradedOn.TOTAL"),
        (lambda: of(ungraded_ends=1), "ungraded_ends is 1; allowed: True or False"),
        (
            lambda: of(*(band(str(n), n, n + 1) for n in range(101)), ungraded_ends=True),
            "allowed: at most 100 grades",
        ),
    ],
)
def test_a_field_that_does_not_fit_is_reported(make: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        make()
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("grades", "fields", "messages"),
    [
        (THREE, {}, []),
        ((band("C", 50, 60), band("B", 60, 90)), {"ungraded_ends": True}, []),
        (
            (band("C", 50, 60), band("B", 60, 90)),
            {},
            [
                'the lowest grade, "C", begins at 50; let it have no lower end (at_least=None), or '
                "let ungraded_ends be True",
                'the highest grade, "B", ends below 90; let it have no upper end (below=None), or '
                "let ungraded_ends be True",
            ],
        ),
        (
            (band("C", None, 60), band("B", 70, None)),
            {"ungraded_ends": True},
            [
                'grades leave a gap from 60 ("C") to 70 ("B"); let each band begin where the one '
                "below it ends"
            ],
        ),
        (
            (band("C", None, 60), band("B", 50, None)),
            {},
            ['grades "C" and "B" overlap; let each band begin where the one below it ends'],
        ),
        (
            (band("C", None, 60), band("C", 60, None)),
            {},
            ['grade "C" is there twice; name each band once'],
        ),
    ],
)
def test_bands_have_no_gap_and_ends_only_where_that_is_asked_for(
    grades: tuple[Grade, ...], fields: dict[str, Any], messages: list[str]
) -> None:
    try:
        of(*grades, **fields)
    except PolicyError as error:
        found = [problem.message for problem in error.problems]
    else:
        found = []
    assert found == messages


def test_a_part_is_there_once() -> None:
    with pytest.raises(PolicyError, match='Composite: part "work" is there twice'):
        Composite([CompositePart("work", TEXT)] * 2)


def test_of_the_total_the_highest_band_is_best_and_of_points_the_lowest() -> None:
    total = of(*THREE)
    points = of(*THREE, graded_on="points")
    assert [grade.id for grade in total.worst_first] == ["C", "B", "A"]
    assert [grade.id for grade in points.worst_first] == ["A", "B", "C"]
    assert total.no_better_than("B") == {"C", "B"}
    assert points.no_better_than("B") == {"A", "B"}


def test_no_grade_is_worse_than_a_grade_where_the_worst_end_has_none() -> None:
    bands = band("C", 50, 60), band("B", 60, 90)
    assert of(*bands, ungraded_ends=True).no_better_than("C") == {None, "C"}
    on_points = of(*bands, ungraded_ends=True, graded_on="points")
    assert on_points.no_better_than("B") == {None, "B"}
    assert of(band("A", None, 5), graded_on="points", ungraded_ends=True).no_better_than("A") == {
        None,
        "A",
    }


def test_it_knows_no_other_grade() -> None:
    with pytest.raises(FieldError, match="grade is 'D'; allowed: the id of a grade: C, B, A"):
        of(*THREE).no_better_than("D")
