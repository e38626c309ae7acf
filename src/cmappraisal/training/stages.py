"""Stages: what each person does in the months that are reckoned from the day of hiring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import cast

from attrs import evolve
from dateutil.relativedelta import relativedelta

from cmappraisal.errors import Problem, ProblemCode
from cmappraisal.periods import Period
from cmappraisal.remedies import did_you_mean
from cmappraisal.training.days import Days, Load, even_days, numbered, overlap
from cmappraisal.training.plans import Activity, CareerStage
from cmappraisal.training.schedules import Schedule, people_of
from cmappraisal.training.sessions import Session, settled
from cmappraisal.training.shortfalls import Shortfall, ShortfallCause
from cmappraisal.training.trainees import Trainee

_DAY = timedelta(days=1)


def staged(
    empty: Schedule, days: Days, load: Load, trainee: Trainee
) -> tuple[list[Session], list[Shortfall]]:
    """The sessions of a person's stages, and the shortfalls; the load is left as it is."""
    sessions: list[Session] = []
    shortfalls: list[Shortfall] = []
    load = load.copy()
    for activity in empty.plan.activities:
        if isinstance(activity.timing, CareerStage):
            for found in _of_stage(activity, empty, days, load, trainee):
                if isinstance(found, Session):
                    sessions.append(found)
                else:
                    shortfalls.append(found)
    return sessions, shortfalls


def _of_stage(
    activity: Activity, empty: Schedule, days: Days, load: Load, trainee: Trainee
) -> Iterator[Session | Shortfall]:
    period, stage = empty.period, cast(CareerStage, activity.timing)
    courses = courses_of(activity, stage, trainee)
    window = window_of(stage, trainee, period) if courses else None
    if window is None:
        return
    within = overlap(window, period)
    planned = even_days(days.open, window, len(courses), (1, 2))
    lost = 0 if planned else len(courses)
    for course, (planned_on, number) in zip(courses, numbered(planned), strict=False):
        if planned_on in period:
            on = days.for_minutes(activity.duration, planned_on, within, load)
            if on is None:
                lost += 1
            else:
                load[on] += activity.duration
                session = settled(activity, planned_on, on, number)
                taught = (course, *activity.each_time)
                yield evolve(session, courses=taught, person=trainee.id)
    if lost:
        yield Shortfall(
            activity.id,
            period=within,
            missing=lost,
            cause=ShortfallCause.NO_OPEN_DAY,
            person=trainee.id,
        )


def problems_of_stages(empty: Schedule, first: int = 0) -> Iterator[Problem]:
    """What the stages of a plan ask of people that is not there; groups are numbered from a first.

    Args:
        empty: The schedule, as far as it is known before it has sessions.
        first: The number of its first group.
    """
    curriculum = empty.plan.curriculum
    stages = [
        (activity, activity.timing)
        for activity in empty.plan.activities
        if isinstance(activity.timing, CareerStage)
    ]
    as_needed = any(stage.needed_only for _, stage in stages)
    for path, trainee in people_of(empty, first) if stages else ():
        for place, need in enumerate(trainee.needs if as_needed else ()):
            if need not in curriculum:
                message = (
                    f'trainee "{trainee.id}" needs course "{need}", which is not in curriculum '
                    f'"{curriculum}"{did_you_mean(need, curriculum)}'
                )
                yield Problem(f"{path}.needs[{place}]", ProblemCode.UNKNOWN_ID, message)
        if trainee.hired_on is None:
            reckoned = (each for each, stage in stages if courses_of(each, stage, trainee))
            for activity in islice(reckoned, 1):
                yield without_a_day(path, trainee, activity)


def without_a_day(path: str, trainee: Trainee, activity: Activity) -> Problem:
    """The problem of a person whose stage cannot be reckoned."""
    message = (
        f'trainee "{trainee.id}" has no hired_on, from which activity "{activity.id}" is '
        "reckoned; give the day of hiring"
    )
    return Problem(f"{path}.hired_on", ProblemCode.MISSING, message)


def courses_of(activity: Activity, stage: CareerStage, trainee: Trainee) -> Sequence[str]:
    """The courses that a person takes in a stage, in their order."""
    if not stage.needed_only:
        return activity.courses
    return [need for need in trainee.needs if need in activity.courses]


def window_of(stage: CareerStage, trainee: Trainee, period: Period) -> Period | None:
    """The days of a person's stage, as far as it has to do with a period; None where it has not."""
    hired_on = cast(date, trainee.hired_on)
    first = months_after(hired_on, stage.after_months)
    if first is None or first > period.last:
        return None
    if stage.lasts_months is None:
        return Period(max(first, period.first), period.last)
    end = months_after(hired_on, stage.after_months + stage.lasts_months)
    last = date.max if end is None else end - _DAY
    return Period(first, last) if period.first <= last else None


def months_after(day: date, months: int) -> date | None:
    """The day some months later; None beyond the calendar."""
    try:
        return day + relativedelta(months=months)
    except ValueError:
        return None
