"""Proof: whoever adds a stage to the table changes the totals and the explained appraisals alike.

In a copy of the repository the table gets one more row: one that looks at a violation alone, one
that looks at all of a manager's lines in the period, and one that adds points. Each time ``score``
and ``tally`` say the same of every scenario, the steps add up, and the totals are others than
before.

Run as ``python tests/proofs/stage.py``.
"""

from __future__ import annotations

from pathlib import Path

import copies

INDIVIDUAL = '''def proof(question: Question, points: Decimal) -> Iterator[Any]:
    """A quarter of what a violation deducts is remitted."""
    yield Move(Effect.PROVED, EXACT.multiply(points, Decimal("-0.25")), "aggravation")


'''
OVER_THE_PERIOD = '''def proof(lines: Sequence[RunningLine], terms: Terms) -> Iterator[Any]:
    """Only the lightest line counts."""
    kept = min(lines, key=lambda line: (line.points, line.violation.id))
    for line in lines:
        if line is not kept:
            yield line, Move(Effect.PROVED, -line.points, "aggravation", ends=True)


'''
ADDING = '''def proof(lines: Sequence[RunningLine], terms: Terms) -> Iterator[Any]:
    """Every line of several deducts seven points more."""
    for line in lines:
        yield line, Move(Effect.PROVED, Decimal(7), "aggravation")


'''
TIE = ", tie=lambda question: True"
STAGES = {
    "one violation alone": (INDIVIDUAL, "INDIVIDUAL", ""),
    "all lines of the period": (OVER_THE_PERIOD, "PERIOD", TIE),
    "points that are added": (ADDING, "PERIOD", TIE),
}
NAMED = "from cmappraisal.scoring.steps import Stage\n"
IMPORTS = (
    "from cmappraisal.points import EXACT\n"
    "from cmappraisal.scoring.moves import Move\n"
    "from cmappraisal.scoring.steps import Effect\n"
)
TOTALS = """
from decimal import Decimal
from cmappraisal import ERROR_POINTS, Ledger, Period, Violation, score_all, tally
from cmappraisal.interop.strategies import scenarios
from cmappraisal.standards import Counted
from datetime import date, datetime, timezone
from hypothesis import HealthCheck, given, settings

@settings(
    derandomize=True,
    max_examples=200,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(scenarios())
def agree(scenario):
    made = scenario.appraisals()
    arguments = scenario.ledger, scenario.standard, scenario.period
    assert tally(*arguments, policy=scenario.policy, people=scenario.people) == {
        manager: appraisal.points for manager, appraisal in made.items()
    }
    for appraisal in made.values():
        caps = sum(cap.points for cap in appraisal.caps if cap.of is Counted.DEDUCTIONS)
        assert appraisal.points == sum(line.points for line in appraisal.lines) + caps
        for line in appraisal.lines:
            assert line.points == sum(step.change for step in line.steps)

agree()
ledger = Ledger()
for number, rule in enumerate(["2.1", "3.2b", "1.8"]):
    violation = Violation(f"V-{number}", "RM-01", rule=rule, occurred_on=date(2025, 3, 2))
    ledger = ledger.record(violation, at=datetime(2025, 3, 4, tzinfo=timezone.utc))
print(*tally(ledger, ERROR_POINTS, Period.year(2025)).values())
"""


def extended(copy: Path, act: str, scope: str, tie: str) -> None:
    """Add a stage to a copy."""
    row = f"    Row(Stage.PROOF, Scope.{scope}, proof{tie}),\n"
    copies.has_new_stage(copy, "PROOF", "proof")
    copies.has_new_effect(copy, "PROVED", "proved", "PROOF")
    copies.has_new_wording(copy, "PROVED")
    copies.put(copy, copies.STAGES, NAMED, IMPORTS)
    copies.put(copy, copies.STAGES, copies.BEFORE_ROWS, act)
    copies.put(copy, copies.STAGES, copies.AFTER_FOLLOW_ROW, row, after=copies.AFTER_FOLLOW_ROW)


def main() -> None:
    """Show it all, or end with what was not as it should be."""
    with copies.copied() as copy:
        agrees, before = copies.run(copy, "-c", TOTALS)
        copies.require(agrees, f"score and tally agree as they are: {before.strip()}", before)
    for what, (act, scope, tie) in STAGES.items():
        with copies.copied() as copy:
            extended(copy, act, scope, tie)
            agrees, total = copies.run(copy, "-c", TOTALS)
            changed = agrees and total != before
            copies.require(changed, f"and with a stage of {what}: {total.strip()}", total)
            passes, output = copies.tests(copy, "tests/test_one_description.py")
            copies.require(passes, "which the one table describes", output)


if __name__ == "__main__":
    main()
