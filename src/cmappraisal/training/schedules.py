"""Schedules: the sessions of a plan in a period, with all that they were made from.

A schedule can be made again after a change, since it holds everything that decided it, and anybody
can see what it promises. It computes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import field, frozen

from cmappraisal.calendars import WorkCalendar, as_days, dates
from cmappraisal.errors import Problem, ProblemCode, TrainingError
from cmappraisal.fields import (
    MAXIMUM_ID_LENGTH,
    as_text,
    as_tuple,
    instance_of,
    is_line,
    optional_instance_of,
    require,
    require_date,
    shown,
    shown_id,
    tuple_of,
)
from cmappraisal.periods import Period
from cmappraisal.remedies import did_you_mean
from cmappraisal.training.contradictions import (
    reject_contradictions,
    reject_fields,
    repeated_ids,
    repeats,
)
from cmappraisal.training.plans import Activity, TrainingPlan
from cmappraisal.training.reprs import brief
from cmappraisal.training.resources import Room, Trainer
from cmappraisal.training.sessions import Session
from cmappraisal.training.shortfalls import Shortfall
from cmappraisal.training.trainees import Group, Trainee, as_trainees


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


_sessions = tuple_of(Session, "a list of Session")


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
        shortfalls: What the schedule does not meet.

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
    shortfalls: tuple[Shortfall, ...] = field(
        default=(),
        converter=_as_shortfalls,
        validator=tuple_of(Shortfall, "a list of Shortfall"),
        kw_only=True,
    )
    _activities: dict[str, Activity] = field(init=False, repr=False, eq=False)
    _by_id: dict[str, Session] = field(init=False, repr=False, eq=False)
    _members: dict[str | None, tuple[Trainee, ...]] = field(init=False, repr=False, eq=False)

    __repr__ = brief("plan", "period", "trainees", "groups", "sessions", "cancelled", "shortfalls")

    def __attrs_post_init__(self) -> None:
        activities = {activity.id: activity for activity in self.plan.activities}
        object.__setattr__(self, "_activities", activities)
        members = {group.id: group.trainees for group in self.groups}
        object.__setattr__(self, "_members", {**members, None: self.trainees})
        whole = (*self.sessions, *self.cancelled)
        object.__setattr__(self, "_by_id", {session.id: session for session in whole})
        reject_contradictions(_problems(self), str(self))

    def __str__(self) -> str:
        return f'schedule of "{self.plan}" for {self.period}'

    @property
    def teams(self) -> tuple[tuple[str | None, tuple[Trainee, ...]], ...]:
        """The teams by name, each with its members; first the groups, in their order.

        After them come the trainees in no group, as a team without a name; with no groups there is
        that team only, even of nobody.
        """
        groups = tuple((group.id, group.trainees) for group in self.groups)
        return (*groups, (None, self.trainees)) if self.trainees or not groups else groups

    @property
    def people(self) -> tuple[Trainee, ...]:
        """Everybody who is trained, in the order of the groups, and of the trainees after them."""
        return tuple(trainee for _, trainees in self.teams for trainee in trainees)

    def activity_of(self, session: Session) -> Activity:
        """The activity of one of its sessions.

        Args:
            session: The session.

        Raises:
            TrainingError: The plan has no such activity.
        """
        fits = isinstance(session, Session)
        require("Schedule.activity_of", "session", session, fits, "a Session, not its id")
        return self._activities.get(session.activity) or self.plan.activity(session.activity)

    def attendees(self, session: Session) -> tuple[str, ...]:
        """The ids of the people that a session is for: of a team, those hired by its day.

        Args:
            session: The session.

        Raises:
            TrainingError: There is no such group.
        """
        fits = isinstance(session, Session)
        require("Schedule.attendees", "session", session, fits, "a Session, not its id")
        if session.person is not None:
            return (session.person,)
        if session.group not in self._members:
            raise TrainingError(f'group "{session.group}" is not in the {self}')
        members = self._members[session.group]
        return tuple(trainee.id for trainee in members if trainee.is_hired(session.on))

    def session(self, session_id: str) -> Session:
        """A session by its id, among the cancelled ones too.

        Args:
            session_id: The id.

        Raises:
            TrainingError: There is no such session.
        """
        id = as_text(session_id)
        if isinstance(id, str) and id in self._by_id:
            return self._by_id[id]
        given = id if is_line(id) and len(id) <= MAXIMUM_ID_LENGTH else shown(id)
        raise TrainingError(
            f'session "{given}" is not in the {self}{did_you_mean(given, self._by_id)}'
        )

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
        person = as_text(person)
        people = [trainee.id for trainee in self.people]
        if not isinstance(person, str) or person not in people:
            given = shown_id(person)
            remedy = did_you_mean(given, people) or "; name somebody who is trained"
            raise TrainingError(f'nobody in the {self} is "{given}"{remedy}')
        return tuple(session for session in self.sessions if person in self.attendees(session))


def _problems(schedule: Schedule) -> Iterator[Problem]:
    """What in a schedule is there twice, or names what is not there."""
    yield from repeated_ids("$.groups", "group", (each.id for each in schedule.groups))
    people = list(people_of(schedule))
    for place, id in repeats(trainee.id for _, trainee in people):
        message = f'trainee "{id}" is there twice; let everybody be in one group, or in none'
        yield Problem(people[place][0], ProblemCode.REPEATED, message)
    yield from repeated_ids("$.rooms", "room", (each.id for each in schedule.rooms))
    yield from repeated_ids("$.trainers", "trainer", (each.id for each in schedule.trainers))
    yield from _unknown(schedule)
    if len(schedule._by_id) < len(schedule.sessions) + len(schedule.cancelled):
        placed = list(sessions_of(schedule))
        for place, id in repeats(session.id for _, session in placed):
            message = f'session "{id}" is there twice; give it once'
            yield Problem(placed[place][0], ProblemCode.REPEATED, message)


def people_of(schedule: Schedule, first: int = 0) -> Iterator[tuple[str, Trainee]]:
    """Everybody who is trained, each with the path there; the groups are numbered from a first."""
    for number, group in enumerate(schedule.groups, first):
        for place, trainee in enumerate(group.trainees):
            yield f"$.groups[{number}].trainees[{place}]", trainee
    for place, trainee in enumerate(schedule.trainees):
        yield f"$.trainees[{place}]", trainee


def sessions_of(schedule: Schedule) -> Iterator[tuple[str, Session]]:
    """The sessions, and then those that are cancelled, each with the path there."""
    for name, sessions in (("sessions", schedule.sessions), ("cancelled", schedule.cancelled)):
        for place, session in enumerate(sessions):
            yield f"$.{name}[{place}]", session


def _unknown(schedule: Schedule) -> Iterator[Problem]:
    known = {
        "activity": set(schedule._activities),
        "group": {group.id for group in schedule.groups},
        "person": {trainee.id for trainee in schedule.people},
        "room": {room.id for room in schedule.rooms},
        "trainer": {trainer.id for trainer in schedule.trainers},
    }
    for path, session in sessions_of(schedule):
        for name, ids in known.items():
            id = getattr(session, name)
            if id is not None and id not in ids:
                message = (
                    f'session "{session.id}" has {name} "{id}", which is not there; give it too'
                )
                yield Problem(f"{path}.{name}", ProblemCode.UNKNOWN_ID, message)


_optional_session = optional_instance_of(Session)


@frozen
class Change:
    """What became of one session when a schedule was made again.

    Args:
        before: The session as it was; None where it is new.
        after: The session as it is; None where it is cancelled.

    Raises:
        FieldError: Neither is there, or they are two different sessions.

    >>> session = Session("study", date(2026, 1, 15), on=date(2026, 1, 15))
    >>> Change(session, None).before.id
    'study/2026-01-15'
    """

    before: Session | None = field(validator=_optional_session)
    after: Session | None = field(validator=_optional_session)

    __repr__ = brief()

    def __attrs_post_init__(self) -> None:
        ids = {session.id for session in (self.before, self.after) if session is not None}
        if len(ids) != 1:
            allowed = "the same session as before, or None for one of them"
            code = ProblemCode.CONTRADICTION if ids else ProblemCode.MISSING
            reject_fields(self, [("after", code, allowed)])


def _as_changes(value: Iterable[Change]) -> tuple[Change, ...]:
    return as_tuple(value)


@frozen
class Rescheduled:
    """A schedule that was made again, and what changed.

    Args:
        schedule: The schedule as it is now.
        changes: What became of each session that changed, in the order of the new schedule, then
            of what is cancelled.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    schedule: Schedule = field(validator=instance_of(Schedule, allowed="a Schedule"))
    changes: tuple[Change, ...] = field(
        converter=_as_changes, validator=tuple_of(Change, "a list of Change")
    )

    __repr__ = brief("schedule", "changes")
