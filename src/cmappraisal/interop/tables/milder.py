"""Milder: the edition that treats each incident lightest, chosen by the engine.

Every row is there once under the edition of its own day, and once under each other edition that was
in force from the act to its recording. Each incident is settled alone under each of these, and of
what it comes to the least is kept: no revocation before fewer points, and of equal ones the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import evolve

from cmappraisal.alternatives import GoverningEdition
from cmappraisal.caps import Counted
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.tables.backends import Backend, Frame
from cmappraisal.interop.tables.capping import capped, incident_caps, tie_of_incident
from cmappraisal.interop.tables.charging import KEYS, Judged, judged, judged_row
from cmappraisal.interop.tables.governing import applied, shared, under_edition
from cmappraisal.interop.tables.repeating import with_times
from cmappraisal.interop.tables.settling import settled
from cmappraisal.people import People
from cmappraisal.scoring.judgements import Judgement
from cmappraisal.scoring.stages import Pipeline
from cmappraisal.scoring.steps import Stage
from cmappraisal.scoring.terms import Terms

with needs_extra("tables", "narwhals"):
    import narwhals as nw

_OF_EDITION = ("edition", "instead_of", "time_barred", "nth")
_GROUP = ("who", "group")


def is_milder(pipeline: Pipeline) -> bool:
    """Whether the milder of several editions governs."""
    choice = pipeline.closing.policy.governing_edition
    return choice is GoverningEdition.MILDER and len(pipeline.terms) > 1


def judged_milder(
    backend: Backend,
    rows: Frame,
    all_rows: Frame,
    pipeline: Pipeline,
    people: People,
    *,
    lines: bool,
) -> Judged:
    """The rows under the editions that govern them, with what each deducts.

    Args:
        backend: The engine.
        rows: The rows that count in the period, under the editions of their own days.
        all_rows: All upheld rows, under those.
        pipeline: The stages.
        people: The tenures of people.
        lines: Whether what lines say is asked for, beyond what totals are made from.
    """
    own = shared(backend, with_times(backend, rows, all_rows, pipeline), pipeline, people)
    own = backend.held(own.with_columns(variant=nw.lit(0, dtype=nw.Int64), is_named=nw.lit(False)))
    names = own.collect_schema().names()
    variants = [own]
    for number, (name, terms) in enumerate(pipeline.terms.items(), 1):
        other = _under(backend, rows, all_rows, pipeline, name)
        asked = own.drop(*_OF_EDITION, "variant", "is_named").join(other, on="id", how="inner")
        asked = _where_stated(backend, asked, terms)
        asked = backend.held(asked.with_columns(variant=nw.lit(number, dtype=nw.Int64)))
        variants.append(asked.select(*names))
        rest = own.join(asked.select("id", "manager"), on=["id", "manager"], how="anti")
        rest = rest.with_columns(variant=nw.lit(number, dtype=nw.Int64))
        variants.append(rest.select(*names))
    found = judged(backend, nw.concat(variants), pipeline, lines=lines)
    frame = backend.held(found.frame.with_columns(who=nw.col("manager"), group=tie_of_incident()))
    chosen = _chosen(backend, _with_frame(found, frame), pipeline)
    kept = frame.join(chosen, on=list(_GROUP), how="left")
    is_kept = (nw.col("variant") == nw.col("chosen")).fill_null(False)
    first = nw.col("is_award") & (nw.col("variant") == 0)
    kept = kept.filter(nw.when(nw.col("is_award")).then(first).otherwise(is_kept))
    return _with_frame(found, kept)


def _with_frame(found: Judged, frame: Frame) -> Judged:
    return evolve(found, frame=frame)


def _under(backend: Backend, rows: Frame, all_rows: Frame, pipeline: Pipeline, name: str) -> Frame:
    """The rows that another edition may govern, with what their facts then hold of days."""
    edition = pipeline.standard.named(name)
    may = nw.col("edition") != name
    if edition.first is not None:
        may = may & (nw.col("by_recorded") >= nw.lit(edition.first))
    if edition.last is not None:
        may = may & (nw.col("by_occurred") <= nw.lit(edition.last))
    others = under_edition(backend, rows.filter(may), pipeline, name)
    others = with_times(backend, others, all_rows, pipeline)
    others = others.with_columns(answers_as=nw.lit(""))
    fine = [
        tuple(row[key] for key in KEYS)
        for row in backend.distinct(others, tuple(KEYS))
        if isinstance(judged_row(row, pipeline), Judgement)
    ]
    # What the other edition does not know cannot be judged under it.
    others = others.join(backend.table(KEYS, fine, 0), on=list(KEYS), how="inner")
    return others.select("id", *_OF_EDITION, is_named=nw.lit(True))


def _where_stated(backend: Backend, rows: Frame, terms: Terms) -> Frame:
    """The rows of doers, and of those whose role an edition states."""
    by = ("rule", "refers_to", "answers_as")
    found = backend.distinct(rows, by)
    stated = [tuple(row[name] for name in by) for row in found if _is_stated(row, terms)]
    table = backend.table(dict.fromkeys(by, str), stated, 0)
    rows = rows.join(table, on=list(by), how="inner")
    is_own = nw.col("answers_as") == ""
    first = nw.lit(1, dtype=nw.Int64)
    return rows.with_columns(nth=nw.when(is_own).then(nw.col("nth")).otherwise(first))


def _is_stated(row: Mapping[str, Any], terms: Terms) -> bool:
    if not row["answers_as"]:
        return True
    rule = applied(row, terms)
    roles = () if rule is None else terms.responsible(rule)
    return row["answers_as"] in {each.role for each, _ in roles}


def _chosen(backend: Backend, found: Judged, pipeline: Pipeline) -> Frame:
    """By manager and incident, the number of what treats it lightest."""
    frame = found.frame.filter(~nw.col("is_award"))
    # Each incident is settled alone, so nothing of it may be tied to another, or to a variant. A
    # number comes first, since an id may have whatever stands between.
    variant = nw.concat_str(nw.col("variant").cast(nw.String), nw.lit("|"), nw.col("manager"))
    once = nw.concat_str(nw.col("once").cast(nw.String), nw.lit("|"), nw.col("group"))
    alone = settled(_with_frame(found, frame.with_columns(manager=variant, once=once)), pipeline)
    deducts = nw.col("after") > nw.col("zero")
    alone = alone.with_columns(
        place=nw.when(deducts).then(nw.col("place")).otherwise(nw.lit(-1)),
        loss=nw.when(nw.col("revokes")).then(nw.lit(1)).otherwise(nw.lit(0)),
        named=nw.when(nw.col("is_named")).then(nw.lit(1)).otherwise(nw.lit(0)),
    )
    sums = alone.group_by(*_GROUP, "variant").agg(
        nw.col("after").sum(), nw.col("place").max(), nw.col("loss").max(), nw.col("named").max()
    )
    if pipeline.uses(Stage.CAP_INCIDENT):
        caps = incident_caps(backend, pipeline, Counted.DEDUCTIONS, found.scale)
        sums = capped(sums, caps)
    sums = sums.filter((nw.col("variant") == 0) | (nw.col("named") == 1))
    for name in ("loss", "after", "variant"):
        sums = backend.over(sums, _GROUP, least=(name, "min"))
        sums = sums.filter(nw.col(name) == nw.col("least")).drop("least")
    return sums.select(*_GROUP, chosen=nw.col("variant"))
