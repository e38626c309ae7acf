"""Counting: which rows of a table count in a period, and whether their days are in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from cmappraisal.acts import Act, Violation
from cmappraisal.alternatives import CountedOn
from cmappraisal.dating import GRACE, problems_of_days
from cmappraisal.errors import Problem
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.tables.backends import Backend, Frame
from cmappraisal.interop.tables.checking import columns_of, names_of, reject, reject_cells
from cmappraisal.interop.tables.kinds import DAYS
from cmappraisal.periods import Period

with needs_extra("tables", "narwhals"):
    import narwhals as nw

_TEXTS = ("id", "manager", "rule", "incident", "refers_to", "circumstances", "kind")
_NUMBERS = ("assessed_points", "decided_points", "decided_money")


def prepared(backend: Backend) -> Frame:
    """The upheld rows of a table, each with all columns, and without blanks in what facts need."""
    frame = backend.frame.select(*names_of(backend.frame.collect_schema().names()))
    names = columns_of(backend, frame)

    def given(name: str, kind: Any) -> Any:
        return nw.col(name).cast(kind) if name in names else nw.lit(None, dtype=kind)

    if "is_upheld" in names:
        frame = frame.filter(given("is_upheld", nw.Boolean).fill_null(True))
    texts = [given(name, nw.String).alias(name) for name in _TEXTS]
    numbers = [given(name, nw.String).alias(name) for name in _NUMBERS]
    days = [given(name, nw.Date).alias(name) for name in DAYS]
    others = [
        given("quantity", nw.Int64).fill_null(1).alias("quantity"),
        given("under_appeal", nw.Boolean).fill_null(False).alias("under_appeal"),
    ]
    frame = frame.select(*texts, *numbers, *days, *others)
    reject_cells(backend, frame)
    blank = ("refers_to", "circumstances", *_NUMBERS)
    frame = frame.with_columns(*(nw.col(name).fill_null("").alias(name) for name in blank))
    frame = frame.with_columns(
        _blank_as_none("kind").fill_null("violation"),
        _blank_as_none("incident"),
        entered_on=nw.coalesce(nw.col("entered_on"), nw.col("recorded_on"), nw.col("occurred_on")),
    )
    frame = frame.with_columns(
        stated_on=nw.coalesce(nw.col("stated_on"), nw.col("entered_on")),
        by_recorded=nw.coalesce(nw.col("recorded_on"), nw.col("entered_on")),
    )
    effective = ("decided_effective_on", "effective_on", "by_recorded")
    return frame.with_columns(
        by_occurred=nw.col("occurred_on"),
        by_found=nw.coalesce(nw.col("found_on"), nw.col("by_recorded")),
        by_effective=nw.coalesce(*map(nw.col, effective)),
    )


def _blank_as_none(name: str) -> Any:
    return nw.when(nw.col(name) != "").then(nw.col(name)).alias(name)


def day_by(day: CountedOn) -> Any:
    """The column of a day that a policy names."""
    return nw.col(f"by_{day.value}")


def in_view(frame: Frame, period: Period, counted_on: CountedOn) -> Frame:
    """The rows that count in a period."""
    first, last = nw.lit(period.first), nw.lit(period.last)
    day = day_by(counted_on)
    counts = (day >= first) & (day <= last)
    if counted_on is CountedOn.OCCURRED:
        entered = nw.col("entered_on")
        is_hidden = (day > last) & (entered >= first) & (entered <= last)
        counts = counts | (is_hidden & _is_after("occurred_on"))
    return frame.filter(counts)


def _is_after(name: str) -> Any:
    """Whether a day is later than the entry that states it allows."""
    latest = nw.col("stated_on").dt.offset_by(f"{GRACE // timedelta(days=1)}d").cast(nw.Date)
    return (nw.col(name) > latest).fill_null(False)


_OTHER_DAYS = {"found_on", "recorded_on", "entered_on", "stated_on"}

CHECKED = ("id", *DAYS)
"""What the days of a row are checked by."""


def has_wrong_days() -> Any:
    """Whether the days of a row are not in order."""
    earlier = nw.coalesce(nw.col("found_on"), nw.col("occurred_on"))
    return (
        (nw.col("found_on") < nw.col("occurred_on")).fill_null(False)
        | (nw.col("recorded_on") < earlier).fill_null(False)
        | _is_after("occurred_on")
        | _is_after("found_on")
        | _is_after("recorded_on")
    )


def reject_days(backend: Backend, frame: Frame) -> None:
    """Reject rows whose days are not in order; one day alone always is."""
    if not _OTHER_DAYS & set(backend.frame.collect_schema().names()):
        return
    wrong = backend.fetch(frame.filter(has_wrong_days()).select(*CHECKED))
    reject((row["id"], problems_of_row(row)) for row in wrong)


def problems_of_row(row: Mapping[str, Any]) -> Iterable[Problem]:
    """What is wrong with the days of a row."""
    return problems_of_days(_act_of_days(row), _stated(row))


def _stated(row: Mapping[str, Any]) -> datetime:
    return datetime.combine(row["stated_on"], time(), UTC)


def _act_of_days(row: Mapping[str, Any]) -> Act:
    days = {name: row[name] for name in ("occurred_on", "found_on", "recorded_on")}
    return Violation("x", "x", rule="x", **days)
