"""Strategies for violations and merits that a standard and a policy can score.

Needs the extra ``hypothesis``. They are among those of :mod:`cmappraisal.interop.strategies`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property

from attrs import evolve, frozen

from cmappraisal.acts import Act, Merit, Violation
from cmappraisal.alternatives import UnstatedUnit
from cmappraisal.clauses import Clause
from cmappraisal.interop.derived_strategies import YEAR, identifiers, points
from cmappraisal.interop.extras import needs_extra
from cmappraisal.periods import Period
from cmappraisal.points import EXACT, MAXIMUM_QUANTITY, in_units
from cmappraisal.policy import Policy
from cmappraisal.rulebooks import Rulebook
from cmappraisal.rules import Referral, Rule
from cmappraisal.scoring.facts import Facts
from cmappraisal.scoring.terms import Terms
from cmappraisal.scoring.weighing import Question, has_unstated_unit
from cmappraisal.standards.editions import Editions, as_editions
from cmappraisal.standards.error_points import ERROR_POINTS

with needs_extra("hypothesis", "hypothesis"):
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn, SearchStrategy


_DEFAULT = Policy()
MANAGERS = ("RM-01", "RM-02")
"""The ids of relationship managers that are drawn where no others are given."""

INCIDENTS = ("I-1", "I-2")
"""The ids of incidents that are drawn where no others are given."""

_QUANTITIES = st.sampled_from([1, 1, 2, 3, MAXIMUM_QUANTITY]) | st.integers(1, MAXIMUM_QUANTITY)
_NOTES = st.sampled_from(["", "see the file", "詳見卷宗"])


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
    often = [*tied * 2, *unstated * (8 if counts_once(terms) else 2), *awards * 2]
    return violation_of(
        Source(
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
class Source:
    """What a violation is drawn from.

    Args:
        terms: The terms of each edition.
        rules: Ids of rules.
        ids: Ids of violations.
        managers: Ids of relationship managers.
        incidents: Ids of incidents, and None.
        days: The days on which violations occur.
    """

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
def violation_of(draw: DrawFn, source: Source) -> Act:
    """A violation, or under a rule that awards points a merit.

    Args:
        source: What it is drawn from.
    """
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


def counts_once(terms: Sequence[Terms]) -> bool:
    """Whether a rule without a unit counts once a period under any terms."""
    return any(each.policy.unstated_unit is UnstatedUnit.ONCE_A_PERIOD for each in terms)
