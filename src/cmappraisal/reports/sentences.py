"""Sentences: what a step of an appraisal did and why, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from cmappraisal.alternatives import UnstatedUnit
from cmappraisal.caps import Counted, Over
from cmappraisal.citations import Citation
from cmappraisal.grades import Grade
from cmappraisal.lapses import WithPeriod
from cmappraisal.points import EXACT, plain
from cmappraisal.policy import Assumption, label_of
from cmappraisal.repetition import Again
from cmappraisal.reports import wordings
from cmappraisal.responsibilities import Responsibility
from cmappraisal.rulebooks import Rulebook
from cmappraisal.rules import Award, Between, Deduction, Part, Rule
from cmappraisal.scoring.appraisals import Appraisal, CapLine, Line, Subtotal
from cmappraisal.scoring.steps import Effect, Reason, Stage, Step
from cmappraisal.scoring.weighing import weighed
from cmappraisal.standards.editions import Editions
from cmappraisal.texts import Language, Text, listed, ordinal, worded
from cmappraisal.weights import Add, Multiply, SetTo, Waive


def cited(citation: Citation, rulebook: Rulebook, language: Language) -> str:
    """A citation with the names of its levels, such as ``"chapter 3, clause 2, limb b"``.

    Args:
        citation: The citation.
        rulebook: The rulebook that it is a place of.
        language: The language.
    """
    steps = (
        worded(
            wordings.NUMBERED if step.isdecimal() else wordings.LETTERED,
            language,
            level.in_language(language),
            step,
        )
        for level, step in rulebook.cited(citation)
    )
    return (", " if language == "en" else "").join(steps)


def deducting(appraisal: Appraisal) -> list[Subtotal]:
    """The subtotals of parts that can deduct something: not of those that only award points.

    Args:
        appraisal: The appraisal.
    """
    return [
        subtotal
        for subtotal in appraisal.subtotals
        if subtotal.points or not _only_awards(appraisal.part_of(subtotal))
    ]


def _only_awards(part: Part) -> bool:
    return {rule.counted for rule in part.all_rules} == {Counted.AWARDS}


def heading_of(appraisal: Appraisal, subtotal: Subtotal, language: Language) -> str:
    """The heading of the part of a subtotal, with its place where it has one.

    Args:
        appraisal: The appraisal.
        subtotal: The subtotal.
        language: The language.
    """
    part = appraisal.part_of(subtotal)
    rulebooks = (appraisal.rulebook, *reversed(appraisal.rulebooks))
    rulebook = next(rulebook for rulebook in rulebooks if part in rulebook.parts)
    heading = part.text.in_language(language)
    if part.citation is None:
        return heading
    return worded(wordings.PART_CITED, language, cited(part.citation, rulebook, language), heading)


def sentence_of(appraisal: Appraisal, line: Line, step: Step, language: Language) -> str:
    """What a step did.

    Args:
        appraisal: The appraisal.
        line: The line.
        step: The step.
        language: The language.
    """
    return _said(step.effect, _facts(appraisal, line, step, language), language)


_EQUATION = re.compile(r"\{before\} × \{(?:quantity|counted)\} = \{points\}|\{arithmetic\}")
"""What of a sentence is an equation."""


def equations_of(appraisal: Appraisal, line: Line, language: Language) -> Iterator[str]:
    """How the points of a line come about, such as ``"20 × 3 = 60"``, but not by what changes none.

    Args:
        appraisal: The appraisal.
        line: The line.
        language: The language.
    """
    for step in line.steps:
        equation = _EQUATION.search(wordings.EFFECTS[step.effect].sentence.en)
        if equation is None:
            continue
        said = equation[0].format_map(_Places(_facts(appraisal, line, step, language)))
        if " × 1 = " not in said:
            yield said


class _Places(dict[str, Any]):
    """What is put into the places of a sentence; one of which nothing is known stays empty."""

    def __missing__(self, place: str) -> str:
        return ""


def _said(effect: Effect, facts: Mapping[str, Any], language: Language) -> str:
    return wordings.EFFECTS[effect].sentence.in_language(language).format_map(_Places(facts))


def cap_sentence_of(appraisal: Appraisal, cap: CapLine, step: Step, language: Language) -> str:
    """What a step of a cap over several violations took away.

    Args:
        appraisal: The appraisal.
        cap: The line of the cap.
        step: The step.
        language: The language.
    """
    most = EXACT.add(cap.total, cap.points)
    parts = (part for rulebook in appraisal.rulebooks for part in rulebook.all_parts)
    part = next((each for each in parts if (cap.over, each.id) == (Over.PART, cap.id)), None)
    facts = {
        "of": cap.id or listed(step.because_of, language),
        "part": part.text.in_language(language) if part else "",
        "most": plain(most),
        "arithmetic": f"{plain(cap.total)} - {plain(EXACT.minus(cap.points))} = {plain(most)}",
    }
    sentence = _said(step.effect, facts, language)
    return _from_parts(appraisal, cap, sentence, language) if len(cap.parts) > 1 else sentence


def _from_parts(appraisal: Appraisal, cap: CapLine, sentence: str, language: Language) -> str:
    """The sentence of a cap that takes from several parts, with what it takes from each."""
    taken = (
        worded(
            wordings.FROM_PART,
            language,
            heading_of(appraisal, each, language),
            plain(EXACT.minus(each.points)),
        )
        for each in cap.parts
    )
    return worded(wordings.FROM_PARTS, language, sentence, listed(taken, language))


def tag_of(appraisal: Appraisal, line: Line, step: Step, language: Language) -> str | None:
    """The few words that a card has for a step; None where it needs none.

    Args:
        appraisal: The appraisal.
        line: The line.
        step: The step.
        language: The language.
    """
    tag = wordings.EFFECTS[step.effect].tag
    if tag is None:
        return None
    facts = {"edition": line.edition, "consequence": _consequence(appraisal, line, step, language)}
    return tag.in_language(language).format(**facts)


def reason_of(reason: Reason, standard: Editions, language: Language) -> str:
    """What a step or a posting rests on, in brackets.

    Args:
        reason: What it rests on.
        standard: The standard.
        language: The language.
    """
    if isinstance(reason, Assumption):
        label = label_of(reason.field).in_language(language)
        by_policy = wordings.BY_POLICY if reason.edition is None else wordings.BY_POLICY_OF
        return worded(by_policy, language, reason.field, label, reason.edition)
    rulebook = standard.named(reason.edition).rulebook
    place = cited(rulebook.provision(reason.id).citation, rulebook, language)
    one_edition = len(standard) == 1
    wording = wordings.BY_STANDARD if one_edition else wordings.BY_STANDARD_OF
    return worded(wording, language, place, reason.edition)


def value_in_words(value: object, language: Language, rulebook: Rulebook | None = None) -> str:
    """The value of a field of the policy, in words.

    Args:
        value: The value.
        language: The language.
        rulebook: What declares the consequences that it names; None where they are said by id.
    """
    match value:
        case Decimal():
            return plain(value)
        case None | ():
            return wordings.NONE.in_language(language)
        case WithPeriod(unless_unserved=str(id)) if rulebook is not None:
            return value.text_with(rulebook.consequence(id).text).in_language(language)
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


_BY_CIRCUMSTANCE = ("aggravated_by", "mitigated_by", "consequences")
"""Fields whose value is looked up by a circumstance, and is no answer of a policy."""


def _facts(appraisal: Appraisal, line: Line, step: Step, language: Language) -> dict[str, Any]:
    """Whatever a sentence may say of a step."""
    rule, quantity = appraisal.rule_of(line), line.violation.quantity
    rulebook = appraisal.rulebook_of(line)
    stated = _stated(rule)
    value = appraisal.value_of(step.reason)
    unit = wordings.UNITS.get(stated.unit) if stated else None
    before = EXACT.subtract(step.points, step.change)
    weight = value
    if step.reason.field in _BY_CIRCUMSTANCE:
        weight = _weight(value, step, before, rulebook)
    again = value if isinstance(value, Again) else None
    time = again.holding(len(step.because_of) + 1) if again else None
    responsibility = _responsibility(value, line)
    if time is not None:
        weight = time.weight
    elif responsibility is not None:
        weight = responsibility.weight
    circumstances = listed(_circumstances(appraisal, line, step, language), language)
    consequence = _consequence(appraisal, line, step, language)
    following = worded(wordings.BECAUSE, language, consequence, circumstances)
    own = appraisal.standard.on(line.violation.occurred_on)
    part = next((each for each in rulebook.all_parts if each.id == rule.residual), None)
    return {
        "points": plain(step.points),
        "before": plain(_unit_before(line, step, stated)),
        "rule": rule.id,
        "wording": rule.text.in_language(language),
        "from_rule": line.violation.rule,
        "unit": unit.in_language(language) if unit else "",
        "stated": _amount(stated, language),
        "quantity": quantity,
        "counted": quantity if value is UnstatedUnit.PER_OCCURRENCE else 1,
        "circumstances": circumstances,
        "policy": value_in_words(value, language) if _is_of_policy(appraisal, step) else "",
        "weight": _weight_in_words(weight, step, language),
        "others": listed(step.because_of, language),
        "within": again.within.text.in_language(language) if again else "",
        "same": again.same.text.in_language(language) if again else "",
        "role": responsibility.text.in_language(language) if responsibility else "",
        "nth": "" if time is None else ordinal(time.nth) if language == "en" else time.nth,
        "arithmetic": _arithmetic(step, before, weight),
        "consequence": consequence,
        "following": following if circumstances else consequence,
        "own": own.rulebook.edition if own else "",
        "edition": line.edition,
        "limit": getattr(value, "months", ""),
        "part": part.text.in_language(language) if part else "",
    }


def _is_of_policy(appraisal: Appraisal, step: Step) -> bool:
    """Whether a step read a field of the policy, or a clause's answer to one."""
    reason = step.reason
    if isinstance(reason, Assumption):
        return True
    return reason.field in appraisal.standard.named(reason.edition).rulebook.answers


def _responsibility(value: object, line: Line) -> Responsibility | None:
    """Which of the responsibilities that a step read is that of the line."""
    listed_ones = value if isinstance(value, tuple) else ()
    return next(
        (
            each
            for each in listed_ones
            if isinstance(each, Responsibility) and each.role == line.answers_as
        ),
        None,
    )


def _weight_in_words(weight: object, step: Step, language: Language) -> str:
    if step.effect is Effect.SHARED and isinstance(weight, SetTo):
        # Somebody else answers with so much for the whole violation.
        return worded(wordings.WHOLE, language, plain(weight.points))
    return value_in_words(weight, language) if hasattr(weight, "text") else ""


def _stated(rule: Rule) -> Deduction | Award | None:
    """What a rule deducts or awards; None where it does neither."""
    return rule.penalty if isinstance(rule.penalty, Deduction) else rule.award


def _unit_before(line: Line, step: Step, stated: Deduction | Award | None) -> Decimal:
    """The points of one unit that a step counts."""
    set_before = [each for each in line.steps if each.stage is Stage.AMOUNT]
    if set_before:
        return set_before[-1].points
    if isinstance(stated, Deduction):
        return stated.least
    return stated.points if stated else Decimal(0)


def _amount(stated: Deduction | Award | None, language: Language) -> str:
    if stated is None:
        return ""
    if isinstance(stated.points, Between):
        bounds = plain(stated.points.least), plain(stated.points.most)
        return worded(wordings.RANGE, language, *bounds)
    return plain(stated.points)


def _weight(by_circumstance: Any, step: Step, before: Decimal, rulebook: Rulebook) -> Any:
    """The weight that a step's circumstances bring under a rule or clause; None without one."""
    held = rulebook.implied_by(step.circumstances)
    weights = [
        weight for id, weight in by_circumstance.items() if id in held and hasattr(weight, "text")
    ]
    # A circumstance can imply another with a weight of its own: one of them made the change.
    made = (
        each
        for each in weights
        if isinstance(each, (Multiply, Add, Waive)) and weighed(before, each) == step.points
    )
    return next(made, weights[0] if weights else None)


def _consequence(appraisal: Appraisal, line: Line, step: Step, language: Language) -> str:
    if step.consequence is None:
        return ""
    consequence = appraisal.rulebook_of(line).consequence(step.consequence)
    return consequence.text.in_language(language)


def _circumstances(
    appraisal: Appraisal, line: Line, step: Step, language: Language
) -> Iterator[str]:
    """The circumstances that a step read, and of those that a rule does not name, why they fit."""
    rulebook, rule = appraisal.rulebook_of(line), appraisal.rule_of(line)
    texts = {each.id: each.text.in_language(language) for each in rulebook.circumstances}
    trigger = _triggers(rulebook, rule, step)
    for id in step.circumstances:
        implied = rulebook.implied_by([id]) & trigger
        if not trigger or id in trigger:
            yield texts[id]
        else:
            also = (text for each, text in texts.items() if each in implied)
            yield worded(wordings.IMPLIED, language, texts[id], listed(also, language))


def _triggers(rulebook: Rulebook, rule: Rule, step: Step) -> set[str]:
    """The circumstances that the provision asks for which a step read."""
    if step.consequence is not None:
        return set(rule.consequences.get(step.consequence, ()))
    fields = {
        Stage.AMOUNT: ("aggravated_by", "mitigated_by"),
        Stage.AGGRAVATE: ("aggravated_by",),
        Stage.MITIGATE: ("mitigated_by",),
    }
    if step.effect is Effect.NO_EFFECT:
        return set()
    return {
        id
        for name in fields.get(step.stage, ())
        for of in (rule, *rulebook.clauses)
        for id in getattr(of, name)
    }


_ROUNDED = (
    *(Effect.AGGRAVATION_ROUNDED, Effect.MITIGATION_ROUNDED),
    *(Effect.REPETITION_ROUNDED, Effect.SHARE_ROUNDED),
)


def _arithmetic(step: Step, before: Decimal, weight: object) -> str:
    match weight:
        case Multiply(factor=factor):
            return f"{plain(before)} × {plain(factor)} = {plain(step.points)}"
        case Add(points=points):
            return f"{plain(before)} + {plain(points)} = {plain(step.points)}"
        case _ if step.effect in _ROUNDED:
            return f"{plain(before)} → {plain(step.points)}"
        case _:
            sign = "+" if step.change >= 0 else "-"
            return f"{plain(before)} {sign} {plain(EXACT.abs(step.change))} = {plain(step.points)}"


def missing_in_words(ids: Iterable[str], language: Language) -> Iterator[str]:
    """What is missing, since it was erased; nothing where nothing is.

    Args:
        ids: The ids of the cases that were erased.
        language: The language.
    """
    missing = list(ids)
    if missing:
        yield worded(wordings.INCOMPLETE, language, listed(missing, language))
