"""Flaws: what keeps a violation from being judged, each with its remedy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypeAlias

from cmappraisal.acts import Act
from cmappraisal.alternatives import Reconsideration
from cmappraisal.errors import Problem, ProblemCode
from cmappraisal.points import MAXIMUM_ASSESSED, in_units, plain
from cmappraisal.remedies import did_you_mean
from cmappraisal.rulebooks import Rulebook
from cmappraisal.rules import Referral, Rule, excluding
from cmappraisal.scoring.facts import Facts
from cmappraisal.scoring.terms import Terms
from cmappraisal.scoring.weighing import Question
from cmappraisal.standards.editions import Editions

GRACE = timedelta(days=1)
"""How long before it happened a violation may be recorded: in a zone behind the act's, the day of
the recording is one earlier."""


# Days.


def is_ahead(violation: Act, stated_at: datetime) -> bool:
    """Whether a violation is dated after it was recorded, by more than zones of time explain."""
    return violation.occurred_on - stated_at.date() > GRACE


def problems_of_days(violation: Act, stated_at: datetime | None) -> Iterator[Problem]:
    """What is wrong with the days of a violation, recorded at a moment where that is known."""
    days: dict[str, date | None] = {
        name: getattr(violation, name) for name in ("occurred_on", "found_on", "recorded_on")
    }
    earlier, before = "occurred_on", violation.occurred_on
    for name in ("found_on", "recorded_on"):
        day = days[name]
        if day is None:
            continue
        if day < before:
            message = f"{name} is {day}, before {earlier} ({before}); give the days in their order"
            yield Problem(f"$.{name}", ProblemCode.CONTRADICTION, message)
        earlier, before = name, day
    if stated_at is None:
        return
    for name, day in days.items():
        if day is not None and day - stated_at.date() > GRACE:
            yield Problem(
                f"$.{name}",
                ProblemCode.ACT_AFTER_RECORDING,
                f"{name} is {day}, more than a day after it was recorded "
                f"({stated_at.date()}); give the day on which it happened",
            )


def no_edition(name: str, day: date, standard: Editions) -> Problem:
    """The problem of a violation on whose day no edition is in force."""
    first, last = standard.editions[0].first, standard.editions[-1].last
    return Problem(
        f"$.{name}",
        ProblemCode.NOT_ALLOWED,
        f"{name} is {day}, when no edition of the standard is in force; the editions run "
        f"from {first or 'ever'} to {last or 'further notice'}",
    )


# Facts.


def problems_of(facts: Facts, terms: Terms, *, remedies: bool = True) -> Iterator[Problem]:
    """Everything that keeps facts from being judged, each with its remedy, which costs a search."""
    rulebook = terms.rulebook
    declared = {circumstance.id: circumstance for circumstance in rulebook.circumstances}
    unknown = sorted(facts.circumstances.difference(declared))
    for id in unknown:
        remedy = did_you_mean(id, declared) if remedies else ""
        yield Problem(
            "$.circumstances",
            ProblemCode.UNKNOWN_ID,
            f'circumstance "{id}" is not in rulebook "{rulebook}"'
            f"{remedy or '; allowed: ' + (', '.join(declared) or 'none')}",
        )
    if not unknown:
        yield from _problems_of_groups(facts, rulebook)
    if facts.rule not in rulebook:
        remedy = did_you_mean(facts.rule, rulebook) if remedies else ""
        yield Problem(
            "$.rule",
            ProblemCode.UNKNOWN_ID,
            f'rule "{facts.rule}" is not in rulebook "{rulebook}"'
            f"{remedy or '; name a rule of that rulebook'}",
        )
        return
    awards = rulebook[facts.rule].award is not None
    if facts.is_merit is not awards:
        what, kind = ("awards", "Merit") if awards else ("awards no", "Violation")
        message = f'rule "{facts.rule}" {what} points; record a {kind} under it'
        yield Problem("$.rule", ProblemCode.CONTRADICTION, message)
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
        message = (
            f'circumstances {", ".join(members)} exclude one another (group "{group}"); '
            "record one of them"
        )
        yield Problem("$.circumstances", ProblemCode.CONTRADICTION, message)


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


def _problem_of_amount(question: Question) -> Problem | None:
    amount, bounds = question.facts.assessed_points, question.assessable
    found = None
    if bounds is None:
        if amount is not None:
            found = (
                ProblemCode.WITHOUT_EFFECT,
                f'assessed_points is {plain(amount)}, but neither rule "{question.rule.id}" nor '
                "the policy (aggravation, discretion) leaves a choice here; leave assessed_points "
                "out",
            )
    elif amount is None:
        found = _flaw_of_no_amount(question, *bounds)
    else:
        found = _flaw_of_bounds(question, amount, *bounds) or _flaw_of_unit(
            "assessed_points is", amount, question
        )
    return None if found is None else Problem("$.assessed_points", *found)


_Flaw: TypeAlias = tuple[ProblemCode, str]


def _flaw_of_no_amount(question: Question, least: Decimal, most: Decimal | None) -> _Flaw | None:
    """What is wrong without an amount; where the rule only allows one, nothing is."""
    if most is None:
        return (
            ProblemCode.MISSING,
            "assessed_points is missing, but the circumstances aggravate, and an aggravated "
            "deduction takes the assessor's amount (aggravation); give at least "
            f"{plain(least)} points",
        )
    if not question.is_range:
        return None
    return (
        ProblemCode.MISSING,
        f'assessed_points is missing, but rule "{question.rule.id}" states a range; '
        f"give {plain(least)} to {plain(most)} points for one unit",
    )


def _flaw_of_bounds(
    question: Question, amount: Decimal, least: Decimal, most: Decimal | None
) -> _Flaw | None:
    """What is wrong with an amount that is out of its bounds."""
    if least <= amount and (most is None or amount <= most):
        return None
    given, id = f"assessed_points is {plain(amount)}", question.rule.id
    if most is None:
        message = f"{given}, below the points unaggravated; give at least {plain(least)} points"
    elif question.is_range:
        message = (
            f'{given}, but rule "{id}" states a range; '
            f"give {plain(least)} to {plain(most)} points for one unit"
        )
    else:
        message = (
            f'{given}, above what rule "{id}" states for this quantity; '
            f"give {plain(least)} to {plain(most)} points"
        )
    return ProblemCode.NOT_ALLOWED, message


def _flaw_of_unit(what: str, amount: Decimal, question: Question) -> _Flaw | None:
    smallest = question.policy.smallest_unit
    if smallest is None or not in_units(amount, smallest)[1]:
        return None
    return (
        ProblemCode.NOT_ALLOWED,
        f"{what} {plain(amount)}, no multiple of the smallest unit; give a multiple of "
        f"{plain(smallest)}",
    )


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
    flaw = _flaw_of_unit("the points decided are", decided, question)
    if decided > most:
        not_heavier = question.policy.reconsideration is Reconsideration.NOT_HEAVIER
        why = "the points appealed against" if not_heavier else "what the rule allows"
        message = (
            f"the points decided are {plain(decided)}, above {why}; give 0 to {plain(most)} points"
        )
        flaw = ProblemCode.NOT_ALLOWED, message
    if flaw is not None:
        yield Problem("$.decision.points", *flaw)
