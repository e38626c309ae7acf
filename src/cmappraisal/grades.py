"""Grades: bands of scores with a name, without gap or overlap."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import cast

import attrs
from attrs import field, frozen

from cmappraisal.appraisal_flaws import AppraisalFlaw
from cmappraisal.errors import Problem
from cmappraisal.fields import as_text, identifier, instance_of, is_line, reject, require
from cmappraisal.flaw_wordings import NOT_SET
from cmappraisal.points import MAXIMUM_POINTS, as_optional_points, plain, points_between
from cmappraisal.texts import Text

MAXIMUM_GRADES = 100
"""The most bands of a policy: one for each whole point of a hundred."""


def _above_at_least(
    grade: Grade, attribute: attrs.Attribute[Decimal | None], below: Decimal | None
) -> None:
    if grade.at_least is not None and below is not None and below <= grade.at_least:
        reject(grade, attribute.name, below, f"None, or above at_least ({plain(grade.at_least)})")


ALIKE_LENGTH = 3
"""ASCII characters of a grade's id that reads alike in every language, such as ``"AA+"``."""


def _alike(grade: Grade) -> Text:
    # Words of one language are no wording in another, and one character can be a word in Chinese.
    is_ascii = is_line(grade.id) and grade.id.isascii()
    reads_alike = is_ascii and len(grade.id) <= ALIKE_LENGTH
    return Text.same(grade.id) if reads_alike else cast(Text, None)


@frozen
class Grade:
    """A band of scores with a name.

    Args:
        id: Its name, such as ``"A"``.
        text: Its wording; where none is given, the id, if that has at most three characters, all
            of ASCII, such as ``"A"`` or ``"B+"``, and so reads alike in every language.
        at_least: The lowest score in the band; None for no lower end.
        below: The score from which the next band begins; None for no upper end.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> Grade("A", at_least=90, below=None).text.en
    'A'
    """

    id: str = field(converter=as_text, validator=identifier)
    text: Text = field(
        default=attrs.Factory(_alike, takes_self=True),
        validator=instance_of(
            Text,
            allowed=f"a Text in three languages (an id of up to {ALIKE_LENGTH} letters such as "
            "'A' or 'B+' is one)",
        ),
    )
    at_least: Decimal | None = field(
        converter=as_optional_points,
        validator=points_between(MAXIMUM_POINTS.copy_negate(), MAXIMUM_POINTS, optional=True),
        kw_only=True,
    )
    below: Decimal | None = field(
        converter=as_optional_points,
        validator=[
            points_between(MAXIMUM_POINTS.copy_negate(), MAXIMUM_POINTS, optional=True),
            _above_at_least,
        ],
        kw_only=True,
    )

    def holds(self, score: Decimal) -> bool:
        """Whether a score is in the band.

        Args:
            score: A score, in points.

        Raises:
            FieldError: The score is no finite Decimal.
        """
        fits = isinstance(score, Decimal) and score.is_finite()
        require("Grade.holds", "score", score, fits, "a finite Decimal")
        return (self.at_least is None or self.at_least <= score) and (
            self.below is None or score < self.below
        )


def lowest_first(grades: tuple[Grade, ...]) -> list[Grade]:
    """Grades in the order of their lower ends."""
    return sorted(grades, key=lambda grade: (grade.at_least is not None, grade.at_least or 0))


def gaps_between(grades: tuple[Grade, ...]) -> Iterator[Problem]:
    """What keeps grades from following one another without gap or overlap."""
    for lower, upper in pairwise(lowest_first(grades)):
        if upper.at_least is None or lower.below is None or upper.at_least < lower.below:
            yield AppraisalFlaw.GRADES_OVERLAP.problem("$.grades", lower.id, upper.id)
        elif upper.at_least > lower.below:
            ends = plain(lower.below), lower.id, plain(upper.at_least), upper.id
            yield AppraisalFlaw.GRADES_GAP.problem("$.grades", *ends)


def gaps_and_overlaps(
    grades: tuple[Grade, ...], floor: Decimal | None, full_marks: Decimal
) -> Iterator[Problem]:
    """What keeps grades from covering every score once, from the floor to full marks."""
    ordered = lowest_first(grades)
    lowest, highest = ordered[0], ordered[-1]
    yield from gaps_between(grades)
    if lowest.at_least is not None and (floor is None or floor < lowest.at_least):
        shown = NOT_SET if floor is None else plain(floor)
        above = AppraisalFlaw.LOWEST_GRADE_ABOVE_FLOOR
        yield above.problem("$.grades", lowest.id, plain(lowest.at_least), shown)
    if highest.below is not None and highest.below <= full_marks:
        below = AppraisalFlaw.HIGHEST_GRADE_BELOW_FULL_MARKS
        yield below.problem("$.grades", highest.id, plain(highest.below), plain(full_marks))
