"""Writing of acts: what is proposed, done and corrected in a case, by a method of its own."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

from cmappraisal.acts import Act, is_act
from cmappraisal.entries import Acted, Corrected
from cmappraisal.fields import require
from cmappraisal.points import Points
from cmappraisal.procedural_acts import ProceduralAct
from cmappraisal.writing import Extendable


class ActWritable(Extendable):
    """What can be extended by what is proposed and done in a case, and by corrections."""

    __slots__ = ()

    def propose(
        self,
        violation: Act,
        *,
        at: datetime,
        on: date | None = None,
        by: str | None = None,
        salt: bytes | None = None,
        now: datetime | None = None,
    ) -> Self:
        """The ledger with a violation proposed, which counts nothing until it is verified.

        Args:
            violation: The violation, under an id that the ledger does not have.
            at: When it was entered; a datetime with a time zone, not before the last entry.
            on: The day on which it was proposed; None where that is the day of ``at``.
            by: The id of who proposed it.
            salt: Random bytes of its own, 16 to 64, such as ``secrets.token_bytes(16)``; None
                without one.
            now: The moment that no entry may be after; None where that is not asked.

        Raises:
            FieldError: An argument has a value that it does not allow.
            LedgerError: The entry does not fit the ledger.
        """
        require("propose", "violation", violation, is_act(violation), "a Violation or a Merit")
        act = ProceduralAct.PROPOSED
        entry = Acted(violation.id, act, on=on, violation=violation, at=at, by=by, salt=salt)
        return self.extend((entry,), now=now)

    def act(
        self,
        violation_id: str,
        act: ProceduralAct | str,
        *,
        at: datetime,
        on: date | None = None,
        reason: str = "",
        by: str | None = None,
        salt: bytes | None = None,
        now: datetime | None = None,
    ) -> Self:
        """The ledger with an act that sets no points: verified, notified, withdrawn, reopened.

        Args:
            violation_id: The id of the case.
            act: What is done, a member of :class:`~cmappraisal.procedure.ProceduralAct` or its
                value; what is proposed is entered by :meth:`propose`.
            at: When it was entered; a datetime with a time zone, not before the last entry.
            on: The day on which it was done, such as that on which a notice was received; None
                where that is the day of ``at``.
            reason: Why, or anything else; a case is not reopened without words.
            by: The id of who did it.
            salt: Random bytes of its own, 16 to 64, such as ``secrets.token_bytes(16)``; None
                without one.
            now: The moment that no entry may be after; None where that is not asked.

        Raises:
            FieldError: An argument has a value that it does not allow.
            LedgerError: The entry does not fit the ledger.
        """
        entry = Acted(violation_id, act, on=on, reason=reason, at=at, by=by, salt=salt)
        return self.extend((entry,), now=now)

    def correct(
        self,
        violation: Act,
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
        """The ledger with a clerical error put right in a case that is final.

        Args:
            violation: The violation as it should have read, under the id it was recorded with.
            at: When it was corrected; a datetime with a time zone, not before the last entry.
            reason: What the error was.
            points: The points as they were meant to be decided; None where they stay.
            money: The money as it was meant to be decided; None where that stays.
            effective_on: The day of effect that was meant; None where that stays.
            by: The id of who corrected it.
            salt: Random bytes of its own, 16 to 64, such as ``secrets.token_bytes(16)``; None
                without one.
            now: The moment that no entry may be after; None where that is not asked.

        Raises:
            FieldError: An argument has a value that it does not allow.
            LedgerError: The entry does not fit the ledger.
        """
        entry = Corrected(
            violation,
            reason,
            points=points,
            money=money,
            effective_on=effective_on,
            at=at,
            by=by,
            salt=salt,
        )
        return self.extend((entry,), now=now)
