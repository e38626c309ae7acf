"""Scoring: from a ledger to explained appraisals.

First it is seen which cases count in the period, as they were known. Each is judged individually,
equal facts once; then what the violations of one manager do to one another is settled; the total
and the grade close the appraisal. What is done in between, the one table of
:mod:`cmappraisal.scoring.stages` says, for totals and explanations alike.
"""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, localcontext
from typing import Literal, overload

from attrs import frozen

from cmappraisal.acts import Act, is_act
from cmappraisal.alternatives import GoverningEdition
from cmappraisal.caps import Counted
from cmappraisal.checks import CHECKS, Check, are_checks, asked
from cmappraisal.dating import problems_of_days
from cmappraisal.entries import Recorded
from cmappraisal.errors import Problem
from cmappraisal.fields import (
    MOMENT,
    as_optional_moment,
    as_text,
    as_tuple,
    identifier_allowed,
    is_identifier,
    is_moment,
    member_of,
    require,
    require_all,
)
from cmappraisal.ledger import Ledger
from cmappraisal.people import People, Person
from cmappraisal.periods import Period
from cmappraisal.points import EXACT
from cmappraisal.policy import Policy
from cmappraisal.rulebooks import Rulebook
from cmappraisal.scoring.appraisals import Appraisal
from cmappraisal.scoring.arguments import Argument, as_managers, require_arguments
from cmappraisal.scoring.charges import Charge, Charges, upheld, upheld_of
from cmappraisal.scoring.conclusions import Frame, appraised, points_of
from cmappraisal.scoring.facts import Facts
from cmappraisal.scoring.flaws import no_edition, problems_of
from cmappraisal.scoring.incompleteness import erased_from
from cmappraisal.scoring.stages import Pipeline
from cmappraisal.scoring.steps import Stage
from cmappraisal.scoring.terms import Terms
from cmappraisal.standards.editions import STANDARD, Editions, as_editions, is_standard

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
    standard: Rulebook | Editions,
    period: Period,
    *,
    manager: str,
    policy: Policy = _DEFAULT,
    people: Iterable[Person] = (),
    as_of: datetime | None = None,
) -> Appraisal:
    """The appraisal of one relationship manager.

    Args:
        ledger: What happened; the cases of this manager are read, and of those with whom this
            manager answers.
        standard: The standard: a rulebook, or its editions.
        period: The days to appraise.
        manager: The id of the relationship manager; one without violations has 0 points.
        policy: What is decided where the standard is silent.
        people: Who was where, in which role and under whom; where the standard says who answers
            with the doer, these are found in it.
        as_of: Only what was known at this moment, entries at exactly that moment included;
            None for everything recorded.

    Returns:
        The appraisal, with every line and step.

    Raises:
        FieldError: An argument has a value that it does not allow.
        PolicyError: The policy does not fit what the standard answers.
        ScoringError: Violations of the period cannot be scored; it reports each of them.

    >>> from cmappraisal import Violation
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
    tenures = as_tuple(people)
    moment = require_arguments(
        "score",
        *(ledger, standard, policy, as_of, tenures),
        _as_period(period),
        ("manager", manager, is_identifier(manager), identifier_allowed(manager)),
    )
    with localcontext(EXACT):
        pipeline = _pipeline(standard, policy, period.last)
        # Whoever answers with others has lines of theirs too.
        answers = pipeline.uses(Stage.SHARE) and bool(tenures)
        cases = upheld_of(ledger, None if answers else manager, moment)
        erased = erased_from(ledger, moment)
        charges = Charges(pipeline, lambda: cases, People(tenures, moment), erased)
        of_manager = [
            charge for person, charge in charges.in_period(period, manager) if person == manager
        ]
        charges.raise_problems()
        return appraised(manager, of_manager, charges, Frame(period, policy, moment))


@overload
def score_all(
    ledger: Ledger,
    standard: Rulebook | Editions,
    period: Period,
    *,
    managers: Iterable[str] = (),
    policy: Policy = ...,
    people: Iterable[Person] = (),
    as_of: datetime | None = None,
    faulty: Literal[Faulty.RAISE, "raise"] = ...,
) -> dict[str, Appraisal]: ...


@overload
def score_all(
    ledger: Ledger,
    standard: Rulebook | Editions,
    period: Period,
    *,
    managers: Iterable[str] = (),
    policy: Policy = ...,
    people: Iterable[Person] = (),
    as_of: datetime | None = None,
    faulty: Literal[Faulty.REPORT, "report"],
) -> Scored: ...


def score_all(
    ledger: Ledger,
    standard: Rulebook | Editions,
    period: Period,
    *,
    managers: Iterable[str] = (),
    policy: Policy = _DEFAULT,
    people: Iterable[Person] = (),
    as_of: datetime | None = None,
    faulty: Faulty | str = Faulty.RAISE,
) -> dict[str, Appraisal] | Scored:
    """The appraisals of every relationship manager, in one pass.

    Args:
        ledger: What happened.
        standard: The standard: a rulebook, or its editions.
        period: The days to appraise.
        managers: Ids of managers to include even without a violation.
        policy: What is decided where the standard is silent.
        people: Who was where, in which role and under whom; where the standard says who answers
            with the doer, these are found in it.
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
        PolicyError: The policy does not fit what the standard answers.
        ScoringError: Violations of the period cannot be scored; it reports each of them.

    >>> from cmappraisal import ERROR_POINTS
    >>> appraisals = score_all(Ledger(), ERROR_POINTS, Period.year(2025), managers=["RM-01"])
    >>> appraisals["RM-01"].points
    Decimal('0')
    """
    faulty = member_of(Faulty, faulty)
    ids, checked_ids = as_managers(managers)
    tenures = as_tuple(people)
    moment = require_arguments(
        "score_all",
        *(ledger, standard, policy, as_of, tenures),
        _as_period(period),
        checked_ids,
        ("faulty", faulty, isinstance(faulty, Faulty), "Faulty.RAISE or Faulty.REPORT"),
    )
    by_manager = defaultdict[str, list[Charge]](list, {id: [] for id in ids})
    with localcontext(EXACT):
        pipeline = _pipeline(standard, policy, period.last)
        charges = Charges(
            pipeline,
            lambda: upheld(ledger.cases(), moment),
            People(tenures, moment),
            erased_from(ledger, moment),
            every_manager=faulty is Faulty.REPORT,
        )
        for manager, charge in charges.in_period(period):
            by_manager[manager].append(charge)
        if faulty is Faulty.RAISE:
            charges.raise_problems()
        for manager in charges.incompleteness.missing(period):
            by_manager.setdefault(manager, [])
        frame = Frame(period, policy, moment)
        appraisals = {
            manager: appraised(manager, by_manager[manager], charges, frame)
            for manager in sorted(by_manager)
            if manager not in charges.of_manager
        }
    if faulty is Faulty.RAISE:
        return appraisals
    problems = {manager: tuple(found) for manager, found in sorted(charges.of_manager.items())}
    return Scored(appraisals, problems)


def tally(
    ledger: Ledger,
    standard: Rulebook | Editions,
    period: Period,
    *,
    managers: Iterable[str] = (),
    policy: Policy = _DEFAULT,
    people: Iterable[Person] = (),
    as_of: datetime | None = None,
) -> dict[str, Decimal]:
    """The error points of every relationship manager: totals alone, fast.

    It returns points alone. :func:`score_all` says whose qualification is revoked.

    Args:
        ledger: What happened.
        standard: The standard: a rulebook, or its editions.
        period: The days to appraise.
        managers: Ids of managers to include even without a violation.
        policy: What is decided where the standard is silent.
        people: Who was where, in which role and under whom; where the standard says who answers
            with the doer, these are found in it.
        as_of: Only what was known at this moment, entries at exactly that moment included;
            None for everything recorded.

    Returns:
        A new dict from manager id to points, by id, for the managers that
        :func:`score_all` would appraise.

    Raises:
        FieldError: An argument has a value that it does not allow.
        PolicyError: The policy does not fit what the standard answers.
        ScoringError: Violations of the period cannot be scored; it reports each of them.

    >>> from cmappraisal import ERROR_POINTS
    >>> dict(tally(Ledger(), ERROR_POINTS, Period.year(2025), managers=["RM-01"]))
    {'RM-01': Decimal('0')}
    """
    ids, checked_ids = as_managers(managers)
    tenures = as_tuple(people)
    moment = require_arguments(
        "tally",
        *(ledger, standard, policy, as_of, tenures),
        _as_period(period),
        checked_ids,
    )
    by_manager = defaultdict[str, list[Charge]](list, {id: [] for id in ids})
    with localcontext(EXACT):
        pipeline = _pipeline(standard, policy, period.last)
        charges = Charges(
            pipeline,
            lambda: upheld(ledger.cases(), moment),
            People(tenures, moment),
            erased_from(ledger, moment),
        )
        for manager, charge in charges.in_period(period):
            of_manager = by_manager[manager]
            # Awards are not in the points, and change none of them.
            if charge[1].counted is Counted.DEDUCTIONS:
                of_manager.append(charge)
        charges.raise_problems()
        for manager in charges.incompleteness.missing(period):
            by_manager.setdefault(manager, [])
        return {
            manager: points_of(manager, by_manager[manager], charges.judge)
            for manager in sorted(by_manager)
        }


def rescore(appraisal: Appraisal, ledger: Ledger, *, people: Iterable[Person] = ()) -> Appraisal:
    """The appraisal that a ledger makes of the same manager, period, standard, policy and moment.

    Whoever is handed an appraisal can audit it so: one that was made from this ledger, and that
    nobody has changed since, comes out equal. The fields of an appraisal must agree with one
    another before it can even be read; this also finds a violation that was left out.

    Args:
        appraisal: The appraisal.
        ledger: The ledger that it is said to come from.
        people: The tenures that it is said to come from.

    Returns:
        The appraisal as it should be.

    Raises:
        FieldError: An argument has a value that it does not allow.
        PolicyError: The policy does not fit what the standard answers.
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
        appraisal.standard,
        appraisal.period,
        manager=appraisal.manager,
        policy=appraisal.policy,
        people=people,
        as_of=appraisal.as_of,
    )


def faults(
    violation: Act,
    standard: Rulebook | Editions,
    policy: Policy = _DEFAULT,
    *,
    at: datetime | None = None,
    by: str | None = None,
    checks: Iterable[Check] = (),
) -> tuple[Problem, ...]:
    """Everything that would keep a violation from being scored, found before it is recorded.

    Args:
        violation: The violation, or the merit.
        standard: The standard: a rulebook, or its editions.
        policy: What is decided where the standard is silent.
        at: The moment at which it is to be recorded; None where that is not known yet.
        by: The id of who is to record it; checks are told.
        checks: Checks of your own, each asked of the entry that is to be made; they need ``at``.

    Returns:
        The problems, each with its place in the violation and its remedy, and then those of the
        checks, with their places in the entry; none where it can be scored.

    Raises:
        FieldError: An argument has a value that it does not allow.
        PolicyError: The policy does not fit what the standard answers.

    >>> from cmappraisal import Violation
    >>> from cmappraisal import ERROR_POINTS
    >>> violation = Violation("V-1", "RM-01", rule="3.99", occurred_on=date(2025, 3, 2))
    >>> print(*faults(violation, ERROR_POINTS))
    $.rule: rule "3.99" is not in rulebook "error-points 1.0"; did you mean "3.9"?
    """
    asking = as_tuple(checks)
    require_all(
        "faults",
        ("violation", violation, is_act(violation), "a Violation or a Merit"),
        ("standard", standard, is_standard(standard), STANDARD),
        ("policy", policy, isinstance(policy, Policy), "a Policy"),
        ("at", at, at is None or is_moment(at), f"None, or {MOMENT}"),
        ("checks", asking, are_checks(asking), CHECKS),
    )
    moment = as_optional_moment(at)
    require("faults", "at", at, moment is not None or not asking, f"{MOMENT}, for the checks")
    own = () if moment is None else asked(asking, Recorded(violation, at=moment, by=by), None)
    return (*_faults(violation, as_editions(standard), policy, moment), *own)


def _faults(
    violation: Act, standard: Editions, policy: Policy, at: datetime | None
) -> Iterator[Problem]:
    # Where the day of its recording is not known yet, the day it happened is the nearest.
    recorded_on = violation.recorded_on or (violation.occurred_on if at is None else at.date())
    closing = Terms.of(standard.closing(recorded_on), policy)
    is_by_recording = closing.policy.governing_edition is GoverningEdition.RECORDED
    name, day = (
        ("recorded_on", recorded_on) if is_by_recording else ("occurred_on", violation.occurred_on)
    )
    edition = standard.on(day)
    if edition is None:
        yield no_edition(name, day, standard)
    else:
        yield from problems_of(Facts.of(violation), Terms.of(edition, policy))
    yield from problems_of_days(violation, at)


def _as_period(period: object) -> Argument:
    """A period, and how it is checked."""
    return "period", period, isinstance(period, Period), "a Period"


def _pipeline(standard: Rulebook | Editions, policy: Policy, last: date) -> Pipeline:
    editions = as_editions(standard)
    return Pipeline.of(editions, policy, editions.closing(last))
