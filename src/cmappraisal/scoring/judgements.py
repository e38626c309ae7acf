"""Judgements: what one violation deducts individually, before others are looked at.

A judgement depends on nothing but the facts and the terms that they come under. Which stages there
are, :mod:`cmappraisal.scoring.stages` says; what weighs on an amount,
:mod:`cmappraisal.scoring.weighing`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import TypeAlias

from attrs import field, frozen

from cmappraisal.alternatives import PendingAppeals, UnstatedUnit
from cmappraisal.caps import Counted
from cmappraisal.errors import Problem
from cmappraisal.points import EXACT
from cmappraisal.rules import Deduction, Rule
from cmappraisal.scoring.moves import Move
from cmappraisal.scoring.steps import Effect, Stage, Step
from cmappraisal.scoring.terms import Terms
from cmappraisal.scoring.weighing import (
    Fitting,
    Question,
    fitting,
    has_unstated_unit,
    rounded,
    weighed,
)
from cmappraisal.weights import SetTo, Waive

_ZERO = Decimal(0)


@frozen(eq=False)
class Judgement:
    """What one violation deducts individually, and how that came about.

    Judgements are told apart by identity, since equal facts are judged once.

    Args:
        rule: The rule applied.
        terms: The terms that it was judged under.
        points: What it deducts, in error points.
        money: The money that is withheld for it.
        revokes: Whether it revokes the qualification.
        answers_as: The role in which somebody answers with the doer; None of the doer.
        is_out: Whether an open appeal or a time limit keeps it from counting.
        ties: By stage, what ties it to other violations of the period: those with an equal tie are
            settled together. Most have none.
        steps: How the points came about, in order.
    """

    rule: Rule
    terms: Terms = field(kw_only=True)
    points: Decimal = field(kw_only=True)
    money: Decimal = field(kw_only=True)
    revokes: bool = field(kw_only=True)
    answers_as: str | None = field(kw_only=True)
    is_out: bool = field(kw_only=True)
    ties: Mapping[Stage, Hashable] = field(kw_only=True)
    steps: tuple[Step, ...] = field(kw_only=True)

    @cached_property
    def deducts(self) -> bool:
        """Whether the rule applied deducts points of its own."""
        return isinstance(self.rule.penalty, Deduction)

    @cached_property
    def counted(self) -> Counted:
        """Whether its points are deducted or awarded."""
        return self.rule.counted

    @cached_property
    def reaches_others(self) -> bool:
        """Whether the rule applied takes the place of others, or gives way to them."""
        return bool(self.rule.displaces) or self.rule.residual is not None

    @property
    def is_waived(self) -> bool:
        """Whether a circumstance waives its points."""
        return any(step.effect is Effect.WAIVED for step in self.steps)

    @cached_property
    def edition(self) -> str:
        """The name of the edition that it was judged under."""
        return self.terms.rulebook.edition

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The ids of the parts that the rule applied stands in, from the outermost."""
        return self.terms.rulebook.places[self.rule.id]

    @cached_property
    def rank(self) -> int:
        """The place of the rule applied in the order of the standard, from 0."""
        return self.terms.rulebook.ranks[self.rule.id]


Judged: TypeAlias = Judgement | tuple[Problem, ...]
"""A judgement, or what keeps facts from being judged."""


def is_suspended(question: Question) -> bool:
    """Whether an open appeal keeps the violation from counting."""
    suspends = question.policy.pending_appeals is PendingAppeals.SUSPEND
    return question.facts.under_appeal and suspends


def is_out(question: Question) -> bool:
    """Whether an open appeal or a time limit keeps the violation from counting."""
    return question.facts.time_barred or is_suspended(question)


# The individual stages.


def uphold(question: Question, points: Decimal) -> Iterator[Move]:
    """A violation under appeal counts, or it does not."""
    if question.facts.under_appeal:
        suspends = is_suspended(question)
        effect = Effect.APPEAL_SUSPENDS if suspends else Effect.APPEAL_COUNTS
        yield Move(effect, _ZERO, "pending_appeals")


def choose_edition(question: Question, points: Decimal) -> Iterator[Move]:
    """Another edition governs than that of the day it happened."""
    if question.facts.instead_of is not None:
        yield Move(Effect.OTHER_EDITION, _ZERO, "governing_edition")


def limit(question: Question, points: Decimal) -> Iterator[Move]:
    """It was found or recorded too late."""
    if question.facts.time_barred and (stated := question.terms.limitation) is not None:
        yield Move(Effect.TIME_BARRED, _ZERO, "limitation", stated[1])


def resolve(question: Question, points: Decimal) -> Iterator[Move]:
    """A rule that refers gives way to the rule it refers to."""
    if question.recorded is not question.rule:
        yield Move(Effect.REFERRED, _ZERO, "penalty", question.recorded.id)


def set_amount(question: Question, points: Decimal) -> Iterator[Move]:
    """The points of one unit, where an assessor or a circumstance sets them."""
    heavier, lighter, _ = question.chosen
    unit = question.stated_unit
    made = _ZERO
    if question.is_range:
        yield Move(Effect.UNIT_ASSESSED, unit, "penalty", question.rule.id)
        made = unit
    for choice, effect, pick in (
        (heavier, Effect.UNIT_RAISED, max),
        (lighter, Effect.UNIT_LOWERED, min),
    ):
        if choice is not None and isinstance(choice.source.weight, SetTo):
            unit = pick(unit, choice.source.weight.points)
            yield _weighed(effect, EXACT.subtract(unit, made), choice)
            made = unit
    again = question.again
    if again is not None and isinstance(again.weight, SetTo):
        change = EXACT.subtract(max(unit, again.weight.points), made)
        yield Move(Effect.UNIT_REPEATED, change, again.read, again.id)


def quantify(question: Question, points: Decimal) -> Iterator[Move]:
    """The points of one unit times what is counted, or what the assessor set within them."""
    facts, rule = question.facts, question.rule
    heavier, lighter, amount = question.chosen
    whole = EXACT.multiply(amount.unit, question.count)
    sources = (*(each.source for each in (heavier, lighter) if each), question.again)
    is_set = question.is_range or any(
        each is not None and isinstance(each.weight, SetTo) for each in sources
    )
    read = "penalty" if rule.award is None else "award"
    if rule.penalty is None and rule.award is None:
        yield Move(Effect.NO_POINTS, _ZERO, "penalty", rule.id)
    elif has_unstated_unit(rule):
        yield Move(Effect.UNIT_ASSUMED, EXACT.subtract(whole, points), "unstated_unit")
    elif is_set:
        yield Move(Effect.COUNTED, EXACT.subtract(whole, points), "penalty", rule.id)
    else:
        yield Move(Effect.STATED, whole, read, rule.id)
    if question.is_discretionary and facts.assessed_points is not None:
        yield Move(Effect.ASSESSED, EXACT.subtract(amount.counted, whole), "discretion")


def aggravate(question: Question, points: Decimal) -> Iterator[Move]:
    """Circumstances make a deduction heavier, once however many fit; others have no effect."""
    facts, rule, rulebook = question.facts, question.rule, question.rulebook
    heavier, _, amount = question.chosen
    if heavier is not None and not isinstance(heavier.source.weight, SetTo):
        change = EXACT.subtract(amount.heavier, points)
        yield _weighed(Effect.AGGRAVATED, change, heavier)
    if amount.heavier_rounded != amount.heavier:
        change = EXACT.subtract(amount.heavier_rounded, amount.heavier)
        yield Move(Effect.AGGRAVATION_ROUNDED, change, "smallest_unit")
    yield from _outweighed(Effect.AGGRAVATION_OUTWEIGHED, question.heavier, heavier)
    weights = (*question.heavier, *question.lighter_for_doer)
    asked = {id for each in weights for id in each.circumstances}
    for triggers in rule.consequences.values():
        asked.update(fitting(facts, triggers, rulebook))
    idle = tuple(
        circumstance.id
        for circumstance in rulebook.circumstances
        if circumstance.id in facts.circumstances and circumstance.id not in asked
    )
    if idle:
        yield Move(Effect.NO_EFFECT, _ZERO, "aggravated_by", rule.id, circumstances=idle)


def mitigate(question: Question, points: Decimal) -> Iterator[Move]:
    """Circumstances make a deduction lighter, once however many fit."""
    _, lighter, amount = question.chosen
    if lighter is not None and not isinstance(lighter.source.weight, SetTo):
        is_waived = isinstance(lighter.source.weight, Waive)
        effect = Effect.WAIVED if is_waived else Effect.MITIGATED
        yield _weighed(effect, EXACT.subtract(amount.lighter, points), lighter)
    if amount.lighter_rounded != amount.lighter:
        change = EXACT.subtract(amount.lighter_rounded, amount.lighter)
        yield Move(Effect.MITIGATION_ROUNDED, change, "smallest_unit")
    yield from _outweighed(Effect.MITIGATION_OUTWEIGHED, question.lighter, lighter)


def repeat(question: Question, points: Decimal) -> Iterator[Move]:
    """A breach that comes again within a time weighs more."""
    again, amount = question.again, question.chosen[2]
    if again is not None and not isinstance(again.weight, SetTo):
        change = EXACT.subtract(amount.again, points)
        yield Move(Effect.REPEATED, change, again.read, again.id)
    if amount.again_rounded != amount.again:
        change = EXACT.subtract(amount.again_rounded, amount.again)
        yield Move(Effect.REPETITION_ROUNDED, change, "smallest_unit")


def decide(question: Question, points: Decimal) -> Iterator[Move]:
    """The decision on an appeal sets other points."""
    decided = question.facts.decided_points
    if decided is not None:
        yield Move(Effect.DECIDED, EXACT.subtract(decided, points), "reconsideration")


def share(question: Question, points: Decimal) -> Iterator[Move]:
    """Somebody answers with the doer, with so much of the points."""
    source = question.share
    if source is None:
        return
    weight = source.weight
    shared = weight.points if isinstance(weight, SetTo) else weighed(points, weight)
    yield Move(Effect.SHARED, EXACT.subtract(shared, points), source.read, source.id)
    whole = rounded(shared, question.policy)
    if whole != shared:
        yield Move(Effect.SHARE_ROUNDED, EXACT.subtract(whole, shared), "smallest_unit")


def cap(question: Question, points: Decimal) -> Iterator[Move]:
    """One violation deducts so much at most."""
    stated = question.terms.cap(question.rule)
    if stated is not None and points > stated[0].points:
        yield Move(Effect.CAPPED, EXACT.subtract(stated[0].points, points), "cap", stated[1])


def follow(question: Question, points: Decimal) -> Iterator[Move]:
    """What follows beside points, from the rule itself or where circumstances are recorded."""
    rule = question.rule
    # What follows beside points follows for the doer.
    following = {} if question.facts.answers_as else rule.consequences
    for id, triggers in following.items():
        found = fitting(question.facts, triggers, question.rulebook)
        if found or not triggers:
            yield Move(
                Effect.FOLLOWS,
                _ZERO,
                "consequences",
                rule.id,
                circumstances=found,
                consequence=id,
            )


def _weighed(effect: Effect, change: Decimal, choice: Fitting) -> Move:
    source = choice.source
    return Move(effect, change, source.read, source.id, circumstances=choice.circumstances)


def _outweighed(
    effect: Effect, all_fitting: Sequence[Fitting], chosen: Fitting | None
) -> Iterator[Move]:
    for each in all_fitting:
        if each is not chosen:
            yield _weighed(effect, _ZERO, each)


def once_a_period_tie(question: Question) -> str | None:
    """The rule of a deduction that counts once a period; None for any other."""
    once = question.policy.unstated_unit is UnstatedUnit.ONCE_A_PERIOD
    return question.rule.id if once and has_unstated_unit(question.rule) else None
