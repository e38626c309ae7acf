"""Plans: what training a bank asks for, and when, before any day is chosen.

An activity has its timing. Targets ask for so much of a kind in a span, whichever activities make
it up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import field, frozen

from cmappraisal.calendars import Adjustment, as_adjustment
from cmappraisal.errors import ProblemCode, TrainingError
from cmappraisal.fields import (
    as_id_tuple,
    as_optional_text,
    as_text,
    as_tuple,
    boolean,
    choice_of,
    id_tuple,
    identifier,
    instance_of,
    int_between,
    member_of,
    optional_identifier,
    shown_id,
    tuple_of,
)
from cmappraisal.flaw_wordings import perhaps
from cmappraisal.spans import CalendarSpan, as_calendar_span
from cmappraisal.texts import Choice, Text, a_text
from cmappraisal.training.activity_timings import (
    MAXIMUM_COUNT,
    CareerStage,
    Ongoing,
    Quota,
    Timing,
)
from cmappraisal.training.cadences import Cadence
from cmappraisal.training.consistency import disagreements
from cmappraisal.training.contradictions import Contradiction, reject_contradictions, reject_fields
from cmappraisal.training.courses import Curriculum, as_texts, texts
from cmappraisal.training.plan_flaws import ITS_ACTIVITY, PlanFlaw
from cmappraisal.training.reprs import brief
from cmappraisal.training.terms import AttendanceTerms, PresenceTerms
from cmappraisal.training.working_days import NthWorkingDay

MINUTES_A_DAY = 1440
"""The longest duration of a session, and the longest day of training, in minutes."""


class ActivityKind(Choice):
    """What an activity is.

    >>> ActivityKind("study") is ActivityKind.STUDY
    True
    """

    STUDY = "study", Text("集中學習", "集中学习", en="study")
    TEST = "test", Text("測試", "测试", en="test")
    MEETING = "meeting", Text("晨會", "晨会", en="meeting")
    WORKSHOP = "workshop", Text("工作坊", "工作坊", en="workshop")
    COMPETITION = "competition", Text("競賽", "竞赛", en="competition")
    REPORT = "report", Text("報告", "报告", en="report")
    TALK = "talk", Text("專題發言", "专题发言", en="talk")
    REQUEST = "request", Text("培訓申請", "培训申请", en="request")
    COURSE = "course", Text("課程", "课程", en="course")
    SELF_STUDY = "self-study", Text("個人自學", "个人自学", en="self-study")
    ON_THE_JOB = "on-the-job", Text("在崗培養", "在岗培养", en="on the job")


def as_activity_kind(value: ActivityKind | str) -> ActivityKind:
    """The member from the member itself or from its value."""
    return member_of(ActivityKind, value)


def as_optional_activity_kind(value: ActivityKind | str | None) -> ActivityKind | None:
    """None, or the member from the member itself or from its value."""
    return value if value is None else member_of(ActivityKind, value)


_minutes = int_between(1, MINUTES_A_DAY)


class TargetUnit(Choice):
    """What a target counts.

    >>> TargetUnit("days") is TargetUnit.DAYS
    True
    """

    DAYS = "days", Text("天", "天", en="days")
    SESSIONS = "sessions", Text("次", "次", en="sessions")
    HOURS = "hours", Text("小時", "小时", en="hours")


def as_target_unit(value: TargetUnit | str) -> TargetUnit:
    """The member from the member itself or from its value."""
    return member_of(TargetUnit, value)


def as_optional_target_unit(value: TargetUnit | str | None) -> TargetUnit | None:
    """None, or the member from the member itself or from its value."""
    return value if value is None else member_of(TargetUnit, value)


@frozen
class Target:
    """So much of a kind in each span, whichever activities make it up.

    Args:
        kind: The kind of activity.
        at_least: How much, in units.
        unit: What is counted: days with a session, sessions, or hours of them.
        per: The span.
        minutes_a_day: How many minutes of the kind a day needs to count as one, where days are
            counted.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> Target(ActivityKind.STUDY, 12, unit=TargetUnit.DAYS, per=CalendarSpan.YEAR).at_least
    12
    """

    kind: ActivityKind = field(converter=as_activity_kind, validator=choice_of(ActivityKind))
    at_least: int = field(validator=int_between(1, MAXIMUM_COUNT))
    unit: TargetUnit = field(
        converter=as_target_unit,
        validator=choice_of(TargetUnit),
        kw_only=True,
    )
    per: CalendarSpan = field(
        converter=as_calendar_span, validator=choice_of(CalendarSpan), kw_only=True
    )
    minutes_a_day: int = field(default=1, validator=_minutes, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.minutes_a_day > 1 and self.unit is not TargetUnit.DAYS:
            allowed = f"1, since {self.unit.value} are counted and not days"
            reject_fields(self, [("minutes_a_day", ProblemCode.WITHOUT_EFFECT, allowed)])


@frozen
class Activity:
    """One thing that a plan asks for.

    Args:
        id: Its id, one of a kind in a plan.
        text: Its name.
        kind: What it is.
        timing: When it takes place: by the calendar, as a cadence or on the n-th working day of a
            month; by a quota; in a stage; or, without sessions, all the time.
        adjustment: Where a session goes whose day is a day off or a blackout.
        duration: How long a session lasts, in minutes.
        courses: Ids of the courses that it teaches, in order. The sessions teach them in turn, and
            several at once where there are fewer sessions than courses; a stage has a session for
            each.
        each_time: Ids of the courses that every session teaches besides.
        forms: The ways in which a session can be held, such as a discussion or a visit; whoever
            leads it chooses.
        required: Whether its participants have to take part.
        feeds_performance: Whether the result of a test counts in monthly performance.
        per_person: Whether it is individual, such as a report, rather than of the team. What a
            stage holds is individual in any case.
        follows: The id of an activity of the same plan that has to come earlier in the same month,
            as a month's study comes before its test; both are by the calendar. A test is on what
            the session that it follows teaches: see
            :func:`~cmappraisal.training.courses_tested`.
        in_room: Whether a session needs a room, where rooms are assigned.
        in_class: Whether people who start together take its sessions together, as a class; of what
            is individual. See :func:`~cmappraisal.training.lessons_of`.
        attendance: What it is to attend it: how many of its sessions, what being late counts, and
            how many of a team.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> test = Activity(
    ...     "test",
    ...     Text("月度測試", "月度测试", en="monthly test"),
    ...     kind=ActivityKind.TEST,
    ...     timing=Cadence("FREQ=MONTHLY;BYMONTHDAY=25"),
    ...     follows="study",
    ...     feeds_performance=True,
    ... )
    >>> test.adjustment
    <Adjustment.FOLLOWING: 'following'>
    """

    id: str = field(converter=as_text, validator=identifier)
    text: Text = field(validator=a_text)
    kind: ActivityKind = field(
        converter=as_activity_kind,
        validator=choice_of(ActivityKind),
        kw_only=True,
    )
    timing: Timing = field(
        validator=instance_of(
            Cadence,
            NthWorkingDay,
            Quota,
            CareerStage,
            Ongoing,
            allowed="a Cadence, an NthWorkingDay, a Quota, a CareerStage or Ongoing()",
        ),
        kw_only=True,
    )
    adjustment: Adjustment = field(
        default=Adjustment.FOLLOWING,
        converter=as_adjustment,
        validator=choice_of(Adjustment),
        kw_only=True,
    )
    duration: int = field(default=60, validator=_minutes, kw_only=True)
    courses: tuple[str, ...] = field(
        default=(), converter=as_id_tuple, validator=id_tuple("course ids"), kw_only=True
    )
    each_time: tuple[str, ...] = field(
        default=(), converter=as_id_tuple, validator=id_tuple("course ids"), kw_only=True
    )
    forms: tuple[Text, ...] = field(default=(), converter=as_texts, validator=texts, kw_only=True)
    required: bool = field(default=True, validator=boolean, kw_only=True)
    feeds_performance: bool = field(default=False, validator=boolean, kw_only=True)
    per_person: bool = field(default=False, validator=boolean, kw_only=True)
    follows: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    in_room: bool = field(default=True, validator=boolean, kw_only=True)
    in_class: bool = field(default=False, validator=boolean, kw_only=True)
    attendance: AttendanceTerms = field(
        default=AttendanceTerms(),
        validator=instance_of(AttendanceTerms, allowed="AttendanceTerms"),
        kw_only=True,
    )

    __repr__ = brief("id", "kind", "timing", "courses")

    def __attrs_post_init__(self) -> None:
        reject_fields(self, self._contradictions())

    @property
    def by_calendar(self) -> bool:
        """Whether its days are those of the calendar, rather than chosen."""
        return isinstance(self.timing, (Cadence, NthWorkingDay))

    @property
    def has_sessions(self) -> bool:
        """Whether it has sessions, as all but what is ongoing has."""
        return not isinstance(self.timing, Ongoing)

    @property
    def individual(self) -> bool:
        """Whether its sessions are each for one person, rather than for the team."""
        return self.per_person or isinstance(self.timing, CareerStage)

    def _contradictions(self) -> Iterator[Contradiction]:
        if self.follows is not None and not self.has_sessions:
            yield "follows", ProblemCode.WITHOUT_EFFECT, "None for what has no sessions"
        if self.feeds_performance and self.kind is not ActivityKind.TEST:
            allowed = f"False for a {self.kind.value}: a test has a result"
            yield "feeds_performance", ProblemCode.WITHOUT_EFFECT, allowed
        if self.in_class and not self.has_sessions:
            yield "in_class", ProblemCode.WITHOUT_EFFECT, "False for what has no sessions"
        elif self.in_class and not self.individual:
            allowed = "False for what is not individual: a team takes it together"
            yield "in_class", ProblemCode.WITHOUT_EFFECT, allowed
        for id in sorted(set(self.courses) & set(self.each_time)):
            yield "each_time", ProblemCode.REPEATED, f"courses but {id}, taught in turn"
        if isinstance(self.timing, CareerStage) and not self.courses:
            yield "courses", ProblemCode.MISSING, "the courses that the stage holds"


def _as_activities(value: Iterable[Activity]) -> tuple[Activity, ...]:
    return as_tuple(value)


def _as_targets(value: Iterable[Target]) -> tuple[Target, ...]:
    return as_tuple(value)


@frozen
class TrainingPlan:
    """A training plan: its activities, its targets and the courses they draw on.

    Args:
        id: The name of the plan.
        edition: Which edition of it.
        text: Its title.
        curriculum: The courses that its activities name.
        activities: Its activities, in order.
        targets: Its targets.
        day_length: How much training a day holds, in minutes. What can choose its day keeps off a
            day that it would make longer.
        presence: What it asks of who is there for a part of the time.

    Raises:
        FieldError: A field has a value that it does not allow.
        TrainingError: The activities and targets contradict one another or the curriculum.

    >>> from cmappraisal.training import VIP_SERVICE
    >>> [activity.id for activity in VIP_SERVICE.activities][:3]
    ['morning-meeting', 'study', 'test']
    """

    id: str = field(converter=as_text, validator=identifier)
    edition: str = field(converter=as_text, validator=identifier)
    text: Text = field(validator=a_text, kw_only=True)
    curriculum: Curriculum = field(
        validator=instance_of(Curriculum, allowed="a Curriculum"), kw_only=True, repr=str
    )
    activities: tuple[Activity, ...] = field(
        converter=_as_activities, validator=tuple_of(Activity, "a list of Activity"), kw_only=True
    )
    targets: tuple[Target, ...] = field(
        default=(),
        converter=_as_targets,
        validator=tuple_of(Target, "a list of Target"),
        kw_only=True,
    )
    day_length: int = field(default=480, validator=_minutes, kw_only=True)
    presence: PresenceTerms = field(
        default=PresenceTerms(),
        validator=instance_of(PresenceTerms, allowed="PresenceTerms"),
        kw_only=True,
    )

    __repr__ = brief("id", "edition", "activities", "targets")

    def __attrs_post_init__(self) -> None:
        reject_contradictions(disagreements(self), f'plan "{self}"')

    def __str__(self) -> str:
        return f"{self.id} {self.edition}"

    def activity(self, activity_id: str) -> Activity:
        """An activity by its id.

        Args:
            activity_id: The id.

        Raises:
            TrainingError: The plan has no such activity.

        >>> from cmappraisal.training import VIP_SERVICE
        >>> VIP_SERVICE.activity("test").timing.rrule
        'FREQ=MONTHLY;BYMONTHDAY=25'
        """
        id = as_text(activity_id)
        for activity in self.activities:
            if isinstance(id, str) and activity.id == id:
                return activity
        given = shown_id(id)
        ids = [activity.id for activity in self.activities]
        remedy = perhaps(given, ids) or ITS_ACTIVITY
        raise TrainingError([PlanFlaw.UNKNOWN_ACTIVITY.problem("$", given, self, remedy)])
