"""Acts: what a relationship manager did, as facts without a verdict.

An act is a violation, for which points are deducted, or a merit, for which they are awarded. Both
have the same fields and the same life.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TypeAlias, get_args

from attrs import field, frozen

from cmappraisal.fields import (
    a_date,
    as_date,
    as_ids,
    as_optional_date,
    as_optional_text,
    as_text,
    identifier,
    identifiers,
    int_between,
    optional_date,
    optional_identifier,
)
from cmappraisal.points import (
    MAXIMUM_ASSESSED,
    MAXIMUM_QUANTITY,
    as_optional_points,
    points_between,
)
from cmappraisal.redactions import PROSE, Redacted, as_words, optional_words


@frozen
class _Act:
    id: str = field(converter=as_text, validator=identifier)
    manager: str = field(converter=as_text, validator=identifier)
    rule: str = field(converter=as_text, validator=identifier, kw_only=True)
    occurred_on: date = field(
        converter=as_date,
        validator=a_date,
        kw_only=True,
    )
    quantity: int = field(
        default=1,
        validator=int_between(1, MAXIMUM_QUANTITY),
        kw_only=True,
    )
    circumstances: frozenset[str] = field(
        default=frozenset(),
        converter=as_ids,
        validator=identifiers("circumstance ids"),
        kw_only=True,
    )
    incident: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    refers_to: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    assessed_points: Decimal | None = field(
        default=None,
        converter=as_optional_points,
        validator=points_between(Decimal(0), MAXIMUM_ASSESSED, optional=True),
        kw_only=True,
    )
    found_on: date | None = field(
        default=None, converter=as_optional_date, validator=optional_date, kw_only=True
    )
    recorded_on: date | None = field(
        default=None, converter=as_optional_date, validator=optional_date, kw_only=True
    )
    effective_on: date | None = field(
        default=None, converter=as_optional_date, validator=optional_date, kw_only=True
    )
    note: str | Redacted = field(
        default="", converter=as_words, validator=optional_words, metadata=PROSE, kw_only=True
    )


@frozen
class Violation(_Act):
    """One breach of a rule by one relationship manager (客戶經理).

    Args:
        id: Its own id, one of a kind in a ledger.
        manager: The id of the relationship manager at fault.
        rule: The id of the rule broken, such as ``"3.2b"``.
        occurred_on: The day it happened; a date, not a datetime.
        quantity: How many occurrences or customers, by the rule's unit; from 1.
        circumstances: Ids of the circumstances found.
        incident: The id of the incident it belongs to; without one it is an incident of its own.
        refers_to: Under a rule that refers, the id of the rule that applies.
        assessed_points: The points an assessor set, where the rule or the policy leaves a choice:
            those of one unit where the rule states a range, else those of the whole violation; also
            of the whole where a circumstance asks for the assessor's amount (``Assessed``).
        found_on: The day it was found; None where it was found when it was recorded.
        recorded_on: The day on which whoever found it recorded it, such as the day of an audit
            report; None where that is the day of its entry in the ledger.
        effective_on: The day from which it counts; None where that is the day it was recorded.
        note: Anything else, for the reader.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> violation = Violation(
    ...     "V-1", "RM-01", rule="3.2b", occurred_on=date(2025, 3, 2), circumstances=["risk"]
    ... )
    >>> violation.circumstances
    frozenset({'risk'})
    >>> Violation("V-1", "RM-01", rule="3.2b", occurred_on=date(2025, 3, 2), quantity=0)
    Traceback (most recent call last):
    cmappraisal.errors.FieldError: Violation "V-1": quantity is 0; allowed: an int from 1 to 1000000
    """


@frozen
class Merit(_Act):
    """Something that a relationship manager is honoured for, under a rule that awards points.

    Args:
        id: Its own id, one of a kind in a ledger.
        manager: The id of the relationship manager.
        rule: The id of the rule that awards points.
        occurred_on: The day it happened; a date, not a datetime.
        quantity: How many occurrences or customers, by the rule's unit; from 1.
        circumstances: Ids of the circumstances found; they change no award.
        incident: The id of the event that it is for; without one it is an event of its own.
        refers_to: None, since a rule that awards points refers to no other.
        assessed_points: None, since a rule states what it awards.
        found_on: The day it was found; None where it was found when it was recorded.
        recorded_on: The day on which whoever found it recorded it; None where that is the day of
            its entry in the ledger.
        effective_on: The day from which it counts; None where that is the day it was recorded.
        note: Anything else, for the reader.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> Merit("M-1", "RM-01", rule="5.1", occurred_on=date(2025, 3, 2)).quantity
    1
    """


Act: TypeAlias = Violation | Merit
"""What a case of a ledger is about."""


_KINDS = get_args(Act)


def is_act(value: object) -> bool:
    """Whether a value is a violation or a merit."""
    return type(value) in _KINDS


def incident_of(act: Act) -> tuple[str | None, str | None]:
    """What acts of one incident share, and no others; an act without one is an incident alone.

    Args:
        act: The act.

    >>> alone = Violation("V-1", "RM-01", rule="3.2b", occurred_on=date(2025, 3, 2))
    >>> incident_of(alone)
    (None, 'V-1')
    """
    return act.incident, act.id if act.incident is None else None
