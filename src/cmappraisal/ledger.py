"""The ledger: what happened and when it was known, entry by entry, never edited.

Nothing in a ledger is changed or removed. Whatever happens to a case, a correction included, is one
more entry, and an append returns a new ledger that leaves the old one whole.

The life of a case
------------------
A violation that is *recorded* stands. While it stands it can be *amended*, which restates it, or
*appealed* against. An appeal is settled in one of three ways: it is *dismissed*, and the case is as
it was; the violation is amended, because the penalty was varied; or the case is *reversed*, because
the appeal was upheld. Settled without reversal, a case is final: the employee had a hearing, and
only a correction, again a reversal, can still strike it. A reversed case is over; the same facts
come back only under a new id. :data:`LIFE` is that life, whole: what it does not list is an error.
"""

from __future__ import annotations

import enum
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from types import MappingProxyType
from typing import TypeAlias, cast

from attrs import field, frozen

from cmappraisal.errors import LedgerError, UnknownCaseError
from cmappraisal.fields import (
    AWARE,
    as_moment,
    as_tuple,
    checked,
    identifier,
    instance_of,
    is_aware,
    is_identifier,
    optional_identifier,
    prose,
    require,
    require_moment,
    shown,
)
from cmappraisal.violations import Violation

_violation = instance_of(Violation, allowed="a Violation")


def _moment_and_zone(at: datetime) -> tuple[datetime, timedelta | None]:
    return at, at.utcoffset()


@frozen
class _Entry:
    at: datetime = field(
        converter=as_moment,
        validator=checked(is_aware, AWARE),
        # Datetimes are equal where their moments are, but the day a case was recorded depends on
        # the zone too.
        eq=_moment_and_zone,
        kw_only=True,
    )
    by: str | None = field(default=None, validator=optional_identifier, kw_only=True)


@frozen
class Recorded(_Entry):
    """A violation is recorded for the first time.

    Args:
        violation: The violation.
        at: When it was recorded; a datetime with a time zone.
        by: The id of who recorded it.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from datetime import date, timezone
    >>> violation = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2))
    >>> Recorded(violation, at=datetime(2025, 3, 4, tzinfo=timezone.utc)).violation_id
    'V-1'
    """

    violation: Violation = field(validator=_violation)

    @property
    def violation_id(self) -> str:
        """The id of the case."""
        return self.violation.id


@frozen
class Amended(_Entry):
    """A violation is restated, under the same id.

    Args:
        violation: The violation as it now reads.
        reason: Why.
        at: When it was amended; a datetime with a time zone.
        by: The id of who amended it.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from datetime import date, timezone
    >>> violation = Violation("V-1", "RM-01", rule="2.2", occurred_on=date(2025, 3, 2))
    >>> Amended(violation, "wrong rule", at=datetime(2025, 3, 5, tzinfo=timezone.utc)).violation_id
    'V-1'
    """

    violation: Violation = field(validator=_violation)
    reason: str = field(validator=prose)

    @property
    def violation_id(self) -> str:
        """The id of the case."""
        return self.violation.id


@frozen
class Appealed(_Entry):
    """The employee disputes a violation.

    Args:
        violation_id: The id of the case.
        grounds: On what grounds.
        at: When the appeal was lodged; a datetime with a time zone.
        by: The id of who lodged it.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from datetime import timezone
    >>> Appealed("V-1", "on leave", at=datetime(2025, 4, 1, tzinfo=timezone.utc)).grounds
    'on leave'
    """

    violation_id: str = field(validator=identifier)
    grounds: str = field(validator=prose)


@frozen
class Dismissed(_Entry):
    """An appeal is dismissed: the violation stands as it was.

    Args:
        violation_id: The id of the case.
        reason: Why.
        at: When the appeal was dismissed; a datetime with a time zone.
        by: The id of who dismissed it.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from datetime import timezone
    >>> Dismissed("V-1", "no leave", at=datetime(2025, 4, 9, tzinfo=timezone.utc)).reason
    'no leave'
    """

    violation_id: str = field(validator=identifier)
    reason: str = field(validator=prose)


@frozen
class Reversed(_Entry):
    """A case is struck: it scores as if it had never been recorded.

    Args:
        violation_id: The id of the case.
        reason: Why.
        at: When it was reversed; a datetime with a time zone.
        by: The id of who reversed it.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from datetime import timezone
    >>> Reversed("V-1", "no breach", at=datetime(2025, 4, 9, tzinfo=timezone.utc)).reason
    'no breach'
    """

    violation_id: str = field(validator=identifier)
    reason: str = field(validator=prose)


Entry: TypeAlias = Recorded | Amended | Appealed | Dismissed | Reversed
"""One line of a ledger."""

_ENTRY_KINDS = (Recorded, Amended, Appealed, Dismissed, Reversed)


class State(enum.Enum):
    """Where a case is in its life.

    >>> State("under-appeal") is State.UNDER_APPEAL
    True
    """

    STANDING = "standing"
    """Recorded, and open to appeal."""
    UNDER_APPEAL = "under-appeal"
    """Disputed and not yet settled."""
    FINAL = "final"
    """An appeal was settled and left the violation, as it was or varied."""
    REVERSED = "reversed"
    """Struck."""


LIFE: Mapping[tuple[State | None, type[Entry]], State] = MappingProxyType(
    {
        (None, Recorded): State.STANDING,
        (State.STANDING, Amended): State.STANDING,
        (State.STANDING, Appealed): State.UNDER_APPEAL,
        (State.STANDING, Reversed): State.REVERSED,
        (State.UNDER_APPEAL, Amended): State.FINAL,
        (State.UNDER_APPEAL, Dismissed): State.FINAL,
        (State.UNDER_APPEAL, Reversed): State.REVERSED,
        (State.FINAL, Reversed): State.REVERSED,
    }
)
"""The whole life of a case: from a state (``None`` before it is recorded), by a kind of entry, to
a state."""


@frozen
class Case:
    """One violation and all that was entered about it.

    Args:
        state: Where the case is in its life.
        violation: The violation as it reads now.
        history: Its entries, oldest first.

    >>> from datetime import date, timezone
    >>> moment = datetime(2025, 3, 4, tzinfo=timezone.utc)
    >>> violation = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2))
    >>> case = Ledger().record(violation, at=moment).case("V-1")
    >>> case.state, case.recorded_at == moment
    (<State.STANDING: 'standing'>, True)
    """

    state: State
    violation: Violation
    history: tuple[Entry, ...] = field(kw_only=True)

    @property
    def recorded_at(self) -> datetime:
        """When the violation was first recorded."""
        return self.history[0].at

    @property
    def stands(self) -> bool:
        """Whether the violation has not been reversed."""
        return self.state is not State.REVERSED

    def as_of(self, moment: datetime) -> Case | None:
        """The case as it was known at a moment; None before it was recorded.

        Args:
            moment: A datetime with a time zone; entries at exactly that moment are known.

        Raises:
            FieldError: The moment has no time zone.
        """
        moment = require_moment("Case.as_of", "moment", moment)
        if self.history[-1].at <= moment:
            return self
        case = None
        for entry in self.history:
            if entry.at > moment:
                break
            case = _followed(case, entry)
        return case


def _followed(case: Case | None, entry: Entry) -> Case:
    state = LIFE.get((case.state if case else None, type(entry)))
    if state is None:
        raise _refused(case, entry)
    if case is None:
        # Recorded is the one kind of entry that begins a life.
        return Case(state, cast(Recorded, entry).violation, history=(entry,))
    violation = entry.violation if isinstance(entry, Amended) else case.violation
    return Case(state, violation, history=(*case.history, entry))


def _refused(case: Case | None, entry: Entry) -> LedgerError:
    kind = type(entry).__name__
    if case is None:
        return UnknownCaseError(
            f'case "{entry.violation_id}" was never recorded, so {kind} does not fit; '
            "record the violation first"
        )
    fitting = [kind.__name__ for state, kind in LIFE if state is case.state]
    return LedgerError(
        f'case "{entry.violation_id}" is {case.state.value}, so {kind} does not fit; '
        f"allowed: {', '.join(fitting) or 'nothing, record a new violation under a new id'}"
    )


@frozen
class _Run:
    """A stretch of entries with what they say of each case and of each manager's cases."""

    entries: tuple[Entry, ...]
    cases: dict[str, Case]
    case_ids: dict[str, tuple[str, ...]]

    def __add__(self, newer: _Run) -> _Run:
        case_ids = {
            manager: self.case_ids.get(manager, ()) + ids for manager, ids in newer.case_ids.items()
        }
        return _Run(
            self.entries + newer.entries, self.cases | newer.cases, self.case_ids | case_ids
        )


_EMPTY = _Run((), {}, {})


def _stacked(runs: tuple[_Run, ...], run: _Run) -> tuple[_Run, ...]:
    # Each run stays at least twice as long as the next, so that a ledger growing by single entries
    # copies each of them a logarithmic number of times, and ledgers share what they have in common.
    while runs and len(runs[-1].entries) < 2 * len(run.entries):
        run = runs[-1] + run
        runs = runs[:-1]
    return (*runs, run)


def _found(runs: tuple[_Run, ...], violation_id: str) -> Case | None:
    for run in reversed(runs):
        if violation_id in run.cases:
            return run.cases[violation_id]
    return None


def _grown(runs: tuple[_Run, ...], entries: Iterable[Entry]) -> tuple[_Run, ...]:
    added = as_tuple(entries)
    require("Ledger", "entries", added, isinstance(added, tuple), "a list of entries")
    if not added:
        return runs
    latest = runs[-1].entries[-1].at if runs else None
    cases: dict[str, Case] = {}
    case_ids: dict[str, list[str]] = {}
    for index, entry in enumerate(added):
        where = f"entry {index} of those added"
        if not isinstance(entry, _ENTRY_KINDS):
            require(where, "entry", entry, False, ", ".join(kind.__name__ for kind in _ENTRY_KINDS))
        if latest is not None and entry.at < latest:
            raise LedgerError(
                f'{where}: {type(entry).__name__} of case "{entry.violation_id}" is at '
                f"{entry.at.isoformat()}, before the entry it follows ({latest.isoformat()}); "
                "append in the order of time"
            )
        latest = entry.at
        id = entry.violation_id
        case = cases[id] = _followed(cases.get(id) or _found(runs, id), entry)
        if isinstance(entry, (Recorded, Amended)):
            case_ids.setdefault(case.violation.manager, []).append(id)
    run = _Run(added, cases, {manager: tuple(ids) for manager, ids in case_ids.items()})
    return _stacked(runs, run)


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
    >>> [violation.id for violation in later.standing()]
    []
    >>> [violation.id for violation in later.as_of(march).standing()]
    ['V-1']
    """

    _runs: tuple[_Run, ...]

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        object.__setattr__(self, "_runs", _grown((), entries))

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

    def record(self, violation: Violation, *, at: datetime, by: str | None = None) -> Ledger:
        """The ledger with one more violation.

        Args:
            violation: The violation, under an id that the ledger does not have.
            at: When it was recorded; a datetime with a time zone, not before the last entry.
            by: The id of who recorded it.

        Raises:
            FieldError: An argument has a value that it does not allow.
            LedgerError: The entry does not fit the ledger.
        """
        return self.extend((Recorded(violation, at=at, by=by),))

    def amend(
        self, violation: Violation, *, at: datetime, reason: str, by: str | None = None
    ) -> Ledger:
        """The ledger with a violation restated; under appeal, this settles the appeal.

        Args:
            violation: The violation as it now reads, under the id it was recorded with.
            at: When it was amended; a datetime with a time zone, not before the last entry.
            reason: Why.
            by: The id of who amended it.

        Raises:
            FieldError: An argument has a value that it does not allow.
            LedgerError: The entry does not fit the ledger.
        """
        return self.extend((Amended(violation, reason, at=at, by=by),))

    def appeal(
        self, violation_id: str, *, at: datetime, grounds: str, by: str | None = None
    ) -> Ledger:
        """The ledger with an appeal lodged.

        Args:
            violation_id: The id of the case, which stands and has not been appealed.
            at: When it was lodged; a datetime with a time zone, not before the last entry.
            grounds: On what grounds.
            by: The id of who lodged it.

        Raises:
            FieldError: An argument has a value that it does not allow.
            LedgerError: The entry does not fit the ledger.
        """
        return self.extend((Appealed(violation_id, grounds, at=at, by=by),))

    def dismiss(
        self, violation_id: str, *, at: datetime, reason: str, by: str | None = None
    ) -> Ledger:
        """The ledger with an appeal dismissed.

        Args:
            violation_id: The id of the case, which is under appeal.
            at: When it was dismissed; a datetime with a time zone, not before the last entry.
            reason: Why.
            by: The id of who dismissed it.

        Raises:
            FieldError: An argument has a value that it does not allow.
            LedgerError: The entry does not fit the ledger.
        """
        return self.extend((Dismissed(violation_id, reason, at=at, by=by),))

    def reverse(
        self, violation_id: str, *, at: datetime, reason: str, by: str | None = None
    ) -> Ledger:
        """The ledger with a case struck.

        Args:
            violation_id: The id of the case, which has not been reversed.
            at: When it was reversed; a datetime with a time zone, not before the last entry.
            reason: Why.
            by: The id of who reversed it.

        Raises:
            FieldError: An argument has a value that it does not allow.
            LedgerError: The entry does not fit the ledger.
        """
        return self.extend((Reversed(violation_id, reason, at=at, by=by),))

    def extend(self, entries: Iterable[Entry]) -> Ledger:
        """The ledger with more entries: all of them, or an error and none.

        Args:
            entries: Entries, oldest first, none before the last entry of the ledger.

        Raises:
            FieldError: ``entries`` is no iterable of entries.
            LedgerError: An entry does not fit those before it.
        """
        longer = Ledger.__new__(Ledger)
        object.__setattr__(longer, "_runs", _grown(self._runs, entries))
        return longer

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

    def cases(self, manager: str | None = None) -> Iterable[Case]:
        """The cases in the order they were recorded.

        Args:
            manager: The id of a relationship manager, to have only the cases that were ever
                theirs; found without a scan of the others.
        """
        if manager is None:
            return reduce(or_, (run.cases for run in self._runs or (_EMPTY,))).values()
        ids = dict.fromkeys(id for run in self._runs for id in run.case_ids.get(manager, ()))
        return [cast(Case, _found(self._runs, id)) for id in ids]

    def standing(self) -> tuple[Violation, ...]:
        """The violations that stand, as they read now, in the order they were recorded."""
        return tuple(case.violation for case in self.cases() if case.stands)

    def as_of(self, moment: datetime) -> Ledger:
        """The ledger as it was at a moment.

        Args:
            moment: A datetime with a time zone; entries at exactly that moment are known.

        Raises:
            FieldError: The moment has no time zone.
        """
        moment = require_moment("Ledger.as_of", "moment", moment)
        entries = tuple(self)
        known = bisect_right(entries, moment, key=lambda entry: entry.at)
        return self if known == len(entries) else Ledger(entries[:known])
