"""What a standard that says more costs: clauses, weights and editions, beside the same without.

Run it with ``python benchmarks/regulations.py``. The violations are those of ``scoring.py``. The
built-in standard is given weights rule by rule, a general part with a weight, a cap, a time limit
and answers, and a second edition from the middle of the year; the other side is the standard as it
stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import evolve

from cmappraisal import (
    ERROR_POINTS,
    Add,
    Edition,
    Editions,
    Effect,
    Ledger,
    Multiply,
    Period,
    Policy,
    Rule,
    Rulebook,
    Text,
    Violation,
    score_all,
    tally,
)
from cmappraisal.standards import Cap, Clause, Deduction, Heavier, Limitation, SetTo
from measuring import Answer, Ratio, demand, drawn, entries_of, run, seconds

VIOLATIONS = 200_000
YEAR = Period.year(2025)
TEXT = Text("總則", "总则", en="general part")
CLAUSES = (
    Clause("G1", TEXT, citation=[90, 1], mitigated_by={"serious": Multiply("0.5")}),
    Clause("G2", TEXT, citation=[90, 2], aggravated_by={"egregious": Add(3)}),
    Clause("G3", TEXT, citation=[90, 3], cap=Cap(30)),
    Clause("G4", TEXT, citation=[90, 4], limitation=Limitation(17)),
    Clause(
        "G5", TEXT, citation=[90, 5], answers={"smallest_unit": "0.5", "concurrence": "highest"}
    ),
)
RICH = {
    Effect.UNIT_RAISED,
    Effect.COUNTED,
    Effect.AGGRAVATED,
    Effect.MITIGATED,
    Effect.CAPPED,
    Effect.TIME_BARRED,
}
"""What has to happen in the data, so that every stage that a standard may use is measured."""


def weighty(rule: Rule) -> Rule:
    """A rule that states by how much each circumstance makes it heavier."""
    if not isinstance(rule.penalty, Deduction):
        return rule
    heavier: dict[str, Heavier | None] = {
        id: SetTo(rule.penalty.most + 5) for id in rule.aggravated_by
    }
    if not rule.penalty.discretionary:
        heavier["asset-deterioration"] = Multiply("1.5")
    return evolve(rule, aggravated_by=heavier)


def edition(name: str) -> Rulebook:
    """An edition of the standard that says more."""
    return evolve(
        ERROR_POINTS,
        edition=name,
        clauses=CLAUSES,
        parts=[
            evolve(part, rules=[weighty(rule) for rule in part.rules])
            for part in ERROR_POINTS.parts
        ],
        silences=[
            silence for silence in ERROR_POINTS.silences if silence.field not in CLAUSES[-1].answers
        ],
    )


MIDDLE = date(2025, 7, 1)
STANDARD = Editions(
    [
        Edition(edition("1.0"), last=date(2025, 6, 30)),
        Edition(edition("2.0"), MIDDLE, policy=Policy(aggravation=Multiply(3))),
    ]
)


def ledger_of(count: int) -> Ledger:
    """A ledger of seeded violations and what became of them."""
    return Ledger(entries_of(Violation(**each) for each in drawn(count)))


def agreements(ledger: Ledger) -> Iterator[Answer]:
    """That totals and appraisals agree, and that every stage has something to do."""
    appraisals = score_all(ledger, STANDARD, YEAR)
    points = {manager: appraisal.points for manager, appraisal in appraisals.items()}
    yield "tally and score_all", tally(ledger, STANDARD, YEAR) == points
    plain = score_all(ledger, ERROR_POINTS, YEAR)
    lines = sum(len(appraisal.lines) for appraisal in appraisals.values())
    yield "as many lines", lines == sum(len(each.lines) for each in plain.values())
    steps = [step for each in appraisals.values() for line in each.lines for step in line.steps]
    yield "the effects of a standard that says more", {step.effect for step in steps} >= RICH
    used = {line.edition for each in appraisals.values() for line in each.lines}
    yield "both editions", used == {"1.0", "2.0"}


def answers() -> Iterator[Answer]:
    """The same of few violations, which takes a second."""
    return agreements(ledger_of(2_000))


def ratios() -> Iterator[Ratio]:
    """Each ratio with its bound."""
    ledger = ledger_of(VIOLATIONS)
    demand(agreements(ledger))
    plain, rich, plain_tally, rich_tally = seconds(
        lambda: score_all(ledger, ERROR_POINTS, YEAR),
        lambda: score_all(ledger, STANDARD, YEAR),
        lambda: tally(ledger, ERROR_POINTS, YEAR),
        lambda: tally(ledger, STANDARD, YEAR),
    )
    yield "score_all, clauses, weights, two editions / without", rich / plain, 1.5
    yield "tally, clauses, weights, two editions / without", rich_tally / plain_tally, 2.5


if __name__ == "__main__":
    run(ratios, answers)
