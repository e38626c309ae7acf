"""Ledgers in databases: nothing out of order, nothing changed unseen, nothing removed.

What happens when a store fails in the middle is in ``test_store_failures``.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from attrs import evolve

import databases
from cmappraisal import (
    ERROR_POINTS,
    Appealed,
    CountedOn,
    DecodingError,
    Ledger,
    LedgerError,
    Period,
    Policy,
    Recorded,
    Violation,
    score,
)
from cmappraisal.interop.sql import head_of, rows_of, rows_to_redact
from cmappraisal.merkle import verify_consistency
from databases import ADDRESS, EXAMPLES, KINDS, Database, ids_of, violations_of
from stored_ledger import Store, recording

ONE, TWO, THREE = violations_of(1, range(3))


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    with databases.database(request.param, tmp_path, tmp_path) as database:
        yield database


@pytest.fixture
def store(database: Database) -> Iterator[Store]:
    with database.opened() as store:
        yield store


@pytest.fixture
def stored(store: Store) -> Ledger:
    """Three entries in the store."""
    return store.append(recording(TWO, THREE), store.append(recording(ONE), Ledger()))


@pytest.mark.parametrize("kind", KINDS)
def test_the_script_counts_what_four_writers_wrote(kind: str) -> None:
    script = EXAMPLES / f"store_{kind}.py"
    run = subprocess.run(
        [sys.executable, "-W", "error", str(script)], capture_output=True, check=True, text=True
    )
    assert run.stdout == "100 entries: 25 of RM-01, 25 of RM-02, 25 of RM-03, 25 of RM-04\n"


# Load and append.


def test_a_reader_loads_what_came_after(store: Store, stored: Ledger) -> None:
    early = Ledger(stored.entries[:1])
    assert store.load(Ledger()) == store.load(early) == store.load(stored) == store.check()
    appealed = store.append(
        lambda ledger: [Appealed(ONE.id, "on leave", at=ledger.entries[-1].at)], stored
    )
    assert store.load(early).case(ONE.id).history[1:] == appealed.case(ONE.id).history[1:]
    assert store.load(early).root() == appealed.root()


def test_a_writer_who_knows_nothing_of_the_others_comes_after_them(
    database: Database, store: Store
) -> None:
    def while_another_writes(ledger: Ledger) -> list[Recorded]:
        with database.opened() as other:
            if not len(ledger):
                other.append(recording(ONE), Ledger())
        return [Recorded(TWO, at=ledger.latest or datetime(2025, 1, 2, tzinfo=UTC))]

    assert ids_of(store.append(while_another_writes, Ledger())) == [ONE.id, TWO.id]
    assert ids_of(store.check()) == [ONE.id, TWO.id]


def test_a_change_that_adds_nothing_stores_nothing(store: Store, stored: Ledger) -> None:
    assert store.append(lambda _: [], Ledger()) == stored
    assert store.check() == stored


def test_a_change_that_does_not_fit_stores_nothing(store: Store, stored: Ledger) -> None:
    with pytest.raises(LedgerError, match="is recorded already"):
        store.append(recording(*violations_of(2, range(2)), ONE), stored)
    assert store.check() == stored


def test_a_load_commits_nothing(store: Store, stored: Ledger) -> None:
    store.connection.execute("create table notes (note text)")
    store.connection.execute("begin")
    store.connection.execute("insert into notes values ('not decided yet')")
    assert store.load(Ledger()) == stored
    store.connection.rollback()
    assert list(store.connection.execute("select * from notes")) == []


def test_a_clock_that_is_behind_does_not_hold_a_writer_up(store: Store) -> None:
    ahead = datetime.now(UTC) + timedelta(minutes=2)
    ledger = store.append(lambda _: [Recorded(ONE, at=ahead)], Ledger())
    assert store.append(recording(TWO), ledger).latest == ahead


def test_an_entry_in_the_future_is_not_stored(store: Store, stored: Ledger) -> None:
    ahead = datetime.now(UTC) + timedelta(days=1)
    violation = violations_of(2, range(1))
    with pytest.raises(LedgerError, match="after now"):
        store.append(lambda _: [Recorded(*violation, at=ahead)], stored)
    assert store.check() == stored


def test_a_known_ledger_that_is_not_how_the_stored_one_begins_is_rejected(
    store: Store, stored: Ledger
) -> None:
    longer = stored.record(violations_of(2, range(1))[0], at=stored.entries[-1].at)
    with pytest.raises(DecodingError, match="as many entries as onto has"):
        store.append(recording(*violations_of(3, range(1))), longer)
    other = Ledger().record(violations_of(2, range(1))[0], at=stored.entries[0].at)
    with pytest.raises(DecodingError, match="is not how onto goes on"):
        store.append(recording(*violations_of(3, range(1))), other)
    assert store.check() == stored


# Only added to.

FORBIDDEN = [
    "update ledger_entries set entry = '{}' where position = 0",
    "update ledger_entries set position = 7 where position = 2",
    "delete from ledger_entries where position = 2",
    "delete from ledger_entries",
    "insert into ledger_entries values (2, '{}', '')",
    "insert into ledger_entries values (4, '{}', '')",
    "insert into ledger_entries values (-1, '{}', '')",
    "insert into ledger_entries values (2, '', '') on conflict (position) do update set entry = ''",
    "insert into ledger_entries values (3, null, '')",
    "update ledger_heads set root = ''",
    "delete from ledger_heads where size = 3",
    "insert into ledger_heads values (3, '')",
    "insert into ledger_heads values (3, '') on conflict (size) do update set root = ''",
]
FORBIDDEN_BY_KIND = {
    "sqlite": [
        "insert or replace into ledger_entries values (2, '{}', '')",
        "replace into ledger_entries values (0, '{}', '')",
        "insert or ignore into ledger_entries values (5, '{}', '')",
        "insert or replace into ledger_heads values (3, '')",
        "insert into ledger_entries (entry, digest) values ('{}', '')",
    ],
    "postgres": ["truncate ledger_entries", "truncate ledger_heads"],
}


def test_the_tables_are_only_added_to(database: Database, store: Store, stored: Ledger) -> None:
    for statement in FORBIDDEN + FORBIDDEN_BY_KIND[database.kind]:
        with pytest.raises(store.connection.IntegrityError):
            store.connection.execute(statement)
        assert database.loaded() == stored, statement


def test_a_taken_position_is_an_integrity_error(store: Store, stored: Ledger) -> None:
    (row,) = rows_of(stored, 2)
    with pytest.raises(store.connection.IntegrityError):
        store.connection.execute(store.sql.append, row)
    with pytest.raises(store.connection.IntegrityError):
        store.connection.execute(store.sql.keep, head_of(stored))


@pytest.mark.parametrize("database", [KINDS[1]], indirect=True)
def test_a_role_may_add_and_read_without_owning_anything(database: Database) -> None:
    role = f"writer_{database.schema}"
    with psycopg.connect(ADDRESS, autocommit=True) as owner:
        try:
            owner.execute(f"create role {role}")
        except psycopg.errors.InsufficientPrivilege as error:
            pytest.skip(f"no role can be created on this server: {error}")
        try:
            owner.execute(f"grant usage on schema {database.schema} to {role}")
            owner.execute(
                f"grant select, insert on all tables in schema {database.schema} to {role}"
            )
            with database.opened() as store:
                store.connection.execute(f"set role {role}")
                ledger = store.append(recording(ONE, TWO), Ledger())
                for statement in (
                    "delete from ledger_entries",
                    "alter table ledger_entries disable trigger user",
                    "drop table ledger_entries",
                ):
                    with pytest.raises(psycopg.errors.InsufficientPrivilege):
                        store.connection.execute(statement)
                assert store.check() == ledger
        finally:
            owner.execute(f"drop owned by {role}")
            owner.execute(f"drop role {role}")


# Changed behind the tables' back.


def unguarded(kind: str, connection: Any) -> None:
    """Take the triggers away, as whoever owns the tables can."""
    if kind == "postgres":
        for table in ("ledger_entries", "ledger_heads"):
            connection.execute(f"alter table {table} disable trigger user")
        return
    named = connection.execute("select name from sqlite_master where type = 'trigger'").fetchall()
    for (name,) in named:
        connection.execute(f"drop trigger {name}")


SWAPPED = """
update ledger_entries set position = position + 10 where position in (1, 2);
update ledger_entries set position = 13 - position where position > 10;
"""
TAMPERED = {
    "changed": """update ledger_entries
        set entry = replace(entry, 'RM-01', 'RM-02') where position = 1""",
    "in another's place": SWAPPED,
    "doubled key": """update ledger_entries
        set entry = replace(entry, '{"kind"', '{"by": null, "kind"') where position = 1""",
    "cut off the end": "delete from ledger_entries where position = 2",
    "missing": "delete from ledger_entries where position = 1",
    "emptied": "delete from ledger_entries",
    "renumbered": "update ledger_entries set position = 7 where position = 2",
    "moved up": "update ledger_entries set position = position + 1 where position = 2",
    "added": "insert into ledger_entries select 3, entry, digest from ledger_entries limit 1",
    "no heads": "delete from ledger_heads",
    "an earlier head": "delete from ledger_heads where size = 3",
    "another head": "update ledger_heads set root = substr(root, 2) || substr(root, 1, 1)",
}


@pytest.mark.parametrize("statements", TAMPERED.values(), ids=TAMPERED)
def test_whatever_is_done_to_the_tables_is_found(
    database: Database, store: Store, stored: Ledger, statements: str
) -> None:
    unguarded(database.kind, store.connection)
    for statement in filter(str.strip, statements.split(";")):
        store.connection.execute(statement)
    with pytest.raises(ValueError, match=r"allowed|missing|changed|append"):
        store.load(Ledger())


def test_what_was_done_to_entries_and_heads_alike_is_found_outside(
    database: Database, store: Store, stored: Ledger
) -> None:
    unguarded(database.kind, store.connection)
    forged = Ledger(stored.entries[:1]).record(
        evolve(TWO, manager="RM-02"), at=stored.entries[1].at
    )
    for shortened in (Ledger(), Ledger(stored.entries[:2]), forged):
        for table in ("ledger_entries", "ledger_heads"):
            store.connection.execute(f"delete from {table}")
        cursor = store.connection.cursor()
        cursor.executemany(store.sql.append, rows_of(shortened))
        cursor.execute(store.sql.keep, head_of(shortened))
        assert store.load(Ledger()) == shortened
        with pytest.raises(DecodingError):
            store.check()


def test_what_was_added_after_the_head_outside_is_found(store: Store, stored: Ledger) -> None:
    longer = stored.record(violations_of(2, range(1))[0], at=stored.entries[-1].at)
    cursor = store.connection.cursor()
    cursor.executemany(store.sql.append, rows_of(longer, len(stored)))
    cursor.execute(store.sql.keep, head_of(longer))
    assert store.load(stored) == longer
    with pytest.raises(DecodingError, match="below the size that was kept"):
        store.check()


def test_rows_without_a_head_are_found_as_such(store: Store, stored: Ledger) -> None:
    longer = stored.extend(
        Recorded(each, at=stored.entries[-1].at) for each in violations_of(2, range(2))
    )
    store.connection.cursor().executemany(store.sql.append, rows_of(longer, len(stored)))
    with pytest.raises(DecodingError) as caught:
        store.load(stored)
    assert [problem.path for problem in caught.value.problems] == [
        "$.rows[0].position",
        "$.rows[1].position",
    ]
    # Whoever forgot the head can keep it later.
    store.connection.execute(store.sql.keep, head_of(longer))
    assert store.load(stored) == longer


# Late exports.


def test_a_late_export_is_added_at_the_end_with_days_of_its_own(
    store: Store, stored: Ledger
) -> None:
    found = [
        Violation(
            f"A-{number}",
            "RM-07",
            rule="3.2b",
            occurred_on=date(2024, 3, 2),
            found_on=date(2024, 12, 10),
            recorded_on=date(2024, 12, 20),
        )
        for number in (1, 2)
    ]
    ledger = store.append(recording(*found), stored)
    assert ids_of(store.check()) == [ONE.id, TWO.id, THREE.id, "A-1", "A-2"]
    assert verify_consistency(
        len(stored),
        len(ledger),
        ledger.prove_consistency(len(stored)),
        earlier_root=stored.root(),
        root=ledger.root(),
    )
    year = Period.year(2024)
    for counted_on in (CountedOn.OCCURRED, CountedOn.FOUND, CountedOn.RECORDED):
        policy = Policy(counted_on=counted_on)
        assert len(score(ledger, ERROR_POINTS, year, policy=policy, manager="RM-07").lines) == 2
    with pytest.raises(LedgerError, match="A-1"):
        store.append(recording(*found), ledger)


def test_what_was_destroyed_takes_the_place_of_what_was_stored(
    store: Store, stored: Ledger
) -> None:
    after = stored.redact(ONE.id).erase(TWO.id)
    changed = rows_to_redact(stored, after)
    cursor = store.connection.cursor()
    with pytest.raises(store.connection.IntegrityError):
        cursor.executemany(store.sql.redact, changed)
    store.connection.rollback()
    store.connection.execute("begin")
    cursor.execute(store.sql.open_to_redaction)
    cursor.executemany(store.sql.redact, changed)
    cursor.execute(store.sql.close_to_redaction)
    store.connection.commit()
    assert store.load(Ledger()) == store.check() == after
    with pytest.raises(store.connection.IntegrityError):
        cursor.executemany(store.sql.redact, changed)
    store.connection.rollback()
