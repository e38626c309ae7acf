"""Writing: each kind of entry about a violation and its points, by a method of its own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import date, datetime
from typing import Self

from cmappraisal.acts import Act
from cmappraisal.entries import (
    Amended,
    Appealed,
    Decided,
    Dismissed,
    Entry,
    Recorded,
    Reversed,
    Reviewed,
)
from cmappraisal.points import Points


class Extendable(ABC):
    """What can be extended by entries."""

    __slots__ = ()

    @abstractmethod
    def extend(self, entries: Iterable[Entry], *, now: datetime | None = None) -> Self:
        """The same with more entries."""


class Writable(Extendable):
    """What can be extended by each kind of entry about a violation and its points."""

    __slots__ = ()

    def record(
        self,
        violation: Act,
        *,
        at: datetime,
        by: str | None = None,
        salt: bytes | None = None,
        now: datetime | None = None,
    ) -> Self:
        """The ledger with one more violation.

        Args:
            violation: The violation, under an id that the ledger does not have.
            at: When it was recorded; a datetime with a time zone, not before the last entry.
            by: The id of who recorded it.
            salt: Random bytes of its own, 16 to 64, such as ``secrets.token_bytes(16)``; None
                without one.
            now: The moment that no entry may be after; None where that is not asked.

        Raises:
            FieldError: An argument has a value that it does not allow.
            LedgerError: The entry does not fit the ledger.
        """
        return self.extend((Recorded(violation, at=at, by=by, salt=salt),), now=now)

    def amend(
        self,
        violation: Act,
        *,
        at: datetime,
        reason: str,
        by: str | None = None,
        salt: bytes | None = None,
        now: datetime | None = None,
    ) -> Self:
        """The ledger with a violation restated; under appeal, this settles the appeal.

        Args:
            violation: The violation as it now reads, under the id it was recorded with.
            at: When it was amended; a datetime with a time zone, not before the last entry.
            reason: Why.
            by: The id of who amended it.
            salt: Random bytes of its own, 16 to 64, such as ``secrets.token_bytes(16)``; None
                without one.
            now: The moment that no entry may be after; None where that is not asked.

        Raises:
            FieldError: An argument has a value that it does not allow.
            LedgerError: The entry does not fit the ledger.
        """
        return self.extend((Amended(violation, reason, at=at, by=by, salt=salt),), now=now)

    def appeal(
        self,
        violation_id: str,
        *,
        at: datetime,
        grounds: str,
        by: str | None = None,
        salt: bytes | None = None,
        now: datetime | None = None,
    ) -> Self:
        """The ledger with an appeal lodged.

        Args:
            violation_id: The id of the case, which is recorded and has not been appealed.
            at: When it was lodged; a datetime with a time zone, not before the last entry.
            grounds: On what grounds.
            by: The id of who lodged it.
            salt: Random bytes of its own, 16 to 64, such as ``secrets.token_bytes(16)``; None
                without one.
            now: The moment that no entry may be after; None where that is not asked.

        Raises:
            FieldError: An argument has a value that it does not allow.
            LedgerError: The entry does not fit the ledger.
        """
        return self.extend((Appealed(violation_id, grounds, at=at, by=by, salt=salt),), now=now)

    def dismiss(
        self,
        violation_id: str,
        *,
        at: datetime,
        reason: str,
        by: str | None = None,
        salt: bytes | None = None,
        now: datetime | None = None,
    ) -> Self:
        """The ledger with an appeal dismissed.

        Args:
            violation_id: The id of the case, which is under appeal.
            at: When it was dismissed; a datetime with a time zone, not before the last entry.
            reason: Why.
            by: The id of who dismissed it.
            salt: Random bytes of its own, 16 to 64, such as ``secrets.token_bytes(16)``; None
                without one.
            now: The moment that no entry may be after; None where that is not asked.

        Raises:
            FieldError: An argument has a value that it does not allow.
            LedgerError: The entry does not fit the ledger.
        """
        return self.extend((Dismissed(violation_id, reason, at=at, by=by, salt=salt),), now=now)

    def decide(
        self,
        violation_id: str,
        *,
        at: datetime,
        reason: str,
        points: Points | None = None,
        money: Points | None = None,
        effective_on: date | None = None,
        by: str | None = None,
        salt: bytes | None = None,
        now: datetime | None = None,
    ) -> Self:
        """The ledger with an appeal decided by other points, other money or another day.

        Args:
            violation_id: The id of the case, which is under appeal.
            at: When it was decided; a datetime with a time zone, not before the last entry.
            reason: Why.
            points: The points that the violation deducts; None where they stay.
            money: The money that is withheld for it; None where that stays.
            effective_on: The day from which it counts; None where that stays.
            by: The id of who decided it.
            salt: Random bytes of its own, 16 to 64, such as ``secrets.token_bytes(16)``; None
                without one.
            now: The moment that no entry may be after; None where that is not asked.

        Raises:
            FieldError: An argument has a value that it does not allow.
            LedgerError: The entry does not fit the ledger.
        """
        entry = Decided(
            violation_id,
            reason,
            points=points,
            money=money,
            effective_on=effective_on,
            at=at,
            by=by,
            salt=salt,
        )
        return self.extend((entry,), now=now)

    def review(
        self,
        violation_id: str,
        *,
        at: datetime,
        reason: str,
        points: Points | None = None,
        money: Points | None = None,
        effective_on: date | None = None,
        by: str | None = None,
        salt: bytes | None = None,
        now: datetime | None = None,
    ) -> Self:
        """The ledger with a second appeal decided by other points, other money or another day.

        Args:
            violation_id: The id of the case, which is under review.
            at: When it was decided; a datetime with a time zone, not before the last entry.
            reason: Why.
            points: The points that the violation deducts; None where they stay as decided.
            money: The money that is withheld for it; None where that stays.
            effective_on: The day from which it counts; None where that stays.
            by: The id of who decided it.
            salt: Random bytes of its own, 16 to 64, such as ``secrets.token_bytes(16)``; None
                without one.
            now: The moment that no entry may be after; None where that is not asked.

        Raises:
            FieldError: An argument has a value that it does not allow.
            LedgerError: The entry does not fit the ledger.
        """
        entry = Reviewed(
            violation_id,
            reason,
            points=points,
            money=money,
            effective_on=effective_on,
            at=at,
            by=by,
            salt=salt,
        )
        return self.extend((entry,), now=now)

    def reverse(
        self,
        violation_id: str,
        *,
        at: datetime,
        reason: str,
        by: str | None = None,
        salt: bytes | None = None,
        now: datetime | None = None,
    ) -> Self:
        """The ledger with a case reversed.

        Args:
            violation_id: The id of the case, which has not been reversed.
            at: When it was reversed; a datetime with a time zone, not before the last entry.
            reason: Why.
            by: The id of who reversed it.
            salt: Random bytes of its own, 16 to 64, such as ``secrets.token_bytes(16)``; None
                without one.
            now: The moment that no entry may be after; None where that is not asked.

        Raises:
            FieldError: An argument has a value that it does not allow.
            LedgerError: The entry does not fit the ledger.
        """
        return self.extend((Reversed(violation_id, reason, at=at, by=by, salt=salt),), now=now)
