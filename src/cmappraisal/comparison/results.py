"""Results: what an appraisal comes to in a few values, of which some are its verdict."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from decimal import Decimal

import attrs
from attrs import field, frozen

from cmappraisal.errors import AppraisalError, Problem
from cmappraisal.fields import (
    as_optional_text,
    as_tuple,
    beside,
    boolean,
    checked,
    id_tuple,
    instance_of,
    optional_identifier,
    optional_instance_of,
    tuple_of,
)
from cmappraisal.points import a_number, optional_number
from cmappraisal.policy import Policy
from cmappraisal.scoring.appraisals import Appraisal


@frozen
class Result:
    """What an appraisal comes to.

    Args:
        points: The error points.
        awards: The points awarded.
        score: The score; None where there is none.
        grade: The id of the grade; None where there is none.
        revoked: Whether the qualification is revoked.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from cmappraisal import ERROR_POINTS, Ledger, Period, score
    >>> result = Result.of(score(Ledger(), ERROR_POINTS, Period.year(2025), manager="RM-01"))
    >>> result.score, result.revoked
    (Decimal('100'), False)
    """

    points: Decimal = field(validator=a_number)
    awards: Decimal = field(validator=a_number, kw_only=True)
    score: Decimal | None = field(validator=optional_number, kw_only=True)
    grade: str | None = field(
        converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    revoked: bool = field(validator=boolean, kw_only=True)

    @classmethod
    def of(cls, appraisal: Appraisal) -> Result:
        """What one appraisal comes to.

        Args:
            appraisal: The appraisal.
        """
        # The fields are those of an appraisal that have the same name.
        return cls(**{name: getattr(appraisal, name) for name in attrs.fields_dict(cls)})

    @property
    def verdict(self) -> tuple[Hashable, ...]:
        """The values of :data:`VERDICT`."""
        return tuple(getattr(self, name) for name in VERDICT)

    def changes(self, other: Result) -> tuple[str, ...]:
        """The names of the fields in which another result differs, in their order.

        Args:
            other: The other result.

        >>> kept = Result(Decimal(0), awards=Decimal(0), score=None, grade=None, revoked=False)
        >>> kept.changes(attrs.evolve(kept, points=Decimal(3), revoked=True))
        ('points', 'revoked')
        """
        return tuple(
            name
            for name in attrs.fields_dict(Result)
            if getattr(self, name) != getattr(other, name)
        )


VERDICT: tuple[str, ...] = ("grade", "revoked")
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


def attempted(make: Callable[[], Appraisal]) -> Attempt:
    """What comes of the making of an appraisal.

    Args:
        make: What makes it.
    """
    try:
        return Attempt(Result.of(make()))
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
