"""Rankings: appraisals in the order of their results, those revoked last."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby

from attrs import field, frozen

from cmappraisal.fields import (
    as_id_tuple,
    as_text,
    as_tuple,
    boolean,
    id_tuple,
    identifier,
    int_between,
    is_tuple_of,
    require,
)
from cmappraisal.points import a_number, optional_number
from cmappraisal.scoring.appraisals import Appraisal
from cmappraisal.scoring.groups import APPRAISALS

MAXIMUM_RANKED = 10_000_000
"""The last place of a ranking: more than any bank has of relationship managers."""


@frozen
class Rank:
    """The place of one relationship manager.

    Args:
        place: The place, from 1; those who are tied share one, and the next is as much later.
        manager: The id of the relationship manager.
        points: The error points.
        score: The score; None where there is none.
        revoked: Whether the qualification is revoked, which puts the manager last.
        tied_with: The ids of the others with the same result, sorted.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    place: int = field(validator=int_between(1, MAXIMUM_RANKED))
    manager: str = field(converter=as_text, validator=identifier)
    points: Decimal = field(validator=a_number, kw_only=True)
    score: Decimal | None = field(validator=optional_number, kw_only=True)
    revoked: bool = field(validator=boolean, kw_only=True)
    tied_with: tuple[str, ...] = field(
        converter=as_id_tuple, validator=id_tuple("ids of managers"), kw_only=True
    )


def _result(appraisal: Appraisal) -> tuple[bool, bool, Decimal]:
    """What appraisals are ordered by: the highest score first, or else the fewest points."""
    score = appraisal.score
    return appraisal.revoked, score is None, appraisal.points if score is None else -score


def ranking(appraisals: Iterable[Appraisal]) -> tuple[Rank, ...]:
    """Relationship managers in the order of their results.

    The highest score comes first; where there is no score, the fewest error points. Whoever's
    qualification is revoked comes after all others, whatever the score.

    Args:
        appraisals: The appraisals, of one manager each.

    Returns:
        The ranks by place, and of one place by id.

    Raises:
        FieldError: An argument has a value that it does not allow.

    >>> from cmappraisal import ERROR_POINTS, Ledger, Period, score
    >>> made = [score(Ledger(), ERROR_POINTS, Period.year(2025), manager=id) for id in ("B", "A")]
    >>> [(rank.place, rank.manager, rank.tied_with) for rank in ranking(made)]
    [(1, 'A', ('B',)), (1, 'B', ('A',))]
    """
    given = as_tuple(appraisals)
    require("ranking", "appraisals", given, is_tuple_of(given, Appraisal), APPRAISALS)
    ordered = sorted(given, key=lambda each: (*_result(each), each.manager))
    ranks: list[Rank] = []
    for _, together in groupby(ordered, key=_result):
        tied, place = list(together), len(ranks) + 1
        ids = [each.manager for each in tied]
        ranks += [
            Rank(
                place,
                each.manager,
                points=each.points,
                score=each.score,
                revoked=each.revoked,
                tied_with=[id for id in ids if id != each.manager],
            )
            for each in tied
        ]
    return tuple(ranks)
