"""A ledger in a table of a database that speaks the DB-API: appended to, loaded, verified.

Each row is one entry as JSON, with its position and the root of the ledger up to it. The position
is the primary key, so that of two writers who append to the same ledger one is first; the other
sees what came before and makes its change anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from attrs import field, frozen

from cmappraisal import Entry, Ledger, Violation
from cmappraisal.interop.converters import decode, encode

Change = Callable[[Ledger], Ledger]

TOLERANCE = timedelta(minutes=5)
"""How far the clocks of writers may differ."""


@frozen
class Store:
    """A table ``entries`` (position, entry, root) behind a connection.

    Args:
        connection: A connection of the DB-API, with transactions.
        parameter: How its driver writes a parameter, ``?`` or ``%s``.
        conflict: The error it raises where a position is taken.
    """

    connection: Any
    parameter: str = field(kw_only=True)
    conflict: type[Exception] = field(kw_only=True)

    def load(self, known: Ledger) -> Ledger:
        """The stored ledger, of which the beginning may be known already."""
        cursor = self.connection.cursor()
        cursor.execute(
            f"select entry, root from entries where position >= {self.parameter} order by position",
            [max(0, len(known) - 1)],
        )
        rows = cursor.fetchall()
        self.connection.commit()
        roots = [bytes(root) for _, root in rows]
        if len(known) and roots[:1] != [known.root()]:
            raise ValueError("the stored ledger does not begin with the known one")
        after = rows[1:] if len(known) else rows
        ledger = known.extend(decode(json.loads(entry), Entry) for entry, _ in after)
        if after and ledger.root() != roots[-1]:
            raise ValueError("the stored entries are not those that were written")
        return ledger

    def append(self, change: Change, known: Ledger) -> Ledger:
        """The stored ledger after a change, made again each time that another writer was first."""
        while True:
            known = self.load(known)
            longer = change(known)
            if list(longer)[: len(known)] != list(known):
                raise ValueError("a change can only add entries at the end")
            cursor = self.connection.cursor()
            places = ", ".join([self.parameter] * 3)
            try:
                cursor.executemany(
                    f"insert into entries values ({places})", rows_after(known, longer)
                )
            except self.conflict:
                self.connection.rollback()
                if len(self.load(known)) == len(known):
                    raise
            else:
                self.connection.commit()
                return longer


def rows_after(known: Ledger, longer: Ledger) -> list[tuple[int, str, bytes]]:
    """The rows for what a ledger has beyond a known beginning."""
    rows = []
    for position, entry in list(enumerate(longer))[len(known) :]:
        known = known.extend([entry])
        rows.append((position, json.dumps(encode(entry), ensure_ascii=False), known.root()))
    return rows


def recording(violation: Violation) -> Change:
    """The change that records a violation now, or when the last entry was made if that is later.

    A writer whose clock is ahead by more than the tolerance is rejected, since its entry would keep
    out those of all others.
    """

    def change(ledger: Ledger) -> Ledger:
        clock = datetime.now(UTC)
        moment = max(clock, ledger.latest or clock)
        return ledger.record(violation, at=moment, now=clock + TOLERANCE)

    return change


def violations_of(writer: int, count: int) -> Iterable[Violation]:
    """Violations that one of several writers records."""
    for number in range(1, count + 1):
        yield Violation(
            f"W{writer}-{number}",
            f"RM-0{writer}",
            rule="2.1",
            occurred_on=date(2025, writer, number),
        )


def summary(ledger: Ledger) -> str:
    """A ledger in a few words."""
    counts = [f"{len(ledger.for_manager(manager))} of {manager}" for manager in ledger.managers]
    return f"{len(ledger)} entries: {', '.join(counts)}"
