"""Databases: the stores of the examples, in each real database that is there.

SQLite comes with Python. PostgreSQL is there where CMAPPRAISAL_POSTGRES has a server's address.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
import pytest
from attrs import evolve, field, frozen

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
sys.path.append(str(EXAMPLES))

import store_postgres  # noqa: E402 - it stands among the examples
import store_sqlite  # noqa: E402
from cmappraisal import Ledger, Violation  # noqa: E402
from stored_ledger import Store  # noqa: E402

ADDRESS = os.environ.get("CMAPPRAISAL_POSTGRES", "")
NEEDS_POSTGRES = pytest.mark.skipif(
    not ADDRESS, reason="no address of a PostgreSQL server in CMAPPRAISAL_POSTGRES"
)
KINDS = ["sqlite", pytest.param("postgres", marks=NEEDS_POSTGRES)]


@frozen
class Database:
    """A database with an empty store in it.

    Args:
        kind: ``sqlite`` or ``postgres``.
        folder: Where SQLite has its file.
        elsewhere: Where heads are kept outside.
        schema: The schema of PostgreSQL.
    """

    kind: str
    folder: Path
    elsewhere: Path
    schema: str

    @property
    def names(self) -> list[str]:
        """What another process opens it by."""
        return [self.kind, str(self.folder), str(self.elsewhere), self.schema]

    @contextmanager
    def opened(self) -> Iterator[Store]:
        """The store behind a connection of its own."""
        if self.kind == "sqlite":
            opened = store_sqlite.opened(self.folder, self.elsewhere)
        else:
            opened = store_postgres.opened(ADDRESS, self.schema, self.elsewhere)
        with opened as store:
            yield store

    def loaded(self) -> Ledger:
        """What a stranger finds, who knows nothing of the ledger before."""
        with self.opened() as store:
            return store.load(Ledger())

    def rows(self) -> int:
        """How many rows there are, whether or not they make a ledger."""
        with self.opened() as store:
            ((count,),) = store.connection.execute("select count(*) from ledger_entries")
        return int(count)


@contextmanager
def database(kind: str, folder: Path, elsewhere: Path) -> Iterator[Database]:
    """A database that is gone afterwards."""
    made = Database(kind, folder, elsewhere, f"test_{os.getpid()}")
    if kind == "sqlite":
        store_sqlite.create(folder, elsewhere)
        yield made
        return
    try:
        store_postgres.create(ADDRESS, made.schema, elsewhere)
        yield made
    finally:
        with psycopg.connect(ADDRESS, autocommit=True) as connection:
            connection.execute(f"drop schema if exists {made.schema} cascade")


def violations_of(writer: int, numbers: range, words: int = 0) -> list[Violation]:
    """Violations that one of several writers records, with as many words of prose as are asked."""
    return [
        Violation(
            f"W{writer}-{number}",
            f"RM-0{writer}",
            rule="2.1",
            occurred_on=date(2025, 1, 1),
            note=" ".join(sha256(b"%d" % word).hexdigest() for word in range(words)),
        )
        for number in numbers
    ]


def ids_of(ledger: Ledger) -> list[str]:
    """The ids of the cases of entries, in the order of the entries."""
    return [entry.violation_id for entry in ledger]


@frozen
class Watched:
    """A connection of which each step is announced before it is made.

    Args:
        connection: The connection.
        before: What is called with the number of the step, from 0, which comes next.
    """

    connection: Any
    before: Callable[[int], None]
    steps: list[int] = field(factory=list)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)

    def announce(self) -> None:
        self.steps.append(len(self.steps))
        self.before(self.steps[-1])

    def execute(self, *asked: Any) -> Any:
        self.announce()
        return self.connection.execute(*asked)

    def executemany(self, statement: str, rows: list[Any]) -> None:
        for row in rows:
            self.execute(statement, row)

    def cursor(self) -> Watched:
        return self

    def commit(self) -> None:
        self.announce()
        self.connection.commit()


def watched(store: Store, before: Callable[[int], None]) -> Store:
    """A store of which each step is announced, the keeping of a head outside too."""
    connection = Watched(store.connection, before)
    outside: Any = Watched(store.outside, before, connection.steps)
    return evolve(store, connection=connection, outside=outside)


def steps_of_append(entries: int) -> int:
    """How many steps an append has: it loads, begins, adds each, keeps the head, commits, tells."""
    return entries + 5
