"""Explanations: what is irregular, and what is owed, as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from cmappraisal.appraisal_flaws import DAYS
from cmappraisal.fields import as_tuple, is_tuple_of, require
from cmappraisal.life_wordings import move_in_words
from cmappraisal.procedure import wordings
from cmappraisal.procedure.breaches import Irregularity, IrregularityKind
from cmappraisal.procedure.limits import TimeLimit
from cmappraisal.procedure.owed_days import Deadline, ProcedureStep
from cmappraisal.reports.papers import Item, Section, as_text
from cmappraisal.texts import Language, Text, listed, require_language, worded

T = TypeVar("T")


def explain_irregularities(found: Iterable[Irregularity], language: Language = "en") -> str:
    """What is not in order, as plain text.

    Args:
        found: What :func:`~cmappraisal.procedure.irregularities` made.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

    Returns:
        Lines of text, each ended by a line feed.

    Raises:
        FieldError: The first argument is no list of irregularities.
        LanguageError: The language is none of the three.

    >>> from datetime import date
    >>> missing = Irregularity(
    ...     "V-1", "overdue", rule="notify_within", due_on=date(2025, 3, 11), days=3
    ... )
    >>> print(explain_irregularities([missing]), end="")
    Irregularities
    1. case V-1: not done by its last day (to give notice)
       last day 2025-03-11, days late: 3
       by the procedure: notify_within
    """
    values = _values("explain_irregularities", "found", found, Irregularity, language)
    lines = [_irregularity(place, each, language) for place, each in enumerate(values, start=1)]
    return _paper(wordings.IRREGULARITIES, lines, wordings.NONE_FOUND, language)


def explain_deadlines(owed: Iterable[Deadline], language: Language = "en") -> str:
    """What is owed, by whom and until when, with the reckoning, as plain text.

    Args:
        owed: What :func:`~cmappraisal.procedure.deadlines` made.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

    Returns:
        Lines of text, each ended by a line feed.

    Raises:
        FieldError: The first argument is no list of deadlines.
        LanguageError: The language is none of the three.

    >>> print(explain_deadlines([]), end="")
    Deadlines
    Nothing is owed.
    """
    values = _values("explain_deadlines", "owed", owed, Deadline, language)
    lines = [_deadline(place, each, language) for place, each in enumerate(values, start=1)]
    return _paper(wordings.DEADLINES, lines, wordings.NONE_OWED, language)


def _values(
    where: str, name: str, values: Iterable[T], kind: type[T], language: Language
) -> tuple[T, ...]:
    require_language(language)
    listed_values = as_tuple(values)
    fits = is_tuple_of(listed_values, kind)
    require(where, name, listed_values, fits, f"a list of {kind.__name__}")
    return listed_values


def _paper(title: Text, lines: list[Item], nothing: Text, language: Language) -> str:
    items = lines or [Item(nothing.in_language(language))]
    return as_text([Section.of(title.in_language(language), items)])


def _irregularity(place: int, found: Irregularity, language: Language) -> Item:
    return Item(
        worded(wordings.LINE, language, place, found.violation_id, _kind(found, language)),
        tuple(_details(found, language)),
    )


def _kind(found: Irregularity, language: Language) -> str:
    said = found.kind.text.in_language(language)
    step = _step_of(found.rule)
    if step is None:
        return said
    return worded(wordings.MISSING, language, said, step.text.in_language(language))


def _step_of(rule: str) -> ProcedureStep | None:
    *_, name = rule.split(".")
    return wordings.RULE_AND_STEP.get(name)


def _details(found: Irregularity, language: Language) -> Iterator[str]:
    if found.entry is not None:
        move = move_in_words(found.entry, language)
        yield worded(wordings.OF_ENTRY, language, found.entry.at.date(), move)
    if found.person is not None:
        yield worded(wordings.BY, language, found.person)
    is_ahead = found.kind is IrregularityKind.DATED_AHEAD
    if found.due_on is not None and found.days is not None:
        text = wordings.AHEAD if is_ahead else wordings.LATE
        yield worded(text, language, found.due_on, found.days)
    if is_ahead:
        # A value that was not made by the library may name anything.
        day = DAYS.get(found.rule, Text.same(found.rule)).in_language(language)
        yield worded(wordings.RULE_OF_DATES, language, day)
    else:
        yield worded(wordings.RULE, language, found.rule)


def _deadline(place: int, owed: Deadline, language: Language) -> Item:
    said = worded(wordings.OWED, language, owed.step.text.in_language(language), owed.due_on)
    details = [
        worded(wordings.RECKONED, language, owed.from_day, _limit(owed.limit, language)),
        worded(wordings.RULE, language, owed.rule),
    ]
    if owed.people:
        is_right = owed.step is ProcedureStep.APPEAL
        text = wordings.APPELLANT if is_right else wordings.PEOPLE
        details.append(worded(text, language, listed(sorted(owed.people), language)))
    line = worded(wordings.LINE, language, place, owed.violation_id, said)
    return Item(line, tuple(details))


def _limit(limit: TimeLimit, language: Language) -> str:
    text = wordings.WORKING_DAYS if limit.working_days else wordings.CALENDAR_DAYS
    days = worded(text, language, limit.days)
    is_extended = limit.extended and not limit.working_days
    return worded(wordings.EXTENDED, language, days) if is_extended else days
