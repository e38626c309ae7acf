"""A letter to an employee, in three languages, and the file with proofs that goes with it.

The year has one violation that a risk makes heavier, two of one incident, and one under appeal;
then the appeal ends in each of the ways that there are.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from hashlib import sha256

from branch_year import POLICY
from cmappraisal import ERROR_POINTS, LANGUAGES, Language, Ledger, Period, Violation, score
from cmappraisal.evidence import evidence, explain_verification, people_tree, verify_evidence

YEAR = Period.year(2025)


def at(month: int, day: int) -> datetime:
    """Nine o'clock on a day of the year."""
    return datetime(2025, month, day, 9, tzinfo=UTC)


def salt_of(what: str) -> bytes:
    """A salt, the same each time, so that this output is too; yours is secrets.token_bytes(16)."""
    return sha256(what.encode()).digest()[:16]


RECORDED = (
    Violation("V-1", "RM-01", rule="3.2b", occurred_on=date(2025, 3, 2), circumstances=["risk"]),
    Violation("V-2", "RM-01", rule="3.2a", occurred_on=date(2025, 5, 6), incident="loan 7"),
    Violation("V-3", "RM-01", rule="3.3", occurred_on=date(2025, 5, 6), incident="loan 7"),
    Violation(
        "V-4",
        "RM-01",
        rule="2.1",
        occurred_on=date(2025, 9, 9),
        quantity=2,
        circumstances=["risk"],
    ),
)


def recorded() -> Ledger:
    """Each violation, recorded on the day after it happened."""
    ledger = Ledger()
    for each in RECORDED:
        day = each.occurred_on
        ledger = ledger.record(each, at=at(day.month, day.day + 1), salt=salt_of(each.id))
    return ledger


SPRING = 3
"""How many entries the ledger had when its root was published in the spring."""

LEDGER = recorded().appeal(
    "V-4", grounds="the second visit was made", at=at(9, 20), salt=salt_of("appeal")
)
ENDINGS = {
    "dismissed": LEDGER.dismiss("V-4", reason="no record of it", at=at(10, 8)),
    "decided": LEDGER.decide("V-4", reason="one was made", points=1, at=at(10, 8)),
    "reversed": LEDGER.reverse("V-4", reason="both were made", at=at(10, 8)),
}
"""The ledger after each way in which the appeal can end."""


def letter(language: Language, ledger: Ledger = LEDGER) -> str:
    """The whole letter."""
    appraisal = score(ledger, ERROR_POINTS, YEAR, manager="RM-01", policy=POLICY)
    return appraisal.explain(language)


def part(number: int, language: Language) -> str:
    """A part of the letter: its head, the violations, the sums or the policy."""
    return letter(language).split("\n\n")[number].rstrip("\n")


def item(id: str, language: Language, ledger: Ledger = LEDGER) -> str:
    """What the letter says about one violation; nothing where it is not in the letter any more."""
    _, violations, *_ = letter(language, ledger).split("\n\n")
    items = re.split(r"\n(?=\d)", violations)
    return "\n".join(each for each in items if f" {id}" in each.partition("\n")[0])


def points(ledger: Ledger) -> str:
    """All the error points of the year, by a ledger."""
    return str(score(ledger, ERROR_POINTS, YEAR, manager="RM-01", policy=POLICY).points)


def checked(language: Language) -> str:
    """What a check of the file with proofs says."""
    people = people_tree(LEDGER, {person: salt_of(person) for person in ("RM-01", "RM-02")})
    appraisal = score(LEDGER, ERROR_POINTS, YEAR, manager="RM-01", policy=POLICY)
    file = evidence(
        LEDGER, manager="RM-01", appraisal=appraisal, people=people, earlier_size=SPRING
    )
    verification = verify_evidence(
        file, root=LEDGER.root(), size=len(LEDGER), people_root=people.root
    )
    return explain_verification(verification, language)


def main() -> None:
    """Print everything, in each language."""
    for language in LANGUAGES:
        print(letter(language))
        for name, ledger in ENDINGS.items():
            print(name, points(ledger), item("V-4", language, ledger), sep="\n")
        print(checked(language))


if __name__ == "__main__":
    main()
