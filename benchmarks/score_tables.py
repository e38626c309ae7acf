"""How long scoring a table in its own engine takes, as ratios to scoring written by hand for it.

Run it with ``python benchmarks/score_tables.py``. What is written by hand knows this one standard
and this one policy by heart: it looks the points up, aggravates, lets special and residual rules
act in each incident, keeps the heaviest rule of an incident, and sums for each manager. It checks
nothing, and makes totals alone. Inputs are seeded, and the answers are compared first.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from cmappraisal import ERROR_POINTS, Ledger, Period, Policy, Violation, score_all
from cmappraisal.interop.tables import rows, score_table
from cmappraisal.standards import Deduction
from measuring import SEED, Answer, Ratio, demand, drawn, entries_of, run, seconds

ROWS = 1_000_000
FILES = 10
"""How many times as many rows are read from Parquet, in as many files."""

GIGABYTE = 1_000_000_000
YEAR = Period.year(2025)
DEFAULT = Policy()
COLUMNS = ("manager", "points", "revoked", "lines")
"""What is compared: what is written by hand makes no more."""

POINTS = pl.Decimal(38, 4)
SCHEMA: dict[str, Any] = {
    **dict.fromkeys(("id", "manager", "rule"), pl.String),
    "occurred_on": pl.Date,
    "quantity": pl.Int64,
    **dict.fromkeys(("circumstances", "incident", "refers_to"), pl.String),
    "assessed_points": POINTS,
    **dict.fromkeys(("is_upheld", "under_appeal"), pl.Boolean),
}


# The tables.


def frame_of(count: int) -> pl.DataFrame:
    """Seeded violations as rows, of which some were reversed and some are under appeal."""
    chance = random.Random(SEED)
    made: list[tuple[Any, ...]] = []
    for each in drawn(count):
        fate = chance.random()
        each["circumstances"] = ";".join(sorted(each["circumstances"]))
        each |= {"is_upheld": fate > 0.07, "under_appeal": fate > 0.97}
        made.append(tuple(each[name] for name in SCHEMA))
    return pl.DataFrame(made, schema=SCHEMA, orient="row")


def rules() -> pl.DataFrame:
    """What is written by hand reads of each rule, as a table."""
    made = []
    for rule in ERROR_POINTS.values():
        deduction = rule.penalty if isinstance(rule.penalty, Deduction) else None
        revoking = rule.consequences.get("revoked")
        made.append(
            {
                "rule": rule.id,
                "each": 0 if deduction is None else deduction.most,
                "unstated": deduction is not None and deduction.unit.value == "unstated",
                "aggravated_by": _fitting(rule.aggravated_by),
                "revokes": revoking == frozenset(),
                "revoked_by": _fitting(revoking or ()),
                "part": ERROR_POINTS.part_of(rule.id).id,
            }
        )
    types = {"each": POINTS, "aggravated_by": pl.List(pl.String), "revoked_by": pl.List(pl.String)}
    return pl.DataFrame(made, schema_overrides=types)


def _fitting(asked: Any) -> list[str]:
    """The circumstances that are among those asked for, or imply one of them."""
    known = [circumstance.id for circumstance in ERROR_POINTS.circumstances]
    return [id for id in known if ERROR_POINTS.implied_by((id,)) & set(asked)]


RULES = rules()
SPECIAL = {"3.17a": ["3.1a"], "3.17b": ["3.2a", "3.2b", "3.3"], "3.17c": ["3.6", "3.7"]}
"""The special rules, and the general ones that each displaces."""


# What is written by hand.


def in_polars(frame: pl.LazyFrame) -> pl.DataFrame:
    """The totals of each manager, written by hand for polars."""
    recorded = pl.col("circumstances").fill_null("").str.split(";")
    counted = (
        frame.filter("is_upheld", pl.col("occurred_on").is_between(YEAR.first, YEAR.last))
        .with_columns(rule=pl.coalesce("refers_to", "rule"))
        .join(RULES.lazy(), on="rule")
        .select(
            *("manager", "incident", "rule", "part"),
            points=pl.coalesce(
                "assessed_points",
                pl.col("each") * pl.when("unstated").then(1).otherwise("quantity"),
            )
            * pl.when(recorded.list.set_intersection("aggravated_by").list.len() > 0)
            .then(2)
            .otherwise(1),
            revokes=pl.col("revokes")
            | (recorded.list.set_intersection("revoked_by").list.len() > 0),
        )
    )
    alone = counted.filter(pl.col("incident").is_null())
    incident = ("manager", "incident")
    by_rule = (
        counted.filter(pl.col("incident").is_not_null())
        .group_by(*incident, "rule")
        .agg(
            pl.col("points").sum(),
            pl.col("revokes").any(),
            pl.col("part").first(),
            lines=pl.len(),
        )
    )
    rule = pl.col("rule")
    flags = {id: (rule == id).any() for id in SPECIAL}
    other = ((pl.col("part") == "3") & (rule != "3.18")).any()
    found = by_rule.group_by(*incident).agg(other=other, **flags)
    lost = (rule == "3.18") & pl.col("other")
    for id, general in SPECIAL.items():
        lost = lost | (pl.col(id) & rule.is_in(general))
    settled = (
        by_rule.join(found, on=incident)
        .with_columns(points=pl.when(lost).then(0).otherwise("points"))
        .group_by(*incident)
        .agg(pl.col("points").max(), pl.col("revokes").any(), pl.col("lines").sum())
    )
    each = alone.select("manager", "points", "revokes", lines=pl.lit(1, pl.UInt32))
    totals = (
        pl.concat([settled.select(each.collect_schema().names()), each])
        .group_by("manager")
        .agg(pl.col("points").sum(), revoked=pl.col("revokes").any(), lines=pl.col("lines").sum())
        .sort("manager")
    )
    return totals.collect()


_LOST = " or ".join(
    f"bool_or(rule = '{id}') over incidents and rule in ({', '.join(map(repr, general))})"
    for id, general in SPECIAL.items()
)
QUERY = f"""
with counted as (
    select manager, incident, rule, part,
        coalesce(assessed_points, each * case when unstated then 1 else quantity end)
            * case when list_has_any(recorded, aggravated_by) then 2 else 1 end as points,
        revokes or list_has_any(recorded, revoked_by) as revokes
    from (
        select * exclude (rule), coalesce(refers_to, rule) as rule,
            string_split(coalesce(circumstances, ''), ';') as recorded
        from cases
        where is_upheld and occurred_on between '{YEAR.first}' and '{YEAR.last}'
    )
    join rules using (rule)
), by_rule as (
    select manager, incident, rule, any_value(part) as part, sum(points) as points,
        bool_or(revokes) as revokes, count(*) as lines
    from counted where incident is not null group by manager, incident, rule
), settled as (
    select manager, incident, revokes, lines, case
        when {_LOST} or rule = '3.18' and bool_or(part = '3' and rule <> '3.18') over incidents
        then 0 else points end as points
    from by_rule window incidents as (partition by manager, incident)
), each as (
    select manager, max(points) as points, bool_or(revokes) as revokes, sum(lines) as lines
    from settled group by manager, incident
    union all select manager, points, revokes, 1 from counted where incident is null
)
select manager, sum(points) as points, bool_or(revokes) as revoked, sum(lines) as lines
from each group by manager order by manager
"""


def in_duckdb(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """The totals of each manager, written by hand for DuckDB."""
    made: pl.DataFrame = connection.sql(QUERY).pl()
    return made


def connected(frame: pl.DataFrame) -> duckdb.DuckDBPyConnection:
    """A database of DuckDB's that has the table of cases, and that of rules."""
    connection = duckdb.connect()
    given, known = frame.to_arrow(), RULES.to_arrow()
    connection.register("given", given)
    connection.register("known", known)
    connection.sql("create table cases as select * from given")
    connection.sql("create table rules as select * from known")
    return connection


# What is checked and measured.


def by_library(table: Any) -> pl.DataFrame:
    """The totals of each manager, by the library."""
    scored = score_table(table, ERROR_POINTS, YEAR)
    made: pl.DataFrame = scored.pl() if isinstance(table, duckdb.DuckDBPyRelation) else scored
    return made.lazy().collect()


def plain(frame: pl.DataFrame) -> list[tuple[Any, ...]]:
    """The rows of a frame, as far as they are compared."""
    return frame.select(COLUMNS).rows()


def agreements(frame: pl.DataFrame) -> Iterator[Answer]:
    """What every way to the totals of a table says."""
    by_hand = plain(in_polars(frame.lazy()))
    connection = connected(frame)
    yield "polars, by hand and by the library", plain(by_library(frame)) == by_hand
    yield "DuckDB and polars, by hand", plain(in_duckdb(connection)) == by_hand
    library = plain(by_library(connection.table("cases")))
    yield "DuckDB, by hand and by the library", library == by_hand


def answers() -> Iterator[Answer]:
    """The same of the few violations of a ledger, whose appraisals are there too."""
    ledger = Ledger(entries_of(Violation(**each) for each in drawn(2_000)))
    frame = pl.DataFrame(rows(ledger, "cases"), infer_schema_length=None)
    frame = frame.with_columns(pl.col("assessed_points").cast(POINTS))
    yield from agreements(frame)
    expected = [
        (id, each.points, each.revoked, len(each.lines))
        for id, each in score_all(ledger, ERROR_POINTS, YEAR).items()
    ]
    yield "polars by hand and score_all", plain(in_polars(frame.lazy())) == expected


def write_files(frame: pl.DataFrame, folder: Path) -> None:
    """Write the rows of a table once for each of some banks, which have managers of their own."""
    for number in range(FILES):
        of_bank = [
            pl.format("{}-{}", pl.lit(number), name).alias(name) for name in ("id", "manager")
        ]
        frame.with_columns(of_bank).write_parquet(folder / f"{number}.parquet")


def peak_of_files(folder: Path) -> int:
    """The most memory, in bytes, that scoring the files of a folder takes a process of its own."""
    told = subprocess.check_output([sys.executable, __file__, "--files", str(folder)], text=True)
    return int(told)


def ratios() -> Iterator[Ratio]:
    """Each ratio with its bound."""
    frame = frame_of(ROWS)
    demand(agreements(frame))
    by_hand, scored = seconds(lambda: in_polars(frame.lazy()), lambda: by_library(frame))
    yield "score_table of 1,000,000 rows / polars by hand", scored / by_hand, 1.3
    connection = connected(frame)
    table = connection.table("cases")
    by_hand, scored = seconds(lambda: in_duckdb(connection), lambda: by_library(table))
    yield "score_table of 1,000,000 rows / DuckDB by hand", scored / by_hand, 1.5
    with tempfile.TemporaryDirectory() as folder:
        write_files(frame, Path(folder))
        peak = peak_of_files(Path(folder))
    yield "gigabytes for 10,000,000 rows of Parquet, polars", peak / GIGABYTE, 1


def score_files(folder: str) -> None:
    """Score the files of a folder, and print the most memory that it took, in bytes."""
    by_library(pl.scan_parquet(f"{folder}/*.parquet"))
    status = Path("/proc/self/status").read_text()
    print(int(status.split("VmHWM:")[1].split()[0]) * 1024)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--files"]:
        score_files(sys.argv[2])
    else:
        run(ratios, answers)
