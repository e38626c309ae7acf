"""What keeping accounts costs, beside scoring the same violations.

Run it with ``python benchmarks/accounts.py``. An account has some twenty postings: of twenty
violations, at the end of their year; or of ten violations, which lapse with the next year, first
alone, then with a merit, a table of thresholds that looks at the balance, another at twelve months,
and a consequence that was taken and cancels what it rests on.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from attrs import evolve

from cmappraisal import (
    ERROR_POINTS,
    Entry,
    Ledger,
    Merit,
    Period,
    Policy,
    Recorded,
    Rule,
    Rulebook,
    Taken,
    Text,
    Violation,
    score_all,
)
from cmappraisal.accounts import PostingKind, points_accounts
from cmappraisal.scoring import Pipeline
from cmappraisal.standards import (
    Award,
    Balance,
    CancelThose,
    Clause,
    CleanTime,
    Consequence,
    Deduction,
    Part,
    Span,
    Thresholds,
    Unit,
)
from measuring import SEED, Answer, Ratio, Work, demand, ratio, run

ACCOUNTS = 10_000
EACH = 10
"""Violations of one account; each is charged and lapses."""
YEAR = Period.year(2025)
THROUGH = date(2026, 6, 30)
YEARS = Period(YEAR.first, THROUGH)
TEXT = Text("總則", "总则", en="general part")
HOUSE = evolve(
    ERROR_POINTS,
    consequences=[
        *ERROR_POINTS.consequences,
        Consequence("talk", TEXT, settles=CancelThose()),
        Consequence("course", TEXT, days=5, days_at_most=20),
    ],
    clauses=[
        Clause("G1", TEXT, citation=[90, 1], balance=Balance(most=200)),
        Clause("G2", TEXT, citation=[90, 2], clean_time=CleanTime(1, months=3)),
        Clause("G3", TEXT, citation=[90, 3], thresholds=Thresholds({20: "talk"})),
        Clause(
            "G4",
            TEXT,
            citation=[90, 4],
            thresholds=Thresholds({40: "course"}, within=Span(months=12)),
        ),
    ],
    parts=[
        *ERROR_POINTS.parts,
        Part(
            "5",
            TEXT,
            rules=[Rule("5.1", TEXT, award=Award(2, Unit.OCCURRENCE), citation=[5, 1])],
        ),
    ],
)


def ledger_of(count: int, each: int = EACH) -> Ledger:
    """The violations and merits of so many managers, and some consequences that were taken."""
    chance = random.Random(SEED)
    rules = [id for id, rule in ERROR_POINTS.items() if isinstance(rule.penalty, Deduction)]
    entries: list[Entry] = []
    for number in range(count):
        manager = f"RM-{number:05}"
        for place in range(each + 1):
            day = date(2025, 1, 1) + timedelta(chance.randrange(365))
            at = datetime.combine(day, time(12), UTC)
            id = f"V-{number}-{place}"
            kind, rule = (Merit, "5.1") if place == each else (Violation, chance.choice(rules))
            entries.append(Recorded(kind(id, manager, rule=rule, occurred_on=day), at=at))
            if place < each and chance.random() < 0.1:
                later = at + timedelta(days=20)
                entries.append(Taken(id, "talk", on=later.date(), at=later))
    return Ledger(sorted(entries, key=lambda entry: entry.at))


def agreements(ledger: Ledger) -> Iterator[Answer]:
    """That accounts and appraisals agree, and that everything happens in the accounts."""
    accounts = points_accounts(ledger, HOUSE, through=THROUGH)
    appraisals = score_all(ledger, HOUSE, YEARS)
    points = {
        manager: sum(appraisal.points for appraisal in account.appraisals)
        for manager, account in accounts.items()
    }
    yield "points", points == {id: appraisal.points for id, appraisal in appraisals.items()}
    postings = [posting for account in accounts.values() for posting in account.postings]
    yield "twenty postings", len(postings) >= 20 * len(accounts)
    yield (
        "every kind",
        {posting.kind for posting in postings}
        >= {
            *(PostingKind.CHARGED, PostingKind.LAPSED, PostingKind.AWARDED),
            *(PostingKind.CANCELLED, PostingKind.CLEAN_TIME),
        },
    )
    dues = [due for account in accounts.values() for due in account.consequences]
    yield "what follows", {"talk", "course"} <= {due.consequence for due in dues}
    yield "what was taken", any(due.taken_on for due in dues)


def answers() -> Iterator[Answer]:
    """The same of few accounts, which takes a second."""
    return agreements(ledger_of(200))


def plain(ledger: Ledger) -> Ledger:
    """The violations of a ledger alone."""
    return Ledger(
        entry
        for entry in ledger
        if isinstance(entry, Recorded) and isinstance(entry.violation, Violation)
    )


def kept(ledger: Ledger, through: date = THROUGH, policy: Policy = Policy()) -> Work:  # noqa: B008
    """Keeping the accounts of a ledger, beside nothing else."""
    return Work(
        lambda _: points_accounts(ledger, HOUSE, through=through, policy=policy), apart=True
    )


def explained(ledger: Ledger, standard: Rulebook, period: Period) -> int:
    """Every line of everybody, and why, as an account has every posting."""
    appraisals = score_all(ledger, standard, period).values()
    return sum(len(line.steps) for appraisal in appraisals for line in appraisal.lines)


def alone(violations: Ledger, period: Period) -> float:
    """Keeping the accounts of violations alone through a period, beside scoring them.

    Both are done as for the first time: whoever scores a ledger again finds what was judged.
    """
    return ratio(
        Work(
            lambda _: points_accounts(violations, ERROR_POINTS, through=period.last),
            Pipeline.of.cache_clear,
            apart=True,
        ),
        Work(
            lambda _: explained(violations, ERROR_POINTS, period),
            Pipeline.of.cache_clear,
            apart=True,
        ),
    )


def ratios() -> Iterator[Ratio]:
    """Each ratio with its bound."""
    ledger, fewer = ledger_of(ACCOUNTS), ledger_of(ACCOUNTS // 10)
    demand(agreements(fewer))
    name = "points_accounts / score_all, every line and step made"
    yield f"{name}, 20 violations", alone(plain(ledger_of(ACCOUNTS, 20)), YEAR), 3
    yield f"{name}, 10 that lapse", alone(plain(ledger), YEARS), 4.2
    yield (
        f"{name}, tables, clean time, awards",
        ratio(
            lambda: points_accounts(ledger, HOUSE, through=THROUGH),
            lambda: explained(ledger, HOUSE, YEARS),
        ),
        7,
    )
    yield "10,000 accounts / 1,000", ratio(kept(ledger), kept(fewer)), 16
    quarters = Policy(assessment_period=Span(calendar="quarter"))
    yield (
        "160 quarters / 40",
        ratio(kept(fewer, date(2064, 12, 31), quarters), kept(fewer, date(2034, 12, 31), quarters)),
        5.2,
    )


if __name__ == "__main__":
    run(ratios, answers)
