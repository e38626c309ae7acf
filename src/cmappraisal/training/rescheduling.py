"""Rescheduling: a schedule made again after a change, with as little changed as can be.

What lies before a day stays as it is. After it, a session moves only where its day can no longer be
used, to the nearest day that its adjustment allows. Where the order of a month would break, the
earlier session looks for a day before the later one first, and only where there is none do both
move.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TypeAlias

from attrs import evolve

from cmappraisal.errors import TrainingError
from cmappraisal.fields import as_date, is_date, require
from cmappraisal.periods import Period
from cmappraisal.training.cadences import Cadence
from cmappraisal.training.calendars import Adjustment, WorkCalendar
from cmappraisal.training.plans import Activity, CareerStage, Quota, Target
from cmappraisal.training.schedules import (
    Cause,
    Change,
    Lack,
    Rescheduled,
    Schedule,
    Session,
    Shortfall,
)
from cmappraisal.training.scheduling import (
    Days,
    Load,
    disorder,
    evenly,
    in_order,
    is_own,
    lack_of,
    lacks,
    making_up,
    month_of,
    moved,
    nearest,
    overlap,
    place_followed,
    window_of,
    worth,
)

_REACH = timedelta(days=366)
"""How far out of the period a session may be sent that finds no day in it."""


def reschedule(
    schedule: Schedule,
    *,
    calendar: WorkCalendar,
    not_before: date,
    blackouts: Iterable[date] | None = None,
    taken: Iterable[date] | None = None,
) -> Rescheduled:
    """A schedule made again, after a holiday was announced or a day has to be kept free.

    Args:
        schedule: The schedule as it is, without rooms and trainers; those are what
            ``cmappraisal.interop.solver.reassign`` is for.
        calendar: Which days are worked now.
        not_before: The first day that may change: what takes place before it stays, and nothing
            moves to a day before it.
        blackouts: Dates kept free of all sessions now; None for those of the schedule.
        taken: Dates that are full already now; None for those of the schedule.

    Returns:
        The new schedule, and what became of each session that changed. What moves or is cancelled
        has a sequence one higher.

    Raises:
        FieldError: An argument has a value that it does not allow.
        TrainingError: A session has a room or a trainer.

    >>> from cmappraisal import VENUE_TEAM, schedule
    >>> weekly = schedule(VENUE_TEAM, Period.month(2026, 9), calendar=WorkCalendar())
    >>> again = reschedule(
    ...     weekly,
    ...     calendar=WorkCalendar(holidays=[date(2026, 9, 14)]),
    ...     not_before=date(2026, 9, 10),
    ... )
    >>> for change in again.changes:
    ...     print(change.before.on, change.after.on, change.after.cause.text.en)
    2026-09-14 2026-09-15 a day off
    """
    fits = isinstance(schedule, Schedule)
    require("reschedule", "schedule", schedule, fits, "a Schedule")
    allowed = "a datetime.date, not a datetime"
    require("reschedule", "not_before", not_before, is_date(not_before), allowed)
    for session in schedule.sessions:
        if session.room is not None or session.trainer is not None:
            raise TrainingError(
                f'session "{session.id}" has a room or a trainer; let '
                "cmappraisal.interop.solver.reassign find it another day"
            )
    renewed = evolve(
        schedule,
        calendar=calendar,
        blackouts=schedule.blackouts if blackouts is None else blackouts,
        taken=schedule.taken if taken is None else taken,
    )
    moving = _Moving(schedule, renewed, as_date(not_before))
    moving.move()
    moving.keep_order()
    moving.restore()
    for target in schedule.plan.targets:
        moving.meet(target)
    return rescheduled(schedule, moving.result())


def rescheduled(before: Schedule, after: Schedule) -> Rescheduled:
    """A schedule that was made again, with what changed."""
    earlier = {session.id: session for session in before.sessions}
    later = {session.id: session for session in after.sessions}
    changes = [
        Change(earlier.get(id), session)
        for id, session in later.items()
        if earlier.get(id) != session
    ]
    changes += [Change(session, None) for id, session in earlier.items() if id not in later]
    return Rescheduled(after, changes)


_Audience: TypeAlias = tuple[str | None, str | None]
"""The group and the person that a session is for."""


def _audience(session: Session) -> _Audience:
    return session.group, session.person


class _Moving:
    """The sessions of a schedule, as they find other days."""

    def __init__(self, before: Schedule, after: Schedule, not_before: date) -> None:
        self.before = before
        self.after = after
        self.plan = after.plan
        self.not_before = not_before
        self.days_before = Days.of(before)
        self.days = Days.of(after)
        self.sessions = {session.id: session for session in before.sessions}
        self.cancelled = {session.id: session for session in before.cancelled}
        self.shortfalls = list(before.shortfalls)
        self.lost: defaultdict[tuple[str, _Audience], list[Session]] = defaultdict(list)
        self.trainees = {trainee.id: trainee for trainee in before.people}
        self.group_of = {
            trainee.id: group.id for group in before.groups for trainee in group.trainees
        }
        self.load: defaultdict[_Audience, Load] = defaultdict(Counter)
        self.alike: defaultdict[tuple[str, _Audience], dict[str, Session]] = defaultdict(dict)
        for session in before.sessions:
            self._enter(session)

    def _enter(self, session: Session) -> None:
        self.sessions[session.id] = session
        self.alike[session.activity, _audience(session)][session.id] = session
        self.load[_audience(session)][session.on] += self.before.activity_of(session).duration

    def _leave(self, session: Session) -> None:
        del self.sessions[session.id]
        del self.alike[session.activity, _audience(session)][session.id]
        self.load[_audience(session)][session.on] -= self.before.activity_of(session).duration

    def _replace(self, session: Session, on: date, cause: Cause) -> None:
        self._leave(session)
        self._enter(evolve(moved(session, on, cause), sequence=session.sequence + 1))

    def _cancel(self, session: Session) -> None:
        self._leave(session)
        self.lost[session.activity, _audience(session)].append(session)
        self.cancelled[session.id] = evolve(session, sequence=session.sequence + 1)

    # Moving.

    def _stays(self, session: Session) -> bool:
        if session.on < self.not_before:
            return True
        never_moves = self.before.activity_of(session).adjustment is Adjustment.NONE
        return never_moves or self.days.open.is_working_day(session.on)

    def move(self) -> None:
        """Move what cannot stay, in the order of the plan, so that what is followed goes first."""
        order = {activity.id: place for place, activity in enumerate(self.plan.activities)}
        displaced = [each for each in self.before.sessions if not self._stays(each)]
        for session in sorted(displaced, key=lambda each: order[each.activity]):
            activity = self.before.activity_of(session)
            if _is_skipped(session, activity):
                self._cancel(session)
                continue
            on = self._new_day(session, activity)
            if on is not None:
                self._replace(session, on, self.days.cause(session.on))
                continue
            self._cancel(session)
            self.shortfalls.append(
                Shortfall(
                    session.activity,
                    period=month_of(session.planned_on),
                    missing=1,
                    why=Lack.NO_OPEN_DAY,
                    group=session.group,
                    person=session.person,
                )
            )

    def _new_day(self, session: Session, activity: Activity) -> date | None:
        after = self._followed_on(session, activity)
        until = min((each.on for each in self._followers(session)), default=date.max)
        for before in dict.fromkeys((until, date.max)):
            for within in self._windows(session, activity):
                on = self._day(session, activity, within, after, before)
                if on is not None:
                    return on
        return None

    def _day(
        self, session: Session, activity: Activity, within: Period, after: date, before: date
    ) -> date | None:
        used: set[date] = set()
        if not isinstance(activity.timing, CareerStage):
            used = {each.on for each in self.alike[activity.id, _audience(session)].values()}
        return nearest(
            session.on,
            within,
            lambda day: (
                after < day < before
                and day not in used
                and self.days.holds(day, self._load(session, day) + activity.duration)
            ),
        )

    def _load(self, session: Session, day: date) -> int:
        """How full a day is for whoever a session is for."""
        if session.person is not None:
            together = self.load[self.group_of.get(session.person), None][day]
            return together + self.load[None, session.person][day]
        own = (self.load[None, person][day] for person in self.before.attendees(session))
        return self.load[_audience(session)][day] + max(own, default=0)

    def _windows(self, session: Session, activity: Activity) -> Iterator[Period]:
        """Where a session may go, the better first."""
        period, on, timing = self.before.period, session.on, activity.timing
        far = Period(_shifted(period.first, -_REACH), _shifted(period.last, _REACH))
        if session.make_up:
            targets = [each for each in self.plan.targets if each.kind is activity.kind]
            windows = [
                span
                for target in targets
                for span in target.per.within(period)
                if session.planned_on in span
            ]
        elif isinstance(timing, Quota):
            windows = [span for span in timing.per.within(period) if session.planned_on in span]
        elif isinstance(timing, CareerStage):
            window = window_of(timing, self.trainees[str(session.person)], period, activity)
            windows = [] if window is None else [overlap(window, period)]
        else:
            month = month_of(session.planned_on)
            later, sooner = Period(on, max(on, far.last)), Period(min(on, far.first), on)
            windows = {
                Adjustment.FOLLOWING: [later, far],
                Adjustment.PRECEDING: [sooner, far],
                Adjustment.MODIFIED_FOLLOWING: [*_shared(later, month), month, far],
                Adjustment.MODIFIED_PRECEDING: [*_shared(sooner, month), month, far],
            }.get(activity.adjustment, [far])
        for window in windows:
            yield from _shared(window, Period(self.not_before, date.max))

    # Order.

    def _followed_on(self, session: Session, activity: Activity) -> date:
        """The day of what a session follows; the first of all days where it follows nothing."""
        followed = self._followed(session, activity)
        return date.min if followed is None else followed.on

    def _followed(self, session: Session, activity: Activity) -> Session | None:
        if activity.follows is None:
            return None
        earlier = self._in_plan(activity.follows, session)
        place = place_followed(session, earlier)
        return None if place is None else earlier[place]

    def _in_plan(self, activity_id: str, like: Session) -> Sequence[Session]:
        there = self.alike[activity_id, _audience(like)].values()
        return sorted(there, key=lambda each: each.planned_on)

    def _followers(self, session: Session) -> Iterator[Session]:
        """What follows a session and stays where it is."""
        for activity in self.plan.activities:
            if activity.follows == session.activity:
                for later in self._in_plan(activity.id, session):
                    followed = self._followed(later, activity)
                    if followed is not None and followed.id == session.id and self._stays(later):
                        yield later

    def keep_order(self) -> None:
        """Move what would no longer come after what it follows, since that moved."""
        was = {session.id: session for session in self.before.sessions}
        for activity in self.plan.activities:
            there = [each for each in self.sessions.values() if each.activity == activity.id]
            for session in there:
                followed = self._followed(session, activity)
                if followed is None or followed.on < session.on or followed == was.get(followed.id):
                    continue
                on = self._new_day(session, activity)
                if on is None or activity.adjustment is Adjustment.NONE:
                    lack = disorder(session)
                    self.shortfalls.append(evolve(lack, group=session.group, person=session.person))
                else:
                    self._replace(session, on, Cause.ORDER)

    # Adding.

    def restore(self) -> None:
        """Add what takes place on each working day, on the days that became one."""
        for activity in self.plan.activities:
            timing = activity.timing
            if isinstance(timing, Cadence) and activity.adjustment is Adjustment.SKIP:
                for place, day in enumerate(timing.days(self.before.period)):
                    if day >= self.not_before and self._became_open(day):
                        courses = activity.courses
                        taught = (courses[place % len(courses)],) if courses else ()
                        self._add(Session(activity.id, day, on=day, courses=taught), activity)

    def _became_open(self, day: date) -> bool:
        was_open = self.days_before.open.is_working_day(day)
        return self.days.open.is_working_day(day) and not was_open

    def _add(self, session: Session, activity: Activity) -> None:
        """Add a session for everybody, or take back its being cancelled."""
        for group, person in self._audiences(own=activity.per_person):
            if person is None or self.trainees[person].is_hired(session.on):
                self._take_back(session.for_whom(group=group, person=person))

    def _take_back(self, session: Session) -> None:
        if session.id in self.sessions:
            return
        cancelled = self.cancelled.pop(session.id, None)
        if cancelled is not None:
            session = evolve(session, courses=cancelled.courses, sequence=cancelled.sequence + 1)
        self._enter(session)

    def _audiences(self, *, own: bool) -> Iterator[_Audience]:
        if own:
            yield from ((None, id) for id in self.trainees)
            return
        yield from ((group.id, None) for group in self.before.groups)
        if self.before.trainees or not self.before.groups:
            yield None, None

    def meet(self, target: Target) -> None:
        """Make up what a target lost."""
        for audience in self._audiences(own=is_own(target, self.plan)):
            for span in target.per.within(self.before.period):
                lost = self._lost(target, span, audience)
                if lost > 0:
                    self._make_up(target, span, audience, lost)

    def _lost(self, target: Target, span: Period, audience: _Audience) -> int:
        was = lacks(target, span, self._of(target, audience, self.before.sessions), self.plan)
        there = self._of(target, audience, self.sessions.values())
        return lacks(target, span, there, self.plan) - max(was, 0)

    def _of(
        self, target: Target, audience: _Audience, sessions: Iterable[Session]
    ) -> list[Session]:
        return [
            session
            for session in sessions
            if _audience(session) == audience
            and self.before.activity_of(session).kind is target.kind
        ]

    def _make_up(self, target: Target, span: Period, audience: _Audience, lost: int) -> None:
        group, person = audience
        made_up = 0
        activity = next(making_up(target, self.plan), None)
        if activity is not None:
            wanted = -(-lost // worth(target, activity))
            chosen = evenly(self._free(target, activity, span, audience), wanted)
            courses = [each.courses for each in self.lost[activity.id, audience]]
            for day, taught in zip(chosen, [*courses, *[()] * len(chosen)], strict=False):
                session = Session(activity.id, day, on=day, courses=taught, make_up=True)
                self._take_back(session.for_whom(group=group, person=person))
            made_up = len(chosen) * worth(target, activity)
        if made_up < lost:
            why = Lack.AT_MOST if activity is None else Lack.NO_OPEN_DAY
            lack = lack_of(target, span, lost - made_up, why)
            self.shortfalls.append(evolve(lack, group=group, person=person))

    def _free(
        self, target: Target, activity: Activity, span: Period, audience: _Audience
    ) -> list[date]:
        group, person = audience
        used = {each.on for each in self._of(target, audience, self.sessions.values())}
        like = Session(activity.id, span.first, on=span.first).for_whom(group=group, person=person)
        return [
            day
            for within in _shared(span, Period(self.not_before, date.max))
            for day in within
            if day not in used and self.days.holds(day, self._load(like, day) + activity.duration)
        ]

    def result(self) -> Schedule:
        """The schedule as it is now."""
        return evolve(
            self.after,
            sessions=in_order(self.sessions.values(), self.after),
            cancelled=in_order(self.cancelled.values(), self.after),
            shortfalls=self.shortfalls,
        )


def _is_skipped(session: Session, activity: Activity) -> bool:
    """Whether a session does not take place where it cannot stay."""
    of_cadence = isinstance(activity.timing, Cadence) and not session.make_up
    return of_cadence and activity.adjustment is Adjustment.SKIP


def _shared(one: Period, other: Period) -> list[Period]:
    """The days that two periods share, if there are any."""
    return [overlap(one, other)] if max(one.first, other.first) <= min(one.last, other.last) else []


def _shifted(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return date.max if by > timedelta(0) else date.min
