"""Converters: what is encoded comes back, and what is wrong is reported whole, with its path."""

import json
import tomllib
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cmappraisal
from cmappraisal import (
    ERROR_POINTS,
    Amended,
    Appraisal,
    AppraisalError,
    CountedOn,
    Edition,
    Editions,
    Entry,
    FieldError,
    Grade,
    Ledger,
    Multiply,
    Period,
    Policy,
    Recorded,
    Rule,
    Rulebook,
    Scored,
    Text,
    Violation,
    WorkCalendar,
    score,
)
from cmappraisal.accounts import PointsAccount
from cmappraisal.comparison import Situation
from cmappraisal.errors import MAXIMUM_PROBLEMS, DecodingError, ProblemCode
from cmappraisal.interop.catalogue import FORMATS, TYPES
from cmappraisal.interop.converters import decode, dumps, encode, loads
from cmappraisal.interop.json_texts import MAXIMUM_DIGITS
from cmappraisal.merkle import MerkleTree
from cmappraisal.standards import Citation, Clause, Deduction, Part, Penalty, Referral, Unit
from cmappraisal.training import VIP_SERVICE, Hours, Schedule, Session
from costly import one_in

BEIJING = timezone(timedelta(hours=8))
NOON = datetime(2025, 3, 4, 12, tzinfo=BEIJING)
VIOLATION = Violation(
    "V-1", "RM-01", rule="3.2b", occurred_on=date(2025, 3, 2), circumstances=["risk"]
)
LEDGER = Ledger().record(VIOLATION, at=NOON, by="HR-1").appeal("V-1", at=NOON, grounds="on leave")
APPRAISAL = score(LEDGER, ERROR_POINTS, Period.year(2025), manager="RM-01")


def rulebooks_of(value: Any) -> tuple[Rulebook, ...]:
    """The rulebooks that a result refers to."""
    if isinstance(value, Edition):
        return (value.rulebook,)
    referring = (Appraisal, Editions, PointsAccount, Situation)
    return value.rulebooks if isinstance(value, referring) else ()


def test_a_ledger_reads_as_people_would_write_it() -> None:
    assert json.loads(dumps(LEDGER)) == {
        "format": "cmappraisal/ledger/2",
        "entries": [
            {
                "kind": "recorded",
                "at": "2025-03-04T12:00:00+08:00",
                "by": "HR-1",
                "salt": None,
                "violation": {
                    "kind": "violation",
                    "id": "V-1",
                    "manager": "RM-01",
                    "rule": "3.2b",
                    "occurred_on": "2025-03-02",
                    "quantity": 1,
                    "circumstances": ["risk"],
                    "incident": None,
                    "refers_to": None,
                    "assessed_points": None,
                    "found_on": None,
                    "recorded_on": None,
                    "effective_on": None,
                    "note": "",
                },
            },
            {
                "kind": "appealed",
                "at": "2025-03-04T12:00:00+08:00",
                "by": None,
                "salt": None,
                "violation_id": "V-1",
                "grounds": "on leave",
            },
        ],
    }


def test_the_zone_of_a_recording_survives() -> None:
    again = loads(dumps(LEDGER), Ledger)
    assert again == LEDGER
    assert [entry.at.utcoffset() for entry in again] == [timedelta(hours=8)] * 2


def test_an_appraisal_names_for_each_step_what_it_read() -> None:
    steps = encode(APPRAISAL)["lines"][0]["steps"]
    assert [(step["effect"], step["points"], step["change"]) for step in steps] == [
        ("appeal-counts", "0", "0"),
        ("stated", "10", "10"),
        ("aggravated", "20", "10"),
    ]
    assert [step["reason"] for step in steps] == [
        {"kind": "assumption", "field": "pending_appeals", "edition": None},
        {"kind": "provision", "id": "3.2b", "field": "penalty", "edition": "1.0"},
        {"kind": "assumption", "field": "aggravation", "edition": None},
    ]


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
def test_every_value_comes_back_by_way_of_json(kind: type) -> None:
    @one_in(10)
    @given(st.from_type(kind))
    def comes_back(value: Any) -> None:
        data = encode(value)
        assert json.loads(json.dumps(data)) == data
        known = rulebooks_of(value)
        assert decode(data, kind, rulebooks=known) == value
        if kind in FORMATS:
            assert loads(dumps(value), kind, rulebooks=known) == value

    comes_back()


def test_the_standard_comes_back_from_indented_text() -> None:
    text = dumps(ERROR_POINTS, indent=2)
    assert loads(text, Rulebook) == ERROR_POINTS
    assert text.startswith('{\n  "format": "cmappraisal/rulebook/2",\n  "id": "error-points",')


def test_what_has_a_default_may_be_left_out() -> None:
    assert decode({}, Policy) == Policy()
    assert decode({"kind": "deduction", "points": 3, "unit": "customer"}, Deduction) == Deduction(
        3, Unit.CUSTOMER
    )


def test_a_union_is_decoded_by_its_kind() -> None:
    for entry in LEDGER:
        assert decode(encode(entry), Entry) == entry
    penalty = decode({"kind": "referral", "to": ["2.1"]}, Penalty)
    assert penalty == Referral(to=["2.1"])


def test_a_rulebook_in_toml_loads_the_same_way() -> None:
    text = """
        format = "cmappraisal/rulebook/2"
        id = "north-bank"
        edition = "2025"
        text = { zh_hant = "規", zh_hans = "规", en = "Rules" }

        [[parts]]
        id = "1"
        text = { zh_hant = "章", zh_hans = "章", en = "Part" }

        [[parts.rules]]
        id = "A"
        text = { zh_hant = "遲到", zh_hans = "迟到", en = "Late" }
        penalty = { kind = "deduction", points = 0.5, unit = "occurrence" }
        citation = { path = ["1"] }
    """
    rulebook = decode(tomllib.loads(text, parse_float=Decimal), Rulebook)
    assert rulebook["A"].penalty == Deduction("0.5", Unit.OCCURRENCE)
    assert loads(dumps(rulebook), Rulebook) == rulebook
    with pytest.raises(DecodingError, match=r"\.points: 0\.5; allowed: a string such as"):
        decode(tomllib.loads(text), Rulebook)


def test_days_and_moments_may_be_what_a_reader_of_toml_gives() -> None:
    period = decode({"first": date(2025, 1, 1), "last": "2025-12-31"}, Period)
    assert period == Period.year(2025)
    data = {"kind": "reversed", "violation_id": "V-1", "reason": "no breach", "at": NOON}
    assert decode(data, Entry).at == NOON
    hours = decode({"opens": time(9, 30), "closes": "17:00"}, Hours)
    assert hours == Hours(time(9, 30), time(17))
    with pytest.raises(DecodingError) as caught:
        decode({"opens": "9.30", "closes": 17}, Hours)
    allowed = 'allowed: a time of the day such as "09:30"'
    assert [each.message for each in caught.value.problems] == [
        f"'9.30'; {allowed}",
        f"17; {allowed}",
    ]


def problems_of(text: str, kind: Any) -> list[str]:
    with pytest.raises(DecodingError) as caught:
        loads(text, kind)
    return [str(problem) for problem in caught.value.problems]


def with_(value: Any, *path: str | int) -> str:
    """The ledger's document with something else at a path."""
    document = json.loads(dumps(LEDGER))
    place: Any = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(document)


ID = "a non-empty string of at most 200 characters on one line, in NFKC, without spaces around it"
MOMENT = 'a moment with its offset such as "2025-03-04T12:00:00+08:00"'
DAY = 'a day of the calendar such as "2025-03-04"'
KINDS = (
    '"recorded", "amended", "appealed", "dismissed", "decided", "reviewed", '
    '"corrected", "reversed", "acted", "taken", "served", "lifted", "erased"'
)
POINTS = 'a string such as "2.5", or an int (never a float)'


@pytest.mark.parametrize(
    ("value", "path", "message"),
    [
        (5, ("entries", 0, "violation", "id"), "5; allowed: a string"),
        ("", ("entries", 0, "violation", "id"), f"''; allowed: {ID}"),
        ("\ud800", ("entries", 0, "violation", "id"), "'\\ud800'; allowed: a string"),
        (0, ("entries", 0, "violation", "quantity"), "0; allowed: an int from 1 to 1000000"),
        (True, ("entries", 0, "violation", "quantity"), "True; allowed: an int"),
        ("1", ("entries", 0, "violation", "quantity"), "'1'; allowed: an int"),
        (None, ("entries", 0, "violation", "quantity"), "None; allowed: an int"),
        (1.5, ("entries", 0, "violation", "quantity"), "the float 1.5; allowed: an int"),
        ("risk", ("entries", 0, "violation", "circumstances"), "'risk'; allowed: a list"),
        ({}, ("entries", 0, "violation", "circumstances"), "{}; allowed: a list"),
        ([5], ("entries", 0, "violation", "circumstances"), None),
        ("2025-02-30", ("entries", 0, "violation", "occurred_on"), f"'2025-02-30'; allowed: {DAY}"),
        ("2025/02/03", ("entries", 0, "violation", "occurred_on"), f"'2025/02/03'; allowed: {DAY}"),
        ("20250302", ("entries", 0, "violation", "occurred_on"), f"'20250302'; allowed: {DAY}"),
        (
            "2025-03-02T00:00:00Z",
            ("entries", 0, "violation", "occurred_on"),
            f"'2025-03-02T00:00:00Z'; allowed: {DAY}",
        ),
        (0, ("entries", 0, "violation", "occurred_on"), f"0; allowed: {DAY}"),
        (0.5, ("entries", 0, "violation", "assessed_points"), f"the float 0.5; allowed: {POINTS}"),
        ("NaN", ("entries", 0, "violation", "assessed_points"), f"'NaN'; allowed: {POINTS}"),
        ("1e3", ("entries", 0, "violation", "assessed_points"), f"'1e3'; allowed: {POINTS}"),
        ("٣", ("entries", 0, "violation", "assessed_points"), f"'٣'; allowed: {POINTS}"),
        (False, ("entries", 0, "violation", "assessed_points"), f"False; allowed: {POINTS}"),
        ("-1", ("entries", 0, "violation", "assessed_points"), None),
        ([], ("entries", 0, "violation"), '[]; allowed: an object of kind "violation", "merit"'),
        (
            "2025-03-04T12:00:00",
            ("entries", 0, "at"),
            f"'2025-03-04T12:00:00'; allowed: {MOMENT}",
        ),
        ("2025-03-04", ("entries", 0, "at"), f"'2025-03-04'; allowed: {MOMENT}"),
        (
            "2025-W10-2T12:00+08:00",
            ("entries", 0, "at"),
            f"'2025-W10-2T12:00+08:00'; allowed: {MOMENT}",
        ),
        (
            "2025-03-04T12:00:00.1234567Z",
            ("entries", 0, "at"),
            f"'2025-03-04T12:00:00.1234567Z'; allowed: {MOMENT}",
        ),
        (
            "9999-12-31T23:59:59-08:00",
            ("entries", 0, "at"),
            f"'9999-12-31T23:59:59-08:00'; allowed: {MOMENT}",
        ),
        (
            "2025-02-30T12:00:00+08:00",
            ("entries", 0, "at"),
            f"'2025-02-30T12:00:00+08:00'; allowed: {MOMENT}",
        ),
        ("noon", ("entries", 0, "at"), f"'noon'; allowed: {MOMENT}"),
        (5, ("entries", 0, "at"), f"5; allowed: {MOMENT}"),
        ("told", ("entries", 0, "kind"), f"'told'; allowed: {KINDS}"),
        (None, ("entries", 0, "kind"), f"is missing; allowed: {KINDS}"),
        ([], ("entries", 0, "kind"), f"[]; allowed: {KINDS}"),
        (5, ("entries", 0), f"5; allowed: an object of kind {KINDS}"),
        ({}, ("entries",), "{}; allowed: a list"),
        (5, ("more",), "unknown; allowed: entries"),
        ("cmappraisal/ledger/1", ("format",), None),
        (5, ("entries", 0, "violation", "Zwölf\n"), None),
    ],
)
def test_what_does_not_fit_is_reported_with_its_path(
    value: object, path: tuple[str | int, ...], message: str | None
) -> None:
    (problem,) = problems_of(with_(value, *path), Ledger)
    where = "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    exact = {
        "circumstances": "$.entries[0].violation.circumstances[0]: 5; allowed: a string",
        "assessed_points": "$.entries[0].violation.assessed_points: Decimal('-1'); allowed: None, "
        "or a Decimal, an int or a string such as '2.5' from 0 to 1000000000000000, of at most 4 "
        "decimal places (never a float)",
        "format": "$.format: 'cmappraisal/ledger/1'; allowed: \"cmappraisal/ledger/2\"",
        "Zwölf\n": '$.entries[0].violation["Zw\\u00f6lf\\n"]: unknown; allowed: id, manager, rule, '
        "occurred_on, quantity, circumstances, incident, refers_to, assessed_points, found_on, "
        "recorded_on, effective_on, note",
    }
    assert problem == (f"{where}: {message}" if message else exact[str(path[-1])])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "$: no JSON: Expecting value at line 1, column 1"),
        ("{\n'a': 1}", "$: no JSON: Expecting property name enclosed in double quotes at line 2"),
        ("[" * 200_000, "$: lists or objects nested too deep"),
        ('{"a":' * 200_000, "$: lists or objects nested too deep"),
        ("[]", "$: []; allowed: an object with the fields of Ledger"),
        ("NaN", "$: NaN; allowed: an object with the fields of Ledger"),
        ("-Infinity", "$: -Infinity; allowed: an object with the fields of Ledger"),
        ("{}", '$.format: is missing; allowed: "cmappraisal/ledger/2"'),
        ('{"format": "cmappraisal/ledger/2"}', "$.entries: is missing"),
        (
            '{"format": "cmappraisal/ledger/2", "entries": [], "entries": []}',
            "$.entries: there twice; allowed: a list",
        ),
        (
            f'{{"format": {"9" * 1_000_000}}}',
            '$.format: a number of 1000000 digits; allowed: "cmappraisal/ledger/2"',
        ),
        (
            f'{{"format": 0.{"9" * 1_000_000}}}',
            '$.format: the float 0.999999999999999999...; allowed: "cmappraisal/ledger/2"',
        ),
    ],
    ids=lambda value: value[:30],
)
def test_text_that_is_no_document_is_problems_of(text: str, problem: str) -> None:
    first, *others = problems_of(text, Ledger)
    assert first.startswith(problem)
    assert len(first) < 200
    assert others in ([], ["$.entries: is missing"])


@pytest.mark.parametrize("text", [None, b"{}", 5, bytearray(b"{}")])
def test_only_a_string_is_text(text: Any) -> None:
    (problem,) = problems_of(text, Ledger)
    assert problem == f"$: {text!r}; allowed: a string of JSON"


def test_an_int_of_as_many_digits_as_allowed_is_read_and_one_more_is_not() -> None:
    at_the_bound = with_(int("9" * MAXIMUM_DIGITS), "entries", 0, "violation", "quantity")
    past_it = with_(int("9" * (MAXIMUM_DIGITS + 1)), "entries", 0, "violation", "quantity")
    assert problems_of(at_the_bound, Ledger)[0].endswith("allowed: an int from 1 to 1000000")
    assert problems_of(past_it, Ledger)[0].endswith("a number of 21 digits; allowed: an int")


def test_every_problem_is_reported_up_to_a_bound() -> None:
    document = {"format": FORMATS[Ledger], "entries": [{}] * (MAXIMUM_PROBLEMS + 7)}
    with pytest.raises(DecodingError) as caught:
        loads(json.dumps(document), Ledger)
    assert len(caught.value.problems) == MAXIMUM_PROBLEMS
    assert caught.value.more == 1
    assert str(caught.value).endswith("and at least 1 more, where reading stopped")
    assert isinstance(caught.value, AppraisalError)


def test_entries_that_do_not_fit_the_ledger_are_reported_by_their_index() -> None:
    first, appeal = json.loads(dumps(LEDGER))["entries"]
    early = {**appeal, "at": "2025-03-01T00:00:00Z"}
    stray = {**appeal, "violation_id": "V-9"}
    entries = [first, first, appeal, stray, stray, early]
    text = json.dumps({"format": FORMATS[Ledger], "entries": entries})
    assert problems_of(text, Ledger) == [
        '$.entries[1]: case "V-1" is recorded already (2025-03-04T12:00:00+08:00), so the id is '
        "taken; give another violation another id",
        '$.entries[3]: case "V-9" was never recorded, so Appealed does not fit; '
        "record the violation first",
    ]
    text = json.dumps({"format": FORMATS[Ledger], "entries": [first, early]})
    assert problems_of(text, Ledger) == [
        '$.entries[1].at: Appealed of case "V-1" is at 2025-03-01T00:00:00+00:00, before the entry '
        "it follows (2025-03-04T12:00:00+08:00); append in the order of time"
    ]


def test_values_that_contradict_themselves_are_reported() -> None:
    policy: dict[str, Any] = {"format": FORMATS[Policy], "floor": "200"}
    assert problems_of(json.dumps(policy), Policy) == [
        "$.floor: floor (200) is above full_marks (100); lower the one or raise the other"
    ]
    policy = {"format": FORMATS[Policy], "grades": [{"id": "A", "at_least": "3", "below": 2}]}
    assert problems_of(json.dumps(policy), Policy) == [
        "$.grades[0].below: Decimal('2'); allowed: None, or above at_least (3)"
    ]
    rulebook = json.loads(dumps(ERROR_POINTS))
    rulebook["parts"][0]["rules"][0]["aggravated_by"] = ["risks"]
    assert problems_of(json.dumps(rulebook), Rulebook) == [
        '$.parts[0].rules[0].aggravated_by: rule "1.1" is aggravated by "risks", which is not '
        'declared; declare it among the circumstances; did you mean "risk"?'
    ]
    rulebook["parts"][3]["rules"][0]["displaces"] = ["9.9"]
    assert len(problems_of(json.dumps(rulebook), Rulebook)) == 2


APPRAISAL_TEXT = dumps(APPRAISAL)
LINES = "is not what the lines make"
NOT_THERE = 'is not in rulebook "error-points 1.0"'
TAMPERED: dict[str, tuple[tuple[str | int, ...], Any, list[str]]] = {
    "points": (("points",), "19", [f"$.points: {LINES}"]),
    "score": (("score",), "81", [f"$.score: {LINES}"]),
    "revoked": (("revoked",), True, [f"$.revoked: {LINES}"]),
    "grade": (("grade",), "A", [f"$.grade: {LINES}"]),
    "subtotal": (("subtotals", 2, "points"), "2", [f"$.subtotals: {LINES}"]),
    "no such part": (("subtotals", 2, "part"), "7", [f"$.subtotals: {LINES}"]),
    "points of a line": (
        ("lines", 0, "points"),
        "10",
        [
            "$.lines[0].points: 10, but the steps make 20",
            f"$.points: {LINES}",
            f"$.score: {LINES}",
            f"$.subtotals: {LINES}",
        ],
    ),
    "revokes": (
        ("lines", 0, "revokes"),
        True,
        [
            "$.lines[0].revokes: is not what the steps say",
            f"$.score: {LINES}",
            f"$.revoked: {LINES}",
        ],
    ),
    "rule": (("lines", 0, "rule"), "9.9", [f'$.lines[0].rule: rule "9.9" {NOT_THERE}']),
    "rule that is no id": (
        ("lines", 0, "rule"),
        "\u202e" * 1000,
        ["$.lines[0].rule: '\\u202e"],
    ),
    "change": (
        ("lines", 0, "steps", 2, "change"),
        "5",
        ["$.lines[0].steps[2].points: 20, but the steps up to it make 15"],
    ),
    "edition": (
        ("lines", 0, "steps", 1, "reason", "edition"),
        "2",
        ['$.lines[0].steps[1].reason.edition: edition "2" is not in the standard'],
    ),
    "rule of a reason": (
        ("lines", 0, "steps", 1, "reason", "id"),
        "9.9",
        [f'$.lines[0].steps[1].reason.id: rule or clause "9.9" {NOT_THERE}'],
    ),
    "circumstance": (
        ("lines", 0, "steps", 2, "circumstances"),
        ["flood"],
        [f'$.lines[0].steps[2].circumstances: circumstance "flood" {NOT_THERE}'],
    ),
    "rule of a violation": (
        ("lines", 0, "violation", "rule"),
        "9.9",
        [f'$.lines[0].violation.rule: rule "9.9" {NOT_THERE}'],
    ),
    "manager": (
        ("manager",),
        "RM-02",
        ["$.lines[0].violation.manager: is not the appraisal's (RM-02)"],
    ),
    "period": (
        ("period", "last"),
        "2025-03-01",
        ["$.lines[0].violation.occurred_on: is not in the period (2025-01-01..2025-03-01)"],
    ),
    "field of a reason": (
        ("lines", 0, "steps", 0, "reason", "field"),
        "mood",
        [
            "$.lines[0].steps[0].reason.field: 'mood'; allowed: a field of Policy: aggravation, "
            "mitigation"
        ],
    ),
    "no rulebook": (
        ("standard", "editions"),
        [],
        ["$.standard.editions: (); allowed: a list of 1 to 100 Edition"],
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_an_appraisal_that_was_tampered_with_is_rejected(what: str) -> None:
    path, value, problems = TAMPERED[what]
    document = json.loads(APPRAISAL_TEXT)
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    found = problems_of(json.dumps(document), Appraisal)
    assert len(found) == len(problems)
    for problem, begins in zip(found, problems, strict=True):
        assert problem.startswith(begins)
        assert len(problem) < 500


NORTH = Rulebook(
    "north-bank",
    "2025",
    text=Text.same("N"),
    parts=[
        Part(
            "1",
            Text.same("P"),
            rules=[
                Rule(
                    "A",
                    Text.same("R"),
                    penalty=Deduction(1, Unit.OCCURRENCE),
                    citation=Citation("1"),
                )
            ],
        )
    ],
)
OTHER_NORTH = attrs.evolve(NORTH, text=Text.same("M"))
OF_NORTH = score(Ledger(), NORTH, Period.year(2025), manager="RM-01")


def test_an_appraisal_refers_to_its_rulebook() -> None:
    text = dumps(OF_NORTH)
    (edition,) = json.loads(text)["standard"]["editions"]
    assert edition["rulebook"] == {
        "id": "north-bank",
        "edition": "2025",
        "digest": NORTH.digest,
    }
    assert loads(text, Appraisal, rulebooks=[NORTH]) == OF_NORTH
    assert loads(text, Appraisal, rulebooks=[OTHER_NORTH, NORTH]) == OF_NORTH
    assert decode(encode(OF_NORTH), Appraisal, rulebooks=[NORTH]).rulebook is NORTH


@pytest.mark.parametrize(
    ("known", "code", "problem"),
    [
        (
            (),
            ProblemCode.UNKNOWN_ID,
            '$.standard.editions[0].rulebook: rulebook "north-bank 2025" is not known; '
            'known: "error-points 1.0"; '
            "give it in rulebooks=",
        ),
        (
            (OTHER_NORTH,),
            ProblemCode.DISAGREES,
            f"$.standard.editions[0].rulebook.digest: {NORTH.digest} is not the digest of the "
            "rulebook "
            f'"north-bank 2025" that is known here ({OTHER_NORTH.digest}); '
            "give the one that was scored by in rulebooks=",
        ),
    ],
    ids=["missing", "another of its name"],
)
def test_a_rulebook_that_was_not_scored_by_is_reported(
    known: tuple[Rulebook, ...], code: ProblemCode, problem: str
) -> None:
    with pytest.raises(DecodingError) as caught:
        loads(dumps(OF_NORTH), Appraisal, rulebooks=known)
    assert [str(each) for each in caught.value.problems] == [problem]
    assert caught.value.problems[0].code is code


def test_a_digest_that_is_none_is_reported() -> None:
    document = json.loads(dumps(OF_NORTH))
    document["standard"]["editions"][0]["rulebook"]["digest"] = "abc"
    assert problems_of(json.dumps(document), Appraisal) == [
        "$.standard.editions[0].rulebook.digest: 'abc'; "
        "allowed: 64 hexadecimal digits in lower case"
    ]


@pytest.mark.parametrize("rulebooks", [5, "ab", [5], NORTH, {NORTH: 1}])
def test_rulebooks_are_a_list_of_rulebooks(rulebooks: Any) -> None:
    with pytest.raises(FieldError, match=r"decode: rulebooks is .*; allowed: a list of Rulebook"):
        loads(dumps(OF_NORTH), Appraisal, rulebooks=rulebooks)


def test_an_appraisal_is_short() -> None:
    empty = score(Ledger(), ERROR_POINTS, Period.year(2025), manager="RM-01")
    assert len(dumps(empty).encode()) <= 1_500
    ledger = Ledger()
    for day in range(1, 29):
        violation = Violation(
            f"V-{day:03}", "RM-01", rule="2.1", occurred_on=date(2025, 3, day), incident=f"I-{day}"
        )
        ledger = ledger.record(violation, at=NOON + timedelta(days=40))
    appraisal = score(ledger, ERROR_POINTS, Period.year(2025), manager="RM-01")
    assert len(dumps(appraisal).encode()) <= len(dumps(empty).encode()) + 28 * 1_000


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ([], "$.answers: []; allowed: an object with fields of Policy"),
        ({"floor": 0.5}, "$.answers.floor: 0.5; allowed: "),
        ({"flor": "1"}, "$.answers.flor: "),
    ],
    ids=str,
)
def test_what_a_clause_answers_is_read_as_the_policy_is(answers: Any, problem: str) -> None:
    clause = Clause("G", Text.same("general"), citation="1", answers={"floor": 10})
    assert decode(encode(clause), Clause) == clause
    with pytest.raises(DecodingError) as caught:
        decode({**encode(clause), "answers": answers}, Clause)
    (found,) = caught.value.problems
    assert f"{found.path}: {found.message}".startswith(problem)


def test_a_line_is_there_once() -> None:
    document = json.loads(APPRAISAL_TEXT)
    document["lines"] *= 2
    assert problems_of(json.dumps(document), Appraisal)[0] == (
        "$.lines[1].violation.id: is that of $.lines[0] too"
    )


def test_reading_stops_where_an_appraisal_disagrees_too_often() -> None:
    document = json.loads(APPRAISAL_TEXT)
    document["lines"] *= MAXIMUM_PROBLEMS + 2
    problems = problems_of(json.dumps(document), Appraisal)
    assert len(problems) == MAXIMUM_PROBLEMS


def test_the_day_of_a_recording_is_not_in_an_appraisal() -> None:
    policy = Policy(counted_on=CountedOn.RECORDED)
    first_quarter = Period.quarter(2026, 1)
    ledger = Ledger().record(VIOLATION, at=datetime(2026, 1, 4, tzinfo=UTC))
    appraisal = score(ledger, ERROR_POINTS, first_quarter, manager="RM-01", policy=policy)
    assert appraisal.points == 20
    assert loads(dumps(appraisal), Appraisal) == appraisal


def test_a_case_is_what_its_history_makes() -> None:
    case = LEDGER.case("V-1")
    data = encode(case)
    assert decode(data, cmappraisal.Case) == case
    for tampered, problem in [
        ({**data, "state": "final"}, "makes another state or violation than is given here"),
        ({**data, "history": data["history"][:1]}, "makes another state or violation"),
        ({**data, "history": []}, r"history: \(\); allowed: a non-empty list of entries"),
        ({**data, "history": data["history"][1:]}, 'case "V-1" was never recorded'),
    ]:
        with pytest.raises(DecodingError, match=problem):
            decode(tampered, cmappraisal.Case)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: encode(5), "encode: value is 5; allowed: Acted, Redacted, Merit,"),
        (lambda: encode(MerkleTree()), "encode: value is <MerkleTree of 0 leaves"),
        (lambda: encode(Unit.CUSTOMER), "encode: value is <Unit.CUSTOMER"),
        (lambda: decode({}, int), "decode: kind is <class 'int'>; allowed: Acted,"),
        (lambda: decode({}, int | str), "decode: kind is int | str; allowed: Acted,"),
        (
            lambda: decode({}, None),  # type: ignore[call-overload]
            "decode: kind is None; allowed: Acted,",
        ),
        (
            lambda: dumps(Text.same("A")),  # type: ignore[arg-type]
            "dumps: document is Text(zh_hant='A', zh_hans='A', en='A'); "
            "allowed: Rulebook, Policy, Ledger, Appraisal",
        ),
        (
            lambda: loads("{}", Text),
            "loads: kind is <class 'cmappraisal.texts.Text'>; "
            "allowed: Rulebook, Policy, Ledger, Appraisal",
        ),
    ],
)
def test_types_that_have_no_encoding_are_rejected(call: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        call()
    assert str(caught.value).startswith(message)


def test_keys_that_are_no_strings_are_unknown() -> None:
    with pytest.raises(DecodingError) as caught:
        decode({"id": "A", "at_least": None, "below": None, 5: 1, (): 2}, Grade)
    assert [problem.path for problem in caught.value.problems] == ["$[5]", "$[()]"]


def test_parts_within_parts_are_nested_too_deep_at_some_depth() -> None:
    parts = '"parts": [{' * 300 + "}]" * 300
    text = f'{{"format": "{FORMATS[Rulebook]}", {parts}}}'
    with pytest.raises(DecodingError, match=r"\$: lists or objects nested too deep"):
        loads(text, Rulebook)


def test_a_nested_kind_that_is_wrong_is_problems_of() -> None:
    with pytest.raises(DecodingError, match=r"\$\.aggravation\.kind: 'divide'; allowed: \"mult"):
        decode({"aggravation": {"kind": "divide"}}, Policy)
    with pytest.raises(DecodingError, match=r"\$\.kind: 'add'; allowed: \"multiply\""):
        decode({"kind": "add", "factor": 2}, Multiply)
    with pytest.raises(DecodingError, match=r"\$\.kind: is missing; allowed: \"amended\""):
        decode({}, Amended)


def test_a_moment_in_utc_may_end_in_z() -> None:
    data = {**encode(next(iter(LEDGER))), "at": "2025-03-04T04:00:00Z"}
    entry = decode(data, Recorded)
    assert entry.at == NOON
    assert entry.at.tzinfo is UTC


@pytest.mark.parametrize("points", ["NaN", "sNaN", "Infinity", "1E+1000000", "0E+5000"])
def test_decimals_that_are_no_points_are_rejected_everywhere(points: str) -> None:
    for data in (
        {**encode(APPRAISAL), "points": Decimal(points)},
        {**encode(APPRAISAL), "score": Decimal(points)},
    ):
        with pytest.raises(DecodingError, match=r"\$\.(points|score): Decimal.*; allowed"):
            decode(data, Appraisal)


def test_points_are_decimals_in_their_one_form_however_they_were_written() -> None:
    document = json.loads(APPRAISAL_TEXT)
    document["points"] = 20
    document["score"] = "80.00"
    again = loads(json.dumps(document), Appraisal)
    assert again == APPRAISAL
    assert (repr(again.points), repr(again.score)) == ("Decimal('20')", "Decimal('80')")


@pytest.mark.parametrize("as_of", ["2025-05-01T00:00:00", "2025-05-01", "soon", 5])
def test_what_was_known_was_known_at_a_moment(as_of: object) -> None:
    document = json.loads(APPRAISAL_TEXT)
    document["as_of"] = as_of
    (problem,) = problems_of(json.dumps(document), Appraisal)
    assert problem == f"$.as_of: {as_of!r}; allowed: {MOMENT}"


@pytest.mark.parametrize("manager", ["", "a\nb", "x" * 1000], ids=["empty", "lines", "long"])
def test_an_appraisal_is_of_a_manager_with_an_id(manager: str) -> None:
    empty = json.loads(dumps(score(Ledger(), ERROR_POINTS, Period.year(2025), manager="RM-01")))
    empty["manager"] = manager
    (problem,) = problems_of(json.dumps(empty), Appraisal)
    assert problem.startswith("$.manager: ")
    assert problem.endswith(f"; allowed: {ID}")


def test_a_wrong_format_does_not_hide_what_else_is_wrong() -> None:
    text = json.dumps({"format": "cmappraisal/ledger/1", "entries": 5, "x": 1})
    assert problems_of(text, Ledger) == [
        "$.format: 'cmappraisal/ledger/1'; allowed: \"cmappraisal/ledger/2\"",
        "$.entries: 5; allowed: a list",
        "$.x: unknown; allowed: entries",
    ]


def test_a_name_that_goes_on_and_on_is_cut() -> None:
    text = json.dumps({"format": FORMATS[Ledger], "entries": [], "x" * 10**6: 1})
    (problem,) = problems_of(text, Ledger)
    assert len(problem) < 200


def test_the_smallest_change_there_is_comes_back() -> None:
    step = APPRAISAL.lines[0].steps[0]
    tiny = attrs.evolve(step, change=Decimal("0.00000001"))
    assert encode(tiny)["change"] == "0.00000001"
    assert decode(encode(tiny), cmappraisal.Step) == tiny


@pytest.mark.parametrize("indent", [1.5, "x", -1, 81, True])
def test_an_indent_is_a_few_spaces(indent: Any) -> None:
    with pytest.raises(FieldError, match=r"dumps: indent is .*; allowed: None, or an int from 0"):
        dumps(LEDGER, indent=indent)


@pytest.mark.parametrize("kind", [[], {}, None, "Ledger"])
def test_a_kind_is_a_type(kind: Any) -> None:
    with pytest.raises(FieldError, match="loads: kind is"):
        loads("{}", kind)


def test_a_mapping_is_an_object_whose_elements_are_all_looked_at() -> None:
    with pytest.raises(DecodingError) as caught:
        decode({"appraisals": 5, "faulty": {"RM-01": 5, "RM-02": []}}, Scored)
    assert [(each.path, each.code.value) for each in caught.value.problems] == [
        ("$.appraisals", "not-allowed"),
        ('$.faulty["RM-01"]', "not-allowed"),
    ]
    crowd = {f"RM-{number}": 5 for number in range(2 * MAXIMUM_PROBLEMS)}
    with pytest.raises(DecodingError) as caught:
        decode({"appraisals": {}, "faulty": crowd}, Scored)
    assert len(caught.value.problems) == MAXIMUM_PROBLEMS
    assert caught.value.more


def _reported(data: object, kind: Any) -> list[tuple[str, str]]:
    with pytest.raises(DecodingError) as caught:
        decode(data, kind)
    return [(each.path, each.code.value) for each in caught.value.problems]


def test_every_contradiction_of_a_plan_within_a_document_has_its_path() -> None:
    data = encode(
        Schedule(
            VIP_SERVICE,
            Period.month(2026, 3),
            calendar=WorkCalendar(),
            sessions=[Session("study", date(2026, 3, 16), on=date(2026, 3, 16))],
        )
    )
    activities = data["plan"]["activities"]
    activities[1]["courses"].append("stady")
    activities[2]["follows"] = "talk"
    activities[3]["duration"] = 481
    data["plan"]["targets"] *= 2
    assert _reported(data, Schedule) == [
        (f"$.plan.activities[1].courses[{len(activities[1]['courses']) - 1}]", "unknown-id"),
        ("$.plan.activities[2].follows", "unknown-id"),
        ("$.plan.activities[3].duration", "contradiction"),
        ("$.plan.targets[1]", "repeated"),
    ]
    activities[1]["courses"].pop()
    activities[1].update(feeds_performance=True, each_time=activities[1]["courses"][:1])
    data["plan"]["curriculum"]["courses"] += data["plan"]["curriculum"]["courses"][:2]
    count = len(data["plan"]["curriculum"]["courses"])
    assert _reported(data, Schedule) == [
        (f"$.plan.curriculum.courses[{count - 2}]", "repeated"),
        (f"$.plan.curriculum.courses[{count - 1}]", "repeated"),
        ("$.plan.activities[1].feeds_performance", "without-effect"),
        ("$.plan.activities[1].each_time", "repeated"),
    ]


def test_every_session_that_a_schedule_cannot_have_has_its_path() -> None:
    session = encode(Session("stady", date(2026, 3, 16), on=date(2026, 3, 16), person="RM-01"))
    data = encode(Schedule(VIP_SERVICE, Period.month(2026, 3), calendar=WorkCalendar()))
    data["sessions"] = [session]
    data["cancelled"] = [session]
    assert _reported(data, Schedule) == [
        ("$.sessions[0].activity", "unknown-id"),
        ("$.sessions[0].person", "unknown-id"),
        ("$.cancelled[0].activity", "unknown-id"),
        ("$.cancelled[0].person", "unknown-id"),
        ("$.cancelled[0]", "repeated"),
    ]


def test_a_field_that_is_compared_with_another_is_not_where_there_is_no_other() -> None:
    # It cannot be made, for want of its act; what is wrong with its words nobody can say.
    data = {"kind": "acted", "violation_id": "V-1", "at": "2025-03-04T12:00:00+08:00", "reason": ""}
    with pytest.raises(DecodingError) as caught:
        decode(data, Entry)
    assert [problem.path for problem in caught.value.problems] == ["$.act"]


def test_fields_are_checked_one_by_one_where_the_whole_cannot_be_made() -> None:
    data = {
        "kind": "violation",
        "id": "V-1",
        "manager": "",
        "rule": "2.1",
        "occurred_on": "2025-03-02",
        "quantity": 0,
        "found_on": 5,
    }
    with pytest.raises(DecodingError) as caught:
        decode(data, Violation)
    assert sorted(problem.path for problem in caught.value.problems) == [
        *("$.found_on", "$.manager", "$.quantity")
    ]
