"""Marches: the schedules of March 2026 that tests of the solver start from."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from cmappraisal import Period, Text, WorkCalendar
from cmappraisal.interop import solver
from cmappraisal.training import (
    Activity,
    ActivityKind,
    Blockage,
    Cadence,
    Course,
    Curriculum,
    Domain,
    Group,
    Rescheduled,
    Room,
    Schedule,
    Session,
    Target,
    Trainee,
    TrainingPlan,
    schedule,
)

MARCH = Period.month(2026, 3)
MARCH_10 = Cadence("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=10")
CALENDAR = WorkCalendar()


def text(id: str) -> Text:
    return Text(id, id, en=id)


def activity(id: str, **fields: Any) -> Activity:
    given = {"kind": ActivityKind.COURSE, "timing": MARCH_10, **fields}
    return Activity(id, text(id), **given)


def plan(*activities: Activity, targets: Iterable[Target] = ()) -> TrainingPlan:
    courses = [Course(id, text(id), domain=Domain.SKILL) for id in ("law", "sales", "care")]
    curriculum = Curriculum("courses", "1", text=text("courses"), courses=courses)
    return TrainingPlan(
        "plan",
        "1",
        text=text("plan"),
        curriculum=curriculum,
        activities=activities,
        targets=targets,
    )


def team(id: str, size: int = 1) -> Group:
    return Group(id, [Trainee(f"{id}-{number}") for number in range(size)])


def teams(*sizes: int) -> list[Group]:
    return [team(f"g{number}", size) for number, size in enumerate(sizes)]


def day(number: int) -> date:
    return date(2026, 3, number)


def off_but(*numbers: int) -> WorkCalendar:
    """March with no other working days than these."""
    kept = {day(number) for number in numbers}
    return WorkCalendar(holidays=[each for each in MARCH if each not in kept], workdays=kept)


def placed(schedule: Schedule) -> list[tuple[str, int, str | None, str | None]]:
    return [(each.id, each.on.day, each.room, each.trainer) for each in schedule.sessions]


def by_day(schedule: Schedule) -> list[tuple[int, str | None, str | None, str | None]]:
    return [(each.on.day, each.group, each.room, each.trainer) for each in schedule.sessions]


STUDY = activity("study", courses=["law"])


TEST = activity(
    "test", kind=ActivityKind.TEST, timing=Cadence("FREQ=MONTHLY;BYMONTHDAY=11"), follows="study"
)


TALK = activity("talk", in_room=False)


def march(
    *activities: Activity,
    groups: Iterable[Group] = (),
    calendar: WorkCalendar = CALENDAR,
    **more: Any,
) -> Schedule:
    return schedule(plan(*activities), MARCH, calendar=calendar, groups=groups, **more)


def both(again: Rescheduled) -> list[tuple[Session, Session]]:
    """Each session that changed, as it was and as it is."""
    changes = [(each.before, each.after) for each in again.changes]
    return [(one, other) for one, other in changes if one is not None and other is not None]


def assign(year: Schedule, **resources: Any) -> Schedule:
    """The schedule that the solver makes, whatever is left out of it."""
    return solver.assign(year, **resources).schedule


def blockage_of(year: Schedule, **resources: Any) -> Blockage:
    """Why the first session that is left out is."""
    return solver.assign(year, **resources).blockages[0]


def blocked(blockage: Blockage) -> set[str]:
    """The sessions that block each other."""
    return {blockage.session, *blockage.beside}


ROOM = Room("R", 9)
