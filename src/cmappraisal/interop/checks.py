"""Checks: what is asked of a decoded value beyond its fields, and where that stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import attrs

from cmappraisal.accounts import PointsAccount
from cmappraisal.accounts.audits import disagreements_of_account
from cmappraisal.cases import Case
from cmappraisal.errors import AppraisalError, LedgerError, Problem, RulebookError
from cmappraisal.interop.reading_flaws import ReadingFlaw
from cmappraisal.ledger import Ledger
from cmappraisal.rules import Part
from cmappraisal.scoring.appraisals import Appraisal
from cmappraisal.scoring.audits import disagreements


def placed(error: AppraisalError, given: Mapping[str, Any]) -> AppraisalError:
    """The same error, with paths into the document where it names rules by their id.

    Args:
        error: The error that the making of a value raised.
        given: What it was made from.
    """
    if not isinstance(error, RulebookError):
        return error
    places = {f'$["{id}"]': place for id, place in _places(given.get("parts", ()), "$")}
    problems = [
        attrs.evolve(problem, path=_replaced(problem.path, places)) for problem in error.problems
    ]
    return RulebookError(problems, error.more)


def _places(parts: Iterable[Part], within: str) -> Iterator[tuple[str, str]]:
    """The place of each rule in a document, by its id."""
    for number, part in enumerate(parts):
        path = f"{within}.parts[{number}]"
        yield from ((rule.id, f"{path}.rules[{place}]") for place, rule in enumerate(part.rules))
        yield from _places(part.parts, path)


def _replaced(path: str, places: Mapping[str, str]) -> str:
    # An id can hold what ends a path, so the longest that fits is the one.
    starts = [start for start in places if path.startswith(start)]
    start = max(starts, key=len, default="")
    return f"{places[start]}{path[len(start) :]}" if start else path


def disagreements_of(whole: Any) -> Iterable[Problem]:
    """Everything in which a value disagrees with itself or with what it refers to.

    Args:
        whole: A value whose fields are all as they should be.
    """
    check = _CHECKS.get(type(whole))
    return () if check is None else check(whole)


def _otherwise(case: Case) -> Iterator[Problem]:
    """Where a case says other than its own history does."""
    try:
        made = Ledger(case.history).case(case.violation.id)
    except LedgerError as error:
        yield from (attrs.evolve(each, path="$.history") for each in error.problems)
    else:
        if case != made:
            yield ReadingFlaw.OF_ANOTHER_STATE.problem("$.history")


_CHECKS: Mapping[type, Callable[[Any], Iterable[Problem]]] = MappingProxyType(
    {Case: _otherwise, Appraisal: disagreements, PointsAccount: disagreements_of_account}
)
