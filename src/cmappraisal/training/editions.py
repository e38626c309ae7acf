"""Editions: a schedule under another edition of its plan, from a day on.

What takes place before the day stays as it was. After it, an activity keeps the sessions that the
edition asks for too: the same sessions, with the same ids. What the edition does not ask for any
more is cancelled, and what it asks for besides is added around what is there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeAlias, cast

from attrs import evolve, frozen

from cmappraisal.calendars import Adjustment
from cmappraisal.periods import Period
from cmappraisal.spans import CalendarSpan
from cmappraisal.training.activity_timings import ByCalendar, CareerStage, Ongoing, Quota
from cmappraisal.training.attending import around_of
from cmappraisal.training.cadences import Cadence
from cmappraisal.training.days import (
    Days,
    even_days,
    evenly,
    in_turn,
    months_without,
    planned_days,
    shared,
)
from cmappraisal.training.demands import asked_of
from cmappraisal.training.past_plans import PastPlan
from cmappraisal.training.plans import Activity, TrainingPlan
from cmappraisal.training.presence import Presence
from cmappraisal.training.schedules import Schedule, presence_of
from cmappraisal.training.sessions import Participants, Session, is_for, turn_of
from cmappraisal.training.shortfalls import Shortfall, ShortfallCause
from cmappraisal.training.stages import (
    courses_of,
    in_order_of_courses,
    span_of,
    untaken,
    window_of,
)
from cmappraisal.training.timetables import Timetable, done_for_others, in_order, with_courses
from cmappraisal.training.trainees import Trainee
from cmappraisal.training.working_days import NthWorkingDay

_Found: TypeAlias = Iterator[Session | Shortfall]
"""The sessions that an activity is to have, of those that it has and new ones, and shortfalls."""


def under(schedule: Schedule, plan: TrainingPlan, not_before: date, days: Days) -> Schedule:
    """A schedule under another edition of its plan, before anything in it moves.

    Args:
        schedule: The schedule as it is.
        plan: The edition that holds from a day on.
        not_before: The day.
        days: Which days can be used.
    """
    past = (*schedule.past_plans, PastPlan(schedule.plan, not_before))
    base = evolve(schedule, plan=plan, past_plans=past, shortfalls=())
    editing = _Editing(schedule, base, not_before, days)
    editing.drop()
    for activity in plan.activities:
        editing.edit(activity)
    return editing.result()


@frozen(eq=False)
class _Asked:
    """What an edition asks of some participants by one activity, and what of it there is.

    Args:
        activity: The activity.
        old: The activity of that id as it was; None where there was none.
        like: A session of it for these participants.
        trainee: The person; None for a team.
        period: The days of the schedule.
        past: Its sessions before the day from which the edition holds.
        left: Its other sessions, which are not in the timetable.
        timetable: All other sessions.
        days: Which days can be used.
        not_before: The day from which the edition holds.
        presence: When the person is there; None for a team.
    """

    activity: Activity
    old: Activity | None
    like: Session
    trainee: Trainee | None
    period: Period
    past: Sequence[Session]
    left: Sequence[Session]
    timetable: Timetable
    days: Days
    not_before: date
    presence: Presence | None

    def is_there(self, day: date) -> bool:
        """Whether the person is there on a day; a team always is."""
        return self.presence is None or self.presence.is_there(day)

    def on(self, day: date, number: int = 1) -> Session:
        """A new session of a day."""
        return evolve(self.like, planned_on=day, on=day, number=number)

    def minutes(self, day: date) -> int:
        """How full a day is for the participants."""
        return self.timetable.minutes(self.like, day)

    def to_come(self, period: Period) -> list[Period]:
        """What is to come of a period."""
        return shared(period, Period(self.not_before, date.max))

    def short(self, period: Period, missing: int, cause: ShortfallCause) -> Shortfall:
        """A shortfall of the activity."""
        return Shortfall(
            self.activity.id,
            period=period,
            missing=missing,
            cause=cause,
            group=self.like.group,
            person=self.like.person,
        )


class _Editing:
    """The sessions of a schedule, as they become those of another edition."""

    def __init__(self, before: Schedule, base: Schedule, not_before: date, days: Days) -> None:
        self._before = before
        self._base = base
        self._not_before = not_before
        self._days = days
        self._old = {activity.id: activity for activity in before.plan.activities}
        self._trainees = {trainee.id: trainee for trainee in base.people}
        self._timetable = Timetable(base)
        self._cancelled: list[Session] = []
        self._shortfalls = [each for each in before.shortfalls if each.period.last < not_before]

    def drop(self) -> None:
        """Cancel what no activity, or no target, asks for any more."""
        kinds = {target.kind for target in self._base.plan.targets}
        known = {activity.id: activity for activity in self._base.plan.activities}
        for session in self._before.sessions:
            activity = known.get(session.activity)
            unasked = (
                activity is None
                or not is_for(session, activity)
                or (session.make_up and activity.kind not in kinds)
            )
            if unasked and session.on >= self._not_before:
                self._timetable.remove(session)
                self._cancel(session)

    def edit(self, activity: Activity) -> None:
        """Give an activity what the edition asks for."""
        if self._old.get(activity.id) == activity:
            self._shortfalls += (
                each
                for each in self._before.shortfalls
                if each.activity == activity.id and each.period.last >= self._not_before
            )
            return
        for participants in self._participants(activity):
            asked = self._asked(activity, participants)
            for session in asked.left:
                self._timetable.remove(session)
            found: list[Session] = []
            for each in _WAYS[type(activity.timing)](asked):
                if isinstance(each, Shortfall):
                    self._shortfalls.append(each)
                else:
                    # What comes after it finds its day around it.
                    self._timetable.add(each)
                    found.append(each)
            ids = {each.id for each in found}
            for session in asked.left:
                if session.id not in ids:
                    self._cancel(session)
            if not isinstance(activity.timing, CareerStage):
                self._teach(activity, asked)

    def result(self) -> Schedule:
        """The schedule with what became of its sessions."""
        held = self._timetable.sessions
        cancelled = [each for each in self._base.cancelled if each.id not in held]
        return evolve(
            self._base,
            sessions=in_order(held.values(), self._base),
            cancelled=in_order([*cancelled, *self._cancelled], self._base),
            shortfalls=[*self._shortfalls, *self._untaken()],
        )

    def _untaken(self) -> Iterator[Shortfall]:
        """The needs that no activity of the edition takes, year by year."""
        for part in CalendarSpan.YEAR.within(self._base.period):
            year = CalendarSpan.YEAR.of(part.first)
            if year.last >= self._not_before:
                for trainee in self._base.people:
                    yield from untaken(self._base.plan, year, trainee)

    def _cancel(self, session: Session) -> None:
        self._cancelled.append(evolve(session, sequence=session.sequence + 1))

    def _participants(self, activity: Activity) -> Iterable[Participants]:
        if activity.individual:
            return [(None, person) for person in self._trainees]
        return [(group, None) for group, _ in self._base.teams]

    def _asked(self, activity: Activity, participants: Participants) -> _Asked:
        group, person = participants
        period = self._base.period
        trainee = None if person is None else self._trainees[person]
        presence = None if person is None else presence_of(self._base, person)
        around = around_of(period)
        days = (
            self._days
            if presence is None or presence.is_whole(around)
            else self._days.without(presence.absences(around))
        )
        mine = sorted(self._timetable.alike[activity.id, participants].values(), key=turn_of)
        return _Asked(
            activity,
            self._old.get(activity.id),
            Session(activity.id, period.first, on=period.first, group=group, person=person),
            trainee,
            period,
            [
                *(each for each in mine if each.on < self._not_before),
                *done_for_others(activity.id, participants, self._timetable.alike, self._base),
            ],
            [each for each in mine if each.on >= self._not_before and not each.make_up],
            self._timetable,
            days,
            self._not_before,
            presence,
        )

    def _teach(self, activity: Activity, asked: _Asked) -> None:
        """Let what is to come teach the courses in turn, after what there was."""
        there = self._timetable.like(asked.like)
        ids = {each.id for each in there if each.on >= self._not_before}
        taught = list(with_courses(activity, there))
        for session in taught:
            was = self._timetable.sessions[session.id]
            if session.id in ids and was != session:
                self._timetable.remove(was)
                self._timetable.add(session)


# What there is to be, by the kind of timing.


def _by_calendar(asked: _Asked) -> _Found:
    """The days of the calendar that are to come; what is planned for one of them stays."""
    activity, calendar = asked.activity, asked.days.worked
    timing = cast(ByCalendar, activity.timing)
    known = {session.planned_on: session for session in asked.left}
    done = {session.planned_on for session in asked.past}
    alike = asked.old is not None and asked.old.adjustment is activity.adjustment
    for _, day in planned_days(timing, asked.period, calendar):
        if day in known:
            # Another adjustment sends it from its own day.
            yield known[day] if alike else evolve(known[day], on=day, cause=None)
        elif day >= asked.not_before and day not in done and asked.is_there(day):
            skipped = activity.adjustment is Adjustment.SKIP
            if not skipped or asked.days.takes(day, activity.duration):
                yield asked.on(day)
    for month in months_without(timing, asked.period, calendar):
        is_there = asked.presence is None or asked.presence.works_in(month)
        if month.last >= asked.not_before and is_there:
            yield asked.short(month, 1, ShortfallCause.NO_SUCH_DAY)


def _by_quota(asked: _Asked) -> _Found:
    """As many as each span asks for, of those that are there; and new ones where they are fewer."""
    activity, quota = asked.activity, cast(Quota, asked.activity.timing)
    for cut in quota.per.within(asked.period):
        there = [each for each in asked.left if each.planned_on in cut]
        if cut.last < asked.not_before:
            yield from there
            continue
        whole = quota.per.of(cut.first)
        to_plan = asked_of(quota.to_plan, whole, asked.like.person, asked.timetable.schedule)
        planned = even_days(asked.days.open, whole, to_plan, (1, 2))
        due = sum(day in cut for day in planned) if cut != whole else to_plan
        wanted = max(due - sum(each.planned_on in cut for each in asked.past), 0)
        yield from there[:wanted]
        held = asked.timetable.days_like(asked.like)
        free = [
            day
            for window in asked.to_come(cut)
            for day in window
            if not held[day] and asked.days.holds(day, asked.minutes(day) + activity.duration)
        ]
        missing = max(wanted - len(there), 0)
        chosen = evenly(free, missing)
        yield from map(asked.on, chosen)
        if missing > len(chosen):
            lost = missing - len(chosen)
            yield asked.short(cut, lost, ShortfallCause.NO_OPEN_DAY)


def _in_stage(asked: _Asked) -> _Found:
    """The lessons of the courses that are still to be taken, the new ones after those there."""
    activity, trainee = asked.activity, cast(Trainee, asked.trainee)
    stage = cast(CareerStage, activity.timing)
    courses = courses_of(activity, stage, trainee, asked.timetable.plan.curriculum)
    window = window_of(stage, trainee, asked.period) if courses else None
    of_stage = [] if window is None else shared(window, asked.period)
    within = [part for days in of_stage for part in asked.to_come(days)]
    taken = {course for each in asked.past for course in each.courses}
    stays = [
        each
        for each in asked.left
        if each.courses[:1]
        and each.courses[0] in {*courses} - taken
        and any(each.on in days for days in within)
    ]
    taken.update(each.courses[0] for each in stays)
    missing = [course for course in courses if course not in taken]
    last = max((each.on for each in (*asked.past, *stays)), default=date.min)
    lessons, held = [*stays], Counter(each.on for each in stays)

    def minutes(day: date) -> int:
        return asked.minutes(day) + held[day] * activity.duration

    for days in within:
        for left in shared(days, Period(last, date.max)):
            planned = even_days(asked.days.open, left, len(missing), (1, 2))
            there = in_turn(planned, minutes, activity.duration, [left], asked.days)
            lost = there.count(None) if planned else len(missing)
            numbers = {each.on: each.number for each in stays}
            for course, day in zip(missing, there, strict=False):
                if day is not None:
                    numbers[day] = numbers.get(day, 0) + 1
                    taught = (course, *activity.each_time)
                    lessons.append(evolve(asked.on(day, numbers[day]), courses=taught))
            if lost:
                span = span_of(stage, trainee, left.first) or left
                yield asked.short(span, lost, ShortfallCause.NO_OPEN_DAY)
            missing = []
    yield from in_order_of_courses(lessons, courses, asked.not_before)


_WAYS: Mapping[type, Callable[[_Asked], _Found]] = {
    Cadence: _by_calendar,
    NthWorkingDay: _by_calendar,
    Quota: _by_quota,
    CareerStage: _in_stage,
    Ongoing: lambda _: iter(()),
}
