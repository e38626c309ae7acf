"""Week grids: what is in which room on each day of a week, in three languages."""

from datetime import date, time
from typing import Any

import pytest
from attrs import evolve

from cmappraisal import FieldError, Language, LanguageError, Period, WorkCalendar
from cmappraisal.texts import LANGUAGES
from cmappraisal.training import (
    ASK,
    Group,
    Room,
    Schedule,
    Session,
    Trainee,
    Trainer,
    schedule,
    week_grid,
)
from cmappraisal.training.week_grids import MAXIMUM_LESSONS, MAXIMUM_PEOPLE, MAXIMUM_ROOMS
from fragments import HOSTILE, Reader

MONDAY = date(2026, 3, 9)
WEEK = Period(MONDAY, date(2026, 3, 15))
HIRED = date(2026, 2, 2)
PLAN = evolve(
    ASK,
    activities=[
        evolve(ASK.activity("knowledge"), in_room=True),
        evolve(ASK.activity("attitude"), courses=[]),
    ],
)


def people(count: int) -> list[Trainee]:
    return [Trainee(f"RM-{number}", HIRED) for number in range(count)]


def lesson(person: str, on: date = MONDAY, **fields: Any) -> Session:
    given = {"courses": ["bank-culture"], "person": person, **fields}
    return Session("knowledge", on, on=on, **given)


def talk(group: str | None, on: date = MONDAY, **fields: Any) -> Session:
    return Session("attitude", on, on=on, group=group, **fields)


def of(*sessions: Session, **fields: Any) -> Schedule:
    given: dict[str, Any] = {
        "calendar": WorkCalendar(),
        "groups": [Group("east", people(3))],
        "rooms": [Room("R-1", 30, closed=[date(2026, 3, 11)]), Room("R-2", 8)],
        "trainers": [Trainer("T-1", ["bank-culture"])],
        **fields,
    }
    return Schedule(PLAN, WEEK, sessions=sessions, **given)


def cells(schedule: Schedule, day: date = MONDAY, language: Language = "en") -> list[list[str]]:
    """The rows of the grid, each with its words."""
    rows: list[list[str]] = []
    for kind, name, _ in Reader(week_grid(schedule, day, language)).events:
        if (kind, name) == ("open", "tr"):
            rows.append([])
        elif (kind, name) in {("open", "td"), ("open", "th")}:
            rows[-1].append("")
        elif kind == "text" and rows and rows[-1]:
            rows[-1][-1] += name
    return rows


def test_a_week_has_a_row_for_each_room_and_a_column_for_each_day() -> None:
    heads, first, second = cells(of(lesson("RM-0", room="R-1", trainer="T-1", start=time(9))))
    assert heads[:2] == ["Room", "Monday2026-03-09"]
    assert [len(each) for each in (heads, first, second)] == [8] * 3
    assert first[0] == "R-130 seats"
    assert first[1] == (
        "Monday 2026-03-0909:00–11:00 Values and knowledge at onboarding; for RM-0; trainer T-1"
    )
    assert [each[len("Monday 2026-03-09") :].strip(" 0123456789-") for each in second[2:3]] == [""]


def test_any_day_of_a_week_is_of_it() -> None:
    made = of(lesson("RM-0", room="R-1"))
    assert week_grid(made, date(2026, 3, 15)) == week_grid(made, MONDAY)
    assert "RM-0" not in week_grid(made, date(2026, 3, 16))


def test_a_class_is_one_lesson_whose_title_names_its_people() -> None:
    made = of(*(lesson(f"RM-{number}", room="R-1") for number in range(3)))
    grid = week_grid(made, MONDAY)
    assert grid.count('class="lesson') == 1
    assert "Values and knowledge at onboarding; 3 people" in grid
    assert "RM-0, RM-1, RM-2" in grid


@pytest.mark.parametrize(
    ("language", "heading", "monday"),
    [
        ("en", "Courses and people", "Monday 2026-03-09"),
        ("zh-Hant", "課程及參加的人", "星期一 2026-03-09"),
        ("zh-Hans", "课程及参加的人", "星期一 2026-03-09"),
    ],
)
def test_what_a_title_says_is_in_a_list_that_opens_day_by_day(
    language: Language, heading: str, monday: str
) -> None:
    made = of(
        *(lesson(f"RM-{number}", room="R-1", start=time(9)) for number in range(3)),
        lesson("RM-4", date(2026, 3, 10)),
        talk("east", date(2026, 3, 12), room="R-2"),
        groups=[Group("east", people(5))],
    )
    read = Reader(week_grid(made, MONDAY, language))
    assert next(read.within("summary")) == heading
    # A talk has no courses, and is no class.
    assert [len(items) for items in read.told.values()] == [1, 1]
    ((line, courses, shown),) = read.told[monday]
    assert line.startswith("R-1")
    assert "09:00–11:00" in line
    assert courses == PLAN.curriculum["bank-culture"].text.in_language(language)
    assert shown.replace("、", ", ") == "RM-0, RM-1, RM-2"
    titles = [str(each["title"]) for each in read.all("div", "lesson") if "title" in each]
    assert f"{courses}\n{shown}" in titles


def test_a_large_class_names_some_of_its_people() -> None:
    count = MAXIMUM_PEOPLE + 2
    made = of(
        *(lesson(f"RM-{number}", room="R-1") for number in range(count)),
        groups=[Group("east", people(count))],
    )
    grid = week_grid(made, MONDAY)
    assert f"{count} people" in grid
    assert f"RM-{MAXIMUM_PEOPLE - 1}" in grid
    assert f"RM-{MAXIMUM_PEOPLE}" not in grid


def test_lessons_of_a_day_stand_in_their_order() -> None:
    made = of(lesson("RM-0", room="R-1", start=time(14)), lesson("RM-1", room="R-1", start=time(9)))
    words = cells(made)[1][1]
    assert words.index("09:00–11:00") < words.index("14:00–16:00")


def test_what_has_no_room_has_a_row_of_its_own() -> None:
    made = of(talk("east"), lesson("RM-0", room="R-1"))
    rows = cells(made)
    assert [each[0] for each in rows] == ["Room", "R-130 seats", "R-28 seats", "No room"]
    assert "Attitude all year; group east" in rows[3][1]
    assert [each[0] for each in cells(of(lesson("RM-0", room="R-1")))][-1] == "R-28 seats"
    assert [each[0] for each in cells(of(talk("east"), rooms=[]))] == ["Room", "No room"]


def test_a_day_on_which_nothing_can_be_says_why() -> None:
    made = of(blackouts=[date(2026, 3, 12)])
    first, second = cells(made)[1:]
    assert first[3].endswith("closed")
    assert not second[3].endswith("closed")
    assert first[4].endswith("blackout")
    assert first[6].endswith("day off")


def test_bounds_are_told() -> None:
    rooms = [Room(f"R-{number}", 1) for number in range(MAXIMUM_ROOMS + 2)]
    assert "Not drawn: 2 more rooms" in week_grid(of(rooms=rooms), MONDAY)
    crowded = of(
        *(talk("east", number=number, room="R-1") for number in range(1, MAXIMUM_LESSONS + 4))
    )
    grid = week_grid(crowded, MONDAY)
    assert grid.count('class="lesson') == MAXIMUM_LESSONS
    assert cells(crowded)[1][1].endswith("3 more")


def test_a_course_that_the_curriculum_does_not_have_is_shown_by_its_id() -> None:
    assert "mystery" in week_grid(of(lesson("RM-0", courses=["mystery"], room="R-1")), MONDAY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_grid_is_in_each_language(language: Language) -> None:
    made = of(lesson("RM-0", room="R-1"), lesson("RM-1", room="R-1"))
    name = {
        "zh-Hant": "一週場地：2026-03-09 至 2026-03-15",
        "zh-Hans": "一周场地：2026-03-09 至 2026-03-15",
        "en": "Rooms of a week: 2026-03-09 to 2026-03-15",
    }
    grid = Reader(week_grid(made, MONDAY, language))
    assert name[language] in grid.texts
    room = {"zh-Hant": "場地", "zh-Hans": "场地", "en": "Room"}
    assert cells(made, language=language)[0][0] == room[language]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_comes_from_data_is_escaped(hostile: str) -> None:
    made = of(talk(hostile, room=hostile), groups=[Group(hostile, ())], rooms=[Room(hostile, 3)])
    assert any(hostile in each for each in Reader(week_grid(made, MONDAY)).texts)


def test_what_is_assigned_is_drawn() -> None:
    made = schedule(ASK, WEEK, calendar=WorkCalendar(), trainees=people(2))
    assert Reader(week_grid(made, MONDAY)).events


def test_arguments_are_checked() -> None:
    wrong: Any = "2026-03-09x"
    with pytest.raises(FieldError, match="week_grid: schedule is"):
        week_grid(wrong, MONDAY)
    with pytest.raises(FieldError, match="week_grid: day is"):
        week_grid(of(), wrong)
    with pytest.raises(LanguageError):
        week_grid(of(), MONDAY, wrong)
