"""Changes: what changes a balance on a day, before it is posted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from attrs import frozen

from cmappraisal.accounts.postings import PostingKind
from cmappraisal.making import maker
from cmappraisal.scoring.steps import Reason


@frozen
class Lapsing:
    """When what a change adds to a balance lapses.

    Args:
        day: The day.
        reason: What says so.
        waits_for: The id of the consequence that has to be served first; None where it lapses
            anyway.
        below: Below which balance it lapses; None where it does at any.
    """

    day: date
    reason: Reason
    waits_for: str | None = None
    below: Decimal | None = None


@frozen
class Change:
    """What changes a balance on a day.

    Args:
        kind: What changes it.
        points: By how many points, above 0; below 0 where a cap takes away.
        counted_on: The day on which it counts.
        known_on: The day from which it was known.
        reason: What it rests on.
        lapsing: When it lapses; None where it does not.
        id: The id of its violation or merit; None of any other.
        because_of: Ids of other violations that it rests on.
        consequence: The id of the consequence that makes it; None of any other.
    """

    kind: PostingKind
    points: Decimal
    counted_on: date
    known_on: date
    reason: Reason
    lapsing: Lapsing | None = None
    id: str | None = None
    because_of: tuple[str, ...] = ()
    consequence: str | None = None


made_change = maker(Change)
"""What makes a change of all its fields: one is made for every line."""
