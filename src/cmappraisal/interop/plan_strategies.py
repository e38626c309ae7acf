"""Strategies for training plans: calendars, courses, activities and what they ask.

Needs the extra ``hypothesis``. They are among those of :mod:`cmappraisal.interop.strategies`, from
where ``from_type`` finds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from attrs import evolve

from cmappraisal.alternatives import Rounding
from cmappraisal.calendars import Adjustment, WorkCalendar
from cmappraisal.interop.derived_strategies import YEAR
from cmappraisal.interop.extras import needs_extra
from cmappraisal.periods import Period
from cmappraisal.points import EXACT
from cmappraisal.spans import CalendarSpan
from cmappraisal.standards.error_points import ERROR_POINTS
from cmappraisal.texts import Text
from cmappraisal.training.activity_timings import CareerStage, Ongoing, Quota, Timing
from cmappraisal.training.cadences import Cadence
from cmappraisal.training.courses import (
    Certification,
    Course,
    Curriculum,
    Domain,
    LapsesAfter,
    LapsesYearly,
    Level,
    NeverLapses,
)
from cmappraisal.training.leaves import LeaveKind
from cmappraisal.training.plans import Activity, ActivityKind, Target, TargetUnit, TrainingPlan
from cmappraisal.training.proportions import Proportion
from cmappraisal.training.templates import ASK, VENUE_TEAM, VIP_SERVICE
from cmappraisal.training.terms import (
    AttendanceTerms,
    CountedDays,
    PresenceTerms,
    Reduction,
)
from cmappraisal.training.working_days import NthWorkingDay

with needs_extra("hypothesis", "hypothesis"):
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn, SearchStrategy

COURSES = tuple(f"course-{number}" for number in range(6))
"""The ids of courses that are drawn."""

_TEXT = Text("課程", "课程", en="course")
_TEXTS = st.lists(st.just(_TEXT), max_size=2)
_RULES = st.frozensets(st.sampled_from(list(ERROR_POINTS)), max_size=4)
_RENEWAL = st.sampled_from([0, 0, 1, 3])
_SCORES = st.decimals(0, 100, places=1)
_DATES_FIRST = date(2024, 12, 1)
DATES = st.dates(_DATES_FIRST, date(2026, 1, 31))
"""Days in and around the year that is drawn of."""


def work_calendars() -> SearchStrategy[WorkCalendar]:
    """Calendars, with holidays and named working days in and around the year 2025."""
    days = st.frozensets(DATES, max_size=20)
    weekdays = st.just((5, 6)) | st.frozensets(st.integers(0, 6), max_size=6)
    plain = st.builds(
        WorkCalendar,
        weekdays,
        holidays=days,
        workdays=days,
        names=st.just({}) | st.dictionaries(DATES, st.sampled_from(["春節", "Day"]), max_size=3),
        known=st.none() | st.just(YEAR) | DATES.map(lambda last: Period(_DATES_FIRST, last)),
    )
    return plain.flatmap(_with_half_days)


def _with_half_days(calendar: WorkCalendar) -> SearchStrategy[WorkCalendar]:
    return (st.just(frozenset()) | st.frozensets(DATES, max_size=8)).map(
        lambda days: evolve(calendar, half_days=filter(calendar.is_working_day, days))
    )


def certifications() -> SearchStrategy[Certification]:
    """How long a certification holds, in every way there is."""
    return st.one_of(
        st.builds(NeverLapses),
        st.builds(LapsesAfter, st.integers(1, 36), renewal=_RENEWAL),
        st.builds(LapsesYearly, st.integers(1, 12), st.integers(1, 29), renewal=_RENEWAL),
    )


def courses(ids: SearchStrategy[str] = st.sampled_from(COURSES)) -> SearchStrategy[Course]:  # noqa: B008
    """Courses.

    Args:
        ids: Ids to draw from.
    """
    return st.builds(
        Course,
        ids,
        st.just(_TEXT),
        domain=st.sampled_from(Domain),
        level=st.none() | st.sampled_from(Level),
        contents=_TEXTS,
        remedies=_RULES,
        certification=st.none() | certifications(),
        pass_mark=st.just(60) | _SCORES,
        tested=st.booleans(),
        edition_from=st.none() | st.dates(YEAR.first, YEAR.last),
    )


def curricula() -> SearchStrategy[Curriculum]:
    """Curricula of a few courses."""
    return st.builds(
        Curriculum,
        st.just("curriculum"),
        st.just("1.0"),
        text=st.just(_TEXT),
        courses=st.lists(courses(), min_size=1, max_size=6, unique_by=lambda course: course.id),
    )


@st.composite
def cadences(draw: DrawFn) -> Cadence:
    """Cadences of every frequency, with the parts that go with it."""
    days = st.sampled_from(["MO", "WE", "FR", "SA", "SU"])
    weekdays = st.lists(days, min_size=1, max_size=3, unique=True).map(",".join)
    of_month = st.integers(1, 31) | st.integers(-5, -1)
    rule = draw(
        st.one_of(
            st.just("FREQ=DAILY"),
            weekdays.map(lambda days: f"FREQ=WEEKLY;BYDAY={days}"),
            of_month.map(lambda day: f"FREQ=MONTHLY;BYMONTHDAY={day}"),
            days.map(lambda day: f"FREQ=MONTHLY;BYDAY=-1{day}"),
            st.integers(1, 28).map(lambda day: f"FREQ=YEARLY;BYMONTH=2,9;BYMONTHDAY={day}"),
        )
    )
    interval = draw(st.sampled_from(["", "", ";INTERVAL=2"]))
    end = draw(st.sampled_from(["", "", ";COUNT=5", ";UNTIL=20250930"]))
    starts_on = draw(st.none() | st.dates(date(2024, 12, 1), date(2025, 6, 30)))
    return Cadence(rule + interval + end, starts_on)


def nth_working_days() -> SearchStrategy[NthWorkingDay]:
    """Working days of a month by their numbers, of every month or of some."""
    numbers = st.integers(1, 23) | st.integers(-23, -1) | st.sampled_from([1, -1])
    months = st.just(()) | st.lists(st.integers(1, 12), max_size=3, unique=True)
    return st.builds(NthWorkingDay, numbers, months)


@st.composite
def quotas(draw: DrawFn) -> Quota:
    """Quotas of every span."""
    at_least = draw(st.integers(0, 3))
    at_most = draw(st.none() | st.integers(at_least, 5))
    most = 5 if at_most is None else at_most
    return Quota(
        at_least,
        at_most,
        per=draw(st.sampled_from(CalendarSpan)),
        planned=draw(st.none() | st.integers(at_least, most)),
    )


def career_stages() -> SearchStrategy[CareerStage]:
    """Stages with and without an end."""
    lasts = st.none() | st.integers(1, 12)
    return st.builds(CareerStage, st.integers(0, 12), lasts, needed_only=st.booleans())


def ongoing() -> SearchStrategy[Ongoing]:
    """What goes on all the time, with and without an end."""
    return st.builds(Ongoing, st.integers(0, 12), st.none() | st.integers(1, 12))


@st.composite
def targets(draw: DrawFn) -> Target:
    """Targets of every kind, unit and span."""
    unit = draw(st.sampled_from(TargetUnit))
    minutes = st.sampled_from([1, 1, 60, 240])
    return Target(
        draw(st.sampled_from(ActivityKind)),
        draw(st.integers(1, 12)),
        unit=unit,
        per=draw(st.sampled_from(CalendarSpan)),
        minutes_a_day=draw(minutes) if unit is TargetUnit.DAYS else 1,
    )


def attendance_terms() -> SearchStrategy[AttendanceTerms]:
    """What it is to attend, from the default to every way to differ from it."""
    shares = st.sampled_from(["0.1", "0.5", "0.9"])
    return st.builds(
        AttendanceTerms,
        at_least=st.just(1) | shares,
        lates_an_absence=st.sampled_from([None, 1, 1, 2, 3]),
        quorum=st.sampled_from([0, "0.5", "0.9", 1]),
    )


def presence_terms() -> SearchStrategy[PresenceTerms]:
    """What is asked of who is there for a part of the time, in every way there is."""
    return st.builds(
        PresenceTerms,
        reduction=st.sampled_from(Reduction),
        days=st.sampled_from(CountedDays),
        rounding=st.sampled_from(Rounding),
        part_time=st.booleans(),
        leave=st.just(frozenset(LeaveKind)) | st.frozensets(st.sampled_from(LeaveKind)),
    )


def proportions() -> SearchStrategy[Proportion]:
    """How much is asked in proportion, in every way to reduce and to round it."""
    days = st.tuples(st.integers(0, 520), st.integers(1, 260))
    return st.builds(
        lambda asked, days, **fields: Proportion(
            # Half days come of half time.
            asked,
            present=EXACT.multiply(Decimal(min(days[0], 2 * days[1])), Decimal("0.5")),
            whole=days[1],
            **fields,
        ),
        st.integers(0, 60),
        days,
        reduction=st.sampled_from(Reduction),
        rounding=st.sampled_from(Rounding),
    )


@st.composite
def activities(
    draw: DrawFn,
    course_ids: Sequence[str] = COURSES,
    *,
    id: str = "activity",
    timings: SearchStrategy[Timing] | None = None,
) -> Activity:
    """Activities of every kind and timing.

    Args:
        course_ids: Ids of courses to draw from.
        id: The id of the activity.
        timings: Timings to draw from; None for all.
    """
    every: SearchStrategy[Timing] = st.one_of(
        cadences(), nth_working_days(), quotas(), career_stages(), ongoing()
    )
    timing: Timing = draw(every if timings is None else timings)
    least = 1 if isinstance(timing, CareerStage) else 0
    ids = st.lists(st.sampled_from(course_ids), max_size=4, unique=True)
    taught = draw(ids.filter(lambda each: len(each) >= least))
    kind = draw(st.sampled_from(ActivityKind))
    per_person = draw(st.booleans())
    is_individual = per_person or isinstance(timing, CareerStage)
    return Activity(
        id,
        _TEXT,
        kind=kind,
        timing=timing,
        adjustment=draw(st.sampled_from(Adjustment)),
        duration=draw(st.sampled_from([15, 60, 240, 480])),
        courses=taught,
        each_time=[each for each in draw(ids) if each not in taught],
        forms=draw(_TEXTS),
        required=draw(st.booleans()),
        feeds_performance=kind is ActivityKind.TEST and draw(st.booleans()),
        per_person=per_person,
        in_room=draw(st.booleans()),
        in_class=is_individual and not isinstance(timing, Ongoing) and draw(st.booleans()),
        attendance=draw(st.just(AttendanceTerms()) | attendance_terms()),
    )


@st.composite
def training_plans(draw: DrawFn, *, by_calendar_only: bool = False) -> TrainingPlan:
    """Plans: those of the library, and others of a few activities.

    Args:
        by_calendar_only: Whether all of their activities are cadences, without any target.
    """
    if draw(st.booleans()) and not by_calendar_only:
        return draw(st.sampled_from([VIP_SERVICE, ASK, VENUE_TEAM]))
    curriculum = draw(curricula())
    timings = cadences() if by_calendar_only else None
    drawn = [
        draw(activities(list(curriculum), id=f"activity-{number}", timings=timings))
        for number in range(draw(st.integers(1, 4)))
    ]
    if draw(st.booleans()):
        study = draw(st.sampled_from(["FREQ=MONTHLY;BYMONTHDAY=15", "FREQ=WEEKLY;BYDAY=MO"]))
        adjustments = st.sampled_from(Adjustment)
        drawn += [
            Activity(
                "study",
                _TEXT,
                kind=ActivityKind.STUDY,
                timing=Cadence(study),
                adjustment=draw(adjustments),
                duration=240,
            ),
            Activity(
                "test",
                _TEXT,
                kind=ActivityKind.TEST,
                timing=Cadence(draw(st.sampled_from(["FREQ=MONTHLY;BYMONTHDAY=17", study]))),
                adjustment=draw(adjustments),
                follows="study",
            ),
        ]
    wanted = st.lists(
        targets(),
        max_size=0 if by_calendar_only else 2,
        unique_by=lambda target: (target.kind, target.unit, target.per),
    )
    return TrainingPlan(
        "plan",
        "1.0",
        text=_TEXT,
        curriculum=curriculum,
        activities=drawn,
        targets=draw(wanted),
        presence=draw(st.just(PresenceTerms()) | presence_terms()),
    )
