"""Prior teaching: by a table of days to check by hand, and for whatever was completed."""

from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import ERROR_POINTS, FieldError, Text, Violation
from cmappraisal.training import (
    ASK,
    Certification,
    Completion,
    Course,
    Curriculum,
    Domain,
    LapsesAfter,
    LapsesYearly,
    NeverLapses,
    TrainingError,
    UnknownCourseError,
    certificates_due,
    taught_before,
)

TEXT = Text("課", "课", en="course")
DAY = date(2025, 6, 2)


def course(id: str, certification: Certification | None, *remedies: str) -> Course:
    return Course(id, TEXT, domain=Domain.SKILL, remedies=remedies, certification=certification)


COURSES = Curriculum(
    "courses",
    "1",
    text=TEXT,
    courses=[
        course("collateral", LapsesAfter(12), "3.2b", "3.4"),
        course("ethics", NeverLapses(), "3.2b", "1.1"),
        course("safety", LapsesYearly(6, 2), "3.2b"),
        course("selling", NeverLapses(), "2.1"),
        course("culture", None, "3.2b"),
    ],
)


def broken(rule: str = "3.2b", on: date = DAY, **fields: Any) -> Violation:
    return Violation("V-1", "RM-01", rule=rule, occurred_on=on, **fields)


def held(violation: Violation, *completed: tuple[str, str], by: str = "RM-01") -> list[str]:
    """The courses in which the manager was certified, from pairs of a course and a day."""
    given = [Completion(course, by, on=date.fromisoformat(day)) for course, day in completed]
    return [each.course for each in taught_before(violation, given, COURSES)]


@pytest.mark.parametrize(
    ("completed", "found"),
    [
        # Twelve months, of which the last day is the day before the same date.
        ([("collateral", "2024-06-02")], []),
        ([("collateral", "2024-06-03")], ["collateral"]),
        ([("collateral", "2025-06-01")], ["collateral"]),
        # On the day, and after it.
        ([("collateral", "2025-06-02")], []),
        ([("collateral", "2025-06-03")], []),
        # Renewed on the day: what was held before counts.
        ([("collateral", "2025-01-06"), ("collateral", "2025-06-02")], ["collateral"]),
        ([("collateral", "2020-01-06"), ("collateral", "2025-01-06")], ["collateral"]),
        # Lapsing on 2 June of each year, which is the day.
        ([("safety", "2025-01-06")], []),
        ([("ethics", "1999-01-04")], ["ethics"]),
        # The soonest to lapse first, and nothing of another rule.
        (
            [("ethics", "2025-01-06"), ("collateral", "2025-01-06"), ("selling", "2025-01-06")],
            ["collateral", "ethics"],
        ),
        ([], []),
    ],
)
def test_what_was_held_on_the_day_of_the_breach(
    completed: list[tuple[str, str]], found: list[str]
) -> None:
    assert held(broken(), *completed) == found
    assert held(broken(), *completed, by="RM-02") == []


def test_the_rule_that_was_referred_to_counts_too() -> None:
    rollover = broken("3.15", refers_to="3.4")
    assert held(rollover, ("collateral", "2025-01-06"), ("ethics", "2025-01-06")) == ["collateral"]
    assert held(broken("3.15", refers_to="3.3"), ("collateral", "2025-01-06")) == []


def test_on_the_first_of_all_days_nothing_was_before() -> None:
    assert held(broken(on=date.min), ("ethics", "0001-01-01")) == []


def test_what_does_not_fit_is_rejected() -> None:
    nothing: Any = None
    with pytest.raises(
        FieldError, match=r"^taught_before: violation is None; allowed: a Violation"
    ):
        taught_before(nothing, [], COURSES)
    with pytest.raises(FieldError, match="curriculum is None; allowed: a Curriculum"):
        taught_before(broken(), [], nothing)
    with pytest.raises(FieldError, match="allowed: a list of Completion"):
        taught_before(broken(), nothing, COURSES)


def test_completions_that_do_not_fit_the_curriculum_are_rejected_with_their_place() -> None:
    fine = Completion("ethics", "RM-02", on=DAY)
    with pytest.raises(UnknownCourseError) as unknown:
        taught_before(broken(), [fine, Completion("law", "RM-02", on=DAY)], COURSES)
    assert [each.path for each in unknown.value.problems] == ["$.completions[1].course"]
    with pytest.raises(TrainingError, match="certifies nothing"):
        taught_before(broken(), [fine, Completion("culture", "RM-01", on=DAY)], COURSES)


CERTIFIED = attrs.evolve(
    ASK.curriculum,
    courses=[
        attrs.evolve(each, certification=(LapsesAfter(1 + place), NeverLapses())[place % 2])
        for place, each in enumerate(ASK.curriculum.courses)
    ],
)
DAYS = st.dates(date(2024, 1, 1), date(2025, 12, 31))
COMPLETED = st.lists(
    st.builds(
        Completion, st.sampled_from(list(CERTIFIED)), st.sampled_from(["RM-01", "RM-02"]), on=DAYS
    ),
    max_size=12,
)


@given(st.sampled_from(list(ERROR_POINTS)), DAYS, COMPLETED)
def test_it_is_what_was_due_on_that_day_of_what_came_before(
    rule: str, day: date, completed: list[Completion]
) -> None:
    found = taught_before(broken(rule, day), completed, CERTIFIED)
    before = [each for each in completed if each.on < day]
    assert list(found) == [
        each
        for each in certificates_due(before, CERTIFIED, on=day)
        if each.person == "RM-01"
        and each.state.value != "expired"
        and rule in CERTIFIED[each.course].remedies
    ]
