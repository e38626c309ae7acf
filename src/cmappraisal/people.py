"""People: who was in which group, in which role, under whom, and from when to when.

A milestone is a day of their own, from which cycles run. Nothing of this is in a ledger: it comes
from the staff records of a bank, and is handed to scoring.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from itertools import starmap
from typing import TypeAlias, get_args

from attrs import astuple, field, frozen

from cmappraisal.fields import (
    MOMENT,
    a_date,
    as_date,
    as_optional_date,
    as_optional_moment,
    as_optional_text,
    as_text,
    as_tuple,
    checked,
    identifier,
    is_moment,
    is_tuple_of,
    optional_date,
    optional_identifier,
    require_date,
)
from cmappraisal.open_spans import holds, last_from_first
from cmappraisal.periods import Period
from cmappraisal.points import as_points, points_between


@frozen
class Tenure:
    """A time in which somebody was in a group, in one role and under one superior.

    Args:
        person: The id of the person, such as that of a relationship manager.
        group: The id of the group, such as that of a branch.
        role: The role that the person had there, such as ``"head"``; None for none.
        superior: The id of the person's superior; None for none.
        first: The first day; None where it began before anything that is asked.
        last: The last day; None where it goes on.
        full_time: The share of full time that the person works, above 0 and up to 1.
        known_from: The moment from which this was known; None where it always was.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> tenure = Tenure("RM-01", "north", superior="H-1", first=date(2025, 1, 1))
    >>> tenure.holds(date(2025, 3, 2)), tenure.holds(date(2024, 12, 31))
    (True, False)
    """

    person: str = field(converter=as_text, validator=identifier)
    group: str = field(converter=as_text, validator=identifier)
    role: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    superior: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    first: date | None = field(
        default=None, converter=as_optional_date, validator=optional_date, kw_only=True
    )
    last: date | None = field(
        default=None,
        converter=as_optional_date,
        validator=last_from_first,
        kw_only=True,
    )
    full_time: Decimal = field(
        default=Decimal(1),
        converter=as_points,
        validator=points_between(Decimal(0), Decimal(1), above=True),
        kw_only=True,
    )
    known_from: datetime | None = field(
        default=None,
        converter=as_optional_moment,
        validator=checked(lambda value: value is None or is_moment(value), f"None, or {MOMENT}"),
        kw_only=True,
    )

    def holds(self, day: date) -> bool:
        """Whether it holds on a day.

        Args:
            day: The day.

        Raises:
            FieldError: ``day`` is no date.
        """
        return holds(self.first, self.last, require_date("Tenure.holds", "day", day))


@frozen
class Milestone:
    """A day of somebody's own from which cycles run, such as that of a first licence.

    Args:
        person: The id of the person, such as that of a relationship manager.
        name: What happened on it, such as ``"licence"``; a :class:`~cmappraisal.standards.Span`
            names its cycle so.
        day: The day.
        known_from: The moment from which this was known; None where it always was.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> Milestone("RM-01", "licence", date(2023, 5, 20)).day
    datetime.date(2023, 5, 20)
    """

    person: str = field(converter=as_text, validator=identifier)
    name: str = field(converter=as_text, validator=identifier)
    day: date = field(converter=as_date, validator=a_date)
    known_from: datetime | None = field(
        default=None,
        converter=as_optional_moment,
        validator=checked(lambda value: value is None or is_moment(value), f"None, or {MOMENT}"),
        kw_only=True,
    )


def _joined(days: Iterable[tuple[date, date]]) -> Iterator[Period]:
    """The times that first and last days make, those without a day between them as one."""
    joined: list[tuple[date, date]] = []
    for first, last in sorted(days):
        if joined and first.toordinal() <= joined[-1][1].toordinal() + 1:
            joined[-1] = joined[-1][0], max(joined[-1][1], last)
        else:
            joined.append((first, last))
    return starmap(Period, joined)


PEOPLE = "a list of Tenure and Milestone"

Person: TypeAlias = Tenure | Milestone
"""What is known of somebody, beside what happened."""


def are_people(value: object) -> bool:
    """Whether a value is a tuple of what is known of people."""
    return is_tuple_of(value, get_args(Person))


a_people_list = checked(are_people, PEOPLE)
"""A validator of what is known of people."""


def as_people(value: Iterable[Person]) -> tuple[Person, ...]:
    """A tuple of what is known of people, from any iterable of it."""
    return as_tuple(value)


class People:
    """The tenures and milestones of people, as they were known at a moment.

    Args:
        people: The tenures and milestones.
        as_of: Only what was known at this moment; None for everything.
    """

    def __init__(self, people: Iterable[Person], as_of: datetime | None = None) -> None:
        known = [
            each
            for each in as_tuple(people)
            if as_of is None or each.known_from is None or each.known_from <= as_of
        ]
        self._tenures = tuple(each for each in known if isinstance(each, Tenure))
        self._milestones = {
            (each.person, each.name): each for each in known if isinstance(each, Milestone)
        }

    def milestone(self, person: str, name: str) -> Milestone | None:
        """A milestone of a person, the one given last; None where there is none.

        Args:
            person: The id of the person.
            name: The name of the milestone.
        """
        return self._milestones.get((person, name))

    @cached_property
    def _by_person(self) -> dict[str, list[Tenure]]:
        found: dict[str, list[Tenure]] = {}
        for each in self._tenures:
            found.setdefault(each.person, []).append(each)
        return found

    @cached_property
    def _by_role(self) -> dict[tuple[str, str], list[Tenure]]:
        found: dict[tuple[str, str], list[Tenure]] = {}
        for each in self._tenures:
            if each.role is not None:
                found.setdefault((each.group, each.role), []).append(each)
        return found

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """The roles that anybody holds, sorted."""
        return tuple(sorted({role for _, role in self._by_role}))

    def changes_in(self, period: Period) -> Iterator[date]:
        """The days of a period from which other tenures may hold, the first of them included.

        Args:
            period: The period.
        """
        begun = {each.first for each in self._tenures if each.first is not None}
        return iter(sorted({period.first, *(day for day in begun if day in period)}))

    def all_of(self, person: str) -> tuple[Tenure, ...]:
        """The tenures of a person, of any day.

        Args:
            person: The id of the person.
        """
        return tuple(self._by_person.get(person, ()))

    def stints(self, person: str) -> list[Period]:
        """The times that a person is in one group without a break, of all groups.

        Args:
            person: The id of the person.

        Returns:
            The times by their first days; all time of somebody without a tenure.
        """
        held = self.all_of(person)
        if not held:
            return [Period(date.min, date.max)]
        stints: list[Period] = []
        for group in {each.group: None for each in held}:
            days = [
                (each.first or date.min, each.last or date.max)
                for each in held
                if each.group == group
            ]
            stints += _joined(days)
        return sorted(stints, key=lambda stint: (stint.first, stint.last))

    def of(self, person: str, day: date) -> list[Tenure]:
        """The tenures of a person on a day.

        Args:
            person: The id of the person.
            day: The day.
        """
        return [each for each in self.all_of(person) if holds(each.first, each.last, day)]

    def responsible(self, person: str, role: str, day: date) -> dict[str, tuple[Tenure, ...]]:
        """Who holds a role over somebody on a day, each with the tenures that say so.

        They hold the role in a group of that person, or are superiors of that person, of any
        height, who hold it.

        Args:
            person: The id of the person.
            role: The role.
            day: The day.

        Returns:
            By the id of each who holds it, the tenures that were read, from that person's own.
        """
        found: dict[str, tuple[Tenure, ...]] = {}
        for own in self.of(person, day):
            for each in self._by_role.get((own.group, role), ()):
                if holds(each.first, each.last, day) and each.person != person:
                    found.setdefault(each.person, (own, each))
        for chain in self._chains(person, day):
            if chain[-1].role == role:
                found.setdefault(chain[-1].person, chain)
        return found

    def _chains(self, person: str, day: date) -> Iterator[tuple[Tenure, ...]]:
        """The chains of tenures from a person's own to one of each superior, the nearest first."""
        ahead: list[tuple[Tenure, ...]] = [(own,) for own in self.of(person, day)]
        seen = {person}
        while ahead:
            chain = ahead.pop(0)
            superior = chain[-1].superior
            # Whoever is above themselves is looked at once.
            if superior is not None and superior not in seen:
                seen.add(superior)
                longer = [(*chain, each) for each in self.of(superior, day)]
                yield from longer
                ahead += longer


def in_order(tenures: Iterable[Tenure]) -> list[Tenure]:
    """Tenures in one order, whatever of them is not given.

    Args:
        tenures: The tenures.
    """
    return sorted(tenures, key=lambda tenure: [str(each or "") for each in astuple(tenure)])
