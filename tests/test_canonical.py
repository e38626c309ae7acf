"""Canonical bytes: held for good, RFC 8785, and different wherever values are.

The bytes of one entry of each kind are written out here. What a ledger proved with them it has to
prove for ever, so no change of the library may change them.
"""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import attrs
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import (
    ERROR_POINTS,
    Acted,
    Add,
    Amended,
    Appealed,
    Assessed,
    Corrected,
    Decided,
    Dismissed,
    Entry,
    FieldError,
    Grade,
    Ledger,
    Lifted,
    PendingAppeals,
    Policy,
    Recorded,
    Reversed,
    Reviewed,
    Rulebook,
    Served,
    Taken,
    Violation,
    canonical_bytes,
)
from cmappraisal.canonical import digest_of, kind_name
from cmappraisal.entries import ENTRY_KINDS
from cmappraisal.interop.strategies import entries, policies, rulebooks
from cmappraisal.redactions import without_words
from cmappraisal.standards import Between, Cap, Deduction, SetTo
from cmappraisal.training import LapsesAfter
from costly import costly
from small_standards import clause, declared, part, rule, standard

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
    incident='I "1" \\',
    refers_to="3.9",
    assessed_points="6.50",
    note='a "quote", a \\ and\na line\tfeed',
)
HELD: dict[type[Entry], tuple[Entry, str]] = {
    Recorded: (
        Recorded(PLAIN, at=NOON),
        '{"at":"2025-03-04T12:00:00+08:00","format":"cmappraisal/entry/2","kind":"recorded",'
        '"violation":{"id":"V-1","kind":"violation","manager":"RM-01","occurred_on":"2025-03-02",'
        '"rule":"2.1"}}',
    ),
    Amended: (
        Amended(RICH, "更正", at=datetime(2025, 3, 4, 5, 6, 7, 8, tzinfo=UTC), by="HR-1"),
        '{"at":"2025-03-04T05:06:07.000008+00:00","by":"HR-1","format":"cmappraisal/entry/2",'
        '"kind":"amended","reason":"sha256:8cabf4496b96567908294a7aa72262cf140762b59218dcbaacd9cc8b4ecfc13c","violation":{"assessed_points":"6.5",'
        '"circumstances":["adverse-effect","severe-effect"],"id":"違規-1",'
        '"incident":"I \\"1\\" \\\\","kind":"violation","manager":"客戶經理 7",'
        '"note":"sha256:46dd576cdaf2349e93e62d98a2438ad1d7dba860c6a6291b56887fbaaefe9471","occurred_on":"0999-01-02","quantity":3,"refers_to":"3.9",'
        '"rule":"1.4"}}',
    ),
    Appealed: (
        Appealed("V-1", "on leave", at=NOON - timedelta(hours=12)),
        '{"at":"2025-03-04T00:00:00+08:00","format":"cmappraisal/entry/2",'
        '"grounds":"sha256:1fbb4deaccd4e4b953b8a8f6151a2964bfe3e110c3ea3880889487c42861c92f",'
        '"kind":"appealed","violation_id":"V-1"}',
    ),
    Dismissed: (
        Dismissed("V-1", "no leave", at=NOON, by="複核"),
        '{"at":"2025-03-04T12:00:00+08:00","by":"複核","format":"cmappraisal/entry/2",'
        '"kind":"dismissed","reason":"sha256:0dad57652ea9be87d268e555347652e3d0424408b33970fca109daa9ccc8a301","violation_id":"V-1"}',
    ),
    Decided: (
        Decided(
            *("V-1", "立即改正"),
            points="6.50",
            money=200,
            effective_on=date(2025, 6, 1),
            at=NOON,
            by="複核",
        ),
        '{"at":"2025-03-04T12:00:00+08:00","by":"複核","effective_on":"2025-06-01",'
        '"format":"cmappraisal/entry/2","kind":"decided","money":"200","points":"6.5",'
        '"reason":"sha256:86e18803ea3ff36e40718eb458b72265d4cfa2a23b502cdaa1a190882f5c1b1e",'
        '"violation_id":"V-1"}',
    ),
    Reviewed: (
        Reviewed(
            *("V-1", "初犯"),
            points="4.0",
            money="50.5",
            effective_on=date(2025, 7, 1),
            at=NOON,
            by="複核",
        ),
        '{"at":"2025-03-04T12:00:00+08:00","by":"複核","effective_on":"2025-07-01",'
        '"format":"cmappraisal/entry/2","kind":"reviewed","money":"50.5","points":"4",'
        '"reason":"sha256:18376cf4321d822b6de4558c781d6378d6946251c59f42362a97ce55b47467d5",'
        '"violation_id":"V-1"}',
    ),
    Corrected: (
        Corrected(PLAIN, "6 was typed for 4", points=4, at=NOON),
        '{"at":"2025-03-04T12:00:00+08:00","format":"cmappraisal/entry/2","kind":"corrected",'
        '"points":"4",'
        '"reason":"sha256:c3085f21100e64195f5d9b78260576cec631eaf2ec676dba1175f142fb286868",'
        '"violation":{"id":"V-1","kind":"violation","manager":"RM-01",'
        '"occurred_on":"2025-03-02","rule":"2.1"}}',
    ),
    Acted: (
        Acted("V-1", "notified", on=date(2025, 3, 3), at=NOON, by="HR-1"),
        '{"act":"notified","at":"2025-03-04T12:00:00+08:00","by":"HR-1",'
        '"format":"cmappraisal/entry/2","kind":"acted","on":"2025-03-03","violation_id":"V-1"}',
    ),
    Reversed: (
        Reversed("V-1", "no breach", at=NOON.replace(tzinfo=timezone(-timedelta(seconds=30)))),
        '{"at":"2025-03-04T12:00:00-00:00:30","format":"cmappraisal/entry/2","kind":"reversed",'
        '"reason":"sha256:0d4b2fd9c46d7570eb338b492ca3d3ec395d8d2688099dda977784d91afef6c7","violation_id":"V-1"}',
    ),
    Taken: (
        Taken("V-1", "fine", on=date(2025, 3, 3), at=NOON),
        '{"at":"2025-03-04T12:00:00+08:00","consequence":"fine","format":"cmappraisal/entry/2",'
        '"kind":"taken","on":"2025-03-03","violation_id":"V-1"}',
    ),
    Served: (
        Served("V-1", "fine", on=date(2025, 3, 3), manager="H-1", at=NOON, by="HR"),
        '{"at":"2025-03-04T12:00:00+08:00","by":"HR","consequence":"fine",'
        '"format":"cmappraisal/entry/2","kind":"served","manager":"H-1","on":"2025-03-03",'
        '"violation_id":"V-1"}',
    ),
    Lifted: (
        Lifted("V-1", "fine", "no breach", at=NOON),
        '{"at":"2025-03-04T12:00:00+08:00","consequence":"fine","format":"cmappraisal/entry/2",'
        '"kind":"lifted",'
        '"reason":"sha256:0d4b2fd9c46d7570eb338b492ca3d3ec395d8d2688099dda977784d91afef6c7",'
        '"violation_id":"V-1"}',
    ),
}


# What a violation with its days adds to the bytes of one without them.
DATED = Violation(
    *("V-1", "RM-01"),
    rule="2.1",
    occurred_on=date(2025, 3, 2),
    found_on=date(2025, 3, 9),
    recorded_on=date(2025, 3, 10),
    effective_on=date(2025, 4, 1),
)


def test_the_bytes_of_a_violation_with_its_days_are_held_for_good() -> None:
    assert canonical_bytes(Recorded(DATED, at=NOON)).decode() == (
        '{"at":"2025-03-04T12:00:00+08:00","format":"cmappraisal/entry/2","kind":"recorded",'
        '"violation":{"effective_on":"2025-04-01","found_on":"2025-03-09","id":"V-1",'
        '"kind":"violation","manager":"RM-01","occurred_on":"2025-03-02",'
        '"recorded_on":"2025-03-10","rule":"2.1"}}'
    )


def test_the_bytes_of_what_is_proposed_and_of_a_reason_are_held_for_good() -> None:
    assert canonical_bytes(Acted("V-1", "proposed", violation=PLAIN, at=NOON)).decode() == (
        '{"act":"proposed","at":"2025-03-04T12:00:00+08:00","format":"cmappraisal/entry/2",'
        '"kind":"acted","violation":{"id":"V-1","kind":"violation","manager":"RM-01",'
        '"occurred_on":"2025-03-02","rule":"2.1"},"violation_id":"V-1"}'
    )
    assert canonical_bytes(Acted("V-1", "reopened", reason="a tape", at=NOON)).decode() == (
        '{"act":"reopened","at":"2025-03-04T12:00:00+08:00","format":"cmappraisal/entry/2",'
        '"kind":"acted",'
        '"reason":"sha256:cbb9ddc646d9cace2638e958c400d1455d228b888c7bb31e7cefa029907fd821",'
        '"violation_id":"V-1"}'
    )


def test_what_a_decision_leaves_is_left_out() -> None:
    assert canonical_bytes(Decided("V-1", "on leave", money=5, at=NOON)).decode() == (
        '{"at":"2025-03-04T12:00:00+08:00","format":"cmappraisal/entry/2","kind":"decided",'
        '"money":"5","reason":"sha256:1fbb4deaccd4e4b953b8a8f6151a2964bfe3e110c3ea3880889487c42861c92f",'
        '"violation_id":"V-1"}'
    )
    assert b'"points":"0"' in canonical_bytes(Decided("V-1", "on leave", points=0, at=NOON))


@pytest.mark.parametrize("kind", ENTRY_KINDS, ids=lambda kind: kind.__name__)
def test_the_bytes_of_an_entry_of_each_kind_are_held_for_good(kind: type[Entry]) -> None:
    entry, text = HELD[kind]
    assert canonical_bytes(entry) == text.encode()


def test_the_root_of_the_entries_is_held_for_good() -> None:
    at = iter(range(10))
    life: list[Entry] = [
        Recorded(RICH, at=NOON),
        Appealed(RICH.id, "on leave", at=NOON),
        Dismissed(RICH.id, "no leave", at=NOON),
        Reversed(RICH.id, "no breach", at=NOON),
    ]
    ledger = Ledger(attrs.evolve(entry, at=NOON + timedelta(next(at))) for entry in life)
    assert ledger.root().hex() == (
        "3e75751137e017ad0a98a682e51c58d68e551b00320043b55a5b129f392a7da4"
    )


def test_a_field_at_its_default_is_left_out_and_any_other_is_there() -> None:
    plain, rich = (json.loads(HELD[kind][1])["violation"] for kind in (Recorded, Amended))
    dated = json.loads(canonical_bytes(Recorded(DATED, at=NOON)))["violation"]
    given = [field.name for field in attrs.fields(Violation) if field.default is attrs.NOTHING]
    assert sorted(plain) == sorted([*given, "kind"])
    assert sorted({*rich, *dated}) == sorted([*attrs.fields_dict(Violation), "kind"])


def test_the_bytes_of_a_rulebook_have_its_levels_clauses_and_consequences() -> None:
    made = standard(
        part("1", rule("1.1a", consequences={"revoked": ["b", "a"]}, cap=Cap(5)), citation="1"),
        circumstances=[declared("a", group="g"), declared("b")],
        clauses=[clause(1, answers={"floor": None, "smallest_unit": "0.50"})],
    )
    written = json.loads(canonical_bytes(made))
    assert written["format"] == "cmappraisal/rulebook/2"
    assert [level["en"] for level in written["levels"]] == ["chapter", "clause", "limb"]
    assert written["consequences"][0]["status"] == "revoked"
    assert written["clauses"][0]["answers"] == {"floor": None, "smallest_unit": "0.5"}
    assert written["clauses"][0]["citation"] == {"kind": "citation", "path": ["100", "1"]}
    assert written["circumstances"][0]["group"] == "g"
    [found] = written["parts"][0]["rules"]
    assert found["consequences"] == {"revoked": ["a", "b"]}
    assert found["cap"] == {"kind": "cap", "points": "5"}
    assert found["citation"]["path"] == ["1", "1", "a"]


def test_a_weight_of_a_circumstance_is_written_with_its_kind() -> None:
    weights = {"a": SetTo(5), "b": None, "c": Assessed()}
    made = standard(
        part("1", rule("1.1", Deduction(Between(1, 2), "customer"), aggravated_by=weights)),
        circumstances=[declared(id) for id in weights],
    )
    [found] = json.loads(canonical_bytes(made))["parts"][0]["rules"]
    assert found["aggravated_by"] == {
        "a": {"kind": "set-to", "points": "5"},
        "b": None,
        "c": {"kind": "assessed"},
    }
    assert found["penalty"]["points"] == {"kind": "between", "least": "1", "most": "2"}


@costly
@given(rulebooks(), rulebooks())
def test_two_rulebooks_have_the_same_bytes_only_where_they_are_equal(
    one: Rulebook, two: Rulebook
) -> None:
    assert (canonical_bytes(one) == canonical_bytes(two)) == (one == two)


def test_prose_is_there_as_its_digest() -> None:
    digest = "sha256:" + sha256(str(RICH.note).encode()).hexdigest()
    assert json.loads(canonical_bytes(Recorded(RICH, at=NOON)))["violation"]["note"] == digest
    for entry, _ in HELD.values():
        for field in attrs.fields(type(entry)):
            prose = getattr(entry, field.name)
            if field.metadata.get("prose") and prose:
                assert prose.encode() not in canonical_bytes(entry)
                assert sha256(prose.encode()).hexdigest().encode() in canonical_bytes(entry)


def test_what_the_number_of_a_policy_is_written_as_changes_no_byte() -> None:
    for one, other in (("5.0", 5), ("1E+2", 100), ("0.50", "0.5")):
        assert canonical_bytes(Policy(aggravation=Add(one))) == canonical_bytes(
            Policy(aggravation=Add(other))
        )


def test_the_bytes_of_a_policy_name_the_fields_that_are_not_at_their_default() -> None:
    assert canonical_bytes(Policy()) == b'{"format":"cmappraisal/policy/2","kind":"policy"}'
    policy = Policy(floor=None, pending_appeals=PendingAppeals.SUSPEND, grades=[grade()])
    assert json.loads(canonical_bytes(policy)) == {
        "format": "cmappraisal/policy/2",
        "kind": "policy",
        "floor": None,
        "pending_appeals": "suspend",
        "grades": [
            {
                "kind": "grade",
                "id": "A",
                "text": {"kind": "text", "zh_hant": "A", "zh_hans": "A", "en": "A"},
                "at_least": None,
                "below": None,
            }
        ],
    }


def grade() -> Grade:
    return Grade("A", at_least=None, below=None)


def test_the_digest_of_a_value_is_that_of_its_bytes() -> None:
    for value in (ERROR_POINTS, Policy(), HELD[Recorded][0]):
        assert digest_of(value) == sha256(canonical_bytes(value)).hexdigest()
    assert ERROR_POINTS.digest == digest_of(ERROR_POINTS)


def test_a_kind_is_named_in_small_letters() -> None:
    assert [kind_name(kind) for kind in (Violation, LapsesAfter)] == ["violation", "lapses-after"]


ANY = st.sampled_from(ENTRY_KINDS).flatmap(entries)


def assert_is_rfc_8785(value: Any) -> None:
    written = canonical_bytes(value)
    assert rfc8785.dumps(json.loads(written)) == written


@costly
@given(ANY)
def test_the_bytes_of_any_entry_are_rfc_8785(entry: Entry) -> None:
    assert_is_rfc_8785(entry)


@given(policies())
def test_the_bytes_of_any_policy_are_rfc_8785(policy: Policy) -> None:
    assert_is_rfc_8785(policy)


@given(rulebooks())
def test_the_bytes_of_any_rulebook_are_rfc_8785(rulebook: Rulebook) -> None:
    assert_is_rfc_8785(rulebook)


def test_the_bytes_of_the_built_in_standard_are_rfc_8785() -> None:
    assert_is_rfc_8785(ERROR_POINTS)
    assert_is_rfc_8785(HELD[Amended][0])


@given(ANY, ANY)
def test_two_entries_have_the_same_bytes_only_where_they_are_equal(one: Entry, two: Entry) -> None:
    # Digests stand for words and salt, whether these are redacted or not.
    same = without_words(one, one.salt) == without_words(two, two.salt)
    assert (canonical_bytes(one) == canonical_bytes(two)) == same


@given(policies(), policies())
def test_two_policies_have_the_same_bytes_only_where_they_are_equal(
    one: Policy, two: Policy
) -> None:
    assert (canonical_bytes(one) == canonical_bytes(two)) == (one == two)


@given(ANY, st.sampled_from([UTC, BEIJING, timezone(-timedelta(hours=3, minutes=30))]))
def test_the_zone_of_a_recording_is_part_of_it(entry: Entry, zone: timezone) -> None:
    elsewhere = attrs.evolve(entry, at=entry.at.astimezone(zone))
    same = canonical_bytes(elsewhere) == canonical_bytes(entry)
    assert same == (elsewhere.at.utcoffset() == entry.at.utcoffset())


@pytest.mark.parametrize("value", [None, PLAIN, "V-1", Policy, Ledger()], ids=str)
def test_only_a_value_with_a_format_has_canonical_bytes(value: Any) -> None:
    with pytest.raises(FieldError) as caught:
        canonical_bytes(value)
    assert str(caught.value).startswith("canonical_bytes: value is ")
    assert str(caught.value).endswith(", a Rulebook, a Policy or a PersonLeaf")
