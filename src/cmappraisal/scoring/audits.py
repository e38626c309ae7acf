"""Audits: whether an appraisal agrees with itself and with what it refers to.

The sums of an appraisal, its references and its form can be checked from the appraisal and its
rulebooks alone. Whether a violation was left out, or changed, only the ledger can show: see
:func:`~cmappraisal.rescore`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from operator import attrgetter
from types import MappingProxyType

from cmappraisal.acts import Merit, Violation
from cmappraisal.alternatives import CountedOn
from cmappraisal.consequences import Status
from cmappraisal.errors import Problem, ProblemCode
from cmappraisal.fields import shown_id
from cmappraisal.points import EXACT, canonical, plain
from cmappraisal.provisions import Provision, fields_of
from cmappraisal.rulebooks import Rulebook
from cmappraisal.scoring.appraisals import Appraisal, Line
from cmappraisal.scoring.bounding import Summed
from cmappraisal.scoring.outcomes import outcome_of
from cmappraisal.scoring.stages import Pipeline
from cmappraisal.scoring.steps import Reason, Step

_ZERO = Decimal(0)
_ID = attrgetter("id")


def disagreements(appraisal: Appraisal) -> Iterator[Problem]:
    """Everything in which an appraisal disagrees with itself or with its rulebooks."""
    are_there = True
    for problem in _missing_references(appraisal):
        are_there = False
        yield problem
    if not are_there:
        return
    yield from _misplaced(appraisal)
    for path, line in _all_lines(appraisal):
        yield from _disagreements_of(line, path, appraisal.rulebook_of(line))
    yield from _sums(appraisal)


_LINES: Mapping[str, type] = MappingProxyType({"lines": Violation, "merits": Merit})
"""The fields of an appraisal that hold lines, each with what its lines are about."""


def _all_lines(appraisal: Appraisal) -> Iterator[tuple[str, Line]]:
    for name in _LINES:
        for index, line in enumerate(getattr(appraisal, name)):
            yield f"$.{name}[{index}]", line


def _disagrees(path: str, message: str) -> Problem:
    return Problem(path, ProblemCode.DISAGREES, message)


def _missing_references(appraisal: Appraisal) -> Iterator[Problem]:
    rulebooks = {rulebook.edition: rulebook for rulebook in appraisal.rulebooks}
    for path, line in _all_lines(appraisal):
        rulebook = rulebooks.get(line.edition)
        if rulebook is None:
            yield _unknown(f"{path}.edition", _no_edition(line.edition, rulebooks))
            continue
        for name, id in ((".violation.rule", line.violation.rule), (".rule", line.rule)):
            if id not in rulebook:
                yield _unknown(f"{path}{name}", _not_in(rulebook, "rule", id))
        for place, step in enumerate(line.steps):
            yield from _missing_of_step(step, f"{path}.steps[{place}]", rulebook)
            yield from missing_of_reason(step.reason, f"{path}.steps[{place}].reason", rulebooks)


def _missing_of_step(step: Step, path: str, rulebook: Rulebook) -> Iterator[Problem]:
    declared = {circumstance.id for circumstance in rulebook.circumstances}
    for id in step.circumstances:
        if id not in declared:
            yield _unknown(f"{path}.circumstances", _not_in(rulebook, "circumstance", id))
    if step.consequence is not None and step.consequence not in map(_ID, rulebook.consequences):
        message = _not_in(rulebook, "consequence", step.consequence)
        yield _unknown(f"{path}.consequence", message)


def missing_of_reason(
    reason: Reason, path: str, rulebooks: Mapping[str, Rulebook]
) -> Iterator[Problem]:
    """What a reason names that is not there.

    Args:
        reason: The reason.
        path: Its place.
        rulebooks: The rulebooks of the standard, by edition.
    """
    if reason.edition is None:
        return
    rulebook = rulebooks.get(reason.edition)
    if rulebook is None:
        yield _unknown(f"{path}.edition", _no_edition(reason.edition, rulebooks))
    elif isinstance(reason, Provision):
        if reason.id not in rulebook and reason.id not in map(_ID, rulebook.clauses):
            message = _not_in(rulebook, "rule or clause", reason.id)
            yield _unknown(f"{path}.id", message)
        elif reason.field not in (fields := fields_of(rulebook.provision(reason.id))):
            message = f'{reason.field} is no field of "{reason.id}"; known: {", ".join(fields)}'
            yield _unknown(f"{path}.field", message)


def _unknown(path: str, message: str) -> Problem:
    return Problem(path, ProblemCode.UNKNOWN_ID, message)


def _no_edition(edition: str, rulebooks: Iterable[str]) -> str:
    known = ", ".join(rulebooks)
    return f'edition "{shown_id(edition)}" is not in the standard; known: {known}'


def _not_in(rulebook: Rulebook, what: str, id: str) -> str:
    return f'{what} "{shown_id(id)}" is not in rulebook "{rulebook}"'


def _misplaced(appraisal: Appraisal) -> Iterator[Problem]:
    """What keeps lines out of an appraisal, whatever they deduct."""
    # Only the day of the act is in an appraisal, so by another day there is none to compare.
    by_occurrence = appraisal.decided.counted_on is CountedOn.OCCURRED
    first_at: dict[str, str] = {}
    previous: dict[type, tuple[date, str]] = {}
    for at, line in _all_lines(appraisal):
        violation, path = line.violation, f"{at}.violation"
        kind = _LINES[at.split("[")[0].removeprefix("$.")]
        if type(violation) is not kind:
            yield _disagrees(path, f"is no {kind.__name__}")
        if line.answers_as is None and violation.manager != appraisal.manager:
            yield _disagrees(f"{path}.manager", f"is not the appraisal's ({appraisal.manager})")
        if line.answers_as is not None and violation.manager == appraisal.manager:
            yield _disagrees(f"{at}.answers_as", "is of the doer, who answers for nobody else here")
        if first_at.setdefault(violation.id, at) != at:
            yield _disagrees(f"{path}.id", f"is that of {first_at[violation.id]} too")
        if by_occurrence and violation.occurred_on not in appraisal.period:
            yield _disagrees(f"{path}.occurred_on", f"is not in the period ({appraisal.period})")
        place = (violation.occurred_on, violation.id)
        if place < previous.get(kind, place):
            yield _disagrees(at, "comes after a line of a later day or id")
        previous[kind] = place


def _disagreements_of(line: Line, path: str, rulebook: Rulebook) -> Iterator[Problem]:
    points = _ZERO
    for place, step in enumerate(line.steps):
        points = canonical(EXACT.add(points, step.change))
        if step.points != points:
            message = f"{plain(step.points)}, but the steps up to it make {plain(points)}"
            yield _disagrees(f"{path}.steps[{place}].points", message)
            return
    if line.points != points:
        message = f"{plain(line.points)}, but the steps make {plain(points)}"
        yield _disagrees(f"{path}.points", message)
    following = map(rulebook.consequence, line.consequences)
    if line.revokes != any(each.status is Status.REVOKED for each in following):
        yield _disagrees(f"{path}.revokes", "is not what the steps say")


def _pipeline_of(appraisal: Appraisal) -> Pipeline:
    standard = appraisal.standard
    return Pipeline.of(standard, appraisal.policy, standard.closing(appraisal.period.last))


def _sums(appraisal: Appraisal) -> Iterator[Problem]:
    pipeline = _pipeline_of(appraisal)
    lines, merits = (
        [Summed.of_line(line, pipeline.terms[line.edition]) for line in of_kind]
        for of_kind in (appraisal.lines, appraisal.merits)
    )
    due = outcome_of(lines, merits, pipeline)
    for name, value in due._asdict().items():
        if getattr(appraisal, name) != value:
            yield _disagrees(f"$.{name}", "is not what the lines make")
