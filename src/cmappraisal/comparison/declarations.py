"""Declarations: the grades and consequences that results name, as policy and standard declare them.

Whoever reads a comparison later has neither at hand, and a text speaks of them in words.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from cmappraisal.comparison.results import Attempt, Result
from cmappraisal.comparison.situations import Situation
from cmappraisal.consequences import Consequence
from cmappraisal.fields import as_tuple, tuple_of
from cmappraisal.grades import Grade


class Declared(TypedDict):
    """What results name, by the fields that hold it.

    Args:
        grades: The grades.
        consequences: The consequences.
    """

    grades: tuple[Grade, ...]
    consequences: tuple[Consequence, ...]


def as_grades(value: Iterable[Grade]) -> tuple[Grade, ...]:
    """A tuple of grades, from any iterable of them."""
    return as_tuple(value)


def as_consequences(value: Iterable[Consequence]) -> tuple[Consequence, ...]:
    """A tuple of consequences, from any iterable of them."""
    return as_tuple(value)


a_grade_list = tuple_of(Grade, "a list of Grade")
a_consequence_list = tuple_of(Consequence, "a list of Consequence")


def declared(
    results: Iterable[Result | Attempt],
    situations: Iterable[Situation],
    grades: Iterable[Grade] = (),
) -> Declared:
    """What results name, as it is declared; where it is twice, as it is declared last.

    Args:
        results: The results, and what came of attempts.
        situations: The situations with whose standards and policies they were made.
        grades: Grades with which they were made besides.
    """
    made = [each.result if isinstance(each, Attempt) else each for each in results]
    scored = [each for each in made if each is not None]
    named = {each.grade for each in scored}
    following = {id for each in scored for id in each.consequences}
    known: dict[str, Grade] = {}
    stated: dict[str, Consequence] = {}
    for situation in situations:
        for rulebook in situation.rulebooks:
            known |= {each.id: each for each in rulebook.stated(situation.policy).grades}
            stated |= {each.id: each for each in rulebook.consequences}
    known |= {each.id: each for each in grades}
    return {
        "grades": tuple(each for id, each in known.items() if id in named),
        "consequences": tuple(each for id, each in stated.items() if id in following),
    }
