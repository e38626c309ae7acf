"""Worked cases: what is written is read or rejected, and what comes out otherwise is told."""

import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import (
    Acted,
    Corrected,
    DecodingError,
    Edition,
    Editions,
    FieldError,
    Ledger,
    Multiply,
    Period,
    Policy,
    ProblemCode,
    Rounding,
    Rule,
    Rulebook,
    State,
    Tenure,
    Text,
)
from cmappraisal.errors import MAXIMUM_PROBLEMS
from cmappraisal.interop.cases import WorkedCase, cases_of, check_case, report_case
from cmappraisal.interop.toml_texts import MAXIMUM_LENGTH
from cmappraisal.procedure import ProceduralAct
from cmappraisal.standards import (
    Circumstance,
    Consequence,
    Deduction,
    Part,
    Referral,
    SetTo,
    Status,
    Unit,
)

WORDS = Text.same("words")


def rule(id: str, place: int, **fields: Any) -> Rule:
    return Rule(id, WORDS, citation=[place], **fields)


# A sale without records takes 5 points, 10 with a loss, and half where it is found by oneself.
SALES = Rulebook(
    "sales",
    "1",
    text=WORDS,
    circumstances=[Circumstance(id, WORDS) for id in ("loss", "self-found")],
    consequences=[
        Consequence("fine", WORDS, money=200),
        Consequence("removal", WORDS, status=Status.REVOKED),
    ],
    parts=[
        Part(
            "P",
            WORDS,
            rules=[
                rule(
                    "a",
                    1,
                    penalty=Deduction(5, Unit.OCCURRENCE),
                    aggravated_by={"loss": SetTo(10)},
                    mitigated_by={"self-found": Multiply("0.5")},
                    consequences={"fine": ["loss"]},
                ),
                rule("b", 2, penalty=Referral(to=["a"])),
                rule("c", 3, consequences=["removal"]),
            ],
        )
    ],
)
LATER = attrs.evolve(SALES, edition="2")


def case_of(text: str, head: str = "year = 2024") -> WorkedCase:
    (case,) = cases_of(f'{head}\n[[cases]]\nname = "it"\n{text}')
    return case


def differences(text: str, standard: Any = SALES, policy: Policy = Policy()) -> list[str]:  # noqa: B008
    return [str(each) for each in check_case(case_of(text), standard, policy)]


def problems(text: str) -> list[str]:
    with pytest.raises(DecodingError) as raised:
        cases_of(text)
    return [str(each) for each in raised.value.problems]


def problems_of(text: str) -> list[str]:
    """The problems of one case, seen from it."""
    return [
        each.replace("$.cases[0]", "$")
        for each in problems(f'year = 2024\n[[cases]]\nname = "it"\n{text}')
    ]


ONE = 'violations = [{ rule = "a" }]\n'
SOLD = 'violations = [{ rule = "a", quantity = 3, circumstances = ["loss"] }]\n'
SELF_FOUND = SOLD.replace('"loss"', '"loss", "self-found"')


# What comes out.


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE}expect.points = 5",
        f'{ONE}expect = {{ points = "5.0", score = 95, revoked = false, grade = false }}',
        f"{SOLD}expect.points = 30",
        f"{SELF_FOUND}expect.points = 15",
        f"{SOLD}expect.money = 200",
        f'{SOLD}expect.lines.V-1.effects = ["unit-raised", "counted", "follows"]',
        f'{SOLD}expect.lines.V-1 = {{ consequences = ["fine"], money = 200, edition = "1" }}',
        f"{ONE}expect.lines.V-1 = 5",
        f"{ONE}expect.lines.V-1 = {{ consequences = [] }}",
        'violations = [{ rule = "b", refers_to = "a" }]\nexpect.lines.V-1.rule = "a"',
        'violations = [{ rule = "c" }]\nexpect = { revoked = true, score = false }',
        'violations = [{ rule = "d" }]\n'
        "expect.faults = [{ code = 'unknown-id', path = '$[\"V-1\"].rule' }]",
        "expect.points = 0",
        f"{ONE}policy = {{ full_marks = 12 }}\nexpect.score = 7",
        f"{ONE}policy = {{ full_marks = false }}\nexpect.score = false",
        # Another's violation, and one of another year, make no line.
        'violations = [{ rule = "a", manager = "RM-02" }]\n'
        "expect = { points = 0, lines = { V-1 = false } }",
        'violations = [{ rule = "a", occurred_on = 2023-12-31 }]\nexpect.lines.V-1 = false',
        # What was entered later.
        f'{ONE}entries = [{{ reversed = "V-1" }}]\nexpect.points = 0',
        f'{ONE}entries = [{{ amended = "V-1", quantity = 2 }}]\nexpect.points = 10',
        f'{SOLD}entries = [{{ amended = "V-1", circumstances = [] }}, '
        '{ amended = "V-1", quantity = 2 }]\nexpect.points = 10',
        f'{ONE}entries = [{{ appealed = "V-1" }}, {{ decided = "V-1", points = 3 }}]\n'
        "expect.points = 3",
        f'{ONE}entries = [{{ appealed = "V-1" }}, {{ dismissed = "V-1" }}]\nexpect.points = 5',
        f'{ONE}policy.pending_appeals = "suspend"\nentries = [{{ appealed = "V-1" }}]\n'
        "expect.points = 0",
        # What was known.
        f'{ONE}entries = [{{ reversed = "V-1", at = 2024-03-05 }}]\nas_of = 2024-03-04\n'
        "expect.points = 5",
        f'{ONE}entries = [{{ reversed = "V-1", at = 2024-03-04 }}]\nas_of = 2024-03-04\n'
        "expect.points = 0",
        f'{ONE}entries = [{{ reversed = "V-1", at = 2024-03-04 }}]\n'
        "as_of = 2024-03-04T11:59:59Z\nexpect.points = 5",
    ],
)
def test_a_case_that_comes_out_has_no_differences(text: str) -> None:
    assert differences(text) == []
    assert report_case(case_of(text), SALES) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{ONE}expect.points = 6", ["$.points: 5, but the case expects 6"]),
        (
            f'{ONE}expect = {{ points = "5.5", score = 95, grade = "A", revoked = true }}',
            [
                "$.points: 5, but the case expects 5.5",
                "$.grade: none, but the case expects A",
                "$.revoked: false, but the case expects true",
            ],
        ),
        (f"{SOLD}expect.money = 100", ["$.money: 200, but the case expects 100"]),
        (
            f'{SOLD}expect.lines.V-1 = {{ effects = [], consequences = [], edition = "2" }}',
            [
                '$.lines["V-1"].edition: 1, but the case expects 2',
                '$.lines["V-1"].effects: unit-raised, counted, follows, but the case expects none',
                '$.lines["V-1"].consequences: fine, but the case expects none',
            ],
        ),
        (
            f"{ONE}expect.lines.V-1 = false",
            ['$.lines["V-1"]: there is a line of 5 points, but the case expects none'],
        ),
        (
            f'{ONE}entries = [{{ reversed = "V-1" }}]\nexpect.lines.V-1 = 0',
            ['$.lines["V-1"]: there is no such line, but the case expects one'],
        ),
        (
            f"{ONE}expect.faults = [{{ code = 'missing', path = '$' }}]",
            ["$.faults: there are none, and the facts come to 5 points"],
        ),
        (
            f"{ONE}expect.account = {{ balance = 5, without_ground = ['talk'] }}",
            ["$.account.without_ground: none, but the case expects talk"],
        ),
        (
            f"{ONE}expect.account = {{ balance = 4, consequences = ['talk'] }}",
            [
                "$.account.balance: 5, but the case expects 4",
                "$.account.consequences: none, but the case expects 1",
            ],
        ),
        (
            f"{ONE}policy.assessment_period = {{ kind = 'span', months = 12, cycle = 'licence' }}\n"
            "expect.account.balance = 5",
            [
                '$.account.people: "RM-01" has no milestone "licence", from which cycles run; give '
                "it in people="
            ],
        ),
        (
            "violations = [{ rule = \"b\" }]\nexpect.faults = [{ code = 'missing', path = '$' }]",
            [
                '$.faults: missing at $["V-1"].refers_to (refers_to is missing, but rule "b" '
                "refers to another rule; name the one that applies: a), but the case does not "
                "expect it",
                "$.faults: the case expects missing at $, which is not there",
            ],
        ),
        (
            'violations = [{ rule = "d" }]\nexpect.points = 5',
            [
                '$.faults: unknown-id at $["V-1"].rule (rule "d" is not in rulebook "sales 1"; '
                "name a rule of that rulebook), but the case does not expect it"
            ],
        ),
    ],
)
def test_what_comes_out_otherwise_is_named(text: str, expected: list[str]) -> None:
    assert differences(text) == expected


def test_a_policy_that_contradicts_the_case_is_a_difference() -> None:
    text = f"{ONE}policy.floor = 50\nexpect.points = 5"
    assert differences(text, policy=Policy(full_marks=40)) == [
        "$.policy.floor: floor (50) is above full_marks (40); lower the one or raise the other"
    ]


def test_editions_are_a_standard_too() -> None:
    editions = Editions([Edition(SALES, last=date(2024, 6, 30)), Edition(LATER, date(2024, 7, 1))])
    text = (
        'violations = [{ rule = "a" }, { rule = "a", occurred_on = 2024-07-01 }]\n'
        'expect.lines = { V-1 = { edition = "1" }, V-2 = { edition = "2" } }'
    )
    assert differences(text, editions) == []


def test_the_report_has_the_differences_the_note_and_the_explanation() -> None:
    case = case_of(f'note = "as it was told"\n{ONE}expect.points = 6')
    report = report_case(case, SALES, language="zh-Hans")
    assert report.startswith(
        'case "it" does not come out:\n- $.points: 5, but the case expects 6\n\nas it was told\n\n'
    )
    assert report.endswith(f"\n\n{_explained(case, 'zh-Hans')}")


def _explained(case: WorkedCase, language: Any) -> str:
    from cmappraisal import score

    return score(case.ledger, SALES, case.period, manager=case.manager).explain(language)


def test_the_report_of_facts_that_cannot_be_scored_has_no_explanation() -> None:
    case = case_of('violations = [{ rule = "d" }]\nexpect.points = 6')
    assert len(report_case(case, SALES).splitlines()) == 2


# What is left out.


def test_a_short_case_is_filled_in() -> None:
    case = case_of(f"{ONE}expect.points = 5")
    (entry,) = case.ledger
    assert attrs.asdict(case.ledger.case("V-1").violation, recurse=False) == {
        "id": "V-1",
        "manager": "RM-01",
        "rule": "a",
        "occurred_on": date(2024, 1, 1),
        "quantity": 1,
        "circumstances": frozenset(),
        "incident": None,
        "refers_to": None,
        "assessed_points": None,
        "found_on": None,
        "recorded_on": None,
        "effective_on": None,
        "note": "",
    }
    assert entry.at == datetime(2024, 1, 1, 12, tzinfo=UTC)
    assert (case.manager, case.note, case.as_of, case.policy) == ("RM-01", "", None, {})


@pytest.mark.parametrize(
    ("days", "at"),
    [
        ("occurred_on = 2024-03-02", datetime(2024, 3, 2, 12, tzinfo=UTC)),
        ("found_on = 2024-03-04", datetime(2024, 3, 4, 12, tzinfo=UTC)),
        ("found_on = 2024-03-04, recorded_on = 2024-03-05", datetime(2024, 3, 5, 12, tzinfo=UTC)),
        ("effective_on = 2024-04-01", datetime(2024, 1, 1, 12, tzinfo=UTC)),
        ("at = 2024-03-06", datetime(2024, 3, 6, 12, tzinfo=UTC)),
        ("at = 2024-03-06T01:02:03Z", datetime(2024, 3, 6, 1, 2, 3, tzinfo=UTC)),
    ],
)
def test_a_violation_is_recorded_on_the_last_day_that_it_states(days: str, at: datetime) -> None:
    case = case_of(f'violations = [{{ rule = "a", {days} }}]\nexpect.points = 5')
    assert case.ledger.latest == at


def test_an_entry_takes_its_moment_and_its_words_from_the_case() -> None:
    case = case_of(
        'violations = [{ rule = "a", by = "HR-1" }, { rule = "a", occurred_on = 2024-02-01 }]\n'
        'entries = [{ appealed = "V-1", at = 2024-01-05 }, { dismissed = "V-1" }, '
        '{ reversed = "V-2", reason = "no sale", by = "HR-2" }]\nexpect.points = 5'
    )
    assert [
        (type(each).__name__, each.at.date().isoformat(), getattr(each, "by", None))
        for each in case.ledger
    ] == [
        ("Recorded", "2024-01-01", "HR-1"),
        ("Appealed", "2024-01-05", None),
        ("Dismissed", "2024-01-05", None),
        ("Recorded", "2024-02-01", None),
        ("Reversed", "2024-02-01", "HR-2"),
    ]
    appealed, dismissed = case.ledger.case("V-1").history[1:]
    assert (appealed.grounds, dismissed.reason) == ("it", "it")  # type: ignore[union-attr]
    assert case.ledger.case("V-2").last.reason == "no sale"  # type: ignore[union-attr]
    assert case.ledger.case("V-1").state is State.FINAL


def test_what_comes_later_in_a_case_is_written_too() -> None:
    case = case_of(
        'violations = [{ rule = "b", refers_to = "a" }]\n'
        'entries = [{ acted = "V-1", act = "notified", on = 2024-01-04, at = 2024-01-05 }, '
        '{ appealed = "V-1" }, { decided = "V-1", points = 3 }, { appealed = "V-1" }, '
        '{ reviewed = "V-1", points = 2 }, { corrected = "V-1", rule = "a", refers_to = false }]\n'
        "expect.points = 2"
    )
    noticed, *_, corrected = case.ledger.case("V-1").history[1:]
    assert isinstance(noticed, Acted)
    assert (noticed.on, noticed.act) == (date(2024, 1, 4), ProceduralAct.NOTIFIED)
    assert isinstance(corrected, Corrected)
    assert (corrected.violation.rule, corrected.reason) == ("a", "it")
    assert case.ledger.case("V-1").state is State.FINAL
    assert check_case(case, SALES) == ()


def test_an_amendment_can_take_a_value_away() -> None:
    case = case_of(
        'violations = [{ rule = "b", refers_to = "a" }]\n'
        'entries = [{ amended = "V-1", rule = "a", refers_to = false }]\nexpect.points = 5'
    )
    assert case.ledger.case("V-1").violation.refers_to is None
    assert check_case(case, SALES) == ()


@pytest.mark.parametrize(
    ("head", "text", "period"),
    [
        ("year = 2024", "", Period.year(2024)),
        ("year = 2024", "year = 2025\n", Period.year(2025)),
        (
            "first = 2024-01-01\nlast = 2024-03-31",
            "",
            Period(date(2024, 1, 1), date(2024, 3, 31)),
        ),
        (
            "year = 2024",
            "first = 2024-04-01\nlast = 2024-04-30\n",
            Period(date(2024, 4, 1), date(2024, 4, 30)),
        ),
    ],
)
def test_the_period_is_that_of_the_case_or_of_the_text(
    head: str, text: str, period: Period
) -> None:
    assert case_of(f"{text}expect.points = 0", head).period == period


def test_the_policy_of_a_case_is_what_it_says_alone() -> None:
    case = case_of('policy = { smallest_unit = "0.5", rounding = "up" }\nexpect.points = 0')
    assert dict(case.policy) == {
        "smallest_unit": Decimal("0.5"),
        "rounding": Rounding.UP,
    }


def test_cases_come_in_their_order() -> None:
    text = "".join(
        f'[[cases]]\nname = "{name}"\nyear = 2024\nexpect.points = 0\n' for name in "bac"
    )
    assert [case.name for case in cases_of(text)] == ["b", "a", "c"]


# What is rejected.


def test_people_are_read_with_a_moment_or_a_day() -> None:
    for known_from in ("2024-03-04", "2024-03-04T12:00:00Z"):
        (case,) = cases_of(
            f"[[cases]]\nname = 'it'\nyear = 2024\nexpect.points = 0\n"
            f"people = [{{ person = 'A', group = 'G', role = false, known_from = {known_from} }}]"
        )
        moment = datetime(2024, 3, 4, 12, tzinfo=UTC)
        assert case.people == (Tenure("A", "G", known_from=moment),)


@pytest.mark.parametrize(
    ("people", "problem"),
    [
        ("5", "$.cases[0].people: 5; allowed: a list"),
        ("[5]", "$.cases[0].people[0]: 5; allowed: a table with person, group, role, superior"),
        ("[{ person = 'A' }]", "$.cases[0].people[0].group: is missing"),
        (
            "[{ person = 'A', group = 'G', known_from = 5 }]",
            "$.cases[0].people[0].known_from: 5; allowed: ",
        ),
        (
            "[{ person = 'A', group = 'G', rule = 'head' }]",
            "$.cases[0].people[0].rule: unknown; allowed: person, group, role, superior, first, "
            'last, full_time, known_from; did you mean "role"?',
        ),
    ],
)
def test_people_that_are_none_are_reported(people: str, problem: str) -> None:
    with pytest.raises(DecodingError) as caught:
        cases_of(f"[[cases]]\nname = 'it'\nyear = 2024\nexpect.points = 0\npeople = {people}")
    found = [f"{each.path}: {each.message}" for each in caught.value.problems]
    assert found[0].startswith(problem)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["$.cases: is missing; allowed: a table [[cases]] for each case"]),
        ("cases = []", ["$.cases: there is no case; give a table [[cases]] for each case"]),
        ("cases = 5", ["$.cases: 5; allowed: a list"]),
        (
            "yaer = 2024\ncases = [5]",
            [
                '$.yaer: unknown; allowed: cases, year, first, last; did you mean "year"?',
                "$.cases[0]: 5; allowed: a table with name, note, manager, year, first, last, "
                "policy, violations, merits, entries, people, milestones, as_of, expect",
            ],
        ),
        (
            '[[cases]]\nname = "it"\nexpect.points = 0',
            [
                "$.cases[0].year: is missing; give year, or first and last, here or on top of "
                "the text"
            ],
        ),
        (
            "[[cases]]\nyear = 2024",
            ["$.cases[0].name: is missing", "$.cases[0].expect: is missing"],
        ),
        (
            '[[cases]]\nname = "it"\nyear = 2024\nexpect.points = 0\n' * 2,
            ["$.cases[1].name: 'it' is the name of a case before it; give each its own"],
        ),
        (
            "year = 0\ncases = []",
            ["$.year: 0; allowed: an int from 1 to 9999", "$.cases: there is"],
        ),
        ("year = 1.5\ncases = []", ["$.year: the float 1.5; allowed: an int", "$.cases: there is"]),
        ("a = ", ["$: no TOML: Invalid value (at end of document)"]),
    ],
)
def test_a_text_that_describes_no_cases_is_rejected(text: str, expected: list[str]) -> None:
    found = problems(text)
    assert len(found) == len(expected)
    assert all(each.startswith(start) for each, start in zip(found, expected, strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "first = 2024-01-01\nyear = 2023\nexpect.points = 0",
            ["$.year: there beside first or last; give the year, or first and last"],
        ),
        ("first = 2024-01-01\nexpect.points = 0", ["$.last: is missing"]),
        (
            "first = 2024-01-02\nlast = 2024-01-01\nexpect.points = 0",
            ["$.last: datetime.date(2024, 1, 1); allowed: a date on or after first (2024-01-02)"],
        ),
        ("manager = ''\nexpect.points = 0", ["$.manager: ''; allowed: a non-empty string"]),
        ("note = 5\nexpect.points = 0", ["$.note: 5; allowed: a string"]),
        ("expect = {}", ["$.expect: expects nothing; give one of points, awards, score, grade, "]),
        ("expect = 5", ["$.expect: 5; allowed: a table with points, awards, score, grade, "]),
        (
            "expect.point = 0",
            [
                "$.expect.point: unknown; allowed: points, awards, score, grade, revoked, "
                'money, caps, lines, account, faults; did you mean "points"?'
            ],
        ),
        (
            "expect.points = 1.5",
            ['$.expect.points: the float 1.5; allowed: a string such as "2.5"'],
        ),
        pytest.param(
            f"expect.points = 0x{'f' * 900_000}",
            ["$.expect.points: <int that cannot be shown>; allowed: a string such as"],
            id="huge",
        ),
        ("expect.points = false", ["$.expect.points: False; allowed: a string such as"]),
        ("expect.grade = ' A'", ["$.expect.grade: ' A'; allowed: a non-empty string"]),
        ("expect.lines = 5", ["$.expect.lines: 5; allowed: a table with the ids of violations"]),
        (
            "expect.lines.V-1 = 5",
            ["$.expect.lines[\"V-1\"]: 'V-1'; allowed: the id of a violation of the case, and it"],
        ),
        (
            f"{ONE}expect.lines = {{ V-2 = 5, V-1 = {{ point = 5, effects = ['x'] }} }}",
            [
                "$.expect.lines[\"V-2\"]: 'V-2'; allowed: the id of a violation of the case, such "
                'as V-1; did you mean "V-1"?',
                '$.expect.lines["V-1"].point: unknown; allowed: points, rule, edition, effects, ',
                '$.expect.lines["V-1"].effects[0]: \'x\'; allowed: "appeal-counts", ',
            ],
        ),
        ("expect.faults = []", ["$.expect.faults: []; allowed: a list of at least one table"]),
        (
            "expect.faults = [{ code = 'none' }]",
            [
                "$.expect.faults[0].code: 'none'; allowed: \"not-allowed\", ",
                "$.expect.faults[0].path: is missing",
            ],
        ),
        (
            "expect = { points = 5, faults = [{ code = 'missing', path = '$' }] }",
            ["$.expect.faults: there beside what only facts without a fault come to"],
        ),
        (
            "policy = { aggravation = 2, roundin = 'up' }\nexpect.points = 0",
            [
                "$.policy.roundin: unknown; allowed: aggravation, mitigation, ",
                "$.policy.aggravation: 2; allowed: an object of kind ",
            ],
        ),
        (
            "policy = { floor = 5, full_marks = 2 }\nexpect.points = 0",
            ["$.policy.floor: floor (5) is above full_marks (2); lower the one or raise the other"],
        ),
        (
            "violations = [{ rule = 'a', quantity = 0, by = 5 }, { rul = 'a' }]\n"
            "entries = [{ reversed = 'V-2' }]\nexpect.lines.V-1 = 5",
            [
                "$.violations[0].by: 5; allowed: a string",
                "$.violations[0].quantity: 0; allowed: an int from 1 to 1000000",
                "$.violations[1].rul: unknown; allowed: id, manager, rule, occurred_on, ",
                "$.violations[1].rule: is missing",
            ],
        ),
        (
            "violations = [{ rule = 'a', id = 'S' }, { rule = 'a', id = 'S' }]\nexpect.points = 0",
            ["$.violations[1].id: 'S' is there twice; give each its own"],
        ),
        (
            "violations = [5, { rule = 1.5, id = 7 }]\nentries = 5\nexpect.lines.V-1 = 0",
            [
                "$.violations[0]: 5; allowed: a table with id, manager, rule, ",
                "$.violations[1].id: 7; allowed: a string",
                "$.violations[1].rule: the float 1.5; allowed: a string",
                "$.entries: 5; allowed: a list",
            ],
        ),
        (
            "violations = 5\nas_of = 2024-01-01T00:00:00\nexpect.points = 0",
            [
                "$.violations: 5; allowed: a list",
                "$.as_of: datetime.datetime(2024, 1, 1, 0, 0); allowed: a day such as 2025-03-04, "
                "or a moment with its offset such as 2025-03-04T12:00:00+08:00",
            ],
        ),
        (
            f"{ONE}entries = [5, {{ at = 1.5 }}, {{ appealed = 'V-1', reversed = 'V-1' }}]\n"
            "expect.points = 0",
            [
                "$.entries[0]: 5; allowed: a table with one of amended, appealed, dismissed, ",
                "$.entries[1]: {'at': <the float 1.5>}; allowed: a table with one of ",
                "$.entries[2]: {'appealed': 'V-1', 'reversed': 'V-1'}; allowed: a table with one ",
            ],
        ),
        (
            f"{ONE}entries = [{{ decided = 'V-2', point = 5, at = 5 }}]\nexpect.points = 0",
            [
                "$.entries[0].point: unknown; allowed: decided, at, by, points, money, "
                'effective_on, reason; did you mean "points"?',
                "$.entries[0].decided: 'V-2'; allowed: the id of a violation of the case, such ",
                "$.entries[0].at: 5; allowed: a day such as 2025-03-04, or a moment ",
            ],
        ),
        (
            f"{ONE}entries = [{{ amended = 'V-1', quantity = 0 }}, {{ dismissed = 'V-1', "
            "reason = '' }]\nexpect.points = 0",
            [
                "$.entries[0].quantity: 0; allowed: an int from 1 to 1000000",
                "$.entries[1].reason: ''; allowed: a string with words in it",
            ],
        ),
        (
            f"{ONE}entries = [{{ reversed = 'V-1', at = 2024-03-05 }}, "
            "{ dismissed = 'V-1', at = 2024-03-04 }]\nexpect.points = 0",
            ['$.entries[1]: case "V-1" is recorded, so Dismissed does not fit; allowed: '],
        ),
    ],
)
def test_what_is_wrong_with_a_case_is_reported_whole(text: str, expected: list[str]) -> None:
    found = problems_of(text)
    assert len(found) == len(expected)
    for each, start in zip(found, expected, strict=True):
        assert each.startswith(start)


def test_the_name_of_a_case_is_one_line() -> None:
    (found,) = problems('[[cases]]\nname = "a\\nb"\nyear = 2024\nexpect.points = 0')
    assert found.startswith("$.cases[0].name: 'a\\nb'; allowed: a name on one line")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (5, "5; allowed: a string of TOML, at most 1000000 characters"),
        ("#" * (MAXIMUM_LENGTH + 1), "allowed: a string of TOML, at most 1000000 characters"),
        ("a = " + "[" * 100_000, "lists or tables nested too deep"),
        ("a = " + "9" * 5_000, "no TOML: Exceeds the limit"),
        (f"a{'.a' * 1_001} = 1", "a line with more than 1000 dots; write it in several lines"),
        ("a = 2024-02-30", "no TOML: Invalid date or datetime"),
        ("a = 1\na = 2", "no TOML: Cannot overwrite a value"),
    ],
    ids=["no text", "long", "deep", "digits", "dots", "day", "twice"],
)
def test_what_is_no_toml_is_malformed(text: Any, message: str) -> None:
    with pytest.raises(DecodingError) as raised:
        cases_of(text)
    (problem,) = raised.value.problems
    assert (problem.path, problem.code) == ("$", ProblemCode.MALFORMED)
    assert message in problem.message


@pytest.mark.parametrize(
    "text",
    [
        "year = 2024\ncases = [{}" + ",{}" * 5_000 + "]",
        "\n".join(f"key-{number} = 1" for number in range(5_000)),
        'year = 2024\n[[cases]]\nname = "it"\nexpect.lines = {'
        + ", ".join(f"V-{number} = 1" for number in range(5_000))
        + "}",
    ],
    ids=["cases", "keys", "lines"],
)
def test_reading_stops_where_an_error_is_full(text: str) -> None:
    with pytest.raises(DecodingError) as raised:
        cases_of(text)
    assert len(raised.value.problems) == MAXIMUM_PROBLEMS
    assert 0 < raised.value.more < 100


@pytest.mark.parametrize("check", [check_case, report_case])
def test_the_arguments_are_checked(check: Any) -> None:
    with pytest.raises(FieldError, match=r"case is 5; allowed: a WorkedCase\n.*standard is 6"):
        check(5, 6, Policy())
    with pytest.raises(FieldError, match="policy is None; allowed: a Policy"):
        check(case_of("expect.points = 0"), SALES, None)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"policy": {"colour": 5}}, "policy"),
        ({"policy": 5}, "policy"),
        ({"expected": {"colour": 5}}, "expected"),
        ({"expected": 5}, "expected"),
        ({"as_of": datetime(2024, 1, 1)}, "as_of"),  # noqa: DTZ001
        ({"period": 2024}, "period"),
        ({"ledger": ()}, "ledger"),
    ],
)
def test_a_case_made_by_hand_is_checked(fields: dict[str, Any], name: str) -> None:
    right: dict[str, Any] = {
        "manager": "RM-01",
        "period": Period.year(2024),
        "ledger": Ledger(),
        "expected": {"points": Decimal(0)},
    }
    assert check_case(WorkedCase("it", **right), SALES) == ()
    with pytest.raises(FieldError, match=re.escape(name)):
        WorkedCase("it", **{**right, **fields})


def test_a_case_is_a_value() -> None:
    text = f"{ONE}policy.floor = 5\nexpect.lines.V-1 = 5"
    assert case_of(text) == case_of(text)
    assert len({case_of(text), case_of(text)}) == 1


# Whatever is written.

_TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\x7f"))
_KEYS = st.sampled_from(
    [
        *("name", "year", "first", "last", "policy", "violations", "entries", "as_of", "expect"),
        *("rule", "id", "quantity", "at", "points", "score", "lines", "faults", "code", "path"),
        *("effects", "appealed", "amended", "decided", "reason", "manager", "V-1"),
    ]
)
_LEAVES = st.one_of(
    _TEXTS.map(lambda text: json.dumps(text, ensure_ascii=False)),
    st.sampled_from(["V-1", "a", "it", "$", "missing", "stated"]).map(json.dumps),
    st.integers().map(str),
    st.floats().map(str).filter(lambda text: "e" not in text),
    st.booleans().map(lambda value: str(value).lower()),
    st.dates().map(str),
    st.times().map(str),
    st.sampled_from(["2024-01-01T00:00:00Z", "0001-01-01T00:00:00+23:59", "0xFF", "1e5"]),
)


def _tables(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.dictionaries(_KEYS, values, max_size=6).map(
        lambda fields: "{" + ", ".join(f"{key} = {each}" for key, each in fields.items()) + "}"
    )


_VALUES = st.recursive(
    _LEAVES,
    lambda values: st.one_of(
        st.lists(values, max_size=3).map(lambda each: f"[{', '.join(each)}]"), _tables(values)
    ),
    max_leaves=12,
)


@given(st.dictionaries(_KEYS, _VALUES, max_size=6), st.booleans())
def test_whatever_is_written_is_read_or_rejected(fields: dict[str, str], is_whole: bool) -> None:
    fields.pop("name", None)
    if is_whole:
        fields = {"year": "2024", "violations": '[{rule = "a"}]', **fields}
    written = "".join(f"{key} = {each}\n" for key, each in fields.items())
    try:
        cases = cases_of(f'[[cases]]\nname = "it"\n{written}')
    except DecodingError as error:
        told = str(error)
    else:
        told = "".join(report_case(case, SALES) for case in cases)
    assert "object at 0x" not in told


@given(st.text())
def test_whatever_text_is_read_or_rejected(text: str) -> None:
    with pytest.raises(DecodingError):
        cases_of(text)
