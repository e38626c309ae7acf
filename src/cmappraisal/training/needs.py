"""Needs: which courses a manager's own error points call for, and why.

A line of an appraisal that counts points, or revokes, calls for the courses that remedy its rule,
and the rule that referred to it; what was displaced or counts nothing calls for none. Which course
remedies which rule is stated by the curriculum. In :data:`~cmappraisal.training.ASK` that mapping
is ours, not the source's. A consequence that is due from a points account asks for the courses that
it names, until it is served.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import reduce

from attrs import field, frozen

from cmappraisal.accounts.dues import ConsequenceDue
from cmappraisal.errors import Problem, UnknownCourseError
from cmappraisal.fields import (
    as_tuple,
    boolean,
    checked,
    optional_instance_of,
    require_all,
    tuple_of,
)
from cmappraisal.points import EXACT
from cmappraisal.scoring.appraisals import Appraisal, Line
from cmappraisal.training.contradictions import Argument, reject_contradictions, strays
from cmappraisal.training.courses import Course, Curriculum, unknown_course
from cmappraisal.training.reprs import brief


def _as_lines(value: Iterable[Line]) -> tuple[Line, ...]:
    return as_tuple(value)


def _as_consequences(value: Iterable[ConsequenceDue]) -> tuple[ConsequenceDue, ...]:
    return as_tuple(value)


@frozen
class Need:
    """A course that errors call for, or a consequence of them.

    Args:
        course: The course; None where the curriculum has none for the rule.
        points: The error points of its lines in all.
        revokes: Whether any of its lines revokes the qualification.
        lines: The lines of the appraisal that caused it, in its order.
        consequences: The consequences that ask for it, in the order given.
    """

    course: Course | None = field(validator=optional_instance_of(Course))
    points: Decimal = field(
        validator=checked(
            lambda value: isinstance(value, Decimal) and value.is_finite(), "a finite Decimal"
        )
    )
    revokes: bool = field(validator=boolean, kw_only=True)
    lines: tuple[Line, ...] = field(
        converter=_as_lines, validator=tuple_of(Line, "a list of Line"), kw_only=True
    )
    consequences: tuple[ConsequenceDue, ...] = field(
        default=(),
        converter=_as_consequences,
        validator=tuple_of(ConsequenceDue, "a list of ConsequenceDue"),
        kw_only=True,
    )

    __repr__ = brief()


def training_needs(
    appraisal: Appraisal,
    curriculum: Curriculum,
    *,
    consequences: Iterable[ConsequenceDue] = (),
) -> tuple[Need, ...]:
    """The courses that an appraisal calls for, and the consequences that are due.

    Args:
        appraisal: The appraisal.
        curriculum: The courses, each with the rules that it remedies.
        consequences: What is due from the manager's points account, the ``consequences`` of a
            :class:`~cmappraisal.accounts.PointsAccount`. What was served asks for nothing any more.

    Returns:
        The needs. First come those of lines that revoke, then those that a consequence asks for,
        then the heaviest by their points, then the order is that of the curriculum. A rule that no
        course remedies has a need without a course, after those as heavy that have one.

    Raises:
        FieldError: An argument is of another type, or a consequence is due from somebody else.
        UnknownCourseError: Consequences ask for courses that are not in the curriculum.

    >>> from datetime import date, datetime, timezone
    >>> from cmappraisal import ERROR_POINTS, Ledger, Period, Violation, score
    >>> from cmappraisal.training import ASK
    >>> violation = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2), quantity=3)
    >>> ledger = Ledger().record(violation, at=datetime(2025, 3, 4, tzinfo=timezone.utc))
    >>> appraisal = score(ledger, ERROR_POINTS, Period.year(2025), manager="RM-01")
    >>> for need in training_needs(appraisal, ASK.curriculum):
    ...     print(need.course.text.en, need.points, [line.violation.id for line in need.lines])
    Approaching customers 3 ['V-1']
    """
    given = as_tuple(consequences)
    require_all(
        "training_needs",
        ("appraisal", appraisal, isinstance(appraisal, Appraisal), "an Appraisal"),
        ("curriculum", curriculum, isinstance(curriculum, Curriculum), "a Curriculum"),
        *strays("consequences", given, (ConsequenceDue,)),
    )
    require_all("training_needs", *_of_others(given, appraisal.manager))
    unknown = _unknown_courses(given, curriculum)
    reject_contradictions(unknown, all_unknown=UnknownCourseError)
    due = [each for each in given if each.served_on is None]
    counting = [line for line in appraisal.lines if line.points or line.revokes]
    needs = [
        _need(
            course,
            [line for line in counting if course.remedies & _rules_of(line)],
            [each for each in due if course.id in each.courses],
        )
        for course in curriculum.courses
    ]
    needs += _uncovered(counting, curriculum, appraisal)
    called_for = (need for need in needs if need.lines or need.consequences)
    return tuple(sorted(called_for, key=_heaviest_first))


def _of_others(consequences: Iterable[ConsequenceDue], manager: str) -> Iterator[Argument]:
    for place, due in enumerate(consequences):
        fits, allowed = due.manager == manager, f'what is due from "{manager}"'
        yield f"consequences[{place}].manager", due.manager, fits, allowed


def _unknown_courses(
    consequences: Iterable[ConsequenceDue], curriculum: Curriculum
) -> Iterator[Problem]:
    for place, due in enumerate(consequences):
        for number, course in enumerate(due.courses):
            if course not in curriculum:
                path = f"$.consequences[{place}].courses[{number}]"
                yield unknown_course(path, course, curriculum, due.consequence)


def _heaviest_first(need: Need) -> tuple[bool, bool, Decimal]:
    return not need.revokes, not need.consequences, EXACT.minus(need.points)


def _rules_of(line: Line) -> frozenset[str]:
    """The ids of the rule applied, and of the one that referred to it."""
    return frozenset({line.rule, line.violation.rule})


def _need(
    course: Course | None, lines: list[Line], consequences: Iterable[ConsequenceDue] = ()
) -> Need:
    points = reduce(EXACT.add, (line.points for line in lines), Decimal(0))
    revokes = any(line.revokes for line in lines)
    return Need(course, points, revokes=revokes, lines=lines, consequences=consequences)


def _uncovered(lines: list[Line], curriculum: Curriculum, appraisal: Appraisal) -> Iterator[Need]:
    for rule in appraisal.rulebook:
        if not curriculum.remedying(rule):
            yield _need(None, [line for line in lines if rule == line.rule])
