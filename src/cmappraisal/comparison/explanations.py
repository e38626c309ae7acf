"""Explanations: comparisons, sensitivities and decisive reversals as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

import attrs

from cmappraisal.caps import Counted
from cmappraisal.comparison import wordings
from cmappraisal.comparison.comparisons import Comparison, ComparisonStep
from cmappraisal.comparison.line_changes import LineChange
from cmappraisal.comparison.results import Attempt, Result
from cmappraisal.comparison.reversals import MAXIMUM_REVERSED, DecisiveReversals, Reversal
from cmappraisal.comparison.sensitivities import Alternative, Sensitivity
from cmappraisal.consequences import Status
from cmappraisal.fields import require
from cmappraisal.points import plain
from cmappraisal.policy import label_of
from cmappraisal.reports.problems import problem_in_words
from cmappraisal.reports.sentences import value_in_words
from cmappraisal.reports.wordings import MANAGER, NAMED, PERIOD, SPAN
from cmappraisal.texts import Language, Text, listed, require_language, worded


def explain_comparison(comparison: Comparison, language: Language = "en") -> str:
    """A comparison as plain text, which says what each change makes of the appraisal.

    Args:
        comparison: What :func:`compare` made.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

    Returns:
        Lines of text, each ended by a line feed.

    Raises:
        FieldError: The argument is no comparison.
        LanguageError: The language is none of the three.

    >>> from cmappraisal import ERROR_POINTS, Ledger, Period
    >>> from cmappraisal.comparison import Situation, compare
    >>> situation = Situation(Ledger(), ERROR_POINTS, period=Period.year(2025), manager="RM-01")
    >>> print(explain_comparison(compare(situation, situation)), end="")
    Two situations compared
    Relationship manager: RM-01
    Period: 2025-01-01 to 2025-12-31
    Before: error points 0, awards 0, score 100, grade none, qualification kept, what follows none
    After: error points 0, awards 0, score 100, grade none, qualification kept, what follows none
    The situations do not differ.
    """
    _require("explain_comparison", "comparison", comparison, Comparison, language)
    return _text(_comparison(comparison, language))


def explain_sensitivity(sensitivity: Sensitivity, language: Language = "en") -> str:
    """A sensitivity as plain text, which says what each other choice of the policy decides.

    Args:
        sensitivity: What :func:`sensitivity` made.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

    Returns:
        Lines of text, each ended by a line feed.

    Raises:
        FieldError: The argument is no sensitivity.
        LanguageError: The language is none of the three.
    """
    _require("explain_sensitivity", "sensitivity", sensitivity, Sensitivity, language)
    return _text(_sensitivity(sensitivity, language))


def explain_decisive(decisive: DecisiveReversals, language: Language = "en") -> str:
    """Decisive reversals as plain text, with what each open appeal is worth.

    Args:
        decisive: What :func:`decisive` made.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

    Returns:
        Lines of text, each ended by a line feed.

    Raises:
        FieldError: The argument is no such value.
        LanguageError: The language is none of the three.
    """
    _require("explain_decisive", "decisive", decisive, DecisiveReversals, language)
    return _text(_decisive(decisive, language))


def _require(where: str, name: str, value: object, kind: type, language: object) -> None:
    require(where, name, value, isinstance(value, kind), f"a {kind.__name__}")
    require_language(language)


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _named(name: Text, value: object, language: Language) -> str:
    return worded(NAMED, language, name.in_language(language), value)


def _heading(
    title: Text, of: Comparison | Sensitivity | DecisiveReversals, language: Language
) -> Iterator[str]:
    yield title.in_language(language)
    yield _named(MANAGER, of.manager, language)
    span = worded(SPAN, language, of.period.first, of.period.last)
    yield _named(PERIOD, span, language)


class _Speech(NamedTuple):
    """The language of a text, and what it calls the grades and consequences of results.

    Args:
        language: The language.
        names: By the field of a result, the wording of each id.
    """

    language: Language
    names: Mapping[str, Mapping[str, Text]]

    @classmethod
    def of(cls, made: Comparison | Sensitivity | DecisiveReversals, language: Language) -> _Speech:
        grades = {each.id: each.text for each in made.grades}
        following = {each.id: each.text for each in made.consequences}
        return cls(language, {"grade": grades, "consequences": following})

    def name(self, field: str, id: str) -> str:
        """What an id is called; the id itself where nothing declares it."""
        text = self.names[field].get(id)
        return id if text is None else text.in_language(self.language)


# Results.


def _value(name: str, result: Result, speech: _Speech) -> str:
    """The value of a field of a result, in words."""
    value, language = getattr(result, name), speech.language
    if isinstance(value, Status):
        return value.text.in_language(language)
    if isinstance(value, tuple):
        named = [speech.name(name, id) for id in value]
        return listed(named, language) or wordings.NONE.in_language(language)
    return speech.name(name, value) if isinstance(value, str) else _number(value, language)


def _number(value: Decimal | None, language: Language) -> str:
    return wordings.NONE.in_language(language) if value is None else plain(value)


def _result(result: Result, speech: _Speech) -> str:
    return listed(
        (
            f"{wordings.FIELDS[name].in_language(speech.language)} {_value(name, result, speech)}"
            for name in attrs.fields_dict(Result)
        ),
        speech.language,
    )


def _changes(before: Result, after: Result, speech: _Speech) -> str:
    """In what a result differs from another, in words."""
    language = speech.language
    changes = (
        worded(
            wordings.CHANGED,
            language,
            wordings.FIELDS[name].in_language(language),
            _value(name, before, speech),
            _value(name, after, speech),
        )
        for name in before.changes(after)
    )
    return listed(changes, language) or wordings.UNCHANGED.in_language(language)


def _attempt(attempt: Attempt, baseline: Result, speech: _Speech) -> str:
    """What came of an attempt, in words; of several problems the first."""
    if attempt.result is not None:
        return _changes(baseline, attempt.result, speech)
    problem = problem_in_words(attempt.problems[0], speech.language)
    return worded(wordings.UNSCORED, speech.language, problem)


def _items(heading: Text, items: Iterable[str], language: Language) -> Iterator[str]:
    """A list under a heading, where there is anything to list."""
    for number, item in enumerate(items):
        if not number:
            yield heading.in_language(language)
        yield worded(wordings.ITEM, language, item)


# Comparisons.


def _comparison(comparison: Comparison, language: Language) -> Iterator[str]:
    speech = _Speech.of(comparison, language)
    yield from _heading(wordings.COMPARISON, comparison, language)
    yield worded(wordings.BEFORE, language, _result(comparison.before, speech))
    yield worded(wordings.AFTER, language, _result(comparison.after, speech))
    if not comparison.steps:
        yield wordings.NOTHING_DIFFERS.in_language(language)
    for number, step in enumerate(comparison.steps, start=1):
        yield from _step(number, step, speech)


def _step(number: int, step: ComparisonStep, speech: _Speech) -> Iterator[str]:
    language = speech.language
    what = step.aspect.text.in_language(language)
    if step.fields:
        labels = listed((label_of(name).in_language(language) for name in step.fields), language)
        what = worded(wordings.OF_POLICY, language, what, labels)
    changes = _changes(step.before, step.after, speech)
    yield worded(wordings.STEP, language, number, what, changes)
    for line in step.lines:
        yield f"   {worded(wordings.ITEM, language, _line(line, language))}"
    if step.by_caps:
        by_caps = worded(wordings.BY_CAPS, language, f"{step.by_caps:+f}")
        yield f"   {worded(wordings.ITEM, language, by_caps)}"


def _line(line: LineChange, language: Language) -> str:
    is_merit = line.of is Counted.AWARDS
    wording = wordings.MERIT_CHANGED if is_merit else wordings.VIOLATION_CHANGED
    numbers = (_number(line.before, language), _number(line.after, language))
    said = worded(wording, language, line.violation, *numbers)
    if line.revoked_before is line.revoked_after:
        return said
    revokes = wordings.REVOKES if line.revoked_after else wordings.REVOKES_NO_MORE
    return said + revokes.in_language(language)


# Sensitivities.


def _sensitivity(sensitivity: Sensitivity, language: Language) -> Iterator[str]:
    baseline, deciding = sensitivity.baseline, sensitivity.deciding
    speech = _Speech.of(sensitivity, language)
    yield from _heading(wordings.SENSITIVITY, sensitivity, language)
    yield worded(wordings.AS_IT_IS, language, _result(baseline, speech))
    if not deciding:
        yield wordings.NONE_DECIDES.in_language(language)
    others = [each for each in sensitivity.alternatives if each not in deciding]
    scored = [each for each in others if each.attempt.result is not None]
    impossible = [each for each in others if each.attempt.result is None]
    for heading, alternatives in (
        (wordings.DECIDING, deciding),
        (wordings.IMPOSSIBLE, impossible),
    ):
        said = (_alternative(each, baseline, speech) for each in alternatives)
        yield from _items(heading, said, language)
    choices = (_choice(each, language) for each in scored)
    yield from _items(wordings.WITHOUT_EFFECT, choices, language)
    if sensitivity.answered:
        labels = (label_of(name).in_language(language) for name in sensitivity.answered)
        yield worded(wordings.ANSWERED, language, listed(labels, language))


def _choice(alternative: Alternative, language: Language) -> str:
    label = label_of(alternative.field).in_language(language)
    choice = value_in_words(alternative.choice, language)
    return worded(NAMED, language, label, choice)


def _alternative(alternative: Alternative, baseline: Result, speech: _Speech) -> str:
    outcome = _attempt(alternative.attempt, baseline, speech)
    return worded(wordings.OUTCOME, speech.language, _choice(alternative, speech.language), outcome)


# Reversals.


def _decisive(decisive: DecisiveReversals, language: Language) -> Iterator[str]:
    baseline = decisive.baseline
    none, speech = wordings.NONE.in_language(language), _Speech.of(decisive, language)

    def said(of: Any, attempt: Attempt) -> str:
        return worded(NAMED, language, of, _attempt(attempt, baseline, speech))

    def reversals(all_of: Iterable[Reversal]) -> Iterator[str]:
        return (said(listed(each.violations, language), each.attempt) for each in all_of)

    yield from _heading(wordings.DECISIVE, decisive, language)
    yield worded(wordings.AS_IT_IS, language, _result(baseline, speech))
    yield worded(wordings.CONSIDERED, language, listed(decisive.considered, language) or none)
    if not decisive.sets:
        yield worded(wordings.NO_SETS, language, MAXIMUM_REVERSED)
    yield from _items(wordings.SETS, reversals(decisive.sets), language)
    yield from _items(wordings.UNSCORED_SETS, reversals(decisive.unscored), language)
    appeals = (
        worded(wording, language, each.violation, _attempt(attempt, baseline, speech))
        for each in decisive.appeals
        for wording, attempt in (
            (wordings.SUCCEEDED, each.succeeded),
            (wordings.DISMISSED, each.dismissed),
        )
    )
    yield from _items(wordings.APPEALS, appeals, language)
