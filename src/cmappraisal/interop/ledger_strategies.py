"""Strategies for ledgers, with cases in every state of their life.

Needs the extra ``hypothesis``. They are among those of :mod:`cmappraisal.interop.strategies`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from types import MappingProxyType
from typing import Any, cast

from attrs import asdict, evolve, frozen

from cmappraisal.acts import Act, Merit, Violation
from cmappraisal.cases import Case, followed
from cmappraisal.entries import (
    ENTRY_KINDS,
    Acted,
    Amended,
    Appealed,
    Corrected,
    Decided,
    Dismissed,
    Entry,
    Recorded,
    Reversed,
    Reviewed,
)
from cmappraisal.interop.derived_strategies import YEAR, moments, points
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.taking_strategies import awaited, entries_about, fitting, takings
from cmappraisal.interop.violation_strategies import (
    INCIDENTS,
    MANAGERS,
    Source,
    counts_once,
    terms_of,
    violation_of,
    violations,
)
from cmappraisal.ledger import Ledger
from cmappraisal.lives import LIFE, Move, State
from cmappraisal.periods import Period
from cmappraisal.points import EXACT, in_units
from cmappraisal.policy import Policy
from cmappraisal.procedural_acts import ProceduralAct
from cmappraisal.rulebooks import Rulebook
from cmappraisal.scoring.facts import Facts
from cmappraisal.scoring.flaws import most_decided
from cmappraisal.scoring.terms import Terms
from cmappraisal.scoring.weighing import Question, has_unstated_unit
from cmappraisal.standards.editions import Editions
from cmappraisal.standards.error_points import ERROR_POINTS
from cmappraisal.takings import OF_CONSEQUENCES, Taking

with needs_extra("hypothesis", "hypothesis"):
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn, SearchStrategy


_DEFAULT = Policy()
_PAUSES = st.sampled_from([timedelta(0), timedelta(seconds=1), timedelta(1), timedelta(30)])
_REASONS = st.sampled_from(["found in review", "複核後更正"])
_BYS = st.sampled_from([None, "HR-1", "HR-2"])
MONEY = st.sampled_from([None, None, Decimal(0), Decimal("500.5")])
_EFFECTIVE = st.dates(date(2025, 1, 1), date(2026, 2, 1))
_MOMENTS = moments()
POINTS = points()


def ledgers(
    standard: Rulebook | Editions = ERROR_POINTS,
    policy: Policy = _DEFAULT,
    *,
    managers: Sequence[str] = MANAGERS,
    incidents: Sequence[str] = INCIDENTS,
    period: Period = YEAR,
    min_size: int = 0,
    max_size: int = 12,
) -> SearchStrategy[Ledger]:
    """Ledgers that a standard and a policy can score, with cases in every state of their life.

    Args:
        standard: The standard.
        policy: What is decided where the standard is silent.
        managers: Ids of relationship managers to draw from.
        incidents: Ids of incidents to draw from; some violations have none.
        period: When the violations occur.
        min_size: The fewest entries.
        max_size: The most entries.
    """
    anything = violations(
        standard,
        policy,
        ids=_ANY_ID,
        managers=managers,
        incidents=incidents,
        period=period,
    )
    days = st.dates(period.first, period.last)
    terms = terms_of(standard, policy)
    beside = {
        id: violation_of(Source(terms, st.sampled_from(tied), _ANY_ID, _NOBODY, st.none(), days))
        for id, tied in _ties_of(terms).items()
    }
    rulebook = terms[0].rulebook
    once_more = {
        id: violation_of(Source(terms, st.just(id), _ANY_ID, _NOBODY, st.none(), days))
        for id, rule in rulebook.items()
        if terms[0].again(rule) is not None
    }
    # Long ledgers more often: what happens among several violations is what there is to find.
    longer = list(range((min_size + max_size) // 2, max_size + 1))
    sizes = [*range(min_size, max_size + 1), *longer]
    company = _Company(beside, once_more)
    return _ledger(anything, company, st.sampled_from(sizes), terms)


# The ledger gives each case an id of its own, and what joins another's incident its manager.
_ANY_ID = st.just("V")
_NOBODY = st.just("RM")


def _ties_of(terms: Sequence[Terms]) -> dict[str, list[str]]:
    """For each rule those that do something to it or that it does something to, and itself.

    What is there more than once is drawn more often.
    """
    rulebook, once = terms[0].rulebook, counts_once(terms)
    residual = {rule.residual: rule.id for rule in rulebook.values() if rule.residual}
    ties: dict[str, list[str]] = {}
    for rule in rulebook.values():
        places = rulebook.places[rule.id]
        again = [rule.id] * (6 if once and has_unstated_unit(rule) else 2)
        of_part = [id for id in rulebook if rulebook.places[id] == places]
        giving_way = [residual[part] for part in places if part in residual]
        # What is of another part has nothing to do with it, and concurs with it in an incident.
        elsewhere = [id for id in rulebook if rulebook.places[id][0] != places[0]]
        others = [of_part[0], of_part[-1], *elsewhere[:1], *elsewhere[-1:]]
        ties[rule.id] = [*again, *sorted(rule.displaces) * 2, *giving_way * 2, *others]
    for rule in rulebook.values():
        for id in rule.displaces:
            ties[id] += [rule.id] * 4
        if rule.award is not None:
            # One event is honoured once, so merits of one event are what there is to find.
            ties[rule.id] = [other.id for other in rulebook.values() if other.award is not None]
    return ties


@frozen(eq=False)
class _Company:
    """What comes with a violation, by its rule.

    Args:
        beside: What joins it in its incident.
        once_more: What is the same breach once more; of rules that repetition weighs.
    """

    beside: Mapping[str, SearchStrategy[Act]]
    once_more: Mapping[str, SearchStrategy[Act]]


@st.composite
def _ledger(
    draw: DrawFn,
    anything: SearchStrategy[Act],
    company: _Company,
    sizes: SearchStrategy[int],
    terms: Sequence[Terms],
) -> Ledger:
    at = draw(_MOMENTS)
    cases: dict[str, Case] = {}
    entries: list[Entry] = []
    last: Case | None = None
    for number in range(draw(sizes)):
        at += draw(_PAUSES)
        move, case = draw(st.sampled_from(_moves(cases, terms, last)))
        by = draw(_BYS)
        if move in _STATING:
            violation = draw(_reading(anything, company, cases))
            # A violation is recorded on the day before it happened at the earliest.
            days = (violation.occurred_on, violation.found_on, violation.recorded_on)
            day = max(filter(None, days)) - timedelta(days=1)
            if at.date() < day:
                at = at.replace(year=day.year, month=day.month, day=day.day)
            if case and type(violation) is not type(case.violation):
                # What was recorded as the one stays that.
                violation = evolve(case.violation, note=violation.note)
            violation = evolve(violation, id=case.violation.id if case else f"V-{number}")
            entry: Entry = draw(_stating(move, case, violation, terms, at, by))
        elif move in (Decided, Reviewed):
            entry = move(case.violation.id, **draw(_set(case.violation, terms)), at=at, by=by)
        elif isinstance(move, ProceduralAct):
            entry = draw(_acted(move, case, at, by))
        elif move in OF_CONSEQUENCES:
            entry = draw(entries_about(move, case, terms[0].rulebook, at, by))
        else:
            about = cast("type[Reversed]", move)
            entry = about(case.violation.id, draw(_REASONS), at=at, by=by)
        cases[entry.violation_id] = last = followed(case, entry)
        entries.append(entry)
    is_salted = draw(st.sampled_from([False, False, True]))
    ledger = Ledger(_salted(entries) if is_salted else entries)
    gone = draw(st.sampled_from([None, None, None, *list(cases)[:1]]))
    return ledger if gone is None else ledger.redact(gone)


def _salted(entries: list[Entry]) -> list[Entry]:
    """The entries of a ledger, each with a salt; a test needs no secret."""
    return [
        evolve(entry, salt=sha256(str(place).encode()).digest()[:16])
        for place, entry in enumerate(entries)
    ]


_STATING = (Recorded, Amended, Corrected, ProceduralAct.PROPOSED)
"""What states the violation."""


@st.composite
def _stating(  # noqa: PLR0917 - what is stated, when it was entered and by whom
    draw: DrawFn,
    move: Move,
    case: Case | None,
    violation: Act,
    terms: Sequence[Terms],
    at: datetime,
    by: str | None,
) -> Entry:
    """Entries that state a violation."""
    if move is ProceduralAct.PROPOSED:
        on = draw(_on(at))
        return Acted(violation.id, move, on=on, violation=violation, at=at, by=by)
    if move is Recorded:
        return Recorded(violation, at=at, by=by)
    if move is Amended:
        return Amended(violation, draw(_REASONS), at=at, by=by)
    decision = None if case is None else case.decision
    # Points that were decided about another reading may be more than this one allows.
    if decision is not None and decision.points is not None:
        set_anew = draw(_set(violation, terms, points_too=True))
        return Corrected(violation, **set_anew, at=at, by=by)
    return Corrected(violation, draw(_REASONS), at=at, by=by)


def _on(at: datetime) -> SearchStrategy[date | None]:
    """The day of an act that is entered at a moment."""
    return st.sampled_from([None, at.date(), at.date() - timedelta(days=3)])


@st.composite
def _acted(draw: DrawFn, act: ProceduralAct, case: Case, at: datetime, by: str | None) -> Acted:
    """Acts that set no points."""
    reopens = act is ProceduralAct.REOPENED
    reason = draw(_REASONS if reopens else st.just("") | _REASONS)
    return Acted(case.violation.id, act, on=draw(_on(at)), reason=reason, at=at, by=by)


@st.composite
def _set(
    draw: DrawFn, violation: Act, terms: Sequence[Terms], *, points_too: bool = False
) -> dict[str, Any]:
    """What a decision about a violation sets, as every edition and every policy allows."""
    facts = Facts.of(violation)
    most = min(most_decided(Question.of(facts, each)) for each in terms)
    decided = draw(points(0, most))
    for smallest in filter(None, (each.policy.smallest_unit for each in terms)):
        whole, _ = in_units(decided, smallest)
        decided = EXACT.multiply(whole, smallest)
    money = draw(MONEY)
    maybe = st.sampled_from([None, decided, decided])
    return {
        "reason": draw(_REASONS),
        "points": decided if points_too or money is None else draw(maybe),
        "money": money,
        "effective_on": draw(st.none() | _EFFECTIVE),
    }


# Of what settles an appeal, a decision is drawn most often, for there is most to find about it; an
# act that changes nothing of what counts is drawn less often than any entry.
_OFTEN: Mapping[Move, int] = MappingProxyType(
    {
        **dict.fromkeys(ENTRY_KINDS, 4),
        Appealed: 12,
        Decided: 16,
        Reviewed: 8,
        ProceduralAct.APPEAL_WITHDRAWN: 1,
        ProceduralAct.NOTIFIED: 1,
        ProceduralAct.PROPOSED: 1,
        ProceduralAct.REOPENED: 1,
        ProceduralAct.VERIFIED: 1,
    }
)
# What is proposed is soon verified, for nothing counts before; and few cases come to a review.
_SOON: Mapping[tuple[State | None, Move], int] = MappingProxyType(
    {
        (State.PROPOSED, ProceduralAct.NOTIFIED): 4,
        (State.PROPOSED, ProceduralAct.VERIFIED): 12,
        (State.PROPOSED, Recorded): 8,
        (State.FINAL, Appealed): 24,
        (State.UNDER_REVIEW, Dismissed): 12,
        (State.UNDER_REVIEW, Reversed): 12,
        (State.REVERSED, ProceduralAct.NOTIFIED): 4,
    }
)
_FITTING: Mapping[State | None, tuple[Move, ...]] = MappingProxyType(
    {
        state: tuple(
            move
            for before, move in LIFE
            if before is state
            for _ in range(_SOON.get((state, move), _OFTEN[move]))
        )
        for state in (None, *State)
    }
)


def _moves(
    cases: Mapping[str, Case], terms: Sequence[Terms], last: Case | None
) -> list[tuple[Any, Any]]:
    """The kinds of entry that fit, each with its case; every other is a recording.

    What is waited for after the last entry is as many again, so that it comes half of the time.
    """
    rulebook = terms[0].rulebook
    moves: list[tuple[Any, Any]] = [
        (kind, case) for case in cases.values() for kind in _FITTING[case.state]
    ]
    if rulebook.consequences:
        moves += [(kind, case) for case in cases.values() for kind in fitting(case, rulebook)]
    begun = 2 + len(moves)
    moves += [(Recorded, None)] * begun
    moves += [(ProceduralAct.PROPOSED, None)] * (1 + begun // 16)
    return [*moves, *((kind, last) for kind in awaited(last, rulebook) for _ in moves)]


@st.composite
def _reading(
    draw: DrawFn,
    anything: SearchStrategy[Act],
    company: _Company,
    cases: Mapping[str, Case],
) -> Act:
    """A violation, often one that joins another in its incident, or that is the breach once more.

    Company in an incident is what displacement and concurrence are about.
    """
    upheld = [case.violation for case in cases.values() if case.is_upheld]
    together = [violation for violation in upheld if violation.incident is not None] or upheld
    other = draw(st.sampled_from([None, *together, *together]))
    if other is None:
        return draw(anything)
    if other.rule in company.once_more and draw(st.booleans()):
        return evolve(draw(company.once_more[other.rule]), manager=other.manager)
    violation = draw(company.beside[other.rule])
    return evolve(violation, manager=other.manager, incident=other.incident)


def _as_merit(violation: Act) -> Merit:
    return Merit(**asdict(violation, recurse=False))


def cases() -> SearchStrategy[Case]:
    """Cases of ledgers, in every state."""
    return ledgers(min_size=1).flatmap(lambda ledger: st.sampled_from(list(ledger.cases())))


BY_TYPE: Mapping[type, SearchStrategy[Any]] = MappingProxyType(
    {
        Violation: violations(),
        Merit: violations().map(_as_merit),
        Case: cases(),
        Taking: takings(),
    }
)
"""The strategies of those types here that their fields alone do not make."""
