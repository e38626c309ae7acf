"""Terms: what one edition of a standard and the policy say together about an act.

What a clause states comes before the policy that the edition has of its own for judging one act,
and that before the policy that scoring is given.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

import attrs
from attrs import frozen

from cmappraisal.balances import Balance, CleanTime
from cmappraisal.caps import Cap, Counted, Over
from cmappraisal.clauses import Clause, Limitation
from cmappraisal.policy import Assumption, Policy, judges_one_act
from cmappraisal.provisions import Provision
from cmappraisal.repetition import Again
from cmappraisal.responsibilities import Responsibility
from cmappraisal.rulebooks import Rulebook
from cmappraisal.rules import Deduction, Rule
from cmappraisal.scoring.steps import Reason
from cmappraisal.standards.editions import Edition


class Sourced(NamedTuple):
    """A weight, and where it stands.

    Args:
        weight: The weight.
        read: The field that states it.
        id: The id of the rule or clause whose field that is; None where it is the policy's.
    """

    weight: Any
    read: str
    id: str | None


@frozen(eq=False)
class Terms:
    """An edition's rulebook, and the policy with what its clauses answer.

    Args:
        edition: The edition.
        policy: The policy, with the answers of clauses and of the edition's own policy.
    """

    edition: Edition
    policy: Policy

    @classmethod
    def of(cls, edition: Edition, policy: Policy) -> Terms:
        """The terms of an edition under the policy that scoring is given.

        Args:
            edition: The edition.
            policy: The policy that scoring is given.
        """
        own = edition.policy
        if own is not None:
            judging = {
                name: getattr(own, name)
                for name in attrs.fields_dict(Policy)
                if judges_one_act(name)
            }
            policy = attrs.evolve(policy, **judging)
        return cls(edition, edition.rulebook.stated(policy))

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook of the edition."""
        return self.edition.rulebook

    @cached_property
    def _reasons(self) -> dict[tuple[str | None, str], Reason]:
        return {}

    def reason(self, id: str | None, read: str) -> Reason:
        """What was read: a field of a rule or clause, or of the policy, made once for all lines.

        Args:
            id: The id of the rule or clause; None for the policy.
            read: The name of the field.
        """
        known = self._reasons.get((id, read))
        if known is None:
            known = self._reasons[id, read] = self._made(id, read)
        return known

    def _made(self, id: str | None, read: str) -> Reason:
        if id is not None:
            return Provision(id, read, edition=self.rulebook.edition)
        if read in self.rulebook.answers:
            return self.rulebook.answers[read]
        has_own = self.edition.policy is not None and judges_one_act(read)
        return Assumption(read, edition=self.rulebook.edition if has_own else None)

    @cached_property
    def _weights(self) -> dict[tuple[str, str], Mapping[str, Sourced]]:
        return {}

    @cached_property
    def _aggravation(self) -> Sourced:
        return Sourced(self.policy.aggravation, "aggravation", None)

    @cached_property
    def _mitigation(self) -> Sourced:
        return Sourced(self.policy.mitigation, "mitigation", None)

    def heavier(self, rule: Rule) -> Mapping[str, Sourced]:
        """What makes a deduction heavier, by the circumstance.

        Args:
            rule: The rule that applies.
        """
        return self._by_circumstance(rule, "aggravated_by", self._aggravation)

    def lighter(self, rule: Rule) -> Mapping[str, Sourced]:
        """What makes a deduction lighter, by the circumstance.

        Args:
            rule: The rule that applies.
        """
        return self._by_circumstance(rule, "mitigated_by", self._mitigation)

    def _by_circumstance(self, rule: Rule, name: str, of_policy: Sourced) -> Mapping[str, Sourced]:
        known = self._weights.get((rule.id, name))
        if known is None:
            # A clause makes deductions heavier or lighter; without one there is nothing to weigh.
            deducts = isinstance(rule.penalty, Deduction)
            provisions: tuple[Clause | Rule, ...] = (
                (*self.rulebook.clauses, rule) if deducts else ()
            )
            known = self._weights[rule.id, name] = {
                circumstance: of_policy if weight is None else Sourced(weight, name, of.id)
                # A rule's own entry wins over that of a clause.
                for of in provisions
                for circumstance, weight in getattr(of, name).items()
            }
        return known

    def again(self, rule: Rule) -> tuple[Again, str] | None:
        """What repetition weighs, with the id of the rule or clause that states it.

        Args:
            rule: The rule that applies.
        """
        of = self._stating(rule, "again")
        return None if of is None or of.again is None else (of.again, of.id)

    def responsible(self, rule: Rule) -> tuple[tuple[Responsibility, str], ...]:
        """Who answers with the doer, each with the id of the rule or clause that states it.

        Args:
            rule: The rule that applies.
        """
        of = self._stating(rule, "responsible")
        return () if of is None else tuple((each, of.id) for each in of.responsible)

    def _stating(self, rule: Rule, name: str) -> Rule | Clause | None:
        """What states something of a deduction: the rule itself, or else the first clause."""
        if not isinstance(rule.penalty, Deduction):
            return None
        provisions: tuple[Clause | Rule, ...] = (rule, *self.rulebook.clauses)
        return next((of for of in provisions if getattr(of, name)), None)

    def cap(self, rule: Rule) -> tuple[Cap, str] | None:
        """The most that one violation deducts, with the id of the rule or clause that states it.

        Args:
            rule: The rule that applies.
        """
        if rule.cap is not None:
            return rule.cap, rule.id
        return self.cap_over(Over.VIOLATION, of=rule.counted)

    def cap_over(
        self, over: Over, part: str | None = None, *, of: Counted
    ) -> tuple[Cap, str] | None:
        """The most that several violations deduct together, with the id of the clause.

        Args:
            over: What is bounded together.
            part: Over a part: its id; None for what holds for each of the outermost.
            of: Whether deductions are bounded, or awards.
        """
        for clause in self.rulebook.clauses:
            cap = clause.cap
            if cap is not None and (cap.over, cap.part, cap.of) == (over, part, of):
                return cap, clause.id
        return None

    def capped(self, rule: Rule, points: Decimal) -> Decimal:
        """Points, or the most that one violation of a rule deducts where that is less.

        Args:
            rule: The rule that applies.
            points: The points before the cap.
        """
        stated = self.cap(rule)
        return points if stated is None else min(points, stated[0].points)

    @cached_property
    def limitation(self) -> tuple[Limitation, str] | None:
        """The time limit, with the id of the clause that states it."""
        return self._stated("limitation")

    @cached_property
    def balance(self) -> tuple[Balance, str] | None:
        """How points are counted over time, with the id of the clause that states it."""
        return self._stated("balance")

    @cached_property
    def clean_time(self) -> tuple[CleanTime, str] | None:
        """What is awarded for clean time, with the id of the clause that states it."""
        return self._stated("clean_time")

    def _stated(self, name: str) -> tuple[Any, str] | None:
        """What the first clause that states something says of it, with the id of that clause."""
        return next(
            (
                (getattr(clause, name), clause.id)
                for clause in self.rulebook.clauses
                if getattr(clause, name) is not None
            ),
            None,
        )


def latest_of(terms: Mapping[str, Terms], used: Container[str]) -> Terms:
    """The terms of the latest edition among those that are used.

    Args:
        terms: The terms of each edition, by its name, in the order of the editions.
        used: The names of editions, of one at least.
    """
    return [of for name, of in terms.items() if name in used][-1]
