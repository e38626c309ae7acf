"""Editions: which edition of a standard is in force on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from attrs import field, frozen

from cmappraisal.errors import Problem, RulebookError
from cmappraisal.fields import (
    as_optional_date,
    as_tuple,
    checked,
    instance_of,
    optional_date,
    optional_instance_of,
    repeated,
    require_date,
    shown_id,
    tuple_of,
)
from cmappraisal.flaw_wordings import EVER, FURTHER_NOTICE
from cmappraisal.open_spans import holds, last_from_first
from cmappraisal.policy import Policy
from cmappraisal.rulebook_flaws import RulebookFlaw
from cmappraisal.rulebooks import Rulebook

MAXIMUM_EDITIONS = 100
"""The most editions of one standard: a new one each year of a century."""

_DAY = timedelta(days=1)


@frozen
class Edition:
    """A rulebook with the days on which it is in force.

    Args:
        rulebook: The rulebook.
        first: The first day on which it is in force; None where it always was.
        last: The last one; None until further notice.
        policy: What judges one act under this edition, in the place of the policy that scoring is
            given; the fields that concern several acts, or the total, are not read. None for none
            of its own.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from cmappraisal import ERROR_POINTS
    >>> Edition(ERROR_POINTS, date(2024, 1, 1)).holds(date(2023, 12, 31))
    False
    """

    rulebook: Rulebook = field(validator=instance_of(Rulebook, allowed="a Rulebook"))
    first: date | None = field(default=None, converter=as_optional_date, validator=optional_date)
    last: date | None = field(
        default=None,
        converter=as_optional_date,
        validator=last_from_first,
        kw_only=True,
    )
    policy: Policy | None = field(
        default=None, validator=optional_instance_of(Policy), kw_only=True
    )

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day.

        Args:
            day: The day.

        Raises:
            FieldError: ``day`` is no date.
        """
        return _in_force(self, require_date("Edition.holds", "day", day))


def _has_begun(edition: Edition, day: date) -> bool:
    return edition.first is None or edition.first <= day


def _in_force(edition: Edition, day: date) -> bool:
    return holds(edition.first, edition.last, day)


def _as_editions(value: Iterable[Edition]) -> tuple[Edition, ...]:
    return as_tuple(value)


@frozen
class Editions:
    """The editions of one standard, from the first to the last, without gap or overlap.

    Args:
        editions: The editions, oldest first.

    Raises:
        FieldError: A field has a value that it does not allow.
        RulebookError: There is a gap or an overlap, or they are no editions of one standard.

    >>> from cmappraisal import ERROR_POINTS
    >>> Editions([Edition(ERROR_POINTS)]).on(date(2025, 1, 1)).rulebook is ERROR_POINTS
    True
    """

    editions: tuple[Edition, ...] = field(
        converter=_as_editions,
        validator=[
            tuple_of(Edition, "a list of Edition"),
            checked(
                lambda editions: 0 < len(editions) <= MAXIMUM_EDITIONS,
                f"a list of 1 to {MAXIMUM_EDITIONS} Edition",
            ),
        ],
    )

    def __attrs_post_init__(self) -> None:
        problems = tuple(_contradictions(self.editions))
        if problems:
            raise RulebookError(problems, subject="Editions")

    def __iter__(self) -> Iterator[Edition]:
        return iter(self.editions)

    def __len__(self) -> int:
        return len(self.editions)

    @property
    def rulebooks(self) -> tuple[Rulebook, ...]:
        """The rulebook of each edition."""
        return tuple(edition.rulebook for edition in self.editions)

    def on(self, day: date) -> Edition | None:
        """The edition in force on a day; None before the first and after the last.

        Args:
            day: The day.

        Raises:
            FieldError: ``day`` is no date.
        """
        day = require_date("Editions.on", "day", day)
        return next((edition for edition in self.editions if _in_force(edition, day)), None)

    def closing(self, day: date) -> Edition:
        """The edition by which a period is closed: the one in force on its last day.

        Before the first edition it is that one, and after the last that one.

        Args:
            day: The last day of the period.

        Raises:
            FieldError: ``day`` is no date.
        """
        day = require_date("Editions.closing", "day", day)
        begun = (each for each in self.editions if _has_begun(each, day))
        *_, latest = (self.editions[0], *begun)
        return latest

    def named(self, edition: str) -> Edition:
        """The edition with a name, as its rulebook has it.

        Args:
            edition: The name, such as ``"1.0"``.

        Raises:
            RulebookError: There is no such edition.
        """
        for each in self.editions:
            if each.rulebook.edition == edition:
                return each
        known = ", ".join(each.rulebook.edition for each in self.editions)
        problem = RulebookFlaw.UNKNOWN_EDITION.problem("$.edition", shown_id(edition), known)
        raise RulebookError([problem])


STANDARD = "a Rulebook or Editions"
"""What is allowed where a standard is asked for."""


def is_standard(value: object) -> bool:
    """Whether a value is a standard: a rulebook, or editions."""
    return isinstance(value, (Rulebook, Editions))


def as_editions(standard: Rulebook | Editions) -> Editions:
    """Editions from a rulebook, which then is always in force, or the editions themselves."""
    return Editions([Edition(standard)]) if isinstance(standard, Rulebook) else standard


def _contradictions(editions: tuple[Edition, ...]) -> Iterator[Problem]:
    path = "$.editions"
    ids = list(dict.fromkeys(edition.rulebook.id for edition in editions))
    if len(ids) > 1:
        yield RulebookFlaw.OF_SEVERAL_STANDARDS.problem(path, ", ".join(ids))
    for name in dict.fromkeys(repeated(edition.rulebook.edition for edition in editions)):
        yield RulebookFlaw.REPEATED_EDITION.problem(path, name)
    for before, after in pairwise(editions):
        names = before.rulebook.edition, after.rulebook.edition
        if before.last is None or after.first is None or after.first <= before.last:
            days = before.last or FURTHER_NOTICE, after.first or EVER
            yield RulebookFlaw.EDITIONS_OVERLAP.problem(path, *names, *days)
        elif after.first - before.last > _DAY:
            gap = before.last + _DAY, after.first - _DAY
            yield RulebookFlaw.EDITIONS_GAP.problem(path, *names, *gap)
