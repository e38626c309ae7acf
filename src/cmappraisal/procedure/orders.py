"""Orders: whether a ledger was kept as a procedure asks, and what is still owed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cmappraisal.calendars import WorkCalendar
from cmappraisal.fields import DATE, as_date, is_date, require_all
from cmappraisal.ledger import Ledger
from cmappraisal.procedure.breaches import Irregularity, IrregularityKind
from cmappraisal.procedure.owed_days import Deadline, ProcedureStep
from cmappraisal.procedure.procedures import Procedure
from cmappraisal.procedure.walks import Walk

_CALENDAR = WorkCalendar()


def irregularities(
    ledger: Ledger, procedure: Procedure, *, calendar: WorkCalendar = _CALENDAR, on: date
) -> tuple[Irregularity, ...]:
    """Everything in a ledger that is not as a procedure asks.

    Whatever the procedure, an act that is dated after the day of its entry is listed; zones of time
    explain one day, and what is more than that cannot be scored.

    Args:
        ledger: The ledger.
        procedure: The procedure.
        calendar: Which days are worked.
        on: The day on which it is asked; what had to be done before it and was not is listed.

    Returns:
        By case, in the order in which they came into the ledger; for each case in the order of its
        entries, and then what is missing.

    Raises:
        FieldError: An argument has a value that it does not allow.
        CalendarError: The calendar has not so many working days.

    >>> from datetime import datetime, timezone
    >>> from cmappraisal import Violation
    >>> from cmappraisal.procedure import Procedure, TimeLimit
    >>> violation = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2))
    >>> ledger = Ledger().record(violation, at=datetime(2025, 3, 4, tzinfo=timezone.utc))
    >>> procedure = Procedure(notify_within=TimeLimit(5, working_days=True))
    >>> for each in irregularities(ledger, procedure, on=date(2025, 3, 14)):
    ...     print(each.violation_id, each.kind.value, each.rule, each.due_on, each.days)
    V-1 overdue notify_within 2025-03-11 3
    """
    day = _checked("irregularities", ledger, procedure, calendar, on)
    found = []
    for walk in _walks(ledger, procedure, calendar):
        found += walk.found
        found += [
            Irregularity(
                walk.id,
                IrregularityKind.OVERDUE,
                rule=owed.rule,
                due_on=owed.due_on,
                days=(day - owed.due_on).days,
            )
            for owed in walk.limits.deadlines.values()
            # Nobody has to appeal.
            if owed.due_on < day and owed.step is not ProcedureStep.APPEAL
        ]
    return tuple(found)


def deadlines(
    ledger: Ledger, procedure: Procedure, *, calendar: WorkCalendar = _CALENDAR, on: date
) -> tuple[Deadline, ...]:
    """What is still to be done in the cases of a ledger, by whom, and until which day.

    Args:
        ledger: The ledger.
        procedure: The procedure.
        calendar: Which days are worked.
        on: The day on which it is asked; a right to appeal that ended before it is left out, and
            what had to be done before it stays until it is done.

    Returns:
        The soonest first, and of one day by the id of the case.

    Raises:
        FieldError: An argument has a value that it does not allow.
        CalendarError: The calendar has not so many working days.

    >>> from datetime import datetime, timezone
    >>> from cmappraisal import Violation
    >>> from cmappraisal.procedure import Procedure, TimeLimit
    >>> violation = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2))
    >>> ledger = Ledger().record(violation, at=datetime(2025, 3, 4, tzinfo=timezone.utc))
    >>> procedure = Procedure(notify_within=TimeLimit(5, working_days=True))
    >>> for each in deadlines(ledger, procedure, on=date(2025, 3, 5)):
    ...     print(each.violation_id, each.step.value, each.from_day, each.due_on)
    V-1 notify 2025-03-04 2025-03-11
    """
    day = _checked("deadlines", ledger, procedure, calendar, on)
    owed = [
        each
        for walk in _walks(ledger, procedure, calendar)
        for each in walk.limits.deadlines.values()
        if each.due_on >= day or each.step is not ProcedureStep.APPEAL
    ]
    return tuple(sorted(owed, key=lambda each: (each.due_on, each.violation_id, each.step.value)))


def _checked(where: str, ledger: object, procedure: object, calendar: object, on: date) -> date:
    require_all(
        where,
        ("ledger", ledger, isinstance(ledger, Ledger), "a Ledger"),
        ("procedure", procedure, isinstance(procedure, Procedure), "a Procedure"),
        ("calendar", calendar, isinstance(calendar, WorkCalendar), "a WorkCalendar"),
        ("on", on, is_date(on), DATE),
    )
    return as_date(on)


def _walks(ledger: Ledger, procedure: Procedure, calendar: WorkCalendar) -> Iterator[Walk]:
    return (Walk(case, procedure, calendar) for case in ledger.cases())
