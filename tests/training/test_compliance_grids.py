"""Compliance grids: who met what, as a table in three languages."""

from datetime import date
from typing import Any

import attrs
import pytest

from cmappraisal import FieldError, Language, LanguageError, Period, Tenure, WorkCalendar
from cmappraisal.texts import LANGUAGES
from cmappraisal.training import (
    VIP_SERVICE,
    Attendance,
    AttendanceStatus,
    Compliance,
    ComplianceStatus,
    Group,
    Schedule,
    Trainee,
    check_compliance,
    compliance_grid,
    schedule,
)
from cmappraisal.training.compliance_grids import MAXIMUM_ROWS
from fragments import HOSTILE, Reader

YEAR = Period.year(2026)
MAY = date(2026, 5, 31)


def scheduled(*ids: str) -> Schedule:
    trainees = [Trainee(id) for id in ids]
    return schedule(VIP_SERVICE, YEAR, calendar=WorkCalendar(), trainees=trainees)


def checked(made: Schedule, on: date = MAY) -> Compliance:
    """Everybody comes to each study but the first, and to nothing else."""
    records = [
        Attendance(session.id, person, status=AttendanceStatus.PRESENT)
        for session in made.sessions
        if session.activity == "study" and date(2026, 1, 31) < session.on <= on
        for person in made.attendees(session)
    ]
    return check_compliance(made, records, on=on)


def cells(compliance: Compliance, language: Language = "en") -> list[list[str]]:
    """The rows of the grid, each with its words."""
    rows: list[list[str]] = []
    for kind, name, _ in Reader(compliance_grid(compliance, language)).events:
        if (kind, name) == ("open", "tr"):
            rows.append([])
        elif (kind, name) in {("open", "td"), ("open", "th")}:
            rows[-1].append("")
        elif kind == "text" and rows and rows[-1]:
            rows[-1][-1] += name
    return rows


def test_a_cell_shows_the_worst_status_of_its_spans() -> None:
    made = checked(scheduled("RM-01", "RM-02"))
    head, *rows = cells(made)
    assert head[0] == "Relationship manager"
    assert rows[0][0] == "Team"
    for row in rows:
        assert len(row) == len(head)
    by_name = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    gravity = list(ComplianceStatus).index
    for person in ("RM-01", "RM-02"):
        for activity in VIP_SERVICE.activities:
            asked = [each for each in made.of(person) if each.activity == activity.id]
            shown = by_name[person].get(activity.text.en, "")
            worst = max((each.status for each in asked), key=gravity, default=None)
            assert shown.partition(" ")[2] == ("" if worst is None else worst.text.en)
    assert "target of study" in head


def test_a_cell_says_what_it_is_about_where_its_heading_is_not_shown() -> None:
    made = checked(scheduled("RM-01", "RM-02"))
    head, *rows = cells(made)
    asked = [cell.get("data-asked") for cell in Reader(compliance_grid(made)).all("td")]
    shown = [words for row in rows for words in zip(head[1:], row[1:], strict=True)]
    assert asked == [heading if word else None for heading, word in shown]


def test_what_is_asked_of_nobody_has_no_column() -> None:
    nobody = checked(scheduled())
    asked = {each.activity for each in nobody.requirements if each.activity}
    assert len(cells(nobody)[0]) == 1 + len(asked) + 1


def test_a_title_lists_each_span_with_its_arithmetic() -> None:
    half = Trainee("RM-01", tenures=[Tenure("RM-01", "north", last=date(2026, 6, 30))])
    made = schedule(
        VIP_SERVICE, YEAR, calendar=WorkCalendar(), trainees=[half], groups=[Group("north", ())]
    )
    grid = compliance_grid(checked(made, date(2026, 12, 31)))
    assert "waived: 0 of 0: 1 × 129 / 261 = 0.49, rounded to 0" in grid
    assert "12 × 129 / 261" in grid
    assert ">Group north</th>" in grid
    shown = [row[1:] for row in cells(checked(made, date(2026, 12, 31))) if row[0] == "RM-01"]
    assert "□ closed" in shown[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_title_says_is_in_a_list_that_opens_row_by_row(language: Language) -> None:
    made = checked(scheduled("RM-01", "RM-02"))
    read = Reader(compliance_grid(made, language))
    titled = [
        [str(cell["data-asked"]), *str(cell["title"]).split("\n")]
        for cell in read.all("td")
        if cell.get("title")
    ]
    assert [lines for items in read.told.values() for lines in items] == titled
    assert list(read.told)[1:] == ["RM-01", "RM-02"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_status_has_a_shape_and_a_word(language: Language) -> None:
    texts = Reader(compliance_grid(checked(scheduled("RM-01")), language)).texts
    for status in ComplianceStatus:
        assert any(text.endswith(status.text.in_language(language)) for text in texts)
    shapes = [text.partition(" ")[0] for text in texts if text.partition(" ")[2]]
    assert {"✓", "–", "□", "○", "△", "✕"} <= set(shapes)


@pytest.mark.parametrize("word", HOSTILE)
def test_what_comes_from_data_is_escaped(word: str) -> None:
    rows = cells(checked(scheduled(word)))
    assert word in [row[0] for row in rows]


def test_an_activity_that_the_plan_has_no_more_is_named_by_its_id() -> None:
    made = checked(scheduled("RM-01"))
    fewer = attrs.evolve(VIP_SERVICE, activities=VIP_SERVICE.activities[:1], targets=[])
    head, *_ = cells(attrs.evolve(made, plan=fewer))
    assert "test" in head


def test_many_people_are_counted() -> None:
    made = checked(scheduled("RM-01"))
    people = [f"P-{number}" for number in range(MAXIMUM_ROWS + 2)]
    many = attrs.evolve(
        made,
        people=people,
        requirements=[
            attrs.evolve(each, person=person) for person in people for each in made.of("RM-01")[:1]
        ],
    )
    assert "and 2 more rows" in Reader(compliance_grid(many)).texts


def test_a_notebook_shows_it_by_itself() -> None:
    made = checked(scheduled("RM-01"))
    assert made._repr_html_() == compliance_grid(made)


def test_arguments_are_checked() -> None:
    wrong: Any = 5
    with pytest.raises(FieldError, match=r"compliance is 5; allowed: a Compliance"):
        compliance_grid(wrong)
    with pytest.raises(LanguageError):
        compliance_grid(checked(scheduled()), wrong)
