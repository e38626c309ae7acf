"""Situations: everything that the appraisal of one manager is made from, as one value."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from attrs import field, frozen

from cmappraisal.accounts.account import PointsAccount, points_account
from cmappraisal.accounts.dues import ConsequenceDue
from cmappraisal.fields import (
    MOMENT,
    as_optional_moment,
    as_text,
    checked,
    identifier,
    instance_of,
    is_moment,
)
from cmappraisal.ledger import Ledger
from cmappraisal.people import Person, a_people_list, as_people
from cmappraisal.periods import Period
from cmappraisal.policy import Policy
from cmappraisal.rulebooks import Rulebook
from cmappraisal.scoring.appraisals import Appraisal
from cmappraisal.scoring.score import score
from cmappraisal.standards.editions import STANDARD, Editions, as_editions


def _as_standard(value: Rulebook | Editions) -> Editions:
    return as_editions(value)


@frozen
class Situation:
    """What :func:`~cmappraisal.score` takes, as one value.

    Args:
        ledger: What happened.
        standard: The standard: its editions, or a rulebook, which then is always in force.
        period: The days to appraise.
        manager: The id of the relationship manager.
        policy: What is decided where the standard is silent.
        people: Who was where, in which role and under whom.
        as_of: Only what was known at this moment; None for everything recorded.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from cmappraisal import ERROR_POINTS
    >>> situation = Situation(
    ...     Ledger(), ERROR_POINTS, period=Period.year(2025), manager="RM-01"
    ... )
    >>> situation.appraisal().points
    Decimal('0')
    """

    ledger: Ledger = field(validator=instance_of(Ledger, allowed="a Ledger"))
    standard: Editions = field(
        converter=_as_standard, validator=instance_of(Editions, allowed=STANDARD)
    )
    period: Period = field(validator=instance_of(Period, allowed="a Period"), kw_only=True)
    manager: str = field(converter=as_text, validator=identifier, kw_only=True)
    policy: Policy = field(
        default=Policy(), validator=instance_of(Policy, allowed="a Policy"), kw_only=True
    )
    people: tuple[Person, ...] = field(
        default=(),
        converter=as_people,
        validator=a_people_list,
        kw_only=True,
    )
    as_of: datetime | None = field(
        default=None,
        converter=as_optional_moment,
        validator=checked(lambda value: value is None or is_moment(value), f"None, or {MOMENT}"),
        kw_only=True,
    )

    @property
    def rulebooks(self) -> tuple[Rulebook, ...]:
        """The rulebooks of the standard, in the order of the editions."""
        return self.standard.rulebooks

    def appraisal(self) -> Appraisal:
        """The appraisal that :func:`~cmappraisal.score` makes of it.

        Raises:
            PolicyError: The policy does not fit what the standard answers.
            ScoringError: Violations of the period cannot be scored; it reports each of them.
        """
        return score(
            self.ledger,
            self.standard,
            self.period,
            manager=self.manager,
            policy=self.policy,
            people=self.people,
            as_of=self.as_of,
        )

    @property
    def has_tables(self) -> bool:
        """Whether a table of the standard looks at accounts."""
        return any(each.thresholds for book in self.rulebooks for each in book.clauses)

    def account(self) -> PointsAccount | None:
        """The account that :func:`~cmappraisal.accounts.points_account` makes of it.

        Returns:
            The account through the last day of the period; None where no table of the standard
            looks at accounts.

        Raises:
            PolicyError: The policy has no scores or grades at which a table looks.
            ScoringError: Violations of earlier periods cannot be scored; it reports each of them.
        """
        if not self.has_tables:
            return None
        return points_account(
            self.ledger,
            self.standard,
            manager=self.manager,
            through=self.period.last,
            policy=self.policy,
            people=self.people,
            as_of=self.as_of,
        )


def reached_in(account: PointsAccount, period: Period) -> Iterator[ConsequenceDue]:
    """What follows by tables that are reached in a period.

    Args:
        account: The account.
        period: The period.
    """
    for due in account.consequences:
        if due.reason.field == "thresholds" and due.crossed_on in period:
            yield due


SITUATION = "a Situation"
"""What is allowed where a situation is asked for."""
