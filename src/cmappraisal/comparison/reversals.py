"""Reversals: which violations decide the verdict, and what an open appeal is worth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

import attrs
from attrs import field, frozen

from cmappraisal.accounts.account import PointsAccount
from cmappraisal.allowances import in_place_of
from cmappraisal.comparison.declarations import (
    a_consequence_list,
    a_grade_list,
    as_consequences,
    as_grades,
    declared,
)
from cmappraisal.comparison.results import Attempt, Result, a_result, an_attempt, attempted
from cmappraisal.comparison.situations import SITUATION, Situation, reached_in
from cmappraisal.consequences import Consequence
from cmappraisal.errors import FieldError, ProblemCode
from cmappraisal.fields import (
    as_id_tuple,
    as_text,
    as_tuple,
    beside,
    id_tuple,
    identifier,
    instance_of,
    is_identifier,
    repeated,
    require,
    tuple_of,
)
from cmappraisal.flaw_wordings import filled
from cmappraisal.grades import Grade
from cmappraisal.ledger import Ledger
from cmappraisal.periods import Period
from cmappraisal.scoring.appraisals import Appraisal
from cmappraisal.texts import Text

MAXIMUM_REVERSED = 3
"""The most violations whose reversal together is looked at: more than one appeal ever has."""

MAXIMUM_CONSIDERED = 25
"""The most violations of which sets are made: 2,625 sets, each of them scored, in seconds."""

_CONSIDERED = Text("{0} 宗違規", "{0} 宗违规", en="{0} violations")


@frozen
class Reversal:
    """What the reversal of violations makes of a situation.

    Args:
        violations: The ids of the violations.
        attempt: What the appraisal comes to without them.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    violations: tuple[str, ...] = field(
        converter=as_id_tuple, validator=id_tuple("ids of violations", empty=False)
    )
    attempt: Attempt = field(validator=an_attempt)


@frozen
class OpenAppeal:
    """What an appeal is worth that is not settled yet.

    Args:
        violation: The id of the case under appeal.
        succeeded: What the appraisal comes to where the case is reversed.
        dismissed: What it comes to where the appeal is dismissed.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    violation: str = field(converter=as_text, validator=identifier)
    succeeded: Attempt = field(validator=an_attempt, kw_only=True)
    dismissed: Attempt = field(validator=an_attempt, kw_only=True)


def _as_reversals(value: Iterable[Reversal]) -> tuple[Reversal, ...]:
    return as_tuple(value)


def _as_appeals(value: Iterable[OpenAppeal]) -> tuple[OpenAppeal, ...]:
    return as_tuple(value)


def _decide(decisive: DecisiveReversals, sets: tuple[Reversal, ...]) -> bool:
    """Whether sets of one size, of what was considered, change the verdict."""
    verdict, considered = decisive.baseline.verdict, set(decisive.considered)
    return len({len(each.violations) for each in sets}) <= 1 and all(
        each.attempt.result is not None
        and each.attempt.result.verdict != verdict
        and considered.issuperset(each.violations)
        for each in sets
    )


@frozen
class DecisiveReversals:
    """The violations that decide the verdict on one manager and period.

    Args:
        manager: The id of the relationship manager.
        period: The days that are appraised.
        baseline: What the appraisal comes to as it is.
        considered: The ids of the violations of which sets were made.
        sets: The smallest sets of violations whose reversal changes the verdict: all of the least
            size, in the order of ``considered``; none where no set of up to
            :data:`MAXIMUM_REVERSED` does.
        unscored: The sets of up to that size without which the rest cannot be scored, with what
            is wrong.
        appeals: What each open appeal is worth: those against violations that have a line or are
            named by a step of one, those from which something follows, and those about merits.
        grades: The grades that the results name, as the policy declares them.
        consequences: The consequences that they name, as the standard declares them.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    manager: str = field(converter=as_text, validator=identifier)
    period: Period = field(validator=instance_of(Period, allowed="a Period"))
    baseline: Result = field(validator=a_result, kw_only=True)
    considered: tuple[str, ...] = field(
        converter=as_id_tuple, validator=id_tuple("ids of violations"), kw_only=True
    )
    sets: tuple[Reversal, ...] = field(
        converter=_as_reversals,
        validator=[
            tuple_of(Reversal, "a list of Reversal"),
            beside(_decide, "sets of one size, of those considered, that change the verdict"),
        ],
        kw_only=True,
    )
    unscored: tuple[Reversal, ...] = field(
        default=(),
        converter=_as_reversals,
        validator=tuple_of(Reversal, "a list of Reversal"),
        kw_only=True,
    )
    appeals: tuple[OpenAppeal, ...] = field(
        default=(),
        converter=_as_appeals,
        validator=tuple_of(OpenAppeal, "a list of OpenAppeal"),
        kw_only=True,
    )
    grades: tuple[Grade, ...] = field(
        default=(), converter=as_grades, validator=a_grade_list, kw_only=True
    )
    consequences: tuple[Consequence, ...] = field(
        default=(), converter=as_consequences, validator=a_consequence_list, kw_only=True
    )


def decisive(situation: Situation, *, among: Iterable[str] | None = None) -> DecisiveReversals:
    """The smallest sets of violations whose reversal changes the verdict.

    The verdict is what :data:`VERDICT` says: the grade, the qualification, and what follows
    by rules and by tables that are reached.
    A reversed violation scores as if it had never been recorded. It can also make another count,
    which gave way to it, so every set is scored, first those of one violation, then of two, then
    of three, until there is one that changes the verdict.

    Besides, each case under appeal is scored as if the appeal had succeeded, and as if it had been
    dismissed.

    Args:
        situation: The situation.
        among: The ids of the cases of which sets are made, at most :data:`MAXIMUM_CONSIDERED`;
            None for the violations that have a line, and the earlier ones that a step of these
            names (each step :data:`~cmappraisal.scoring.steps.MAXIMUM_NAMED` at most) or from
            which something follows in the period.

    Returns:
        The sets, and what open appeals are worth.

    Raises:
        FieldError: An argument has a value that it does not allow, or there are more violations
            than :data:`MAXIMUM_CONSIDERED`.
        PolicyError: The policy does not fit what the standard answers.
        ScoringError: Violations of the period cannot be scored; it reports each of them.

    >>> from datetime import date, datetime, timezone
    >>> from cmappraisal import ERROR_POINTS, Grade, Policy, Violation
    >>> ledger = Ledger()
    >>> for id, rule in (("V-1", "3.2b"), ("V-2", "2.1"), ("V-3", "3.2b")):
    ...     violation = Violation(id, "RM-01", rule=rule, occurred_on=date(2025, 3, 2))
    ...     ledger = ledger.record(violation, at=datetime(2025, 3, 4, tzinfo=timezone.utc))
    >>> grades = [Grade("A", at_least=85, below=None), Grade("B", at_least=0, below=85)]
    >>> situation = Situation(
    ...     ledger,
    ...     ERROR_POINTS,
    ...     period=Period.year(2025),
    ...     manager="RM-01",
    ...     policy=Policy(grades=grades),
    ... )
    >>> [each.violations for each in decisive(situation).sets]
    [('V-1',), ('V-3',)]
    """
    require("decisive", "situation", situation, isinstance(situation, Situation), SITUATION)
    appraisal, account = situation.appraisal(), situation.account()
    named = _named_in(appraisal, account)
    considered = named if among is None else _as_cases(among, situation.ledger)
    if len(considered) > MAXIMUM_CONSIDERED:
        found = filled(_CONSIDERED, len(considered))
        allowed = f"at most {MAXIMUM_CONSIDERED}; name those to look at in among="
        problem = in_place_of("$.among", found, allowed, ProblemCode.TOO_MANY)
        raise FieldError([problem], 0, "decisive")
    appraisals = (appraisal, *(() if account is None else account.appraisals))
    pertinent, baseline = _pertinent(situation, appraisals), Result.of(situation, appraisal)
    sets: list[Reversal] = []
    unscored: list[Reversal] = []
    for size in range(1, MAXIMUM_REVERSED + 1):
        for ids in combinations(considered, size):
            reversal = Reversal(ids, _without(pertinent, ids))
            result = reversal.attempt.result
            if result is None:
                unscored.append(reversal)
            elif result.verdict != baseline.verdict:
                sets.append(reversal)
        if sets:
            break
    appeals = tuple(_appeals(pertinent, appraisal, named))
    attempts = [
        *(each.attempt for each in sets),
        *(each.succeeded for each in appeals),
        *(each.dismissed for each in appeals),
    ]
    return DecisiveReversals(
        situation.manager,
        situation.period,
        baseline=baseline,
        considered=considered,
        sets=sets,
        unscored=unscored,
        appeals=appeals,
        **declared([baseline, *attempts], [situation]),
    )


def _as_cases(among: Iterable[str], ledger: Ledger) -> tuple[str, ...]:
    """Ids of cases of a ledger, none of them twice."""
    ids = as_id_tuple(among)
    known = {case.violation.id for case in ledger.cases()}
    fits = isinstance(ids, tuple) and all(is_identifier(id) and id in known for id in ids)
    allowed = "None, or a list of ids of cases of the ledger, none of them twice"
    require("decisive", "among", among, fits and not repeated(ids), allowed)
    return ids


def _named_in(appraisal: Appraisal, account: PointsAccount | None) -> tuple[str, ...]:
    """The violations that an appraisal has a line of, and then the others that matter to it.

    These are those that steps of lines name, and from which something follows in the period.
    """
    own = [line.violation.id for line in appraisal.lines]
    others = [id for line in appraisal.lines for step in line.steps for id in step.because_of]
    if account is not None:
        reached = reached_in(account, appraisal.period)
        others += (id for due in reached for id in due.because_of)
    return tuple(dict.fromkeys((*own, *sorted(others))))


def _pertinent(situation: Situation, appraisals: Iterable[Appraisal]) -> Situation:
    """The same situation without the cases of people who have nothing to do with it.

    A line is of a case of the manager's, or of one of a doer with whom the manager answers; what
    else a line depends on are cases of the same person.
    """
    ledger, moment = situation.ledger, situation.as_of
    if moment is not None:
        ledger = ledger.as_of(moment)
    lines = (line for each in appraisals for line in (*each.lines, *each.merits))
    people = {situation.manager, *(line.violation.manager for line in lines)}
    ids = {case.violation.id for person in people for case in ledger.for_manager(person)}
    entries = (entry for entry in ledger if entry.violation_id in ids)
    return attrs.evolve(situation, ledger=Ledger(entries))


def _without(situation: Situation, ids: tuple[str, ...]) -> Attempt:
    """What a situation comes to where cases were reversed: as if they had never been recorded."""
    entries = (entry for entry in situation.ledger if entry.violation_id not in ids)
    return attempted(attrs.evolve(situation, ledger=Ledger(entries)))


def _appeals(
    situation: Situation, appraisal: Appraisal, named: tuple[str, ...]
) -> Iterator[OpenAppeal]:
    ledger = situation.ledger
    merits = (line.violation.id for line in appraisal.merits)
    for id in (*named, *merits):
        if ledger.case(id).is_under_appeal:
            yield OpenAppeal(
                id,
                succeeded=_without(situation, (id,)),
                dismissed=attempted(_dismissed(situation, id)),
            )


def _dismissed(situation: Situation, id: str) -> Situation:
    """The situation where an appeal is dismissed, at the moment of the last that was known."""
    ledger = situation.ledger
    at = list(ledger)[-1].at
    return attrs.evolve(situation, ledger=ledger.dismiss(id, at=at, reason="as if dismissed"))
