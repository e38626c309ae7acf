"""Stages: what each person does in the months that are reckoned from the day of hiring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from operator import itemgetter
from typing import cast

from attrs import evolve

from cmappraisal.errors import Problem
from cmappraisal.periods import Period
from cmappraisal.spans import CalendarSpan
from cmappraisal.training.activity_timings import CareerStage
from cmappraisal.training.attending import Attending
from cmappraisal.training.courses import Curriculum, Level
from cmappraisal.training.days import Days, Load, even_days, in_turn, numbered, overlap, shared
from cmappraisal.training.findings import people_of
from cmappraisal.training.plan_flaws import PlanFlaw, a_course_of
from cmappraisal.training.plans import Activity, TrainingPlan
from cmappraisal.training.schedules import Schedule
from cmappraisal.training.sessions import (
    Cause,
    Session,
    highest_numbers,
    moved,
    settled,
    turn_of,
)
from cmappraisal.training.shortfalls import Shortfall, ShortfallCause
from cmappraisal.training.trainees import Trainee

_RANKS: Mapping[Level | None, int] = {None: 0, **{level: n for n, level in enumerate(Level)}}


def staged(
    empty: Schedule, days: Days, load: Load, trainee: Trainee, there: Attending | None = None
) -> tuple[list[Session], list[Shortfall]]:
    """The sessions of a person's stages, and the shortfalls; the load is left as it is.

    Args:
        empty: The schedule, without sessions.
        days: Which days can be used.
        load: How full they are.
        trainee: The person.
        there: When the person is there; None of who is there all the time. What sessions that are
            kept teach is not taught again.
    """
    sessions: list[Session] = []
    shortfalls: list[Shortfall] = []
    load = load.copy()
    for activity in empty.plan.activities:
        if isinstance(activity.timing, CareerStage):
            for found in _of_stage(activity, empty, days, load, trainee, there=there):
                if isinstance(found, Session):
                    sessions.append(found)
                else:
                    shortfalls.append(found)
    return sessions, shortfalls


def _of_stage(
    activity: Activity,
    empty: Schedule,
    days: Days,
    load: Load,
    trainee: Trainee,
    *,
    there: Attending | None,
) -> Iterator[Session | Shortfall]:
    period, stage = empty.period, cast(CareerStage, activity.timing)
    courses = courses_of(activity, stage, trainee, empty.plan.curriculum)
    window = window_of(stage, trainee, period) if courses else None
    if window is None:
        return
    within = overlap(window, period)
    if there is not None and not there.presence.works_in(within):
        yield from _while_away(activity, courses, window, period, trainee, there=there)
        return
    present = days if there is None else there.days_in(window)
    planned = even_days(present.open, window, len(courses), (1, 2))
    due = [
        (course, planned_on, number)
        for course, (planned_on, number) in zip(courses, numbered(planned), strict=False)
        if planned_on in period
    ]
    if there is not None:
        due = _due_besides(due, activity, within, there)
    found = in_turn(
        [planned_on for _, planned_on, _ in due],
        load.__getitem__,
        activity.duration,
        [within],
        days if there is None else there.usable,
    )
    lost = found.count(None) if planned else len(courses)
    for (course, planned_on, number), on in zip(due, found, strict=True):
        if on is not None:
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


def _while_away(
    activity: Activity,
    courses: Sequence[str],
    window: Period,
    period: Period,
    trainee: Trainee,
    *,
    there: Attending,
) -> Iterator[Shortfall]:
    """The shortfall of a stage of which somebody who is in a team is on leave on every day.

    Nothing is asked of the person, who is not taught either; it is reported when the stage ends.
    """
    on_leave = there.presence.is_in(window) and not there.presence.works_in(window)
    if on_leave and window.last in period:
        taught = {
            course
            for session in there.kept
            if session.activity == activity.id
            for course in session.courses
        }
        missing = sum(course not in taught for course in courses)
        if missing:
            yield Shortfall(
                activity.id,
                period=overlap(window, period),
                missing=missing,
                cause=ShortfallCause.AWAY,
                person=trainee.id,
            )


def _due_besides(
    due: Sequence[tuple[str, date, int]],
    activity: Activity,
    within: Period,
    there: Attending,
) -> list[tuple[str, date, int]]:
    """What is due of a stage in a period beside what is kept; on what is left of its days."""
    had = [each for each in there.kept if each.activity == activity.id]
    taught = {course for session in had for course in session.courses}
    left = [each for each in due if each[0] not in taught]
    inside = [each for each in left if each[1] in there.period]
    if not inside or (not had and all(there.not_before <= day for _, day, _ in inside)):
        return left
    # What is due in the part of a year that the schedule does not have stays as it is.
    outside = [each for each in left if each[1] not in there.period]
    within = overlap(within, there.period)
    highest = highest_numbers(had)
    planned = even_days(there.usable.open, within, len(inside), (1, 2))
    # Where no day is left, what is due is reported as missing, and not forgotten.
    planned += [within.last] * (len(inside) - len(planned))
    again = [
        (course, day, number + highest[day])
        for (course, _, _), (day, number) in zip(inside, numbered(planned), strict=True)
    ]
    return sorted([*outside, *again], key=itemgetter(1))


def untaken(plan: TrainingPlan, whole: Period, trainee: Trainee) -> Iterator[Shortfall]:
    """The shortfalls of courses that a person needs, and that no activity takes from the needs.

    A need that is not in the curriculum is left to the plan that has it there.
    """
    since = Period(trainee.since or date.min, date.max)
    for period in shared(whole, since):
        for need in trainee.needs:
            stages = (
                each.timing
                for each in plan.activities
                if isinstance(each.timing, CareerStage) and need in each.courses
            )
            is_taken = any(
                each.needed_only and not _is_over(each, trainee, period) for each in stages
            )
            if need in plan.curriculum and not is_taken:
                yield Shortfall(
                    course=need,
                    period=period,
                    missing=1,
                    cause=ShortfallCause.NOT_BY_NEED,
                    person=trainee.id,
                )


def _is_over(stage: CareerStage, trainee: Trainee, period: Period) -> bool:
    days = stage.days_of(cast(date, trainee.since))
    return days is None or days.last < period.first


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
                named = need, curriculum, a_course_of(need, curriculum), trainee.id
                yield PlanFlaw.UNKNOWN_NEED.problem(f"{path}.needs[{place}]", *named)
        if trainee.since is None:
            reckoned = (
                each for each, stage in stages if courses_of(each, stage, trainee, curriculum)
            )
            for activity in islice(reckoned, 1):
                yield without_a_day(path, trainee, activity)


def without_a_day(path: str, trainee: Trainee, activity: Activity) -> Problem:
    """The problem of a person whose stage cannot be reckoned."""
    return PlanFlaw.NOT_HIRED.problem(f"{path}.hired_on", trainee.id, activity.id)


def courses_of(
    activity: Activity, stage: CareerStage, trainee: Trainee, curriculum: Curriculum
) -> Sequence[str]:
    """The courses that a person takes in a stage, in their order.

    Of what is needed, basic courses come before professional and advanced ones.
    """
    if not stage.needed_only:
        return activity.courses
    needed = [need for need in trainee.needs if need in activity.courses]
    return sorted(needed, key=lambda need: _RANKS[curriculum[need].level])


def is_asked_of(session: Session, activity: Activity, trainee: Trainee, plan: TrainingPlan) -> bool:
    """Whether a lesson is of a course that the person takes; what is of no stage always is."""
    stage = activity.timing
    if not isinstance(stage, CareerStage) or session.make_up:
        return True
    return {*session.courses[:1]} <= {*courses_of(activity, stage, trainee, plan.curriculum)}


def is_in_its_stage(session: Session, activity: Activity, trainee: Trainee) -> bool:
    """Whether a lesson is on a day of the person's stage; what is of no stage always is."""
    stage = activity.timing
    if not isinstance(stage, CareerStage) or session.make_up:
        return True
    days = stage.days_of(cast(date, trainee.since))
    return days is not None and session.on in days


def in_order_of_courses(
    lessons: Iterable[Session], courses: Sequence[str], not_before: date
) -> list[Session]:
    """The lessons of one person in one stage; those to come teach their courses in order.

    Their days stay what they are among them: the first of them has the first of the days.

    Args:
        lessons: The lessons.
        courses: The courses of the stage, in their order.
        not_before: The first day that may change.
    """
    there = sorted(lessons, key=turn_of)
    ahead = [each for each in there if each.on >= not_before and not each.make_up]
    ranks = {course: place for place, course in enumerate(courses)}
    taught = sorted(
        (each.courses for each in ahead),
        key=lambda each: min((ranks.get(course, len(ranks)) for course in each[:1]), default=0),
    )
    found = {each.id: each for each in there}
    for session, day, course in zip(ahead, sorted(each.on for each in ahead), taught, strict=True):
        other = session if session.on == day else moved(session, day, Cause.ORDER)
        found[session.id] = evolve(other, courses=course)
    return list(found.values())


def window_of(stage: CareerStage, trainee: Trainee, period: Period) -> Period | None:
    """The days of a person's stage, as far as it has to do with a period; None where it has not."""
    days = stage.days_of(cast(date, trainee.since))
    if days is None or not shared(days, period):
        return None
    return overlap(days, period) if stage.lasts_months is None else days


def span_of(stage: CareerStage, trainee: Trainee, day: date) -> Period | None:
    """What a stage has of the calendar year of a day; None where it has nothing of it."""
    year = CalendarSpan.YEAR.of(day)
    window = window_of(stage, trainee, year)
    return None if window is None else overlap(window, year)
