"""Whether a case was in order does not depend on other cases, nor what is owed on how one looks."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import Ledger
from cmappraisal.interop.strategies import ledgers
from cmappraisal.procedure import (
    IrregularityKind,
    Procedure,
    ProcedureStep,
    deadlines,
    irregularities,
)
from cmappraisal.procedure.walks import day_of
from costly import costly

DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
LATE = (IrregularityKind.OUT_OF_TIME, IrregularityKind.OVERDUE)


@costly
@given(ledgers(max_size=20), st.from_type(Procedure), DAYS)
def test_each_case_is_as_irregular_alone_as_among_others(
    ledger: Ledger, procedure: Procedure, on: date
) -> None:
    alone = [Ledger(case.history) for case in ledger.cases()]
    together = irregularities(ledger, procedure, on=on)
    assert together == tuple(
        found for each in alone for found in irregularities(each, procedure, on=on)
    )
    owed = [due for each in alone for due in deadlines(each, procedure, on=on)]
    assert sorted(owed, key=str) == sorted(deadlines(ledger, procedure, on=on), key=str)


@given(ledgers(max_size=20), st.from_type(Procedure), DAYS)
def test_what_is_late_is_as_late_as_its_days_say(
    ledger: Ledger, procedure: Procedure, on: date
) -> None:
    for found in irregularities(ledger, procedure, on=on):
        if found.kind not in LATE:
            continue
        assert found.due_on is not None
        assert found.days is not None
        until = found.due_on + timedelta(found.days)
        if found.entry is None:
            assert until == on
        else:
            assert until in {day_of(found.entry), found.entry.at.date()}


@given(ledgers(max_size=20), st.from_type(Procedure), DAYS)
def test_what_is_overdue_is_still_owed(ledger: Ledger, procedure: Procedure, on: date) -> None:
    overdue = {
        (found.violation_id, found.rule, found.due_on)
        for found in irregularities(ledger, procedure, on=on)
        if found.kind is IrregularityKind.OVERDUE
    }
    owed = deadlines(ledger, procedure, on=on)
    assert overdue == {
        (due.violation_id, due.rule, due.due_on)
        for due in owed
        if due.due_on < on and due.step is not ProcedureStep.APPEAL
    }
    assert all(due.from_day <= due.due_on for due in owed)


@given(ledgers(max_size=20), DAYS)
def test_by_the_default_only_what_is_dated_ahead_is_irregular(ledger: Ledger, on: date) -> None:
    found = irregularities(ledger, Procedure(), on=on)
    assert {each.kind for each in found} <= {IrregularityKind.DATED_AHEAD}
    assert deadlines(ledger, Procedure(), on=on) == ()
