"""Arguments: what every way of scoring is given, and how it is checked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypeAlias

from cmappraisal.fields import (
    MOMENT,
    as_ids,
    as_optional_moment,
    is_identifier_set,
    is_moment,
    require_all,
)
from cmappraisal.ledger import Ledger
from cmappraisal.people import PEOPLE, are_people
from cmappraisal.policy import Policy
from cmappraisal.standards.editions import STANDARD, is_standard

Argument: TypeAlias = tuple[str, object, bool, str]
"""The name of an argument, its value, whether that fits, and what is allowed."""


def require_arguments(  # noqa: PLR0917 - the arguments that every way of scoring has, in their order
    where: str,
    ledger: object,
    standard: object,
    policy: object,
    as_of: datetime | None,
    people: object,
    *more: Argument,
) -> datetime | None:
    """Reject what does not fit, and give back the moment with its offset fixed.

    Args:
        where: The name of the function.
        ledger: What should be a ledger.
        standard: What should be a rulebook or editions.
        policy: What should be a policy.
        as_of: What should be a moment, or None.
        people: What should be tenures and milestones.
        more: Other arguments of that function.

    Raises:
        FieldError: An argument has a value that it does not allow; it reports each of them.
    """
    values = {"ledger": (ledger, Ledger), "policy": (policy, Policy)}
    require_all(
        where,
        *(
            (name, value, isinstance(value, kind), f"a {kind.__name__}")
            for name, (value, kind) in values.items()
        ),
        ("standard", standard, is_standard(standard), STANDARD),
        ("people", people, are_people(people), PEOPLE),
        ("as_of", as_of, as_of is None or is_moment(as_of), f"None, or {MOMENT}"),
        *more,
    )
    return as_optional_moment(as_of)


def as_managers(managers: Iterable[str]) -> tuple[frozenset[str], Argument]:
    """Ids of managers, whose order does not matter, and how they are checked.

    Args:
        managers: The ids.
    """
    ids = as_ids(managers)
    return ids, ("managers", ids, is_identifier_set(ids), "a set or list of ids of managers")
