"""Cuts: what the pay terms take away in a month, before anybody asks how much is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from attrs import field, frozen

from cmappraisal.accounts.held_grades import HeldGrade, grade_on
from cmappraisal.accounts.pay import InForce, MonthlyPay
from cmappraisal.accounts.pay_choices import FirstMonth, MeetingCuts
from cmappraisal.accounts.pay_terms import PayTerms
from cmappraisal.periods import Period
from cmappraisal.points import EXACT, total_of
from cmappraisal.scoring.appraisals import Appraisal

_WHOLE = Decimal(1)
_NOTHING = Decimal(0)


@frozen
class Cut:
    """One cut of one payslip.

    Args:
        reads: The field of the terms that it reads.
        of: Of money for the whole span, what it is reckoned from; None of shares of variable pay.
        rate: What that is multiplied by.
        shares: Of the variable pay of each month that it cuts, the share that it takes.
        because_of: By month, the ids of the consequences or of the grade.
    """

    reads: str
    of: Decimal | None = field(default=None, kw_only=True)
    rate: Decimal = field(default=_WHOLE, kw_only=True)
    shares: Mapping[Period, Decimal] = field(factory=dict, kw_only=True)
    because_of: Mapping[Period, tuple[str, ...]] = field(factory=dict, kw_only=True)


def cuts_of(
    terms: PayTerms,
    months: Sequence[MonthlyPay],
    appraisals: Sequence[Appraisal],
    grades: Sequence[HeldGrade],
    in_force: Sequence[InForce],
) -> Iterator[Cut]:
    """The cuts of one payslip, in the order in which they follow one another.

    Steps down the ladder come first, then the share by grade, coefficients, months lost, and last
    the money for points and of items.

    Args:
        terms: The terms.
        months: The months of the payslip.
        appraisals: The appraisals whose period ends in it.
        grades: The grades that hold.
        in_force: The consequences, those of other months among them.
    """
    made = (
        _steps_down(terms, months, in_force),
        *_by_grade(terms, months, grades),
        *_coefficients(terms, months, in_force),
        _months_lost(terms, months, in_force),
        *_money(terms, appraisals),
    )
    return (cut for cut in made if cut.shares or cut.of)


def _number(day: date) -> int:
    """The month of a day, counted from the beginning of the calendar."""
    return 12 * day.year + day.month - 1


def _first_month(terms: PayTerms, held: InForce) -> int:
    return _number(held.first) + (terms.first_month is FirstMonth.NEXT)


def _active(terms: PayTerms, held: InForce, month: Period) -> bool:
    """Whether a consequence is in force in a month, as far as its pay goes."""
    number = _number(month.first)
    return _first_month(terms, held) <= number and (
        held.last is None or number <= _number(held.last)
    )


def _ids(held: Sequence[InForce]) -> tuple[str, ...]:
    return tuple(sorted({each.consequence for each in held}))


def _steps_down(terms: PayTerms, months: Sequence[MonthlyPay], in_force: Sequence[InForce]) -> Cut:
    shares, because_of = {}, {}
    for pay in months:
        held = [
            each
            for each in in_force
            if each.consequence in terms.steps_down and _active(terms, each, pay.month)
        ]
        if held:
            steps = [terms.steps_down[each.consequence] for each in held]
            down = max(steps) if terms.meeting is MeetingCuts.HEAVIEST else sum(steps)
            rung = min(terms.ladder.index(pay.coefficient) + down, len(terms.ladder) - 1)
            shares[pay.month] = EXACT.subtract(pay.coefficient, terms.ladder[rung])
            because_of[pay.month] = _ids(held)
    return Cut("steps_down", shares=shares, because_of=because_of)


def _by_grade(
    terms: PayTerms, months: Sequence[MonthlyPay], grades: Sequence[HeldGrade]
) -> Iterator[Cut]:
    with_grade: dict[Period, Decimal] = {}
    without: dict[Period, Decimal] = {}
    because_of = {}
    for pay in months if terms.grade_shares else ():
        grade = grade_on(grades, pay.month.first)
        if grade is None:
            without[pay.month] = EXACT.subtract(_WHOLE, terms.share_without_grade)
        else:
            with_grade[pay.month] = EXACT.subtract(_WHOLE, terms.grade_shares[grade])
            because_of[pay.month] = (grade,)
    yield Cut("grade_shares", shares=with_grade, because_of=because_of)
    yield Cut("share_without_grade", shares={m: share for m, share in without.items() if share})


def _coefficients(
    terms: PayTerms, months: Sequence[MonthlyPay], in_force: Sequence[InForce]
) -> Iterator[Cut]:
    for held in in_force:
        if held.consequence in terms.coefficients:
            share = EXACT.subtract(_WHOLE, terms.coefficients[held.consequence])
            within = [pay.month for pay in months if _active(terms, held, pay.month)]
            yield Cut(
                "coefficients",
                shares=dict.fromkeys(within, share),
                because_of=dict.fromkeys(within, (held.consequence,)),
            )


def _months_lost(terms: PayTerms, months: Sequence[MonthlyPay], in_force: Sequence[InForce]) -> Cut:
    """Months that are lost: those of the heaviest alone overlap, others follow one another."""
    lost: dict[int, list[InForce]] = {}
    after = 0
    for held in in_force:
        first = _first_month(terms, held)
        if terms.meeting is not MeetingCuts.HEAVIEST:
            first = max(first, after)
        after = first + terms.months_lost.get(held.consequence, 0)
        for number in range(first, after):
            lost.setdefault(number, []).append(held)
    within = {pay.month: lost.get(_number(pay.month.first), []) for pay in months}
    return Cut(
        "months_lost",
        shares={month: _WHOLE for month, held in within.items() if held},
        because_of={month: _ids(held) for month, held in within.items() if held},
    )


def _money(terms: PayTerms, appraisals: Sequence[Appraisal]) -> Iterator[Cut]:
    points = total_of(appraisal.points for appraisal in appraisals)
    yield Cut("per_point", of=points if terms.per_point else None, rate=terms.per_point or _NOTHING)
    lines = (line.money for appraisal in appraisals for line in appraisal.lines)
    yield Cut("withhold_money", of=total_of(lines) if terms.withhold_money else None)
