"""Flaws of an assessed amount under a cap: below the cap it is too little, at the cap it is not."""

from datetime import date

import pytest

from cmappraisal import Assessed, Policy, Rule, Rulebook, Text, Violation, faults
from cmappraisal.standards import Cap, Circumstance, Clause, Deduction, Part, Unit

WORDS = Text.same("words")
# Four points each and twelve at most, where an assessor sets the amount of the worst acts.
CAPPED = Rulebook(
    "capped",
    "1",
    text=WORDS,
    circumstances=[Circumstance("worst", WORDS)],
    clauses=[Clause("G", WORDS, citation="1", aggravated_by={"worst": Assessed()}, cap=Cap(12))],
    parts=[
        Part(
            "P",
            WORDS,
            rules=[Rule("a", WORDS, citation="2", penalty=Deduction(4, Unit.OCCURRENCE))],
        )
    ],
)


@pytest.mark.parametrize(
    ("quantity", "assessed", "least"),
    [
        (2, "7", "8"),  # two come to 8, which the cap leaves
        (2, "8", None),
        (3, "11", "12"),
        (3, "12", None),
        (4, "11", "12"),  # four come to 16, of which the cap leaves 12
        (4, "12", None),
        (4, "16", None),
    ],
)
def test_an_assessor_sets_at_least_what_the_cap_leaves(
    quantity: int, assessed: str, least: str | None
) -> None:
    violation = Violation(
        "V-1",
        "RM-01",
        rule="a",
        occurred_on=date(2025, 3, 2),
        quantity=quantity,
        circumstances=["worst"],
        assessed_points=assessed,
    )
    found = [each.message.rpartition("; ")[2] for each in faults(violation, CAPPED, Policy())]
    assert found == ([] if least is None else [f"give at least {least} points"])
