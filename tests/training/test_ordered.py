"""Ordered: what has an order is never read from a set, whose order is chance."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

import pytest

from cmappraisal import CalendarSpan, FieldError, Period, Tenure, Text, WorkCalendar
from cmappraisal.training import (
    VIP_SERVICE,
    Activity,
    ActivityKind,
    Attendance,
    AttendanceStatus,
    Change,
    Completion,
    Compliance,
    Component,
    Course,
    Curriculum,
    Domain,
    Extension,
    Group,
    Leave,
    Performance,
    Quota,
    Rescheduled,
    Room,
    Schedule,
    Session,
    Shortfall,
    ShortfallCause,
    Trainee,
    Trainer,
    TrainingPlan,
    certificates_due,
    check_compliance,
    completions,
    monthly_performance,
    results_that_count,
    schedule,
    schedule_each,
    trainees_of,
)

YEAR = Period.year(2026)
DAY = date(2026, 1, 15)
TEXT = Text.same("text")
QUOTA = Quota(1, per=CalendarSpan.YEAR)
COURSE = Course("course", TEXT, domain=Domain.SKILL)
ACTIVITY = Activity("study", TEXT, kind=ActivityKind.STUDY, timing=QUOTA)
PERSON = Trainee("RM-01")
PARTS = Component("test", TEXT, score=82, weight=1)
STUDY = Session("study", DAY, on=DAY)
RECORD = Attendance("study/2026-01-15", "RM-01", status=AttendanceStatus.PRESENT)
SHORTFALL = Shortfall("study", period=YEAR, missing=1, cause=ShortfallCause.ORDER)
MADE = Schedule(VIP_SERVICE, YEAR, calendar=WorkCalendar(), trainees=[PERSON], sessions=[STUDY])


def made(**fields: Any) -> Schedule:
    given = {"trainees": [PERSON], "calendar": WorkCalendar(), **fields}
    return Schedule(VIP_SERVICE, YEAR, **given)


def planned(**fields: Any) -> TrainingPlan:
    curriculum = Curriculum("courses", "1", text=TEXT, courses=[COURSE])
    given = {"curriculum": curriculum, "activities": [ACTIVITY], **fields}
    return TrainingPlan("plan", "1", text=TEXT, **given)


ORDERED: dict[str, tuple[Callable[[Any], Any], Any]] = {
    "courses of a curriculum": (
        lambda each: Curriculum("courses", "1", text=TEXT, courses=each),
        COURSE,
    ),
    "activities of a plan": (lambda each: planned(activities=each), ACTIVITY),
    "targets of a plan": (lambda each: planned(targets=each), VIP_SERVICE.targets[0]),
    "courses of an activity": (
        lambda each: Activity("a", TEXT, kind=ActivityKind.TALK, timing=QUOTA, courses=each),
        "course",
    ),
    "courses of each time": (
        lambda each: Activity("a", TEXT, kind=ActivityKind.TALK, timing=QUOTA, each_time=each),
        "course",
    ),
    "tenures": (lambda each: Trainee("RM-02", tenures=each), Tenure("RM-02", "A")),
    "leaves": (lambda each: Trainee("RM-02", leaves=each), Leave("RM-02", "sick")),
    "staff records": (trainees_of, Tenure("RM-02", "A")),
    "extensions": (
        lambda each: check_compliance(MADE, [], on=DAY, extensions=each),
        Extension("RM-01", "report", period=YEAR, until=date(2027, 1, 31)),
    ),
    "needs": (lambda each: Trainee("RM-02", needs=each), "course"),
    "members": (lambda each: Group("G", each), PERSON),
    "trainees": (lambda each: made(trainees=each), PERSON),
    "groups": (lambda each: made(trainees=(), groups=each), Group("G", [PERSON])),
    "rooms": (lambda each: made(rooms=each), Room("R-1", 3)),
    "trainers": (lambda each: made(trainers=each), Trainer("T-1", ["course"])),
    "sessions": (lambda each: made(sessions=each), STUDY),
    "cancelled sessions": (lambda each: made(cancelled=each), STUDY),
    "shortfalls": (lambda each: made(shortfalls=each), SHORTFALL),
    "courses of a session": (lambda each: Session("a", DAY, on=DAY, courses=each), "course"),
    "changes": (lambda each: Rescheduled(MADE, each), Change(STUDY, None)),
    "trainees to schedule": (
        lambda each: schedule(VIP_SERVICE, YEAR, calendar=WorkCalendar(), trainees=each),
        PERSON,
    ),
    "groups to schedule": (
        lambda each: list(schedule_each(VIP_SERVICE, YEAR, calendar=WorkCalendar(), groups=each)),
        Group("G", [PERSON]),
    ),
    "records of compliance": (lambda each: check_compliance(MADE, each, on=DAY), RECORD),
    "records of completions": (lambda each: completions(MADE, each), RECORD),
    "records of results": (lambda each: results_that_count(MADE, each, "RM-01", YEAR), RECORD),
    "completions": (
        lambda each: certificates_due(each, VIP_SERVICE.curriculum, on=date(2025, 1, 1)),
        None,
    ),
    "components": (monthly_performance, PARTS),
    "components of a performance": (lambda each: Performance(each, 82), PARTS),
    "people of compliance": (lambda each: Compliance(VIP_SERVICE, YEAR, on=DAY, people=each), "a"),
    "requirements": (
        lambda each: Compliance(VIP_SERVICE, YEAR, on=DAY, requirements=each),
        check_compliance(MADE, [], on=DAY).requirements[0],
    ),
}


@pytest.mark.parametrize("name", ORDERED)
@pytest.mark.parametrize("kind", [set, frozenset])
def test_a_set_is_rejected_where_order_decides(
    name: str, kind: Callable[[Collection[Any]], Any]
) -> None:
    make, element = ORDERED[name]
    elements = [] if element is None else [element]
    make(elements)
    with pytest.raises(FieldError):
        make(kind(elements))


def test_completions_in_a_set_are_rejected() -> None:
    with pytest.raises(FieldError):
        certificates_due({Completion("a", "b", on=DAY)}, VIP_SERVICE.curriculum, on=DAY)
