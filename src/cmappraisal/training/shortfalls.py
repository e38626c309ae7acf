"""Shortfalls: what a schedule does not meet, and the cause."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from cmappraisal.errors import ProblemCode
from cmappraisal.fields import (
    as_optional_text,
    choice_of,
    instance_of,
    int_between,
    optional_identifier,
)
from cmappraisal.periods import Period
from cmappraisal.texts import Choice, Text
from cmappraisal.training.contradictions import Contradiction, reject_fields
from cmappraisal.training.plans import (
    ActivityKind,
    TargetUnit,
    as_optional_activity_kind,
    as_optional_target_unit,
)
from cmappraisal.training.reprs import brief

MAXIMUM_MISSING = 1_000_000
"""The most that can be missing of one thing in one span."""


class ShortfallCause(Choice):
    """The cause of a shortfall.

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
    NOT_BY_NEED = (
        "not-by-need",
        Text(
            "沒有活動按需開設", "没有活动按需开设", en="no activity takes it from what people need"
        ),
    )
    AT_MOST = (
        "at-most",
        Text("不能再增加", "不能再增加", en="no more of it can be held"),
    )
    ORDER = (
        "order",
        Text("無法排在另一活動之後", "无法排在另一活动之后", en="it cannot come in its order"),
    )
    OUTSIDE = (
        "outside",
        Text("當月沒有可用的日子", "当月没有可用的日子", en="it is held outside of its month"),
    )
    NO_SUCH_DAY = (
        "no-such-day",
        Text("當月沒有這一天", "当月没有这一天", en="the month has no such day"),
    )
    ACROSS_YEARS = (
        "across-years",
        Text(
            "跨年度的一週不補訓", "跨年度的一周不补训", en="nothing is added to a week of two years"
        ),
    )
    AWAY = (
        "away",
        Text("當天不在崗", "当天不在岗", en="the person is not there on its day"),
    )
    RESOURCES = (
        "resources",
        Text("缺少場地或講師", "缺少场地或讲师", en="no room or trainer is left for it"),
    )


@frozen
class Shortfall:
    """Something that a schedule does not meet.

    Args:
        activity: The id of the activity; None for a target or a course.
        kind: The kind that the target asks for; None for an activity or a course.
        course: The id of a course that a person needs, and that no activity takes from what people
            need; None for an activity or a target.
        unit: What the target counts; None for an activity or a course.
        period: The span in which it is missing.
        missing: How much is missing: sessions of the activity, units of the target, or one course.
        cause: Why it could not be met.
        group: The id of the group that has the shortfall; None where there are no groups.
        person: The id of the one person who has the shortfall; None where it is the team.

    Raises:
        FieldError: A field has a value that it does not allow, or it names none of an activity, a
            kind and a course, or more than one.

    >>> shortfall = Shortfall(
    ...     "workshop", period=Period.year(2026), missing=1, cause=ShortfallCause.NO_OPEN_DAY
    ... )
    >>> shortfall.missing
    1
    """

    activity: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier
    )
    kind: ActivityKind | None = field(
        default=None,
        converter=as_optional_activity_kind,
        validator=choice_of(ActivityKind, optional=True),
    )
    course: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    unit: TargetUnit | None = field(
        default=None,
        converter=as_optional_target_unit,
        validator=choice_of(TargetUnit, optional=True),
        kw_only=True,
    )
    period: Period = field(validator=instance_of(Period, allowed="a Period"), kw_only=True)
    missing: int = field(validator=int_between(1, MAXIMUM_MISSING), kw_only=True)
    cause: ShortfallCause = field(
        validator=instance_of(ShortfallCause, allowed="a ShortfallCause"), kw_only=True
    )
    group: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    person: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )

    __repr__ = brief()

    def __attrs_post_init__(self) -> None:
        reject_fields(self, self._contradictions())

    def _contradictions(self) -> Iterator[Contradiction]:
        is_named = self.activity is not None or self.course is not None
        if is_named is (self.kind is not None):
            allowed = "None for an activity or a course, and an ActivityKind for a target"
            code = ProblemCode.MISSING if self.kind is None else ProblemCode.CONTRADICTION
            yield "kind", code, allowed
        if self.activity is not None and self.course is not None:
            yield "course", ProblemCode.CONTRADICTION, "None for an activity"
        if self.unit is not None and self.kind is None:
            yield "unit", ProblemCode.WITHOUT_EFFECT, "None for an activity or a course"
