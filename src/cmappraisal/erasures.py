"""Erasure: what is left of the entries of a case that was destroyed.

The entries keep their places, their moments and the digests of their leaves, so that the ledger
keeps its root and every proof. Of the case there is left whom it was about and which days it names,
without which nobody could say which appraisals are incomplete now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, TypeAlias, cast

import attrs
from attrs import field, frozen

from cmappraisal.canonical import canonical_bytes
from cmappraisal.entries import Entry, Lifted, Served, Taken, reading_of
from cmappraisal.entry_bases import Dated
from cmappraisal.fields import as_id_tuple, as_text, checked, id_tuple, identifier, instance_of
from cmappraisal.merkle import DIGEST_SIZE, is_digest, leaf_digest
from cmappraisal.periods import Period


@frozen
class Erased(Dated):
    """What is left of an entry whose case was erased.

    Args:
        violation_id: The id of the case.
        leaf: The digest of the entry's leaf in the ledger's tree, 32 bytes.
        managers: The ids of all whom the case was about, sorted.
        days: From the first to the last day that the case named.
        at: When the entry was made; a datetime with a time zone.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from datetime import timezone
    >>> from cmappraisal import Violation
    >>> from cmappraisal import Ledger
    >>> violation = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2))
    >>> moment = datetime(2025, 3, 4, tzinfo=timezone.utc)
    >>> ledger = Ledger().record(violation, at=moment)
    >>> (erased,) = ledger.erase("V-1")
    >>> erased.managers, erased.days.first == violation.occurred_on
    (('RM-01',), True)
    >>> ledger.erase("V-1").root() == ledger.root()
    True
    """

    violation_id: str = field(converter=as_text, validator=identifier)
    leaf: bytes = field(
        validator=checked(is_digest, f"{DIGEST_SIZE} bytes"),
        kw_only=True,
    )
    managers: tuple[str, ...] = field(
        converter=as_id_tuple, validator=id_tuple("ids of managers"), kw_only=True
    )
    days: Period = field(validator=instance_of(Period, allowed="a Period"), kw_only=True)


LedgerEntry: TypeAlias = Entry | Erased
"""What stands at a place of a ledger: an entry, or what is left of one."""


def leaf_of(entry: LedgerEntry) -> bytes:
    """The digest of an entry's leaf in a ledger's tree.

    Args:
        entry: The entry, or what is left of it.
    """
    return entry.leaf if isinstance(entry, Erased) else leaf_digest(canonical_bytes(entry))


def erased(history: Iterable[Entry]) -> list[Erased]:
    """What is left of the entries of a case.

    Args:
        history: The entries of the case, oldest first.
    """
    entries = list(history)
    managers = sorted(managers_in(entries))
    days = sorted(day for entry in entries for day in _days_in(entry))
    period = Period(days[0], days[-1])
    return [
        Erased(each.violation_id, leaf=leaf_of(each), managers=managers, days=period, at=each.at)
        for each in entries
    ]


def managers_in(history: Iterable[LedgerEntry]) -> set[str]:
    """The ids of all whom the entries of a case are about, whoever bears a consequence included.

    Args:
        history: The entries of the case.
    """
    found: set[str] = set()
    for entry in history:
        if isinstance(entry, Erased):
            found.update(entry.managers)
            continue
        reading = reading_of(entry)
        if reading is not None:
            found.add(reading.manager)
        elif isinstance(entry, (Taken, Served, Lifted)) and entry.manager is not None:
            found.add(entry.manager)
    return found


def _days_in(value: Any) -> Iterator[date]:
    """The days that an entry names, whose moments name the days in their own zones."""
    for each in attrs.fields(cast(Any, type(value))):
        held = getattr(value, each.name)
        if isinstance(held, date):
            yield held.date() if isinstance(held, datetime) else held
        elif attrs.has(type(held)):
            yield from _days_in(held)
