"""Contents: what a test is on, which is what the month's study taught before it."""

from __future__ import annotations

from cmappraisal.fields import require_all
from cmappraisal.spans import CalendarSpan
from cmappraisal.training.plans import ActivityKind
from cmappraisal.training.schedules import Schedule
from cmappraisal.training.sessions import Session, participants_of


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
    month = CalendarSpan.MONTH.of(session.planned_on)
    taught = (
        each.courses
        for each in schedule.sessions
        if each.activity == activity.follows
        and participants_of(each) == participants_of(session)
        and each.planned_on in month
        and each.on < session.on
    )
    return tuple(dict.fromkeys(course for courses in taught for course in courses))
