"""Judgements: what one violation deducts individually, before others are looked at.

A judgement depends on nothing but the facts, the rulebook and the policy. *Uphold* asks whether a
violation under appeal counts, *resolve* replaces a rule that refers by the rule it refers to,
*quantify* counts the stated points, *aggravate* and *revoke* read the circumstances. Which stages
there are, :mod:`cmappraisal.scoring.stages` says.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from decimal import Decimal
from typing import cast

from attrs import field, frozen

from cmappraisal.errors import Problem, ProblemCode
from cmappraisal.fields import did_you_mean
from cmappraisal.points import EXACT, plain
from cmappraisal.policy import Discretion, PendingAppeals, Policy, UnstatedUnit
from cmappraisal.rulebooks import Rulebook
from cmappraisal.rules import Deduction, Referral, Revocation, Rule, Unit
from cmappraisal.scoring.facts import Facts
from cmappraisal.scoring.moves import Move
from cmappraisal.scoring.steps import Effect, Stage, Step
from cmappraisal.weights import Add, Aggravation, Assessed, Multiply

_ZERO = Decimal(0)


@frozen
class Judgement:
    """What one violation deducts individually, and how that came about.

    Args:
        rule: The rule applied.
        rank: The place of the rule applied in the order of the standard, from 0.
        part: The number of the part that the rule applied stands in.
        points: What it deducts, in error points.
        revokes: Whether it revokes the qualification.
        suspended: Whether an open appeal keeps it from counting.
        ties: By stage, what ties it to other violations of the period: those with an equal tie are
            settled together. Most have none.
        steps: How the points came about, in order.
    """

    rule: Rule
    rank: int = field(kw_only=True)
    part: int = field(kw_only=True)
    points: Decimal = field(kw_only=True)
    revokes: bool = field(kw_only=True)
    suspended: bool = field(kw_only=True)
    ties: Mapping[Stage, Hashable] = field(kw_only=True)
    steps: tuple[Step, ...] = field(kw_only=True)

    @property
    def deducts(self) -> bool:
        """Whether the rule applied deducts points of its own."""
        return isinstance(self.rule.penalty, Deduction)


@frozen
class Question:
    """What the individual stages look at: the facts, and the rules that they come under."""

    facts: Facts
    recorded: Rule
    rule: Rule
    rulebook: Rulebook
    policy: Policy

    @classmethod
    def of(cls, facts: Facts, rulebook: Rulebook, policy: Policy) -> Question:
        """The question that facts without a fault put."""
        recorded, rule = rulebook[facts.rule], applied_rule(facts, rulebook)
        return cls(facts, recorded, rule, rulebook, policy)

    @property
    def is_suspended(self) -> bool:
        """Whether an open appeal keeps the violation from counting."""
        return self.facts.under_appeal and self.policy.pending_appeals is PendingAppeals.SUSPEND


# The individual stages.


def uphold(question: Question, points: Decimal) -> Iterator[Move]:
    """A violation under appeal counts, or it does not."""
    if question.facts.under_appeal:
        effect = Effect.APPEAL_SUSPENDS if question.is_suspended else Effect.APPEAL_COUNTS
        yield Move(effect, _ZERO, "pending_appeals")


def resolve(question: Question, points: Decimal) -> Iterator[Move]:
    """A rule that refers gives way to the rule it refers to."""
    if question.recorded is not question.rule:
        yield Move(Effect.REFERRED, _ZERO, "penalty", question.recorded.id)


def quantify(question: Question, points: Decimal) -> Iterator[Move]:
    """The stated points times what is counted, or what the assessor set within them."""
    facts, rule, policy = question.facts, question.rule, question.policy
    stated = stated_points(rule, facts.quantity, policy)
    if isinstance(rule.penalty, Revocation):
        yield Move(Effect.NO_POINTS, _ZERO, "penalty", rule.id)
    elif has_unstated_unit(rule):
        yield Move(Effect.UNIT_ASSUMED, stated, "unstated_unit")
    else:
        yield Move(Effect.STATED, stated, "penalty", rule.id)
    if (
        facts.assessed_points is not None
        and is_discretionary(rule, policy)
        and not sets_aggravated(facts, rule, question.rulebook, policy)
    ):
        yield Move(Effect.ASSESSED, EXACT.subtract(facts.assessed_points, stated), "discretion")


def aggravate(question: Question, points: Decimal) -> Iterator[Move]:
    """Circumstances make a deduction heavier, once however many fit; others have no effect."""
    facts, rule, rulebook = question.facts, question.rule, question.rulebook
    fitting = _fitting(facts, rule.aggravated_by, rulebook)
    if fitting:
        heavier = _heavier(points, facts.assessed_points, question.policy.aggravation)
        change = EXACT.subtract(heavier, points)
        yield Move(Effect.AGGRAVATED, change, "aggravation", circumstances=fitting)
    asked = _fitting(facts, rule.aggravated_by | rule.revoked_by, rulebook)
    idle = tuple(
        circumstance.id
        for circumstance in rulebook.circumstances
        if circumstance.id in facts.circumstances and circumstance.id not in asked
    )
    if idle:
        yield Move(Effect.NO_EFFECT, _ZERO, "aggravated_by", rule.id, circumstances=idle)


def _heavier(points: Decimal, assessed: Decimal | None, aggravation: Aggravation) -> Decimal:
    match aggravation:
        case Multiply(factor=factor):
            return EXACT.multiply(points, factor)
        case Add(points=added):
            return EXACT.add(points, added)
        case _:
            return cast(Decimal, assessed)


def revoke(question: Question, points: Decimal) -> Iterator[Move]:
    """The rule, or circumstances, revoke the qualification."""
    rule = question.rule
    if isinstance(rule.penalty, Revocation):
        yield Move(Effect.REVOKED_OUTRIGHT, _ZERO, "penalty", rule.id)
    elif fitting := _fitting(question.facts, rule.revoked_by, question.rulebook):
        yield Move(Effect.REVOKED, _ZERO, "revoked_by", rule.id, circumstances=fitting)


def once_a_period_tie(question: Question) -> str | None:
    """The rule of a deduction that counts once a period; None for any other."""
    once = question.policy.unstated_unit is UnstatedUnit.ONCE_A_PERIOD
    return question.rule.id if once and has_unstated_unit(question.rule) else None


# What the stages and the strategies ask about facts.


def applied_rule(facts: Facts, rulebook: Rulebook) -> Rule:
    """The rule that facts are judged by: the one they refer to, or else the one recorded."""
    recorded = rulebook[facts.rule]
    if isinstance(recorded.penalty, Referral):
        return rulebook[cast(str, facts.refers_to)]
    return recorded


def has_unstated_unit(rule: Rule) -> bool:
    """Whether a rule deducts points without saying for each what."""
    return isinstance(rule.penalty, Deduction) and rule.penalty.unit is Unit.UNSTATED


def stated_points(rule: Rule, quantity: int, policy: Policy) -> Decimal:
    """The stated points for what is counted: a deduction's points times its units."""
    if not isinstance(rule.penalty, Deduction):
        return _ZERO
    once = has_unstated_unit(rule) and policy.unstated_unit is not UnstatedUnit.PER_OCCURRENCE
    return EXACT.multiply(rule.penalty.points, 1 if once else quantity)


def is_discretionary(rule: Rule, policy: Policy) -> bool:
    """Whether the assessor may set the amount of a rule that is not aggravated."""
    return (
        isinstance(rule.penalty, Deduction)
        and rule.penalty.discretionary
        and policy.discretion is Discretion.WITHIN_STATED
    )


def sets_aggravated(facts: Facts, rule: Rule, rulebook: Rulebook, policy: Policy) -> bool:
    """Whether the assessor's amount is that of the aggravated deduction."""
    return isinstance(policy.aggravation, Assessed) and bool(
        _fitting(facts, rule.aggravated_by, rulebook)
    )


def _fitting(facts: Facts, trigger: frozenset[str], rulebook: Rulebook) -> tuple[str, ...]:
    """The recorded circumstances that are, or imply, one of those a rule asks for."""
    if not trigger or not facts.circumstances:
        return ()
    return tuple(
        circumstance.id
        for circumstance in rulebook.circumstances
        if circumstance.id in facts.circumstances
        and not trigger.isdisjoint(rulebook.implied_by((circumstance.id,)))
    )


# What keeps facts from being judged.


def problems_of(
    facts: Facts, rulebook: Rulebook, policy: Policy, *, remedies: bool = True
) -> Iterator[Problem]:
    """Everything that keeps facts from being judged, each with its remedy, which costs a search."""
    declared = [circumstance.id for circumstance in rulebook.circumstances]
    unknown = sorted(facts.circumstances.difference(declared))
    for id in unknown:
        remedy = did_you_mean(id, declared) if remedies else ""
        yield Problem(
            "$.circumstances",
            ProblemCode.UNKNOWN_ID,
            f'circumstance "{id}" is not in rulebook "{rulebook}"'
            f"{remedy or '; allowed: ' + (', '.join(declared) or 'none')}",
        )
    if facts.rule not in rulebook:
        remedy = did_you_mean(facts.rule, rulebook) if remedies else ""
        yield Problem(
            "$.rule",
            ProblemCode.UNKNOWN_ID,
            f'rule "{facts.rule}" is not in rulebook "{rulebook}"'
            f"{remedy or '; name a rule of that rulebook'}",
        )
        return
    of_referral = _problem_of_referral(facts, rulebook[facts.rule])
    if of_referral is not None:
        yield of_referral
    elif not unknown:
        of_amount = _problem_of_amount(facts, applied_rule(facts, rulebook), rulebook, policy)
        if of_amount is not None:
            yield of_amount


def _problem_of_referral(facts: Facts, recorded: Rule) -> Problem | None:
    if isinstance(recorded.penalty, Referral):
        to = recorded.penalty.to
        if facts.refers_to in to:
            return None
        is_missing = facts.refers_to is None
        given = "missing" if is_missing else f'"{facts.refers_to}"'
        return Problem(
            "$.refers_to",
            ProblemCode.MISSING if is_missing else ProblemCode.NOT_ALLOWED,
            f"refers_to is {given}, but rule "
            f'"{recorded.id}" refers to another rule; name the one that applies: {", ".join(to)}',
        )
    if facts.refers_to is None:
        return None
    return Problem(
        "$.refers_to",
        ProblemCode.WITHOUT_EFFECT,
        f'refers_to is "{facts.refers_to}", but rule "{recorded.id}" refers to no other '
        "rule; leave refers_to out, or record the violation under a rule that refers",
    )


def _problem_of_amount(
    facts: Facts, rule: Rule, rulebook: Rulebook, policy: Policy
) -> Problem | None:
    amount = facts.assessed_points
    stated = stated_points(rule, facts.quantity, policy)
    sets_heavier = sets_aggravated(facts, rule, rulebook, policy)
    if amount is None:
        if not sets_heavier:
            return None
        code = ProblemCode.MISSING
        message = (
            f'assessed_points is missing, but rule "{rule.id}" is aggravated here and the policy '
            f"takes the assessor's amount (aggravation); give at least {plain(stated)} points"
        )
    elif sets_heavier and amount < stated:
        code = ProblemCode.NOT_ALLOWED
        message = (
            f"assessed_points is {plain(amount)}, below the points unaggravated; "
            f"give at least {plain(stated)} points"
        )
    elif sets_heavier:
        return None
    elif not is_discretionary(rule, policy):
        code = ProblemCode.WITHOUT_EFFECT
        message = (
            f'assessed_points is {plain(amount)}, but neither rule "{rule.id}" nor the policy '
            "(aggravation, discretion) leaves a choice here; leave assessed_points out"
        )
    elif amount > stated:
        code = ProblemCode.NOT_ALLOWED
        message = (
            f'assessed_points is {plain(amount)}, above what rule "{rule.id}" states for this '
            f"quantity; give 0 to {plain(stated)} points"
        )
    else:
        return None
    return Problem("$.assessed_points", code, message)
