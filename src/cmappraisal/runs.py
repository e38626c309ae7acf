"""Runs: the entries of a ledger in stretches that ledgers share.

Among the seven before a run is one at least twice as long. So their number is logarithmic, a ledger
that grows by single entries copies each of them a logarithmic number of times, and whatever is
indexed of a run is indexed once for all ledgers that have it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from itertools import chain
from operator import attrgetter, itemgetter

from attrs import field, frozen

from cmappraisal.acts import Act
from cmappraisal.cases import Case, known_at
from cmappraisal.entries import ENTRY_KINDS, Taken, reading_of
from cmappraisal.erasures import Erased, LedgerEntry
from cmappraisal.fields import require_elements
from cmappraisal.growing import Growing, salt_of
from cmappraisal.making import maker
from cmappraisal.periods import Period

BY_MOMENT = attrgetter("at")
"""The moment of an entry, by which entries are in order."""

_KINDS = (*ENTRY_KINDS, Erased)

_ALIKE = 8
"""How many runs of like length there may be, before they are joined: to join each pair would copy
an entry more often than it saves looks at runs."""


@frozen(eq=False)
class Run:
    """A stretch of entries with the cases they touch; its indexes are made when first asked for."""

    entries: tuple[LedgerEntry, ...]
    cases: dict[str, Case]
    salts: set[str]
    """The digests of the salts of its entries."""

    @classmethod
    def of(cls, entries: tuple[LedgerEntry, ...], cases: dict[str, Case]) -> Run:
        """A run of entries with the cases that they make."""
        return cls(entries, cases, set(filter(None, map(salt_of, entries))))

    def as_of(self, moment: datetime) -> Run:
        """The run as it was at a moment; a case that nothing happened to since stays as it is."""
        known = bisect_right(self.entries, moment, key=BY_MOMENT)
        cases = ((id, known_at(case, moment)) for id, case in self.cases.items())
        return Run.of(self.entries[:known], {id: case for id, case in cases if case is not None})

    @property
    def _readings(self) -> Iterator[Act]:
        return filter(None, map(reading_of, self.entries))

    @cached_property
    def by_manager(self) -> dict[str, dict[str, Case]]:
        """The cases of each manager by id, in the order of their first reading."""
        cases: dict[str, dict[str, Case]] = {}
        for violation in self._readings:
            cases.setdefault(violation.manager, {})[violation.id] = self.cases[violation.id]
        return cases

    @cached_property
    def taken_from(self) -> dict[str, dict[str, None]]:
        """The ids of the cases in which a consequence was taken from somebody by name."""
        ids: dict[str, dict[str, None]] = {}
        for each in self.entries:
            if isinstance(each, Taken) and each.manager is not None:
                ids.setdefault(each.manager, {})[each.violation_id] = None
        return ids

    @cached_property
    def ids_by_day(self) -> list[tuple[date, str]]:
        """The days on which cases are said to have occurred, each with the case, by day."""
        return sorted({(violation.occurred_on, violation.id) for violation in self._readings})

    def said_of(self, period: Period) -> list[tuple[date, str]]:
        """The days of a period on which cases are said to have occurred, with the case, by day."""
        first = bisect_left(self.ids_by_day, period.first, key=itemgetter(0))
        last = bisect_right(self.ids_by_day, period.last, key=itemgetter(0))
        return self.ids_by_day[first:last]


def _joined(runs: Iterable[Run]) -> Run:
    """Runs as one, each copied once."""
    entries: list[LedgerEntry] = []
    cases: dict[str, Case] = {}
    salts: set[str] = set()
    for run in runs:
        entries += run.entries
        cases |= run.cases
        salts |= run.salts
    return Run(tuple(entries), cases, salts)


@frozen(eq=False)
class Runs:
    """All the runs of a ledger, oldest first."""

    runs: tuple[Run, ...] = ()
    erased: dict[str, Erased] = field(factory=dict)
    """The cases that were erased, by id, each with what is left of its first entry."""

    @classmethod
    def of(cls, entries: tuple[LedgerEntry, ...], cases: dict[str, Case]) -> Runs:
        """One run of entries with the cases that they make."""
        erased: dict[str, Erased] = {}
        for each in entries:
            if isinstance(each, Erased):
                erased.setdefault(each.violation_id, each)
        return cls((Run.of(entries, cases),) if entries else (), erased)

    def __iter__(self) -> Iterator[LedgerEntry]:
        return chain.from_iterable(run.entries for run in self.runs)

    def __len__(self) -> int:
        return sum(len(run.entries) for run in self.runs)

    @property
    def latest(self) -> datetime | None:
        """The moment of the last entry; None without one."""
        return self.runs[-1].entries[-1].at if self.runs else None

    @property
    def managers(self) -> set[str]:
        """The ids of all relationship managers who ever had a case."""
        gone = (each.managers for each in self.erased.values())
        return set().union(*(run.by_manager for run in self.runs), *gone)

    @property
    def _whole(self) -> Run:
        """All the runs as one."""
        return self.runs[0] if len(self.runs) == 1 else _joined(self.runs)

    def after(self, size: int) -> Iterator[LedgerEntry]:
        """The entries after so many."""
        for run in self.runs:
            yield from run.entries[size:]
            size = max(0, size - len(run.entries))

    def found(self, violation_id: str) -> Case | None:
        """The case of an id; None where there is none."""
        for run in reversed(self.runs):
            if violation_id in run.cases:
                return run.cases[violation_id]
        return None

    def cases(self) -> Mapping[str, Case]:
        """The cases by id, in the order they were recorded."""
        return self._whole.cases

    def has_salt(self, digest: str) -> bool:
        """Whether an entry has the salt of a digest."""
        return any(digest in run.salts for run in self.runs)

    def with_case(self, violation_id: str, case: Case | None, left: Iterable[LedgerEntry]) -> Runs:
        """The same entries, but for those of one case.

        Args:
            violation_id: The id of the case.
            case: The case as it is now; None where it is erased.
            left: What stands in the places of its entries, oldest first.
        """
        ahead = iter(left)
        entries = tuple(next(ahead) if each.violation_id == violation_id else each for each in self)
        cases = dict(self.cases())
        if case is None:
            del cases[violation_id]
        else:
            cases[violation_id] = case
        return Runs.of(entries, cases)

    def of_manager(self, manager: str) -> Iterator[Case]:
        """The cases that were ever a manager's, in the order they came to them."""
        if len(self.runs) == 1:
            return iter(self.runs[0].by_manager.get(manager, {}).values())
        ids: dict[str, object] = {}
        for run in self.runs:
            ids |= run.by_manager.get(manager, {})
        # What a later run did to a case need not have said whose it is.
        return filter(None, map(self.found, ids))

    def taken_from(self, manager: str) -> Iterator[Case]:
        """The cases in which a consequence was taken from somebody by name."""
        ids: dict[str, None] = {}
        for run in self.runs:
            ids |= run.taken_from.get(manager, {})
        return filter(None, map(self.found, ids))

    def between(self, period: Period) -> Iterator[Case]:
        """The cases that occurred in a period, as they read now, by day and then id."""
        # Each run has its share in order, which sorting makes use of.
        said = dict.fromkeys(chain.from_iterable(run.said_of(period) for run in self.runs))
        return (
            case
            for day, id in sorted(said)
            # What was said of a case may have been amended since.
            if (case := self.found(id)) is not None and case.violation.occurred_on == day
        )

    def as_of(self, moment: datetime) -> Runs:
        """The runs as they were at a moment."""
        begun = [run for run in self.runs if run.entries[0].at <= moment]
        whole = [run for run in begun if run.entries[-1].at <= moment]
        erased = {id: each for id, each in self.erased.items() if each.at <= moment}
        return Runs((*whole, *(run.as_of(moment) for run in begun[len(whole) :])), erased)

    def with_room(self) -> Runs:
        """The same entries, the last of the runs joined where several are of like length."""
        runs = self.runs
        if len(runs) < _ALIKE or len(runs[-_ALIKE].entries) >= 2 * len(runs[-1].entries):
            return self
        length, first = 0, len(runs)
        for run in reversed(runs):
            if len(run.entries) >= 2 * length > 0:
                break
            first -= 1
            length += len(run.entries)
        return Runs((*runs[:first], _joined(runs[first:])), self.erased)

    def grown(self, added: tuple[LedgerEntry, ...], now: datetime | None) -> Runs:
        """The runs with more entries; none of them may be after now, where that is given."""
        if not added:
            return self
        require_elements("Ledger", "entries", added, _KINDS)
        growing = Growing(self, now)
        growing.follow(added)
        # Erased entries come with a ledger that is read whole, and hardly ever one by one.
        erased = {**self.erased, **growing.erased} if growing.erased else self.erased
        run = _run_of(added, growing.cases, growing.salts)
        return _runs_of((*self.runs, run), erased)


# A ledger that grows by single entries makes one of each for every entry.
_run_of, _runs_of = maker(Run), maker(Runs)
