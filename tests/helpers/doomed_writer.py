"""A writer that is killed: it says when, by a line, and waits until it is dead.

Its arguments are the names of a database and either the step of an append of several entries before
which it waits, or ``forever``: then it appends one entry after the other and prints the id of each
once it is stored.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from cmappraisal import Ledger
from databases import Database, violations_of, watched
from stored_ledger import recording


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def wait_for_death(database: Database, step: int, entries: int) -> None:
    def before(reached: int) -> None:
        if reached == step:
            say("here")
            sys.stdin.read()

    with database.opened() as store:
        if database.kind == "sqlite":
            # So few pages are kept in memory that the file is written to before the commit.
            store.connection.execute("pragma cache_size = 2")
        violations = violations_of(9, range(entries), words=10)
        watched(store, before).append(recording(*violations), Ledger())


def append_forever(database: Database) -> None:
    ledger = Ledger()
    with database.opened() as store:
        for number in count():
            (violation,) = violations_of(9, range(number, number + 1))
            ledger = store.append(recording(violation), ledger)
            say(violation.id)


if __name__ == "__main__":
    kind, folder, elsewhere, schema, when, entries = sys.argv[1:]
    database = Database(kind, Path(folder), Path(elsewhere), schema)
    if when == "forever":
        append_forever(database)
    wait_for_death(database, int(when), int(entries))
