"""Governing: what the facts of a row hold that depends on days and on people.

Which edition governs it, whether it was in time, and who answers with the doer: the library says it
once for each distinct day, or for each distinct doer, day and rule, and the engine joins it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from cmappraisal.alternatives import GoverningEdition
from cmappraisal.errors import Problem
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.tables.backends import Backend, Frame
from cmappraisal.interop.tables.checking import reject
from cmappraisal.interop.tables.counting import day_by
from cmappraisal.people import People
from cmappraisal.rules import Rule
from cmappraisal.scoring.facts import Facts
from cmappraisal.scoring.flaws import no_edition
from cmappraisal.scoring.stages import Pipeline
from cmappraisal.scoring.steps import Stage
from cmappraisal.scoring.terms import Terms
from cmappraisal.scoring.weighing import applied_rule
from cmappraisal.spans import last_day
from cmappraisal.standards.editions import Edition

with needs_extra("tables", "narwhals"):
    import narwhals as nw


def is_simple(pipeline: Pipeline) -> bool:
    """Whether one edition is always in force, and nothing is asked of days."""
    closing = pipeline.closing
    is_always = closing.edition.first is None and closing.edition.last is None
    states_nothing = closing.limitation is None and not pipeline.uses(Stage.AGAIN)
    return len(pipeline.terms) == 1 and is_always and states_nothing


def _day_of_edition(pipeline: Pipeline) -> tuple[str, str]:
    """The field and the column of the day by which an edition governs."""
    if pipeline.closing.policy.governing_edition is GoverningEdition.RECORDED:
        return "recorded_on", "by_recorded"
    return "occurred_on", "by_occurred"


def reject_without_edition(backend: Backend, frame: Frame, pipeline: Pipeline) -> None:
    """Reject rows on whose days no edition is in force."""
    if not is_simple(pipeline):
        lacking = frame.filter(nw.col("edition") == "")
        rows = backend.fetch(lacking.select("id", "occurred_on", "by_recorded"))
        reject((row["id"], [no_edition_of(row, pipeline)]) for row in rows)


def no_edition_of(row: Mapping[str, Any], pipeline: Pipeline) -> Problem:
    """The problem of a row on whose day no edition is in force."""
    name, day = _day_of_edition(pipeline)
    return no_edition(name, row["occurred_on" if name == "occurred_on" else day], pipeline.standard)


def governed(backend: Backend, frame: Frame, pipeline: Pipeline) -> Frame:
    """The rows with the edition that governs each, and whether it was in time."""
    if is_simple(pipeline):
        return frame.with_columns(
            edition=nw.lit(""), instead_of=nw.lit(""), time_barred=nw.lit(False)
        )
    of_day = _edition_on("by_occurred", pipeline.standard)
    edition = _edition_on(_day_of_edition(pipeline)[1], pipeline.standard)
    frame = frame.with_columns(edition=edition, of_day=of_day)
    return _with_limits(backend, _instead(frame), pipeline)


def under_edition(backend: Backend, frame: Frame, pipeline: Pipeline, name: str) -> Frame:
    """The rows under an edition that is not that of their own day."""
    frame = _instead(frame.with_columns(edition=nw.lit(name)))
    return _with_limits(backend, frame, pipeline)


def _instead(frame: Frame) -> Frame:
    """The rows with the edition of their day, where another governs."""
    is_other = nw.col("of_day") != nw.col("edition")
    instead_of = nw.when(is_other).then(nw.col("of_day")).otherwise(nw.lit(""))
    return frame.with_columns(instead_of=instead_of)


def _edition_on(day: str, standard: Iterable[Edition]) -> Any:
    """The name of the edition that is in force on a day; empty where none is."""
    found: Any = nw.lit("")
    for edition in standard:
        fits = ~nw.col(day).is_null()
        if edition.first is not None:
            fits = fits & (nw.col(day) >= nw.lit(edition.first))
        if edition.last is not None:
            fits = fits & (nw.col(day) <= nw.lit(edition.last))
        found = nw.when(fits).then(nw.lit(edition.rulebook.edition)).otherwise(found)
    return found


def _with_limits(backend: Backend, frame: Frame, pipeline: Pipeline) -> Frame:
    """The rows with whether each was found or recorded too late; each day is looked at once."""
    frame = frame.with_columns(time_barred=nw.lit(False))
    for name, terms in pipeline.terms.items():
        if terms.limitation is None:
            continue
        limitation, _ = terms.limitation
        start = f"by_{limitation.start.value}"
        days = backend.distinct(frame.filter(nw.col("edition") == name), [start])
        ends = [(row[start], last_day(row[start], limitation.months)) for row in days]
        limits = backend.table({start: date, "limit": date}, ends, 0)
        frame = frame.join(limits, on=start, how="left")
        is_late = (nw.col("edition") == name) & (day_by(limitation.end) > nw.col("limit"))
        is_late = is_late.fill_null(False)
        frame = frame.with_columns(time_barred=nw.col("time_barred") | is_late).drop("limit")
    return frame


def shared(backend: Backend, frame: Frame, pipeline: Pipeline, people: People) -> Frame:
    """The rows of those who did it, and one more for each who answers with them."""
    own = frame.with_columns(doer=nw.col("manager"), answers_as=nw.lit(""))
    if not pipeline.uses(Stage.SHARE):
        return own
    by = ("manager", "occurred_on", "rule", "refers_to", "edition")
    answering = [
        (*(row[name] for name in by), person, role)
        for row in backend.distinct(frame, by)
        for person, role in _answering(row, pipeline, people)
    ]
    kinds = {name: date if name == "occurred_on" else str for name in by}
    roles = backend.table(kinds | {"person": str, "role": str}, answering, 0)
    joined = frame.join(roles, on=list(by), how="inner")
    derived = joined.with_columns(
        doer=nw.col("manager"),
        answers_as=nw.col("role"),
        decided_money=nw.lit(""),
        nth=nw.lit(1, dtype=nw.Int64),
    )
    derived = derived.with_columns(manager=nw.col("person")).drop("person", "role")
    return nw.concat([own, derived.select(*own.collect_schema().names())])


def _answering(
    row: Mapping[str, Any], pipeline: Pipeline, people: People
) -> Iterator[tuple[str, str]]:
    """Who answers with the doer of a row, each in the first of their roles."""
    terms = pipeline.terms[row["edition"]] if row["edition"] else pipeline.closing
    rule, day = applied(row, terms), row["occurred_on"]
    seen: dict[str, str] = {}
    for responsibility, _ in () if rule is None else terms.responsible(rule):
        role = responsibility.role
        for person in people.responsible(row["manager"], role, day):
            seen.setdefault(person, role)
    yield from seen.items()


def applied(row: Mapping[str, Any], terms: Terms) -> Rule | None:
    """The rule that is applied to a row, which has that recorded and that it refers to."""
    return applied_rule(Facts(row["rule"], refers_to=row["refers_to"] or None), terms.rulebook)
