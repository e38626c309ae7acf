"""Strategies for training: people, and schedules of plans, made and made again.

Needs the extra ``hypothesis``. They are among those of
:mod:`cmappraisal.interop.strategies`, from where ``from_type`` finds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from attrs import evolve, frozen

from cmappraisal.calendars import WorkCalendar
from cmappraisal.interop.derived_strategies import YEAR
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.plan_strategies import (
    COURSES,
    DATES,
    activities,
    training_plans,
    work_calendars,
)
from cmappraisal.people import Tenure
from cmappraisal.periods import Period
from cmappraisal.spans import CalendarSpan
from cmappraisal.training.changes import Change, Rescheduled
from cmappraisal.training.hours import Hours, time_of
from cmappraisal.training.leaves import Leave, LeaveKind
from cmappraisal.training.past_plans import PastPlan
from cmappraisal.training.plans import ActivityKind, TargetUnit, TrainingPlan
from cmappraisal.training.rescheduling import reschedule
from cmappraisal.training.resources import Room, Trainer
from cmappraisal.training.schedules import Schedule
from cmappraisal.training.scheduling import schedule
from cmappraisal.training.sessions import Cause, Session
from cmappraisal.training.shortfalls import Shortfall, ShortfallCause
from cmappraisal.training.trainees import Group, Trainee
from cmappraisal.training.withdrawals import Withdrawal

with needs_extra("hypothesis", "hypothesis"):
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn, SearchStrategy

_DAYS = st.frozensets(DATES, max_size=12)
_GAPS = st.sampled_from([0, 15])


def _stretches(most: int) -> SearchStrategy[list[tuple[date | None, date | None]]]:
    """Stretches of days in and around the year 2025, apart from one another, some without end."""
    days = st.lists(
        st.dates(date(2024, 9, 1), date(2026, 1, 31)),
        min_size=2 * most,
        max_size=2 * most,
        unique=True,
    )
    edges = st.sampled_from([(False, False), (True, False), (False, True), (True, True)])

    def apart(drawn: tuple[list[date], tuple[bool, bool]]) -> list[tuple[date | None, date | None]]:
        ordered, (from_ever, for_ever) = sorted(drawn[0]), drawn[1]
        found: list[tuple[date | None, date | None]] = list(
            zip(ordered[::2], ordered[1::2], strict=True)
        )
        if from_ever:
            found[0] = None, found[0][1]
        if for_ever:
            found[-1] = found[-1][0], None
        return found

    return st.tuples(days, edges).map(apart)


@st.composite
def tenures(
    draw: DrawFn, person: str = "RM-01", group_ids: Sequence[str] = ("G0", "G1")
) -> tuple[Tenure, ...]:
    """Tenures of one person, the first in the first of some groups: who comes, goes and moves.

    Args:
        person: The id of the person.
        group_ids: Ids of groups.
    """
    found: list[Tenure] = []
    for first, last in draw(st.sampled_from([1, 1, 2]).flatmap(_stretches)):
        ids = [*group_ids, "elsewhere"] if found else group_ids[:1]
        share = draw(st.sampled_from(["1", "1", "0.5"]))
        group = draw(st.sampled_from(ids))
        found.append(Tenure(person, group, first=first, last=last, full_time=share))
    return tuple(found)


@st.composite
def leaves(draw: DrawFn, person: str = "RM-01") -> tuple[Leave, ...]:
    """Leaves of one person, one or two of them.

    Args:
        person: The id of the person.
    """
    stretches = draw(st.sampled_from([1, 2]).flatmap(_stretches))
    return tuple(
        Leave(person, draw(st.sampled_from(LeaveKind)), first=first, last=last)
        for first, last in stretches
    )


@st.composite
def trainees(
    draw: DrawFn,
    ids: SearchStrategy[str] = st.sampled_from(["RM-01", "RM-02", "RM-03"]),  # noqa: B008
    course_ids: Sequence[str] = (),
    *,
    group_ids: Sequence[str] = ("G0",),
) -> Trainee:
    """Trainees hired in or before the year 2025, some with tenures or leaves.

    Args:
        ids: Ids to draw from.
        course_ids: Ids of courses that some of them need.
        group_ids: Ids of groups that tenures name, first that of the person.
    """
    id, needs = draw(ids), []
    if course_ids:
        needs = draw(st.lists(st.sampled_from(course_ids), max_size=4, unique=True))
    hired_on = draw(st.dates(date(2024, 6, 1), date(2025, 12, 31)))
    how = draw(st.integers(0, 3))
    own_tenures = draw(tenures(id, group_ids)) if how in {1, 2} else ()
    if own_tenures:
        # Nobody has a tenure before the day of hiring.
        known = [each.first or each.last or hired_on for each in own_tenures]
        hired_on = min(hired_on, *known)
    return Trainee(
        id,
        hired_on,
        needs=needs,
        tenures=own_tenures,
        leaves=draw(leaves(id)) if how in {2, 3} else (),
    )


@st.composite
def groups(draw: DrawFn, course_ids: Sequence[str] = ()) -> tuple[Group, ...]:
    """A few groups, nobody listed in two of them.

    Args:
        course_ids: Ids of courses that some of the trainees need.
    """
    sizes = draw(st.lists(st.integers(0, 2), max_size=2))
    ids = [f"G{place}" for place in range(len(sizes))]
    return tuple(draw(_group(place, size, course_ids, ids)) for place, size in enumerate(sizes))


def _group(
    place: int, size: int, course_ids: Sequence[str], group_ids: Sequence[str]
) -> SearchStrategy[Group]:
    own = f"G{place}"
    ids = [own, *(each for each in group_ids if each != own)]
    members = (
        trainees(st.just(f"G{place}-{number}"), course_ids, group_ids=ids) for number in range(size)
    )
    return st.builds(Group, st.just(own), st.tuples(*members))


def rooms() -> SearchStrategy[Room]:
    """Rooms."""
    return st.builds(
        Room,
        st.sampled_from(["R-1", "R-2"]),
        st.integers(1, 40),
        closed=_DAYS,
        hours=_hours_apart(),
        gap=_GAPS,
    )


def hours() -> SearchStrategy[Hours]:
    """Hours of every day or of one."""
    return st.builds(
        lambda ends, on: Hours(*map(time_of, sorted(ends)), on=on),
        st.lists(st.integers(0, 24 * 60 - 1), min_size=2, max_size=2, unique=True),
        st.none() | DATES,
    )


def _hours_apart() -> SearchStrategy[list[Hours]]:
    """Hours of which no two are of the same day."""
    return st.lists(hours(), max_size=2, unique_by=lambda each: each.on)


def trainers() -> SearchStrategy[Trainer]:
    """Trainers."""
    teaches = st.frozensets(st.sampled_from(COURSES), max_size=4)
    return st.builds(
        Trainer,
        st.sampled_from(["T-1", "T-2"]),
        teaches,
        away=_DAYS,
        hours=_hours_apart(),
        gap=_GAPS,
    )


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
    first = draw(st.dates(YEAR.first, date(2025, 12, 1)))
    days = draw(st.sampled_from([1, 30, 61]))
    # A whole year of meetings is slow, and shows little more.
    short = Period(first, min(first + timedelta(days), YEAR.last))
    month = Period.month(2025, first.month)
    across = Period(date(2024, 12, 9), date(2025, 1, 20))
    quarter = Period.quarter(2025, 2)
    period = draw(st.sampled_from([short, month, quarter, across, short, month, YEAR]))
    teams = draw(groups(ids))
    group_ids = [group.id for group in teams] or ["G0"]
    people = st.lists(
        trainees(course_ids=ids, group_ids=group_ids), max_size=2, unique_by=lambda each: each.id
    )
    return TrainingScenario(
        plan,
        period,
        draw(work_calendars()),
        tuple(draw(people)),
        teams,
        draw(_DAYS),
        draw(_DAYS),
    )


def first_schedules() -> SearchStrategy[Schedule]:
    """Schedules, as scheduling makes them."""
    return training_scenarios().map(TrainingScenario.schedule)


def schedules() -> SearchStrategy[Schedule]:
    """Schedules, some of them made again: under other days, for other people, by an edition."""
    made = first_schedules()
    again = reschedulings().map(lambda each: each.schedule)
    return st.one_of(made, made, made, again)


@st.composite
def next_editions(draw: DrawFn, plan: TrainingPlan) -> TrainingPlan:
    """Another edition of a plan: some activities are kept, some changed, left out or new.

    Args:
        plan: The plan as it is.
    """
    ids = list(plan.curriculum)
    kept = []
    for activity in plan.activities:
        other = activities(ids, id=activity.id)
        fate = draw(st.sampled_from(["same", "same", "other", "gone"]))
        # What has an order is kept, since what it follows has to be there.
        ordered = activity.follows or any(each.follows == activity.id for each in plan.activities)
        if fate == "same" or ordered:
            kept.append(activity)
        elif fate == "other":
            kept.append(draw(other))
    new = [draw(activities(ids, id="new"))] if draw(st.booleans()) else []
    wanted = draw(st.sampled_from([plan.targets, ()]))
    length = max([480, *(each.duration for each in (*kept, *new))])
    return evolve(plan, edition="2.0", activities=[*kept, *new], targets=wanted, day_length=length)


@st.composite
def reschedulings(draw: DrawFn) -> Rescheduled:
    """Schedules made again under other days, with other people or by another edition."""
    scenario = draw(training_scenarios())
    # Without a day of hiring no stage of the new edition could be reckoned; all have one.
    made = scenario.schedule()
    people = made.trainees if draw(st.booleans()) else draw(changed_people(made))
    return reschedule(
        made,
        calendar=draw(work_calendars()),
        not_before=draw(st.dates(YEAR.first, YEAR.last)),
        blackouts=draw(st.none() | _DAYS),
        trainees=people,
        plan=draw(st.none() | next_editions(made.plan)),
    )


@st.composite
def changed_people(draw: DrawFn, made: Schedule) -> tuple[Trainee, ...]:
    """The trainees in no group of a schedule, as they are after some came, left or went on leave.

    Args:
        made: The schedule.
    """
    group_ids = [group.id for group in made.groups] or ["G0"]
    found: list[Trainee] = []
    for trainee in made.trainees:
        # Who is in no group at all stays so, since a team comes and goes by itself.
        moves = bool(trainee.tenures or not made.groups) and draw(st.booleans())
        tenures_now = draw(tenures(trainee.id, group_ids)) if moves else trainee.tenures
        known = [each.first or each.last or YEAR.first for each in tenures_now]
        hired_on = trainee.hired_on or YEAR.first
        # The day of hiring can have been a wrong one.
        corrected = draw(DATES) if draw(st.booleans()) else hired_on
        found.append(
            evolve(
                trainee,
                hired_on=min([corrected, *known]),
                tenures=tenures_now,
                leaves=draw(leaves(trainee.id)) if draw(st.booleans()) else (),
            )
        )
    if not made.groups and draw(st.booleans()):
        ids = list(made.plan.curriculum)
        found.append(draw(trainees(st.just("NEW"), ids, group_ids=group_ids)))
    return tuple(found)


@st.composite
def past_plans(draw: DrawFn) -> PastPlan:
    """Editions of a plan that held before."""
    return PastPlan(draw(training_plans()), draw(DATES))


def sessions() -> SearchStrategy[Session]:
    """Sessions of schedules, some of which have a time."""
    starts = st.none() | st.integers(0, 24 * 60 - 1).map(time_of)
    those = _with_sessions().flatmap(lambda made: st.sampled_from(made.sessions))
    return st.builds(lambda session, start: evolve(session, start=start), those, starts)


def _with_sessions() -> SearchStrategy[Schedule]:
    return schedules().filter(lambda made: bool(made.sessions))


def shortfalls() -> SearchStrategy[Shortfall]:
    """What is missing of an activity or of a target, or a course that somebody needs."""
    targets = st.fixed_dictionaries(
        {"kind": st.sampled_from(ActivityKind), "unit": st.sampled_from(TargetUnit)}
    )
    others: list[dict[str, Any]] = [{"activity": "activity"}, {"course": "course-1"}]
    return st.builds(
        lambda what, **fields: Shortfall(**what, **fields),
        st.sampled_from(others) | targets,
        period=st.sampled_from(list(CalendarSpan.MONTH.within(YEAR))),
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
                evolve(session, on=YEAR.last, cause=Cause.ORDER, sequence=session.sequence + 1),
            )
        ),
    )


def withdrawals() -> SearchStrategy[Withdrawal]:
    """Sessions that were withdrawn from somebody."""
    return st.builds(Withdrawal, sessions(), st.sampled_from(["RM-01", "RM-02"]))


def group() -> SearchStrategy[Group]:
    """A group of up to two trainees."""
    return st.integers(0, 2).flatmap(lambda size: _group(0, size, COURSES, ["G0"]))
