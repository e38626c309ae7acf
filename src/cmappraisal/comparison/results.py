"""Results: what a situation comes to in a few values, of which some are its verdict."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from decimal import Decimal

import attrs
from attrs import field, frozen

from cmappraisal.comparison.situations import Situation, reached_in
from cmappraisal.consequences import Consequence, Status, as_status, gravest
from cmappraisal.errors import AppraisalError, Problem
from cmappraisal.fields import (
    as_id_tuple,
    as_optional_text,
    as_tuple,
    beside,
    checked,
    choice_of,
    id_tuple,
    instance_of,
    optional_identifier,
    optional_instance_of,
    require,
    tuple_of,
)
from cmappraisal.points import a_number, optional_number
from cmappraisal.policy import Policy
from cmappraisal.scoring.appraisals import Appraisal


@frozen
class Result:
    """What a situation comes to: its appraisal, and what follows.

    Args:
        points: The error points.
        awards: The points awarded.
        score: The score; None where there is none.
        grade: The id of the grade; None where there is none.
        status: What follows leads to for the qualification: the gravest, whatever its term.
        consequences: The ids of what follows in the period, by rules and by tables that are
            reached, sorted.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from cmappraisal import ERROR_POINTS, Ledger, Period
    >>> from cmappraisal.comparison import Situation
    >>> result = Result.of(
    ...     Situation(Ledger(), ERROR_POINTS, period=Period.year(2025), manager="RM-01")
    ... )
    >>> result.score, result.status.value, result.consequences
    (Decimal('100'), 'qualified', ())
    """

    points: Decimal = field(validator=a_number)
    awards: Decimal = field(validator=a_number, kw_only=True)
    score: Decimal | None = field(validator=optional_number, kw_only=True)
    grade: str | None = field(
        converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    status: Status = field(
        default=Status.QUALIFIED,
        converter=as_status,
        validator=choice_of(Status),
        kw_only=True,
    )
    consequences: tuple[str, ...] = field(
        default=(), converter=as_id_tuple, validator=id_tuple("consequence ids"), kw_only=True
    )

    @classmethod
    def of(cls, situation: Situation, appraisal: Appraisal | None = None) -> Result:
        """What a situation comes to.

        Args:
            situation: The situation.
            appraisal: Its appraisal, where that is there already.

        Raises:
            PolicyError: The policy does not fit the standard.
            ScoringError: Violations cannot be scored; it reports each of them.
        """
        made = situation.appraisal() if appraisal is None else appraisal
        following = {each.id: each for each in _following(situation, made)}
        return cls(
            made.points,
            awards=made.awards,
            score=made.score,
            grade=made.grade,
            status=gravest(each.status for each in following.values()),
            consequences=sorted(following),
        )

    @property
    def verdict(self) -> tuple[Hashable, ...]:
        """The values of :data:`VERDICT`."""
        return tuple(getattr(self, name) for name in VERDICT)

    def changes(self, other: Result) -> tuple[str, ...]:
        """The names of the fields in which another result differs, in their order.

        Args:
            other: The other result.

        Raises:
            FieldError: ``other`` is no Result.

        >>> kept = Result(Decimal(0), awards=Decimal(0), score=None, grade=None)
        >>> kept.changes(attrs.evolve(kept, points=Decimal(3), status="revoked"))
        ('points', 'status')
        """
        require("Result.changes", "other", other, isinstance(other, Result), "a Result")
        return tuple(
            name
            for name in attrs.fields_dict(Result)
            if getattr(self, name) != getattr(other, name)
        )


def _following(situation: Situation, appraisal: Appraisal) -> Iterator[Consequence]:
    """What follows in the period of a situation, by rules and by tables that are reached."""
    for line in appraisal.lines:
        rulebook = appraisal.rulebook_of(line)
        yield from map(rulebook.consequence, line.consequences)
    account = situation.account()
    if account is not None:
        stated = map(account.consequence_of, reached_in(account, situation.period))
        yield from (each for each in stated if each is not None)


VERDICT: tuple[str, ...] = ("grade", "status", "consequences")
"""The fields of a :class:`Result` that are its verdict, which :func:`decisive` looks at."""


def _as_problems(value: Iterable[Problem]) -> tuple[Problem, ...]:
    return as_tuple(value)


@frozen
class Attempt:
    """What scoring makes of a situation that is only thought of.

    Args:
        result: What it comes to; None where it cannot be scored.
        problems: What keeps it from being scored; none where there is a result.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    result: Result | None = field(default=None, validator=optional_instance_of(Result))
    problems: tuple[Problem, ...] = field(
        default=(),
        converter=_as_problems,
        validator=[
            tuple_of(Problem, "a list of Problem"),
            beside(
                lambda attempt, problems: bool(problems) is (attempt.result is None),
                "problems where there is no result, and none where there is one",
            ),
        ],
    )


def attempted(situation: Situation) -> Attempt:
    """What comes of the scoring of a situation.

    Args:
        situation: The situation.
    """
    try:
        return Attempt(Result.of(situation))
    except AppraisalError as error:
        return Attempt(problems=error.problems)


_OF_POLICY = attrs.fields_dict(Policy)

policy_fields = [
    id_tuple("fields of Policy"),
    checked(
        lambda names: set(names) <= set(_OF_POLICY), f"fields of Policy: {', '.join(_OF_POLICY)}"
    ),
]
"""Validators of a list of names of fields of the policy."""

a_result = instance_of(Result, allowed="a Result")
an_attempt = instance_of(Attempt, allowed="an Attempt")
