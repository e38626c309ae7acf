"""Irregularities: what in a case was not as its procedure asks."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from cmappraisal.entries import ENTRIES_ALLOWED, ENTRY_KINDS, Entry
from cmappraisal.fields import (
    as_choice,
    as_optional_date,
    as_optional_text,
    as_text,
    checked,
    choice_of,
    identifier,
    line,
    optional_date,
    optional_identifier,
)
from cmappraisal.texts import Choice, Text


class IrregularityKind(Choice):
    """What is not in order.

    >>> IrregularityKind("out-of-time") is IrregularityKind.OUT_OF_TIME
    True
    """

    OUT_OF_TIME = "out-of-time", Text("逾期辦理", "逾期办理", en="done after its last day")
    OVERDUE = "overdue", Text("逾期未辦", "逾期未办", en="not done by its last day")
    WRONG_PERSON = (
        "wrong-person",
        Text("辦理人無權辦理", "办理人无权办理", en="done by somebody who may not do it"),
    )
    WITHOUT_NOTICE = (
        "without-notice",
        Text("未經送達通知", "未经送达通知", en="done before notice was received"),
    )
    DURING_APPEAL = (
        "during-appeal",
        Text("申訴期間辦理", "申诉期间办理", en="done while an appeal was open"),
    )
    NO_INSTANCE = (
        "no-instance",
        Text("已無上一級受理", "已无上一级受理", en="an appeal for which there is no instance"),
    )
    DATED_AHEAD = (
        "dated-ahead",
        Text("日期晚於登記之日", "日期晚于登记之日", en="dated after the day of its entry"),
    )


def _as_kind(value: IrregularityKind | str) -> IrregularityKind:
    return as_choice(IrregularityKind)(value)


@frozen
class Irregularity:
    """Something in a case that is not as the procedure asks.

    Args:
        violation_id: The id of the case.
        kind: What is not in order.
        rule: The field of the procedure that is broken, such as ``"instances[0].appeal_within"``,
            or the name of the day that comes after its entry, such as ``"occurred_on"``.
        entry: The entry that is not in order; None where one is missing.
        person: The id of who made it; None where that is not known, or nobody did.
        due_on: The last day on which it would have been in order; None where there is none.
        days: How many days late, or ahead, it is; None where it is neither.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    violation_id: str = field(converter=as_text, validator=identifier)
    kind: IrregularityKind = field(converter=_as_kind, validator=choice_of(IrregularityKind))
    rule: str = field(converter=as_text, validator=line, kw_only=True)
    entry: Entry | None = field(
        default=None,
        validator=checked(
            lambda value: value is None or type(value) in ENTRY_KINDS,
            f"None, or one of {ENTRIES_ALLOWED}",
        ),
        kw_only=True,
    )
    person: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    due_on: date | None = field(
        default=None, converter=as_optional_date, validator=optional_date, kw_only=True
    )
    days: int | None = field(
        default=None,
        validator=checked(
            lambda value: value is None or (type(value) is int and value > 0),
            "None, or an int from 1",
        ),
        kw_only=True,
    )
