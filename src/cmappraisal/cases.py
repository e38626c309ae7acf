"""Cases: one violation and all that was entered about it, in a state of its life.

Which entry fits which state, :mod:`cmappraisal.lives` says; what was taken of what follows from the
violation beside points has a life of its own, see :mod:`cmappraisal.takings`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from itertools import chain, takewhile
from operator import attrgetter
from types import MappingProxyType
from typing import TypeAlias, cast

from attrs import frozen

from cmappraisal.acts import Act, is_act
from cmappraisal.alternatives import CountedOn
from cmappraisal.dating import problems_of_days
from cmappraisal.decisions import Decision, decided_after, decision_of
from cmappraisal.entries import (
    ENTRIES_ALLOWED,
    ENTRY_KINDS,
    Acted,
    Entry,
    Lifted,
    Recorded,
    Served,
    Taken,
    reading_of,
)
from cmappraisal.errors import LedgerError, Problem, UnknownCaseError
from cmappraisal.fields import as_tuple, require_all, require_moment
from cmappraisal.flaw_wordings import filled, together
from cmappraisal.ledger_flaws import (
    UNDER_A_NEW_ID,
    LedgerFlaw,
    entry_named,
    move_named,
    nothing_fits,
    state_named,
)
from cmappraisal.life_wordings import KINDS, MOVES, TAKINGS
from cmappraisal.lives import APPEALED_AGAINST, LIFE, NOT_UPHELD, State, move_of
from cmappraisal.making import Remembers, maker
from cmappraisal.mappings import ReadOnlyMapping
from cmappraisal.procedural_acts import ProceduralAct
from cmappraisal.takings import (
    TAKING_LIFE,
    OfConsequence,
    Taking,
    Takings,
    takings_of,
    with_entry,
)

_NO_TAKINGS: Takings = ReadOnlyMapping()

_Chunks: TypeAlias = tuple[tuple[Entry, ...], ...]


def stacked(chunks: _Chunks, added: tuple[Entry, ...]) -> _Chunks:
    """The same entries and more, in chunks that each are at least twice as long as the next.

    So entries that come one by one are copied a logarithmic number of times.
    """
    while chunks and len(chunks[-1]) < 2 * len(added):
        added = chunks[-1] + added
        chunks = chunks[:-1]
    return (*chunks, added)


@frozen(init=False, eq=False, repr=False)
class Case(Remembers):
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
    _last: Entry
    _earlier: _Chunks
    _takings: Takings
    _decision: Decision | None

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
        object.__setattr__(self, "state", state)
        object.__setattr__(self, "violation", violation)
        object.__setattr__(self, "_last", entries[-1])
        object.__setattr__(self, "_earlier", (entries[:-1],) if entries[1:] else ())
        object.__setattr__(self, "_takings", takings_of(entries))
        object.__setattr__(self, "_decision", decision_of(entries))

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
        count = sum(map(len, self._earlier)) + 1
        entries = "1 entry" if count == 1 else f"{count} entries"
        return f"<Case {self.violation.id!r}: {self.state.value}, {entries}>"

    def _repr_html_(self) -> str:
        """How a notebook shows it."""
        # What is above this module is not known before it is asked for.
        from cmappraisal.reports.case_pages import case_page  # noqa: PLC0415

        return case_page(self)

    @property
    def history(self) -> tuple[Entry, ...]:
        """Its entries, oldest first."""
        return (*chain.from_iterable(self._earlier), self._last)

    @property
    def _latest(self) -> Iterator[Entry]:
        """Its entries, latest first."""
        earlier = chain.from_iterable(map(reversed, reversed(self._earlier)))
        return chain((self._last,), earlier)

    @property
    def last(self) -> Entry:
        """Its latest entry."""
        return self._last

    @property
    def _first(self) -> Entry:
        return self._earlier[0][0] if self._earlier else self._last

    @property
    def recorded_at(self) -> datetime:
        """When the violation was first recorded, or verified; until then, when it was proposed."""
        first = self._first
        if type(first) is not Acted:
            return first.at
        moves = {Recorded, ProceduralAct.VERIFIED}
        return next((each for each in self.history if move_of(each) in moves), first).at

    @property
    def stated_at(self) -> datetime:
        """When the violation was recorded, or last amended, to read as it does now."""
        first = self._first
        if not self._earlier:
            return first.at
        return next(filter(reading_of, self._latest), first).at

    @cached_property
    def problems_of_days(self) -> tuple[Problem, ...]:
        """What is wrong with the days of the violation, looked at once for all scorings."""
        violation, stated_at = self.violation, self.stated_at
        if (
            violation.occurred_on > stated_at.date()
            or violation.found_on is not None
            or violation.recorded_on is not None
        ):
            return tuple(problems_of_days(violation, stated_at))
        return ()

    @property
    def decision(self) -> Decision | None:
        """What is decided in the place of what the rule would make; None where nothing is."""
        return self._decision

    @property
    def takings(self) -> tuple[Taking, ...]:
        """The consequences that were taken, in the order of the taking."""
        # Of most cases nothing was taken.
        return () if self._takings is _NO_TAKINGS else tuple(self._takings.values())

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
        decided, violation = self._decision, self.violation
        by_decision = decided.effective_on if decided is not None else None
        return by_decision or violation.effective_on or self.recorded_on

    @property
    def is_upheld(self) -> bool:
        """Whether the violation was recorded, and not reversed."""
        return self.state not in NOT_UPHELD

    @property
    def is_under_appeal(self) -> bool:
        """Whether an appeal is open, before whichever instance."""
        return self.state in APPEALED_AGAINST

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
        CountedOn.OCCURRED: attrgetter("violation.occurred_on"),
        CountedOn.RECORDED: attrgetter("recorded_on"),
        CountedOn.FOUND: attrgetter("found_on"),
        CountedOn.EFFECTIVE: attrgetter("effective_on"),
    }
)
"""The day of a case that each choice names."""


# Each entry makes the case that it touches anew.
_case_of = maker(Case)


def followed(case: Case | None, entry: Entry) -> Case:
    """The case after one more entry; None stands for a case that was never recorded."""
    if case is not None and isinstance(entry, (Taken, Served, Lifted)):
        return _with_taking(case, entry)
    state = LIFE.get((case.state if case else None, move_of(entry)))
    if state is None:
        raise _rejected(case, entry)
    if case is None:
        # What begins a life states the violation.
        return _case_of(state, reading_of(entry), entry, (), _NO_TAKINGS, None)
    violation = reading_of(entry) or case.violation
    if type(violation) is not type(case.violation):
        kinds = (filled(KINDS[type(each)]) for each in (case.violation, violation))
        raise LedgerError([LedgerFlaw.OF_ANOTHER_KIND.problem("$", violation.id, *kinds)])
    earlier = stacked(case._earlier, (case._last,))
    decision = decided_after(case._decision, entry)
    return _case_of(state, violation, entry, earlier, case._takings, decision)


def _with_taking(case: Case, entry: OfConsequence) -> Case:
    """The case after an entry about a consequence, which leaves its own state as it is."""
    is_over = not case.is_upheld and isinstance(entry, Taken)
    takings = None if is_over else with_entry(case._takings, entry)
    if takings is None:
        raise _not_taken(case, entry, is_over=is_over)
    earlier = stacked(case._earlier, (case._last,))
    return _case_of(case.state, case.violation, entry, earlier, takings, case._decision)


def _not_taken(case: Case, entry: OfConsequence, *, is_over: bool) -> LedgerError:
    taking = case._takings.get((entry.consequence, entry.manager))
    of = entry.consequence, entry.violation_id
    if isinstance(entry, Served) and taking is not None and entry.on < taking.taken_on:
        flaw = LedgerFlaw.SERVED_BEFORE_TAKEN
        return LedgerError([flaw.problem("$", *of, taking.taken_on, entry.on)])
    state = None if taking is None else taking.state
    fitting = [
        move_named(each, entry.consequence) for before, each in TAKING_LIFE if before is state
    ]
    allowed = nothing_fits(case.state) if is_over else together(fitting)
    problem = LedgerFlaw.CONSEQUENCE_DOES_NOT_FIT.problem(
        "$", *of, filled(TAKINGS[state]), entry_named(entry), allowed
    )
    return LedgerError([problem])


def replayed(case: Case) -> Iterator[tuple[Case | None, Entry, Case]]:
    """Each entry of a case, with the case as it was before it and as it is after it.

    Args:
        case: The case.
    """
    before: Case | None = None
    for entry in case.history:
        after = followed(before, entry)
        yield before, entry, after
        before = after


def case_of(history: Iterable[Entry]) -> Case:
    """The case that entries make, which are known to fit.

    Args:
        history: The entries, oldest first; at least one.
    """
    case: Case | None = None
    for entry in history:
        case = followed(case, entry)
    return cast(Case, case)


def known_at(case: Case, moment: datetime) -> Case | None:
    """The case as it was known at a moment, whose offset is fixed; None before it was recorded."""
    if case.last.at <= moment:
        return case
    known = None
    for entry in takewhile(lambda entry: entry.at <= moment, case.history):
        known = followed(known, entry)
    return known


def _rejected(case: Case | None, entry: Entry) -> LedgerError:
    move, id = move_of(entry), entry.violation_id
    named = entry_named(entry)
    if case is None:
        return UnknownCaseError([LedgerFlaw.NEVER_RECORDED.problem("$", id, named)])
    if (None, move) in LIFE:
        is_proposed = case.state is State.PROPOSED
        begun = filled(MOVES[ProceduralAct.PROPOSED if is_proposed else Recorded])
        moment = case.recorded_at.isoformat()
        return LedgerError([LedgerFlaw.ID_IS_TAKEN.problem("$", id, begun, moment)])
    fitting = together(move_named(each) for state, each in LIFE if state is case.state)
    hint = UNDER_A_NEW_ID if case.state is State.REVERSED else ""
    state = state_named(case.state)
    return LedgerError([LedgerFlaw.DOES_NOT_FIT.problem("$", id, state, named, fitting, hint)])
