"""Strategies for ledgers: violations that can be scored, and cases in every state of their life.

Needs the extra ``hypothesis``. They are among those of :mod:`cmappraisal.interop.strategies`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any, cast

from attrs import asdict, evolve, frozen

from cmappraisal.acts import Act, Merit, Violation
from cmappraisal.alternatives import UnstatedUnit
from cmappraisal.cases import LIFE, Case, State, followed
from cmappraisal.clauses import Clause
from cmappraisal.entries import (
    ENTRY_KINDS,
    Amended,
    Appealed,
    Decided,
    Entry,
    Lifted,
    Recorded,
    Reversed,
    Served,
    Taken,
)
from cmappraisal.interop.derived_strategies import YEAR, identifiers, moments, points
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.taking_strategies import awaited, entries_about, fitting, takings
from cmappraisal.ledger import Ledger
from cmappraisal.periods import Period
from cmappraisal.points import EXACT, MAXIMUM_QUANTITY, in_units
from cmappraisal.policy import Policy
from cmappraisal.rulebooks import Rulebook
from cmappraisal.rules import Referral, Rule
from cmappraisal.scoring.facts import Facts
from cmappraisal.scoring.flaws import most_decided
from cmappraisal.scoring.terms import Terms
from cmappraisal.scoring.weighing import Question, has_unstated_unit
from cmappraisal.standards.editions import Editions, as_editions
from cmappraisal.standards.error_points import ERROR_POINTS
from cmappraisal.takings import OF_CONSEQUENCES, Taking

with needs_extra("hypothesis", "hypothesis"):
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn, SearchStrategy


_DEFAULT = Policy()
MANAGERS = ("RM-01", "RM-02")
"""The ids of relationship managers that are drawn where no others are given."""

INCIDENTS = ("I-1", "I-2")
"""The ids of incidents that are drawn where no others are given."""

_PAUSES = st.sampled_from([timedelta(0), timedelta(seconds=1), timedelta(1), timedelta(30)])
_REASONS = st.sampled_from(["found in review", "複核後更正"])
_BYS = st.sampled_from([None, "HR-1", "HR-2"])
_QUANTITIES = st.sampled_from([1, 1, 2, 3, MAXIMUM_QUANTITY]) | st.integers(1, MAXIMUM_QUANTITY)
_MONEY = st.sampled_from([None, None, Decimal(0), Decimal("500.5")])
_EFFECTIVE = st.dates(date(2025, 1, 1), date(2026, 2, 1))
_NOTES = st.sampled_from(["", "see the file", "詳見卷宗"])
_MOMENTS = moments()
_POINTS = points()


def violations(
    standard: Rulebook | Editions = ERROR_POINTS,
    policy: Policy = _DEFAULT,
    *,
    ids: SearchStrategy[str] | None = None,
    managers: Sequence[str] = MANAGERS,
    incidents: Sequence[str] = INCIDENTS,
    period: Period = YEAR,
) -> SearchStrategy[Act]:
    """Violations that a standard and a policy can score.

    Args:
        standard: The standard.
        policy: What is decided where the standard is silent.
        ids: Ids to draw from.
        managers: Ids of relationship managers to draw from.
        incidents: Ids of incidents to draw from; some violations have none.
        period: When they occur.
    """
    terms = terms_of(standard, policy)
    rulebook = terms[0].rulebook
    # Rules tied to others are few, yet do the most to one another; as do those that state no unit,
    # where they count once a period.
    tied = [rule.id for rule in rulebook.values() if rule.residual or rule.displaces]
    unstated = [rule.id for rule in rulebook.values() if has_unstated_unit(rule)]
    awards = [rule.id for rule in rulebook.values() if rule.award is not None]
    often = [*tied * 2, *unstated * (8 if _counts_once(terms) else 2), *awards * 2]
    return _violation(
        _Source(
            terms,
            st.sampled_from([*rulebook, *often]),
            identifiers() if ids is None else ids,
            st.sampled_from(managers),
            st.sampled_from([None, *incidents, *incidents]),
            st.dates(period.first, period.last),
        )
    )


def terms_of(standard: Rulebook | Editions, policy: Policy) -> tuple[Terms, ...]:
    """The terms of each edition of a standard.

    Args:
        standard: The standard.
        policy: What is decided where the standard is silent.
    """
    return tuple(Terms.of(edition, policy) for edition in as_editions(standard))


@frozen(eq=False)
class _Source:
    """What a violation is drawn from."""

    terms: tuple[Terms, ...]
    rules: SearchStrategy[str]
    ids: SearchStrategy[str]
    managers: SearchStrategy[str]
    incidents: SearchStrategy[str | None]
    days: SearchStrategy[date]

    @cached_property
    def _by_rule(self) -> dict[str, SearchStrategy[frozenset[str]]]:
        return {}

    def circumstances(self, rule_id: str) -> SearchStrategy[frozenset[str]]:
        """Few at a time, and those that the rule names most often: others have no effect."""
        known = self._by_rule.get(rule_id)
        if known is None:
            rulebook = self.terms[0].rulebook
            declared = [circumstance.id for circumstance in rulebook.circumstances]
            named = sorted(_named_by(rulebook[rule_id], rulebook))
            found: SearchStrategy[frozenset[str]] = st.just(frozenset())
            if declared:
                found = st.frozensets(st.sampled_from([*declared, *named * 4]), max_size=3)
            known = found.map(lambda ids: _without_exclusions(ids, rulebook))
            self._by_rule[rule_id] = known
        return known


def _named_by(rule: Rule, rulebook: Rulebook) -> set[str]:
    """The circumstances that a rule names, or a clause for it."""
    named = {id for triggers in rule.consequences.values() for id in triggers}
    provisions: tuple[Rule | Clause, ...] = (rule, *rulebook.clauses)
    for provision in provisions:
        named |= {*provision.aggravated_by, *provision.mitigated_by}
    return named


def _without_exclusions(ids: frozenset[str], rulebook: Rulebook) -> frozenset[str]:
    """Circumstances of which each group has one at most."""
    kept: set[str] = set()
    groups: set[str] = set()
    for circumstance in rulebook.circumstances:
        if circumstance.id in ids and circumstance.group not in groups:
            kept.add(circumstance.id)
            groups |= set() if circumstance.group is None else {circumstance.group}
    return frozenset(kept)


_LATER = st.sampled_from([None, None, None, 0, 1, 20, 200, 200])


@st.composite
def _violation(draw: DrawFn, source: _Source) -> Act:
    """A violation, or under a rule that awards points a merit."""
    terms = source.terms[0]
    recorded = terms.rulebook[draw(source.rules)]
    to = recorded.penalty.to if isinstance(recorded.penalty, Referral) else ()
    occurred_on = draw(source.days)
    found, noted, effective = draw(st.tuples(_LATER, _LATER, _LATER))
    found_on = None if found is None else occurred_on + timedelta(days=found)
    noted_on = None if noted is None else (found_on or occurred_on) + timedelta(days=noted)
    refers_to = draw(st.sampled_from(to)) if to else None
    kind: type[Act] = Violation if recorded.award is None else Merit
    bare = kind(
        draw(source.ids),
        draw(source.managers),
        rule=recorded.id,
        occurred_on=occurred_on,
        quantity=draw(_QUANTITIES),
        circumstances=draw(source.circumstances(refers_to or recorded.id)),
        incident=draw(source.incidents),
        refers_to=refers_to,
        found_on=found_on,
        recorded_on=noted_on,
        effective_on=None if effective is None else occurred_on + timedelta(days=effective),
        note=draw(_NOTES),
    )
    question = Question.of(Facts.of(bare), terms)
    if question.assessable is None:
        return bare
    lowest, highest = question.assessable
    amount = draw(points(lowest, EXACT.add(lowest, 100) if highest is None else highest))
    smallest = question.policy.smallest_unit
    if smallest is not None:
        whole, rest = in_units(amount, smallest)
        is_up = rest and EXACT.multiply(whole, smallest) < lowest
        amount = EXACT.multiply(EXACT.add(whole, 1 if is_up else 0), smallest)
    is_needed = question.is_set_heavier or question.is_range
    return evolve(bare, assessed_points=amount if is_needed or draw(st.booleans()) else None)


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
        id: _violation(_Source(terms, st.sampled_from(tied), _ANY_ID, _NOBODY, st.none(), days))
        for id, tied in _ties_of(terms).items()
    }
    rulebook = terms[0].rulebook
    once_more = {
        id: _violation(_Source(terms, st.just(id), _ANY_ID, _NOBODY, st.none(), days))
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


def _counts_once(terms: Sequence[Terms]) -> bool:
    return any(each.policy.unstated_unit is UnstatedUnit.ONCE_A_PERIOD for each in terms)


def _ties_of(terms: Sequence[Terms]) -> dict[str, list[str]]:
    """For each rule those that do something to it or that it does something to, and itself.

    What is there more than once is drawn more often.
    """
    rulebook, once = terms[0].rulebook, _counts_once(terms)
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
        kind, case = draw(st.sampled_from(_moves(cases, terms, last)))
        by = draw(_BYS)
        if kind in (Recorded, Amended):
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
            amended = Amended(violation, draw(_REASONS), at=at, by=by)
            entry: Entry = amended if case else Recorded(violation, at=at, by=by)
        elif kind is Decided:
            entry = draw(_decision(case, terms, at, by))
        elif kind in OF_CONSEQUENCES:
            entry = draw(entries_about(kind, case, terms[0].rulebook, at, by))
        else:
            about = cast("type[Reversed]", kind)
            entry = about(case.violation.id, draw(_REASONS), at=at, by=by)
        cases[entry.violation_id] = last = followed(case, entry)
        entries.append(entry)
    return Ledger(entries)


@st.composite
def _decision(
    draw: DrawFn, case: Case, terms: Sequence[Terms], at: datetime, by: str | None
) -> Decided:
    """A decision on an appeal that every edition and every policy allows."""
    facts = Facts.of(case.violation)
    most = min(most_decided(Question.of(facts, each)) for each in terms)
    decided = draw(points(0, most))
    for smallest in filter(None, (each.policy.smallest_unit for each in terms)):
        whole, _ = in_units(decided, smallest)
        decided = EXACT.multiply(whole, smallest)
    money = draw(_MONEY)
    return Decided(
        case.violation.id,
        draw(_REASONS),
        points=decided if money is None else draw(st.sampled_from([None, decided, decided])),
        money=money,
        effective_on=draw(st.none() | _EFFECTIVE),
        at=at,
        by=by,
    )


# Of what settles an appeal, a decision is drawn most often, for there is most to find about it.
_OFTEN: Mapping[type[Entry], int] = MappingProxyType({Appealed: 3, Decided: 4})
_FITTING: Mapping[State | None, tuple[type[Entry], ...]] = MappingProxyType(
    {
        state: tuple(
            kind for before, kind in LIFE if before is state for _ in range(_OFTEN.get(kind, 1))
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
    moves += [(Recorded, None)] * (2 + len(moves))
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


def entries(kind: type[Entry]) -> SearchStrategy[Entry]:
    """Entries of one kind, as they come in ledgers.

    Args:
        kind: One of the kinds of entry.
    """
    prose = st.text(min_size=1, max_size=20).filter(lambda text: bool(text.strip()))
    ids = identifiers()
    by = st.none() | ids
    if kind is Recorded:
        return st.builds(Recorded, violations(), at=moments(), by=by)
    if kind is Amended:
        return st.builds(Amended, violations(), prose, at=moments(), by=by)
    if kind in (Taken, Served):
        on = st.dates(YEAR.first, YEAR.last)
        return st.builds(kind, ids, ids, on=on, at=moments(), by=by, manager=by)
    if kind is Lifted:
        return st.builds(Lifted, ids, ids, prose, at=moments(), by=by, manager=by)
    if kind is Decided:
        days = st.none() | st.dates(YEAR.first, YEAR.last)
        set_points = _POINTS
        return st.builds(
            Decided,
            ids,
            prose,
            points=set_points,
            money=_MONEY,
            effective_on=days,
            at=moments(),
            by=by,
        )
    return st.builds(kind, ids, prose, at=moments(), by=by)


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
        Ledger: ledgers(),
        **{kind: entries(kind) for kind in ENTRY_KINDS},
    }
)
"""The strategies of those types here that their fields alone do not make."""
