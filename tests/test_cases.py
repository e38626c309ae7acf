"""Cases: the whole life of one violation, against a table of its own."""

import copy
import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from typing import Any

import attrs
import pytest

from cmappraisal import (
    Acted,
    Amended,
    Appealed,
    Case,
    Corrected,
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
    Reviewed,
    State,
    UnknownCaseError,
    Violation,
)
from cmappraisal.cases import followed, replayed, stacked
from cmappraisal.decisions import decision_of
from cmappraisal.evidence import Erased
from cmappraisal.lives import name_of_move
from cmappraisal.procedure import LIFE, Decision, ProceduralAct

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
    "Reviewed": Reviewed("V-1", "first breach", points=4, at=START + 3 * DAY),
    "Corrected": Corrected(VARIED, "the wrong rule was typed", at=START + 3 * DAY),
    "Reversed": Reversed("V-1", "no breach", at=START + 3 * DAY),
    "Acted (proposed)": Acted("V-1", "proposed", violation=VIOLATION, at=START + 3 * DAY),
    "Acted (verified)": Acted("V-1", "verified", at=START + 3 * DAY),
    "Acted (notified)": Acted("V-1", "notified", at=START + 3 * DAY),
    "Acted (appeal-withdrawn)": Acted("V-1", "appeal-withdrawn", at=START + 3 * DAY),
    "Acted (reopened)": Acted("V-1", "reopened", reason="a tape", at=START + 3 * DAY),
}
RESTATING = ("Amended", "Corrected")
RECORDED = Ledger().record(VIOLATION, at=START)
APPEALED = RECORDED.appeal("V-1", at=START + DAY, grounds="on leave")
DISMISSED = APPEALED.dismiss("V-1", at=START + 2 * DAY, reason="no leave")
PROPOSED = Ledger().propose(VIOLATION, at=START)
IN_STATE = {
    State.PROPOSED: PROPOSED,
    State.RECORDED: RECORDED,
    State.UNDER_APPEAL: APPEALED,
    State.FINAL: DISMISSED,
    State.UNDER_REVIEW: DISMISSED.appeal("V-1", at=START + 2 * DAY, grounds="on leave"),
    State.REVERSED: RECORDED.reverse("V-1", at=START + DAY, reason="no breach"),
}
# For each state, what may come next and where it leads.
TABLE = {
    State.PROPOSED: {
        "Amended": State.PROPOSED,
        "Acted (notified)": State.PROPOSED,
        "Acted (verified)": State.RECORDED,
        "Recorded": State.RECORDED,
        "Reversed": State.REVERSED,
    },
    State.RECORDED: {
        "Amended": State.RECORDED,
        "Acted (verified)": State.RECORDED,
        "Acted (notified)": State.RECORDED,
        "Appealed": State.UNDER_APPEAL,
        "Reversed": State.REVERSED,
    },
    State.UNDER_APPEAL: {
        "Acted (notified)": State.UNDER_APPEAL,
        "Acted (appeal-withdrawn)": State.RECORDED,
        "Amended": State.FINAL,
        "Dismissed": State.FINAL,
        "Decided": State.FINAL,
        "Reversed": State.REVERSED,
    },
    State.FINAL: {
        "Acted (notified)": State.FINAL,
        "Corrected": State.FINAL,
        "Acted (reopened)": State.RECORDED,
        "Appealed": State.UNDER_REVIEW,
        "Reversed": State.REVERSED,
    },
    State.UNDER_REVIEW: {
        "Acted (notified)": State.UNDER_REVIEW,
        "Acted (appeal-withdrawn)": State.FINAL,
        "Amended": State.FINAL,
        "Dismissed": State.FINAL,
        "Reviewed": State.FINAL,
        "Reversed": State.REVERSED,
    },
    State.REVERSED: {"Acted (notified)": State.REVERSED},
}
BEGINNING = {(None, name_of_move(move)) for state, move in LIFE if state is None}
PAIRS = [(state, kind) for state in State for kind in NEXT]


def test_the_table_of_life_has_just_these_ways() -> None:
    ways: dict[tuple[State | None, str], State] = {
        (None, "Recorded"): State.RECORDED,
        (None, "Acted (proposed)"): State.PROPOSED,
    }
    for state, found in TABLE.items():
        ways |= {(state, kind): after for kind, after in found.items()}
    assert {(state, name_of_move(move)): after for (state, move), after in LIFE.items()} == ways
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
    assert case.violation == (VARIED if kind in RESTATING else VIOLATION)
    assert case.is_upheld == (case.state not in {State.PROPOSED, State.REVERSED})
    assert case.is_under_appeal == (case.state in {State.UNDER_APPEAL, State.UNDER_REVIEW})
    is_verified = state is State.PROPOSED and case.state is State.RECORDED
    assert case.recorded_at == (START + 3 * DAY if is_verified else START)


ALLOWED = {
    state: ", ".join(found)
    + ("; record a new violation under a new id" if state is State.REVERSED else "")
    for state, found in TABLE.items()
}


TAKEN = (
    'case "V-1" is recorded already (2025-03-04T00:00:00+00:00), so the id is taken; give '
    "another violation another id"
)


@pytest.mark.parametrize(
    ("state", "kind"), [pair for pair in PAIRS if pair[1] not in TABLE[pair[0]]], ids=str
)
def test_what_the_table_does_not_list_is_rejected(state: State, kind: str) -> None:
    before = IN_STATE[state]
    entries = list(before)
    with pytest.raises(LedgerError) as caught:
        before.extend([NEXT[kind]])
    if kind in {"Recorded", "Acted (proposed)"}:
        code, message = ProblemCode.REPEATED, TAKEN
        if state is State.PROPOSED:
            message = message.replace("recorded", "proposed")
    else:
        code = ProblemCode.DOES_NOT_FIT
        message = f'case "V-1" is {state.value}, so {kind} does not fit; allowed: {ALLOWED[state]}'
    assert caught.value.problems == (Problem("$.entries[0]", code, message),)
    assert str(caught.value) == message
    assert list(before) == entries


@pytest.mark.parametrize("kind", [kind for kind in NEXT if (None, kind) not in BEGINNING])
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
    assert made.decision is None
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


def test_a_case_is_replayed_entry_by_entry() -> None:
    case = DISMISSED.case("V-1")
    grown = [RECORDED.case("V-1"), APPEALED.case("V-1"), case]
    assert list(replayed(case)) == list(zip([None, *grown], case.history, grown, strict=False))


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
            "Appealed, Dismissed, Decided, Reviewed, Corrected, Reversed, Acted, Taken, Served, "
            "Lifted",
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


def recorded_entries() -> list[Entry]:
    return [entry for entry in RECORDED if not isinstance(entry, Erased)]


def test_a_chunk_of_entries_stays_at_least_twice_as_long_as_the_next() -> None:
    chunks: tuple[tuple[Entry, ...], ...] = ()
    for _ in range(100):
        chunks = stacked(chunks, tuple(recorded_entries()))
        assert all(2 * len(later) <= len(earlier) for earlier, later in pairwise(chunks))


def test_a_chunk_that_is_long_enough_is_not_copied() -> None:
    [entry] = recorded_entries()
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
    assert case.decision == Decision(6)
    assert case.violation == VIOLATION
    assert case.stated_at == START
    assert case.is_upheld
    assert Case(case.state, case.violation, history=case.history).decision == Decision(6)


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
    assert known.decision == Decision(6)


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


# What is only proposed.


def test_a_proposed_case_counts_nothing_until_it_is_verified() -> None:
    proposed = PROPOSED.case("V-1")
    assert (proposed.is_upheld, PROPOSED.upheld()) == (False, ())
    assert (proposed.recorded_at, proposed.stated_at) == (START, START)
    verified = PROPOSED.act("V-1", "verified", at=START + DAY, by="HR-2")
    assert verified.upheld() == (VIOLATION,)
    case = verified.case("V-1")
    assert (case.recorded_at, case.stated_at, case.recorded_on) == (
        START + DAY,
        START,
        date(2025, 3, 5),
    )
    assert case.as_of(START) == proposed


def test_a_proposed_case_can_be_recorded_as_it_then_reads() -> None:
    case = PROPOSED.record(VARIED, at=START + DAY).case("V-1")
    assert (case.violation, case.state, case.recorded_at) == (VARIED, State.RECORDED, START + DAY)
    [found] = PROPOSED.record(VARIED, at=START + DAY).for_manager("RM-01")
    assert found == case


def test_verified_again_a_case_was_recorded_when_it_first_was() -> None:
    verified = PROPOSED.act("V-1", "verified", at=START + DAY)
    again = verified.act("V-1", "verified", at=START + 2 * DAY)
    assert again.case("V-1").recorded_at == START + DAY
    assert RECORDED.act("V-1", "verified", at=START + DAY).case("V-1").recorded_at == START


def test_nothing_is_taken_of_what_is_only_proposed() -> None:
    with pytest.raises(LedgerError, match="allowed: nothing, for the case is proposed"):
        PROPOSED.take("V-1", "fine", on=START.date(), at=START)
    with pytest.raises(FieldError, match="propose: violation is 'V-1'; allowed: a Violation"):
        Ledger().propose("V-1", at=START)  # type: ignore[arg-type]


# What instances decide one after the other.


def at(day: int) -> datetime:
    return START + day * DAY


def test_a_review_changes_what_it_sets_and_leaves_the_rest() -> None:
    once = APPEALED.decide("V-1", at=at(2), reason="put right", points=6, money=50)
    case = (
        once.appeal("V-1", at=at(3), grounds="too much")
        .review("V-1", at=at(4), reason="first breach", points=4, effective_on=date(2025, 4, 1))
        .case("V-1")
    )
    assert case.state is State.FINAL
    assert case.decision == Decision(4, 50, effective_on=date(2025, 4, 1))
    assert case.effective_on == date(2025, 4, 1)
    under_review = case.as_of(at(3))
    assert under_review
    assert under_review.decision == Decision(6, 50)
    assert Case(case.state, case.violation, history=case.history) == case
    assert decision_of(case.history) == case.decision


def test_an_appeal_that_is_withdrawn_leaves_the_case_as_it_was() -> None:
    first = APPEALED.act("V-1", "appeal-withdrawn", at=at(2)).case("V-1")
    assert (first.state, first.decision) == (State.RECORDED, None)
    once = APPEALED.decide("V-1", at=at(2), reason="put right", points=6)
    second = once.appeal("V-1", at=at(3), grounds="too much")
    withdrawn = second.act("V-1", "appeal-withdrawn", at=at(4)).case("V-1")
    assert (withdrawn.state, withdrawn.decision) == (State.FINAL, Decision(6))


def test_a_correction_sets_what_was_meant() -> None:
    once = APPEALED.decide("V-1", at=at(2), reason="put right", points=6)
    case = once.correct(VARIED, at=at(3), reason="6 was typed for 4", points=4).case("V-1")
    assert (case.state, case.violation, case.decision) == (State.FINAL, VARIED, Decision(4))
    assert case.stated_at == at(3)
    bare = DISMISSED.correct(VARIED, at=at(3), reason="the rule").case("V-1")
    assert (bare.violation, bare.decision) == (VARIED, None)


def test_a_reopened_case_keeps_what_was_decided_until_it_is_restated() -> None:
    once = APPEALED.decide("V-1", at=at(2), reason="put right", points=6)
    reopened = once.act("V-1", "reopened", at=at(3), reason="a recording was found")
    assert reopened.case("V-1").state is State.RECORDED
    assert reopened.case("V-1").decision == Decision(6)
    restated = reopened.amend(VARIED, at=at(4), reason="as recorded")
    assert restated.case("V-1").decision is None


@pytest.mark.parametrize("act", ProceduralAct)
def test_an_act_is_written_by_its_name(act: ProceduralAct) -> None:
    if act is ProceduralAct.PROPOSED:
        made = Ledger().propose(VIOLATION, at=START, on=date(2025, 3, 3), by="HR-1")
    else:
        state = next(state for state, move in LIFE if move is act and state is not None)
        made = IN_STATE[state].act(
            "V-1", act, at=at(3), on=date(2025, 3, 3), reason="new", by="HR-1"
        )
    last = made.case("V-1").last
    assert isinstance(last, Acted)
    assert (last.act, last.on, last.by) == (act, date(2025, 3, 3), "HR-1")
