"""Strategies for records of training, and for what follows from them.

Needs the extra ``hypothesis``. They are among those of
:mod:`cmappraisal.interop.strategies`, from where ``from_type`` finds them.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.plan_strategies import certifications
from cmappraisal.interop.training_strategies import first_schedules, schedules
from cmappraisal.periods import Period
from cmappraisal.points import EXACT
from cmappraisal.texts import Text
from cmappraisal.training.activity_timings import Quota
from cmappraisal.training.certificates import CertificateStatus, Completion, certificates_due
from cmappraisal.training.compliance import AttendanceRate, Compliance, check_compliance
from cmappraisal.training.courses import Certification, Course, Curriculum, Domain
from cmappraisal.training.extensions import Extension
from cmappraisal.training.marks import is_delivered
from cmappraisal.training.performance import Component, Performance, monthly_performance
from cmappraisal.training.plans import ActivityKind
from cmappraisal.training.records import (
    ATTENDED,
    Attendance,
    AttendanceStatus,
    Delivered,
    Record,
    TestResult,
)
from cmappraisal.training.requirements import Requirement
from cmappraisal.training.schedules import Schedule, presence_of
from cmappraisal.training.sessions import Session
from cmappraisal.training.spanning import spans_of
from cmappraisal.training.trainees import Trainee

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
    some = st.lists(st.sampled_from(attended), max_size=20, unique_by=lambda each: each.id)
    # What is met in part shows where the first sessions are all recorded.
    for session in draw(st.just(attended[:30]) | some) if attended else ():
        # Somebody of another team makes up for what was missed, now and then.
        guests = [
            each.id
            for each in made.people
            if session.person is None and _is_elsewhere(each, session, made)
        ]
        members = [each.id for each in made.people if _is_for(each, session, made)]
        for person in (*members, *guests):
            allowed = ATTENDED if person in guests else frozenset(AttendanceStatus)
            statuses = [each for each in AttendanceStatus if each in allowed]
            status = draw(st.none() | st.sampled_from(statuses))
            is_test = made.activity_of(session).kind is ActivityKind.TEST
            if is_test and draw(st.booleans()):
                taken_on = draw(_days_of_attempts(session, person, made, status))
                found += (
                    TestResult(session.id, person, score=draw(_SCORES), attempt=number, on=day)
                    for number, day in enumerate(taken_on, start=1)
                )
            if status is not None:
                found.append(Attendance(session.id, person, status=status))
    for activity in filter(is_delivered, made.plan.activities):
        for trainee in made.people:
            there = presence_of(made, trainee.id)
            held = [day for day in made.period if there.team_on(day)]
            days = draw(st.lists(st.sampled_from(held), max_size=2)) if held else []
            found += (
                Delivered(activity.id, trainee.id, on=on, number=number)
                for number, on in enumerate(days, start=1)
            )
    return tuple(draw(st.permutations(found)))


def _days_of_attempts(
    session: Session, person: str, made: Schedule, status: AttendanceStatus | None
) -> SearchStrategy[list[date | None]]:
    """Up to two days on which a person took a test, None for that of the session.

    Who was not there took it on a later day.
    """
    there = presence_of(made, person)
    later = [session.on + timedelta(days) for days in (1, 7, 30)]
    days: list[date | None] = [day for day in later if there.team_on(day)]
    if status is None or status in ATTENDED:
        days.insert(0, None)
    places = st.sampled_from(range(len(days))) if days else st.nothing()
    some = st.lists(places, min_size=bool(days), max_size=2)
    return some.map(lambda drawn: [days[place] for place in sorted(drawn)])


def _is_for(trainee: Trainee, session: Session, made: Schedule) -> bool:
    """Whether a session is one of a person's, on leave or not."""
    there = presence_of(made, trainee.id).team_on(session.on)
    if there is None or session.person is not None:
        return there is not None and session.person == trainee.id
    return there.group == session.group


def _is_elsewhere(trainee: Trainee, session: Session, made: Schedule) -> bool:
    """Whether a person is in another team on the day of a session."""
    there = presence_of(made, trainee.id).team_on(session.on)
    return there is not None and there.group != session.group


def attendances() -> SearchStrategy[Attendance]:
    """Who attended a session and who did not."""
    # A whole schedule for one id would be slow, and shows no more.
    whose = st.sampled_from([(None, None), ("G0", None), (None, "RM-01")])
    made = st.builds(
        lambda day, whom, number: Session(
            "study", day, on=day, group=whom[0], person=whom[1], number=number
        ),
        st.dates(_YEAR.first, _YEAR.last),
        whose,
        st.integers(1, 2),
    )
    return st.builds(
        Attendance,
        made.map(lambda session: session.id),
        st.just("RM-01"),
        status=st.sampled_from(AttendanceStatus),
    )


def test_results() -> SearchStrategy[TestResult]:
    """Results of tests."""
    ids = st.dates(_YEAR.first, _YEAR.last).map(lambda day: f"test/{day}")
    again = st.none() | st.dates(_YEAR.last, date(2026, 3, 1))
    return st.builds(
        TestResult, ids, st.just("RM-01"), score=_SCORES, attempt=st.integers(1, 3), on=again
    )


def deliveries() -> SearchStrategy[Delivered]:
    """What was delivered."""
    days = st.dates(_YEAR.first, _YEAR.last)
    return st.builds(
        Delivered, st.just("report"), st.just("RM-01"), on=days, number=st.integers(1, 3)
    )


@st.composite
def compliances(draw: DrawFn, of: SearchStrategy[Schedule] | None = None) -> Compliance:
    """Compliance with schedules, by a day of its period or by the last of any record.

    Args:
        of: The schedules; None for any.
    """
    made = draw(schedules() if of is None else of)
    last = max([made.period.last, *(session.on for session in made.sessions)])
    on = draw(st.just(last) | st.sampled_from(list(made.period)))
    records = [each for each in draw(records_of(made)) if _day_of(each, made) <= on]
    return check_compliance(made, records, on=on, extensions=draw(extensions_of(made)))


def _day_of(record: Record, made: Schedule) -> date:
    if isinstance(record, Delivered):
        return record.on
    later = record.on if isinstance(record, TestResult) else None
    return later or made.session(record.session).on


@st.composite
def extensions_of(draw: DrawFn, made: Schedule) -> tuple[Extension, ...]:
    """Extensions of what a schedule asks of some of its people.

    Args:
        made: The schedule.
    """
    spans = spans_of(made)
    asked: list[tuple[str | None, ActivityKind | None, Period]] = [
        (activity.id, None, span)
        for activity in made.plan.activities
        if activity.per_person and isinstance(activity.timing, Quota)
        for span in spans[activity.timing.per]
    ]
    asked += [
        (None, target.kind, span) for target in made.plan.targets for span in spans[target.per]
    ]
    people = [trainee.id for trainee in made.people]
    if not (asked and people):
        return ()
    wanted = st.tuples(st.sampled_from(people), st.sampled_from(asked), st.integers(1, 60))
    drawn = draw(st.lists(wanted, max_size=2, unique_by=lambda each: each[:2]))
    return tuple(
        Extension(person, activity, kind=kind, period=span, until=span.last + timedelta(days))
        for person, (activity, kind, span), days in drawn
    )


def extensions() -> SearchStrategy[Extension]:
    """Extensions of a quota and of a target."""
    whats = st.just(("report", None)) | st.tuples(st.none(), st.sampled_from(ActivityKind))
    return st.builds(
        lambda what, until: Extension("RM-01", what[0], kind=what[1], period=_YEAR, until=until),
        whats,
        st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    )


def requirements() -> SearchStrategy[Requirement]:
    """Requirements with their statuses."""
    # What was made again shows no other requirement, and takes three times as long to draw.
    asked = compliances(first_schedules()).filter(lambda made: bool(made.requirements))
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
    """Certificates in every state."""
    return st.tuples(
        st.lists(completions(), max_size=2),
        certifications(),
        st.none() | st.dates(_YEAR.first, _YEAR.last),
        st.dates(_YEAR.first, date(2027, 6, 30)),
    ).map(lambda each: _due(*each))


def _due(
    completed: list[Completion],
    certification: Certification,
    edition_from: date | None,
    on: date,
) -> CertificateStatus:
    certified = Course(
        "course-0",
        _TEXT,
        domain=Domain.SKILL,
        certification=certification,
        edition_from=edition_from,
    )
    curriculum = Curriculum("curriculum", "1.0", text=_TEXT, courses=[certified])
    done = [Completion("course-0", "RM-01", on=each.on) for each in completed]
    return certificates_due(done, curriculum, on=on, people=["RM-01"])[0]


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
