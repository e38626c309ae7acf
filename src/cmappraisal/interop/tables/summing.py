"""Summing: what the rows of each manager come to, for totals alone.

Which row of an incident is kept need not be known where nothing later asks for it. Then its rows
are summed by rule, rules that give way to the same others are taken together, and what is left of
them counts: no row has to look at another, which takes engines the longest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import and_
from typing import Any

from cmappraisal.alternatives import Displacement
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.tables.backends import Frame
from cmappraisal.interop.tables.charging import Judged
from cmappraisal.scoring.stages import Pipeline
from cmappraisal.scoring.steps import Stage

with needs_extra("tables", "narwhals"):
    import narwhals as nw

_BY_RULE = {Stage.DISPLACE, Stage.CONCUR}
"""The stages that treat all rows of one rule in an incident alike; the last keeps the most."""

_TIED = ("manager", "tie")


def is_by_rule(judged: Judged, pipeline: Pipeline) -> bool:
    """Whether totals need no settled line: what counts of an incident is seen by rule.

    Args:
        judged: The rows, with what each deducts individually.
        pipeline: The stages.
    """
    used = {row.stage for row in (*pipeline.settling, *pipeline.bounding)}
    deducts = [rule.award is None for rule in judged.rules]
    alike = Stage.CONCUR in used and used <= _BY_RULE and len(pipeline.terms) == 1
    return alike and bool(deducts) and all(deducts)


def summed_by_rule(judged: Judged, pipeline: Pipeline) -> Frame:
    """By manager what is deducted, from how many rows, and whether any revokes.

    Args:
        judged: The rows, with what each deducts individually.
        pipeline: The stages.
    """
    sums = _of_incidents(judged, pipeline).group_by("manager").agg(_deducted(), *_counted())
    return sums.with_columns(merit=nw.lit(0), awards=nw.lit(0))


def summed(lines: Frame) -> Frame:
    """By manager what is deducted, from how many lines, whether any revokes, and what is awarded.

    Args:
        lines: The settled lines.
    """
    others = (nw.col(name).sum() for name in ("merit", "awards"))
    return _each(lines).group_by("manager").agg(_deducted(), *_counted(), *others)


def _deducted() -> Any:
    return nw.col("deductions").sum()


def _counted() -> tuple[Any, Any]:
    """How what is counted beside points comes together."""
    return nw.col("line").sum(), nw.col("loss").max()


def _is(condition: Any) -> Any:
    """1 where a condition holds, and 0 elsewhere."""
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0))


def _each(rows: Frame) -> Frame:
    """What each settled row is counted by."""
    zero, is_award = nw.col("zero"), nw.col("is_award")
    return rows.select(
        "manager",
        line=_is(~is_award),
        merit=_is(is_award),
        loss=_is(nw.col("revokes") & ~is_award),
        deductions=nw.when(is_award).then(zero).otherwise(nw.col("after")),
        awards=nw.when(is_award).then(nw.col("after")).otherwise(zero),
    )


def _of_incidents(judged: Judged, pipeline: Pipeline) -> Frame:
    """What each incident is counted by, and each row that no other is tied to."""
    is_tied = ~nw.col("incident").is_null() & ~nw.col("is_out")
    rows = judged.frame.select(
        "manager",
        "order",
        # A row that no other is tied to is one of its own, under the same keys as all others.
        tie=nw.when(is_tied)
        .then(nw.concat_str(nw.lit("i"), nw.col("incident")))
        .otherwise(nw.concat_str(nw.lit("v"), nw.col("id"))),
        deductions=nw.col("points"),
        line=nw.lit(1),
        loss=_is(nw.col("revokes")),
    )
    rows = rows.group_by(*_TIED, "order").agg(_deducted(), *_counted())
    pairs = list(_pairs(judged, pipeline))
    classes: dict[tuple[int, ...], list[int]] = {}
    for place, rule in enumerate(judged.rules):
        to = tuple(number for number, (_, giving) in enumerate(pairs) if rule.id in giving)
        classes.setdefault(to, []).append(place)
    taken = [f"taken_{number}" for number, _ in enumerate(pairs)]
    amounts = [f"of_{number}" for number, _ in enumerate(classes)]
    of_class = zip(amounts, classes.values(), strict=True)
    order, points = nw.col("order"), nw.col("deductions")
    rows = rows.with_columns(
        **{name: _is(order.is_in(by)) for name, (by, _) in zip(taken, pairs, strict=True)},
        **{name: nw.when(order.is_in(orders)).then(points) for name, orders in of_class},
    )
    of_rules = (nw.col(name).max() for name in amounts)
    flags = (nw.col(name).max() for name in taken)
    rows = rows.group_by(*_TIED).agg(*of_rules, *flags, *_counted())
    left = [
        nw.when(reduce(and_, (nw.col(taken[number]) == 0 for number in to))).then(nw.col(name))
        if to
        else nw.col(name)
        for name, to in zip(amounts, classes, strict=True)
    ]
    return rows.select("manager", "line", "loss", deductions=nw.max_horizontal(*left))


def _pairs(judged: Judged, pipeline: Pipeline) -> Iterator[tuple[list[int], frozenset[str]]]:
    """The orders of rules that take a place in an incident, and the ids of those that give way."""
    terms = pipeline.closing
    special = terms.policy.displacement is Displacement.SPECIAL_OVER_GENERAL
    places = terms.rulebook.places

    def orders(ids: Iterable[str]) -> list[int]:
        return [order for order, rule in enumerate(judged.rules) if rule.id in ids]

    for rule in judged.rules:
        if special and rule.displaces:
            yield orders([rule.id]), rule.displaces
        if rule.residual is not None:
            others = {id for id in places if rule.residual in places[id]} - {rule.id}
            yield orders(others), frozenset([rule.id])
