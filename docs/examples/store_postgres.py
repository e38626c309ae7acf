"""A ledger in PostgreSQL: four writers at once, and what they wrote.

It needs psycopg, and the address of a server in the environment variable CMAPPRAISAL_POSTGRES; it
works in a schema of its own there, which it drops at the end.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg

from cmappraisal.interop.sql import POSTGRES, SQLITE
from stored_ledger import Store, four_writers

SCHEMA = "cmappraisal_example"


@contextmanager
def opened(address: str, schema: str, elsewhere: Path) -> Iterator[Store]:
    """The store in a schema, with its heads kept in a folder elsewhere."""
    path = f"-c search_path={schema}"
    with (
        psycopg.connect(address, autocommit=True, options=path) as connection,
        closing(sqlite3.connect(elsewhere / "heads.db", 60, isolation_level=None)) as outside,
    ):
        yield Store(connection, POSTGRES, outside)


def create(address: str, schema: str, elsewhere: Path) -> None:
    """Create the schema and its tables, once."""
    with opened(address, schema, elsewhere) as store:
        store.connection.execute(f"create schema {schema}")
        store.connection.execute(POSTGRES.create_entries + POSTGRES.create_heads)
        store.outside.executescript(SQLITE.create_heads)


def main() -> None:
    """Let four writers append at once, and check what they wrote."""
    address = os.environ["CMAPPRAISAL_POSTGRES"]
    with tempfile.TemporaryDirectory() as elsewhere:
        create(address, SCHEMA, Path(elsewhere))
        try:
            print(four_writers(lambda: opened(address, SCHEMA, Path(elsewhere))))
        finally:
            with psycopg.connect(address) as connection:
                connection.execute(f"drop schema {SCHEMA} cascade")


if __name__ == "__main__":
    main()
