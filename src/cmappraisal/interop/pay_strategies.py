"""Strategies for composites, held grades and pay.

Needs the extra ``hypothesis``. They are among those of :mod:`cmappraisal.interop.strategies`.
"""

from __future__ import annotations

from decimal import Decimal

from cmappraisal.accounts import (
    Composite,
    CompositePart,
    CompositeScore,
    GradedOn,
    HeldGrade,
    Reads,
    composite_score,
)
from cmappraisal.interop.derived_strategies import periods, points, texts
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.policy_strategies import grades
from cmappraisal.periods import Period
from cmappraisal.scoring.appraisals import Appraisal

with needs_extra("hypothesis", "hypothesis"):
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn, SearchStrategy


_PROVISIONS = st.sampled_from([None, None, "1", "2.1"])
_WITHOUT_SCORE = [reads for reads in Reads if reads is not Reads.SCORE]


@st.composite
def composites(draw: DrawFn, *, scored: bool = True) -> Composite:
    """Composites, with and without grades and ends without one.

    Args:
        scored: Whether a part may read a score.
    """
    reads = draw(st.lists(st.sampled_from(Reads if scored else _WITHOUT_SCORE), min_size=1))
    parts = [
        CompositePart(
            f"part-{number}",
            draw(texts()),
            reads=each,
            weight=draw(st.just(Decimal(1)) | points(Decimal("0.1"), 2)),
            provision=draw(_PROVISIONS),
        )
        for number, each in enumerate(reads[:4])
    ]
    bands = draw(st.just(()) | grades(None))
    ends = draw(st.booleans())
    if ends:
        # Without its last band the rest has an end.
        bands = tuple(grade for grade in bands if grade.below is not None)
    return Composite(
        parts, grades=bands, graded_on=draw(st.sampled_from(GradedOn)), ungraded_ends=ends
    )


@st.composite
def composite_scores(draw: DrawFn, appraisals: SearchStrategy[Appraisal]) -> CompositeScore:
    """What composites make of appraisals.

    Args:
        appraisals: The appraisals to draw from.
    """
    appraisal = draw(appraisals)
    composite = draw(composites(scored=appraisal.decided.full_marks is not None))
    given = [part.id for part in composite.parts if part.reads is Reads.GIVEN]
    figures = {id: draw(points(-50, 200)) for id in given}
    return composite_score(composite, appraisal, given=figures)


@st.composite
def held_grades(draw: DrawFn) -> HeldGrade:
    """Grades that hold in the quarter in which they were earned, or in a later one."""
    number, later = draw(st.tuples(st.integers(1, 4), st.integers(0, 2)))
    held = Period.quarter(2025 + (number + later - 1) // 4, (number + later - 1) % 4 + 1)
    grade = draw(st.sampled_from([None, "A", "B", "C"]))
    period = draw(periods(Period.quarter(2025, number)))
    return HeldGrade(grade, min(period, held, key=lambda each: each.first), holds=held)
