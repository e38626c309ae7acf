"""Audits: in what an account can disagree with itself."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from cmappraisal import ERROR_POINTS, DecodingError, Policy, Provision
from cmappraisal.accounts import ConsequenceDue, PointsAccount, Posting, PostingKind
from cmappraisal.accounts.audits import disagreements_of_account
from cmappraisal.interop.converters import dumps, loads
from cmappraisal.periods import Period
from small_accounts import account, entered, house, on

MADE = account(
    entered(
        on("V-1", 3, date(2024, 3, 1)),
        on("V-2", 4, date(2025, 3, 1)),
        on("M", 11, date(2025, 4, 1)),
    ),
    house(),
)
OPENED, CHARGED, *_ = MADE.postings
FIRST, SECOND = MADE.appraisals


def posting(place: int, **change: Any) -> dict[str, Any]:
    changed = list(MADE.postings)
    changed[place] = evolve(changed[place], **change)
    return {"postings": changed}


def appraisal(place: int, **change: Any) -> dict[str, Any]:
    changed = list(MADE.appraisals)
    changed[place] = evolve(changed[place], **change)
    return {"appraisals": changed}


CHANGES: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "a balance": (
        posting(1, balance=Decimal(5)),
        [("$.postings[1].balance", "5, but the postings up to it make 3")],
    ),
    "no opening": (
        posting(0, kind=PostingKind.FORFEITED),
        [("$.postings[0].kind", "an account opens with its first posting, and once")],
    ),
    "two openings": (
        {"postings": [OPENED, OPENED, *MADE.postings[1:]]},
        [("$.postings[1].kind", "an account opens with its first posting, and once")],
    ),
    "after the last day": (
        posting(4, counted_on=date(2026, 1, 1)),
        [
            ("$.postings[4].counted_on", "is after the last day (2025-12-31)"),
            ("$.appraisals[1].awards", "is not what is posted"),
        ],
    ),
    "out of order": (
        posting(3, counted_on=date(2024, 12, 31)),
        [
            ("$.postings[3]", "comes after a posting of a later day"),
            ("$.appraisals[0].points", "is not what is posted"),
            ("$.appraisals[1].points", "is not what is posted"),
        ],
    ),
    "a manager": (
        {"manager": "B"},
        [
            ("$.appraisals[0].manager", "is not that of the account"),
            ("$.appraisals[1].manager", "is not that of the account"),
        ],
    ),
    "a standard and a policy": (
        appraisal(
            1, standard=account(entered(), ERROR_POINTS).appraisals[0].standard, policy=Policy()
        ),
        [
            ("$.appraisals[1].standard", "is not that of the account"),
            ("$.appraisals[1].policy", "is not that of the account"),
        ],
    ),
    "a gap": (
        appraisal(1, period=Period(date(2025, 1, 2), date(2025, 12, 31))),
        [
            ("$.appraisals[1].period", "does not begin on the day after the period before it"),
        ],
    ),
    "the last day": (
        {"through": date(2026, 12, 31)},
        [("$.appraisals[1].period", "does not end on the last day (2026-12-31)")],
    ),
    "points": (
        appraisal(0, points=Decimal(4)),
        [("$.appraisals[0].points", "is not what is posted")],
    ),
}


MISSING: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "a violation of a posting": (
        posting(1, violation="X"),
        [("$.postings[1].violation", 'no appraisal has a line of "X"')],
    ),
    "an edition of a posting": (
        posting(1, reason=Provision("3", "penalty", edition="7")),
        [("$.postings[1].reason.edition", 'edition "7" is not in the standard; known: 1')],
    ),
    "what a consequence is about": (
        {
            "consequences": [
                ConsequenceDue(
                    "A",
                    "fine",
                    violation="X",
                    crossed_on=date(2025, 3, 1),
                    since=date(2025, 3, 1),
                    points=Decimal(4),
                    because_of=["X"],
                    reason=Provision("99", "consequences", edition="1"),
                )
            ]
        },
        [
            ("$.consequences[0].reason.id", 'rule or clause "99" is not in rulebook "house 1"'),
            ("$.consequences[0].violation", 'no appraisal has a line of "X"'),
        ],
    ),
}


@pytest.mark.parametrize(("change", "expected"), MISSING.values(), ids=MISSING)
def test_what_is_named_and_not_there_is_reported(
    change: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    changed = evolve(MADE, **change)
    found = list(disagreements_of_account(changed))
    assert [(problem.path, problem.message) for problem in found] == expected
    with pytest.raises(DecodingError):
        loads(dumps(changed), PointsAccount)


@pytest.mark.parametrize(("change", "expected"), CHANGES.values(), ids=CHANGES)
def test_what_disagrees_is_reported(
    change: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert list(disagreements_of_account(MADE)) == []
    found = list(disagreements_of_account(evolve(MADE, **change)))
    assert [(problem.path, problem.message) for problem in found] == expected


def test_an_account_is_of_postings() -> None:
    assert isinstance(CHARGED, Posting)
    assert [str(each.points) for each in (FIRST, SECOND)] == ["3", "4"]
