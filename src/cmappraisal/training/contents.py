"""Contents: what a test is on, which is what the month's study taught before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from cmappraisal.fields import require_all
from cmappraisal.periods import Period
from cmappraisal.spans import CalendarSpan
from cmappraisal.training.plans import Activity, ActivityKind
from cmappraisal.training.schedules import Schedule
from cmappraisal.training.sessions import Participants, Session, participants_of


def courses_tested(schedule: Schedule, session: Session) -> tuple[str, ...]:
    """The ids of the courses that a test is on.

    They are those that the activity that it follows teaches the same participants in the sessions
    that were planned for the same month and take place before the test.

    Args:
        schedule: The schedule.
        session: The test, a session of the schedule.

    Returns:
        Course ids in the order in which they are taught; none for a test that follows nothing.

    Raises:
        FieldError: An argument is of another type, or the session is no test.
        TrainingError: The plan has no such activity.

    >>> from cmappraisal import Period, WorkCalendar
    >>> from cmappraisal.training import VIP_SERVICE, schedule
    >>> march = schedule(VIP_SERVICE, Period.month(2026, 3), calendar=WorkCalendar())
    >>> courses_tested(march, march.session("test/2026-03-25"))[-1]
    'monthly-programme'
    """
    require_all(
        "courses_tested",
        ("schedule", schedule, isinstance(schedule, Schedule), "a Schedule"),
        ("session", session, isinstance(session, Session), "a Session, not its id"),
    )
    activity = schedule.activity_of(session)
    is_test = activity.kind is ActivityKind.TEST
    require_all("courses_tested", ("session", session, is_test, "a session of a test"))
    return tested_of(session, activity, taught_in(schedule))


Taught: TypeAlias = Mapping[tuple[str, Participants, Period], Sequence[Session]]
"""The sessions of a schedule, by activity, by participants and by the month of their plan."""


def taught_in(schedule: Schedule) -> Taught:
    """The sessions of a schedule, to look up what a test is on."""
    found: defaultdict[tuple[str, Participants, Period], list[Session]] = defaultdict(list)
    for session in schedule.sessions:
        found[_place_of(session, session.activity)].append(session)
    return found


def tested_of(test: Session, activity: Activity, taught: Taught) -> tuple[str, ...]:
    """The ids of the courses that a test of an activity is on, out of what is taught."""
    if activity.follows is None:
        return ()
    before = (
        session
        for session in taught.get(_place_of(test, activity.follows), ())
        if session.on < test.on
    )
    return tuple(dict.fromkeys(course for session in before for course in session.courses))


def _place_of(session: Session, activity: str) -> tuple[str, Participants, Period]:
    return activity, participants_of(session), CalendarSpan.MONTH.of(session.planned_on)
