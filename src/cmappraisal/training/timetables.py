"""Timetables: sessions in their order, by day, by what follows what, and by the turn of courses.

A :class:`Timetable` holds the sessions of everybody while they move, so that how full a day is, and
what a session follows, can be looked up and need not be searched for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TypeAlias

from cmappraisal.spans import CalendarSpan
from cmappraisal.training.days import Load
from cmappraisal.training.plans import Activity, ActivityKind
from cmappraisal.training.schedules import Schedule, presence_of
from cmappraisal.training.sessions import Participants, Session, participants_of, teaching


def in_order(sessions: Iterable[Session], schedule: Schedule) -> list[Session]:
    """Sessions by day, then in the order of the plan, of the groups and of the people."""
    activities = {each.id: place for place, each in enumerate(schedule.activities)}
    groups: dict[str | None, int] = {each.id: place for place, each in enumerate(schedule.groups)}
    people: dict[str | None, int] = {each.id: place for place, each in enumerate(schedule.people)}
    return sorted(
        sessions,
        key=lambda session: (
            session.on,
            activities[session.activity],
            groups.get(session.group, len(groups)),
            people.get(session.person, -1),
            session.planned_on,
            session.make_up,
            session.number,
        ),
    )


def place_followed(session: Session, earlier: Sequence[Session]) -> int | None:
    """Which of some sessions one follows: of its month the last planned up to it, or the first."""
    month = CalendarSpan.MONTH.of(session.planned_on)
    places = [place for place, each in enumerate(earlier) if each.planned_on in month]
    due = [place for place in places if earlier[place].planned_on <= session.planned_on]
    return due[-1] if due else next(iter(places), None)


def with_courses(activity: Activity, sessions: Iterable[Session]) -> Iterator[Session]:
    """Sessions with their courses: in turn, or several at once where courses outnumber sessions."""
    ordered = sorted(sessions, key=lambda session: (session.planned_on, session.make_up))
    courses, count = activity.courses, len(ordered)
    for place, session in enumerate(ordered):
        if count >= len(courses):
            yield with_turn(session, activity, place)
        else:
            first, after = place * len(courses) // count, (place + 1) * len(courses) // count
            yield teaching(session, courses[first:after] + activity.each_time)


def with_turn(session: Session, activity: Activity, place: int) -> Session:
    """A session with the courses that its place in the turn gives it."""
    courses = activity.courses
    turn = (courses[place % len(courses)],) if courses else ()
    return teaching(session, turn + activity.each_time)


Alike: TypeAlias = defaultdict[tuple[str, Participants], dict[str, Session]]
"""Sessions by id, by their activity and their participants."""


def by_activity(sessions: Iterable[Session]) -> Alike:
    """Sessions by id, by their activity and their participants."""
    alike: Alike = defaultdict(dict)
    for session in sessions:
        alike[session.activity, participants_of(session)][session.id] = session
    return alike


class Timetable:
    """The sessions of a schedule while they move, and how full they make the days."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self.plan = schedule.plan
        self.sessions = {session.id: session for session in schedule.sessions}
        self.alike = by_activity(schedule.sessions)
        self.load: defaultdict[Participants, Load] = defaultdict(Counter)
        self._held: defaultdict[tuple[str, Participants], Counter[date]] = defaultdict(Counter)
        for session in schedule.sessions:
            self._fill(session)

    def _fill(self, session: Session, times: int = 1) -> None:
        participants = participants_of(session)
        duration = self.schedule.activity_of(session).duration
        self.load[participants][session.on] += times * duration
        self._held[session.activity, participants][session.on] += times

    def add(self, session: Session) -> None:
        """Add a session."""
        participants = participants_of(session)
        self.sessions[session.id] = session
        self.alike[session.activity, participants][session.id] = session
        self._fill(session)

    def remove(self, session: Session) -> None:
        """Remove a session."""
        participants = participants_of(session)
        del self.sessions[session.id]
        del self.alike[session.activity, participants][session.id]
        self._fill(session, -1)

    def minutes(self, session: Session, day: date) -> int:
        """How full a day is for the participants of a session."""
        participants = participants_of(session)
        if session.person is not None:
            there = presence_of(self.schedule, session.person).team_on(day)
            team = 0 if there is None else self.load[there.group, None][day]
            return team + self.load[participants][day]
        each = (self.load[None, person][day] for person in self.schedule.attendees(session))
        return self.load[participants][day] + max(each, default=0)

    def like(self, session: Session) -> Iterable[Session]:
        """The sessions of the same activity for the same participants."""
        return self.alike[session.activity, participants_of(session)].values()

    def days_like(self, session: Session) -> Counter[date]:
        """How many sessions of the same activity for the same participants each day has."""
        return self._held[session.activity, participants_of(session)]

    def of_kind(self, kind: ActivityKind, participants: Participants) -> list[Session]:
        """The sessions of a kind for some participants."""
        return of_kind(kind, participants, self.alike, self.schedule)

    def followed_by(self, session: Session) -> Session | None:
        """What a session follows; None where it follows nothing."""
        activity = self.schedule.activity_of(session)
        if activity.follows is None or session.make_up:
            return None
        earlier = self._planned(activity.follows, session)
        place = place_followed(session, earlier)
        return None if place is None else earlier[place]

    def followers(self, session: Session) -> Iterator[Session]:
        """What follows a session, which itself is removed."""
        if session.make_up:
            return
        for activity in self.plan.activities:
            if activity.follows == session.activity:
                earlier = sorted([*self._planned(session.activity, session), session], key=_planned)
                for later in self._planned(activity.id, session):
                    place = place_followed(later, earlier)
                    if place is not None and earlier[place].id == session.id:
                        yield later

    def _planned(self, activity_id: str, like: Session) -> Sequence[Session]:
        there = self.alike[activity_id, participants_of(like)].values()
        return sorted((each for each in there if not each.make_up), key=_planned)


def of_kind(
    kind: ActivityKind, participants: Participants, alike: Alike, schedule: Schedule
) -> list[Session]:
    """The sessions of a kind for some participants."""
    return [
        session
        for activity in schedule.activities
        if activity.kind is kind
        for session in (
            *alike[activity.id, participants].values(),
            *done_for_others(activity.id, participants, alike, schedule),
        )
    ]


def done_for_others(
    activity: str, participants: Participants, alike: Alike, schedule: Schedule
) -> Iterable[Session]:
    """What counts of an activity that was for others under an earlier edition of the plan.

    What is of each person now may have been of the team: it counts for who was there. What is of
    the team now may have been of each person: what everybody in it did counts.
    """
    group, person = participants
    known = {each.id: each.individual for each in schedule.plan.activities}
    if not schedule.past_plans or known.get(activity, person is not None) is (person is None):
        return ()
    until = schedule.past_plans[-1].until
    if person is not None:
        return [
            session
            for stay in presence_of(schedule, person).work
            for session in alike[activity, (stay.group, None)].values()
            if session.on < until and stay.holds(session.on)
        ]
    stays = ((each.id, presence_of(schedule, each.id).work_on(until)) for each in schedule.people)
    members = [id for id, stay in stays if stay is not None and stay.group == group]
    done = (
        [each for each in alike[activity, (None, id)].values() if each.on < until] for id in members
    )
    return min(done, key=len, default=())


def _planned(session: Session) -> date:
    return session.planned_on
