"""Scoring: from a ledger to explained appraisals, one small pure function a stage.

Each case that stands is judged on its own first: *resolve* replaces a rule that refers by the rule
it refers to, *quantify* counts the stated points, *aggravate* and *revoke* read the circumstances.
What cases of one manager do to one another comes next: *displace* lets special and residual rules
act within an incident, *limit* keeps the heaviest line of a rule that counts once a period, and
*concur* says what one incident under several rules costs. *Total* and *grade* close the account.

A judgement depends on nothing but what the violation says, so equal findings share one judgement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, localcontext
from types import MappingProxyType
from typing import Any, TypeAlias, cast

from attrs import field, frozen

from cmappraisal.appraisals import Appraisal, Line, Subtotal
from cmappraisal.errors import MAXIMUM_PROBLEMS, Problem, ScoringError
from cmappraisal.fields import as_tuple, did_you_mean, is_aware, is_identifier, require
from cmappraisal.ledger import Case, Ledger, State
from cmappraisal.periods import Period
from cmappraisal.points import EXACT, canonical, plain
from cmappraisal.policy import (
    Add,
    Assessed,
    Assumption,
    Concurrence,
    CountedOn,
    Discretion,
    Displacement,
    Multiply,
    PendingAppeals,
    Policy,
    UnstatedUnit,
)
from cmappraisal.rules import Circumstance, Deduction, Referral, Revocation, Rule, Rulebook, Unit
from cmappraisal.steps import Effect, Reason, Stage, Step
from cmappraisal.violations import Violation

_ZERO = Decimal(0)
_DEFAULT = Policy()


def score(
    ledger: Ledger,
    rulebook: Rulebook,
    period: Period,
    *,
    manager: str,
    policy: Policy = _DEFAULT,
    as_of: datetime | None = None,
) -> Appraisal:
    """The appraisal of one relationship manager.

    Args:
        ledger: What happened; only this manager's cases are read.
        rulebook: The standard.
        period: The days to appraise.
        manager: The id of the relationship manager; one without violations has 0 points.
        policy: What is decided where the standard is silent.
        as_of: Only what was known at this moment, entries at exactly that moment included;
            None for everything recorded.

    Returns:
        The appraisal, with every line and step.

    Raises:
        FieldError: An argument has a value that it does not allow.
        ScoringError: Violations that would count cannot be scored; it lists each of them.

    >>> from datetime import timezone
    >>> from cmappraisal import ERROR_POINTS
    >>> violation = Violation(
    ...     "V-1", "RM-01", rule="3.2b", occurred_on=date(2025, 3, 2), circumstances=["risk"]
    ... )
    >>> ledger = Ledger().record(violation, at=datetime(2025, 3, 4, tzinfo=timezone.utc))
    >>> appraisal = score(ledger, ERROR_POINTS, Period.year(2025), manager="RM-01")
    >>> appraisal.points, appraisal.score
    (Decimal('20'), Decimal('80'))
    >>> [(step.stage.value, str(step.points)) for step in appraisal.lines[0].steps]
    [('quantify', '10'), ('aggravate', '20')]
    """
    _require(ledger, rulebook, period, policy, as_of)
    require("score", "manager", manager, is_identifier(manager), "the id of a manager")
    with localcontext(EXACT):
        cases = _in_view(ledger.cases(manager), period, policy, as_of)
        own = (case for case in cases if case.violation.manager == manager)
        charges = list(_charges(own, rulebook, policy))
        return _appraise(
            manager, charges, rulebook=rulebook, period=period, policy=policy, as_of=as_of
        )


def score_all(
    ledger: Ledger,
    rulebook: Rulebook,
    period: Period,
    *,
    managers: Iterable[str] = (),
    policy: Policy = _DEFAULT,
    as_of: datetime | None = None,
) -> Mapping[str, Appraisal]:
    """The appraisals of every relationship manager, in one pass.

    Args:
        ledger: What happened.
        rulebook: The standard.
        period: The days to appraise.
        managers: Ids of managers to include even without a violation.
        policy: What is decided where the standard is silent.
        as_of: Only what was known at this moment, entries at exactly that moment included;
            None for everything recorded.

    Returns:
        A read-only mapping from manager id to appraisal, by id; it has the managers with a
        violation in the period, and those of ``managers``.

    Raises:
        FieldError: An argument has a value that it does not allow.
        ScoringError: Violations that would count cannot be scored; it lists each of them.

    >>> from cmappraisal import ERROR_POINTS
    >>> appraisals = score_all(Ledger(), ERROR_POINTS, Period.year(2025), managers=["RM-01"])
    >>> appraisals["RM-01"].points
    Decimal('0')
    """
    _require(ledger, rulebook, period, policy, as_of)
    by_manager = _named(managers, list)
    with localcontext(EXACT):
        cases = _in_view(ledger.cases(), period, policy, as_of)
        for charge in _charges(cases, rulebook, policy):
            manager = charge[0].manager
            if manager in by_manager:
                by_manager[manager].append(charge)
            else:
                by_manager[manager] = [charge]
        return MappingProxyType(
            {
                manager: _appraise(
                    manager,
                    by_manager[manager],
                    rulebook=rulebook,
                    period=period,
                    policy=policy,
                    as_of=as_of,
                )
                for manager in sorted(by_manager)
            }
        )


def tally(
    ledger: Ledger,
    rulebook: Rulebook,
    period: Period,
    *,
    managers: Iterable[str] = (),
    policy: Policy = _DEFAULT,
    as_of: datetime | None = None,
) -> Mapping[str, Decimal]:
    """The error points of every relationship manager: totals alone, fast.

    Points are all it tells. Who has a qualification revoked, :func:`score_all` says.

    Args:
        ledger: What happened.
        rulebook: The standard.
        period: The days to appraise.
        managers: Ids of managers to include even without a violation.
        policy: What is decided where the standard is silent.
        as_of: Only what was known at this moment, entries at exactly that moment included;
            None for everything recorded.

    Returns:
        A read-only mapping from manager id to points, by id, for the managers that
        :func:`score_all` would appraise.

    Raises:
        FieldError: An argument has a value that it does not allow.
        ScoringError: Violations that would count cannot be scored; it lists each of them.

    >>> from cmappraisal import ERROR_POINTS
    >>> dict(tally(Ledger(), ERROR_POINTS, Period.year(2025), managers=["RM-01"]))
    {'RM-01': Decimal('0')}
    """
    _require(ledger, rulebook, period, policy, as_of)
    totals = _named(managers, Decimal)
    tied: dict[str, list[_Charge]] = {}
    with localcontext(EXACT):
        cases = _in_view(ledger.cases(), period, policy, as_of)
        for charge in _charges(cases, rulebook, policy):
            violation, judgement = charge
            manager = violation.manager
            totals[manager] = totals.get(manager, _ZERO) + judgement.points
            if violation.incident is not None or judgement.once_a_period:
                tied.setdefault(manager, []).append(charge)
        for manager, charges in tied.items():
            for step in _settle(charges, policy).values():
                totals[manager] += step.change
        return MappingProxyType({manager: canonical(totals[manager]) for manager in sorted(totals)})


def _require(
    ledger: object, rulebook: object, period: object, policy: object, as_of: object
) -> None:
    for name, value, kind in (
        ("ledger", ledger, Ledger),
        ("rulebook", rulebook, Rulebook),
        ("period", period, Period),
        ("policy", policy, Policy),
    ):
        require("scoring", name, value, isinstance(value, kind), f"a {kind.__name__}")
    known = as_of is None or is_aware(as_of)
    require("scoring", "as_of", as_of, known, "None, or a datetime with a time zone")


def _named(managers: Iterable[str], empty: Callable[[], Any]) -> dict[str, Any]:
    ids = as_tuple(managers)
    fits = isinstance(ids, tuple) and all(map(is_identifier, ids))
    require("scoring", "managers", ids, fits, "a list of ids of managers")
    return {id: empty() for id in ids}


# Stand: which cases count in the period, as of then.


def _in_view(
    cases: Iterable[Case], period: Period, policy: Policy, as_of: datetime | None
) -> Iterator[Case]:
    first, last = period.first, period.last
    recorded = policy.counted_on is CountedOn.RECORDED
    for latest in cases:
        case: Case | None = latest
        if as_of is not None and latest.history[-1].at > as_of:
            case = latest.as_of(as_of)
        if case is None or case.state is State.REVERSED:
            continue
        day = case.recorded_at.date() if recorded else case.violation.occurred_on
        if first <= day <= last:
            yield case


# Resolve, quantify, aggravate, revoke: what one violation costs on its own.


@frozen
class _Judgement:
    rule: Rule
    referred_from: Rule | None
    rank: int = field(kw_only=True)
    chapter: int = field(kw_only=True)
    points: Decimal = field(kw_only=True)
    revokes: bool = field(kw_only=True)
    suspended: bool = field(kw_only=True)
    once_a_period: bool = field(kw_only=True)
    steps: tuple[Step, ...] = field(kw_only=True)


_Charge: TypeAlias = tuple[Violation, _Judgement]


def _charges(cases: Iterable[Case], rulebook: Rulebook, policy: Policy) -> Iterator[_Charge]:
    judgements: dict[object, _Judgement] = {}
    problems: list[Problem] = []
    more = 0
    ranks = {id: rank for rank, id in enumerate(rulebook)}
    for case in cases:
        violation = case.violation
        appealed = case.state is State.UNDER_APPEAL
        alike = (
            violation.rule,
            violation.refers_to,
            violation.circumstances,
            violation.quantity,
            violation.assessed_points,
            appealed,
        )
        judgement = judgements.get(alike)
        if judgement is None:
            if len(problems) >= MAXIMUM_PROBLEMS:
                more += any(True for _ in _faults(violation, rulebook, policy))
                continue
            faults = list(_faults(violation, rulebook, policy))
            if faults:
                problems += [Problem(violation.id, fault) for fault in faults]
                continue
            judgement = judgements[alike] = _judge(violation, appealed, rulebook, policy, ranks)
        yield violation, judgement
    if problems:
        raise ScoringError(problems[:MAXIMUM_PROBLEMS], more)


def _faults(violation: Violation, rulebook: Rulebook, policy: Policy) -> Iterator[str]:
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
            given = "is missing" if violation.refers_to is None else f'"{violation.refers_to}"'
            yield (
                f'refers_to {given}, but rule "{recorded.id}" refers to another rule; name the one '
                f"that applies: {', '.join(to)}"
            )
            return
    elif violation.refers_to is not None:
        yield (
            f'refers_to is "{violation.refers_to}", but rule "{recorded.id}" refers to no other '
            "rule; leave refers_to out, or record the violation under a rule that refers"
        )
        return
    if violation.circumstances.issubset(declared):
        yield from _faults_of_amount(violation, _applied(violation, rulebook), rulebook, policy)


def _faults_of_amount(
    violation: Violation, rule: Rule, rulebook: Rulebook, policy: Policy
) -> Iterator[str]:
    amount = violation.assessed_points
    stated = _stated(rule, violation.quantity, policy)
    sets_aggravated = _sets_aggravated(violation, rule, rulebook, policy)
    if sets_aggravated and amount is None:
        yield (
            f'assessed_points is missing, but rule "{rule.id}" is aggravated here and the policy '
            f"takes the assessor's amount (aggravation); give at least {plain(stated)} points"
        )
    elif sets_aggravated and amount is not None and amount < stated:
        yield (
            f"assessed_points is {plain(amount)}, below the points unaggravated; "
            f"give at least {plain(stated)} points"
        )
    elif amount is not None and not sets_aggravated:
        if not _is_discretionary(rule, policy):
            yield (
                f'assessed_points is {plain(amount)}, but neither rule "{rule.id}" nor the policy '
                "(aggravation, discretion) leaves a choice here; leave assessed_points out"
            )
        elif amount > stated:
            yield (
                f'assessed_points is {plain(amount)}, above what rule "{rule.id}" states for this '
                f"quantity; give 0 to {plain(stated)} points"
            )


def _judge(
    violation: Violation,
    appealed: bool,
    rulebook: Rulebook,
    policy: Policy,
    ranks: Mapping[str, int],
) -> _Judgement:
    rule = _applied(violation, rulebook)
    recorded = rulebook[violation.rule]
    suspended = appealed and policy.pending_appeals is PendingAppeals.SUSPEND
    account = _Account()
    if appealed:
        effect = Effect.APPEAL_SUSPENDS if suspended else Effect.APPEAL_COUNTS
        account.add(effect, _ZERO, Assumption("pending_appeals", policy.pending_appeals))
    if recorded is not rule:
        account.add(Effect.REFERRED, _ZERO, recorded.citation)
    if not suspended:
        _quantify(account, violation, rule, rulebook, policy)
        _aggravate(account, violation, rule, rulebook, policy)
        _revoke(account, violation, rule, rulebook)
    return _Judgement(
        rule,
        recorded if recorded is not rule else None,
        rank=ranks[rule.id],
        chapter=rulebook.chapter_of(rule.id).number,
        points=account.points,
        revokes=any(step.stage is Stage.REVOKE for step in account.steps),
        suspended=suspended,
        once_a_period=not suspended
        and _has_unstated_unit(rule)
        and policy.unstated_unit is UnstatedUnit.ONCE_A_PERIOD,
        steps=tuple(account.steps),
    )


class _Account:
    """The steps of one judgement as they are taken, and the points after the last."""

    def __init__(self) -> None:
        self.points = _ZERO
        self.steps: list[Step] = []

    def add(
        self,
        effect: Effect,
        change: Decimal,
        reason: Reason,
        circumstances: tuple[Circumstance, ...] = (),
    ) -> None:
        self.points = canonical(self.points + change)
        self.steps.append(
            Step(
                effect,
                self.points,
                change=canonical(change),
                reason=reason,
                circumstances=circumstances,
            )
        )


def _applied(violation: Violation, rulebook: Rulebook) -> Rule:
    recorded = rulebook[violation.rule]
    if isinstance(recorded.penalty, Referral):
        return rulebook[cast(str, violation.refers_to)]
    return recorded


def _has_unstated_unit(rule: Rule) -> bool:
    return isinstance(rule.penalty, Deduction) and rule.penalty.unit is Unit.UNSTATED


def _stated(rule: Rule, quantity: int, policy: Policy) -> Decimal:
    """The stated points for what is counted: a deduction's points times its units."""
    if not isinstance(rule.penalty, Deduction):
        return _ZERO
    once = _has_unstated_unit(rule) and policy.unstated_unit is not UnstatedUnit.PER_OCCURRENCE
    return rule.penalty.points * (1 if once else quantity)


def _is_discretionary(rule: Rule, policy: Policy) -> bool:
    return (
        isinstance(rule.penalty, Deduction)
        and rule.penalty.discretionary
        and policy.discretion is Discretion.WITHIN_STATED
    )


def _sets_aggravated(violation: Violation, rule: Rule, rulebook: Rulebook, policy: Policy) -> bool:
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


def _quantify(
    account: _Account, violation: Violation, rule: Rule, rulebook: Rulebook, policy: Policy
) -> None:
    stated = _stated(rule, violation.quantity, policy)
    assessed = violation.assessed_points
    if isinstance(rule.penalty, Revocation):
        account.add(Effect.NO_POINTS, _ZERO, rule.citation)
    elif _has_unstated_unit(rule):
        account.add(Effect.UNIT_ASSUMED, stated, Assumption("unstated_unit", policy.unstated_unit))
    else:
        account.add(Effect.STATED, stated, rule.citation)
    if (
        assessed is not None
        and _is_discretionary(rule, policy)
        and not _sets_aggravated(violation, rule, rulebook, policy)
    ):
        reason = Assumption("discretion", policy.discretion)
        account.add(Effect.ASSESSED, assessed - stated, reason)


def _aggravate(
    account: _Account, violation: Violation, rule: Rule, rulebook: Rulebook, policy: Policy
) -> None:
    fitting = _fitting(violation, rule.aggravated_by, rulebook)
    if fitting:
        heavier = _heavier(account.points, violation.assessed_points, policy)
        reason = Assumption("aggravation", policy.aggravation)
        account.add(Effect.AGGRAVATED, heavier - account.points, reason, fitting)
    asked = _fitting(violation, rule.aggravated_by | rule.revoked_by, rulebook)
    idle = tuple(
        circumstance
        for circumstance in rulebook.circumstances
        if circumstance.id in violation.circumstances and circumstance not in asked
    )
    if idle:
        account.add(Effect.NO_EFFECT, _ZERO, rule.citation, idle)


def _heavier(points: Decimal, assessed: Decimal | None, policy: Policy) -> Decimal:
    match policy.aggravation:
        case Multiply(factor=factor):
            return points * factor
        case Add(points=added):
            return points + added
        case Assessed():
            return cast(Decimal, assessed)


def _revoke(account: _Account, violation: Violation, rule: Rule, rulebook: Rulebook) -> None:
    if isinstance(rule.penalty, Revocation):
        account.add(Effect.REVOKED_OUTRIGHT, _ZERO, rule.citation)
    elif fitting := _fitting(violation, rule.revoked_by, rulebook):
        account.add(Effect.REVOKED, _ZERO, rule.citation, fitting)


# Displace, limit, concur: what the charges against one manager do to one another.


def _settle(charges: Iterable[_Charge], policy: Policy) -> dict[str, Step]:
    """The step that takes its points away, for each line that loses them, by violation id."""
    incidents: dict[str, list[_Charge]] = {}
    once_a_period: dict[str, list[_Charge]] = {}
    for charge in charges:
        violation, judgement = charge
        if judgement.suspended:
            continue
        if violation.incident is not None:
            incidents.setdefault(violation.incident, []).append(charge)
        if judgement.once_a_period:
            once_a_period.setdefault(judgement.rule.id, []).append(charge)
    lost: dict[str, Step] = {}
    for incident in incidents.values():
        lost |= _displace(incident, policy)
    for repeats in once_a_period.values():
        lost |= _keep_heaviest(
            [charge for charge in repeats if charge[0].id not in lost],
            Effect.REPEATED,
            Assumption("unstated_unit", policy.unstated_unit),
        )
    if policy.concurrence is Concurrence.HIGHEST:
        for incident in incidents.values():
            lost |= _keep_heaviest(
                [charge for charge in incident if charge[0].id not in lost],
                Effect.CONCURRENT,
                Assumption("concurrence", policy.concurrence),
            )
    return lost


def _lose(judgement: _Judgement, effect: Effect, reason: Reason, because_of: Iterable[str]) -> Step:
    return Step(
        effect,
        _ZERO,
        change=-judgement.points,
        reason=reason,
        because_of=tuple(sorted(because_of)),
    )


def _displace(incident: list[_Charge], policy: Policy) -> dict[str, Step]:
    lost: dict[str, Step] = {}
    special = policy.displacement is Displacement.SPECIAL_OVER_GENERAL
    for violation, judgement in incident:
        rule = judgement.rule
        displacing = [
            other.id for other, by in incident if special and rule.id in by.rule.displaces
        ]
        specific = [
            other.id
            for other, by in incident
            if rule.residual and by.rule is not rule and by.chapter == judgement.chapter
        ]
        if displacing:
            reason = Assumption("displacement", policy.displacement)
            lost[violation.id] = _lose(judgement, Effect.DISPLACED, reason, displacing)
        elif specific:
            lost[violation.id] = _lose(judgement, Effect.GAVE_WAY, rule.citation, specific)
    return lost


def _keep_heaviest(
    charges: list[_Charge], effect: Effect, assumption: Assumption
) -> dict[str, Step]:
    deductions = [
        (violation, judgement)
        for violation, judgement in charges
        if isinstance(judgement.rule.penalty, Deduction)
    ]
    if len(deductions) < 2:
        return {}
    kept, _ = min(deductions, key=lambda charge: (-charge[1].points, charge[1].rank, charge[0].id))
    return {
        violation.id: _lose(judgement, effect, assumption, (kept.id,))
        for violation, judgement in deductions
        if violation is not kept
    }


# Total and grade: the account closed.


def _by_day(charge: _Charge) -> tuple[date, str]:
    return charge[0].occurred_on, charge[0].id


def _appraise(
    manager: str,
    charges: list[_Charge],
    *,
    rulebook: Rulebook,
    period: Period,
    policy: Policy,
    as_of: datetime | None,
) -> Appraisal:
    lost = _settle(charges, policy)
    subtotals = {chapter.number: _ZERO for chapter in rulebook.chapters}
    lines: list[Line] = []
    revoked = False
    for violation, judgement in sorted(charges, key=_by_day):
        points, steps = judgement.points, judgement.steps
        loss = lost.get(violation.id)
        if loss is not None:
            points, steps = loss.points, (*steps, loss)
        revoked = revoked or judgement.revokes
        subtotals[judgement.chapter] += points
        lines.append(
            Line(
                violation,
                judgement.rule,
                points=points,
                revokes=judgement.revokes,
                steps=steps,
                referred_from=judgement.referred_from,
            )
        )
    total = canonical(sum(subtotals.values(), start=_ZERO))
    mark = _mark(total, policy)
    return Appraisal(
        manager,
        period,
        as_of=as_of,
        rulebook=rulebook,
        policy=policy,
        points=total,
        score=mark,
        grade=next(
            (grade for grade in policy.grades if mark is not None and grade.holds(mark)), None
        ),
        revoked=revoked,
        subtotals=tuple(
            Subtotal(chapter, canonical(subtotals[chapter.number])) for chapter in rulebook.chapters
        ),
        lines=tuple(lines),
    )


def _mark(points: Decimal, policy: Policy) -> Decimal | None:
    if policy.full_marks is None:
        return None
    mark = canonical(policy.full_marks - points)
    return mark if policy.floor is None else max(mark, policy.floor)
