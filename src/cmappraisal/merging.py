"""Merging: one history of each case out of those that several ledgers report.

What one ledger has destroyed stays destroyed: where another still has the words, or the case, what
is left takes its place, once the digests say that it is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TypeAlias

from cmappraisal.cases import Case, case_of
from cmappraisal.entries import Entry
from cmappraisal.erasures import Erased, LedgerEntry, erased, leaf_of
from cmappraisal.errors import MAXIMUM_PROBLEMS, LedgerConflict, LedgerError, Problem
from cmappraisal.flaw_wordings import Words, filled, together
from cmappraisal.growing import repeated_salt, salt_of
from cmappraisal.ledger_flaws import LedgerFlaw, entry_named
from cmappraisal.redactions import without_words
from cmappraisal.runs import BY_MOMENT, Runs
from cmappraisal.texts import Text

_Report: TypeAlias = Case | tuple[Erased, ...]
"""A case as a ledger reports it, or what is left of its entries."""

_AT = Text("{0} {1}", "{0} {1}", en="{0} {1}")

_Histories: TypeAlias = tuple[tuple[LedgerEntry, ...], ...]


def merged(ledgers: Iterable[Runs]) -> Runs:
    """The entries of ledgers, each case as far as any of them reports it, by their moments.

    Args:
        ledgers: The entries of each ledger.
    """
    fullest = _fullest(chain.from_iterable(map(_reports_of, ledgers)))
    by_case = chain.from_iterable(_history_of(fullest[id]) for id in sorted(fullest))
    # Sorting keeps the entries of one moment in their order, which is that of their cases.
    entries = tuple(sorted(by_case, key=BY_MOMENT))
    _reject_repeated_salts(entries)
    # Each history fitted where it was entered, so that none has to be followed again.
    reports = {entry.violation_id: fullest[entry.violation_id] for entry in entries}
    return Runs.of(entries, {id: each for id, each in reports.items() if isinstance(each, Case)})


def _reports_of(ledger: Runs) -> Iterator[tuple[str, _Report]]:
    yield from ledger.cases().items()
    if gone := ledger.erased:
        left: dict[str, list[Erased]] = {id: [] for id in gone}
        for entry in ledger:
            if isinstance(entry, Erased):
                left[entry.violation_id].append(entry)
        yield from ((id, tuple(each)) for id, each in left.items())


def _history_of(report: _Report) -> tuple[LedgerEntry, ...]:
    return report.history if isinstance(report, Case) else report


def _fullest(reports: Iterable[tuple[str, _Report]]) -> dict[str, _Report]:
    fullest: dict[str, _Report] = {}
    conflicts: dict[str, _Histories] = {}
    for id, report in reports:
        other = fullest.setdefault(id, report)
        # Ledgers that grew from the same one share the cases that neither has touched since.
        if other is not report:
            agreed = _agreed(other, report)
            if agreed is None:
                conflicts.setdefault(id, (_history_of(other), _history_of(report)))
            else:
                fullest[id] = agreed
    if conflicts:
        raise _conflict(conflicts)
    return fullest


def _agreed(one: _Report, other: _Report) -> _Report | None:
    """The report that has all that two of them have; None where they do not agree."""
    shorter, longer = sorted((one, other), key=lambda each: len(_history_of(each)))
    before, after = _history_of(shorter), _history_of(longer)
    if after[: len(before)] == before:
        return longer if len(before) < len(after) else one
    if any(leaf_of(a) != leaf_of(b) for a, b in zip(before, after, strict=False)):
        return None
    if isinstance(shorter, Case) and isinstance(longer, Case):
        return case_of(_without_lost_words(shorter.history, longer.history))
    if isinstance(longer, Case):
        return tuple(erased(longer.history))
    return longer if isinstance(shorter, Case) else None


def _without_lost_words(shorter: tuple[Entry, ...], longer: tuple[Entry, ...]) -> Iterator[Entry]:
    """The entries of the longer of two histories, without the words that either has lost."""
    for before, after in zip(shorter, longer, strict=False):
        yield after if before == after else without_words(after, after.salt)
    yield from longer[len(shorter) :]


def _reject_repeated_salts(entries: Iterable[LedgerEntry]) -> None:
    """Reject entries that have the salt of another, such as of a ledger that was not merged yet."""
    seen: set[str] = set()
    problems: list[Problem] = []
    for entry in entries:
        salt = salt_of(entry)
        if salt is None:
            continue
        if salt in seen:
            path = f'$["{entry.violation_id}"].salt'
            problems.append(repeated_salt(entry, path))
        seen.add(salt)
    if problems:
        listed = problems[:MAXIMUM_PROBLEMS]
        raise LedgerError(listed, len(problems) - len(listed))


def _dated(entry: LedgerEntry) -> Words:
    return filled(_AT, entry_named(entry), entry.at.isoformat())


def _conflict(conflicts: Mapping[str, _Histories]) -> LedgerConflict:
    listed = list(conflicts.items())[:MAXIMUM_PROBLEMS]
    problems = []
    for id, histories in listed:
        told = (together(map(_dated, history)) for history in histories)
        problems.append(LedgerFlaw.TWO_HISTORIES.problem(f'$["{id}"]', id, *told))
    return LedgerConflict(problems, len(conflicts) - len(listed), conflicts=listed)
