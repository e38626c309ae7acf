"""Canonical bytes: golden, complete, and told apart wherever entries are."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import (
    Amended,
    Appealed,
    Dismissed,
    Entry,
    FieldError,
    Recorded,
    Reversed,
    Violation,
    canonical_bytes,
)
from cmappraisal.interop.strategies import entries

BEIJING = timezone(timedelta(hours=8))
NOON = datetime(2025, 3, 4, 12, tzinfo=BEIJING)
PLAIN = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2))
RICH = Violation(
    "違規-1",
    "客戶經理 7",
    rule="1.4",
    occurred_on=date(999, 1, 2),
    quantity=3,
    circumstances={"severe-effect", "adverse-effect"},
    incident="I-1",
    refers_to="3.9",
    assessed_points="6.50",
    note='a "quote", a \\ and\na line\tfeed',
)
GOLDEN: list[tuple[Entry, str]] = [
    (
        Recorded(PLAIN, at=NOON),
        '{"at":"2025-03-04T04:00:00Z","by":null,"format":"cmappraisal/entry/1","kind":"recorded",'
        '"offset":"+08:00","violation":{"assessed_points":null,"circumstances":[],"id":"V-1",'
        '"incident":null,"manager":"RM-01","note":"","occurred_on":"2025-03-02","quantity":1,'
        '"refers_to":null,"rule":"2.1"}}',
    ),
    (
        Amended(RICH, "更正", at=datetime(2025, 3, 4, 5, 6, 7, 8, tzinfo=UTC), by="HR-1"),
        '{"at":"2025-03-04T05:06:07.000008Z","by":"HR-1","format":"cmappraisal/entry/1",'
        '"kind":"amended","offset":"+00:00","reason":"更正","violation":{"assessed_points":"6.5",'
        '"circumstances":["adverse-effect","severe-effect"],"id":"違規-1","incident":"I-1",'
        '"manager":"客戶經理 7","note":"a \\"quote\\", a \\\\ and\\na line\\tfeed",'
        '"occurred_on":"0999-01-02","quantity":3,"refers_to":"3.9","rule":"1.4"}}',
    ),
    (
        Appealed("V-1", "on leave", at=NOON - timedelta(hours=12)),
        '{"at":"2025-03-03T16:00:00Z","by":null,"format":"cmappraisal/entry/1",'
        '"grounds":"on leave","kind":"appealed","offset":"+08:00","violation_id":"V-1"}',
    ),
    (
        Dismissed("V-1", "no leave", at=NOON),
        '{"at":"2025-03-04T04:00:00Z","by":null,"format":"cmappraisal/entry/1",'
        '"kind":"dismissed","offset":"+08:00","reason":"no leave","violation_id":"V-1"}',
    ),
    (
        Reversed("V-1", "no breach", at=NOON.replace(tzinfo=timezone(-timedelta(seconds=30)))),
        '{"at":"2025-03-04T12:00:30Z","by":null,"format":"cmappraisal/entry/1",'
        '"kind":"reversed","offset":"-00:00:30","reason":"no breach","violation_id":"V-1"}',
    ),
]


@pytest.mark.parametrize(("entry", "text"), GOLDEN, ids=lambda value: type(value).__name__)
def test_the_bytes_are_golden(entry: Entry, text: str) -> None:
    assert canonical_bytes(entry) == text.encode()


def test_no_field_is_left_out() -> None:
    for entry, text in GOLDEN:
        for field in attrs.fields(type(entry)):
            assert f'"{field.name}":' in text
    for field in attrs.fields(Violation):
        assert f'"{field.name}":' in GOLDEN[0][1]


ANY = st.sampled_from([Recorded, Amended, Appealed, Dismissed, Reversed]).flatmap(entries)


@given(ANY, ANY)
def test_two_entries_have_the_same_bytes_only_where_they_are_equal(one: Entry, two: Entry) -> None:
    assert (canonical_bytes(one) == canonical_bytes(two)) == (one == two)


@given(ANY, st.sampled_from([UTC, BEIJING, timezone(-timedelta(hours=3, minutes=30))]))
def test_the_zone_of_a_recording_is_part_of_it(entry: Entry, zone: timezone) -> None:
    elsewhere = attrs.evolve(entry, at=entry.at.astimezone(zone))
    same = canonical_bytes(elsewhere) == canonical_bytes(entry)
    assert same == (elsewhere.at.utcoffset() == entry.at.utcoffset())


@pytest.mark.parametrize("entry", [None, PLAIN, "V-1"])
def test_only_an_entry_has_canonical_bytes(entry: Any) -> None:
    with pytest.raises(FieldError, match=r"canonical_bytes: entry is .*; allowed: Recorded, Amend"):
        canonical_bytes(entry)
