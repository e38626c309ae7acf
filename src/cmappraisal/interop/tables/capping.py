"""Capping: the sums of settled rows by manager, and what caps over several leave of them.

The engine bounds incidents, of which there are as many as rows; parts and the period are bounded
by the library, for each manager. Which part an incident loses points in depends on an order of its
rows. Engines add up without one: what is left of a part is what its rows and all that come later
are left with together, less what those that come later are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from cmappraisal.caps import Counted, Over
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.tables.backends import Backend, Frame
from cmappraisal.interop.tables.charging import Judged
from cmappraisal.points import EXACT, total_of
from cmappraisal.scoring.bounding import Chain, by_outermost, caps_over_parts, taken_from
from cmappraisal.scoring.stages import Pipeline
from cmappraisal.scoring.steps import Stage

with needs_extra("tables", "narwhals"):
    import narwhals as nw

Sums: TypeAlias = dict[str, Decimal]
"""Points by manager."""

_HEAVIEST = ("minus", "rank", "id")
"""What lines are ordered by: the heaviest first."""


def capped_sums(judged: Judged, lines: Frame, pipeline: Pipeline, of: Counted) -> Sums:
    """By manager, what lines are deducted or awarded once caps over several have bounded it.

    Args:
        judged: The rows, with what each deducts individually.
        lines: The settled lines.
        pipeline: The stages.
        of: Whether deductions are summed, or awards.
    """
    is_award = nw.col("is_award")
    rows = lines.filter(is_award if of is Counted.AWARDS else ~is_award)
    rows = rows.filter(nw.col("after") > nw.col("zero"))
    rows = rows.with_columns(tie=tie_of_incident())
    if pipeline.uses(Stage.CAP_PART):
        sums = _bounded_by_part(judged, rows, pipeline, of)
    else:
        sums = _summed(judged, rows, pipeline, of)
    cap = pipeline.closing.cap_over(Over.PERIOD, of=of)
    return sums if cap is None else {of: min(each, cap[0].points) for of, each in sums.items()}


def tie_of_incident() -> Any:
    """What ties a row to the others of its incident; a row without one is tied to no other."""
    of_incident = nw.concat_str(nw.lit("i"), nw.col("incident"))
    return nw.coalesce(of_incident, nw.concat_str(nw.lit("v"), nw.col("id")))


def capped(frame: Frame, caps: Frame) -> Frame:
    """The sums of incidents, each at most the cap of the place of its edition, where it has one."""
    joined = frame.join(caps, on="place", how="left")
    is_over = (nw.col("after") > nw.col("cap")).fill_null(False)
    after = nw.when(is_over).then(nw.col("cap")).otherwise(nw.col("after"))
    return joined.with_columns(after=after)


def incident_caps(backend: Backend, pipeline: Pipeline, of: Counted, scale: int) -> Frame:
    """By the place of an edition, the most that an incident deducts by it."""
    caps = [
        (place, cap[0].points, -cap[0].points)
        for place, terms in enumerate(pipeline.terms.values())
        for cap in [terms.cap_over(Over.INCIDENT, of=of)]
        if cap is not None
    ]
    return backend.table({"place": int, "cap": Decimal, "minus_cap": Decimal}, caps, scale)


def _summed(judged: Judged, rows: Frame, pipeline: Pipeline, of: Counted) -> Sums:
    """By manager, what is left of the rows once incidents are bounded."""
    backend = judged.backend
    if pipeline.uses(Stage.CAP_INCIDENT):
        # The latest edition of what deducts in an incident bounds it.
        rows = rows.group_by("manager", "tie").agg(nw.col("after").sum(), nw.col("place").max())
        rows = capped(rows, incident_caps(backend, pipeline, of, judged.scale))
    sums = rows.group_by("manager").agg(nw.col("after").sum())
    return {row["manager"]: row["after"] for row in backend.fetch(sums)}


def _bounded_by_part(judged: Judged, rows: Frame, pipeline: Pipeline, of: Counted) -> Sums:
    """By manager, what is left of the rows once incidents are bounded, and then parts."""
    backend = judged.backend
    rows = backend.with_least(rows, ("manager", "chain"), _HEAVIEST, "first")
    if pipeline.uses(Stage.CAP_INCIDENT):
        rows = _left_by_incident(judged, rows, pipeline, of)
    else:
        rows = rows.with_columns(later=nw.col("zero"))
    firsts = [f"first_{name}" for name in _HEAVIEST]
    amounts = (nw.col(name).sum() for name in ("after", "later"))
    same = (nw.col(name).min() for name in firsts)
    found = backend.fetch(rows.group_by("manager", "chain").agg(*amounts, *same))
    by_manager: dict[str, dict[Chain, Decimal]] = {}
    for row in sorted(found, key=lambda row: [row[name] for name in firsts]):
        left = EXACT.add(row["after"], row["later"])
        by_manager.setdefault(row["manager"], {})[judged.chains[row["chain"]]] = left
    caps = [
        (part, cap.points)
        for part, (cap, _), _ in caps_over_parts(pipeline.terms, pipeline.closing, of)
    ]
    return {manager: _left_by_part(left, caps) for manager, left in by_manager.items()}


def _left_by_part(left: Mapping[Chain, Decimal], caps: Iterable[tuple[str, Decimal]]) -> Decimal:
    """What caps over parts leave of what is in chains of parts, given the heaviest first."""
    left = dict(left)
    for part, cap in caps:
        within = by_outermost({chain: left[chain] for chain in left if part in chain})
        change = min(Decimal(0), EXACT.subtract(cap, total_of(within.values())))
        for chain, taken in taken_from(within, change).items():
            left[chain] = EXACT.add(left[chain], taken)
    return total_of(left.values())


def _left_by_incident(judged: Judged, rows: Frame, pipeline: Pipeline, of: Counted) -> Frame:
    """By incident and chain of parts, what it and all later ones keep, less what those keep."""
    backend, incident = judged.backend, ("manager", "tie")
    outermost = backend.table(
        {"chain": int, "outermost": str},
        [(number, chain[0]) for number, chain in enumerate(judged.chains)],
        0,
    )
    rows = rows.join(outermost, on="chain", how="left")
    rows = backend.with_least(rows, (*incident, "outermost"), _HEAVIEST, "outer")
    rows = backend.with_least(rows, (*incident, "chain"), _HEAVIEST, "inner")
    rows = backend.over(rows, incident, latest=("place", "max"))
    order = [f"{level}_{name}" for level in ("outer", "inner") for name in _HEAVIEST]
    same = [f"first_{name}" for name in _HEAVIEST]
    chains = rows.group_by(*incident, "chain").agg(
        *(nw.col(name).sum() for name in ("after", "minus")),
        *(nw.col(name).min() for name in (*order, *same, "zero")),
        place=nw.col("latest").max(),
    )
    chains = backend.held(chains)
    names = ("chain", "after", "minus", *order)
    others = chains.select(*incident, **{f"other_{name}": nw.col(name) for name in names})
    pairs = chains.join(others, on=list(incident), how="inner").filter(~_is_before(order))
    is_later = nw.col("other_chain") != nw.col("chain")
    pairs = pairs.with_columns(
        after=nw.col("other_after"),
        later=nw.when(is_later).then(nw.col("other_minus")).otherwise(nw.col("zero")),
    )
    left = pairs.group_by(*incident, "chain").agg(
        *(nw.col(name).sum() for name in ("after", "later")),
        *(nw.col(name).min() for name in (*same, "place")),
    )
    left = capped(left, incident_caps(backend, pipeline, of, judged.scale))
    is_over = (nw.col("later") < nw.col("minus_cap")).fill_null(False)
    later = nw.when(is_over).then(nw.col("minus_cap")).otherwise(nw.col("later"))
    return left.with_columns(later=later)


def _is_before(order: Iterable[str]) -> Any:
    """Whether the other comes earlier by some columns, of which the first that differs decides."""
    found: Any = nw.lit(False)
    for name in reversed(list(order)):
        own, other = nw.col(name), nw.col(f"other_{name}")
        found = (other < own) | ((other == own) & found)
    return found
