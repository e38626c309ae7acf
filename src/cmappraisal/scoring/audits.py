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
from cmappraisal.errors import Problem
from cmappraisal.fields import shown_id
from cmappraisal.flaw_wordings import filled
from cmappraisal.life_wordings import KINDS
from cmappraisal.points import EXACT, canonical, plain
from cmappraisal.provisions import Provision, fields_of
from cmappraisal.rulebooks import Rulebook
from cmappraisal.scoring.appraisals import Appraisal, Line
from cmappraisal.scoring.audit_flaws import AuditFlaw
from cmappraisal.scoring.bounding import Summed
from cmappraisal.scoring.outcomes import outcome_of
from cmappraisal.scoring.stages import Pipeline
from cmappraisal.scoring.steps import Reason, Step
from cmappraisal.texts import Text

_ZERO = Decimal(0)
_ID = attrgetter("id")

_RULE = Text("條款", "条款", en="rule")
_CIRCUMSTANCE = Text("情節", "情节", en="circumstance")
_CONSEQUENCE = Text("處理措施", "处理措施", en="consequence")
_PROVISION = Text("條款或總則條文", "条款或总则条文", en="rule or clause")


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


def _missing_references(appraisal: Appraisal) -> Iterator[Problem]:
    rulebooks = {rulebook.edition: rulebook for rulebook in appraisal.rulebooks}
    for path, line in _all_lines(appraisal):
        rulebook = rulebooks.get(line.edition)
        if rulebook is None:
            yield _no_edition(f"{path}.edition", line.edition, rulebooks)
            continue
        for name, id in ((".violation.rule", line.violation.rule), (".rule", line.rule)):
            if id not in rulebook:
                yield _not_in(f"{path}{name}", rulebook, _RULE, id)
        for place, step in enumerate(line.steps):
            yield from _missing_of_step(step, f"{path}.steps[{place}]", rulebook)
            yield from missing_of_reason(step.reason, f"{path}.steps[{place}].reason", rulebooks)


def _missing_of_step(step: Step, path: str, rulebook: Rulebook) -> Iterator[Problem]:
    declared = {circumstance.id for circumstance in rulebook.circumstances}
    for id in step.circumstances:
        if id not in declared:
            yield _not_in(f"{path}.circumstances", rulebook, _CIRCUMSTANCE, id)
    if step.consequence is not None and step.consequence not in map(_ID, rulebook.consequences):
        yield _not_in(f"{path}.consequence", rulebook, _CONSEQUENCE, step.consequence)


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
        yield _no_edition(f"{path}.edition", reason.edition, rulebooks)
    elif isinstance(reason, Provision):
        if reason.id not in rulebook and reason.id not in map(_ID, rulebook.clauses):
            yield _not_in(f"{path}.id", rulebook, _PROVISION, reason.id)
        elif reason.field not in (fields := fields_of(rulebook.provision(reason.id))):
            values = reason.field, reason.id, ", ".join(fields)
            yield AuditFlaw.UNKNOWN_FIELD.problem(f"{path}.field", *values)


def _no_edition(path: str, edition: str, rulebooks: Iterable[str]) -> Problem:
    return AuditFlaw.UNKNOWN_EDITION.problem(path, shown_id(edition), ", ".join(rulebooks))


def _not_in(path: str, rulebook: Rulebook, what: Text, id: str) -> Problem:
    return AuditFlaw.NOT_IN_RULEBOOK.problem(path, filled(what), shown_id(id), rulebook)


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
            yield AuditFlaw.OF_ANOTHER_KIND.problem(path, filled(KINDS[kind]))
        if line.answers_as is None and violation.manager != appraisal.manager:
            yield AuditFlaw.OF_ANOTHER_MANAGER.problem(f"{path}.manager", appraisal.manager)
        if line.answers_as is not None and violation.manager == appraisal.manager:
            yield AuditFlaw.ANSWERS_FOR_ONESELF.problem(f"{at}.answers_as")
        if first_at.setdefault(violation.id, at) != at:
            yield AuditFlaw.REPEATED_ID.problem(f"{path}.id", first_at[violation.id])
        if by_occurrence and violation.occurred_on not in appraisal.period:
            yield AuditFlaw.OUTSIDE_THE_PERIOD.problem(f"{path}.occurred_on", appraisal.period)
        place = (violation.occurred_on, violation.id)
        if place < previous.get(kind, place):
            yield AuditFlaw.AFTER_A_LATER_LINE.problem(at)
        previous[kind] = place


def _disagreements_of(line: Line, path: str, rulebook: Rulebook) -> Iterator[Problem]:
    points = _ZERO
    for place, step in enumerate(line.steps):
        points = canonical(EXACT.add(points, step.change))
        if step.points != points:
            at, values = f"{path}.steps[{place}].points", (plain(step.points), plain(points))
            yield AuditFlaw.OTHER_STEP.problem(at, *values)
            return
    if line.points != points:
        values = plain(line.points), plain(points)
        yield AuditFlaw.OTHER_POINTS.problem(f"{path}.points", *values)
    following = map(rulebook.consequence, line.consequences)
    if line.revokes != any(each.status is Status.REVOKED for each in following):
        yield AuditFlaw.OTHERWISE_REVOKED.problem(f"{path}.revokes")


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
            yield AuditFlaw.OTHER_SUM.problem(f"$.{name}")
