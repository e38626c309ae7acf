"""Scoring where the table is: the appraisals of everybody, in the engine that has the rows."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, localcontext
from typing import Any

from cmappraisal.fields import as_tuple, require_all
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.tables.backends import Frame, backend_of
from cmappraisal.interop.tables.charging import INDIVIDUAL, Judged, judged
from cmappraisal.interop.tables.checking import reject_managers
from cmappraisal.interop.tables.columns import name_of
from cmappraisal.interop.tables.counting import in_view, prepared, reject_days
from cmappraisal.interop.tables.governing import governed, reject_without_edition, shared
from cmappraisal.interop.tables.milder import is_milder, judged_milder
from cmappraisal.interop.tables.repeating import with_times
from cmappraisal.interop.tables.settling import SETTLING, settled
from cmappraisal.interop.tables.summing import Totals, totals_of
from cmappraisal.people import PEOPLE, People, Person, are_people
from cmappraisal.periods import Period
from cmappraisal.points import EXACT
from cmappraisal.policy import Policy
from cmappraisal.rulebooks import Rulebook
from cmappraisal.scoring.outcomes import result_of
from cmappraisal.scoring.stages import Pipeline
from cmappraisal.standards.editions import STANDARD, Editions, as_editions, is_standard

with needs_extra("tables", "narwhals"):
    import narwhals as nw

_DEFAULT = Policy()
DETAILS = ("totals", "lines")

_TOTALS: dict[str, type] = {
    "manager": str,
    "points": Decimal,
    "awards": Decimal,
    "score": Decimal,
    "grade": str,
    "revoked": bool,
    "lines": int,
    "merits": int,
}


def score_table(
    frame: Any,
    standard: Rulebook | Editions,
    period: Period,
    *,
    policy: Policy = _DEFAULT,
    people: Iterable[Person] = (),
    detail: str = "totals",
) -> Any:
    """The appraisals of everybody in a table, scored in the engine that has it.

    The rows are those that ``rows(ledger.as_of(moment), "cases")`` makes. Of their columns ``id``,
    ``manager``, ``rule`` and ``occurred_on`` are needed, and one that is not there is blank in
    every row. The result is what :func:`~cmappraisal.score_all` makes of that ledger.

    Every distinct combination of facts is judged once, by the library, and joined; the engine
    settles the rest. So a frame that is lazy is looked at before it is scored.

    Args:
        frame: A frame of polars (eager or lazy), pandas, pyarrow or PySpark, or a relation of
            DuckDB.
        standard: The standard: a rulebook, or its editions.
        period: The days to appraise.
        policy: What is decided where the standard is silent.
        people: Who was where, in which role and under whom, as of the moment of the rows.
        detail: ``"totals"``, a row for each manager, by id; or ``"lines"``, a row for each line of
            a violation or merit, in no order, with the change by each stage that acts on lines.

    Returns:
        A frame of the same engine, lazy where the one given is. Points are decimals.

    Raises:
        FieldError: An argument has a value that it does not allow; the frame is of an engine that
            is not listed, or a column of a type that its field does not allow; or sums of points
            could need more than the 38 digits of its decimals.
        PolicyError: The policy does not fit what the standard answers.
        ScoringError: Rows of the period cannot be scored, or any lack what every row needs; it
            reports each of them, by id.
    """
    tenures = as_tuple(people)
    require_all(
        "score_table",
        ("standard", standard, is_standard(standard), STANDARD),
        ("period", period, isinstance(period, Period), "a Period"),
        ("policy", policy, isinstance(policy, Policy), "a Policy"),
        ("people", tenures, are_people(tenures), PEOPLE),
        ("detail", detail, detail in DETAILS, f"one of {', '.join(DETAILS)}"),
    )
    backend = backend_of(frame)
    with localcontext(EXACT):
        editions = as_editions(standard)
        pipeline = Pipeline.of(editions, policy, editions.closing(period.last))
        all_rows = governed(backend, prepared(backend), pipeline)
        rows = in_view(all_rows, period, pipeline.closing.policy.counted_on)
        reject_days(backend, rows)
        reject_without_edition(backend, rows, pipeline)
        known, lines = People(tenures), detail == "lines"
        if is_milder(pipeline):
            found = judged_milder(backend, rows, all_rows, pipeline, known, lines=lines)
        else:
            rows = with_times(backend, rows, all_rows, pipeline)
            rows = shared(backend, rows, pipeline, known)
            found = judged(backend, rows, pipeline, lines=lines)
        if lines:
            named = backend.distinct(rows, ["manager"])
            reject_managers(backend, rows, [row["manager"] for row in named])
            return backend.native(_lines(settled(found, pipeline)))
        totals = totals_of(found, pipeline)
        reject_managers(backend, rows, [each.manager for each in totals])
        return backend.native(_totals(totals, found, pipeline))


def _lines(frame: Frame) -> Frame:
    """A row for each line, under the names that rows of lines have."""
    kind = nw.when(nw.col("is_award")).then(nw.lit("merit")).otherwise(nw.lit("violation"))
    answers_as = nw.when(nw.col("answers_as") != "").then(nw.col("answers_as"))
    own = ("manager", "id", "doer", "rule", "occurred_on", "incident", "rule_applied")
    stages = [name_of(stage) for stage in (*INDIVIDUAL, *SETTLING)]
    return frame.select(
        *own,
        kind=kind,
        edition=nw.col("governing"),
        answers_as=answers_as,
        points=nw.col("after"),
        money=nw.col("money"),
        revokes=nw.col("revokes"),
        consequences=nw.col("consequences"),
        **{name: nw.col(name) for name in stages},
    )


def _totals(totals: Iterable[Totals], found: Judged, pipeline: Pipeline) -> Frame:
    """A row for each manager; what the totals come to is the library's to say."""
    made = []
    for each in totals:
        policy = pipeline.closing.policy
        score, grade = result_of(each.points, each.awards, policy, revoked=each.loss)
        counts = each.line, each.merit
        made.append((each.manager, each.points, each.awards, score, grade, each.loss, *counts))
    full = [score for _, _, _, score, *_ in made if score is not None]
    places = max((-int(each.as_tuple().exponent) for each in full), default=0)
    return found.backend.table(_TOTALS, made, max(found.scale, places))
