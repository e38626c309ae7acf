"""Merging: one history of each case out of those that several ledgers report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import TypeAlias

from cmappraisal.cases import Case
from cmappraisal.entries import Entry
from cmappraisal.errors import MAXIMUM_PROBLEMS, LedgerConflict, Problem, ProblemCode
from cmappraisal.runs import BY_MOMENT, Runs

_Histories: TypeAlias = tuple[tuple[Entry, ...], ...]


def merged(cases: Iterable[Case]) -> Runs:
    """The entries of cases, each as far as any of those of its id reports it, by their moments."""
    fullest = _fullest(cases)
    by_case = chain.from_iterable(fullest[id].history for id in sorted(fullest))
    # Sorting keeps the entries of one moment in their order, which is that of their cases.
    entries = tuple(sorted(by_case, key=BY_MOMENT))
    # Each history fitted where it was entered, so that none has to be followed again.
    return Runs.of(entries, {entry.violation_id: fullest[entry.violation_id] for entry in entries})


def _fullest(cases: Iterable[Case]) -> dict[str, Case]:
    fullest: dict[str, Case] = {}
    conflicts: dict[str, _Histories] = {}
    for case in cases:
        id = case.violation.id
        other = fullest.setdefault(id, case)
        # Ledgers that grew from the same one share the cases that neither has touched since.
        if other is case:
            continue
        shorter, longer = sorted((other.history, case.history), key=len)
        if longer[: len(shorter)] != shorter:
            conflicts.setdefault(id, (other.history, case.history))
        elif len(other.history) < len(longer):
            fullest[id] = case
    if conflicts:
        raise _conflict(conflicts)
    return fullest


def _conflict(conflicts: Mapping[str, _Histories]) -> LedgerConflict:
    listed = list(conflicts.items())[:MAXIMUM_PROBLEMS]
    problems = []
    for id, histories in listed:
        one, other = (
            " - ".join(f"{type(entry).__name__} {entry.at.isoformat()}" for entry in history)
            for history in histories
        )
        message = (
            f'case "{id}" is reported in two ways: {one}; and {other}; agree on its history '
            "before merging, or give two cases an id each"
        )
        problems.append(Problem(f'$["{id}"]', ProblemCode.TWO_HISTORIES, message))
    return LedgerConflict(problems, len(conflicts) - len(listed), conflicts=listed)
