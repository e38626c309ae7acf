"""Small accounts: standards of few rules, and the accounts that ledgers make under them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from cmappraisal import Act, Ledger, Merit, Policy, Rule, Rulebook, Text, Violation
from cmappraisal.accounts import PointsAccount, points_account, points_accounts
from cmappraisal.accounts.audits import disagreements_of_account
from cmappraisal.standards import Award, Clause, Consequence, Deduction, Part, Unit

TEXT = Text.same("words")
THROUGH = date(2025, 12, 31)
NO_MARKS = Policy(full_marks=None)


def consequence(id: str, **fields: Any) -> Consequence:
    return Consequence(id, TEXT, **fields)


def deducting(id: str, points: Any, **fields: Any) -> Rule:
    return Rule(id, TEXT, penalty=Deduction(points, Unit.OCCURRENCE), citation=id, **fields)


def awarding(id: str, points: Any, **fields: Any) -> Rule:
    return Rule(id, TEXT, award=Award(points, Unit.OCCURRENCE), citation=id, **fields)


RULES = (
    *(deducting(str(points), points) for points in range(1, 10)),
    *(awarding(str(10 + points), points) for points in range(1, 10)),
)
"""Rules 1 to 9, which deduct as many points, and 11 to 19, which award from 1 to 9."""


def house(*rules: Rule, consequences: Iterable[Consequence] = (), **clause: Any) -> Rulebook:
    """A standard with one clause."""
    return Rulebook(
        "house",
        "1",
        text=TEXT,
        consequences=list(consequences),
        clauses=[Clause("G", TEXT, citation="90", **clause)],
        parts=[Part("all", TEXT, rules=[*RULES, *rules])],
    )


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def on(id: str, rule: int | str, day: date, **fields: Any) -> Act:
    """A violation on a day; under rules 11 to 19, a merit."""
    kind = Merit if 10 < int(rule) < 20 else Violation
    given = {"manager": "A", "rule": str(rule), "occurred_on": day, **fields}
    return kind(id, **given)


def entered(*acts: Act) -> Ledger:
    """Each act recorded on the day it happened, in the order of their days."""
    ledger = Ledger()
    for act in sorted(acts, key=lambda act: act.occurred_on):
        ledger = ledger.record(act, at=noon(act.occurred_on))
    return ledger


def account(
    ledger: Ledger, standard: Any, *, through: date = THROUGH, **fields: Any
) -> PointsAccount:
    """The account of A, which is also that of A among everybody's, and agrees with itself."""
    given: dict[str, Any] = {"policy": NO_MARKS, **fields}
    made = points_account(ledger, standard, manager="A", through=through, **given)
    everybody = points_accounts(ledger, standard, through=through, managers=["A"], **given)
    assert everybody["A"] == made
    assert list(disagreements_of_account(made)) == []
    return made


def posted(made: PointsAccount) -> list[str]:
    """The postings, each on a line: the day, what it is, about what, by how much, the balance."""
    return [
        " ".join(
            filter(
                None,
                (
                    str(posting.counted_on),
                    posting.kind.value,
                    posting.violation or posting.consequence,
                    f"{posting.points} {posting.balance}",
                ),
            )
        )
        for posting in made.postings
    ]


def due(made: PointsAccount) -> list[str]:
    """What follows, each on a line: since when, what, by which violation, the n-th time."""
    return [
        f"{each.since} {each.consequence} {each.violation} {each.nth}" for each in made.consequences
    ]
