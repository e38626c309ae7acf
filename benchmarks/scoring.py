"""How long explaining every point takes, as ratios to a bare loop over the same violations.

Run it with ``python benchmarks/scoring.py``. Every figure is a ratio of two medians of processor
time measured in turn, so that it says the same on a fast machine and on a slow one. Inputs are
seeded, and the bare loop has to make the same totals first.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from statistics import median
from typing import TypeAlias

from attrs import frozen

from cmappraisal import (
    ERROR_POINTS,
    Act,
    Appraisal,
    Effect,
    Ledger,
    Multiply,
    PendingAppeals,
    Period,
    Policy,
    Rulebook,
    State,
    UnstatedUnit,
    Violation,
    score,
    score_all,
    tally,
)
from cmappraisal.scoring import Pipeline
from cmappraisal.standards import Deduction, Referral, Unit
from measuring import Answer, Ratio, demand, drawn, entries_of, ratio, run, seconds

VIOLATIONS = 200_000
YEAR = Period.year(2025)
ZERO = Decimal(0)
DEFAULT = Policy()
STRICT = Policy(
    aggravation=Multiply("1.5"),
    unstated_unit=UnstatedUnit.ONCE_A_PERIOD,
    pending_appeals=PendingAppeals.SUSPEND,
)
POLICIES = ((DEFAULT, ""), (STRICT, ", once a period"))
LEAST_SHARE = 0.15
"""The share of lines that have to lose something, so that every stage is measured."""


@frozen
class Plain:
    """The fields of a violation, taken as they come."""

    id: str
    manager: str
    rule: str
    occurred_on: date
    quantity: int
    circumstances: frozenset[str]
    incident: str | None
    refers_to: str | None
    assessed_points: Decimal | None
    note: str


EFFECTS = {
    *(Effect.APPEAL_COUNTS, Effect.APPEAL_SUSPENDS, Effect.REFERRED, Effect.STATED),
    *(Effect.UNIT_ASSUMED, Effect.ASSESSED, Effect.NO_POINTS, Effect.AGGRAVATED),
    *(Effect.NO_EFFECT, Effect.FOLLOWS, Effect.DISPLACED, Effect.GAVE_WAY),
    *(Effect.CONCURRENT, Effect.ONCE_A_PERIOD),
}
"""The effects that the built-in standard has; ``regulations.py`` measures those of others."""


# The baseline: the same totals, by a plain loop that explains nothing.


@frozen
class Known:
    """What the bare loop reads of a rule."""

    rank: int
    part: str
    points: Decimal | None
    unstated: bool
    refers: bool
    aggravated_by: frozenset[str]
    displaces: frozenset[str]
    residual: bool


def known_rules() -> dict[str, Known]:
    """What the bare loop reads of each rule, looked up once."""
    known = {}
    for rank, rule in enumerate(ERROR_POINTS.values()):
        deduction = rule.penalty if isinstance(rule.penalty, Deduction) else None
        known[rule.id] = Known(
            rank,
            ERROR_POINTS.part_of(rule.id).id,
            deduction.most if deduction else None,
            deduction is not None and deduction.unit is Unit.UNSTATED,
            isinstance(rule.penalty, Referral),
            frozenset(
                circumstance.id
                for circumstance in ERROR_POINTS.circumstances
                if rule.aggravated_by.keys() & ERROR_POINTS.implied_by((circumstance.id,))
            ),
            rule.displaces,
            rule.residual is not None,
        )
    return known


Upheld: TypeAlias = list[tuple[Act, bool]]
"""Upheld violations, each with whether it is under appeal."""

Charge: TypeAlias = tuple[str, str, Known, Decimal]
"""The id of a rule, that of a violation, the rule, and the points."""


def upheld_in(ledger: Ledger) -> Upheld:
    """What the bare loop is given: the upheld violations of a ledger."""
    return [
        (case.violation, case.state is State.UNDER_APPEAL)
        for case in ledger.cases()
        if case.is_upheld
    ]


def bare(  # noqa: PLR0912 - one loop, as whoever wants totals alone writes it
    upheld: Upheld, period: Period, policy: Policy
) -> dict[str, Decimal]:
    """The total of each manager: filter, look up, aggravate, settle each incident, sum."""
    rules = known_rules()
    factor = policy.aggravation.factor if isinstance(policy.aggravation, Multiply) else ZERO
    suspends = policy.pending_appeals is PendingAppeals.SUSPEND
    once = policy.unstated_unit is UnstatedUnit.ONCE_A_PERIOD
    totals: dict[str, Decimal] = {}
    incidents: dict[tuple[str, str], list[Charge]] = {}
    alone: list[tuple[str, Charge]] = []
    for violation, under_appeal in upheld:
        if not period.first <= violation.occurred_on <= period.last:
            continue
        manager = violation.manager
        totals.setdefault(manager, ZERO)
        if under_appeal and suspends:
            continue
        id = violation.rule
        if rules[id].refers and violation.refers_to is not None:
            id = violation.refers_to
        rule = rules[id]
        points = ZERO
        if rule.points is not None:
            points = rule.points if rule.unstated else rule.points * violation.quantity
            if violation.assessed_points is not None:
                points = violation.assessed_points
            if not rule.aggravated_by.isdisjoint(violation.circumstances):
                points *= factor
        charge = id, violation.id, rule, points
        if violation.incident is None:
            alone.append((manager, charge))
        else:
            incidents.setdefault((manager, violation.incident), []).append(charge)
    heaviest: dict[tuple[str, str], Decimal] = {}
    for manager, (id, _, rule, points) in (
        *alone,
        *(
            (manager, charge)
            for (manager, _), charges in incidents.items()
            for charge in (charges if len(charges) == 1 else kept_of(charges))
        ),
    ):
        if once and rule.unstated:
            tie = manager, id
            heaviest[tie] = max(points, heaviest.get(tie, ZERO))
        else:
            totals[manager] += points
    for (manager, _), points in heaviest.items():
        totals[manager] += points
    return totals


def kept_of(charges: list[Charge]) -> list[Charge]:
    """The charges of one incident that count: special rules, then the heaviest rule."""
    displaced = {id for charge in charges for id in charge[2].displaces}
    specific = {rule.part for _, _, rule, _ in charges if not rule.residual}
    by_rule: dict[str, list[Charge]] = {}
    for charge in charges:
        id, _, rule, _ = charge
        given_way = rule.residual and rule.part in specific
        if rule.points is not None and id not in displaced and not given_way:
            by_rule.setdefault(id, []).append(charge)
    if not by_rule:
        return []
    return max(
        by_rule.values(),
        key=lambda of_rule: (sum(charge[3] for charge in of_rule), -of_rule[0][2].rank),
    )


# What is checked and measured.


def ledger_of(count: int, *, alike: bool = True) -> Ledger:
    """A ledger of seeded violations and what became of them."""
    return Ledger(entries_of(Violation(**each) for each in drawn(count, alike=alike)))


def read(appraisals: Iterable[Appraisal]) -> int:
    """Read every line and every step."""
    return sum(
        len(step.effect.value)
        for appraisal in appraisals
        for line in appraisal.lines
        for step in line.steps
        if step.points is not None and step.change is not None and step.reason is not None
    )


def agreements(ledger: Ledger) -> Iterator[Answer]:
    """What every way to the points of a ledger says, and that every stage has something to do."""
    upheld = upheld_in(ledger)
    effects = set()
    for policy, which in POLICIES:
        totals = tally(ledger, ERROR_POINTS, YEAR, policy=policy)
        appraisals = score_all(ledger, ERROR_POINTS, YEAR, policy=policy)
        points = {manager: appraisal.points for manager, appraisal in appraisals.items()}
        yield f"tally and the bare loop{which}", totals == bare(upheld, YEAR, policy)
        yield f"tally and score_all{which}", totals == points
        each = {id: score(ledger, ERROR_POINTS, YEAR, manager=id, policy=policy) for id in points}
        yield f"score, one by one, and score_all{which}", each == appraisals
        lines = [line for appraisal in appraisals.values() for line in appraisal.lines]
        losing = sum(any(step.because_of for step in line.steps) for line in lines)
        print(f"{losing / len(lines):.0%} of {len(lines):,} lines lose to another{which}")
        yield f"the share of lines that lose{which}", losing / len(lines) >= LEAST_SHARE
        effects |= {step.effect for line in lines for step in line.steps}
    yield "the effects of the standard, and those in the data", effects == EFFECTS


def answers() -> Iterator[Answer]:
    """The same of few violations, which takes a second."""
    return agreements(ledger_of(2_000))


def import_seconds(*modules: str) -> list[float]:
    """The median processor time of each import in a fresh interpreter, its start left out."""
    timed = (
        "import time; start = time.process_time(); import {}; print(time.process_time() - start)"
    )
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    with tempfile.TemporaryDirectory() as folder:
        environment["PYTHONPYCACHEPREFIX"] = folder
        durations = [
            [
                float(
                    subprocess.check_output(
                        [sys.executable, "-c", timed.format(each)], env=environment
                    )
                )
                for each in modules
            ]
            for _ in range(16)
        ]
    # The first import compiles the sources, as the first one on any machine does.
    return [median(taken) for taken in zip(*durations[1:], strict=True)]


def explaining(ledger: Ledger, upheld: Upheld, policy: Policy, which: str) -> Iterator[Ratio]:
    """How long totals and explanations take beside the bare loop, under one policy."""
    baseline, tallied, scored, explained = seconds(
        lambda: bare(upheld, YEAR, policy),
        lambda: tally(ledger, ERROR_POINTS, YEAR, policy=policy),
        lambda: score_all(ledger, ERROR_POINTS, YEAR, policy=policy),
        lambda: read(score_all(ledger, ERROR_POINTS, YEAR, policy=policy).values()),
    )
    of_tally, of_scoring = (1.8, 2.5) if policy is DEFAULT else (3, 3.5)
    yield f"tally / bare loop{which}", tallied / baseline, of_tally
    yield f"score_all / bare loop{which}", scored / baseline, of_scoring
    name = f"score_all, every line and step read / bare loop{which}"
    yield name, explained / baseline, 7


def anew(way: Callable[[Ledger, Rulebook, Period], object], ledger: Ledger) -> object:
    """What a way to score comes to where nothing was kept of another scoring."""
    Pipeline.of.cache_clear()
    return way(ledger, ERROR_POINTS, YEAR)


def unlike_ratio() -> float:
    """The ratio of explaining to the bare loop where every violation is judged by itself."""
    ledger = ledger_of(VIOLATIONS, alike=False)
    upheld = upheld_in(ledger)
    return ratio(lambda: score_all(ledger, ERROR_POINTS, YEAR), lambda: bare(upheld, YEAR, DEFAULT))


def ratios() -> Iterator[Ratio]:
    """Each ratio with its bound."""
    ledger = ledger_of(VIOLATIONS)
    demand(agreements(ledger))
    upheld = upheld_in(ledger)
    dependencies, imported = import_seconds("attrs, dateutil.relativedelta, decimal", "cmappraisal")
    fields = list(drawn(VIOLATIONS))
    yield (
        "making a Violation / a plain frozen class",
        ratio(
            lambda: [Violation(**each) for each in fields],
            lambda: [Plain(**each) for each in fields],
        ),
        4,
    )
    for policy, which in POLICIES:
        yield from explaining(ledger, upheld, policy, which)
    first = ratio(lambda: anew(tally, ledger), lambda: bare(upheld, YEAR, DEFAULT))
    yield "tally, nothing kept before / bare loop", first, None
    yield "score_all, no two violations alike / bare loop", unlike_ratio(), None
    million = ledger_of(5 * VIOLATIONS)
    for name, way in (("tally", tally), ("score_all", score_all)):
        grown = ratio(partial(anew, way, million), partial(anew, way, ledger))
        yield f"{name} of 1,000,000 / of 200,000 violations, nothing kept before", grown, 6
    one_by_one, of_million = seconds(
        lambda: [score(million, ERROR_POINTS, YEAR, manager=id) for id in million.managers],
        lambda: score_all(million, ERROR_POINTS, YEAR),
    )
    yield (
        "score of 2,000 managers, one by one, of 1,000,000 / score_all",
        one_by_one / of_million,
        1.3,
    )
    yield "import cmappraisal / attrs, dateutil, decimal", imported / dependencies, 2.5


if __name__ == "__main__":
    run(ratios, answers)
