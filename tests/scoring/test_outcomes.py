"""Outcomes: what lines come to, by a table of what points, policy and revocation make."""

from decimal import Decimal

import attrs
import pytest

from cmappraisal import ERROR_POINTS, Grade, Policy, RevokedResult, Subtotal
from cmappraisal.scoring.bounding import Summed
from cmappraisal.scoring.outcomes import result_of, subtotals_of, sums_by_part
from cmappraisal.scoring.terms import Terms
from worked_cases import found, i, ledger_of, scored

BANDS = [Grade("A", at_least=90, below=None), Grade("D", at_least=None, below=90)]
POLICY = Policy(grades=BANDS)
APPRAISAL = scored(
    ledger_of([found("a", "3.2b", circumstances=["risk"]), i("b", "3.3"), i("c", "3.4")]),
    policy=POLICY,
)["RM-01"]


def test_every_part_has_a_subtotal_in_the_order_of_the_standard() -> None:
    assert subtotals_of(sums_by_part([], ERROR_POINTS), ()) == tuple(
        Subtotal(part, Decimal(0)) for part in "1234"
    )
    closing = Terms.of(APPRAISAL.standard.editions[0], POLICY)
    lines = [Summed.of_line(line, closing) for line in APPRAISAL.lines]
    assert subtotals_of(sums_by_part(lines, ERROR_POINTS), ()) == APPRAISAL.subtotals


LOWEST, SHOWN = RevokedResult.LOWEST, RevokedResult.AS_SCORED


@pytest.mark.parametrize(
    ("policy", "points", "revoked", "result"),
    [
        (POLICY, "4", False, ("96", "A")),
        (POLICY, "400", False, ("0", "D")),
        (POLICY, "4", True, (None, None)),
        (attrs.evolve(POLICY, revoked_result=LOWEST), "4", True, ("0", "D")),
        (attrs.evolve(POLICY, revoked_result=LOWEST), "4", False, ("96", "A")),
        (attrs.evolve(POLICY, revoked_result=SHOWN), "4", True, ("96", "A")),
        (Policy(full_marks=None), "4", False, (None, None)),
        (Policy(full_marks=None, revoked_result=SHOWN), "4", True, (None, None)),
        (Policy(floor=None), "104.5", False, ("-4.5", None)),
        (Policy(floor=20, revoked_result=LOWEST), "0", True, ("20", None)),
    ],
)
def test_a_result_follows_from_points_policy_and_revocation(
    policy: Policy, points: str, revoked: bool, result: tuple[str | None, str | None]
) -> None:
    mark, grade = result_of(Decimal(points), Decimal(7), policy, revoked=revoked)
    assert (None if mark is None else str(mark), grade) == result
