"""Composite scores: what a composite makes of one appraisal, part by part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from attrs import field, frozen

from cmappraisal.accounts.composites import Composite, CompositePart, GradedOn, Reads
from cmappraisal.alternatives import RevokedResult
from cmappraisal.fields import (
    as_optional_text,
    as_text,
    as_tuple,
    boolean,
    identifier,
    instance_of,
    optional_identifier,
    reject,
    require,
    require_all,
    tuple_of,
)
from cmappraisal.grades import Grade
from cmappraisal.periods import Period
from cmappraisal.points import (
    EXACT,
    MAXIMUM_POINTS,
    Points,
    a_bounded_number,
    a_number,
    as_points,
    canonical,
    is_points,
    optional_number,
    plain,
)
from cmappraisal.scoring.appraisals import Appraisal
from cmappraisal.texts import Language


@frozen
class CompositeStep:
    """What one part adds to a total.

    Args:
        part: The id of the part, which is the reason.
        figure: The points of the part.
        change: What it adds: the figure times the weight, below 0 of error points.
        total: The points after it.
        provision: The id of the rule or clause that states the part; None where the bank decides.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    part: str = field(converter=as_text, validator=identifier)
    figure: Decimal = field(validator=a_bounded_number)
    change: Decimal = field(validator=a_number, kw_only=True)
    total: Decimal = field(validator=a_number, kw_only=True)
    provision: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )


def _as_steps(value: Iterable[CompositeStep]) -> tuple[CompositeStep, ...]:
    return as_tuple(value)


@frozen(repr=False)
class CompositeScore:
    """What a composite makes of one appraisal; made by :func:`composite_score`.

    Args:
        manager: The id of the relationship manager.
        period: The days that it covers.
        composite: How it was made.
        points: The error points of the appraisal.
        steps: One for each part, in the order of the composite; none where there is no total.
        total: The total; None where a part reads the score of somebody whose qualification is
            revoked, and who is shown without one.
        grade: The id of the band that is reached; None without one.
        revoked: Whether the qualification is revoked.

    Raises:
        FieldError: A field has a value that it does not allow, or the steps do not make the total.
    """

    manager: str = field(converter=as_text, validator=identifier)
    period: Period = field(validator=instance_of(Period, allowed="a Period"))
    composite: Composite = field(
        validator=instance_of(Composite, allowed="a Composite"), kw_only=True
    )
    points: Decimal = field(validator=a_number, kw_only=True)
    steps: tuple[CompositeStep, ...] = field(
        converter=_as_steps,
        validator=tuple_of(CompositeStep, "a list of CompositeStep"),
        kw_only=True,
    )
    total: Decimal | None = field(validator=optional_number, kw_only=True)
    grade: str | None = field(
        converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    revoked: bool = field(validator=boolean, kw_only=True)

    def __attrs_post_init__(self) -> None:
        made = _steps(self.composite, (step.figure for step in self.steps))
        if self.steps and (self.steps != made or len(made) < len(self.composite.parts)):
            reject(self, "steps", self.steps, "a step for each part, which adds its figure")
        total = made[-1].total if made else None
        if self.total != total:
            allowed = "None without steps" if total is None else f"{plain(total)}, by the steps"
            reject(self, "total", self.total, allowed)
        if self.grade is not None and self.band is None:
            ids = ", ".join(grade.id for grade in self.composite.grades) or "none"
            reject(self, "grade", self.grade, f"None, or the id of a grade: {ids}")

    def __repr__(self) -> str:
        total = "no total" if self.total is None else plain(self.total)
        return f"<CompositeScore of {self.manager!r} for {self.period}: {total}, {self.grade!r}>"

    @property
    def band(self) -> Grade | None:
        """The grade as the composite has it, with its wording and bounds; None without one."""
        return next((each for each in self.composite.grades if each.id == self.grade), None)

    def explain(self, language: Language = "en") -> str:
        """The arithmetic as plain text.

        Args:
            language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

        Returns:
            A line for each part, for the total and for the grade, each ended by a line feed.

        Raises:
            LanguageError: The language is none of the three.
        """
        # What is above this module is not known before it is asked for.
        from cmappraisal.reports.composites import explain_composite  # noqa: PLC0415

        return explain_composite(self, language)


def composite_score(
    composite: Composite, appraisal: Appraisal, *, given: Mapping[str, Points] | None = None
) -> CompositeScore:
    """The total that a composite makes of an appraisal and of figures from elsewhere.

    With which grade somebody is shown whose qualification is revoked, the appraisal's own
    ``Policy.revoked_result`` says.

    Args:
        composite: How the total is made.
        appraisal: The appraisal of the quality of work.
        given: The figure of each part that is computed elsewhere, by its id, in points.

    Returns:
        The total, with a step for each part.

    Raises:
        FieldError: An argument has a value that it does not allow; or a part reads a score, and the
            policy of the appraisal has no full marks.

    >>> from cmappraisal import ERROR_POINTS, Ledger, Text, score
    >>> work, quality = Text("業績", "业绩", en="Performance"), Text("質量", "质量", en="Quality")
    >>> total = Composite([
    ...     CompositePart("performance", work, weight="0.6"),
    ...     CompositePart("quality", quality, reads="score", weight="0.4"),
    ... ])
    >>> appraisal = score(Ledger(), ERROR_POINTS, Period.quarter(2025, 1), manager="RM-01")
    >>> made = composite_score(total, appraisal, given={"performance": 130})
    >>> print(made.explain(), end="")
    Total of RM-01, 2025-01-01 to 2025-03-31
    - Performance (computed elsewhere): 130 × 0.6 = 78 [composite: performance]
    - Quality (the score of the appraisal): 100 × 0.4 = 40 [composite: quality]
    Total: 78 + 40 = 118
    """
    where = "composite_score"
    require_all(
        where,
        ("composite", composite, isinstance(composite, Composite), "a Composite"),
        ("appraisal", appraisal, isinstance(appraisal, Appraisal), "an Appraisal"),
    )
    figures = _figures(where, composite, given)
    if any(part.reads is Reads.SCORE for part in composite.parts):
        has_marks = appraisal.decided.full_marks is not None
        allowed = "an Appraisal by a policy with full_marks, since a part reads the score"
        require(where, "appraisal", appraisal, has_marks, allowed)
    read = [_figure(part, figures, appraisal) for part in composite.parts]
    known = [figure for figure in read if figure is not None]
    steps = _steps(composite, known) if len(known) == len(read) else ()
    total = steps[-1].total if steps else None
    return CompositeScore(
        appraisal.manager,
        appraisal.period,
        composite=composite,
        points=appraisal.points,
        steps=steps,
        total=total,
        grade=_grade(composite, appraisal, total),
        revoked=appraisal.revoked,
    )


def _figures(
    where: str, composite: Composite, given: Mapping[str, Points] | None
) -> dict[str, Decimal]:
    """The figures from elsewhere, each in its one form."""
    held = {} if given is None else given
    wanted = [part.id for part in composite.parts if part.reads is Reads.GIVEN]
    names = (
        f"a mapping from {', '.join(wanted)}" if wanted else "no figure, as no part is given one"
    )
    fits = isinstance(held, Mapping) and set(held) == set(wanted)
    require(where, "given", given, fits, names)
    figures = {id: as_points(figure) for id, figure in held.items()}
    least = MAXIMUM_POINTS.copy_negate()
    allowed = (
        f"a Decimal, an int or a string such as '2.5' from {plain(least)} to "
        f"{plain(MAXIMUM_POINTS)}, of at most 4 decimal places (never a float)"
    )
    require_all(
        where,
        *(
            (f"given[{id!r}]", figure, is_points(figure, least, MAXIMUM_POINTS), allowed)
            for id, figure in figures.items()
        ),
    )
    return figures


def _figure(
    part: CompositePart, figures: Mapping[str, Decimal], appraisal: Appraisal
) -> Decimal | None:
    return {
        Reads.GIVEN: figures.get(part.id),
        Reads.POINTS: appraisal.points,
        Reads.SCORE: appraisal.score,
        Reads.AWARDS: appraisal.awards,
    }[part.reads]


def _steps(composite: Composite, figures: Iterable[Decimal]) -> tuple[CompositeStep, ...]:
    """The steps of the parts; none too many or too few where the figures are."""
    steps: list[CompositeStep] = []
    total = Decimal(0)
    for part, figure in zip(composite.parts, figures, strict=False):
        weighed = canonical(EXACT.multiply(figure, part.weight))
        change = canonical(EXACT.minus(weighed)) if part.reads is Reads.POINTS else weighed
        total = canonical(EXACT.add(total, change))
        steps.append(
            CompositeStep(part.id, figure, change=change, total=total, provision=part.provision)
        )
    return tuple(steps)


def _grade(composite: Composite, appraisal: Appraisal, total: Decimal | None) -> str | None:
    """The id of the band that is reached, or that somebody revoked is shown with."""
    shown = appraisal.decided.revoked_result
    if appraisal.revoked and shown is RevokedResult.NONE:
        return None
    if appraisal.revoked and shown is RevokedResult.LOWEST:
        # Where the worst end has no grade, that is the lowest.
        worst = composite.worst_first[:1]
        return next(
            (each.id for each in worst if None not in composite.no_better_than(each.id)), None
        )
    figure = total if composite.graded_on is GradedOn.TOTAL else appraisal.points
    reached = (each.id for each in composite.grades if figure is not None and each.holds(figure))
    return next(reached, None)
