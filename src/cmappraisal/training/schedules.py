"""Schedules: the days that were chosen, why each is not another, and what could not be met.

A schedule holds everything that it was made from, so that it can be made again after a change, and
anybody can see what it promises. It computes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import field, frozen

from cmappraisal.calendars import WorkCalendar, as_days, dates
from cmappraisal.errors import TrainingError
from cmappraisal.fields import (
    MAXIMUM_ID_LENGTH,
    a_date,
    as_date,
    as_id_tuple,
    as_optional_text,
    as_text,
    as_tuple,
    boolean,
    did_you_mean,
    id_tuple,
    identifier,
    instance_of,
    int_between,
    is_line,
    optional_identifier,
    optional_instance_of,
    reject,
    repeated,
    require,
    require_date,
    shown,
    shown_id,
    tuple_of,
)
from cmappraisal.periods import Period
from cmappraisal.texts import Choice, Text
from cmappraisal.training.plans import Activity, ActivityKind, TargetUnit, TrainingPlan
from cmappraisal.training.resources import Room, Trainer
from cmappraisal.training.trainees import Group, Trainee, as_trainees

MAXIMUM_SEQUENCE = 1_000_000
"""How often a session can be changed: more than anybody ever will."""


class Cause(Choice):
    """Why a session is not on the day it was planned for.

    >>> Cause("day-off").text.en
    'a day off'
    """

    DAY_OFF = "day-off", Text("非工作日", "非工作日", en="a day off")
    BLACKOUT = "blackout", Text("當天不安排培訓", "当天不安排培训", en="a day kept free")
    FULL = "full", Text("當天已排滿", "当天已排满", en="a full day")
    ORDER = (
        "order",
        Text("須在另一活動之後", "须在另一活动之后", en="to come in its order in the month"),
    )
    RESOURCES = (
        "resources",
        Text("缺少場地或講師", "缺少场地或讲师", en="no room or trainer free"),
    )


@frozen
class Session:
    """One session of an activity.

    Args:
        activity: The id of the activity.
        planned_on: The day it was planned for.
        on: The day it takes place.
        cause: Why that is another day; None where it is not.
        courses: Ids of the courses it teaches.
        group: The id of the group it is for; None where there are no groups.
        person: The id of the one person it is for; None where it is for the team.
        number: Which it is among the sessions of the activity planned for that day and for the
            same people, from 1.
        make_up: Whether it was added to meet a target.
        room: The id of its room, where rooms are assigned.
        trainer: The id of its trainer, where trainers are assigned.
        sequence: How often it was changed after it was first scheduled.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> session = Session(
    ...     "study", date(2026, 2, 15), on=date(2026, 2, 14), cause=Cause.DAY_OFF
    ... )
    >>> session.id
    'study/2026-02-15'
    """

    activity: str = field(converter=as_text, validator=identifier)
    planned_on: date = field(converter=as_date, validator=a_date)
    on: date = field(converter=as_date, validator=a_date, kw_only=True)
    cause: Cause | None = field(
        default=None,
        validator=optional_instance_of(Cause),
        kw_only=True,
    )
    courses: tuple[str, ...] = field(
        default=(), converter=as_id_tuple, validator=id_tuple("course ids"), kw_only=True
    )
    group: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    person: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    number: int = field(default=1, validator=int_between(1, MAXIMUM_SEQUENCE), kw_only=True)
    make_up: bool = field(default=False, validator=boolean, kw_only=True)
    room: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    trainer: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    sequence: int = field(default=0, validator=int_between(0, MAXIMUM_SEQUENCE), kw_only=True)

    @property
    def id(self) -> str:
        """Its id, which stays the same when it moves.

        The activity, the day it was planned for, whom it is for, and its number where there are
        several.
        """
        parts = [_escaped(self.activity), self.planned_on.isoformat()]
        if self.group is not None:
            parts.append(f"group:{_escaped(self.group)}")
        if self.person is not None:
            parts.append(f"person:{_escaped(self.person)}")
        if self.make_up:
            parts.append("make-up")
        if self.number > 1:
            parts.append(str(self.number))
        return "/".join(parts)

    def for_whom(self, *, group: str | None = None, person: str | None = None) -> Session:
        """The same session for other people.

        Args:
            group: The id of the group it is for.
            person: The id of the one person it is for.
        """
        # A year has hundreds for each team: what attrs.evolve would read again is at hand.
        return Session(
            self.activity,
            self.planned_on,
            on=self.on,
            cause=self.cause,
            courses=self.courses,
            group=group,
            person=person,
            number=self.number,
            make_up=self.make_up,
            room=self.room,
            trainer=self.trainer,
            sequence=self.sequence,
        )


def _escaped(id: str) -> str:
    return id.replace("%", "%25").replace("/", "%2F")


class ShortfallCause(Choice):
    """Why something is missing from a schedule.

    >>> ShortfallCause("no-open-day").text.en
    'no working day is left for it'
    """

    NO_OPEN_DAY = (
        "no-open-day",
        Text("沒有可用的工作日", "没有可用的工作日", en="no working day is left for it"),
    )
    NO_ACTIVITY = (
        "no-activity",
        Text("計劃中沒有此類活動", "计划中没有此类活动", en="the plan has no activity of the kind"),
    )
    AT_MOST = (
        "at-most",
        Text("不能再增加", "不能再增加", en="no more of it can be held"),
    )
    ORDER = (
        "order",
        Text("無法排在另一活動之後", "无法排在另一活动之后", en="it cannot come in its order"),
    )


@frozen
class Shortfall:
    """Something that a schedule does not meet.

    Args:
        activity: The id of the activity; None for a target.
        kind: The kind that the target asks for; None for an activity.
        unit: What the target counts; None for an activity.
        period: The span in which it is missing.
        missing: How much is missing: sessions of the activity, or units of the target.
        why: Why it could not be met.
        group: The id of the group that it is missing for; None where there are no groups.
        person: The id of the one person that it is missing for; None where it is the team.

    Raises:
        FieldError: A field has a value that it does not allow, or it names both an activity and a
            kind, or neither.

    >>> shortfall = Shortfall(
    ...     "workshop", period=Period.year(2026), missing=1, why=ShortfallCause.NO_OPEN_DAY
    ... )
    >>> shortfall.missing
    1
    """

    activity: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier
    )
    kind: ActivityKind | None = field(default=None, validator=optional_instance_of(ActivityKind))
    unit: TargetUnit | None = field(
        default=None,
        validator=optional_instance_of(TargetUnit),
        kw_only=True,
    )
    period: Period = field(validator=instance_of(Period, allowed="a Period"), kw_only=True)
    missing: int = field(validator=int_between(1, MAXIMUM_SEQUENCE), kw_only=True)
    why: ShortfallCause = field(
        validator=instance_of(ShortfallCause, allowed="a ShortfallCause"), kw_only=True
    )
    group: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    person: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        if (self.activity is None) is (self.kind is None):
            reject(
                self, "kind", self.kind, "None for an activity, and an ActivityKind for a target"
            )
        if self.unit is not None and self.kind is None:
            reject(self, "unit", self.unit, "None for an activity")


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


def _counted(sessions: tuple[Session, ...]) -> str:
    return f"<sessions: {len(sessions)}>"


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
        blackouts: Dates kept free of all sessions.
        taken: Dates that are full already.
        rooms: The rooms that were assigned.
        trainers: The trainers that were assigned.
        sessions: The sessions, by day, then in the order of the plan, of the groups and of the
            people.
        cancelled: Sessions that were scheduled once, and then cancelled.
        shortfalls: What is missing.

    Raises:
        FieldError: A field has a value that it does not allow.
        TrainingError: A session is not of the plan, or is there twice.

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
    taken: frozenset[date] = field(
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
        default=(), converter=_as_sessions, validator=_sessions, kw_only=True, repr=_counted
    )
    cancelled: tuple[Session, ...] = field(
        default=(), converter=_as_sessions, validator=_sessions, kw_only=True, repr=_counted
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

    def __attrs_post_init__(self) -> None:
        activities = {activity.id: activity for activity in self.plan.activities}
        object.__setattr__(self, "_activities", activities)
        members = {group.id: group.trainees for group in self.groups}
        object.__setattr__(self, "_members", {**members, None: self.trainees})
        fault = next(_faults(self), None)
        if fault:
            raise TrainingError(f"{self}: {fault}")
        whole = (*self.sessions, *self.cancelled)
        object.__setattr__(self, "_by_id", {session.id: session for session in whole})
        if len(self._by_id) < len(whole):
            id = repeated(session.id for session in whole)[0]
            raise TrainingError(f'{self}: session "{id}" is there twice; give it once')

    def __str__(self) -> str:
        return f'schedule of "{self.plan}" for {self.period}'

    @property
    def teams(self) -> tuple[tuple[str | None, tuple[Trainee, ...]], ...]:
        """The teams by name, each with its members; first the groups, in their order.

        After them come the trainees in no group, as a team without a name; with no groups there is
        that team alone, even of nobody.
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
        people = [trainee.id for trainee in self.people]
        if person not in people:
            given = shown_id(person)
            remedy = did_you_mean(given, people) or "; name somebody who is trained"
            raise TrainingError(f'nobody in the {self} is "{given}"{remedy}')
        return tuple(session for session in self.sessions if person in self.attendees(session))


def _faults(schedule: Schedule) -> Iterator[str]:
    for id in repeated(group.id for group in schedule.groups):
        yield f'group "{id}" is there twice; give each an id of its own'
    for id in repeated(trainee.id for trainee in schedule.people):
        yield f'trainee "{id}" is there twice; let everybody be in one group, or in none'
    for id in repeated(room.id for room in schedule.rooms):
        yield f'room "{id}" is there twice; give each an id of its own'
    for id in repeated(trainer.id for trainer in schedule.trainers):
        yield f'trainer "{id}" is there twice; give each an id of its own'
    known = {
        "activity": set(schedule._activities),
        "group": {group.id for group in schedule.groups},
        "person": {trainee.id for trainee in schedule.people},
        "room": {room.id for room in schedule.rooms},
        "trainer": {trainer.id for trainer in schedule.trainers},
    }
    for session in (*schedule.sessions, *schedule.cancelled):
        for name, ids in known.items():
            id = getattr(session, name)
            if id is not None and id not in ids:
                yield f'session "{session.id}" has {name} "{id}", which is not there; give it too'


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

    def __attrs_post_init__(self) -> None:
        ids = {session.id for session in (self.before, self.after) if session is not None}
        if len(ids) != 1:
            reject(self, "after", self.after, "the same session as before, or None for one of them")


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
