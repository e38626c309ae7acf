"""Entries: what is written into a ledger, each with its moment."""

import copy
import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest

from cmappraisal import (
    Acted,
    Amended,
    Appealed,
    Corrected,
    Decided,
    Dismissed,
    Entry,
    FieldError,
    Lifted,
    Recorded,
    Reversed,
    Reviewed,
    Served,
    Taken,
    Violation,
)
from cmappraisal.entries import ENTRY_KINDS, reading_of
from cmappraisal.points import MAXIMUM_ASSESSED
from cmappraisal.procedure import ProceduralAct

VIOLATION = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2))
NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
ENTRIES: list[Entry] = [
    Recorded(VIOLATION, at=NOON),
    Amended(VIOLATION, "wrong rule", at=NOON),
    Appealed("V-1", "on leave", at=NOON),
    Dismissed("V-1", "no leave", at=NOON),
    Decided("V-1", "put right at once", points=6, at=NOON),
    Reviewed("V-1", "first breach", points=4, at=NOON),
    Corrected(VIOLATION, "6 was typed for 4", at=NOON),
    Reversed("V-1", "no breach", at=NOON),
    Acted("V-1", "notified", at=NOON),
    Taken("V-1", "fine", on=date(2025, 3, 3), at=NOON),
    Served("V-1", "fine", on=date(2025, 3, 3), at=NOON),
    Lifted("V-1", "fine", "no breach", at=NOON),
]
EACH = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: type(entry).__name__)


def test_there_are_twelve_kinds() -> None:
    assert tuple(type(entry) for entry in ENTRIES) == ENTRY_KINDS


@EACH
def test_an_entry_names_its_case(entry: Entry) -> None:
    assert entry.violation_id == "V-1"
    assert entry.by is None


@EACH
@pytest.mark.parametrize("at", [datetime(2025, 3, 4), date(2025, 3, 4), None, "2025-03-04"])  # noqa: DTZ001
def test_a_moment_has_a_zone(entry: Entry, at: Any) -> None:
    kind = type(entry).__name__
    with pytest.raises(FieldError, match=rf"^{kind}: at is .*; allowed: a datetime with a time"):
        attrs.evolve(entry, at=at)


@EACH
def test_a_moment_without_a_form_in_utc_is_rejected(entry: Entry) -> None:
    with pytest.raises(FieldError, match="in the years 1 to 9999 of UTC"):
        attrs.evolve(entry, at=datetime.min.replace(tzinfo=timezone(timedelta(hours=8))))


@EACH
def test_a_zone_whose_clocks_change_becomes_the_offset_of_the_moment(entry: Entry) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    early = attrs.evolve(entry, at=datetime(2025, 10, 26, 2, 50, tzinfo=berlin))
    late = attrs.evolve(entry, at=datetime(2025, 10, 26, 2, 10, tzinfo=berlin, fold=1))
    assert early.at < late.at
    assert late.at.isoformat() == "2025-10-26T02:10:00+01:00"


@EACH
def test_entries_of_one_moment_in_two_zones_differ(entry: Entry) -> None:
    elsewhere = attrs.evolve(entry, at=NOON.astimezone(timezone(timedelta(hours=8))))
    assert elsewhere.at == entry.at
    assert elsewhere != entry
    same_offset = NOON.replace(tzinfo=timezone(timedelta(0), "London"))
    assert attrs.evolve(entry, at=same_offset) == entry
    assert hash(attrs.evolve(entry, at=same_offset)) == hash(entry)


@EACH
@pytest.mark.parametrize("fold", [0, 1], ids=["first time", "second time"])
def test_an_entry_of_a_repeated_hour_keeps_its_moment_and_its_local_date(
    entry: Entry, fold: int
) -> None:
    given = datetime(2025, 10, 26, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=fold)
    taken = attrs.evolve(entry, at=given)
    assert taken.at.astimezone(UTC) == datetime(2025, 10, 26, fold, 30, tzinfo=UTC)
    assert taken.at.date() == date(2025, 10, 26)
    assert attrs.evolve(taken, at=taken.at) == taken


@EACH
def test_an_entry_is_a_value(entry: Entry) -> None:
    for again in (pickle.loads(pickle.dumps(entry)), copy.deepcopy(entry), attrs.evolve(entry)):
        assert again == entry
        assert hash(again) == hash(entry)
    assert attrs.evolve(entry, at=NOON + timedelta(microseconds=1)) != entry
    assert attrs.evolve(entry, by="HR-1") != entry
    for field in attrs.fields(type(entry)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(entry, field.name, None)


def test_entries_of_two_kinds_differ() -> None:
    same = ("V-1", "no breach")
    kinds: list[Any] = [Appealed, Dismissed, Reversed]
    assert len({kind(*same, at=NOON) for kind in kinds}) == 3
    assert len({*ENTRIES, *map(copy.deepcopy, ENTRIES)}) == len(ENTRIES)


@EACH
def test_an_entry_says_its_moment_by_name(entry: Entry) -> None:
    fields: Any = attrs.asdict(entry, recurse=False)
    del fields["at"]
    with pytest.raises(TypeError, match="at"):
        type(entry)(**fields)


@EACH
def test_who_made_an_entry_is_an_id(entry: Entry) -> None:
    assert attrs.evolve(entry, by="HR-1").by == "HR-1"
    with pytest.raises(FieldError, match="by is ''; allowed: None, or a non-empty string"):
        attrs.evolve(entry, by="")


NOTHING: Any = None
WORD: Any = "V-1"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: Recorded(WORD, at=NOON),
            "Recorded: violation is 'V-1'; allowed: a Violation or a Merit",
        ),
        (lambda: Amended(NOTHING, "x", at=NOON), "Amended: violation is None; allowed: a Viol"),
        (lambda: Amended(VIOLATION, " ", at=NOON), "Amended: reason is ' '; allowed: a string"),
        (lambda: Appealed("V-1", "", at=NOON), "Appealed: grounds is ''; allowed: a string with"),
        (lambda: Dismissed("", "x", at=NOON), "Dismissed: violation_id is ''; allowed: a non-e"),
        (
            lambda: Decided("", "x", points=6, at=NOON),
            "Decided: violation_id is ''; allowed: a non-empty",
        ),
        (
            lambda: Decided("V-1", " ", points=6, at=NOON),
            "Decided: reason is ' '; allowed: a string with",
        ),
        *(
            (
                lambda fields=fields: Decided("V-1", "x", at=NOON, **fields),
                f"Decided: {' '.join(fields)} is {kept}; allowed: None, or {allowed}",
            )
            for fields, kept, allowed in (
                ({"points": -1}, "Decimal('-1')", "a Decimal, an int or a string"),
                ({"points": 0.5}, "0.5", "a Decimal, an int or a string"),
                ({"points": "NaN"}, "Decimal('NaN')", "a Decimal, an int or a string"),
                ({"points": True}, "True", "a Decimal, an int or a string"),
                ({"points": MAXIMUM_ASSESSED + 1}, "Decimal('1000000000000001')", "a Decimal"),
                ({"money": "-0.0001"}, "Decimal('-0.0001')", "a Decimal, an int or a string"),
                ({"money": "0.00001"}, "Decimal('0.00001')", "a Decimal, an int or a string"),
                ({"money": 1_000_001}, "Decimal('1000001')", "a Decimal, an int or a string"),
                ({"effective_on": "2025-04-01"}, "'2025-04-01'", "a datetime.date such as"),
            )
        ),
        (
            lambda: Decided("V-1", "x", at=NOON, effective_on=NOON),
            "Decided: effective_on is datetime.datetime(2025, 3, 4, 12, 0, tzinfo=datetime.timez",
        ),
        (lambda: Reversed("V-1", NOTHING, at=NOON), "Reversed: reason is None; allowed: a str"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_does_not_fit_is_reported(make: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        make()
    assert str(caught.value).startswith(message)


def test_a_decision_that_says_nothing_of_a_thing_leaves_it() -> None:
    made = Decided("V-1", "x", points=6, at=NOON)
    assert (made.money, made.effective_on) == (None, None)
    assert Decided("V-1", "x", effective_on=date(2025, 4, 1), at=NOON).points is None


def test_a_decision_sets_something() -> None:
    for kind in (Decided, Reviewed):
        with pytest.raises(FieldError, match="reason is 'x'; allowed: what sets points, money or"):
            kind("V-1", "x", at=NOON)


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ("points", 0, Decimal(0)),
        ("points", "2.50", Decimal("2.5")),
        ("points", MAXIMUM_ASSESSED, MAXIMUM_ASSESSED),
        ("money", 0, Decimal(0)),
        ("money", "200.0", Decimal(200)),
        ("money", 10**6, Decimal(10**6)),
        ("effective_on", date(2025, 4, 1), date(2025, 4, 1)),
        ("effective_on", date.max, date.max),
    ],
)
def test_what_a_decision_sets_is_kept_in_one_form(field: str, given: Any, kept: object) -> None:
    fields: Any = {field: given}
    made = Decided("V-1", "x", at=NOON, **fields)
    assert getattr(made, field) == kept
    assert str(getattr(made, field)) == str(kept)
    assert made != Decided("V-1", "x", points=6, at=NOON)


def test_a_decision_reports_every_field_that_does_not_fit() -> None:
    wrong: Any = dict.fromkeys(["at", "by", "reason", "points", "money", "effective_on"], object())
    with pytest.raises(FieldError) as caught:
        Decided("", **wrong)
    assert [problem.path for problem in caught.value.problems] == [
        *("$.at", "$.by", "$.points", "$.money", "$.effective_on", "$.violation_id", "$.reason")
    ]


def test_a_correction_may_set_points_or_only_restate() -> None:
    assert Corrected(VIOLATION, "the date", at=NOON).points is None
    assert Corrected(VIOLATION, "the points", points="4.50", at=NOON).points == Decimal("4.5")
    with pytest.raises(FieldError, match="Corrected: violation is 'V-1'; allowed: a Violation or"):
        Corrected(WORD, "the date", at=NOON)


@pytest.mark.parametrize("act", ProceduralAct)
def test_an_act_is_named_by_its_value(act: ProceduralAct) -> None:
    brought = VIOLATION if act is ProceduralAct.PROPOSED else None
    made = Acted("V-1", act.value, violation=brought, reason="new facts", at=NOON)
    assert made.act is act
    assert made.violation == brought


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Acted("V-1", "seen", at=NOON), "act is 'seen'; allowed: ProceduralAct"),
        (lambda: Acted("", "notified", at=NOON), "violation_id is ''; allowed: a non-empty"),
        (lambda: Acted("V-1", "notified", on=NOON, at=NOON), "on is datetime.datetime"),
        (
            lambda: Acted("V-1", "notified", violation=VIOLATION, at=NOON),
            "allowed: None, since only what is proposed brings it",
        ),
        (
            lambda: Acted("V-1", "proposed", at=NOON),
            "violation is None; allowed: a Violation or a Merit under violation_id",
        ),
        (lambda: Acted("V-2", "proposed", violation=VIOLATION, at=NOON), "under violation_id"),
        (lambda: Acted("V-1", "proposed", violation=WORD, at=NOON), "violation is 'V-1'"),
        (lambda: Acted("V-1", "reopened", at=NOON), "reason is ''; allowed: a string with words"),
        (lambda: Acted("V-1", "reopened", reason=" ", at=NOON), "what the new facts are"),
        (lambda: Acted("V-1", "verified", reason=NOTHING, at=NOON), "reason is None; allowed"),
    ],
    ids=range(10),
)
def test_an_act_that_does_not_fit_is_reported(make: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        make()
    assert message in str(caught.value)


def test_an_act_reports_every_field_that_does_not_fit() -> None:
    wrong: Any = dict.fromkeys(["at", "by", "act", "on", "violation", "reason"], object())
    with pytest.raises(FieldError) as caught:
        Acted("", **wrong)
    assert [problem.path for problem in caught.value.problems] == [
        *("$.at", "$.by", "$.violation_id", "$.act", "$.on", "$.violation", "$.reason")
    ]


def test_a_reading_is_what_an_entry_states_of_the_violation() -> None:
    stated = {type(entry): reading_of(entry) for entry in ENTRIES}
    assert {kind for kind, act in stated.items() if act} == {Recorded, Amended, Corrected}
    proposed = Acted("V-1", "proposed", violation=VIOLATION, at=NOON)
    assert reading_of(proposed) is VIOLATION


def test_an_entry_reports_every_field_that_does_not_fit() -> None:
    with pytest.raises(FieldError) as caught:
        Amended(WORD, " ", at=NOTHING, by="")
    assert [problem.path for problem in caught.value.problems] == [
        *("$.at", "$.by", "$.violation", "$.reason")
    ]


@EACH
def test_the_form_of_an_entry_has_a_version(entry: Entry) -> None:
    assert type(entry).FORMAT == "cmappraisal/entry/2"
