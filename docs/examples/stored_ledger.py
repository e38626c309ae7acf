"""A ledger in a database: loaded, appended to by several writers, checked by a head outside."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from attrs import frozen

from cmappraisal import Entry, Ledger, Recorded, Violation
from cmappraisal.interop.sql import SQLITE, Statements, head_of, ledger_from_rows, rows_of

Change = Callable[[Ledger], Iterable[Entry]]
"""What is to be added, made from what is there."""

TOLERANCE = timedelta(minutes=5)
"""How far the clocks of writers may differ."""


@frozen
class Store:
    """A ledger behind a connection, and the place outside where its heads are kept.

    Args:
        connection: A connection of the DB-API in autocommit mode, used for nothing else.
        sql: The statements of its database.
        outside: A connection in autocommit mode to SQLite on somebody else's machine.
    """

    connection: Any
    sql: Statements
    outside: sqlite3.Connection

    def load(self, known: Ledger) -> Ledger:
        """The stored ledger, of which the beginning may be known already."""
        *rows, (size, _, root) = self.connection.execute(self.sql.read, [len(known)]).fetchall()
        return ledger_from_rows(rows, size=size, root=root, onto=known)

    def append(self, change: Change, known: Ledger) -> Ledger:
        """The stored ledger after a change, made again each time that another writer was first."""
        while True:
            known = self.load(known)
            longer = known.extend(change(known), now=datetime.now(UTC) + TOLERANCE)
            if len(longer) == len(known):
                return known
            try:
                self._write(known, longer)
            except self.connection.IntegrityError:
                if len(self.load(known)) == len(known):
                    raise
            else:
                self.outside.execute(SQLITE.keep, head_of(longer))
                return longer

    def _write(self, known: Ledger, longer: Ledger) -> None:
        self.connection.execute("begin")
        try:
            cursor = self.connection.cursor()
            cursor.executemany(self.sql.append, rows_of(longer, len(known)))
            cursor.execute(self.sql.keep, head_of(longer))
            self.connection.commit()
        except BaseException:
            self.connection.rollback()
            raise

    def check(self) -> Ledger:
        """The stored ledger, if it is the one whose head was kept outside last."""
        size, root = self.outside.execute(SQLITE.kept).fetchone()
        *rows, _ = self.connection.execute(self.sql.read, [0]).fetchall()
        return ledger_from_rows(rows, size=size, root=root)


def recording(*violations: Violation) -> Change:
    """The change that records violations now, or when the last entry was made if that is later."""

    def change(ledger: Ledger) -> Iterable[Entry]:
        clock = datetime.now(UTC)
        at = max(clock, ledger.latest or clock)
        return [Recorded(violation, at=at) for violation in violations]

    return change


def four_writers(opened: Callable[[], AbstractContextManager[Store]]) -> str:
    """Let four writers append 25 violations each at once; what is stored then, in a few words."""

    def write(writer: int) -> None:
        ledger = Ledger()
        with opened() as store:
            for day in range(1, 26):
                id, manager, on = f"W{writer}-{day}", f"RM-0{writer}", date(2025, writer, day)
                violation = Violation(id, manager, rule="2.1", occurred_on=on)
                ledger = store.append(recording(violation), ledger)

    with ThreadPoolExecutor() as writers:
        list(writers.map(write, range(1, 5)))
    with opened() as store:
        ledger = store.check()
    counts = [f"{len(ledger.for_manager(manager))} of {manager}" for manager in ledger.managers]
    return f"{len(ledger)} entries: {', '.join(counts)}"
