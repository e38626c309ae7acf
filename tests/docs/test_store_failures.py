"""Stores that fail in the middle: no row is lost, out of order or half written.

Whoever appends is killed, cut off or out of space at each step; whoever comes after finds what was
there before, or all that was added, and goes on.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

import databases
import doomed_writer
from cmappraisal import Ledger
from databases import (
    ADDRESS,
    KINDS,
    NEEDS_POSTGRES,
    Database,
    ids_of,
    steps_of_append,
    violations_of,
    watched,
)
from stored_ledger import Store, recording

ENTRIES = 3
STEPS = range(steps_of_append(ENTRIES))
COMMITTED = STEPS[-1]
"""The step before which everything is committed, and only the place outside has to be told."""

FIRST, NEXT, LAST = violations_of(1, range(3))


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with databases.database(request.param, tmp_path, elsewhere) as database:
        with database.opened() as store:
            store.append(recording(FIRST), Ledger())
        yield database


def assert_whole(database: Database, before: list[str], added: list[str], is_stored: bool) -> None:
    """Assert that there is what was there, with all that was added or nothing, and go on."""
    expected = [*before, *(added if is_stored else [])]
    ledger = database.loaded()
    assert ids_of(ledger) == expected
    assert database.rows() == len(expected)
    with database.opened() as store:
        store.append(recording(LAST), ledger)
        assert ids_of(store.check()) == [*expected, LAST.id]


# Killed.


def killed(database: Database, when: object, entries: int, lines: int) -> list[str]:
    """What a writer said until it was killed, after so many lines."""
    with subprocess.Popen(
        [sys.executable, doomed_writer.__file__, *database.names, str(when), str(entries)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PGAPPNAME": database.schema},
    ) as writer:
        assert writer.stdout
        said = [writer.stdout.readline().strip() for _ in range(lines)]
        writer.kill()
        # What it said before it died, and had not been read yet.
        said += writer.stdout.read().split()
    if database.kind == "postgres":
        with psycopg.connect(ADDRESS) as server:
            server.execute(UNTIL_IT_IS_GONE, [database.schema])
    return said


UNTIL_IT_IS_GONE = """
select pg_terminate_backend(pid, 10000) from pg_stat_activity where application_name = %s
"""
"""The server notices the death of a writer, and may end a commit that it had begun: wait for it."""


@pytest.mark.parametrize("step", [2, 3, COMMITTED - 2, COMMITTED - 1, COMMITTED])
def test_a_writer_killed_in_mid_append_leaves_all_or_nothing(database: Database, step: int) -> None:
    assert killed(database, step, ENTRIES, 1) == ["here"]
    added = [violation.id for violation in violations_of(9, range(ENTRIES))]
    assert_whole(database, [FIRST.id], added, is_stored=step == COMMITTED)


def test_a_writer_killed_after_much_was_written_leaves_nothing(database: Database) -> None:
    entries = 60
    committing = steps_of_append(entries) - 2
    assert killed(database, committing, entries, 1) == ["here"]
    if database.kind == "sqlite":
        size = (database.folder / "ledger.db").stat().st_size
        assert (database.folder / "ledger.db-journal").stat().st_size > 0
        assert size > 20_000, "nothing was written before the commit"
    assert_whole(database, [FIRST.id], [], is_stored=False)


@pytest.mark.parametrize("lines", [1, 7, 20])
def test_a_writer_killed_at_any_moment_loses_nothing_that_was_stored(
    database: Database, lines: int
) -> None:
    said = killed(database, "forever", 0, lines)
    stored = ids_of(database.loaded())[1:]
    assert stored == [violation.id for violation in violations_of(9, range(len(stored)))]
    # The last may have been stored though it could not be said.
    assert len(said) <= len(stored) <= len(said) + 1
    assert_whole(database, [FIRST.id], stored, is_stored=True)


# Cut off.


class StoppedError(BaseException):
    """What no handler of errors catches, as when a key is pressed."""


def appended_until(database: Database, step: int, failing: Any, expected: Any) -> None:
    with suppress(psycopg.Error), database.opened() as store:

        def before(reached: int) -> None:
            if reached == step:
                failing(store)

        with pytest.raises(expected):
            watched(store, before).append(recording(NEXT, *violations_of(2, range(2))), Ledger())


ADDED = [NEXT.id, "W2-0", "W2-1"]


@pytest.mark.parametrize("step", STEPS)
def test_nothing_is_pending_after_any_exception(database: Database, step: int) -> None:
    def before(reached: int) -> None:
        if reached == step:
            raise StoppedError

    is_stored = step == COMMITTED
    with database.opened() as store:
        with pytest.raises(StoppedError):
            watched(store, before).append(recording(NEXT, *violations_of(2, range(2))), Ledger())
        # The next load on the same connection commits nothing that was left behind.
        expected = [FIRST.id, *(ADDED if is_stored else [])]
        assert ids_of(store.load(Ledger())) == expected
        assert is_idle(store)
    assert_whole(database, [FIRST.id], ADDED, is_stored)


def is_idle(store: Store) -> bool:
    """Whether a connection has no transaction open."""
    if hasattr(store.connection, "in_transaction"):
        return not store.connection.in_transaction
    return bool(store.connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE)


@pytest.mark.parametrize("step", STEPS[:COMMITTED])
def test_a_connection_that_is_closed_leaves_nothing(database: Database, step: int) -> None:
    def failing(store: Store) -> None:
        store.connection.close()

    with database.opened() as store:
        expected = store.connection.Error
    appended_until(database, step, failing, expected)
    assert_whole(database, [FIRST.id], [], is_stored=False)


@pytest.mark.parametrize("database", [KINDS[1]], indirect=True)
@pytest.mark.parametrize("step", STEPS[:COMMITTED])
def test_a_terminated_backend_leaves_nothing(database: Database, step: int) -> None:
    def failing(store: Store) -> None:
        with psycopg.connect(ADDRESS, autocommit=True) as other:
            process = store.connection.info.backend_pid
            other.execute("select pg_terminate_backend(%s, 10000)", [process])

    appended_until(database, step, failing, psycopg.OperationalError)
    assert_whole(database, [FIRST.id], [], is_stored=False)


# Out of space.

SPACE = 240_000
"""Bytes of the small disk, and of the quota."""


def is_full(error: Exception) -> bool:
    """Whether a database says that there is no space left."""
    return isinstance(error, psycopg.errors.DiskFull) or (
        isinstance(error, sqlite3.OperationalError) and error.sqlite_errorname == "SQLITE_FULL"
    )


@contextmanager
def small_disk(owner: int) -> Iterator[Path]:
    """A disk of little space, for whoever may mount one."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        disk = Path(folder) / "disk"
        disk.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", f"size={SPACE},mode=700,uid={owner}"]
        try:
            subprocess.run([*mount, "tmpfs", str(disk)], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"no small disk can be mounted here: {error}")
        try:
            yield disk
        finally:
            # Whoever still has a file open there keeps it until then.
            subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(store: Store) -> list[str]:
    """Append several entries at a time until there is no space; the ids of all that were stored."""
    ledger = store.load(Ledger())
    for first in range(0, 10_000, ENTRIES):
        violations = violations_of(5, range(first, first + ENTRIES), words=40)
        try:
            ledger = store.append(recording(*violations), ledger)
        except store.connection.OperationalError as error:
            if not is_full(error):
                raise
            break
    assert len(ledger) > ENTRIES, "there was no space from the beginning"
    assert is_idle(store)
    assert store.load(Ledger()) == ledger
    return ids_of(ledger)


def test_a_full_disk_of_sqlite_leaves_what_was_there(tmp_path: Path) -> None:
    with small_disk(os.getuid()) as disk:
        ballast = disk / "ballast"
        ballast.write_bytes(bytes(60_000))
        with databases.database("sqlite", disk, tmp_path) as database:
            with database.opened() as store:
                stored = fill(store)
            assert ids_of(database.loaded()) == stored
            ballast.unlink()
            assert_whole(database, stored, [], is_stored=False)


def test_a_quota_of_sqlite_leaves_what_was_there(tmp_path: Path) -> None:
    with databases.database("sqlite", tmp_path, tmp_path) as database:
        with database.opened() as store:
            store.connection.execute(f"pragma max_page_count = {SPACE // 4096}")
            stored = fill(store)
        # The quota was that connection's.
        assert_whole(database, stored, [], is_stored=False)


def owner_of_server() -> int:
    """Who may write where the server writes, if that is this machine."""
    try:
        with psycopg.connect(ADDRESS) as connection:
            ((folder,),) = connection.execute("show data_directory")
        return Path(folder).stat().st_uid
    except (OSError, psycopg.errors.InsufficientPrivilege) as error:
        pytest.skip(f"the server's disk is not to be seen from here: {error}")


@contextmanager
def tables_on(disk: Path, database: Database) -> Iterator[None]:
    """The table of entries of PostgreSQL on a disk of its own, until it is moved to a larger."""
    space = f"space_{os.getpid()}"
    with psycopg.connect(ADDRESS, autocommit=True) as server:
        server.execute(f"create tablespace {space} location '{disk}'")
        move(database, space)
        try:
            yield
        finally:
            move(database, "pg_default")
            server.execute(f"drop tablespace {space}")


def move(database: Database, space: str) -> None:
    with database.opened() as store:
        store.connection.execute(f"alter table ledger_entries set tablespace {space}")
        store.connection.execute(f"alter index ledger_entries_pkey set tablespace {space}")


@NEEDS_POSTGRES
def test_a_full_disk_of_postgres_leaves_what_was_there(tmp_path: Path) -> None:
    with (
        small_disk(owner_of_server()) as disk,
        databases.database("postgres", tmp_path, tmp_path) as database,
    ):
        with tables_on(disk, database):
            with database.opened() as store:
                stored = fill(store)
            assert ids_of(database.loaded()) == stored
        assert_whole(database, stored, [], is_stored=False)


QUOTA_OF_POSTGRES = f"""
create function keep_to_the_quota() returns trigger language plpgsql as $$
begin
    if pg_total_relation_size('ledger_entries') > {SPACE} then
        raise exception 'no space left' using errcode = 'disk_full';
    end if;
    return new;
end $$;
create trigger keep_to_the_quota before insert on ledger_entries
for each row execute function keep_to_the_quota();
"""


@NEEDS_POSTGRES
def test_a_quota_of_postgres_leaves_what_was_there(tmp_path: Path) -> None:
    with databases.database("postgres", tmp_path, tmp_path) as database:
        with database.opened() as store:
            store.connection.execute(QUOTA_OF_POSTGRES)
            stored = fill(store)
            store.connection.execute("drop trigger keep_to_the_quota on ledger_entries")
        assert_whole(database, stored, [], is_stored=False)


# Four at once.


def test_four_writers_at_once_lose_nothing_and_keep_what_belongs_together(
    database: Database,
) -> None:
    appends = 6

    def write(writer: int) -> list[str]:
        said = []
        ledger = Ledger()
        with database.opened() as store:
            for number in range(0, appends * ENTRIES, ENTRIES):
                violations = violations_of(writer, range(number, number + ENTRIES))
                ledger = store.append(recording(*violations), ledger)
                said += [violation.id for violation in violations]
                assert ids_of(ledger)[-ENTRIES:] == said[-ENTRIES:]
        return said

    with ThreadPoolExecutor(4) as writers:
        said = list(writers.map(write, range(2, 6)))
    stored = ids_of(database.loaded())[1:]
    assert sorted(stored) == sorted(id for ids in said for id in ids)
    for ids in said:
        assert [id for id in stored if id in ids] == ids
    for first in range(0, len(stored), ENTRIES):
        together = stored[first : first + ENTRIES]
        assert len({id.partition("-")[0] for id in together}) == 1
    assert_whole(database, [FIRST.id, *stored], [], is_stored=False)
