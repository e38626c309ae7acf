"""Consequences (處理措施): what follows from a breach beside points."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TypeAlias

from attrs import field, frozen

from cmappraisal.fields import (
    as_id_tuple,
    as_text,
    beside,
    boolean,
    checked,
    choice_of,
    id_tuple,
    identifier,
    is_int,
    member_of,
    optional_instance_of,
    optional_int_between,
    require,
)
from cmappraisal.points import MAXIMUM_POINTS, as_optional_points, as_points, points_between
from cmappraisal.texts import Choice, Text, a_text


class Status(Choice):
    """What becomes of the qualification as a relationship manager, from the best to the gravest.

    >>> Status("revoked").text.en
    'revoked'
    """

    QUALIFIED = "qualified", Text("保留", "保留", en="kept")
    SUSPENDED = "suspended", Text("暫停", "暂停", en="suspended")
    REVOKED = "revoked", Text("取消", "取消", en="revoked")

    @property
    def is_loss(self) -> bool:
        """Whether whoever has it may not act as a relationship manager."""
        return self is not Status.QUALIFIED


def gravest(statuses: Iterable[Status | None]) -> Status:
    """The gravest of several statuses; None counts as ``QUALIFIED``.

    >>> gravest([None, Status.REVOKED, Status.SUSPENDED])
    <Status.REVOKED: 'revoked'>
    """
    given = (each for each in statuses if each is not None)
    return max(given, key=list(Status).index, default=Status.QUALIFIED)


def as_status(value: Status | str) -> Status:
    """A status from itself or its value."""
    return member_of(Status, value)


def _as_optional_status(value: Status | str | None) -> Status | None:
    return None if value is None else as_status(value)


@frozen
class CancelThose:
    """The points of the violations from whose sum a consequence follows are cancelled."""


@frozen
class AtMost:
    """The balance is lowered to so many points, where it is higher.

    Args:
        points: The most points that are left.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> AtMost(3).points
    Decimal('3')
    """

    points: Decimal = field(
        converter=as_points, validator=points_between(Decimal(0), MAXIMUM_POINTS)
    )


Settling: TypeAlias = CancelThose | AtMost
"""What a consequence does to the balance of a points account."""


class SettlesWhen(Choice):
    """When a consequence does something to the balance.

    >>> SettlesWhen("served").text.en
    'when it is served'
    """

    TAKEN = "taken", Text("執行時", "执行时", en="when it is taken")
    SERVED = "served", Text("執行完畢時", "执行完毕时", en="when it is served")


def _as_settles_when(value: SettlesWhen | str) -> SettlesWhen:
    return member_of(SettlesWhen, value)


MAXIMUM_DAYS = 36_500
"""The most days that a consequence lasts: a hundred years."""


@frozen
class Consequence:
    """What follows from a breach beside points, declared once in a rulebook.

    Args:
        id: The name by which rules refer to it.
        text: The wording.
        status: What becomes of the qualification: ``SUSPENDED`` or ``REVOKED``; None where it is
            kept.
        money: What is withheld for a violation, in the currency of the standard; None without.
        elsewhere: Whether another procedure handles it, such as that of a discipline code.
        days: How many days it lasts, such as those of study; None where that is not stated.
        days_at_most: Where a time after the first lasts so many times as long, the most days; None
            where each time lasts as long as the first.
        courses: Ids of the courses that it asks for, in order; the curriculum of a training plan
            has them.
        settles: What it does to the balance of a points account: :class:`CancelThose`,
            :class:`AtMost`, or None.
        settles_when: When it does so.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> Consequence(
    ...     "fine", Text("扣發績效", "扣发绩效", en="performance pay withheld"), money=200
    ... ).money
    Decimal('200')
    """

    id: str = field(converter=as_text, validator=identifier)
    text: Text = field(validator=a_text)
    status: Status | None = field(
        default=None,
        converter=_as_optional_status,
        validator=checked(
            lambda status: status is None or (isinstance(status, Status) and status.is_loss),
            'None, Status.SUSPENDED or "suspended", or Status.REVOKED or "revoked"',
        ),
        kw_only=True,
    )
    money: Decimal | None = field(
        default=None,
        converter=as_optional_points,
        validator=points_between(Decimal(0), MAXIMUM_POINTS, optional=True),
        kw_only=True,
    )
    elsewhere: bool = field(default=False, validator=boolean, kw_only=True)
    days: int | None = field(
        default=None, validator=optional_int_between(1, MAXIMUM_DAYS), kw_only=True
    )
    days_at_most: int | None = field(
        default=None,
        validator=[
            optional_int_between(1, MAXIMUM_DAYS),
            beside(
                lambda made, most: most is None or (made.days is not None and made.days <= most),
                "None, or at least days",
            ),
        ],
        kw_only=True,
    )
    courses: tuple[str, ...] = field(
        default=(), converter=as_id_tuple, validator=id_tuple("course ids"), kw_only=True
    )
    settles: Settling | None = field(
        default=None, validator=optional_instance_of(CancelThose, AtMost), kw_only=True
    )
    settles_when: SettlesWhen = field(
        default=SettlesWhen.TAKEN,
        converter=_as_settles_when,
        validator=choice_of(SettlesWhen),
        kw_only=True,
    )

    def days_of(self, nth: int) -> int | None:
        """How many days it lasts the n-th time; None where that is not stated.

        Args:
            nth: Which time it is, from 1.

        Raises:
            FieldError: ``nth`` is no such number.

        >>> study = Consequence("study", Text.same("study"), days=7, days_at_most=60)
        >>> study.days_of(1), study.days_of(3), study.days_of(20)
        (7, 21, 60)
        """
        require("Consequence.days_of", "nth", nth, is_int(nth, 1), "an int from 1")
        if self.days is None or self.days_at_most is None:
            return self.days
        return min(self.days * nth, self.days_at_most)
