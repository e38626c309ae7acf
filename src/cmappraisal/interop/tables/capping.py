"""Capping: the sums of settled rows by manager, and what caps over several leave of them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cmappraisal.caps import Counted, Over
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.tables.backends import Backend, Frame
from cmappraisal.scoring.stages import Pipeline
from cmappraisal.scoring.steps import Stage
from cmappraisal.scoring.terms import Terms

with needs_extra("tables", "narwhals"):
    import narwhals as nw


def sums_of(backend: Backend, frame: Frame, pipeline: Pipeline, of: Counted, scale: int) -> Frame:
    """By manager, what the rows that are deducted or awarded come to.

    Args:
        backend: The engine.
        frame: The settled rows.
        pipeline: The stages.
        of: Whether deductions are summed, or awards.
        scale: The places of the decimals.
    """
    is_award = nw.col("is_award")
    rows = frame.filter(is_award if of is Counted.AWARDS else ~is_award)
    if pipeline.uses(Stage.CAP_INCIDENT):
        rows = _by_incident(backend, rows, pipeline, of, scale)
    elif pipeline.uses(Stage.CAP_PART):
        rows = _by_part(backend, rows, pipeline.closing, of, scale)
    sums = rows.group_by("manager").agg(nw.col("after").sum())
    cap = pipeline.closing.cap_over(Over.PERIOD, of=of)
    if cap is None:
        return sums
    caps = backend.table({"always": int, "cap": Decimal}, [(1, cap[0].points)], scale)
    return capped(sums.with_columns(always=nw.lit(1)), caps, "always")


def capped(frame: Frame, caps: Frame, on: str) -> Frame:
    """The sums, each at most the cap that is joined to it, where there is one."""
    joined = frame.join(caps, on=on, how="left")
    is_over = (nw.col("after") > nw.col("cap")).fill_null(False)
    after = nw.when(is_over).then(nw.col("cap")).otherwise(nw.col("after"))
    return joined.with_columns(after=after).drop("cap")


def _by_incident(
    backend: Backend, rows: Frame, pipeline: Pipeline, of: Counted, scale: int
) -> Frame:
    """By manager and incident, what its rows come to; of one without, the row alone."""
    keys = ("manager", "incident", "alone")
    rows = latest_place(rows).with_columns(
        alone=nw.when(nw.col("incident").is_null()).then(nw.col("id"))
    )
    sums = rows.group_by(*keys).agg(nw.col("after").sum(), nw.col("at").max())
    return capped(sums, incident_caps(backend, pipeline, of, scale), "at")


def latest_place(rows: Frame) -> Frame:
    """The rows with ``at``: the place of the edition of each that deducts anything, else -1."""
    deducts = nw.col("after") > nw.col("zero")
    return rows.with_columns(at=nw.when(deducts).then(nw.col("place")).otherwise(nw.lit(-1)))


def incident_caps(backend: Backend, pipeline: Pipeline, of: Counted, scale: int) -> Frame:
    """By the place of an edition, the most that an incident deducts by it."""
    caps = [
        (place, None if cap is None else cap[0].points)
        for place, terms in enumerate(pipeline.terms.values())
        for cap in [terms.cap_over(Over.INCIDENT, of=of)]
    ]
    return backend.table({"at": int, "cap": Decimal}, caps, scale)


def _by_part(backend: Backend, rows: Frame, terms: Terms, of: Counted, scale: int) -> Frame:
    """By manager and outermost part, what the rows in it come to, inner parts first."""
    nodes = sorted(set(terms.rulebook.places.values()))
    chains = {chain[:depth] for chain in nodes for depth in range(1, len(chain) + 1)}
    deepest = max(map(len, chains))
    sums = rows.select("manager", "after", node=nw.col("parts"))
    for depth in range(deepest, 0, -1):
        caps = [
            ("/".join(chain), "/".join(chain[:-1]), _cap_of(chain, terms, of))
            for chain in sorted(chains)
            if len(chain) == depth
        ]
        table = backend.table({"node": str, "above": str, "cap": Decimal}, caps, scale)
        sums = sums.group_by("manager", "node").agg(nw.col("after").sum())
        sums = capped(sums, table, "node")
        above = nw.coalesce(nw.col("above"), nw.col("node"))
        sums = sums.with_columns(node=above).drop("above")
    return sums


def _cap_of(chain: tuple[str, ...], terms: Terms, of: Counted) -> Decimal | None:
    cap = terms.cap_over(Over.PART, chain[-1], of=of)
    if cap is None and len(chain) == 1:
        cap = terms.cap_over(Over.PART, of=of)
    return None if cap is None else cap[0].points


def unsettled(pipeline: Pipeline) -> Iterator[str]:
    """What a standard and a policy ask for that no table is scored by, in words."""
    parts = pipeline.uses(Stage.CAP_PART)
    if parts and pipeline.uses(Stage.CAP_INCIDENT):
        yield "caps over parts beside caps over incidents"
    if parts and len(pipeline.terms) > 1:
        yield "caps over parts in several editions"
