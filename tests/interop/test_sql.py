"""SQL: what is stored comes back, and whatever was done to it in between is found in its place."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from cmappraisal import (
    DecodingError,
    FieldError,
    Ledger,
    Violation,
)
from cmappraisal.erasures import LedgerEntry, leaf_of
from cmappraisal.errors import MAXIMUM_PROBLEMS, ProblemCode
from cmappraisal.interop.converters import decode
from cmappraisal.interop.evidence_strategies import kept_ledgers
from cmappraisal.interop.sql import (
    POSTGRES,
    SQLITE,
    Row,
    head_of,
    ledger_from_rows,
    rows_of,
    rows_to_redact,
)
from costly import costly


def at(day: int) -> datetime:
    return datetime(2025, 3, day, tzinfo=UTC)


def violation(number: int) -> Violation:
    return Violation(f"V-{number}", "RM-01", rule="2.1", occurred_on=date(2025, 3, 1))


def ledger_of(size: int) -> Ledger:
    ledger = Ledger()
    for number in range(size):
        ledger = ledger.record(violation(number), at=at(number + 1))
    return ledger


LEDGER = ledger_of(6)
ROWS = rows_of(LEDGER)
SIZE, ROOT = head_of(LEDGER)


def loaded(rows: Any, **changed: Any) -> Ledger:
    return ledger_from_rows(rows, **{"size": SIZE, "root": ROOT, **changed})


def problems_of(rows: Any, **changed: Any) -> list[tuple[str, ProblemCode, str]]:
    with pytest.raises(DecodingError) as caught:
        loaded(rows, **changed)
    return [(each.path, each.code, each.message) for each in caught.value.problems]


def row_of(position: int, text: str) -> Row:
    """A row whose digest was made to fit."""
    digest = leaf_of(decode(json.loads(text), LedgerEntry)).hex()
    return position, text, digest


# What is stored comes back.


@costly
@given(kept_ledgers(), st.data())
def test_a_ledger_comes_back_at_once_and_in_parts(ledger: Ledger, data: st.DataObject) -> None:
    size, root = head_of(ledger)
    rows = rows_of(ledger)
    assert [position for position, _, _ in rows] == list(range(size))
    assert [leaf_of(entry).hex() for entry in ledger] == [digest for _, _, digest in rows]
    assert ledger_from_rows(rows, size=size, root=root) == ledger
    cut = data.draw(st.integers(0, size))
    known = Ledger(ledger.entries[:cut])
    assert rows_of(ledger, cut) == rows[cut:]
    assert ledger_from_rows(iter(rows[cut:]), size=size, root=ledger.root(), onto=known) == ledger


def test_an_entry_is_written_as_documents_have_it() -> None:
    _, text, _ = ROWS[0]
    assert json.loads(text)["violation"]["id"] == "V-0"
    person = Violation("V", "甲", rule="2.1", occurred_on=date(2025, 3, 1))
    chinese = Ledger().record(person, at=at(2))
    ((_, text, _),) = rows_of(chinese)
    assert "甲" in text


def test_rows_may_be_lists_or_rows_of_a_driver() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.row_factory = sqlite3.Row
        connection.executescript(SQLITE.create_entries)
        connection.executemany(SQLITE.append, ROWS)
        rows = connection.execute("select * from ledger_entries order by position").fetchall()
        assert loaded(rows) == LEDGER
    assert loaded(map(list, ROWS)) == LEDGER


def test_a_later_version_may_write_an_entry_otherwise() -> None:
    position, text, digest = ROWS[0]
    data = json.loads(text)
    del data["by"]
    assert loaded([(position, json.dumps(data, indent=1), digest), *ROWS[1:]]) == LEDGER


# What was done to it is found.


def tampered(rows: list[Row], data: st.DataObject) -> list[Row]:
    """Rows after a change, a loss, a doubling, an exchange or an addition, digests made to fit."""
    one = data.draw(st.integers(0, len(rows) - 1))
    other = data.draw(st.integers(0, len(rows) - 1).filter(lambda index: index != one))
    (_, text, digest), (_, other_text, other_digest) = rows[one], rows[other]
    changed, also_changed = dict(enumerate(rows)), dict(enumerate(rows))
    changed[one] = (one, other_text, other_digest)
    also_changed |= {one: (one, other_text, other_digest), other: (other, text, digest)}
    return data.draw(
        st.sampled_from(
            [
                list(changed.values()),
                list(also_changed.values()),
                [
                    (index, *rows[place][1:])
                    for index, place in enumerate(sorted({*changed} - {one}))
                ],
                rows[:one] + rows[one + 1 :],
                [*rows[: one + 1], rows[one], *rows[one + 1 :]],
                [*rows, rows[one]],
                [*rows, (len(rows), text, digest)],
                [rows[place] for place in [one, *({*changed} - {one})]] if one else rows[::-1],
                rows[:one],
                [],
            ]
        )
    )


@costly
@given(kept_ledgers(min_size=2), st.data())
def test_whatever_is_done_to_the_rows_is_found(ledger: Ledger, data: st.DataObject) -> None:
    size, root = head_of(ledger)
    rows = tampered(rows_of(ledger), data)
    # Of two entries that are alike either can stand where the other does.
    assume(rows != rows_of(ledger))
    with pytest.raises(DecodingError) as caught:
        ledger_from_rows(rows, size=size, root=root)
    assert caught.value.problems


CHANGES: list[tuple[str, Callable[[str], str]]] = [
    ("manager", lambda text: text.replace("RM-01", "RM-02")),
    ("day", lambda text: text.replace('"2025-03-01"', '"2025-02-28"')),
    ("moment", lambda text: text.replace("T00:00:00+00:00", "T00:00:01+00:00")),
    ("offset", lambda text: text.replace("T00:00:00+00:00", "T08:00:00+08:00")),
    ("prose", lambda text: text.replace('"note": ""', '"note": "."')),
    ("kind", lambda text: text.replace('"quantity": 1,', '"quantity": 2,')),
]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        pytest.param(change, place, id=f"{name}-{place}")
        for (name, change), place in product(CHANGES, (0, 3, 5))
    ],
)
def test_a_changed_entry_is_found_by_its_digest_and_else_by_the_root(
    change: Callable[[str], str], place: int
) -> None:
    position, text, digest = ROWS[place]
    assert change(text) != text
    changed = [*ROWS]
    changed[place] = (position, change(text), digest)
    ((path, code, message),) = problems_of(changed)
    assert (path, code) == (f"$.rows[{place}].digest", ProblemCode.DISAGREES)
    assert message.startswith(f"'{digest}', and the entry has ")
    assert message.endswith("; one of the two was changed: restore the row from a copy")
    changed[place] = row_of(position, change(text))
    ((path, code, message),) = problems_of(changed)
    assert (path, code) == ("$.root", ProblemCode.DISAGREES)
    assert message.startswith(f"'{ROOT}', and the 6 entries make ")
    assert message.endswith("compare with a copy")


def test_entries_that_changed_places_are_found_by_their_order_in_time() -> None:
    swapped = [(0, *ROWS[1][1:]), (1, *ROWS[0][1:]), *ROWS[2:]]
    ((path, code, message),) = problems_of(swapped)
    assert (path, code) == ("$.rows[1].entry.at", ProblemCode.NOT_IN_ORDER)
    assert message.endswith("append in the order of time")


def test_entries_of_one_moment_that_changed_places_are_found_by_the_root() -> None:
    ledger = Ledger().record(violation(1), at=at(2)).record(violation(2), at=at(2))
    size, root = head_of(ledger)
    one, two = rows_of(ledger)
    swapped = [(0, *two[1:]), (1, *one[1:])]
    ((path, code, _),) = problems_of(swapped, size=size, root=root)
    assert (path, code) == ("$.root", ProblemCode.DISAGREES)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "positions 0 to 5 are missing; restore what was there from a copy"),
        (ROWS[1:], "position 0 is missing; restore what was there from a copy"),
        (ROWS[:5], "position 5 is missing; restore what was there from a copy"),
        (ROWS[:2] + ROWS[4:], "positions 2 to 3 are missing; restore what was there from a copy"),
    ],
    ids=["all", "first", "last", "between"],
)
def test_what_is_missing_is_found(rows: list[Row], message: str) -> None:
    assert problems_of(rows) == [("$.rows", ProblemCode.MISSING, message)]


def test_what_is_doubled_or_out_of_order_is_found() -> None:
    assert problems_of([*ROWS, ROWS[2]]) == [
        (
            "$.rows[6].position",
            ProblemCode.REPEATED,
            "2 is there twice; keep the row that a copy has there",
        )
    ]
    assert problems_of([ROWS[0], ROWS[2], ROWS[1], *ROWS[3:]]) == [
        (
            "$.rows[2].position",
            ProblemCode.NOT_IN_ORDER,
            "1 comes after 2; give the rows in the order of positions",
        )
    ]


def test_what_was_added_is_found() -> None:
    longer = LEDGER.record(violation(7), at=at(9))
    assert problems_of(rows_of(longer)) == [
        (
            "$.rows[6].position",
            ProblemCode.NOT_ALLOWED,
            "6; allowed: an int from 0 to below the size that was kept (6); take the row away, or "
            "give the head that was kept with it",
        )
    ]


@pytest.mark.parametrize("position", [-1, 6, 10**30, True, 1.0, "0", None])
def test_a_renumbered_row_is_found_and_missing_in_its_place(position: object) -> None:
    renumbered = [*ROWS[:5], (position, *ROWS[5][1:])]
    (wrong, missing) = problems_of(renumbered)
    assert wrong[:2] == ("$.rows[5].position", ProblemCode.NOT_ALLOWED)
    assert missing[2] == "position 5 is missing; restore what was there from a copy"


def test_everything_that_is_wrong_is_reported_at_once() -> None:
    doubled_key = ROWS[0][1].replace('"kind"', '"by": null, "kind"', 1)
    rows = [
        (0, doubled_key, ROWS[0][2]),
        (1, "{", ROWS[1][2]),
        (2, ROWS[2][1], "no digest"),
        "row",
        (3, ROWS[3][1]),
        (4, b"{}", ROWS[4][2]),
        (9, ROWS[5][1], None),
    ]
    assert [(path, code) for path, code, _ in problems_of(rows)] == [
        ("$.rows[3]", ProblemCode.NOT_ALLOWED),
        ("$.rows[4]", ProblemCode.NOT_ALLOWED),
        ("$.rows[6].position", ProblemCode.NOT_ALLOWED),
        ("$.rows", ProblemCode.MISSING),
        ("$.rows", ProblemCode.MISSING),
        ("$.rows[0].entry.by", ProblemCode.REPEATED),
        ("$.rows[1].entry", ProblemCode.MALFORMED),
        ("$.rows[2].digest", ProblemCode.DISAGREES),
        ("$.rows[5].entry", ProblemCode.MALFORMED),
        ("$.rows[6].digest", ProblemCode.DISAGREES),
    ]


def test_entries_that_do_not_fit_are_reported_by_their_rows() -> None:
    reversed_text = (
        '{"kind": "reversed", "violation_id": "V-9", "reason": "no", "at": "2025-04-01T00:00:00Z"}'
    )
    rows = [*ROWS[:4], row_of(4, ROWS[0][1]), row_of(5, reversed_text)]
    assert [(path, code) for path, code, _ in problems_of(rows)] == [
        ("$.rows[4].entry.at", ProblemCode.NOT_IN_ORDER),
        ("$.rows[5].entry", ProblemCode.UNKNOWN_ID),
    ]


NONSENSE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=2),
)


@given(
    st.lists(NONSENSE | st.tuples(NONSENSE, NONSENSE, NONSENSE) | st.sampled_from(ROWS)),
    st.integers(0, 7),
)
def test_whatever_the_rows_are_it_is_one_error(rows: list[Any], size: int) -> None:
    assume(rows != ROWS)
    assert problems_of(rows, size=size)


@pytest.mark.parametrize("first", [0, 1_000])
def test_reading_stops_where_the_error_is_full(first: int) -> None:
    rows = [(first + index, "{", "") for index in range(1_000)]
    with pytest.raises(DecodingError) as caught:
        ledger_from_rows(rows, size=1_000, root=ROOT)
    assert len(caught.value.problems) == MAXIMUM_PROBLEMS
    assert 0 < caught.value.more < 10


def test_a_ledger_that_is_no_beginning_is_found() -> None:
    other = Ledger().record(violation(9), at=at(1))
    ((path, code, message),) = problems_of(ROWS[1:], onto=other)
    assert (path, code) == ("$.root", ProblemCode.DISAGREES)
    assert "is not how onto goes on" in message
    assert problems_of([], onto=LEDGER, size=4) == [
        (
            "$.size",
            ProblemCode.DISAGREES,
            "4; allowed: an int from 6, as many entries as onto has; start without onto, or give "
            "the head that was kept last",
        )
    ]
    assert problems_of(ROWS, onto=LEDGER)[0][0] == "$.rows[0].position"
    assert loaded([], onto=LEDGER) == LEDGER


def test_a_huge_size_takes_no_time() -> None:
    assert problems_of(ROWS, size=10**18) == [
        (
            "$.rows",
            ProblemCode.MISSING,
            "positions 6 to 999999999999999999 are missing; restore what was there from a copy",
        )
    ]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"size": -1}, "size is -1; allowed: an int from 0"),
        ({"size": None}, "size is None; allowed: an int from 0"),
        ({"root": b"short"}, "root is b'short'; allowed: 32 bytes, or their hexadecimal digits"),
        ({"root": ROOT.upper()}, "allowed: 32 bytes, or their hexadecimal digits"),
        ({"root": None}, "root is None; allowed: 32 bytes, or their hexadecimal digits"),
        ({"onto": ROWS}, "allowed: None, or a Ledger"),
        ({"rows": None}, "rows is None; allowed: a list of rows"),
        ({"rows": {"a"}}, "allowed: a list of rows"),
    ],
    ids=str,
)
def test_arguments_have_to_fit(changed: dict[str, Any], message: str) -> None:
    arguments: dict[str, Any] = {"rows": ROWS, "size": SIZE, "root": ROOT, **changed}
    with pytest.raises(FieldError) as caught:
        ledger_from_rows(**arguments)
    assert message in str(caught.value)


def test_rows_are_those_of_a_ledger_from_a_position() -> None:
    with pytest.raises(FieldError, match="ledger is None; allowed: a Ledger"):
        rows_of(None)  # type: ignore[arg-type]
    with pytest.raises(FieldError, match="position is -1; allowed: an int from 0"):
        rows_of(LEDGER, -1)
    assert rows_of(LEDGER, 7) == []


def test_both_databases_get_the_same_columns_and_parameters() -> None:
    assert SQLITE.append == POSTGRES.append.replace("%s", "?")
    assert SQLITE.keep == POSTGRES.keep.replace("%s", "?")
    assert SQLITE.read == POSTGRES.read.replace("%s", "?")
    assert SQLITE.kept == POSTGRES.kept


# What is destroyed.


def test_what_was_destroyed_takes_the_place_of_what_was_stored() -> None:
    note = evolve(violation(9), note="was ill", id="V-9")
    before = LEDGER.record(note, at=at(20), salt=bytes(16)).appeal(
        "V-9", grounds="on leave", at=at(21), salt=bytes([1] * 16)
    )
    after = before.redact("V-9").erase("V-2")
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(SQLITE.create_entries + SQLITE.create_heads)
        database.executemany(SQLITE.append, rows_of(before))
        database.execute(SQLITE.keep, head_of(before))
        changed = rows_to_redact(before, after)
        assert [place for _, place in changed] == [2, 6, 7]
        with pytest.raises(sqlite3.IntegrityError, match="never edited"):
            database.executemany(SQLITE.redact, changed)
        database.execute(SQLITE.open_to_redaction)
        database.executemany(SQLITE.redact, changed)
        database.execute(SQLITE.close_to_redaction)
        with pytest.raises(sqlite3.IntegrityError, match="never edited"):
            database.executemany(SQLITE.redact, changed)
        *rows, (size, _, root) = database.execute(SQLITE.read, (0,)).fetchall()
        assert ledger_from_rows(rows, size=size, root=root) == after
        assert not any(word in text for _, text, _ in rows for word in ("was ill", "on leave"))


def test_only_a_ledger_of_the_same_root_is_put_in_the_place_of_another() -> None:
    assert rows_to_redact(LEDGER, LEDGER) == []
    for before, after, path in (
        (LEDGER, Ledger(), "$.after"),
        (LEDGER, None, "$.after"),
        (None, LEDGER, "$.before"),
    ):
        with pytest.raises(FieldError) as caught:
            rows_to_redact(before, after)  # type: ignore[arg-type]
        assert [problem.path for problem in caught.value.problems] == [path]
