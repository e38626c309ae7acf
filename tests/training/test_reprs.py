"""Reprs: whatever is in a value, a console shows it in a few lines."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from cmappraisal import CalendarSpan, Period, Text, WorkCalendar
from cmappraisal.training import (
    ASK,
    VIP_SERVICE,
    Activity,
    ActivityKind,
    Change,
    Component,
    Course,
    Curriculum,
    Domain,
    Group,
    Performance,
    Quota,
    Rescheduled,
    Room,
    Schedule,
    Trainee,
    Trainer,
    TrainingPlan,
    check_compliance,
    monthly_performance,
    reschedule,
    schedule,
)
from cmappraisal.training.reprs import MAXIMUM_REPR

YEAR = Period.year(2026)
LONG = "x" * 200
MANY = tuple(f"{number:0200}" for number in range(200))
LONG_TEXT = Text.same("長" * 300)
PEOPLE = [Trainee(id, YEAR.first, needs=MANY) for id in MANY]
COURSES = [Course(id, LONG_TEXT, domain=Domain.SKILL, remedies=MANY) for id in MANY]
CURRICULUM = Curriculum(LONG, LONG, text=LONG_TEXT, courses=COURSES)
ACTIVITY = Activity(
    LONG, LONG_TEXT, kind=ActivityKind.STUDY, timing=Quota(3, per=CalendarSpan.MONTH), courses=MANY
)
PLAN = TrainingPlan(
    LONG,
    LONG,
    text=LONG_TEXT,
    curriculum=CURRICULUM,
    activities=[ACTIVITY, evolve(ACTIVITY, id="b")],
)
CROWDED = schedule(
    PLAN,
    YEAR,
    calendar=WorkCalendar(holidays=Period(date(2020, 1, 1), date(2025, 12, 31))),
    groups=[Group(LONG, PEOPLE[:2]), Group("few", PEOPLE[2:])],
    blackouts=Period.month(2026, 2),
)
PARTS = [Component(f"{number:0200}", LONG_TEXT, score=1, weight="0.01") for number in range(100)]
MOVED = reschedule(CROWDED, calendar=WorkCalendar(), not_before=YEAR.first, blackouts=())


@pytest.mark.parametrize(
    "value",
    [
        CROWDED,
        CROWDED.calendar,
        CROWDED.sessions[0],
        MOVED,
        Rescheduled(CROWDED, [Change(each, None) for each in CROWDED.sessions]),
        Change(CROWDED.sessions[0], CROWDED.sessions[0]),
        check_compliance(CROWDED, [], on=YEAR.last),
        check_compliance(CROWDED, [], on=YEAR.last).requirements[0],
        evolve(
            check_compliance(CROWDED, [], on=YEAR.last).requirements[0], delivered_on=list(YEAR)
        ),
        CURRICULUM,
        COURSES[0],
        PLAN,
        ACTIVITY,
        PEOPLE[0],
        Group(LONG, PEOPLE),
        Room(LONG, 30, closed=YEAR),
        Trainer(LONG, MANY, away=YEAR),
        monthly_performance(PARTS),
        PARTS[0],
        VIP_SERVICE,
        ASK,
        ASK.curriculum,
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_repr_is_short_whatever_is_in_the_value(value: Any) -> None:
    assert len(repr(value)) <= MAXIMUM_REPR
    assert repr(value).startswith(f"{type(value).__name__}(")
    assert "\n" not in repr(value)


def test_what_has_many_elements_is_counted() -> None:
    made = schedule(
        VIP_SERVICE, YEAR, calendar=WorkCalendar(), trainees=[Trainee("RM-01"), Trainee("RM-02")]
    )
    assert repr(made) == (
        "Schedule(plan=vip-service 1.0, period=Period(first=datetime.date(2026, 1, 1), "
        "last=datetime.date(2026, 12, 31)), trainees=<2>, groups=(), "
        "sessions=<291>, cancelled=(), shortfalls=())"
    )
    assert repr(ASK.curriculum) == "Curriculum(id='ask', edition='1.0', courses=<34>)"
    assert repr(Trainer("T-1", ["a", "b"])) == (
        "Trainer(id='T-1', teaches=<2>, away=frozenset(), hours=(), gap=0)"
    )
    assert repr(WorkCalendar(holidays=YEAR)) == (
        f"WorkCalendar(rest_weekdays={frozenset({5, 6})!r}, holidays=<365 days>, "
        "workdays=frozenset(), "
        "half_days=frozenset(), names={}, known=None)"
    )


def test_what_has_few_elements_is_shown() -> None:
    assert repr(Trainee("RM-01", date(2026, 3, 2), needs=["negotiation"])) == (
        "Trainee(id='RM-01', hired_on=datetime.date(2026, 3, 2), needs=('negotiation',))"
    )
    part = Component("test", Text.same("Test"), score=82, weight=1)
    total = Performance([part], Decimal(82))
    assert repr(total).startswith("Performance(components=(Component(id='test', text=Text(")
    assert repr(total).endswith("total=Decimal('82'))")


def test_a_repr_does_not_depend_on_how_sets_are_kept() -> None:
    one = Trainer("T-1", ["a", "b", "c"])
    other = Trainer("T-1", ["c", "b", "a"])
    assert repr(one) == repr(other)


def test_schedules_that_are_equal_are_shown_alike() -> None:
    empty = Schedule(VIP_SERVICE, YEAR, calendar=WorkCalendar())
    assert repr(empty) == repr(evolve(empty))
