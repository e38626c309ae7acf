"""How long explaining every point takes, as ratios to engines of rules that answer with a number.

Run it with ``python benchmarks/rule_engines.py``; it needs the packages ``zen-engine`` and
``rule-engine``. Each engine has what the standard deducts as rows of a table, is asked for the
points of one violation at a time, and the points are summed by manager. Violations have incidents
of their own here, since such an engine sees one of them at a time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any, TypeAlias

import rule_engine
import zen
from attrs import evolve

from cmappraisal import ERROR_POINTS, Ledger, Period, Recorded, Violation, score_all
from cmappraisal.standards import Deduction, Unit
from measuring import START, Answer, Ratio, drawn, run, seconds

VIOLATIONS = 12_000
FEW_MANAGERS = 50
"""So few that each has a hundred violations of the year, as in ``scoring.py``."""
YEAR = Period.year(2025)

Row: TypeAlias = tuple[str, tuple[str, ...], Decimal, bool]
"""The id of a rule, what aggravates it, the points, and whether they are for each unit."""

Table: TypeAlias = list[Mapping[str, Any]]
"""The violations, as an engine takes them."""

Ask: TypeAlias = Callable[[Mapping[str, Any]], Decimal]


def rows() -> Iterator[Row]:
    """What the standard deducts, rule by rule; the default policy doubles what is aggravated."""
    for rule in ERROR_POINTS.values():
        if isinstance(rule.penalty, Deduction) and rule.penalty.most is not None:
            known = (each.id for each in ERROR_POINTS.circumstances)
            aggravating = tuple(
                id for id in known if rule.aggravated_by.keys() & ERROR_POINTS.implied_by((id,))
            )
            yield rule.id, aggravating, rule.penalty.most, rule.penalty.unit is not Unit.UNSTATED


def violations(count: int) -> list[Violation]:
    """Seeded violations of the year under those rules, each an incident of its own."""
    ids = {row[0] for row in rows()}
    fields = (
        {**each, "incident": None, "assessed_points": None}
        for each in drawn(count)
        if each["rule"] in ids
    )
    return [each for each in (Violation(**of) for of in fields) if each.occurred_on.year == 2025]


def of_few_managers(found: Iterable[Violation]) -> list[Violation]:
    """The same violations, of so few managers that each has many."""
    return [
        evolve(each, manager=f"RM-{number % FEW_MANAGERS:02}") for number, each in enumerate(found)
    ]


def ledger_of(found: Iterable[Violation]) -> Ledger:
    """The ledger of some violations."""
    return Ledger(Recorded(each, at=START) for each in found)


def table_of(found: Iterable[Violation]) -> Table:
    """Violations as rows; each has one circumstance at most."""
    return [
        {
            "manager": each.manager,
            "rule": each.rule,
            "quantity": each.quantity,
            "circumstance": next(iter(each.circumstances), ""),
        }
        for each in found
    ]


def totals(table: Table, ask: Ask) -> dict[str, Decimal]:
    """The points of each manager, as an engine has them."""
    summed: dict[str, Decimal] = {}
    for row in table:
        summed[row["manager"]] = summed.get(row["manager"], Decimal(0)) + ask(row)
    return summed


def by_zen() -> Ask:
    """A decision table of zen-engine, in which the first row that fits decides."""
    table = []
    for id, aggravating, points, each in rows():
        quantity = " * quantity" if each else ""
        if aggravating:
            circumstances = ", ".join(map(json.dumps, aggravating))
            table.append((json.dumps(id), circumstances, f"{2 * points}{quantity}"))
        table.append((json.dumps(id), "", f"{points}{quantity}"))
    content = {
        "hitPolicy": "first",
        "inputs": [
            {"id": "rule", "name": "rule", "type": "expression", "field": "rule"},
            {"id": "of", "name": "of", "type": "expression", "field": "circumstance"},
        ],
        "outputs": [{"id": "points", "name": "points", "type": "expression", "field": "points"}],
        "rules": [
            {"_id": str(number), "rule": rule, "of": circumstances, "points": points}
            for number, (rule, circumstances, points) in enumerate(table)
        ],
    }
    nodes = (
        {"id": "in", "name": "in", "type": "inputNode"},
        {"id": "table", "name": "table", "type": "decisionTableNode", "content": content},
        {"id": "out", "name": "out", "type": "outputNode"},
    )
    edges = (
        {"id": "1", "type": "edge", "sourceId": "in", "targetId": "table"},
        {"id": "2", "type": "edge", "sourceId": "table", "targetId": "out"},
    )
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))
    return lambda row: Decimal(str(decision.evaluate(dict(row))["result"]["points"]))


def by_rule_engine() -> Ask:
    """Expressions of rule-engine, of which the first that matches decides, as in the table."""
    table: list[tuple[rule_engine.Rule, rule_engine.Rule]] = []
    for id, aggravating, points, each in rows():
        quantity = " * quantity" if each else ""
        fits = f"rule == {json.dumps(id)}"
        if aggravating:
            circumstances = ", ".join(map(json.dumps, aggravating))
            heavier = f"{fits} and circumstance in [{circumstances}]"
            table.append((rule_engine.Rule(heavier), rule_engine.Rule(f"{2 * points}{quantity}")))
        table.append((rule_engine.Rule(fits), rule_engine.Rule(f"{points}{quantity}")))

    def ask(row: Mapping[str, Any]) -> Decimal:
        first = next(points for fits, points in table if fits.matches(row))
        return Decimal(first.evaluate(row))

    return ask


ENGINES = {"zen-engine": (by_zen, 1 / 20, 1 / 50), "rule-engine": (by_rule_engine, 1 / 10, 1 / 20)}
"""Each engine with the bounds of the ratio to it: of few violations to a manager, and of many."""


def answers() -> Iterator[Answer]:
    """The points that the library and each engine have of a few violations."""
    few = violations(400)
    for which, found in (("", few), (", many to a manager", of_few_managers(few))):
        scored = score_all(ledger_of(found), ERROR_POINTS, YEAR)
        points = {manager: each.points for manager, each in scored.items()}
        for name, (engine, _, _) in ENGINES.items():
            yield f"score_all and {name}{which}", totals(table_of(found), engine()) == points


def ratios() -> Iterator[Ratio]:
    """How long score_all takes beside each engine."""
    few = violations(VIOLATIONS)
    many = of_few_managers(few)
    of_few, of_many = ledger_of(few), ledger_of(many)
    asking = [partial(totals, table_of(many), engine()) for engine, _, _ in ENGINES.values()]
    scoring_few, scoring_many, *engines = seconds(
        lambda: score_all(of_few, ERROR_POINTS, YEAR),
        lambda: score_all(of_many, ERROR_POINTS, YEAR),
        # An engine takes as long, whosever the violations are.
        *asking,
        rounds=3,
    )
    for (name, (_, bound, bound_of_many)), taken in zip(ENGINES.items(), engines, strict=True):
        yield (
            f"score_all / {name}, 100 violations to a manager",
            scoring_many / taken,
            bound_of_many,
        )
        yield f"score_all / {name}, 4 violations to a manager", scoring_few / taken, bound


if __name__ == "__main__":
    run(ratios, answers)
