"""Groups: what the appraisals of people come to by group, where people change it in between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from attrs import field, frozen

from cmappraisal.caps import Counted
from cmappraisal.fields import (
    as_optional_text,
    as_text,
    as_tuple,
    identifier,
    is_tuple_of,
    optional_identifier,
    require_all,
    tuple_of,
)
from cmappraisal.people import PEOPLE, People, Person, are_people, in_order
from cmappraisal.periods import Period
from cmappraisal.points import EXACT, a_number, canonical, total_of
from cmappraisal.scoring.appraisals import Appraisal

_ZERO = Decimal(0)


@frozen
class Member:
    """What one person's lines come to that are of a group.

    Args:
        manager: The id of the relationship manager.
        points: The error points.
        awards: The points awarded.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    manager: str = field(converter=as_text, validator=identifier)
    points: Decimal = field(validator=a_number, kw_only=True)
    awards: Decimal = field(validator=a_number, kw_only=True)


def _as_members(value: Iterable[Member]) -> tuple[Member, ...]:
    return as_tuple(value)


@frozen
class GroupTotal:
    """What the appraisals of people come to in a group.

    Args:
        group: The id of the group; None of those who were in none.
        points: The error points: the sum of those of its members.
        awards: The points awarded: the sum of those of its members.
        members: Those with a line of this group, by their ids.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    group: str | None = field(converter=as_optional_text, validator=optional_identifier)
    points: Decimal = field(validator=a_number, kw_only=True)
    awards: Decimal = field(validator=a_number, kw_only=True)
    members: tuple[Member, ...] = field(
        converter=_as_members, validator=tuple_of(Member, "a list of Member"), kw_only=True
    )


def by_group(
    appraisals: Iterable[Appraisal], people: Iterable[Person]
) -> dict[str | None, GroupTotal]:
    """The sums of appraisals by group.

    A line is of the group in which its manager was on the day it happened. What a cap over several
    takes away is of the manager's last group in the period. Of several groups on one day the first
    by id counts.

    Args:
        appraisals: The appraisals.
        people: Who was in which group, from when to when.

    Returns:
        A new dict from the id of the group to its total, by id, and those in no group last under
        None. Together they come to what the appraisals come to.

    Raises:
        FieldError: An argument has a value that it does not allow.

    >>> from cmappraisal import ERROR_POINTS, Ledger, Tenure, score
    >>> appraisal = score(Ledger(), ERROR_POINTS, Period.year(2025), manager="RM-01")
    >>> list(by_group([appraisal], [Tenure("RM-01", "north")]))
    ['north']
    """
    given, tenures = as_tuple(appraisals), as_tuple(people)
    require_all(
        "by_group",
        ("appraisals", given, is_tuple_of(given, Appraisal), APPRAISALS),
        ("people", tenures, are_people(tenures), PEOPLE),
    )
    sums: dict[str | None, dict[str, tuple[Decimal, Decimal]]] = {}
    for appraisal in given:
        known = People(tenures, appraisal.as_of)
        for group, points, awards in _shares(appraisal, known):
            of_group = sums.setdefault(group, {})
            before = of_group.get(appraisal.manager, (_ZERO, _ZERO))
            of_group[appraisal.manager] = (
                EXACT.add(before[0], points),
                EXACT.add(before[1], awards),
            )
    in_groups = sorted(group for group in sums if group is not None)
    alone = [None] if None in sums else []
    return {group: _total(group, sums[group]) for group in (*in_groups, *alone)}


APPRAISALS = "a list of Appraisal"


def _total(group: str | None, of_group: dict[str, tuple[Decimal, Decimal]]) -> GroupTotal:
    members = [
        Member(manager, points=canonical(points), awards=canonical(awards))
        for manager, (points, awards) in sorted(of_group.items())
    ]
    return GroupTotal(
        group,
        points=total_of(member.points for member in members),
        awards=total_of(member.awards for member in members),
        members=members,
    )


def _shares(appraisal: Appraisal, people: People) -> Iterator[tuple[str | None, Decimal, Decimal]]:
    """The points and awards of an appraisal, each with the group that it is of."""
    manager = appraisal.manager
    for line in appraisal.lines:
        yield _group_on(manager, line.violation.occurred_on, people), line.points, _ZERO
    for line in appraisal.merits:
        yield _group_on(manager, line.violation.occurred_on, people), _ZERO, line.points
    last = _last_group(manager, appraisal.period, people)
    # Whoever has no line is of a group too.
    yield last, _ZERO, _ZERO
    for cap in appraisal.caps:
        awards = cap.of is Counted.AWARDS
        yield last, _ZERO if awards else cap.points, cap.points if awards else _ZERO


def _group_on(manager: str, day: date, people: People) -> str | None:
    return next((tenure.group for tenure in in_order(people.of(manager, day))), None)


def _last_group(manager: str, period: Period, people: People) -> str | None:
    """The group of the last day of the period on which somebody was in any."""
    in_period = [
        tenure
        for tenure in people.all_of(manager)
        if (tenure.first is None or tenure.first <= period.last)
        and (tenure.last is None or tenure.last >= period.first)
    ]
    if not in_period:
        return None
    last = max(min(tenure.last or date.max, period.last) for tenure in in_period)
    return _group_on(manager, last, people)
