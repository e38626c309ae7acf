"""Strategies for records of training, and for what follows from them.

Needs the extra ``hypothesis``. They are among those of
:mod:`cmappraisal.interop.strategies`, from where ``from_type`` finds them.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.training_strategies import certifications, schedules, sessions
from cmappraisal.periods import Period
from cmappraisal.points import EXACT
from cmappraisal.texts import Text
from cmappraisal.training.certificates import CertificateStatus, Completion, certificates_due
from cmappraisal.training.compliance import AttendanceRate, Compliance, check_compliance
from cmappraisal.training.courses import Certification, Course, Curriculum, Domain
from cmappraisal.training.performance import Component, Performance, monthly_performance
from cmappraisal.training.plans import ActivityKind
from cmappraisal.training.records import (
    Attendance,
    AttendanceStatus,
    Delivered,
    Record,
    TestResult,
    is_delivered,
)
from cmappraisal.training.requirements import Requirement
from cmappraisal.training.schedules import Schedule

with needs_extra("hypothesis", "hypothesis"):
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn, SearchStrategy


_YEAR = Period.year(2025)
_COURSES = tuple(f"course-{number}" for number in range(6))
_TEXT = Text("課程", "课程", en="course")
_SCORES = st.decimals(0, 100, places=1)


@st.composite
def records_of(draw: DrawFn, made: Schedule) -> tuple[Record, ...]:
    """Records that fit a schedule and do not contradict one another.

    Args:
        made: The schedule.
    """
    found: list[Record] = []
    attended = [each for each in made.sessions if not is_delivered(made.activity_of(each))]
    kept = st.lists(st.sampled_from(attended), max_size=20, unique_by=lambda each: each.id)
    for session in draw(kept) if attended else ():
        hired = {each.id for each in made.people if each.is_hired(session.on)}
        for person in (each for each in made.attendees(session) if each in hired):
            status = draw(st.none() | st.sampled_from(AttendanceStatus))
            is_test = made.activity_of(session).kind is ActivityKind.TEST
            if is_test and status in (None, AttendanceStatus.PRESENT) and draw(st.booleans()):
                found.append(TestResult(session.id, person, score=draw(_SCORES)))
            if status is not None:
                found.append(Attendance(session.id, person, status=status))
    for activity in filter(is_delivered, made.plan.activities):
        for trainee in made.people:
            there = [day for day in made.period if trainee.is_hired(day)]
            days = draw(st.lists(st.sampled_from(there), max_size=2)) if there else []
            found += (
                Delivered(activity.id, trainee.id, on=on, number=number)
                for number, on in enumerate(days, start=1)
            )
    return tuple(draw(st.permutations(found)))


def attendances() -> SearchStrategy[Attendance]:
    """Who attended a session and who did not."""
    return st.builds(
        Attendance,
        sessions().map(lambda session: session.id),
        st.just("RM-01"),
        status=st.sampled_from(AttendanceStatus),
    )


def test_results() -> SearchStrategy[TestResult]:
    """Results of tests."""
    ids = st.dates(_YEAR.first, _YEAR.last).map(lambda day: f"test/{day}")
    return st.builds(TestResult, ids, st.just("RM-01"), score=_SCORES)


def deliveries() -> SearchStrategy[Delivered]:
    """What was delivered."""
    days = st.dates(_YEAR.first, _YEAR.last)
    return st.builds(
        Delivered, st.just("report"), st.just("RM-01"), on=days, number=st.integers(1, 3)
    )


@st.composite
def compliances(draw: DrawFn) -> Compliance:
    """Compliance with schedules, by the last day that any record can be of."""
    made = draw(schedules())
    last = max([made.period.last, *(session.on for session in made.sessions)])
    return check_compliance(made, draw(records_of(made)), on=last)


def requirements() -> SearchStrategy[Requirement]:
    """Requirements with their statuses."""
    asked = compliances().filter(lambda made: bool(made.requirements))
    return asked.flatmap(lambda made: st.sampled_from(made.requirements))


def attendance_rates() -> SearchStrategy[AttendanceRate]:
    """Rates of attendance."""
    counts = st.tuples(st.integers(0, 300), st.integers(0, 300))
    return counts.map(lambda pair: AttendanceRate(min(pair), max(pair)))


def completions() -> SearchStrategy[Completion]:
    """Completed courses."""
    people = st.sampled_from(["RM-01", "RM-02"])
    days = st.dates(_YEAR.first, _YEAR.last)
    return st.builds(Completion, st.sampled_from(_COURSES), people, on=days)


def certifications_due() -> SearchStrategy[CertificateStatus]:
    """Certifications, and when they lapse."""
    held = st.tuples(completions(), certifications(), st.dates(_YEAR.first, date(2029, 1, 1)))
    return held.map(lambda each: _due(*each))


def _due(completion: Completion, certification: Certification, on: date) -> CertificateStatus:
    certified = Course(completion.course, _TEXT, domain=Domain.SKILL, certification=certification)
    curriculum = Curriculum("curriculum", "1.0", text=_TEXT, courses=[certified])
    return certificates_due([completion], curriculum, on=max(on, completion.on))[0]


@st.composite
def performances(draw: DrawFn) -> Performance:
    """Performance of a month, out of up to four parts."""
    cuts = sorted(draw(st.sets(st.integers(1, 9_999), max_size=3)))
    weights = [
        EXACT.scaleb(Decimal(after - before), Decimal(-4))
        for before, after in pairwise([0, *cuts, 10_000])
    ]
    return monthly_performance(
        Component(f"part-{number}", _TEXT, score=draw(_SCORES), weight=weight)
        for number, weight in enumerate(weights)
    )
