"""A ledger in SQLite: four writers at once, and what they wrote."""

from __future__ import annotations

import sqlite3
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from cmappraisal import Ledger
from stored_ledger import Store, recording, summary, violations_of

SCHEMA = """
create table entries (
    position integer primary key,
    entry text not null,
    root blob not null
);
create trigger entries_are_never_edited before update on entries
begin select raise(abort, 'entries are never edited'); end;
create trigger entries_are_never_removed before delete on entries
begin select raise(abort, 'entries are never removed'); end;
"""


def connected(path: Path) -> sqlite3.Connection:
    """A connection that waits for its turn to write, and lets no row be replaced either."""
    connection = sqlite3.connect(path, timeout=60)
    connection.execute("pragma recursive_triggers = on")
    return connection


def store_of(connection: sqlite3.Connection) -> Store:
    """The store behind a connection."""
    return Store(connection, parameter="?", conflict=sqlite3.IntegrityError)


def write(path: Path, writer: int) -> None:
    """Append the violations of one writer, one entry at a time."""
    with closing(connected(path)) as connection:
        ledger = Ledger()
        for violation in violations_of(writer, 25):
            ledger = store_of(connection).append(recording(violation), ledger)


def main() -> None:
    """Let four writers append at once, and load what they wrote."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        with closing(connected(path)) as connection:
            connection.executescript(SCHEMA)
        with ThreadPoolExecutor() as writers:
            list(writers.map(lambda writer: write(path, writer), range(1, 5)))
        with closing(connected(path)) as connection:
            print(summary(store_of(connection).load(Ledger())))


if __name__ == "__main__":
    main()
