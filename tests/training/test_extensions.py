"""Extensions: more time for one person, and what is done in it counts once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from cmappraisal import CalendarSpan, FieldError, Period, Text, WorkCalendar
from cmappraisal.training import (
    Activity,
    ActivityKind,
    Attendance,
    AttendanceStatus,
    ComplianceStatus,
    Curriculum,
    Delivered,
    Extension,
    Quota,
    Record,
    Requirement,
    Schedule,
    Session,
    Target,
    TargetUnit,
    Trainee,
    TrainingError,
    TrainingPlan,
    check_compliance,
)

TEXT = Text.same("text")
FIRST_HALF = Period(date(2026, 1, 1), date(2026, 6, 30))
YEAR = Period.year(2026)
JUNE, JULY = Period.month(2026, 6), Period.month(2026, 7)


def activity(id: str, kind: ActivityKind, count: int = 1) -> Activity:
    timing = Quota(count, per=CalendarSpan.MONTH)
    return Activity(id, TEXT, kind=kind, timing=timing, per_person=True)


def made(*targets: Target, count: int = 1) -> Schedule:
    plan = TrainingPlan(
        "plan",
        "1",
        text=TEXT,
        curriculum=Curriculum("none", "1", text=TEXT, courses=[]),
        activities=[
            activity("report", ActivityKind.REPORT, count),
            activity("test", ActivityKind.TEST, count),
        ],
        targets=targets,
    )
    sessions = [
        Session(id, date(2026, month, 15), on=date(2026, month, 15), person="RM-01")
        for month in range(1, 13)
        for id in ("report", "test")
    ]
    return Schedule(
        plan, YEAR, calendar=WorkCalendar(()), trainees=[Trainee("RM-01")], sessions=sessions
    )


def extended(id: str, until: date, period: Period = JUNE) -> Extension:
    return Extension("RM-01", id, period=period, until=until)


def delivered(month: int, day: int, number: int = 1) -> Delivered:
    return Delivered("report", "RM-01", on=date(2026, month, day), number=number)


def of_months(
    schedule: Schedule, records: list[Record], on: date, *extensions: Extension, id: str = "report"
) -> list[Requirement]:
    """What is asked in June and in July."""
    compliance = check_compliance(schedule, records, on=on, extensions=extensions)
    asked = [each for each in compliance.of("RM-01") if each.activity == id or each.kind]
    return [each for each in asked if each.period in (JUNE, JULY)]


def states(found: list[Requirement]) -> list[tuple[str, int]]:
    return [(each.status.value, each.counts.done) for each in found]


def test_a_report_that_has_more_time_is_on_track_until_then() -> None:
    until = extended("report", date(2026, 7, 20))
    on = date(2026, 7, 10)
    assert states(of_months(made(), [], on)) == [("breached", 0), ("on-track", 0)]
    found = of_months(made(), [], on, until)
    assert states(found) == [("on-track", 0), ("on-track", 0)]
    assert found[0].extended_to == date(2026, 7, 20)
    late = of_months(made(), [], date(2026, 7, 21), until)
    assert (late[0].status, late[0].decided_on) == (ComplianceStatus.BREACHED, until.until)


def test_what_is_delivered_in_it_counts_once() -> None:
    until, on = extended("report", date(2026, 7, 20)), date(2026, 7, 31)
    once = of_months(made(), [delivered(7, 10)], on, until)
    assert states(once) == [("met", 1), ("short", 0)]
    twice = of_months(made(), [delivered(7, 10), delivered(7, 12)], on, until)
    assert states(twice) == [("met", 1), ("met", 1)]
    # What is delivered in time leaves the extension unused.
    in_time = of_months(made(), [delivered(6, 10), delivered(7, 10)], on, until)
    assert states(in_time) == [("met", 1), ("met", 1)]


def test_a_report_can_be_delivered_after_the_period_where_it_was_extended() -> None:
    december = Period.month(2026, 12)
    until = extended("report", date(2027, 1, 31), december)
    record = Delivered("report", "RM-01", on=date(2027, 1, 20))
    compliance = check_compliance(made(), [record], on=date(2027, 1, 31), extensions=[until])
    last = [each for each in compliance.of("RM-01") if each.activity == "report"][-1]
    assert (last.status, last.delivered_on) == (ComplianceStatus.MET, (date(2027, 1, 20),))
    with pytest.raises(TrainingError, match="the day is not in the period"):
        check_compliance(made(), [record], on=date(2027, 1, 31))


def taken(*months: int) -> list[Record]:
    return [
        Attendance(
            f"test/2026-{month:02}-15/person:RM-01", "RM-01", status=AttendanceStatus.PRESENT
        )
        for month in months
    ]


def test_a_test_in_it_counts_once() -> None:
    until, on = extended("test", date(2026, 7, 20)), date(2026, 7, 31)
    assert states(of_months(made(), [], date(2026, 7, 10), until, id="test")) == [
        ("on-track", 0),
        ("on-track", 0),
    ]
    assert states(of_months(made(), taken(7), on, until, id="test")) == [("met", 1), ("short", 0)]
    both = of_months(made(), taken(6, 7), on, until, id="test")
    assert states(both) == [("met", 1), ("met", 1)]


def test_a_target_has_more_time_too() -> None:
    target = Target(ActivityKind.TEST, 1, unit=TargetUnit.DAYS, per=CalendarSpan.MONTH)
    until = Extension("RM-01", kind=ActivityKind.TEST, period=JUNE, until=date(2026, 7, 20))
    schedule = made(target)
    soon = of_months(schedule, [], date(2026, 7, 10), until, id="none")
    assert states(soon) == [("on-track", 0), ("on-track", 0)]
    done = of_months(schedule, taken(7), date(2026, 7, 31), until, id="none")
    assert states(done) == [("met", 1), ("short", 0)]


def test_every_extension_of_nothing_is_reported_with_the_records() -> None:
    good = extended("report", date(2026, 7, 20))
    with pytest.raises(TrainingError) as caught:
        check_compliance(
            made(),
            [Delivered("report", "RM-02", on=date(2026, 1, 5))],
            on=YEAR.last,
            extensions=[
                evolve(good, person="RM-02"),
                evolve(good, activity="talk"),
                evolve(good, activity=None, kind=ActivityKind.REPORT),
                evolve(good, period=FIRST_HALF),
                good,
                good,
            ],
        )
    assert [(each.path, each.code.value) for each in caught.value.problems] == [
        ("$.extensions[0].person", "unknown-id"),
        ("$.extensions[1].activity", "unknown-id"),
        ("$.extensions[2].kind", "unknown-id"),
        ("$.extensions[3].period", "not-allowed"),
        ("$.extensions[5]", "repeated"),
        ("$.records[0].person", "unknown-id"),
    ]
    assert str(extended("report", YEAR.last)).startswith('extension of "report" for "RM-01" until')
    assert 'extension of "report" for' in str(caught.value)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"activity": None}, "Extension: kind is None; allowed: None for an activity, and an"),
        ({"kind": "report"}, "Extension: kind is <ActivityKind.REPORT: 'report'>; allowed: None"),
        ({"until": JUNE.last}, "Extension: until is datetime.date(2026, 6, 30); allowed: a day"),
        ({"person": ""}, "Extension: person is ''; allowed: a non-empty string"),
    ],
)
def test_what_does_not_fit_is_rejected(fields: dict[str, Any], message: str) -> None:
    given = {"person": "RM-01", "activity": "report", "period": JUNE, "until": JULY.last, **fields}
    with pytest.raises(FieldError) as caught:
        Extension(**given)
    assert str(caught.value).startswith(message)
