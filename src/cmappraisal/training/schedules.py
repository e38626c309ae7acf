"""Schedules: the sessions of a plan in a period, with all that they were made from.

A schedule can be made again after a change, since it holds everything that decided it, and anybody
can see what it promises. It computes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain

from attrs import field, frozen

from cmappraisal.calendars import WorkCalendar, as_days, dates
from cmappraisal.errors import TrainingError
from cmappraisal.fields import (
    MAXIMUM_ID_LENGTH,
    as_text,
    as_tuple,
    instance_of,
    is_line,
    require,
    require_date,
    shown_id,
    tuple_of,
)
from cmappraisal.flaw_wordings import Words, perhaps
from cmappraisal.making import copier
from cmappraisal.periods import Period
from cmappraisal.showing import shown
from cmappraisal.training.contradictions import reject_contradictions
from cmappraisal.training.findings import Found
from cmappraisal.training.past_plans import PastPlan
from cmappraisal.training.plan_flaws import ITS_GROUP, PlanFlaw
from cmappraisal.training.plans import Activity, TrainingPlan
from cmappraisal.training.presence import Presence
from cmappraisal.training.record_flaws import A_SESSION, SOMEBODY_TRAINED
from cmappraisal.training.reprs import brief
from cmappraisal.training.resources import Room, Trainer
from cmappraisal.training.schedule_problems import problems_of_schedule
from cmappraisal.training.sessions import Session
from cmappraisal.training.shortfalls import Shortfall
from cmappraisal.training.trainees import Group, Trainee, as_trainees
from cmappraisal.training.withdrawals import Withdrawal


def as_groups(value: Iterable[Group]) -> tuple[Group, ...]:
    """A tuple from any iterable of groups."""
    return as_tuple(value)


def as_rooms(value: Iterable[Room]) -> tuple[Room, ...]:
    """A tuple from any iterable of rooms."""
    return as_tuple(value)


def as_trainers(value: Iterable[Trainer]) -> tuple[Trainer, ...]:
    """A tuple from any iterable of trainers."""
    return as_tuple(value)


def _as_sessions(value: Iterable[Session]) -> tuple[Session, ...]:
    return as_tuple(value)


def _as_shortfalls(value: Iterable[Shortfall]) -> tuple[Shortfall, ...]:
    return as_tuple(value)


def _as_past_plans(value: Iterable[PastPlan]) -> tuple[PastPlan, ...]:
    return as_tuple(value)


_sessions = tuple_of(Session, "a list of Session")


def _as_withdrawals(value: Iterable[Withdrawal]) -> tuple[Withdrawal, ...]:
    return as_tuple(value)


@frozen
class Schedule:
    """The sessions of a plan in a period, and what they were made from.

    Args:
        plan: The plan.
        period: The days it was planned for. A session planned for its last day may take place
            after it.
        calendar: Which days are worked.
        trainees: Those who are trained, outside of any group.
        groups: The groups that are trained.
        blackouts: Dates without any session.
        full_days: Dates on which other things leave no room for what may choose its day.
        rooms: The rooms that were assigned.
        trainers: The trainers that were assigned.
        sessions: The sessions, by day, then in the order of the plan, of the groups and of the
            people.
        cancelled: Sessions that were scheduled once, and then cancelled.
        withdrawn: Sessions of teams that are not for somebody any more for whom they were.
        shortfalls: What the schedule does not meet.
        past_plans: The editions of the plan that held before, in their order. A session before
            the day until which one held is of that edition's activity.

    Raises:
        FieldError: A field has a value that it does not allow.
        TrainingError: A session is not of the plan, or names what is not there; or a session, a
            group, a person, a room or a trainer is there twice.

    >>> from cmappraisal import WorkCalendar
    >>> from cmappraisal.training import VIP_SERVICE, schedule
    >>> year = schedule(VIP_SERVICE, Period.year(2026), calendar=WorkCalendar())
    >>> [session.id for session in year.on(date(2026, 1, 15))]
    ['morning-meeting/2026-01-15', 'study/2026-01-15']
    """

    plan: TrainingPlan = field(
        validator=instance_of(TrainingPlan, allowed="a TrainingPlan"), repr=str
    )
    period: Period = field(validator=instance_of(Period, allowed="a Period"))
    calendar: WorkCalendar = field(
        validator=instance_of(WorkCalendar, allowed="a WorkCalendar"), kw_only=True
    )
    trainees: tuple[Trainee, ...] = field(
        default=(),
        converter=as_trainees,
        validator=tuple_of(Trainee, "a list of Trainee"),
        kw_only=True,
    )
    groups: tuple[Group, ...] = field(
        default=(),
        converter=as_groups,
        validator=tuple_of(Group, "a list of Group"),
        kw_only=True,
    )
    blackouts: frozenset[date] = field(
        default=frozenset(), converter=as_days, validator=dates, kw_only=True
    )
    full_days: frozenset[date] = field(
        default=frozenset(), converter=as_days, validator=dates, kw_only=True
    )
    rooms: tuple[Room, ...] = field(
        default=(), converter=as_rooms, validator=tuple_of(Room, "a list of Room"), kw_only=True
    )
    trainers: tuple[Trainer, ...] = field(
        default=(),
        converter=as_trainers,
        validator=tuple_of(Trainer, "a list of Trainer"),
        kw_only=True,
    )
    sessions: tuple[Session, ...] = field(
        default=(), converter=_as_sessions, validator=_sessions, kw_only=True
    )
    cancelled: tuple[Session, ...] = field(
        default=(), converter=_as_sessions, validator=_sessions, kw_only=True
    )
    withdrawn: tuple[Withdrawal, ...] = field(
        default=(),
        converter=_as_withdrawals,
        validator=tuple_of(Withdrawal, "a list of Withdrawal"),
        kw_only=True,
    )
    shortfalls: tuple[Shortfall, ...] = field(
        default=(),
        converter=_as_shortfalls,
        validator=tuple_of(Shortfall, "a list of Shortfall"),
        kw_only=True,
    )
    past_plans: tuple[PastPlan, ...] = field(
        default=(),
        converter=_as_past_plans,
        validator=tuple_of(PastPlan, "a list of PastPlan"),
        kw_only=True,
    )
    _found: Found = field(init=False, repr=False, eq=False)

    __repr__ = brief("plan", "period", "trainees", "groups", "sessions", "cancelled", "shortfalls")

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_found", Found(self))
        reject_contradictions(problems_of_schedule(self), str(self))

    def __str__(self) -> str:
        return f'schedule of "{self.plan}" for {self.period}'

    @property
    def teams(self) -> tuple[tuple[str | None, tuple[Trainee, ...]], ...]:
        """The teams by name, each with those listed there; first the groups, in their order.

        After them come the trainees in no group, as a team without a name; with no groups there is
        that team only, even of nobody. Who has tenures in a group is in that group.
        """
        groups = tuple((group.id, group.trainees) for group in self.groups)
        unnamed = tuple(each for each in self.trainees if not (groups and each.tenures))
        return (*groups, (None, unnamed)) if unnamed or not groups else groups

    @property
    def people(self) -> tuple[Trainee, ...]:
        """Everybody who is trained, in the order of the groups, and of the trainees after them."""
        of_groups = chain.from_iterable(group.trainees for group in self.groups)
        return (*of_groups, *self.trainees)

    @property
    def activities(self) -> tuple[Activity, ...]:
        """The activities of the plan, and after them those that only its past editions have."""
        return tuple(self._found.activities.values())

    def activity_of(self, session: Session) -> Activity:
        """The activity of one of its sessions.

        Args:
            session: The session.

        Raises:
            TrainingError: The plan has no such activity.
        """
        fits = isinstance(session, Session)
        require("Schedule.activity_of", "session", session, fits, "a Session, not its id")
        for past in self.past_plans:
            if session.on < past.until:
                for activity in past.plan.activities:
                    if activity.id == session.activity:
                        return activity
        return self._found.activities.get(session.activity) or self.plan.activity(session.activity)

    def attendees(self, session: Session) -> tuple[str, ...]:
        """The ids of the people that a session is for: of a team, those who are there on its day.

        Args:
            session: The session.

        Raises:
            TrainingError: There is no such group.
        """
        fits = isinstance(session, Session)
        require("Schedule.attendees", "session", session, fits, "a Session, not its id")
        if session.person is not None:
            return (session.person,)
        if session.group not in self._found.members:
            raise self._unknown(PlanFlaw.UNKNOWN_GROUP, session.group, ITS_GROUP)
        members, on = self._found.members[session.group], session.on
        return tuple(person for person, first, last in members if first <= on <= last)

    def team_of(self, person: str, day: date) -> str | None:
        """The id of the group that a person is in on a day.

        Args:
            person: The person's id.
            day: The day.

        Returns:
            The id; None for the team without a name, and for who is in none on that day.

        Raises:
            FieldError: ``day`` is no date.
            TrainingError: Nobody has that id.
        """
        day = require_date("Schedule.team_of", "day", day)
        stay = self._found.presences[self._known(person)].team_on(day)
        return None if stay is None else stay.group

    def session(self, session_id: str) -> Session:
        """A session by its id, among the cancelled ones too.

        Args:
            session_id: The id.

        Raises:
            TrainingError: There is no such session.
        """
        id = as_text(session_id)
        if isinstance(id, str) and id in self._found.by_id:
            return self._found.by_id[id]
        given = id if is_line(id) and len(id) <= MAXIMUM_ID_LENGTH else shown(id)
        remedy = perhaps(given, self._found.by_id) or A_SESSION
        raise self._unknown(PlanFlaw.UNKNOWN_SESSION, given, remedy)

    def is_provisional(self, session: Session) -> bool:
        """Whether a session may have to move yet, since the holidays around it are not known.

        Args:
            session: The session.

        Raises:
            FieldError: ``session`` is no session.
        """
        fits = isinstance(session, Session)
        require("Schedule.is_provisional", "session", session, fits, "a Session, not its id")
        calendar = self.calendar
        return not (calendar.is_known(session.on) and calendar.is_known(session.planned_on))

    def on(self, day: date) -> tuple[Session, ...]:
        """The sessions of a day.

        Args:
            day: The day.

        Raises:
            FieldError: ``day`` is no date.
        """
        day = require_date("Schedule.on", "day", day)
        return tuple(session for session in self.sessions if session.on == day)

    def _repr_html_(self) -> str:
        """How a notebook shows it."""
        # What is above this module is not known before it is asked for.
        from cmappraisal.training.year_grids import year_grid  # noqa: PLC0415

        return year_grid(self)

    def of(self, person: str) -> tuple[Session, ...]:
        """The sessions that a person takes part in.

        Args:
            person: The person's id.

        Raises:
            TrainingError: Nobody has that id.
        """
        return tuple(self._found.sessions_of(self._known(person), cancelled=False))

    def cancelled_of(self, person: str) -> tuple[Session, ...]:
        """The cancelled sessions that a person would take part in.

        Args:
            person: The person's id.

        Raises:
            TrainingError: Nobody has that id.
        """
        return tuple(self._found.sessions_of(self._known(person), cancelled=True))

    def _known(self, person: str) -> str:
        person = as_text(person)
        if isinstance(person, str) and person in self._found.presences:
            return person
        given = shown_id(person)
        remedy = perhaps(given, self._found.presences) or SOMEBODY_TRAINED
        raise self._unknown(PlanFlaw.UNKNOWN_TRAINEE, given, remedy)

    def _unknown(self, flaw: PlanFlaw, given: object, remedy: Words) -> TrainingError:
        return TrainingError([flaw.problem("$", given, self.plan, self.period, remedy)])


_copied = copier(
    Schedule,
    "groups",
    "calendar",
    "blackouts",
    "full_days",
    "sessions",
    "cancelled",
    "withdrawn",
    "shortfalls",
    "_found",
)


def filled(
    like: Schedule,
    sessions: Iterable[Session],
    shortfalls: Iterable[Shortfall] = (),
    *,
    cancelled: tuple[Session, ...] = (),
    withdrawn: tuple[Withdrawal, ...] | None = None,
    days: tuple[WorkCalendar, frozenset[date], frozenset[date]] | None = None,
    groups: tuple[Group, ...] | None = None,
) -> Schedule:
    """A schedule like another, with sessions that the library itself made: nothing is checked.

    Args:
        like: The other schedule.
        sessions: The sessions, in their order.
        shortfalls: What the schedule does not meet.
        cancelled: The sessions that are cancelled.
        withdrawn: What is not for somebody any more; None for that of the other.
        days: The calendar, the blackouts and the full days; None for those of the other.
        groups: The groups; None for those of the other.
    """
    made = _copied(
        like,
        like.groups if groups is None else groups,
        *(days or (like.calendar, like.blackouts, like.full_days)),
        tuple(sessions),
        cancelled,
        like.withdrawn if withdrawn is None else withdrawn,
        tuple(shortfalls),
        None,
    )
    object.__setattr__(made, "_found", Found(made))
    return made


def presence_of(schedule: Schedule, person: str) -> Presence:
    """When somebody whom a schedule trains is in which of its teams."""
    return schedule._found.presences[person]


def sequence_for(schedule: Schedule, session: Session, person: str | None) -> int:
    """The sequence of a session as one person has it, from whom it can have been withdrawn."""
    earlier = taken_from(schedule, person).get(session.id) if schedule.withdrawn else None
    return session.sequence if earlier is None else max(session.sequence, earlier.sequence + 1)


def taken_from(schedule: Schedule, person: str | None) -> Mapping[str, Session]:
    """The sessions that were withdrawn from a person, by id."""
    return schedule._found.withdrawn.get(person, {})
