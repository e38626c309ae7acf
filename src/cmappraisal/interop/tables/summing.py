"""Summing: what the rows of each manager come to.

Which row of an incident is kept need not be known where nothing later asks for it. Then its rows
are summed by rule, rules that give way to the same others are taken together, and what is left of
them counts: no row has to look at another, which takes engines the longest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import reduce
from operator import and_
from typing import Any, NamedTuple

from cmappraisal.alternatives import Displacement
from cmappraisal.caps import Counted
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.tables.backends import Frame
from cmappraisal.interop.tables.capping import Sums, capped_sums
from cmappraisal.interop.tables.charging import ZERO, Judged
from cmappraisal.interop.tables.settling import INCIDENT, settled
from cmappraisal.points import canonical
from cmappraisal.scoring.stages import Pipeline
from cmappraisal.scoring.steps import Stage

with needs_extra("tables", "narwhals"):
    import narwhals as nw

_ALIKE = {Stage.DISPLACE, Stage.CONCUR}
"""The stages that treat all rows of one rule in an incident alike; the last keeps the most."""

_ALONE = -1
"""The order of all rows that no other is tied to, so that they are summed together."""

_TIED = ("manager", "tie")


class Totals(NamedTuple):
    """What the rows of one manager come to.

    Args:
        manager: The id of the manager.
        points: What is deducted.
        awards: What is awarded.
        loss: Whether any row revokes the qualification.
        line: How many rows are violations.
        merit: How many rows are merits.
    """

    manager: str
    points: Decimal
    awards: Decimal
    loss: bool
    line: int
    merit: int


def totals_of(judged: Judged, pipeline: Pipeline) -> list[Totals]:
    """What the rows of each manager come to, by the id of the manager.

    Args:
        judged: The rows, with what each deducts individually.
        pipeline: The stages.
    """
    made = _by_rule if _is_by_rule(judged, pipeline) else _by_line
    return sorted(made(judged, pipeline))


def _is_by_rule(judged: Judged, pipeline: Pipeline) -> bool:
    """Whether totals need no settled line: what counts of an incident is seen by rule."""
    used = {row.stage for row in (*pipeline.settling, *pipeline.bounding)}
    deducts = [rule.award is None for rule in judged.rules]
    alike = Stage.CONCUR in used and used <= _ALIKE and len(pipeline.terms) == 1
    return alike and judged.has_units and bool(deducts) and all(deducts)


def _by_rule(judged: Judged, pipeline: Pipeline) -> Iterator[Totals]:
    sums = _of_incidents(judged, pipeline).group_by("manager").agg(_deducted(), *_counted())
    for row in judged.backend.fetch(sums):
        points = Decimal(row["deductions"]).scaleb(-judged.scale)
        yield Totals(row["manager"], canonical(points), ZERO, row["loss"], int(row["line"]), 0)


def _by_line(judged: Judged, pipeline: Pipeline) -> Iterator[Totals]:
    lines = settled(judged, pipeline)
    capped: dict[Counted, Sums] = {
        of: capped_sums(judged, lines, pipeline, of) if pipeline.bounding else {} for of in Counted
    }
    others = (nw.col(name).sum() for name in ("merit", "awards"))
    sums = _each(lines).group_by("manager").agg(_deducted(), *_counted(), *others)
    for row in judged.backend.fetch(sums):
        manager, counts = row["manager"], (int(row["line"]), int(row["merit"]))
        points, awards = (
            canonical(capped[of].get(manager, Decimal(row[of.value]))) for of in Counted
        )
        yield Totals(manager, points, awards, row["loss"], *counts)


def _deducted() -> Any:
    return nw.col("deductions").sum()


def _counted() -> tuple[Any, Any]:
    """How what is counted beside points comes together."""
    return nw.col("line").sum(), nw.col("loss").any()


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
        loss=nw.col("revokes") & ~is_award,
        deductions=nw.when(is_award).then(zero).otherwise(nw.col("after")),
        awards=nw.when(is_award).then(nw.col("after")).otherwise(zero),
    )


def _of_rules(judged: Judged) -> Frame:
    """What the rows of each rule in an incident come to; those tied to no other have no id of one.

    There are millions of them at once, so each is held in as little room as can be.
    """
    is_tied = ~nw.col("incident").is_null() & ~nw.col("is_out")
    order = nw.when(is_tied).then(nw.col("order")).otherwise(nw.lit(_ALONE))
    rows = judged.frame.select(
        manager=judged.backend.in_little_room("manager"),
        incident=nw.when(is_tied).then(nw.col("incident")),
        order=order.cast(nw.Int16),
        deductions=nw.col("units"),
        loss=nw.col("revokes"),
    )
    return rows.group_by(*INCIDENT, "order").agg(_deducted(), nw.col("loss").any(), line=nw.len())


def _of_incidents(judged: Judged, pipeline: Pipeline) -> Frame:
    """What each incident is counted by, and by manager what is tied to no other."""
    rows = _of_rules(judged)
    pairs = list(_pairs(judged, pipeline))
    classes: dict[tuple[int, ...], list[int]] = {(): [_ALONE]}
    for place, rule in enumerate(judged.rules):
        to = tuple(number for number, (_, giving) in enumerate(pairs) if rule.id in giving)
        classes.setdefault(to, []).append(place)
    taken = [f"taken_{number}" for number, _ in enumerate(pairs)]
    amounts = [f"of_{number}" for number, _ in enumerate(classes)]
    of_class = zip(amounts, classes.values(), strict=True)
    order, points = nw.col("order"), nw.col("deductions")
    rows = rows.with_columns(
        **{name: order.is_in(by) for name, (by, _) in zip(taken, pairs, strict=True)},
        **{name: nw.when(order.is_in(orders)).then(points) for name, orders in of_class},
    )
    of_rules = (nw.col(name).max() for name in amounts)
    flags = (nw.col(name).any() for name in taken)
    rows = rows.group_by(*INCIDENT).agg(*of_rules, *flags, *_counted())
    left = [
        nw.when(reduce(and_, (~nw.col(taken[number]) for number in to))).then(nw.col(name))
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
