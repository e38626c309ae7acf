"""Groups: sums by group, with people who change it inside a period."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given

from cmappraisal import (
    FieldError,
    GroupTotal,
    Member,
    Period,
    Policy,
    Rule,
    Tenure,
    by_group,
    score_all,
)
from cmappraisal.interop.strategies import Scenario, scenarios
from cmappraisal.standards import Award, Cap, Clause, Unit
from costly import costly
from worked_cases import CUMULATIVE, NOON, TEXT, book, found, honoured, ledger_of, rule

YEAR = Period.year(2025)
AWARD = Rule("5", TEXT, award=Award(2, Unit.OCCURRENCE), citation="5")
BOOK = book(rule("1", 5), rule("2", 3), AWARD)
MOVED = [
    Tenure("RM-01", "north", last=date(2025, 6, 30)),
    Tenure("RM-01", "south", first=date(2025, 7, 1)),
    Tenure("RM-02", "south"),
]
LATE = date(2025, 8, 2)


def totals(*acts: Any, people: Any = MOVED, rulebook: Any = BOOK, **more: Any) -> dict[Any, Any]:
    """By group, its points and awards, and those of each member."""
    made = score_all(ledger_of(acts), rulebook, YEAR, policy=CUMULATIVE, **more)
    found = by_group(made.values(), people)
    for group, total in found.items():
        assert total.group == group
    return {
        group: (
            str(total.points),
            str(total.awards),
            {each.manager: (str(each.points), str(each.awards)) for each in total.members},
        )
        for group, total in found.items()
    }


def test_a_line_is_of_the_group_of_its_day() -> None:
    acts = [
        found("a", "1"),
        found("b", "2", occurred_on=LATE),
        found("c", "1", manager="RM-02"),
        honoured("m", "5"),
    ]
    assert totals(*acts) == {
        "north": ("5", "2", {"RM-01": ("5", "2")}),
        "south": ("8", "0", {"RM-01": ("3", "0"), "RM-02": ("5", "0")}),
    }


def test_what_caps_take_away_is_of_the_last_group() -> None:
    clauses = [
        Clause("G1", TEXT, citation=[90, 1], cap=Cap(6, over="period")),
        Clause("G2", TEXT, citation=[90, 2], cap=Cap(1, over="period", of="awards")),
    ]
    rulebook = book(*BOOK.values(), clauses=clauses)
    acts = [found("a", "1"), found("b", "2", occurred_on=LATE), honoured("m", "5")]
    assert totals(*acts, rulebook=rulebook) == {
        "north": ("5", "2", {"RM-01": ("5", "2")}),
        "south": ("1", "-1", {"RM-01": ("1", "-1")}),
    }


@pytest.mark.parametrize(
    ("people", "group"),
    [
        ([], None),
        ([Tenure("RM-02", "north")], None),
        # Of several groups on one day, the first.
        ([Tenure("RM-01", "south"), Tenure("RM-01", "north")], "north"),
        ([Tenure("RM-01", "north", first=date(2026, 1, 1))], None),
        ([Tenure("RM-01", "north", last=date(2024, 12, 31))], None),
    ],
    ids=["nobody", "another", "two groups", "later", "earlier"],
)
def test_whoever_is_in_no_group_is_under_none(people: Any, group: str | None) -> None:
    assert totals(found("a", "1"), people=people) == {group: ("5", "0", {"RM-01": ("5", "0")})}


def test_whoever_left_is_of_the_last_group_in_the_period() -> None:
    left = [Tenure("RM-01", "north", last=date(2025, 6, 30))]
    acts = [found("a", "1"), found("b", "2", occurred_on=LATE)]
    assert totals(*acts, people=left) == {
        "north": ("5", "0", {"RM-01": ("5", "0")}),
        None: ("3", "0", {"RM-01": ("3", "0")}),
    }
    made = score_all(ledger_of([]), BOOK, YEAR, managers=["RM-01"])
    assert list(by_group(made.values(), left)) == ["north"]
    assert list(by_group(made.values(), MOVED)) == ["south"]
    for day in (YEAR.first, YEAR.last):
        on_one_day = [Tenure("RM-01", "north", first=day, last=day)]
        assert list(by_group(made.values(), on_one_day)) == ["north"]


def test_groups_are_known_as_the_appraisal_knows() -> None:
    later = [Tenure("RM-01", "north", known_from=datetime(2027, 1, 1, tzinfo=UTC))]
    ledger = ledger_of([found("a", "1")])
    then = score_all(ledger, BOOK, YEAR, as_of=NOON)
    now = score_all(ledger, BOOK, YEAR)
    assert list(by_group(then.values(), later)) == [None]
    assert list(by_group(now.values(), later)) == ["north"]


@costly
@given(scenarios())
def test_groups_come_to_what_the_appraisals_come_to(scenario: Scenario) -> None:
    made = scenario.appraisals().values()
    found = by_group(made, scenario.people)
    assert sum(total.points for total in found.values()) == sum(each.points for each in made)
    assert sum(total.awards for total in found.values()) == sum(each.awards for each in made)
    for total in found.values():
        assert total.points == sum(member.points for member in total.members)
        assert [member.manager for member in total.members] == sorted(
            {member.manager for member in total.members}
        )
    groups = list(found)
    assert groups == sorted(groups, key=lambda group: (group is None, group or ""))


@pytest.mark.parametrize(
    ("appraisals", "people", "name"),
    [(5, [], "appraisals"), ([5], [], "appraisals"), ([], 5, "people"), ([], [5], "people")],
)
def test_what_cannot_be_summed_is_rejected(appraisals: Any, people: Any, name: str) -> None:
    with pytest.raises(FieldError, match=rf"by_group: {name} is .*; allowed: a list of"):
        by_group(appraisals, people)
    assert by_group([], []) == {}


def test_a_total_and_a_member_report_every_field_that_does_not_fit() -> None:
    wrong: dict[str, Any] = {"points": 1, "awards": None}
    with pytest.raises(FieldError) as caught:
        Member("", **wrong)
    assert [each.path for each in caught.value.problems] == ["$.manager", "$.points", "$.awards"]
    with pytest.raises(FieldError) as caught:
        GroupTotal("", members=[5], **wrong)  # type: ignore[list-item]
    assert len(caught.value.problems) == 4
    assert Policy().awards is not None
