"""The ledger: what happened and when it was known, entry by entry, never edited.

Nothing in a ledger is changed or removed. Whatever happens to a case, a correction included, is one
more entry, and an append returns a new ledger that leaves the old one whole.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from itertools import chain
from operator import attrgetter, itemgetter
from typing import TypeAlias

from attrs import frozen

from cmappraisal.canonical import canonical_bytes
from cmappraisal.cases import Case, followed, known_at
from cmappraisal.entries import (
    ENTRY_KINDS,
    Amended,
    Appealed,
    Dismissed,
    Entry,
    Recorded,
    Reversed,
)
from cmappraisal.errors import (
    MAXIMUM_PROBLEMS,
    LedgerConflict,
    LedgerError,
    Problem,
    ProblemCode,
    UnknownCaseError,
)
from cmappraisal.fields import (
    MOMENT,
    as_moment,
    as_text,
    as_tuple,
    identifier_allowed,
    is_identifier,
    is_moment,
    require,
    require_elements,
    require_moment,
    shown,
)
from cmappraisal.merkle import MerkleTree, Proof
from cmappraisal.periods import Period
from cmappraisal.violations import Violation

_MOMENT = attrgetter("at")


@frozen(eq=False)
class _Run:
    """A stretch of entries with the cases they touch; its indexes are made when first asked for."""

    entries: tuple[Entry, ...]
    cases: dict[str, Case]

    def as_of(self, moment: datetime) -> _Run:
        """The run as it was at a moment; a case that nothing happened to since stays as it is."""
        known = bisect_right(self.entries, moment, key=_MOMENT)
        cases = ((id, known_at(case, moment)) for id, case in self.cases.items())
        return _Run(self.entries[:known], {id: case for id, case in cases if case is not None})

    @property
    def _readings(self) -> Iterator[Violation]:
        for entry in self.entries:
            if isinstance(entry, (Recorded, Amended)):
                yield entry.violation

    @cached_property
    def ids_by_manager(self) -> dict[str, dict[str, None]]:
        """The ids of the cases of each manager, in the order of their first reading."""
        ids: dict[str, dict[str, None]] = {}
        for violation in self._readings:
            ids.setdefault(violation.manager, {})[violation.id] = None
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


def _joined(runs: Iterable[_Run]) -> _Run:
    """Runs as one, each copied once."""
    entries: list[Entry] = []
    for run in runs:
        entries += run.entries
    return _Run(tuple(entries), _latest_cases(runs))


def _latest_cases(runs: Iterable[_Run]) -> dict[str, Case]:
    cases: dict[str, Case] = {}
    for run in runs:
        cases |= run.cases
    return cases


def _with_room(runs: tuple[_Run, ...], length: int) -> tuple[_Run, ...]:
    """The same entries, in such runs that one more of a length can be stacked on them.

    Each run stays at least twice as long as the next, so that a ledger growing by single entries
    copies each of them a logarithmic number of times, and ledgers share what they have in common.
    """
    first = len(runs)
    while first and len(runs[first - 1].entries) < 2 * length:
        first -= 1
        length += len(runs[first].entries)
    if len(runs) - first < 2:
        return runs
    return (*runs[:first], _joined(runs[first:]))


def _stacked(runs: tuple[_Run, ...], run: _Run) -> tuple[_Run, ...]:
    if runs and len(runs[-1].entries) < 2 * len(run.entries):
        return (*runs[:-1], _joined((runs[-1], run)))
    return (*runs, run)


def _found(runs: tuple[_Run, ...], violation_id: str) -> Case | None:
    for run in reversed(runs):
        if violation_id in run.cases:
            return run.cases[violation_id]
    return None


def _as_entries(value: Iterable[Entry]) -> tuple[Entry, ...]:
    entries = as_tuple(value)
    require("Ledger", "entries", entries, isinstance(entries, tuple), "a list of entries")
    return entries


def _grown(
    runs: tuple[_Run, ...], added: tuple[Entry, ...], now: datetime | None
) -> tuple[_Run, ...]:
    if not added:
        return runs
    require_elements("Ledger", "entries", added, ENTRY_KINDS)
    latest = runs[-1].entries[-1].at if runs else None
    cases: dict[str, Case] = {}
    problems: list[Problem] = []
    more = 0
    # Of a case that goes wrong no more than the first problem: what follows rests on it.
    gone_wrong: set[str] = set()
    for index, entry in enumerate(added):
        id = entry.violation_id
        if id in gone_wrong:
            continue
        problem = _problem_of_time(entry, latest, now)
        if problem is None:
            latest = entry.at
            try:
                cases[id] = followed(cases.get(id) or _found(runs, id), entry)
                continue
            except LedgerError as error:
                problem = error.problems[0]
        gone_wrong.add(id)
        if len(problems) < MAXIMUM_PROBLEMS:
            problems.append(problem.within(f"$.entries[{index}]"))
        else:
            more += 1
    if problems:
        never_recorded = len(problems) == 1 and problems[0].code is ProblemCode.UNKNOWN_ID
        raise (UnknownCaseError if never_recorded else LedgerError)(problems, more)
    return _stacked(runs, _Run(added, cases))


def _problem_of_time(entry: Entry, latest: datetime | None, now: datetime | None) -> Problem | None:
    what = f'{type(entry).__name__} of case "{entry.violation_id}" is at {entry.at.isoformat()}'
    if latest is not None and entry.at < latest:
        return Problem(
            "$.at",
            ProblemCode.NOT_IN_ORDER,
            f"{what}, before the entry it follows ({latest.isoformat()}); "
            "append in the order of time",
        )
    if now is not None and entry.at > now:
        return Problem(
            "$.at",
            ProblemCode.IN_THE_FUTURE,
            f"{what}, after now ({now.isoformat()}); give the moment at which it was entered",
        )
    return None


_Histories: TypeAlias = tuple[tuple[Entry, ...], ...]


def _fullest(ledgers: Iterable[Ledger]) -> dict[str, Case]:
    """Each case by its id, as far as any of the ledgers reports it."""
    fullest: dict[str, Case] = {}
    conflicts: dict[str, _Histories] = {}
    for ledger in ledgers:
        for case in ledger.cases():
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


@frozen(init=False, eq=False, repr=False)
class Ledger:
    """Entries in the order they were made; append-only and immutable.

    Args:
        entries: The entries to begin with, oldest first.

    Raises:
        LedgerError: An entry does not fit those before it.

    >>> from datetime import date, timezone
    >>> march = datetime(2025, 3, 4, tzinfo=timezone.utc)
    >>> june = datetime(2025, 6, 1, tzinfo=timezone.utc)
    >>> violation = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2))
    >>> ledger = Ledger().record(violation, at=march)
    >>> later = ledger.reverse("V-1", at=june, reason="the visit was reported")
    >>> len(ledger), len(later)
    (1, 2)
    >>> [violation.id for violation in later.upheld()]
    []
    >>> [violation.id for violation in later.as_of(march).upheld()]
    ['V-1']
    """

    _runs: tuple[_Run, ...]
    # The tree over the entries as far as a digest was asked for, here or in a ledger before this.
    _tree: MerkleTree

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._become(_grown((), _as_entries(entries), None), MerkleTree())

    def _become(self, runs: tuple[_Run, ...], tree: MerkleTree) -> None:
        object.__setattr__(self, "_runs", runs)
        object.__setattr__(self, "_tree", tree)

    @classmethod
    def _of(cls, runs: tuple[_Run, ...], tree: MerkleTree) -> Ledger:
        ledger = cls.__new__(cls)
        ledger._become(runs, tree)
        return ledger

    def __iter__(self) -> Iterator[Entry]:
        for run in self._runs:
            yield from run.entries

    def __len__(self) -> int:
        return sum(len(run.entries) for run in self._runs)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Ledger):
            return NotImplemented
        return tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"<Ledger of {len(self)} entries>"

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries, oldest first."""
        return tuple(self)

    def record(
        self,
        violation: Violation,
        *,
        at: datetime,
        by: str | None = None,
        now: datetime | None = None,
    ) -> Ledger:
        """The ledger with one more violation.

        Args:
            violation: The violation, under an id that the ledger does not have.
            at: When it was recorded; a datetime with a time zone, not before the last entry.
            by: The id of who recorded it.
            now: The moment that no entry may be after; None where that is not asked.

        Raises:
            FieldError: An argument has a value that it does not allow.
            LedgerError: The entry does not fit the ledger.
        """
        return self.extend((Recorded(violation, at=at, by=by),), now=now)

    def amend(
        self,
        violation: Violation,
        *,
        at: datetime,
        reason: str,
        by: str | None = None,
        now: datetime | None = None,
    ) -> Ledger:
        """The ledger with a violation restated; under appeal, this settles the appeal.

        Args:
            violation: The violation as it now reads, under the id it was recorded with.
            at: When it was amended; a datetime with a time zone, not before the last entry.
            reason: Why.
            by: The id of who amended it.
            now: The moment that no entry may be after; None where that is not asked.

        Raises:
            FieldError: An argument has a value that it does not allow.
            LedgerError: The entry does not fit the ledger.
        """
        return self.extend((Amended(violation, reason, at=at, by=by),), now=now)

    def appeal(
        self,
        violation_id: str,
        *,
        at: datetime,
        grounds: str,
        by: str | None = None,
        now: datetime | None = None,
    ) -> Ledger:
        """The ledger with an appeal lodged.

        Args:
            violation_id: The id of the case, which is recorded and has not been appealed.
            at: When it was lodged; a datetime with a time zone, not before the last entry.
            grounds: On what grounds.
            by: The id of who lodged it.
            now: The moment that no entry may be after; None where that is not asked.

        Raises:
            FieldError: An argument has a value that it does not allow.
            LedgerError: The entry does not fit the ledger.
        """
        return self.extend((Appealed(violation_id, grounds, at=at, by=by),), now=now)

    def dismiss(
        self,
        violation_id: str,
        *,
        at: datetime,
        reason: str,
        by: str | None = None,
        now: datetime | None = None,
    ) -> Ledger:
        """The ledger with an appeal dismissed.

        Args:
            violation_id: The id of the case, which is under appeal.
            at: When it was dismissed; a datetime with a time zone, not before the last entry.
            reason: Why.
            by: The id of who dismissed it.
            now: The moment that no entry may be after; None where that is not asked.

        Raises:
            FieldError: An argument has a value that it does not allow.
            LedgerError: The entry does not fit the ledger.
        """
        return self.extend((Dismissed(violation_id, reason, at=at, by=by),), now=now)

    def reverse(
        self,
        violation_id: str,
        *,
        at: datetime,
        reason: str,
        by: str | None = None,
        now: datetime | None = None,
    ) -> Ledger:
        """The ledger with a case reversed.

        Args:
            violation_id: The id of the case, which has not been reversed.
            at: When it was reversed; a datetime with a time zone, not before the last entry.
            reason: Why.
            by: The id of who reversed it.
            now: The moment that no entry may be after; None where that is not asked.

        Raises:
            FieldError: An argument has a value that it does not allow.
            LedgerError: The entry does not fit the ledger.
        """
        return self.extend((Reversed(violation_id, reason, at=at, by=by),), now=now)

    def extend(self, entries: Iterable[Entry], *, now: datetime | None = None) -> Ledger:
        """The ledger with more entries: all of them, or an error and none.

        Args:
            entries: Entries, oldest first, none before the last entry of the ledger.
            now: The moment that no entry may be after, so that one wrong clock does not close the
                ledger to every entry that is right; None where that is not asked.

        Raises:
            FieldError: ``entries`` is no iterable of entries, or ``now`` has no time zone.
            LedgerError: Entries do not fit those before them; it reports the first problem of each
                case.
        """
        added = _as_entries(entries)
        fits = now is None or is_moment(now)
        require("Ledger.extend", "now", now, fits, f"None, or {MOMENT}")
        # Kept here, so that it is done once for all ledgers that go on from this one.
        object.__setattr__(self, "_runs", _with_room(self._runs, len(added)))
        runs = _grown(self._runs, added, None if now is None else as_moment(now))
        return Ledger._of(runs, self._tree)

    @staticmethod
    def merge(*ledgers: Ledger) -> Ledger:
        """One ledger of all the entries of several, such as those of a bank's branches.

        Entries come in the order of their moments; those of one moment by the id of their case,
        and those of one case as they came. So it does not matter which ledger is named first, nor
        whether some are merged before others, nor whether one is named twice. A case that one
        ledger reports further than another is taken as far as it is reported.

        Args:
            ledgers: The ledgers.

        Raises:
            FieldError: An argument is no ledger.
            LedgerConflict: Cases are reported in two ways; the error has both histories of each.

        >>> from datetime import date, timezone
        >>> north, south = (
        ...     Ledger().record(
        ...         Violation(id, "RM-01", rule="2.1", occurred_on=date(2025, 3, 2)),
        ...         at=datetime(2025, 3, day, tzinfo=timezone.utc),
        ...     )
        ...     for id, day in (("N-1", 5), ("S-1", 4))
        ... )
        >>> [entry.violation_id for entry in Ledger.merge(north, south)]
        ['S-1', 'N-1']
        """
        for ledger in ledgers:
            require("Ledger.merge", "ledger", ledger, isinstance(ledger, Ledger), "a Ledger")
        cases = _fullest(ledgers)
        by_case = chain.from_iterable(cases[id].history for id in sorted(cases))
        # Sorting keeps the entries of one moment in their order, which is that of their cases.
        entries = tuple(sorted(by_case, key=_MOMENT))
        # Each history fitted where it was entered, so that none has to be followed again.
        in_order = {entry.violation_id: cases[entry.violation_id] for entry in entries}
        return Ledger._of((_Run(entries, in_order),) if entries else (), MerkleTree())

    def case(self, violation_id: str) -> Case:
        """The case of a violation: its state, how it reads now, and its history.

        Args:
            violation_id: The violation's id.

        Raises:
            UnknownCaseError: No such violation was recorded.
        """
        case = _found(self._runs, violation_id) if is_identifier(violation_id) else None
        if case is None:
            raise UnknownCaseError(f"case {shown(violation_id)} was never recorded in this ledger")
        return case

    def cases(self) -> Iterable[Case]:
        """The cases in the order they were recorded."""
        return _latest_cases(self._runs).values()

    def for_manager(self, manager: str) -> tuple[Case, ...]:
        """The cases of one relationship manager, in the order they came to them.

        Those are all that were ever recorded or amended to be theirs, so that the file is whole
        even where a case has since been amended to be another's; ``case.violation.manager`` says
        whose it is now. It takes no scan of the others.

        Args:
            manager: The id of the relationship manager; one without cases has none.

        Raises:
            FieldError: ``manager`` is no id.
        """
        manager = as_text(manager)
        fits = is_identifier(manager)
        require("Ledger.for_manager", "manager", manager, fits, identifier_allowed(manager))
        ids: dict[str, None] = {}
        for run in self._runs:
            ids |= run.ids_by_manager.get(manager, {})
        return tuple(self._cases_of(ids))

    def _cases_of(self, ids: Iterable[str]) -> Iterator[Case]:
        """The cases of ids that are known to be there."""
        return (case for id in ids if (case := _found(self._runs, id)) is not None)

    @property
    def latest(self) -> datetime | None:
        """The moment of the last entry, which the next must not come before; None without one."""
        return self._runs[-1].entries[-1].at if self._runs else None

    @property
    def managers(self) -> tuple[str, ...]:
        """The ids of all relationship managers who ever had a case, sorted."""
        return tuple(sorted(set().union(*(run.ids_by_manager for run in self._runs))))

    def between(self, first: date, last: date) -> tuple[Case, ...]:
        """The cases that occurred, as they read now, from one day to another, by day and then id.

        It takes no scan of the other days.

        Args:
            first: The first day.
            last: The last day, itself included.

        Raises:
            FieldError: A day is not a date, or the last comes before the first.
        """
        period = Period(first, last)
        # Each run has its share in order, which sorting makes use of.
        said = dict.fromkeys(chain.from_iterable(run.said_of(period) for run in self._runs))
        days, ids = zip(*sorted(said), strict=True) if said else ((), ())
        return tuple(
            case
            for day, case in zip(days, self._cases_of(ids), strict=True)
            # What was said of a case may have been amended since.
            if case.violation.occurred_on == day
        )

    def upheld(self) -> tuple[Violation, ...]:
        """The upheld violations, as they read now, in the order they were recorded."""
        return tuple(case.violation for case in self.cases() if case.is_upheld)

    def as_of(self, moment: datetime) -> Ledger:
        """The ledger as it was at a moment.

        Args:
            moment: A datetime with a time zone; entries at exactly that moment are known.

        Raises:
            FieldError: The moment has no time zone.
        """
        moment = require_moment("Ledger.as_of", "moment", moment)
        if self.latest is None or self.latest <= moment:
            return self
        begun = [run for run in self._runs if run.entries[0].at <= moment]
        whole = [run for run in begun if run.entries[-1].at <= moment]
        cut = [run.as_of(moment) for run in begun[len(whole) :]]
        return Ledger._of((*whole, *cut), MerkleTree())

    def root(self) -> bytes:
        """The digest that vouches for every entry and for their order (RFC 9162, SHA-256).

        Its leaves are the :func:`~cmappraisal.canonical_bytes` of the entries. Asked again after
        more entries, it takes the work of those alone.

        Returns:
            32 bytes.

        >>> Ledger().root().hex()[:16]
        'e3b0c44298fc1c14'
        """
        return self._whole_tree().root

    def prove_inclusion(self, index: int) -> Proof:
        """The proof that an entry is in this ledger.

        See :func:`~cmappraisal.merkle.verify_inclusion`.

        Args:
            index: Which entry, from 0.

        Raises:
            FieldError: The ledger has no such entry.
        """
        return self._whole_tree().prove_inclusion(index)

    def prove_consistency(self, earlier_size: int) -> Proof:
        """The proof that an earlier ledger is how this one began.

        See :func:`~cmappraisal.merkle.verify_consistency`.

        Args:
            earlier_size: How many entries the earlier ledger had, from 0.

        Raises:
            FieldError: The ledger has fewer entries.
        """
        return self._whole_tree().prove_consistency(earlier_size)

    def _whole_tree(self) -> MerkleTree:
        known = self._tree
        if len(known) < len(self):
            known = known.extend(map(canonical_bytes, self._after(len(known))))
            object.__setattr__(self, "_tree", known)
        return known

    def _after(self, size: int) -> Iterator[Entry]:
        for run in self._runs:
            yield from run.entries[size:]
            size = max(0, size - len(run.entries))
