"""What a standard that says more costs: clauses, weights and editions, beside the same without.

Run it with ``python benchmarks/regulations.py``. The violations are those of ``scoring.py``. The
built-in standard is given weights rule by rule, a general part with a weight, a cap, a time limit
and answers, and a second edition from the middle of the year; the other side is the standard as it
stands. Then it is given what violations do to one another: repetition, caps over several, and a
superior who answers with the doer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from attrs import evolve

from cmappraisal import (
    ERROR_POINTS,
    Add,
    Appraisal,
    Edition,
    Editions,
    Effect,
    Ledger,
    Multiply,
    Period,
    Policy,
    Rule,
    Rulebook,
    Tenure,
    Text,
    Violation,
    score_all,
    tally,
)
from cmappraisal.standards import (
    Again,
    Cap,
    Clause,
    Deduction,
    Heavier,
    Limitation,
    Over,
    Responsibility,
    SetTo,
    Span,
)
from measuring import MANAGERS, Answer, Ratio, demand, drawn, entries_of, run, seconds

VIOLATIONS = 200_000
FEWER = 50_000
"""Of those that act on one another, whose every step names others."""
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


SEVERAL = (
    Clause(
        "G6",
        TEXT,
        citation=[90, 6],
        again=Again({2: Multiply("1.5")}, within=Span(months=12), same="any"),
    ),
    Clause("G7", TEXT, citation=[90, 7], cap=Cap(20, over="incident")),
    Clause("G8", TEXT, citation=[90, 8], cap=Cap(25, over="part")),
    Clause("G9", TEXT, citation=[90, 9], cap=Cap(30, over="period")),
)
TOGETHER = evolve(ERROR_POINTS, edition="3.0", clauses=SEVERAL)
HEAD = Responsibility("head", Text("負責人", "负责人", en="the head"), weight=Multiply("0.3"))
WITH_HEADS = evolve(
    ERROR_POINTS,
    edition="4.0",
    clauses=[Clause("G6", TEXT, citation=[90, 6], responsible=[HEAD])],
)
SHARE = 10
"""How many managers are in a branch, whose head answers with them."""
PEOPLE = [
    *(Tenure(f"RM-{number:04}", f"B-{number // SHARE:03}") for number in range(MANAGERS)),
    *(
        Tenure(f"HEAD-{number:03}", f"B-{number:03}", role="head")
        for number in range(MANAGERS // SHARE)
    ),
]


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
    yield from together(ledger, plain)


def together(ledger: Ledger, plain: Mapping[str, Appraisal]) -> Iterator[Answer]:
    """That totals and appraisals agree of what violations do to one another, and that they do."""
    appraisals = score_all(ledger, TOGETHER, YEAR)
    points = {manager: appraisal.points for manager, appraisal in appraisals.items()}
    yield "tally and score_all, of several", tally(ledger, TOGETHER, YEAR) == points
    lines = [line for each in appraisals.values() for line in each.lines]
    steps = [step.effect for line in lines for step in line.steps]
    yield "repetition", steps.count(Effect.REPEATED) > len(lines) // 50
    over = {line.over for each in appraisals.values() for line in each.caps}
    yield "caps over several", over == {Over.INCIDENT, Over.PART, Over.PERIOD}
    answering = score_all(ledger, WITH_HEADS, YEAR, people=PEOPLE)
    points = {manager: appraisal.points for manager, appraisal in answering.items()}
    yield "tally and score_all, of heads", tally(ledger, WITH_HEADS, YEAR, people=PEOPLE) == points
    own = {manager: appraisal for manager, appraisal in answering.items() if manager in plain}
    yield (
        "heads beside doers",
        len(answering) > len(own)
        and all(appraisal.points == plain[manager].points for manager, appraisal in own.items()),
    )


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
    yield "score_all, clauses, weights, two editions / without", rich / plain, 1.8
    yield "tally, clauses, weights, two editions / without", rich_tally / plain_tally, 2.5
    fewer = ledger_of(FEWER)
    plain, several, heads = seconds(
        lambda: score_all(fewer, ERROR_POINTS, YEAR),
        lambda: score_all(fewer, TOGETHER, YEAR),
        lambda: score_all(fewer, WITH_HEADS, YEAR, people=PEOPLE),
    )
    yield "score_all, repetition and caps over several / without", several / plain, 6.0
    yield "score_all, heads who answer / without", heads / plain, 4.0
    plain, several, heads = seconds(
        lambda: tally(fewer, ERROR_POINTS, YEAR),
        lambda: tally(fewer, TOGETHER, YEAR),
        lambda: tally(fewer, WITH_HEADS, YEAR, people=PEOPLE),
    )
    # The violations of every year are judged and put in order here, not only those of the period.
    yield "tally, repetition and caps over several / without", several / plain, 10.0
    yield "tally, heads who answer / without", heads / plain, 6.0


if __name__ == "__main__":
    run(ratios, answers)
