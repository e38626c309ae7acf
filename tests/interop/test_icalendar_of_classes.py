"""The calendars of classes: one event of all in a room's, and each person's own in the person's."""

from datetime import UTC, date, datetime, time
from typing import Any

from attrs import evolve
from icalendar import Calendar

from cmappraisal import Period, WorkCalendar
from cmappraisal.interop.icalendar import calendar_of
from cmappraisal.interop.solver import assign
from cmappraisal.training import ASK, Hours, Room, Schedule, Trainee, Trainer, schedule

JULY = Period.month(2026, 7)
HIRED = [Trainee(f"RM-{number}", date(2026, 7, 1)) for number in range(3)]
PLAN = evolve(ASK, activities=[ASK.activity("knowledge")])


def july() -> Schedule:
    hours = [Hours(time(9), time(17))]
    return assign(
        schedule(PLAN, JULY, calendar=WorkCalendar(), trainees=HIRED),
        rooms=[Room("R", 9, hours=hours)],
        trainers=[Trainer("T", list(ASK.curriculum), hours=hours)],
    ).schedule


def events(of: Schedule, **whose: Any) -> list[Any]:
    file = calendar_of(
        of,
        stamp=datetime(2026, 6, 1, tzinfo=UTC),
        domain="hr.bank.example",
        zone=UTC,
        language="en",
        **whose,
    )
    found = Calendar.from_ical(file)
    assert isinstance(found, Calendar)
    return list(found.events)


def test_a_lesson_of_a_class_is_one_event_that_names_its_people() -> None:
    made = july()
    for whose in ({}, {"room": "R"}, {"trainer": "T"}):
        found = events(made, **whose)
        assert len(found) == 8
        assert all("Person: RM-0, RM-1, RM-2" in str(each["DESCRIPTION"]) for each in found)
    # Its UID is that of its first session.
    of_first = events(made, person="RM-0")
    assert [each["UID"] for each in of_first] == [each["UID"] for each in events(made)]
    assert [str(each["DESCRIPTION"]).splitlines()[-1] for each in of_first] == ["Person: RM-0"] * 8
    assert {each["UID"] for each in of_first}.isdisjoint(
        each["UID"] for each in events(made, person="RM-1")
    )


def test_a_class_that_is_cancelled_is_one_event_too() -> None:
    made = july()
    gone = evolve(made, sessions=made.sessions[3:], cancelled=made.sessions[:3])
    found = events(gone)
    assert len(found) == 8
    assert [str(each["STATUS"]) for each in found].count("CANCELLED") == 1
