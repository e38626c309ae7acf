"""The tables of what the source of the plans states: nothing is missing, and nothing is made up."""

import re
from pathlib import Path

import pytest
from attrs import fields

from cmappraisal.training import ASK, VENUE_TEAM, VIP_SERVICE, Activity, Course, TrainingPlan

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "plans.md"
PLANS = {"VIP_SERVICE": VIP_SERVICE, "ASK": ASK, "VENUE_TEAM": VENUE_TEAM}
FIELDS = {field.name for kind in (Activity, Course) for field in fields(kind)}
SECTIONS = {
    heading: [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in section.splitlines()
        if line.startswith("|")
    ][2:]
    for heading, section in re.findall(
        r"^## `(\w+)`.*?\n(.*?)(?=^## |\Z)",
        PAGE.read_text(encoding="utf-8"),
        re.DOTALL | re.MULTILINE,
    )
}


def ids_in(cell: str) -> list[str]:
    """What is written as code, but for references and the names of fields."""
    words = re.findall(r"(?<!\})`([^`]+)`", cell)
    return [word for word in words if word not in FIELDS]


def test_there_is_a_table_for_each_plan() -> None:
    assert list(SECTIONS) == list(PLANS)
    assert [len(rows) for rows in SECTIONS.values()] == [24, 21, 34]


@pytest.mark.parametrize("name", PLANS)
def test_every_activity_and_every_course_is_in_the_table(name: str) -> None:
    plan: TrainingPlan = PLANS[name]
    there = [activity.id for activity in plan.activities] + list(plan.curriculum)
    assert len(set(there)) == len(there)
    named = {id for _, _, held in SECTIONS[name] for id in ids_in(held)}
    assert named == set(there)


@pytest.mark.parametrize("name", PLANS)
def test_every_row_names_what_holds_it_or_says_why_none_does(name: str) -> None:
    for place, states, held in SECTIONS[name]:
        assert place
        assert states
        if held.startswith("none: "):
            assert ids_in(held) == []
        else:
            assert ids_in(held), (place, states)
