"""The service over a database: ``uvicorn --factory service.main:over_sqlite``, or over_postgres.

Both take settings from the environment: CMAPPRAISAL_FOLDER for SQLite and the heads kept outside,
CMAPPRAISAL_POSTGRES for the address of a server, where the schema below is to be.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from fastapi import FastAPI

from service.app import create_app

SCHEMA = "cmappraisal_service"
MANAGERS = ("RM-01", "RM-02", "RM-03")
"""Who is appraised; from your staff records."""


def folders() -> tuple[Path, Path]:
    """The folder of the database, and that of the heads, which belongs on another machine."""
    folder = Path(os.environ["CMAPPRAISAL_FOLDER"])
    for each in (folder / "ledger", folder / "elsewhere"):
        each.mkdir(parents=True, exist_ok=True)
    return folder / "ledger", folder / "elsewhere"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One process at a time: workers of a server start at once, and each would make the tables."""
    with closing(sqlite3.connect(folder / "starting.db", 60, isolation_level=None)) as lock:
        lock.execute("begin exclusive")
        yield


def over_sqlite() -> FastAPI:
    """The service over SQLite; its tables are made where there are none."""
    import store_sqlite  # noqa: PLC0415 - each database by itself

    ledger, elsewhere = folders()
    with alone(elsewhere):
        if not (ledger / "ledger.db").exists():
            store_sqlite.create(ledger, elsewhere)
    return create_app(partial(store_sqlite.opened, ledger, elsewhere), MANAGERS)


def over_postgres() -> FastAPI:
    """The service over PostgreSQL; its schema and tables are made where there are none."""
    import psycopg  # noqa: PLC0415 - each database by itself

    import store_postgres  # noqa: PLC0415

    address = os.environ["CMAPPRAISAL_POSTGRES"]
    _, elsewhere = folders()
    with alone(elsewhere), psycopg.connect(address, autocommit=True) as connection:
        there = connection.execute("select to_regnamespace(%s)", [SCHEMA]).fetchone()
        if there == (None,):
            store_postgres.create(address, SCHEMA, elsewhere)
    return create_app(partial(store_postgres.opened, address, SCHEMA, elsewhere), MANAGERS)
