"""Results: every value of the library goes out as rows of plain values, and what comes in again."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from cmappraisal import (
    ERROR_POINTS,
    Case,
    FieldError,
    Ledger,
    Period,
    Rulebook,
    Stage,
    Violation,
    score_all,
)
from cmappraisal.accounts import PointsAccount
from cmappraisal.acts import Act
from cmappraisal.evidence import Redacted
from cmappraisal.interop.strategies import Scenario, accounts, scenarios
from cmappraisal.interop.tables import Reading, columns_of, ledger_from, rows
from cmappraisal.interop.tables.columns import ROWS, name_of
from cmappraisal.points import total_of
from cmappraisal.standards import Cap, Over
from cmappraisal.training import Compliance, Schedule
from costly import costly
from engines import ENGINES
from small_standards import book, clause, declared, rule

YEAR = Period.year(2025)
AT = datetime(2025, 3, 4, tzinfo=UTC)
PLAIN = {str, int, bool, Decimal, date, datetime, type(None)}


def are_of_columns(made: list[dict[str, Any]], detail: str) -> bool:
    """Whether rows have the columns that are documented, with values of the types that are."""
    kinds: Mapping[str, type] = {column.name: column.kind for column in columns_of(detail)}
    return all(
        list(row) == list(kinds)
        and all(value is None or type(value) is kinds[name] for name, value in row.items())
        for row in made
    )


@costly
@given(scenarios(min_size=1))
def test_appraisals_go_out_as_rows_that_add_up(scenario: Scenario) -> None:
    appraisals = scenario.appraisals()
    made = {}
    for detail in ("appraisals", "subtotals", "lines", "steps"):
        made[detail] = rows(appraisals, detail)
        assert are_of_columns(made[detail], detail)
        assert made[detail] == rows(list(appraisals.values()), detail)
    assert [row["manager"] for row in made["appraisals"]] == list(appraisals)
    for row in made["lines"]:
        stages = (row[name_of(stage)] for stage in Stage)
        assert total_of(stages) == row["points"]
    for id, appraisal in appraisals.items():
        of_manager = [row for row in made["lines"] if row["manager"] == id]
        counted = [row for row in of_manager if row["kind"] != "merit"]
        caps = [cap.points for cap in appraisal.caps if cap.of.value == "awards"]
        assert total_of(row["points"] for row in counted) - total_of(caps) == appraisal.points
        steps = [row for row in made["steps"] if row["manager"] == id]
        of_lines = total_of(row["points"] for row in of_manager)
        assert total_of(row["change"] for row in steps) == of_lines


@costly
@given(accounts())
def test_accounts_go_out_as_rows_that_add_up(account: PointsAccount) -> None:
    postings, consequences = rows(account, "postings"), rows(account, "consequences")
    assert are_of_columns(postings, "postings")
    assert are_of_columns(consequences, "consequences")
    assert total_of(row["points"] for row in postings) == account.balance
    assert len(consequences) == len(account.consequences) + len(account.without_ground)


def test_a_cap_is_a_line_without_a_violation() -> None:
    capped = book(rule("1.1"), clauses=[clause(1, cap=Cap(3, over=Over.PERIOD))])
    violation = Violation("V-1", "RM-01", rule="1.1", occurred_on=date(2025, 3, 2), quantity=5)
    (appraisal,) = score_all(Ledger().record(violation, at=AT), capped, YEAR).values()
    lines = rows(appraisal, "lines")
    assert [(row["kind"], row["id"], row["over"], row["points"]) for row in lines] == [
        ("violation", "V-1", None, 5),
        ("cap", None, "period", -2),
    ]
    assert [row["effect"] for row in rows(appraisal, "steps")] == ["stated", "period-capped"]


@settings(max_examples=3)
@given(st.from_type(Schedule))
def test_sessions_go_out_as_rows(schedule: Schedule) -> None:
    made = rows([schedule], "sessions")
    assert are_of_columns(made, "sessions")
    there = [row["id"] for row in made if not row["cancelled"]]
    assert there == [session.id for session in schedule.sessions]
    assert len(made) == len(there) + len(schedule.cancelled)


@settings(max_examples=2)
@given(st.from_type(Compliance))
def test_compliance_goes_out_as_rows(compliance: Compliance) -> None:
    made = rows(compliance, "compliance")
    assert are_of_columns(made, "compliance")
    assert [row["status"] for row in made] == [
        requirement.status.value for requirement in compliance.requirements
    ]


def again(scenario: Scenario, made: Any) -> Reading:
    """The ledger of rows, entered after everything else."""
    latest = scenario.ledger.latest or AT
    return ledger_from(
        made,
        scenario.standard,
        at=latest.astimezone(UTC) + timedelta(days=1),
        policy=scenario.policy,
    )


ONE_EDITION = scenarios().filter(lambda scenario: isinstance(scenario.standard, Rulebook))


def as_written(case: Case) -> Act:
    """What a case is about, without words that were destroyed."""
    lost = isinstance(case.violation.note, Redacted)
    return evolve(case.violation, note="") if lost else case.violation


@costly
@given(ONE_EDITION)
def test_the_cases_of_a_ledger_go_out_and_come_in_again(scenario: Scenario) -> None:
    made = rows(scenario.ledger, "cases")
    assert are_of_columns(made, "cases")
    reading = again(scenario, made)
    assert (reading.problems, reading.notes) == ((), ())
    acts = tuple(map(as_written, scenario.ledger.cases()))
    assert reading.ledger.upheld() == acts
    assert [row["is_upheld"] for row in made] == [c.is_upheld for c in scenario.ledger.cases()]


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_survive_every_engine(engine: str) -> None:
    make = ENGINES[engine]

    @settings(max_examples=3)
    @given(ONE_EDITION.filter(lambda scenario: len(scenario.ledger) > 0))
    def survives(scenario: Scenario) -> None:
        made = rows(scenario.ledger, "cases")
        reading = again(scenario, make(made))
        assert reading.ledger == again(scenario, made).ledger
        assert reading.problems == ()

    survives()


def test_several_ids_in_one_cell_are_told_apart() -> None:
    violation = Violation(
        "V-1",
        "RM-01",
        rule="3.1a",
        occurred_on=date(2025, 3, 2),
        circumstances={"a;b", "c\\d", "e"},
    )
    (row,) = rows(Ledger().record(violation, at=AT), "cases")
    assert row["circumstances"] == "a\\;b;c\\\\d;e"


ODD_IDS = ("a", "b", "a;b", "a;", "a\\;", "\\", "\\\\", ";", "\\;", "a,b", "a、b", "/", "|a", "A")


@pytest.mark.parametrize("size", [1, 2, 3])
def test_circumstances_of_any_names_come_in_again(size: int) -> None:
    standard = book(
        rule("1.1", aggravated_by=set(ODD_IDS)), circumstances=[declared(id) for id in ODD_IDS]
    )
    for place, ids in enumerate(combinations(ODD_IDS, size)):
        violation = Violation(
            f"V-{place}", "RM-01", rule="1.1", occurred_on=date(2025, 3, 2), circumstances=ids
        )
        ledger = Ledger().record(violation, at=AT)
        reading = ledger_from(rows(ledger, "cases"), standard, at=AT)
        assert (reading.ledger, reading.problems) == (ledger, ())


def test_what_a_reading_found_goes_out_as_rows() -> None:
    row = {"id": "Ｖ", "manager": "RM-01", "rule": "3.99", "occurred_on": "2025-03-02"}
    reading = ledger_from([row], ERROR_POINTS, at=AT)
    problems, notes = rows(reading, "problems"), rows(reading, "notes")
    assert are_of_columns(problems, "problems")
    assert are_of_columns(notes, "notes")
    assert problems[0]["suggestion"] == "3.9"
    assert notes[0]["zh_hans"] == "“Ｖ”读作“V”"


@pytest.mark.parametrize("detail", ROWS)
def test_every_column_is_documented_once(detail: str) -> None:
    columns = columns_of(detail)
    assert len({column.name for column in columns}) == len(columns)
    assert all(column.meaning for column in columns)
    assert {column.kind for column in columns} <= PLAIN


def test_arguments_are_checked() -> None:
    appraisals = score_all(Ledger(), ERROR_POINTS, YEAR, managers=["RM-01"])
    for values, detail in (
        (appraisals, "nothing"),
        (appraisals, None),
        (appraisals, "postings"),
        (7, "lines"),
        ([7], "lines"),
    ):
        with pytest.raises(FieldError):
            rows(values, detail)  # type: ignore[arg-type]
    with pytest.raises(FieldError, match="one of cases"):
        columns_of("nothing")
