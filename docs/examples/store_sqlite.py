"""A ledger in SQLite: four writers at once, and what they wrote."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from cmappraisal.interop.sql import SQLITE
from stored_ledger import Store, four_writers


def connected(path: Path) -> sqlite3.Connection:
    """A connection in autocommit mode, which waits for its turn to write."""
    return sqlite3.connect(path, timeout=60, isolation_level=None)


@contextmanager
def opened(folder: Path, elsewhere: Path) -> Iterator[Store]:
    """The store in a folder, with its heads kept in another."""
    with (
        closing(connected(folder / "ledger.db")) as connection,
        closing(connected(elsewhere / "heads.db")) as outside,
    ):
        yield Store(connection, SQLITE, outside)


def create(folder: Path, elsewhere: Path) -> None:
    """Create the tables, once."""
    with opened(folder, elsewhere) as store:
        store.connection.executescript(SQLITE.create_entries + SQLITE.create_heads)
        store.outside.executescript(SQLITE.create_heads)


def main() -> None:
    """Let four writers append at once, and check what they wrote."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as elsewhere:
        create(Path(folder), Path(elsewhere))
        print(four_writers(lambda: opened(Path(folder), Path(elsewhere))))


if __name__ == "__main__":
    main()
