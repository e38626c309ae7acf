"""Scoring: from a ledger to explained appraisals, one small pure function a stage.

*Stand* takes the cases that count in the period as it was known, and each is judged on its own
(see :mod:`cmappraisal.scoring.judgements`). What the charges against one manager do to one another
comes next: *displace* lets special and residual rules act within an incident, *limit* keeps the
heaviest line of a rule that counts once a period, and *concur* says what one incident under several
rules costs. *Total* and *grade* close the account.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal, localcontext
from typing import Any, TypeAlias

from cmappraisal.cases import Case, State
from cmappraisal.errors import MAXIMUM_PROBLEMS, Problem, ScoringError
from cmappraisal.fields import as_text, as_tuple, is_identifier, require, require_moment
from cmappraisal.ledger import Ledger
from cmappraisal.periods import Period
from cmappraisal.points import EXACT, canonical
from cmappraisal.policy import (
    Assumption,
    Concurrence,
    CountedOn,
    Displacement,
    Policy,
)
from cmappraisal.rules import Deduction, Provision, Rulebook
from cmappraisal.scoring.appraisals import Appraisal, Line, Subtotal
from cmappraisal.scoring.judgements import Judgement, faults_of, judge
from cmappraisal.scoring.steps import MAXIMUM_NAMED, Effect, Reason, Stage, Step
from cmappraisal.violations import Violation

_ZERO = Decimal(0)
_DEFAULT = Policy()

# A global is read faster than a member of an enum, and these are read for every case.
_REVERSED = State.REVERSED
_UNDER_APPEAL = State.UNDER_APPEAL


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
        ScoringError: Violations of the period cannot be scored; it lists each of them.

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
    _require(ledger, rulebook, period, policy)
    as_of = _known_at(as_of)
    manager = as_text(manager)
    require("score", "manager", manager, is_identifier(manager), "the id of a manager")
    with localcontext(EXACT):
        findings = _in_view(ledger.for_manager(manager), period, policy, as_of)
        own = (finding for finding in findings if finding[0].manager == manager)
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
) -> dict[str, Appraisal]:
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
        A new dict from manager id to appraisal, by id; it has the managers with a
        violation in the period, and those of ``managers``.

    Raises:
        FieldError: An argument has a value that it does not allow.
        ScoringError: Violations of the period cannot be scored; it lists each of them.

    >>> from cmappraisal import ERROR_POINTS
    >>> appraisals = score_all(Ledger(), ERROR_POINTS, Period.year(2025), managers=["RM-01"])
    >>> appraisals["RM-01"].points
    Decimal('0')
    """
    _require(ledger, rulebook, period, policy)
    as_of = _known_at(as_of)
    by_manager = _named(managers, list)
    with localcontext(EXACT):
        findings = _in_view(ledger.cases(), period, policy, as_of)
        for charge in _charges(findings, rulebook, policy):
            manager = charge[0].manager
            if manager in by_manager:
                by_manager[manager].append(charge)
            else:
                by_manager[manager] = [charge]
        return {
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


def tally(
    ledger: Ledger,
    rulebook: Rulebook,
    period: Period,
    *,
    managers: Iterable[str] = (),
    policy: Policy = _DEFAULT,
    as_of: datetime | None = None,
) -> dict[str, Decimal]:
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
        A new dict from manager id to points, by id, for the managers that
        :func:`score_all` would appraise.

    Raises:
        FieldError: An argument has a value that it does not allow.
        ScoringError: Violations of the period cannot be scored; it lists each of them.

    >>> from cmappraisal import ERROR_POINTS
    >>> dict(tally(Ledger(), ERROR_POINTS, Period.year(2025), managers=["RM-01"]))
    {'RM-01': Decimal('0')}
    """
    _require(ledger, rulebook, period, policy)
    as_of = _known_at(as_of)
    totals = _named(managers, Decimal)
    tied: dict[str, list[_Charge]] = {}
    with localcontext(EXACT):
        findings = _in_view(ledger.cases(), period, policy, as_of)
        for charge in _charges(findings, rulebook, policy):
            violation, judgement = charge
            manager = violation.manager
            totals[manager] = totals.get(manager, _ZERO) + judgement.points
            if violation.incident is not None or judgement.once_a_period:
                tied.setdefault(manager, []).append(charge)
        for manager, charges in tied.items():
            for step in _settle(charges, rulebook, policy).values():
                totals[manager] += step.change
        return {manager: canonical(totals[manager]) for manager in sorted(totals)}


def rescore(appraisal: Appraisal) -> Appraisal:
    """What the violations of an appraisal come to, scored again by its own rulebook and policy.

    Whoever is handed an appraisal can audit it so: one that was made by scoring, and that nobody
    has changed since, comes out as it is. Whether a violation was left out, only the ledger can
    tell.

    Args:
        appraisal: The appraisal; of its lines only the violations are read, and whether each is
            said to be under appeal.

    Returns:
        The appraisal as it should be, of its own manager and period, with each violation once.

    Raises:
        FieldError: The argument is no appraisal.
        ScoringError: Violations cannot be scored; it lists each of them.

    >>> from cmappraisal import ERROR_POINTS
    >>> appraisal = score(Ledger(), ERROR_POINTS, Period.year(2025), manager="RM-01")
    >>> rescore(appraisal) == appraisal
    True
    """
    fits = isinstance(appraisal, Appraisal)
    require("rescore", "appraisal", appraisal, fits, "an Appraisal")
    out_of_place = {index for index, _, _ in misplaced(appraisal)}
    findings = [
        (line.violation, any(step.stage is Stage.UPHOLD for step in line.steps))
        for index, line in enumerate(appraisal.lines)
        if index not in out_of_place
    ]
    with localcontext(EXACT):
        return _appraise(
            appraisal.manager,
            list(_charges(findings, appraisal.rulebook, appraisal.policy)),
            rulebook=appraisal.rulebook,
            period=appraisal.period,
            policy=appraisal.policy,
            as_of=appraisal.as_of,
        )


def misplaced(appraisal: Appraisal) -> Iterator[tuple[int, str, str]]:
    """What keeps lines out of an appraisal, whatever they come to.

    Each time the index of the line, the field of its violation, and what is wrong with that.
    """
    # The day of recording is not in an appraisal, so by RECORDED there is none to compare.
    by_occurrence = appraisal.policy.counted_on is CountedOn.OCCURRED
    first_at: dict[str, int] = {}
    for index, line in enumerate(appraisal.lines):
        violation = line.violation
        if violation.manager != appraisal.manager:
            yield index, "manager", f"is not the appraisal's ({appraisal.manager})"
        if first_at.setdefault(violation.id, index) != index:
            yield index, "id", f"is that of line {first_at[violation.id]} too"
        if by_occurrence and violation.occurred_on not in appraisal.period:
            yield index, "occurred_on", f"is not in the period ({appraisal.period})"


def _require(ledger: object, rulebook: object, period: object, policy: object) -> None:
    for name, value, kind in (
        ("ledger", ledger, Ledger),
        ("rulebook", rulebook, Rulebook),
        ("period", period, Period),
        ("policy", policy, Policy),
    ):
        require("scoring", name, value, isinstance(value, kind), f"a {kind.__name__}")


def _known_at(as_of: datetime | None) -> datetime | None:
    return None if as_of is None else require_moment("scoring", "as_of", as_of)


def _named(managers: Iterable[str], empty: Callable[[], Any]) -> dict[str, Any]:
    ids = as_tuple(managers)
    fits = isinstance(ids, tuple) and all(map(is_identifier, ids))
    require("scoring", "managers", ids, fits, "a list of ids of managers")
    return {as_text(id): empty() for id in ids}


# Stand: which cases count in the period, as of then.


_Finding: TypeAlias = tuple[Violation, bool]
"""A violation, and whether it is under appeal."""


def _in_view(
    cases: Iterable[Case], period: Period, policy: Policy, as_of: datetime | None
) -> Iterator[_Finding]:
    first, last = period.first, period.last
    recorded = policy.counted_on is CountedOn.RECORDED
    for latest in cases:
        case: Case | None = latest
        if as_of is not None and latest.history[-1].at > as_of:
            case = latest.as_of(as_of)
        if case is None or case.state is _REVERSED:
            continue
        day = case.recorded_at.date() if recorded else case.violation.occurred_on
        if first <= day <= last:
            yield case.violation, case.state is _UNDER_APPEAL


# Judge: what each case costs on its own, equal findings judged once.


_Charge: TypeAlias = tuple[Violation, Judgement]


def _charges(findings: Iterable[_Finding], rulebook: Rulebook, policy: Policy) -> Iterator[_Charge]:
    judgements: dict[object, Judgement] = {}
    problems: list[Problem] = []
    more = 0
    for violation, appealed in findings:
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
            faults = list(faults_of(violation, rulebook, policy))
            if faults:
                room = MAXIMUM_PROBLEMS - len(problems)
                problems += [Problem(violation.id, fault) for fault in faults[:room]]
                more += len(faults[room:])
                continue
            judgement = judgements[alike] = judge(violation, appealed, rulebook, policy)
        yield violation, judgement
    if problems:
        raise ScoringError(problems, more)


# Displace, limit, concur: what the charges against one manager do to one another.


def _settle(charges: Iterable[_Charge], rulebook: Rulebook, policy: Policy) -> dict[str, Step]:
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
    shared = [incident for incident in incidents.values() if len(incident) > 1]
    lost: dict[str, Step] = {}
    for incident in shared:
        lost |= _displace(incident, rulebook, policy)
    for repeats in once_a_period.values():
        lost |= _keep_heaviest(
            [charge for charge in repeats if charge[0].id not in lost],
            Effect.ONCE_A_PERIOD,
            Assumption("unstated_unit", policy.unstated_unit),
        )
    if policy.concurrence is Concurrence.HIGHEST:
        for incident in shared:
            lost |= _keep_heaviest(
                [charge for charge in incident if charge[0].id not in lost],
                Effect.CONCURRENT,
                Assumption("concurrence", policy.concurrence),
            )
    return lost


def _lose(
    judgement: Judgement, effect: Effect, reason: Reason, because_of: tuple[str, ...]
) -> Step:
    return Step(effect, _ZERO, change=-judgement.points, reason=reason, because_of=because_of)


def _displace(incident: list[_Charge], rulebook: Rulebook, policy: Policy) -> dict[str, Step]:
    displacing: dict[str, list[str]] = {}
    specific: dict[int, list[str]] = {}
    for violation, judgement in incident:
        if policy.displacement is Displacement.SPECIAL_OVER_GENERAL:
            for id in judgement.rule.displaces:
                displacing.setdefault(id, []).append(violation.id)
        # A part has one residual rule at the most: two would give way to each other.
        if not judgement.rule.residual:
            specific.setdefault(judgement.part, []).append(violation.id)
    displaced_by = {rule_id: _smallest(ids) for rule_id, ids in displacing.items()}
    outdone_by = {part: _smallest(ids) for part, ids in specific.items()}
    lost: dict[str, Step] = {}
    for violation, judgement in incident:
        rule = judgement.rule
        if rule.id in displaced_by:
            reason = Assumption("displacement", policy.displacement)
            lost[violation.id] = _lose(judgement, Effect.DISPLACED, reason, displaced_by[rule.id])
        elif rule.residual and judgement.part in outdone_by:
            provision = Provision.of(rulebook, rule.id, "residual")
            others = outdone_by[judgement.part]
            lost[violation.id] = _lose(judgement, Effect.GAVE_WAY, provision, others)
    return lost


def _smallest(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(ids)[:MAXIMUM_NAMED])


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
    lost = _settle(charges, rulebook, policy)
    lines = []
    for violation, judgement in sorted(charges, key=_by_day):
        points, steps = judgement.points, judgement.steps
        loss = lost.get(violation.id)
        if loss is not None:
            points, steps = loss.points, (*steps, loss)
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
    subtotals = {part.number: _ZERO for part in rulebook.parts}
    for line in lines:
        subtotals[rulebook.part_of(line.rule.id).number] += line.points
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
        revoked=any(line.revokes for line in lines),
        subtotals=tuple(
            Subtotal(part, canonical(subtotals[part.number])) for part in rulebook.parts
        ),
        lines=tuple(lines),
    )


def _mark(points: Decimal, policy: Policy) -> Decimal | None:
    if policy.full_marks is None:
        return None
    mark = canonical(policy.full_marks - points)
    return mark if policy.floor is None else max(mark, policy.floor)
