"""Sessions: what takes place on a day, for which participants, and why not on the day planned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, time
from typing import TypeAlias

from attrs import field, frozen

from cmappraisal.clock_times import as_optional_time, optional_time
from cmappraisal.fields import (
    a_date,
    as_date,
    as_id_tuple,
    as_optional_text,
    as_text,
    boolean,
    choice_of,
    id_tuple,
    identifier,
    int_between,
    is_identifier,
    member_of,
    optional_identifier,
    require_all,
)
from cmappraisal.making import copier
from cmappraisal.texts import Choice, Text
from cmappraisal.training.plans import Activity
from cmappraisal.training.reprs import brief

MAXIMUM_SEQUENCE = 1_000_000
"""How often a session can be changed: more than anybody ever will."""

Participants: TypeAlias = tuple[str | None, str | None]
"""The ids of the group and of the person that a session is for; a team without a name has none."""


class Cause(Choice):
    """Why a session is not on the day it was planned for.

    >>> Cause("day-off").text.en
    'a day off'
    """

    DAY_OFF = "day-off", Text("非工作日", "非工作日", en="a day off")
    BLACKOUT = "blackout", Text("當天不安排培訓", "当天不安排培训", en="a blackout")
    HALF_DAY = "half-day", Text("當天只上半天班", "当天只上半天班", en="a half working day")
    NUMBER = (
        "number",
        Text("當月的工作日有變", "当月的工作日有变", en="the month has other working days"),
    )
    FULL = "full", Text("當天已排滿", "当天已排满", en="a full day")
    ORDER = (
        "order",
        Text("須在另一活動之後", "须在另一活动之后", en="to come in its order in the month"),
    )
    RESOURCES = (
        "resources",
        Text("缺少場地或講師", "缺少场地或讲师", en="no room or trainer free"),
    )
    AWAY = "away", Text("當天不在崗", "当天不在岗", en="an absence of the person")
    HIRING = "hiring", Text("入職日期更正", "入职日期更正", en="a corrected day of hiring")


def as_optional_cause(value: Cause | str | None) -> Cause | None:
    """None, or the member from the member itself or from its value."""
    return value if value is None else member_of(Cause, value)


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
            same participants, from 1.
        make_up: Whether it is a make-up session, added to meet a target.
        room: The id of its room, where rooms are assigned.
        trainer: The id of its trainer, where trainers are assigned.
        start: When it begins, by the clock on the wall, where its room or its trainer has hours.
        sequence: How many times it was changed after it was first scheduled.

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
        converter=as_optional_cause,
        validator=choice_of(Cause, optional=True),
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
    start: time | None = field(
        default=None, converter=as_optional_time, validator=optional_time, kw_only=True
    )
    sequence: int = field(default=0, validator=int_between(0, MAXIMUM_SEQUENCE), kw_only=True)

    __repr__ = brief()

    @property
    def id(self) -> str:
        """Its id, which stays the same when it moves.

        It has the activity, the day it was planned for, its participants, and its number where
        there are several.
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

    def for_participants(self, *, group: str | None = None, person: str | None = None) -> Session:
        """The same session for other participants.

        Args:
            group: The id of the group it is for.
            person: The id of the one person it is for.

        Raises:
            FieldError: One of them is no id.
        """
        allowed = "None, or an id"
        require_all(
            "Session.for_participants",
            ("group", group, group is None or is_identifier(group), allowed),
            ("person", person, person is None or is_identifier(person), allowed),
        )
        return for_participants(self, as_optional_text(group), as_optional_text(person))


for_participants = copier(Session, "group", "person")
"""A copy of a session for a group and a person, whose ids are known to be such."""


planned_for = copier(Session, "planned_on", "on")
"""A copy of a session of another day."""

teaching = copier(Session, "courses")
"""A copy of a session that teaches other courses."""

counted = copier(Session, "sequence")
"""A copy of a session that was changed so often."""

_on = copier(Session, "on", "cause")


def _escaped(id: str) -> str:
    return id.replace("%", "%25").replace("/", "%2F")


def participants_of(session: Session) -> Participants:
    """The participants of a session."""
    return session.group, session.person


def is_for(session: Session, activity: Activity) -> bool:
    """Whether a session is for such participants as an activity has: one person, or a team."""
    return (session.person is not None) is activity.individual


def highest_numbers(sessions: Iterable[Session]) -> Counter[date]:
    """The highest number of some sessions that were planned for a day, 0 where there are none."""
    highest: Counter[date] = Counter()
    for each in sessions:
        highest[each.planned_on] = max(highest[each.planned_on], each.number)
    return highest


def turn_of(session: Session) -> tuple[date, bool, int]:
    """The place of a session among those of its activity and participants."""
    return session.planned_on, session.make_up, session.number


def moved(session: Session, on: date, cause: Cause) -> Session:
    """A session on another day."""
    return _on(session, on, None if on == session.planned_on else cause)


def settled(activity: Activity, planned_on: date, on: date, number: int) -> Session:
    """A session of an activity that may choose its day."""
    cause = None if on == planned_on else Cause.FULL
    return Session(activity.id, planned_on, on=on, cause=cause, number=number)
