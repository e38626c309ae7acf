"""Leaves: when somebody is away who stays in a group."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from cmappraisal.fields import (
    as_optional_date,
    as_text,
    choice_of,
    identifier,
    member_of,
    optional_date,
    require_date,
)
from cmappraisal.open_spans import holds, last_from_first
from cmappraisal.texts import Choice, Text


class LeaveKind(Choice):
    """What a leave is for.

    >>> LeaveKind("maternity").text.en
    'maternity leave'
    """

    ANNUAL = "annual", Text("年假", "年假", en="annual leave")
    SICK = "sick", Text("病假", "病假", en="sick leave")
    WORK_INJURY = "work-injury", Text("工傷假", "工伤假", en="leave after an injury at work")
    MATERNITY = "maternity", Text("產假", "产假", en="maternity leave")
    PATERNITY = "paternity", Text("陪產假", "陪产假", en="paternity leave")
    CHILDCARE = "childcare", Text("育兒假", "育儿假", en="childcare leave")
    MARRIAGE = "marriage", Text("婚假", "婚假", en="marriage leave")
    BEREAVEMENT = "bereavement", Text("喪假", "丧假", en="bereavement leave")
    PERSONAL = "personal", Text("事假", "事假", en="personal leave")
    STUDY = "study", Text("學習假", "学习假", en="study leave")
    SECONDMENT = "secondment", Text("借調", "借调", en="secondment")
    SUSPENSION = "suspension", Text("停職", "停职", en="suspension from duty")
    OTHER = "other", Text("其他假", "其他假", en="other leave")


def as_leave_kind(value: LeaveKind | str) -> LeaveKind:
    """The member from the member itself or from its value."""
    return member_of(LeaveKind, value)


@frozen
class Leave:
    """A time in which somebody is away: whole days, the first and the last included.

    Args:
        person: The id of the person.
        kind: What it is for.
        first: The first day; None where it began before anything that is asked.
        last: The last day; None where it goes on.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> leave = Leave("RM-01", LeaveKind.SICK, first=date(2026, 3, 2), last=date(2026, 3, 6))
    >>> leave.holds(date(2026, 3, 6)), leave.holds(date(2026, 3, 7))
    (True, False)
    """

    person: str = field(converter=as_text, validator=identifier)
    kind: LeaveKind = field(converter=as_leave_kind, validator=choice_of(LeaveKind))
    first: date | None = field(
        default=None, converter=as_optional_date, validator=optional_date, kw_only=True
    )
    last: date | None = field(
        default=None,
        converter=as_optional_date,
        validator=last_from_first,
        kw_only=True,
    )

    def holds(self, day: date) -> bool:
        """Whether the person is away on a day.

        Args:
            day: The day.

        Raises:
            FieldError: ``day`` is no date.
        """
        return holds(self.first, self.last, require_date("Leave.holds", "day", day))
