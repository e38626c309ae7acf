"""Flaws: what keeps a violation from being judged, each with its remedy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from cmappraisal.alternatives import Reconsideration
from cmappraisal.appraisal_flaws import ANOTHER_RULE, DAYS, AppraisalFlaw
from cmappraisal.errors import Problem
from cmappraisal.flaw_wordings import EVER, FURTHER_NOTICE, allowed_are, filled, perhaps
from cmappraisal.points import MAXIMUM_ASSESSED, in_units, plain
from cmappraisal.rulebooks import Rulebook
from cmappraisal.rules import Referral, Rule, excluding
from cmappraisal.scoring.facts import Facts
from cmappraisal.scoring.terms import Terms
from cmappraisal.scoring.weighing import Question
from cmappraisal.standards.editions import Editions


def no_edition(name: str, day: date, standard: Editions) -> Problem:
    """The problem of a violation on whose day no edition is in force."""
    first, last = standard.editions[0].first, standard.editions[-1].last
    return AppraisalFlaw.NO_EDITION.problem(
        f"$.{name}", filled(DAYS[name]), day, first or EVER, last or FURTHER_NOTICE
    )


# Facts.


def problems_of(facts: Facts, terms: Terms, *, remedies: bool = True) -> Iterator[Problem]:
    """Everything that keeps facts from being judged, each with its remedy, which costs a search."""
    rulebook = terms.rulebook
    declared = {circumstance.id: circumstance for circumstance in rulebook.circumstances}
    unknown = sorted(facts.circumstances.difference(declared))
    for id in unknown:
        remedy = (perhaps(id, declared) if remedies else None) or allowed_are(declared)
        yield AppraisalFlaw.UNKNOWN_CIRCUMSTANCE.problem("$.circumstances", id, rulebook, remedy)
    if not unknown:
        yield from _problems_of_groups(facts, rulebook)
    if facts.rule not in rulebook:
        remedy = (perhaps(facts.rule, rulebook) if remedies else None) or ANOTHER_RULE
        yield AppraisalFlaw.UNKNOWN_RULE.problem("$.rule", facts.rule, rulebook, remedy)
        return
    awards = rulebook[facts.rule].award is not None
    if facts.is_merit is not awards:
        flaw = AppraisalFlaw.RULE_OF_MERITS if awards else AppraisalFlaw.RULE_OF_VIOLATIONS
        yield flaw.problem("$.rule", facts.rule)
        return
    of_referral = _problem_of_referral(facts, rulebook[facts.rule])
    if of_referral is not None:
        yield of_referral
    elif not unknown:
        question = Question.of(facts, terms)
        of_amount = _problem_of_amount(question)
        if of_amount is not None:
            yield of_amount
        else:
            yield from _problems_of_decision(question)


def _problems_of_groups(facts: Facts, rulebook: Rulebook) -> Iterator[Problem]:
    held = rulebook.implied_by(facts.circumstances)
    for group, members in excluding(held, rulebook.circumstances).items():
        exclusive = AppraisalFlaw.EXCLUSIVE_CIRCUMSTANCES
        yield exclusive.problem("$.circumstances", ", ".join(members), group)


def _problem_of_referral(facts: Facts, recorded: Rule) -> Problem | None:
    if isinstance(recorded.penalty, Referral):
        to = recorded.penalty.to
        if facts.refers_to in to:
            return None
        allowed = ", ".join(to)
        if facts.refers_to is None:
            return AppraisalFlaw.NO_REFERRAL.problem("$.refers_to", recorded.id, allowed)
        return AppraisalFlaw.OTHER_REFERRAL.problem(
            "$.refers_to", facts.refers_to, recorded.id, allowed
        )
    if facts.refers_to is None:
        return None
    return AppraisalFlaw.NEEDLESS_REFERRAL.problem("$.refers_to", facts.refers_to, recorded.id)


_AMOUNT: Final = "$.assessed_points"
_DECIDED: Final = "$.decision.points"


def _problem_of_amount(question: Question) -> Problem | None:
    amount, bounds = question.facts.assessed_points, question.assessable
    if bounds is None:
        if amount is None:
            return None
        return AppraisalFlaw.NEEDLESS_AMOUNT.problem(_AMOUNT, plain(amount), question.rule.id)
    if amount is None:
        return _problem_of_no_amount(question, *bounds)
    return _problem_of_bounds(question, amount, *bounds) or _problem_of_unit(
        AppraisalFlaw.AMOUNT_NOT_IN_UNITS, _AMOUNT, amount, question
    )


def _problem_of_no_amount(
    question: Question, least: Decimal, most: Decimal | None
) -> Problem | None:
    """What is wrong without an amount; where the rule only allows one, nothing is."""
    if most is None:
        return AppraisalFlaw.NO_AMOUNT.problem(_AMOUNT, plain(least))
    if not question.is_range:
        return None
    id = question.rule.id
    return AppraisalFlaw.NO_AMOUNT_IN_RANGE.problem(_AMOUNT, id, plain(least), plain(most))


def _problem_of_bounds(
    question: Question, amount: Decimal, least: Decimal, most: Decimal | None
) -> Problem | None:
    """What is wrong with an amount that is out of its bounds."""
    if least <= amount and (most is None or amount <= most):
        return None
    if most is None:
        return AppraisalFlaw.BELOW_UNAGGRAVATED.problem(_AMOUNT, plain(amount), plain(least))
    flaw = AppraisalFlaw.OUT_OF_RANGE if question.is_range else AppraisalFlaw.ABOVE_STATED
    return flaw.problem(_AMOUNT, plain(amount), question.rule.id, plain(least), plain(most))


def _problem_of_unit(
    flaw: AppraisalFlaw, path: str, amount: Decimal, question: Question
) -> Problem | None:
    smallest = question.policy.smallest_unit
    if smallest is None or not in_units(amount, smallest)[1]:
        return None
    return flaw.problem(path, plain(amount), plain(smallest))


def most_decided(question: Question) -> Decimal:
    """The most points that the decision on an appeal can set."""
    if question.policy.reconsideration is Reconsideration.NOT_HEAVIER:
        most = question.chosen[2].again_rounded
    elif question.is_set_heavier:
        most = MAXIMUM_ASSESSED
    else:
        return question.most
    return question.terms.capped(question.rule, most)


def _problems_of_decision(question: Question) -> Iterator[Problem]:
    decided = question.facts.decided_points
    if decided is None:
        return
    most = most_decided(question)
    problem = _problem_of_unit(AppraisalFlaw.DECISION_NOT_IN_UNITS, _DECIDED, decided, question)
    if decided > most:
        not_heavier = question.policy.reconsideration is Reconsideration.NOT_HEAVIER
        flaw = AppraisalFlaw.DECISION_HEAVIER if not_heavier else AppraisalFlaw.DECISION_ABOVE_RULE
        problem = flaw.problem(_DECIDED, plain(decided), plain(most))
    if problem is not None:
        yield problem
