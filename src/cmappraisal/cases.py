"""Cases: the whole life of one violation, as one table.

A violation that is *recorded* is upheld. It can be *amended*, which restates it, or *appealed*
against. An appeal is settled in one of four ways: it is *dismissed*, and the case is as it was; the
violation is amended, because it reads otherwise; it is *decided*, with other points, money or
another day of effect; or the case is *reversed*, because the appeal succeeded. Settled without
reversal, a case is final: the employee had a hearing, and only a correction, again a reversal, can
still end it. A reversed case is over; the same facts come back only under a new id. :data:`LIFE` is
that life, whole: what it does not list is an error. What follows from the violation beside points
has a life of its own within the case, see :mod:`cmappraisal.takings`.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from itertools import chain, takewhile
from types import MappingProxyType
from typing import cast

from attrs import frozen

from cmappraisal.acts import Act, is_act
from cmappraisal.alternatives import CountedOn
from cmappraisal.entries import (
    ENTRIES_ALLOWED,
    ENTRY_KINDS,
    Amended,
    Appealed,
    Decided,
    Dismissed,
    Entry,
    Lifted,
    Recorded,
    Reversed,
    Served,
    Taken,
)
from cmappraisal.errors import LedgerError, Problem, ProblemCode, UnknownCaseError
from cmappraisal.fields import as_tuple, require_all, require_moment
from cmappraisal.takings import (
    OF_CONSEQUENCES,
    TAKING_LIFE,
    OfConsequence,
    Taking,
    takings_of,
)


class State(enum.Enum):
    """Where a case is in its life.

    >>> State("under-appeal") is State.UNDER_APPEAL
    True
    """

    RECORDED = "recorded"
    """Recorded, and open to appeal."""
    UNDER_APPEAL = "under-appeal"
    """Disputed and not yet settled."""
    FINAL = "final"
    """An appeal was settled and left the violation, as it was or varied."""
    REVERSED = "reversed"
    """Struck."""


LIFE: Mapping[tuple[State | None, type[Entry]], State] = MappingProxyType(
    {
        (None, Recorded): State.RECORDED,
        (State.RECORDED, Amended): State.RECORDED,
        (State.RECORDED, Appealed): State.UNDER_APPEAL,
        (State.RECORDED, Reversed): State.REVERSED,
        (State.UNDER_APPEAL, Amended): State.FINAL,
        (State.UNDER_APPEAL, Dismissed): State.FINAL,
        (State.UNDER_APPEAL, Decided): State.FINAL,
        (State.UNDER_APPEAL, Reversed): State.REVERSED,
        (State.FINAL, Reversed): State.REVERSED,
    }
)
"""The whole life of a case: from a state (``None`` before it is recorded), by a kind of entry, to
a state."""


def stacked(
    chunks: tuple[tuple[Entry, ...], ...], added: tuple[Entry, ...]
) -> tuple[tuple[Entry, ...], ...]:
    """The same entries and more, in chunks that each are at least twice as long as the next.

    So entries that come one by one are copied a logarithmic number of times.
    """
    while chunks and len(chunks[-1]) < 2 * len(added):
        added = chunks[-1] + added
        chunks = chunks[:-1]
    return (*chunks, added)


@frozen(init=False, eq=False, repr=False)
class Case:
    """One violation and all that was entered about it.

    Args:
        state: Where the case is in its life.
        violation: The violation as it reads now.
        history: Its entries, oldest first; at least one.

    >>> from cmappraisal import Violation
    >>> from datetime import date, timezone
    >>> from cmappraisal import Ledger
    >>> moment = datetime(2025, 3, 4, tzinfo=timezone.utc)
    >>> violation = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2))
    >>> case = Ledger().record(violation, at=moment).case("V-1")
    >>> case.state, case.recorded_at == moment
    (<State.RECORDED: 'recorded'>, True)
    """

    state: State
    violation: Act
    _chunks: tuple[tuple[Entry, ...], ...]

    def __init__(self, state: State, violation: Act, *, history: Iterable[Entry]) -> None:
        entries = as_tuple(history)
        require_all(
            "Case",
            ("state", state, isinstance(state, State), "a State"),
            ("violation", violation, is_act(violation), "a Violation or a Merit"),
            (
                "history",
                entries,
                isinstance(entries, tuple)
                and bool(entries)
                and all(type(entry) in ENTRY_KINDS for entry in entries),
                f"a non-empty list of entries: {ENTRIES_ALLOWED}",
            ),
        )
        self._become(state, violation, (entries,))

    def _become(self, state: State, violation: Act, chunks: tuple[tuple[Entry, ...], ...]) -> None:
        object.__setattr__(self, "state", state)
        object.__setattr__(self, "violation", violation)
        object.__setattr__(self, "_chunks", chunks)

    @classmethod
    def _of(cls, state: State, violation: Act, chunks: tuple[tuple[Entry, ...], ...]) -> Case:
        case = cls.__new__(cls)
        case._become(state, violation, chunks)
        return case

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Case):
            return NotImplemented
        return (self.state, self.violation, self.history) == (
            other.state,
            other.violation,
            other.history,
        )

    def __hash__(self) -> int:
        return hash((self.state, self.violation, self.last))

    def __repr__(self) -> str:
        count = sum(map(len, self._chunks))
        entries = "1 entry" if count == 1 else f"{count} entries"
        return f"<Case {self.violation.id!r}: {self.state.value}, {entries}>"

    @property
    def history(self) -> tuple[Entry, ...]:
        """Its entries, oldest first."""
        return tuple(chain.from_iterable(self._chunks))

    @property
    def last(self) -> Entry:
        """Its latest entry."""
        return self._chunks[-1][-1]

    @property
    def recorded_at(self) -> datetime:
        """When the violation was first recorded."""
        return self._chunks[0][0].at

    @property
    def stated_at(self) -> datetime:
        """When the violation was recorded, or last amended, to read as it does now."""
        for chunk in reversed(self._chunks):
            for entry in reversed(chunk):
                if isinstance(entry, (Recorded, Amended)):
                    return entry.at
        return self.recorded_at

    @property
    def decision(self) -> Decided | None:
        """The decision on an appeal that set other points, money or day; None without one."""
        if self.state is not State.FINAL:
            return None
        about = (each for each in reversed(self.history) if type(each) not in OF_CONSEQUENCES)
        settling = next(about)
        return settling if isinstance(settling, Decided) else None

    @property
    def takings(self) -> tuple[Taking, ...]:
        """The consequences that were taken, in the order of the taking."""
        return tuple(takings_of(self.history).values())

    @property
    def recorded_on(self) -> date:
        """The day it was recorded by whoever found it, or else in the ledger."""
        return self.violation.recorded_on or self.recorded_at.date()

    @property
    def found_on(self) -> date:
        """The day it was found, which is the day it was recorded where no other is given."""
        return self.violation.found_on or self.recorded_on

    @property
    def effective_on(self) -> date:
        """The day from which it counts, or the day it was recorded where no other is given."""
        decided = self.decision
        by_decision = decided.effective_on if decided is not None else None
        return by_decision or self.violation.effective_on or self.recorded_on

    @property
    def is_upheld(self) -> bool:
        """Whether the violation has not been reversed."""
        return self.state is not State.REVERSED

    def as_of(self, moment: datetime) -> Case | None:
        """The case as it was known at a moment; None before it was recorded.

        Args:
            moment: A datetime with a time zone; entries at exactly that moment are known.

        Raises:
            FieldError: The moment has no time zone.
        """
        return known_at(self, require_moment("Case.as_of", "moment", moment))


DAY_OF: Mapping[CountedOn, Callable[[Case], date]] = MappingProxyType(
    {
        CountedOn.OCCURRED: lambda case: case.violation.occurred_on,
        CountedOn.RECORDED: lambda case: case.recorded_on,
        CountedOn.FOUND: lambda case: case.found_on,
        CountedOn.EFFECTIVE: lambda case: case.effective_on,
    }
)
"""The day of a case that each choice names."""


def followed(case: Case | None, entry: Entry) -> Case:
    """The case after one more entry; None stands for a case that was never recorded."""
    if case is not None and isinstance(entry, (Taken, Served, Lifted)):
        return _with_taking(case, entry)
    state = LIFE.get((case.state if case else None, type(entry)))
    if state is None:
        raise _rejected(case, entry)
    if case is None:
        # Recorded is the one kind of entry that begins a life.
        return Case._of(state, cast(Recorded, entry).violation, ((entry,),))
    violation = entry.violation if isinstance(entry, Amended) else case.violation
    if type(violation) is not type(case.violation):
        kinds = (type(each).__name__ for each in (case.violation, violation))
        raise LedgerError(
            'case "{}" is of a {}, so it cannot be amended to a {}; reverse it, and record the '
            "other under a new id".format(violation.id, *kinds)
        )
    return Case._of(state, violation, stacked(case._chunks, (entry,)))


def _with_taking(case: Case, entry: OfConsequence) -> Case:
    """The case after an entry about a consequence, which leaves its own state as it is."""
    taking = takings_of(case.history).get((entry.consequence, entry.manager))
    state = None if taking is None else taking.state
    is_over = case.state is State.REVERSED and isinstance(entry, Taken)
    if is_over or (state, type(entry)) not in TAKING_LIFE:
        kind, id = type(entry).__name__, entry.violation_id
        fitting = [each.__name__ for before, each in TAKING_LIFE if before is state]
        allowed = "nothing, for the case is reversed" if is_over else ", ".join(fitting)
        raise LedgerError(
            f'consequence "{entry.consequence}" of case "{id}" is '
            f"{'not taken' if state is None else state.value}, so {kind} does not fit; "
            f"allowed: {allowed}"
        )
    return Case._of(case.state, case.violation, stacked(case._chunks, (entry,)))


def known_at(case: Case, moment: datetime) -> Case | None:
    """The case as it was known at a moment, whose offset is fixed; None before it was recorded."""
    if case.last.at <= moment:
        return case
    known = None
    for entry in takewhile(lambda entry: entry.at <= moment, case.history):
        known = followed(known, entry)
    return known


def _rejected(case: Case | None, entry: Entry) -> LedgerError:
    kind, id = type(entry).__name__, entry.violation_id
    if case is None:
        return UnknownCaseError(
            f'case "{id}" was never recorded, so {kind} does not fit; record the violation first'
        )
    fitting = ", ".join(kind.__name__ for state, kind in LIFE if state is case.state)
    if isinstance(entry, Recorded):
        message = (
            f'case "{id}" is recorded already ({case.recorded_at.isoformat()}), so the id is '
            "taken; record another violation under another id"
        )
        return LedgerError((Problem("$", ProblemCode.REPEATED, message),))
    return LedgerError(
        f'case "{id}" is {case.state.value}, so {kind} does not fit; '
        f"allowed: {fitting or 'nothing, record a new violation under a new id'}"
    )
