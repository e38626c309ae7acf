"""Weighing: which circumstances act on an amount, and what they make of it.

Of several that make a deduction heavier, the one that leaves the most points acts; of several that
make it lighter, the one that leaves the fewest. Where there are both, the heavier is chosen by what
is left after the lighter, so that a circumstance more that makes it heavier never leaves less.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, cast

from attrs import frozen

from cmappraisal.acts import Act
from cmappraisal.alternatives import Discretion, UnstatedUnit
from cmappraisal.points import EXACT, rounded_to
from cmappraisal.policy import Policy
from cmappraisal.rulebooks import Rulebook
from cmappraisal.rules import Award, Between, Deduction, Referral, Rule, Unit
from cmappraisal.scoring.facts import Facts
from cmappraisal.scoring.terms import Sourced, Terms
from cmappraisal.weights import Add, Assessed, Multiply, SetTo, Waive

_ZERO = Decimal(0)


class Fitting(NamedTuple):
    """A weight whose circumstances are recorded.

    Args:
        source: The weight, and where it stands.
        circumstances: Ids of the recorded circumstances that bring it, in the rulebook's order.
    """

    source: Sourced
    circumstances: tuple[str, ...]


@frozen(eq=False)
class Amount:
    """What is done to the amount of one violation, one stage after the other.

    Args:
        unit: The points of one unit.
        counted: The points of what is counted.
        heavier: The points after what makes them heavier.
        heavier_rounded: These, rounded to the smallest unit.
        lighter: The points after what makes them lighter.
        lighter_rounded: These, rounded to the smallest unit.
        again: The points after what repetition makes of them.
        again_rounded: These, rounded to the smallest unit.
    """

    unit: Decimal
    counted: Decimal
    heavier: Decimal
    heavier_rounded: Decimal
    lighter: Decimal
    lighter_rounded: Decimal
    again: Decimal
    again_rounded: Decimal

    @classmethod
    def of(
        cls,
        question: Question,
        heavier: Fitting | None,
        lighter: Fitting | None,
        unit: Decimal | None = None,
    ) -> Amount:
        """What one weight of each kind makes of it, from the points of one unit.

        Args:
            question: The facts, and the terms that they come under.
            heavier: What makes it heavier; None for nothing.
            lighter: What makes it lighter; None for nothing.
            unit: The points of one unit before any circumstance; None for those of the facts.
        """
        facts, policy = question.facts, question.policy
        up = heavier.source.weight if heavier else None
        down = lighter.source.weight if lighter else None
        again = question.again.weight if question.again else None
        points = question.stated_unit if unit is None else unit
        if isinstance(up, SetTo):
            points = max(points, up.points)
        if isinstance(down, SetTo):
            points = min(points, down.points)
        counted = EXACT.multiply(points, question.count)
        if question.is_discretionary and facts.assessed_points is not None and unit is None:
            counted = min(counted, facts.assessed_points)
        if isinstance(again, SetTo):
            # What is less, an assessor's amount too, is raised to it.
            points = max(points, again.points)
            counted = max(counted, EXACT.multiply(again.points, question.count))
        raised = weighed(counted, up, facts.assessed_points)
        raised_rounded = rounded(raised, policy)
        lowered = weighed(raised_rounded, down)
        lowered_rounded = rounded(lowered, policy)
        # What is waived stays so, however often it comes.
        repeated = lowered if isinstance(down, Waive) else weighed(lowered_rounded, again)
        return cls(
            points,
            counted,
            *(raised, raised_rounded),
            *(lowered, lowered_rounded),
            *(repeated, rounded(repeated, policy)),
        )


@frozen(eq=False)
class Question:
    """What the individual stages look at: the facts, and the terms that they come under.

    Args:
        facts: The facts of one act.
        recorded: The rule that it was recorded under.
        rule: The rule that applies, which another can refer to.
        terms: The terms that the facts come under.
    """

    facts: Facts
    recorded: Rule
    rule: Rule
    terms: Terms

    @classmethod
    def of(cls, facts: Facts, terms: Terms) -> Question:
        """The question that facts put whose rules are known.

        Args:
            facts: The facts of one act.
            terms: The terms that they come under.
        """
        rule = cast(Rule, applied_rule(facts, terms.rulebook))
        return cls(facts, terms.rulebook[facts.rule], rule, terms)

    @property
    def policy(self) -> Policy:
        """The policy, with what the standard answers."""
        return self.terms.policy

    @cached_property
    def heavier(self) -> tuple[Fitting, ...]:
        """What makes it heavier."""
        return tuple(_fitting_weights(self.facts, self.terms.heavier(self.rule), self.rulebook))

    @property
    def lighter(self) -> tuple[Fitting, ...]:
        """What makes it lighter, which is the doer's alone."""
        return () if self.facts.answers_as else self.lighter_for_doer

    @cached_property
    def share(self) -> Sourced | None:
        """What of it somebody else answers with; None of the doer."""
        for responsibility, id in self.terms.responsible(self.rule):
            if responsibility.role == self.facts.answers_as:
                return Sourced(responsibility.weight, "responsible", id)
        return None

    @cached_property
    def lighter_for_doer(self) -> tuple[Fitting, ...]:
        """What makes it lighter for the doer."""
        return tuple(_fitting_weights(self.facts, self.terms.lighter(self.rule), self.rulebook))

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook that governs it."""
        return self.terms.rulebook

    @cached_property
    def is_set_heavier(self) -> bool:
        """Whether the assessor's amount is that of the aggravated deduction."""
        return any(isinstance(each.source.weight, Assessed) for each in self.heavier)

    @property
    def is_discretionary(self) -> bool:
        """Whether the assessor may set the amount before anything weighs on it."""
        penalty = self.rule.penalty
        return (
            isinstance(penalty, Deduction)
            and penalty.discretionary
            and self.policy.discretion is Discretion.WITHIN_STATED
            and not self.is_set_heavier
        )

    @property
    def is_range(self) -> bool:
        """Whether the assessor sets the points of one unit, within a range."""
        penalty = self.rule.penalty
        return (
            isinstance(penalty, Deduction)
            and isinstance(penalty.points, Between)
            and not self.is_set_heavier
        )

    @cached_property
    def again(self) -> Sourced | None:
        """What repetition does to it; None where it is the first time."""
        stated = self.terms.again(self.rule)
        if stated is None:
            return None
        again, id = stated
        time = again.holding(self.facts.nth)
        return None if time is None else Sourced(time.weight, "again", id)

    @property
    def count(self) -> int:
        """How many units are counted."""
        once = has_unstated_unit(self.rule) and (
            self.policy.unstated_unit is not UnstatedUnit.PER_OCCURRENCE
        )
        return 1 if once else self.facts.quantity

    @property
    def stated_unit(self) -> Decimal:
        """The points of one unit before any circumstance."""
        penalty, award = self.rule.penalty, self.rule.award
        if not isinstance(penalty, Deduction):
            return _ZERO if award is None else award.points
        if self.is_range:
            # Facts without a fault carry the amount; others are looked at for their bounds.
            return (
                penalty.least if self.facts.assessed_points is None else self.facts.assessed_points
            )
        return penalty.least

    @property
    def stated(self) -> Decimal:
        """The points of what is counted before any circumstance."""
        return EXACT.multiply(self.stated_unit, self.count)

    @cached_property
    def chosen(self) -> tuple[Fitting | None, Fitting | None, Amount]:
        """What acts of what makes it heavier and of what makes it lighter, and what they make."""
        lightest = (
            min(
                ((up, down, Amount.of(self, up, down)) for down in self.lighter or (None,)),
                key=_left,
            )
            for up in self.heavier or (None,)
        )
        return max(lightest, key=_left)

    @property
    def assessable(self) -> tuple[Decimal, Decimal | None] | None:
        """From which amount to which an assessor can set one; None where none can be set.

        It is that of one unit within a range, and else that of the whole violation. The amount of
        an aggravated deduction has no upper bound.
        """
        penalty = self.rule.penalty
        if self.is_set_heavier:
            return self.terms.capped(self.rule, self.stated), None
        if self.is_range and isinstance(penalty, Deduction):
            return penalty.least, penalty.most
        if self.is_discretionary:
            raised = (each.source.weight for each in self.heavier)
            set_to = (weight.points for weight in raised if isinstance(weight, SetTo))
            return _ZERO, EXACT.multiply(max([self.stated_unit, *set_to]), self.count)
        return None

    @property
    def most(self) -> Decimal:
        """The most points that the rule can deduct for the facts, whatever an assessor set."""
        penalty = self.rule.penalty
        unit = penalty.most if isinstance(penalty, Deduction) else self.stated_unit
        most = max(
            min(
                Amount.of(self, heavier, lighter, unit).again_rounded
                for lighter in self.lighter or (None,)
            )
            for heavier in self.heavier or (None,)
        )
        return self.terms.capped(self.rule, most)


def _left(choice: tuple[Fitting | None, Fitting | None, Amount]) -> Decimal:
    """What is left after the lighter of two weights."""
    return choice[2].lighter_rounded


def weighed(points: Decimal, weight: object, assessed: Decimal | None = None) -> Decimal:
    """What a weight makes of points; one that sets the amount of a unit has acted before.

    Args:
        points: The points.
        weight: The weight; None for nothing.
        assessed: The points that an assessor set.
    """
    match weight:
        case Multiply(factor=factor):
            return EXACT.multiply(points, factor)
        case Add(points=added):
            return EXACT.add(points, added)
        case Waive():
            return _ZERO
        case Assessed() if assessed is not None:
            return max(points, assessed)
        case _:
            return points


def rounded(points: Decimal, policy: Policy) -> Decimal:
    """Points rounded to the smallest unit, where there is one."""
    smallest = policy.smallest_unit
    return points if smallest is None else rounded_to(points, smallest, policy.rounding)


def applied_rule(of: Facts | Act, rulebook: Rulebook) -> Rule | None:
    """The rule that facts or an act are judged by: the one referred to, or else the one recorded.

    Args:
        of: The facts, or the act.
        rulebook: The rulebook; where it does not have the rule, there is none.
    """
    recorded = rulebook.get(of.rule)
    if recorded is not None and isinstance(recorded.penalty, Referral):
        return None if of.refers_to is None else rulebook.get(of.refers_to)
    return recorded


def has_unstated_unit(rule: Rule) -> bool:
    """Whether a rule deducts or awards points without saying for each what."""
    stated = rule.penalty if rule.award is None else rule.award
    return isinstance(stated, (Award, Deduction)) and stated.unit is Unit.UNSTATED


def fitting(facts: Facts, trigger: frozenset[str], rulebook: Rulebook) -> tuple[str, ...]:
    """The recorded circumstances that are, or imply, one of those a rule asks for."""
    if not trigger or not facts.circumstances:
        return ()
    return tuple(
        circumstance.id
        for circumstance in rulebook.circumstances
        if circumstance.id in facts.circumstances
        and not trigger.isdisjoint(rulebook.implied_by((circumstance.id,)))
    )


def _fitting_weights(
    facts: Facts, weights: Mapping[str, Sourced], rulebook: Rulebook
) -> Iterator[Fitting]:
    """The weights that recorded circumstances bring, each once, in the rulebook's order."""
    if not weights or not facts.circumstances:
        return
    found: dict[Sourced, list[str]] = {}
    for circumstance in rulebook.circumstances:
        if circumstance.id in facts.circumstances:
            for source in _brought(circumstance.id, weights, rulebook):
                found.setdefault(source, []).append(circumstance.id)
    for source, circumstances in found.items():
        yield Fitting(source, tuple(circumstances))


def _brought(id: str, weights: Mapping[str, Sourced], rulebook: Rulebook) -> Sequence[Sourced]:
    """The weights of a circumstance and of those that it implies, in the rulebook's order."""
    implied = rulebook.implied_by((id,))
    return tuple(
        dict.fromkeys(
            weights[each.id]
            for each in rulebook.circumstances
            if each.id in implied and each.id in weights
        )
    )
