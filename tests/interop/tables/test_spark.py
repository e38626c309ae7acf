"""PySpark comes to what the ledgers come to: many of them in one frame, for each alternative."""

import runpy
import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import Phase, given, settings

from cmappraisal import (
    ERROR_POINTS,
    Add,
    Assessed,
    Concurrence,
    Ledger,
    Multiply,
    Period,
    Policy,
    score_all,
)
from cmappraisal.interop.catalogue import members_of
from cmappraisal.interop.strategies import ledgers
from cmappraisal.interop.tables import columns_of, rows, score_table
from cmappraisal.standards import Cap, Over, Waive
from cmappraisal.texts import Choice
from small_standards import clause

pyspark = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="there is no java on the PATH")
pytestmark = [
    needs_java,
    pytest.mark.thorough,
    pytest.mark.filterwarnings("ignore"),  # PySpark's own
]

WHOLE = Period(date(2024, 1, 1), date(2027, 12, 31))
LEDGERS = 200
TYPES = {str: "string", int: "long", bool: "boolean", date: "date", Decimal: "decimal(38,8)"}
SCHEMA = ", ".join(f"{each.name} {TYPES[each.kind]}" for each in columns_of("cases"))

_EXAMPLE = runpy.run_path(
    str(Path(__file__).parents[3] / "docs" / "examples" / "policy_choices.py")
)
STANDARD, DEFAULT = _EXAMPLE["STANDARD"], _EXAMPLE["BASE"]
"""A standard in two editions for which every field of the policy matters, and a policy."""

VALUES: dict[str, list[Any]] = {
    "aggravation": [Add(5), Assessed()],
    "mitigation": [Multiply("0.8"), Waive()],
    "smallest_unit": [None],
}
"""Values of the fields that are no choice among few."""

CAPS = [Cap(12, over=Over.INCIDENT), Cap(20, over=Over.PART), Cap(50, over=Over.PERIOD)]
CAPPED = attrs.evolve(
    ERROR_POINTS, clauses=[clause(number, cap=cap) for number, cap in enumerate(CAPS, 1)]
)
OTHERS = {
    "one edition": (ERROR_POINTS, Policy()),
    "caps": (CAPPED, Policy(concurrence=Concurrence.CUMULATIVE)),
}
"""What is settled in other ways than in several editions."""

DRAWN_BY = (
    "aggravation",
    "discretion",
    "mitigation",
    "reconsideration",
    "rounding",
    "smallest_unit",
    "unstated_unit",
)
"""The fields that say which points may be assessed or decided, and so which ledgers are drawn."""


def alternatives() -> Iterator[tuple[str, Policy]]:
    """The default, and each alternative of each field that decides appraisals, beside it."""
    yield "default", DEFAULT
    for member in members_of(Policy):
        usual = getattr(DEFAULT, member.name)
        others = VALUES.get(member.name, [])
        if isinstance(usual, Choice):
            others = [each for each in type(usual) if each is not usual]
        for other in others:
            shown = other.value if isinstance(other, Choice) else type(other).__name__.lower()
            yield f"{member.name}-{shown}", attrs.evolve(DEFAULT, **{member.name: other})


FRAMES = {name: (STANDARD, policy) for name, policy in alternatives()} | OTHERS
"""A standard and a policy for each frame."""


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    session = (
        pyspark.SparkSession.builder.master("local[2]")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        # So few rows do not repay compiling a plan, nor so few minutes the second compiler of Java.
        .config("spark.sql.codegen.wholeStage", "false")
        .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        .getOrCreate()
    )
    yield session
    session.stop()


@cache
def drawn(standard: Any, policy: Policy) -> list[Ledger]:
    """Ledgers, always the same."""
    found: list[Ledger] = []

    @settings(max_examples=LEDGERS, derandomize=True, database=None, phases=[Phase.generate])
    @given(ledgers(standard, policy))
    def draw(ledger: Ledger) -> None:
        found.append(ledger)

    draw()
    return found


def as_drawn(policy: Policy) -> Policy:
    """The policy, with the usual choices wherever no ledger depends on them."""
    return Policy(**{name: getattr(policy, name) for name in DRAWN_BY})


def apart(number: int, row: dict[str, Any]) -> dict[str, Any]:
    """A row whose ids are those of no other ledger."""
    ids = ("id", "manager", "doer", "incident")
    return row | {name: f"{number}:{row[name]}" for name in ids if row.get(name) is not None}


@pytest.mark.parametrize("of", FRAMES)
def test_one_frame_of_many_ledgers_comes_to_what_they_come_to(spark: Any, of: str) -> None:
    standard, policy = FRAMES[of]
    given_ledgers = drawn(standard, as_drawn(policy))
    assert len(given_ledgers) == LEDGERS
    cases, expected, lines = [], [], []
    for number, ledger in enumerate(given_ledgers):
        cases += [apart(number, row) for row in rows(ledger, "cases")]
        appraisals = score_all(ledger, standard, WHOLE, policy=policy)
        expected += [apart(number, row) for row in rows(appraisals, "appraisals")]
        lines += [apart(number, row) for row in rows(appraisals, "lines") if row["kind"] != "cap"]
    frame = spark.createDataFrame([tuple(row.values()) for row in cases], SCHEMA)
    totals = score_table(frame, standard, WHOLE, policy=policy)
    names = ("manager", "points", "awards", "score", "grade", "revoked", "lines", "merits")
    assert sorted(tuple(row) for row in totals.select(*names).collect()) == sorted(
        tuple(row[name] for name in names) for row in expected
    )
    scored = score_table(frame, standard, WHOLE, policy=policy, detail="lines")
    found = {(row["manager"], row["id"]): row.asDict() for row in scored.collect()}
    assert len(found) == len(lines)
    for row in lines:
        mine = found[row["manager"], row["id"]]
        assert mine == {name: row[name] for name in mine}
