"""The example service: over real HTTP and a real database, and whatever is sent to it."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

import databases
from cmappraisal import ERROR_POINTS, Appraisal, Case, Period, Rank, score
from cmappraisal.interop.converters import decode, loads
from databases import ADDRESS, KINDS, NEEDS_POSTGRES, Database

pytest.importorskip("fastapi", reason="no FastAPI; pip install --group web")
httpx = pytest.importorskip("httpx", reason="no httpx; pip install --group web")
uvicorn = pytest.importorskip("uvicorn", reason="no uvicorn; pip install --group web")

from fastapi import FastAPI  # noqa: E402 - where it is there

from service.app import create_app  # noqa: E402
from service.languages import language_of  # noqa: E402
from service.main import MANAGERS, over_postgres, over_sqlite  # noqa: E402
from service.reading import MAXIMUM_BODY  # noqa: E402

# FastAPI silences it while it makes a route, which is at its first request; where two threads
# do, the one makes it heard again for the other.
pytestmark = pytest.mark.filterwarnings("ignore:The 'alias' attribute")

YEAR = {"year": 2025}
EASY = {"kind": "violation", "id": "V-1", "manager": "RM-01", "rule": "2.1"}
BODY = {**EASY, "occurred_on": "2025-03-02"}


@contextmanager
def served(app: FastAPI) -> Iterator[Any]:
    """A client of an application that uvicorn serves."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none", lifespan="off"))
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    try:
        with httpx.Client(base_url=address, timeout=60) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    with databases.database(request.param, tmp_path, tmp_path) as database:
        yield database


@pytest.fixture
def client(database: Database) -> Iterator[Any]:
    with served(create_app(database.opened, MANAGERS)) as client:
        yield client


def told(answer: Any, status: int) -> list[tuple[list[Any], str]]:
    """Place and code of each problem of an answer."""
    assert answer.status_code == status, answer.text
    return [(each["loc"], each["type"]) for each in answer.json()["detail"]]


# What is asked of it.


def test_a_violation_is_recorded_appealed_and_decided(database: Database, client: Any) -> None:
    body = {**BODY, "id": "V/1 客", "note": "客戶投訴 🙂"}
    case = "/cases/V%2F1%20客"
    written = client.post("/violations", json=body, headers={"X-User": "HR-7"})
    assert written.status_code == 201, written.text
    root = written.json()["root"]
    appealed = client.post(f"{case}/appeal", json={"grounds": "我當天休假"}, params={"root": root})
    assert appealed.status_code == 201, appealed.text
    ruling = {"outcome": "reversed", "reason": "no breach"}
    decided = client.post(f"{case}/decision", json=ruling)
    assert decided.status_code == 201, decided.text
    found = decode(client.get(case).json(), Case)
    assert found == decode(decided.json()["case"], Case) == database.loaded().case("V/1 客")
    assert [type(each).__name__ for each in found.history] == ["Recorded", "Appealed", "Reversed"]
    assert (found.history[0].by, found.violation.note) == ("HR-7", "客戶投訴 🙂")
    assert client.get("/ledger").json() == {"size": 3, "root": database.loaded().root().hex()}


def test_an_appraisal_goes_out_as_data_as_a_letter_and_as_a_card(
    database: Database, client: Any
) -> None:
    client.post("/violations", json={**BODY, "rule": "3.2b", "circumstances": ["risk"]})
    ledger = database.loaded()
    expected = score(ledger, ERROR_POINTS, Period.year(2025), manager="RM-01")
    answer = client.get("/managers/RM-01/appraisal", params=YEAR)
    assert loads(answer.text, Appraisal) == expected
    for language, header in (
        ("en", "fr, *"),
        ("zh-Hans", "zh-CN,zh;q=0.9,en;q=0.1"),
        ("zh-Hant", "en;q=0.2, zh-Hant-HK"),
    ):
        asked = {"Accept-Language": header}
        letter = client.get("/managers/RM-01/letter", params=YEAR, headers=asked)
        assert letter.text == expected.explain(language)  # type: ignore[arg-type]
        assert letter.headers["content-language"] == language
        named = client.get("/managers/RM-01/letter", params={**YEAR, "language": language})
        assert named.text == letter.text
        card = client.get("/managers/RM-01/card", params=YEAR, headers=asked)
        assert card.headers["content-type"] == "text/html; charset=utf-8"
        assert f'<html lang="{language}">' in card.text
        assert "cmappraisal-card" in card.text
    ranks = client.get("/ranking", params=YEAR).json()
    places = [(each.manager, each.place) for each in (decode(rank, Rank) for rank in ranks)]
    assert places == [("RM-02", 1), ("RM-03", 1), ("RM-01", 3)]


def test_its_description_has_the_schemas_of_the_library(client: Any) -> None:
    described = client.get("/openapi.json").json()
    schemas = described["components"]["schemas"]
    assert {"Violation", "Appraisal", "Case", "Rank", "Line"} <= set(schemas)
    assert schemas["Violation"]["required"] == ["kind", "id", "manager", "rule", "occurred_on"]
    posted = described["paths"]["/violations"]["post"]["requestBody"]["content"]
    assert posted["application/json"]["schema"]["$ref"] == "#/components/schemas/Violation"
    got = described["paths"]["/managers/{manager}/appraisal"]["get"]["responses"]["200"]
    assert got["content"]["application/json"]["schema"]["$ref"] == "#/components/schemas/Appraisal"

    def references(part: Any) -> Iterator[str]:
        children = part.values() if isinstance(part, dict) else part
        for child in children if isinstance(part, (dict, list)) else ():
            yield from references(child)
        if isinstance(part, dict) and isinstance(part.get("$ref"), str):
            yield part["$ref"].removeprefix("#/components/schemas/")

    assert set(references(described)) <= set(schemas)


# What does not fit.


def test_bad_input_is_told_with_all_problems(client: Any) -> None:
    wrong = {**EASY, "quantity": 0.5, "colour": "red", "manager": " "}
    assert told(client.post("/violations", json=wrong), 422) == [
        (["body", "occurred_on"], "missing"),
        (["body", "quantity"], "not-allowed"),
        (["body", "colour"], "unknown-field"),
        (["body", "manager"], "not-allowed"),
    ]
    unknown = {**BODY, "rule": "9.9", "circumstances": ["rain"], "manager": "RM-99"}
    assert told(client.post("/violations", json=unknown), 422) == [
        (["body", "circumstances"], "unknown-id"),
        (["body", "rule"], "unknown-id"),
        (["body", "manager"], "unknown-id"),
    ]
    ahead = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
    early = client.post("/violations", json={**BODY, "occurred_on": ahead})
    assert told(early, 422) == [(["body", "occurred_on"], "act-after-recording")]
    assert client.get("/ledger").json()["size"] == 0


def test_what_is_not_there_is_not_found(client: Any) -> None:
    assert told(client.get("/cases/V-9"), 404) == [(["ledger"], "unknown-id")]
    assert told(client.post("/cases/V-9/appeal", json={"grounds": "leave"}), 404)
    assert client.get("/nothing").status_code == 404
    assert client.get("/managers/RM-99/appraisal", params=YEAR).status_code == 404
    for strange in ("客戶", "%00", "%ff", "%ED%A0%80", "a%20b", "..%2f"):
        assert client.get(f"/managers/{strange}/letter", params=YEAR).status_code == 404
        assert client.get(f"/cases/{strange}").status_code == 404
    assert told(client.get("/ranking", params={"year": "MMXXV"}), 422)
    assert told(client.get("/managers/RM-01/card", params={**YEAR, "language": "fr"}), 422)


def test_what_was_overtaken_is_a_conflict(client: Any) -> None:
    empty = client.get("/ledger").json()["root"]
    assert client.post("/violations", json=BODY, params={"root": empty}).status_code == 201
    assert told(client.post("/violations", json=BODY), 409) == [
        (["ledger", "entries", 0], "repeated")
    ]
    stale = client.post("/violations", json={**BODY, "id": "V-2"}, params={"root": empty})
    assert told(stale, 409) == [(["ledger"], "does-not-fit")]
    ruling = {"outcome": "dismissed", "reason": "no appeal was made"}
    assert told(client.post("/cases/V-1/decision", json=ruling), 409)


def test_of_two_writers_one_is_told_that_the_other_was_first(
    database: Database, client: Any
) -> None:
    with served(create_app(database.opened, MANAGERS)) as other, ThreadPoolExecutor() as writers:
        posts = [writers.submit(each.post, "/violations", json=BODY) for each in (client, other)]
        assert sorted(post.result().status_code for post in posts) == [201, 409]
        posts = [
            writers.submit(each.post, "/violations", json={**BODY, "id": f"W-{number}"})
            for number in range(10)
            for each in [(client, other)[number % 2]]
        ]
        assert {post.result().status_code for post in posts} == {201}
        assert client.get("/ledger").json() == other.get("/ledger").json()
    assert len(database.loaded()) == 11


# Whatever is sent.

NESTED = '{"a":' * 100_000
ATTACKS: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"{'id': 1}",
    "NaN": b'{"kind": "violation", "quantity": NaN}',
    "infinity": b'{"kind": "violation", "id": -Infinity}',
    "a float": b'{"kind": "violation", "quantity": 1e999}',
    "a long number": b'{"kind": "violation", "quantity": 1%s}' % (b"0" * 5_000),
    "a field twice": json.dumps(BODY).replace('"id"', '"id": "V-0", "id"').encode(),
    "nested lists": b"[" * 100_000,
    "nested objects": NESTED.encode(),
    "nested in a field": b'{"note": %s1%s}' % (b"[" * 900, b"]" * 900),
    "half a character": b'{"kind": "violation", "id": "\\ud800", "\\udfff": 1}',
    "no UTF-8": b'{"kind": "violation", "id": "\xff"}',
    "nul": b'{"kind": "violation", "id": "a\\u0000b"}',
    "a list": b"[]",
    "null": b"null",
    "a string": b'"violation"',
    "another kind": b'{"kind": "merit"}',
    "a kind that is none": b'{"kind": {"kind": []}}',
    "many fields": json.dumps({f"field{n}": n for n in range(5_000)}).encode(),
    "another type": json.dumps({**BODY, "occurred_on": 5, "circumstances": {"a": 1}}).encode(),
    "a wrong day": json.dumps({**BODY, "occurred_on": "2025-02-30"}).encode(),
    "a distant day": json.dumps({**BODY, "occurred_on": "9999-12-31"}).encode(),
    "an id that looks alike": json.dumps({**BODY, "id": "V\u200b1"}).encode(),
    "braces": json.dumps({**BODY, "{id}": "{0}"}).encode(),
}
PATHS = ["/violations", "/cases/V-1/appeal", "/cases/V-1/decision"]


@pytest.mark.parametrize("database", [KINDS[0]], indirect=True)
def test_whatever_is_sent_is_rejected_as_what_it_is(client: Any) -> None:
    typed = {"Content-Type": "application/json"}
    for name, body in ATTACKS.items():
        for path in PATHS:
            answer = client.post(path, content=body, headers=typed)
            assert answer.status_code == 422, (name, path, answer.text[:200])
            assert answer.json()["detail"], name
    for headers in ({"Content-Type": "text/plain"}, {"X-User": "x" * 201, **typed}):
        body = json.dumps(BODY).encode()
        assert client.post("/violations", content=body, headers=headers).status_code == 422
    huge = b'{"note": "%s"}' % (b"a" * MAXIMUM_BODY)
    for sent in (huge, iter([huge])):
        assert client.post("/violations", content=sent, headers=typed).status_code == 413
    assert client.get("/ledger").json()["size"] == 0


@pytest.mark.parametrize("database", [KINDS[0]], indirect=True)
def test_a_store_that_was_changed_is_an_error_of_the_service(
    database: Database, client: Any
) -> None:
    client.post("/violations", json=BODY)
    with database.opened() as store:
        for (trigger,) in store.connection.execute(
            "select name from sqlite_master where type = 'trigger'"
        ).fetchall():
            store.connection.execute(f"drop trigger {trigger}")
        store.connection.execute("update ledger_entries set entry = '{}'")
    with served(create_app(database.opened, MANAGERS)) as stranger:
        assert told(stranger.get("/ledger"), 500)
    # Who read it before knows what it was.
    assert client.get("/cases/V-1").status_code == 200


# How it is started.


def test_it_is_started_over_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CMAPPRAISAL_FOLDER", str(tmp_path))
    with served(over_sqlite()) as client:
        assert client.post("/violations", json=BODY).status_code == 201
    with served(over_sqlite()) as client:
        assert client.get("/ledger").json()["size"] == 1


@NEEDS_POSTGRES
def test_it_is_started_over_a_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CMAPPRAISAL_FOLDER", str(tmp_path))
    monkeypatch.setattr("service.main.SCHEMA", f"service_{os.getpid()}")
    try:
        for status in (201, 409):
            with served(over_postgres()) as client:
                assert client.post("/violations", json=BODY).status_code == status
    finally:
        with psycopg.connect(ADDRESS, autocommit=True) as connection:
            connection.execute(f"drop schema if exists service_{os.getpid()} cascade")


@pytest.mark.parametrize(
    "start",
    [over_sqlite, pytest.param(over_postgres, marks=NEEDS_POSTGRES)],
    ids=lambda of: of.__name__,
)
def test_workers_that_start_at_once_make_its_tables_once(
    start: Callable[[], FastAPI], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CMAPPRAISAL_FOLDER", str(tmp_path))
    monkeypatch.setattr("service.main.SCHEMA", f"service_{os.getpid()}")
    together = threading.Barrier(4)

    def started(_: int) -> int:
        together.wait()
        return len(start().state.book.ledger())

    try:
        with ThreadPoolExecutor(4) as workers:
            assert list(workers.map(started, range(4))) == [0] * 4
    finally:
        if start is over_postgres:
            with psycopg.connect(ADDRESS, autocommit=True) as connection:
                connection.execute(f"drop schema if exists service_{os.getpid()} cascade")


def test_the_weights_of_languages_decide() -> None:
    assert language_of(None, "en;q=0, zh-TW;q=0.5, zh;q=much") == "zh-Hant"
    assert language_of(None, "de") == language_of(None, "") == "en"
    assert language_of("zh-Hans", "en") == "zh-Hans"
