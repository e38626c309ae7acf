"""Charging: what each row of a table deducts individually.

Every distinct combination of facts is judged once, by the library; the engine joins what came of it
to the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from attrs import frozen

from cmappraisal.caps import Counted
from cmappraisal.errors import Problem
from cmappraisal.fields import require
from cmappraisal.interop.tables.backends import (
    DIGITS,
    SPARE_DIGITS,
    WHOLE_DIGITS,
    Backend,
    Frame,
)
from cmappraisal.interop.tables.cells import apart, written
from cmappraisal.interop.tables.checking import number_in, problems_of_cells, reject
from cmappraisal.interop.tables.columns import name_of
from cmappraisal.interop.tables.governing import is_simple
from cmappraisal.points import EXACT, total_of
from cmappraisal.rules import Rule
from cmappraisal.scoring.bounding import Chain
from cmappraisal.scoring.facts import Facts
from cmappraisal.scoring.judgements import Judgement
from cmappraisal.scoring.stages import STAGES, Pipeline, Scope
from cmappraisal.scoring.steps import Stage

INDIVIDUAL = tuple(row.stage for row in STAGES if row.scope is Scope.INDIVIDUAL)
"""The stages that look at one violation alone."""

KEYS: Mapping[str, type] = {
    "rule": str,
    "quantity": int,
    **dict.fromkeys(("circumstances", "refers_to", "assessed_points"), str),
    "under_appeal": bool,
    **dict.fromkeys(("kind", "edition", "instead_of"), str),
    "time_barred": bool,
    "nth": int,
    **dict.fromkeys(("answers_as", "decided_points", "decided_money"), str),
}
"""What facts are made from, with the type of each; it is there in every row, and never blank."""

ZERO = Decimal(0)


@frozen
class Judged:
    """What came of the judging.

    Args:
        backend: The engine.
        frame: The rows that count, with what each deducts.
        scale: The places of the decimals.
        has_units: Whether ``units`` are there, which are points in whole numbers of the last place:
            they take less room than decimals, and not all sums fit in them.
        rules: The rules applied.
        chains: By number, the ids of the parts that a rule stands in, from the outermost.
        displaces: By number, the ids of the rules that a rule displaces.
        residuals: By number, the id of a residual rule and that of its part.
    """

    backend: Backend
    frame: Frame
    scale: int
    has_units: bool
    rules: tuple[Rule, ...]
    chains: tuple[Chain, ...]
    displaces: Mapping[int, frozenset[str]]
    residuals: Mapping[int, tuple[str, str]]


Charged: TypeAlias = Sequence[tuple[tuple[Any, ...], Judgement]]
"""Distinct combinations of facts, as they stand in a table, and what each deducts."""


def judged(backend: Backend, frame: Frame, pipeline: Pipeline, *, lines: bool) -> Judged:
    """The rows with what each deducts, every distinct combination of facts judged once.

    Args:
        backend: The engine.
        frame: The rows that count.
        pipeline: The stages.
        lines: Whether what lines say is asked for, beyond what totals are made from.
    """
    asked = list(_asked(backend, pipeline))
    rows = [_SAME | row for row in backend.distinct(frame, asked)]
    faulty: dict[tuple[Any, ...], tuple[Problem, ...]] = {}
    charged: list[tuple[tuple[Any, ...], Judgement]] = []
    for row in rows:
        key, found = tuple(row[name] for name in KEYS), judged_row(row, pipeline)
        if isinstance(found, Judgement):
            charged.append((key, found))
        else:
            faulty[key] = found
    _reject_faulty(backend, frame, faulty)
    return _joined(backend, frame, pipeline, charged, lines=lines)


_BLANK: Mapping[type, Any] = {str: "", int: 1, bool: False}
_SAME = {name: _BLANK[kind] for name, kind in KEYS.items()} | {"kind": "violation"}
"""What stands in every row of a table that does not have a column, or of which nobody asks."""

_OF_STAGES = {"nth": Stage.AGAIN, "answers_as": Stage.SHARE}


def _asked(backend: Backend, pipeline: Pipeline) -> Iterator[str]:
    """Which keys can differ from row to row."""
    given = backend.frame.collect_schema().names()
    for name in KEYS:
        if name in _OF_STAGES:
            differs = pipeline.uses(_OF_STAGES[name])
        elif name in ("edition", "instead_of", "time_barred"):
            differs = not is_simple(pipeline)
        else:
            differs = name in given
        if differs:
            yield name


def judged_row(row: Mapping[str, Any], pipeline: Pipeline) -> Judgement | tuple[Problem, ...]:
    """What the facts of a row deduct, or what keeps them from being judged."""
    return tuple(problems_of_cells(row)) or pipeline.judged(facts_of(row))


def facts_of(row: Mapping[str, Any]) -> Facts:
    """The facts of a row."""
    return Facts(
        row["rule"],
        row["quantity"],
        frozenset(apart(row["circumstances"])),
        row["refers_to"] or None,
        number_in(row["assessed_points"]),
        row["under_appeal"],
        is_merit=row["kind"] == "merit",
        edition=row["edition"] or None,
        instead_of=row["instead_of"] or None,
        time_barred=row["time_barred"],
        nth=row["nth"],
        answers_as=row["answers_as"] or None,
        decided_points=number_in(row["decided_points"]),
        decided_money=number_in(row["decided_money"]),
    )


def _reject_faulty(
    backend: Backend, frame: Frame, faulty: Mapping[tuple[Any, ...], tuple[Problem, ...]]
) -> None:
    if faulty:
        rows = backend.fetch(frame.select("id", *KEYS))
        keyed = ((row["id"], tuple(row[name] for name in KEYS)) for row in rows)
        reject((id, faulty[key]) for id, key in keyed if key in faulty)


# The small table of judgements, which the engine joins.


def _following(judgement: Judgement) -> list[str]:
    return [step.consequence for step in judgement.steps if step.consequence is not None]


def _change_by(stage: Stage) -> Callable[[Judgement], Decimal]:
    return lambda judgement: total_of(
        step.change for step in judgement.steps if step.stage is stage
    )


def _once(judgement: Judgement) -> tuple[Counted, Any] | None:
    """What ties a judgement to others of the period; what deducts is never tied to an award."""
    tie = judgement.ties.get(Stage.ONCE_A_PERIOD)
    return None if tie is None else (judgement.counted, tie)


def _is_in(part: str) -> Callable[[Judgement], bool]:
    return lambda judgement: part in judgement.parts


_COLUMNS: Mapping[str, tuple[type, Callable[[Judgement], Any]]] = {
    "rule_applied": (str, lambda judgement: judgement.rule.id),
    "rank": (int, lambda judgement: judgement.rank),
    "points": (Decimal, lambda judgement: judgement.points),
    "minus": (Decimal, lambda judgement: EXACT.minus(judgement.points)),
    "zero": (Decimal, lambda judgement: ZERO),
    "revokes": (bool, lambda judgement: judgement.revokes),
    "is_out": (bool, lambda judgement: judgement.is_out),
    "is_award": (bool, lambda judgement: judgement.counted is Counted.AWARDS),
    "deducts": (bool, lambda judgement: judgement.deducts),
}
"""What a judgement says, by the name of the column, with the type of its values."""

_OF_LINES: Mapping[str, tuple[type, Callable[[Judgement], Any]]] = {
    "governing": (str, lambda judgement: judgement.terms.rulebook.edition),
    "money": (Decimal, lambda judgement: judgement.money),
    "consequences": (str, lambda judgement: written(_following(judgement))),
    **{name_of(stage): (Decimal, _change_by(stage)) for stage in INDIVIDUAL},
}
"""What it says that totals do not ask for."""


def _joined(
    backend: Backend, frame: Frame, pipeline: Pipeline, charged: Charged, *, lines: bool
) -> Judged:
    """The rows with their judgements."""
    judgements = [judgement for _, judgement in charged]
    rules = sorted({(each.rank, each.rule.id): each.rule for each in judgements}.items())
    orders = {key: order for order, (key, _) in enumerate(rules)}
    editions = list(pipeline.terms)
    displacing = _numbered(rule.displaces for _, rule in rules)
    residual = _numbered(rule.residual and (rule.id, rule.residual) for _, rule in rules)
    once = _numbered(map(_once, judgements))
    parts = sorted({part for _, part in residual})
    chains = sorted({judgement.parts for judgement in judgements})
    columns: dict[str, tuple[type, Callable[[Judgement], Any]]] = {
        **_COLUMNS,
        **(_OF_LINES if lines else {}),
        "order": (int, lambda each: orders[each.rank, each.rule.id]),
        "place": (int, lambda each: editions.index(each.terms.rulebook.edition)),
        "chain": (int, lambda each: chains.index(each.parts)),
        "once": (int, lambda each: once.get(_once(each))),
        "displacing": (int, lambda each: displacing.get(each.rule.displaces, 0)),
        "residual": (int, lambda each: residual.get((each.rule.id, each.rule.residual), 0)),
        **{f"in_{number}": (bool, _is_in(part)) for number, part in enumerate(parts)},
    }
    digits, scale = _shape(pipeline, judgements)
    has_units = not lines and digits <= WHOLE_DIGITS
    if has_units:
        columns["units"] = (int, lambda each: int(each.points.scaleb(scale)))
    # What is the same in all rows need not be looked for.
    varying = [
        place for place, name in enumerate(KEYS) if len({key[place] for key, _ in charged}) > 1
    ]
    names = list(KEYS)
    keys = [names[place] for place in varying or [0]]
    kinds = {name: KEYS[name] for name in keys} | {
        name: kind for name, (kind, _) in columns.items()
    }
    rows = [
        (
            *(key[place] for place in varying or [0]),
            *(read(judgement) for _, read in columns.values()),
        )
        for key, judgement in charged
    ]
    joined = frame.join(backend.table(kinds, rows, scale), on=keys, how="left")
    return Judged(
        backend,
        joined,
        scale,
        has_units,
        tuple(rule for _, rule in rules),
        tuple(chains),
        {number: ids for ids, number in displacing.items()},
        {number: (id, f"in_{parts.index(part)}") for (id, part), number in residual.items()},
    )


def _numbered(values: Iterable[Any]) -> dict[Any, int]:
    """Numbers from 1 of those of some values that are there."""
    return {each: number for number, each in enumerate(dict.fromkeys(filter(None, values)), 1)}


def _shape(pipeline: Pipeline, judgements: Sequence[Judgement]) -> tuple[int, int]:
    """The digits and the places that hold all amounts, and the sums of as many rows as may be.

    Raises:
        FieldError: The decimals of engines do not have so many digits.
    """
    amounts = {ZERO}
    for terms in pipeline.terms.values():
        amounts |= {of.cap.points for of in terms.rulebook.clauses if of.cap is not None}
    for judgement in judgements:
        amounts |= {judgement.points, judgement.money}
        amounts.update(step.change for step in judgement.steps)
    whole, scale = _digits_of(amounts)
    digits = whole + scale + SPARE_DIGITS
    allowed = f"a standard whose points need at most {DIGITS - SPARE_DIGITS} digits"
    require("score_table", "standard", pipeline.standard, digits <= DIGITS, allowed)
    return digits, scale


def _digits_of(amounts: Iterable[Decimal]) -> tuple[int, int]:
    """How many digits the longest of some amounts have, before the point and after it."""
    shapes = [(each.adjusted() + 1, -int(each.as_tuple().exponent)) for each in amounts]
    return max(1, *(whole for whole, _ in shapes)), max(0, *(places for _, places in shapes))
