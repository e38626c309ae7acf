"""Judgements: what one violation costs on its own, before others are looked at.

*Resolve* replaces a rule that refers by the rule it refers to, *quantify* counts the stated points,
*aggravate* and *revoke* read the circumstances. A judgement depends on nothing but what the
violation says, whether it is under appeal, the rulebook and the policy.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias, cast

from attrs import field, frozen

from cmappraisal.fields import did_you_mean
from cmappraisal.points import EXACT, canonical, plain
from cmappraisal.policy import (
    Add,
    Aggravation,
    Assessed,
    Assumption,
    Discretion,
    Multiply,
    PendingAppeals,
    Policy,
    UnstatedUnit,
)
from cmappraisal.rules import (
    Circumstance,
    Deduction,
    Provision,
    Referral,
    Revocation,
    Rule,
    Rulebook,
    Unit,
)
from cmappraisal.scoring.steps import Effect, Reason, Stage, Step
from cmappraisal.violations import Violation

_ZERO = Decimal(0)


@frozen
class Judgement:
    """What one violation costs on its own, and how that came about.

    Args:
        rule: The rule applied.
        referred_from: The rule it was recorded under, where that rule refers to the one applied.
        rank: The place of the rule applied in the order of the standard, from 0.
        part: The number of the part that the rule applied stands in.
        points: What it costs, in error points.
        revokes: Whether it revokes the qualification.
        suspended: Whether an open appeal keeps it from counting.
        once_a_period: Whether the rule applied counts once a period.
        steps: How the points came about, in order.
    """

    rule: Rule
    referred_from: Rule | None
    rank: int = field(kw_only=True)
    part: int = field(kw_only=True)
    points: Decimal = field(kw_only=True)
    revokes: bool = field(kw_only=True)
    suspended: bool = field(kw_only=True)
    once_a_period: bool = field(kw_only=True)
    steps: tuple[Step, ...] = field(kw_only=True)


def faults_of(violation: Violation, rulebook: Rulebook, policy: Policy) -> Iterator[str]:
    """Everything that keeps a violation from being scored, each with its remedy."""
    declared = [circumstance.id for circumstance in rulebook.circumstances]
    for id in sorted(violation.circumstances.difference(declared)):
        yield (
            f'circumstance "{id}" is not in rulebook "{rulebook}"'
            f"{did_you_mean(id, declared) or '; allowed: ' + (', '.join(declared) or 'none')}"
        )
    if violation.rule not in rulebook:
        remedy = did_you_mean(violation.rule, rulebook)
        yield (
            f'rule "{violation.rule}" is not in rulebook "{rulebook}"'
            f"{remedy or '; name a rule of that rulebook'}"
        )
        return
    recorded = rulebook[violation.rule]
    if isinstance(recorded.penalty, Referral):
        to = recorded.penalty.to
        if violation.refers_to not in to:
            given = "missing" if violation.refers_to is None else f'"{violation.refers_to}"'
            yield (
                f'refers_to is {given}, but rule "{recorded.id}" refers to another rule; '
                f"name the one that applies: {', '.join(to)}"
            )
            return
    elif violation.refers_to is not None:
        yield (
            f'refers_to is "{violation.refers_to}", but rule "{recorded.id}" refers to no other '
            "rule; leave refers_to out, or record the violation under a rule that refers"
        )
        return
    if violation.circumstances.issubset(declared):
        yield from _faults_of_amount(violation, applied_rule(violation, rulebook), rulebook, policy)


def _faults_of_amount(
    violation: Violation, rule: Rule, rulebook: Rulebook, policy: Policy
) -> Iterator[str]:
    amount = violation.assessed_points
    stated = stated_points(rule, violation.quantity, policy)
    sets_heavier = sets_aggravated(violation, rule, rulebook, policy)
    if sets_heavier and amount is None:
        yield (
            f'assessed_points is missing, but rule "{rule.id}" is aggravated here and the policy '
            f"takes the assessor's amount (aggravation); give at least {plain(stated)} points"
        )
    elif sets_heavier and amount is not None and amount < stated:
        yield (
            f"assessed_points is {plain(amount)}, below the points unaggravated; "
            f"give at least {plain(stated)} points"
        )
    elif amount is not None and not sets_heavier:
        if not is_discretionary(rule, policy):
            yield (
                f'assessed_points is {plain(amount)}, but neither rule "{rule.id}" nor the policy '
                "(aggravation, discretion) leaves a choice here; leave assessed_points out"
            )
        elif amount > stated:
            yield (
                f'assessed_points is {plain(amount)}, above what rule "{rule.id}" states for this '
                f"quantity; give 0 to {plain(stated)} points"
            )


def applied_rule(violation: Violation, rulebook: Rulebook) -> Rule:
    """The rule that a violation is judged by: the one it refers to, or else its own."""
    recorded = rulebook[violation.rule]
    if isinstance(recorded.penalty, Referral):
        return rulebook[cast(str, violation.refers_to)]
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


def sets_aggravated(violation: Violation, rule: Rule, rulebook: Rulebook, policy: Policy) -> bool:
    """Whether the assessor's amount is that of the aggravated deduction."""
    return isinstance(policy.aggravation, Assessed) and bool(
        _fitting(violation, rule.aggravated_by, rulebook)
    )


def _fitting(
    violation: Violation, trigger: frozenset[str], rulebook: Rulebook
) -> tuple[Circumstance, ...]:
    """The recorded circumstances that are, or imply, one of those a rule asks for."""
    if not trigger or not violation.circumstances:
        return ()
    return tuple(
        circumstance
        for circumstance in rulebook.circumstances
        if circumstance.id in violation.circumstances
        and not trigger.isdisjoint(rulebook.implied_by((circumstance.id,)))
    )


@frozen
class _Finding:
    """What the stages look at."""

    violation: Violation
    appealed: bool
    recorded: Rule
    rule: Rule
    rulebook: Rulebook
    policy: Policy

    def provision(self, name: str, rule: Rule | None = None) -> Provision:
        return Provision.of(self.rulebook, (rule or self.rule).id, name)


_Move: TypeAlias = tuple[Effect, Decimal, Reason, tuple[Circumstance, ...]]
"""What a stage does to the points: the effect, the change, the reason, the circumstances read."""


def _stand(finding: _Finding, points: Decimal) -> Iterator[_Move]:
    if finding.appealed:
        pending = finding.policy.pending_appeals
        counts = pending is PendingAppeals.COUNT
        effect = Effect.APPEAL_COUNTS if counts else Effect.APPEAL_SUSPENDS
        yield effect, _ZERO, Assumption("pending_appeals", pending), ()


def _resolve(finding: _Finding, points: Decimal) -> Iterator[_Move]:
    if finding.recorded is not finding.rule:
        yield Effect.REFERRED, _ZERO, finding.provision("penalty", finding.recorded), ()


def _quantify(finding: _Finding, points: Decimal) -> Iterator[_Move]:
    violation, rule, policy = finding.violation, finding.rule, finding.policy
    stated = stated_points(rule, violation.quantity, policy)
    if isinstance(rule.penalty, Revocation):
        yield Effect.NO_POINTS, _ZERO, finding.provision("penalty"), ()
    elif has_unstated_unit(rule):
        yield Effect.UNIT_ASSUMED, stated, Assumption("unstated_unit", policy.unstated_unit), ()
    else:
        yield Effect.STATED, stated, finding.provision("penalty"), ()
    if (
        violation.assessed_points is not None
        and is_discretionary(rule, policy)
        and not sets_aggravated(violation, rule, finding.rulebook, policy)
    ):
        change = violation.assessed_points - stated
        yield Effect.ASSESSED, change, Assumption("discretion", policy.discretion), ()


def _aggravate(finding: _Finding, points: Decimal) -> Iterator[_Move]:
    violation, rule, rulebook = finding.violation, finding.rule, finding.rulebook
    aggravation = finding.policy.aggravation
    fitting = _fitting(violation, rule.aggravated_by, rulebook)
    if fitting:
        change = _heavier(points, violation.assessed_points, aggravation) - points
        yield Effect.AGGRAVATED, change, Assumption("aggravation", aggravation), fitting
    asked = _fitting(violation, rule.aggravated_by | rule.revoked_by, rulebook)
    idle = tuple(
        circumstance
        for circumstance in rulebook.circumstances
        if circumstance.id in violation.circumstances and circumstance not in asked
    )
    if idle:
        yield Effect.NO_EFFECT, _ZERO, finding.provision("aggravated_by"), idle


def _heavier(points: Decimal, assessed: Decimal | None, aggravation: Aggravation) -> Decimal:
    match aggravation:
        case Multiply(factor=factor):
            return points * factor
        case Add(points=added):
            return points + added
        case _:
            return cast(Decimal, assessed)


def _revoke(finding: _Finding, points: Decimal) -> Iterator[_Move]:
    rule = finding.rule
    if isinstance(rule.penalty, Revocation):
        yield Effect.REVOKED_OUTRIGHT, _ZERO, finding.provision("penalty"), ()
    elif fitting := _fitting(finding.violation, rule.revoked_by, finding.rulebook):
        yield Effect.REVOKED, _ZERO, finding.provision("revoked_by"), fitting


def judge(violation: Violation, appealed: bool, rulebook: Rulebook, policy: Policy) -> Judgement:
    """The judgement of a violation that has no fault (see :func:`faults_of`)."""
    recorded, rule = rulebook[violation.rule], applied_rule(violation, rulebook)
    finding = _Finding(violation, appealed, recorded, rule, rulebook, policy)
    suspended = appealed and policy.pending_appeals is PendingAppeals.SUSPEND
    weighed = () if suspended else (_quantify, _aggravate, _revoke)
    steps: list[Step] = []
    points = _ZERO
    for stage in (_stand, _resolve, *weighed):
        for effect, change, reason, circumstances in stage(finding, points):
            points = canonical(points + change)
            steps.append(
                Step(
                    effect,
                    points,
                    change=canonical(change),
                    reason=reason,
                    circumstances=circumstances,
                )
            )
    once = has_unstated_unit(rule) and policy.unstated_unit is UnstatedUnit.ONCE_A_PERIOD
    return Judgement(
        rule,
        None if recorded is rule else recorded,
        rank=list(rulebook).index(rule.id),
        part=rulebook.part_of(rule.id).number,
        points=points,
        revokes=any(step.stage is Stage.REVOKE for step in steps),
        suspended=suspended,
        once_a_period=once and not suspended,
        steps=tuple(steps),
    )
