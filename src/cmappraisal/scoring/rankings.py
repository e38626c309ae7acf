"""Rankings: appraisals in the order of their results, those revoked last."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from attrs import field, frozen

from cmappraisal.consequences import Status, as_status
from cmappraisal.fields import (
    as_id_tuple,
    as_optional_date,
    as_text,
    as_tuple,
    choice_of,
    id_tuple,
    identifier,
    int_between,
    is_tuple_of,
    optional_date,
    require_all,
)
from cmappraisal.points import a_number, optional_number
from cmappraisal.qualifications import QUALIFICATIONS, Qualification, are_qualifications
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
        status: What holds of the qualification; whoever's is revoked comes last.
        until: The last day on which it is suspended; None where it is not, and where no end is
            known.
        tied_with: The ids of the others with the same result, sorted.
        incomplete: The ids of the cases that the appraisal would have read, had they not been
            erased from the ledger; sorted.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    place: int = field(validator=int_between(1, MAXIMUM_RANKED))
    manager: str = field(converter=as_text, validator=identifier)
    points: Decimal = field(validator=a_number, kw_only=True)
    score: Decimal | None = field(validator=optional_number, kw_only=True)
    status: Status = field(
        default=Status.QUALIFIED,
        converter=as_status,
        validator=choice_of(Status),
        kw_only=True,
    )
    until: date | None = field(
        default=None, converter=as_optional_date, validator=optional_date, kw_only=True
    )
    tied_with: tuple[str, ...] = field(
        converter=as_id_tuple, validator=id_tuple("ids of managers"), kw_only=True
    )
    incomplete: tuple[str, ...] = field(
        default=(), converter=as_id_tuple, validator=id_tuple("ids of cases"), kw_only=True
    )

    @property
    def revoked(self) -> bool:
        """Whether the qualification is revoked, which puts the manager last."""
        return self.status is Status.REVOKED


class _Ranked(NamedTuple):
    """An appraisal, and what holds of the qualification."""

    appraisal: Appraisal
    status: Status
    until: date | None

    @property
    def result(self) -> tuple[bool, bool, Decimal]:
        """What is ordered by: the highest score first, or else the fewest points."""
        points, score = self.appraisal.points, self.appraisal.score
        return self.status is Status.REVOKED, score is None, points if score is None else -score


def ranking(
    appraisals: Iterable[Appraisal], *, qualifications: Iterable[Qualification] = ()
) -> tuple[Rank, ...]:
    """Relationship managers in the order of their results.

    The highest score comes first; where there is no score, the fewest error points. Whoever's
    qualification is revoked comes after all others, whatever the score. A rank names the cases that
    were erased, without which the appraisal is incomplete; they move nobody.

    Args:
        appraisals: The appraisals, of one manager each.
        qualifications: What holds of the qualification of managers on a day, such as
            :func:`~cmappraisal.accounts.qualification_on` finds it from thresholds too; of anybody
            without one, what the violations of the appraisal lead to.

    Returns:
        The ranks by place, and of one place by id.

    Raises:
        FieldError: An argument has a value that it does not allow.

    >>> from cmappraisal import ERROR_POINTS, Ledger, Period, score
    >>> made = [score(Ledger(), ERROR_POINTS, Period.year(2025), manager=id) for id in ("B", "A")]
    >>> [(rank.place, rank.manager, rank.tied_with) for rank in ranking(made)]
    [(1, 'A', ('B',)), (1, 'B', ('A',))]
    """
    given, known = as_tuple(appraisals), as_tuple(qualifications)
    require_all(
        "ranking",
        ("appraisals", given, is_tuple_of(given, Appraisal), APPRAISALS),
        ("qualifications", known, are_qualifications(known), QUALIFICATIONS),
    )
    held = {each.manager: each for each in known}
    unordered = [_ranked(each, held.get(each.manager)) for each in given]
    ordered = sorted(unordered, key=lambda each: (*each.result, each.appraisal.manager))
    ranks: list[Rank] = []
    for _, together in groupby(ordered, key=lambda each: each.result):
        tied, place = list(together), len(ranks) + 1
        ids = [each.appraisal.manager for each in tied]
        ranks += [
            Rank(
                place,
                each.appraisal.manager,
                points=each.appraisal.points,
                score=each.appraisal.score,
                status=each.status,
                until=each.until,
                tied_with=[id for id in ids if id != each.appraisal.manager],
                incomplete=each.appraisal.incomplete,
            )
            for each in tied
        ]
    return tuple(ranks)


def _ranked(appraisal: Appraisal, held: Qualification | None) -> _Ranked:
    if held is None:
        return _Ranked(appraisal, appraisal.status, None)
    return _Ranked(appraisal, held.status, held.until)
