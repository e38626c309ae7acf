"""Ledgers in databases: nothing lost, nothing out of order, nothing changed unseen.

SQLite comes with Python. PostgreSQL is there where CMAPPRAISAL_POSTGRES has a server's address.
"""

import os
import runpy
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from cmappraisal import Ledger, LedgerError, canonical_bytes
from cmappraisal.merkle import tree_head

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
ADDRESS = os.environ.get("CMAPPRAISAL_POSTGRES")
KINDS = [
    "sqlite",
    pytest.param(
        "postgres",
        marks=pytest.mark.skipif(
            not ADDRESS, reason="no address of a PostgreSQL server in CMAPPRAISAL_POSTGRES"
        ),
    ),
]

Connect = Callable[[], Any]


@pytest.fixture
def script(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, Any]]:
    """The names of the example's script, and those that it shares with the other."""
    monkeypatch.syspath_prepend(str(EXAMPLES))
    yield {
        **runpy.run_path(str(EXAMPLES / "stored_ledger.py")),
        **runpy.run_path(str(EXAMPLES / f"store_{request.param}.py")),
        "kind": request.param,
    }
    sys.modules.pop("stored_ledger", None)


@contextmanager
def sqlite(script: dict[str, Any], folder: Path) -> Iterator[Connect]:
    path = folder / "ledger.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script["SCHEMA"])
    yield lambda: closing(script["connected"](path))


@contextmanager
def postgres(script: dict[str, Any], folder: Path) -> Iterator[Connect]:
    schema = f"test_{os.getpid()}"
    assert ADDRESS
    with psycopg.connect(ADDRESS) as connection:
        connection.execute(f"create schema {schema}")
    with script["connected"](ADDRESS, schema) as connection:
        connection.execute(script["SCHEMA"])
    yield lambda: script["connected"](ADDRESS, schema)
    with psycopg.connect(ADDRESS) as connection:
        connection.execute(f"drop schema {schema} cascade")


@pytest.fixture
def connect(script: dict[str, Any], tmp_path: Path) -> Iterator[Connect]:
    with {"sqlite": sqlite, "postgres": postgres}[script["kind"]](script, tmp_path) as connected:
        yield connected


@pytest.mark.parametrize("script", KINDS, indirect=True)
def test_writers_at_once_lose_nothing_and_keep_the_order(
    script: dict[str, Any], connect: Connect
) -> None:
    def write(writer: int) -> list[str]:
        written = []
        with connect() as connection:
            ledger = Ledger()
            for violation in script["violations_of"](writer, 15):
                ledger = script["store_of"](connection).append(
                    script["recording"](violation), ledger
                )
                written.append(violation.id)
        return written

    with ThreadPoolExecutor(4) as writers:
        written = list(writers.map(write, range(1, 5)))
    with connect() as connection:
        ledger = script["store_of"](connection).load(Ledger())
    stored = [entry.violation_id for entry in ledger]
    assert sorted(stored) == sorted(id for ids in written for id in ids)
    for ids in written:
        assert [id for id in stored if id in ids] == ids
    assert ledger.root() == tree_head(map(canonical_bytes, ledger))


@pytest.mark.parametrize("script", KINDS, indirect=True)
def test_a_reader_loads_what_came_after(script: dict[str, Any], connect: Connect) -> None:
    with connect() as connection:
        store = script["store_of"](connection)
        first, second = script["violations_of"](1, 2)
        early = store.append(script["recording"](first), Ledger())
        late = store.append(script["recording"](second), early)
        assert store.load(Ledger()) == store.load(early) == store.load(late) == late
        appealed = store.append(
            lambda ledger: ledger.appeal(first.id, at=ledger.latest, grounds="on leave"), late
        )
        assert store.load(early).case(first.id).history[1:] == appealed.case(first.id).history[1:]


@pytest.mark.parametrize("script", KINDS, indirect=True)
@pytest.mark.parametrize(
    "statement", ["update entries set entry = '{}'", "delete from entries where position = 0"]
)
def test_the_table_is_only_added_to(
    script: dict[str, Any], connect: Connect, statement: str
) -> None:
    (violation,) = script["violations_of"](1, 1)
    with connect() as connection:
        script["store_of"](connection).append(script["recording"](violation), Ledger())
    with (
        pytest.raises((sqlite3.Error, psycopg.Error), match="entries are never"),
        connect() as connection,
    ):
        connection.execute(statement)
    with connect() as connection:
        assert len(script["store_of"](connection).load(Ledger())) == 1


@pytest.mark.parametrize("script", KINDS, indirect=True)
def test_an_entry_changed_behind_the_tables_back_is_seen(
    script: dict[str, Any], connect: Connect
) -> None:
    one, two = script["violations_of"](1, 2)
    with connect() as connection:
        store = script["store_of"](connection)
        store.append(script["recording"](two), store.append(script["recording"](one), Ledger()))
        drop = {
            "sqlite": "drop trigger entries_are_never_edited",
            "postgres": "drop trigger entries_are_only_added on entries",
        }
        connection.execute(drop[script["kind"]])
        connection.execute(
            "update entries set entry = replace(entry, 'RM-01', 'RM-02') where position = 0"
        )
        with pytest.raises(ValueError, match="not those that were written"):
            store.load(Ledger())


@pytest.mark.parametrize("kind", KINDS)
def test_the_script_counts_what_four_writers_wrote(kind: str) -> None:
    script = EXAMPLES / f"store_{kind}.py"
    run = subprocess.run(
        [sys.executable, "-W", "error", str(script)], capture_output=True, check=True, text=True
    )
    assert run.stdout == "100 entries: 25 of RM-01, 25 of RM-02, 25 of RM-03, 25 of RM-04\n"


@pytest.mark.parametrize("script", KINDS, indirect=True)
def test_a_clock_that_is_behind_does_not_hold_a_writer_up(
    script: dict[str, Any], connect: Connect
) -> None:
    one, two = script["violations_of"](1, 2)
    ahead = datetime.now(UTC) + timedelta(minutes=2)
    with connect() as connection:
        store = script["store_of"](connection)
        ledger = store.append(lambda ledger: ledger.record(one, at=ahead), Ledger())
        assert store.append(script["recording"](two), ledger).latest == ahead


@pytest.mark.parametrize("script", KINDS, indirect=True)
def test_nothing_is_added_after_an_entry_in_the_future(
    script: dict[str, Any], connect: Connect
) -> None:
    one, two = script["violations_of"](1, 2)
    with connect() as connection:
        store = script["store_of"](connection)
        ahead = datetime(2999, 1, 1, tzinfo=UTC)
        stored = store.append(lambda ledger: ledger.record(one, at=ahead), Ledger())
        with pytest.raises(LedgerError, match="after now"):
            store.append(script["recording"](two), stored)
        assert store.load(Ledger()) == stored


@pytest.mark.parametrize("script", KINDS, indirect=True)
def test_a_change_that_does_more_than_add_is_rejected(
    script: dict[str, Any], connect: Connect
) -> None:
    one, two = script["violations_of"](1, 2)
    early, late = (datetime(2025, 1, day, tzinfo=UTC) for day in (1, 3))
    branch = Ledger().record(two, at=datetime(2025, 1, 2, tzinfo=UTC))
    with connect() as connection:
        store = script["store_of"](connection)
        stored = store.append(
            lambda ledger: ledger.record(one, at=early).amend(one, at=late, reason="typo"), Ledger()
        )
        for change in (lambda ledger: Ledger.merge(ledger, branch), lambda ledger: Ledger()):
            with pytest.raises(ValueError, match="only add entries at the end"):
                store.append(change, stored)
        assert store.load(Ledger()) == stored


@pytest.mark.parametrize("script", KINDS, indirect=True)
def test_a_known_ledger_that_is_not_how_the_stored_one_begins_is_rejected(
    script: dict[str, Any], connect: Connect
) -> None:
    one, two = script["violations_of"](1, 2)
    with connect() as connection:
        store = script["store_of"](connection)
        stored = store.append(script["recording"](one), Ledger())
        longer = stored.record(two, at=stored.latest)
        other = Ledger().record(two, at=stored.latest)
        for known in (longer, other):
            with pytest.raises(ValueError, match="does not begin with the known one"):
                store.append(script["recording"](two), known)
        assert store.load(Ledger()) == stored


def test_a_row_of_sqlite_cannot_be_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(EXAMPLES))
    script = runpy.run_path(str(EXAMPLES / "store_sqlite.py"))
    with closing(script["connected"](tmp_path / "ledger.db")) as connection:
        connection.executescript(script["SCHEMA"])
        connection.execute("insert into entries values (0, '{}', x'00')")
        with pytest.raises(sqlite3.Error, match="entries are never removed"):
            connection.execute("insert or replace into entries values (0, '{}', x'01')")
