"""Withdrawals: sessions of a team that are not for somebody any more for whom they were."""

from __future__ import annotations

from attrs import field, frozen

from cmappraisal.fields import as_text, identifier, instance_of
from cmappraisal.training.reprs import brief
from cmappraisal.training.sessions import Session


@frozen
class Withdrawal:
    """A session of a team that was published to somebody, and is for that person no more.

    The person changed team, left, or is on leave; or the session moved to a day on which the person
    is not there. A calendar that took it has to give it up.

    Args:
        session: The session as it was, with a sequence one higher.
        person: The id of the person.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from datetime import date
    >>> session = Session("study", date(2026, 7, 15), on=date(2026, 7, 15), sequence=1)
    >>> print(Withdrawal(session, "RM-01"))
    "study/2026-07-15" withdrawn from "RM-01"
    """

    session: Session = field(validator=instance_of(Session, allowed="a Session"))
    person: str = field(converter=as_text, validator=identifier)

    __repr__ = brief()

    def __str__(self) -> str:
        return f'"{self.session.id}" withdrawn from "{self.person}"'
