"""Explanations: an appraisal as text that an employee can read and dispute."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import attrs

from cmappraisal.fields import one_line, require
from cmappraisal.grades import Grade
from cmappraisal.points import EXACT, plain
from cmappraisal.policy import Assumption, Displacement, Policy, UnstatedUnit, label_of
from cmappraisal.reports import wordings
from cmappraisal.rules import Deduction, Rule
from cmappraisal.scoring.appraisals import Appraisal, Line
from cmappraisal.scoring.steps import Effect, Step
from cmappraisal.texts import Language, Text, listed, require_language, worded
from cmappraisal.weights import Add, Multiply


def explain(appraisal: Appraisal, language: Language = "en") -> str:
    """An appraisal as plain text that an employee can read and dispute.

    Args:
        appraisal: The appraisal.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

    Returns:
        Lines of text, each ended by a line feed.

    Raises:
        FieldError: The argument is no appraisal.
        LanguageError: The language is none of the three.

    >>> from cmappraisal import ERROR_POINTS, Ledger, Period, score
    >>> appraisal = score(Ledger(), ERROR_POINTS, Period.year(2025), manager="RM-01")
    >>> print(explain(appraisal, "zh-Hans").splitlines()[1])
    客户经理：RM-01
    """
    fits = isinstance(appraisal, Appraisal)
    require("explain", "appraisal", appraisal, fits, "an Appraisal")
    require_language(language)
    parts = (_heading, _lines, _totals, _decisions, _gaps)
    written = ("\n".join(part(appraisal, language)) for part in parts)
    return "\n\n".join(filter(None, written)) + "\n"


def _named(name: Text, language: Language, value: object) -> str:
    return worded(wordings.NAMED, language, name.in_language(language), value)


def _heading(appraisal: Appraisal, language: Language) -> Iterator[str]:
    rulebook, period = appraisal.rulebook, appraisal.period
    yield wordings.TITLE.in_language(language)
    yield _named(wordings.MANAGER, language, appraisal.manager)
    title = rulebook.text.in_language(language)
    standard = worded(wordings.STANDARD, language, title, rulebook)
    yield _named(wordings.STANDARD_NAME, language, standard)
    span = worded(wordings.SPAN, language, period.first, period.last)
    yield _named(wordings.PERIOD, language, span)
    moment = appraisal.as_of
    if moment is None:
        yield wordings.ALL_KNOWN.in_language(language)
    else:
        yield worded(wordings.AS_OF, language, moment.isoformat(" "))


def _lines(appraisal: Appraisal, language: Language) -> Iterator[str]:
    if not appraisal.lines:
        yield wordings.NO_LINES.in_language(language)
    for number, line in enumerate(appraisal.lines, start=1):
        violation = line.violation
        recorded = appraisal.rulebook[violation.rule]
        citation = recorded.citation
        yield worded(
            wordings.LINE,
            language,
            number,
            violation.occurred_on,
            violation.id,
            violation.rule,
            citation.chapter,
            citation.clause,
            worded(wordings.LIMB, language, citation.limb) if citation.limb else "",
        )
        yield f"   {recorded.text.in_language(language)}"
        if violation.incident is not None:
            yield f"   {worded(wordings.INCIDENT, language, violation.incident)}"
        if note := one_line(violation.note):
            yield f"   {worded(wordings.NOTE, language, note)}"
        for step in line.steps:
            sentence = _sentence(appraisal, line, step, language)
            yield f"   - {sentence} {_reason(appraisal, step, language)}"
            if step.effect is Effect.APPEAL_SUSPENDS and (freed := _freed(appraisal, line)):
                yield f"   - {worded(wordings.FREED, language, listed(freed, language))}"
        yield f"   {worded(wordings.COUNTS, language, plain(line.points))}"


def _sentence(appraisal: Appraisal, line: Line, step: Step, language: Language) -> str:
    rule, quantity = appraisal.rule_of(line), line.violation.quantity
    deduction = rule.penalty if isinstance(rule.penalty, Deduction) else None
    decided = appraisal.value_of(step.reason) if isinstance(step.reason, Assumption) else None
    unit = wordings.UNITS.get(deduction.unit) if deduction else None
    sentence = wordings.EFFECTS[step.effect].sentence.in_language(language)
    return sentence.format(
        points=plain(step.points),
        rule=rule.id,
        wording=rule.text.in_language(language),
        from_rule=line.violation.rule,
        unit=unit.in_language(language) if unit else "",
        stated=plain(deduction.points) if deduction else "",
        quantity=quantity,
        counted=quantity if decided is UnstatedUnit.PER_OCCURRENCE else 1,
        circumstances=listed(_circumstances(appraisal, rule, step, language), language),
        policy=_value(decided, language) if isinstance(step.reason, Assumption) else "",
        others=listed(step.because_of, language),
        arithmetic=_arithmetic(step, decided),
    )


def _circumstances(
    appraisal: Appraisal, rule: Rule, step: Step, language: Language
) -> Iterator[str]:
    """The circumstances that a step read, and of those that a rule does not name, why they fit."""
    rulebook = appraisal.rulebook
    texts = {each.id: each.text.in_language(language) for each in rulebook.circumstances}
    trigger = {Effect.AGGRAVATED: rule.aggravated_by, Effect.REVOKED: rule.revoked_by}
    for id in step.circumstances:
        named = trigger.get(step.effect, {id})
        if id in named and id in texts:
            yield texts[id]
        else:
            implied = rulebook.implied_by([id]) & named
            also = (text for each, text in texts.items() if each in implied)
            yield worded(wordings.IMPLIED, language, texts[id], listed(also, language))


def _arithmetic(step: Step, decided: object) -> str:
    before = EXACT.subtract(step.points, step.change)
    match decided:
        case Multiply(factor=factor):
            return f"{plain(before)} × {plain(factor)} = {plain(step.points)}"
        case Add(points=points):
            return f"{plain(before)} + {plain(points)} = {plain(step.points)}"
        case _:
            sign = "+" if step.change >= 0 else "-"
            return f"{plain(before)} {sign} {plain(EXACT.abs(step.change))} = {plain(step.points)}"


def _reason(appraisal: Appraisal, step: Step, language: Language) -> str:
    reason = step.reason
    if isinstance(reason, Assumption):
        label = label_of(reason.field).in_language(language)
        return worded(wordings.BY_POLICY, language, reason.field, label)
    return worded(wordings.BY_STANDARD, language, appraisal.rulebook[reason.rule].citation)


def _freed(appraisal: Appraisal, suspended: Line) -> list[str]:
    """The violations that count because a suspended one does not take their place."""
    incident, rule = suspended.violation.incident, appraisal.rule_of(suspended)
    if incident is None:
        return []
    rulebook = appraisal.rulebook
    special = appraisal.policy.displacement is Displacement.SPECIAL_OVER_GENERAL
    part = rulebook.part_of(rule.id)
    freed = []
    for line in appraisal.lines:
        other = appraisal.rule_of(line)
        displaced = special and other.id in rule.displaces
        gives_way = other.residual and rulebook.part_of(other.id) is part and other is not rule
        in_incident = line is not suspended and line.violation.incident == incident
        if in_incident and line.points and (displaced or gives_way):
            freed.append(line.violation.id)
    return freed


def _totals(appraisal: Appraisal, language: Language) -> Iterator[str]:
    for subtotal in appraisal.subtotals:
        part = appraisal.part_of(subtotal)
        heading = part.text.in_language(language)
        yield worded(wordings.SUBTOTAL, language, part.number, heading, plain(subtotal.points))
    yield worded(wordings.TOTAL, language, plain(appraisal.points))
    yield from _score(appraisal, language)
    if (band := appraisal.band) is not None:
        yield _named(wordings.GRADE, language, band.text.in_language(language))
    revoking = [line.violation.id for line in appraisal.lines if line.revokes]
    state = (
        worded(wordings.REVOKED_BY, language, listed(revoking, language))
        if revoking
        else wordings.KEPT.in_language(language)
    )
    yield _named(wordings.QUALIFICATION, language, state)


def _score(appraisal: Appraisal, language: Language) -> Iterator[str]:
    policy, points, score = appraisal.policy, appraisal.points, appraisal.score
    if policy.full_marks is None:
        return
    made = EXACT.subtract(policy.full_marks, points)
    if policy.floor is not None:
        made = max(made, policy.floor)
    if score != made:
        # What the points make is not what those revoked are shown with.
        shown = wordings.NOT_SHOWN.in_language(language) if score is None else plain(score)
        why = policy.revoked_result.text.in_language(language)
        yield worded(wordings.REVOKED_RESULT, language, shown, why)
    elif policy.floor is not None and made != EXACT.subtract(policy.full_marks, points):
        numbers = (policy.full_marks, points, policy.floor, made)
        yield worded(wordings.FLOORED, language, *map(plain, numbers))
    else:
        yield worded(wordings.SCORED, language, *map(plain, (policy.full_marks, points, made)))


def _decisions(appraisal: Appraisal, language: Language) -> Iterator[str]:
    yield wordings.DECIDED.in_language(language)
    for attribute in attrs.fields(Policy):
        label = label_of(attribute.name).in_language(language)
        decided = _value(getattr(appraisal.policy, attribute.name), language)
        silence = appraisal.rulebook.silence_about(attribute.name)
        if silence is None:
            yield worded(wordings.DECISION, language, label, decided, attribute.name)
        else:
            says = silence.text.in_language(language)
            yield worded(wordings.SILENT_DECISION, language, label, says, decided, attribute.name)


def _gaps(appraisal: Appraisal, language: Language) -> Iterator[str]:
    """What the standard leaves open and the policy does not decide."""
    gaps = [silence for silence in appraisal.rulebook.silences if silence.field is None]
    if gaps:
        yield wordings.GAPS.in_language(language)
    for gap in gaps:
        yield worded(wordings.GAP, language, gap.text.in_language(language))


def _value(value: object, language: Language) -> str:
    match value:
        case Decimal():
            return plain(value)
        case None | ():
            return wordings.NONE.in_language(language)
        case tuple():
            return listed((_band(grade, language) for grade in value), language)
        case _:
            text: Text = getattr(value, "text")  # noqa: B009
            return text.in_language(language)


def _band(grade: Grade, language: Language) -> str:
    name = grade.text.in_language(language)
    least = "" if grade.at_least is None else f"{plain(grade.at_least)} ≤ "
    below = "" if grade.below is None else f" < {plain(grade.below)}"
    return f"{name} ({least}…{below})"
