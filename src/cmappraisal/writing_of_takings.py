"""Writing of takings: each kind of entry about a consequence, by a method of its own."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

from cmappraisal.entries import Lifted, Served, Taken
from cmappraisal.writing import Extendable


class TakingWritable(Extendable):
    """What can be extended by each kind of entry about a consequence."""

    __slots__ = ()

    def take(
        self,
        violation_id: str,
        consequence: str,
        *,
        on: date,
        at: datetime,
        manager: str | None = None,
        by: str | None = None,
        salt: bytes | None = None,
        now: datetime | None = None,
    ) -> Self:
        """The ledger with a consequence taken.

        Args:
            violation_id: The id of the case from whose violation it follows, or by which a
                threshold was crossed.
            consequence: The id of the consequence.
            on: The day on which it is taken.
            at: When that was entered; a datetime with a time zone, not before the last entry.
            manager: The id of who bears it; None for whoever is at fault.
            by: The id of who entered it.
            salt: Random bytes of its own, 16 to 64, such as ``secrets.token_bytes(16)``; None
                without one.
            now: The moment that no entry may be after; None where that is not asked.

        Raises:
            FieldError: An argument has a value that it does not allow.
            LedgerError: The entry does not fit the ledger.
        """
        entry = Taken(violation_id, consequence, on=on, at=at, manager=manager, by=by, salt=salt)
        return self.extend((entry,), now=now)

    def serve(
        self,
        violation_id: str,
        consequence: str,
        *,
        on: date,
        at: datetime,
        manager: str | None = None,
        by: str | None = None,
        salt: bytes | None = None,
        now: datetime | None = None,
    ) -> Self:
        """The ledger with a consequence served.

        Args:
            violation_id: The id of the case.
            consequence: The id of the consequence, which was taken.
            on: The day on which it was served to the end.
            at: When that was entered; a datetime with a time zone, not before the last entry.
            manager: The id of who bears it; None for whoever is at fault.
            by: The id of who entered it.
            salt: Random bytes of its own, 16 to 64, such as ``secrets.token_bytes(16)``; None
                without one.
            now: The moment that no entry may be after; None where that is not asked.

        Raises:
            FieldError: An argument has a value that it does not allow.
            LedgerError: The entry does not fit the ledger.
        """
        entry = Served(violation_id, consequence, on=on, at=at, manager=manager, by=by, salt=salt)
        return self.extend((entry,), now=now)

    def lift(
        self,
        violation_id: str,
        consequence: str,
        *,
        reason: str,
        at: datetime,
        manager: str | None = None,
        by: str | None = None,
        salt: bytes | None = None,
        now: datetime | None = None,
    ) -> Self:
        """The ledger with a consequence lifted, as if it had not been taken.

        Args:
            violation_id: The id of the case.
            consequence: The id of the consequence, which was taken.
            reason: Why.
            at: When it was lifted; a datetime with a time zone, not before the last entry.
            manager: The id of who bears it; None for whoever is at fault.
            by: The id of who lifted it.
            salt: Random bytes of its own, 16 to 64, such as ``secrets.token_bytes(16)``; None
                without one.
            now: The moment that no entry may be after; None where that is not asked.

        Raises:
            FieldError: An argument has a value that it does not allow.
            LedgerError: The entry does not fit the ledger.
        """
        entry = Lifted(violation_id, consequence, reason, at=at, manager=manager, by=by, salt=salt)
        return self.extend((entry,), now=now)
