"""PySpark comes to what the ledgers come to: many of them in one frame, for each alternative."""

import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import Phase, given, settings

from cmappraisal import (
    ERROR_POINTS,
    Add,
    Assessed,
    Ledger,
    Period,
    Policy,
    score_all,
)
from cmappraisal.interop.strategies import ledgers
from cmappraisal.interop.tables import columns_of, rows, score_table

pyspark = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="there is no java on the PATH")
pytestmark = [
    needs_java,
    pytest.mark.thorough,
    pytest.mark.filterwarnings("ignore"),  # PySpark's own
]

WHOLE = Period(date(2024, 1, 1), date(2027, 12, 31))
LEDGERS = 200
FIELDS: tuple[str, ...] = (
    *("unstated_unit", "concurrence", "displacement", "pending_appeals"),
    *("counted_on", "awards", "revoked_result"),
)
TYPES = {str: "string", int: "long", bool: "boolean", date: "date", Decimal: "decimal(38,8)"}
SCHEMA = ", ".join(f"{each.name} {TYPES[each.kind]}" for each in columns_of("cases"))


def alternatives() -> Iterator[tuple[str, Policy]]:
    """The default, and each alternative of each field that settles what a table comes to."""
    yield "default", Policy()
    yield "aggravation-add", Policy(aggravation=Add(5))
    yield "aggravation-assessed", Policy(aggravation=Assessed())
    fields: Any = attrs.fields_dict(Policy)
    for name in FIELDS:
        others = [each for each in type(fields[name].default) if each is not fields[name].default]
        for member in others:
            changed: dict[str, Any] = {name: member}
            yield f"{name}-{member.value}", attrs.evolve(Policy(), **changed)


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    session = (
        pyspark.SparkSession.builder.master("local[2]")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    yield session
    session.stop()


def drawn(policy: Policy) -> list[Ledger]:
    """Ledgers, always the same."""
    found: list[Ledger] = []

    @settings(max_examples=LEDGERS, derandomize=True, database=None, phases=[Phase.generate])
    @given(ledgers(ERROR_POINTS, policy))
    def draw(ledger: Ledger) -> None:
        found.append(ledger)

    draw()
    return found


def apart(number: int, row: dict[str, Any]) -> dict[str, Any]:
    """A row whose ids are those of no other ledger."""
    ids = ("id", "manager", "doer", "incident")
    return row | {name: f"{number}:{row[name]}" for name in ids if row.get(name) is not None}


@pytest.mark.parametrize(
    "policy", [policy for _, policy in alternatives()], ids=[id for id, _ in alternatives()]
)
def test_one_frame_of_many_ledgers_comes_to_what_they_come_to(spark: Any, policy: Policy) -> None:
    given_ledgers = drawn(policy)
    assert len(given_ledgers) >= LEDGERS // 2
    cases, expected, lines = [], [], []
    for number, ledger in enumerate(given_ledgers):
        cases += [apart(number, row) for row in rows(ledger, "cases")]
        appraisals = score_all(ledger, ERROR_POINTS, WHOLE, policy=policy)
        expected += [apart(number, row) for row in rows(appraisals, "appraisals")]
        lines += [apart(number, row) for row in rows(appraisals, "lines")]
    frame = spark.createDataFrame([tuple(row.values()) for row in cases], SCHEMA)
    totals = score_table(frame, ERROR_POINTS, WHOLE, policy=policy)
    names = ("manager", "points", "awards", "score", "grade", "revoked", "lines", "merits")
    assert sorted(tuple(row) for row in totals.select(*names).collect()) == sorted(
        tuple(row[name] for name in names) for row in expected
    )
    scored = score_table(frame, ERROR_POINTS, WHOLE, policy=policy, detail="lines")
    found = {(row["manager"], row["id"]): row.asDict() for row in scored.collect()}
    assert len(found) == len(lines)
    for row in lines:
        mine = found[row["manager"], row["id"]]
        assert mine == {name: row[name] for name in mine}
