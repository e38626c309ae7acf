"""Composites: the total of performance and quality, with the grade that it reaches.

A bank computes performance elsewhere and appraises quality here. How the two make one total is a
:class:`Composite`; what it makes of one appraisal is a composite score.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from attrs import field, frozen

from cmappraisal.appraisal_flaws import AppraisalFlaw
from cmappraisal.errors import PolicyError, Problem
from cmappraisal.fields import (
    as_optional_text,
    as_text,
    as_tuple,
    boolean,
    checked,
    choice_of,
    identifier,
    member_of,
    optional_identifier,
    repeated,
    require,
    tuple_of,
)
from cmappraisal.grades import MAXIMUM_GRADES, Grade, gaps_between, lowest_first
from cmappraisal.points import (
    MAXIMUM_FACTOR,
    as_points,
    plain,
    points_between,
)
from cmappraisal.texts import Choice, Text, a_text

MAXIMUM_PARTS = 100
"""The most parts of a composite: more than anybody adds up in a head."""


class Reads(Choice):
    """Where the figure of a part of a composite comes from.

    >>> Reads("points") is Reads.POINTS
    True
    """

    GIVEN = "given", Text("另行核算", "另行核算", en="computed elsewhere")
    POINTS = (
        "points",
        Text("差錯積分，從中減去", "差错积分，从中减去", en="error points, taken away"),
    )
    SCORE = "score", Text("考核得分", "考核得分", en="the score of the appraisal")
    AWARDS = "awards", Text("加分", "加分", en="points awarded")


class GradedOn(Choice):
    """What the bands of a composite are bands of.

    >>> GradedOn("total") is GradedOn.TOTAL
    True
    """

    TOTAL = "total", Text("總分", "总分", en="the total")
    POINTS = "points", Text("差錯積分", "差错积分", en="the error points")


def _as_reads(value: Reads | str) -> Reads:
    return member_of(Reads, value)


def _as_graded_on(value: GradedOn | str) -> GradedOn:
    return member_of(GradedOn, value)


@frozen
class CompositePart:
    """One part of a composite.

    Args:
        id: Its name, one of a kind in the composite.
        text: Its wording.
        reads: Where its figure comes from. Error points are taken away; all others are added.
        weight: The factor by which the figure is multiplied, above 0: 1 in a plain sum, ``"0.6"``
            for 60 %.
        provision: The id of the rule or clause that states it; None where the bank decides it.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> CompositePart("work", Text("業績", "业绩", en="performance"), weight="0.6").weight
    Decimal('0.6')
    """

    id: str = field(converter=as_text, validator=identifier)
    text: Text = field(validator=a_text)
    reads: Reads = field(
        default=Reads.GIVEN, converter=_as_reads, validator=choice_of(Reads), kw_only=True
    )
    weight: Decimal = field(
        default=Decimal(1),
        converter=as_points,
        validator=points_between(Decimal(0), MAXIMUM_FACTOR, above=True),
        kw_only=True,
    )
    provision: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )


def _as_parts(value: Iterable[CompositePart]) -> tuple[CompositePart, ...]:
    return as_tuple(value)


def _as_grades(value: Iterable[Grade]) -> tuple[Grade, ...]:
    return as_tuple(value)


@frozen
class Composite:
    """How performance and quality make one total, and which grade the total reaches.

    The total has no bounds of its own: what bounds quality is a cap of the standard.

    Args:
        parts: Its parts, in the order in which they are added up.
        grades: Bands without gap or overlap, in any order; none for a total without a grade.
        graded_on: What the bands are bands of. Of the total the highest band is the best, of error
            points the lowest.
        ungraded_ends: Whether what is below the lowest band or above the highest has no grade.
            Where it is False, the bands have no ends.

    Raises:
        FieldError: A field has a value that it does not allow.
        PolicyError: The fields contradict one another; it reports every contradiction.

    >>> Composite(
    ...     [
    ...         CompositePart("performance", Text("業績", "业绩", en="performance")),
    ...         CompositePart("quality", Text("質量", "质量", en="quality"), reads="points"),
    ...     ],
    ...     grades=[Grade("A", at_least=90, below=None)],
    ... )
    Traceback (most recent call last):
    cmappraisal.errors.PolicyError: Composite: the lowest grade, "A", begins at 90; let it have
    no lower end (at_least=None), or let ungraded_ends be True
    """

    parts: tuple[CompositePart, ...] = field(
        converter=_as_parts,
        validator=[
            tuple_of(CompositePart, "a list of CompositePart"),
            checked(lambda parts: 0 < len(parts) <= MAXIMUM_PARTS, f"1 to {MAXIMUM_PARTS} parts"),
        ],
    )
    grades: tuple[Grade, ...] = field(
        default=(),
        converter=_as_grades,
        validator=[
            tuple_of(Grade, "a list of Grade"),
            checked(
                lambda grades: len(grades) <= MAXIMUM_GRADES, f"at most {MAXIMUM_GRADES} grades"
            ),
        ],
        kw_only=True,
    )
    graded_on: GradedOn = field(
        default=GradedOn.TOTAL,
        converter=_as_graded_on,
        validator=choice_of(GradedOn),
        kw_only=True,
    )
    ungraded_ends: bool = field(default=False, validator=boolean, kw_only=True)

    def __attrs_post_init__(self) -> None:
        problems = tuple(_contradictions(self))
        if problems:
            raise PolicyError(problems, subject="Composite")

    @property
    def worst_first(self) -> tuple[Grade, ...]:
        """The bands, the worst first."""
        ordered = tuple(lowest_first(self.grades))
        return ordered if self.graded_on is GradedOn.TOTAL else ordered[::-1]

    def no_better_than(self, grade: str) -> frozenset[str | None]:
        """A grade with those that are worse; None among them where the worst end has no grade.

        Args:
            grade: The id of a band.

        Raises:
            FieldError: There is no such band.
        """
        ordered = self.worst_first
        ids = [each.id for each in ordered]
        allowed = f"the id of a grade: {', '.join(ids)}"
        require("Composite.no_better_than", "grade", grade, grade in ids, allowed)
        worst = ordered[0]
        end = worst.at_least if self.graded_on is GradedOn.TOTAL else worst.below
        return frozenset({*ids[: ids.index(grade) + 1], *(() if end is None else (None,))})


def _contradictions(composite: Composite) -> Iterator[Problem]:
    for path, flaw, ids in (
        ("$.parts", AppraisalFlaw.REPEATED_COMPONENT, [part.id for part in composite.parts]),
        ("$.grades", AppraisalFlaw.REPEATED_GRADE, [grade.id for grade in composite.grades]),
    ):
        for id in dict.fromkeys(repeated(ids)):
            yield flaw.problem(path, id)
    if composite.grades:
        yield from gaps_between(composite.grades)
        yield from _ends(composite)


def _ends(composite: Composite) -> Iterator[Problem]:
    """Where bands end though totals go on."""
    ordered = lowest_first(composite.grades)
    for flaw, grade, end in (
        (AppraisalFlaw.LOWEST_GRADE_BEGINS, ordered[0], ordered[0].at_least),
        (AppraisalFlaw.HIGHEST_GRADE_ENDS, ordered[-1], ordered[-1].below),
    ):
        if end is not None and not composite.ungraded_ends:
            yield flaw.problem("$.grades", grade.id, plain(end))
