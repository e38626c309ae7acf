"""Strategies for training: plans, and what goes with them to make a schedule.

Needs the extra ``hypothesis``. They are among those of
:mod:`cmappraisal.interop.strategies`, from where ``from_type`` finds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from attrs import evolve, frozen

from cmappraisal.calendars import Adjustment, WorkCalendar
from cmappraisal.interop.extras import needs_extra
from cmappraisal.periods import Period
from cmappraisal.spans import CalendarSpan
from cmappraisal.standards.error_points import ERROR_POINTS
from cmappraisal.texts import Text
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
from cmappraisal.training.plans import (
    Activity,
    ActivityKind,
    CareerStage,
    Quota,
    Target,
    TargetUnit,
    Timing,
    TrainingPlan,
)
from cmappraisal.training.rescheduling import reschedule
from cmappraisal.training.resources import Room, Trainer
from cmappraisal.training.schedules import Change, Rescheduled, Schedule
from cmappraisal.training.scheduling import schedule
from cmappraisal.training.sessions import Cause, Session
from cmappraisal.training.shortfalls import Shortfall, ShortfallCause
from cmappraisal.training.templates import ASK, VENUE_TEAM, VIP_SERVICE
from cmappraisal.training.trainees import Group, Trainee

with needs_extra("hypothesis", "hypothesis"):
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn, SearchStrategy

_YEAR = Period.year(2025)
_COURSES = tuple(f"course-{number}" for number in range(6))
_TEXT = Text("課程", "课程", en="course")
_RULES = st.frozensets(st.sampled_from(list(ERROR_POINTS)), max_size=4)
_SCORES = st.decimals(0, 100, places=1)
_DAYS = st.frozensets(st.dates(date(2024, 12, 1), date(2026, 1, 31)), max_size=12)


def work_calendars() -> SearchStrategy[WorkCalendar]:
    """Calendars, with holidays and named working days in and around the year 2025."""
    days = st.frozensets(st.dates(date(2024, 12, 1), date(2026, 1, 31)), max_size=20)
    weekdays = st.just((5, 6)) | st.frozensets(st.integers(0, 6), max_size=6)
    return st.builds(WorkCalendar, weekdays, holidays=days, workdays=days)


def certifications() -> SearchStrategy[Certification]:
    """How long a certification holds, in every way there is."""
    return st.one_of(
        st.builds(NeverLapses),
        st.builds(LapsesAfter, st.integers(1, 36)),
        st.builds(LapsesYearly, st.integers(1, 12), st.integers(1, 29)),
    )


def courses(ids: SearchStrategy[str] = st.sampled_from(_COURSES)) -> SearchStrategy[Course]:  # noqa: B008
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
        remedies=_RULES,
        certification=st.none() | certifications(),
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


def targets() -> SearchStrategy[Target]:
    """Targets of every kind, unit and span."""
    return st.builds(
        Target,
        st.sampled_from(ActivityKind),
        st.integers(1, 12),
        unit=st.sampled_from(TargetUnit),
        per=st.sampled_from(CalendarSpan),
    )


@st.composite
def activities(
    draw: DrawFn, course_ids: Sequence[str] = _COURSES, *, id: str = "activity"
) -> Activity:
    """Activities of every kind and timing.

    Args:
        course_ids: Ids of courses to draw from.
        id: The id of the activity.
    """
    timing: Timing = draw(st.one_of(cadences(), quotas(), career_stages()))
    least = 1 if isinstance(timing, CareerStage) else 0
    taught = st.lists(st.sampled_from(course_ids), min_size=least, max_size=4, unique=True)
    kind = draw(st.sampled_from(ActivityKind))
    return Activity(
        id,
        _TEXT,
        kind=kind,
        timing=timing,
        adjustment=draw(st.sampled_from(Adjustment)),
        duration=draw(st.sampled_from([15, 60, 240, 480])),
        courses=draw(taught),
        required=draw(st.booleans()),
        feeds_performance=kind is ActivityKind.TEST and draw(st.booleans()),
        per_person=draw(st.booleans()),
        in_room=draw(st.booleans()),
    )


@st.composite
def training_plans(draw: DrawFn) -> TrainingPlan:
    """Plans: those of the library, and others of a few activities."""
    if draw(st.booleans()):
        return draw(st.sampled_from([VIP_SERVICE, ASK, VENUE_TEAM]))
    curriculum = draw(curricula())
    drawn = [
        draw(activities(list(curriculum), id=f"activity-{number}"))
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
        targets(), max_size=2, unique_by=lambda target: (target.kind, target.unit, target.per)
    )
    return TrainingPlan(
        "plan", "1.0", text=_TEXT, curriculum=curriculum, activities=drawn, targets=draw(wanted)
    )


def trainees(
    ids: SearchStrategy[str] = st.sampled_from(["RM-01", "RM-02", "RM-03"]),  # noqa: B008
    course_ids: Sequence[str] = (),
) -> SearchStrategy[Trainee]:
    """Trainees hired in or before the year 2025.

    Args:
        ids: Ids to draw from.
        course_ids: Ids of courses that some of them need.
    """
    needed = st.lists(st.sampled_from(course_ids), max_size=4, unique=True)
    return st.builds(
        Trainee,
        ids,
        st.dates(date(2024, 6, 1), date(2025, 12, 31)),
        needs=needed if course_ids else st.just(()),
    )


def groups(course_ids: Sequence[str] = ()) -> SearchStrategy[tuple[Group, ...]]:
    """A few groups, nobody in two of them.

    Args:
        course_ids: Ids of courses that some of the trainees need.
    """
    sizes = st.lists(st.integers(0, 2), max_size=2)
    return sizes.flatmap(
        lambda each: st.tuples(
            *(_group(place, size, course_ids) for place, size in enumerate(each))
        )
    )


def _group(place: int, size: int, course_ids: Sequence[str]) -> SearchStrategy[Group]:
    members = (trainees(st.just(f"G{place}-{number}"), course_ids) for number in range(size))
    return st.builds(Group, st.just(f"G{place}"), st.tuples(*members))


def rooms() -> SearchStrategy[Room]:
    """Rooms."""
    return st.builds(Room, st.sampled_from(["R-1", "R-2"]), st.integers(1, 40), closed=_DAYS)


def trainers() -> SearchStrategy[Trainer]:
    """Trainers."""
    teaches = st.frozensets(st.sampled_from(_COURSES), max_size=4)
    return st.builds(Trainer, st.sampled_from(["T-1", "T-2"]), teaches, away=_DAYS)


@frozen
class TrainingScenario:
    """A plan and all that goes with it to make a schedule.

    Args:
        plan: The plan.
        period: The days to plan.
        calendar: Which days are worked.
        trainees: Those who are trained outside of groups.
        groups: The groups.
        blackouts: Dates without any session.
        full_days: Dates that are full already.
    """

    plan: TrainingPlan
    period: Period
    calendar: WorkCalendar
    trainees: tuple[Trainee, ...]
    groups: tuple[Group, ...]
    blackouts: frozenset[date]
    full_days: frozenset[date]

    def schedule(self) -> Schedule:
        """The schedule that it makes."""
        return schedule(
            self.plan,
            self.period,
            calendar=self.calendar,
            trainees=self.trainees,
            groups=self.groups,
            blackouts=self.blackouts,
            full_days=self.full_days,
        )


@st.composite
def training_scenarios(
    draw: DrawFn,
    *,
    plans: SearchStrategy[TrainingPlan] = training_plans(),  # noqa: B008
) -> TrainingScenario:
    """Scenarios of training: everything that scheduling takes, drawn to go together.

    Args:
        plans: The plans to draw from.
    """
    plan = draw(plans)
    ids = list(plan.curriculum)
    first = draw(st.dates(_YEAR.first, date(2025, 12, 1)))
    days = draw(st.sampled_from([1, 30, 61]))
    # A whole year of meetings is slow, and shows little more.
    short = Period(first, min(first + timedelta(days), _YEAR.last))
    month = Period.month(2025, first.month)
    period = draw(st.sampled_from([short, month, Period.quarter(2025, 2), short, month, _YEAR]))
    people = st.lists(trainees(course_ids=ids), max_size=2, unique_by=lambda each: each.id)
    return TrainingScenario(
        plan,
        period,
        draw(work_calendars()),
        tuple(draw(people)),
        draw(groups(ids)),
        draw(_DAYS),
        draw(_DAYS),
    )


def schedules() -> SearchStrategy[Schedule]:
    """Schedules, as scheduling makes them."""
    return training_scenarios().map(TrainingScenario.schedule)


@st.composite
def reschedulings(draw: DrawFn) -> Rescheduled:
    """Schedules made again under another calendar and other blackouts."""
    return reschedule(
        draw(schedules()),
        calendar=draw(work_calendars()),
        not_before=draw(st.dates(_YEAR.first, _YEAR.last)),
        blackouts=draw(st.none() | _DAYS),
    )


def sessions() -> SearchStrategy[Session]:
    """Sessions of schedules."""
    return _with_sessions().flatmap(lambda made: st.sampled_from(made.sessions))


def _with_sessions() -> SearchStrategy[Schedule]:
    return schedules().filter(lambda made: bool(made.sessions))


def shortfalls() -> SearchStrategy[Shortfall]:
    """What is missing of an activity or of a target."""
    targets = st.tuples(st.none(), st.sampled_from(ActivityKind), st.sampled_from(TargetUnit))
    return st.builds(
        lambda what, **fields: Shortfall(*what[:2], unit=what[2], **fields),
        st.just(("activity", None, None)) | targets,
        period=st.sampled_from(list(CalendarSpan.MONTH.within(_YEAR))),
        missing=st.integers(1, 9),
        cause=st.sampled_from(ShortfallCause),
        group=st.none() | st.just("G0"),
        person=st.none() | st.just("RM-01"),
    )


def changes() -> SearchStrategy[Change]:
    """What became of sessions: moved, added, cancelled."""
    none = st.none()
    return st.one_of(
        st.builds(Change, sessions(), none),
        st.builds(Change, none, sessions()),
        sessions().map(
            lambda session: Change(
                session,
                evolve(session, on=_YEAR.last, cause=Cause.ORDER, sequence=session.sequence + 1),
            )
        ),
    )


def group() -> SearchStrategy[Group]:
    """A group of up to two trainees."""
    return st.integers(0, 2).flatmap(lambda size: _group(0, size, _COURSES))
