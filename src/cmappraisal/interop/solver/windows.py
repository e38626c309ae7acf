"""Windows: the days on which a session can take place beside what has its day without rooms.

Where a session may go is what holds without rooms too: its week, its month or its stage; the days
that are worked; the people's coming, going and leave; the length of a day. Where no day of its week
or month can be used, it goes where :func:`~cmappraisal.training.reschedule` would send it, and may
take any day of that week or month.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from attrs import evolve

from cmappraisal.calendars import Adjustment
from cmappraisal.periods import Period
from cmappraisal.spans import CalendarSpan
from cmappraisal.training.activity_timings import CareerStage, Quota
from cmappraisal.training.cadences import Cadence
from cmappraisal.training.choices import Conditions, allowed
from cmappraisal.training.days import Days, outward, shared
from cmappraisal.training.plans import Activity
from cmappraisal.training.schedules import Schedule, filled
from cmappraisal.training.sessions import Participants, Session, participants_of, turn_of
from cmappraisal.training.timetables import Timetable

_LONG = (CalendarSpan.QUARTER, CalendarSpan.YEAR)


class Windows:
    """Where the sessions of a schedule may go.

    Args:
        schedule: The schedule.
        fixed: Its sessions that do not change.
        not_before: The first day that may change.
    """

    def __init__(self, schedule: Schedule, fixed: Iterable[Session], not_before: date) -> None:
        self.schedule = schedule
        self.days = Days.of(schedule)
        self.not_before = not_before
        self._conditions = Conditions.of(schedule, schedule, not_before)
        self._fixed = Timetable(filled(schedule, fixed))
        self._found: dict[tuple[Participants, date], tuple[int, int]] = {}

    def days_for(self, session: Session) -> list[date]:
        """The days on which a session can take place, in order."""
        activity = self.schedule.activity_of(session)
        found = {
            day
            for span in self._spans(session, activity)
            for day in span
            if self._is_usable(session, activity, day)
        }
        if not found and not self._never_moves(activity):
            found.update(self._days_elsewhere(session, activity))
        if self._may_stay(session, activity):
            found.add(session.on)
        return sorted(found)

    def days_in_quota(self, session: Session) -> list[date]:
        """The days of a quarter or a year that a session of a quota has; none of any other."""
        activity = self.schedule.activity_of(session)
        timing = activity.timing
        if not isinstance(timing, Quota) or session.make_up or timing.per not in _LONG:
            return []
        return [
            day
            for span in allowed(session, activity, self._conditions)
            for day in span
            if self._is_usable(session, activity, day)
        ]

    def _spans(self, session: Session, activity: Activity) -> list[Period]:
        within = shared(_unit_of(activity).of(session.planned_on), self.schedule.period)
        timing = activity.timing
        if not isinstance(timing, CareerStage) or session.make_up:
            return within
        stage = allowed(session, activity, self._conditions)
        if timing.lasts_months is not None:
            return stage
        return [days for one in stage for other in within for days in shared(one, other)]

    def _days_elsewhere(self, session: Session, activity: Activity) -> Iterator[date]:
        """The days to go to where no day of its own week or month can be used."""
        for window in allowed(session, activity, self._conditions):
            for within in shared(window, Period(self.not_before, date.max)):
                for day in outward(session.on, within):
                    if self._is_usable(session, activity, day):
                        for span in shared(_unit_of(activity).of(day), within):
                            for each in span:
                                if self._is_usable(session, activity, each):
                                    yield each
                        return

    def _may_stay(self, session: Session, activity: Activity) -> bool:
        """Whether a session can stay on its day, as it could without rooms."""
        if self._never_moves(activity):
            return True
        return self.days.takes(session.on, activity.duration) and self._is_there(
            session, session.on
        )

    @staticmethod
    def _never_moves(activity: Activity) -> bool:
        """Whether an activity takes place on its day, be that a day off."""
        return activity.by_calendar and activity.adjustment is Adjustment.NONE

    def _is_there(self, session: Session, day: date) -> bool:
        """Whether the one person that a session is for is there on a day."""
        return session.person is None or self._conditions.presence(session.person).is_there(day)

    def _is_usable(self, session: Session, activity: Activity, day: date) -> bool:
        return (
            day >= self.not_before
            and self.days.open.is_working_day(day)
            and self._is_there(session, day)
            and self.days.holds(day, self._attended(session, day)[1] + activity.duration)
        )

    def seats(self, session: Session, day: date) -> int:
        """How many seats a session needs on a day; a team without members needs a room, too."""
        return max(1, self._attended(session, day)[0])

    def _attended(self, session: Session, day: date) -> tuple[int, int]:
        """How many attend on a day, and how many minutes they have that do not change."""
        key = participants_of(session), day
        if key not in self._found:
            # Who is in a team depends on the day.
            there = evolve(session, on=day)
            attendees = len(self.schedule.attendees(there))
            self._found[key] = attendees, self._fixed.minutes(there, day)
        return self._found[key]


def _unit_of(activity: Activity) -> CalendarSpan:
    """The span within which a session may move: a week where its activity comes by the week."""
    timing = activity.timing
    if isinstance(timing, Cadence):
        is_weekly = "FREQ=WEEKLY" in timing.rrule or "FREQ=DAILY" in timing.rrule
    else:
        is_weekly = isinstance(timing, Quota) and timing.per is CalendarSpan.WEEK
    return CalendarSpan.WEEK if is_weekly else CalendarSpan.MONTH


def in_sequence(schedule: Schedule) -> Iterator[tuple[Session, Session]]:
    """Each session that another one follows, or lesson of a stage before another, with that one."""
    timetable = Timetable(schedule)
    for alike in list(timetable.alike.values()):
        turns = sorted(alike.values(), key=turn_of)
        if turns and isinstance(schedule.activity_of(turns[0]).timing, CareerStage):
            # What was out of its turn before is not set right here.
            yield from (pair for pair in pairwise(turns) if pair[0].on <= pair[1].on)
        for session in turns:
            followed = timetable.followed_by(session)
            if followed is not None:
                yield followed, session
