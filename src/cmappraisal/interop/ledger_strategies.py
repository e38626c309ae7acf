"""Strategies for ledgers: violations that can be scored, and cases in every state of their life.

Needs the extra ``hypothesis``. They are among those of :mod:`cmappraisal.interop.strategies`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import Any, cast

from attrs import evolve, frozen

from cmappraisal.cases import LIFE, Case, State, followed
from cmappraisal.entries import Amended, Appealed, Dismissed, Entry, Recorded, Reversed
from cmappraisal.interop.derived_strategies import YEAR, identifiers, moments, points
from cmappraisal.interop.extras import needs_extra
from cmappraisal.ledger import Ledger
from cmappraisal.periods import Period
from cmappraisal.points import EXACT, MAXIMUM_QUANTITY
from cmappraisal.policy import Policy, UnstatedUnit
from cmappraisal.rulebooks import Rulebook
from cmappraisal.rules import Referral
from cmappraisal.scoring.facts import Facts
from cmappraisal.scoring.judgements import (
    applied_rule,
    has_unstated_unit,
    is_discretionary,
    sets_aggravated,
    stated_points,
)
from cmappraisal.standards.error_points import ERROR_POINTS
from cmappraisal.violations import Violation

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
_NOTES = st.sampled_from(["", "see the file", "詳見卷宗"])
_MOMENTS = moments()
_POINTS = points()


def violations(
    rulebook: Rulebook = ERROR_POINTS,
    policy: Policy = _DEFAULT,
    *,
    ids: SearchStrategy[str] | None = None,
    managers: Sequence[str] = MANAGERS,
    incidents: Sequence[str] = INCIDENTS,
    period: Period = YEAR,
) -> SearchStrategy[Violation]:
    """Violations that a rulebook and a policy can score.

    Args:
        rulebook: The standard.
        policy: What is decided where the standard is silent.
        ids: Ids to draw from.
        managers: Ids of relationship managers to draw from.
        incidents: Ids of incidents to draw from; some violations have none.
        period: When they occur.
    """
    # Rules tied to others are few, yet do the most to one another; as do those that state no unit,
    # where they count once a period.
    tied = [rule.id for rule in rulebook.values() if rule.residual or rule.displaces]
    unstated = [rule.id for rule in rulebook.values() if has_unstated_unit(rule)]
    often = [*tied * 2, *unstated * (8 if _counts_once(policy) else 2)]
    return _violation(
        _Terms(
            rulebook,
            policy,
            st.sampled_from([*rulebook, *often]),
            identifiers() if ids is None else ids,
            st.sampled_from(managers),
            st.sampled_from([None, *incidents, *incidents]),
            st.dates(period.first, period.last),
        )
    )


@frozen(eq=False)
class _Terms:
    """What a violation is drawn from."""

    rulebook: Rulebook
    policy: Policy
    rules: SearchStrategy[str]
    ids: SearchStrategy[str]
    managers: SearchStrategy[str]
    incidents: SearchStrategy[str | None]
    days: SearchStrategy[date]

    @cached_property
    def circumstances(self) -> SearchStrategy[frozenset[str]]:
        """Few at a time: under each rule most circumstances have no effect."""
        declared = [circumstance.id for circumstance in self.rulebook.circumstances]
        if not declared:
            return st.just(frozenset())
        return st.frozensets(st.sampled_from(declared), max_size=3)


@st.composite
def _violation(draw: DrawFn, terms: _Terms) -> Violation:
    rulebook, policy = terms.rulebook, terms.policy
    recorded = rulebook[draw(terms.rules)]
    to = recorded.penalty.to if isinstance(recorded.penalty, Referral) else ()
    bare = Violation(
        draw(terms.ids),
        draw(terms.managers),
        rule=recorded.id,
        occurred_on=draw(terms.days),
        quantity=draw(_QUANTITIES),
        circumstances=draw(terms.circumstances),
        incident=draw(terms.incidents),
        refers_to=draw(st.sampled_from(to)) if to else None,
        note=draw(_NOTES),
    )
    facts = Facts.of(bare)
    rule = applied_rule(facts, rulebook)
    stated = stated_points(rule, bare.quantity, policy)
    if sets_aggravated(facts, rule, rulebook, policy):
        return evolve(bare, assessed_points=EXACT.add(stated, draw(_POINTS)))
    if is_discretionary(rule, policy):
        return evolve(bare, assessed_points=draw(st.none() | points(0, stated)))
    return bare


def ledgers(
    rulebook: Rulebook = ERROR_POINTS,
    policy: Policy = _DEFAULT,
    *,
    managers: Sequence[str] = MANAGERS,
    incidents: Sequence[str] = INCIDENTS,
    period: Period = YEAR,
    min_size: int = 0,
    max_size: int = 12,
) -> SearchStrategy[Ledger]:
    """Ledgers that a rulebook and a policy can score, with cases in every state of their life.

    Args:
        rulebook: The standard.
        policy: What is decided where the standard is silent.
        managers: Ids of relationship managers to draw from.
        incidents: Ids of incidents to draw from; some violations have none.
        period: When the violations occur.
        min_size: The fewest entries.
        max_size: The most entries.
    """
    anything = violations(
        rulebook,
        policy,
        ids=_ANY_ID,
        managers=managers,
        incidents=incidents,
        period=period,
    )
    days = st.dates(period.first, period.last)
    beside = {
        id: _violation(
            _Terms(rulebook, policy, st.sampled_from(tied), _ANY_ID, _NOBODY, st.none(), days)
        )
        for id, tied in _ties_of(rulebook, policy).items()
    }
    # Long ledgers more often: what happens among several violations is what there is to find.
    sizes = [*range(min_size, max_size + 1), *range((min_size + max_size) // 2, max_size + 1)]
    return _ledger(anything, beside, st.sampled_from(sizes))


# The ledger gives each case an id of its own, and what joins another's incident its manager.
_ANY_ID = st.just("V")
_NOBODY = st.just("RM")


def _counts_once(policy: Policy) -> bool:
    return policy.unstated_unit is UnstatedUnit.ONCE_A_PERIOD


def _ties_of(rulebook: Rulebook, policy: Policy) -> dict[str, list[str]]:
    """For each rule those that do something to it or that it does something to, and itself.

    What is there more than once is drawn more often.
    """
    once = _counts_once(policy)
    ties: dict[str, list[str]] = {}
    for part in rulebook.parts:
        residual = [rule.id for rule in part.rules if rule.residual]
        for rule in part.rules:
            again = [rule.id] * (6 if once and has_unstated_unit(rule) else 2)
            others = [part.rules[0].id, part.rules[-1].id]
            ties[rule.id] = [*again, *sorted(rule.displaces) * 2, *residual * 2, *others]
    for rule in rulebook.values():
        for id in rule.displaces:
            ties[id] += [rule.id] * 4
    return ties


@st.composite
def _ledger(
    draw: DrawFn,
    anything: SearchStrategy[Violation],
    beside: Mapping[str, SearchStrategy[Violation]],
    sizes: SearchStrategy[int],
) -> Ledger:
    at = draw(_MOMENTS)
    cases: dict[str, Case] = {}
    entries: list[Entry] = []
    for number in range(draw(sizes)):
        at += draw(_PAUSES)
        kind, case = draw(st.sampled_from(_moves(cases)))
        by = draw(_BYS)
        if kind in (Recorded, Amended):
            violation = draw(_reading(anything, beside, cases))
            # A violation is recorded on the day before it happened at the earliest.
            day = violation.occurred_on - timedelta(days=1)
            if at.date() < day:
                at = at.replace(year=day.year, month=day.month, day=day.day)
            violation = evolve(violation, id=case.violation.id if case else f"V-{number}")
            amended = Amended(violation, draw(_REASONS), at=at, by=by)
            entry: Entry = amended if case else Recorded(violation, at=at, by=by)
        else:
            about = cast("type[Reversed]", kind)
            entry = about(case.violation.id, draw(_REASONS), at=at, by=by)
        cases[entry.violation_id] = followed(case, entry)
        entries.append(entry)
    return Ledger(entries)


_FITTING: Mapping[State | None, tuple[type[Entry], ...]] = MappingProxyType(
    {state: tuple(kind for before, kind in LIFE if before is state) for state in (None, *State)}
)


def _moves(cases: Mapping[str, Case]) -> list[tuple[Any, Any]]:
    """The kinds of entry that fit, each with its case; every other is a recording."""
    moves = [(kind, case) for case in cases.values() for kind in _FITTING[case.state]]
    return [*[(Recorded, None)] * (2 + len(moves)), *moves]


@st.composite
def _reading(
    draw: DrawFn,
    anything: SearchStrategy[Violation],
    beside: Mapping[str, SearchStrategy[Violation]],
    cases: Mapping[str, Case],
) -> Violation:
    """A violation, often one that joins another in its incident.

    Company in an incident is what displacement and concurrence are about.
    """
    upheld = [case.violation for case in cases.values() if case.is_upheld]
    together = [violation for violation in upheld if violation.incident is not None] or upheld
    company = draw(st.sampled_from([None, *together, *together]))
    if company is None:
        return draw(anything)
    violation = draw(beside[company.rule])
    return evolve(violation, manager=company.manager, incident=company.incident)


def entries(kind: type[Entry]) -> SearchStrategy[Entry]:
    """Entries of one kind, as they come in ledgers.

    Args:
        kind: Recorded, Amended, Appealed, Dismissed or Reversed.
    """
    prose = st.text(min_size=1, max_size=20).filter(lambda text: bool(text.strip()))
    ids = identifiers()
    by = st.none() | ids
    if kind is Recorded:
        return st.builds(Recorded, violations(), at=moments(), by=by)
    if kind is Amended:
        return st.builds(Amended, violations(), prose, at=moments(), by=by)
    return st.builds(kind, ids, prose, at=moments(), by=by)


def cases() -> SearchStrategy[Case]:
    """Cases of ledgers, in every state."""
    return ledgers(min_size=1).flatmap(lambda ledger: st.sampled_from(list(ledger.cases())))


BY_TYPE: Mapping[type, SearchStrategy[Any]] = MappingProxyType(
    {
        Violation: violations(),
        Case: cases(),
        Ledger: ledgers(),
        **{kind: entries(kind) for kind in (Recorded, Amended, Appealed, Dismissed, Reversed)},
    }
)
"""The strategies of those types here that their fields alone do not make."""
