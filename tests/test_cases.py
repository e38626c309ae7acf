"""Cases: the whole life of one violation, against a table of its own."""

import copy
import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from typing import Any

import attrs
import pytest

from cmappraisal import (
    LIFE,
    Amended,
    Appealed,
    Case,
    Decided,
    Dismissed,
    Entry,
    FieldError,
    Ledger,
    LedgerError,
    Merit,
    Problem,
    ProblemCode,
    Recorded,
    Reversed,
    State,
    UnknownCaseError,
    Violation,
)
from cmappraisal.cases import followed, stacked

START = datetime(2025, 3, 4, tzinfo=UTC)
DAY = timedelta(days=1)
VIOLATION = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2))
VARIED = attrs.evolve(VIOLATION, rule="2.2")
NEXT: dict[str, Entry] = {
    "Recorded": Recorded(VIOLATION, at=START + 3 * DAY),
    "Amended": Amended(VARIED, "wrong rule", at=START + 3 * DAY),
    "Appealed": Appealed("V-1", "on leave", at=START + 3 * DAY),
    "Dismissed": Dismissed("V-1", "no leave", at=START + 3 * DAY),
    "Decided": Decided("V-1", "put right at once", points=6, at=START + 3 * DAY),
    "Reversed": Reversed("V-1", "no breach", at=START + 3 * DAY),
}
RECORDED = Ledger().record(VIOLATION, at=START)
APPEALED = RECORDED.appeal("V-1", at=START + DAY, grounds="on leave")
IN_STATE = {
    State.RECORDED: RECORDED,
    State.UNDER_APPEAL: APPEALED,
    State.FINAL: APPEALED.dismiss("V-1", at=START + 2 * DAY, reason="no leave"),
    State.REVERSED: RECORDED.reverse("V-1", at=START + DAY, reason="no breach"),
}
# For each state, what may come next and where it leads.
TABLE = {
    State.RECORDED: {
        "Amended": State.RECORDED,
        "Appealed": State.UNDER_APPEAL,
        "Reversed": State.REVERSED,
    },
    State.UNDER_APPEAL: {
        "Amended": State.FINAL,
        "Dismissed": State.FINAL,
        "Decided": State.FINAL,
        "Reversed": State.REVERSED,
    },
    State.FINAL: {"Reversed": State.REVERSED},
    State.REVERSED: {},
}
PAIRS = [(state, kind) for state in State for kind in NEXT]


def test_the_table_of_life_has_just_these_ways() -> None:
    ways: dict[tuple[State | None, str], State] = {(None, "Recorded"): State.RECORDED}
    for state, found in TABLE.items():
        ways |= {(state, kind): after for kind, after in found.items()}
    assert {(state, kind.__name__): after for (state, kind), after in LIFE.items()} == ways
    with pytest.raises(TypeError):
        LIFE[None, Recorded] = State.FINAL  # type: ignore[index]


@pytest.mark.parametrize(
    ("state", "kind"), [pair for pair in PAIRS if pair[1] in TABLE[pair[0]]], ids=str
)
def test_what_the_table_lists_leads_where_it_says(state: State, kind: str) -> None:
    before = IN_STATE[state]
    case = before.extend([NEXT[kind]]).case("V-1")
    assert before.case("V-1").state is state
    assert case.state is TABLE[state][kind]
    assert case.history == (*before, NEXT[kind])
    assert case.violation == (VARIED if kind == "Amended" else VIOLATION)
    assert case.is_upheld == (case.state is not State.REVERSED)
    assert case.recorded_at == START


ALLOWED = {
    State.RECORDED: "Amended, Appealed, Reversed",
    State.UNDER_APPEAL: "Amended, Dismissed, Decided, Reversed",
    State.FINAL: "Reversed",
    State.REVERSED: "nothing, record a new violation under a new id",
}


TAKEN = (
    'case "V-1" is recorded already (2025-03-04T00:00:00+00:00), so the id is taken; record '
    "another violation under another id"
)


@pytest.mark.parametrize(
    ("state", "kind"), [pair for pair in PAIRS if pair[1] not in TABLE[pair[0]]], ids=str
)
def test_what_the_table_does_not_list_is_rejected(state: State, kind: str) -> None:
    before = IN_STATE[state]
    entries = list(before)
    with pytest.raises(LedgerError) as caught:
        before.extend([NEXT[kind]])
    if kind == "Recorded":
        code, message = ProblemCode.REPEATED, TAKEN
    else:
        code = ProblemCode.DOES_NOT_FIT
        message = f'case "V-1" is {state.value}, so {kind} does not fit; allowed: {ALLOWED[state]}'
    assert caught.value.problems == (Problem("$.entries[0]", code, message),)
    assert str(caught.value) == message
    assert list(before) == entries


@pytest.mark.parametrize("kind", [kind for kind in NEXT if kind != "Recorded"])
def test_a_life_begins_with_being_recorded(kind: str) -> None:
    with pytest.raises(UnknownCaseError) as caught:
        Ledger([NEXT[kind]])
    assert str(caught.value) == (
        f'case "V-1" was never recorded, so {kind} does not fit; record the violation first'
    )


def test_a_case_is_known_as_it_was_at_any_moment() -> None:
    case = IN_STATE[State.FINAL].case("V-1")
    states = [State.RECORDED, State.UNDER_APPEAL, State.FINAL, State.FINAL]
    for day, state in enumerate(states):
        then = case.as_of(START + day * DAY)
        assert isinstance(then, Case)
        assert then.state is state
    assert case.as_of(START + 2 * DAY) is case
    assert case.as_of(START - timedelta(microseconds=1)) is None
    with pytest.raises(FieldError, match=r"Case\.as_of: moment is .*; allowed: a datetime with a"):
        case.as_of(datetime(2025, 3, 4))  # noqa: DTZ001


def test_a_case_that_was_amended_was_what_it_was_before() -> None:
    case = RECORDED.amend(VARIED, at=START + DAY, reason="wrong rule").case("V-1")
    then = case.as_of(START)
    assert then
    assert (then.violation.rule, case.violation.rule) == ("2.1", "2.2")


@pytest.mark.parametrize(
    ("moment", "known"),
    [
        (START - timedelta.resolution, 0),
        (START, 1),
        (START + DAY - timedelta.resolution, 1),
        (START + DAY, 2),
        (START + 2 * DAY - timedelta.resolution, 2),
        (START + 2 * DAY, 3),
        (START + 3 * DAY - timedelta.resolution, 3),
        (START + 3 * DAY, 4),
        (START + 300 * DAY, 4),
    ],
)
def test_a_case_is_known_up_to_exactly_the_moment_in_every_zone(
    moment: datetime, known: int
) -> None:
    whole = IN_STATE[State.FINAL].extend([NEXT["Reversed"]]).case("V-1")
    for hours in (-12, 0, 8, 14):
        then = whole.as_of(moment.astimezone(timezone(timedelta(hours=hours))))
        assert (then.history if then else ()) == whole.history[:known]


def test_of_entries_at_one_moment_all_are_known() -> None:
    case = RECORDED.appeal("V-1", at=START, grounds="on leave").case("V-1")
    assert case.as_of(START) == case
    assert case.as_of(START - timedelta.resolution) is None


def test_a_case_knows_its_last_entry_and_since_when_it_reads_as_it_does() -> None:
    case = RECORDED.amend(VARIED, at=START + DAY, reason="wrong rule").case("V-1")
    appealed = followed(case, Appealed("V-1", "on leave", at=START + 2 * DAY))
    assert (case.last.at, appealed.last.at) == (START + DAY, START + 2 * DAY)
    assert (case.stated_at, appealed.stated_at) == (START + DAY, START + DAY)
    assert (appealed.recorded_at, RECORDED.case("V-1").stated_at) == (START, START)


def test_a_case_is_made_of_its_entries_and_equal_to_one_that_grew() -> None:
    grown = IN_STATE[State.FINAL].case("V-1")
    made = Case(grown.state, grown.violation, history=list(grown.history))
    assert made == grown
    assert hash(made) == hash(grown)
    assert made.history == grown.history
    assert made != attrs.evolve(VIOLATION)
    assert made != Case(State.REVERSED, grown.violation, history=grown.history)
    for again in (pickle.loads(pickle.dumps(grown)), copy.deepcopy(grown)):
        assert again == grown


def test_a_case_reports_every_argument_that_does_not_fit() -> None:
    with pytest.raises(FieldError) as caught:
        Case("recorded", None, history=[])  # type: ignore[arg-type]
    assert [problem.path for problem in caught.value.problems] == [
        *("$.state", "$.violation", "$.history")
    ]
    for history in (None, ["V-1"], set(RECORDED)):
        with pytest.raises(FieldError, match="Case: history is"):
            Case(State.RECORDED, VIOLATION, history=history)  # type: ignore[arg-type]


def test_a_case_of_many_entries_keeps_their_order() -> None:
    case = RECORDED.case("V-1")
    entries = [Amended(VARIED, f"reason {n}", at=START + n * DAY) for n in range(1, 70)]
    for entry in entries:
        case = followed(case, entry)
    assert case.history == (*RECORDED, *entries)
    assert case.stated_at == case.last.at == START + 69 * DAY
    assert repr(case) == "<Case 'V-1': recorded, 70 entries>"
    assert repr(RECORDED.case("V-1")) == "<Case 'V-1': recorded, 1 entry>"
    middle = case.as_of(START + 30 * DAY)
    assert middle
    assert middle.history == case.history[:31]


def test_a_case_whose_entries_restate_nothing_reads_as_at_its_first() -> None:
    case = Case(State.UNDER_APPEAL, VIOLATION, history=[Appealed("V-1", "on leave", at=START)])
    assert case.stated_at == case.recorded_at == START


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"state": "recorded"}, "Case: state is 'recorded'; allowed: a State"),
        ({"violation": "V-1"}, "Case: violation is 'V-1'; allowed: a Violation or a Merit"),
        (
            {"history": []},
            "Case: history is (); allowed: a non-empty list of entries: Recorded, Amended, "
            "Appealed, Dismissed, Decided, Reversed, Taken, Served, Lifted",
        ),
    ],
    ids=["state", "violation", "history"],
)
def test_a_case_says_what_it_allows(fields: dict[str, Any], message: str) -> None:
    given = {"state": State.RECORDED, "violation": VIOLATION, "history": RECORDED, **fields}
    with pytest.raises(FieldError) as caught:
        Case(**given)
    assert str(caught.value) == message


def test_cases_that_differ_have_hashes_that_differ() -> None:
    cases = [ledger.case("V-1") for ledger in IN_STATE.values()]
    assert len({hash(case) for case in cases}) == len(cases)


def test_a_chunk_of_entries_stays_at_least_twice_as_long_as_the_next() -> None:
    chunks: tuple[tuple[Entry, ...], ...] = ()
    for _ in range(100):
        chunks = stacked(chunks, tuple(RECORDED))
        assert all(2 * len(later) <= len(earlier) for earlier, later in pairwise(chunks))


def test_a_chunk_that_is_long_enough_is_not_copied() -> None:
    [entry] = RECORDED
    long, short = (entry,) * 4, (entry,) * 2
    assert stacked((long,), short) == (long, short)
    assert stacked((long[1:],), short) == ((entry,) * 5,)


# A decision on an appeal.

DECIDED = Decided("V-1", "put right at once", points=6, at=START + 2 * DAY)


def decided(**fields: Any) -> Case:
    """The case under appeal after a decision."""
    return APPEALED.extend([attrs.evolve(DECIDED, **fields)]).case("V-1")


def test_a_decision_on_an_appeal_makes_a_case_final_and_leaves_its_violation() -> None:
    case = decided()
    assert case.state is State.FINAL
    assert case.decision is case.last
    assert case.decision == DECIDED
    assert case.violation == VIOLATION
    assert case.stated_at == START
    assert case.is_upheld


@pytest.mark.parametrize("state", State, ids=lambda state: state.value)
def test_a_case_without_a_decision_has_none(state: State) -> None:
    assert IN_STATE[state].case("V-1").decision is None


def test_an_appeal_that_was_settled_by_an_amendment_has_no_decision() -> None:
    case = APPEALED.amend(VARIED, at=START + 2 * DAY, reason="wrong rule").case("V-1")
    assert case.state is State.FINAL
    assert case.decision is None


def test_a_reversed_decision_is_one_no_longer() -> None:
    case = followed(decided(), NEXT["Reversed"])
    assert case.state is State.REVERSED
    assert case.decision is None
    known = case.as_of(START + 2 * DAY)
    assert known
    assert known.decision == DECIDED


def test_before_a_decision_was_made_there_was_none() -> None:
    then = decided(effective_on=date(2025, 6, 1)).as_of(START + DAY)
    assert then
    assert then.decision is None
    assert then.effective_on == date(2025, 3, 4)


# The days of a case.

ACT, AUDIT, REPORT, EFFECT = (date(2025, month, 1) for month in (1, 2, 3, 4))
IN_LEDGER = START.date()


@pytest.mark.parametrize(
    ("days", "recorded_on", "found_on", "effective_on"),
    [
        ({}, IN_LEDGER, IN_LEDGER, IN_LEDGER),
        ({"recorded_on": REPORT}, REPORT, REPORT, REPORT),
        ({"found_on": AUDIT}, IN_LEDGER, AUDIT, IN_LEDGER),
        ({"effective_on": EFFECT}, IN_LEDGER, IN_LEDGER, EFFECT),
        ({"found_on": AUDIT, "recorded_on": REPORT}, REPORT, AUDIT, REPORT),
        (
            {"found_on": AUDIT, "recorded_on": REPORT, "effective_on": EFFECT},
            REPORT,
            AUDIT,
            EFFECT,
        ),
        # The first day of the calendar is a day as well.
        (dict.fromkeys(["found_on", "recorded_on", "effective_on"], date.min), *[date.min] * 3),
    ],
    ids=str,
)
def test_a_day_that_is_not_given_is_the_day_of_the_recording(
    days: dict[str, date], recorded_on: date, found_on: date, effective_on: date
) -> None:
    violation = attrs.evolve(VIOLATION, occurred_on=ACT, **days)  # type: ignore[arg-type]
    case = Ledger().record(violation, at=START).case("V-1")
    assert (case.recorded_on, case.found_on, case.effective_on) == (
        recorded_on,
        found_on,
        effective_on,
    )


@pytest.mark.parametrize(
    ("hours", "day"), [(-12, date(2025, 3, 3)), (0, date(2025, 3, 4)), (14, date(2025, 3, 4))]
)
def test_the_day_of_the_recording_is_that_of_the_zone_it_was_recorded_in(
    hours: int, day: date
) -> None:
    at = START.astimezone(timezone(timedelta(hours=hours)))
    case = Ledger().record(VIOLATION, at=at).case("V-1")
    assert case.recorded_on == case.found_on == case.effective_on == day


def test_an_amendment_moves_the_days_and_not_the_recording() -> None:
    amended = attrs.evolve(VIOLATION, found_on=AUDIT)
    case = RECORDED.amend(amended, at=START + 9 * DAY, reason="the day").case("V-1")
    assert (case.recorded_on, case.found_on) == (IN_LEDGER, AUDIT)


def test_a_decision_sets_another_day_of_effect_where_it_names_one() -> None:
    violation = attrs.evolve(VIOLATION, effective_on=EFFECT)
    appealed = (
        Ledger().record(violation, at=START).appeal("V-1", at=START + DAY, grounds="on leave")
    )
    later = date(2025, 6, 1)
    for day, effective_on in ((later, later), (None, EFFECT)):
        case = appealed.extend([attrs.evolve(DECIDED, effective_on=day)]).case("V-1")
        assert case.effective_on == effective_on
        assert (case.recorded_on, case.found_on) == (IN_LEDGER, IN_LEDGER)
        struck = followed(case, NEXT["Reversed"])
        assert struck.effective_on == EFFECT


def test_a_case_of_one_kind_is_never_amended_to_another() -> None:
    at = datetime(2025, 4, 1, tzinfo=UTC)
    merit = Merit("V-1", "RM-01", rule="1", occurred_on=date(2025, 3, 3))
    case = Case(State.RECORDED, merit, history=[Recorded(merit, at=at)])
    violation = Violation("V-1", "RM-01", rule="1", occurred_on=date(2025, 3, 3))
    with pytest.raises(LedgerError) as caught:
        followed(case, Amended(violation, at=at, reason="another kind"))
    assert str(caught.value).splitlines()[-1].removeprefix("- ") == (
        'case "V-1" is of a Merit, so it cannot be amended to a Violation; '
        "reverse it, and record the other under a new id"
    )
