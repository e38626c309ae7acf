"""Takings: the life of a consequence within a case, against a table of its own."""

from datetime import UTC, date, datetime, timedelta

import pytest
from attrs import evolve

from cmappraisal import (
    Case,
    FieldError,
    Ledger,
    LedgerError,
    Lifted,
    Served,
    State,
    Taken,
    Violation,
)
from cmappraisal.procedure import TAKING_LIFE, Taking, TakingState
from cmappraisal.takings import OF_CONSEQUENCES

START = datetime(2025, 3, 4, tzinfo=UTC)
DAY = timedelta(days=1)
ON = date(2025, 4, 1)
CASE = Ledger().record(
    Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2)), at=START
)
TAKEN = Taken("V-1", "fine", on=ON, at=START + DAY)
SERVED = Served("V-1", "fine", on=date(2025, 5, 1), at=START + 2 * DAY)
LIFTED = Lifted("V-1", "fine", "no ground", at=START + 3 * DAY)
STATES: dict[TakingState | None, list[Taken | Served | Lifted]] = {
    None: [],
    TakingState.TAKEN: [TAKEN],
    TakingState.SERVED: [TAKEN, SERVED],
    TakingState.LIFTED: [TAKEN, LIFTED],
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("kind", OF_CONSEQUENCES)
def test_the_table_is_the_whole_life_of_a_consequence(
    state: TakingState | None, kind: type[Taken | Served | Lifted]
) -> None:
    ledger = CASE.extend(STATES[state])
    later: dict[type, Taken | Served | Lifted] = {Taken: TAKEN, Served: SERVED, Lifted: LIFTED}
    entry = evolve(later[kind], at=START + 9 * DAY)
    to = TAKING_LIFE.get((state, kind))
    if to is None:
        with pytest.raises(LedgerError, match="does not fit; allowed: "):
            ledger.extend([entry])
        return
    (taking,) = ledger.extend([entry]).case("V-1").takings
    assert taking.state is to


def test_what_was_taken_says_when_and_by_whom_it_is_borne() -> None:
    assert CASE.case("V-1").takings == ()
    ledger = CASE.extend([TAKEN])
    assert ledger.case("V-1").takings == (
        Taking("fine", None, state=TakingState.TAKEN, taken_on=ON, served_on=None),
    )
    ledger = ledger.take("V-1", "fine", on=ON, at=START + DAY, manager="H-1", by="HR")
    ledger = ledger.serve("V-1", "fine", on=ON, at=START + DAY, manager="H-1", by="HR")
    assert [(each.manager, each.state, each.served_on) for each in ledger.case("V-1").takings] == [
        (None, TakingState.TAKEN, None),
        ("H-1", TakingState.SERVED, ON),
    ]
    ledger = ledger.lift("V-1", "fine", reason="x", at=START + DAY, manager="H-1", by="HR")
    ledger = ledger.take("V-1", "fine", on=date(2025, 6, 1), at=START + DAY, manager="H-1")
    again = ledger.case("V-1").takings[1]
    assert (again.taken_on, again.served_on) == (date(2025, 6, 1), None)
    assert ledger.entries[-2] == Lifted("V-1", "fine", "x", at=START + DAY, manager="H-1", by="HR")


def test_nothing_is_served_before_it_was_taken() -> None:
    with pytest.raises(LedgerError) as caught:
        CASE.extend([TAKEN]).serve("V-1", "fine", on=date(2025, 3, 31), at=START + 2 * DAY)
    assert str(caught.value) == (
        'consequence "fine" of case "V-1" was taken on 2025-04-01, so it cannot be served on '
        "2025-03-31; give the right day"
    )
    served = CASE.extend([TAKEN]).serve("V-1", "fine", on=ON, at=START + 2 * DAY)
    assert served.case("V-1").takings[0].served_on == ON
    with pytest.raises(LedgerError, match=r'case "V-1" is served, so Served does not fit'):
        served.serve("V-1", "fine", on=ON, at=START + 3 * DAY)


def test_what_is_taken_once_more_comes_last() -> None:
    ledger = CASE.extend([TAKEN, LIFTED])
    ledger = ledger.take("V-1", "fine", on=ON, at=START + 4 * DAY, manager="RM-01")
    ledger = ledger.take("V-1", "fine", on=ON, at=START + 5 * DAY)
    assert [each.manager for each in ledger.case("V-1").takings] == ["RM-01", None]


def test_the_state_of_the_case_stays_as_it_is() -> None:
    appealed = CASE.appeal("V-1", at=START, grounds="x")
    decided = appealed.decide("V-1", at=START, reason="x", points=1)
    for ledger, state in ((CASE, "recorded"), (appealed, "under-appeal"), (decided, "final")):
        case = ledger.extend([TAKEN, SERVED, LIFTED]).case("V-1")
        assert case.state is State(state)
    case = decided.extend([TAKEN, SERVED]).case("V-1")
    assert case.decision is not None
    assert str(case.decision.points) == "1"
    dismissed = appealed.dismiss("V-1", at=START, reason="x").extend([TAKEN])
    assert dismissed.case("V-1").decision is None


def test_nothing_more_is_taken_in_a_case_that_was_reversed() -> None:
    struck = CASE.extend([TAKEN]).reverse("V-1", at=START + DAY, reason="x")
    with pytest.raises(LedgerError) as caught:
        struck.take("V-1", "warning", on=ON, at=START + 9 * DAY)
    assert str(caught.value) == (
        'consequence "warning" of case "V-1" is not taken, so Taken does not fit; '
        "allowed: nothing, for the case is reversed"
    )
    assert struck.extend([SERVED]).case("V-1").takings[0].state is TakingState.SERVED
    assert struck.extend([LIFTED]).case("V-1").takings[0].state is TakingState.LIFTED


def test_what_does_not_fit_names_what_does() -> None:
    with pytest.raises(LedgerError) as caught:
        CASE.extend([TAKEN, TAKEN])
    assert (
        'consequence "fine" of case "V-1" is taken, so Taken does not fit; allowed: Served, Lifted'
        in str(caught.value)
    )
    with pytest.raises(LedgerError, match='case "V-9" was never recorded, so Taken does not fit'):
        CASE.take("V-9", "fine", on=ON, at=START)


def test_a_case_made_by_hand_has_what_fits() -> None:
    made = CASE.extend([TAKEN]).case("V-1")
    early = evolve(SERVED, on=date(2025, 3, 31))
    case = Case(made.state, made.violation, history=[LIFTED, *made.history, early, TAKEN])
    assert case.takings == made.takings


def test_fields_are_checked() -> None:
    with pytest.raises(FieldError, match="on is 5; allowed: a date"):
        Taken("V-1", "fine", on=5, at=START)  # type: ignore[arg-type]
    with pytest.raises(FieldError, match="consequence is ''"):
        Served("V-1", "", on=ON, at=START)
    with pytest.raises(FieldError, match="reason is ''"):
        Lifted("V-1", "fine", "", at=START)
    with pytest.raises(FieldError, match="state is 'taken'; allowed: a TakingState"):
        Taking("fine", None, state="taken", taken_on=ON)  # type: ignore[arg-type]
