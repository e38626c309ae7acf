"""Held grades: a grade that one period earned and that holds in a later one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

from attrs import field, frozen

from cmappraisal.accounts.composite_scores import CompositeScore
from cmappraisal.fields import (
    as_optional_text,
    as_tuple,
    beside,
    instance_of,
    is_int,
    is_iterable,
    is_tuple_of,
    optional_identifier,
    require,
    require_all,
    require_date,
)
from cmappraisal.periods import Period
from cmappraisal.scoring.appraisals import Appraisal
from cmappraisal.spans import CalendarSpan, as_calendar_span

_DAY = timedelta(days=1)
_HELD = "a list of HeldGrade, of periods that do not overlap"

MAXIMUM_TIMES = 1_000
"""The most periods in a row that can be asked for: more than any working life has of weeks."""


@frozen
class HeldGrade:
    """A grade that one period earned and that holds in another.

    Args:
        grade: The id of the band; None where no grade was reached.
        period: The period that earned it.
        holds: The days on which it holds, which do not begin before that period.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> held = HeldGrade("A", Period.quarter(2025, 1), holds=Period.quarter(2025, 2))
    >>> date(2025, 5, 1) in held.holds
    True
    """

    grade: str | None = field(converter=as_optional_text, validator=optional_identifier)
    period: Period = field(validator=instance_of(Period, allowed="a Period"))
    holds: Period = field(
        validator=[
            instance_of(Period, allowed="a Period"),
            beside(
                lambda held, holds: held.period.first <= holds.first,
                "a Period that does not begin before the period that earned the grade",
            ),
        ],
        kw_only=True,
    )


def held_grade(
    result: CompositeScore | Appraisal, *, for_next: CalendarSpan | str = CalendarSpan.QUARTER
) -> HeldGrade:
    """The grade of a result, which holds for the next quarter, year or other span.

    Args:
        result: The composite score or the appraisal of a period.
        for_next: The span; the grade holds in the one after that in which the period ends.

    Returns:
        The grade, with the period that earned it and the days on which it holds.

    Raises:
        FieldError: An argument has a value that it does not allow.

    >>> from cmappraisal import ERROR_POINTS, Grade, Ledger, Policy, score
    >>> passed = Policy(grades=[Grade("A", at_least=None, below=None)])
    >>> appraisal = score(
    ...     Ledger(), ERROR_POINTS, Period.quarter(2025, 2), manager="RM-01", policy=passed
    ... )
    >>> held = held_grade(appraisal)
    >>> held.grade, str(held.holds), str(held_grade(appraisal, for_next="year").holds)
    ('A', '2025-07-01..2025-09-30', '2026-01-01..2026-12-31')
    """
    where = "held_grade"
    span = as_calendar_span(for_next)
    require_all(
        where,
        (
            "result",
            result,
            isinstance(result, (CompositeScore, Appraisal)),
            "a CompositeScore or an Appraisal",
        ),
        ("for_next", span, isinstance(span, CalendarSpan), "a CalendarSpan"),
    )
    last = span.of(result.period.last).last
    allowed = "a result of a period after which there is another such span"
    require(where, "result", result, last < date.max, allowed)
    return HeldGrade(result.grade, result.period, holds=span.of(last + _DAY))


def grade_on(held: Iterable[HeldGrade], day: date) -> str | None:
    """The grade that holds on a day.

    Args:
        held: The grades of somebody, whose days do not overlap.
        day: The day.

    Returns:
        The id of the band; None where none holds, or where no grade was reached.

    Raises:
        FieldError: An argument has a value that it does not allow.

    >>> held = [HeldGrade("A", Period.quarter(2025, 1), holds=Period.quarter(2025, 2))]
    >>> grade_on(held, date(2025, 6, 30)), grade_on(held, date(2025, 7, 1))
    ('A', None)
    """
    where, given = "grade_on", as_tuple(held)
    fits = is_tuple_of(given, HeldGrade) and apart(each.holds for each in given)
    require(where, "held", given, fits, "a list of HeldGrade, whose days do not overlap")
    day = require_date(where, "day", day)
    return next((each.grade for each in given if day in each.holds), None)


def running_grades(
    held: Iterable[HeldGrade], among: Iterable[str | None], *, times: int = 2
) -> tuple[Period, ...]:
    """The runs of periods in a row that all earned one of some grades.

    A period follows another in a row where it begins on the day after the other's last. Each
    period that completes a run makes one: three bad quarters have two runs of two.

    Args:
        held: The grades of somebody, in any order.
        among: Ids of grades, and None for no grade; those of a composite at and below a grade are
            :meth:`Composite.no_better_than`.
        times: How many periods make a run, from 1.

    Returns:
        For each run the days from the first of its first period to the last of its last.

    Raises:
        FieldError: An argument has a value that it does not allow.

    >>> held = [
    ...     HeldGrade(grade, Period.quarter(2025, n), holds=Period.quarter(2025, n))
    ...     for n, grade in ((1, "B"), (2, "D"), (3, "D"), (4, "A"))
    ... ]
    >>> [str(run) for run in running_grades(held, ["D"])]
    ['2025-04-01..2025-09-30']
    """
    given = as_tuple(held)
    is_list = is_iterable(among) and not isinstance(among, str)
    wanted = list(among) if is_list else []
    in_words = is_list and all(grade is None or isinstance(grade, str) for grade in wanted)
    fits = is_tuple_of(given, HeldGrade) and apart(each.period for each in given)
    require_all(
        "running_grades",
        ("held", given, fits, _HELD),
        ("among", among, in_words, "a list of ids of grades, and None for no grade"),
        ("times", times, is_int(times, 1, MAXIMUM_TIMES), f"an int from 1 to {MAXIMUM_TIMES}"),
    )
    runs: list[Period] = []
    row: list[Period] = []
    for each in sorted(given, key=lambda each: each.period.first):
        if row and row[-1].last + _DAY != each.period.first:
            row = []
        row = [*row, each.period][-times:] if each.grade in wanted else []
        if len(row) == times:
            runs.append(Period(row[0].first, row[-1].last))
    return tuple(runs)


def apart(periods: Iterable[Period]) -> bool:
    """Whether no two periods have a day in common."""
    ordered = sorted(periods, key=lambda period: period.first)
    return all(before.last < after.first for before, after in pairwise(ordered))
