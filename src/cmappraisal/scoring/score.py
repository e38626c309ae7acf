"""Scoring: from a ledger to explained appraisals.

First it is seen which cases count in the period, as they were known. Each is judged individually,
equal facts once; then what the violations of one manager do to one another is settled; the total
and the grade close the appraisal. What is done in between, the one table of
:mod:`cmappraisal.scoring.stages` says, for totals and explanations alike.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, localcontext
from typing import Literal, overload

from attrs import frozen

from cmappraisal.errors import Problem
from cmappraisal.fields import (
    MOMENT,
    as_ids,
    as_moment,
    as_text,
    identifier_allowed,
    is_identifier,
    is_identifier_set,
    is_moment,
    member_of,
    require,
    require_all,
)
from cmappraisal.ledger import Ledger
from cmappraisal.periods import Period
from cmappraisal.points import EXACT, canonical
from cmappraisal.policy import Policy
from cmappraisal.rulebooks import Rulebook
from cmappraisal.scoring.appraisals import Appraisal, Line
from cmappraisal.scoring.audits import result_of, subtotals_of, total_of
from cmappraisal.scoring.charges import (
    Charge,
    Charges,
    act_after_recording,
    in_view,
    is_ahead,
)
from cmappraisal.scoring.facts import Facts
from cmappraisal.scoring.judgements import problems_of
from cmappraisal.scoring.stages import Pipeline
from cmappraisal.violations import Violation

_ZERO = Decimal(0)
_DEFAULT = Policy()


class Faulty(enum.Enum):
    """What scoring does about violations that cannot be scored.

    >>> Faulty("report") is Faulty.REPORT
    True
    """

    RAISE = "raise"
    """One error reports them all, and nobody is appraised."""
    REPORT = "report"
    """Whoever has one gets no appraisal, and everybody else does."""


@frozen
class Scored:
    """The appraisals of those whose violations can all be scored, and the problems of the others.

    Args:
        appraisals: The appraisals by the id of the manager, in the order of the ids.
        faulty: For each manager with a faulty violation, everything that is wrong with theirs, at
            most ``MAXIMUM_PROBLEMS`` each.
    """

    appraisals: Mapping[str, Appraisal]
    faulty: Mapping[str, tuple[Problem, ...]]


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
        ScoringError: Violations of the period cannot be scored; it reports each of them.

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
    manager = as_text(manager)
    moment = _require(
        "score",
        *(ledger, rulebook, period, policy, as_of),
        ("manager", manager, is_identifier(manager), identifier_allowed(manager)),
    )
    with localcontext(EXACT):
        pipeline = Pipeline.of(rulebook, policy)
        upheld = in_view(ledger.for_manager(manager), period, policy, moment)
        charges = Charges(pipeline)
        of_manager = list(charges.of(each for each in upheld if each.violation.manager == manager))
        charges.raise_problems()
        return _appraise(manager, of_manager, pipeline, period, moment)


@overload
def score_all(
    ledger: Ledger,
    rulebook: Rulebook,
    period: Period,
    *,
    managers: Iterable[str] = (),
    policy: Policy = ...,
    as_of: datetime | None = None,
    faulty: Literal[Faulty.RAISE, "raise"] = ...,
) -> dict[str, Appraisal]: ...


@overload
def score_all(
    ledger: Ledger,
    rulebook: Rulebook,
    period: Period,
    *,
    managers: Iterable[str] = (),
    policy: Policy = ...,
    as_of: datetime | None = None,
    faulty: Literal[Faulty.REPORT, "report"],
) -> Scored: ...


def score_all(
    ledger: Ledger,
    rulebook: Rulebook,
    period: Period,
    *,
    managers: Iterable[str] = (),
    policy: Policy = _DEFAULT,
    as_of: datetime | None = None,
    faulty: Faulty | str = Faulty.RAISE,
) -> dict[str, Appraisal] | Scored:
    """The appraisals of every relationship manager, in one pass.

    Args:
        ledger: What happened.
        rulebook: The standard.
        period: The days to appraise.
        managers: Ids of managers to include even without a violation.
        policy: What is decided where the standard is silent.
        as_of: Only what was known at this moment, entries at exactly that moment included;
            None for everything recorded.
        faulty: What is done about violations that cannot be scored.

    Returns:
        A new dict from manager id to appraisal, by id; it has the managers with a
        violation in the period, and those of ``managers``. With
        ``faulty=Faulty.REPORT`` a :class:`Scored`: whoever has a faulty violation gets no
        appraisal but the problems, and everybody else is appraised.

    Raises:
        FieldError: An argument has a value that it does not allow.
        ScoringError: Violations of the period cannot be scored; it reports each of them.

    >>> from cmappraisal import ERROR_POINTS
    >>> appraisals = score_all(Ledger(), ERROR_POINTS, Period.year(2025), managers=["RM-01"])
    >>> appraisals["RM-01"].points
    Decimal('0')
    """
    faulty = member_of(Faulty, faulty)
    ids, checked_ids = _as_managers(managers)
    moment = _require(
        "score_all",
        *(ledger, rulebook, period, policy, as_of),
        checked_ids,
        ("faulty", faulty, isinstance(faulty, Faulty), "Faulty.RAISE or Faulty.REPORT"),
    )
    by_manager: dict[str, list[Charge]] = {id: [] for id in ids}
    with localcontext(EXACT):
        pipeline = Pipeline.of(rulebook, policy)
        charges = Charges(pipeline, every_manager=faulty is Faulty.REPORT)
        for charge in charges.of(in_view(ledger.cases(), period, policy, moment)):
            of_manager = by_manager.get(charge[0].manager)
            if of_manager is None:
                by_manager[charge[0].manager] = [charge]
            else:
                of_manager.append(charge)
        if faulty is Faulty.RAISE:
            charges.raise_problems()
        appraisals = {
            manager: _appraise(manager, by_manager[manager], pipeline, period, moment)
            for manager in sorted(by_manager)
            if manager not in charges.of_manager
        }
    if faulty is Faulty.RAISE:
        return appraisals
    problems = {manager: tuple(found) for manager, found in sorted(charges.of_manager.items())}
    return Scored(appraisals, problems)


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

    It returns points alone. :func:`score_all` says whose qualification is revoked.

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
        ScoringError: Violations of the period cannot be scored; it reports each of them.

    >>> from cmappraisal import ERROR_POINTS
    >>> dict(tally(Ledger(), ERROR_POINTS, Period.year(2025), managers=["RM-01"]))
    {'RM-01': Decimal('0')}
    """
    ids, checked_ids = _as_managers(managers)
    moment = _require("tally", *(ledger, rulebook, period, policy, as_of), checked_ids)
    totals = dict.fromkeys(ids, _ZERO)
    tied: dict[str, list[Charge]] = {}
    with localcontext(EXACT):
        pipeline = Pipeline.of(rulebook, policy)
        charges = Charges(pipeline)
        for charge in charges.of(in_view(ledger.cases(), period, policy, moment)):
            violation, judgement = charge
            manager = violation.manager
            totals[manager] = totals.get(manager, _ZERO) + judgement.points
            if violation.incident is not None or judgement.ties:
                tied.setdefault(manager, []).append(charge)
        charges.raise_problems()
        for manager, of_manager in tied.items():
            for line in pipeline.settle(of_manager).values():
                totals[manager] += line.points - line.judgement.points
        return {manager: canonical(totals[manager]) for manager in sorted(totals)}


def rescore(appraisal: Appraisal, ledger: Ledger) -> Appraisal:
    """The appraisal that a ledger makes of the same manager, period, rulebooks, policy and moment.

    Whoever is handed an appraisal can audit it so: one that was made from this ledger, and that
    nobody has changed since, comes out equal. The fields of an appraisal must agree with one
    another before it can even be read; this also finds a violation that was left out.

    Args:
        appraisal: The appraisal.
        ledger: The ledger that it is said to come from.

    Returns:
        The appraisal as it should be.

    Raises:
        FieldError: An argument has a value that it does not allow.
        ScoringError: Violations cannot be scored; it reports each of them.

    >>> from cmappraisal import ERROR_POINTS
    >>> appraisal = score(Ledger(), ERROR_POINTS, Period.year(2025), manager="RM-01")
    >>> rescore(appraisal, Ledger()) == appraisal
    True
    """
    fits = isinstance(appraisal, Appraisal)
    require("rescore", "appraisal", appraisal, fits, "an Appraisal")
    return score(
        ledger,
        appraisal.rulebook,
        appraisal.period,
        manager=appraisal.manager,
        policy=appraisal.policy,
        as_of=appraisal.as_of,
    )


def faults(
    violation: Violation,
    rulebook: Rulebook,
    policy: Policy = _DEFAULT,
    *,
    at: datetime | None = None,
) -> tuple[Problem, ...]:
    """Everything that would keep a violation from being scored, found before it is recorded.

    Args:
        violation: The violation.
        rulebook: The standard.
        policy: What is decided where the standard is silent.
        at: The moment at which it is to be recorded; None where that is not known yet.

    Returns:
        The problems, each with its place in the violation and its remedy; none where it can be
        scored.

    Raises:
        FieldError: An argument has a value that it does not allow.

    >>> from cmappraisal import ERROR_POINTS
    >>> violation = Violation("V-1", "RM-01", rule="3.99", occurred_on=date(2025, 3, 2))
    >>> print(*faults(violation, ERROR_POINTS))
    $.rule: rule "3.99" is not in rulebook "error-points 1.0"; did you mean "3.9"?
    """
    require_all(
        "faults",
        ("violation", violation, isinstance(violation, Violation), "a Violation"),
        ("rulebook", rulebook, isinstance(rulebook, Rulebook), "a Rulebook"),
        ("policy", policy, isinstance(policy, Policy), "a Policy"),
        ("at", at, at is None or is_moment(at), f"None, or {MOMENT}"),
    )
    found = tuple(problems_of(Facts.of(violation), rulebook, policy))
    if at is not None and is_ahead(violation, as_moment(at)):
        found += (act_after_recording(violation, as_moment(at)),)
    return found


def _require(  # noqa: PLR0917 - the arguments that every way of scoring has, in their order
    where: str,
    ledger: object,
    rulebook: object,
    period: object,
    policy: object,
    as_of: datetime | None,
    *more: tuple[str, object, bool, str],
) -> datetime | None:
    """Reject what does not fit, and give back the moment with its offset fixed."""
    values = {"ledger": (ledger, Ledger), "rulebook": (rulebook, Rulebook)}
    values |= {"period": (period, Period), "policy": (policy, Policy)}
    require_all(
        where,
        *(
            (name, value, isinstance(value, kind), f"a {kind.__name__}")
            for name, (value, kind) in values.items()
        ),
        ("as_of", as_of, as_of is None or is_moment(as_of), f"None, or {MOMENT}"),
        *more,
    )
    return None if as_of is None else as_moment(as_of)


def _as_managers(
    managers: Iterable[str],
) -> tuple[frozenset[str], tuple[str, object, bool, str]]:
    """Ids of managers, whose order does not matter, and how they are checked."""
    ids = as_ids(managers)
    return ids, ("managers", ids, is_identifier_set(ids), "a set or list of ids of managers")


# The total and the grade.


def _by_day(charge: Charge) -> tuple[date, str]:
    return charge[0].occurred_on, charge[0].id


def _appraise(
    manager: str,
    charges: list[Charge],
    pipeline: Pipeline,
    period: Period,
    as_of: datetime | None,
) -> Appraisal:
    settled = pipeline.settle(charges)
    rulebook, policy = pipeline.rulebook, pipeline.policy
    lines = []
    for violation, judgement in sorted(charges, key=_by_day):
        points, steps = judgement.points, judgement.steps
        running = settled.get(violation.id)
        if running is not None:
            for move in running.moves:
                points = canonical(EXACT.add(points, move.change))
                steps = (*steps, move.step(points, rulebook))
        lines.append(
            Line(
                violation,
                judgement.rule.id,
                points=points,
                revokes=judgement.revokes,
                steps=steps,
            )
        )
    points = total_of(line.points for line in lines)
    revoked = any(line.revokes for line in lines)
    mark, grade = result_of(points, policy, revoked=revoked)
    return Appraisal(
        manager,
        period,
        as_of=as_of,
        rulebooks=(rulebook,),
        policy=policy,
        points=points,
        score=mark,
        grade=grade,
        revoked=revoked,
        subtotals=subtotals_of(lines, rulebook),
        lines=tuple(lines),
    )
