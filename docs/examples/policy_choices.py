"""What each choice of the policy makes of one small ledger.

The standard is the error-points standard, to which a bank has added what it does not have itself: a
circumstance that makes a deduction lighter, an award, and a second edition. So every field of the
policy that decides an appraisal has a violation for which it matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from attrs import evolve, frozen

from cmappraisal import (
    ERROR_POINTS,
    Add,
    Grade,
    Ledger,
    Merit,
    Multiply,
    Period,
    Policy,
    Rule,
    Rulebook,
    Text,
    Violation,
)
from cmappraisal.comparison import Alternative, Situation, sensitivity
from cmappraisal.standards import (
    Award,
    Circumstance,
    Clause,
    Deduction,
    Edition,
    Editions,
    Part,
    Unit,
    Waive,
)

SELF_FOUND = Circumstance("self-found", Text("自查發現", "自查发现", en="found by oneself"))
HONOUR = Rule(
    "5.1",
    Text("總行表彰", "总行表彰", en="Honoured by head office"),
    award=Award(3, Unit.OCCURRENCE),
    citation="5.1",
)
FIRST = evolve(
    ERROR_POINTS,
    id="house",
    circumstances=[*ERROR_POINTS.circumstances, SELF_FOUND],
    clauses=[
        Clause(
            "lighter",
            Text("自查發現者從輕", "自查发现者从轻", en="Lighter where found by oneself"),
            citation="6.1",
            mitigated_by={"self-found": None},
        )
    ],
    parts=[*ERROR_POINTS.parts, Part("5", Text("加分", "加分", en="Awards"), rules=[HONOUR])],
)


def heavier(rulebook: Rulebook, id: str, points: int) -> Rulebook:
    """The next edition: one rule deducts other points."""
    return evolve(
        rulebook,
        edition="2.0",
        parts=[
            evolve(
                part,
                rules=[
                    evolve(rule, penalty=Deduction(points, Unit.OCCURRENCE))
                    if rule.id == id
                    else rule
                    for rule in part.rules
                ],
            )
            for part in rulebook.parts
        ],
    )


STANDARD = Editions(
    [
        Edition(FIRST, first=date(2020, 1, 1), last=date(2025, 6, 30)),
        Edition(heavier(FIRST, "3.9", 4), first=date(2025, 7, 1)),
    ]
)
YEAR = Period.year(2025)
BASE = Policy(smallest_unit=1)


@frozen
class Fact:
    """A violation of the page, and the field for which it matters.

    Args:
        field: The name of the field.
        violation: The violation.
        recorded: The day on which it was recorded.
    """

    field: str
    violation: Violation
    recorded: date


def fact(field: str, id: str, rule: str, day: date, recorded: date, **details: Any) -> Fact:
    """A violation of RM-01."""
    return Fact(field, Violation(id, "RM-01", rule=rule, occurred_on=day, **details), recorded)


MARCH, APRIL = date(2025, 3, 3), date(2025, 4, 1)
FACTS = (
    fact("aggravation", "V-01", "3.2b", MARCH, APRIL, circumstances=["risk"]),
    fact("mitigation", "V-02", "2.1", MARCH, APRIL, circumstances=["self-found"]),
    fact("unstated_unit", "V-03", "3.17a", MARCH, APRIL, quantity=3),
    fact("unstated_unit", "V-04", "3.17a", MARCH, APRIL),
    fact("discretion", "V-05", "1.4", MARCH, APRIL, assessed_points=6),
    fact("reconsideration", "V-06", "1.4", MARCH, APRIL, assessed_points=4),
    fact("concurrence", "V-07", "3.2a", MARCH, APRIL, incident="I-1"),
    fact("concurrence", "V-08", "3.3", MARCH, APRIL, incident="I-1"),
    fact("displacement", "V-09", "3.17b", MARCH, APRIL, incident="I-2"),
    fact("displacement", "V-10", "3.2b", MARCH, APRIL, incident="I-2"),
    fact("pending_appeals", "V-11", "4.3", MARCH, APRIL),
    fact("governing_edition", "V-12", "3.9", date(2025, 6, 29), date(2025, 7, 2)),
    fact("counted_on", "V-13", "2.4", date(2025, 12, 30), date(2026, 1, 5)),
)
REVOKED = Violation("V-14", "RM-02", rule="1.5", occurred_on=MARCH)
MERIT = Merit("M-01", "RM-01", rule="5.1", occurred_on=MARCH)


ALSO: Mapping[str, Iterable[str]] = {
    "smallest_unit": ["V-02"],
    "rounding": ["V-02"],
    "awards": [MERIT.id],
    "revoked_result": [REVOKED.id],
}
"""The fields that need no violation of their own, with those that show what they do."""


def acts_on(field: str) -> list[str]:
    """The ids of those for which a field matters; none where it matters for the score alone."""
    return [each.violation.id for each in FACTS if each.field == field] or [*ALSO.get(field, ())]


def noon(day: date) -> datetime:
    """Noon in UTC."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def ledger() -> Ledger:
    """What happened, in the order in which it was recorded."""
    made = Ledger().record(MERIT, at=noon(APRIL)).record(REVOKED, at=noon(APRIL))
    for each in FACTS:
        made = made.record(each.violation, at=noon(each.recorded))
    return (
        made.appeal("V-06", at=noon(date(2026, 1, 6)), grounds="less was disclosed")
        .decide("V-06", at=noon(date(2026, 1, 7)), reason="more was disclosed", points=7)
        .appeal("V-11", at=noon(date(2026, 1, 8)), grounds="no complaint was made")
    )


NAMED: Mapping[str, Iterable[Any]] = {
    "aggravation": [Multiply(1), Multiply("1.5"), Add(5)],
    "mitigation": [Multiply("0.8"), Waive()],
    "smallest_unit": [None],
    "full_marks": [120, None],
    "floor": [40],
    "grades": [[Grade("A", at_least=60, below=None), Grade("B", at_least=0, below=60)]],
}
"""The fields with any number of values, with some of them."""


def situation(manager: str) -> Situation:
    """The year of one of the two."""
    return Situation(ledger(), STANDARD, period=YEAR, manager=manager, policy=BASE)


def alternatives() -> Iterator[Alternative]:
    """Every other choice, and what comes of it; of a revoked manager's result, for RM-02."""
    for manager in ("RM-01", "RM-02"):
        for each in sensitivity(situation(manager), NAMED).alternatives:
            if (each.field == "revoked_result") is (manager == "RM-02"):
                yield each


def main() -> None:
    """Print every choice with its figures."""
    print(situation("RM-01").appraisal())
    for each in alternatives():
        result = each.attempt.result
        figures = (
            f"{result.points} {result.score} {result.grade}" if result else each.attempt.problems
        )
        print(each.field, each.choice, figures)


if __name__ == "__main__":
    main()
