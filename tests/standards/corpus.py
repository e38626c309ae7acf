"""The corpus: ten thousand appraisals under the built-in standard, as they have to come out.

A line of ``error_points.jsonl.xz`` is one appraisal: a policy, a period, the violations of one
manager with what became of each, and the result, every step of every line with its reason.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from cmappraisal import (
    ERROR_POINTS,
    Add,
    Aggravation,
    Amended,
    Appealed,
    Appraisal,
    Assessed,
    Dismissed,
    Entry,
    Grade,
    Ledger,
    Multiply,
    Period,
    Policy,
    Provision,
    Reason,
    Recorded,
    Reversed,
    Violation,
    score,
)

PATH = Path(__file__).with_name("error_points.jsonl.xz")
SIZE = 10_000
MANAGER = "RM-01"
GRADES = (
    Grade("A", at_least=90, below=None),
    Grade("B", at_least=60, below=90),
    Grade("C", at_least=None, below=60),
)
DAY = timedelta(days=1)


@cache
def written() -> tuple[str, ...]:
    """Each appraisal, as its line of JSON."""
    return tuple(lzma.decompress(PATH.read_bytes()).decode().splitlines())


def appraisals(first: int, last: int) -> Iterator[dict[str, Any]]:
    """Some of the appraisals, by their index from 0; the last is left out."""
    yield from map(json.loads, written()[first:last])


def aggravation_of(text: str) -> Aggravation:
    """The aggravation that ``"*1.5"``, ``"+5"`` or ``"assessed"`` stands for."""
    if text == "assessed":
        return Assessed()
    return Multiply(text[1:]) if text.startswith("*") else Add(text[1:])


def policy_of(row: list[Any]) -> Policy:
    """The policy of an appraisal."""
    aggravation, unit, discretion, concurrence, displacement, pending, counted, *marks = row
    full_marks, floor, is_graded = marks
    return Policy(
        aggravation=aggravation_of(aggravation),
        unstated_unit=unit,
        discretion=discretion,
        concurrence=concurrence,
        displacement=displacement,
        pending_appeals=pending,
        counted_on=counted,
        full_marks=full_marks,
        floor=floor,
        grades=GRADES if is_graded else (),
    )


def entries_of(row: list[Any]) -> Iterator[Entry]:
    """What was entered about a violation."""
    id, rule, day, quantity, circumstances, incident, refers_to, assessed, recorded, fate = row
    violation = Violation(
        id,
        MANAGER,
        rule=rule,
        occurred_on=date.fromisoformat(day),
        quantity=quantity,
        circumstances=circumstances,
        incident=incident,
        refers_to=refers_to,
        assessed_points=assessed,
    )
    at = datetime.fromisoformat(f"{recorded}T12:00:00+08:00")
    yield Recorded(violation, at=at)
    if fate in ("appealed", "dismissed", "varied"):
        yield Appealed(id, "grounds", at=at + DAY)
    if fate == "dismissed":
        yield Dismissed(id, "reason", at=at + 2 * DAY)
    if fate == "varied":
        yield Amended(violation, "reason", at=at + 2 * DAY)
    if fate == "reversed":
        yield Reversed(id, "reason", at=at + 2 * DAY)


def scored(appraisal: dict[str, Any]) -> dict[str, Any]:
    """What the library makes of an appraisal's policy, period and violations."""
    entries = [entry for row in appraisal["violations"] for entry in entries_of(row)]
    made = score(
        Ledger(sorted(entries, key=lambda entry: entry.at)),
        ERROR_POINTS,
        Period(*map(date.fromisoformat, appraisal["period"])),
        manager=MANAGER,
        policy=policy_of(appraisal["policy"]),
    )
    return result_of(made)


def result_of(made: Appraisal) -> dict[str, Any]:
    """An appraisal as the corpus writes it."""
    return {
        "points": str(made.points),
        "score": None if made.score is None else str(made.score),
        "grade": made.grade,
        "revoked": made.revoked,
        "subtotals": [str(subtotal.points) for subtotal in made.subtotals],
        "lines": [
            [
                line.violation.id,
                line.rule,
                str(line.points),
                line.revokes,
                [
                    [
                        step.effect.value,
                        str(step.points),
                        basis_of(step.reason),
                        list(step.circumstances),
                        list(step.because_of),
                    ]
                    for step in line.steps
                ],
            ]
            for line in made.lines
        ],
    }


def basis_of(reason: Reason) -> str:
    """What a step rests on, such as ``"3.2b.penalty"`` or ``"policy.aggravation"``."""
    owner = reason.id if isinstance(reason, Provision) else "policy"
    return f"{owner}.{reason.field}"


def expected(appraisal: dict[str, Any]) -> dict[str, Any]:
    """What an appraisal has to be."""
    return {
        name: value
        for name, value in appraisal.items()
        if name not in ("policy", "period", "violations")
    }
