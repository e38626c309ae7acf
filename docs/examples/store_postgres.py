"""A ledger in PostgreSQL: four writers at once, and what they wrote.

It needs psycopg, and the address of a server in the environment variable CMAPPRAISAL_POSTGRES; it
works in a schema of its own there, which it drops at the end.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import psycopg

from cmappraisal import Ledger
from stored_ledger import Store, recording, summary, violations_of

SCHEMA = """
create table entries (
    position bigint primary key,
    entry text not null,
    root bytea not null
);
create function reject() returns trigger language plpgsql as
$$ begin raise exception 'entries are never edited or removed'; end $$;
create trigger entries_are_only_added before update or delete or truncate on entries
for each statement execute function reject();
"""


def connected(address: str, schema: str) -> psycopg.Connection:
    """A connection that works in one schema."""
    return psycopg.connect(address, options=f"-c search_path={schema}")


def store_of(connection: psycopg.Connection) -> Store:
    """The store behind a connection."""
    return Store(connection, parameter="%s", conflict=psycopg.errors.UniqueViolation)


def write(address: str, schema: str, writer: int) -> None:
    """Append the violations of one writer, one entry at a time."""
    with connected(address, schema) as connection:
        ledger = Ledger()
        for violation in violations_of(writer, 25):
            ledger = store_of(connection).append(recording(violation), ledger)


def main() -> None:
    """Let four writers append at once, and load what they wrote."""
    address, schema = os.environ["CMAPPRAISAL_POSTGRES"], "cmappraisal_example"
    with psycopg.connect(address) as connection:
        connection.execute(f"create schema {schema}")
    try:
        with connected(address, schema) as connection:
            connection.execute(SCHEMA)
        with ThreadPoolExecutor() as writers:
            list(writers.map(lambda writer: write(address, schema, writer), range(1, 5)))
        with connected(address, schema) as connection:
            print(summary(store_of(connection).load(Ledger())))
    finally:
        with psycopg.connect(address) as connection:
            connection.execute(f"drop schema {schema} cascade")


if __name__ == "__main__":
    main()
