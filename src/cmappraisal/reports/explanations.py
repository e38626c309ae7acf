"""Explanations: an appraisal as text that an employee can read and dispute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

import attrs

from cmappraisal.acts import Act
from cmappraisal.alternatives import AwardEffect, Displacement
from cmappraisal.caps import Counted
from cmappraisal.fields import require
from cmappraisal.points import EXACT, plain, total_of
from cmappraisal.policy import Policy, is_of_account, label_of
from cmappraisal.qualifications import Qualification
from cmappraisal.redactions import Redacted
from cmappraisal.reports import wordings
from cmappraisal.reports.qualifications import (
    losses_in_words,
    name_of_status,
    qualification_in_words,
    require_qualification,
)
from cmappraisal.reports.sentences import (
    cap_sentence_of,
    cited,
    deducting,
    heading_of,
    missing_in_words,
    reason_of,
    sentence_of,
    value_in_words,
)
from cmappraisal.scoring.appraisals import Appraisal, Line
from cmappraisal.scoring.steps import Effect
from cmappraisal.showing import one_line
from cmappraisal.texts import Language, Text, listed, require_language, worded


def explain(
    appraisal: Appraisal,
    language: Language = "en",
    *,
    qualification: Qualification | None = None,
) -> str:
    """An appraisal as plain text that an employee can read and dispute.

    Args:
        appraisal: The appraisal.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.
        qualification: What holds of the manager's qualification on a day, such as
            :func:`~cmappraisal.accounts.qualification_on` finds it from thresholds too; None for
            what the violations of the appraisal lead to.

    Returns:
        Lines of text, each ended by a line feed.

    Raises:
        FieldError: An argument has a value that it does not allow.
        LanguageError: The language is none of the three.

    >>> from cmappraisal import ERROR_POINTS, Ledger, Period, score
    >>> appraisal = score(Ledger(), ERROR_POINTS, Period.year(2025), manager="RM-01")
    >>> print(explain(appraisal, "zh-Hans").splitlines()[1])
    客户经理：RM-01
    """
    fits = isinstance(appraisal, Appraisal)
    require("explain", "appraisal", appraisal, fits, "an Appraisal")
    require_qualification("explain", appraisal, qualification)
    require_language(language)
    totals = partial(_totals, qualification=qualification)
    parts = (_heading, _lines, _merits, _caps, _people, totals, _decisions, _gaps)
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
    yield from missing_in_words(appraisal.incomplete, language)


def _lines(appraisal: Appraisal, language: Language) -> Iterator[str]:
    if not appraisal.lines:
        yield wordings.NO_LINES.in_language(language)
    yield from _numbered(appraisal, appraisal.lines, wordings.LINE, language)


def _merits(appraisal: Appraisal, language: Language) -> Iterator[str]:
    return _numbered(appraisal, appraisal.merits, wordings.MERIT_LINE, language)


def _numbered(
    appraisal: Appraisal, lines: Iterable[Line], heading: Text, language: Language
) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        violation = line.violation
        rulebook = appraisal.rulebook_of(line)
        recorded = rulebook[violation.rule]
        yield worded(
            heading,
            language,
            number,
            violation.occurred_on,
            violation.id,
            violation.rule,
            cited(recorded.citation, rulebook, language),
        )
        yield f"   {recorded.text.in_language(language)}"
        for remark in _remarks(appraisal, line, language):
            yield f"   {remark}"
        for step in line.steps:
            sentence = sentence_of(appraisal, line, step, language)
            yield f"   - {sentence} {reason_of(step.reason, appraisal.standard, language)}"
            if step.effect is Effect.APPEAL_SUSPENDS and (freed := _freed(appraisal, line)):
                yield f"   - {worded(wordings.FREED, language, listed(freed, language))}"
        yield f"   {worded(wordings.COUNTS, language, plain(line.points))}"
        if line.money:
            yield f"   {worded(wordings.MONEY, language, plain(line.money))}"


def _remarks(appraisal: Appraisal, line: Line, language: Language) -> Iterator[str]:
    """What is known of a violation beside its rule and its circumstances."""
    violation = line.violation
    edition = line.edition if len(appraisal.standard) > 1 else None
    for wording, known in (
        (wordings.EDITION, edition),
        (wordings.FOUND_ON, violation.found_on),
        (wordings.RECORDED_ON, violation.recorded_on),
        (wordings.EFFECTIVE_ON, violation.effective_on),
        (wordings.DOER, violation.manager if line.answers_as else None),
        (wordings.INCIDENT, violation.incident),
        (wordings.NOTE, _note_of(violation, language)),
    ):
        if known is not None:
            yield worded(wording, language, known)


def _note_of(violation: Act, language: Language) -> str | None:
    if isinstance(violation.note, Redacted):
        return wordings.TAKEN_OUT.in_language(language)
    return one_line(violation.note) or None


def _freed(appraisal: Appraisal, suspended: Line) -> list[str]:
    """The violations that count because a suspended one does not take their place."""
    incident, rule = suspended.violation.incident, appraisal.rule_of(suspended)
    if incident is None:
        return []
    places = appraisal.rulebook_of(suspended).places
    special = appraisal.decided.displacement is Displacement.SPECIAL_OVER_GENERAL
    freed = []
    for line in appraisal.lines:
        other = appraisal.rule_of(line)
        displaced = special and other.id in rule.displaces
        gives_way = other.residual in places[rule.id] and other.id != rule.id
        in_incident = line is not suspended and line.violation.incident == incident
        if in_incident and line.points and (displaced or gives_way):
            freed.append(line.violation.id)
    return freed


def _caps(appraisal: Appraisal, language: Language) -> Iterator[str]:
    if appraisal.caps:
        yield wordings.CAPPED.in_language(language)
    for cap in appraisal.caps:
        for step in cap.steps:
            sentence = cap_sentence_of(appraisal, cap, step, language)
            if cap.of is Counted.AWARDS:
                sentence = worded(wordings.OF_MERITS, language, sentence)
            yield f"- {sentence} {reason_of(step.reason, appraisal.standard, language)}"


def _people(appraisal: Appraisal, language: Language) -> Iterator[str]:
    """The tenures by which the manager answers with others, so that they can be disputed."""
    if appraisal.people:
        yield wordings.TENURES.in_language(language)
    for tenure in appraisal.people:
        held = (
            worded(wording, language, known)
            for wording, known in (
                (wordings.IN_GROUP, tenure.group),
                (wordings.IN_ROLE, tenure.role),
                (wordings.UNDER, tenure.superior),
                (wordings.FROM, tenure.first),
                (wordings.UNTIL, tenure.last),
            )
            if known is not None
        )
        yield f"- {worded(wordings.NAMED, language, tenure.person, listed(held, language))}"


def _totals(
    appraisal: Appraisal, language: Language, *, qualification: Qualification | None
) -> Iterator[str]:
    for subtotal in deducting(appraisal):
        heading = heading_of(appraisal, subtotal, language)
        yield worded(wordings.SUBTOTAL, language, heading, plain(subtotal.points))
    yield worded(wordings.TOTAL, language, plain(appraisal.points))
    if appraisal.merits:
        yield worded(wordings.AWARDS_IN_ALL, language, plain(appraisal.awards))
    if money := total_of(line.money for line in appraisal.lines):
        yield worded(wordings.MONEY_IN_ALL, language, plain(money))
    yield from _score(appraisal, language)
    if (band := appraisal.band) is not None:
        yield _named(wordings.GRADE, language, band.text.in_language(language))
    said = (
        losses_in_words(appraisal, language)
        if qualification is None
        else qualification_in_words(qualification, language)
    )
    yield worded(wordings.NAMED, language, name_of_status(qualification, language), said)


def _score(appraisal: Appraisal, language: Language) -> Iterator[str]:
    policy, points, score = appraisal.decided, appraisal.points, appraisal.score
    if policy.full_marks is None:
        return
    raises = policy.awards is AwardEffect.RAISE_SCORE and bool(appraisal.merits)
    numbers = [policy.full_marks, points, *([appraisal.awards] if raises else [])]
    exact = made = EXACT.subtract(policy.full_marks, points)
    if raises:
        exact = made = EXACT.add(made, appraisal.awards)
    if policy.floor is not None:
        made = max(made, policy.floor)
    if score != made:
        # What the points make is not what those revoked are shown with.
        shown = wordings.NOT_SHOWN.in_language(language) if score is None else plain(score)
        why = policy.revoked_result.text.in_language(language)
        yield worded(wordings.REVOKED_RESULT, language, shown, why)
    elif policy.floor is not None and made != exact:
        wording = wordings.RAISED_FLOORED if raises else wordings.FLOORED
        yield worded(wording, language, *map(plain, (*numbers, policy.floor, made)))
    else:
        wording = wordings.RAISED if raises else wordings.SCORED
        yield worded(wording, language, *map(plain, (*numbers, made)))


def _decisions(appraisal: Appraisal, language: Language) -> Iterator[str]:
    rulebook, policy = appraisal.rulebook, appraisal.decided
    concerned = [
        attribute.name for attribute in attrs.fields(Policy) if _concerns(appraisal, attribute.name)
    ]
    answered = [name for name in concerned if name in rulebook.answers]
    if answered:
        yield wordings.STATED_BY.in_language(language)
    for name in answered:
        provision = rulebook.answers[name]
        place = cited(rulebook.provision(provision.id).citation, rulebook, language)
        stated = value_in_words(appraisal.value_of(provision), language)
        label = label_of(name).in_language(language)
        yield worded(wordings.DECISION, language, label, stated, place)
    yield wordings.DECIDED.in_language(language)
    for name in concerned:
        if name in answered:
            continue
        label = label_of(name).in_language(language)
        decided = value_in_words(getattr(policy, name), language)
        silence = rulebook.silence_about(name)
        if silence is None:
            yield worded(wordings.DECISION, language, label, decided, name)
        else:
            says = silence.text.in_language(language)
            yield worded(wordings.SILENT_DECISION, language, label, says, decided, name)


def _concerns(appraisal: Appraisal, name: str) -> bool:
    """Whether a field of the policy can matter to an appraisal at all."""
    if is_of_account(name):
        return False
    rulebook = appraisal.rulebook
    needed = {
        "mitigation": any(None in of.mitigated_by.values() for of in rulebook.provisions),
        "governing_edition": len(appraisal.standard) > 1,
        "awards": any(rule.award for rule in rulebook.values()),
        "rounding": appraisal.decided.smallest_unit is not None,
    }
    return needed.get(name, True)


def _gaps(appraisal: Appraisal, language: Language) -> Iterator[str]:
    """What the standard leaves open and the policy does not decide."""
    gaps = [silence for silence in appraisal.rulebook.silences if silence.field is None]
    if gaps:
        yield wordings.GAPS.in_language(language)
    for gap in gaps:
        yield worded(wordings.GAP, language, gap.text.in_language(language))
