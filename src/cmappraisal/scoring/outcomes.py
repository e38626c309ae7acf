"""Outcomes: what the lines of an appraisal come to.

What makes an appraisal and what audits one ask the same function here, so that the one cannot come
to anything else than the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from cmappraisal.alternatives import AwardEffect, RevokedResult
from cmappraisal.caps import Counted
from cmappraisal.making import maker
from cmappraisal.points import EXACT, canonical, total_of
from cmappraisal.policy import Policy
from cmappraisal.rulebooks import Rulebook
from cmappraisal.scoring.appraisals import CapLine, Subtotal
from cmappraisal.scoring.bounding import Summed
from cmappraisal.scoring.stages import Pipeline

_ZERO = Decimal(0)


# What a subtotal is made from was checked before. Each appraisal has as many as parts, and those of
# one part that are alike are one.
_made_subtotal = lru_cache(maxsize=10_000)(maker(Subtotal))


class Outcome(NamedTuple):
    """What lines come to, by the fields of an appraisal.

    Args:
        points: The error points.
        awards: The points awarded.
        score: The score; None where there is none.
        grade: The id of the band that the score is in; None where there is none.
        revoked: Whether any line revokes the qualification.
        caps: What caps over several take away.
        subtotals: The points of each part.
    """

    points: Decimal
    awards: Decimal
    score: Decimal | None
    grade: str | None
    revoked: bool
    caps: tuple[CapLine, ...]
    subtotals: tuple[Subtotal, ...]


def outcome_of(lines: Sequence[Summed], merits: Sequence[Summed], pipeline: Pipeline) -> Outcome:
    """What the lines of one appraisal come to.

    Args:
        lines: What each of its violations deducts, in the order of the lines.
        merits: What each of its merits is awarded, in the same order.
        pipeline: The stages, with the terms that close its period.
    """
    caps: tuple[CapLine, ...] = ()
    if pipeline.bounding:
        caps = tuple(cap for of in Counted for cap in pipeline.bound((*lines, *merits), of))
    closing = pipeline.closing
    sums = sums_by_part(lines, closing.rulebook)
    # Each line is in one part, so that there is less to add up than line by line.
    points = _sum_of(sums.values(), caps, Counted.DEDUCTIONS)
    awards = _sum_of([merit.points for merit in merits], caps, Counted.AWARDS)
    revoked = any(line.judged.revokes for line in lines)
    score, grade = result_of(points, awards, closing.policy, revoked=revoked)
    return Outcome(points, awards, score, grade, revoked, caps, subtotals_of(sums, caps))


def sums_by_part(lines: Iterable[Summed], closing: Rulebook) -> dict[str, Decimal]:
    """What the lines in each outermost part come to, in the order of the standard.

    The parts are those of the rulebook that closes the period, and after them those of other
    editions in which a line has its rule.

    Args:
        lines: What each violation deducts.
        closing: The rulebook that closes the period.
    """
    sums = {part.id: _ZERO for part in closing.parts}
    for _, judged, points in lines:
        part = judged.parts[0]
        sums[part] = EXACT.add(sums.get(part, _ZERO), points)
    return sums


def subtotals_of(sums: Mapping[str, Decimal], caps: Iterable[CapLine]) -> tuple[Subtotal, ...]:
    """The points of each part, less what caps take from it.

    Args:
        sums: What the lines in each part come to.
        caps: What caps over several take away.
    """
    left = dict(sums)
    for cap in caps:
        for taken in cap.parts if cap.of is Counted.DEDUCTIONS else ():
            left[taken.part] = EXACT.add(left[taken.part], taken.points)
    return tuple([_made_subtotal(part, canonical(points)) for part, points in left.items()])


def _sum_of(points: Iterable[Decimal], caps: Iterable[CapLine], of: Counted) -> Decimal:
    """What points come to together with the caps that bound them."""
    return total_of([*points, *(cap.points for cap in caps if cap.of is of)])


def result_of(
    points: Decimal, awards: Decimal, policy: Policy, *, revoked: bool
) -> tuple[Decimal | None, str | None]:
    """The score and the id of the grade that points and awards make."""
    if policy.full_marks is None or (revoked and policy.revoked_result is RevokedResult.NONE):
        return None, None
    score = EXACT.subtract(policy.full_marks, points)
    if policy.awards is AwardEffect.RAISE_SCORE:
        score = EXACT.add(score, awards)
    score = canonical(score)
    if policy.floor is not None:
        lowest = revoked and policy.revoked_result is RevokedResult.LOWEST
        score = policy.floor if lowest else max(score, policy.floor)
    grade = next((grade.id for grade in policy.grades if grade.holds(score)), None)
    return score, grade
