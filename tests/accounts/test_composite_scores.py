"""Composite scores: what each part adds, checked by hand, and the grade that is reached."""

from decimal import Decimal
from typing import Any

import attrs
import pytest

from cmappraisal import (
    LANGUAGES,
    Act,
    Appraisal,
    FieldError,
    Grade,
    LanguageError,
    Period,
    Policy,
    RevokedResult,
    Text,
    score,
)
from cmappraisal.accounts import Composite, CompositePart, CompositeScore, composite_score
from cmappraisal.interop.converters import decode, encode
from cmappraisal.standards import Award, Deduction, Unit
from small_standards import book, rule
from worked_cases import found, honoured, ledger_of

YEAR = Period.year(2025)
WORDS = Text("質量", "质量", en="Quality")
STANDARD = book(
    rule("1.1", Deduction(2, Unit.OCCURRENCE)),
    rule("1.2", None, consequences=["revoked"]),
    rule("1.3", None, award=Award(3, Unit.OCCURRENCE)),
)


def part(reads: str, weight: Any = 1, **fields: Any) -> CompositePart:
    return CompositePart(reads, WORDS, reads=reads, weight=weight, **fields)


def bands(*figures: int) -> list[Grade]:
    """A band from each figure to the next, named by its figure; none under the first."""
    return [
        Grade(str(figure), at_least=figure, below=below)
        for figure, below in zip(figures, [*figures[1:], None], strict=True)
    ]


def appraised(
    times: int = 0, *, revoked: bool = False, merits: int = 0, **policy: Any
) -> Appraisal:
    """An appraisal with 2 points for each time, and 3 awarded for each merit."""
    acts: list[Act] = [
        *([found("V-1", "1.1", quantity=times)] if times else []),
        *([found("V-2", "1.2")] if revoked else []),
        *([honoured("M-1", "1.3", quantity=merits)] if merits else []),
    ]
    return score(ledger_of(acts), STANDARD, YEAR, manager="RM-01", policy=Policy(**policy))


@pytest.mark.parametrize(
    ("parts", "work", "changes", "total"),
    [
        # 130 - 6
        ([part("given"), part("points")], 130, ["130", "-6"], "124"),
        # 60 % of 130 and 40 % of 94
        ([part("given", "0.6"), part("score", "0.4")], 130, ["78", "37.6"], "115.6"),
        # 60 % of 82.5 less twice the points, and what merits add
        (
            [part("given", "0.6"), part("points", 2), part("awards")],
            "82.5",
            ["49.5", "-12", "12"],
            "49.5",
        ),
        # Below nought, as performance itself can be.
        ([part("given"), part("points")], -5, ["-5", "-6"], "-11"),
        ([part("points"), part("given")], 6, ["-6", "6"], "0"),
    ],
)
def test_a_total_is_the_sum_of_its_parts(
    parts: list[CompositePart], work: Any, changes: list[str], total: str
) -> None:
    made = composite_score(Composite(parts), appraised(3, merits=4), given={"given": work})
    assert [str(step.change) for step in made.steps] == changes
    assert (str(made.total), made.grade, str(made.points)) == (total, None, "6")


# Hand-checked: below 90 no grade, and each figure is reached from itself on.
@pytest.mark.parametrize(
    ("total", "grade"),
    [(88, None), (90, "90"), (94, "90"), (96, "95"), ("99.9999", "95"), (100, "100"), (400, "100")],
)
def test_a_total_reaches_the_highest_figure_that_it_is_not_below(
    total: Any, grade: str | None
) -> None:
    composite = Composite([part("given")], grades=bands(90, 95, 100), ungraded_ends=True)
    made = composite_score(composite, appraised(), given={"given": total})
    assert made.grade == grade
    assert (made.band and made.band.id) == grade


def test_bands_can_be_of_points_whatever_the_total_is() -> None:
    good = [Grade("A", at_least=None, below=6), Grade("B", at_least=6, below=None)]
    composite = Composite([part("given")], grades=good, graded_on="points")
    found = [composite_score(composite, appraised(n), given={"given": 0}).grade for n in (2, 3)]
    assert found == ["A", "B"]


@pytest.mark.parametrize(
    ("shown", "floor", "ends", "grade"),
    [
        (RevokedResult.NONE, None, False, None),
        (RevokedResult.AS_SCORED, None, False, "100"),
        (RevokedResult.LOWEST, 0, False, "0"),
        (RevokedResult.LOWEST, 0, True, None),
    ],
)
def test_who_is_revoked_is_graded_as_the_policy_of_the_appraisal_says(
    shown: RevokedResult, floor: int | None, ends: bool, grade: str | None
) -> None:
    lowest = [] if ends else [Grade("0", at_least=None, below=90)]
    grades = [*lowest, *bands(90, 100)]
    composite = Composite([part("given")], grades=grades, ungraded_ends=ends)
    appraisal = appraised(revoked=True, revoked_result=shown, floor=floor)
    made = composite_score(composite, appraisal, given={"given": 120})
    assert (made.total, made.grade, made.revoked) == (Decimal(120), grade, True)
    assert made.explain().endswith("Qualification: revoked\n")


def test_without_bands_nobody_revoked_has_a_grade() -> None:
    appraisal = appraised(revoked=True, revoked_result=RevokedResult.LOWEST)
    made = composite_score(Composite([part("given")]), appraisal, given={"given": 5})
    assert made.grade is None


def test_who_is_shown_without_a_score_has_no_total_of_it() -> None:
    composite = Composite([part("given"), part("score")], grades=bands(90), ungraded_ends=True)
    made = composite_score(composite, appraised(revoked=True), given={"given": 120})
    assert (made.total, made.steps, made.grade) == (None, (), None)
    assert repr(made) == "<CompositeScore of 'RM-01' for 2025-01-01..2025-12-31: no total, None>"
    assert made.explain() == (
        "Total of RM-01, 2025-01-01 to 2025-12-31\n"
        "Total: not shown (revoked)\n"
        "Grade: none\n"
        "Qualification: revoked\n"
    )
    as_scored = appraised(revoked=True, revoked_result=RevokedResult.AS_SCORED)
    assert composite_score(composite, as_scored, given={"given": 120}).total == 220


def test_it_is_explained_in_three_languages() -> None:
    composite = Composite(
        [part("given", "0.5"), part("points", 2, provision="at-most")],
        grades=[Grade("A", at_least=50, below=None)],
        ungraded_ends=True,
    )
    made = composite_score(composite, appraised(3), given={"given": 130})
    assert made.explain() == (
        "Total of RM-01, 2025-01-01 to 2025-12-31\n"
        "- Quality (computed elsewhere): 130 × 0.5 = 65 [composite: given]\n"
        "- Quality (error points, taken away): 6 × 2 = 12 [standard, at-most]\n"
        "Total: 65 - 12 = 53\n"
        "Grade: A\n"
    )
    assert made.explain("zh-Hant") == (
        "RM-01 的總分，2025-01-01 至 2025-12-31\n"
        "- 質量（另行核算）：130 × 0.5 = 65 [總分構成：given]\n"
        "- 質量（差錯積分，從中減去）：6 × 2 = 12 [標準：at-most]\n"
        "總分：65 - 12 = 53\n"
        "等級：A\n"
    )
    assert len({made.explain(language) for language in LANGUAGES}) == len(LANGUAGES)
    with pytest.raises(LanguageError):
        made.explain("fr")  # type: ignore[arg-type]


def test_one_part_is_the_total_and_awards_are_added() -> None:
    alone = composite_score(Composite([part("awards")]), appraised(merits=2))
    assert "Total: 6\n" in alone.explain()
    both = composite_score(Composite([part("awards"), part("score")]), appraised(merits=2))
    assert "Total: 6 + 100 = 106\n" in both.explain()


BOTH = Composite([part("given"), part("points")])


@pytest.mark.parametrize(
    ("composite", "appraisal", "given", "message"),
    [
        ("x", appraised(), {}, "composite is 'x'; allowed: a Composite"),
        (BOTH, "x", {}, "appraisal is 'x'; allowed: an Appraisal"),
        (BOTH, appraised(), None, "given is None; allowed: a mapping from given"),
        (BOTH, appraised(), {"work": 5}, "given is {'work': 5}; allowed: a mapping from given"),
        (BOTH, appraised(), {"given": 0.5}, "given['given'] is 0.5; allowed: a Decimal"),
        (BOTH, appraised(), {"given": 10**7}, "given['given'] is Decimal('10000000'); allowed"),
        (Composite([part("points")]), appraised(), {"x": 1}, "allowed: no figure"),
        (Composite([part("points")]), appraised(), [1], "allowed: no figure"),
        (
            Composite([part("score")]),
            appraised(full_marks=None),
            {},
            "allowed: an Appraisal by a policy with full_marks, since a part reads the score",
        ),
    ],
)
def test_an_argument_that_does_not_fit_is_reported(
    composite: Any, appraisal: Any, given: Any, message: str
) -> None:
    with pytest.raises(FieldError) as caught:
        composite_score(composite, appraisal, given=given)
    assert message in str(caught.value)


GRADED = Composite([part("given"), part("points")], grades=bands(90), ungraded_ends=True)
MADE = composite_score(GRADED, appraised(3), given={"given": 130})


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"total": Decimal(125)}, "total is Decimal('125'); allowed: 124, by the steps"),
        ({"steps": ()}, "total is Decimal('124'); allowed: None without steps"),
        ({"steps": MADE.steps[:1]}, "allowed: a step for each part"),
        ({"steps": MADE.steps[::-1]}, "allowed: a step for each part"),
        ({"steps": (*MADE.steps, MADE.steps[0])}, "allowed: a step for each part"),
        ({"grade": "95"}, "grade is '95'; allowed: None, or the id of a grade: 90"),
    ],
)
def test_what_does_not_agree_with_itself_is_no_composite_score(
    changed: dict[str, Any], message: str
) -> None:
    with pytest.raises(FieldError) as caught:
        attrs.evolve(MADE, **changed)
    assert message in str(caught.value)


def test_a_figure_has_bounds_so_that_its_weight_is_exact() -> None:
    for figure in ("1e21", "1e-13"):
        with pytest.raises(FieldError, match="of at most 12 decimal places"):
            attrs.evolve(MADE.steps[0], figure=Decimal(figure))


def test_it_is_data_like_any_other() -> None:
    assert decode(encode(MADE), CompositeScore) == MADE
    assert repr(MADE) == "<CompositeScore of 'RM-01' for 2025-01-01..2025-12-31: 124, '90'>"
