"""Requirements: what a plan asks of a team or a person, the status of it, and what decided it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import field, frozen

from cmappraisal.fields import (
    as_date,
    as_optional_date,
    as_optional_text,
    as_tuple,
    checked,
    choice_of,
    instance_of,
    int_between,
    is_date,
    is_line,
    member_of,
    optional_date,
    optional_identifier,
    optional_instance_of,
)
from cmappraisal.periods import Period
from cmappraisal.texts import Choice, Text
from cmappraisal.training.plans import (
    ActivityKind,
    TargetUnit,
    as_optional_activity_kind,
    as_optional_target_unit,
)
from cmappraisal.training.proportions import Proportion
from cmappraisal.training.reprs import brief


class ComplianceStatus(Choice):
    """The status of a requirement, from the best to the worst.

    >>> [status.value for status in ComplianceStatus]
    ['met', 'waived', 'closed', 'on-track', 'short', 'breached']
    """

    MET = "met", Text("已達成", "已达成", en="met")
    WAIVED = "waived", Text("免除", "免除", en="waived")
    CLOSED = "closed", Text("已結案", "已结案", en="closed")
    ON_TRACK = "on-track", Text("進度正常", "进度正常", en="on track")
    SHORT = "short", Text("進度不足", "进度不足", en="short")
    BREACHED = "breached", Text("未達要求", "未达要求", en="breached")


def as_compliance_status(value: ComplianceStatus | str) -> ComplianceStatus:
    """The member from the member itself or from its value."""
    return member_of(ComplianceStatus, value)


MAXIMUM_COUNTED = 1_000_000_000
"""The most of anything that a requirement counts."""

count = int_between(0, MAXIMUM_COUNTED)


@frozen
class Counts:
    """What a requirement counts: sessions, the days of them, or what was delivered.

    Args:
        needed: How much is asked for; a target in hours is counted in minutes.
        done: How much was done, in the unit of ``needed``.
        to_come: How much is scheduled after the day of the check, or due on it or after.
        present: Sessions attended in time.
        late: Sessions attended late, which are done too.
        absent: Sessions missed.
        excused: Sessions excused. Attendance does not need them; what is asked for in numbers, by
            a quota or a target, does.
        unrecorded: Sessions held of which nothing is recorded.
        made_up: Sessions that were not attended, but made up with another team; they are done too.
        late_absences: The number of absences that late arrivals make, by the terms of the activity;
            they are taken from what is done.
        waived: How much of what is asked of everybody is not asked of who is there for a part of
            the time.

    Raises:
        FieldError: A count is not an int from 0.

    >>> Counts(needed=12, done=2, to_come=10).present
    0
    """

    needed: int = field(validator=count, kw_only=True)
    done: int = field(validator=count, kw_only=True)
    to_come: int = field(validator=count, kw_only=True)
    present: int = field(default=0, validator=count, kw_only=True)
    late: int = field(default=0, validator=count, kw_only=True)
    absent: int = field(default=0, validator=count, kw_only=True)
    excused: int = field(default=0, validator=count, kw_only=True)
    unrecorded: int = field(default=0, validator=count, kw_only=True)
    made_up: int = field(default=0, validator=count, kw_only=True)
    late_absences: int = field(default=0, validator=count, kw_only=True)
    waived: int = field(default=0, validator=count, kw_only=True)

    @property
    def missing(self) -> int:
        """How much of what is needed is not done."""
        return max(self.needed - self.done, 0)

    @property
    def asked(self) -> int:
        """How much is asked of who is there all the time, which is needed or waived."""
        return self.needed + self.waived


def _as_dates(value: Iterable[date]) -> tuple[date, ...]:
    dates = as_tuple(value)
    return tuple(map(as_date, dates)) if isinstance(dates, tuple) else dates


@frozen
class Requirement:
    """One thing that the plan asks of a person, of a group or of the team, and its status.

    Args:
        activity: The id of the activity; None for a target.
        kind: The kind that the target asks for; None for an activity.
        unit: What the target counts; None for an activity.
        period: The span in which it is asked for.
        group: The id of the group that it asks; None where there are no groups, and for one person.
        person: The id of the one person that it asks; None where it asks the team.
        status: Its status.
        counts: What was counted.
        decided_by: The id of the session that decided it; None where none did.
        decided_on: The day that decided it; None where it is open.
        delivered_on: The days of what was delivered for it, in order.
        proportion: How much is asked in proportion to the time present, with the arithmetic; None
            where the person is there all the time, and for attendance, which is asked session by
            session.
        extended_to: The last day for it, where that was extended for the person; None where it is
            the last of the period.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    activity: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier
    )
    kind: ActivityKind | None = field(
        default=None,
        converter=as_optional_activity_kind,
        validator=choice_of(ActivityKind, optional=True),
    )
    unit: TargetUnit | None = field(
        default=None,
        converter=as_optional_target_unit,
        validator=choice_of(TargetUnit, optional=True),
        kw_only=True,
    )
    period: Period = field(validator=instance_of(Period, allowed="a Period"), kw_only=True)
    group: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    person: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    status: ComplianceStatus = field(
        converter=as_compliance_status,
        validator=choice_of(ComplianceStatus),
        kw_only=True,
    )
    counts: Counts = field(validator=instance_of(Counts, allowed="Counts"), kw_only=True)
    decided_by: str | None = field(
        default=None,
        converter=as_optional_text,
        validator=checked(
            lambda value: value is None or is_line(value), "None, or the id of a session"
        ),
        kw_only=True,
    )
    decided_on: date | None = field(
        default=None, converter=as_optional_date, validator=optional_date, kw_only=True
    )
    delivered_on: tuple[date, ...] = field(
        default=(),
        converter=_as_dates,
        validator=checked(
            lambda value: isinstance(value, tuple) and all(map(is_date, value)), "a list of dates"
        ),
        kw_only=True,
    )
    proportion: Proportion | None = field(
        default=None, validator=optional_instance_of(Proportion), kw_only=True
    )
    extended_to: date | None = field(
        default=None, converter=as_optional_date, validator=optional_date, kw_only=True
    )

    __repr__ = brief()
