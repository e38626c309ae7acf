"""Strategies for policies: every alternative of every field, drawn by what the field takes.

Needs the extra ``hypothesis``. They are among those of :mod:`cmappraisal.interop.strategies`.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from attrs import evolve

from cmappraisal.alternatives import CountedOn, RevokedResult
from cmappraisal.grades import Grade
from cmappraisal.interop.catalogue import members_of
from cmappraisal.interop.derived_strategies import built, by_annotation, points
from cmappraisal.interop.extras import needs_extra
from cmappraisal.lapses import Lapse, Never, WithPeriod
from cmappraisal.policy import Assumption, Policy
from cmappraisal.spans import CalendarSpan, Span
from cmappraisal.weights import Add, Aggravation, Mitigation, Multiply, Waive, is_heavier

with needs_extra("hypothesis", "hypothesis"):
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn, SearchStrategy


_LOWEST = Policy().floor


def aggravations() -> SearchStrategy[Aggravation]:
    """Every alternative of aggravation."""
    return by_annotation(Aggravation, _of_type).filter(is_heavier)


def mitigations() -> SearchStrategy[Mitigation]:
    """Every alternative of mitigation."""
    return factors().map(Multiply) | factors().map(Multiply) | st.just(Waive())


def factors() -> SearchStrategy[Decimal]:
    """Factors that make lighter: those that leave a part, which is rounded, more often."""
    return points(0, 1) | st.sampled_from([Decimal("0.25"), Decimal("0.7"), Decimal("0.9")])


@st.composite
def grades(
    draw: DrawFn, floor: Decimal | None = _LOWEST, full_marks: Decimal = Decimal(100)
) -> tuple[Grade, ...]:
    """Bands that cover every score without gap or overlap, in any order.

    Args:
        floor: The lowest score; None for no floor.
        full_marks: The highest score.
    """
    least = Decimal(0) if floor is None else floor
    cuts = sorted(draw(st.sets(points(least, full_marks), max_size=4)) - {least})
    lowest = draw(st.sampled_from([None, *([] if floor is None else [floor])]))
    bands = [
        Grade(f"G{number}", at_least=at_least, below=below)
        for number, (at_least, below) in enumerate(zip([lowest, *cuts], [*cuts, None], strict=True))
    ]
    return tuple(draw(st.permutations(bands)))


LOWEST_GRADES = ("G0", "G1")
"""Ids of the lowest grades that are drawn."""


def marked(policy: Policy) -> Policy:
    """A policy with a score, and with the lowest grades among its own.

    Args:
        policy: What else it decides.
    """
    if {grade.id for grade in policy.grades}.issuperset(LOWEST_GRADES):
        return policy
    failed, passed = LOWEST_GRADES
    bands = [Grade(failed, at_least=None, below=95), Grade(passed, at_least=95, below=None)]
    return evolve(policy, full_marks=100, floor=0, grades=bands)


# Most amounts that are drawn are halves, and few are finer: a whole unit rounds most often.
_SMALLEST = st.sampled_from([None, Decimal("0.0001"), Decimal("0.5"), *[Decimal(1)] * 3])
_FULL_MARKS = st.sampled_from([None, Decimal(100), Decimal(100)]) | points(0, 1000)


MARKS = ("full_marks", "floor", "grades", "revoked_result")
"""The fields of a policy that have to fit one another."""


@cache
def of_fields() -> Mapping[str, SearchStrategy[Any]]:
    """The strategies of the fields of a policy that fit any others, by name."""
    drawn = {
        member.name: by_annotation(member.kind, _of_type)
        for member in members_of(Policy)
        if member.name not in (*MARKS, "assessment_period", "lapse")
    }
    return MappingProxyType(
        {
            **drawn,
            "mitigation": mitigations(),
            "smallest_unit": _SMALLEST,
            "assessment_period": ASSESSMENT_PERIODS,
            "lapse": lapses(),
        }
    )


CYCLE = "licence"
"""The name of the milestone from which the cycles run that are drawn."""

ASSESSMENT_PERIODS = st.sampled_from(
    [*(Span(calendar=calendar) for calendar in CalendarSpan), Span(months=12, cycle=CYCLE)]
)


def lapses() -> SearchStrategy[Lapse]:
    """When points lapse: with their period, after months, with the calendar's year, or never."""
    months = st.builds(Span, months=st.sampled_from([1, 6, 12]), by=st.sampled_from(CountedOn))
    calendar = st.sampled_from(CalendarSpan).map(lambda each: Span(calendar=each))
    with_period = st.sampled_from([WithPeriod(), WithPeriod(below=12)])
    return with_period | months | calendar | st.just(Never())


_REVOKED_RESULTS = st.sampled_from(RevokedResult)


@st.composite
def policies(draw: DrawFn) -> Policy:
    """Policies, with every alternative of every field."""
    full_marks = draw(_FULL_MARKS)
    most = Decimal(0) if full_marks is None else full_marks
    floor = draw(st.none() | st.just(Decimal(0)) | points(-100, most))
    bands = () if full_marks is None else draw(st.just(()) | grades(floor, full_marks))
    fields: dict[str, Any] = {"full_marks": full_marks, "floor": floor, "grades": bands}
    for name, strategy in of_fields().items():
        fields[name] = draw(strategy)
    revoked_result = draw(_REVOKED_RESULTS)
    if floor is None and revoked_result is RevokedResult.LOWEST:
        # Without a floor no score is the lowest.
        revoked_result = RevokedResult.NONE
    return Policy(revoked_result=revoked_result, **fields)


def assumptions() -> SearchStrategy[Assumption]:
    """What a step can read from a policy."""
    return built(Assumption, _of_type)


BY_TYPE: Mapping[type, SearchStrategy[Any]] = MappingProxyType(
    {
        Multiply: st.builds(Multiply, points(1, 5)),
        Add: st.builds(Add, points(0, 20)),
        Grade: grades().flatmap(st.sampled_from),
        Policy: policies(),
    }
)
"""The strategies of those types here that their fields alone do not make."""


def _of_type(kind: type) -> SearchStrategy[Any]:
    return BY_TYPE[kind] if kind in BY_TYPE else built(kind, _of_type)
