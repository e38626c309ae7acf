"""Deadlines: what is owed in a case, by whom, and until which day."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from cmappraisal.fields import (
    a_date,
    as_choice,
    as_date,
    as_ids,
    as_text,
    choice_of,
    identifier,
    identifiers,
    instance_of,
    line,
)
from cmappraisal.procedure.limits import TimeLimit
from cmappraisal.texts import Choice, Text


class ProcedureStep(Choice):
    """What a time limit is set for.

    >>> ProcedureStep("appeal") is ProcedureStep.APPEAL
    True
    """

    RECORD = "record", Text("登記", "登记", en="to record it")
    VERIFY = "verify", Text("核實", "核实", en="to verify it")
    NOTIFY = "notify", Text("送達通知", "送达通知", en="to give notice")
    APPEAL = "appeal", Text("提出申訴", "提出申诉", en="to appeal")
    DECIDE = "decide", Text("作出決定", "作出决定", en="to settle the appeal")


def _as_step(value: ProcedureStep | str) -> ProcedureStep:
    return as_choice(ProcedureStep)(value)


@frozen
class Deadline:
    """What can be done in a case, or has to be, until a day.

    Args:
        violation_id: The id of the case.
        step: What it is.
        rule: The field of the procedure that sets the limit, such as
            ``"instances[0].appeal_within"``.
        limit: The limit.
        from_day: The day from which it runs, itself not counted.
        due_on: The last day.
        people: The ids of those who may do it; none where that is anybody who may act.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    violation_id: str = field(converter=as_text, validator=identifier)
    step: ProcedureStep = field(converter=_as_step, validator=choice_of(ProcedureStep))
    rule: str = field(converter=as_text, validator=line, kw_only=True)
    limit: TimeLimit = field(validator=instance_of(TimeLimit, allowed="a TimeLimit"), kw_only=True)
    from_day: date = field(converter=as_date, validator=a_date, kw_only=True)
    due_on: date = field(converter=as_date, validator=a_date, kw_only=True)
    people: frozenset[str] = field(
        default=frozenset(), converter=as_ids, validator=identifiers("ids of people"), kw_only=True
    )
