"""Strategies for composites, held grades and pay.

Needs the extra ``hypothesis``. They are among those of :mod:`cmappraisal.interop.strategies`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from attrs import frozen

from cmappraisal.accounts import (
    Composite,
    CompositePart,
    CompositeScore,
    CutFrom,
    FirstMonth,
    GradedOn,
    HeldGrade,
    InForce,
    MeetingCuts,
    MonthlyPay,
    Payslip,
    PayTerms,
    Reads,
    composite_score,
    payslips,
)
from cmappraisal.alternatives import Rounding
from cmappraisal.interop.derived_strategies import YEAR, periods, points, texts
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.policy_strategies import grades
from cmappraisal.periods import Period
from cmappraisal.scoring.appraisals import Appraisal
from cmappraisal.spans import CalendarSpan

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


_CONSEQUENCES = ("criticism", "demerit", "warning")
_LADDER = tuple(map(Decimal, ("1.2", "1", "0.8", "0.5")))
_GRADES = ("A", "B", "C")
_SPANS = tuple(span for span in CalendarSpan if span is not CalendarSpan.WEEK)
_SHARES = st.sampled_from([Decimal(1), Decimal(0)]) | points(0, 1)
_LEAST_SHARES = (
    st.none() | st.sampled_from([Decimal("0.4"), Decimal(1)]) | points(Decimal("0.1"), 1)
)


def _by_consequence(values: SearchStrategy[Any]) -> SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(_CONSEQUENCES), values, max_size=2)


@st.composite
def pay_terms(draw: DrawFn) -> PayTerms:
    """Pay terms, with every cut and every alternative."""
    ladder = draw(st.sampled_from([(), _LADDER]))
    shares = draw(st.none() | st.tuples(_SHARES, _SHARES, _SHARES))
    return PayTerms(
        per_point=draw(st.none() | points(0, 500)),
        withhold_money=draw(st.booleans()),
        months_lost=draw(_by_consequence(st.integers(1, 4))),
        coefficients=draw(_by_consequence(_SHARES)),
        ladder=ladder,
        steps_down=draw(_by_consequence(st.integers(1, 2))) if ladder else {},
        grade_shares={} if shares is None else dict(zip(_GRADES, shares, strict=True)),
        share_without_grade=Decimal(1) if shares is None else draw(_SHARES),
        least_base_share=draw(_LEAST_SHARES),
        paid_by=draw(st.sampled_from(_SPANS)),
        meeting=draw(st.sampled_from(MeetingCuts)),
        cut_from=draw(st.sampled_from(CutFrom)),
        first_month=draw(st.sampled_from(FirstMonth)),
        smallest_unit=draw(st.sampled_from([Decimal("0.01"), Decimal("0.1"), Decimal(1)])),
        rounding=draw(st.sampled_from(Rounding)),
        provisions=draw(st.sampled_from([{}, {"per_point": "7.1", "months_lost": "7.2"}])),
    )


def monthly_pay(month: int | None = None) -> SearchStrategy[MonthlyPay]:
    """What is earned in a month of 2025, in whole units of money.

    Args:
        month: The month, from 1 to 12; None for any.
    """
    return st.builds(
        MonthlyPay,
        (st.integers(1, 12) if month is None else st.just(month)).map(
            lambda number: Period.month(YEAR.first.year, number)
        ),
        base=st.integers(0, 6000),
        variable=st.integers(0, 9000),
        coefficient=st.sampled_from(_LADDER),
    )


@st.composite
def consequences_in_force(draw: DrawFn) -> InForce:
    """Consequences in force in 2025, those of the year before among them."""
    first = draw(st.dates(date(2024, 7, 1), YEAR.last))
    last = draw(st.none() | st.dates(first, date(2026, 6, 30)))
    return InForce(draw(st.sampled_from(_CONSEQUENCES)), first, last=last)


@frozen
class PayScenario:
    """Pay terms, and all that payslips are made of by them.

    Args:
        terms: The terms.
        pay: What is earned in each month of a year.
        manager: Whose pay it is.
        appraisals: The appraisals of quarters.
        grades: The grades that hold.
        in_force: The consequences.
    """

    terms: PayTerms
    pay: tuple[MonthlyPay, ...]
    manager: str
    appraisals: tuple[Appraisal, ...]
    grades: tuple[HeldGrade, ...]
    in_force: tuple[InForce, ...]

    def payslips(self) -> tuple[Payslip, ...]:
        """The payslips of the year."""
        return payslips(
            self.terms,
            self.pay,
            manager=self.manager,
            appraisals=self.appraisals,
            grades=self.grades,
            in_force=self.in_force,
        )


Quarterly: TypeAlias = Callable[[Period], Mapping[str, Appraisal]]
"""What makes the appraisals of a period, by manager."""


@st.composite
def pay_scenarios(draw: DrawFn, quarterly: SearchStrategy[Quarterly]) -> PayScenario:
    """Pay terms, and all that payslips are made of by them, drawn to go together.

    Args:
        quarterly: What makes the appraisals of each quarter.
    """
    quarters = [Period.quarter(YEAR.first.year, number) for number in (1, 2, 3, 4)]
    appraise = draw(quarterly)
    made = [appraise(quarter) for quarter in quarters]
    manager = draw(st.sampled_from(sorted({id for each in made for id in each}) or ["RM-01"]))
    held = draw(st.lists(st.sampled_from([*_GRADES, None]), max_size=4))
    return PayScenario(
        draw(pay_terms()),
        tuple(draw(monthly_pay(number)) for number in range(1, 13)),
        manager,
        tuple(each[manager] for each in made if manager in each),
        tuple(
            HeldGrade(grade, quarter, holds=quarter)
            for grade, quarter in zip(held, quarters, strict=False)
        ),
        tuple(draw(st.lists(consequences_in_force(), max_size=4))),
    )
