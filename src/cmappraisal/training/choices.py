"""Choices: the days that a session which has to move could go to, the best first.

A choice has a :data:`Penalty`: what speaks against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeAlias

from attrs import frozen

from cmappraisal.calendars import Adjustment
from cmappraisal.periods import Period
from cmappraisal.spans import CalendarSpan
from cmappraisal.training.activity_timings import CareerStage, Quota
from cmappraisal.training.attending import around_of
from cmappraisal.training.days import Days, outward, shared
from cmappraisal.training.plans import Activity
from cmappraisal.training.presence import Presence
from cmappraisal.training.schedules import Schedule, presence_of
from cmappraisal.training.sessions import Cause, Participants, Session, participants_of, turn_of
from cmappraisal.training.stages import window_of
from cmappraisal.training.timetables import Timetable
from cmappraisal.training.trainees import Trainee
from cmappraisal.training.working_days import NthWorkingDay

_REACH = timedelta(days=366)
"""How far out of the period a session may be sent that finds no day in it."""

_MONTH = 31
"""Where an activity is already held on more days than these around a session of it, as a daily one
is, the session is lost."""

Penalty: TypeAlias = tuple[int, int, int, int]
"""What speaks against a choice, the heaviest first: sessions lost, how far it leaves what its
adjustment allows, others that have to move too, days."""

LOST: Penalty = (1, 0, 0, 0)


@frozen(eq=False)
class Conditions:
    """What a schedule is made again under.

    Args:
        before: The schedule as it was.
        after: The same sessions under the new calendar, blackouts and full days.
        not_before: The first day that may change.
        days: Which days can be used now.
        trainees: Everybody who is trained, by id.
        renumbered: Whether the working days of a month may have other numbers now.
    """

    before: Schedule
    after: Schedule
    not_before: date
    days: Days
    trainees: Mapping[str, Trainee]
    renumbered: bool

    @classmethod
    def of(cls, before: Schedule, after: Schedule, not_before: date) -> Conditions:
        """The conditions of a change."""
        trainees = {trainee.id: trainee for trainee in before.people}
        renumbered = before.calendar != after.calendar
        return cls(before, after, not_before, Days.of(after), trainees, renumbered)

    def adjustment(self, session: Session) -> Adjustment | None:
        """Where a session goes whose day is a day off; None for one that may choose its day."""
        activity = self.before.activity_of(session)
        return activity.adjustment if activity.by_calendar and not session.make_up else None

    def stays(self, session: Session) -> bool:
        """Whether a session can stay on its day."""
        adjustment = self.adjustment(session)
        if session.on < self.not_before:
            return True
        if self.is_without_a_day(session):
            return False
        if adjustment is Adjustment.NONE:
            # What never moves is on the day of its number, whichever that is.
            due = self.due_instead(session)
            return due is None or due < self.not_before
        newly_full = session.on in self.after.full_days and session.on not in self.before.full_days
        became_full = adjustment is None and newly_full
        return (
            self.days.takes(session.on, self.before.activity_of(session).duration)
            and not became_full
            and self.due_instead(session) is None
        )

    def cause(self, session: Session) -> Cause:
        """Why a session leaves its day."""
        if not self.days.takes(session.on, self.before.activity_of(session).duration):
            return self.days.cause(session.on)
        return Cause.FULL if self.due_instead(session) is None else Cause.NUMBER

    def due_on(self, session: Session) -> date | None:
        """The working day that a session is for by its number; None for any other session."""
        timing = self.before.activity_of(session).timing
        if not isinstance(timing, NthWorkingDay) or session.make_up:
            return None
        return timing.day_of(CalendarSpan.MONTH.of(session.planned_on), self.days.worked)

    def due_instead(self, session: Session) -> date | None:
        """The day that is due by its number in the place of the one that was."""
        was = self._was_due_on(session)
        due = None if was is None else self.due_on(session)
        return None if due in (was, session.on) else due

    def is_without_a_day(self, session: Session) -> bool:
        """Whether the month of a session had the working day of its number, and has not now."""
        return self._was_due_on(session) is not None and self.due_on(session) is None

    def _was_due_on(self, session: Session) -> date | None:
        """The working day that a session was for by its number, where it may be another now."""
        timing = self.before.activity_of(session).timing
        if not self.renumbered or session.make_up or not isinstance(timing, NthWorkingDay):
            return None
        return timing.day_of(CalendarSpan.MONTH.of(session.planned_on), self.before.calendar)

    def starts_on(self, session: Session) -> date:
        """The day from which a session looks for another: its own, or that of its number now."""
        return self.due_instead(session) or session.on

    def since(self, participants: Participants) -> date:
        """The first day on which something can be asked of some participants."""
        _, person = participants
        if person is None:
            return date.min
        presence = self.presence(person)
        # Of who comes and goes, each day is looked at by itself.
        return presence.work[0].first if presence.is_plain else date.min

    def presence(self, person: str) -> Presence:
        """When somebody is there."""
        return presence_of(self.before, person)

    def coming_and_going(self, participants: Participants) -> Presence | None:
        """When somebody is there who comes and goes; None for a team and for anybody else."""
        _, person = participants
        presence = None if person is None else self.presence(person)
        return None if presence is None or presence.is_plain else presence

    def days_of(self, participants: Participants) -> Days:
        """Which days some participants can use now."""
        presence = self.coming_and_going(participants)
        if presence is None:
            return self.days
        return self.days.without(presence.absences(around_of(self.before.period)))

    def open_since(self, participants: Participants) -> Period:
        """The days on which something of some participants may change."""
        return Period(max(self.not_before, self.since(participants)), date.max)


def best_day(session: Session, timetable: Timetable, conditions: Conditions) -> date | None:
    """The best day for a session that is not in the timetable; None where there is none."""
    _, on = next(choices_of(session, timetable, conditions), (LOST, None))
    return on


def choices_of(
    session: Session, timetable: Timetable, conditions: Conditions
) -> Iterator[tuple[Penalty, date]]:
    """The days that a session could go to, the best first."""
    activity = conditions.before.activity_of(session)
    staged = isinstance(activity.timing, CareerStage)
    start = conditions.starts_on(session)
    presence = conditions.coming_and_going(participants_of(session))
    held = timetable.days_like(session)
    followed = timetable.followed_by(session)
    followers = [each.on for each in timetable.followers(session) if conditions.stays(each)]
    seen: set[date] = set()
    crowded: set[date] = set()
    for tier, within in enumerate(_windows(session, activity, conditions)):
        due = shared(within, _in_turn(session, timetable)) if staged else [within]
        for pushed in range(len(followers) + 1):
            for day in (day for days in due for day in outward(start, days)):
                pushes = sum(on <= day for on in followers)
                comes_after = followed is None or followed.on < day
                is_away = presence is not None and not presence.is_there(day)
                if pushes != pushed or day in seen or not comes_after or is_away:
                    continue
                if held[day] and not staged:
                    crowded.add(day)
                    if len(crowded) > _MONTH:
                        return
                elif conditions.days.holds(
                    day, timetable.minutes(session, day) + activity.duration
                ):
                    seen.add(day)
                    yield (0, tier, pushed, abs((day - start).days)), day


def _in_turn(session: Session, timetable: Timetable) -> Period:
    """The days between the lessons of a stage that come before and after one."""
    turn = turn_of(session)
    earlier = [each.on for each in timetable.like(session) if turn_of(each) < turn]
    later = [each.on for each in timetable.like(session) if turn_of(each) > turn]
    first = max(earlier, default=date.min)
    return Period(first, max(first, min(later, default=date.max)))


def _windows(session: Session, activity: Activity, conditions: Conditions) -> Iterator[Period]:
    """Where a session may go, the better first."""
    there = conditions.open_since(participants_of(session))
    for window in allowed(session, activity, conditions):
        for within in shared(window, there):
            if conditions.days.open.working_days(within):
                yield within


def allowed(session: Session, activity: Activity, conditions: Conditions) -> list[Period]:
    """The spans that the timing or the adjustment allows, whatever the day of a change."""
    period, timing, plan = conditions.before.period, activity.timing, conditions.before.plan
    if session.make_up:
        targets = [each for each in plan.targets if each.kind is activity.kind]
        spans = [span for each in targets for span in each.per.within(period)]
        return [span for span in spans if session.planned_on in span]
    if isinstance(timing, Quota):
        return [span for span in timing.per.within(period) if session.planned_on in span]
    if isinstance(timing, CareerStage):
        window = window_of(timing, conditions.trainees[str(session.person)], period)
        return [] if window is None else shared(window, period)
    by_adjustment = _allowed_by(activity.adjustment, session, conditions.starts_on(session), period)
    windows = _while_there(by_adjustment, session, conditions)
    due = conditions.due_on(session)
    if due is not None:
        windows.insert(0, Period(due, due))
        if activity.adjustment is Adjustment.SKIP:
            return windows[:1]
    if activity.follows is not None or any(each.follows == activity.id for each in plan.activities):
        # What has an order in its month stays in it where it can.
        month = CalendarSpan.MONTH.of(session.planned_on)
        return [*(each for way in windows for each in shared(way, month)), *windows]
    return windows


def _allowed_by(adjustment: Adjustment, session: Session, on: date, period: Period) -> list[Period]:
    month = CalendarSpan.MONTH.of(session.planned_on)
    # What is planned for a year never goes back into the year before it, which may be over.
    year = CalendarSpan.YEAR.of(session.planned_on)
    first = max(_shifted(period.first, -_REACH), year.first)
    far = Period(min(first, on), max(_shifted(period.last, _REACH), on))
    later, sooner = Period(on, far.last), Period(far.first, on)
    return {
        Adjustment.FOLLOWING: [later, far],
        Adjustment.PRECEDING: [sooner, far],
        Adjustment.MODIFIED_FOLLOWING: [*shared(later, month), month, far],
        Adjustment.MODIFIED_PRECEDING: [*shared(sooner, month), month, far],
    }.get(adjustment, [far])


def _while_there(
    windows: Sequence[Period], session: Session, conditions: Conditions
) -> list[Period]:
    """Some days before the person goes; who goes before the next of them comes earlier."""
    presence = conditions.coming_and_going(participants_of(session))
    stay = presence and presence.work_on(session.planned_on)
    if not stay:
        return [*windows]
    there, month = Period(stay.first, stay.last), CalendarSpan.MONTH.of(session.planned_on)
    if stay.holds(month.first) and stay.holds(month.last):
        return [each for window in windows for each in shared(window, there)]
    return [*shared(windows[0], there), month]


def _shifted(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return date.max if by > timedelta(0) else date.min
