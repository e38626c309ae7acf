"""Facts: what one violation is judged by, and nothing else.

Two violations with equal facts are judged alike, so facts are the key by which judgements are kept,
and by which the rows of a table are grouped. There is no date in them and no id of a person, a case
or an incident: what depends on those enters as a value of its own.
"""

from __future__ import annotations

from decimal import Decimal
from operator import attrgetter
from typing import TypeAlias

from attrs import field, fields, frozen

from cmappraisal.acts import Act, Merit


@frozen
class Facts:
    """What one violation is judged by, beside the standard and the policy.

    Args:
        rule: The id of the rule recorded.
        quantity: How many occurrences or customers, by the rule's unit.
        circumstances: Ids of the circumstances recorded.
        refers_to: Under a rule that refers, the id of the rule that applies.
        assessed_points: The points that an assessor set.
        under_appeal: Whether an appeal against it is open.
        is_merit: Whether a merit was recorded, and no violation.
        edition: The name of the edition that governs it; None for the one that closes the period.
        instead_of: The name of the edition of the day it happened, where another governs.
        time_barred: Whether it was found or recorded too late to count.
        nth: From which time on the weight of repetition holds; 1 where none does.
        answers_as: The role in which somebody answers with the doer; None of the doer.
        decided_points: The points that the decision on an appeal set.
        decided_money: The money that the decision on an appeal set.

    >>> Facts("3.2b", circumstances=frozenset({"risk"})).under_appeal
    False
    """

    rule: str
    quantity: int = 1
    circumstances: frozenset[str] = frozenset()
    refers_to: str | None = None
    assessed_points: Decimal | None = None
    under_appeal: bool = False
    is_merit: bool = field(default=False, kw_only=True)
    edition: str | None = field(default=None, kw_only=True)
    instead_of: str | None = field(default=None, kw_only=True)
    time_barred: bool = field(default=False, kw_only=True)
    nth: int = field(default=1, kw_only=True)
    answers_as: str | None = field(default=None, kw_only=True)
    decided_points: Decimal | None = field(default=None, kw_only=True)
    decided_money: Decimal | None = field(default=None, kw_only=True)

    @classmethod
    def of(cls, violation: Act, *, under_appeal: bool = False) -> Facts:
        """The facts of a violation or merit that depend on nothing else.

        Args:
            violation: The violation, or the merit.
            under_appeal: Whether an appeal against it is open.

        >>> from cmappraisal import Violation
        >>> from datetime import date
        >>> violation = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2))
        >>> Facts.of(violation) == Facts("2.1")
        True
        """
        return cls(
            violation.rule,
            violation.quantity,
            violation.circumstances,
            violation.refers_to,
            violation.assessed_points,
            under_appeal,
            is_merit=isinstance(violation, Merit),
        )


OF_ACT = attrgetter("rule", "quantity", "circumstances", "refers_to", "assessed_points")
"""What facts take from an act, which are the first of their fields."""

_DERIVED = attrgetter(*(each.name for each in fields(Facts)[7:]))

Key: TypeAlias = tuple[tuple[object, ...], bool, bool, tuple[object, ...]]
"""What facts hold: what they take from an act, whether an appeal is open, whether it is a merit,
what is derived. It is made, compared and looked up faster than facts."""


def key_of(facts: Facts) -> Key:
    """What facts hold.

    Args:
        facts: The facts.
    """
    return OF_ACT(facts), facts.under_appeal, facts.is_merit, _DERIVED(facts)
