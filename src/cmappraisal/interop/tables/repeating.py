"""Repeating: which time a violation is, counted by the engine before anything is judged.

The earlier violations of the same manager within the time are joined and counted; how far back that
time goes, the library says for each distinct day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from cmappraisal.caps import Counted
from cmappraisal.errors import Problem
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.tables.backends import Backend, Frame
from cmappraisal.interop.tables.charging import KEYS, judged_row
from cmappraisal.interop.tables.checking import reject
from cmappraisal.interop.tables.counting import CHECKED, has_wrong_days, problems_of_row
from cmappraisal.interop.tables.governing import applied, no_edition_of
from cmappraisal.repetition import Again, Same
from cmappraisal.scoring.stages import Pipeline
from cmappraisal.scoring.steps import Stage

with needs_extra("tables", "narwhals"):
    import narwhals as nw

_RULE = ("edition", "rule", "refers_to")
_FIRST_KEYS = tuple(name for name in KEYS if name not in ("nth", "answers_as", "decided_points"))
"""What a violation is judged by as if it were the first."""


def with_times(backend: Backend, rows: Frame, all_rows: Frame, pipeline: Pipeline) -> Frame:
    """The rows with ``nth``, from which time on the weight of repetition holds; 1 where none does.

    Args:
        backend: The engine.
        rows: The rows that count in the period.
        all_rows: All upheld rows.
        pipeline: The stages.
    """
    if not pipeline.uses(Stage.AGAIN):
        return rows.with_columns(nth=nw.lit(1, dtype=nw.Int64))
    asked: dict[tuple[Again, str | None], int] = {}
    stated = []
    for row in backend.distinct(rows, _RULE):
        found = _stated(row, pipeline)
        if found is not None:
            again, rule, part = found
            number = asked.setdefault((again, part), len(asked))
            stated.append((*(row[name] for name in _RULE), number, rule))
    kinds = dict.fromkeys(_RULE, str) | {"asked": int, "applied": str}
    rows = rows.join(backend.table(kinds, stated, 0), on=list(_RULE), how="left")
    first = _First(backend, all_rows, pipeline, [part for _, part in asked])
    times = []
    for (again, part), number in asked.items():
        asking = rows.filter(nw.col("asked") == number)
        for row in backend.fetch(first.counts(asking, again, part)):
            time = again.holding(row["earlier"] + 1)
            if time is not None:
                times.append((row["id"], time.nth))
    found_times = backend.table({"id": str, "nth": int}, times, 0)
    rows = rows.join(found_times, on="id", how="left").drop("asked", "applied")
    return rows.with_columns(nth=nw.col("nth").fill_null(1))


def _stated(row: Mapping[str, Any], pipeline: Pipeline) -> tuple[Again, str, str | None] | None:
    """What is stated of repetition under a rule, the rule applied, and the part that counts."""
    terms = pipeline.terms[row["edition"]]
    rule = applied(row, terms)
    stated = None if rule is None else terms.again(rule)
    if rule is None or stated is None:
        return None
    again = stated[0]
    part = terms.rulebook.places[rule.id][-1] if again.same is Same.PART else None
    return again, rule.id, part


class _First:
    """All upheld rows, each judged as if it were the first.

    Args:
        backend: The engine.
        rows: The rows.
        pipeline: The stages.
        parts: The parts whose rules are asked for.
    """

    def __init__(
        self, backend: Backend, rows: Frame, pipeline: Pipeline, parts: list[str | None]
    ) -> None:
        self._backend = backend
        self._pipeline = pipeline
        self._parts = sorted({part for part in parts if part is not None})
        self._faulty: dict[tuple[Any, ...], tuple[Problem, ...]] = {}
        made = [
            (*key, is_faulty, counts, rule, *within)
            for key, is_faulty, counts, rule, within in self._judged(rows)
        ]
        kinds: dict[str, type] = {name: KEYS[name] for name in _FIRST_KEYS}
        kinds |= {"is_faulty": bool, "is_earlier": bool, "applied": str}
        kinds |= {self._within(part): bool for part in self._parts}
        joined = rows.join(backend.table(kinds, made, 0), on=list(_FIRST_KEYS), how="left")
        is_faulty = nw.col("is_faulty") | has_wrong_days()
        self._rows = joined.filter(nw.col("is_earlier") & ~is_faulty)
        self._wrong = joined.filter(is_faulty)
        self._has_wrong = bool(backend.fetch(self._wrong.select("id").head(1)))

    def _within(self, part: str) -> str:
        return f"within_{self._parts.index(part)}"

    def _judged(
        self, rows: Frame
    ) -> Iterator[tuple[tuple[Any, ...], bool, bool, str | None, list[bool]]]:
        for row in self._backend.distinct(rows, _FIRST_KEYS):
            key = tuple(row[name] for name in _FIRST_KEYS)
            first = row | {"decided_points": "", "nth": 1, "answers_as": ""}
            judged = judged_row(first, self._pipeline) if row["edition"] else ()
            if isinstance(judged, tuple):
                self._faulty[key] = judged
                yield key, True, False, None, [False] * len(self._parts)
                continue
            counts = judged.counted is Counted.DEDUCTIONS and not (
                judged.is_out or judged.is_waived
            )
            yield key, False, counts, judged.rule.id, [each in judged.parts for each in self._parts]

    def counts(self, asking: Frame, again: Again, part: str | None) -> Frame:
        """By id, how many earlier violations repetition counts; those without any are not there."""
        day = f"by_{again.within.by.value}"
        days = self._backend.distinct(asking, [day])
        firsts = [(row[day], again.within.first_of(row[day])) for row in days]
        asking = asking.join(
            self._backend.table({day: date, "earliest": date}, firsts, 0), on=day, how="left"
        )
        asking = asking.select("id", "manager", "incident", "applied", "earliest", on=nw.col(day))
        self._reject_wrong(asking, day)
        keys = ["manager", "applied"] if again.same is Same.RULE else ["manager"]
        rows = self._rows if part is None else self._rows.filter(nw.col(self._within(part)))
        pairs = asking.join(_others(rows, day, keys), on=keys, how="inner").filter(_is_before())
        is_other = nw.col("incident") != nw.col("other_incident")
        return pairs.filter(is_other.fill_null(True)).group_by("id").agg(earlier=nw.len())

    def _reject_wrong(self, asking: Frame, day: str) -> None:
        """Reject what repetition would have to look at, but cannot be judged."""
        if not self._has_wrong:
            return
        pairs = asking.join(_others(self._wrong, day, ["manager"]), on="manager", how="inner")
        ids = [row["other"] for row in self._backend.fetch(pairs.filter(_is_before()))]
        wrong = self._backend.fetch(
            self._wrong.select(*dict.fromkeys((*CHECKED, *_FIRST_KEYS, "by_recorded")))
        )
        reject((row["id"], self._problems(row)) for row in wrong if row["id"] in set(ids))

    def _problems(self, row: Mapping[str, Any]) -> Iterator[Problem]:
        if row["edition"]:
            yield from self._faulty.get(tuple(row[name] for name in _FIRST_KEYS), ())
        else:
            yield no_edition_of(row, self._pipeline)
        yield from problems_of_row(row)


def _others(rows: Frame, day: str, keys: list[str]) -> Frame:
    return rows.select(
        *keys, other=nw.col("id"), other_incident=nw.col("incident"), other_on=nw.col(day)
    )


def _is_before() -> Any:
    """Whether the other is before, within the time; of one day the smaller id is."""
    on, other_on = nw.col("on"), nw.col("other_on")
    is_earlier = (other_on < on) | ((other_on == on) & (nw.col("other") < nw.col("id")))
    return is_earlier & (other_on >= nw.col("earliest"))
