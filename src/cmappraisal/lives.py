"""Lives: the whole life of a case, as one table.

A violation that is *recorded* is upheld. One that is only *proposed* is not yet: it counts nothing
until it is *verified*, or recorded. A recorded violation can be *amended*, which restates it, or
*appealed* against. An appeal is *withdrawn*, and the case is as it was before, or it is settled in
one of four ways: it is *dismissed*, and the case is as it was; the violation is amended, because it
reads otherwise; it is *decided*, with other points, other money or another day of effect; or the
case is *reversed*, because the appeal succeeded. Settled without reversal, a case is final: the
employee had a hearing. What can still come is an appeal to the next instance, which settles it in
the same ways, its own decision being a *review*; a *correction* of a clerical error; that the case
is *reopened* on new facts; or again a reversal. A reversed case is over; the same facts come back
only under a new id. :data:`LIFE` is that life, whole: what it does not list is an error. What
follows from the violation beside points has a life of its own within the case, see
:mod:`cmappraisal.takings`.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from cmappraisal.entries import (
    Acted,
    Amended,
    Appealed,
    Corrected,
    Decided,
    Dismissed,
    Entry,
    Recorded,
    Reversed,
    Reviewed,
)
from cmappraisal.procedural_acts import ProceduralAct


class State(enum.Enum):
    """Where a case is in its life.

    >>> State("under-appeal") is State.UNDER_APPEAL
    True
    """

    PROPOSED = "proposed"
    """Put forward and not yet verified; it counts nothing."""
    RECORDED = "recorded"
    """Recorded, and open to appeal."""
    UNDER_APPEAL = "under-appeal"
    """Disputed and not yet settled."""
    FINAL = "final"
    """An appeal was settled and left the violation, as it was or varied."""
    UNDER_REVIEW = "under-review"
    """Disputed once more, before the next instance, and not yet settled."""
    REVERSED = "reversed"
    """Struck."""


Move: TypeAlias = type[Entry] | ProceduralAct
"""What leads from a state to a state: a kind of entry, or of :class:`Acted` its act."""

LIFE: Mapping[tuple[State | None, Move], State] = MappingProxyType(
    {
        (None, ProceduralAct.PROPOSED): State.PROPOSED,
        (None, Recorded): State.RECORDED,
        (State.PROPOSED, Amended): State.PROPOSED,
        (State.PROPOSED, ProceduralAct.NOTIFIED): State.PROPOSED,
        (State.PROPOSED, ProceduralAct.VERIFIED): State.RECORDED,
        (State.PROPOSED, Recorded): State.RECORDED,
        (State.PROPOSED, Reversed): State.REVERSED,
        (State.RECORDED, Amended): State.RECORDED,
        (State.RECORDED, ProceduralAct.VERIFIED): State.RECORDED,
        (State.RECORDED, ProceduralAct.NOTIFIED): State.RECORDED,
        (State.RECORDED, Appealed): State.UNDER_APPEAL,
        (State.RECORDED, Reversed): State.REVERSED,
        (State.UNDER_APPEAL, ProceduralAct.NOTIFIED): State.UNDER_APPEAL,
        (State.UNDER_APPEAL, ProceduralAct.APPEAL_WITHDRAWN): State.RECORDED,
        (State.UNDER_APPEAL, Amended): State.FINAL,
        (State.UNDER_APPEAL, Dismissed): State.FINAL,
        (State.UNDER_APPEAL, Decided): State.FINAL,
        (State.UNDER_APPEAL, Reversed): State.REVERSED,
        (State.FINAL, ProceduralAct.NOTIFIED): State.FINAL,
        (State.FINAL, Corrected): State.FINAL,
        (State.FINAL, ProceduralAct.REOPENED): State.RECORDED,
        (State.FINAL, Appealed): State.UNDER_REVIEW,
        (State.FINAL, Reversed): State.REVERSED,
        (State.UNDER_REVIEW, ProceduralAct.NOTIFIED): State.UNDER_REVIEW,
        (State.UNDER_REVIEW, ProceduralAct.APPEAL_WITHDRAWN): State.FINAL,
        (State.UNDER_REVIEW, Amended): State.FINAL,
        (State.UNDER_REVIEW, Dismissed): State.FINAL,
        (State.UNDER_REVIEW, Reviewed): State.FINAL,
        (State.UNDER_REVIEW, Reversed): State.REVERSED,
        (State.REVERSED, ProceduralAct.NOTIFIED): State.REVERSED,
    }
)
"""The whole life of a case: from a state (``None`` before there is one), by a kind of entry or a
procedural act, to a state."""

# Tuples, since a member of an enum is found in them by what it is, and that for every case.
NOT_UPHELD = State.PROPOSED, State.REVERSED
"""The states in which a case counts nothing."""

APPEALED_AGAINST = State.UNDER_APPEAL, State.UNDER_REVIEW
"""The states in which an appeal is open."""


def move_of(entry: Entry) -> Move:
    """What an entry does in the life of a case.

    Args:
        entry: The entry.
    """
    return entry.act if isinstance(entry, Acted) else type(entry)


def name_of_move(move: Move) -> str:
    """A kind of entry, or an act, as messages name it.

    Args:
        move: The kind, or the act.
    """
    return f"Acted ({move.value})" if isinstance(move, ProceduralAct) else move.__name__
