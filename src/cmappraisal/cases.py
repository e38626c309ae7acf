"""Cases: the whole life of one violation, as one table.

A violation that is *recorded* stands. While it stands it can be *amended*, which restates it, or
*appealed* against. An appeal is settled in one of three ways: it is *dismissed*, and the case is as
it was; the violation is amended, because the penalty was varied; or the case is *reversed*, because
the appeal was upheld. Settled without reversal, a case is final: the employee had a hearing, and
only a correction, again a reversal, can still strike it. A reversed case is over; the same facts
come back only under a new id. :data:`LIFE` is that life, whole: what it does not list is an error.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import datetime
from itertools import takewhile
from types import MappingProxyType
from typing import cast

from attrs import field, frozen

from cmappraisal.entries import Amended, Appealed, Dismissed, Entry, Recorded, Reversed
from cmappraisal.errors import LedgerError, UnknownCaseError
from cmappraisal.fields import require_moment
from cmappraisal.violations import Violation


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
    >>> from cmappraisal import Ledger
    >>> moment = datetime(2025, 3, 4, tzinfo=timezone.utc)
    >>> violation = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2))
    >>> case = Ledger().record(violation, at=moment).case("V-1")
    >>> case.state, case.recorded_at == moment
    (<State.RECORDED: 'recorded'>, True)
    """

    state: State
    violation: Violation
    history: tuple[Entry, ...] = field(kw_only=True)

    @property
    def recorded_at(self) -> datetime:
        """When the violation was first recorded."""
        return self.history[0].at

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
        moment = require_moment("Case.as_of", "moment", moment)
        if self.history[-1].at <= moment:
            return self
        case = None
        for entry in takewhile(lambda entry: entry.at <= moment, self.history):
            case = followed(case, entry)
        return case


def followed(case: Case | None, entry: Entry) -> Case:
    """The case after one more entry; None stands for a case that was never recorded."""
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
