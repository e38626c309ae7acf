"""Small standards: rules and rulebooks of few words, for the tests of what standards hold."""

from typing import Any

from cmappraisal import Rule, Rulebook, Text
from cmappraisal.standards import (
    Circumstance,
    Clause,
    Consequence,
    Deduction,
    Part,
    Penalty,
    Status,
    Unit,
)

TEXT = Text.same("words")
EACH = Deduction(1, Unit.OCCURRENCE)
LEVELS = tuple(Text.same(name) for name in ("chapter", "clause", "limb"))
REVOKED = Consequence("revoked", TEXT, status=Status.REVOKED)


def rule(id: str, penalty: Penalty | None = EACH, **fields: Any) -> Rule:
    return Rule(id, TEXT, **{"penalty": penalty, "citation": id, **fields})


def declared(id: str, *implies: str, **fields: Any) -> Circumstance:
    return Circumstance(id, TEXT, implies=implies, **fields)


def clause(number: int, *, id: str | None = None, **fields: Any) -> Clause:
    """A clause of the general part, which is chapter 100 here."""
    return Clause(id or f"G{number}", TEXT, **{"citation": [100, number], **fields})


def part(id: str, *inside: Rule | Part, **fields: Any) -> Part:
    """A part with the rules and the parts given."""
    rules = [each for each in inside if isinstance(each, Rule)]
    parts = [each for each in inside if isinstance(each, Part)]
    return Part(id, TEXT, rules=rules, parts=parts, **fields)


def standard(*parts: Part, **fields: Any) -> Rulebook:
    """A standard of three levels with a consequence."""
    given: dict[str, Any] = {"text": TEXT, "levels": LEVELS, "consequences": [REVOKED], **fields}
    return Rulebook("bank", "1.0", parts=parts, **given)


def book(*rules: Rule, **fields: Any) -> Rulebook:
    """A standard with a part for each first step that the rules cite, its number its id."""
    numbers = sorted({each.citation.path[0] for each in rules})
    parts = [
        part(number, *(each for each in rules if each.citation.path[0] == number), citation=number)
        for number in numbers
    ]
    return standard(*parts, **fields)
